package synth

import (
	"strings"

	"kehoach/plan"
)

// style says what a line is to a renderer.
type style uint8

const (
	plain   style = iota // a paragraph or a bullet
	heading              // a unit's heading
	left                 // the letterhead's left column: the issuing body, the number
	right                // its right column: the motto, the date
	title                // type and title
	row                  // a row of a table
	headRow
	sign // the block of the signature
	note // a footnote
)

// zone says which part of the document a line stands in.
type zone uint8

const (
	opening zone = iota // letterhead, title, căn cứ
	body                // nodes and what belongs to them
	ending              // closing words, recipients, signature, footnotes
)

// mark remembers that a stretch of a line says something; put writes it into the truth when spans are known.
type mark struct {
	from, to int
	put      func(p *plan.Plan, at plan.Span, in plan.Ref)
}

// line is one paragraph of the canonical text, or one row of a table.
type line struct {
	style   style
	zone    zone
	text    string
	cells   []string
	marks   []mark
	unit    *unit
	lead    int  // bytes of a bullet's dash at the start of text
	cut     int  // bytes of a dash that damage took away
	level   int  // of a heading
	sub     bool // a bullet below a bullet
	whole   bool // a line that no damage may touch
	at      plan.Span
	section plan.Ref
}

// unit is a node of the outline, opened by the line that holds it.
type unit struct {
	plan.Section
	bodyAt int  // byte of the line at which the node's text begins; past the end if on the next line
	apart  bool // the heading is the next line
}

// phrase composes a line and its marks.
type phrase struct {
	text  strings.Builder
	marks []mark
}

func (p *phrase) say(s string) *phrase {
	p.text.WriteString(s)
	return p
}

// note says s and marks it.
func (p *phrase) note(s string, put func(*plan.Plan, plan.Span, plan.Ref)) *phrase {
	p.marks = append(p.marks, mark{p.text.Len(), p.text.Len() + len(s), put})
	return p.say(s)
}

// join says another phrase, with its marks.
func (p *phrase) join(o *phrase) *phrase {
	for _, m := range o.marks {
		p.marks = append(p.marks, mark{p.text.Len() + m.from, p.text.Len() + m.to, m.put})
	}
	return p.say(o.text.String())
}

// draft is a document in the making: its lines in order.
type draft struct {
	lines []*line
	zone  zone
	truth *plan.Plan
	nodes int // how many there may be, 0 for any number
}

func (d *draft) add(s style, p *phrase) *line {
	l := &line{style: s, zone: d.zone, text: p.text.String(), marks: p.marks}
	d.lines = append(d.lines, l)
	return l
}

func (d *draft) say(s style, text string) *line { return d.add(s, new(phrase).say(text)) }

// bullet adds a paragraph that begins with a dash.
func (d *draft) bullet(dash string, p *phrase) *line {
	l := d.add(plain, new(phrase).say(dash).join(p))
	l.lead = len(dash)
	return l
}

// row adds a row of a table; each cell is a phrase.
func (d *draft) row(s style, cells ...*phrase) *line {
	p := new(phrase)
	var texts []string
	for i, c := range cells {
		if i > 0 {
			p.say(" | ")
		}
		p.join(c)
		texts = append(texts, c.text.String())
	}
	l := d.add(s, p)
	l.cells = texts
	return l
}

// settle joins the lines to the canonical text and writes everything that was marked into the truth.
func (d *draft) settle() {
	var text strings.Builder
	for i, l := range d.lines {
		if i > 0 {
			text.WriteByte('\n')
		}
		l.at = plan.Span{Start: text.Len(), End: text.Len() + len(l.text)}
		text.WriteString(l.text)
	}
	d.truth.Text = text.String()
	d.outline()
	for _, l := range d.lines {
		for _, m := range l.marks {
			m.put(d.truth, plan.Span{Start: l.at.Start + m.from, End: l.at.Start + m.to}, l.section)
		}
	}
}

// outline writes the nodes: each ends with the last line of the body before a node of its level or above.
func (d *draft) outline() {
	t := d.truth
	var open []int // ids of the nodes that are open, by level
	last := 0      // end of the last body line
	parents := map[int]bool{}
	shut := func(level int) {
		for len(open) >= level {
			t.Sections[open[len(open)-1]].Span.End = last
			open = open[:len(open)-1]
		}
	}
	opens := d.opens()
	for i, l := range d.lines {
		if l.zone != body {
			shut(1)
			continue
		}
		if u := l.unit; u != nil && opens(u) {
			shut(u.Level)
			if len(open) > 0 {
				parents[open[len(open)-1]] = true
			}
			s := u.Section
			s.ID = len(t.Sections)
			s.Path = nil
			for _, id := range open {
				s.Path = append(s.Path, t.Sections[id].Label)
			}
			s.Path = append(s.Path, s.Label)
			s.Level = len(s.Path)
			s.Span.Start = l.at.Start
			switch {
			case u.apart && i+1 < len(d.lines):
				s.Body.Start = d.lines[i+1].at.End
			default:
				s.Body.Start = l.at.Start + u.bodyAt
			}
			open = append(open, s.ID)
			t.Sections = append(t.Sections, s)
		}
		last = l.at.End
		if len(open) > 0 {
			l.section = plan.RefTo(open[len(open)-1])
			if id := open[len(open)-1]; !parents[id] {
				t.Sections[id].Body.End = last
			}
		}
	}
	shut(1)
	for i := range t.Sections {
		s := &t.Sections[i]
		s.Body.Start = min(s.Body.Start, s.Body.End)
		s.Text = strings.TrimSpace(t.Text[s.Body.Start:s.Body.End])
	}
}

// opens tells which units open a node. Where there are more than the draft may have, those of the highest levels do, and of the
// level that has too many for the rest, every second or third; those of the first level always do.
func (d *draft) opens() func(*unit) bool {
	if d.nodes == 0 {
		return func(*unit) bool { return true }
	}
	var levels [][]*unit
	for _, l := range d.lines {
		if u := l.unit; u != nil && l.zone == body {
			for len(levels) < u.Level {
				levels = append(levels, nil)
			}
			levels[u.Level-1] = append(levels[u.Level-1], u)
		}
	}
	kept := make(map[*unit]bool)
	for level, units := range levels {
		room := min(len(units), max(0, d.nodes-len(kept)))
		if level == 0 {
			room = len(units)
		}
		for i, u := range units {
			if i*room/len(units) != (i+1)*room/len(units) {
				kept[u] = true
			}
		}
	}
	return func(u *unit) bool { return kept[u] }
}
