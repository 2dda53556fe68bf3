package extract

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kehoach/normalize"
	"kehoach/plan"
)

// joinParagraphs makes one block of each paragraph: where the source breaks its lines, and where a page ends inside
// a sentence. It never joins across a label, a bullet, the letterhead or a heading in capitals. The lines of a
// title stay apart: structure reads them as one.
func joinParagraphs(doc *plan.Document) {
	blocks := doc.Blocks
	w := measure(blocks)
	head := headEnd(blocks)
	out := blocks[:0]
	for i := 0; i < len(blocks); {
		b := blocks[i]
		if b.Style != plan.Body && b.Style != plan.Heading && b.Style != plan.Footnote {
			out = append(out, b)
			i++
			continue
		}
		parts := []string{b.Text}
		last := &blocks[i]
		next := i + 1
		var between []plan.Block // furniture inside the paragraph
		for i >= head && next < len(blocks) {
			k := next
			for k < len(blocks) && blocks[k].Style == plan.Furniture && k < next+8 {
				k++
			}
			if k == len(blocks) || !w.joins(parts[0], last, &blocks[k], k > next) {
				break
			}
			between = append(between, blocks[next:k]...)
			parts = append(parts, blocks[k].Text)
			last, next = &blocks[k], k+1
		}
		if len(parts) > 1 {
			b.Text = strings.Join(parts, " ")
			b.Broken = last.Broken
		}
		out = append(out, b)
		out = append(out, between...)
		i = next
	}
	clear(blocks[len(out):])
	doc.Blocks = out
}

// wrapping is how a source breaks its lines.
type wrapping struct {
	width   int  // of a full line, in letters; 0 where lines are not wrapped
	spaced  bool // every bullet and label has a blank line before it, so that lines without one belong together
	regular bool // blank lines stand between all lines, wrapped or not
}

// Lines are wrapped where most of them are full: the next word would have gone beyond the width.
const (
	leastWidth = 40
	mostWidth  = 150
	leastLines = 4
)

// measure finds out how a document's lines are wrapped.
func measure(blocks []plan.Block) wrapping {
	if w := measureEdges(blocks, false); w.width > 0 {
		return w
	}
	return measureEdges(blocks, true)
}

// measureEdges looks at the edges between blocks that the source sets without a blank line, or (all) at every edge.
func measureEdges(blocks []plan.Block, all bool) wrapping {
	var lengths, firsts []int
	labels, apart, edges := 0, 0, 0
	for i := 0; i+1 < len(blocks); i++ {
		b, next := &blocks[i], &blocks[i+1]
		if b.Style != plan.Body || next.Style != plan.Body {
			continue
		}
		edges++
		label := labelEnd(next.Text) > 0
		if label {
			labels++
			if !b.Broken {
				apart++
			}
		}
		if !all && !b.Broken || label || isCapitals(b.Text) {
			continue
		}
		lengths = append(lengths, utf8.RuneCountInString(b.Text))
		firsts = append(firsts, firstWord(next.Text))
	}
	if len(lengths) < leastLines || all && len(lengths) < 4*leastLines {
		return wrapping{}
	}
	sorted := slices.Clone(lengths)
	slices.Sort(sorted)
	width := sorted[(len(sorted)-1)*19/20]
	if width < leastWidth || width > mostWidth || sorted[len(sorted)-1] > 2*width {
		return wrapping{}
	}
	full := 0
	for i, n := range lengths {
		if n+1+firsts[i] > width*22/25 {
			full++
		}
	}
	least := len(lengths) / 2
	if all {
		least = len(lengths) * 3 / 5
	}
	if full <= least {
		return wrapping{}
	}
	return wrapping{width: width, spaced: !all && labels > 2 && apart*5 >= labels*4, regular: all}
}

// firstWord is the length of the first word of s, in letters.
func firstWord(s string) int {
	if end := strings.IndexByte(s, ' '); end >= 0 {
		s = s[:end]
	}
	return utf8.RuneCountInString(s)
}

