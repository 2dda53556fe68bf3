package index

import (
	"context"
	"math"
	"slices"
)

// The ranking is BM25 over the record, the headings above it and its plan's title, with the true lengths of records
// and all spellings of a word counted as one word; words that are neighbours in the query and in the record count
// again, together. Bleve's own takes the number of distinct terms for the length of a field and squares the weight of
// rare words, so the sums are made here from the postings.
const (
	bm25K1 = 1.2
	bm25B  = 0.75

	weightPairs   = 2.0
	weightHeading = 0.3
	weightTitle   = 0.5

	// What a spelling counts for that the query does not write. Where the query bears marks somewhere, a word
	// without any may well be meant so; where it bears none, all spellings are alike.
	weightOmitted = 0.6
	weightLost    = 0.2

	// lostFactor puts a record below all others for each word that it holds only with lost marks.
	lostFactor = 0.01
)

// ranker scores the candidates of every segment.
type ranker struct {
	q      *query
	totals lengths
	parts  []*ranked
}

// ranked is the candidates of one segment.
type ranked struct {
	*part
	heads   []uint32
	records []uint32 // ascending
	found   places   // the same as a set
	scores  []float64

	words [][3][]variant // of each word of the query: in the record, in headings above, in the title
}

func (r *ranker) weight(f fit) float64 {
	switch {
	case f == exact, f == omitted && r.q.bare:
		return 1
	case f == omitted:
		return weightOmitted
	}
	return weightLost
}

var rankFields = [3]string{fieldWords, fieldHeading, fieldTitle}

// score fills the scores of all candidates. A word weighs by how rare it is in the whole index, all its
// spellings together, so every segment is counted before the first is scored.
func (r *ranker) score(ctx context.Context) error {
	common := make([][3]uint64, len(r.q.words))
	for _, c := range r.parts {
		c.scores = make([]float64, len(c.records))
		c.words = make([][3][]variant, len(r.q.words))
		for i, w := range r.q.words {
			for f, field := range rankFields {
				list, err := c.variants(field, w.term, lost)
				if err != nil {
					return err
				}
				c.words[i][f] = list
				common[i][f] += c.common(list)
			}
		}
	}
	worth := make([]float64, len(r.q.words))
	for i := range worth {
		worth[i] = idf(float64(r.totals.Records), common[i][0])
	}
	for _, c := range r.parts {
		if len(c.records) == 0 {
			continue
		}
		t := newTally(c, mean(r.totals.Words, r.totals.Records))
		for i, w := range r.q.words {
			if err := ctx.Err(); err != nil {
				return err
			}
			t.begin()
			if err := t.read(r, c.words[i][0], len(r.q.words) > 1); err != nil {
				return err
			}
			if w.next {
				t.addPair(weightPairs * (worth[i-1] + worth[i]))
			}
			if w.again {
				continue
			}
			t.add(worth[i])
			if err := t.addHeadings(r, c.words[i][1], idf(float64(r.totals.Records), common[i][1])); err != nil {
				return err
			}
			if err := t.addTitle(r, c.words[i][2], idf(float64(r.totals.Plans), common[i][2]), mean(r.totals.Titles, r.totals.Plans)); err != nil {
				return err
			}
			t.end()
		}
		for i, words := range t.lost {
			for range words {
				c.scores[i] *= lostFactor
			}
		}
	}
	return nil
}

// idf is how much a term that so many of n records hold is worth.
func idf(n float64, common uint64) float64 {
	c := min(float64(common), n)
	return math.Log(1 + (n-c+0.5)/(c+0.5))
}

func mean(total, n int) float64 {
	return max(1, float64(total)/float64(max(1, n)))
}

// bm25 is the share of a field in which a word stands so often.
func bm25(often, length, mean float64) float64 {
	return often * (bm25K1 + 1) / (often + bm25K1*(1-bm25B+bm25B*length/mean))
}

