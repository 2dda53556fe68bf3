package word

import (
	"strconv"
	"strings"

	"kehoach/plan"
)

// flow takes the paragraphs of a file that keeps its words in runs and ends the cells of its tables by marks, as DOC
// and RTF do, and gives the blocks.
//
//	f := flow{}
//	f.paragraph(passage{runs: []run{{text: "Sở Y tế", font: "Times New Roman"}}}, 1)
//	f.endCell(1)
//	f.endRow(1, rowDef{})
//	doc, err := f.finish(nil)
type flow struct {
	body   []entry
	notes  []entry
	around []entry         // headers and footers
	grids  []*grid         // tables that are open, the innermost last
	repeat int             // bytes that merged cells have repeated so far
	marks  int             // notes cited
	seen   map[string]bool // texts of headers and footers
}

// run is words in one font. Its text is as the file has it: in a legacy font each rune up to U+00FF is a byte.
type run struct {
	text, font string
	caps       bool // drawn in capitals
}

// passage is a paragraph, or what stands in a cell, one paragraph a line.
type passage struct {
	runs    []run
	label   []run // an automatic number
	heading bool
}

// entry is a block whose words are not decoded yet.
type entry struct {
	style plan.Style
	words passage
	cells []passage // of a row
}

// mostAround is how many lines of headers and footers are kept.
const mostAround = 1000

// mostRepeated is how many bytes merged cells may repeat in one document.
const mostRepeated = 16 << 20

// blank reports whether the passage prints nothing.
func (p *passage) blank() bool {
	for i := range p.runs {
		if strings.TrimSpace(p.runs[i].text) != "" {
			return false
		}
	}
	return true
}

// add adds words in a font.
func (p *passage) add(text, font string, caps bool) {
	if text == "" {
		return
	}
	p.runs = append(p.runs, run{text, font, caps})
}

// whole is the passage with its label in front, and without blanks at its head.
func (p *passage) whole() []run {
	runs := p.runs
	for len(runs) > 0 && strings.TrimLeft(runs[0].text, " \t\n") == "" {
		runs = runs[1:]
	}
	if len(runs) == 0 {
		return nil
	}
	out := make([]run, 0, len(p.label)+len(runs))
	out = append(append(out, p.label...), runs...)
	first := &out[len(p.label)]
	first.text = strings.TrimLeft(first.text, " \t\n")
	return out
}

// size is the number of bytes of a passage's words.
func (p *passage) size() int {
	n := 0
	for i := range p.runs {
		n += len(p.runs[i].text)
	}
	return n
}

// paragraph takes a paragraph that stands inside so many tables; tables that it stands outside of end.
func (f *flow) paragraph(p passage, depth int) {
	f.depth(depth)
	if p.blank() { // an empty numbered paragraph was counted, and prints no words
		return
	}
	if depth > 0 {
		g := f.grids[len(f.grids)-1]
		if len(g.cell.runs) > 0 {
			g.cell.runs = append(g.cell.runs, run{text: "\n"})
		}
		g.cell.runs = append(g.cell.runs, p.whole()...)
		return
	}
	e := entry{words: p}
	if p.heading {
		e.style = plan.Heading
	}
	f.body = append(f.body, e)
}

// insert takes blocks that stand apart from the text, such as those of a text box, where it is now.
func (f *flow) insert(entries []entry, depth int) {
	f.depth(depth)
	for _, e := range entries {
		if depth == 0 {
			f.body = append(f.body, e)
			continue
		}
		f.paragraph(e.line(), depth)
	}
}

// line is the words of an entry as one passage.
func (e *entry) line() passage {
	if e.cells == nil {
		return passage{runs: e.words.whole()}
	}
	var p passage
	for i := range e.cells {
		if i > 0 {
			p.runs = append(p.runs, run{text: " "})
		}
		p.runs = append(p.runs, e.cells[i].runs...)
	}
	return p
}

// cite counts a note on and gives its mark.
func (f *flow) cite() string {
	f.marks++
	return "[" + strconv.Itoa(f.marks) + "]"
}

// note takes the text of a note behind its mark.
func (f *flow) note(mark string, entries []entry) {
	p := passage{runs: []run{{text: mark + " "}}}
	for _, e := range entries {
		line := e.line()
		for _, r := range line.runs {
			r.text = strings.ReplaceAll(r.text, "\n", " ")
			p.runs = append(p.runs, r)
		}
		p.runs = append(p.runs, run{text: " "})
	}
	if len(p.runs) > 2 {
		f.notes = append(f.notes, entry{style: plan.Footnote, words: p})
	}
}

// furniture takes the text of a header or footer; what was taken before is left out.
func (f *flow) furniture(entries []entry) {
	for _, e := range entries {
		e = entry{style: plan.Furniture, words: e.line()}
		text := joined(e.words.runs)
		if e.words.blank() || f.seen[text] || len(f.seen) >= mostAround {
			continue
		}
		if f.seen == nil {
			f.seen = map[string]bool{}
		}
		f.seen[text] = true
		f.around = append(f.around, e)
	}
}

// close ends the tables that are open and gives what stands in the flow.
func (f *flow) close() []entry {
	f.depth(0)
	return f.body
}

// finish ends the document: notes stand behind the body, headers and footers behind those.
func (f *flow) finish(damage error) (*plan.Document, error) {
	blocks := decoded(append(append(f.close(), f.notes...), f.around...))
	return finish(blocks, nil, damage)
}
