package index

import (
	"encoding/binary"
	"math"
	"math/bits"
	"slices"
	"sync/atomic"
)

// opened is a list of postings as questions read it. What a segment keeps of a list can only be read from its beginning on, number by
// number, and of a common word that would be most of what a question costs. So a list is read through once, when it is first asked for.
type opened struct {
	// A list with many postings: of the k-th, in the order of docs, codes[k] is the code, or, from longCode on, its place in long. It takes
	// five or six bytes for each.
	docs  places
	codes []uint32
	long  []uint64 // of a code that is located, its locations' place in locs in the upper half
	locs  []byte
	tops  []uint8 // the share that each has of a word (norms.share), rounded up; nil of headings

	// A list with few.
	few []posting

	mean float64 // length of the field that tops are made for
}

const longCode = 1 << 31

// fewPostings is how many records there are at least for each posting of a list that is kept whole.
const fewPostings = 128

// open reads a list through, where that was not done yet.
func (p *part) open(l *postings) (*opened, error) {
	if o := l.open.Load(); o != nil {
		if !l.used.Load() {
			l.used.Store(true)
		}
		return o, nil
	}
	o := &opened{mean: 1}
	switch l.field {
	case fieldWords:
		o.mean = mean(p.totals.Words, p.totals.Records)
	case fieldTitle:
		o.mean = mean(p.totals.Titles, p.totals.Plans)
	}
	var err error
	switch {
	case l.slow != nil:
		o.few, err = l.readSlow()
	case l.docs == nil:
		o.few = []posting{l.alone}
	case l.n <= int(l.records)/fewPostings:
		err = o.keep(l)
	default:
		err = p.unpack(o, l)
	}
	if err != nil {
		return nil, err
	}
	return openLists.put(l, o), nil
}

// keep takes over the postings of a short list.
func (o *opened) keep(l *postings) error {
	o.few = make([]posting, 0, l.n)
	freqs, locs := l.freqs, l.places
	for it := l.docs.Iterator(); it.HasNext(); {
		at := posting{record: it.Next()}
		code, length, size := slowly(freqs)
		if size == 0 {
			return errDamaged
		}
		freqs = freqs[size:]
		at.code, at.length = code>>1, float32(length)
		if code&1 != 0 {
			if at.locs, locs = cutLocs(locs); locs == nil {
				return errDamaged
			}
		}
		o.few = append(o.few, at)
	}
	return nil
}

// unpack takes over the postings of a long list.
func (p *part) unpack(o *opened, l *postings) error {
	docs := newSet(l.records)
	l.docs.WriteDenseTo(docs.words)
	o.docs = docs.places()
	o.codes = make([]uint32, l.n)
	if l.field != fieldHeading {
		o.tops = make([]uint8, l.n)
	}
	lengths := p.lengthsOf(l.field)
	lengths.mu.Lock()
	defer lengths.mu.Unlock()
	tops := lengths.table(o.mean)
	o.locs = l.places
	data, pos, locs := l.freqs, 0, l.places
	k := uint32(0)
	for i, w := range docs.words {
		unknown := w
		if o.tops != nil {
			unknown &^= lengths.known.words[i]
			lengths.known.words[i] |= w
		}
		for ; w != 0; w &= w - 1 {
			code, length, size := quickly(data, pos)
			if size == 0 {
				if code, length, size = slowly(data[pos:]); size == 0 {
					return errDamaged
				}
			}
			pos += size
			isLocated := code&1 != 0
			code >>= 1
			often := howOften(code)
			if isLocated {
				code |= uint64(len(o.locs)-len(locs)) << 32
				if _, locs = cutLocs(locs); locs == nil {
					return errDamaged
				}
			}
			if code < longCode && !isLocated {
				o.codes[k] = uint32(code)
			} else {
				o.codes[k] = longCode | uint32(len(o.long))
				o.long = append(o.long, code)
			}
			if o.tops != nil {
				o.tops[k] = tops.of(often, length)
				if unknown&(w&-w) != 0 {
					lengths.of[i<<6|bits.TrailingZeros64(w)] = float32(length)
				}
			}
			k++
		}
	}
	return nil
}

// code is the k-th code.
func (o *opened) code(k uint32) uint64 {
	c := uint64(o.codes[k])
	if c >= longCode {
		if c = o.long[c&^longCode]; c&7 == located {
			c &= math.MaxUint32
		}
	}
	return c
}

// quickly reads a posting's code, with one bit for whether it has locations, and its length, which is what the norm is kept as; size is
// the bytes that they take, and 0 where they have to be read slowly. Eight bytes are read at once: they hold nearly all that there are.
func quickly(data []byte, pos int) (code uint64, length uint32, size int) {
	if pos+8 > len(data) {
		return 0, 0, 0
	}
	x := binary.LittleEndian.Uint64(data[pos:])
	n := bits.TrailingZeros64(^x&lastBytes) >> 3 // of the last byte of the code
	if n > 5 {
		return 0, 0, 0
	}
	// Without branches, since which numbers take how many bytes nobody can foretell.
	l := uint32(x >> (8*n + 8))
	if l&0x8080 == 0x8080 {
		return 0, 0, 0
	}
	more := l >> 7 & 1 // whether the length takes two bytes
	return number(x, n), l&0x7f | l>>1&0x3f80&-more, n + 2 + int(more)
}

