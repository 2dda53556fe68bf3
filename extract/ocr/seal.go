package ocr

import (
	"math"
	"slices"
)

// The seal of a body is a round one of 34 to 42 mm with circles along its edge and around its middle (Circular
// 07/2010/TT-BCA). These are its sizes in dots, with room for pages that were scaled.
const (
	leastRadius = 110 // of the outermost circle
	mostRadius  = 190
	leastCircle = 70   // radius of an inner circle
	covered     = 0.55 // of a circle that must be ink
	leastShare  = 0.6  // of the outer radius: circles further in are the emblem's
	wobble      = 9    // dots that a circle may leave its radius by
	houghCell   = 2
	slopeReach  = 5
	leastPart   = 60    // dots that a piece of a circle is long, at least: letters have no vote
	mostVotes   = 40000 // dots whose votes are counted
)

// seal is where a seal was pressed, with the radii of its circles in dots.
type seal struct {
	x, y    float64
	circles []float64
}

// findSeal finds the seal whose middle lies in a part of the page; one without circles is none. Dots at an edge of
// ink vote for the places that they look at: those of a circle for its middle.
func (b bits) findSeal(in box) seal {
	in = box{max(slopeReach, in.x0), max(slopeReach, in.y0), min(b.w-slopeReach-1, in.x1), min(b.h-slopeReach-1, in.y1)}
	around := box{max(slopeReach, in.x0-mostRadius), max(slopeReach, in.y0-mostRadius), min(b.w-slopeReach-1, in.x1+mostRadius), min(b.h-slopeReach-1, in.y1+mostRadius)}
	if in.w() < houghCell || in.h() < houghCell {
		return seal{}
	}
	w, h := in.w()/houghCell+1, in.h()/houghCell+1
	votes := make([]int32, w*h)
	type dot struct{ x, y, dx, dy float64 }
	var edges []dot
	blobs, runs := b.blobs(around)
	for _, r := range runs {
		if o := &blobs[r.blob]; max(o.w(), o.h()) < leastPart {
			continue
		}
		row := b.row(r.y)
		for x := r.x0; x < r.x1; x++ {
			if row[x-1] == 1 && row[x+1] == 1 && b.row(r.y - 1)[x] == 1 && b.row(r.y + 1)[x] == 1 {
				continue
			}
			gx, gy := b.slope(x, r.y)
			if n := math.Hypot(gx, gy); n > 3 {
				edges = append(edges, dot{float64(x), float64(r.y), gx / n, gy / n})
			}
		}
	}
	step := len(edges)/mostVotes + 1
	for i := 0; i < len(edges); i += step {
		d := edges[i]
		for _, side := range [2]float64{1, -1} {
			for r := float64(leastCircle); r <= mostRadius; r += houghCell {
				x, y := int(d.x+side*r*d.dx)-in.x0, int(d.y+side*r*d.dy)-in.y0
				if x >= 0 && y >= 0 && x < in.w() && y < in.h() {
					votes[y/houghCell*w+x/houghCell]++
				}
			}
		}
	}
	best, at := int32(0), 0
	for y := 1; y < h-1; y++ {
		for x := 1; x < w-1; x++ {
			sum := int32(0)
			for v := -1; v <= 1; v++ {
				for u := -1; u <= 1; u++ {
					sum += votes[(y+v)*w+x+u]
				}
			}
			if sum > best {
				best, at = sum, y*w+x
			}
		}
	}
	return b.circlesAround(float64(in.x0+at%w*houghCell), float64(in.y0+at/w*houghCell))
}

// slope is how the ink grows around a dot.
func (b bits) slope(x, y int) (gx, gy float64) {
	for v := -slopeReach; v <= slopeReach; v++ {
		row := b.row(y + v)
		for u := -slopeReach; u <= slopeReach; u++ {
			if row[x+u] == 1 && u*u+v*v <= slopeReach*slopeReach+1 { // as far in all directions
				gx += float64(u)
				gy += float64(v)
			}
		}
	}
	return gx, gy
}

// circlesAround finds the circles around a place, and the place's own exact position.
func (b bits) circlesAround(x, y float64) seal {
	best, s := 0.0, seal{}
	for _, reach := range [2]float64{8, 2} {
		step := reach / 4
		for dy := -reach; dy <= reach; dy += step {
			for dx := -reach; dx <= reach; dx += step {
				for r := float64(leastRadius); r <= mostRadius; r++ {
					if c := b.coverage(x+dx, y+dy, r); c > best {
						best, s = c, seal{x: x + dx, y: y + dy}
					}
				}
			}
		}
		x, y = s.x, s.y
	}
	if best < covered {
		return seal{}
	}
	shares := map[int]float64{}
	for r := leastCircle; r <= mostRadius; r++ {
		shares[r] = b.coverage(s.x, s.y, float64(r))
	}
	for r := mostRadius; r >= leastCircle; r-- {
		if c := shares[r]; float64(r) > leastShare*s.outer() && c >= covered && c >= shares[r-1] && c >= shares[r+1] && (len(s.circles) == 0 || s.circles[len(s.circles)-1]-float64(r) > wobble/2) {
			s.circles = append(s.circles, float64(r))
		}
	}
	return s
}

