package index

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/bits"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"
	"github.com/blevesearch/vellum"
	zap "github.com/blevesearch/zapx/v17"
)

// posting is a record that holds a term.
type posting struct {
	record uint32
	code   uint64  // where, or how much: what was indexed as the frequency
	length float32 // words in the field
	locs   []byte  // the positions of a code that is located, as the segment keeps them
	more   []segment.Location
}

// postings is the records that hold one term in one field of a segment, deleted ones included. A segment in a
// file is read where it lies: bleve's own iterator costs ten times as much for each posting.
type postings struct {
	docs  *roaring.Bitmap // nil where there is one alone
	alone posting
	n     int // how many

	mem           []byte
	freqs, places chunks
	size          uint32 // how many numbers of records share a chunk
	records       uint32 // of the segment

	slow segment.PostingsList // of a segment that is not in a file yet

	reading
}

// chunks is a column of a postings list: the bytes of each chunk end at its offset.
type chunks struct {
	ends []uint64
	data []byte
}

// noChunks is the offset of a column that was left out.
const noChunks = math.MaxUint64

func readChunks(mem []byte, offset uint64) (c chunks, err error) {
	if offset == noChunks || offset == 0 {
		return c, nil
	}
	if offset >= uint64(len(mem)) {
		return c, errDamaged
	}
	b := mem[offset:]
	n, size := binary.Uvarint(b)
	if size <= 0 || n > uint64(len(b)) {
		return c, errDamaged
	}
	b = b[size:]
	c.ends = make([]uint64, n)
	for i := range c.ends {
		if c.ends[i], size = binary.Uvarint(b); size <= 0 {
			return c, errDamaged
		}
		b = b[size:]
	}
	c.data = b
	return c, nil
}

// chunk is the bytes of one chunk.
func (c *chunks) chunk(i uint32) []byte {
	if int(i) >= len(c.ends) {
		return nil
	}
	from := uint64(0)
	if i > 0 {
		from = c.ends[i-1]
	}
	if from > c.ends[i] || c.ends[i] > uint64(len(c.data)) {
		return nil
	}
	return c.data[from:c.ends[i]]
}

var errDamaged = fmt.Errorf("index: a segment is damaged")

// dictionary is the terms of one field of a segment in a file.
type dictionary struct {
	fst *vellum.FST
	seg *zap.Segment
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
	return &dictionary{fst, seg}, nil
}

// postings reads the head of a list.
func (d *dictionary) postings(at uint64) (*postings, error) {
	p := &postings{records: uint32(d.seg.NumDocs())}
	if at&zap.FSTValEncodingMask == zap.FSTValEncoding1Hit {
		doc, length := zap.FSTValDecode1Hit(at)
		p.n, p.alone = 1, posting{record: uint32(doc), code: 1, length: float32(length)}
		return p, nil
	}
	p.mem = d.seg.Data()
	if at >= uint64(len(p.mem)) {
		return nil, errDamaged
	}
	b := p.mem[at:]
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
	if p.freqs, err = readChunks(p.mem, head[0]); err != nil {
		return nil, err
	}
	if p.places, err = readChunks(p.mem, head[1]); err != nil {
		return nil, err
	}
	p.size, err = chunkSize(d.seg.ChunkMode(), p.n, p.records)
	return p, err
}

