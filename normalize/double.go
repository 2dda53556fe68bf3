package normalize

import (
	"strings"
	"unicode/utf8"
)

// looksDouble reports whether s reads as Vietnamese once sequences of UTF-8 whose bytes were taken for
// Windows-1252 ("Káº¿ hoáº¡ch") are put together again.
func looksDouble(s string) bool {
	if !strings.Contains(s, "á»") && !strings.Contains(s, "áº") && !strings.ContainsAny(s, "ÃÄÅÆ") {
		return false
	}
	s = excerpt(s)
	t := string(appendUndoubled(nil, s, nil))
	if t == s {
		return false
	}
	a, b := count(s, false), count(t, false)
	return b.accValid > 0 && b.score() > a.score()+leastBetter
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
