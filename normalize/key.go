package normalize

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Key is the key by which one word is compared. Of a syllable it is its lower-case letters without the tone,
// and then the tone as a digit (1 sắc, 2 huyền, 3 hỏi, 4 ngã, 5 nặng; none for the level tone), wherever the mark
// stood: "hòa", "hoà" and "HOÀ" all give "hoa2". Of any other token it is the lower case.
func Key(s string) string {
	if w, end := scanWord(s, 0); end == len(s) && w.flags == hasLower && w.tone == 0 {
		return s // ASCII in lower case
	}
	var buf [32]byte
	return string(AppendKey(buf[:0], s))
}

// AppendKey appends Key(s) to dst.
func AppendKey(dst []byte, s string) []byte {
	w, end := scanWord(s, 0)
	if end == len(s) && w.flags&hasForeign == 0 {
		return appendWordKey(dst, &w, s)
	}
	if !norm.NFC.IsNormalString(s) {
		s = norm.NFC.String(reorder(s))
		if w, end = scanWord(s, 0); end == len(s) && w.flags&hasForeign == 0 {
			return appendWordKey(dst, &w, s)
		}
	}
	return appendLower(dst, s)
}

func appendWordKey(dst []byte, w *word, s string) []byte {
	if w.tone != 0 && !validPacked(w.packed, w.tone) {
		return appendLower(dst, s)
	}
	for p := w.packed; p != 0; p >>= 5 {
		dst = append(dst, codeUTF8[p&31][:codeLen[p&31]]...)
	}
	if w.tone != 0 {
		dst = append(dst, '0'+w.tone)
	}
	return dst
}

var codeUTF8, codeLen = makeCodeUTF8()

func makeCodeUTF8() (b [32][2]byte, n [32]uint8) {
	for i, r := range codes {
		n[i] = uint8(copy(b[i][:], string(r)))
	}
	return b, n
}

func appendLower(dst []byte, s string) []byte {
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
		r, n := utf8.DecodeRuneInString(s[i:])
		dst = utf8.AppendRune(dst, unicode.ToLower(r))
		i += n
	}
	return dst
}

// Keys is Key of every word of s (a run of letters and digits), with one space for all that stands between
// them: two names are the same where their Keys are, whatever their case, punctuation and place of marks.
func Keys(s string) string {
	if !isNFC(s) {
		s = norm.NFC.String(reorder(s))
	}
	dst := make([]byte, 0, len(s)+len(s)/8+1)
	for i := 0; i < len(s); {
		w, end := scanWord(s, i)
		if end > i {
			if i == 0 || !lastDigit(s[:i]) {
				dst = space(dst)
			}
			if w.flags&hasForeign == 0 {
				dst = appendWordKey(dst, &w, s[i:end])
			} else {
				dst = appendLower(dst, s[i:end])
			}
			i = end
			continue
		}
		c := s[i]
		if c-'0' < 10 {
			if i == 0 || s[i-1]-'0' >= 10 {
				if prev, _ := utf8.DecodeLastRuneInString(s[:i]); i == 0 || at(prev).kind == 0 {
					dst = space(dst)
				}
			}
			dst = append(dst, c)
			i++
			continue
		}
		if c < utf8.RuneSelf {
			i++
			continue
		}
		_, n := utf8.DecodeRuneInString(s[i:])
		i += n
	}
	return string(dst)
}

func lastDigit(s string) bool { return s[len(s)-1]-'0' < 10 }

func space(dst []byte) []byte {
	if len(dst) > 0 {
		return append(dst, ' ')
	}
	return dst
}

// isNFC is a quick test that says false where it is not sure.
func isNFC(s string) bool { return norm.NFC.IsNormalString(s) }