// coverage is the share of a circle that is ink.
func (b bits) coverage(x, y, r float64) float64 {
	const steps = 180
	n := 0
	for i := range steps {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / steps)
		if b.ink(x+r*cos, y+r*sin) {
			n++
		}
	}
	return float64(n) / steps
}

func (b bits) ink(x, y float64) bool {
	u, v := int(x+0.5), int(y+0.5)
	return u >= 0 && v >= 0 && u < b.w && v < b.h && b.on[v*b.w+u] == 1
}

// cut is a piece of a circle that was taken off, across its line: from the inside to the outside.
type cut struct {
	angle, in, out float64
}

// lift takes the circles of a seal off a page, but where something crosses them, and gives what it took.
func (s seal) lift(p *picture, b bits) []cut {
	var cuts []cut
	for _, r := range s.circles {
		cuts = append(cuts, s.liftCircle(p, b, r)...)
	}
	return cuts
}

// mend draws the strokes again that crossed a circle aslant: they end on both sides of it.
func (s seal) mend(p *picture, b bits, cuts []cut) {
	at := func(angle, r float64) (x, y float64) {
		sin, cos := math.Sincos(angle)
		return s.x + r*cos, s.y + r*sin
	}
	for _, c := range cuts {
		step := 1 / c.out
		n := int(c.out-c.in) + 1
		for k := -n; k <= n; k++ {
			x0, y0 := at(c.angle-float64(k)*step, c.in-2)
			x1, y1 := at(c.angle+float64(k)*step, c.out+2)
			if !b.ink(x0, y0) || !b.ink(x1, y1) {
				continue
			}
			steps := 2 * int(math.Hypot(x1-x0, y1-y0)+1)
			for i := 0; i <= steps; i++ {
				f := float64(i) / float64(steps)
				p.Pix[int(y0+f*(y1-y0)+0.5)*p.Stride+int(x0+f*(x1-x0)+0.5)] = 0
			}
		}
	}
}

// liftCircle follows a circle, which no press prints perfectly, along its ink, and whitens it where it is as thin as
// it mostly is.
func (s seal) liftCircle(p *picture, b bits, r float64) []cut {
	steps := int(2 * math.Pi * r * 1.5)
	const wide = 2*wobble + 1
	cost := make([][wide]float32, steps)
	from := make([][wide]int8, steps)
	at := func(i, o int) (x, y, dx, dy float64) {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(steps))
		d := r + float64(o-wobble)
		return s.x + d*cos, s.y + d*sin, cos, sin
	}
	for i := range steps {
		for o := range wide {
			here := float32(math.Abs(float64(o-wobble))) * 0.02
			if x, y, _, _ := at(i, o); !b.ink(x, y) {
				here++
			}
			if i == 0 {
				cost[i][o] = here
				continue
			}
			cost[i][o] = here + cost[i-1][o]
			for _, q := range [2]int{o - 1, o + 1} {
				if q >= 0 && q < wide && here+cost[i-1][q]+0.6 < cost[i][o] {
					cost[i][o], from[i][o] = here+cost[i-1][q]+0.6, int8(q-o)
				}
			}
		}
	}
	o := 0
	for k := range wide {
		if cost[steps-1][k] < cost[steps-1][o] {
			o = k
		}
	}
	type piece struct {
		i, o, in, out int
	}
	var pieces []piece
	var widths []int
	for i := steps - 1; i >= 0; i-- {
		x, y, dx, dy := at(i, o)
		if b.ink(x, y) {
			in, out := 0, 0
			for in < 40 && b.ink(x-float64(in+1)*dx, y-float64(in+1)*dy) {
				in++
			}
			for out < 40 && b.ink(x+float64(out+1)*dx, y+float64(out+1)*dy) {
				out++
			}
			pieces = append(pieces, piece{i, o, in, out})
			widths = append(widths, in+out+1)
		}
		o += int(from[i][o])
	}
	if len(widths) == 0 {
		return nil
	}
	var cuts []cut
	slices.Sort(widths)
	most := widths[len(widths)/2]*3/2 + 2
	for _, c := range pieces {
		if c.in+c.out+1 > most {
			continue
		}
		d := r + float64(c.o-wobble)
		cuts = append(cuts, cut{2 * math.Pi * float64(c.i) / float64(steps), d - float64(c.in), d + float64(c.out)})
		x, y, dx, dy := at(c.i, c.o)
		for k := -c.in - 1; k <= c.out+1; k++ {
			u, v := int(x+float64(k)*dx+0.5), int(y+float64(k)*dy+0.5)
			if u >= 0 && v >= 0 && u < b.w && v < b.h {
				p.Pix[v*p.Stride+u] = 255
			}
		}
	}
	return cuts
}

// outer is the radius of the outermost circle; 0 where there is none.
func (s seal) outer() float64 {
	if len(s.circles) == 0 {
		return 0
	}
	return s.circles[0]
}
