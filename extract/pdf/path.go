package pdf

import "math"

// path is the path that is being built, its straight lines in user space.
type path struct {
	segments []segment
	x, y     float64 // the current point
	sx, sy   float64 // where the subpath began
	boxes    []rect  // of "re", kept apart: a thin one is a line
}

// thin is the most points across that a filled rectangle may have to count as a line.
const thin = 3

// doPath carries out a path operator.
func (p *painter) doPath(op []byte, a []token) {
	t := &p.path
	switch string(op) {
	case "m":
		t.x, t.y = num(a, 0), num(a, 1)
		t.sx, t.sy = t.x, t.y
	case "l":
		p.segment(t.x, t.y, num(a, 0), num(a, 1))
		t.x, t.y = num(a, 0), num(a, 1)
	case "c":
		p.out.curves++
		t.x, t.y = num(a, 4), num(a, 5)
	case "v", "y":
		p.out.curves++
		t.x, t.y = num(a, 2), num(a, 3)
	case "h":
		p.segment(t.x, t.y, t.sx, t.sy)
		t.x, t.y = t.sx, t.sy
	case "re":
		if len(t.boxes) < mostSegments {
			x, y, w, h := num(a, 0), num(a, 1), num(a, 2), num(a, 3)
			t.boxes = append(t.boxes, rect{math.Min(x, x+w), math.Min(y, y+h), math.Max(x, x+w), math.Max(y, y+h)}.under(p.ctm))
		}
		t.x, t.y = num(a, 0), num(a, 1)
		t.sx, t.sy = t.x, t.y
	case "S", "s":
		p.finish(!p.whiteStroke, true)
	case "f", "F", "f*":
		p.finish(!p.white, false)
	case "B", "B*", "b", "b*":
		p.finish(!p.white || !p.whiteStroke, true)
	case "n":
		p.finish(false, false)
	}
}

// segment adds a straight line of the path.
func (p *painter) segment(x0, y0, x1, y1 float64) {
	if len(p.path.segments) >= mostSegments {
		return
	}
	a, b := p.ctm.apply(x0, y0)
	c, d := p.ctm.apply(x1, y1)
	p.path.segments = append(p.path.segments, segment{float32(a), float32(b), float32(c), float32(d)})
}

// finish ends the path, painted or not. Of a thin filled shape its axis is a line; of a wide one its sides are.
func (p *painter) finish(visible, stroked bool) {
	t := &p.path
	if visible && len(p.out.segments) < mostSegments {
		if !stroked {
			if box, ok := bounds(t.segments); ok {
				t.boxes = append(t.boxes, box)
				t.segments = t.segments[:0]
			}
		}
		p.out.segments = append(p.out.segments, t.segments...)
		for _, b := range t.boxes {
			p.out.segments = b.lines(p.out.segments)
		}
	}
	t.segments, t.boxes = t.segments[:0], t.boxes[:0]
}

// bounds is the box of a filled path of few straight lines that is thin one way.
func bounds(s []segment) (rect, bool) {
	if len(s) < 2 || len(s) > 6 {
		return rect{}, false
	}
	r := rect{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for _, g := range s {
		for _, q := range [][2]float32{{g.x0, g.y0}, {g.x1, g.y1}} {
			x, y := float64(q[0]), float64(q[1])
			r = rect{math.Min(r.x0, x), math.Min(r.y0, y), math.Max(r.x1, x), math.Max(r.y1, y)}
		}
	}
	return r, r.x1-r.x0 < thin || r.y1-r.y0 < thin
}

// lines appends the lines that a painted rectangle stands for.
func (r rect) lines(out []segment) []segment {
	x0, y0, x1, y1 := float32(r.x0), float32(r.y0), float32(r.x1), float32(r.y1)
	w, h := x1-x0, y1-y0
	switch {
	case w < thin && h < thin:
		return out
	case h < thin:
		return append(out, segment{x0, (y0 + y1) / 2, x1, (y0 + y1) / 2})
	case w < thin:
		return append(out, segment{(x0 + x1) / 2, y0, (x0 + x1) / 2, y1})
	}
	return append(out, segment{x0, y0, x1, y0}, segment{x0, y1, x1, y1}, segment{x0, y0, x0, y1}, segment{x1, y0, x1, y1})
}
