package ocr

import (
	"context"
	"image"
	"slices"
	"strings"
)

// A numbering stamp prints digits of its own height and weight, as a rule beside the line that they belong to: against
// the line they look like handwriting. What a hand does not do is keep them even among themselves. Shares are of the
// height of the digits.
const (
	leastStamped  = 0.75 // height, as a share of the height of the printed letters beside
	mostStamped   = 1.8
	unevenStamped = 0.045 // most difference of heights; of feet, from one straight line
	mostTurned    = 0.06  // slope of that line
	leastStroke   = 0.09
	mostStroke    = 0.25
	unevenStroke  = 1.3  // most ratio of the strokes of two digits
	unevenWidth   = 1.25 // most ratio of the widths of two digits, but for a 1
	leastWidth    = 0.42
	mostWidth     = 0.85
	leastHole     = 3 // dots
)

// stampScales are the sizes that stamped digits are read in; every reading must say the same.
var stampScales = []float64{0.85, 1, 1.25, 1.5}

// stampSure is the confidence of digits that all readings agree on; that of recognition says nothing of digits alone.
const stampSure = 0.8

// digitReader reads marks alone, as digits only: one text for each reading. Recognition told to find digits makes some
// of any mark, which differ by the size it is read in.
type digitReader func(marks []blob) (readings []string)

// holes are the numbers of holes that each digit has: a 4 may be open.
var holes = [10][]int{{1}, {0}, {0}, {0}, {0, 1}, {0}, {1}, {0}, {2}, {1}}

// stamped reads the digits of a numbering stamp: marks that are even among themselves, and that every reading of them
// alone gives as the same digits. It is empty for all else. One mark alone shows nothing of evenness and is never
// taken for stamped.
func (s *slots) stamped(found []blob, height int) string {
	if s.read == nil || len(found) < 2 || !s.even(found, height) {
		return ""
	}
	readings := s.read(found)
	if len(readings) == 0 || len(readings[0]) != len(found) || strings.Trim(readings[0], "0123456789") != "" {
		return ""
	}
	digits := readings[0]
	for _, r := range readings[1:] {
		if r != digits {
			return ""
		}
	}
	for i, m := range found {
		if !slices.Contains(holes[digits[i]-'0'], s.ink.holes(m)) {
			return ""
		}
	}
	if !evenWidths(digits, found) {
		return ""
	}
	return digits
}

// even reports whether marks have one height, one straight line that they stand on, and one weight of stroke.
func (s *slots) even(found []blob, height int) bool {
	least, most, thin, thick := found[0].h(), found[0].h(), 0.0, 0.0
	for i, m := range found {
		least, most = min(least, m.h()), max(most, m.h())
		stroke := s.ink.stroke(m)
		if i == 0 {
			thin, thick = stroke, stroke
		}
		thin, thick = min(thin, stroke), max(thick, stroke)
	}
	h := float64(most)
	slack := max(1, unevenStamped*h)
	if h < leastStamped*float64(height) || h > mostStamped*float64(height) || h-float64(least) > slack ||
		thin < leastStroke*h || thick > mostStroke*h || thick > unevenStroke*thin {
		return false
	}
	first, last := found[0], found[len(found)-1]
	slope := float64(last.y1-first.y1) / float64(last.x0+last.x1-first.x0-first.x1) * 2
	if len(found) == 2 {
		return abs(last.y1-first.y1) <= int(slack)
	}
	if max(slope, -slope) > mostTurned {
		return false
	}
	for _, m := range found {
		off := float64(m.y1-first.y1) - slope*float64(m.x0+m.x1-first.x0-first.x1)/2
		if max(off, -off) > slack {
			return false
		}
	}
	return true
}

// evenWidths reports whether the digits are as wide as printed ones are, and as each other; a 1 may be narrow.
func evenWidths(digits string, found []blob) bool {
	var widths []int
	for i, m := range found {
		share := float64(m.w()) / float64(m.h())
		if share > mostWidth || share < leastWidth && digits[i] != '1' {
			return false
		}
		if digits[i] == '1' {
			continue
		}
		widths = append(widths, m.w())
	}
	return len(widths) == 0 || float64(slices.Max(widths)) <= unevenWidth*float64(slices.Min(widths))
}

// stroke is about how thick the strokes of a mark are, in dots: the median over its ink of the shorter one of the two
// runs, level and upright, through a dot.
func (b bits) stroke(m blob) float64 {
	level, upright := make([]int, m.w()*m.h()), make([]int, m.w()*m.h())
	at := func(x, y int) bool { return b.on[(m.y0+y)*b.w+m.x0+x] == 1 }
	for y := range m.h() {
		for x := 0; x < m.w(); {
			n := 0
			for x+n < m.w() && at(x+n, y) {
				n++
			}
			for i := range n {
				level[y*m.w()+x+i] = n
			}
			x += max(n, 1)
		}
	}
	for x := range m.w() {
		for y := 0; y < m.h(); {
			n := 0
			for y+n < m.h() && at(x, y+n) {
				n++
			}
			for i := range n {
				upright[(y+i)*m.w()+x] = n
			}
			y += max(n, 1)
		}
	}
	var all []int
	for i, n := range level {
		if n > 0 {
			all = append(all, min(n, upright[i]))
		}
	}
	slices.Sort(all)
	return float64(all[len(all)/2])
}

// holes is the number of places inside a mark that are no ink.
func (b bits) holes(m blob) int {
	in := box{max(0, m.x0-1), max(0, m.y0-1), min(b.w, m.x1+1), min(b.h, m.y1+1)}
	paper := bits{w: in.w(), h: in.h(), on: make([]byte, in.w()*in.h())}
	for y := range paper.h {
		for x, v := range b.row(in.y0 + y)[in.x0:in.x1] {
			paper.on[y*paper.w+x] = 1 - v
		}
	}
	all, _ := paper.blobs(box{0, 0, paper.w, paper.h})
	n := 0
	for _, o := range all {
		if o.ink >= leastHole && o.x0 > 0 && o.y0 > 0 && o.x1 < paper.w && o.y1 < paper.h {
			n++
		}
	}
	return n
}

// digits reads marks of a page alone, as one line of digits, in several sizes.
func (e *Engine) digits(ctx context.Context, p *picture, marks []blob) (readings []string, err error) {
	part := marks[0].box
	for _, m := range marks[1:] {
		part = part.join(m.box)
	}
	crop := image.NewGray(image.Rect(0, 0, part.w()+2*margin, part.h()+2*margin))
	for i := range crop.Pix {
		crop.Pix[i] = 255
	}
	for _, m := range marks {
		for y := max(0, m.y0-1); y < min(p.Rect.Dy(), m.y1+1); y++ {
			x0, x1 := max(0, m.x0-1), min(p.Rect.Dx(), m.x1+1)
			copy(crop.Pix[(y-part.y0+margin)*crop.Stride+x0-part.x0+margin:], p.row(y)[x0:x1])
		}
	}
	for _, scale := range stampScales {
		words, err := e.tesseract(ctx, &picture{Gray: resize(crop, scale)}, oneLine, "tessedit_char_whitelist=0123456789")
		if err != nil {
			return nil, err
		}
		readings = append(readings, strings.ReplaceAll(textOf(words), " ", ""))
	}
	return readings, nil
}
