package pdf

import (
	"github.com/ledongthuc/pdf"
)

// paintObject paints an external object: a form by its own stream, an image by its place.
func (p *painter) paintObject(r *resources, name string, depth int) {
	x := r.key("XObject", name)
	switch x.Key("Subtype").Name() {
	case "Image":
		p.image()
	case "Form":
		if m, _ := matrixOf(x.Key("Matrix")); true {
			p.form(x, m.then(p.ctm), r.dict, depth+1)
		}
	}
}

// image notes the place of an image: the unit square under the matrix.
func (p *painter) image() {
	if len(p.out.images) < mostForms {
		p.out.images = append(p.out.images, rect{0, 0, 1, 1}.under(p.ctm))
	}
}

// form paints a form under a matrix. Resources that it does not have are those around it.
func (p *painter) form(x pdf.Value, ctm matrix, around pdf.Value, depth int) {
	if p.forms++; depth > deepest || p.forms > mostForms || !finite(ctm) {
		return
	}
	res := x.Key("Resources")
	if res.Kind() != pdf.Dict {
		res = around
	}
	saved, tm, tlm := p.state, p.tm, p.tlm
	p.ctm = ctm
	p.run(p.file.stream(x), res, depth)
	p.state, p.tm, p.tlm = saved, tm, tlm
}

// Bits of an annotation's flags.
const (
	hidden = 1 << 1
	noView = 1 << 5
)

// mostAnnotations bounds the annotations of a page.
const mostAnnotations = 2000

// annotations paints the appearances of a page's annotations: what a signature stamps on the page, and what is
// filled into its form. Each is placed as ISO 32000, 12.5.5, says: the box of the appearance goes into the rectangle
// of the annotation.
func (p *painter) annotations(page pdf.Value, base matrix) {
	list := page.Key("Annots")
	for i := 0; i < min(list.Len(), mostAnnotations); i++ {
		a := list.Index(i)
		if a.Key("F").Int64()&(hidden|noView) != 0 || a.Key("Subtype").Name() == "Popup" {
			continue
		}
		look := a.Key("AP").Key("N")
		if look.Kind() == pdf.Dict {
			look = look.Key(a.Key("AS").Name())
		}
		if look.Kind() != pdf.Stream {
			continue
		}
		place, ok1 := rectOf(a.Key("Rect"))
		box, ok2 := rectOf(look.Key("BBox"))
		if !ok1 || !ok2 {
			continue
		}
		m, _ := matrixOf(look.Key("Matrix"))
		box = box.under(m)
		if box.x1 <= box.x0 || box.y1 <= box.y0 {
			continue
		}
		sx, sy := (place.x1-place.x0)/(box.x1-box.x0), (place.y1-place.y0)/(box.y1-box.y0)
		fit := matrix{sx, 0, 0, sy, place.x0 - box.x0*sx, place.y0 - box.y0*sy}
		p.state = state{ctm: base, stretch: 1}
		p.stack, p.spans = p.stack[:0], p.spans[:0]
		p.stamp = true
		p.form(look, m.then(fit).then(base), pdf.Value{}, 1)
		p.stamp = false
	}
}
