package word

import "strconv"

// rtfKind is the kind of a token.
type rtfKind uint8

const (
	rtfEnd   rtfKind = iota
	rtfOpen          // {
	rtfClose         // }
	rtfWord          // \word with number
	rtfSign          // \sign: one character that is no letter
	rtfByte          // \'hh, or a byte as it stands
)

// rtfToken is one token of an RTF file.
type rtfToken struct {
	kind   rtfKind
	word   string
	number int
	given  bool // a number stands behind the word
	char   byte // of a sign or a byte
	hex    bool // the byte was written \'hh
}

// rtfLexer gives the tokens of an RTF file (RTF 1.9.1, "Conventions of an RTF Reader").
type rtfLexer struct {
	data []byte
	at   int
}

func (l *rtfLexer) next() rtfToken {
	for l.at < len(l.data) {
		c := l.data[l.at]
		l.at++
		switch c {
		case '{':
			return rtfToken{kind: rtfOpen}
		case '}':
			return rtfToken{kind: rtfClose}
		case '\\':
			return l.control()
		case '\r', '\n', 0:
			continue
		}
		return rtfToken{kind: rtfByte, char: c}
	}
	return rtfToken{}
}

// control reads what stands behind a backslash.
func (l *rtfLexer) control() rtfToken {
	if l.at >= len(l.data) {
		return rtfToken{}
	}
	start := l.at
	for l.at < len(l.data) && l.at-start < 32 && isLetter(l.data[l.at]) {
		l.at++
	}
	if l.at == start {
		c := l.data[l.at]
		l.at++
		if c != '\'' {
			return rtfToken{kind: rtfSign, char: c}
		}
		if l.at+2 > len(l.data) {
			return rtfToken{}
		}
		b, err := strconv.ParseUint(string(l.data[l.at:l.at+2]), 16, 8)
		if err != nil { // not a byte: what follows is text
			return l.next()
		}
		l.at += 2
		return rtfToken{kind: rtfByte, char: byte(b), hex: true}
	}
	t := rtfToken{kind: rtfWord, word: string(l.data[start:l.at])}
	start = l.at
	if l.at < len(l.data) && l.data[l.at] == '-' {
		l.at++
	}
	for l.at < len(l.data) && l.at-start < 11 && l.data[l.at] >= '0' && l.data[l.at] <= '9' {
		l.at++
	}
	if n, err := strconv.Atoi(string(l.data[start:l.at])); err == nil {
		t.number, t.given = n, true
	} else {
		l.at = start
	}
	if l.at < len(l.data) && l.data[l.at] == ' ' {
		l.at++
	}
	return t
}

// skip passes over so many bytes of binary data.
func (l *rtfLexer) skip(n int) {
	l.at += min(max(n, 0), len(l.data)-l.at)
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
