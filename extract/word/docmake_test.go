package word

import (
	"encoding/binary"
	"unicode/utf16"
)

// docMaker makes a DOC file out of paragraphs, as Word 97 lays it out: text in pieces, one page of properties of each
// kind, and the tables that name them.
type docMaker struct {
	fonts  []string
	styles [][2][]byte // papx and chpx of the paragraph styles from 1 on
	lists  []byte      // PlfLst with its levels
	over   []byte      // PlfLfo
	flags  uint16

	parts []docPart // runs of the texts, in their order
	ccp   [7]int
	text  int // the text that is being written
	refs  []int
	notes []int
	prcs  [][]byte
}

// docPart is a run; mark is set where it ends a paragraph.
type docPart struct {
	text   string
	narrow bool // one byte a letter, given as such
	chpx   []byte
	papx   []byte
	ends   bool
	prm    uint16
}

// op is a property with its operand.
func op(code uint16, arg ...byte) []byte {
	b := []byte{byte(code), byte(code >> 8)}
	if code>>13 == 6 {
		if code == sprmTDefTable {
			b = append(b, byte(len(arg)+1), byte((len(arg)+1)>>8))
		} else {
			b = append(b, byte(len(arg)))
		}
	}
	return append(b, arg...)
}

func props(list ...[]byte) []byte {
	var out []byte
	for _, b := range list {
		out = append(out, b...)
	}
	return out
}

func le16(n int) []byte { return binary.LittleEndian.AppendUint16(nil, uint16(n)) }
func le32(n int) []byte { return binary.LittleEndian.AppendUint32(nil, uint32(n)) }

// wide and narrow are runs of a paragraph.
func wide(text string, chpx ...[]byte) docPart { return docPart{text: text, chpx: props(chpx...)} }
func narrow(text string, chpx ...[]byte) docPart {
	return docPart{text: text, narrow: true, chpx: props(chpx...)}
}

// font sets a run in the n-th font.
func font(n int) []byte {
	return props(op(sprmCRgFtc0, le16(n)...), op(sprmCRgFtc2, le16(n)...))
}

// para adds a paragraph that ends with a mark; its style is the first of papx.
func (m *docMaker) para(style int, papx []byte, mark string, runs ...docPart) *docMaker {
	runs = append(runs, docPart{text: mark})
	for i := range runs {
		runs[i].papx = props(le16(style), papx)
		n := len(utf16.Encode([]rune(runs[i].text)))
		if runs[i].narrow {
			n = len(runs[i].text)
		}
		m.ccp[m.text] += n
	}
	runs[len(runs)-1].ends = true
	m.parts = append(m.parts, runs...)
	return m
}

// note adds a footnote that the character before the current end cites.
func (m *docMaker) note(cp int, runs ...docPart) *docMaker {
	was := m.text
	m.text = textNotes
	m.refs = append(m.refs, cp)
	m.notes = append(m.notes, m.ccp[textNotes])
	m.para(0, nil, "\r", runs...)
	m.text = was
	return m
}

// page lays out one page of properties.
func page(ends []int, from int, entry int, props [][]byte, paragraphs bool) []byte {
	p := make([]byte, 512)
	n := len(props)
	p[511] = byte(n)
	at := 510
	last := from
	for i, end := range ends {
		copy(p[4*i:], le32(last))
		last = end
		body := props[i]
		if paragraphs {
			if len(body)%2 == 0 {
				body = append([]byte{0, byte(len(body) / 2)}, body...)
			} else {
				body = append([]byte{byte((len(body) + 1) / 2)}, body...)
			}
		} else if len(body) > 0 {
			body = append([]byte{byte(len(body))}, body...)
		}
		if len(body) == 0 {
			continue
		}
		at = (at - len(body)) &^ 1
		copy(p[at:], body)
		p[4*(n+1)+entry*i] = byte(at / 2)
	}
	copy(p[4*n:], le32(last))
	return p
}