// tally sums up one segment, word by word.
type tally struct {
	c    *ranked
	mean float64 // length of a record
	lost []uint8 // how many words a candidate holds only with lost marks
	fits []fit   // the best fit of the word under way, in any field

	// Of the word under way in the record itself.
	often  []uint32
	weight []float32
	length []float32
	keys   []uint64 // positions, with the candidate's place in the upper half

	// Of the word before.
	lastWeight []float32
	lastKeys   []uint64
}

func newTally(c *ranked, mean float64) *tally {
	n := len(c.records)
	return &tally{c: c, mean: mean, lost: make([]uint8, n), fits: make([]fit, n), often: make([]uint32, n),
		weight: make([]float32, n), length: make([]float32, n), lastWeight: make([]float32, n)}
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
			t.lost[i]++
		}
	}
}

// read reads the postings of a word. Spellings that stand in one record are counted together, at the weight of
// the best.
func (t *tally) read(r *ranker, list []variant, places bool) error {
	for _, v := range list {
		w := float32(r.weight(v.fit))
		err := v.list.each(t.c.found.set, func(at *posting) {
			i := t.c.found.of(at.record)
			t.often[i] += uint32(howOften(at.code))
			t.length[i] = at.length
			t.weight[i] = max(t.weight[i], w)
			t.fits[i] = max(t.fits[i], v.fit)
			if places {
				t.keys = at.appendKeys(t.keys, uint32(i))
			}
		})
		if err != nil {
			return err
		}
	}
	sortKeys(t.keys)
	return nil
}

// add scores the word under way.
func (t *tally) add(worth float64) {
	for i, often := range t.often {
		if often > 0 {
			t.c.scores[i] += worth * float64(t.weight[i]) * bm25(float64(often), float64(t.length[i]), t.mean)
		}
	}
}

// addPair scores the places where the word under way stands right behind the one before.
func (t *tally) addPair(worth float64) {
	k := 0
	for from := 0; from < len(t.keys); {
		i := t.keys[from] >> 32
		n := 0
		for ; from < len(t.keys) && t.keys[from]>>32 == i; from++ {
			for k < len(t.lastKeys) && t.lastKeys[k]+1 < t.keys[from] {
				k++
			}
			if k < len(t.lastKeys) && t.lastKeys[k]+1 == t.keys[from] {
				n++
			}
		}
		if n > 0 {
			w := float64(min(t.weight[i], t.lastWeight[i]))
			t.c.scores[i] += worth * w * bm25(float64(n), float64(t.length[i]), t.mean)
		}
	}
}

// addHeadings scores the headings: for the section itself and for all that stands in it.
func (t *tally) addHeadings(r *ranker, list []variant, idf float64) error {
	live := t.c.live()
	for _, v := range list {
		w := weightHeading * idf * r.weight(v.fit)
		err := v.list.each(live, func(at *posting) {
			from, to := at.record, at.record+uint32(at.code)
			i, _ := slices.BinarySearch(t.c.records, from)
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
func (t *tally) addTitle(r *ranker, list []variant, idf, mean float64) error {
	type sum struct {
		often, length, weight float32
		fit                   fit
	}
	plans := make(map[uint32]sum)
	live := t.c.live()
	for _, v := range list {
		w := float32(r.weight(v.fit))
		err := v.list.each(live, func(at *posting) {
			s := plans[at.record]
			s.often += float32(howOften(at.code))
			s.length = at.length
			s.weight = max(s.weight, w)
			s.fit = max(s.fit, v.fit)
			plans[at.record] = s
		})
		if err != nil {
			return err
		}
	}
	if len(plans) == 0 {
		return nil
	}
	at, end := 0, uint32(0)
	var here sum
	for i, record := range t.c.records {
		if i == 0 || record >= end {
			at = planOf(t.c.heads, record)
			end = t.c.end(t.c.heads, at)
			here = plans[t.c.heads[at]]
		}
		if here.often > 0 {
			t.fits[i] = max(t.fits[i], here.fit)
			t.c.scores[i] += weightTitle * idf * float64(here.weight) * bm25(float64(here.often), float64(here.length), mean)
		}
	}
	return nil
}
