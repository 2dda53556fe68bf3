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
//
// The weights were chosen on the tuning half of the judged sets (testdata/search); they lie on a plateau, where half as much or twice as
// much changes little.
const (
	bm25K1    = 2.0
	bm25B     = 0.85
	bm25BPlan = 1.0 // of whole plans, whose lengths differ much more

	weightPairs   = 1.0
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
	titles norms
	seen   *samples // of the view
	parts  []*ranked
	slots  []slot // the different words of the query
	of     []int  // of each word of the query, its slot
	again  []bool // of each word of the query: it stood there before
	pairs  []pair // the different neighbours
}

// ranked is the candidates of one segment.
type ranked struct {
	*part
	heads []uint32
	found places // all candidates

	answers set     // what answers the words, for the facets, whether it passes the filter or not
	chosen  *chosen // by the conditions of the query

	words [][3][]variant // of each slot: in the record, in headings above, in the title

	// The plans that were scored, or that are to be sorted by another order, and all their candidates.
	judged  []judged
	records []uint32
	scores  []float64 // nil where there are no words to score by
	lost    []uint8   // how many words a candidate holds only with lost marks
}

// judged is a plan with its candidates.
type judged struct {
	at       int // its place in the segment
	from, to int // its candidates
	best     float64
}

// eachPlan visits the plans of the candidates: a plan's place in the segment, and its candidates, counted among all of them.
func (c *ranked) eachPlan(visit func(at, from, to int)) {
	from, all := 0, c.found.count()
	for at := range c.heads {
		to := all
		if at+1 < len(c.heads) {
			to = c.found.of(c.heads[at+1])
		}
		if to > from {
			visit(at, from, to)
		}
		from = to
	}
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

// score finds the scores of the candidates that may be among the first so many. A word weighs by how rare it is in the whole index, all
// its spellings together, so every segment is counted before the first is scored.
func (r *ranker) score(ctx context.Context, want int) error {
	r.layOut()
	if err := r.weigh(); err != nil {
		return err
	}
	if err := r.weighPairs(ctx); err != nil {
		return err
	}
	r.titles = normsOf(mean(r.totals.Titles, r.totals.Plans))
	if err := r.judge(ctx, want); err != nil {
		return err
	}
	return r.regard(ctx)
}

// layOut lists the different words and neighbours.
func (r *ranker) layOut() {
	r.of, r.again = make([]int, len(r.q.words)), make([]bool, len(r.q.words))
	at := make(map[term]int)
	for i, w := range r.q.words {
		s, ok := at[w.term]
		r.again[i] = ok
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

// weighPairs learns how rare neighbours are from a sample, and of a query without marks, what is meant.
func (r *ranker) weighPairs(ctx context.Context) error {
	if len(r.pairs) == 0 {
		return nil
	}
	var meant *meaning
	if r.q.bare {
		meant = newMeaning(r)
	}
	list, share, err := r.sample(ctx, meant)
	if err != nil {
		return err
	}
	if meant != nil {
		meant.pairs = list
		meant.decide()
	}
	all := float64(r.totals.Records)
	for i := range r.pairs {
		r.pairs[i].worth = worth(idf(all, max(list[i].common, 0.5)/share), powerPairs)
	}
	return nil
}

// lowered is a score less what words with lost marks take from it.
func lowered(score float64, lost uint8) float64 {
	for range lost {
		score *= lostFactor
	}
	return score
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

// norms says how much the lengths of texts are held against them: a text of some words by k1·(1-b+b·words/mean).
type norms struct{ base, step float32 }

func normsOf(mean float64) norms { return normsBy(mean, bm25B) }

func normsBy(mean, b float64) norms {
	return norms{float32(bm25K1 * (1 - b)), float32(bm25K1 * b / mean)}
}

// joins reports whether word i of the query makes the first of these pairs with the word before it.
func (r *ranker) joins(i int, pairs []pair) bool {
	return len(pairs) > 0 && i > 0 && i < len(r.of) && r.q.words[i].next && pairs[0].a == r.of[i-1] && pairs[0].b == r.of[i]
}

// bm25 is what a word counts that stands so often in a text of so many words.
func (n norms) bm25(often, length float32) float64 {
	return (bm25K1 + 1) * float64(n.share(often, length))
}

// share is bm25 from 0 to 1.
func (n norms) share(often, length float32) float32 { return often / (often + n.of(length)) }

// of is the norm of a text of so many words.
func (n norms) of(length float32) float32 { return n.base + n.step*length }
