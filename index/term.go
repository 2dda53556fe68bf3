package index

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"kehoach/normalize"
)

// marksMark stands in a term between the folded word and its marks. Being the lowest byte that no word holds, it
// keeps the variants of a folded word together in the dictionary.
const marksMark = '\x01'

// term is a word as the index keeps it: folded, and beside it what folding took away. Marks has a byte for each
// letter that folding changed, by its place and its shape, and then the tone as a digit, wherever the tone mark
// stands in the syllable. A word with other letters than Vietnamese ones has "=" and its lower case for marks.
type term struct{ fold, marks string }

// The shapes of a letter, as far as a tone is none.
var shapes = map[rune]byte{'â': 0, 'ê': 0, 'ô': 0, 'ă': 1, 'ơ': 1, 'ư': 1, 'đ': 2}

const (
	firstShape = '@' // a circumflex on the first letter; three shapes for each place
	lastPlace  = 20
)

// termOf makes the term of a token, in NFC or not.
func termOf(raw string) term {
	if date, ok := plainDate(raw); ok {
		return term{fold: date}
	}
	key := normalize.Key(raw)
	tone := ""
	if n := len(key) - 1; n > 0 && key[n] >= '1' && key[n] <= '5' && !isDigit(raw[len(raw)-1]) {
		key, tone = key[:n], key[n:]
	}
	fold := normalize.Fold(key)
	if fold == key {
		return term{fold, tone}
	}
	var buf [24]byte
	marks := buf[:0]
	place, rest := 0, fold
	for _, r := range key {
		f, size := utf8.DecodeRuneInString(rest)
		rest = rest[size:]
		if f != r {
			shape, ok := shapes[r]
			if !ok || place > lastPlace {
				return term{fold, "=" + key + tone}
			}
			marks = append(marks, byte(firstShape+place*3)+shape)
		}
		place++
	}
	return term{fold, string(append(marks, tone...))}
}

// plainDate gives a date of numbers without its leading zeros, so that 04/6/2021 and 4/6/2021 are one.
func plainDate(raw string) (string, bool) {
	if strings.Count(raw, "/") == 0 || len(raw) > len("00/00/0000") {
		return "", false
	}
	parts := strings.Split(raw, "/")
	for i, p := range parts {
		if len(p) == 0 || len(p) > 4 || i < len(parts)-1 && len(p) > 2 {
			return "", false
		}
		for j := range len(p) {
			if !isDigit(p[j]) {
				return "", false
			}
		}
		if len(p) == 2 && p[0] == '0' {
			parts[i] = p[1:]
		}
	}
	return strings.Join(parts, "/"), true
}

// String is the term as it stands in the dictionary.
func (t term) String() string {
	if t.marks == "" {
		return t.fold
	}
	return t.fold + string(marksMark) + t.marks
}

// fit says how a word of a query and a word of a text stand to each other.
type fit uint8

const (
	differs fit = iota // other marks: another word
	lost               // the text lacks marks that the query bears
	omitted            // the query leaves out marks that the text bears
	exact
)

// fits compares the marks of two words with the same fold.
func fits(query, text string) fit {
	switch {
	case query == text:
		return exact
	case within(query, text):
		return omitted
	case within(text, query):
		return lost
	}
	return differs
}

// within reports whether a has no mark that b has not.
func within(a, b string) bool {
	if a == "" || b == "" || a[0] == '=' || b[0] == '=' {
		return a == ""
	}
	a, toneA := cutTone(a)
	b, toneB := cutTone(b)
	if toneA != "" && toneA != toneB {
		return false
	}
	for i := range len(a) {
		if strings.IndexByte(b, a[i]) < 0 {
			return false
		}
	}
	return true
}

func cutTone(marks string) (letters, tone string) {
	if n := len(marks); n > 0 && isDigit(marks[n-1]) {
		return marks[:n-1], marks[n-1:]
	}
	return marks, ""
}

// toneMarks are the marks of the tones, by their digits.
var toneMarks = map[byte]rune{'1': '\u0301', '2': '\u0300', '3': '\u0309', '4': '\u0303', '5': '\u0323'}

// written is the word in small letters, with the tone mark in its usual place.
func (t term) written() string {
	if key, ok := strings.CutPrefix(t.marks, "="); ok {
		return key
	}
	letters, tone := cutTone(t.marks)
	word := []rune(t.fold)
	for i := range len(letters) {
		place, shape := int(letters[i]-firstShape)/3, (letters[i]-firstShape)%3
		if place >= len(word) {
			continue
		}
		for marked, s := range shapes {
			if s == shape && normalize.FoldRune(marked) == word[place] {
				word[place] = marked
			}
		}
	}
	if tone == "" {
		return string(word)
	}
	for i := len(word) - 1; i >= 0; i-- {
		if strings.ContainsRune("aeiouyâêôăơư", word[i]) {
			marked := string(word[:i+1]) + string(toneMarks[tone[0]]) + string(word[i+1:])
			return normalize.Place(norm.NFC.String(marked), normalize.Old)
		}
	}
	return string(word)
}
