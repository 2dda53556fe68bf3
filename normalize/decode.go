package normalize

import (
	"bytes"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Decode reads bytes of unknown encoding: a byte order mark decides, then valid UTF-8, then the shape of UTF-16,
// then how well the bytes read as Vietnamese in each old encoding. The hint is as in Detect. Text that is Unicode
// but was typed in an old encoding (TCVN3 letters kept in a UTF-8 file) is decoded too, and enc
// says so. The text is valid UTF-8, without a mark at its head, and otherwise as it was: Text cleans it.
func Decode(b []byte, hint string) (text string, enc Encoding) {
	switch {
	case bytes.HasPrefix(b, []byte{0xEF, 0xBB, 0xBF}):
		b = b[3:]
	case bytes.HasPrefix(b, []byte{0xFF, 0xFE}):
		return decodeUTF16(b[2:], false), UTF16LE
	case bytes.HasPrefix(b, []byte{0xFE, 0xFF}):
		return decodeUTF16(b[2:], true), UTF16BE
	}
	if enc = shapeUTF16(b); enc != "" {
		return decodeUTF16(b, enc == UTF16BE), enc
	}
	if utf8.Valid(b) {
		s := string(b)
		t, enc := decodeText(s, hint)
		if enc == Unicode {
			enc = UTF8
		}
		return t, enc
	}
	if mostlyUTF8(b) {
		return strings.ToValidUTF8(string(b), "\uFFFD"), UTF8
	}
	s := western(b)
	text, enc = decodeText(s, hint)
	if enc == Unicode {
		enc = Windows1252
	}
	return text, enc
}

// decodeUTF16 reads units of two bytes; a lone surrogate or a last odd byte becomes U+FFFD.
func decodeUTF16(b []byte, big bool) string {
	u := make([]uint16, 0, len(b)/2)
	for i := 0; i+1 < len(b); i += 2 {
		if big {
			u = append(u, uint16(b[i])<<8|uint16(b[i+1]))
		} else {
			u = append(u, uint16(b[i+1])<<8|uint16(b[i]))
		}
	}
	s := string(utf16.Decode(u))
	if len(b)%2 == 1 {
		s += "\uFFFD"
	}
	return s
}

// shapeUTF16 recognises UTF-16 without a mark: half its bytes at even or at odd places are zero.
func shapeUTF16(b []byte) Encoding {
	if len(b) < 8 {
		return ""
	}
	b = b[:min(len(b), sampleSize)&^1]
	even, odd := 0, 0
	for i := 0; i < len(b); i += 2 {
		if b[i] == 0 {
			even++
		}
		if b[i+1] == 0 {
			odd++
		}
	}
	half := len(b) / 2
	switch {
	case odd*2 > half && even*20 < half:
		return UTF16LE
	case even*2 > half && odd*20 < half:
		return UTF16BE
	}
	return ""
}

// mostlyUTF8 reports whether b is UTF-8 with a few broken places: at least four good sequences to one.
func mostlyUTF8(b []byte) bool {
	good, bad, last := 0, 0, false
	for len(b) > 0 {
		if b[0] < utf8.RuneSelf {
			b, last = b[1:], false
			continue
		}
		r, n := utf8.DecodeRune(b)
		if r != utf8.RuneError || n != 1 {
			good, last = good+1, false
		} else if !last {
			bad, last = bad+1, true
		}
		b = b[n:]
	}
	return good >= 4*bad
}

// western reads bytes as Windows-1252.
func western(b []byte) string {
	dst := make([]byte, 0, len(b)+len(b)/2)
	for _, c := range b {
		switch {
		case c < 0x80:
			dst = append(dst, c)
		case c < 0xA0:
			dst = utf8.AppendRune(dst, cp1252[c-0x80])
		default:
			dst = utf8.AppendRune(dst, rune(c))
		}
	}
	return string(dst)
}
