package normalize

import (
	"strings"
	"unicode/utf8"
)

// wordChange is one word that was changed, by bytes of the result.
type wordChange struct {
	kind       Kind
	start, end int
	from       string
}

// mendSpelling mends the words of a clean text where that is always safe: the word is no syllable, what it becomes is.
// Spellings: uơ and ưo before a coda are ươ (nuớc, bưóc), ngh before other vowels than i e ê is ng
// (nghành). Glued words are split where there is exactly one split into two syllables. Nothing is
// done to a word that holds no letter of Vietnamese beyond ASCII, which may be foreign.
func mendSpelling(s string, m *Map) (string, []wordChange) {
	var list []wordChange
	var dst []byte
	done := 0
	for i := nextWord(s, 0); i < len(s); i = nextWord(s, i) {
		w, end := scanWord(s, i)
		start := i
		i = end
		if w.flags&hasAccent == 0 || w.valid() && w.flags&mixedCase == 0 {
			continue
		}
		to, kind, ok := mendOne(s[start:end], &w)
		if !ok {
			continue
		}
		dst = append(dst, s[done:start]...)
		out := len(dst)
		dst = append(dst, to...)
		done = end
		a, b := commonEnds(s[start:end], to)
		m.replace(out+a, len(dst)-b, start+a, end-b)
		list = append(list, wordChange{kind, out, len(dst), s[start:end]})
	}
	if list == nil {
		return s, nil
	}
	return string(append(dst, s[done:]...)), list
}

// mendOne mends one word that is no syllable, or whose case shows that it is two.
func mendOne(s string, w *word) (to string, kind Kind, ok bool) {
	if !w.valid() {
		if to, ok = respell(s, w); ok {
			return to, Spelling, true
		}
	}
	if to, ok = split(s); ok {
		return to, Glued, true
	}
	return s, "", false
}

var (
	codeO2 = letterCode("ơ")
	codeNG = [3]uint8{letterCode("n"), letterCode("g"), letterCode("h")}
)

// respell applies the safe spellings to a word that is no syllable.
func respell(s string, w *word) (string, bool) {
	if w.flags&(hasForeign|mixedCase) != 0 {
		return s, false
	}
	runes := []rune(s)
	code := func(i int) uint8 { return at(runes[i]).code }
	if len(runes) > 3 && code(0) == codeNG[0] && code(1) == codeNG[1] && code(2) == codeNG[2] {
		if t := string(runes[:2]) + string(runes[3:]); Valid(t) {
			return t, true
		}
	}
	for i := 0; i+2 < len(runes); i++ {
		if a, b := code(i), code(i+1); a == codeU && b == codeO2 || a == codeUw && b == codeO {
			t := string(runes[:i]) + likeCase(runes[i], 'ư') + likeCase(runes[i+1], withTone('ơ', w.tone)) + string(runes[i+2:])
			if Valid(t) {
				return t, true
			}
		}
	}
	return s, false
}

// likeCase is the lower-case letter r in the case of model.
func likeCase(model, r rune) string {
	if at(model).flags&hasUpper != 0 {
		return strings.ToUpper(string(r))
	}
	return string(r)
}

// split puts a blank into two words that had lost it, where both have two letters at least, the second an onset or
// a capital, and there is one place only. In a word of changing case the place must be where the case changes (HÀNHKế).
func split(s string) (string, bool) {
	if utf8.RuneCountInString(s) < 5 || len(s) > 40 {
		return s, false
	}
	at, places := 0, 0
	n := 0
	for i := range s {
		n++
		if n < 3 {
			continue
		}
		left, right := s[:i], s[i:]
		l, _ := scanWord(left, 0)
		r, _ := scanWord(right, 0)
		if r.runes < 2 || !l.valid() || !r.valid() || (l.flags|r.flags)&mixedCase != 0 {
			continue
		}
		if l.flags&hasUpper == 0 && isASCII(left) {
			continue // loans begin with a plain syllable: makét, nilông
		}
		if l.flags&hasLower == 0 && r.flags&hasUpper == 0 {
			continue // capitals, then small letters: no word begins so
		}
		if first := uint8(r.packed & 31); vowelCodes&(1<<first) != 0 && (l.flags&hasLower == 0 || r.flags&hasUpper == 0) {
			continue // a second word without an onset is as likely a slip of the keys
		}
		if !placed(left) || !placed(right) {
			continue
		}
		at = i
		places++
	}
	if places != 1 {
		return s, false
	}
	return s[:at] + " " + s[at:], true
}

// placed reports whether the tone mark of a syllable stands where one of the two styles has it.
func placed(s string) bool { return Place(s, Old) == s || Place(s, New) == s }

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
