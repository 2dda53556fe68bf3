package word

import (
	"strconv"
	"strings"
	"unicode/utf16"
)

// docLists are the automatic numbers of a DOC: its tables of lists fill the same counters as those of a DOCX.
type docLists struct {
	*numbering
	fonts map[string]*[levels]int // of the numbers of an abstract list, -1 where their paragraph says
	count int
}

// numberFormats gives the numbers of formats their names ([MS-OSHARED] 2.2.1.3, MSONFC).
var numberFormats = map[byte]string{0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 5: "ordinal", 22: "decimalZero", 23: "bullet", 56: "vietnameseCounting",
	255: "none"}

// mostLists bounds the lists of one document.
const mostLists = 1 << 14

// readLists reads the lists and their overrides ([MS-DOC] 2.9.192 PlfLst, 2.9.190 PlfLfo).
func readLists(c *compound) *docLists {
	l := &docLists{numbering: newNumbering(), fonts: map[string]*[levels]int{}}
	b := c.from(atLists)
	count := min(int(u16(b, 0)), mostLists)
	at := 2 + 28*count
	for i := range count {
		lstf := sub(b, 2+28*i, 28)
		if lstf == nil {
			break
		}
		n := levels
		if lstf[26]&1 != 0 { // a list of one level
			n = 1
		}
		a, fonts := &abstractList{}, new([levels]int)
		for k := range n {
			var ok bool
			if a.level[k], fonts[k], at, ok = readLevel(b, at); !ok {
				break
			}
		}
		id := strconv.FormatUint(uint64(u32(lstf, 0)), 16)
		l.abstracts[id], l.fonts[id] = a, fonts
	}
	l.readOverrides(c.from(atListOverrides))
	return l
}

// readOverrides reads the lists as paragraphs name them.
func (l *docLists) readOverrides(b []byte) {
	l.count = min(int(u32(b, 0)), mostLists)
	at := 4 + 16*l.count
	for i := range l.count {
		lfo := sub(b, 4+16*i, 16)
		if lfo == nil {
			return
		}
		id := &list{abstract: strconv.FormatUint(uint64(u32(lfo, 0)), 16)}
		for k := range id.start {
			id.start[k] = -1
		}
		l.lists[strconv.Itoa(i+1)] = id
		at += 4
		for range int(lfo[12]) {
			over := sub(b, at, 8)
			if over == nil {
				break
			}
			at += 8
			flags := u32(over, 4)
			k := int(flags & 15)
			own := flags&32 != 0
			var lv level
			if own {
				var ok bool
				if lv, _, at, ok = readLevel(b, at); !ok {
					break
				}
			}
			if k >= levels {
				continue
			}
			if own {
				id.own[k] = &lv
			}
			if flags&16 != 0 {
				id.start[k] = int(int32(u32(over, 0)))
				if own {
					id.start[k] = lv.start
				}
			}
		}
	}
}

// readLevel reads a level ([MS-DOC] 2.9.150, LVL) and gives the place behind it.
func readLevel(b []byte, at int) (lv level, font, next int, ok bool) {
	lvlf := sub(b, at, 28)
	if lvlf == nil {
		return lv, -1, at, false
	}
	format, known := numberFormats[lvlf[4]]
	if !known {
		format = "decimal"
	}
	lv = level{start: int(int32(u32(lvlf, 0))), format: format, legal: lvlf[5]&4 != 0, restart: -1, suffix: "tab", defined: true}
	if lvlf[5]&8 != 0 {
		lv.restart = int(lvlf[26])
	}
	if lvlf[15] == 2 {
		lv.suffix = "nothing"
	}
	chars, paras := int(lvlf[24]), int(lvlf[25])
	at += 28 + paras
	font = -1
	eachProp(sub(b, at, chars), func(op uint16, arg []byte) {
		if op == sprmCRgFtc2 || op == sprmCRgFtc0 && font < 0 {
			font = int(u16(arg, 0))
		}
	})
	at += chars
	n := int(u16(b, at))
	text := sub(b, at+2, 2*n)
	if text == nil && n > 0 {
		return lv, -1, at, false
	}
	var out strings.Builder
	var units []uint16
	flush := func() {
		out.WriteString(string(utf16.Decode(units)))
		units = units[:0]
	}
	for i := range n {
		if u := u16(text, 2*i); u < levels {
			flush()
			out.WriteString("%" + strconv.Itoa(int(u)+1))
		} else {
			units = append(units, u)
		}
	}
	flush()
	lv.text = out.String()
	return lv, font, at + 2 + 2*n, true
}

// label counts a paragraph on and gives its number, with the font that it is set in, -1 where that is the paragraph's.
// lost reports that the paragraph has a number that nobody can tell.
func (l *docLists) label(id, ilvl int) (label string, font int, lost bool) {
	if id <= 0 || ilvl < 0 || ilvl >= levels {
		return "", -1, false
	}
	key := strconv.Itoa(id)
	in := l.lists[key]
	if in == nil {
		return "", -1, true
	}
	label, ok := l.next(key, ilvl)
	if !ok {
		a := l.abstracts[in.abstract]
		return "", -1, a == nil || !a.level[ilvl].defined && in.own[ilvl] == nil
	}
	font = -1
	if fonts := l.fonts[in.abstract]; fonts != nil {
		font = fonts[ilvl]
	}
	return label, font, false
}
