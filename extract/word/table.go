package word

import (
	"encoding/xml"
	"strconv"
	"strings"

	"kehoach/plan"
)

// mostColumns is how far the columns of a table are followed.
const mostColumns = 64

// table is one that is being read. A cell that is merged downwards stands again in every row that it reaches; one
// that reaches across is followed by empty cells.
type table struct {
	rows  [][]string
	row   []string
	cell  strings.Builder
	span  int
	merge string // "", "restart" or "continue"
	above []string
	cells int   // of the row
	down  []int // of an ODT: how many rows below a column is still covered
	open  bool  // a cell is open
}

func (t *table) write(text string) {
	if t.cell.Len() > 0 {
		t.cell.WriteByte('\n')
	}
	t.cell.WriteString(text)
}

func (b *docxBody) tableStart(e *xml.StartElement) {
	if e.Name.Local == "tbl" {
		b.tables = append(b.tables, &table{})
		return
	}
	n := len(b.tables)
	if n == 0 {
		return
	}
	t := b.tables[n-1]
	switch e.Name.Local {
	case "tr":
		t.row, t.cells = nil, 0
	case "gridBefore":
		skip, _ := strconv.Atoi(attr(e, "val"))
		for range min(skip, mostColumns) {
			t.row = append(t.row, "")
		}
	case "tc":
		t.cell.Reset()
		t.span, t.merge, t.open = 1, "", true
	case "gridSpan":
		t.span, _ = strconv.Atoi(attr(e, "val"))
	case "vMerge":
		if t.merge = attr(e, "val"); t.merge == "" {
			t.merge = "continue"
		}
	}
}

func (b *docxBody) tableEnd(name string) {
	n := len(b.tables)
	if n == 0 {
		return
	}
	t := b.tables[n-1]
	switch name {
	case "tc":
		t.endCell()
	case "tr":
		t.endRow()
	case "tbl":
		b.tables = b.tables[:n-1]
		if n > 1 { // a table in a cell: its rows are lines there
			for _, row := range t.rows {
				b.tables[n-2].write(strings.Join(row, " "))
			}
			return
		}
		b.blocks = append(b.blocks, t.blocks()...)
	}
}

func (t *table) endCell() {
	if !t.open {
		return
	}
	t.open = false
	t.cells++
	text := t.cell.String()
	if t.merge == "continue" && text == "" && len(t.row) < len(t.above) {
		text = t.above[len(t.row)]
	}
	for i := range max(1, min(t.span, mostColumns)) {
		if i > 0 {
			text = ""
		}
		if len(t.row) < mostColumns {
			t.row = append(t.row, text)
		}
	}
	t.cell.Reset()
}

func (t *table) endRow() {
	if len(t.row) == 0 {
		return
	}
	t.above = t.row
	if t.cells == 1 { // one cell over the whole width
		t.row = t.row[:1]
	}
	if strings.TrimSpace(strings.Join(t.row, "")) != "" {
		t.rows = append(t.rows, t.row)
	}
	t.row = nil
}

// blocks are the rows of a table: paragraphs where it has one column, and only places them.
func (t *table) blocks() []plan.Block {
	width := 0
	for _, row := range t.rows {
		width = max(width, len(row))
	}
	var out []plan.Block
	for _, row := range t.rows {
		if width == 1 {
			out = append(out, splitLines(plan.Block{Text: row[0]})...)
			continue
		}
		out = append(out, plan.Block{Text: strings.Join(row, " | "), Cells: row, Style: plan.Row})
	}
	return append(out, plan.Block{Style: plan.Furniture}) // parts it from a table that touches it
}
