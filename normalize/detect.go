package normalize

import (
	"unicode/utf8"
)

// Detect names the encoding in which s was typed: Unicode, or the old encoding whose bytes its runes
// stand for (TCVN3, VNI, Windows1258, VISCII), VIQR, or DoubleUTF8. The hint, a font's name such as ".VnTime"
// or "VNI-Times" or "", weighs in where the words alone do not decide; it is never a verdict.
func Detect(s, hint string) Encoding {
	u := unit{text: s, hint: hintOf(hint)}
	u.look()
	if u.kind == proofUnit || !u.read.hopeless() && cleanHead(s) == len(s) {
		return Unicode
	}
	if u.doubtful() {
		return u.judge()
	}
	return u.enc
}

// tally is how well a text reads as Vietnamese.
type tally struct {
	words, valid       int // all words
	accented, accValid int // those with a letter or sign beyond ASCII
	beyond             int // words with a Vietnamese letter beyond Latin-1, which no old encoding leaves
	strange            int // signs that no such text holds
}

func (t *tally) score() float64 {
	if t.accented == 0 {
		return 0
	}
	return 0.5*float64(t.valid)/float64(t.words) + 0.5*float64(t.accValid)/float64(t.accented) -
		0.5*float64(t.strange)/float64(t.words+t.strange)
}

// hopeless reports whether a part of a text reads so badly that the rest cannot make up for it.
func (t *tally) hopeless() bool { return t.accented >= glanceWords && t.score() < leastHinted/2 }

// count reads s as Vietnamese. Where ends is set, a word at either end that does not read is left out, since it may be
// cut. Where capitals is set, small letters among capitals are no fault (TCVN3 has no toned capitals).
func count(s string, ends, capitals bool) (t tally) {
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf && letters[c].flags == 0 {
			i++
			continue
		}
		start := i
		w, end := scanToken(s, i)
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
		if w.flags&hasBeyond != 0 {
			t.beyond++
		}
		ok := w.valid() && (capitals || w.flags&mixedCase == 0)
		if !ok && ends && (start == 0 || end == len(s)) {
			continue
		}
		t.words++
		if ok {
			t.valid++
		}
		if w.flags&hasAccent != 0 {
			t.accented++
			if ok {
				t.accValid++
			}
		}
	}
	return t
}

// scanToken is scanWord over a word and the signs that stand in it as letters would: the "¸" of "x¸c".
func scanToken(s string, i int) (w word, end int) {
	w, end = scanWord(s, i)
	for end < len(s) && s[end] >= utf8.RuneSelf {
		r, n := utf8.DecodeRuneInString(s[end:])
		where := glue(r)
		next, after := scanWord(s, end+n)
		inner := after > end+n
		if where == 0 || end == i && (!inner || where&gluesHead == 0) || end > i && !inner && where&gluesTail == 0 {
			return w, end
		}
		w.flags |= next.flags | hasForeign | hasAccent
		w.runes += next.runes + 1
		end = after
	}
	return w, end
}

// Where a sign counts as part of a word.
const (
	gluesInside = 1 << iota
	gluesHead
	gluesTail
)

// glue says where the sign r, which is no letter, is likely to stand for one.
func glue(r rune) uint8 {
	switch r {
	case '²', '³', '°', '½', '¼', '¾', '¹', '±', '»', '©':
		return gluesInside | gluesHead
	case '®':
		return gluesInside | gluesHead
	case '«':
		return gluesInside | gluesTail
	case '·':
		return gluesInside | gluesTail
	case '„', '‚', '†', '‡', '‰', '‹', '›', 'ˆ', '˜', '™':
		return gluesInside
	case '€', 0x2212, 0x2219:
		return gluesInside
	case 0xA0, 0xAD:
		return 0
	}
	if r >= 0x80 && r < 0xC0 || r == '×' || r == '÷' || r == utf8.RuneError {
		return gluesInside | gluesHead | gluesTail
	}
	return 0
}

// strange reports whether a lone sign is out of place in a Vietnamese text.
func strange(r rune) bool {
	switch r {
	case 0xA0, 0xAD, '§', '°', '«', '»', '²', '³', '½', '¼', '¾', '×', '÷', '±', '·', '©', '®', '¹':
		return false
	}
	return r >= 0x80 && r < 0xC0 || r == utf8.RuneError
}

// The least share of valid words at which a decoding is believed, and by how much it must read better.
const (
	leastScore  = 0.75
	leastHinted = 0.6
	leastBetter = 0.05
	sureScore   = 0.97 // with sureWords words beyond ASCII, no other reading is tried
	sureWords   = 8
	glance      = 128 // bytes at which a reading that is far off is dropped, if they hold glanceWords words beyond ASCII
	glanceWords = 5
)

// judge decides by the share of words that are syllables when s is read as it is and by each codec. The
// encoding that a font hints at is believed with fewer valid words. p is how s reads as it is.
func judge(s string, hint Encoding, p tally) Encoding {
	plain := p.score()
	if p.beyond > 0 || p.accented > 0 && float64(p.accValid) > 0.9*float64(p.accented) {
		return Unicode
	}
	best, top := Unicode, 0.0
	sure := func(t tally) bool { return t.score() > sureScore && t.accented >= sureWords && plain < leastScore }
	for i, c := range likeliest(s) {
		if len(s) > glance {
			t := c.count(cut(s, glance))
			if i == 0 && sure(t) {
				return c.name
			}
			if t.hopeless() {
				continue
			}
		}
		t := c.count(s)
		v := t.score()
		least := leastScore
		if c.name == hint {
			least, v = leastHinted, v+leastBetter
		}
		if t.accValid > 0 && v >= max(least, plain+leastBetter) && v > top+0.01 {
			best, top = c.name, v
			if sure(t) {
				break // no second reading is as good
			}
		}
	}
	return best
}

// likeliest gives the codecs in the order in which a text is tried: by how many of its bytes are those of the letters
// that Vietnamese uses most.
func likeliest(s string) (order [codecCount]*codec) {
	sums := uint64(0)
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < utf8.RuneSelf {
			continue
		} else if c|1 == 0xC3 && i+1 < len(s) {
			i++
			sums += commonBytes[c<<6|s[i]&0x3F]
		}
	}
	var share [codecCount]uint16
	for i, c := range codecs {
		share[i] = uint16(sums >> (16 * i))
		k := i
		for ; k > 0 && share[k-1] < share[k]; k-- {
			share[k-1], share[k] = share[k], share[k-1]
			order[k] = order[k-1]
		}
		order[k] = c
	}
	return order
}

// count reads s decoded by the codec.
func (c *codec) count(s string) tally {
	var buf [3 * excerptSize]byte
	out := c.appendDecoded(buf[:0], s, nil)
	return count(string(out), true, c.name == TCVN3)
}
