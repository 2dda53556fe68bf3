package pdf

import (
	"math"
)

// kind tells tokens apart.
type kind uint8

const (
	numberTok   kind = iota + 1
	stringTok        // its escapes undone
	nameTok          // without its slash
	operatorTok      // a keyword
	arrayTok         // of numbers, strings and names, in token.list
	openTok          // <<
	shutTok          // >>
	bracketTok       // [ or ], only where arrays are not gathered
)

// token is one token of a content stream, a CMap or a trailer.
type token struct {
	kind kind
	num  float64
	str  []byte
	list []token
	pos  int // where it begins
}

// lexer cuts bytes into tokens. Its strings share the bytes of the source where nothing is escaped, and a buffer
// of its own otherwise; both stay good until the next call of reset.
type lexer struct {
	src     []byte
	pos     int
	scratch []byte
}

func isSpace(c byte) bool { return class[c]&spaceClass != 0 }
func isDigit(c byte) bool { return c >= '0' && c <= '9' }

const (
	spaceClass = 1 << iota
	delimClass
)

// class says of each byte whether it is a space or a delimiter.
var class = func() (t [256]uint8) {
	for _, c := range []byte("\x00\t\n\f\r ") {
		t[c] = spaceClass
	}
	for _, c := range []byte("()<>[]{}/%") {
		t[c] = delimClass
	}
	return t
}()

// skip moves over spaces and comments.
func (l *lexer) skip() {
	for l.pos < len(l.src) {
		switch c := l.src[l.pos]; {
		case isSpace(c):
			l.pos++
		case c == '%':
			for l.pos < len(l.src) && l.src[l.pos] != '\n' && l.src[l.pos] != '\r' {
				l.pos++
			}
		default:
			return
		}
	}
}

// next gives the next token; ok is false at the end. Brackets come as tokens of their own.
func (l *lexer) next() (t token, ok bool) {
	l.skip()
	if l.pos >= len(l.src) {
		return token{}, false
	}
	start := l.pos
	t.pos = start
	switch c := l.src[start]; c {
	case '(':
		t.kind, t.str = stringTok, l.literal()
	case '<':
		if start+1 < len(l.src) && l.src[start+1] == '<' {
			l.pos += 2
			t.kind = openTok
			break
		}
		t.kind, t.str = stringTok, l.hex()
	case '>':
		l.pos++
		if l.pos < len(l.src) && l.src[l.pos] == '>' {
			l.pos++
		}
		t.kind = shutTok
	case '[', ']', '{', '}', ')':
		l.pos++
		t.kind, t.str = bracketTok, l.src[start:l.pos]
	case '/':
		l.pos++
		t.kind, t.str = nameTok, l.name()
	default:
		for l.pos < len(l.src) && class[l.src[l.pos]] == 0 {
			l.pos++
		}
		t.str = l.src[start:l.pos]
		t.kind = operatorTok
		if isDigit(c) || c == '-' || c == '+' || c == '.' {
			t.kind, t.num = numberTok, parseNumber(t.str)
		}
	}
	return t, true
}

// parseNumber reads a number as other readers do: what cannot be read of it is left out ("--5", "1.2.3", "0.-7").
func parseNumber(b []byte) float64 {
	i, sign := 0, 1.0
	for i < len(b) && (b[i] == '-' || b[i] == '+') {
		if b[i] == '-' {
			sign = -1
		}
		i++
	}
	whole, scale := 0.0, 0.0
	for ; i < len(b); i++ {
		switch c := b[i]; {
		case isDigit(c):
			whole = whole*10 + float64(c-'0')
			scale *= 10
		case c == '.' && scale == 0:
			scale = 1
		default:
			i = len(b)
		}
	}
	if scale > 1 {
		whole /= scale
	}
	if math.IsInf(whole, 0) || math.IsNaN(whole) {
		return 0
	}
	return sign * whole
}

// literal reads a string in parentheses.
func (l *lexer) literal() []byte {
	l.pos++
	start, depth := l.pos, 1
	for i := l.pos; i < len(l.src); i++ {
		switch l.src[i] {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				l.pos = i + 1
				return l.src[start:i]
			}
		case '\\', '\r':
			return l.escaped(start, i, depth)
		}
	}
	l.pos = len(l.src)
	return l.src[start:]
}

// escaped goes on with a string from its first escape, at i.
func (l *lexer) escaped(start, i, depth int) []byte {
	from := len(l.scratch)
	out := append(l.scratch, l.src[start:i]...)
	for i < len(l.src) {
		c := l.src[i]
		i++
		switch c {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				l.pos, l.scratch = i, out
				return out[from:len(out):len(out)]
			}
		case '\r':
			if i < len(l.src) && l.src[i] == '\n' {
				i++
			}
			c = '\n'
		case '\\':
			if i >= len(l.src) {
				continue
			}
			c = l.src[i]
			i++
			switch c {
			case 'n':
				c = '\n'
			case 'r':
				c = '\r'
			case 't':
				c = '\t'
			case 'b':
				c = '\b'
			case 'f':
				c = '\f'
			case '\r':
				if i < len(l.src) && l.src[i] == '\n' {
					i++
				}
				continue
			case '\n':
				continue
			case '0', '1', '2', '3', '4', '5', '6', '7':
				c -= '0'
				for k := 0; k < 2 && i < len(l.src) && l.src[i] >= '0' && l.src[i] <= '7'; k++ {
					c = c<<3 | (l.src[i] - '0')
					i++
				}
			}
		}
		out = append(out, c)
	}
	l.pos, l.scratch = i, out
	return out[from:len(out):len(out)]
}

// hex reads a string in angle brackets.
func (l *lexer) hex() []byte {
	l.pos++
	from, half, n := len(l.scratch), byte(0), 0
	out := l.scratch
	for l.pos < len(l.src) {
		c := l.src[l.pos]
		l.pos++
		if c == '>' {
			break
		}
		v, ok := hexDigit(c)
		if !ok {
			continue
		}
		if n++; n&1 == 1 {
			half = v << 4
			continue
		}
		out = append(out, half|v)
	}
	if n&1 == 1 {
		out = append(out, half)
	}
	l.scratch = out
	return out[from:len(out):len(out)]
}

func hexDigit(c byte) (byte, bool) {
	switch {
	case c >= '0' && c <= '9':
		return c - '0', true
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10, true
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10, true
	}
	return 0, false
}

// name reads a name behind its slash, #20 undone.
func (l *lexer) name() []byte {
	start, sharp := l.pos, false
	for l.pos < len(l.src) && class[l.src[l.pos]] == 0 {
		sharp = sharp || l.src[l.pos] == '#'
		l.pos++
	}
	raw := l.src[start:l.pos]
	if !sharp {
		return raw
	}
	out := make([]byte, 0, len(raw))
	for i := 0; i < len(raw); i++ {
		if raw[i] == '#' && i+2 < len(raw) {
			hi, ok1 := hexDigit(raw[i+1])
			lo, ok2 := hexDigit(raw[i+2])
			if ok1 && ok2 {
				out = append(out, hi<<4|lo)
				i += 2
				continue
			}
		}
		out = append(out, raw[i])
	}
	return out
}
