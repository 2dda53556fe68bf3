package pdf

import "math"

// doText carries out a text operator; it reports whether op is one.
func (p *painter) doText(op []byte, a []token) bool {
	switch string(op) {
	case "BT":
		p.tm, p.tlm = unit, unit
	case "ET":
	case "Tc":
		p.char = num(a, 0)
	case "Tw":
		p.word = num(a, 0)
	case "Tz":
		p.stretch = num(a, 0) / 100
	case "TL":
		p.lead = num(a, 0)
	case "Ts":
		p.rise = num(a, 0)
	case "Tr":
		p.mode = int(num(a, 0))
	case "Td":
		p.line(num(a, 0), num(a, 1))
	case "TD":
		p.lead = -num(a, 1)
		p.line(num(a, 0), num(a, 1))
	case "T*":
		p.line(0, -p.lead)
	case "Tm":
		if m, ok := six(a); ok {
			p.tm, p.tlm = m, m
		}
	case "Tj":
		if len(a) > 0 {
			p.show(a[len(a)-1].str)
		}
	case "'":
		p.line(0, -p.lead)
		if len(a) > 0 {
			p.show(a[len(a)-1].str)
		}
	case "\"":
		if len(a) >= 3 {
			p.word, p.char = a[0].num, a[1].num
			p.line(0, -p.lead)
			p.show(a[2].str)
		}
	case "TJ":
		if len(a) == 0 {
			break
		}
		for _, t := range a[len(a)-1].list {
			if t.kind == stringTok {
				p.show(t.str)
			} else if t.kind == numberTok {
				p.tm = p.tm.moved(-t.num/1000*p.size*p.stretch, 0)
			}
		}
	default:
		return false
	}
	return true
}

// line begins a new line, moved from the beginning of the last one.
func (p *painter) line(x, y float64) {
	p.tlm = p.tlm.moved(x, y)
	p.tm = p.tlm
}

// show paints a string.
func (p *painter) show(s []byte) {
	f := p.font
	if f == nil || len(s) == 0 || len(p.out.glyphs) >= mostGlyphs {
		return
	}
	m := p.tm.then(p.ctm)
	at := matrix{p.size * p.stretch, 0, 0, p.size, 0, p.rise}.then(m)
	size := math.Hypot(at[2], at[3]) * f.em
	if !finite(at) || size > 1e5 {
		return
	}
	x, y, along := at[4], at[5], 0.0
	for len(s) > 0 {
		c, n := f.next(s)
		s = s[n:]
		ch := f.char(c)
		step := ch.width*p.size + p.char
		if n == 1 && c == ' ' {
			step += p.word
		}
		step *= p.stretch
		if ch.missing {
			p.out.missing++
		}
		p.paint(ch, glyph{
			x: float32(x), y: float32(y), dx: float32(ch.width * at[0]), dy: float32(ch.width * at[1]),
			size: float32(size), font: f.id, unseen: p.mode == 3 || p.mode == 7, stamp: p.stamp,
		})
		x, y, along = x+step*m[0], y+step*m[1], along+step
	}
	p.tm = p.tm.moved(along, 0)
}

// finite reports whether a matrix can place anything.
func finite(m matrix) bool {
	for _, v := range m {
		if math.IsNaN(v) || math.Abs(v) > 1e7 {
			return false
		}
	}
	return true
}

// paint adds a letter. Combining marks go to the letter before them, and letters of a span with ActualText to the
// first of the span.
func (p *painter) paint(ch *char, g glyph) {
	g.text, g.blank, g.mark = ch.text, ch.blank, ch.mark
	last := len(p.out.glyphs) - 1
	for i := range p.spans {
		s := &p.spans[i]
		if !s.is {
			continue
		}
		if s.used {
			if last >= 0 {
				b := &p.out.glyphs[last]
				b.dx, b.dy = g.x+g.dx-b.x, g.y+g.dy-b.y
			}
			return
		}
		s.used = true
		g.text = s.actual
		g.blank, g.mark = isBlank(s.actual), false
		break
	}
	if g.text == "" || len(p.out.glyphs) >= mostGlyphs {
		return
	}
	if g.mark && last >= 0 && !p.out.glyphs[last].blank && near(&p.out.glyphs[last], &g) {
		p.out.glyphs[last].text += g.text
		return
	}
	p.out.glyphs = append(p.out.glyphs, g)
}

// near reports whether a mark is painted on or just behind the letter b.
func near(b, mark *glyph) bool {
	return math.Hypot(float64(mark.x-b.x-b.dx), float64(mark.y-b.y-b.dy)) < 1.2*float64(b.size) && len(b.text) < 16
}

// isBlank reports whether s holds only spaces.
func isBlank(s string) bool {
	for _, r := range s {
		if r != ' ' && r != '\u00A0' && r != '\t' && r != '\n' && r != '\r' && (r < '\u2000' || r > '\u200B') {
			return false
		}
	}
	return s != ""
}
