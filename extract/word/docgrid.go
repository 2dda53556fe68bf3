package word

import (
	"strings"

	"kehoach/plan"
)

// grid is a table whose rows name the edges of their cells (DOC, RTF) and no columns.
type grid struct {
	rows []gridRow
	row  []passage
	cell passage
}

// gridRow is a row with the cells that it ended, and what its definition says of them.
type gridRow struct {
	cells []passage
	def   rowDef
}

// rowDef is the definition of a row: its left edge, and its cells.
type rowDef struct {
	left  int // in twips, as all edges are
	cells []cellDef
}

// cellDef is the definition of a cell.
type cellDef struct {
	right  int
	down   merge // merged with the cells below or above it
	across bool  // part of the cell to its left
}

// merge says how a cell is merged downwards.
type merge uint8

const (
	mergeNone merge = iota
	mergeFirst
	mergeOn // its words are those of the cell above
)

// depth opens and ends tables until so many are open.
func (f *flow) depth(n int) {
	n = min(max(n, 0), mostTables)
	for len(f.grids) < n {
		f.grids = append(f.grids, &grid{})
	}
	for len(f.grids) > n {
		f.endTable()
	}
}

// mostTables is how deep tables inside tables are followed.
const mostTables = 16

// endCell ends a cell of the table at a depth.
func (f *flow) endCell(depth int) {
	f.depth(depth)
	if len(f.grids) == 0 {
		return
	}
	g := f.grids[len(f.grids)-1]
	if len(g.row) < mostColumns {
		g.row = append(g.row, g.cell)
	}
	g.cell = passage{}
}

// endRow ends a row of the table at a depth; def says where its cells stand.
func (f *flow) endRow(depth int, def rowDef) {
	f.depth(depth)
	if len(f.grids) == 0 {
		return
	}
	g := f.grids[len(f.grids)-1]
	if !g.cell.blank() {
		f.endCell(depth)
	}
	g.cell = passage{}
	if len(g.row) > 0 && len(g.rows) < mostBlocks {
		if len(def.cells) > len(g.row) {
			def.cells = def.cells[:len(g.row)]
		}
		g.rows = append(g.rows, gridRow{g.row, def})
	}
	g.row = nil
}

// endTable ends the innermost table.
func (f *flow) endTable() {
	n := len(f.grids)
	f.endRow(n, rowDef{})
	g := f.grids[n-1]
	f.grids = f.grids[:n-1]
	rows := f.rows(g)
	if n > 1 { // a table in a cell: its rows are lines there
		f.insert(rows, n-1)
		return
	}
	f.body = append(f.body, rows...)
}

// rows gives the rows of a table over the columns of its widest row. A cell that reaches over several is followed by
// empty ones; one that is merged downwards stands again in every row that it reaches.
func (f *flow) rows(g *grid) []entry {
	var widest *gridRow
	for i := range g.rows {
		if r := &g.rows[i]; widest == nil || r.width() > widest.width() {
			widest = r
		}
	}
	if widest == nil {
		return nil
	}
	var out []entry
	var above []passage
	for i := range g.rows {
		r := &g.rows[i]
		cells := r.over(widest)
		shown := 0
		for k := range cells {
			if c := &cells[k]; c.def.down == mergeOn && c.words.blank() && k < len(above) {
				if size := above[k].size(); f.repeat+size <= mostRepeated {
					f.repeat += size
					c.words = above[k]
				}
			}
			if !cells[k].filler {
				shown++
			}
		}
		row := make([]passage, len(cells))
		empty := true
		for k := range cells {
			row[k] = cells[k].words
			empty = empty && row[k].blank()
		}
		above = row
		switch {
		case empty:
		case widest.width() == 1: // a table of one column only places paragraphs
			out = append(out, entry{words: row[0]})
		case shown == 1 && !cells[0].filler: // one cell over the whole width
			out = append(out, entry{style: plan.Row, cells: row[:1]})
		default:
			out = append(out, entry{style: plan.Row, cells: row})
		}
	}
	return append(out, entry{style: plan.Furniture}) // parts it from a table that touches it
}

// width is the number of cells of a row.
func (r *gridRow) width() int { return len(r.cells) }

// placed is a cell in its column; a filler stands where a cell reaches over.
type placed struct {
	words  passage
	def    cellDef
	filler bool
}

// over places the cells of a row in the columns of the widest one.
func (r *gridRow) over(widest *gridRow) []placed {
	out := make([]placed, 0, widest.width())
	place := func(k int) {
		p := placed{words: r.cells[k]}
		if k < len(r.def.cells) {
			p.def = r.def.cells[k]
			p.filler = p.def.across && p.words.blank()
		}
		out = append(out, p)
	}
	byIndex := r.width() == widest.width() || len(r.def.cells) < r.width() || len(widest.def.cells) < widest.width()
	left := r.def.left
	for k := range r.cells {
		if !byIndex {
			// As many cells must still find room behind this one as the row has left.
			at := min(widest.column(left), widest.width()-(r.width()-k))
			for len(out) < at {
				out = append(out, placed{filler: true})
			}
			left = r.def.cells[k].right
		}
		place(k)
	}
	for len(out) < widest.width() {
		out = append(out, placed{filler: true})
	}
	return out
}

// column is the column whose left edge is nearest to x.
func (r *gridRow) column(x int) int {
	best, left := 0, r.def.left
	near := abs(x - left)
	for k := range r.def.cells[:len(r.def.cells)-1] {
		left = r.def.cells[k].right
		if d := abs(x - left); d < near {
			best, near = k+1, d
		}
	}
	return best
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

// joined is the words of runs as they stand.
func joined(runs []run) string {
	if len(runs) == 1 {
		return runs[0].text
	}
	var b strings.Builder
	for i := range runs {
		b.WriteString(runs[i].text)
	}
	return b.String()
}
