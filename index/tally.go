package index

import (
	"math/bits"
	"sync"
)

// tally sums up the candidates of one segment, word by word.
type tally struct {
	c    *ranked
	mean float64 // length of a record
	fits []fit   // the best fit of the word under way, in any field

	// Of the word under way in the record itself.
	often  []float32 // weighted by the spellings
	weight []float32
	length []float32
	keys   []uint64 // positions, with the candidate's place in the upper half

	titles []titled // by plan

	// Of the word before.
	lastWeight []float32
	lastKeys   []uint64
}

// tallies are kept for the next question: their arrays are as long as what is found is much.
var tallies = sync.Pool{New: func() any { return new(tally) }}

func newTally(c *ranked, mean float64) *tally {
	n := len(c.records)
	t := tallies.Get().(*tally)
	t.c, t.mean = c, mean
	t.fits, t.often, t.weight = sized(t.fits, n), sized(t.often, n), sized(t.weight, n)
	t.length, t.lastWeight = sized(t.length, n), sized(t.lastWeight, n)
	t.keys, t.lastKeys = t.keys[:0], t.lastKeys[:0]
	return t
}

// free gives the arrays to the next question.
func (t *tally) free() {
	t.c = nil
	tallies.Put(t)
}

// sized gives a slice so many elements, of any values.
func sized[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n+n/4)[:n]
	}
	return s[:n]
}

func (t *tally) begin() {
	t.weight, t.lastWeight = t.lastWeight, t.weight
	t.keys, t.lastKeys = t.lastKeys[:0], t.keys
	clear(t.fits)
	clear(t.often)
	clear(t.weight)
}

func (t *tally) end() {
	for i, f := range t.fits {
		if f == lost {
			t.c.lost[i]++
		}
	}
}

// read reads the postings of a word. Spellings that stand in one record are counted together.
func (t *tally) read(s *slot, list []variant, places bool) error {
	for _, v := range list {
		w := s.weight(&v)
		if w == 0 {
			continue
		}
		if u := v.list.unpack(t.c.found.set); u != nil && !v.short {
			t.readUnpacked(u, w, v.fit, places)
			continue
		}
		err := v.list.each(t.c.found.set, func(at *posting) {
			i := t.c.found.of(at.record)
			t.often[i] += w * float32(howOften(at.code))
			t.length[i] = at.length
			t.weight[i] = max(t.weight[i], w)
			t.fits[i] = max(t.fits[i], v.fit)
			if places {
				from := len(t.keys)
				t.keys = at.appendKeys(t.keys, uint32(i))
				if v.short {
					spreadShort(t.keys[from:], s.part)
				}
			}
		})
		if err != nil {
			return err
		}
	}
	if places {
		sortKeys(t.keys)
	}
	return nil
}

// readUnpacked is read of a spelling that is unpacked, which most of what is read is: the same without a call for each posting.
func (t *tally) readUnpacked(u *unpacked, w float32, f fit, places bool) {
	found := t.c.found
	var at posting
	for k, all := range u.docs.words {
		in := found.words[k]
		bit := all & in
		if bit == 0 {
			continue
		}
		for ; bit != 0; bit &= bit - 1 {
			below := bit&-bit - 1
			j := u.docs.before[k] + uint32(bits.OnesCount64(all&below))
			i := found.before[k] + uint32(bits.OnesCount64(in&below))
			code := u.codes[j]
			t.often[i] += w * float32(howOften(code))
			t.length[i] = float32(u.lengths[j])
			t.weight[i] = max(t.weight[i], w)
			t.fits[i] = max(t.fits[i], f)
			switch {
			case !places:
			case code&7 == 0: // one position, as most have
				t.keys = append(t.keys, uint64(i)<<32|(code>>3-1))
			default:
				if at.code = code; code&7 == located {
					at.locs = u.locs[j]
				}
				t.keys = at.appendKeys(t.keys, i)
			}
		}
	}
}

// add scores the word under way.
func (t *tally) add(worth float64) {
	for i, often := range t.often {
		if often > 0 {
			t.c.scores[i] += worth * bm25(float64(often), float64(t.length[i]), t.mean, bm25B)
		}
	}
}

