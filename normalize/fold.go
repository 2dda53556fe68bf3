package normalize

import (
	"unicode"
	"unicode/utf8"
	"unsafe"
)

// Fold writes s in lower case without diacritics: "Đà Nẵng" gives "da nang". It goes rune for rune, so that on
// NFC text the n-th rune of the result is the n-th of s; combining marks that NFC leaves alone stay.
// A byte that is no UTF-8 becomes U+FFFD.
func Fold(s string) string {
	i := 0
	for i < len(s) && s[i] < utf8.RuneSelf && (s[i] < 'A' || s[i] > 'Z') {
		i++
	}
	if i == len(s) {
		return s
	}
	b := AppendFold(append(make([]byte, 0, len(s)), s[:i]...), s[i:])
	return unsafe.String(unsafe.SliceData(b), len(b)) // nobody else holds b
}

// AppendFold appends Fold(s) to dst.
func AppendFold(dst []byte, s string) []byte {
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if c-'A' < 26 {
				c += 'a' - 'A'
			}
			dst = append(dst, c)
			i++
			continue
		}
		var r rune
		var n int
		switch { // the letters of Vietnamese have two bytes, or three that begin with E1
		case c < 0xE0 && c >= 0xC2 && i+1 < len(s) && s[i+1]&0xC0 == 0x80:
			r, n = rune(c&0x1F)<<6|rune(s[i+1]&0x3F), 2
		case c == 0xE1 && i+2 < len(s) && s[i+1]&0xC0 == 0x80 && s[i+2]&0xC0 == 0x80:
			r, n = 0x1000|rune(s[i+1]&0x3F)<<6|rune(s[i+2]&0x3F), 3
		default:
			r, n = utf8.DecodeRuneInString(s[i:])
		}
		i += n
		if f := FoldRune(r); f < utf8.RuneSelf {
			dst = append(dst, byte(f))
		} else {
			dst = utf8.AppendRune(dst, f)
		}
	}
	return dst
}

// FoldRune is Fold for one rune.
func FoldRune(r rune) rune {
	if r < 0x250 && r >= 0 {
		return letters[r].fold
	}
	if uint32(r-0x1E00) < 0x100 {
		return letters[0x250+r-0x1E00].fold
	}
	return foldSlow(r)
}

// foldSlow finds the letter under the marks of a Latin letter, and the lower case of others.
func foldSlow(r rune) rune {
	switch r {
	case 'đ', 'Đ', 'ð', 'Ð', 'Ɖ':
		return 'd'
	case 'ƣ', 'Ƣ': // stands for ư in broken text layers
		return 'u'
	}
	r = unicode.ToLower(r)
	if !unicode.Is(unicode.Latin, r) || r < utf8.RuneSelf {
		return r
	}
	if parts := decomposed(r); parts != nil {
		r, _ = utf8.DecodeRune(parts)
	}
	return r
}
