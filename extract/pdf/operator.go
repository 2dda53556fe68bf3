package pdf

import "bytes"

// Bounds of a stream of operators.
const (
	mostOperators = 5_000_000
	mostOperands  = 1 << 16
	mostElements  = 1 << 18
)

// operators cuts a stream into operators and gives each with its operands to do, until do returns false. Operands
// are good during the call only. Dictionaries come as their parts; the data of an inline image is skipped, and "EI"
// is called with the operands of its dictionary.
func operators(src []byte, do func(op []byte, args []token) bool) {
	l := lexer{src: src}
	var args, list []token // list holds the elements of all arrays of one operator
	inArray, from, count := false, 0, 0
	closeArray := func(pos int) {
		if len(args) < mostOperands {
			args = append(args, token{kind: arrayTok, list: list[from:len(list):len(list)], pos: pos})
		}
		inArray = false
	}
	for {
		t, ok := l.next()
		if !ok {
			return
		}
		switch t.kind {
		case bracketTok:
			switch t.str[0] {
			case '[':
				if !inArray {
					from = len(list)
				}
				inArray = true
			case ']':
				if inArray {
					closeArray(t.pos)
				}
			}
			continue
		case operatorTok:
			if inArray {
				if !isOperator(t.str) {
					continue
				}
				closeArray(t.pos)
			}
			if string(t.str) == "ID" {
				l.image()
				t.str = []byte("EI")
			}
			count++
			if !do(t.str, args) || count > mostOperators {
				return
			}
			args, list, l.scratch = args[:0], list[:0], l.scratch[:0]
			continue
		}
		if inArray {
			if len(list) < mostElements {
				list = append(list, t)
			}
		} else if len(args) < mostOperands {
			args = append(args, t)
		}
	}
}

// isOperator reports whether a keyword inside an array shows that the array was left open.
func isOperator(s []byte) bool {
	switch string(s) {
	case "TJ", "Tj", "ET", "Q", "endbfrange", "endbfchar":
		return true
	}
	return false
}

// image moves behind the data of an inline image, which begins behind "ID".
func (l *lexer) image() {
	for from := l.pos; ; {
		i := bytes.Index(l.src[from:], []byte("EI"))
		if i < 0 {
			l.pos = len(l.src)
			return
		}
		i += from
		if i > 0 && isSpace(l.src[i-1]) && (i+2 >= len(l.src) || isSpace(l.src[i+2])) && plain(l.src[i+2:]) {
			l.pos = i + 2
			return
		}
		from = i + 2
	}
}

// plain reports whether the bytes that follow an EI look like operators and not like the data of an image.
func plain(b []byte) bool {
	for _, c := range b[:min(len(b), 12)] {
		if c >= 0x7F || c < ' ' && !isSpace(c) || c == 0 {
			return false
		}
	}
	return true
}
