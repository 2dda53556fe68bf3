package pdf

import "kehoach/extract/pdf/layout"

// turn is how many quarters most letters are turned to the left.
func (out *painted) turn() int {
	var votes [4]int
	for i := range out.glyphs {
		if g := &out.glyphs[i]; !g.blank && !g.stamp {
			votes[g.turn()]++
		}
	}
	best := 0
	for i, n := range votes {
		if n > votes[best] {
			best = i
		}
	}
	return best
}

// turn is how many quarters a letter is turned to the left.
func (g *glyph) turn() int {
	dx, dy := g.dx, g.dy
	switch {
	case dx >= dy && dx >= -dy:
		return 0
	case dy > dx && dy > -dx:
		return 1
	case dx < dy && dx <= -dy || dx < 0 && dx <= dy:
		return 2
	}
	return 3
}

func (out *painted) unseen() (n int) {
	for i := range out.glyphs {
		if g := &out.glyphs[i]; g.unseen && !g.blank {
			n++
		}
	}
	return n
}

// view turns points of the page into points from the top left corner of the upright page.
type view struct {
	box           rect
	quarters      int
	width, height float32
}

func viewOf(box rect, quarters int) view {
	w, h := float32(box.x1-box.x0), float32(box.y1-box.y0)
	if quarters&1 == 1 {
		w, h = h, w
	}
	return view{box, quarters, w, h}
}

func (v *view) point(x, y float32) (float32, float32) {
	left, low, right, high := x-float32(v.box.x0), y-float32(v.box.y0), float32(v.box.x1)-x, float32(v.box.y1)-y
	switch v.quarters {
	case 1: // text goes up the page
		return low, left
	case 2:
		return right, low
	case 3:
		return high, right
	}
	return left, high
}

func (v *view) rule(s segment) layout.Rule {
	x0, y0 := v.point(s.x0, s.y0)
	x1, y1 := v.point(s.x1, s.y1)
	return layout.Rule{X0: x0, Y0: y0, X1: x1, Y1: y1}
}

// seen gives the letters of the page that a reader sees, or (all) those of an invisible layer as well. Letters beside
// the page and slanted ones, of watermarks, are left out. What it gives is good until its next call.
func (p *painter) seen(v *view, all bool) []layout.Glyph {
	out, fonts := p.letters[:0], p.fonts.names
	for i := range p.out.glyphs {
		g := &p.out.glyphs[i]
		if g.unseen && !all || g.size < 0.5 {
			continue
		}
		x0, y0 := v.point(g.x, g.y)
		x1, y1 := v.point(g.x+g.dx, g.y+g.dy)
		if x0 < -2 || y0 < -2 || x0 > v.width+2 || y0 > v.height+2 {
			continue
		}
		l := layout.Glyph{Text: g.text, X0: min(x0, x1), X1: max(x0, x1), Y: y0, Size: g.size, Blank: g.blank, Stamp: g.stamp}
		if int(g.font) < len(fonts) {
			l.Font = fonts[g.font]
		}
		dx, dy := x1-x0, y1-y0
		switch {
		case abs32(dy) <= 0.1*abs32(dx) || dx == 0 && dy == 0:
			if dx < 0 {
				l.Turned = 2
			}
		case abs32(dx) <= 0.1*abs32(dy):
			l.Turned = 1
			if dy > 0 {
				l.Turned = -1
			}
		default:
			continue
		}
		out = append(out, l)
	}
	p.letters = out
	return out
}

func abs32(x float32) float32 {
	if x < 0 {
		return -x
	}
	return x
}
