package normalize

import (
	"strings"
	"unicode/utf8"
)

// viqrLetters gives the letters of VIQR by their spelling, two or three ASCII signs.
var viqrLetters = func() map[string]rune {
	m := map[string]rune{}
	for _, row := range letterRows() {
		m[row[5]], _ = utf8.DecodeRuneInString(row[0])
	}
	m["Dd"], m["dD"] = 'Đ', 'Đ'
	return m
}()

// looksVIQR reports whether an ASCII text is Vietnamese in VIQR. It asks for hats on vowels, which no other text
// sets, and for words that are syllables only when they are read so.
func looksVIQR(s string) bool {
	if strings.Count(s, "^") < 2 {
		return false
	}
	t := count(string(appendVIQR(nil, excerpt(s, sampleSize), nil)), false, false)
	return t.accented >= 3 && t.score() > 0.9
}

// appendVIQR decodes VIQR. A full stop or question mark at the end of a word is a tone only where a small letter
// follows the blank; a backslash keeps the sign after it a sign.
func appendVIQR(dst []byte, s string, m *Map) []byte {
	for i := 0; i < len(s); {
		n := 0
		var r rune
		if s[i] < utf8.RuneSelf && letters[s[i]].flags != 0 {
			for k := min(3, len(s)-i); k >= 2; k-- {
				if c, ok := viqrLetters[s[i:i+k]]; ok && !endsSentence(s, i+k) {
					r, n = c, k
					break
				}
			}
		} else if s[i] == '\\' && i+1 < len(s) && strings.IndexByte("?.'`~(^+", s[i+1]) >= 0 {
			r, n = rune(s[i+1]), 2
		}
		if n == 0 {
			dst = append(dst, s[i])
			i++
			continue
		}
		out := len(dst)
		dst = utf8.AppendRune(dst, r)
		m.replace(out, len(dst), i, i+n)
		i += n
	}
	return dst
}

// endsSentence reports whether the sign before s[i] is punctuation: a stop or question mark at the end of a word that
// no small letter follows.
func endsSentence(s string, i int) bool {
	if c := s[i-1]; c != '.' && c != '?' {
		return false
	}
	rest := s[i:]
	if rest != "" && (letters[rest[0]&0x7F].flags != 0 || rest[0] >= utf8.RuneSelf) {
		return false // inside a word
	}
	rest = strings.TrimLeft(rest, " ")
	return rest == "" || rest[0]-'a' >= 26
}
