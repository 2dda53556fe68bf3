package layout

import (
	"cmp"
	"slices"
)

// How rules make a grid, in points.
const (
	level     = 1.5 // most slant
	leastRule = 4
	bridge    = 3    // gap inside a rule that is drawn in pieces
	touch     = 2.5  // gap between rules that meet
	sameEdge  = 3    // rules of one edge
	mostRules = 6000 // on a page; more are a drawing
)

// grid is a table's rules: the edges of its columns and rows, and which of them part two cells.
type grid struct {
	xs, ys []float32
	right  []bool // whether a rule stands at the right of a cell, by row and column
	below  []bool // whether a rule stands below it
}

func (g *grid) columns() int { return len(g.xs) - 1 }
func (g *grid) rows() int    { return len(g.ys) - 1 }

// grids finds the tables that rules draw, from the top, and gives the level rules that belong to none.
func grids(rules []Rule) (tables []*grid, free []Rule) {
	var hs, vs []Rule
	for _, r := range rules {
		w, h := r.X1-r.X0, r.Y1-r.Y0
		switch {
		case h <= level && h >= -level && (w > leastRule || w < -leastRule):
			y := (r.Y0 + r.Y1) / 2
			hs = append(hs, Rule{min(r.X0, r.X1), y, max(r.X0, r.X1), y})
		case w <= level && w >= -level && (h > leastRule || h < -leastRule):
			x := (r.X0 + r.X1) / 2
			vs = append(vs, Rule{x, min(r.Y0, r.Y1), x, max(r.Y0, r.Y1)})
		}
	}
	hs = mergeLevel(hs)
	for i := range vs {
		vs[i] = vs[i].turned()
	}
	vs = mergeLevel(vs)
	for i := range vs {
		vs[i] = vs[i].turned()
	}
	if len(hs) > mostRules || len(vs) > mostRules {
		return nil, nil
	}
	for _, part := range connected(hs, vs) {
		if g := newGrid(part.hs, part.vs); g != nil {
			tables = append(tables, g)
		} else {
			free = append(free, part.hs...)
		}
	}
	slices.SortStableFunc(tables, func(a, b *grid) int { return cmp.Compare(a.ys[0], b.ys[0]) })
	return tables, free
}

func (r Rule) turned() Rule { return Rule{r.Y0, r.X0, r.Y1, r.X1} }

// mergeLevel unites level rules that lie on one line and touch.
func mergeLevel(rules []Rule) []Rule {
	slices.SortFunc(rules, func(a, b Rule) int {
		return cmp.Or(cmp.Compare(a.Y0, b.Y0), cmp.Compare(a.X0, b.X0))
	})
	// Rules of nearly one height are one line: give them one height, then order them along it.
	for i := 1; i < len(rules); i++ {
		if rules[i].Y0-rules[i-1].Y0 < 0.8 {
			rules[i].Y0, rules[i].Y1 = rules[i-1].Y0, rules[i-1].Y0
		}
	}
	slices.SortStableFunc(rules, func(a, b Rule) int {
		return cmp.Or(cmp.Compare(a.Y0, b.Y0), cmp.Compare(a.X0, b.X0))
	})
	out := rules[:0]
	for _, r := range rules {
		if n := len(out); n > 0 && out[n-1].Y0 == r.Y0 && r.X0-out[n-1].X1 <= bridge {
			out[n-1].X1 = max(out[n-1].X1, r.X1)
			continue
		}
		out = append(out, r)
	}
	return out
}

// part is a set of rules that meet.
type part struct{ hs, vs []Rule }

