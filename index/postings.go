package index

import (
	"encoding/binary"
	"fmt"
	"math"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"
	"github.com/blevesearch/vellum"
	zap "github.com/blevesearch/zapx/v17"
)

// posting is a record that holds a term.
type posting struct {
	record uint32
	length float32 // words in the field
	code   uint64  // where, or how much: what was indexed as the frequency
	locs   []byte  // the positions of a code that is located, as the segment keeps them
}

// postings is the records that hold one term in one field of a segment, deleted ones included. A segment in a
// file is read where it lies: bleve's own iterator costs ten times as much for each posting.
type postings struct {
	docs  *roaring.Bitmap // nil where there is one alone
	alone posting
	n     int // how many

	freqs, places []byte // codes and lengths; locations
	records       uint32 // of the segment

	slow segment.PostingsList // of a segment that is not in a file yet

	field string
	reading
}

// noChunks is the offset of a column that was left out.
const noChunks = math.MaxUint64

// readChunks finds a column of a postings list. It is kept in chunks, each with where it ends; the chunks stand side by side, so that
// the column is read as one.
func readChunks(mem []byte, offset uint64) ([]byte, error) {
	if offset == noChunks || offset == 0 {
		return nil, nil
	}
	if offset >= uint64(len(mem)) {
		return nil, errDamaged
	}
	b := mem[offset:]
	n, size := binary.Uvarint(b)
	if size <= 0 || n > uint64(len(b)) {
		return nil, errDamaged
	}
	b = b[size:]
	for range n {
		if _, size = binary.Uvarint(b); size <= 0 {
			return nil, errDamaged
		}
		b = b[size:]
	}
	return b, nil
}

var errDamaged = fmt.Errorf("index: a segment is damaged")

// dictionary is the terms of one field of a segment in a file.
type dictionary struct {
	field string
	fst   *vellum.FST
	seg   *zap.Segment
}

// openDictionary reads where the terms of a field stand; nil where the segment has none.
func openDictionary(seg *zap.Segment, field string) (*dictionary, error) {
	at, err := seg.DictAddr(field)
	if err != nil {
		return nil, nil // no record has the field
	}
	mem := seg.Data()
	if at >= uint64(len(mem)) {
		return nil, errDamaged
	}
	n, size := binary.Uvarint(mem[at:])
	if size <= 0 || at+uint64(size)+n > uint64(len(mem)) {
		return nil, errDamaged
	}
	from := at + uint64(size)
	fst, err := vellum.Load(mem[from : from+n])
	if err != nil {
		return nil, err
	}
	return &dictionary{field, fst, seg}, nil
}

// postings reads the head of a list.
func (d *dictionary) postings(at uint64) (*postings, error) {
	p := &postings{records: uint32(d.seg.NumDocs()), field: d.field}
	if at&zap.FSTValEncodingMask == zap.FSTValEncoding1Hit {
		doc, length := zap.FSTValDecode1Hit(at)
		p.n, p.alone = 1, posting{record: uint32(doc), code: 1, length: float32(length)}
		return p, nil
	}
	mem := d.seg.Data()
	if at >= uint64(len(mem)) {
		return nil, errDamaged
	}
	b := mem[at:]
	var head [3]uint64 // where the frequencies and the locations stand, and the length of the bitmap
	for i := range head {
		v, size := binary.Uvarint(b)
		if size <= 0 {
			return nil, errDamaged
		}
		head[i], b = v, b[size:]
	}
	if head[2] > uint64(len(b)) {
		return nil, errDamaged
	}
	p.docs = roaring.New()
	if _, err := p.docs.FromBuffer(b[:head[2]]); err != nil {
		return nil, err
	}
	p.n = int(p.docs.GetCardinality())
	var err error
	if p.freqs, err = readChunks(mem, head[0]); err != nil {
		return nil, err
	}
	p.places, err = readChunks(mem, head[1])
	return p, err
}

