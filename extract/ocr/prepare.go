package ocr

import "kehoach/extract/pdf/layout"

// What is no letter, in dots at Resolution.
const (
	dust       = 2   // side of what is never a sign
	speck      = 6   // side of what is a sign only beside a letter
	letter     = 9   // least side of a letter
	near       = 14  // of a letter
	leastLine  = 90  // length of a ruled line
	leastPiece = 40  // of a piece of one
	lineGap    = 2   // inside a piece
	thick      = 8   // of a ruled line, at most
	thinShare  = 0.8 // of a piece that must be no thicker
	joint      = 12  // gap between pieces of one line
)

// prepare takes specks and ruled lines off the page, and gives the lines in points.
func (p *picture) prepare() []layout.Rule {
	blackAndWhite := p.twoTone
	p.evenOut()
	t := p.threshold()
	ink := p.bits(t)
	level := ink.lines()
	turned := ink.turned()
	upright := turned.lines()
	var rules []layout.Rule
	for _, l := range level {
		rules = append(rules, p.rule(l.box))
		for _, r := range l.pieces {
			p.erase(ink, turned, r, false)
		}
	}
	for _, l := range upright {
		rules = append(rules, p.rule(box{l.y0, l.x0, l.y1, l.x1}))
		for _, r := range l.pieces {
			p.erase(turned, ink, r, true)
		}
	}
	p.dust(p.bits(t))
	if blackAndWhite {
		p.soften()
	}
	return rules
}

// soften blurs a page a little. The hard edges of a scan in black and white mislead recognition.
func (p *picture) soften() {
	w, h := p.Rect.Dx(), p.Rect.Dy()
	above, here := make([]int, w), make([]int, w)
	sums := func(y int, into []int) { // of three dots beside each other, the middle one twice
		row := p.row(y)
		for x := 1; x < w-1; x++ {
			into[x] = int(row[x-1]) + 2*int(row[x]) + int(row[x+1])
		}
	}
	below := make([]int, w)
	sums(0, above)
	sums(1, here)
	for y := 1; y < h-1; y++ {
		sums(y+1, below)
		row := p.row(y)
		for x := 1; x < w-1; x++ {
			row[x] = byte((above[x] + 2*here[x] + below[x]) / 16)
		}
		above, here, below = here, below, above
	}
}

// rule is a line of the page in points: level or upright, through its middle.
func (p *picture) rule(b box) layout.Rule {
	x0, y0, x1, y1 := float32(b.x0)*p.scale, float32(b.y0)*p.scale, float32(b.x1)*p.scale, float32(b.y1)*p.scale
	if b.w() > b.h() {
		y := (y0 + y1) / 2
		return layout.Rule{X0: x0, Y0: y, X1: x1, Y1: y}
	}
	x := (x0 + x1) / 2
	return layout.Rule{X0: x, Y0: y0, X1: x, Y1: y1}
}

// ruled is a ruled line with the pieces of rows that it was found by.
type ruled struct {
	box
	pieces []run
}

// lines finds the level lines: long pieces of rows with hardly anything above and below, and what goes on with them.
func (b bits) lines() []ruled {
	var found []ruled
	var open []int // lines that may go on in the next rows
	for y := range b.h {
		row := b.row(y)
		for x := 0; x < b.w; {
			if row[x] == 0 {
				x++
				continue
			}
			x0, end, gap := x, x, 0
			for x < b.w && gap <= lineGap {
				if row[x] == 1 {
					end, gap = x+1, 0
				} else {
					gap++
				}
				x++
			}
			if end-x0 < leastPiece || !b.thin(y, x0, end) {
				continue
			}
			piece := run{y: y, x0: x0, x1: end}
			at := box{x0, y, end, y + 1}
			into := -1
			kept := open[:0]
			for _, i := range open {
				f := &found[i]
				if y-f.y1 > 3 {
					continue
				}
				kept = append(kept, i)
				if into < 0 && x0 < f.x1+joint && end > f.x0-joint && f.join(at).h() <= 3*thick {
					f.box, into = f.join(at), i
					f.pieces = append(f.pieces, piece)
				}
			}
			open = kept
			if into < 0 {
				open = append(open, len(found))
				found = append(found, ruled{at, []run{piece}})
			}
		}
	}
	out := found[:0]
	for _, f := range found {
		if f.w() >= leastLine {
			out = append(out, f)
		}
	}
	return out
}

// thin reports whether most of a piece of a row is part of something thin.
func (b bits) thin(y, x0, x1 int) bool {
	const step = 4
	n, thinOnes := 0, 0
	for x := x0; x < x1; x += step {
		n++
		high := 0
		for v := y; v >= 0 && b.on[v*b.w+x] == 1 && high <= thick; v-- {
			high++
		}
		for v := y + 1; v < b.h && b.on[v*b.w+x] == 1 && high <= thick; v++ {
			high++
		}
		if high <= thick {
			thinOnes++
		}
	}
	return float64(thinOnes) >= thinShare*float64(n)
}

