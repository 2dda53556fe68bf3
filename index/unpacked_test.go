package index

import (
	"encoding/binary"
	"math"
	"reflect"
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

// A list gives the same unpacked as where it lies, within any records.
func TestUnpacked(t *testing.T) {
	x := built(t, madePlans(1500, 5), nil)
	v, release, err := x.now()
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	type seen struct {
		posting
		keys []uint64
	}
	unpackings := 0
	for _, p := range v.parts {
		for _, word := range []string{"van", "hoa", "so", "doi", "tinh"} {
			list, err := p.spellings(fieldWords, word)
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range list {
				if s.list.n < leastWorth {
					continue
				}
				for step := uint32(1); step < 100; step = step*3 + 1 {
					within := newSet(p.records())
					for r := step / 2; r < p.records(); r += step {
						within.add(r)
					}
					var packed, open []seen
					look := func(into *[]seen) func(*posting) {
						return func(at *posting) {
							one := seen{*at, at.appendKeys(nil, at.record)}
							one.locs = nil
							*into = append(*into, one)
						}
					}
					if err := s.list.eachPacked(within, look(&packed)); err != nil {
						t.Fatal(err)
					}
					s.list.read.Store(int64(s.list.n))
					u := s.list.unpack(within)
					if u == nil {
						t.Fatalf("%s: %d postings are not unpacked", word, s.list.n)
					}
					unpackings++
					u.each(within, look(&open))
					if !reflect.DeepEqual(packed, open) {
						t.Fatalf("%s within every %d-th record: other postings when unpacked", word, step)
					}
				}
			}
		}
	}
	if unpackings == 0 {
		t.Fatal("no list was long enough")
	}
}

// What does not fit on the shelf any more is put back, and the rest is what was used last.
func TestShelf(t *testing.T) {
	s := shelf{most: 5000}
	var lists []*postings
	for range 20 {
		p := new(postings)
		lists = append(lists, p)
		s.put(p, &unpacked{codes: make([]uint64, 100)})
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
