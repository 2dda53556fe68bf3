package normalize

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Text makes one clean text of s: an old encoding is decoded, letters are composed (NFC) with the tone in its
// order, look-alikes of Vietnamese letters are put right, all blanks are spaces, and what no reader sees is gone.
// '\n' and '\t' stay; other ends of lines and pages become '\n'. Words are left as spelled: Paragraphs mends and
// reports those. The result is valid UTF-8, and Text of it is itself.
func Text(s string) string {
	if isClean(s) {
		return s
	}
	for range 4 {
		t := textOnce(s)
		if t == s {
			break
		}
		s = t
	}
	return s
}

func textOnce(s string) string {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	if enc := Detect(s, ""); enc != Unicode {
		s = decodeLines(s, enc, "")
	}
	return clean(s)
}

// isClean reports whether Text would give s back; it says no where it is not sure.
func isClean(s string) bool {
	beyond, latin := false, false
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if c < ' ' && c != '\n' && c != '\t' || c == 0x7F || c == '^' || c == '`' {
				return false
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		l := at(r)
		if l.code == 0 {
			if r < 0x2013 || r > 0x2026 || r == utf8.RuneError {
				return false
			}
		} else if l.kind&isBeyond != 0 {
			beyond = true
		} else {
			latin = true
		}
		i += n
	}
	return beyond || !latin
}

// clean does the work of Text on letters, without decoding.
func clean(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for i, r := range s {
		switch {
		case r == '\r':
			if i+1 < len(s) && s[i+1] == '\n' {
				continue
			}
			r = '\n'
		case r == '\v', r == '\f', r == 0x85, r == 0x2028, r == 0x2029:
			r = '\n'
		case r < ' ' && r != '\n' && r != '\t', r == 0x7F:
			continue
		case r >= 0x80 && r < 0xA0:
			r = cp1252[r-0x80]
			if r < 0xA0 {
				continue
			}
		case r == 0xA0, r >= 0x2000 && r <= 0x200A, r == 0x202F, r == 0x205F, r == 0x3000, r == 0x1680:
			r = ' '
		case r == 0xAD, r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x2069, r == 0xFEFF, r == 0x180E:
			continue
		case r == 'ƣ':
			r = 'ư'
		case r == 'Ƣ':
			r = 'Ư'
		case r == 'Ɖ':
			r = 'Đ'
		case r == 0xF0B7, r == 0xF0A7:
			r = '•'
		}
		b.WriteRune(r)
	}
	return norm.NFC.String(reorder(b.String()))
}

// reorder puts a tone that stands before a circumflex, breve or horn behind it, which NFC does not.
func reorder(s string) string {
	if !strings.ContainsAny(s, "\u0302\u0306\u031B") {
		return s
	}
	in := []rune(norm.NFD.String(s))
	for i := 1; i < len(in); i++ {
		if hat := in[i]; hat == 0x302 || hat == 0x306 || hat == 0x31B {
			for k := i; k > 0 && toneOf(in[k-1]) != 0; k-- {
				in[k-1], in[k] = in[k], in[k-1]
			}
		}
	}
	return string(in)
}
