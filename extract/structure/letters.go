package structure

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

func isUpper(r rune) bool { return unicode.IsUpper(r) }

// isCapitals reports whether a text has letters and all of them are capitals.
func isCapitals(s string) bool {
	some := false
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
		some = some || unicode.IsUpper(r)
	}
	return some
}

// mostlyCapitals reports whether capitals outnumber small letters nine to one: a heading in capitals may hold
// "và" or an abbreviation such as "TTg".
func mostlyCapitals(s string) bool {
	up, low := 0, 0
	for _, r := range s {
		if unicode.IsLower(r) {
			low++
		} else if unicode.IsUpper(r) {
			up++
		}
	}
	return up > 0 && up >= 9*low
}

func isLetter(b byte) bool { return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= 0x80 }

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// hasWord reports whether folded text holds a phrase between word borders, and where.
func hasWord(fold, phrase string) (int, bool) {
	for from := 0; ; {
		i := strings.Index(fold[from:], phrase)
		if i < 0 {
			return 0, false
		}
		i += from
		end := i + len(phrase)
		if (i == 0 || !isLetter(fold[i-1]) && !isDigit(fold[i-1])) && (end == len(fold) || !isLetter(fold[end]) && !isDigit(fold[end])) {
			return i, true
		}
		from = i + 1
	}
}

// opensWith reports whether folded text begins with a phrase that ends at a word border.
func opensWith(fold, phrase string) bool {
	if !strings.HasPrefix(fold, phrase) {
		return false
	}
	return len(fold) == len(phrase) || !isLetter(fold[len(phrase)]) && !isDigit(fold[len(phrase)])
}

// countWords is the number of words of a text, up to a limit.
func countWords(s string, limit int) int {
	n, in := 0, false
	for i := 0; i < len(s) && n <= limit; i++ {
		space := s[i] == ' ' || s[i] == '\n' || s[i] == '\t'
		if !space && !in {
			n++
		}
		in = !space
	}
	return n
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}
