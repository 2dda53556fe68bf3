package html

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"kehoach/plan"
)

// How far the spans of cells are followed, and how long the text of a cell of a true table can be.
const (
	mostColumns = 64
	mostRows    = 1000
	mostCell    = 6000
)

// table reads a table: as rows where it holds data, a letterhead or a signature, and as the flow of its cells where
// it only places the parts of a page.
func (w *walker) table(n *html.Node) {
	rows := rowsOf(n)
	if w.isLayout(n, rows) {
		w.children(n)
		w.flush(false)
		return
	}
	for c := range n.ChildNodes() {
		if c.DataAtom == atom.Caption {
			w.walk(c)
			w.flush(false)
		}
	}
	grid := &grid{}
	for _, row := range rows {
		cells, head := grid.next(row, w.cell)
		if cells == nil {
			continue
		}
		b := plan.Block{Text: strings.Join(cells, " | "), Cells: cells, Style: plan.Row}
		if head {
			b.Style = plan.HeadRow
		}
		w.add(b)
	}
	w.blocks = append(w.blocks, plan.Block{Style: plan.Furniture}) // parts it from a table that touches it
}

// add appends a finished block.
func (w *walker) add(b plan.Block) {
	if w.page != nil && !w.inside {
		b.Style = plan.Furniture
	}
	w.blocks = append(w.blocks, b)
}

// rowsOf lists the rows of a table, but for those of tables inside it.
func rowsOf(n *html.Node) []*html.Node {
	var rows []*html.Node
	for c := range n.ChildNodes() {
		switch c.DataAtom {
		case atom.Tr:
			if !isHidden(c) {
				rows = append(rows, c)
			}
		case atom.Thead, atom.Tbody, atom.Tfoot:
			rows = append(rows, rowsOf(c)...)
		}
	}
	return rows
}

// isLayout reports whether a table places the parts of a page: it has one column, it holds the root or another
// table of several rows, or a cell is longer than any row of data.
func (w *walker) isLayout(n *html.Node, rows []*html.Node) bool {
	if attr(n, "role") == "presentation" {
		return true
	}
	columns := 0
	for _, row := range rows {
		cells := 0
		for c := range row.ChildNodes() {
			if c.DataAtom == atom.Td || c.DataAtom == atom.Th {
				cells++
			}
		}
		columns = max(columns, cells)
	}
	if columns <= 1 {
		return true
	}
	if w.page != nil && w.page.weights[n].bytes > mostCell {
		for _, row := range rows {
			for c := range row.ChildNodes() {
				if w.page.weights[c].bytes > mostCell {
					return true
				}
			}
		}
	}
	for c := range n.Descendants() {
		if c.DataAtom == atom.Table && len(rowsOf(c)) > 1 || c == w.root && w.root != nil {
			return true
		}
	}
	return false
}

// cell gives the lines of a cell.
func (w *walker) cell(n *html.Node) string {
	in := &walker{inside: true, marks: w.marks}
	in.children(n)
	in.flush(false)
	lines := make([]string, 0, len(in.blocks))
	for _, b := range in.blocks {
		if b.Text != "" {
			lines = append(lines, b.Text)
		}
	}
	return strings.Join(lines, "\n")
}

// grid gives each cell its column. A cell that reaches down stands again in each row that it reaches; one that
// reaches across is followed by empty cells.
type grid struct {
	down [mostColumns]struct {
		text string
		rows int
	}
}

// next gives the cells of the next row, nil where all are empty. A row of one cell over the whole width is that
// cell alone. head reports whether all cells are <th> or the row stands in a <thead>.
func (g *grid) next(row *html.Node, text func(*html.Node) string) (cells []string, head bool) {
	head = true
	own, empty := 0, true
	var beyond []string // the words of cells behind the last column, so that nothing is lost
	reach := func() {
		for len(cells) < mostColumns && g.down[len(cells)].rows > 0 {
			d := &g.down[len(cells)]
			d.rows--
			cells = append(cells, d.text)
		}
	}
	for c := range row.ChildNodes() {
		if c.DataAtom != atom.Td && c.DataAtom != atom.Th || isHidden(c) {
			continue
		}
		reach()
		words := text(c)
		own++
		head = head && c.DataAtom == atom.Th
		empty = empty && words == ""
		across, down := span(c, "colspan", mostColumns), span(c, "rowspan", mostRows)
		for k := range across {
			if len(cells) >= mostColumns {
				if k == 0 && words != "" {
					beyond = append(beyond, words)
				}
				break
			}
			if k > 0 {
				words = ""
			}
			g.down[len(cells)].text, g.down[len(cells)].rows = words, down-1
			cells = append(cells, words)
		}
	}
	if empty {
		return nil, false
	}
	if beyond != nil {
		cells[mostColumns-1] = strings.Join(append([]string{cells[mostColumns-1]}, beyond...), " ")
	}
	if own == 1 && len(cells) > 1 && strings.Join(cells[1:], "") == "" {
		return cells[:1], false
	}
	reach()
	return cells, head && own > 0 || row.Parent != nil && row.Parent.DataAtom == atom.Thead
}

// span is the value of colspan or rowspan, from 1 to most.
func span(n *html.Node, key string, most int) int {
	v, err := strconv.Atoi(strings.TrimSpace(attr(n, key)))
	if err != nil {
		return 1
	}
	return min(max(v, 1), most)
}

// definitions reads a list of names and values as rows of two cells.
func (w *walker) definitions(n *html.Node) {
	name := ""
	for c := range n.Descendants() {
		switch c.DataAtom {
		case atom.Dt:
			if name != "" {
				w.add(plan.Block{Text: name, Style: w.style})
			}
			name = w.cell(c)
		case atom.Dd:
			cells := []string{name, w.cell(c)}
			w.add(plan.Block{Text: strings.Join(cells, " | "), Cells: cells, Style: plan.Row})
			name = ""
		}
	}
	if name != "" {
		w.add(plan.Block{Text: name, Style: w.style})
	}
	w.blocks = append(w.blocks, plan.Block{Style: plan.Furniture})
}
