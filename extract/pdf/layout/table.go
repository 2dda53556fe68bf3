package layout

import (
	"cmp"
	"slices"
	"strings"
)

// take puts the words inside a grid into its rows, and gives the words that are left. It gives no rows where the
// grid holds no table: no words, or all in one column.
func (g *grid) take(words []Word, used []bool, table int) []*row {
	owner := g.cells()
	inside := map[int][]int{}
	columns := map[int]bool{}
	for i := range words {
		w := &words[i]
		if used[i] {
			continue
		}
		x, y := (w.X0+w.X1)/2, w.Y-0.3*w.Size
		if x <= g.xs[0] || x >= g.xs[len(g.xs)-1] || y <= g.ys[0] || y >= g.ys[len(g.ys)-1] {
			continue
		}
		c, r := below(g.xs, x), below(g.ys, y)
		at := owner[r*g.columns()+c]
		inside[at] = append(inside[at], i)
		columns[at%g.columns()] = true
	}
	if len(columns) < 2 {
		return nil
	}
	texts := map[int]string{}
	for at, list := range inside {
		cell := make([]Word, 0, len(list))
		for _, i := range list {
			used[i] = true
			cell = append(cell, words[i])
		}
		texts[at] = cellText(cell)
	}
	var out []*row
	for r := range g.rows() {
		w := &row{columns: g.xs, table: table, y0: g.ys[r], y1: g.ys[r+1], ruled: true}
		own, last := 0, 0
		for c := range g.columns() {
			at := owner[r*g.columns()+c]
			first, top := at%g.columns() == c, at/g.columns() == r
			text := ""
			if first {
				text = texts[at] // a cell that reaches down stands again in each row
			}
			if first && top && text != "" {
				own, last = own+1, c
				word := &words[inside[at][0]]
				w.size, w.font, w.conf = word.Size, word.Font, word.Confidence
			}
			w.cells = append(w.cells, text)
		}
		if own == 0 {
			continue
		}
		if own == 1 && last == 0 && owner[r*g.columns()] == owner[r*g.columns()+g.columns()-1] {
			w.cells = w.cells[:1] // one cell over the whole width
		}
		out = append(out, w)
	}
	return out
}

// below is the index of the interval of edges that holds x.
func below(edges []float32, x float32) int {
	i, found := slices.BinarySearch(edges, x)
	if !found {
		i--
	}
	return min(max(i, 0), len(edges)-2)
}

// cellText is the text of a cell: its lines joined, but for those that open with a bullet or a label, which stay
// lines of their own.
func cellText(words []Word) string {
	var parts, paragraphs []string
	for i, l := range lines(words) {
		if i > 0 && labelEnd(l.text) > 0 {
			paragraphs = append(paragraphs, strings.Join(parts, " "))
			parts = parts[:0]
		}
		parts = glue(parts, l.text)
	}
	return strings.Join(append(paragraphs, strings.Join(parts, " ")), "\n")
}

// lines orders words into lines from top to bottom. Turned words are lines of their own.
func lines(words []Word) []*line {
	var out []*line
	slices.SortStableFunc(words, func(a, b Word) int { return cmp.Compare(a.Y, b.Y) })
	for len(words) > 0 {
		n := 1
		for n < len(words) && words[n].Y-words[n-1].Y < rowTolerance*max(words[n].Size, words[n-1].Size) && words[n].Y-words[0].Y < 0.6*words[0].Size {
			n++
		}
		run := words[:n]
		slices.SortStableFunc(run, func(a, b Word) int { return cmp.Compare(a.X0, b.X0) })
		out = append(out, newLine(run))
		words = words[n:]
	}
	return out
}

// rowTolerance is the most difference of baselines in a row of chunks, in ems: columns need not share baselines.
const rowTolerance = 0.35
