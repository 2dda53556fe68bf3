package layout

// Least size of a table without rules.
const (
	unruledColumns = 3
	unruledRows    = 3
)

// unruled reads the table without rules that begins at the first of rows. It appends the table's rows and gives how many
// rows of chunks it took, 0 for no table.
func (s *sheet) unruled(rows [][]chunk) int {
	if len(rows) < unruledRows {
		return 0
	}
	gaps, n, across := s.corridors(rows)
	if wide, m := wideGaps(rows); n == 0 || len(wide) > len(gaps) || len(wide) == len(gaps) && m > n {
		gaps, n, across = wide, m, make([]bool, m)
	}
	if n == 0 {
		return 0
	}
	columns := []float32{s.edge(rows[:n], false)}
	for _, g := range gaps {
		columns = append(columns, (g.x0+g.x1)/2)
	}
	columns = append(columns, s.edge(rows[:n], true))
	s.tabulate(rows[:n], columns, across)
	return n
}

// wideGaps finds the columns of a table whose rows are three chunks or more and whose gaps go on from row to row, and how
// many rows it has.
func wideGaps(rows [][]chunk) (gaps []corridor, n int) {
	if len(rows[0]) < unruledColumns {
		return nil, 0
	}
	for k := 1; k < len(rows[0]); k++ {
		gaps = append(gaps, corridor{rows[0][k-1].x1, rows[0][k].x0})
	}
	full := 1
	n = 1
	for ; n < len(rows); n++ {
		if rows[n][0].y-rows[n-1][0].y > 3*rows[n][0].size {
			break
		}
		next := make([]corridor, 0, len(gaps))
		for _, g := range gaps {
			ok := true
			for _, c := range rows[n] {
				switch mid := (c.x0 + c.x1) / 2; {
				case c.x1 <= g.x0 || c.x0 >= g.x1:
				case mid < (g.x0+g.x1)/2:
					g.x0 = c.x1
				default:
					g.x1 = c.x0
				}
			}
			if ok = g.x1-g.x0 > gutterLeast*rows[n][0].size; ok {
				next = append(next, g)
			}
		}
		if len(next) < unruledColumns-1 {
			break
		}
		gaps = next
		if len(rows[n]) >= unruledColumns {
			full++
		}
	}
	if full < unruledRows || full*3 < n {
		return nil, 0
	}
	return gaps, n
}

// tabulate appends the rows of a table. Lines that reach across it are rows of one cell.
func (s *sheet) tabulate(rows [][]chunk, columns []float32, across []bool) {
	begins := s.rowsOf(rows, columns)
	for i := range rows {
		begins[i] = begins[i] || across[i] || i > 0 && across[i-1]
	}
	table := len(s.items) + 1000
	var open *row
	var cells [][]Word
	flush := func() {
		if open == nil {
			return
		}
		for k, words := range cells {
			if k > 0 && open.whole {
				break
			}
			text := ""
			if len(words) > 0 {
				text = cellText(words)
			}
			open.cells = append(open.cells, text)
		}
		s.items = append(s.items, item{row: open})
		open = nil
	}
	for i, r := range rows {
		if begins[i] {
			flush()
			open = &row{whole: across[i], columns: columns, table: table, y0: r[0].y - r[0].size, size: r[0].size, font: r[0].words[0].Font, conf: r[0].words[0].Confidence}
			cells = make([][]Word, len(columns)-1)
		}
		open.y1 = r[0].y
		for _, w := range joined(r) {
			at := below(columns, (w.X0+w.X1)/2)
			if across[i] {
				at = 0
			}
			cells[at] = append(cells[at], w)
		}
	}
	flush()
}

// edge is how far rows reach to the left or to the right.
func (s *sheet) edge(rows [][]chunk, right bool) float32 {
	x := rows[0][0].x0
	for _, r := range rows {
		for _, c := range r {
			if right {
				x = max(x, c.x1)
			} else {
				x = min(x, c.x0)
			}
		}
	}
	return x
}
