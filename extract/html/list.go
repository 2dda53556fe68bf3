package html

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// list is an open <ol> or <ul>, whose labels the browser computes.
type list struct {
	kind string // "1" "a" "A" "i" "I" of an ordered one, the bullet of another, "" where no label is shown
	at   int    // the number of the next item
	step int
}

// bullets are what the nested levels of an unordered list get, as an administrative text writes them.
var bullets = []string{"-", "+", "*"}

func newList(n *html.Node, outer []*list) *list {
	l := &list{at: 1, step: 1}
	if n.DataAtom != atom.Ol {
		depth := 0
		for _, o := range outer {
			if o.kind == "" || strings.Contains("-+*", o.kind) {
				depth++
			}
		}
		l.kind = bullets[min(depth, len(bullets)-1)]
	} else {
		l.kind = "1"
		if t := attr(n, "type"); len(t) == 1 && strings.Contains("1aAiI", t) {
			l.kind = t
		}
		if hasAttr(n, "reversed") {
			l.step = -1
			l.at = 0
			for c := range n.ChildNodes() {
				if c.DataAtom == atom.Li {
					l.at++
				}
			}
		}
		if start, err := strconv.Atoi(strings.TrimSpace(attr(n, "start"))); err == nil {
			l.at = start
		}
	}
	style := css(n, "list-style-type")
	if style == "" {
		style = css(n, "list-style")
	}
	for word := range strings.FieldsSeq(style) {
		switch word {
		case "none":
			l.kind = ""
		case "decimal":
			l.kind = "1"
		case "lower-alpha", "lower-latin":
			l.kind = "a"
		case "upper-alpha", "upper-latin":
			l.kind = "A"
		case "lower-roman":
			l.kind = "i"
		case "upper-roman":
			l.kind = "I"
		}
	}
	return l
}

// next is the label of an item, and "" where none is shown.
func (l *list) next(item *html.Node) string {
	if v, err := strconv.Atoi(strings.TrimSpace(attr(item, "value"))); err == nil {
		l.at = v
	}
	n := l.at
	l.at += l.step
	switch l.kind {
	case "", "-", "+", "*":
		return l.kind
	case "a":
		return alpha(n) + "."
	case "A":
		return strings.ToUpper(alpha(n)) + "."
	case "i":
		return strings.ToLower(roman(n)) + "."
	case "I":
		return roman(n) + "."
	}
	return strconv.Itoa(n) + "."
}

// alpha counts in letters as browsers do: a to z, then aa. Numbers below 1 stay numbers.
func alpha(n int) string {
	if n < 1 {
		return strconv.Itoa(n)
	}
	s := ""
	for ; n > 0; n = (n - 1) / 26 {
		s = string(rune('a'+(n-1)%26)) + s
	}
	return s
}

// roman counts in Roman numbers, from 1 to 3999; other numbers stay numbers.
func roman(n int) string {
	if n < 1 || n > 3999 {
		return strconv.Itoa(n)
	}
	var s strings.Builder
	for _, d := range []struct {
		value int
		sign  string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= d.value; n -= d.value {
			s.WriteString(d.sign)
		}
	}
	return s.String()
}

// ownLabel reports whether the words of an item begin with a label or a bullet of their own, so that the list's
// would be a second one.
func ownLabel(s string) bool {
	r, n := utf8.DecodeRuneInString(s)
	if strings.ContainsRune("-+*•–—●▪", r) {
		return strings.HasPrefix(s[n:], " ")
	}
	end := strings.IndexAny(s, " ")
	if end < 2 || end > 9 {
		return false
	}
	word := s[:end]
	if last := word[len(word)-1]; last != '.' && last != ')' {
		return false
	}
	word = strings.TrimLeft(word[:len(word)-1], "(")
	if utf8.RuneCountInString(word) == 1 || strings.Trim(word, "IVXLC") == "" {
		return true
	}
	return strings.Trim(word, "0123456789.") == "" && len(word) <= 5
}
