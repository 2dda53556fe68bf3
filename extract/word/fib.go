package word

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/richardlehane/mscfb"
)

// CompoundVersion is the version of the library that opens compound files.
const CompoundVersion = "v1.0.9"

// ErrEncrypted is the refusal of a document that asks for a password.
var ErrEncrypted = errors.New("it is encrypted with a password")

// compound is a DOC file's streams, and the file information block that says where everything stands in them
// ([MS-DOC] 2.5, Fib).
type compound struct {
	main  []byte // WordDocument
	table []byte // 0Table or 1Table
	data  []byte // Data: properties too long for their place
	old   bool   // of Word 6 or 95
}

// What stands in the table stream, by its place in FibRgFcLcb97.
const (
	atStyles        = 1  // Stshf
	atNoteRefs      = 2  // PlcffndRef
	atNotes         = 3  // PlcffndTxt
	atHeaders       = 11 // PlcfHdd
	atChpx          = 12 // PlcfBteChpx
	atPapx          = 13 // PlcfBtePapx
	atFonts         = 15 // SttbfFfn
	atPieces        = 33 // Clx
	atShapes        = 40 // PlcSpaMom
	atEndnoteRefs   = 46 // PlcfendRef
	atEndnotes      = 47 // PlcfendTxt
	atBoxes         = 56 // PlcftxbxTxt
	atLists         = 73 // PlfLst
	atListOverrides = 74 // PlfLfo
)

// The bits of the flags at 0x0A of the block.
const (
	fibEncrypted = 0x0100
	fibTable1    = 0x0200
	fibComplex   = 0x0004
)

// openCompound opens the streams of a DOC file.
func openCompound(data []byte) (*compound, error) {
	r, err := mscfb.New(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("its container is damaged: %w", err)
	}
	streams := map[string][]byte{}
	for f, err := r.Next(); err == nil; f, err = r.Next() {
		switch f.Name {
		case "WordDocument", "0Table", "1Table", "Data":
			if len(f.Path) == 0 && streams[f.Name] == nil {
				streams[f.Name] = readStream(f, int64(len(data)))
			}
		case "EncryptedPackage":
			return nil, ErrEncrypted
		}
	}
	c := &compound{main: streams["WordDocument"], data: streams["Data"]}
	if len(c.main) < 0x60 {
		return nil, errors.New("it holds no text of Word")
	}
	magic, version, flags := u16(c.main, 0), u16(c.main, 2), u16(c.main, 0x0A)
	if magic != 0xA5EC && magic != 0xA5DC {
		return nil, fmt.Errorf("it is of a kind of Word that is not known (%04x)", magic)
	}
	if flags&fibEncrypted != 0 {
		return nil, ErrEncrypted
	}
	if c.old = version < 0xC1; c.old {
		c.table = c.main
		return c, nil
	}
	name := "0Table"
	if flags&fibTable1 != 0 {
		name = "1Table"
	}
	if c.table = streams[name]; c.table == nil {
		return nil, fmt.Errorf("it has lost its stream %s", name)
	}
	return c, nil
}

// readStream reads a stream, of a damaged one what there is. None is larger than the file.
func readStream(f *mscfb.File, most int64) []byte {
	out := make([]byte, 0, max(0, min(f.Size, most)))
	var buf [32 << 10]byte
	for int64(len(out)) < most {
		n, err := f.Read(buf[:])
		out = append(out, buf[:max(0, min(n, len(buf)))]...)
		if err != nil || n <= 0 {
			if err != nil && err != io.EOF && n == 0 {
				break
			}
			break
		}
	}
	return out
}

// part is a structure of the table stream; nil where there is none.
func (c *compound) part(at int) []byte {
	fc, size := u32(c.main, 0x9A+8*at), u32(c.main, 0x9A+8*at+4)
	return sub(c.table, int(fc), int(size))
}

// from is the table stream from a structure on: lists run beyond their size.
func (c *compound) from(at int) []byte {
	if u32(c.main, 0x9A+8*at+4) == 0 {
		return nil
	}
	fc := int(u32(c.main, 0x9A+8*at))
	return sub(c.table, fc, len(c.table)-fc)
}

// ccp is the number of characters of each of the texts that follow one another, in their order.
func (c *compound) ccp() (sizes [7]int) {
	for i, at := range [...]int{0x4C, 0x50, 0x54, 0x58, 0x5C, 0x60, 0x64} {
		sizes[i] = int(min(u32(c.main, at), 1<<30))
	}
	return sizes
}

// The texts of a document, in their order.
const (
	textMain = iota
	textNotes
	textHeaders
	textMacros
	textComments
	textEndnotes
	textBoxes
)

// sub is a part of b, nil where it does not lie inside.
func sub(b []byte, at, size int) []byte {
	if at < 0 || size <= 0 || at > len(b) || size > len(b)-at {
		return nil
	}
	return b[at : at+size : at+size]
}

// u16 and u32 are little-endian numbers, 0 beyond the end.
func u16(b []byte, at int) uint16 {
	if at < 0 || at+2 > len(b) {
		return 0
	}
	return binary.LittleEndian.Uint16(b[at:])
}

func u32(b []byte, at int) uint32 {
	if at < 0 || at+4 > len(b) {
		return 0
	}
	return binary.LittleEndian.Uint32(b[at:])
}

// plc is an array of positions, each but the last with a structure of its own ([MS-DOC] 2.2.2).
type plc struct {
	b    []byte
	n    int // structures
	size int // bytes of each
}

func makePlc(b []byte, size int) plc {
	return plc{b, max(0, (len(b)-4)/(4+size)), size}
}

// at is the i-th position, i up to n.
func (p plc) at(i int) int { return int(int32(u32(p.b, 4*i))) }

// item is the i-th structure.
func (p plc) item(i int) []byte { return sub(p.b, 4*(p.n+1)+i*p.size, p.size) }