// erase takes a piece of a line off the page, but where something thick crosses it. swapped says that b has rows and
// columns swapped, as against the page.
func (p *picture) erase(b, _ bits, r run, swapped bool) {
	for x := r.x0; x < r.x1; x++ {
		lo, hi := r.y, r.y
		for lo > 0 && b.on[(lo-1)*b.w+x] == 1 && r.y-lo <= thick {
			lo--
		}
		for hi+1 < b.h && b.on[(hi+1)*b.w+x] == 1 && hi-r.y <= thick {
			hi++
		}
		if hi-lo+1 > thick {
			continue
		}
		for y := max(0, lo-1); y <= min(b.h-1, hi+1); y++ {
			if swapped {
				p.Pix[x*p.Stride+y] = 255
			} else {
				p.Pix[y*p.Stride+x] = 255
			}
		}
	}
}

// dust takes specks off the page: what is tiny, and what is small and far from every letter.
func (p *picture) dust(b bits) {
	blobs, runs := b.blobs(box{0, 0, b.w, b.h})
	// A coarse map of where letters are.
	mw, mh := b.w/near+3, b.h/near+3
	letters := make([]bool, mw*mh)
	for i := range blobs {
		o := &blobs[i]
		if max(o.w(), o.h()) < letter {
			continue
		}
		for y := o.y0 / near; y <= (o.y1-1)/near; y++ {
			for x := o.x0 / near; x <= (o.x1-1)/near; x++ {
				letters[(y+1)*mw+x+1] = true
			}
		}
	}
	lone := func(o *blob) bool {
		for y := o.y0 / near; y <= (o.y1-1)/near+2; y++ {
			for x := o.x0 / near; x <= (o.x1-1)/near+2; x++ {
				if letters[y*mw+x] {
					return false
				}
			}
		}
		return true
	}
	drop := make([]bool, len(blobs))
	for i := range blobs {
		o := &blobs[i]
		side := max(o.w(), o.h())
		drop[i] = side <= dust || side <= speck && lone(o)
	}
	for _, r := range runs {
		if drop[r.blob] {
			p.whiten(r, b)
		}
	}
}

// How unevenly a page may be lit.
const (
	patch    = 64   // side of the patches whose paper is compared
	evenly   = 0.85 // of the lightest paper: nothing needs to be done
	darkest  = 40   // paper darker than that is ink, or no paper
	fromPart = 0.9  // of a patch's dots, from the darkest: this one is paper
)

// evenOut makes the paper of a page that was photographed equally white.
func (p *picture) evenOut() {
	w, h := (p.Rect.Dx()+patch-1)/patch, (p.Rect.Dy()+patch-1)/patch
	if w < 2 || h < 2 {
		return
	}
	paper := make([]int, w*h)
	lightest, uneven := 0, 0
	for y := range h {
		for x := range w {
			paper[y*w+x] = p.paper(x*patch, y*patch)
			lightest = max(lightest, paper[y*w+x])
		}
	}
	for _, v := range paper {
		if float64(v) < evenly*float64(lightest) {
			uneven++
		}
	}
	if uneven*20 < w*h {
		return
	}
	at := func(x, y int) int { return max(darkest, paper[min(max(y, 0), h-1)*w+min(max(x, 0), w-1)]) }
	for y := range p.Rect.Dy() {
		row := p.row(y)
		cy := y*2 - patch
		v0, fy := floorDiv(cy, 2*patch)
		for x := range row {
			cx := x*2 - patch
			u0, fx := floorDiv(cx, 2*patch)
			top := at(u0, v0)*(2*patch-fx) + at(u0+1, v0)*fx
			low := at(u0, v0+1)*(2*patch-fx) + at(u0+1, v0+1)*fx
			local := (top*(2*patch-fy) + low*fy) / (4 * patch * patch)
			row[x] = byte(min(255, int(row[x])*255/max(1, local)))
		}
	}
}

// floorDiv is the quotient rounded down, and what remains.
func floorDiv(a, b int) (q, r int) {
	q, r = a/b, a%b
	if r < 0 {
		q, r = q-1, r+b
	}
	return q, r
}

// paper is the shade of the paper of one patch.
func (p *picture) paper(x0, y0 int) int {
	var counts [256]int
	n := 0
	for y := y0; y < min(y0+patch, p.Rect.Dy()); y++ {
		for _, v := range p.row(y)[x0:min(x0+patch, p.Rect.Dx())] {
			counts[v]++
			n++
		}
	}
	for v, sum := 255, 0; v > 0; v-- {
		if sum += counts[v]; float64(sum) >= (1-fromPart)*float64(n) {
			return v
		}
	}
	return 0
}
