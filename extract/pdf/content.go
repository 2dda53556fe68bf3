package pdf

import (
	"strings"

	"github.com/ledongthuc/pdf"

	"kehoach/extract/pdf/layout"
)

// Bounds of what one page paints.
const (
	mostGlyphs   = 1 << 20
	mostSegments = 1 << 18
	mostStates   = 1 << 12
	mostForms    = 4096 // calls of forms on a page
	deepest      = 16   // forms inside forms
)

// glyph is one painted letter in the space of the page: its origin, where the next one goes on, and its size.
type glyph struct {
	text         string
	x, y, dx, dy float32
	size         float32
	font         uint16
	blank        bool
	unseen       bool // painted invisibly: a text layer under an image
	mark         bool
	stamp        bool // painted by an annotation
}

// segment is a straight line of a path.
type segment struct{ x0, y0, x1, y1 float32 }

// painted is what a page paints, in user space.
type painted struct {
	glyphs   []glyph
	segments []segment
	images   []rect
	curves   int // curved pieces of paths: many where letters are drawn as outlines
	missing  int // letters that their font does not name
}

// state is the graphics state.
type state struct {
	ctm         matrix
	font        *font
	size        float64
	char, word  float64 // Tc, Tw
	stretch     float64 // Tz, as a factor
	lead, rise  float64 // TL, Ts
	mode        int     // Tr
	white       bool    // the colour of fills
	whiteStroke bool
}

// painter interprets content streams.
type painter struct {
	file  *file
	fonts *fonts
	out   *painted
	state
	stack   []state
	tm, tlm matrix
	path    path
	forms   int
	ops     int
	stamp   bool
	fault   error // the first one of the page
	spans   []span
	letters []layout.Glyph // of the page, in its view
}

// span is a run of marked content.
type span struct {
	actual string // ActualText, which stands for all letters of the span
	is     bool   // the span has ActualText
	used   bool
}

// run paints a content stream with its resources.
func (p *painter) run(src []byte, res pdf.Value, depth int) {
	base, spans := len(p.stack), len(p.spans)
	r := &resources{file: p.file, dict: res, fonts: p.fonts}
	operators(src, func(op []byte, a []token) bool {
		if p.ops++; p.ops > mostOperators {
			return false
		}
		p.do(op, a, r, depth, base)
		return true
	})
	p.stack, p.spans = p.stack[:base], p.spans[:spans]
}

// num is the ith operand as a number, 0 where there is none.
func num(a []token, i int) float64 {
	if i < len(a) {
		return a[i].num
	}
	return 0
}

func six(a []token) (m matrix, ok bool) {
	if len(a) < 6 {
		return unit, false
	}
	for i := range m {
		m[i] = a[len(a)-6+i].num
	}
	return m, true
}

// do carries out one operator. base is how many states belong to the streams around this one.
func (p *painter) do(op []byte, a []token, r *resources, depth, base int) {
	switch string(op) {
	case "q":
		if len(p.stack) < mostStates {
			p.stack = append(p.stack, p.state)
		}
	case "Q":
		if n := len(p.stack); n > base {
			p.state, p.stack = p.stack[n-1], p.stack[:n-1]
		}
	case "cm":
		if m, ok := six(a); ok {
			p.ctm = m.then(p.ctm)
		}
	case "Do", "gs", "BDC", "Tf":
		p.doNamed(op, a, r, depth)
	case "EI":
		p.image()
	case "BMC":
		p.begin(span{})
	case "EMC":
		if n := len(p.spans); n > 0 {
			p.spans = p.spans[:n-1]
		}
	case "g", "rg", "k", "sc", "scn":
		p.white = isWhite(op, a)
	case "G", "RG", "K", "SC", "SCN":
		p.whiteStroke = isWhite(op, a)
	case "cs":
		p.white = false
	case "CS":
		p.whiteStroke = false
	default:
		if !p.doText(op, a) {
			p.doPath(op, a)
		}
	}
}

// doNamed carries out an operator that names a resource. A damaged resource costs what it would have painted, and the
// fault is kept.
func (p *painter) doNamed(op []byte, a []token, r *resources, depth int) {
	var err error
	defer func() {
		if err != nil && p.fault == nil {
			p.fault = err
		}
	}()
	defer caught(&err)
	if string(op) == "BDC" {
		p.begin(actualText(a, r))
	}
	if len(a) == 0 {
		return
	}
	switch name := string(a[0].str); string(op) {
	case "Do":
		p.paintObject(r, name, depth)
	case "gs":
		p.extended(r.key("ExtGState", name), r)
	case "Tf":
		p.font, p.size = nil, num(a, 1)
		p.font = r.font(name)
	}
}

// isWhite reports whether the operands of a colour operator are white.
func isWhite(op []byte, a []token) bool {
	want := 1.0
	if op[0] == 'k' || op[0] == 'K' || len(a) == 4 {
		want = 0
	}
	for _, t := range a {
		if t.kind != numberTok || t.num != want {
			return false
		}
	}
	return len(a) > 0
}

// extended takes the font of an extended graphics state.
func (p *painter) extended(gs pdf.Value, r *resources) {
	if f := gs.Key("Font"); f.Len() == 2 {
		p.font, p.size = r.fonts.get(f.Index(0)), f.Index(1).Float64()
	}
}

func (p *painter) begin(s span) {
	if len(p.spans) < mostStates {
		p.spans = append(p.spans, s)
	}
}

// actualText reads the span that BDC begins: its properties stand in the operands or in the resources.
func actualText(a []token, r *resources) span {
	for i, t := range a {
		if t.kind == nameTok && string(t.str) == "ActualText" && i+1 < len(a) && a[i+1].kind == stringTok {
			return span{actual: textString(a[i+1].str), is: true}
		}
	}
	if len(a) == 2 && a[1].kind == nameTok {
		if v := r.key("Properties", string(a[1].str)).Key("ActualText"); v.Kind() == pdf.String {
			return span{actual: textString([]byte(v.RawString())), is: true}
		}
	}
	return span{}
}

// textString decodes a text string of the file: UTF-16 with its mark, UTF-8 with its mark, or single bytes.
func textString(b []byte) string {
	switch {
	case len(b) >= 2 && b[0] == 0xFE && b[1] == 0xFF:
		return targetText(token{kind: stringTok, str: b[2:]})
	case strings.HasPrefix(string(b), "\xEF\xBB\xBF"):
		return string(b[3:])
	}
	var out strings.Builder
	for _, c := range b {
		out.WriteString(winAnsi[c])
	}
	return out.String()
}
