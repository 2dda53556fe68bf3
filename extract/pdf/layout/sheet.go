package layout

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"kehoach/normalize"
)

// layPage puts the words of a page in order.
func layPage(p *Page) *sheet {
	s := &sheet{Page: p}
	if p.Blocks != nil || len(p.Words) == 0 {
		return s
	}
	tables, free := grids(p.Rules)
	s.rules = free
	used := make([]bool, len(p.Words))
	type placed struct {
		y    float32
		rows []*row
	}
	var found []placed
	for i, g := range tables {
		if rows := g.take(p.Words, used, i+1); rows != nil {
			found = append(found, placed{g.ys[0], rows})
		} else {
			for _, y := range g.ys {
				s.rules = append(s.rules, Rule{g.xs[0], y, g.xs[len(g.xs)-1], y})
			}
		}
	}
	rest := make([]Word, 0, len(p.Words))
	for i := range p.Words {
		if !used[i] {
			rest = append(rest, p.Words[i])
		}
	}
	rows := s.chunkRows(rest)
	region := 0
	for _, t := range found {
		n := 0
		for n < len(rows) && rows[n][0].y-0.3*rows[n][0].size < t.y {
			n++
		}
		region = s.order(rows[:n], region)
		rows = rows[n:]
		for _, r := range t.rows {
			s.items = append(s.items, item{row: r})
		}
	}
	s.order(rows, region)
	s.measure()
	return s
}

// chunkRows gathers words into rows of chunks.
func (s *sheet) chunkRows(words []Word) [][]chunk {
	slices.SortStableFunc(words, func(a, b Word) int { return cmp.Compare(a.Y, b.Y) })
	var out [][]chunk
	for len(words) > 0 {
		n := 1
		for n < len(words) && words[n].Y-words[n-1].Y < rowTolerance*max(words[n].Size, words[n-1].Size) && words[n].Y-words[0].Y < 0.6*max(words[0].Size, words[n].Size) {
			n++
		}
		run := words[:n:n]
		slices.SortStableFunc(run, func(a, b Word) int { return cmp.Compare(a.X0, b.X0) })
		out = append(out, cut(run))
		words = words[n:]
	}
	return out
}

// order turns rows of chunks into lines in reading order. It gives the number of the last region.
func (s *sheet) order(rows [][]chunk, region int) int {
	region++
	flow := region
	for i := 0; i < len(rows); {
		if n := s.unruled(rows[i:]); n > 0 {
			i += n
			region++
			flow = region
			continue
		}
		b, ok := columnsAt(rows, i)
		if !ok || !s.isColumns(rows, b) {
			s.add(newLine(joined(rows[i])), flow, false)
			i++
			continue
		}
		b.from = s.pullUp(rows, b, flow)
		mid := (b.x0 + b.x1) / 2
		for side := range 2 {
			region++
			for _, row := range rows[b.from:b.to] {
				var words []Word
				for _, c := range row {
					if left := (c.x0+c.x1)/2 < mid; left == (side == 0) {
						words = append(words, c.words...)
					}
				}
				if len(words) > 0 {
					s.add(newLine(words), region, true)
				}
			}
		}
		region++
		flow = region
		i = b.to
	}
	return region
}

// pullUp takes the rows above a block that stand over its right column only: a signature that begins higher than the
// list of recipients.
func (s *sheet) pullUp(rows [][]chunk, b block, flow int) int {
	from := b.from
	for from > 0 && len(s.items) > 0 {
		up, at := rows[from-1], rows[from]
		last := s.items[len(s.items)-1].line
		if up[0].x0 < (b.x0+b.x1)/2 || up[0].x0 < b.x0 || at[0].y-up[0].y > 2.2*up[0].size || last == nil || last.region != flow || last.y != lineY(up) {
			break
		}
		s.items = s.items[:len(s.items)-1]
		from--
	}
	return from
}

func lineY(row []chunk) float32 { return newLine(joined(row)).y }

