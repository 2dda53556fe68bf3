package ocr

import (
	"context"
	"image"
	"slices"
)

// row is a line of type in the block of a signature, in dots: what can be seen of it, and the height of its letters.
type row struct {
	box
	foot, height int
	top, end     int // of its band
}

// How the rows of a signature are told from strokes and pieces of a seal.
const (
	lettersInRow = 3    // at least; some hang together
	leastRow     = 2    // heights that they are wide
	leastCapital = 14   // dots
	mostCapital  = 34   // dots: type of 16 points
	sameFoot     = 4    // dots
	sameHeight   = 0.45 // most difference, as a share
	farInRow     = 3.0  // heights between two letters of a row
)

// rows finds the lines of type in a part of a page: letters of one size, side by side, that stand on one line.
func (b bits) rows(in box) []row {
	all, _ := b.blobs(in)
	all = slices.DeleteFunc(all, func(o blob) bool {
		return o.h() < leastCapital || o.h() > mostCapital*3/2 || o.w() > 2*mostCapital || o.w() < 3
	})
	slices.SortStableFunc(all, func(a, b blob) int { return a.x0 - b.x0 })
	var out []row
	used := make([]bool, len(all))
	for i := range all {
		if used[i] || all[i].h() > mostCapital {
			continue
		}
		best := []int(nil)
		// A first letter may be no letter: the longest row through any of its neighbours counts.
		group := []int{i}
		last, foot, top := all[i], all[i].y1, all[i].y0
		for j := i + 1; j < len(all); j++ {
			o := all[j]
			// A dot below hangs together with its letter at times: then their tops tell.
			level := abs(o.y1-foot) <= sameFoot || abs(o.y0-top) <= sameFoot && abs(o.y1-foot) <= 3*sameFoot
			if used[j] || !level || float64(o.x0-last.x1) > farInRow*float64(last.h()) ||
				float64(abs(o.h()-last.h())) > sameHeight*float64(max(o.h(), last.h())) {
				continue
			}
			group = append(group, j)
			last, foot, top = o, min(foot, o.y1), o.y0
		}
		if len(group) > len(best) {
			best = group
		}
		n := 0
		for _, j := range best {
			n += max(1, all[j].w()*5/(all[j].h()*4))
		}
		if n < lettersInRow {
			continue
		}
		var feet, heights []int
		r := row{box: all[i].box}
		for _, j := range best {
			used[j] = true
			r.box = r.join(all[j].box)
			feet, heights = append(feet, all[j].y1), append(heights, all[j].h())
		}
		slices.Sort(feet)
		slices.Sort(heights)
		r.foot, r.height = feet[len(feet)/4], heights[len(heights)*3/4]
		if r.w() < leastRow*r.height {
			continue
		}
		out = append(out, r)
	}
	return joinRows(out)
}

func abs(n int) int { return max(n, -n) }

// joinRows joins the pieces of rows that stand on one line, and orders the rows from the top.
func joinRows(rows []row) []row {
	slices.SortStableFunc(rows, func(a, b row) int { return a.foot - b.foot })
	var out []row
	for _, r := range rows {
		if n := len(out) - 1; n >= 0 && r.foot-out[n].foot < out[n].height/2 {
			if r.w() > out[n].w() {
				r.box = r.join(out[n].box)
				out[n] = r
			} else {
				out[n].box = out[n].join(r.box)
			}
			continue
		}
		out = append(out, r)
	}
	return out
}

// bands sets what is looked at of each row: room for the marks above and below its letters, but not for those of the
// rows next to it. Letters that hang together with others make a row seem too high: the lowest rows tell.
func bands(rows []row) {
	lowest := mostCapital
	for _, r := range rows {
		lowest = min(lowest, max(r.height, leastCapital*5/4))
	}
	for i := range rows {
		r := &rows[i]
		r.height = min(r.height, lowest*6/5)
		r.top, r.end = max(0, r.foot-r.height*7/4), r.foot+r.height/2
	}
	for i := 1; i < len(rows); i++ {
		above, r := &rows[i-1], &rows[i]
		if between := above.foot + above.height*3/10; r.top < between {
			r.top = min(between, r.foot-r.height*5/4)
			above.end = between
		}
	}
}

// band is what is looked at of a row between two places.
func (r row) band(x0, x1 int) box { return box{x0, r.top, x1, r.end} }

// strip is a row to recognise: from which picture, and between which places.
type strip struct {
	from   *picture
	row    row
	x0, x1 int
}

// readRows recognises rows alone, with white between them, at a scale. What stands between them is left out. The words
// of each strip come from the left.
func (e *Engine) readRows(ctx context.Context, strips []strip, scale float64) ([][]word, error) {
	return e.readStrips(ctx, strips, scale, uniformBlock)
}

// readRow recognises one row, whatever it looks like.
func (e *Engine) readRow(ctx context.Context, s strip) ([]word, error) {
	out, err := e.readStrips(ctx, []strip{s}, 1, oneLine)
	if err != nil {
		return nil, err
	}
	return out[0], nil
}

func (e *Engine) readStrips(ctx context.Context, strips []strip, scale float64, mode string) ([][]word, error) {
	h, w := margin, 0
	tops := make([]int, len(strips))
	for i, s := range strips {
		tops[i] = h
		h += s.row.band(s.x0, s.x1).h() + 2*margin
		w = max(w, s.x1-s.x0)
	}
	sheet := image.NewGray(image.Rect(0, 0, w+2*margin, h))
	for i := range sheet.Pix {
		sheet.Pix[i] = 255
	}
	for i, s := range strips {
		b := s.row.band(s.x0, s.x1)
		for y := range b.h() {
			if b.y0+y < s.from.Rect.Dy() {
				copy(sheet.Pix[(tops[i]+y)*sheet.Stride+margin:], s.from.row(b.y0 + y)[b.x0:b.x1])
			}
		}
	}
	if scale != 1 {
		sheet = resize(sheet, scale)
	}
	words, err := e.tesseract(ctx, &picture{Gray: sheet}, mode)
	if err != nil {
		return nil, err
	}
	out := make([][]word, len(strips))
	for _, w := range words {
		y := int(float64(w.y0+w.y1) / 2 / scale)
		for i, s := range strips {
			b := s.row.band(s.x0, s.x1)
			if y < tops[i] || y >= tops[i]+b.h() {
				continue
			}
			at := func(x, y int) (int, int) {
				return int(float64(x)/scale) - margin + b.x0, int(float64(y)/scale) - tops[i] + b.y0
			}
			w.x0, w.y0 = at(w.x0, w.y0)
			w.x1, w.y1 = at(w.x1, w.y1)
			w.base, w.size = float32(s.row.foot), float32(s.row.height)*3/2
			out[i] = append(out[i], w)
			break
		}
	}
	for i := range out {
		slices.SortStableFunc(out[i], func(a, b word) int { return a.x0 - b.x0 })
	}
	return out, nil
}
