package word

import (
	"unicode/utf16"
)

// sheet is the style sheet of a DOC ([MS-DOC] 2.9.271, STSH).
type sheet struct {
	list  []*docStyle
	fonts [2]int // of ASCII and of other letters, where no style says more
	looks map[int]*chp
	paps  map[int]*pap
	data  []byte
}

// docStyle is what a style sets.
type docStyle struct {
	base       int
	char       bool // a character style
	heading    bool
	papx, chpx []byte
}

const noStyle = 0x0FFF

// readSheet reads the style sheet; of a damaged one the styles before the damage.
func readSheet(b, data []byte) *sheet {
	s := &sheet{looks: map[int]*chp{}, paps: map[int]*pap{}, data: data}
	head := int(u16(b, 0))
	count, size := int(u16(b, 2)), int(u16(b, 4))
	if head >= 18 {
		s.fonts = [2]int{int(u16(b, 14)), int(u16(b, 18))}
	}
	at := 2 + head
	for i := 0; i < count && at+2 <= len(b); i++ {
		n := int(u16(b, at))
		std := sub(b, at+2, n)
		at += 2 + n
		s.list = append(s.list, readStyle(std, size))
	}
	return s
}

// readStyle reads one style; nil where its place is empty.
func readStyle(std []byte, size int) *docStyle {
	if len(std) < 10 || size < 8 {
		return nil
	}
	id, kind := u16(std, 0)&0x0FFF, u16(std, 2)&0xF
	s := &docStyle{base: int(u16(std, 2) >> 4), char: kind == 2, heading: id >= 1 && id <= 9}
	at := size + 2 + 2*int(u16(std, size)) + 2 // its name, and a zero
	next := func() []byte {
		at += at & 1
		n := int(u16(std, at))
		part := sub(std, at+2, n)
		at += 2 + n
		return part
	}
	switch kind {
	case 1:
		if papx := next(); len(papx) >= 2 {
			s.papx = papx[2:]
		}
		s.chpx = next()
	case 2:
		s.chpx = next()
	}
	return s
}

// style is the i-th style, nil where there is none.
func (s *sheet) style(i int) *docStyle {
	if s == nil || i < 0 || i >= len(s.list) {
		return nil
	}
	return s.list[i]
}

// chain gives a style behind those that it is based on.
func (s *sheet) chain(i int) []*docStyle {
	var out []*docStyle
	for st := s.style(i); st != nil && len(out) < mostBased; st = s.style(st.base) {
		out = append(out, st)
	}
	for a, b := 0, len(out)-1; a < b; a, b = a+1, b-1 {
		out[a], out[b] = out[b], out[a]
	}
	return out
}

// look is how a paragraph style draws its letters.
func (s *sheet) look(style int) *chp {
	if c := s.looks[style]; c != nil {
		return c
	}
	c := &chp{font: s.fonts[0], fontHigh: s.fonts[1]}
	for _, st := range s.chain(style) {
		styled := *c
		c.set(st.chpx, &styled, nil)
	}
	s.looks[style] = c
	return c
}

// pap is how a style sets its paragraphs.
func (s *sheet) pap(style int) pap {
	if p := s.paps[style]; p != nil {
		return *p
	}
	p := &pap{style: style, outline: 9}
	for _, st := range s.chain(style) {
		if st.heading {
			p.outline = 0
		}
		p.set(st.papx, s.data)
	}
	s.paps[style] = p
	return *p
}

// readFonts reads the names of the fonts ([MS-DOC] 2.9.286, SttbfFfn).
func readFonts(b []byte) []rtfFont {
	count := int(u16(b, 0))
	at := 4
	var out []rtfFont
	for range count {
		if at >= len(b) {
			break
		}
		n := int(b[at])
		ffn := sub(b, at+1, n)
		at += 1 + n
		var name []uint16
		for i := 39; i+1 < len(ffn); i += 2 { // behind the head of 40 bytes, its size among them
			if u := u16(ffn, i); u != 0 {
				name = append(name, u)
			} else {
				break
			}
		}
		charset := 1
		if len(ffn) > 3 {
			charset = int(ffn[3])
		}
		f := rtfFont{name: fontName(string(utf16.Decode(name))), page: charsetPages[charset]}
		f.symbol = legacy(f.name) == "" && (charset == 2 || isSymbol(f.name))
		out = append(out, f)
	}
	return out
}
