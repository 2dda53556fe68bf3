package normalize

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"

	"kehoach/internal/tsv"
)

//go:embed tables/plainwords.tsv
var plainWordsTSV string

// plainWords are words of other languages that Telex would read as Vietnamese.
var plainWords = func() map[string]bool {
	m := map[string]bool{}
	for _, row := range tsv.MustParse("plainwords.tsv", plainWordsTSV, "words").Rows {
		for w := range strings.FieldsSeq(row[0]) {
			m[w] = true
		}
	}
	return m
}()

// Typed reads a query that was typed without its input method: Telex ("kees hoachj") and VNI ("ke61 hoa5ch") become
// letters, word by word, and ok says whether any did. A word is left where it is a syllable already, with or without
// its marks, where the reading is none, and where it is a word or a code of its own (css, test, kv1).
func Typed(query string) (text string, ok bool) {
	var b strings.Builder
	last := 0
	vni := countVNI(query)
	for w := range Words(query) {
		word := query[w.Start:w.End]
		if to, yes := readTyped(word, vni > 1); yes {
			b.WriteString(query[last:w.Start])
			b.WriteString(to)
			last, ok = w.End, true
		}
	}
	if !ok {
		return query, false
	}
	b.WriteString(query[last:])
	return b.String(), true
}

// countVNI counts the words of a query that VNI would read.
func countVNI(query string) (n int) {
	for w := range Words(query) {
		if _, ok := readTyped(query[w.Start:w.End], true); ok && strings.ContainsAny(query[w.Start:w.End], "123456789") {
			n++
		}
	}
	return n
}

// readTyped reads one word; sureVNI says that the query holds other words in VNI.
func readTyped(word string, sureVNI bool) (string, bool) {
	if len(word) < 2 || len(word) > 12 {
		return "", false
	}
	digits, hats := 0, false
	for i := 0; i < len(word); i++ {
		c := word[i]
		switch {
		case c >= 0x80:
			return "", false
		case c-'0' < 10:
			digits++
			hats = hats || c >= '6' || i+1 < len(word)
		}
	}
	v, _ := scanWord(strings.TrimRight(word, "0123456789"), 0)
	if v.flags&mixedCase != 0 || word[0]-'0' < 10 {
		return "", false
	}
	lower := strings.ToLower(word)
	var letters []rune
	var tone uint8
	ok := false
	if digits > 0 {
		// One digit at the end may be a number (kv1, quy2): it takes a hat, a digit inside, or a second such word.
		if letters, tone, ok = readVNI(lower); !ok || !hats && !sureVNI {
			return "", false
		}
	} else {
		if foldedSyllable(lower) || plainWords[lower] {
			return "", false
		}
		strong := false
		if letters, tone, strong, ok = readTelex(lower); !ok || !strong && v.flags&hasLower == 0 {
			return "", false
		}
	}
	s := string(letters)
	w, _ := scanWord(s, 0)
	if w.flags&hasForeign != 0 || w.tone != 0 || !validPacked(w.packed, tone) {
		return "", false
	}
	if tone != 0 {
		k := placeOf(w.packed, Old)
		letters[k] = withTone(letters[k], tone)
	}
	switch {
	case v.flags&hasLower == 0:
		return strings.ToUpper(string(letters)), true
	case v.flags&hasUpper != 0:
		letters[0] = unicode.ToUpper(letters[0])
	}
	return string(letters), true
}

// telexTones are the letters that Telex types tones with.
var telexTones = map[byte]uint8{'s': 1, 'f': 2, 'r': 3, 'x': 4, 'j': 5}

// readTelex reads lower-case letters as Telex. strong says that more than a tone at the end of an open syllable
// spoke for it, and ok that a mark was read at all.
func readTelex(s string) (letters []rune, tone uint8, strong, ok bool) {
	vowel := false
	for i := 0; i < len(s); i++ {
		c := s[i]
		n := len(letters)
		t := telexTones[c]
		switch {
		case t != 0 && vowel:
			if tone != 0 {
				return nil, 0, false, false
			}
			tone, ok = t, true
			strong = strong || !isVowelRune(letters[n-1])
			continue
		case c == 'w':
			if !horn(&letters, true) {
				letters = append(letters, 'ư')
			}
			vowel, strong, ok = true, true, true
			continue
		case n > 0 && rune(c) == letters[n-1] && (c == 'a' || c == 'e' || c == 'o' || c == 'd' && n == 1):
			letters[n-1] = map[byte]rune{'a': 'â', 'e': 'ê', 'o': 'ô', 'd': 'đ'}[c]
			strong, ok = true, true
			continue
		}
		letters = append(letters, rune(c))
		vowel = vowel || isVowelRune(rune(c))
	}
	return letters, tone, strong, ok
}

// readVNI reads lower-case letters and digits as VNI.
func readVNI(s string) (letters []rune, tone uint8, ok bool) {
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c >= '1' && c <= '5':
			if tone != 0 || len(letters) == 0 {
				return nil, 0, false
			}
			tone = c - '0'
		case c == '6':
			if !put(letters, map[rune]rune{'a': 'â', 'e': 'ê', 'o': 'ô'}) {
				return nil, 0, false
			}
		case c == '7':
			if !horn(&letters, false) {
				return nil, 0, false
			}
		case c == '8':
			if !put(letters, map[rune]rune{'a': 'ă'}) {
				return nil, 0, false
			}
		case c == '9':
			if len(letters) == 0 || letters[0] != 'd' {
				return nil, 0, false
			}
			letters[0] = 'đ'
		case c == '0':
			return nil, 0, false
		default:
			letters = append(letters, rune(c))
			continue
		}
		ok = true
	}
	return letters, tone, ok
}

// put marks the last letter that has such a mark.
func put(letters []rune, marks map[rune]rune) bool {
	for i := len(letters) - 1; i >= 0; i-- {
		if r, ok := marks[letters[i]]; ok {
			letters[i] = r
			return true
		}
	}
	return false
}

// horn sets the horn: on both of uo, else on the last o or u; the breve on a where breve allows it and no ua stands.
func horn(letters *[]rune, breve bool) bool {
	l := *letters
	for i := len(l) - 1; i > 0; i-- {
		if l[i-1] == 'u' && l[i] == 'o' {
			l[i-1], l[i] = 'ư', 'ơ'
			return true
		}
		if l[i-1] == 'u' && l[i] == 'a' && (i == 1 || l[i-2] != 'q') {
			l[i-1] = 'ư'
			return true
		}
		if l[i-1] == 'ư' && l[i] == 'o' {
			l[i] = 'ơ'
			return true
		}
	}
	marks := map[rune]rune{'o': 'ơ', 'u': 'ư'}
	if breve {
		marks['a'] = 'ă'
	}
	return put(l, marks)
}

func isVowelRune(r rune) bool { return vowelCodes&(1<<at(r).code) != 0 }

// foldedSyllables are the syllables without their marks, packed.
var foldedSyllables = sync.OnceValue(makeFolded)

func makeFolded() map[uint64]bool {
	m := map[uint64]bool{}
	eachSyllable(func(s string) {
		if w, _ := scanWord(s, 0); validPacked(w.packed, 1) {
			m[pack(Fold(s))] = true
		}
	})
	return m
}

// foldedSyllable reports whether lower-case ASCII is a syllable that has lost its marks, if it had any.
func foldedSyllable(s string) bool {
	w, end := scanWord(s, 0)
	return end == len(s) && w.flags&hasForeign == 0 && (foldedSyllables()[w.packed] || w.valid())
}