// slowly is quickly for all cases; size is 0 where the numbers are damaged.
func slowly(b []byte) (code uint64, length uint32, size int) {
	code, n := binary.Uvarint(b)
	if n <= 0 {
		return 0, 0, 0
	}
	words, more := binary.Uvarint(b[n:])
	if more <= 0 || words > math.MaxUint32 {
		return 0, 0, 0
	}
	return code, uint32(words), n + more
}

// from appends the postings of the records from first to end-1 that are in a set, without their lengths.
func (o *opened) from(out []posting, first, end uint32, within set) []posting {
	k, _ := slices.BinarySearchFunc(o.few, first, func(at posting, r uint32) int { return int(at.record) - int(r) })
	for ; k < len(o.few) && o.few[k].record < end; k++ {
		if within.contains(o.few[k].record) {
			out = append(out, o.few[k])
		}
	}
	if o.codes == nil {
		return out
	}
	for i := first >> 6; i <= (end-1)>>6; i++ {
		all := o.docs.words[i]
		for w := all & within.words[i] & span(i, first, end); w != 0; w &= w - 1 {
			out = append(out, o.posting(i, all, w&-w))
		}
	}
	return out
}

// posting is that of a bit of the i-th word of docs, which is all.
func (o *opened) posting(i uint32, all, bit uint64) posting {
	k := o.docs.before[i] + uint32(bits.OnesCount64(all&(bit-1)))
	at := posting{record: i<<6 | uint32(bits.TrailingZeros64(bit)), code: o.code(k)}
	if at.code&7 == located && o.codes[k] >= longCode { // of headings a code is no place
		at.locs, _ = cutLocs(o.locs[o.long[o.codes[k]&^longCode]>>32:])
	}
	return at
}

// each visits the postings of a list that lie in a set, in order, without their lengths. The posting is the visitor's until it returns.
func (o *opened) each(within set, visit func(*posting)) {
	for k := range o.few {
		if at := o.few[k]; within.contains(at.record) {
			visit(&at)
		}
	}
	for i, all := range o.docs.words {
		for w := all & within.words[i]; w != 0; w &= w - 1 {
			at := o.posting(uint32(i), all, w&-w)
			visit(&at)
		}
	}
}

// appendKeys appends the keys of the postings that lie in a set.
func (o *opened) appendKeys(keys []uint64, within set) []uint64 {
	if within.words == nil {
		return keys
	}
	for k := range o.few {
		if at := &o.few[k]; within.contains(at.record) {
			keys = at.appendKeys(keys, at.record)
		}
	}
	for i, all := range o.docs.words {
		w := all & within.words[i]
		if w == 0 {
			continue
		}
		codes := o.codes[o.docs.before[i]:]
		for ; w != 0; w &= w - 1 {
			bit := w & -w
			if code := codes[bits.OnesCount64(all&(bit-1))]; code&7 == 0 && code < longCode { // one position, as most have
				keys = append(keys, uint64(uint32(i)<<6|uint32(bits.TrailingZeros64(bit)))<<32|uint64(code>>3-1))
				continue
			}
			at := o.posting(uint32(i), all, bit)
			keys = at.appendKeys(keys, at.record)
		}
	}
	return keys
}

// eachSpan visits the headings of a set: the records that stand below each.
func (o *opened) eachSpan(within set, visit func(from, to uint32)) {
	for k := range o.few {
		if at := &o.few[k]; within.contains(at.record) {
			visit(at.record, at.record+uint32(at.code))
		}
	}
	for k, all := range o.docs.words {
		for bit := all & within.words[k]; bit != 0; bit &= bit - 1 {
			from := uint32(k)<<6 | uint32(bits.TrailingZeros64(bit))
			visit(from, from+o.codes[int(o.docs.before[k])+bits.OnesCount64(all&(bit&-bit-1))])
		}
	}
}

// odds gives the odds of each top. Where texts have become longer in the mean since the list was opened, the same text has a larger
// share.
func (o *opened) odds(mean float64) (list [256]float32) {
	grown := max(1, mean/o.mean)
	for top := range list {
		share := min(1-1e-7, grown*float64(top)/math.MaxUint8)
		list[top] = float32(share / (1 - share))
	}
	return list
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

func (o *opened) bytes() int {
	return 40*cap(o.few) + 12*len(o.docs.words) + 4*len(o.codes) + 8*cap(o.long) + len(o.tops)
}

// reading is what a list remembers of its use.
type reading struct {
	open atomic.Pointer[opened]
	used atomic.Bool
}
