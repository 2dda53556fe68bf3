package index

import (
	"unicode"
	"unicode/utf8"
)

// token is one word of a text, or the whole of several that are written as one: a document's number, a date.
type token struct {
	start, end int  // bytes of the text
	pos        int  // the number of the word in the text; a whole has that of its first part
	whole      bool // several parts written as one; the parts follow as tokens of their own
	first      bool // it opens a clause: no phrase joins it to the word before
}

// scanner cuts a text into tokens. Words are runs of letters, marks and digits. Parts joined by / - & . , are
// given as a whole too where they make a document's number (889/QĐ-TTg), an abbreviation (TT&TT), a date
// (30/11/2024) or a number (1.250,5 or 80%), and always as parts. A clause ends at . ; : ! ? | at brackets, quotes
// and line ends; a comma and a dash do not end it, because names hold them (Văn hóa, Thể thao và Du lịch).
type scanner struct {
	text  string
	at    int
	pos   int
	fresh bool // a clause begins
	queue []token
	next  int
}

// maxWhole is the length in bytes from which joined parts are no number any more but a path or an address.
const maxWhole = 64

func newScanner(text string) scanner { return scanner{text: text, fresh: true} }

// scan gives the next token; ok is false at the end.
func (s *scanner) scan() (t token, ok bool) {
	if s.next < len(s.queue) {
		t = s.queue[s.next]
		s.next++
		return t, true
	}
	for s.at < len(s.text) {
		c, size := classAt(s.text, s.at)
		switch c {
		case wordClass:
			return s.group(), true
		case endClass:
			s.fresh = true
		}
		s.at += size
	}
	return token{}, false
}

// group reads a word and the parts that are joined to it, and gives the first token of them.
func (s *scanner) group() token {
	s.queue, s.next = s.queue[:0], 0
	start := s.at
	var joints []byte
	for {
		from := s.at
		for s.at < len(s.text) {
			c, size := classAt(s.text, s.at)
			if c != wordClass {
				break
			}
			s.at += size
		}
		s.queue = append(s.queue, token{start: from, end: s.at, pos: s.pos, first: s.fresh})
		s.pos++
		s.fresh = false
		if s.at+1 >= len(s.text) {
			break
		}
		joint := s.text[s.at]
		if !isJoint(joint) {
			break
		}
		if c, _ := classAt(s.text, s.at+1); c != wordClass {
			break
		}
		if (joint == '.' || joint == ',') && !(isDigit(s.text[s.at-1]) && isDigit(s.text[s.at+1])) {
			break
		}
		joints = append(joints, joint)
		s.at++
	}
	end := s.at
	if end < len(s.text) && s.text[end] == '%' && isDigit(s.text[end-1]) {
		end++
		s.at++
		joints = append(joints, '%')
	}
	if len(joints) > 0 && end-start <= maxWhole && s.isWhole(joints) {
		whole := token{start: start, end: end, pos: s.queue[0].pos, whole: true, first: s.queue[0].first}
		s.next = 0
		return whole
	}
	s.next = 1
	return s.queue[0]
}

// isWhole reports whether the queued parts, joined like this, are looked for as one.
func (s *scanner) isWhole(joints []byte) bool {
	for _, j := range joints {
		if j == '&' || j == '%' {
			return true
		}
	}
	abbreviations := true
	for _, t := range s.queue {
		part := s.text[t.start:t.end]
		capitals := 0
		for _, r := range part {
			if unicode.IsDigit(r) {
				return true
			}
			if unicode.IsUpper(r) {
				capitals++
			}
		}
		abbreviations = abbreviations && capitals >= 2
	}
	return abbreviations
}

// The classes of characters that the scanner knows.
const (
	blankClass = iota
	wordClass
	endClass // ends a clause
)

var asciiClass = func() (class [utf8.RuneSelf]uint8) {
	for c := range class {
		switch {
		case c >= '0' && c <= '9', c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z':
			class[c] = wordClass
		}
	}
	for _, c := range "\n\r\f\v.;:!?|()[]{}\"" {
		class[c] = endClass
	}
	return class
}()

func classAt(s string, i int) (class uint8, size int) {
	if s[i] < utf8.RuneSelf {
		return asciiClass[s[i]], 1
	}
	r, size := utf8.DecodeRuneInString(s[i:])
	switch {
	case r >= 0x1E00 && r < 0x1F00, r >= 0xC0 && r < 0x370 && r != '×' && r != '÷':
		return wordClass, size // Vietnamese letters and combining marks
	case r == '…' || r == '“' || r == '”' || r == '«' || r == '»' || r == 0x2028 || r == 0x2029 || r == '•':
		return endClass, size
	case r == utf8.RuneError && size == 1:
		return blankClass, size
	case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
		return wordClass, size
	}
	return blankClass, size
}

func isJoint(c byte) bool { return c == '/' || c == '-' || c == '&' || c == '.' || c == ',' }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
