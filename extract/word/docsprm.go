package word

// The properties that are read ([MS-DOC] 2.6, Single Property Modifiers).
const (
	sprmCFRMarkDel = 0x0800
	sprmCFCaps     = 0x083B
	sprmCFVanish   = 0x083C
	sprmCFSpec     = 0x0855
	sprmCIstd      = 0x4A30
	sprmCPlain     = 0x2A33
	sprmCRgFtc0    = 0x4A4F // font of ASCII
	sprmCRgFtc2    = 0x4A51 // font of other letters
	sprmCSymbol    = 0x6A09

	sprmPFInTable        = 0x2416
	sprmPFTtp            = 0x2417
	sprmPItap            = 0x6649
	sprmPDtap            = 0x664A
	sprmPFInnerTableCell = 0x244B
	sprmPFInnerTtp       = 0x244C
	sprmPIlvl            = 0x260A
	sprmPIlfo            = 0x460B
	sprmPOutLvl          = 0x2640
	sprmPHugePapx        = 0x6646
	sprmPHugePapxOld     = 0x6645
	sprmPChgTabs         = 0xC615

	sprmTDefTable  = 0xD608
	sprmTMerge     = 0x5624
	sprmTVertMerge = 0xD62B
)

// eachProp gives the properties of a list with their operands.
func eachProp(b []byte, do func(op uint16, arg []byte)) {
	for len(b) >= 2 {
		op := u16(b, 0)
		b = b[2:]
		head, n := 0, 0
		switch op >> 13 {
		case 0, 1:
			n = 1
		case 2, 4, 5:
			n = 2
		case 3:
			n = 4
		case 7:
			n = 3
		case 6:
			if len(b) == 0 {
				return
			}
			head, n = 1, int(b[0])
			switch {
			case op == sprmTDefTable:
				head, n = 2, int(u16(b, 0))-1
			case op == sprmPChgTabs && n == 255: // its length follows from its parts
				deleted := 0
				if len(b) > 1 {
					deleted = int(b[1])
				}
				n = 1 + 4*deleted
				if 1+n < len(b) {
					n += 1 + 3*int(b[1+n])
				}
			}
		}
		if n < 0 || head+n > len(b) {
			return
		}
		do(op, b[head:head+n])
		b = b[head+n:]
	}
}

// chp is how a character is drawn.
type chp struct {
	style    int
	font     int // of ASCII
	fontHigh int // of other letters
	caps     bool
	hidden   bool
	deleted  bool
	special  bool
	symbol   uint16 // of a font of signs, 0 for none
}

// setChp sets the properties of a list; styled is what the style of the paragraph draws, which toggles go by.
func (c *chp) set(b []byte, styled *chp, styles *sheet) {
	eachProp(b, func(op uint16, arg []byte) {
		switch op {
		case sprmCIstd:
			c.style = int(u16(arg, 0))
			if s := styles.style(c.style); s != nil && s.char {
				c.set(s.chpx, styled, nil)
			}
		case sprmCPlain:
			*c = *styled
		case sprmCRgFtc0:
			c.font = int(u16(arg, 0))
		case sprmCRgFtc2:
			c.fontHigh = int(u16(arg, 0))
		case sprmCFCaps:
			c.caps = toggled(arg[0], styled.caps)
		case sprmCFVanish:
			c.hidden = toggled(arg[0], styled.hidden)
		case sprmCFRMarkDel:
			c.deleted = arg[0]&1 != 0
		case sprmCFSpec:
			c.special = arg[0]&1 != 0
		case sprmCSymbol:
			c.font, c.fontHigh, c.symbol = int(u16(arg, 0)), int(u16(arg, 0)), u16(arg, 2)
		}
	})
}

// toggled is a switch: off, on, as the style has it, or against it.
func toggled(v byte, styled bool) bool {
	switch v {
	case 0x80:
		return styled
	case 0x81:
		return !styled
	}
	return v != 0
}

// pap is how a paragraph is set.
type pap struct {
	style     int
	inTable   bool
	rowEnd    bool
	depth     int
	innerCell bool
	innerEnd  bool
	list      int // 1-based index of a list override, 0 for none
	level     int
	outline   int // 9 for text
	row       *rowDef
}

// set sets the properties of a list. data is the stream that holds those too long for their place.
func (p *pap) set(b, data []byte) {
	eachProp(b, func(op uint16, arg []byte) {
		switch op {
		case sprmPFInTable:
			p.inTable = arg[0] != 0
		case sprmPFTtp:
			p.rowEnd = arg[0] != 0
		case sprmPItap:
			p.depth = min(max(int(int32(u32(arg, 0))), 0), mostTables)
		case sprmPDtap:
			p.depth = min(max(p.depth+int(int32(u32(arg, 0))), 0), mostTables)
		case sprmPFInnerTableCell:
			p.innerCell = arg[0] != 0
		case sprmPFInnerTtp:
			p.innerEnd = arg[0] != 0
		case sprmPIlvl:
			p.level = int(arg[0])
		case sprmPIlfo:
			p.list = int(int16(u16(arg, 0)))
		case sprmPOutLvl:
			p.outline = int(arg[0])
		case sprmPHugePapx, sprmPHugePapxOld:
			at := int(u32(arg, 0))
			if huge := sub(data, at+2, int(u16(data, at))); huge != nil {
				p.set(huge, nil)
			}
		case sprmTDefTable:
			p.row = tableDef(arg)
		case sprmTMerge:
			if p.row != nil {
				for i := int(arg[0]) + 1; i < min(int(arg[1]), len(p.row.cells)); i++ {
					p.row.cells[i].across = true
				}
			}
		case sprmTVertMerge:
			if p.row != nil && len(arg) >= 2 && int(arg[0]) < len(p.row.cells) {
				p.row.cells[arg[0]].down = [4]merge{mergeNone, mergeOn, mergeNone, mergeFirst}[arg[1]&3]
			}
		}
	})
}

// tableDef reads the definition of a row ([MS-DOC] 2.9.300, TDefTableOperand): edges, then a structure of 20 bytes
// for each cell.
func tableDef(arg []byte) *rowDef {
	if len(arg) == 0 {
		return nil
	}
	n := min(int(arg[0]), mostColumns)
	if len(arg) < 1+2*(n+1) {
		return nil
	}
	def := &rowDef{left: int(int16(u16(arg, 1)))}
	cells := arg[min(1+2*(int(arg[0])+1), len(arg)):]
	for i := range n {
		c := cellDef{right: int(int16(u16(arg, 1+2*(i+1))))}
		if flags := u16(cells, 20*i); 20*i+2 <= len(cells) {
			c.across = flags&2 != 0
			c.down = [4]merge{mergeNone, mergeOn, mergeNone, mergeFirst}[flags>>5&3]
		}
		def.cells = append(def.cells, c)
	}
	return def
}
