package index

import (
	"encoding/binary"
	"math"
	"testing"
)

// What is read quickly is the same as what is read slowly, for numbers of every size.
func TestQuickly(t *testing.T) {
	quick := 0
	for shift := range 64 {
		for _, code := range []uint64{1 << shift, 1<<shift - 1, 0x5555555555555555 >> shift, math.MaxUint64 >> shift} {
			for _, length := range []uint64{0, 1, 127, 128, 300, 1<<14 - 1, 1 << 14, 1 << 20} {
				b := binary.AppendUvarint(binary.AppendUvarint(nil, code), length)
				size := len(b)
				b = append(b, 0xff, 0x80, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff)
				if c, l, n := slowly(b); c != code || uint64(l) != length || n != size {
					t.Errorf("slowly(% x) = %x, %d, %d; want %x, %d, %d", b, c, l, n, code, length, size)
				}
				c, l, n := quickly(append([]byte{7, 7, 7}, b...), 3)
				if n == 0 {
					continue
				}
				quick++
				if c != code || uint64(l) != length || n != size {
					t.Errorf("quickly(% x) = %x, %d, %d; want %x, %d, %d", b, c, l, n, code, length, size)
				}
			}
		}
	}
	if quick < 1000 {
		t.Errorf("%d were read quickly", quick)
	}
	for _, b := range [][]byte{nil, {0x80}, {1}, {1, 0x80}} {
		if _, _, n := slowly(b); n != 0 {
			t.Errorf("% x, which is cut off, is read as %d bytes", b, n)
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