// bytes gives the file.
func (m *docMaker) bytes() []byte {
	const begin = 0x600
	main := make([]byte, begin)
	var cps, fcs []int
	var pieceProps []uint16
	var chpEnds, papEnds []int
	var chp, pap [][]byte
	cp := 0
	for _, part := range m.parts {
		if len(main)%2 == 1 {
			main = append(main, 0)
			chpEnds[len(chpEnds)-1]++
		}
		cps = append(cps, cp)
		pieceProps = append(pieceProps, part.prm)
		if part.narrow {
			fcs = append(fcs, 2*len(main)|0x40000000)
			main = append(main, part.text...)
			cp += len(part.text)
		} else {
			fcs = append(fcs, len(main))
			for _, u := range utf16.Encode([]rune(part.text)) {
				main = binary.LittleEndian.AppendUint16(main, u)
				cp++
			}
		}
		chpEnds = append(chpEnds, len(main))
		chp = append(chp, part.chpx)
		if part.ends {
			papEnds = append(papEnds, len(main))
			pap = append(pap, part.papx)
		}
	}
	cps = append(cps, cp)
	for len(main)%512 != 0 {
		main = append(main, 0)
	}
	// bte lays out pages of three runs each, and gives their index.
	bte := func(ends []int, props [][]byte, entry int) []byte {
		var at, numbers []byte
		from := begin
		for i := 0; i < len(ends); i += 3 {
			k := min(i+3, len(ends))
			at, numbers = append(at, le32(from)...), append(numbers, le32(len(main)/512)...)
			main = append(main, page(ends[i:k], from, entry, props[i:k], entry > 1)...)
			from = ends[k-1]
		}
		return append(append(at, le32(from)...), numbers...)
	}
	chpx, papx := bte(chpEnds, chp, 1), bte(papEnds, pap, 13)

	var table []byte
	put := func(at int, b []byte) {
		copy(main[0x9A+8*at:], le32(len(table)))
		copy(main[0x9A+8*at+4:], le32(len(b)))
		table = append(table, b...)
	}
	table = append(table, 0, 0, 0, 0)
	var plc []byte
	for _, c := range cps {
		plc = append(plc, le32(c)...)
	}
	for i, fc := range fcs {
		plc = append(plc, props(le16(0), le32(fc), le16(int(pieceProps[i])))...)
	}
	var clx []byte
	for _, prc := range m.prcs {
		clx = append(clx, props([]byte{1}, le16(len(prc)), prc)...)
	}
	put(atPieces, props(clx, []byte{2}, le32(len(plc)), plc))
	put(atChpx, chpx)
	put(atPapx, papx)
	sheet := props(le16(18), le16(len(m.styles)+1), le16(10), make([]byte, 14))
	style := func(id int, papx, chpx []byte) []byte {
		std := props(le16(id), le16(1|noStyle<<4), le16(2), le16(0), le16(0), le16(1), []byte("N\x00\x00\x00"))
		upx := func(b []byte) {
			if len(std)%2 == 1 {
				std = append(std, 0)
			}
			std = props(std, le16(len(b)), b)
		}
		upx(props(le16(id), papx))
		upx(chpx)
		return props(le16(len(std)), std)
	}
	sheet = append(sheet, style(0, nil, nil)...)
	for i, s := range m.styles {
		sheet = append(sheet, style(i+1, s[0], s[1])...)
	}
	put(atStyles, sheet)
	fonts := props(le16(len(m.fonts)), le16(0))
	for _, name := range m.fonts {
		var units []byte
		for _, u := range utf16.Encode([]rune(name + "\x00")) {
			units = binary.LittleEndian.AppendUint16(units, u)
		}
		fonts = props(fonts, []byte{byte(39 + len(units))}, make([]byte, 39), units)
	}
	put(atFonts, fonts)
	if m.lists != nil {
		put(atLists, m.lists)
		put(atListOverrides, m.over)
	}
	if len(m.refs) > 0 {
		var refs, texts []byte
		for i, r := range m.refs {
			refs = append(refs, le32(r)...)
			texts = append(texts, le32(m.notes[i])...)
		}
		refs = append(refs, le32(m.ccp[textMain])...)
		refs = append(refs, make([]byte, 2*len(m.refs))...)
		put(atNoteRefs, refs)
		put(atNotes, props(texts, le32(m.ccp[textNotes]), le32(m.ccp[textNotes]+1)))
	}
	copy(main, props(le16(0xA5EC), le16(0xC1)))
	copy(main[0x0A:], le16(int(fibTable1|m.flags)))
	for i, at := range [...]int{0x4C, 0x50, 0x54, 0x58, 0x5C, 0x60, 0x64} {
		copy(main[at:], le32(m.ccp[i]))
	}
	return compoundFile("WordDocument", main, "1Table", table)
}

// compoundFile packs streams of at least a sector each, none of them in the small stream.
func compoundFile(streams ...any) []byte {
	const end, free, fat = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
	var body []byte
	var chain []uint32
	entry := func(name string, kind byte, child, right uint32, start, size int) []byte {
		e := make([]byte, 128)
		for i, u := range utf16.Encode([]rune(name)) {
			binary.LittleEndian.PutUint16(e[2*i:], u)
		}
		binary.LittleEndian.PutUint16(e[64:], uint16(2*len(name)+2))
		e[66], e[67] = kind, 1
		binary.LittleEndian.PutUint32(e[68:], free)
		binary.LittleEndian.PutUint32(e[72:], right)
		binary.LittleEndian.PutUint32(e[76:], child)
		copy(e[116:], le32(start))
		copy(e[120:], le32(size))
		return e
	}
	add := func(b []byte) (start int) {
		start = len(chain)
		for len(b)%512 != 0 {
			b = append(b, 0)
		}
		for i := range len(b) / 512 {
			next := uint32(start + i + 1)
			if i == len(b)/512-1 {
				next = end
			}
			chain = append(chain, next)
		}
		body = append(body, b...)
		return start
	}
	dir := entry("Root Entry", 5, 1, free, end, 0)
	for i := 0; i < len(streams); i += 2 {
		b := append([]byte(nil), streams[i+1].([]byte)...)
		for len(b) < 4096 {
			b = append(b, 0)
		}
		right := uint32(i/2 + 2)
		if i+2 >= len(streams) {
			right = free
		}
		dir = append(dir, entry(streams[i].(string), 2, free, right, add(b), len(b))...)
	}
	dirAt := add(dir)
	fatAt := len(chain)
	sectors := (len(chain)+1+127)/128 + 1
	var table []byte
	for range sectors {
		chain = append(chain, fat)
	}
	for _, n := range chain {
		table = binary.LittleEndian.AppendUint32(table, n)
	}
	for len(table) < 512*sectors {
		table = binary.LittleEndian.AppendUint32(table, free)
	}
	head := make([]byte, 512)
	copy(head, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	copy(head[24:], props(le16(0x3E), le16(3), le16(0xFFFE), le16(9), le16(6)))
	copy(head[44:], le32(sectors))
	copy(head[48:], le32(dirAt))
	copy(head[56:], props(le32(4096), le32(-2), le32(0), le32(-2), le32(0)))
	for i := range 109 {
		n := free
		if i < sectors {
			n = fatAt + i
		}
		binary.LittleEndian.PutUint32(head[76+4*i:], uint32(n))
	}
	return append(append(head, body...), table...)
}
