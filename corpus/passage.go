package corpus

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime"
	"slices"

	"kehoach/plan"
)

// PassageSearch says what is looked for among the passages of all current plans. How a plan is cut into passages is the
// caller's: Cut gives the texts of one of which it is told what Cards tells, and a place names one by its number.
type PassageSearch struct {
	Cut   func(*plan.Plan) []string
	Least float64              // how much of two passages must be the same, by Jaccard's index; 0.5 to 1
	Words int                  // passages of fewer syllables are formulas, and left out
	Tell  func(done, all int)  // is told of the plans that were read, where it is not nil
	Among func(id string) bool // chooses among the plans; nil takes all

	memory int // for the keys of bands, in bytes; 0 is bandMemory
}

// Copied is a passage that stands in several documents: word for word, or alike to the first place by at least so much as was
// asked for.
type Copied struct {
	Documents int            // that hold it; versions of one count once
	Words     int            // syllables of the first place
	Places    []PassagePlace // the most alike first, and then in the order in which the plans came
}

// PassagePlace is where a passage stands.
type PassagePlace struct {
	Plan  string  // its id
	N     int     // which of its passages, as Cut gave them
	Alike float64 // to the first place
}

// CopiedPassages finds the passages that stand in two documents or more: those in most documents first, then the longest. The
// same words are found by their hash, nearly the same by MinHash over their shingles with banding; each two that the bands bring
// together are compared by all of their shingles, which wait in a temporary file. Memory is some 60 bytes a passage, and at most
// bandMemory besides.
func (c *Corpus) CopiedPassages(ctx context.Context, s PassageSearch) (list []Copied, err error) {
	sets, err := newShingleFile()
	if err != nil {
		return nil, fmt.Errorf("corpus: passages: %w", err)
	}
	defer func() { err = errors.Join(err, sets.close()) }()
	f := &passageFinder{PassageSearch: s, ctx: ctx, sets: sets, first: make(map[uint64]int32)}
	for _, step := range []func() error{func() error { return f.read(c) }, f.near} {
		if err := errors.Join(ctx.Err(), step()); err != nil {
			return nil, fmt.Errorf("corpus: passages: %w", err)
		}
	}
	if list, err = f.groups(); err != nil {
		return nil, fmt.Errorf("corpus: passages: %w", err)
	}
	return list, nil
}

// passageFinder is one search.
type passageFinder struct {
	PassageSearch
	ctx    context.Context
	ids    []string // of the plans
	docs   []int32  // the first version of the document that each is
	places []place
	first  map[uint64]int32 // the text of each hash
	sets   *shingleFile     // of each text
	parent []int32          // of each text: one that it was found alike to, or itself
}

// place is where a text stands.
type place struct {
	plan, n int32
	text    int32
	words   int32
}

// passageShingles is a passage that was cut and hashed.
type passageShingles struct {
	n, words int32
	whole    uint64
	set      []uint32
}

// planChunk is how many plans are unpacked at a time.
const planChunk = 256

// read hashes the passages of all plans.
func (f *passageFinder) read(c *Corpus) error {
	var all int
	if err := c.read.QueryRow(`SELECT count(*) FROM plans WHERE current = 1`).Scan(&all); err != nil {
		return err
	}
	rows, err := c.read.QueryContext(f.ctx, `SELECT p.id, p.identity, b.json FROM plans p JOIN bodies b ON b.plan = p.n WHERE p.current = 1 ORDER BY p.n`)
	if err != nil {
		return err
	}
	defer rows.Close()
	named := make(map[string]int32)
	for more := true; more; {
		var bodies [][]byte
		for len(bodies) < planChunk {
			if more = rows.Next(); !more {
				break
			}
			var id, identity string
			var body sql.RawBytes
			if err := rows.Scan(&id, &identity, &body); err != nil {
				return err
			}
			if f.Among != nil && !f.Among(id) {
				continue
			}
			doc := int32(len(f.ids))
			if known, ok := named[identity]; ok && identity != "" {
				doc = known
			}
			named[identity] = doc
			f.ids, f.docs = append(f.ids, id), append(f.docs, doc)
			bodies = append(bodies, slices.Clone(body))
		}
		if err := errors.Join(rows.Err(), f.ctx.Err(), f.take(bodies)); err != nil {
			return err
		}
		if f.Tell != nil {
			f.Tell(len(f.ids), all)
		}
	}
	return f.sets.flush()
}

