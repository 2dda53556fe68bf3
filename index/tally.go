package index

import (
	"math/bits"
	"sync"
)

// tally sums up the candidates of some plans of a segment, word by word.
type tally struct {
	r     *ranker
	norms norms

	c       *ranked
	plans   set      // all records of the plans
	some    places   // their candidates
	records []uint32 // the same
	scores  []float64
	lost    []uint8 // how many words a candidate holds only with lost marks

	lengths, titleLengths []float32 // by record

	// Of the word under way in the candidates.
	fits   []fit     // the best, in any field
	often  []float32 // weighted by the spellings
	weight []float32
	length []float32
	keys   []uint64 // positions, with the candidate's place in the upper half

	// Of the word before.
	lastWeight []float32
	lastKeys   []uint64

	titles []titled // of the word under way, by plan
	ats    []int    // the plans
	rows   []posting
}

// titled is what a plan's title holds of the word under way.
type titled struct {
	often, length float32
	fit           fit
}

// tallies are kept for the next question.
var tallies = sync.Pool{New: func() any { return new(tally) }}

func newTally(r *ranker) *tally {
	t := tallies.Get().(*tally)
	t.r, t.norms = r, normsOf(mean(r.totals.Words, r.totals.Records))
	return t
}

// free gives the memory to the next question.
func (t *tally) free() {
	t.r, t.c = nil, nil
	clear(t.rows[:cap(t.rows)])
	tallies.Put(t)
}

// sized gives a slice so many elements, of any values.
func sized[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n+n/4)[:n]
	}
	return s[:n]
}

// score scores the candidates of some plans, which stand in order: by themselves, by the headings above and by the plans' titles. It
// appends them to those that the segment has scored.
func (t *tally) score(c *ranked, ats []int) {
	t.c, t.ats = c, ats
	t.plans = scratch(c.part.records())
	defer t.plans.free()
	some := scratch(c.part.records())
	defer some.free()
	for _, at := range ats {
		t.plans.addRange(c.heads[at], c.end(c.heads, at))
	}
	copy(some.words, t.plans.words)
	some.and(c.found.set)
	t.plans.and(c.alive())
	t.some = some.places()
	from := len(c.records)
	c.records = some.appendTo(c.records)
	t.records = c.records[from:]
	n := len(t.records)
	t.fits, t.often, t.weight = sized(t.fits, n), sized(t.often, n), sized(t.weight, n)
	t.length, t.lastWeight = sized(t.length, n), sized(t.lastWeight, n)
	t.scores, t.lost = sized(t.scores, n), sized(t.lost, n)
	t.keys, t.lastKeys = t.keys[:0], t.lastKeys[:0]
	clear(t.scores)
	clear(t.lost)
	t.lengths, t.titleLengths = c.lengthsOf(fieldWords).of, c.lengthsOf(fieldTitle).of
	t.sum()
	c.scores = append(c.scores, t.scores...)
	c.lost = append(c.lost, t.lost...)
	i := 0
	for _, at := range ats {
		j := judged{at: at, from: from + i}
		end := c.end(c.heads, at)
		for ; i < n && t.records[i] < end; i++ {
			j.best = max(j.best, lowered(t.scores[i], t.lost[i]))
		}
		j.to = from + i
		c.judged = append(c.judged, j)
	}
}

// sum goes through the words of the query.
func (t *tally) sum() {
	r := t.r
	pairs := r.pairs
	for i := range r.q.words {
		if r.again[i] && !r.joins(i, pairs) && !r.joins(i+1, pairs) {
			continue // it was read, and makes no new pair
		}
		k := r.of[i]
		s := &r.slots[k]
		t.begin()
		t.read(s, t.c.words[k][0], len(r.pairs) > 0)
		if r.joins(i, pairs) {
			t.addPair(weightPairs * pairs[0].worth)
			pairs = pairs[1:]
		}
		if r.again[i] {
			continue
		}
		t.add(s.worth[0])
		t.addHeadings(s, t.c.words[k][1])
		t.addTitles(s, t.c.words[k][2])
		if !s.weak {
			t.mark()
		}
	}
}

func (t *tally) begin() {
	t.weight, t.lastWeight = t.lastWeight, t.weight
	t.keys, t.lastKeys = t.lastKeys[:0], t.keys
	clear(t.fits)
	clear(t.often)
	clear(t.weight)
}

// mark counts the candidates that hold the word with lost marks only.
func (t *tally) mark() {
	for i, f := range t.fits {
		if f == lost {
			t.lost[i]++
		}
	}
}

// read reads the postings of a word. Spellings that stand in one record are counted together.
func (t *tally) read(s *slot, list []variant, places bool) {
	for k := range list {
		v := &list[k]
		w := s.weight(v)
		if w == 0 {
			continue
		}
		for j := range v.open.few {
			row := &v.open.few[j]
			if t.some.contains(row.record) {
				i := t.some.of(row.record)
				t.length[i] = row.length
				t.take(uint32(i), row, v, s, w, places)
			}
		}
		t.readMany(v, s, w, places)
	}
	if places {
		sortKeys(t.keys)
	}
}