// joins reports whether next goes on with the paragraph that begins with first and whose last line is prev.
// parted says that furniture stood between them.
func (w *wrapping) joins(first string, prev, next *plan.Block, parted bool) bool {
	if next.Style != prev.Style || prev.Text == "" || next.Text == "" {
		return false
	}
	if labelEnd(prev.Text) == len(prev.Text) && first == prev.Text {
		return labelEnd(next.Text) == 0 && !isWordLabel(prev.Text) // a label alone on its line
	}
	if continuesRange(prev.Text, next.Text) {
		return true
	}
	if labelEnd(next.Text) > 0 || noteMark(next.Text) != "" || prev.Style == plan.Heading {
		return false
	}
	if isCapitals(prev.Text) {
		// A heading in capitals, broken over two lines.
		return prev.Broken && isCapitals(next.Text) && labelEnd(first) > 0 && !isWordLabel(first) && !isSigning(fold(next.Text)) && len(next.Text) > 4
	}
	if normalize.Joins(prev.Text, next.Text) {
		return true
	}
	broken := prev.Broken || w.regular || parted || prev.Page != next.Page
	if w.width == 0 || !broken || isCapitals(next.Text) || isField(next.Text) {
		return false
	}
	if !w.full(prev.Text, next.Text) {
		return false
	}
	if first, _ := utf8.DecodeRuneInString(next.Text); endsSentence(prev.Text) && !unicode.IsLower(first) {
		return w.spaced && prev.Broken
	}
	return true
}

// full reports whether prev fills its line, so that the first word of next had to go to the next one.
func (w *wrapping) full(prev, next string) bool {
	return utf8.RuneCountInString(prev)+1+firstWord(next) > w.width*22/25
}

// endsSentence reports whether s ends like a sentence or a member of a list.
func endsSentence(s string) bool {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, ")”\"’ "))
	return strings.ContainsRune(".;:!?…", last)
}

// isField reports whether a line opens with the name of a field: a capital, a few words and a colon ("Thời hạn: …").
func isField(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	end := strings.IndexAny(s, ":.;,")
	return unicode.IsUpper(r) && end > 4 && end < 60 && s[end] == ':'
}

// continuesRange reports whether a range of years or numbers was broken at its dash: "2021" and "- 2030 …".
func continuesRange(prev, next string) bool {
	last, _ := utf8.DecodeLastRuneInString(prev)
	if !unicode.IsDigit(last) {
		return false
	}
	rest, ok := strings.CutPrefix(next, "-")
	if !ok {
		if rest, ok = strings.CutPrefix(next, "–"); !ok {
			return false
		}
	}
	rest = strings.TrimLeft(rest, " ")
	digits := len(rest) - len(strings.TrimLeft(rest, "0123456789"))
	return digits == 4 && (rest[0] == '1' || rest[0] == '2') && !strings.HasPrefix(rest[4:], "/")
}

// isWordLabel reports whether a line opens with a label that stands above its title: "PHỤ LỤC I", "Chương II".
func isWordLabel(s string) bool {
	r, n := utf8.DecodeRuneInString(s)
	second, _ := utf8.DecodeRuneInString(s[n:])
	return unicode.IsLetter(r) && unicode.IsLetter(second) && !isRoman(s[:max(0, strings.IndexAny(s+" ", ".)/ "))]) && labelEnd(s) > 0
}

// headEnd is the first block behind the letterhead and the title, among the first blocks of the document.
func headEnd(blocks []plan.Block) int {
	const reach = 80
	end := 0
	for i := range blocks[:min(len(blocks), reach)] {
		b := &blocks[i]
		if b.Style != plan.Body && b.Style != plan.Heading {
			continue
		}
		if isTypeLine(b.Text) {
			return titleEnd(blocks, i+1)
		}
		f := fold(b.Text)
		if len(b.Text) > 300 || strings.HasPrefix(f, "can cu") || isRoman(b.Text[:max(0, labelEnd(b.Text)-1)]) {
			break
		}
		if isNation(f) || isNumberLine(f) || isDateLine(f) {
			end = i + 1
		}
	}
	return end
}

// titleEnd is the block behind the title that begins at i. A title goes on over lines without a blank between
// them, while they are all in capitals or begin small.
func titleEnd(blocks []plan.Block, i int) int {
	for from := i; i < len(blocks) && i < from+8; i++ {
		b := &blocks[i]
		if b.Style == plan.Furniture {
			continue
		}
		if labelEnd(b.Text) > 0 || len(b.Text) > 400 {
			return i
		}
		if i+1 >= len(blocks) || !b.Broken {
			return i + 1
		}
		next := blocks[i+1].Text
		if r, _ := utf8.DecodeRuneInString(next); !unicode.IsLower(r) && !(isCapitals(b.Text) && isCapitals(next)) {
			return i + 1
		}
	}
	return i
}