// take hashes the passages of the last plans, on every CPU.
func (f *passageFinder) take(bodies [][]byte) error {
	cut := make([][]passageShingles, len(bodies))
	base := len(f.ids) - len(bodies)
	err := parallel(runtime.GOMAXPROCS(0), len(bodies), func(i int) (err error) {
		if cut[i], err = f.hash(bodies[i]); err != nil {
			err = fmt.Errorf("plan %s: %w", f.ids[base+i], err)
		}
		return err
	})
	if err != nil {
		return err
	}
	for i, list := range cut {
		for _, p := range list {
			text, known := f.first[p.whole]
			if !known {
				text = int32(len(f.parent))
				f.first[p.whole] = text
				f.parent = append(f.parent, text)
				if err := f.sets.add(p.set); err != nil {
					return err
				}
			}
			f.places = append(f.places, place{int32(base + i), p.n, text, p.words})
		}
	}
	return nil
}

func (f *passageFinder) hash(body []byte) (list []passageShingles, err error) {
	p, err := decodeCard(body)
	if err != nil {
		return nil, err
	}
	for n, text := range f.Cut(p) {
		hashes, whole := shingles(text)
		if words := len(hashes) + shingleLen - 1; words >= f.Words {
			list = append(list, passageShingles{int32(n), int32(words), whole, shortHashes(hashes)})
		}
	}
	return list, nil
}

// The bands of passages. At the bound that is asked for, they miss few: rows and bands for an index of 0.7 and above, of which 4 in
// 100 are missed at 0.7 and 2 in 1,000 at 0.8, and for lower ones, of which 4 in 100 are missed at 0.5.
func (f *passageFinder) bands() (rows, bands int) {
	if f.Least >= 0.7 {
		return 4, 12
	}
	return 3, 24
}

// near brings texts together that are nearly the same.
func (f *passageFinder) near() error {
	if f.Least >= 1 {
		return nil
	}
	rows, bands := f.bands()
	group := max(1, min(bands, cmp.Or(f.memory, bandMemory)/(16*max(1, len(f.parent)))))
	for from := 0; from < bands; from += group {
		to := min(from+group, bands)
		all := make([]banded, 0, (to-from)*len(f.parent))
		err := f.sets.each(func(text int32, set []uint32) {
			for band := from; band < to; band++ {
				all = append(all, banded{bandKey(set, band, rows), text})
			}
		})
		if err != nil {
			return err
		}
		slices.SortFunc(all, func(a, b banded) int { return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.place, b.place)) })
		for len(all) > 0 {
			n := 1
			for n < len(all) && all[n].key == all[0].key {
				n++
			}
			if err := errors.Join(f.ctx.Err(), f.bucket(all[:n])); err != nil {
				return err
			}
			all = all[n:]
		}
	}
	return nil
}

// bandKey is the least hashes of a set under the orders of a band, in one number.
func bandKey(set []uint32, band, rows int) uint64 {
	key := uint64(band + 1)
	for row := range rows {
		seed := mix(uint64(band*rows+row+1)) | 1
		least := ^uint64(0)
		for _, h := range set {
			least = min(least, uint64(h)*seed+seed>>7)
		}
		key = mix(key ^ least>>16)
	}
	return key
}

// bucket compares the texts of one band's key with each other, in a large one each with the few before it.
func (f *passageFinder) bucket(list []banded) error {
	if len(list) == 1 {
		return nil
	}
	var held [crowd][]uint32
	for k := range list {
		b := list[k].place
		mine, err := f.sets.set(b, held[k%crowd])
		if err != nil {
			return err
		}
		for l := max(0, k-crowd+1); l < k; l++ {
			a, other := list[l].place, held[l%crowd]
			few, many := min(len(mine), len(other)), max(len(mine), len(other))
			if float64(few) < f.Least*float64(many) || f.root(a) == f.root(b) {
				continue
			}
			if jaccard(mine, other) >= f.Least {
				f.unite(a, b)
			}
		}
		held[k%crowd] = mine
	}
	return nil
}

