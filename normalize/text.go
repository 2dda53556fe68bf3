package normalize

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Text makes one clean text of s: an old encoding is decoded, by text and then by line; letters are composed (NFC)
// with the tone in its order, look-alikes of Vietnamese letters are put right, all blanks are spaces, and what no
// reader sees is gone. '\n' and '\t' stay; other ends of lines and pages become '\n'. Words are left as they are
// spelled: Paragraphs mends and reports those. The result is valid UTF-8, and Text of it is itself.
func Text(s string) string {
	// Each pass leaves less to do; the second finds nothing, save in texts made to vex it.
	for range 8 {
		if cleanHead(s) == len(s) {
			return s
		}
		t := textOnce(s)
		if t == s {
			return s
		}
		s = t
	}
	// Decoding went round in circles: leave it out.
	return string(appendClean(nil, s, nil))
}

func textOnce(s string) string {
	if suspicious(s) {
		var units []unit
		for line := range strings.Lines(s) {
			units = append(units, unit{text: line})
		}
		decide(units)
		dst := make([]byte, 0, len(s)+len(s)/4)
		for _, u := range units {
			dst = appendAs(dst, u.text, u.enc, false, nil)
		}
		s = string(dst)
	}
	return string(appendClean(make([]byte, 0, len(s)+len(s)/16), s, nil))
}

// changes counts what appendClean did, and where it put letters right.
type changes struct {
	edits   Map
	letters []letterChange
	blanks  int // blanks and line ends of other kinds
	dropped int // runes that no reader sees
	glyphs  int // bullets of symbol fonts
}

// letterChange is one run of letters that was put right, by bytes of the result.
type letterChange struct {
	start, end int
	from       string
}

// appendClean does the work of Text but for decoding. It goes by runs without ASCII blanks, over whose ends nothing
// composes; a run that is clean is copied. Where ch is not nil it records what was changed; dst must be empty then.
func appendClean(dst []byte, s string, ch *changes) []byte {
	for i := 0; i < len(s); {
		p := i + plainHead(s[i:])
		if p == len(s) {
			return append(dst, s[i:]...)
		}
		start := i + 1 + strings.LastIndexAny(s[i:p], " \n\t")
		dst = append(dst, s[i:start]...)
		end := len(s)
		if k := strings.IndexAny(s[p:], " \n\t"); k >= 0 {
			end = p + k
		}
		run := s[start:end]
		if len(run) > 0 && run[len(run)-1] == '\r' && end < len(s) && s[end] == '\n' {
			run = run[:len(run)-1] // the \n says it all
		}
		dst = cleanRun(dst, run, start, ch)
		if ch != nil && len(run) < end-start {
			ch.edits.replace(len(dst), len(dst), end-1, end)
		}
		i = end
	}
	return dst
}

// commonEnds is how many bytes two strings share at their heads and at their tails, in whole runes.
func commonEnds(s, t string) (head, tail int) {
	for head < len(s) && head < len(t) && s[head] == t[head] {
		head++
	}
	for head > 0 && (head < len(s) && !utf8.RuneStart(s[head]) || head < len(t) && !utf8.RuneStart(t[head])) {
		head--
	}
	for tail < len(s)-head && tail < len(t)-head && s[len(s)-1-tail] == t[len(t)-1-tail] {
		tail++
	}
	for tail > 0 && !utf8.RuneStart(s[len(s)-tail]) {
		tail--
	}
	return head, tail
}

// cleanRun appends one run, cleaned; in is where the run stands in the source.
func cleanRun(dst []byte, run string, in int, ch *changes) []byte {
	var buf [128]byte
	b := buf[:0]
	var ins []int // where each rune of b stands in the run
	words, composed, letters := false, true, false
	for i, r := range run {
		if r >= utf8.RuneSelf || r < ' ' || r == 0x7F {
			if r >= 0x80 && r < 0xA0 {
				r = cp1252[r-0x80] // a control that was a sign of Windows-1252
			}
			l := lookalikes[r]
			switch {
			case l.does == dropRune || r >= 0x80 && r < 0xA0:
				ch.add(Invisible)
				continue
			case l.does == spaceRune || l.does == lineRune || r == '\r':
				ch.add(Blanks)
			case l.does == glyphRune:
				ch.add(Glyphs)
			}
			switch {
			case r == '\r':
				r = '\n'
			case l.does == wordRune || r == '´':
				words = true
			case l.does != keepRune:
				letters = letters || l.does == letterRune
				r = l.to
			}
			if r >= 0x300 && at(r).code == 0 {
				composed = false
			}
		}
		b = utf8.AppendRune(b, r)
		if ch != nil {
			ins = append(ins, i)
		}
	}
	if composed && !words && ch == nil && bytes.IndexByte(b, '`') < 0 {
		return append(dst, b...)
	}
	s := string(b)
	if !composed {
		s = norm.NFC.String(reorder(s))
	}
	if words || strings.Contains(s, "`") {
		if t := mendWords(s); t != s {
			s, letters = t, true
		}
	}
	if ch != nil {
		ch.record(run, s, ins, in, len(dst), letters)
	}
	return append(dst, s...)
}

// add counts one more of a kind, where anything is counted.
func (ch *changes) add(k Kind) {
	if ch == nil {
		return
	}
	switch k {
	case Invisible:
		ch.dropped++
	case Blanks:
		ch.blanks++
	case Glyphs:
		ch.glyphs++
	}
}

// record notes that a run that stands at in became s at out. ins says where each rune stood, before composing.
func (ch *changes) record(run, s string, ins []int, in, out int, letters bool) {
	if s == run {
		return
	}
	if utf8.RuneCountInString(s) == len(ins) { // rune for rune
		k, at := 0, 0
		for i := range s {
			if k == 0 || ins[k]-i != at {
				at = ins[k] - i
				ch.edits.mark(out+i, in+ins[k])
			}
			k++
		}
		ch.edits.mark(out+len(s), in+len(run))
	} else {
		a, b := commonEnds(run, s)
		ch.edits.replace(out+a, out+len(s)-b, in+a, in+len(run)-b)
	}
	if letters {
		notLetter := func(r rune) bool { return at(r).flags == 0 }
		from := strings.TrimLeftFunc(s, notLetter)
		start := len(s) - len(from)
		end := start + len(strings.TrimRightFunc(from, notLetter))
		ch.letters = append(ch.letters, letterChange{out + start, out + end, strings.TrimFunc(run, notLetter)})
	}
}

// mendWords puts look-alikes right in every word of s.
func mendWords(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		start := nextWord(s, i)
		_, end := scanWord(s, start)
		b.WriteString(s[i:start])
		w, _ := mendWord(s[start:end])
		b.WriteString(w)
		i = end
	}
	return mendAccents(b.String())
}
