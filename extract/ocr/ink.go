package ocr

// bits is a page in black and white: 1 is ink.
type bits struct {
	w, h int
	on   []byte
}

func (p *picture) bits(t byte) bits {
	b := bits{w: p.Rect.Dx(), h: p.Rect.Dy(), on: make([]byte, p.Rect.Dx()*p.Rect.Dy())}
	for y := range b.h {
		out := b.row(y)
		for x, v := range p.row(y) {
			if v < t {
				out[x] = 1
			}
		}
	}
	return b
}

func (b bits) row(y int) []byte { return b.on[y*b.w : (y+1)*b.w] }

// turned swaps rows and columns.
func (b bits) turned() bits {
	out := bits{w: b.h, h: b.w, on: make([]byte, len(b.on))}
	const tile = 32
	for y0 := 0; y0 < b.h; y0 += tile {
		for x0 := 0; x0 < b.w; x0 += tile {
			for y := y0; y < min(y0+tile, b.h); y++ {
				for x := x0; x < min(x0+tile, b.w); x++ {
					out.on[x*b.h+y] = b.on[y*b.w+x]
				}
			}
		}
	}
	return out
}

// box is a rectangle of dots; X1 and Y1 are outside it.
type box struct{ x0, y0, x1, y1 int }

func (b box) w() int { return b.x1 - b.x0 }
func (b box) h() int { return b.y1 - b.y0 }

func (b box) join(o box) box {
	return box{min(b.x0, o.x0), min(b.y0, o.y0), max(b.x1, o.x1), max(b.y1, o.y1)}
}

func (b box) holds(x, y int) bool { return x >= b.x0 && x < b.x1 && y >= b.y0 && y < b.y1 }

// run is a piece of a row that is all ink.
type run struct {
	y, x0, x1 int
	blob      int32 // its number, once settled
}

// blob is ink that hangs together.
type blob struct {
	box
	ink  int
	runs int // the number of its first run, for a look at all of them
}

// blobs finds the ink that hangs together inside a part of the page, over corners as well.
func (b bits) blobs(in box) ([]blob, []run) {
	var runs []run
	var parent []int32
	root := func(i int32) int32 {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	above, start := 0, 0 // the runs of the row above
	for y := in.y0; y < in.y1; y++ {
		above, start = start, len(runs)
		row := b.row(y)
		k := above
		for x := in.x0; x < in.x1; {
			if row[x] == 0 {
				x++
				continue
			}
			x0 := x
			for x < in.x1 && row[x] == 1 {
				x++
			}
			id := int32(len(runs))
			parent = append(parent, id)
			for k < start && runs[k].x1 < x0 {
				k++
			}
			for j := k; j < start && runs[j].x0 <= x; j++ {
				if a, c := root(int32(j)), root(id); a != c {
					parent[max(a, c)] = min(a, c)
				}
			}
			runs = append(runs, run{y: y, x0: x0, x1: x})
		}
	}
	var out []blob
	number := make([]int32, len(runs))
	for i := range runs {
		r := &runs[i]
		at := box{r.x0, r.y, r.x1, r.y + 1}
		top := root(int32(i))
		if int(top) == i {
			number[i] = int32(len(out))
			out = append(out, blob{box: at, runs: i})
		}
		r.blob = number[top]
		o := &out[r.blob]
		o.box = o.box.join(at)
		o.ink += r.x1 - r.x0
	}
	return out, runs
}

// whiten takes the ink of a run off the page, with the grey around it.
func (p *picture) whiten(r run, b bits) {
	for y := max(0, r.y-1); y < min(b.h, r.y+2); y++ {
		row, ink := p.row(y), b.row(y)
		for x := max(0, r.x0-1); x < min(b.w, r.x1+1); x++ {
			if y == r.y && x >= r.x0 && x < r.x1 || ink[x] == 0 {
				row[x] = 255
			}
		}
	}
}
