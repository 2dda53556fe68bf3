package ocr

import (
	"image"
	"math"
)

// How a page is set straight.
const (
	mostSkew  = 5.0  // degrees that are looked for
	leastSkew = 0.04 // degrees that are worth turning for: one dot over the width of a page
	cellDots  = 8    // width of the cells that the lines are looked for in; they are one dot high
	sidelong  = 1.6  // how much sharper lines must stand upright before the page is turned
)

// straighten turns a page so that its lines are level: by quarters where they are upright, and by the small angle of
// a sheet that lay askew. Whether it stands on its head only its words can tell.
func (p *picture) straighten() {
	t := p.threshold()
	level, angle := p.cells(t).sharpest()
	side := &picture{Gray: quarter(p.Gray), scale: p.scale}
	if sharp, a := side.cells(t).sharpest(); sharp > sidelong*level {
		p.Gray, angle = side.Gray, a
	}
	if math.Abs(angle) >= leastSkew {
		p.Gray = rotate(p.Gray, angle)
	}
}

// threshold is the shade that parts ink from paper best (Otsu's method): ink is darker.
func (p *picture) threshold() byte {
	var counts [256]int
	for y := range p.Rect.Dy() {
		for _, v := range p.row(y) {
			counts[v]++
		}
	}
	total, sum := 0, 0.0
	for v, n := range counts {
		total += n
		sum += float64(v) * float64(n)
	}
	best, at, below, belowSum := -1.0, 128, 0, 0.0
	last := 0 // between two peaks far apart any shade is as good: the middle is taken
	for v, n := range counts[:255] {
		below += n
		belowSum += float64(v) * float64(n)
		if below == 0 || below == total {
			continue
		}
		d := belowSum/float64(below) - (sum-belowSum)/float64(total-below)
		score := d * d * float64(below) * float64(total-below)
		switch {
		case score > best:
			best, at, last = score, v+1, v+1
		case score == best:
			last = v + 1
		}
	}
	return byte((at + last) / 2)
}

// cells are the places with ink on a grid that is fine across the lines and coarse along them, in dots.
type cells struct {
	w, h int
	at   [][2]int32
}

// edge is what is left out along the edges of a page: there a scanner leaves dark bars.
const edge = 16

func (p *picture) cells(t byte) cells {
	w, h := p.Rect.Dx(), p.Rect.Dy()
	c := cells{w: w, h: h}
	for y := edge; y < h-edge; y++ {
		row := p.row(y)
		for x := edge; x+cellDots <= w-edge; x += cellDots {
			ink := 0
			for _, shade := range row[x : x+cellDots] {
				if shade < t {
					ink++
				}
			}
			if ink >= cellDots/3 {
				c.at = append(c.at, [2]int32{int32(x + cellDots/2), int32(y)})
			}
		}
	}
	return c
}

// sharpest finds the angle, in degrees, at which the lines of a page stand out most, and how much they do.
func (c cells) sharpest() (best, angle float64) {
	if len(c.at) == 0 {
		return 0, 0
	}
	for a := -mostSkew; a <= mostSkew; a += 0.25 {
		if s := c.sharpness(a); s > best {
			best, angle = s, a
		}
	}
	for step := 0.125; step > 0.02; step /= 2 {
		for _, a := range [2]float64{angle - step, angle + step} {
			if s := c.sharpness(a); s > best {
				best, angle = s, a
			}
		}
	}
	return best, angle
}

// sharpness is how much the amount of ink changes from row to row, rows being tilted by an angle.
func (c cells) sharpness(angle float64) float64 {
	tilt := math.Tan(angle * math.Pi / 180)
	const apart = 3 // rows that are compared
	shift := math.Abs(tilt)*float64(c.w) + 1
	bins := make([]int32, int(float64(c.h)+2*shift)+1)
	for _, a := range c.at {
		bins[int(float64(a[1])-tilt*float64(a[0])+shift)]++
	}
	sum := 0.0
	for i := apart; i < len(bins); i++ {
		d := float64(bins[i] - bins[i-apart])
		sum += d * d
	}
	return sum
}

// quarter turns a picture to the right by a quarter.
func quarter(g *image.Gray) *image.Gray {
	w, h := g.Rect.Dx(), g.Rect.Dy()
	out := image.NewGray(image.Rect(0, 0, h, w))
	for y := range h {
		for x, v := range g.Pix[y*g.Stride:][:w] {
			out.Pix[x*out.Stride+h-1-y] = v
		}
	}
	return out
}

// half turns a picture upside down.
func half(g *image.Gray) *image.Gray {
	w, h := g.Rect.Dx(), g.Rect.Dy()
	out := image.NewGray(g.Rect)
	for y := range h {
		for x, v := range g.Pix[y*g.Stride:][:w] {
			out.Pix[(h-1-y)*out.Stride+w-1-x] = v
		}
	}
	return out
}

// rotate turns a picture so that lines which fall by an angle, in degrees, become level. Its size stays.
func rotate(g *image.Gray, angle float64) *image.Gray {
	sin, cos := math.Sincos(angle * math.Pi / 180)
	w, h := g.Rect.Dx(), g.Rect.Dy()
	mx, my := float64(w)/2, float64(h)/2
	out := image.NewGray(g.Rect)
	const one = 1 << 16
	dx, dy := int(cos*one), int(sin*one)
	for y := range h {
		// Of the dot at the left edge of the row, the place that it is taken from.
		fy := float64(y) - my
		u := int((mx - cos*mx - sin*fy) * one)
		v := int((my - sin*mx + cos*fy) * one)
		row := out.Pix[y*out.Stride:][:w]
		for x := range row {
			ux, vy := u>>16, v>>16
			if ux >= 0 && vy >= 0 && ux+1 < w && vy+1 < h {
				fx, fy := (u>>8)&255, (v>>8)&255
				at := vy*g.Stride + ux
				top := int(g.Pix[at])*(256-fx) + int(g.Pix[at+1])*fx
				low := int(g.Pix[at+g.Stride])*(256-fx) + int(g.Pix[at+g.Stride+1])*fx
				row[x] = byte((top*(256-fy) + low*fy) >> 16)
			} else {
				row[x] = 255
			}
			u, v = u+dx, v+dy
		}
	}
	return out
}
