package word

import (
	"errors"
	"sort"
)

// textPiece is a run of characters that stand together in the file ([MS-DOC] 2.8.35, PlcPcd).
type textPiece struct {
	from, to int  // characters
	at       int  // byte of the first one
	wide     bool // two bytes each, else one of Windows-1252
	props    []byte
}

// pieces are the pieces of a document in the order of its characters.
type pieces struct {
	list []textPiece
	main []byte
}

var errPieces = errors.New("its piece table is damaged")

// readPieces reads the piece table. Together the pieces are no longer than the file.
func readPieces(c *compound) (*pieces, error) {
	p := &pieces{main: c.main}
	if c.old {
		return p.readOld(c)
	}
	clx := c.part(atPieces)
	var grpprls [][]byte
	for len(clx) > 3 && clx[0] == 1 { // properties that fast saving adds
		n := int(u16(clx, 1))
		grpprls = append(grpprls, sub(clx, 3, n))
		clx = clx[min(3+n, len(clx)):]
	}
	if len(clx) < 5 || clx[0] != 2 {
		return nil, errPieces
	}
	table := clx[5:]
	if size := int(u32(clx, 1)); size < len(table) && size >= 0 {
		table = table[:size]
	}
	pcd := makePlc(table, 8)
	bytes := 0
	for i := range pcd.n {
		item := pcd.item(i)
		fc := u32(item, 2)
		t := textPiece{from: pcd.at(i), to: pcd.at(i + 1), at: int(fc &^ 0xC0000000), wide: fc&0x40000000 == 0}
		if t.from < 0 || t.to <= t.from || i > 0 && len(p.list) > 0 && t.from < p.list[len(p.list)-1].to {
			continue
		}
		width := 2
		if !t.wide {
			t.at, width = t.at/2, 1
		}
		t.to = min(t.to, t.from+max(0, len(c.main)-t.at)/width)
		if bytes += (t.to - t.from) * width; bytes > len(c.main)+4096 {
			return p, errPieces
		}
		t.props = pieceProps(u16(item, 6), grpprls)
		if t.to > t.from {
			p.list = append(p.list, t)
		}
	}
	if len(p.list) == 0 {
		return nil, errPieces
	}
	return p, nil
}

// readOld takes the text of Word 6 and 95, which stands in one place unless it was saved fast.
func (p *pieces) readOld(c *compound) (*pieces, error) {
	from, to := int(u32(c.main, 0x18)), int(u32(c.main, 0x1C))
	if u16(c.main, 0x0A)&fibComplex != 0 || from < 0 || to > len(c.main) || from >= to {
		return nil, errors.New("it is of an old Word, and was saved in parts")
	}
	p.list = []textPiece{{to: to - from, at: from}}
	return p, nil
}

// singleProps gives the properties that a piece may set by a number of seven bits ([MS-DOC] 2.9.198, Prm0), as far as
// they are used here.
var singleProps = map[uint16]uint16{0x18: sprmPFInTable, 0x19: sprmPFTtp, 0x41: sprmCFRMarkDel, 0x5B: sprmCFCaps, 0x5C: sprmCFVanish}

// pieceProps is what a piece sets for all its characters and paragraphs, as a list of properties.
func pieceProps(prm uint16, grpprls [][]byte) []byte {
	if prm&1 != 0 {
		if i := int(prm >> 1); i < len(grpprls) {
			return grpprls[i]
		}
		return nil
	}
	if op, ok := singleProps[prm>>1&0x7f]; ok {
		return []byte{byte(op), byte(op >> 8), byte(prm >> 8)}
	}
	return nil
}

// char is a character with its place in the file.
type char struct {
	r  rune
	cp int
	fc int
	in *textPiece
}

// between gives the characters from one position to another, until do says false.
func (p *pieces) between(from, to int, do func(char) bool) {
	i := sort.Search(len(p.list), func(i int) bool { return p.list[i].to > from })
	for ; i < len(p.list) && p.list[i].from < to; i++ {
		t := &p.list[i]
		for cp := max(from, t.from); cp < min(to, t.to); cp++ {
			c := char{cp: cp, in: t}
			if t.wide {
				c.fc = t.at + 2*(cp-t.from)
				c.r = rune(u16(p.main, c.fc))
			} else {
				c.fc = t.at + cp - t.from
				c.r = western[p.main[c.fc]]
			}
			if !do(c) {
				return
			}
		}
	}
}

// western gives the runes of Windows-1252; bytes without one stay bytes.
var western = func() (t [256]rune) {
	f := &rtfFont{page: 1252}
	for b := range t {
		t[b] = []rune(f.letter(byte(b), 1252))[0]
	}
	return t
}()

// end is the position behind the last character.
func (p *pieces) end() int {
	if len(p.list) == 0 {
		return 0
	}
	return p.list[len(p.list)-1].to
}
