package normalize

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Style is where the tone mark stands in an open oa, oe, uy; everywhere else the two styles agree.
type Style uint8

// The two styles of placing tones.
const (
	Old Style = iota // hòa, khỏe, thủy
	New              // hoà, khoẻ, thuỷ
)

// Place puts the tone mark of a syllable where the style has it: Place("hòan", Old) is "hoàn". A token
// that is no syllable comes back as it is. It serves comparing; what is shown keeps the document's spelling.
//
// The rule: the mark goes on the last of ă â ê ô ơ, else on ư, else on the only vowel, else before
// a coda on the last vowel, else on the middle of three, else on the first of two, save oa, oe, uy in the new style.
func Place(s string, style Style) string {
	w, end := scanWord(s, 0)
	if end != len(s) || w.tone == 0 || !w.valid() {
		return s
	}
	k := placeOf(w.packed, style)
	var buf [40]byte
	dst := buf[:0]
	for i := 0; len(s) > 0; i++ {
		r, n := utf8.DecodeRuneInString(s)
		s = s[n:]
		l := at(r)
		if l.tone != 0 {
			upper := l.flags&hasUpper != 0
			r = codes[l.code]
			if upper {
				r = unicode.ToUpper(r)
			}
		}
		if i == k {
			r = withTone(r, w.tone)
		}
		dst = utf8.AppendRune(dst, r)
	}
	return string(dst)
}

// placeOf is the index of the letter that carries the tone of a valid syllable.
func placeOf(p uint64, style Style) int {
	var c [maxLetters + 1]uint8
	n := 0
	for ; p != 0; p >>= 5 {
		c[n] = uint8(p & 31)
		n++
	}
	start := 0
	for start < n && vowelCodes&(1<<c[start]) == 0 {
		start++
	}
	isVowel := func(i int) bool { return i < n && vowelCodes&(1<<c[i]) != 0 }
	if start > 0 && (c[start-1] == codeQ && c[start] == codeU || start == 1 && c[0] == codeG && c[start] == codeI) && isVowel(start+1) {
		start++ // the u of qu and the i of gi belong to the onset
	}
	end := start
	for isVowel(end) {
		end++
	}
	for i := end - 1; i >= start; i-- {
		if hatCodes&(1<<c[i]) != 0 {
			return i
		}
	}
	for i := start; i < end; i++ {
		if c[i] == codeUw {
			return i
		}
	}
	switch {
	case end-start == 1:
		return start
	case end < n:
		return end - 1
	case end-start == 3:
		return start + 1
	}
	a, b := c[start], c[start+1]
	if style == New && (a == codeO && (b == codeA || b == codeE) || a == codeU && b == codeY) {
		return start + 1
	}
	return start
}

var (
	hatCodes = codeSet("ăâêôơ")
	codeA    = letterCode("a")
	codeE    = letterCode("e")
	codeG    = letterCode("g")
	codeI    = letterCode("i")
	codeO    = letterCode("o")
	codeQ    = letterCode("q")
	codeU    = letterCode("u")
	codeUw   = letterCode("ư")
	codeY    = letterCode("y")
)

// letterCode is the code of one letter of the alphabet.
func letterCode(l string) uint8 {
	return uint8(utf8.RuneCountInString(alphabet[:strings.Index(alphabet, l)])) + 1
}