// addPair scores the places where the word under way stands right behind the one before.
func (t *tally) addPair(worth float64) {
	eachPair(t.lastKeys, t.keys, func(i uint32, n int) {
		w := float64(min(t.weight[i], t.lastWeight[i]))
		t.c.scores[i] += worth * w * bm25(float64(n), float64(t.length[i]), t.mean, bm25B)
	})
}

// addHeadings scores the headings: for the section itself and for all that stands in it.
func (t *tally) addHeadings(s *slot, list []variant) error {
	live := t.c.alive()
	for _, v := range list {
		w := weightHeading * s.worth[1] * float64(s.weight(&v))
		if w == 0 {
			continue
		}
		err := v.list.each(live, func(at *posting) {
			from, to := at.record, at.record+uint32(at.code)
			i := t.c.found.of(from)
			for ; i < len(t.c.records) && t.c.records[i] < to; i++ {
				t.fits[i] = max(t.fits[i], v.fit)
				t.c.scores[i] += w
			}
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// addTitle scores the plans' titles, for every candidate of each plan.
func (t *tally) addTitle(s *slot, list []variant, mean float64) error {
	t.titles = sized(t.titles, len(t.c.heads))
	clear(t.titles)
	some := false
	live := t.c.alive()
	for _, v := range list {
		w := s.weight(&v)
		if w == 0 {
			continue
		}
		plan := 0
		err := v.list.each(live, func(at *posting) {
			plan = planFrom(t.c.heads, plan, at.record)
			p := &t.titles[plan]
			p.often += w * float32(howOften(at.code))
			p.length = at.length
			p.fit = max(p.fit, v.fit)
			some = true
		})
		if err != nil {
			return err
		}
	}
	if !some {
		return nil
	}
	for plan := range t.titles {
		p := &t.titles[plan]
		if p.fit == differs {
			continue
		}
		i := t.c.found.of(t.c.heads[plan])
		end := t.c.end(t.c.heads, plan)
		score := weightTitle * s.worth[2] * bm25(float64(p.often), float64(p.length), mean, bm25B)
		for ; i < len(t.c.records) && t.c.records[i] < end; i++ {
			t.fits[i] = max(t.fits[i], p.fit)
			t.c.scores[i] += score
		}
	}
	return nil
}

// titled is what a plan's title holds of the word under way.
type titled struct {
	often, length float32
	fit           fit
}

// An abbreviation stands for all words of a name at once. Its place is spread to places of their own, beyond all others, where the
// words of the name follow each other.
const (
	shortPlaces = 1 << 30
	shortStep   = 2 * longestName
)

// spreadShort turns the places of an abbreviation into those of one of its words.
func spreadShort(keys []uint64, part int) {
	for i, key := range keys {
		keys[i] = key>>32<<32 | shortPlaces + key&(1<<32-1)*shortStep&(shortPlaces-1) + uint64(part)
	}
}

// appendPlaces appends the keys of a spelling in some records.
func appendPlaces(keys []uint64, v variant, part int, some set) ([]uint64, error) {
	err := v.list.each(some, func(at *posting) {
		from := len(keys)
		keys = at.appendKeys(keys, at.record)
		if v.short {
			spreadShort(keys[from:], part)
		}
	})
	return keys, err
}

// eachPair visits the records in which keys of b come right behind keys of a, with how many do.
func eachPair(a, b []uint64, visit func(record uint32, n int)) {
	k := 0
	for from := 0; from < len(b); {
		record := b[from] >> 32
		n := 0
		for ; from < len(b) && b[from]>>32 == record; from++ {
			for k < len(a) && a[k]+1 < b[from] {
				k++
			}
			if k < len(a) && a[k]+1 == b[from] {
				n++
			}
		}
		if n > 0 {
			visit(uint32(record), n)
		}
	}
}

// countRecords counts the records in which keys of b come right behind keys of a.
func countRecords(a, b []uint64) (n int) {
	eachPair(a, b, func(uint32, int) { n++ })
	return n
}
