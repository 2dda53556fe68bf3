package normalize

import (
	"slices"
	"sort"
	"strings"

	"kehoach/plan"
)

// Para is one paragraph on its way to the canonical text.
type Para struct {
	Text string
	Font string // the name of its font, a hint at an old encoding; "" where it is not known
	Page int    // the page it begins on, from 1; 0 where the source has none

	pieces []piece // the lines it was made of; nil where it is its own source
	maps   []*Map  // from Text back to the text that pieces count, the last one first
}

// piece is a part of a paragraph that was read from one line.
type piece struct {
	out          int // where it begins in the paragraph
	lead         int // blanks taken off the head of the cleaned line
	page         int
	offset, size int    // of the line in its source
	maps         []*Map // from the cleaned line back to the line, the last one first
}

// Source says where the byte at offset i of Text was read: the page, and the byte of the source, as the Line that
// held it counts them; of a paragraph that was given to Paragraphs, the byte of the text that was given. Neither
// falls as i rises, and both lie within the source.
func (p *Para) Source(i int) (page, offset int) {
	for k := len(p.maps) - 1; k >= 0; k-- {
		i = p.maps[k].Source(i)
	}
	if len(p.pieces) == 0 {
		return p.Page, i
	}
	k := sort.Search(len(p.pieces), func(k int) bool { return p.pieces[k].out > i }) - 1
	at := p.pieces[max(k, 0)]
	i = max(i-at.out, 0) + at.lead
	for k := len(at.maps) - 1; k >= 0; k-- {
		i = at.maps[k].Source(i)
	}
	return at.page, at.offset + min(i, at.size)
}

// Paragraphs cleans the paragraphs of one document: old encodings are decoded, by document (paragraphs with the same
// hint from their fonts together) and then by paragraph; letters are cleaned as in Text; runs of blanks become one
// and those at the ends go; letter-spaced words are closed; glued words and safe misspellings are mended. It gives
// a paragraph for each one given, in their order, with a map back (Para.Source), and the report of the repairs.
func Paragraphs(paras []Para) ([]Para, Report) {
	sources := make([]source, len(paras))
	for i, p := range paras {
		sources[i] = source{p.Text, p.Font}
	}
	cleaned, enc := cleanSources(sources)
	out := make([]Para, len(paras))
	report := Report{Encoding: enc, texts: make([]string, len(paras))}
	for i, p := range paras {
		c := &cleaned[i]
		p.Text = c.text
		p.maps = append(p.maps[:len(p.maps):len(p.maps)], c.maps...)
		report.cleaned(c, i, 0)
		finish(&p, i, c.enc, &report)
		out[i] = p
	}
	return out, report
}

// source is a piece of text as a reader gives it.
type source struct{ text, font string }

// cleaned is a source, decoded and cleaned.
type cleaned struct {
	text    string
	enc     Encoding // Unicode where nothing was decoded
	maps    []*Map   // back to the source, the last one first
	changes *changes // nil where it was clean
}

// cleanSources decodes and cleans the texts of one document, and names the encoding of most of it.
func cleanSources(sources []source) ([]cleaned, Encoding) {
	units := make([]unit, len(sources))
	for i, s := range sources {
		units[i] = unit{text: s.text, hint: hintOf(s.font)}
	}
	decide(units)
	capitalised := false
	for _, u := range units {
		capitalised = capitalised || u.enc == TCVN3 && u.hint == TCVN3
	}
	list := make([]cleaned, len(sources))
	for i := range units {
		list[i] = units[i].clean(capitalised && capitalFont(sources[i].font))
	}
	return list, mostOf(units)
}

// clean decodes and cleans one unit. ASCII under a font of capitals is drawn in capitals as well.
func (u *unit) clean(drawn bool) cleaned {
	enc := u.enc
	if u.kind == bareUnit && enc == Unicode && drawn {
		enc = TCVN3
	}
	c := cleaned{text: u.text, enc: u.enc}
	if enc != Unicode {
		m := new(Map)
		c.text = string(appendAs(make([]byte, 0, len(c.text)+len(c.text)/4), c.text, enc, drawn, m))
		c.maps = append(c.maps, m)
	}
	if plainHead(c.text) < len(c.text) {
		c.changes = new(changes)
		c.text = string(appendClean(make([]byte, 0, len(c.text)+len(c.text)/16), c.text, c.changes))
		c.maps = append(c.maps, &c.changes.edits)
	}
	return c
}

// cleaned reports what was cleaned in a text that now begins at the given byte of paragraph i.
func (r *Report) cleaned(c *cleaned, i, at int) {
	if c.changes == nil {
		return
	}
	r.count(Blanks, c.changes.blanks)
	r.count(Invisible, c.changes.dropped)
	r.count(Glyphs, c.changes.glyphs)
	for _, l := range c.changes.letters {
		r.add(Repair{Letters, i, plan.Span{Start: at + l.start, End: at + l.end}, l.from, c.text[l.start:l.end]})
	}
}

// finish closes letter-spaced words, squeezes blanks, mends words and reports on paragraph i.
func finish(p *Para, i int, enc Encoding, report *Report) {
	first := len(report.Repairs)
	for first > 0 && report.Repairs[first-1].Para == i {
		first--
	}
	edit := func(do func(string, *Map) (string, []wordChange)) {
		m := new(Map)
		t, list := do(p.Text, m)
		if t == p.Text {
			return
		}
		report.move(first, m)
		p.Text = t
		p.maps = append(p.maps, m)
		for _, c := range list {
			report.add(Repair{c.kind, i, plan.Span{Start: c.start, End: c.end}, c.from, t[c.start:c.end]})
		}
	}
	edit(closeSpaced)
	edit(func(s string, m *Map) (string, []wordChange) {
		t, n := squeeze(s, m)
		report.count(Blanks, n)
		return t, nil
	})
	edit(mendSpelling)
	if enc != Unicode {
		report.add(Repair{Decoded, i, plan.Span{End: len(p.Text)}, string(enc), ""})
	}
	slices.SortStableFunc(report.Repairs[first:], func(a, b Repair) int { return a.Span.Start - b.Span.Start })
	report.texts[i] = p.Text
}

// move carries the spans of the repairs from the given one on over an edit.
func (r *Report) move(from int, m *Map) {
	for k := from; k < len(r.Repairs); k++ {
		s := &r.Repairs[k].Span
		s.Start, s.End = m.result(s.Start), m.result(s.End)
	}
}

// squeeze makes one blank of each run of them, a tab where the run holds one, and takes them off both ends of each line.
func squeeze(s string, m *Map) (string, int) {
	if !strings.Contains(s, "  ") && !strings.ContainsAny(s, "\t\n") && strings.Trim(s, " ") == s {
		return s, 0
	}
	dst := make([]byte, 0, len(s))
	n := 0
	for i := 0; i < len(s); {
		if c := s[i]; c != ' ' && c != '\t' {
			dst = append(dst, c)
			i++
			continue
		}
		end, blank := i, byte(' ')
		for end < len(s) && (s[end] == ' ' || s[end] == '\t') {
			if s[end] == '\t' {
				blank = '\t'
			}
			end++
		}
		out := len(dst)
		if out > 0 && dst[out-1] != '\n' && end < len(s) && s[end] != '\n' {
			dst = append(dst, blank)
		}
		if string(dst[out:]) != s[i:end] {
			m.replace(out, len(dst), i, end)
			n++
		}
		i = end
	}
	return string(dst), n
}
