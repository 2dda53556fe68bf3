package normalize

import (
	"strings"
	"unicode/utf8"
)

// A text is judged by a sample of at most this many bytes around its letters beyond ASCII.
const sampleSize = 4096

// Detect names the encoding in which s was typed: Unicode, or the old encoding whose bytes its runes
// stand for (TCVN3, VNI, Windows1258, VISCII), VIQR, or DoubleUTF8. The hint, a font's name such as ".VnTime"
// or "VNI-Times" or "", weighs in where the words alone do not decide; it is never a verdict.
func Detect(s, hint string) Encoding {
	text, ascii := sample(s)
	if ascii {
		if looksVIQR(text) {
			return VIQR
		}
		return Unicode
	}
	if looksDouble(text) {
		return DoubleUTF8
	}
	best, _, _ := judge(text, hint)
	return best
}

// sample gives the part of s to judge by, and whether s is ASCII throughout.
func sample(s string) (text string, ascii bool) {
	first := strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf })
	if first < 0 {
		if len(s) > sampleSize {
			s = s[:sampleSize]
		}
		return s, true
	}
	if len(s) <= sampleSize {
		return s, false
	}
	from := max(0, first-64)
	for from > 0 && !utf8.RuneStart(s[from]) {
		from--
	}
	to := min(len(s), from+sampleSize)
	for to < len(s) && !utf8.RuneStart(s[to]) {
		to--
	}
	return s[from:to], false
}

// tally is how well a text reads as Vietnamese.
type tally struct {
	words, valid       int // all words
	accented, accValid int // those with a letter beyond ASCII
	beyond             int // Vietnamese letters' words beyond Latin-1
	strange            int // runes that no such text holds
}

func (t *tally) score() float64 {
	if t.accented == 0 {
		return 0
	}
	return 0.5*float64(t.valid)/float64(t.words) + 0.5*float64(t.accValid)/float64(t.accented) -
		0.5*float64(t.strange)/float64(t.words+t.strange)
}

func count(s string, capitals bool) (t tally) {
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf && letters[c].kind == 0 {
			i++
			continue
		}
		w, end := scanWord(s, i)
		if end == i {
			r, n := utf8.DecodeRuneInString(s[i:])
			if strange(r) {
				t.strange++
			}
			i += n
			continue
		}
		i = end
		if w.abbreviation() {
			continue
		}
		t.words++
		ok := w.valid() && (capitals || w.flags&mixedCase == 0)
		if ok {
			t.valid++
		}
		if w.flags&hasAccent != 0 {
			t.accented++
			if ok {
				t.accValid++
			}
			if ok && w.flags&hasBeyond != 0 {
				t.beyond++
			}
		}
	}
	return t
}

// strange reports whether a rune other than a letter is out of place in a Vietnamese text.
func strange(r rune) bool {
	switch r {
	case 0xA0, '§', '°', '«', '»', '²', '³', '½', '¼', '¾', '×', '÷', '±', '·', '©', '®', 'º', 'ª', 'µ':
		return false
	}
	return r >= 0x80 && r < 0xC0 || r == utf8.RuneError
}

// judge decides by the share of words that are syllables when s is read as it is and by each codec.
func judge(s, hint string) (best Encoding, plain, top float64) {
	p := count(s, false)
	plain = p.score()
	best, top = Unicode, plain
	if p.accented > 0 && float64(p.accValid) > 0.9*float64(p.accented) && hint == "" {
		return
	}
	var buf [sampleSize * 2]byte
	for _, c := range codecs {
		out := c.appendDecoded(buf[:0], s, nil)
		t := count(string(out), c.name == TCVN3)
		if t.accented == 0 {
			continue
		}
		if v := t.score(); v > top+0.05 && v >= 0.75 {
			best, top = c.name, v
		}
	}
	return
}

// looksDouble reports whether s reads as UTF-8 once its runes are taken back to Windows-1252 bytes.
func looksDouble(s string) bool {
	if !strings.Contains(s, "á»") && !strings.Contains(s, "áº") && !strings.Contains(s, "Ã") && !strings.Contains(s, "Ä") {
		return false
	}
	t, ok := undouble(s)
	if !ok {
		return false
	}
	a, b := count(s, false), count(t, false)
	return b.accented > 0 && b.score() > a.score()+0.05
}

// undouble takes s back to bytes and reads those as UTF-8.
func undouble(s string) (string, bool) {
	b := make([]byte, 0, len(s))
	for _, r := range s {
		switch {
		case r < 0x100:
			b = append(b, byte(r))
		default:
			c, ok := cp1252Bytes[r]
			if !ok {
				return s, false
			}
			b = append(b, c)
		}
	}
	return string(b), utf8.Valid(b)
}

// looksVIQR reports whether an ASCII text is Vietnamese in VIQR. It asks for hats, which no other text sets on
// vowels, and for words that are syllables only when they are read so.
func looksVIQR(s string) bool {
	if strings.Count(s, "^") < 2 {
		return false
	}
	t := count(viqr.Replace(s), false)
	return t.accented >= 3 && t.score() > 0.9
}
