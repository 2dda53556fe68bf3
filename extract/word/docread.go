package word

import (
	"strings"
	"unicode/utf16"

	"kehoach/plan"
)

// ReadDOC reads a document of Word 97 to 2003 ([MS-DOC]); of Word 6 and 95 it reads the bare text. Its errors say why
// there are no words to be had.
func ReadDOC(data []byte) (*plan.Document, error) {
	c, err := openCompound(data)
	if err != nil {
		return nil, err
	}
	text, damage := readPieces(c)
	if text == nil {
		return nil, damage
	}
	d := &doc{compound: c, pieces: text, lists: &docLists{numbering: newNumbering()}, sheet: readSheet(nil, nil), f: &flow{}}
	sizes := c.ccp()
	if c.old {
		sizes = [7]int{textMain: text.end()}
		if n := int(u32(c.main, 0x34)); n > 0 {
			sizes[textMain] = min(n, text.end())
		}
	} else {
		d.sheet = readSheet(c.part(atStyles), c.data)
		d.fonts = readFonts(c.part(atFonts))
		d.chpx = readPages(c, c.part(atChpx), false)
		d.papx = readPages(c, c.part(atPapx), true)
		d.lists = readLists(c)
	}
	d.notes = map[int]span{}
	d.boxes = map[int][]span{}
	start := 0
	var begin [7]int
	for i, n := range sizes {
		begin[i] = start
		start += n
	}
	if !c.old {
		d.readNotes(atNoteRefs, atNotes, span{begin[textNotes], begin[textNotes] + sizes[textNotes]}, begin[textNotes])
		d.readNotes(atEndnoteRefs, atEndnotes, span{begin[textEndnotes], begin[textEndnotes] + sizes[textEndnotes]}, begin[textNotes])
		d.readBoxes(span{begin[textBoxes], begin[textBoxes] + sizes[textBoxes]}, begin[textNotes])
	}
	d.story(d.f, span{0, sizes[textMain]})
	d.f.depth(0)
	for _, b := range d.unplaced() {
		d.f.insert(d.apart(b), 0)
	}
	if hdd := makePlc(c.part(atHeaders), 0); !c.old && hdd.n > 6 { // behind the lines that part notes from the text
		all := span{begin[textHeaders], begin[textHeaders] + sizes[textHeaders]}
		d.f.furniture(d.apart(all.cut(all.from+hdd.at(6), all.to)))
	}
	out, err := d.f.finish(damage)
	if err == nil && d.lost {
		out.Problems = append(out.Problems, plan.Problem{Code: plan.NumberingLost, Message: "automatic numbers could not be computed"})
	}
	return out, err
}

// doc reads one DOC file.
type doc struct {
	*compound
	*pieces
	sheet *sheet
	fonts []rtfFont
	chpx  propRuns
	papx  propRuns
	lists *docLists
	notes map[int]span   // texts of notes by the character that cites them
	boxes map[int][]span // texts of boxes by the character that anchors them
	order []int          // keys of boxes
	f     *flow
	lost  bool // a number could not be told
}

// span is a range of characters.
type span struct{ from, to int }

// cut is the range from one place to another as far as it lies in s.
func (s span) cut(from, to int) span {
	from = min(max(from, s.from), s.to)
	return span{from, min(max(to, from), s.to)}
}

// readNotes finds the text of each note. The texts follow one another in the order of their marks.
func (d *doc) readNotes(refs, texts int, all span, most int) {
	ref, text := makePlc(d.part(refs), 2), makePlc(d.part(texts), 0)
	last := all.from
	for i := range ref.n {
		s := all.cut(all.from+text.at(i), all.from+text.at(i+1))
		if cp := ref.at(i); i+1 <= text.n && s.from >= last && s.to > s.from && cp >= 0 && cp < most {
			d.notes[cp] = s
			last = s.to
		}
	}
}

// readBoxes finds the text of each text box, and the character that anchors its shape ([MS-DOC] 2.9.100, FTXBXS).
func (d *doc) readBoxes(all span, most int) {
	shapes, texts := makePlc(d.part(atShapes), 26), makePlc(d.part(atBoxes), 22)
	anchor := map[uint32]int{}
	for i := range shapes.n {
		anchor[u32(shapes.item(i), 0)] = shapes.at(i)
	}
	last := all.from
	for i := range texts.n {
		s := all.cut(all.from+texts.at(i), all.from+texts.at(i+1))
		if s.from < last || s.to <= s.from {
			continue
		}
		last = s.to
		cp, ok := anchor[u32(texts.item(i), 14)]
		if !ok || cp < 0 || cp >= most {
			cp = -1
		}
		if d.boxes[cp] == nil {
			d.order = append(d.order, cp)
		}
		d.boxes[cp] = append(d.boxes[cp], s)
	}
}

