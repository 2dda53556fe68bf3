package layout

import (
	"strings"

	"kehoach/normalize"
)

// How columns stand side by side, in ems.
const (
	chunkGap    = 1.1 // least gap between chunks of a row
	gutterStart = 1.2 // least gutter in the row that shows it
	gutterLeast = 0.6 // least gutter of the whole block
	farLeft     = 5   // most between rows of the left column
	farRight    = 15  // most between rows of the right column: the room for a signature
	tailPitch   = 2.0 // most between rows of the left column below the right one
)

// chunk is a run of words of one row without a wide gap.
type chunk struct {
	words  []Word
	x0, x1 float32
	y      float32
	size   float32
}

// cut parts the words of a row into chunks.
func cut(words []Word) []chunk {
	var out []chunk
	start := 0
	for i := 1; i <= len(words); i++ {
		if i < len(words) && words[i].X0-maxX1(words[start:i]) < chunkGap*max(words[i].Size, words[i-1].Size) {
			continue
		}
		run := words[start:i]
		c := chunk{words: run, x0: run[0].X0, x1: maxX1(run), y: run[0].Y}
		for k := range run {
			c.size = max(c.size, run[k].Size)
		}
		out = append(out, c)
		start = i
	}
	return out
}

func maxX1(words []Word) float32 {
	x := words[0].X1
	for i := range words {
		x = max(x, words[i].X1)
	}
	return x
}

// block is a run of rows with a gutter between two columns.
type block struct {
	from, to    int // rows
	x0, x1      float32
	left, right int // rows with a chunk on that side
	both        int
}

// columnsAt finds the block of two columns that begins at row i; ok is false where there is none.
func columnsAt(rows [][]chunk, i int) (b block, ok bool) {
	type gap struct{ x0, x1 float32 }
	var gaps []gap
	row := rows[i]
	for k := 1; k < len(row); k++ {
		gaps = append(gaps, gap{row[k-1].x1, row[k].x0})
	}
	if len(row) == 1 && i+1 < len(rows) && len(rows[i+1]) == 1 {
		a, c := row[0], rows[i+1][0]
		if c.y-a.y < 1.1*max(a.size, c.size) {
			if a.x0 > c.x1 {
				a, c = c, a
			}
			gaps = append(gaps, gap{a.x1, c.x0})
		}
	}
	for _, g := range gaps {
		if g.x1-g.x0 < gutterStart*row[0].size {
			continue
		}
		b := block{from: i, to: i, x0: g.x0, x1: g.x1}
		b.extend(rows)
		b.trim(rows)
		if b.left >= 2 && b.right >= 2 {
			return b, true
		}
	}
	return b, false
}

// extend takes the rows below while each of their chunks stands on one side of the gutter.
func (b *block) extend(rows [][]chunk) {
	lastL, lastR := float32(-1), float32(-1)
	for ; b.to < len(rows); b.to++ {
		x0, x1 := b.x0, b.x1
		l, r := false, false
		for _, c := range rows[b.to] {
			switch {
			case c.x1 <= x0 || c.x1 < x1 && (c.x0+c.x1)/2 < (b.x0+b.x1)/2:
				l, x0 = true, max(x0, c.x1)
			case c.x0 >= x1 || c.x0 > x0 && (c.x0+c.x1)/2 > (b.x0+b.x1)/2:
				r, x1 = true, min(x1, c.x0)
			default:
				return
			}
		}
		size, y := rows[b.to][0].size, rows[b.to][0].y
		if x1-x0 < gutterLeast*size ||
			l && lastL >= 0 && y-lastL > farLeft*size || r && lastR >= 0 && y-lastR > farRight*size {
			return
		}
		b.x0, b.x1 = x0, x1
		if l {
			b.left++
			lastL = y
		}
		if r {
			b.right++
			lastR = y
		}
		if l && r {
			b.both++
		}
	}
}

// trim gives back the rows below the shorter column that do not belong to the longer one.
func (b *block) trim(rows [][]chunk) {
	mid := (b.x0 + b.x1) / 2
	sides := func(k int) (l, r bool) {
		for _, c := range rows[k] {
			if (c.x0+c.x1)/2 < mid {
				l = true
			} else {
				r = true
			}
		}
		return l, r
	}
	lastL, lastR := b.from, b.from
	for k := b.from; k < b.to; k++ {
		l, r := sides(k)
		if l {
			lastL = k
		}
		if r {
			lastR = k
		}
	}
	end := b.to
	if lastR < lastL {
		prev := lastR
		for prev > b.from {
			if l, _ := sides(prev); l {
				break
			}
			prev--
		}
		for k := lastR + 1; k < b.to; k++ {
			a, c := rows[prev][0], rows[k][0]
			if c.y-a.y > tailPitch*a.size || c.size > 1.12*a.size || c.size < 0.88*a.size {
				end = k
				break
			}
			prev = k
		}
	}
	for k := end; k < b.to; k++ {
		b.left-- // only rows of the left column are given back
	}
	b.to = end
}

// isColumns reports whether a block is read column by column: a letterhead, a signature, or a page in two columns.
// Other blocks are lists and forms, which are read row by row.
func (s *sheet) isColumns(rows [][]chunk, b block) bool {
	head := s.Number == 1 && rows[b.from][0].y < 0.3*s.Height
	n := b.to - b.from
	wide, sizeL, sizeR := 0, float32(0), float32(0)
	mid := (b.x0 + b.x1) / 2
	for _, row := range rows[b.from:b.to] {
		for _, c := range row {
			if opensColumn(c.words) {
				return true
			}
			if c.x1-c.x0 > 0.3*s.Width {
				wide++
			}
			if (c.x0+c.x1)/2 < mid {
				sizeL = max(sizeL, c.size)
			} else {
				sizeR = max(sizeR, c.size)
			}
		}
	}
	return head || n >= 8 && wide*2 > n*2 || b.both*10 < n*6 || sizeL < 0.92*sizeR
}

// columnWords open the lines of a letterhead and of a signature (Decree 30/2020, Phụ lục I), folded.
var columnWords = []string{"cong hoa xa hoi", "doc lap -", "noi nhan", "tm.", "kt.", "tl.", "tuq.", "q.", "dang cong san viet nam"}

// opensColumn reports whether words open like a line of a letterhead or of a signature.
func opensColumn(words []Word) bool {
	var head strings.Builder
	for i := range words[:min(len(words), 5)] {
		if i > 0 {
			head.WriteByte(' ')
		}
		head.WriteString(words[i].Text)
	}
	f := normalize.Fold(head.String())
	for _, w := range columnWords {
		if strings.HasPrefix(f, w) {
			return true
		}
	}
	return false
}
