package normalize

import (
	"slices"
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
		dst = slices.Grow(dst, len(s)-i)
		out := dst[:cap(dst)]
		n := len(dst)
	ascii:
		for i < len(s) { // a letter whose fold is ASCII takes no more bytes than it had
			c := s[i]
			var f byte
			switch { // the letters of Vietnamese have two bytes, or three that begin with E1 B8 to E1 BB
			case c < utf8.RuneSelf:
				f = asciiFolds[c]
				i++
			case c-0xC2 < 7 && i+1 < len(s) && s[i+1]&0xC0 == 0x80:
				if f = asciiFolds[int(c&0x1F)<<6|int(s[i+1]&0x3F)]; f == 0 {
					break ascii
				}
				i += 2
			case c == 0xE1 && i+2 < len(s) && s[i+1]&0xFC == 0xB8 && s[i+2]&0xC0 == 0x80:
				if f = asciiFolds[0x250+int(s[i+1]&3)<<6+int(s[i+2]&0x3F)]; f == 0 {
					break ascii
				}
				i += 3
			default:
				break ascii
			}
			out[n] = f
			n++
		}
		dst = out[:n]
		if i < len(s) {
			r, size := utf8.DecodeRuneInString(s[i:])
			dst = utf8.AppendRune(dst, FoldRune(r))
			i += size
		}
	}
	return dst
}

// asciiFolds are the folds of the runes that letters covers where they are ASCII, else 0.
var asciiFolds = func() (t [len(letters)]byte) {
	for i := range letters {
		if f := letters[i].fold; f < utf8.RuneSelf {
			t[i] = byte(f)
		}
	}
	return t
}()

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