// joined is the words of all chunks of a row.
func joined(row []chunk) []Word {
	if len(row) == 1 {
		return row[0].words
	}
	var words []Word
	for _, c := range row {
		words = append(words, c.words...)
	}
	return words
}

// add appends a line. The name of the nation is one line, however narrow its column is.
func (s *sheet) add(l *line, region int, column bool) {
	l.region, l.column = region, column
	if n := len(s.items); column && n > 0 && s.items[n-1].line != nil {
		prev := s.items[n-1].line
		if prev.region == region && isNation(prev.text+" "+l.text) && !isNation(prev.text) {
			prev.text += " " + l.text
			prev.x0, prev.x1 = min(prev.x0, l.x0), max(prev.x1, l.x1)
			return
		}
	}
	s.items = append(s.items, item{line: l})
}

func isNation(s string) bool {
	return len(s) < 80 && strings.EqualFold(normalize.Fold(s), "cong hoa xa hoi chu nghia viet nam")
}

// measure finds the margins of a page, its usual type and the distance of its lines.
func (s *sheet) measure() {
	sizes, leads, lefts := map[int]int{}, map[int]int{}, map[int]int{}
	var rights []float32
	var prev *line
	widest := float32(0)
	for _, it := range s.items {
		if it.line != nil && !it.line.column {
			widest = max(widest, it.line.x1-it.line.x0)
		}
	}
	for _, it := range s.items {
		l := it.line
		if l == nil {
			prev = nil
			continue
		}
		sizes[int(math.Round(float64(l.size*4)))] += len(l.text)
		if l.column {
			prev = nil
			continue
		}
		if l.x1-l.x0 > 0.6*widest {
			rights = append(rights, l.x1)
		}
		if prev != nil && prev.region == l.region && l.y > prev.y {
			if d := l.y - prev.y; d < 3*l.size {
				leads[int(math.Round(float64(d*2)))]++
			}
			if prev.x1-prev.x0 > 0.8*widest {
				lefts[int(math.Round(float64(l.x0)))]++
			}
		}
		prev = l
	}
	s.body = float32(mode(sizes)) / 4
	s.lead = float32(mode(leads)) / 2
	if len(rights) > 0 {
		slices.Sort(rights)
		s.right = rights[(len(rights)-1)*9/10]
	}
	s.full = len(rights)
	s.left = s.Width
	for _, it := range s.items {
		if l := it.line; l != nil && !l.column && lefts[int(math.Round(float64(l.x0)))] >= min(2, len(rights)) {
			s.left = min(s.left, l.x0)
		}
	}
	if s.left == s.Width {
		for _, it := range s.items {
			if l := it.line; l != nil && !l.column {
				s.left = min(s.left, l.x0)
			}
		}
	}
}

// fewLines is the number of wide lines from which a page shows its right margin.
const fewLines = 5

// measure gives pages of few lines the right margin of the others, and finds out whether first lines are set in:
// those that open with a label are, all over the document.
func (d *document) measure() {
	margin := map[float32]float32{} // by the width of the page
	for _, s := range d.pages {
		if s.full >= fewLines {
			margin[s.Width] = max(margin[s.Width], s.right)
		}
	}
	for _, s := range d.pages {
		if s.full < fewLines {
			if m, ok := margin[s.Width]; ok {
				s.right = max(s.right, m)
			} else {
				s.right = max(s.right, s.Width-s.left)
			}
		}
	}
	in, out := 0, 0
	for _, s := range d.pages {
		for _, it := range s.items {
			if l := it.line; l != nil && !l.column && l.text[0] != '(' && labelEnd(l.text) > 0 && l.x0 < s.left+90 {
				if l.x0 > s.left+indent {
					in++
				} else {
					out++
				}
			}
		}
	}
	for _, s := range d.pages {
		s.setIn = in >= 3 && in > 3*out
	}
}

// mode is the key with the highest count, the smaller key where two are even; 0 for none.
func mode(counts map[int]int) int {
	best, n := 0, 0
	for k, c := range counts {
		if c > n || c == n && k < best {
			best, n = k, c
		}
	}
	return best
}
