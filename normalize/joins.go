package normalize

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Joins reports whether a paragraph that ends like prev goes on with next: a page or a line was broken inside a
// sentence. It says so where prev ends in a letter, a digit, a comma or a dash inside words, and next begins
// with a small letter that is no label ("a)", "b.").
func Joins(prev, next string) bool {
	prev, next = strings.TrimRight(prev, " \t\n\u00A0"), strings.TrimLeft(next, " \t\n\u00A0")
	if prev == "" || next == "" {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(prev)
	if !unicode.IsLetter(last) && !unicode.IsDigit(last) && !strings.ContainsRune(",)]%\"”’", last) {
		return false
	}
	first, _ := utf8.DecodeRuneInString(next)
	if !unicode.IsLower(first) {
		return false
	}
	_, end := scanWord(next, 0)
	if rest := next[end:]; end <= 2 && rest != "" && (rest[0] == ')' || rest[0] == '.' || rest[0] == '/') {
		return false // a label
	}
	return true
}
