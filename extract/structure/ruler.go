package structure

import (
	"sort"
	"strings"
	"unicode/utf8"

	"kehoach/plan"
)

// ruler finds the byte of a line's text that stands for a byte of its fold, and back, in a bounded number of
// steps whatever the line's length: the fold is rune for rune, but not byte for byte.
type ruler struct {
	line  *line
	built bool   // the marks are laid when they are first asked for: most lines hold nothing to measure
	marks []mark // every rulerStep bytes of the fold; nil where both are the same bytes
}

type mark struct{ fold, text int }

const rulerStep = 64

func newRuler(l *line) ruler { return ruler{line: l} }

func (r *ruler) build() {
	r.built = true
	l := r.line
	i := 0
	for i < len(l.text) && l.text[i] < utf8.RuneSelf {
		i++
	}
	if i == len(l.text) {
		return
	}
	r.marks = make([]mark, 1, 2+len(l.fold)/rulerStep)
	next := rulerStep
	for f, t := 0, 0; f < len(l.fold) && t < len(l.text); {
		if f >= next {
			r.marks = append(r.marks, mark{f, t})
			next = f + rulerStep
		}
		f += runeLen(l.fold, f)
		t += runeLen(l.text, t)
	}
}

func runeLen(s string, at int) int { return min(leadLen(s[at]), len(s)-at) }

// text is the byte of the text that stands for a byte of the fold.
func (r *ruler) text(fold int) int {
	if !r.built {
		r.build()
	}
	if r.marks == nil {
		return min(fold, len(r.line.text))
	}
	m := r.marks[sort.Search(len(r.marks), func(i int) bool { return r.marks[i].fold > fold })-1]
	for m.fold < fold && m.text < len(r.line.text) {
		m.fold += runeLen(r.line.fold, m.fold)
		m.text += runeLen(r.line.text, m.text)
	}
	return m.text
}

// fold is the byte of the fold that stands for a byte of the text.
func (r *ruler) fold(text int) int {
	if !r.built {
		r.build()
	}
	if r.marks == nil {
		return min(text, len(r.line.fold))
	}
	m := r.marks[sort.Search(len(r.marks), func(i int) bool { return r.marks[i].text > text })-1]
	for m.text < text && m.fold < len(r.line.fold) {
		m.fold += runeLen(r.line.fold, m.fold)
		m.text += runeLen(r.line.text, m.text)
	}
	return m.fold
}

// span is the span of the document's text of the bytes [from, to) of the fold.
func (r *ruler) span(from, to int) plan.Span {
	return plan.Span{Start: r.line.Start + r.text(from), End: r.line.Start + r.text(to)}
}

// quote is the text of the bytes [from, to) of the fold.
func (r *ruler) quote(from, to int) string { return r.line.text[r.text(from):r.text(to)] }

// joined is a line and the next as one, a blank between them: a source may break a number or a date over two
// lines. ok is false where the next line is a row, a bullet or a node.
func (s *state) joined(i int) (l line, ok bool) {
	if i+1 >= len(s.lines) {
		return l, false
	}
	l, next := s.lines[i], &s.lines[i+1]
	if l.isRow() || next.isRow() || next.Start != l.End+1 || isBullet(next) || len(readLabel(next.text, next.fold)) > 0 && !strings.Contains(next.text[:min(len(next.text), 6)], "/") {
		return l, false
	}
	l.End = next.End
	l.text += " " + next.text
	l.fold += " " + next.fold
	l.triggers = triggersOf(l.fold)
	return l, true
}

// sectionWalk tells the innermost section of places that come in the order of the text.
type sectionWalk struct {
	list  []plan.Section
	next  int
	stack []int
}

func (s *state) walkSections() *sectionWalk { return &sectionWalk{list: s.plan.Sections} }

// at is the innermost section that holds the byte, or nil. The bytes asked for never go back.
func (w *sectionWalk) at(b int) *plan.Section {
	for w.next < len(w.list) && w.list[w.next].Span.Start <= b {
		w.stack = append(w.stack, w.next)
		w.next++
	}
	for n := len(w.stack); n > 0; n-- {
		if sec := &w.list[w.stack[n-1]]; b < sec.Span.End || b == sec.Span.Start {
			return sec
		}
		w.stack = w.stack[:n-1]
	}
	return nil
}

// inBasis reports whether the place that was last asked for stands in a part on grounds or on what was: its node is
// of that kind, and a title says so. A numbered sentence that begins with "Căn cứ" is no such part.
func (w *sectionWalk) inBasis() bool {
	if n := len(w.stack); n == 0 || w.list[w.stack[n-1]].Kind != plan.Basis {
		return false
	}
	for _, id := range w.stack {
		if sec := &w.list[id]; sec.Kind == plan.Basis && sec.Heading != "" && countWords(sec.Heading, 20) <= 14 {
			return true
		}
	}
	return false
}

// refTo names a section, or none.
func refTo(sec *plan.Section) plan.Ref {
	if sec == nil {
		return 0
	}
	return plan.RefTo(sec.ID)
}