// unplaced are the boxes whose anchor the text did not hold.
func (d *doc) unplaced() []span {
	var out []span
	for _, cp := range d.order {
		out = append(out, d.boxes[cp]...)
	}
	d.boxes = map[int][]span{}
	return out
}

// apart reads a text of its own.
func (d *doc) apart(s span) []entry {
	f := &flow{}
	d.story(f, s)
	return f.close()
}

// docStory walks one text of a document.
type docStory struct {
	*doc
	f      *flow
	fields []docField // those that are open
	para   []char

	// The run of the last character that was looked at.
	run    *propRun
	piece  *textPiece
	styled *chp
	now    chp
	known  bool
}

// docField is a field that is open: its instruction, then its result, which is shown.
type docField struct {
	result bool
	words  []rune // the head of the instruction
}

// numbers reports whether a field without a result prints a number that only Word counts.
func (f *docField) numbers() bool {
	name := strings.ToUpper(strings.TrimSpace(string(f.words)))
	return !f.result && (strings.HasPrefix(name, "AUTONUM") || strings.HasPrefix(name, "LISTNUM"))
}

// The characters that mean something ([MS-DOC] 2.4.1).
const (
	charCell       = 0x07
	charLine       = 0x0B
	charPage       = 0x0C
	charParagraph  = 0x0D
	charColumn     = 0x0E
	charFieldBegin = 0x13
	charFieldShow  = 0x14
	charFieldEnd   = 0x15
	charHyphen     = 0x1E
	charSoftHyphen = 0x1F
	charSymbol     = 0x28
)

func (d *doc) story(f *flow, s span) {
	st := &docStory{doc: d, f: f}
	after := rune(0) // the mark before, for a text whose rows do not say where they end
	d.between(s.from, s.to, func(c char) bool {
		switch {
		case c.r == charPage && !d.endsParagraph(c), c.r != charParagraph && c.r != charCell && c.r != charPage:
			st.para = append(st.para, c)
			return true
		}
		if d.papx == nil && c.r == charCell && after == charCell && len(st.para) == 0 {
			f.endRow(1, rowDef{})
			after = 0
			return true
		}
		after = c.r
		st.end(c)
		return len(f.body) <= mostBlocks
	})
	if len(st.para) > 0 {
		last := st.para[len(st.para)-1]
		st.end(char{r: charParagraph, cp: last.cp, fc: last.fc, in: last.in})
	}
}

// endsParagraph reports whether the mark of a page is that of a section, which ends a paragraph.
func (d *doc) endsParagraph(c char) bool {
	r := d.papx.at(c.fc)
	return r != nil && r.to <= c.fc+2
}

// end ends a paragraph with its mark.
func (st *docStory) end(mark char) {
	p := pap{outline: 9}
	if r := st.papx.at(mark.fc); r != nil {
		p = st.sheet.pap(r.style)
		p.set(r.props, st.data)
	} else {
		p = st.sheet.pap(0)
	}
	p.set(mark.in.props, st.data)
	depth := 0
	if p.inTable || p.depth > 0 || mark.r == charCell {
		depth = max(1, p.depth)
	}
	if mark.r == charCell && p.rowEnd || depth > 1 && p.innerEnd {
		st.para = st.para[:0]
		def := rowDef{}
		if p.row != nil {
			def = *p.row
		}
		if mark.r == charCell {
			depth = 1
		}
		st.f.endRow(depth, def)
		return
	}
	st.styled, st.known = st.sheet.look(p.style), false
	if gone := st.look(mark); gone.deleted && mark.r == charParagraph && !p.innerCell && len(st.para) < 1<<20 {
		return // the paragraph goes on with the next one
	}
	st.paragraph(&p, mark, depth)
	if mark.r == charCell {
		st.f.endCell(1)
	} else if depth > 1 && p.innerCell {
		st.f.endCell(depth)
	}
	st.para = st.para[:0]
}

