package normalize

import (
	"unicode/utf8"
)

// looksDouble reports whether s reads as Vietnamese once sequences of UTF-8 whose bytes were taken for
// Windows-1252 ("Káº¿ hoáº¡ch") are put together again.
func looksDouble(s string) bool {
	s = excerpt(s, sampleSize)
	if !doubleSigns(s) {
		return false
	}
	t := string(appendUndoubled(nil, s, nil))
	if t == s {
		return false
	}
	a, b := count(s, false, false), count(t, false, false)
	return b.accValid > 0 && b.score() > a.score()+leastBetter
}

// doubleSigns reports whether s holds the beginning of a Vietnamese letter in UTF-8, as Windows-1252 shows it: á» or áº,
// or Ã Ä Å Æ before a sign.
func doubleSigns(s string) bool {
	for i := 0; i+3 < len(s); i++ {
		if s[i] != 0xC3 {
			continue
		}
		switch c := s[i+1]; {
		case c == 0xA1 && s[i+2] == 0xC2 && s[i+3]|1 == 0xBB:
			return true
		case c >= 0x83 && c <= 0x86 && s[i+2] >= utf8.RuneSelf:
			return true
		}
	}
	return false
}

// appendUndoubled puts each such sequence of two or three runes together again, and leaves the rest.
func appendUndoubled(dst []byte, s string, m *Map) []byte {
	for i := 0; i < len(s); {
		lead, n := utf8.DecodeRuneInString(s[i:])
		var seq [3]byte
		seq[0] = byte(lead)
		want := 0
		switch {
		case lead >= 0xC2 && lead <= 0xDF:
			want = 2
		case lead >= 0xE0 && lead <= 0xEF:
			want = 3
		}
		end, have := i+n, 1
		for have < want && end < len(s) {
			r, k := utf8.DecodeRuneInString(s[end:])
			b, ok := byte(r), r < 0x100
			if !ok {
				b, ok = cp1252Bytes[r]
			}
			if !ok || b&0xC0 != 0x80 {
				break
			}
			seq[have] = b
			have++
			end += k
		}
		if want > 0 && have == want && utf8.Valid(seq[:want]) {
			m.replace(len(dst), len(dst)+want, i, end)
			dst = append(dst, seq[:want]...)
			i = end
			continue
		}
		dst = append(dst, s[i:i+n]...)
		i += n
	}
	return dst
}
