package index

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
	zap "github.com/blevesearch/zapx/v17"
)

// TestSetsAgainstBitmaps puts random sets together in every way, beside compressed ones.
func TestSetsAgainstBitmaps(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 9))
	const records = 1000
	random := func() (set, *roaring.Bitmap) {
		s, b := newSet(records), roaring.New()
		for range rng.IntN(6) {
			from, to := uint32(rng.IntN(records)), uint32(rng.IntN(records+1))
			s.addRange(from, to)
			b.AddRange(uint64(from), uint64(max(from, to)))
		}
		for range rng.IntN(20) {
			r := uint32(rng.IntN(records))
			s.add(r)
			b.Add(r)
		}
		if rng.IntN(10) == 0 {
			return set{}, roaring.New()
		}
		return s, b
	}
	for range 2000 {
		s, b := random()
		o, c := random()
		switch rng.IntN(4) {
		case 0:
			s.or(o)
			b.Or(c)
		case 1:
			s.and(o)
			b.And(c)
		case 2:
			s.andNot(o)
			b.AndNot(c)
		case 3:
			s = setOf(records, b)
		}
		if got, want := s.list(), b.ToArray(); !slices.Equal(got, want) {
			t.Fatalf("%v, want %v", got, want)
		}
		from, to := uint32(rng.IntN(records)), uint32(rng.IntN(records+1))
		want := 0
		if from < to {
			want = int(b.Rank(to) - b.Rank(from))
			if b.Contains(from) {
				want++
			}
			if b.Contains(to) {
				want--
			}
		}
		if got := s.countRange(from, to); got != want {
			t.Fatalf("%d of %d to %d, want %d", got, from, to, want)
		}
		places := s.places()
		for i, r := range s.list() {
			if places.of(r) != i {
				t.Fatalf("record %d is number %d, want %d", r, places.of(r), i)
			}
			if next, ok := s.next(r); !ok || next != r || !s.contains(r) {
				t.Fatalf("record %d is not found", r)
			}
		}
	}
}

// TestPostingsAgainstBleve reads every list of a segment by the short way and by bleve's own, of every record and of
// random ones.
func TestPostingsAgainstBleve(t *testing.T) {
	dir := t.TempDir()
	x, err := Create(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := x.Add(madePlans(1500, 3)); err != nil {
		t.Fatal(err)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	if x, err = Open(dir); err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	rng := rand.New(rand.NewPCG(2, 2))
	lists, located, many := 0, 0, 0
	for _, p := range x.view.parts {
		for _, field := range []string{fieldWords, fieldHeading, fieldTitle, fieldKind, fieldHead} {
			d, err := openDictionary(p.seg.(*zap.Segment), field)
			if err != nil {
				t.Fatal(err)
			}
			own, err := p.seg.Dictionary(field)
			if err != nil {
				t.Fatal(err)
			}
			it, err := d.fst.Iterator(nil, nil)
			for ; err == nil; err = it.Next() {
				term, at := it.Current()
				list, err := d.postings(at)
				if err != nil {
					t.Fatal(err)
				}
				theirs, err := own.PostingsList(term, nil, nil)
				if err != nil {
					t.Fatal(err)
				}
				within := newSet(p.records())
				if share := rng.IntN(4); share == 0 {
					within.addRange(0, p.records())
				} else {
					for range p.records() >> (2 * share) {
						within.add(uint32(rng.IntN(int(p.records()))))
					}
				}
				slow := &postings{records: p.records(), field: field, slow: theirs}
				type seen struct {
					record uint32
					length float32
					keys   string
				}
				read := func(list *postings) (all []seen) {
					o, err := p.open(list)
					if err != nil {
						t.Fatalf("%s %q: %v", field, term, err)
					}
					if o.codes != nil {
						many++
					}
					o.each(within, func(at *posting) {
						s := seen{at.record, at.length, ""}
						if o.codes != nil {
							s.length = p.lengthsOf(field).of[at.record]
						}
						if field == fieldHeading || field == fieldKind || field == fieldHead {
							s.length = 0 // nobody asks
						}
						if field == fieldWords || field == fieldTitle {
							for _, k := range at.appendKeys(nil, 0) {
								s.keys += string(rune(k))
							}
							if at.code&7 == uint64(len(codings)) {
								located++
							}
						} else {
							s.keys = string(rune(at.code))
						}
						all = append(all, s)
					})
					return all
				}
				if got, want := read(list), read(slow); !slices.Equal(got, want) || list.n != int(theirs.Count()) {
					t.Fatalf("%s %q: %v, want %v", field, term, got, want)
				}
				lists++
			}
		}
	}
	if lists < 500 || located == 0 || many == 0 {
		t.Fatalf("%d lists, %d of them long, %d postings with locations", lists, many, located)
	}
}