// root is the first text of those that a text was found alike to.
func (f *passageFinder) root(text int32) int32 {
	for f.parent[text] != text {
		f.parent[text] = f.parent[f.parent[text]]
		text = f.parent[text]
	}
	return text
}

func (f *passageFinder) unite(a, b int32) {
	a, b = f.root(a), f.root(b)
	f.parent[max(a, b)] = min(a, b)
}

// groups gives what stands in two documents or more.
func (f *passageFinder) groups() (list []Copied, err error) {
	slices.SortStableFunc(f.places, func(a, b place) int {
		return cmp.Or(cmp.Compare(f.root(a.text), f.root(b.text)), cmp.Compare(a.text, b.text))
	})
	for from := 0; from < len(f.places); {
		to := from + 1
		for to < len(f.places) && f.root(f.places[to].text) == f.root(f.places[from].text) {
			to++
		}
		some, err := f.stars(f.places[from:to])
		if err = errors.Join(err, f.ctx.Err()); err != nil {
			return nil, err
		}
		list, from = append(list, some...), to
	}
	slices.SortStableFunc(list, func(a, b Copied) int {
		return cmp.Or(cmp.Compare(b.Documents, a.Documents), cmp.Compare(b.Words, a.Words))
	})
	return list, nil
}

// kin is one of the texts of a family: of those that were found alike from one to the next.
type kin struct {
	places  []place
	set     []uint32
	keys    []uint64 // of its bands
	covered bool     // it stands in a group
	asked   int      // the group that it was last compared for
}

// stars parts a family into groups, each of one text and all that are alike to it by so much as was asked for, because from the first
// of a family to its last little may be left. A text may stand in several groups; it is the first of one only where it is in none yet.
func (f *passageFinder) stars(places []place) (list []Copied, err error) {
	var family []*kin
	for i, p := range places {
		if i == 0 || p.text != places[i-1].text {
			family = append(family, &kin{places: places[i:i]})
		}
		last := family[len(family)-1]
		last.places = last.places[:len(last.places)+1]
	}
	if len(family) == 1 {
		return f.group(list, family, map[*kin]float64{family[0]: 1}), nil
	}
	rows, bands := f.bands()
	near := make(map[uint64][]*kin)
	for _, k := range family {
		if k.set, err = f.sets.set(k.places[0].text, nil); err != nil {
			return nil, err
		}
		for band := range bands {
			key := bandKey(k.set, band, rows)
			k.keys, near[key] = append(k.keys, key), append(near[key], k)
		}
	}
	slices.SortStableFunc(family, func(a, b *kin) int {
		return cmp.Or(cmp.Compare(len(b.places), len(a.places)), cmp.Compare(a.places[0].plan, b.places[0].plan))
	})
	for n, first := range family {
		if first.covered {
			continue
		}
		if err := f.ctx.Err(); err != nil {
			return nil, err
		}
		alike := make(map[*kin]float64)
		members := []*kin{}
		for _, key := range first.keys {
			for _, k := range near[key] {
				if k.asked == n+1 {
					continue
				}
				k.asked = n + 1
				if j := jaccard(first.set, k.set); j >= f.Least {
					alike[k], k.covered, members = j, true, append(members, k)
				}
			}
		}
		list = f.group(list, members, alike)
	}
	return list, nil
}

// group adds the places of some texts to a list, the most alike first, where they are in two documents or more.
func (f *passageFinder) group(list []Copied, members []*kin, alike map[*kin]float64) []Copied {
	slices.SortStableFunc(members, func(a, b *kin) int {
		return cmp.Or(cmp.Compare(alike[b], alike[a]), cmp.Compare(a.places[0].text, b.places[0].text))
	})
	docs := make(map[int32]bool)
	one := Copied{Words: int(members[0].places[0].words)}
	for _, k := range members {
		for _, p := range k.places {
			docs[f.docs[p.plan]] = true
			one.Places = append(one.Places, PassagePlace{f.ids[p.plan], int(p.n), alike[k]})
		}
	}
	if one.Documents = len(docs); one.Documents < 2 {
		return list
	}
	return append(list, one)
}
