package layout

import (
	"slices"
	"strings"

	"kehoach/plan"
)

// blocks makes blocks of the pages in order: the body with its tables, page furniture behind the paragraph or table that
// a page's end breaks, and the footnotes at the end.
func (d *document) blocks() []plan.Block {
	f := &flow{document: d}
	for _, s := range d.pages {
		if s.Blocks != nil {
			f.endTable()
			f.endParagraph(nil, nil)
			f.out = append(f.out, s.Blocks...)
			continue
		}
		for i := range s.items {
			it := &s.items[i]
			switch {
			case it.row != nil:
				f.row(it.row, s)
			case it.line.kind == furnitureLine:
				f.held = append(f.held, f.block(it.line, s, plan.Furniture))
			case it.line.kind == noteLine:
				f.note(it.line, s)
			default:
				f.line(it.line, s)
			}
		}
	}
	f.endTable()
	f.endParagraph(nil, nil)
	f.release()
	return append(f.out, f.notes...)
}

// flow is the state of making blocks.
type flow struct {
	*document
	out   []plan.Block
	held  []plan.Block // furniture inside an open paragraph or table
	notes []plan.Block

	parts       []string // of the open paragraph
	first, last *line
	page        *sheet // of last
	start       plan.Block

	table []*row   // of the open table
	on    []*sheet // the pages of its rows
}

// block makes a block of a line.
func (d *document) block(l *line, s *sheet, style plan.Style) plan.Block {
	return plan.Block{
		Text: d.resolveMarks(l.text), Style: style, Page: s.Number, Font: l.font, Confidence: l.conf,
		Box: plan.Box{X0: l.x0, Y0: l.y - l.size, X1: l.x1, Y1: l.y + 0.25*l.size},
	}
}

func (f *flow) release() {
	f.out = append(f.out, f.held...)
	f.held = nil
}

// note appends a line to the footnotes.
func (f *flow) note(l *line, s *sheet) {
	b := f.block(l, s, plan.Footnote)
	if n := len(f.notes); n > 0 && !strings.HasPrefix(l.text, "[") {
		last := &f.notes[n-1]
		last.Text += " " + b.Text
		if last.Page == b.Page {
			last.Box = around(last.Box, b.Box)
		}
		return
	}
	f.notes = append(f.notes, b)
}

// line goes on with the open paragraph or begins another.
func (f *flow) line(l *line, s *sheet) {
	f.endTable()
	if f.last != nil && goesOn(f.first, f.last, l, f.page, s) {
		b := f.block(l, s, plan.Body)
		f.parts = glue(f.parts, b.Text)
		if f.start.Page == b.Page {
			f.start.Box = around(f.start.Box, b.Box)
		}
		f.last, f.page = l, s
		return
	}
	f.endParagraph(l, s)
	f.start = f.block(l, s, plan.Body)
	f.parts = append(f.parts[:0], f.start.Text)
	f.first, f.last, f.page = l, l, s
}

// endParagraph writes the open paragraph. next is the line behind it, nil for none.
func (f *flow) endParagraph(next *line, s *sheet) {
	if f.last == nil {
		return
	}
	b := f.start
	b.Text = strings.Join(f.parts, " ")
	b.Broken = next != nil && f.page == s && next.y-f.last.y < 1.35*max(s.lead, 1.15*f.last.size) && isCapitals(f.last.text) == isCapitals(next.text) &&
		(isCapitals(next.text) || f.last.x1 < s.right-40 && f.last.x0 > s.left+40)
	f.out = append(f.out, b)
	f.release()
	f.first, f.last = nil, nil
}

// around is the box around two.
func around(a, b plan.Box) plan.Box {
	return plan.Box{X0: min(a.X0, b.X0), Y0: min(a.Y0, b.Y0), X1: max(a.X1, b.X1), Y1: max(a.Y1, b.Y1)}
}

