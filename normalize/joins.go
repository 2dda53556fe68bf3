package normalize

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Joins reports whether a paragraph that ends like prev goes on with next: a page or a line was broken inside a
// sentence. It says so where prev ends in a letter, a digit, a comma or a closing sign, and next begins with a small
// letter that is no label ("a)", "đ.", "iv)"). A line all in capitals is a heading, and small letters do not go on with it.
func Joins(prev, next string) bool {
	prev, next = strings.TrimRight(prev, " \t\n\u00A0"), strings.TrimLeft(next, " \t\n\u00A0")
	if prev == "" || next == "" {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(prev)
	if !unicode.IsLetter(last) && !unicode.IsDigit(last) && !strings.ContainsRune(",)]%\"”’–-", last) {
		return false
	}
	first, _ := utf8.DecodeRuneInString(next)
	return unicode.IsLower(first) && !opensLabel(next) && strings.ContainsFunc(prev, unicode.IsLower)
}

// opensLabel reports whether s begins with the label of a list: up to three letters and digits before ")", or one
// letter before ".", "/" or a colon.
func opensLabel(s string) bool {
	n := 0
	for i, r := range s {
		switch {
		case r == ')':
			return n > 0
		case r == '.' || r == '/' || r == ':':
			return n == 1 && (i+1 == len(s) || s[i+1] != '.')
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			return false
		}
		if n++; n > 3 {
			return false
		}
	}
	return false
}
