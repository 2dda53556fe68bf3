package index

import (
	"context"
	"math"
)

// The ranking is BM25 with true lengths: over the record, the headings above it, its plan's title, and (for the plans that come out
// first, context.go) over the whole plan that the record stands in. All spellings of a word that the query may mean are
// counted as one word; two words that are neighbours in the query and in the text count as a word of their own, as rare as
// such neighbours are. Bleve's own takes the number of distinct terms for the length of a field and squares the weight of
// rare words, so the sums are made here from the postings.
const (
	bm25K1 = 1.2
	bm25B  = 0.75

	weightPairs   = 2.0
	weightHeading = 0.3
	weightTitle   = 0.5

	// What a spelling counts for that the query does not write. Where the query bears no marks, all spellings are alike. Where it
	// bears marks elsewhere, a word without any is meant so, if texts write it so often enough (usualShare).
	weightOmitted = 0.4
	weightLost    = 0.2
	usualShare    = 0.15

	// weightWeak is what a word counts for that only gives a question its form.
	weightWeak = 0.05

	// lostFactor puts a record below all others for each word that it holds only with lost marks.
	lostFactor = 0.01
)

// ranker scores the candidates of every segment.
type ranker struct {
	q      *query
	totals lengths
	parts  []*ranked
	slots  []slot // the different words of the query
	of     []int  // of each word of the query, its slot
	pairs  []pair // the different neighbours
}

// ranked is the candidates of one segment.
type ranked struct {
	*part
	heads   []uint32
	records []uint32 // ascending
	found   places   // the same as a set
	scores  []float64
	lost    []uint8 // how many words a candidate holds only with lost marks

	words [][3][]variant // of each slot: in the record, in headings above, in the title
}

// slot is a word of the query, however often it stands there.
type slot struct {
	queryWord
	worth   [3]float64 // how rare it is in records, headings and titles
	omitted float32    // what a spelling with more marks counts for
}

// pair is two words that stand side by side in the query.
type pair struct {
	a, b  int // slots
	worth float64
}

var rankFields = [3]string{fieldWords, fieldHeading, fieldTitle}

// score fills the scores of all candidates. A word weighs by how rare it is in the whole index, all its
// spellings together, so every segment is counted before the first is scored.
func (r *ranker) score(ctx context.Context) error {
	r.layOut()
	if err := r.weigh(); err != nil {
		return err
	}
	if err := r.weighPairs(ctx); err != nil {
		return err
	}
	for _, c := range r.parts {
		if len(c.records) == 0 {
			continue
		}
		if err := r.scorePart(ctx, c); err != nil {
			return err
		}
	}
	return r.regard(ctx)
}

// layOut lists the different words and neighbours.
func (r *ranker) layOut() {
	r.of = make([]int, len(r.q.words))
	at := make(map[term]int)
	for i, w := range r.q.words {
		s, ok := at[w.term]
		if !ok {
			s = len(r.slots)
			at[w.term] = s
			r.slots = append(r.slots, slot{queryWord: w.queryWord})
		}
		r.slots[s].weak = r.slots[s].weak && w.weak
		if r.slots[s].name == nil {
			r.slots[s].name, r.slots[s].part = w.name, w.part
		}
		r.of[i] = s
	}
	seen := make(map[[2]int]bool)
	for i, w := range r.q.words {
		if i == 0 || !w.next || w.weak || r.q.words[i-1].weak {
			continue
		}
		if key := [2]int{r.of[i-1], r.of[i]}; !seen[key] {
			seen[key] = true
			r.pairs = append(r.pairs, pair{a: key[0], b: key[1]})
		}
	}
}

// weigh reads the dictionaries: which spellings there are, and how common they are.
func (r *ranker) weigh() error {
	exactly, common := make([]uint64, len(r.slots)), make([][3]uint64, len(r.slots))
	for _, c := range r.parts {
		c.words = make([][3][]variant, len(r.slots))
		for i := range r.slots {
			w := &r.slots[i]
			for f, field := range rankFields {
				list, err := c.variants(field, w.term, lost)
				if err != nil {
					return err
				}
				if w.name != nil {
					for _, short := range w.name.short {
						more, err := c.variants(field, short, lost)
						if err != nil {
							return err
						}
						for _, v := range more {
							list = append(list, variant{v.list, exact, true})
						}
					}
				}
				c.words[i][f] = list
				for k, v := range list {
					n := c.common(list[k : k+1])
					common[i][f] += n
					if f == 0 && v.fit == exact {
						exactly[i] += n
					}
				}
			}
		}
	}
	for i := range r.slots {
		w := &r.slots[i]
		w.omitted = 1
		if !r.q.bare && float64(exactly[i]) >= usualShare*float64(common[i][0]) {
			w.omitted = weightOmitted
			common[i][0] = exactly[i]
		}
		for f, of := range [3]int{r.totals.Records, r.totals.Records, r.totals.Plans} {
			w.worth[f] = idf(float64(of), float64(common[i][f]))
			if w.weak {
				w.worth[f] *= weightWeak
			}
		}
	}
	return nil
}

