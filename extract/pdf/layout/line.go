package layout

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// newLine makes a line of the words of one baseline, in their order.
func newLine(words []Word) *line {
	l := &line{words: words, x0: words[0].X0, x1: words[0].X1, y: words[0].Y}
	n := 0
	for i := range words {
		n += len(words[i].Text) + 3
	}
	var text strings.Builder
	text.Grow(n)
	letters, confident, sum := 0, 0, float32(0)
	for i := range words {
		w := &words[i]
		if i > 0 && !w.Glued && !joinsDigits(words, i) {
			text.WriteByte(' ')
		}
		mark := w.Raised && isMark(w.Text) && !isPower(words, i)
		if mark {
			text.WriteRune(markOpen)
		}
		text.WriteString(w.Text)
		if mark {
			text.WriteRune(markShut)
		}
		l.x0, l.x1 = min(l.x0, w.X0), max(l.x1, w.X1)
		if k := len(w.Text); k > letters && !w.Raised {
			letters, l.font, l.y = k, w.Font, w.Y
		}
		l.size = max(l.size, w.Size)
		if w.Confidence > 0 {
			confident++
			sum += w.Confidence
		}
	}
	l.text = text.String()
	if confident > 0 {
		l.conf = sum / float32(confident)
	}
	l.measure()
	return l
}

// measure finds the width of the first word and where the words behind a label begin.
func (l *line) measure() {
	l.first = l.words[0].X1 - l.words[0].X0
	if n := labelEnd(l.text); n > 0 {
		for i, at := 0, 0; i < len(l.words); i++ {
			if at >= n-1 && i > 0 {
				l.tab = l.words[i].X0
				break
			}
			at += len(l.words[i].Text)
		}
	}
}

// isMark reports whether a raised word can be the mark of a note.
func isMark(s string) bool {
	s = strings.Trim(s, "()[]")
	return s != "" && len(s) <= 3 && (strings.Trim(s, "0123456789") == "" || strings.Trim(s, "*") == "")
}

// isPower reports whether a raised word is the exponent of a unit: m², m³, km².
func isPower(words []Word, i int) bool {
	if i == 0 || words[i].Text != "2" && words[i].Text != "3" {
		return false
	}
	unit := strings.TrimLeft(words[i-1].Text, "0123456789.,(/")
	return unit == "m" || unit == "km" || unit == "cm" || unit == "dm" || unit == "mm"
}

// joinsDigits reports whether word i is a digit of a number that was painted digit by digit, as stamps are: it and
// both or one of its neighbours are single digits, evenly set.
func joinsDigits(words []Word, i int) bool {
	digit := func(k int) bool {
		return k >= 0 && k < len(words) && len(words[k].Text) == 1 && isDigit(words[k].Text[0])
	}
	if !digit(i) || !digit(i-1) {
		return false
	}
	gap := words[i].X0 - words[i-1].X1
	return gap < 0.6*words[i].Size && (digit(i+1) || digit(i-2))
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// labelEnd is the length of the label or bullet that s opens with, with the blank behind it; 0 where it opens with
// none: "-", "+", "•", "1.", "2.1.", "a)", "IV.", "(1)", "Điều 4.", "Chương II".
func labelEnd(s string) int {
	r, n := utf8.DecodeRuneInString(s)
	switch r {
	case '-', '+', '*', '–', '—', '•', '●', '○', '▪', '■', '◦', '►', '➢', '✓', '·', 'o', '\uF0B7', '\uF02D', '\uF0A7', '\uF0D8', '\uF0FC':
		if strings.HasPrefix(s[n:], " ") && len(s) > n+1 {
			return n + 1
		}
		if next, _ := utf8.DecodeRuneInString(s[n:]); r == '-' && unicode.IsUpper(next) {
			return n
		}
		if r != 'o' {
			return 0
		}
	}
	for _, w := range labelWords {
		if rest, ok := strings.CutPrefix(s, w); ok && rest != "" {
			first, _ := utf8.DecodeRuneInString(rest)
			if isDigit(rest[0]) || isRoman(first) {
				return min(len(s), len(s)-len(rest)+strings.IndexByte(rest+" ", ' ')+1)
			}
		}
	}
	i := 0
	if s != "" && s[0] == '(' {
		i++
	}
	start := i
	letters, digits := 0, 0
	for i < len(s) && letters+digits < 12 {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r >= '0' && r <= '9':
			digits++
		case unicode.IsLetter(r) && (letters == 0 || isRoman(r)):
			letters++
		case r == '.' && i+1 < len(s) && isDigit(s[i+1]) && digits > 0:
		case r == '.' || r == ')' || r == '/':
			if i == start || digits > 0 && letters > 1 || digits > 8 || r == '/' && digits > 0 {
				return 0
			}
			i += n
			if strings.HasPrefix(s[i:], " ") {
				return i + 1
			}
			if next, _ := utf8.DecodeRuneInString(s[i:]); unicode.IsUpper(next) {
				return i
			}
			return 0
		default:
			return 0
		}
		i += n
	}
	return 0
}

// labelWords open the labels that are words.
var labelWords = []string{"Điều ", "ĐIỀU ", "Chương ", "CHƯƠNG ", "Mục ", "MỤC ", "Phần ", "PHẦN ", "Phụ lục ", "PHỤ LỤC ", "Biểu số "}

func isRoman(r rune) bool { return strings.ContainsRune("IVXLivxl", r) }

// isCapitals reports whether s has letters and none of them is small.
func isCapitals(s string) bool {
	letters := 0
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			letters++
		}
	}
	return letters > 1
}