// row goes on with the open table or begins another.
func (f *flow) row(r *row, s *sheet) {
	f.endParagraph(nil, nil)
	if n := len(f.table); n > 0 {
		prev, page := f.table[n-1], f.on[n-1]
		if page == s && prev.table != r.table || page != s && !continues(prev, r) {
			f.endTable()
		} else if f.repeats(r, s) {
			r.dropped = true
		} else if whole := f.lastWhole(); whole >= 0 && f.on[whole] != s && broken(f.table[whole], r) {
			f.table[whole].goOn(r)
			return
		}
	}
	f.table, f.on = append(f.table, r), append(f.on, s)
}

// lastWhole is the last row of the open table that is no repeated head, -1 for none.
func (f *flow) lastWhole() int {
	for i := len(f.table) - 1; i >= 0; i-- {
		if !f.table[i].dropped {
			return i
		}
	}
	return -1
}

// goOn adds the rest of a row that a page's end broke.
func (r *row) goOn(rest *row) {
	for c, cell := range rest.cells {
		if cell != "" && r.cells[c] != "" {
			cell = strings.Join(glue([]string{r.cells[c]}, cell), " ")
		}
		if cell != "" {
			r.cells[c] = cell
		}
	}
}

// continues reports whether a table goes on behind a page's end: its columns stand where they stood.
func continues(prev, next *row) bool {
	if len(prev.columns) != len(next.columns) || prev.ruled != next.ruled {
		return false
	}
	shift := next.columns[0] - prev.columns[0]
	for i := range prev.columns {
		if abs32(next.columns[i]-prev.columns[i]-shift) > 4 {
			return false
		}
	}
	return true
}

// mostHeads is the most rows of a table's head.
const mostHeads = 3

// repeats reports whether a row on a new page repeats the head of the open table, row for row from its first.
func (f *flow) repeats(r *row, s *sheet) bool {
	k := 0 // rows of the head that this page has repeated already
	for i := len(f.table) - 1; i >= 0 && f.on[i] == s; i-- {
		if !f.table[i].dropped {
			return false
		}
		k++
	}
	return k < min(mostHeads, len(f.table)) && f.on[k] != s && sameCells(f.table[k].cells, r.cells)
}

func sameCells(a, b []string) bool {
	return slices.EqualFunc(a, b, func(x, y string) bool {
		return strings.Join(strings.Fields(x), " ") == strings.Join(strings.Fields(y), " ")
	}) && strings.Join(a, "") != ""
}

// broken reports whether next is the rest of row prev, which a page's end broke: its first cell is empty, and each
// other cell goes on with words of prev's.
func broken(prev, next *row) bool {
	if len(prev.cells) != len(next.cells) || len(next.cells) < 2 || next.cells[0] != "" || prev.cells[0] == "" {
		return false
	}
	goes := false
	for c, cell := range next.cells {
		switch {
		case cell == "":
		case prev.cells[c] == "":
			return false
		case labelEnd(cell) == 0 && !endsSentence(prev.cells[c]):
			goes = true
		}
	}
	return goes
}

// endTable writes the open table.
func (f *flow) endTable() {
	if len(f.table) == 0 {
		return
	}
	for i, r := range f.table {
		b := plan.Block{
			Style: plan.Row, Cells: r.cells, Page: f.on[i].Number, Font: r.font, Confidence: r.conf,
			Box: plan.Box{X0: r.columns[0], Y0: r.y0, X1: r.columns[len(r.columns)-1], Y1: r.y1},
		}
		for c := range b.Cells {
			b.Cells[c] = f.resolveMarks(b.Cells[c])
		}
		b.Text = strings.Join(b.Cells, " | ")
		if r.dropped {
			b.Style, b.Cells = plan.Furniture, nil
			f.held = append(f.held, b)
			continue
		}
		f.out = append(f.out, b)
	}
	// Furniture behind a table parts it from one that follows at once.
	if len(f.held) == 0 {
		f.held = append(f.held, plan.Block{Style: plan.Furniture, Page: f.on[len(f.on)-1].Number})
	}
	f.release()
	f.table, f.on = nil, nil
}
