package index

import (
	"math/bits"

	"github.com/RoaringBitmap/roaring/v2"
)

// set is a set of records of one segment, a bit for each. The zero set is empty and takes no memory; every other one
// has a bit for each record of its segment. Sets of one segment are put together word by word, which for the many
// and long runs of records that words, headings and titles give is several times faster than compressed sets.
type set struct {
	words []uint64
}

// newSet is an empty set with room for so many records.
func newSet(records uint32) set { return set{make([]uint64, (records+63)/64)} }

// setOf is the set of a compressed one.
func setOf(records uint32, b *roaring.Bitmap) set {
	if b == nil || b.IsEmpty() {
		return set{}
	}
	s := newSet(records)
	b.WriteDenseTo(s.words)
	return s
}

// room gives the zero set its words.
func (s *set) room(records uint32) {
	if s.words == nil {
		*s = newSet(records)
	}
}

func (s set) add(r uint32)           { s.words[r>>6] |= 1 << (r & 63) }
func (s set) contains(r uint32) bool { return s.words != nil && s.words[r>>6]&(1<<(r&63)) != 0 }

// addRange adds the records from … to-1.
func (s set) addRange(from, to uint32) {
	if from >= to {
		return
	}
	first, last := from>>6, (to-1)>>6
	low, high := ^uint64(0)<<(from&63), ^uint64(0)>>(63-(to-1)&63)
	if first == last {
		s.words[first] |= low & high
		return
	}
	s.words[first] |= low
	for i := first + 1; i < last; i++ {
		s.words[i] = ^uint64(0)
	}
	s.words[last] |= high
}

// or adds what another set holds.
func (s *set) or(o set) {
	if s.words == nil {
		*s = o.clone()
		return
	}
	for i, w := range o.words {
		s.words[i] |= w
	}
}

// and keeps what another set holds as well.
func (s *set) and(o set) {
	if o.words == nil {
		s.words = nil
		return
	}
	for i := range s.words {
		s.words[i] &= o.words[i]
	}
}

// andNot takes out what another set holds.
func (s set) andNot(o set) {
	if s.words == nil {
		return
	}
	for i, w := range o.words {
		s.words[i] &^= w
	}
}

func (s set) clone() set {
	if s.words == nil {
		return s
	}
	return set{append([]uint64(nil), s.words...)}
}

func (s set) isEmpty() bool {
	for _, w := range s.words {
		if w != 0 {
			return false
		}
	}
	return true
}

func (s set) count() (n int) {
	for _, w := range s.words {
		n += bits.OnesCount64(w)
	}
	return n
}

// countWith counts the records that another set holds as well.
func (s set) countWith(o set) (n int) {
	for i, w := range o.words {
		n += bits.OnesCount64(w & s.words[i])
	}
	return n
}

// countRange counts the records from … to-1.
func (s set) countRange(from, to uint32) int {
	if s.words == nil || from >= to {
		return 0
	}
	first, last := from>>6, (to-1)>>6
	low, high := ^uint64(0)<<(from&63), ^uint64(0)>>(63-(to-1)&63)
	if first == last {
		return bits.OnesCount64(s.words[first] & low & high)
	}
	n := bits.OnesCount64(s.words[first]&low) + bits.OnesCount64(s.words[last]&high)
	for i := first + 1; i < last; i++ {
		n += bits.OnesCount64(s.words[i])
	}
	return n
}

// next is the first record of the set that is not below from; ok is false where there is none.
func (s set) next(from uint32) (r uint32, ok bool) {
	i := from >> 6
	if int(i) >= len(s.words) {
		return 0, false
	}
	w := s.words[i] >> (from & 63) << (from & 63)
	for w == 0 {
		if i++; int(i) >= len(s.words) {
			return 0, false
		}
		w = s.words[i]
	}
	return i<<6 | uint32(bits.TrailingZeros64(w)), true
}

// list is the records in order.
func (s set) list() []uint32 { return s.appendTo(make([]uint32, 0, s.count())) }

// appendTo appends the records in order.
func (s set) appendTo(list []uint32) []uint32 {
	for i, w := range s.words {
		for ; w != 0; w &= w - 1 {
			list = append(list, uint32(i)<<6|uint32(bits.TrailingZeros64(w)))
		}
	}
	return list
}

// places tells how many records of a set stand before one of them.
type places struct {
	set
	before []uint32 // for each word
}

func (s set) places() places {
	p := places{s, make([]uint32, len(s.words))}
	n := uint32(0)
	for i, w := range s.words {
		p.before[i] = n
		n += uint32(bits.OnesCount64(w))
	}
	return p
}

func (p places) of(r uint32) int {
	i := r >> 6
	if int(i) >= len(p.words) {
		return 0 // of the empty set
	}
	return int(p.before[i]) + bits.OnesCount64(p.words[i]&(1<<(r&63)-1))
}
