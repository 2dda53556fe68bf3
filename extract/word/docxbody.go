package word

import (
	"encoding/xml"
	"strconv"
	"strings"

	"kehoach/plan"
)

// docxBody walks the body of a DOCX and gives its blocks.
type docxBody struct {
	*docx
	blocks []plan.Block

	para   paragraph
	stack  []paragraph // paragraphs around text boxes
	boxed  [][]plan.Block
	look   look
	skip   int // depth of what is not printed: deletions, fallbacks, instructions
	inRun  bool
	pProps bool   // inside the properties of a paragraph
	fields []bool // complex fields that are open: whether their result is being shown
	tables []*table
}

// paragraph is one that is being read.
type paragraph struct {
	text        strings.Builder
	style       string
	numID, ilvl string
	look        look
	font        string // of its last words
	marker      marker
	label       string
	heading     bool
	open        bool
}

// unprinted are the elements whose text is not shown in the accepted view.
var unprinted = map[string]bool{"del": true, "moveFrom": true, "Fallback": true, "instrText": true, "delText": true, "delInstrText": true, "pPrChange": true, "rPrChange": true,
	"tblPrChange": true, "sectPr": true, "numberingChange": true, "ruby": false}

func (b *docxBody) token(t xml.Token) error {
	switch e := t.(type) {
	case xml.StartElement:
		if b.skip > 0 || unprinted[e.Name.Local] {
			b.skip++
			return nil
		}
		return b.start(&e)
	case xml.EndElement:
		if b.skip > 0 {
			b.skip--
			return nil
		}
		return b.end(e.Name.Local)
	case xml.CharData:
		if b.skip == 0 && b.inRun {
			b.write(string(e))
		}
	}
	return nil
}

func (b *docxBody) start(e *xml.StartElement) error {
	switch e.Name.Local {
	case "txbxContent":
		b.stack = append(b.stack, b.para)
		b.boxed = append(b.boxed, b.blocks)
		b.para, b.blocks = paragraph{}, nil
	case "p":
		b.para = paragraph{open: true, look: b.styles.look("")}
	case "pPr":
		b.pProps = true
	case "pStyle":
		b.para.style = attr(e, "val")
		b.para.look = b.styles.look(b.para.style)
	case "numId":
		if b.pProps {
			b.para.numID = attr(e, "val")
		}
	case "ilvl":
		if b.pProps {
			b.para.ilvl = attr(e, "val")
		}
	case "outlineLvl":
		b.para.heading = b.para.heading || b.pProps && attr(e, "val") != "9"
	case "r":
		b.look = b.para.look
	case "t":
		b.inRun = b.shown()
	case "rStyle":
		if !b.pProps {
			l := b.styles.look(attr(e, "val"))
			b.look.caps, b.look.hidden = b.look.caps || l.caps, b.look.hidden || l.hidden
			if s := b.styles.byID[attr(e, "val")]; s != nil && s.font != "" {
				b.look.font = s.font
			}
		}
	case "rFonts", "caps", "vanish":
		if !b.pProps {
			var s style
			s.set(e)
			s.apply(&b.look)
		}
	case "tab":
		if !b.pProps && b.para.open && b.shown() {
			b.para.text.WriteByte('\t')
		}
	case "br", "cr":
		if b.para.open && b.shown() {
			b.para.text.WriteString(b.para.marker.end(0) + "\n")
		}
	case "noBreakHyphen":
		b.write("-")
	case "sym":
		b.write(symbol(attr(e, "char")))
	case "footnoteReference":
		b.para.text.WriteString(b.cite("footnote" + attr(e, "id")))
	case "endnoteReference":
		b.para.text.WriteString(b.cite("endnote" + attr(e, "id")))
	case "fldChar":
		b.field(attr(e, "fldCharType"))
	case "tbl", "tr", "tc", "gridSpan", "vMerge", "gridBefore":
		b.tableStart(e)
	}
	return nil
}

// field follows complex fields: between begin and separate stand instructions, then the result that is shown.
func (b *docxBody) field(kind string) {
	switch kind {
	case "begin":
		b.fields = append(b.fields, false)
	case "separate":
		if n := len(b.fields); n > 0 {
			b.fields[n-1] = true
		}
	case "end":
		if n := len(b.fields); n > 0 {
			b.fields = b.fields[:n-1]
		}
	}
}