// unknown reports whether a word of the query stands nowhere.
func (r *ranker) unknown() bool {
	for i := range r.slots {
		seen := r.slots[i].weak
		for _, c := range r.parts {
			for _, list := range c.words[i] {
				seen = seen || len(list) > 0
			}
		}
		if !seen {
			return true
		}
	}
	return false
}

func (s *slot) weight(f fit) float32 {
	switch f {
	case exact:
		return 1
	case omitted:
		return s.omitted
	}
	return weightLost
}

// sampleRecords is how many records are read to learn how common neighbours are.
const sampleRecords = 1 << 14

// weighPairs learns how rare neighbours are from a sample: the first records of every segment, which stand there in no order that has
// to do with what they say.
func (r *ranker) weighPairs(ctx context.Context) error {
	if len(r.pairs) == 0 {
		return nil
	}
	common, read := make([]float64, len(r.pairs)), 0.0
	share := min(1, float64(sampleRecords)/float64(max(1, r.totals.Records)))
	keys := make([][]uint64, len(r.slots))
	for _, c := range r.parts {
		if err := ctx.Err(); err != nil {
			return err
		}
		n := uint64(math.Ceil(share * float64(c.part.records())))
		some := newSet(c.part.records())
		some.addRange(0, uint32(n))
		some = c.drop(some)
		read += float64(n)
		for i := range r.slots {
			keys[i] = keys[i][:0]
			for _, v := range c.words[i][0] {
				if v.fit == lost {
					continue
				}
				var err error
				if keys[i], err = appendPlaces(keys[i], v, r.slots[i].part, some); err != nil {
					return err
				}
			}
			sortKeys(keys[i])
		}
		for i, p := range r.pairs {
			common[i] += float64(countRecords(keys[p.a], keys[p.b]))
		}
	}
	all := float64(r.totals.Records)
	for i := range r.pairs {
		r.pairs[i].worth = idf(all, max(common[i], 0.5)*max(1, all/max(1, read)))
	}
	return nil
}

// idf is how much a term that so many of n records hold is worth.
func idf(n, common float64) float64 {
	c := min(common, n)
	return math.Log(1 + (n-c+0.5)/(c+0.5))
}

func mean(total, n int) float64 {
	return max(1, float64(total)/float64(max(1, n)))
}

// bm25 is the share of a field in which a word stands so often.
func bm25(often, length, mean float64) float64 {
	return often * (bm25K1 + 1) / (often + bm25K1*(1-bm25B+bm25B*length/mean))
}

// scorePart scores the candidates of a segment: by themselves, by the headings above and by their plans' titles.
func (r *ranker) scorePart(ctx context.Context, c *ranked) error {
	c.scores = make([]float64, len(c.records))
	c.lost = make([]uint8, len(c.records))
	t := newTally(c, mean(r.totals.Words, r.totals.Records))
	defer t.free()
	done := make([]bool, len(r.slots))
	pairs := r.pairs
	for i, w := range r.q.words {
		if err := ctx.Err(); err != nil {
			return err
		}
		at := r.of[i]
		s := &r.slots[at]
		t.begin()
		if err := t.read(s, c.words[at][0], len(r.pairs) > 0); err != nil {
			return err
		}
		if len(pairs) > 0 && i > 0 && w.next && pairs[0].a == r.of[i-1] && pairs[0].b == at {
			t.addPair(weightPairs * pairs[0].worth)
			pairs = pairs[1:]
		}
		if done[at] {
			continue
		}
		done[at] = true
		t.add(s.worth[0])
		if err := t.addHeadings(s, c.words[at][1]); err != nil {
			return err
		}
		if err := t.addTitle(s, c.words[at][2], mean(r.totals.Titles, r.totals.Plans)); err != nil {
			return err
		}
		if !s.weak {
			t.end()
		}
	}
	return nil
}
