package index

import (
	"encoding/binary"
	"math"
	"testing"
)

func TestUvarint(t *testing.T) {
	for shift := range 64 {
		for _, v := range []uint64{1 << shift, 1<<shift - 1, 0x5555555555555555 >> shift, math.MaxUint64 >> shift} {
			short := binary.AppendUvarint(nil, v)
			long := append(append([]byte(nil), short...), 0xff, 0x80, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff)
			for _, b := range [][]byte{short, long} {
				if got, n := uvarint(b); got != v || n != len(short) {
					t.Errorf("uvarint(% x) = %x, %d; want %x, %d", b, got, n, v, len(short))
				}
			}
		}
	}
}

// What does not fit on the shelf any more is put back, and the rest is what was used last.
func TestShelf(t *testing.T) {
	s := shelf{most: 5000}
	var lists []*postings
	for range 20 {
		p := new(postings)
		lists = append(lists, p)
		s.put(p, &opened{tops: make([]uint8, 1000)})
		lists[0].used.Store(true)
	}
	open := 0
	for _, p := range lists {
		if p.open.Load() != nil {
			open++
		}
	}
	if open != 5 || s.bytes != 5000 || lists[0].open.Load() == nil || lists[19].open.Load() == nil {
		t.Errorf("%d lists of 1000 bytes are open, %d bytes; the one in use: %v", open, s.bytes, lists[0].open.Load() != nil)
	}
}
