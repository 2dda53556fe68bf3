package layout

import (
	"slices"
	"strings"
)

// rowsOf parts the lines of a table into its rows: it gives for each line whether it begins one. Rules between the lines
// tell, then the numbers in the first column, then the room between rows, which is more than that between lines.
func (s *sheet) rowsOf(rows [][]chunk, columns []float32) []bool {
	begins := make([]bool, len(rows))
	begins[0] = true
	if s.byRules(rows, columns, begins) {
		return begins
	}
	first := make([]string, len(rows)) // the words of the first column
	named, numbered := 0, 0
	for i, row := range rows {
		for _, w := range joined(row) {
			if below(columns, (w.X0+w.X1)/2) == 0 {
				first[i] = strings.TrimSpace(first[i] + " " + w.Text)
			}
		}
		if first[i] != "" {
			named++
		}
		if isCount(first[i]) {
			numbered++
		}
	}
	if numbered >= 2 && numbered*2 >= named {
		for i := range rows {
			begins[i] = begins[i] || isCount(first[i])
		}
		return begins
	}
	var steps []float32
	for i := 1; i < len(rows); i++ {
		steps = append(steps, rows[i][0].y-rows[i-1][0].y)
	}
	slices.Sort(steps)
	least := steps[len(steps)/10]
	if steps[len(steps)-1] > 1.15*least+0.5 {
		for i := 1; i < len(rows); i++ {
			begins[i] = rows[i][0].y-rows[i-1][0].y > 1.1*least+0.5
		}
		return begins
	}
	for i, row := range rows {
		filled := map[int]bool{}
		for _, w := range joined(row) {
			filled[below(columns, (w.X0+w.X1)/2)] = true
		}
		begins[i] = begins[i] || filled[0] && len(filled) > 1 || len(filled) == len(columns)-1
	}
	return begins
}

// byRules marks the lines below level rules that reach over the table; it reports whether there are any between them.
func (s *sheet) byRules(rows [][]chunk, columns []float32, begins []bool) bool {
	width := columns[len(columns)-1] - columns[0]
	found := 0
	for i := 1; i < len(rows); i++ {
		for _, r := range s.rules {
			y := rows[i-1][0].y
			if r.Y0 > y-0.2*rows[i-1][0].size && r.Y0 < rows[i][0].y-0.3*rows[i][0].size && min(r.X1, columns[len(columns)-1])-max(r.X0, columns[0]) > 0.8*width {
				begins[i] = true
				found++
				break
			}
		}
	}
	if found < 3 { // a rule below the head alone says nothing of the rows
		clear(begins[1:])
		return false
	}
	return true
}

// isCount reports whether a cell holds the number of its row.
func isCount(s string) bool {
	s = strings.Trim(s, "().")
	if s == "" || len(s) > 5 {
		return false
	}
	return strings.Trim(s, "0123456789.") == "" || strings.Trim(s, "IVXLC") == "" || len(s) == 1 && s[0] >= 'a' && s[0] <= 'z'
}
