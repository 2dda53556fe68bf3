package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"kehoach/normalize"
)

// Cues are the marks by which parts of an administrative document are known from a single line, as Decree
// 30/2020, Phụ lục I, prints them. All take folded text.

// isNation reports whether a line holds the national name, the motto, or the party's head.
func isNation(f string) bool {
	return strings.Contains(f, "cong hoa xa hoi chu nghia") || strings.Contains(f, "doc lap - tu do") || strings.Contains(f, "doc lap – tu do") ||
		strings.HasPrefix(f, "dang cong san viet nam")
}

// isNumberLine reports whether a line is the document's number: "Số: 45/KH-UBND".
func isNumberLine(f string) bool {
	return strings.HasPrefix(f, "so") && strings.Contains(f, "/") && len(f) < 60 && !strings.HasPrefix(f, "so hieu")
}

// isDateLine reports whether a line is the place and date of issue.
func isDateLine(f string) bool {
	i := strings.Index(f, "ngay")
	return i >= 0 && len(f) < 90 && strings.Contains(f[i:], "thang") && strings.Contains(f[i:], "nam")
}

// isRecipients reports whether a line opens the list of recipients.
func isRecipients(f string) bool { return strings.HasPrefix(f, "noi nhan") }

// isSigning reports whether a line opens with an abbreviation of signing.
func isSigning(f string) bool {
	for _, a := range []string{"tm.", "kt.", "tl.", "tuq.", "q."} {
		if strings.HasPrefix(f, a) {
			return true
		}
	}
	return false
}

// types are the folded names of documents that stand alone above a title (Decree 30/2020, Phụ lục III).
var types = map[string]bool{"ke hoach": true, "quyet dinh": true, "chi thi": true, "nghi quyet": true, "nghi dinh": true,
	"thong tu": true, "chuong trinh": true, "de an": true, "du an": true, "phuong an": true, "thong bao": true, "bao cao": true,
	"to trinh": true, "huong dan": true, "quy dinh": true, "quy che": true, "cong dien": true, "ket luan": true, "cong van": true,
	"chuong trinh hanh dong": true, "ke hoach hanh dong": true, "luat": true, "thong cao": true, "chien luoc": true, "de cuong": true}

// isTypeLine reports whether a line is the name of a document's type in capitals.
func isTypeLine(s string) bool {
	return len(s) < 60 && isCapitals(s) && types[strings.TrimRight(normalize.Fold(s), " :.")]
}

// isCapitals reports whether s has letters and all of them are capitals.
func isCapitals(s string) bool {
	letters := 0
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return letters >= 2
}

// fold is the folded head of a block, enough for a cue.
func fold(s string) string {
	if len(s) > 240 {
		end := 240
		for !utf8.RuneStart(s[end]) {
			end--
		}
		s = s[:end]
	}
	return normalize.Fold(s)
}

// labelEnd is the byte after the printed label or the bullet that s opens with, 0 where it opens with none:
// "I.", "1.", "2.1", "1)", "a)", "đ)", "A.", "(1)", "Điều 4.", "Chương II", "-", "+".
func labelEnd(s string) int {
	if s == "" {
		return 0
	}
	switch r, n := utf8.DecodeRuneInString(s); {
	case strings.ContainsRune("-+*•–—●▪■◦○", r):
		if r, _ := utf8.DecodeRuneInString(s[n:]); r == '*' || r == '-' {
			return 0
		}
		return n
	case r == '(':
		if end := strings.IndexByte(s, ')'); end > 1 && end <= 5 && labelWord(s[1:end]) {
			return end + 1
		}
		return 0
	case r >= '0' && r <= '9':
		return numberEnd(s)
	case unicode.IsLetter(r):
		if end := strings.IndexAny(s, ".)/ "); end > 0 && end <= 8 && labelWord(s[:end]) {
			if s[end] != ' ' {
				return end + 1
			}
			if isRoman(s[:end]) && (strings.HasPrefix(s[end:], " - ") || strings.HasPrefix(s[end:], " – ")) {
				return end + 1
			}
		}
		return wordLabelEnd(s)
	}
	return 0
}

// labelWord reports whether s is what stands in a label: a Roman or Arabic number, or one letter.
func labelWord(s string) bool {
	if utf8.RuneCountInString(s) == 1 {
		r, _ := utf8.DecodeRuneInString(s)
		return unicode.IsLetter(r) || unicode.IsDigit(r)
	}
	if isRoman(s) {
		return true
	}
	return len(s) <= 2 && strings.Trim(s, "0123456789") == ""
}

func isRoman(s string) bool { return s != "" && strings.Trim(s, "IVXLC") == "" }

// numberEnd is the end of a label of numbers: one or two digits, then more after dots, then a dot, a bracket or,
// after two numbers, a blank. Dates and sums are none.
func numberEnd(s string) int {
	i, groups := 0, 0
	for {
		from := i
		for i < len(s) && s[i] >= '0' && s[i] <= '9' {
			i++
		}
		if i == from || i-from > 2 {
			return 0
		}
		groups++
		if i == len(s) {
			return 0
		}
		next := byteAt(s, i+1)
		if s[i] == '.' && next >= '0' && next <= '9' {
			i++
			continue
		}
		break
	}
	switch next := byteAt(s, i+1); {
	case groups > 4:
		return 0
	case s[i] == '.' || s[i] == ')':
		return i + 1
	case s[i] == '/' && next == ' ':
		return i + 1
	case s[i] == ' ' && groups > 1:
		return i
	}
	return 0
}

// wordLabelEnd is the end of a label with a word: "Điều 4.", "Chương II", "Phụ lục I".
func wordLabelEnd(s string) int {
	for _, w := range []string{"Điều ", "ĐIỀU ", "Chương ", "CHƯƠNG ", "Mục ", "MỤC ", "Phần ", "PHẦN ", "Phụ lục", "PHỤ LỤC", "Biểu số ", "BIỂU SỐ ", "Biểu mẫu", "Tiểu mục "} {
		rest, ok := strings.CutPrefix(s, w)
		if !ok {
			continue
		}
		rest = strings.TrimLeft(rest, " ")
		end := strings.IndexAny(rest, " .:,;\n")
		if end < 0 {
			return len(s)
		}
		if end == 0 || !labelWord(rest[:end]) && !strings.HasPrefix(w, "P") {
			return 0
		}
		if rest[end] == '.' || rest[end] == ':' || isCapitals(s) {
			return len(s) - len(rest) + end + 1
		}
		return 0
	}
	return 0
}
