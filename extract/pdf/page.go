package pdf

import (
	"bytes"
	"cmp"
	"math"

	"github.com/ledongthuc/pdf"

	"kehoach/extract/pdf/layout"
)

// Bounds of a document.
const (
	mostPages    = 5000
	deepestTree  = 64
	mostWords    = 1 << 22
	mostPainted  = 1 << 24 // letters of all pages
	mostOfAll    = 1 << 26 // operators of all pages
	headerWindow = 1024
)

// fromHeader cuts off what stands before the header; offsets count from there.
func fromHeader(data []byte) []byte {
	if i := bytes.Index(data[:min(len(data), headerWindow)], []byte("%PDF-")); i > 0 {
		return data[i:]
	}
	return data
}

// leaves lists the pages of a file in order. A node is visited once, so that loops end.
func (f *file) leaves() (pages []pdf.Value, cut bool) {
	seen := map[string]bool{}
	var walk func(v pdf.Value, depth int)
	walk = func(v pdf.Value, depth int) {
		if depth > deepestTree || len(pages) >= mostPages {
			cut = true
			return
		}
		kids := v.Key("Kids")
		if kids.Kind() != pdf.Array {
			if v.Kind() == pdf.Dict {
				pages = append(pages, v)
			}
			return
		}
		refs := references(kids)
		for i := 0; i < kids.Len() && !cut; i++ {
			if i < len(refs) {
				if seen[refs[i]] {
					continue
				}
				seen[refs[i]] = true
			}
			if kid, err := f.kid(kids, i); err == nil {
				walk(kid, depth+1)
			}
		}
	}
	walk(f.reader.Trailer().Key("Root").Key("Pages"), 0)
	return pages, cut
}

// kid is the ith member of an array; a damaged one is an error.
func (f *file) kid(kids pdf.Value, i int) (v pdf.Value, err error) {
	defer caught(&err)
	return kids.Index(i), nil
}

// references lists the members of an array as they are written, nil where some are no references.
func references(v pdf.Value) []string {
	l := lexer{src: []byte(v.String())}
	if t, ok := l.next(); !ok || t.kind != bracketTok {
		return nil
	}
	var out []string
	for range v.Len() {
		l.skip()
		start := l.pos
		l.value()
		if ref := l.src[start:l.pos]; bytes.HasSuffix(ref, []byte("R")) {
			out = append(out, string(ref))
			continue
		}
		return nil
	}
	return out
}

// inherited is the value of a key of a page or of the nodes above it.
func inherited(v pdf.Value, key string) pdf.Value {
	for range deepestTree {
		if x := v.Key(key); !x.IsNull() || v.Kind() != pdf.Dict {
			return x
		}
		v = v.Key("Parent")
	}
	return pdf.Value{}
}

// reading is a document whose pages have been painted.
type reading struct {
	pages  []Page
	sheets []*layout.Page
	bad    int  // pages with a fault
	cut    bool // there was more than is read
	sealed bool
}

// read paints all pages of a file.
func read(f *file) (r *reading, err error) {
	defer caught(&err)
	leaves, cut := f.leaves()
	if len(leaves) == 0 {
		return nil, errNoPages
	}
	r = &reading{cut: cut, sealed: f.sealed}
	p := &painter{file: f, fonts: &fonts{file: f, known: map[string]*font{}}, out: &painted{}}
	words, letters, ops := 0, 0, 0
	for i, v := range leaves {
		if words > mostWords || letters > mostPainted || ops > mostOfAll {
			r.cut = true
			break
		}
		p.reset()
		info, sheet, err := p.page(v, i+1)
		if err != nil {
			info.Err = err
			r.bad++
		}
		words, letters, ops = words+len(sheet.Words), letters+len(p.out.glyphs), ops+p.ops
		r.pages, r.sheets = append(r.pages, info), append(r.sheets, sheet)
	}
	return r, nil
}

// reset makes the painter ready for another page; its room is used again.
func (p *painter) reset() {
	*p.out = painted{glyphs: p.out.glyphs[:0], segments: p.out.segments[:0], images: p.out.images[:0]}
	p.stack, p.spans, p.path = p.stack[:0], p.spans[:0], path{segments: p.path.segments[:0], boxes: p.path.boxes[:0]}
	p.forms, p.ops, p.stamp, p.fault = 0, 0, false, nil
	p.file.fault = nil
}

// whole reports whether nothing was amiss; a nil reading is not. The object reader does not decrypt all files right
// and does not notice, so that a file that it decrypted is never taken as whole.
func (r *reading) whole() bool { return r != nil && r.bad == 0 && !r.sealed }

// better reports whether r read more than other.
func (r *reading) better(other *reading) bool {
	if other == nil {
		return true
	}
	return r.letters() > other.letters() || r.letters() == other.letters() && r.whole()
}

func (r *reading) letters() (n int) {
	for i := range r.pages {
		n += r.pages[i].Letters + r.pages[i].Unseen
	}
	return n
}

// page paints one page. What was painted before a fault is kept.
func (p *painter) page(v pdf.Value, n int) (info Page, sheet *layout.Page, err error) {
	box := rect{0, 0, 595, 842}
	if r, ok := p.box(v); ok {
		box = r
	}
	err = p.contents(v)
	err = cmp.Or(err, p.stamps(v), p.fault, p.file.fault)
	turn := p.out.turn()
	view := viewOf(box, turn)
	info = Page{Number: n, Width: view.width, Height: view.height, Missing: p.out.missing, Curves: p.out.curves, Valid: 1}
	sheet = &layout.Page{Number: n, Width: view.width, Height: view.height}
	seen := p.seen(&view, false)
	for i := range seen {
		if !seen[i].Blank {
			info.Letters++
			if seen[i].Stamp {
				info.Stamped++
			}
		}
	}
	info.Unseen = p.out.unseen()
	if info.Unseen > 0 && info.Letters < info.Unseen/4 {
		seen = p.seen(&view, true)
	}
	sheet.Words = layout.Words(seen)
	sheet.Rules = make([]layout.Rule, 0, len(p.out.segments))
	for _, s := range p.out.segments {
		sheet.Rules = append(sheet.Rules, view.rule(s))
	}
	covered := 0.0
	for _, r := range p.out.images {
		covered += r.within(box).area()
	}
	if a := box.area(); a > 0 {
		info.Images = float32(math.Min(covered/a, 1))
	}
	p.decide(&info, sheet)
	return info, sheet, err
}

// box is the part of the page that is shown.
func (p *painter) box(v pdf.Value) (r rect, ok bool) {
	var err error
	defer caught(&err)
	if r, ok = rectOf(inherited(v, "CropBox")); !ok {
		r, ok = rectOf(inherited(v, "MediaBox"))
	}
	return r, ok && finite(matrix{r.x0, r.y0, r.x1, r.y1}) && r.x1-r.x0 > 10 && r.y1-r.y0 > 10
}

func (p *painter) contents(v pdf.Value) (err error) {
	defer caught(&err)
	p.state = state{ctm: unit, stretch: 1}
	p.run(p.file.stream(v.Key("Contents")), inherited(v, "Resources"), 0)
	return nil
}

func (p *painter) stamps(v pdf.Value) (err error) {
	defer caught(&err)
	p.annotations(v, unit)
	return nil
}

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