// connected parts rules into sets that meet.
func connected(hs, vs []Rule) []*part {
	parent := make([]int, len(hs)+len(vs))
	for i := range parent {
		parent[i] = i
	}
	var root func(i int) int
	root = func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	// Level rules are ordered by height, so that each upright one meets a run of them.
	for k, v := range vs {
		from, _ := slices.BinarySearchFunc(hs, v.Y0-touch, func(h Rule, y float32) int { return cmp.Compare(h.Y0, y) })
		for i := from; i < len(hs) && hs[i].Y0 <= v.Y1+touch; i++ {
			if v.X0 >= hs[i].X0-touch && v.X0 <= hs[i].X1+touch {
				parent[root(i)] = root(len(hs) + k)
			}
		}
	}
	byRoot := map[int]*part{}
	var out []*part
	get := func(i int) *part {
		r := root(i)
		if byRoot[r] == nil {
			byRoot[r] = &part{}
			out = append(out, byRoot[r])
		}
		return byRoot[r]
	}
	for i, h := range hs {
		p := get(i)
		p.hs = append(p.hs, h)
	}
	for k, v := range vs {
		p := get(len(hs) + k)
		p.vs = append(p.vs, v)
	}
	return out
}

// newGrid makes a grid of rules that meet; nil where they make no two columns.
func newGrid(hs, vs []Rule) *grid {
	if len(vs) == 0 || len(hs) == 0 || len(hs)+len(vs) < 4 {
		return nil
	}
	var xs, ys []float32
	x0, x1 := hs[0].X0, hs[0].X1
	for _, h := range hs {
		ys = append(ys, h.Y0)
		x0, x1 = min(x0, h.X0), max(x1, h.X1)
	}
	y0, y1 := vs[0].Y0, vs[0].Y1
	for _, v := range vs {
		xs = append(xs, v.X0)
		y0, y1 = min(y0, v.Y0), max(y1, v.Y1)
	}
	// A table may have no rules at its sides: its level ones say how far it goes.
	g := &grid{xs: edges(append(xs, x0, x1)), ys: edges(append(ys, y0, y1))}
	if g.columns() < 2 || g.rows() < 1 || g.columns()*g.rows() > 1<<16 {
		return nil
	}
	g.right, g.below = make([]bool, g.columns()*g.rows()), make([]bool, g.columns()*g.rows())
	for _, v := range vs {
		c := nearest(g.xs, v.X0) - 1
		for r := 0; c >= 0 && r < g.rows(); r++ {
			if mid := (g.ys[r] + g.ys[r+1]) / 2; mid > v.Y0-1 && mid < v.Y1+1 {
				g.right[r*g.columns()+min(c, g.columns()-1)] = true
			}
		}
	}
	for _, h := range hs {
		r := nearest(g.ys, h.Y0) - 1
		for c := 0; r >= 0 && c < g.columns(); c++ {
			if mid := (g.xs[c] + g.xs[c+1]) / 2; mid > h.X0-1 && mid < h.X1+1 {
				g.below[min(r, g.rows()-1)*g.columns()+c] = true
			}
		}
	}
	return g
}

// edges are the places of an ordered list, those that nearly coincide as one.
func edges(at []float32) []float32 {
	slices.Sort(at)
	out := at[:0]
	for _, x := range at {
		if len(out) == 0 || x-out[len(out)-1] > sameEdge {
			out = append(out, x)
		}
	}
	return slices.Clip(out)
}

// nearest is the index of the edge that is nearest to x.
func nearest(edges []float32, x float32) int {
	i, _ := slices.BinarySearch(edges, x)
	if i == len(edges) || i > 0 && x-edges[i-1] < edges[i]-x {
		i--
	}
	return i
}

// cells gives each base cell the number of the cell that it belongs to: the index of that cell's first base cell.
// Cells are rectangles; where rules leave something else, the first row and column decide.
func (g *grid) cells() []int {
	owner := make([]int, g.rows()*g.columns())
	for i := range owner {
		owner[i] = -1
	}
	for r := range g.rows() {
		for c := range g.columns() {
			at := r*g.columns() + c
			if owner[at] >= 0 {
				continue
			}
			width := 1
			for c+width < g.columns() && !g.right[at+width-1] && owner[at+width] < 0 {
				width++
			}
			height := 1
		down:
			for r+height < g.rows() {
				for k := range width {
					i := at + (height-1)*g.columns() + k
					if g.below[i] || owner[i+g.columns()] >= 0 || k+1 < width && g.right[i+g.columns()] {
						break down
					}
				}
				height++
			}
			for y := range height {
				for k := range width {
					owner[at+y*g.columns()+k] = at
				}
			}
		}
	}
	return owner
}