// paragraph gives the words of the paragraph and its number.
func (st *docStory) paragraph(p *pap, mark char, depth int) {
	out := passage{heading: p.outline < 9}
	w := runWriter{to: &out}
	high := rune(0)
	st.known = false
	for _, c := range st.para {
		look := st.look(c)
		if look.deleted {
			continue
		}
		switch c.r {
		case charFieldBegin:
			st.fields = append(st.fields, docField{})
			continue
		case charFieldShow:
			if n := len(st.fields); n > 0 {
				st.fields[n-1].result = true
			}
			continue
		case charFieldEnd:
			if n := len(st.fields); n > 0 {
				st.lost = st.lost || st.fields[n-1].numbers()
				st.fields = st.fields[:n-1]
			}
			continue
		}
		if n := len(st.fields); n > 0 && !st.fields[n-1].result && len(st.fields[n-1].words) < 16 {
			st.fields[n-1].words = append(st.fields[n-1].words, c.r)
		}
		if boxes := st.boxes[c.cp]; boxes != nil {
			delete(st.boxes, c.cp)
			for _, b := range boxes {
				st.f.insert(st.apart(b), depth)
			}
		}
		if look.hidden || !st.shown() {
			continue
		}
		if note, ok := st.notes[c.cp]; ok {
			m := st.doc.f.cite()
			w.write(m, st.font(look.font).name, false)
			delete(st.notes, c.cp)
			st.doc.f.note(m, st.apart(note))
			continue
		}
		n := look.font
		if c.r >= 0x80 {
			n = look.fontHigh
		}
		font := st.font(n)
		w.write(st.letter(c.r, look, font, &high), font.name, look.caps)
	}
	w.flush()
	hidden := st.look(mark).hidden && len(st.para) > 0 && out.blank()
	if p.list != 0 && !hidden {
		st.number(p, &out)
	}
	st.f.paragraph(out, depth)
}

// number counts the paragraph on in its list.
func (st *docStory) number(p *pap, out *passage) {
	label, n, lost := st.lists.label(p.list, p.level)
	if lost && !out.blank() {
		st.lost = true
	}
	if label == "" {
		return
	}
	if n < 0 {
		n = st.styled.fontHigh
	}
	if name := st.font(n).name; !isSymbol(name) {
		out.label = []run{{text: label, font: name}}
	} else {
		out.label = []run{{text: label}}
	}
}

// look is how a character is drawn.
func (st *docStory) look(c char) *chp {
	if st.known && st.piece == c.in && (st.run == nil || c.fc >= st.run.from && c.fc < st.run.to) && st.run != nil {
		return &st.now
	}
	st.run, st.piece, st.known = st.chpx.at(c.fc), c.in, true
	st.now = *st.styled
	if st.run != nil {
		st.now.set(st.run.props, st.styled, st.sheet)
	}
	if c.in.props != nil {
		st.now.set(c.in.props, st.styled, st.sheet)
	}
	return &st.now
}

// shown reports whether words that stand here are printed.
func (st *docStory) shown() bool {
	for i := range st.fields {
		if !st.fields[i].result {
			return false
		}
	}
	return true
}

// font is the n-th font.
func (d *doc) font(n int) *rtfFont {
	if n < 0 || n >= len(d.fonts) {
		return &rtfFont{}
	}
	return &d.fonts[n]
}

// letter is what a character prints. high keeps the first half of a letter beyond U+FFFF.
func (st *docStory) letter(r rune, look *chp, font *rtfFont, high *rune) string {
	if utf16.IsSurrogate(r) {
		if r < 0xDC00 {
			*high = r
			return ""
		}
		r = utf16.DecodeRune(*high, r)
		*high = 0
		return string(r)
	}
	switch r {
	case charSymbol:
		if look.special && look.symbol != 0 {
			if font.symbol || look.symbol&0xF000 == 0xF000 && legacy(font.name) == "" {
				return sign(look.symbol)
			}
			return font.unicode(rune(look.symbol))
		}
	case '\t':
		return "\t"
	case charLine, charPage, charColumn:
		return "\n"
	case charHyphen:
		return "-"
	}
	if r < ' ' {
		return ""
	}
	if font.symbol && r < 0x100 && r >= 0x80 {
		return sign(uint16(r))
	}
	if r < 0x80 {
		return asciiLetters[r : r+1]
	}
	return font.unicode(r)
}

// asciiLetters saves making a string of each letter.
var asciiLetters = func() string {
	var b strings.Builder
	for i := range 0x80 {
		b.WriteByte(byte(i))
	}
	return b.String()
}()

// runWriter joins characters of one look to runs.
type runWriter struct {
	to   *passage
	text strings.Builder
	font string
	caps bool
}

func (w *runWriter) write(s, font string, caps bool) {
	if s == "" {
		return
	}
	if (font != w.font || caps != w.caps) && w.text.Len() > 0 {
		w.flush()
	}
	w.font, w.caps = font, caps
	w.text.WriteString(s)
}

func (w *runWriter) flush() {
	w.to.add(w.text.String(), w.font, w.caps)
	w.text.Reset()
}
