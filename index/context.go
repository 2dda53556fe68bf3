package index

import (
	"cmp"
	"context"
	"fmt"
	"slices"
)

// A section is short, and what it is about often stands elsewhere in its plan. So the plans of the best candidates are scored as a whole
// too, and each of their candidates takes a part of that. And since whoever searches wants to see more than one plan, the
// second best section of a plan comes behind other plans' best ones of about the same worth.
const (
	weightPlan = 1.0

	// A plan of a few sections says one thing (an article of a law, a notice): its words count together more than in a long one.
	weightShort = 2.0
	shortPlan   = 300 // words
	regarded    = 200 // plans that are scored as a whole

	// The k-th best section of a plan has its score divided by 1+(k-1)*crowding.
	crowding = 0.5
)

// whole is a plan that is scored as a whole.
type whole struct {
	judged
	c      *ranked
	length float32 // words
	score  float64
}

// regard scores the plans of the best candidates.
func (r *ranker) regard(ctx context.Context) error {
	plans, err := r.bestPlans()
	if err != nil {
		return err
	}
	average := normsBy(mean(r.totals.Words, r.totals.Plans), bm25BPlan)
	const share = 50
	err = atOnce((len(plans)+share-1)/share, func(k int) error {
		t := newTally(r)
		defer t.free()
		for i := k * share; i < min(len(plans), (k+1)*share); i++ {
			t.whole(&plans[i], average)
			plans[i].share()
		}
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	for _, c := range r.parts {
		for i, n := range c.lost {
			c.scores[i] = lowered(c.scores[i], n)
		}
	}
	return nil
}

// bestPlans finds the plans with the best candidates.
func (r *ranker) bestPlans() ([]whole, error) {
	var first leaders
	for _, c := range r.parts {
		for i := range c.judged {
			first.add(c.judged[i].best)
		}
	}
	var all []whole
	for _, c := range r.parts {
		from := len(all)
		for _, j := range c.judged {
			if j.best >= first.least() {
				all = append(all, whole{judged: j, c: c})
			}
		}
		slices.SortFunc(all[from:], func(a, b whole) int { return cmp.Compare(a.at, b.at) })
	}
	if len(all) > regarded {
		slices.SortStableFunc(all, func(a, b whole) int { return cmp.Compare(b.best, a.best) })
		last := all[regarded-1].best
		n := regarded
		for n < len(all) && n < 2*regarded && all[n].best == last { // equal ones are treated alike, as far as that goes
			n++
		}
		all = all[:n]
	}
	for i := range all {
		w := &all[i]
		lengths, err := w.c.column(fieldLengths)
		if err != nil {
			return nil, err
		}
		l, err := parseLengths(lengths.first(w.at))
		if err != nil {
			return nil, fmt.Errorf("lengths of a plan: %w", err)
		}
		w.length = float32(l.Words)
	}
	return all, nil
}

// whole scores a plan as if it were one text.
func (t *tally) whole(w *whole, average norms) {
	r := t.r
	live := w.c.alive()
	first, end := w.c.heads[w.at], w.c.end(w.c.heads, w.at)
	weight := float32(0)
	t.keys = t.keys[:0]
	pairs := r.pairs
	for i := range r.q.words {
		if r.again[i] && !r.joins(i, pairs) && !r.joins(i+1, pairs) {
			continue
		}
		s := &r.slots[r.of[i]]
		lastWeight, often := weight, float32(0)
		weight = 0
		t.keys, t.lastKeys = t.lastKeys[:0], t.keys
		list := w.c.words[r.of[i]][0]
		for k := range list {
			v := &list[k]
			one := s.weight(v)
			if one == 0 {
				continue
			}
			t.rows = v.open.from(t.rows[:0], first, end, live)
			for j := range t.rows {
				row := &t.rows[j]
				often += one * float32(howOften(row.code))
				weight = max(weight, one)
				if len(r.pairs) == 0 {
					continue
				}
				from := len(t.keys)
				t.keys = row.appendKeys(t.keys, row.record)
				if v.short {
					spreadShort(t.keys[from:], s.part)
				}
			}
		}
		if len(pairs) > 0 {
			sortKeys(t.keys)
			if r.joins(i, pairs) {
				if n := countPairs(t.lastKeys, t.keys); n > 0 {
					w.score += weightPairs * pairs[0].worth * float64(min(weight, lastWeight)) * average.bm25(float32(n), w.length)
				}
				pairs = pairs[1:]
			}
		}
		if !r.again[i] && often > 0 {
			w.score += s.worth[0] * average.bm25(often, w.length)
		}
	}
}

// share gives a plan's score to its candidates, and puts them behind each other.
func (w *whole) share() {
	c := w.c
	weight := weightPlan
	if w.length < shortPlan {
		weight = weightShort
	}
	order := make([]int, 0, w.to-w.from)
	for i := w.from; i < w.to; i++ {
		c.scores[i] = lowered(c.scores[i]+weight*w.score, c.lost[i])
		c.lost[i] = 0
		order = append(order, i)
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(c.scores[b], c.scores[a]) })
	for k, i := range order {
		c.scores[i] /= 1 + crowding*float64(k)
	}
}
