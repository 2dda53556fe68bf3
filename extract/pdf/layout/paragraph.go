package layout

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"kehoach/normalize"
)

// How lines make paragraphs.
const (
	indent     = 7    // least indentation, in points
	looseLead  = 1.55 // distance of lines that parts paragraphs, in usual distances
	otherType  = 1.12 // sizes of type that differ by more are of different paragraphs
	blankWidth = 0.22 // of a blank, in ems
)

// goesOn reports whether a paragraph whose last line is prev, on page a, goes on with next, on page b.
// first is its first line.
func goesOn(first, prev, next *line, a, b *sheet) bool {
	if prev.column != next.column || prev.column && prev.region != next.region || isCapitals(prev.text) != isCapitals(next.text) {
		return false
	}
	if prev.size > otherType*next.size || next.size > otherType*prev.size {
		return false
	}
	if a == b && next.y-prev.y > looseLead*max(a.lead, 1.15*prev.size) || a == b && next.y <= prev.y {
		return false
	}
	if prev.column {
		return inColumn(first, prev, next)
	}
	label := labelEnd(next.text) > 0
	x, y := prev.x0-a.left, next.x0-b.left
	if label && !(b.grown && y < indent && isInside(prev.text, next.text)) {
		return false
	}
	if !full(prev, next, a.right) {
		return false
	}
	lower := normalize.Joins(prev.text, next.text)
	switch {
	case y > x+indent: // set in
		hanging := prev == first && first.tab > 0 && abs32(next.x0-b.left-(first.tab-a.left)) < indent
		return hanging || lower
	case b.grown && y > indent && x > indent && prev == first && labelEnd(first.text) == 0:
		return lower || !endsSentence(prev.text) && a == b // two first lines, or a block that is set in
	}
	return true
}

func abs32(x float32) float32 {
	if x < 0 {
		return -x
	}
	return x
}

// full reports whether the first word of next would not have fitted behind prev.
func full(prev, next *line, right float32) bool {
	return prev.x1+blankWidth*prev.size+next.first > right-0.05*prev.size
}

// isInside reports whether what looks like a label at the head of next is a part of the sentence of prev: the second
// year of a range, or a letter behind "điểm".
func isInside(prev, next string) bool {
	last, _ := utf8.DecodeLastRuneInString(prev)
	return unicode.IsDigit(last) && next[0] == '-' || unicode.IsLower(last) && !strings.HasPrefix(next, "- ") && !strings.HasPrefix(next, "+ ") ||
		last == ','
}

// inColumn decides inside a letterhead or a signature, whose lines stand for themselves: only the lines of a list of
// recipients go on, and those that begin small.
func inColumn(first, prev, next *line) bool {
	if labelEnd(next.text) > 0 {
		return false
	}
	return normalize.Joins(prev.text, next.text) || labelEnd(first.text) > 0 && !endsSentence(prev.text) && !isCapitals(next.text)
}

// endsSentence reports whether s ends like a sentence or a member of a list.
func endsSentence(s string) bool {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, ")”\"’ "))
	return strings.ContainsRune(".;:!?…/", last)
}