// shown reports whether words that stand here are printed.
func (b *docxBody) shown() bool {
	for _, result := range b.fields {
		if !result {
			return false
		}
	}
	return !b.look.hidden
}

func (b *docxBody) write(s string) {
	if !b.para.open || !b.shown() {
		return
	}
	if b.look.font != b.para.font && strings.TrimSpace(s) != "" {
		b.para.font = b.look.font
	}
	b.para.text.WriteString(b.para.marker.mark(s, b.look.font, b.look.caps))
}

func (b *docxBody) end(name string) error {
	switch name {
	case "t":
		b.inRun = false
	case "pPr":
		b.pProps = false
		b.number()
	case "p":
		b.endParagraph()
	case "txbxContent":
		box := b.blocks
		n := len(b.stack) - 1
		if n < 0 {
			return nil
		}
		b.para, b.blocks = b.stack[n], append(b.boxed[n], box...)
		b.stack, b.boxed = b.stack[:n], b.boxed[:n]
	case "tc", "tr", "tbl":
		b.tableEnd(name)
	}
	if len(b.blocks) > mostBlocks {
		return ErrTooMany
	}
	return nil
}

// number counts the paragraph on where it belongs to a list.
func (b *docxBody) number() {
	p := &b.para
	numID, ilvl, heading := b.styles.list(p.style)
	p.heading = p.heading || heading
	if p.numID != "" {
		numID = p.numID
	}
	if p.ilvl != "" {
		ilvl = p.ilvl
	} else if l := b.numbering.lists[numID]; l != nil && p.numID == "" && p.style != "" {
		// The level of a style is the one that names it.
		if a := b.numbering.abstracts[l.abstract]; a != nil {
			for i := range a.level {
				if a.level[i].pStyle == p.style {
					ilvl = strconv.Itoa(i)
				}
			}
		}
	}
	if numID == "" || numID == "0" {
		return
	}
	level := levelOf(ilvl)
	if level < 0 {
		level = 0
	}
	p.label, _ = b.numbering.next(numID, level)
}

// endParagraph gives the paragraph's lines: to the cell that is open, else as blocks.
func (b *docxBody) endParagraph() {
	if !b.para.open {
		return
	}
	b.para.open = false
	text := b.para.text.String()
	if strings.TrimSpace(text) == "" { // an empty numbered paragraph was counted, and prints no words
		return
	}
	text = b.para.label + strings.TrimLeft(text, " \t") + b.para.marker.end(0)
	if n := len(b.tables); n > 0 {
		b.tables[n-1].write(text)
		return
	}
	block := plan.Block{Text: text, Label: strings.TrimSpace(b.para.label), Font: b.para.font}
	if b.para.heading {
		block.Style = plan.Heading
	}
	b.blocks = append(b.blocks, splitLines(block)...)
}

// splitLines makes a block of every line of a paragraph.
func splitLines(block plan.Block) []plan.Block {
	if !strings.Contains(block.Text, "\n") {
		return []plan.Block{block}
	}
	var out []plan.Block
	for line := range strings.SplitSeq(block.Text, "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		next := block
		next.Text, next.Broken = line, true
		if len(out) > 0 {
			next.Label = ""
		}
		out = append(out, next)
	}
	if n := len(out); n > 0 {
		out[n-1].Broken = false
	}
	return out
}

// flush ends what the end of the part left open.
func (b *docxBody) flush() {
	b.endParagraph()
	for len(b.tables) > 0 {
		b.tableEnd("tc")
		b.tableEnd("tr")
		b.tableEnd("tbl")
	}
}

// symbol is the letter of a symbol font: most are dashes and dots in front of items.
func symbol(char string) string {
	n, err := strconv.ParseUint(char, 16, 32)
	if err != nil {
		return ""
	}
	switch n &= 0xff; n {
	case 0x2d:
		return "-"
	case 0x2b:
		return "+"
	case 0xb7, 0xa7, 0x6e, 0x76, 0xd8, 0xfc:
		return "•"
	}
	if n > ' ' && n < 0x7f {
		return string(rune(n))
	}
	return ""
}
