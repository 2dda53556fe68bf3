package index

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"
)

// A section is short, and what it is about often stands elsewhere in its plan. So the plans of the best candidates are scored as a whole
// too, and each of their candidates takes a part of that. And since whoever searches wants to see more than one plan, the
// second best section of a plan comes behind other plans' best ones of about the same worth.
const (
	weightPlan = 1.0
	regarded   = 200 // plans that are scored as a whole

	// The k-th best section of a plan has its score divided by 1+(k-1)*crowding.
	crowding = 0.5
)

// whole is a plan that is scored as a whole.
type whole struct {
	c          *ranked
	at         int     // its place in the segment
	from, to   int     // its candidates
	first, end uint32  // its records
	length     float64 // words
	best       float64
	score      float64
	often      float32
	weight     float32
	lastWeight float32
}

// regard scores the plans of the best candidates.
func (r *ranker) regard(ctx context.Context) error {
	plans, err := r.bestPlans()
	if err != nil {
		return err
	}
	average := mean(r.totals.Words, r.totals.Plans)
	for _, c := range r.parts {
		var here []*whole
		for i := range plans {
			if plans[i].c == c {
				here = append(here, &plans[i])
			}
		}
		if len(here) == 0 {
			continue
		}
		slices.SortFunc(here, func(a, b *whole) int { return cmp.Compare(a.first, b.first) })
		if err := r.scoreWhole(ctx, c, here, average); err != nil {
			return err
		}
	}
	for i := range plans {
		plans[i].share()
	}
	for _, c := range r.parts {
		for i, n := range c.lost {
			for range n {
				c.scores[i] *= lostFactor
			}
		}
	}
	return nil
}

// bestPlans finds the plans with the best candidates.
func (r *ranker) bestPlans() ([]whole, error) {
	kept, _ := seenPlans.Get().(*[]whole)
	if kept == nil {
		kept = new([]whole)
	}
	seen := (*kept)[:0]
	for _, c := range r.parts {
		c.eachPlan(func(at, from, to int, best float64) {
			seen = append(seen, whole{c: c, at: at, from: from, to: to, best: best})
		})
	}
	least := leastOfBest(seen)
	all := make([]whole, 0, 2*regarded)
	for i := range seen {
		if seen[i].best >= least {
			all = append(all, seen[i])
		}
	}
	clear(seen)
	*kept = seen
	seenPlans.Put(kept)
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
		w.first, w.end = w.c.heads[w.at], w.c.end(w.c.heads, w.at)
		lengths, err := w.c.column(fieldLengths)
		if err != nil {
			return nil, err
		}
		l, err := parseLengths(lengths.first(w.at))
		if err != nil {
			return nil, fmt.Errorf("lengths of a plan: %w", err)
		}
		w.length = float64(l.Words)
	}
	return all, nil
}

// seenPlans are lists of all plans that were found, kept for the next question.
var seenPlans sync.Pool

// leastOfBest is the score of the last plan that is regarded.
func leastOfBest(plans []whole) float64 {
	best := make([]float64, 0, regarded) // a heap, the least on top
	for k := range plans {
		score := plans[k].best
		if len(best) < regarded {
			if best = append(best, score); len(best) == regarded {
				slices.Sort(best)
			}
			continue
		}
		if score <= best[0] {
			continue
		}
		i := 0
		for {
			kid := 2*i + 1
			if kid >= len(best) {
				break
			}
			if kid+1 < len(best) && best[kid+1] < best[kid] {
				kid++
			}
			if score <= best[kid] {
				break
			}
			best[i] = best[kid]
			i = kid
		}
		best[i] = score
	}
	if len(best) < regarded {
		return 0
	}
	return best[0]
}

// eachPlan visits the plans of the candidates: the plan, its candidates, and the best of their scores.
func (c *ranked) eachPlan(visit func(at, from, to int, best float64)) {
	at := 0
	for from := 0; from < len(c.records); {
		at = planFrom(c.heads, at, c.records[from])
		end := c.end(c.heads, at)
		best := 0.0
		to := from
		for ; to < len(c.records) && c.records[to] < end; to++ {
			if c.scores == nil {
				continue
			}
			score := c.scores[to]
			for range c.lost[to] {
				score *= lostFactor
			}
			best = max(best, score)
		}
		visit(at, from, to, best)
		from = to
	}
}

// scoreWhole scores plans of one segment, which stand in the order of their records.
func (r *ranker) scoreWhole(ctx context.Context, c *ranked, plans []*whole, average float64) error {
	some := newSet(c.part.records())
	for _, w := range plans {
		some.addRange(w.first, w.end)
	}
	some = c.drop(some)
	one, two := takeKeys(), takeKeys()
	keys, last := *one, *two
	defer func() { giveKeys(one, keys); giveKeys(two, last) }()
	done := make([]bool, len(r.slots))
	pairs := r.pairs
	for i, word := range r.q.words {
		if err := ctx.Err(); err != nil {
			return err
		}
		s := &r.slots[r.of[i]]
		for _, w := range plans {
			w.often, w.weight, w.lastWeight = 0, 0, w.weight
		}
		keys, last = last[:0], keys
		for _, v := range c.words[r.of[i]][0] {
			weight := s.weight(&v)
			if weight == 0 {
				continue
			}
			at := 0
			err := v.list.each(some, func(p *posting) {
				for plans[at].end <= p.record {
					at++
				}
				w := plans[at]
				w.often += weight * float32(howOften(p.code))
				w.weight = max(w.weight, weight)
				from := len(keys)
				keys = p.appendKeys(keys, p.record)
				if v.short {
					spreadShort(keys[from:], s.part)
				}
			})
			if err != nil {
				return err
			}
		}
		sortKeys(keys)
		if len(pairs) > 0 && i > 0 && word.next && pairs[0].a == r.of[i-1] && pairs[0].b == r.of[i] {
			addPairs(plans, last, keys, weightPairs*pairs[0].worth, average)
			pairs = pairs[1:]
		}
		if done[r.of[i]] {
			continue
		}
		done[r.of[i]] = true
		for _, w := range plans {
			if w.often > 0 {
				w.score += s.worth[0] * bm25(float64(w.often), w.length, average, bm25BPlan)
			}
		}
	}
	return nil
}

// addPairs scores neighbours by plan.
func addPairs(plans []*whole, a, b []uint64, worth, average float64) {
	at, n := 0, 0
	add := func() {
		if n > 0 {
			w := plans[at]
			w.score += worth * float64(min(w.weight, w.lastWeight)) * bm25(float64(n), w.length, average, bm25BPlan)
		}
		n = 0
	}
	eachPair(a, b, func(record uint32, often int) {
		if plans[at].end <= record {
			add()
			for plans[at].end <= record {
				at++
			}
		}
		n += often
	})
	add()
}

// share gives a plan's score to its candidates, and puts them behind each other.
func (w *whole) share() {
	c := w.c
	order := make([]int, 0, w.to-w.from)
	for i := w.from; i < w.to; i++ {
		c.scores[i] += weightPlan * w.score
		for range c.lost[i] {
			c.scores[i] *= lostFactor
		}
		c.lost[i] = 0
		order = append(order, i)
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(c.scores[b], c.scores[a]) })
	for k, i := range order {
		c.scores[i] /= 1 + crowding*float64(k)
	}
}