// chunkSize is zapx's rule for how many numbers of records share a chunk.
func chunkSize(mode uint32, n int, records uint32) (uint32, error) {
	size := mode
	switch {
	case mode == 1025 && n <= 1024:
		size = records
	case mode == 1025:
		size = 1024
	case mode == 1026:
		size = records / uint32(n/1024+1)
	case mode > 1026:
		size = 0
	}
	if size == 0 {
		return 0, fmt.Errorf("index: a segment with chunks of mode %d", mode)
	}
	return size, nil
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
		if u := p.open.Load(); u != nil {
			s.or(u.docs.set)
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

// each visits the postings that lie in a set, in order. The posting is the visitor's until it returns.
func (p *postings) each(within set, visit func(*posting)) error {
	switch {
	case within.words == nil:
		return nil
	case p.slow != nil:
		return p.eachSlow(within, visit)
	case p.docs == nil:
		if one := p.alone; within.contains(one.record) {
			visit(&one)
		}
		return nil
	}
	if u := p.unpack(within); u != nil {
		u.each(within, visit)
		return nil
	}
	return p.eachPacked(within, visit)
}

// eachPacked is each where the list lies in its segment.
func (p *postings) eachPacked(within set, visit func(*posting)) error {
	docs := scratch(p.records)
	defer docs.free()
	p.docs.WriteDenseTo(docs.words)
	read := p.n / skipsPerRead
	defer func() { p.read.Add(int64(read)) }()
	var at posting
	for c := uint32(0); c*p.size < p.records; c++ {
		from, to := c*p.size, min(p.records, (c+1)*p.size)
		if !meet(docs.words, within.words, from, to) {
			continue
		}
		freqs, locs := p.freqs.chunk(c), p.places.chunk(c)
		hasLocs := len(locs) > 0
		skip := 0 // postings that are left out before the next
		for i := from >> 6; i <= (to-1)>>6; i++ {
			w := docs.words[i] & span(i, from, to)
			wanted := w & within.words[i]
			if wanted == 0 && !hasLocs {
				skip += bits.OnesCount64(w)
				continue
			}
			for w != 0 {
				if wanted == 0 && !hasLocs {
					skip += bits.OnesCount64(w)
					break
				}
				low := w & -w
				if !hasLocs { // on to the next one that is wanted
					low = wanted & -wanted
					skip += bits.OnesCount64(w & (low - 1))
					w &^= low - 1
					if freqs = skipNumbers(freqs, 2*skip); freqs == nil {
						return errDamaged
					}
					skip = 0
				}
				w &^= low
				freq, size := uvarint(freqs)
				if size <= 0 {
					return errDamaged
				}
				length, more := uvarint(freqs[size:]) // the norm is kept as the length that it is made of
				if more <= 0 {
					return errDamaged
				}
				freqs = freqs[size+more:]
				if freq&1 != 0 {
					if at.locs, locs = cutLocs(locs); locs == nil {
						return errDamaged
					}
				}
				if wanted&low == 0 {
					continue
				}
				wanted &^= low
				at.record, at.code, at.length = i<<6|uint32(bits.TrailingZeros64(low)), freq>>1, float32(length)
				visit(&at)
				read++
			}
		}
	}
	return nil
}

// uvarint is binary.Uvarint without its loop: eight bytes are read at once, and their groups of seven bits pushed together.
func uvarint(b []byte) (uint64, int) {
	if len(b) < 8 {
		return binary.Uvarint(b)
	}
	x := binary.LittleEndian.Uint64(b)
	if x&0x80 == 0 {
		return x & 0x7f, 1
	}
	ends := ^x & lastBytes
	if ends == 0 {
		return binary.Uvarint(b)
	}
	n := bits.TrailingZeros64(ends) / 8
	x &= ^uint64(0) >> (56 - 8*n) &^ lastBytes
	x = x&0x007f007f007f007f | x&0x7f007f007f007f00>>1
	x = x&0x00003fff00003fff | x&0x3fff00003fff0000>>2
	x = x&0x000000000fffffff | x&0x0fffffff00000000>>4
	return x, n + 1
}

// lastBytes is the bit of each of eight bytes that is 0 in the last byte of a number.
const lastBytes = 0x8080808080808080

// skipNumbers leaves out n numbers; nil where there are not so many.
func skipNumbers(b []byte, n int) []byte {
	for n >= 8 && len(b) >= 8 {
		if here := bits.OnesCount64(^binary.LittleEndian.Uint64(b) & lastBytes); here <= n {
			n -= here
			b = b[8:]
			continue
		}
		break
	}
	for ; n > 0; n-- {
		i := 0
		for i < len(b) && b[i] >= 0x80 {
			i++
		}
		if i == len(b) {
			return nil
		}
		b = b[i+1:]
	}
	return b
}

// span is the bits of the i-th word of a set that stand for the records from … to-1.
func span(i, from, to uint32) uint64 {
	w := ^uint64(0)
	if i == from>>6 {
		w = w << (from & 63)
	}
	if i == (to-1)>>6 {
		w &= ^uint64(0) >> (63 - (to-1)&63)
	}
	return w
}

// meet reports whether two sets have one of the records from … to-1 in common.
func meet(a, b []uint64, from, to uint32) bool {
	for i := from >> 6; i <= (to-1)>>6; i++ {
		if w := a[i] & b[i]; w != 0 && w&span(i, from, to) != 0 {
			return true
		}
	}
	return false
}

// cutLocs takes the locations of one record off a chunk; the rest is nil where it is damaged.
func cutLocs(b []byte) (locs, rest []byte) {
	n, size := binary.Uvarint(b)
	if size <= 0 || n > uint64(len(b)-size) {
		return nil, nil
	}
	return b[size : size+int(n)], b[size+int(n):]
}

// eachSlow visits by bleve's own iterator.
func (p *postings) eachSlow(within set, visit func(*posting)) error {
	it := p.slow.Iterator(true, true, true, nil)
	for {
		next, err := it.Next()
		if err != nil || next == nil {
			return err
		}
		if r := uint32(next.Number()); within.contains(r) {
			visit(&posting{record: r, code: next.Frequency(), length: lengthOf(next.Norm()), more: next.Locations()})
		}
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
		for _, l := range p.more {
			keys = append(keys, base|l.Pos())
		}
		for b := p.locs; len(b) > 0; {
			var field [5]uint64 // field, position, start, end, and how many positions in arrays, which there are none of
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
	c := codings[kind]
	rest := p.code >> 3
	pos := int64(-1)
	for i := c.n - 1; i >= 0; i-- {
		pos += int64(rest >> (uint(i) * c.bits) & (1<<c.bits - 1))
		keys = append(keys, base|uint64(pos))
	}
	return keys
}
