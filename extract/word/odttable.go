package word

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// tableStart follows the tables of an ODT, which cover merged cells by cells of their own.
func (w *odt) tableStart(e *xml.StartElement) {
	if e.Name.Local == "table" {
		w.tables = append(w.tables, &table{})
		return
	}
	n := len(w.tables)
	if n == 0 {
		return
	}
	t := w.tables[n-1]
	switch e.Name.Local {
	case "table-row":
		t.row, t.cells = nil, 0
	case "table-cell":
		t.cell.Reset()
		t.span, t.merge, t.open = 1, "", true
		if down, err := strconv.Atoi(attr(e, "number-rows-spanned")); err == nil && down > 1 {
			t.merge = "restart"
		}
	case "covered-table-cell":
		// Covered from above: the words stand again. Covered from the left: the cell is empty.
		t.cell.Reset()
		t.span, t.merge, t.open = 1, "", true
		if i := len(t.row); i < len(t.down) && t.down[i] > 0 {
			t.merge = "continue"
		} else {
			t.cells-- // part of the cell to its left
		}
	}
	if e.Name.Local == "table-cell" || e.Name.Local == "covered-table-cell" {
		for len(t.down) <= len(t.row) {
			t.down = append(t.down, 0)
		}
		if t.down[len(t.row)] > 0 {
			t.down[len(t.row)]--
		}
		if rows, err := strconv.Atoi(attr(e, "number-rows-spanned")); err == nil {
			across, _ := strconv.Atoi(attr(e, "number-columns-spanned"))
			for i := range max(1, min(across, mostColumns)) {
				for len(t.down) <= len(t.row)+i {
					t.down = append(t.down, 0)
				}
				t.down[len(t.row)+i] = rows - 1
			}
		}
	}
}

func (w *odt) tableEnd(name string) {
	n := len(w.tables)
	if n == 0 {
		return
	}
	t := w.tables[n-1]
	switch name {
	case "table-cell", "covered-table-cell":
		t.endCell()
	case "table-row":
		t.endRow()
	case "table":
		w.tables = w.tables[:n-1]
		if n > 1 {
			for _, row := range t.rows {
				w.tables[n-2].write(strings.Join(row, " "))
			}
			return
		}
		w.blocks = append(w.blocks, t.blocks()...)
	}
}
