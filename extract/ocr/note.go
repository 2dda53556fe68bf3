package ocr

import (
	"slices"
	"unicode"
)

// How the mark at the head of a footnote is told from a number: notes are set smaller than the text above them.
const (
	noteType = 0.93 // of the usual size of type
	noteBand = 0.45 // of the page's height, above which no footnotes stand
	markType = 0.6  // size of a raised mark, of its line's
)

// partMarks parts the raised marks from the words that footnotes begin with: recognition gives "1Theo" for both.
func partMarks(words []word, height int) []word {
	var sizes []float32
	for _, w := range words {
		for range []rune(w.text) {
			sizes = append(sizes, w.size)
		}
	}
	if len(sizes) == 0 {
		return words
	}
	slices.Sort(sizes)
	usual := sizes[len(sizes)/2]
	for _, at := range lines(words) {
		first := words[at[0]]
		text := []rune(first.text)
		n := 0
		for n < len(text) && unicode.IsDigit(text[n]) {
			n++
		}
		if n == 0 || n > 2 || n+1 >= len(text) || !unicode.IsUpper(text[n]) || !unicode.IsLower(text[n+1]) ||
			first.size > noteType*usual || first.y0 < int(noteBand*float64(height)) {
			continue
		}
		mark, rest := first, first
		mark.text, rest.text = string(text[:n]), string(text[n:])
		mark.x1 = first.part(n)
		rest.x0 = mark.x1 + 1
		mark.size, mark.raised = mark.size*markType, true
		words[at[0]] = rest
		words = append(words, mark)
	}
	return words
}