// set is the records.
func (p *postings) set() set {
	switch {
	case p.slow != nil:
		s := newSet(p.records)
		it := p.slow.Iterator(false, false, false, nil)
		for next, err := it.Next(); err == nil && next != nil; next, err = it.Next() {
			s.add(uint32(next.Number()))
		}
		return s
	case p.docs == nil:
		s := newSet(p.records)
		s.add(p.alone.record)
		return s
	}
	return setOf(p.records, p.docs)
}

// orInto adds the records to a set.
func (p *postings) orInto(s *set) {
	s.room(p.records)
	switch {
	case p.slow != nil:
		s.or(p.set())
	case p.docs == nil:
		s.add(p.alone.record)
	case p.n < 1024:
		for it := p.docs.Iterator(); it.HasNext(); {
			s.add(it.Next())
		}
	default:
		if o := p.open.Load(); o != nil && o.codes != nil {
			s.or(o.docs.set)
			return
		}
		docs := scratch(p.records)
		p.docs.WriteDenseTo(docs.words)
		s.or(docs)
		docs.free()
	}
}

// scratches are sets that are needed for a moment only.
var scratches sync.Pool

// scratch is an empty set whose memory is given back by free.
func scratch(records uint32) set {
	n := int(records+63) / 64
	if kept, ok := scratches.Get().(*[]uint64); ok && cap(*kept) >= n {
		s := set{(*kept)[:n]}
		clear(s.words)
		return s
	}
	return newSet(records)
}

func (s set) free() { scratches.Put(&s.words) }

// number is the number of n+1 bytes that x begins with.
func number(x uint64, n int) uint64 {
	x &= ^uint64(0) >> (56 - 8*n) &^ lastBytes
	x = x&0x007f007f007f007f | x&0x7f007f007f007f00>>1
	x = x&0x00003fff00003fff | x&0x3fff00003fff0000>>2
	return x&0x000000000fffffff | x&0x0fffffff00000000>>4
}

// lastBytes is the bit of each of eight bytes that is 0 in the last byte of a number.
const lastBytes = 0x8080808080808080

// cutLocs takes the locations of one record off a chunk; the rest is nil where it is damaged.
func cutLocs(b []byte) (locs, rest []byte) {
	n, size := binary.Uvarint(b)
	if size <= 0 || n > uint64(len(b)-size) {
		return nil, nil
	}
	return b[size : size+int(n)], b[size+int(n):]
}

// locNumbers is how many numbers a location is kept in: field, position, start, end, and how many positions in arrays, which there are
// none of.
const locNumbers = 5

// appendLoc writes a location as a segment keeps it.
func appendLoc(b []byte, pos uint64) []byte {
	for _, v := range [locNumbers]uint64{1: pos} {
		b = binary.AppendUvarint(b, v)
	}
	return b
}

// readSlow reads by bleve's own iterator.
func (p *postings) readSlow() (list []posting, err error) {
	it := p.slow.Iterator(true, true, true, nil)
	for {
		next, err := it.Next()
		if err != nil || next == nil {
			return list, err
		}
		at := posting{record: uint32(next.Number()), code: next.Frequency(), length: lengthOf(next.Norm())}
		for _, l := range next.Locations() {
			at.locs = appendLoc(at.locs, l.Pos())
		}
		list = append(list, at)
	}
}

// lengthOf is the number of words that a norm was made of.
func lengthOf(norm float64) float32 {
	if norm == 0 {
		return 1
	}
	return float32(math.Round(1 / (norm * norm)))
}

// appendKeys appends the positions of a posting, each with a record's number in its upper half: two words are
// neighbours where the key of one is the key of the other plus one.
func (p *posting) appendKeys(keys []uint64, record uint32) []uint64 {
	base := uint64(record) << 32
	kind := p.code & 7
	if kind == 0 {
		return append(keys, base|(p.code>>3-1))
	}
	if kind == located {
		for b := p.locs; len(b) > 0; {
			var field [locNumbers]uint64
			for i := range field {
				v, size := binary.Uvarint(b)
				if size <= 0 {
					return keys
				}
				field[i], b = v, b[size:]
			}
			keys = append(keys, base|field[1])
		}
		return keys
	}
	var kept [maxCoded]int32
	for _, pos := range decode(kept[:0], p.code) {
		keys = append(keys, base|uint64(pos))
	}
	return keys
}