// take counts a posting of a candidate.
func (t *tally) take(i uint32, row *posting, v *variant, s *slot, w float32, places bool) {
	t.often[i] += w * float32(howOften(row.code))
	if t.weight[i] < w {
		t.weight[i] = w
	}
	t.fits[i] = max(t.fits[i], v.fit)
	if places {
		from := len(t.keys)
		t.keys = row.appendKeys(t.keys, i)
		if v.short {
			spreadShort(t.keys[from:], s.part)
		}
	}
}

// readMany is read of a spelling with many postings, which most of what is read is.
func (t *tally) readMany(v *variant, s *slot, w float32, places bool) {
	o, some := v.open, t.some
	if o.codes == nil {
		return
	}
	for k, all := range o.docs.words {
		in := some.words[k]
		bit := all & in
		if bit == 0 {
			continue
		}
		codes := o.codes[o.docs.before[k]:]
		for ; bit != 0; bit &= bit - 1 {
			low := bit & -bit
			i := some.before[k] + uint32(bits.OnesCount64(in&(low-1)))
			record := uint32(k)<<6 | uint32(bits.TrailingZeros64(bit))
			t.length[i] = t.lengths[record]
			code := codes[bits.OnesCount64(all&(low-1))]
			if code&7 != 0 || code >= longCode || v.short {
				row := o.posting(uint32(k), all, low)
				t.take(i, &row, v, s, w, places)
				continue
			}
			t.often[i] += w // one position, as most have
			if t.weight[i] < w {
				t.weight[i] = w
			}
			t.fits[i] = max(t.fits[i], v.fit)
			if places {
				t.keys = append(t.keys, uint64(i)<<32|uint64(code>>3-1))
			}
		}
	}
}

// add scores the word under way.
func (t *tally) add(worth float64) {
	for i, often := range t.often {
		if often > 0 {
			t.scores[i] += worth * t.norms.bm25(often, t.length[i])
		}
	}
}

// addPair scores the places where the word under way stands right behind the one before.
func (t *tally) addPair(worth float64) {
	eachPair(t.lastKeys, t.keys, func(i uint32, n int) {
		w := float64(min(t.weight[i], t.lastWeight[i]))
		t.scores[i] += worth * w * t.norms.bm25(float32(n), t.length[i])
	})
}

// addHeadings scores the headings: for the section itself and for all that stands in it.
func (t *tally) addHeadings(s *slot, list []variant) {
	for k := range list {
		v := &list[k]
		w := weightHeading * s.worth[1] * float64(s.weight(v))
		if w == 0 {
			continue
		}
		v.open.eachSpan(t.plans, func(from, to uint32) {
			for i := t.some.of(from); i < len(t.records) && t.records[i] < to; i++ {
				t.fits[i] = max(t.fits[i], v.fit)
				t.scores[i] += w
			}
		})
	}
}

// addTitles scores the plans' titles, for every candidate of each plan.
func (t *tally) addTitles(s *slot, list []variant) {
	heads, first := t.c.heads, true
	for k := range list {
		v := &list[k]
		w := s.weight(v)
		if w == 0 {
			continue
		}
		i := 0
		v.open.each(t.plans, func(at *posting) {
			if first {
				t.titles, first = sized(t.titles, len(t.ats)), false
				clear(t.titles)
			}
			for heads[t.ats[i]] < at.record {
				i++
			}
			p := &t.titles[i]
			p.often += w * float32(howOften(at.code))
			if p.length = at.length; p.length == 0 {
				p.length = t.titleLengths[at.record]
			}
			p.fit = max(p.fit, v.fit)
		})
	}
	if first {
		return
	}
	i := 0
	for k := range t.titles {
		p := &t.titles[k]
		end := t.c.end(heads, t.ats[k])
		if p.fit == differs {
			for i < len(t.records) && t.records[i] < end {
				i++
			}
			continue
		}
		score := weightTitle * s.worth[2] * t.r.titles.bm25(p.often, p.length)
		for ; i < len(t.records) && t.records[i] < end; i++ {
			t.fits[i] = max(t.fits[i], p.fit)
			t.scores[i] += score
		}
	}
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
func (p *part) appendPlaces(keys []uint64, v variant, part int, some set) ([]uint64, error) {
	o, err := p.open(v.list)
	if err != nil {
		return keys, err
	}
	from := len(keys)
	keys = o.appendKeys(keys, some)
	if v.short {
		spreadShort(keys[from:], part)
	}
	return keys, nil
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

// countPairs counts the keys of b that come right behind keys of a.
func countPairs(a, b []uint64) (n int) {
	eachPair(a, b, func(_ uint32, often int) { n += often })
	return n
}
