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
	pageEnd    = 0.55 // share of a page's height above which no page ends inside a paragraph
	otherType  = 1.12 // sizes of type that differ by more are of different paragraphs
	blankWidth = 0.22 // of a blank, in ems
)

// goesOn reports whether a paragraph whose last line is prev, on page a, goes on with next, on page b.
// first is its first line.
func goesOn(first, prev, next *line, a, b *sheet) bool {
	if prev.column != next.column || prev.column && prev.region != next.region {
		return false
	}
	if prev.size > otherType*next.size || next.size > otherType*prev.size {
		return false
	}
	if a == b && next.y-prev.y > looseLead*max(a.lead, 1.15*prev.size) || a == b && next.y <= prev.y {
		return false
	}
	if a != b && prev.y < pageEnd*a.Height {
		return false
	}
	if prev.column {
		return inColumn(first, prev, next)
	}
	if isCapitals(prev.text) != isCapitals(next.text) {
		return false
	}
	label := labelEnd(next.text) > 0
	x, y := prev.x0-a.left, next.x0-b.left
	if label && !(b.setIn && y < indent && isInside(prev.text, next.text)) {
		return false
	}
	if !full(prev, next, a.right) {
		return false
	}
	if a.centred(prev) && !b.centred(next) && y > indent || prev.boldEnd() != next.boldStart() && (label || y > indent) {
		return false // a title, and what stands below it
	}
	lower := normalize.Joins(prev.text, next.text)
	switch {
	case y > x+indent: // set in
		hanging := prev == first && first.tab > 0 && abs32(next.x0-b.left-(first.tab-a.left)) < indent
		return hanging || lower
	case b.setIn && y > indent && x > indent && prev == first && labelEnd(first.text) == 0:
		return lower || !endsSentence(prev.text) && a == b // two first lines, or a block that is set in
	}
	return true
}

// centred reports whether a line stands in the middle between the margins and reaches neither.
func (s *sheet) centred(l *line) bool {
	return l.x0 > s.left+indent && abs32(l.x0-s.left-(s.right-l.x1)) < 4
}

func (l *line) boldEnd() bool   { return isBold(l.words[len(l.words)-1].Font) }
func (l *line) boldStart() bool { return isBold(l.words[0].Font) }

func isBold(font string) bool {
	return strings.Contains(font, "Bold") || strings.Contains(font, "bold") || strings.Contains(font, "Black")
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

// isInside reports whether what looks like a label at the head of next, at the margin of a page whose labels are set
// in, is a part of the sentence of prev. Numbers in parentheses count the members of a sentence.
func isInside(prev, next string) bool {
	return !endsSentence(prev) && !strings.HasPrefix(next, "+ ") || next[0] == '('
}

// inColumn decides inside a letterhead or a signature, whose lines stand for themselves: only the lines of a list of
// recipients go on, and those that begin small.
func inColumn(first, prev, next *line) bool {
	if labelEnd(next.text) > 0 {
		return false
	}
	if isCapitals(prev.text) != isCapitals(next.text) {
		return labelEnd(first.text) > 0 && strings.HasSuffix(prev.text, ",")
	}
	return normalize.Joins(prev.text, next.text) || labelEnd(first.text) > 0 && !endsSentence(prev.text) && !isCapitals(next.text)
}

// glue appends the text of a line to that of the lines before it. A word, a number or a range that is broken behind
// its hyphen needs no blank: "ni-" and "lông", "2021-" and "2022", "QĐ-" and "UBND".
func glue(parts []string, text string) []string {
	n := len(parts)
	if n == 0 || text == "" || !strings.HasSuffix(parts[n-1], "-") {
		return append(parts, text)
	}
	before, _ := utf8.DecodeLastRuneInString(strings.TrimSuffix(parts[n-1], "-"))
	next, _ := utf8.DecodeRuneInString(text)
	if !isWord(before) || !isWord(next) {
		return append(parts, text)
	}
	parts[n-1] += text
	return parts
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// endsSentence reports whether s ends like a sentence or a member of a list.
func endsSentence(s string) bool {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, ")”\"’ "))
	return strings.ContainsRune(".;:!?…/", last)
}
