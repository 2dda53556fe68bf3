package index

import (
	"encoding/binary"
	"math"
	"math/bits"
	"slices"
	"sync/atomic"
)

// opened is a list of postings as questions read it. What a segment keeps of a list can only be read from its beginning
// on; of a common word that is most of what a question would cost. So a list is read through once, when it is first asked for, and
// what is kept of it lets every later question go straight to a few records, and tells of each plan how much it can
// have of the word at best. It takes about a fiftieth of what the postings themselves would.
type opened struct {
	// A list with many postings: they stay in the segment.
	docs   places
	starts []uint32 // where the postings of each 64 records begin in data
	data   []byte
	locs   []uint32 // the same of locations, and where all end; nil where there are none
	places []byte
	tops   []uint8  // of each posting, the share that it has of a word (norms.share) rounded up
	spans  []uint32 // instead, of a heading: how many records stand below it

	// A list with few.
	few []posting

	mean float64 // length of the field that tops are made for
}

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
		err = o.index(l)
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
		var located bool
		if freqs, located = at.read(freqs); freqs == nil {
			return errDamaged
		}
		if located {
			if at.locs, locs = cutLocs(locs); locs == nil {
				return errDamaged
			}
		}
		o.few = append(o.few, at)
	}
	return nil
}

// index notes where the postings of a long list stand, and how much each has.
func (o *opened) index(l *postings) error {
	docs := newSet(l.records)
	l.docs.WriteDenseTo(docs.words)
	o.docs = docs.places()
	o.data, o.places = l.freqs, l.places
	o.starts = make([]uint32, len(docs.words))
	isHeading := l.field == fieldHeading
	if isHeading {
		o.spans = make([]uint32, 0, l.n)
	} else {
		o.tops = make([]uint8, 0, l.n)
	}
	norms := normsOf(o.mean)
	rest, restLocs := o.data, o.places
	for i, w := range docs.words {
		o.starts[i] = uint32(len(o.data) - len(rest))
		if o.locs != nil {
			o.locs[i] = uint32(len(o.places) - len(restLocs))
		}
		for n := bits.OnesCount64(w); n > 0; n-- {
			var at posting
			var located bool
			if rest, located = at.read(rest); rest == nil {
				return errDamaged
			}
			if located {
				if o.locs == nil {
					o.locs = make([]uint32, len(docs.words)+1)
				}
				if _, restLocs = cutLocs(restLocs); restLocs == nil {
					return errDamaged
				}
			}
			if isHeading {
				o.spans = append(o.spans, uint32(at.code))
			} else {
				o.tops = append(o.tops, roundUp(norms.share(float32(howOften(at.code)), at.length)))
			}
		}
	}
	if o.locs != nil {
		o.locs[len(docs.words)] = uint32(len(o.places) - len(restLocs))
	}
	return nil
}

// roundUp is a share of 0 to 1 as a top.
func roundUp(share float32) uint8 {
	x := share * math.MaxUint8
	top := uint8(x)
	if float32(top) < x {
		top++
	}
	return top
}

// read takes the code and the length of a posting off the numbers of a list, and says whether it has locations; the rest is nil where
// they are damaged.
func (at *posting) read(b []byte) (rest []byte, located bool) {
	if len(b) >= 16 {
		x := binary.LittleEndian.Uint64(b)
		if ends := ^x & lastBytes; ends != 0 {
			n := bits.TrailingZeros64(ends) >> 3
			if next := b[n+1]; next < 0x80 { // lengths are short
				x = number(x, n)
				at.code, at.length = x>>1, float32(next)
				return b[n+2:], x&1 != 0
			}
		}
	}
	freq, size := uvarint(b)
	if size <= 0 {
		return nil, false
	}
	length, more := uvarint(b[size:]) // the norm is kept as the length that it is made of
	if more <= 0 {
		return nil, false
	}
	at.code, at.length = freq>>1, float32(length)
	return b[size+more:], freq&1 != 0
}

// read appends the postings of some of 64 records, from i<<6 on: those of the bits of wanted.
func (o *opened) read(out []posting, i uint32, wanted uint64) []posting {
	if o.starts == nil {
		k, _ := slices.BinarySearchFunc(o.few, i<<6, func(at posting, r uint32) int { return int(at.record) - int(r) })
		for ; k < len(o.few) && o.few[k].record>>6 == i; k++ {
			if wanted&(1<<(o.few[k].record&63)) != 0 {
				out = append(out, o.few[k])
			}
		}
		return out
	}
	all := o.docs.words[i]
	wanted &= all
	if wanted == 0 {
		return out
	}
	b := o.data[o.starts[i]:]
	var locs []byte
	if o.locs != nil && o.locs[i] < o.locs[i+1] {
		locs = o.places[o.locs[i]:]
	}
	for wanted != 0 {
		low := wanted & -wanted
		if skip := bits.OnesCount64(all & (low - 1)); skip > 0 {
			if locs == nil {
				b = skipNumbers(b, 2*skip)
			} else {
				b, locs = skipLocated(b, locs, skip)
			}
		}
		out = append(out, posting{record: i<<6 | uint32(bits.TrailingZeros64(low))})
		at := &out[len(out)-1]
		var located bool
		if b, located = at.read(b); b == nil {
			return out[:len(out)-1] // damage was looked for when the list was opened
		}
		if located {
			at.locs, locs = cutLocs(locs)
		}
		all &^= low | (low - 1)
		wanted &^= low
	}
	return out
}

// skipLocated leaves out n postings some of which have locations.
func skipLocated(b, locs []byte, n int) (rest, restLocs []byte) {
	for ; n > 0 && b != nil; n-- {
		var at posting
		var located bool
		if b, located = at.read(b); located {
			_, locs = cutLocs(locs)
		}
	}
	return b, locs
}

// from appends the postings of the records from first to end-1 that are in a set.
func (o *opened) from(out []posting, first, end uint32, within set) []posting {
	for i := first >> 6; i <= (end-1)>>6; i++ {
		if w := within.words[i] & span(i, first, end); w != 0 {
			out = o.read(out, i, w)
		}
	}
	return out
}

// eachBlock visits the postings of a list that lie in a set, in order: those of 64 records at a time, from i<<6 on. They are the
// visitor's until it returns.
func (p *part) eachBlock(l *postings, within set, visit func(i uint32, list []posting)) error {
	if within.words == nil {
		return nil
	}
	o, err := p.open(l)
	if err != nil {
		return err
	}
	var kept [64]posting
	if o.starts == nil {
		few := o.few
		for len(few) > 0 {
			i := few[0].record >> 6
			list := kept[:0]
			for ; len(few) > 0 && few[0].record>>6 == i; few = few[1:] {
				if within.contains(few[0].record) {
					list = append(list, few[0])
				}
			}
			if len(list) > 0 {
				visit(i, list)
			}
		}
		return nil
	}
	for i, w := range o.docs.words {
		if w &= within.words[i]; w != 0 {
			visit(uint32(i), o.read(kept[:0], uint32(i), w))
		}
	}
	return nil
}

// each visits the postings of a list that lie in a set, in order.
func (p *part) each(l *postings, within set, visit func(*posting)) error {
	return p.eachBlock(l, within, func(_ uint32, list []posting) {
		for k := range list {
			visit(&list[k])
		}
	})
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

func (o *opened) bytes() int {
	return 48*cap(o.few) + 12*len(o.docs.words) + 4*len(o.starts) + 4*len(o.locs) + len(o.tops) + 4*len(o.spans)
}

// reading is what a list remembers of its use.
type reading struct {
	open atomic.Pointer[opened]
	used atomic.Bool
}
