package index

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestPlacesComeBack(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 4))
	cases := [][]int32{{0}, {1 << 30}, {0, 1}, {0, 1022, 1023}, {0, 1 << 20}, {1023, 1024}, {0, 1 << 29, 1<<29 + 1},
		{5, 6, 7, 8}, {5, 6, 7, 8, 9}, {5, 6, 7, 8, 9, 10}, {1, 2, 3, 1 << 20}}
	for range 2000 {
		var list []int32
		pos, step := int32(0), 1+rng.Int32N(5000)
		for range 1 + rng.IntN(8) {
			pos += 1 + rng.Int32N(step)
			list = append(list, pos)
		}
		cases = append(cases, list)
	}
	for _, want := range cases {
		f := encode(want)
		if f.Frequency() < 8 {
			t.Errorf("%v: %d is taken for one occurrence by a segment", want, f.Frequency())
		}
		p := posting{code: uint64(f.Frequency())}
		for _, l := range f.Locations {
			p.locs = appendLoc(p.locs, uint64(l.Position))
		}
		var got []int32
		for _, key := range p.appendKeys(nil, 7) {
			if key>>32 != 7 {
				t.Fatalf("%v: record %d", want, key>>32)
			}
			got = append(got, int32(key))
		}
		if !slices.Equal(got, want) || howOften(p.code) != len(want) {
			t.Errorf("%v came back as %v, %d of them", want, got, howOften(p.code))
		}
	}
}

func TestFollow(t *testing.T) {
	for _, c := range []struct{ a, b, want []uint64 }{
		{[]uint64{1, 5, 9}, []uint64{2, 3, 10}, []uint64{2, 10}},
		{[]uint64{1, 2, 3}, []uint64{2, 3, 4}, []uint64{2, 3, 4}},
		{nil, []uint64{1}, nil},
		{[]uint64{1}, nil, nil},
		{[]uint64{1<<32 | 4}, []uint64{5, 1<<32 | 5, 2<<32 | 5}, []uint64{1<<32 | 5}},
	} {
		if got := follow(c.a, slices.Clone(c.b)); !slices.Equal(got, c.want) {
			t.Errorf("%v behind %v: %v, want %v", c.b, c.a, got, c.want)
		}
	}
}
