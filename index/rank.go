package index

import (
	"context"
	"math"
	"slices"
)

// The ranking is BM25 with true lengths: over the record, the headings above it, its plan's title, and (for the plans that come out
// first, context.go) over the whole plan that the record stands in. All spellings of a word that the query may mean are
// counted as one word; two words that are neighbours in the query and in the text count as a word of their own, as rare as
// such neighbours are. Bleve's own takes the number of distinct terms for the length of a field and squares the weight of
// rare words, so the sums are made here from the postings.
//
// The weights were chosen on the tuning half of the judged sets (testdata/search); they lie on a plateau, where half as much or twice as
// much changes little.
const (
	bm25K1    = 2.0
	bm25B     = 0.85
	bm25BPlan = 1.0 // of whole plans, whose lengths differ much more

	weightPairs   = 2.0
	weightHeading = 0.3
	weightTitle   = 1.0

	// How much more a rare word is worth than a common one, beside what BM25 says: its worth is raised to this power. The scale
	// is that of a word that one record in a thousand holds.
	powerWords = 1.3
	powerPairs = 1.5
	scaleWorth = 7.0

	// What a spelling counts for that the query does not write. Where the query bears no marks, its neighbours tell what is meant
	// (meant.go). Where it bears marks elsewhere, a word without any is meant so, if texts write it so often enough (usualShare).
	weightOmitted = 0.4
	weightLost    = 0.2
	usualShare    = 0.15

	// weightWeak is what a word counts for that only gives a question its form.
	weightWeak = 0.15

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
	worth   [3]float64      // how rare it is in records, headings and titles
	omitted float32         // what a spelling with more marks counts for
	lost    float32         // … and one that lacks marks
	likely  map[string]bool // of a query without marks: the spellings that may be meant; nil is all
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
	exactly, without := make([]uint64, len(r.slots)), make([]uint64, len(r.slots))
	common := make([][3]uint64, len(r.slots))
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
							list = append(list, variant{list: v.list, fit: exact, short: true})
						}
					}
				}
				c.words[i][f] = list
				for k, v := range list {
					n := c.common(list[k : k+1])
					if v.fit == lost {
						without[i] += n
						continue
					}
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
		w.omitted, w.lost = 1, weightLost
		if !r.q.bare && exactly[i] > 0 && (w.marks != "" || float64(exactly[i]) >= usualShare*float64(common[i][0])) {
			w.omitted = weightOmitted
			common[i][0] = exactly[i]
		}
		switch {
		case r.q.root.isSoft(): // a word that stands nowhere takes no other's place: "xế" is no "xe"
			w.lost = 0
		case common[i] == [3]uint64{}: // nowhere but with lost marks
			common[i] = [3]uint64{without[i], without[i], without[i]}
		}
		for f, of := range [3]int{r.totals.Records, r.totals.Records, r.totals.Plans} {
			w.worth[f] = worth(idf(float64(of), float64(common[i][f])), powerWords)
			if w.weak {
				w.worth[f] *= weightWeak
			}
		}
	}
	return nil
}

func (s *slot) weight(v *variant) float32 {
	if s.likely != nil && !v.short && !s.likely[v.marks] {
		return weightUnlikely
	}
	switch v.fit {
	case exact:
		return 1
	case omitted:
		return s.omitted
	}
	return s.lost
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
	keys, lists := make([][]uint64, len(r.slots)), make([]*[]uint64, len(r.slots))
	for i := range keys {
		lists[i] = takeKeys()
		keys[i] = *lists[i]
	}
	defer func() {
		for i := range keys {
			giveKeys(lists[i], keys[i])
		}
	}()
	var meant *meaning
	var apart [][][]uint64 // keys by spelling
	if r.q.bare {
		meant = newMeaning(r)
		apart = make([][][]uint64, len(r.slots))
	}
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
			if meant != nil {
				apart[i] = make([][]uint64, len(meant.slots[i].common))
			}
			for _, v := range c.words[i][0] {
				if v.fit == lost {
					continue
				}
				from := len(keys[i])
				var err error
				if keys[i], err = appendPlaces(keys[i], v, r.slots[i].part, some); err != nil {
					return err
				}
				if meant != nil && !v.short {
					apart[i][meant.slots[i].at[v.marks]] = slices.Clone(keys[i][from:])
				}
			}
			sortKeys(keys[i])
		}
		if meant != nil {
			meant.count(apart)
		}
		for i, p := range r.pairs {
			common[i] += float64(countRecords(keys[p.a], keys[p.b]))
		}
	}
	if meant != nil {
		meant.decide()
	}
	all := float64(r.totals.Records)
	for i := range r.pairs {
		r.pairs[i].worth = worth(idf(all, max(common[i], 0.5)*max(1, all/max(1, read))), powerPairs)
	}
	return nil
}

// idf is how much a term that so many of n records hold is worth.
func idf(n, common float64) float64 {
	c := min(common, n)
	return math.Log(1 + (n-c+0.5)/(c+0.5))
}

// worth sets rare words further apart from common ones.
func worth(idf, power float64) float64 { return scaleWorth * math.Pow(idf/scaleWorth, power) }

func mean(total, n int) float64 {
	return max(1, float64(total)/float64(max(1, n)))
}

// bm25 is what a word counts that stands so often in a text; b says how much the text's length is held against it.
func bm25(often, length, mean, b float64) float64 {
	return often * (bm25K1 + 1) / (often + bm25K1*(1-b+b*length/mean))
}

// joins reports whether word i of the query makes the first of these pairs with the word before it.
func (r *ranker) joins(i int, pairs []pair) bool {
	return len(pairs) > 0 && i > 0 && i < len(r.of) && r.q.words[i].next && pairs[0].a == r.of[i-1] && pairs[0].b == r.of[i]
}

// scorePart scores the candidates of a segment: by themselves, by the headings above and by their plans' titles.
func (r *ranker) scorePart(ctx context.Context, c *ranked) error {
	c.scores = make([]float64, len(c.records))
	c.lost = make([]uint8, len(c.records))
	t := newTally(c, mean(r.totals.Words, r.totals.Records))
	defer t.free()
	done := make([]bool, len(r.slots))
	pairs := r.pairs
	for i := range r.q.words {
		if err := ctx.Err(); err != nil {
			return err
		}
		at := r.of[i]
		if done[at] && !r.joins(i, pairs) && !r.joins(i+1, pairs) {
			continue // it was read, and makes no new pair
		}
		s := &r.slots[at]
		t.begin()
		if err := t.read(s, c.words[at][0], len(r.pairs) > 0); err != nil {
			return err
		}
		if r.joins(i, pairs) {
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
