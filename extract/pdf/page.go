package pdf

import (
	"bytes"
	"cmp"
	"math"

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
	r = &reading{cut: cut, sealed: f.sealed, bad: f.lost}
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
func (p *painter) page(v leaf, n int) (info Page, sheet *layout.Page, err error) {
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
func (p *painter) box(v leaf) (r rect, ok bool) {
	var err error
	defer caught(&err)
	if r, ok = rectOf(v.cropBox); !ok {
		r, ok = rectOf(v.mediaBox)
	}
	return r, ok && finite(matrix{r.x0, r.y0, r.x1, r.y1}) && r.x1-r.x0 > 10 && r.y1-r.y0 > 10
}

func (p *painter) contents(v leaf) (err error) {
	defer caught(&err)
	p.state = state{ctm: unit, stretch: 1}
	p.run(p.file.stream(v.dict.Key("Contents")), v.resources, 0)
	return nil
}

func (p *painter) stamps(v leaf) (err error) {
	defer caught(&err)
	p.annotations(v.dict, unit)
	return nil
}
