package index

import (
	"context"
	"slices"
	"sync"
)

// Of the many plans that hold common words only those are scored that can be among the best. An open list tells how much a record has
// of a word at most (tops); put together by the same weights, and with as many neighbours as there can be, that is a bound which
// the record's score does not exceed (guess.go). The plans are scored in the order of their best bounds, until so many are better
// than the next bound as are regarded.

// leaders is the best scores so far, of as many plans as are regarded: a heap, the least on top.
type leaders struct{ scores []float64 }

// add takes a score in, if it is among the best.
func (l *leaders) add(score float64) {
	h := l.scores
	if len(h) < regarded {
		l.scores = append(h, score)
		for i := len(h); i > 0 && l.scores[(i-1)/2] > l.scores[i]; i = (i - 1) / 2 {
			l.scores[i], l.scores[(i-1)/2] = l.scores[(i-1)/2], l.scores[i]
		}
		return
	}
	if score <= h[0] {
		return
	}
	i := 0
	for {
		kid := 2*i + 1
		if kid >= len(h) {
			break
		}
		if kid+1 < len(h) && h[kid+1] < h[kid] {
			kid++
		}
		if score <= h[kid] {
			break
		}
		h[i] = h[kid]
		i = kid
	}
	h[i] = score
}

// least is the score that a plan must reach to be regarded.
func (l *leaders) least() float64 {
	if len(l.scores) < regarded {
		return 0
	}
	return l.scores[0]
}

// bounded is a plan that is not scored yet.
type bounded struct {
	most     float32
	part     int32 // its segment, and its place there
	at       int32
	from, to int32 // its candidates, among those of its segment
}

// bounds is a heap of plans, the one with the highest bound on top.
type bounds []bounded

func (b bounds) down(i int) {
	for {
		kid := 2*i + 1
		if kid >= len(b) {
			return
		}
		if kid+1 < len(b) && b[kid+1].most > b[kid].most {
			kid++
		}
		if b[i].most >= b[kid].most {
			return
		}
		b[i], b[kid] = b[kid], b[i]
		i = kid
	}
}

func (b *bounds) pop() bounded {
	top := (*b)[0]
	last := len(*b) - 1
	(*b)[0] = (*b)[last]
	*b = (*b)[:last]
	b.down(0)
	return top
}

// heaps are kept for the next question.
var heaps sync.Pool

func takeBounds() bounds {
	if kept, ok := heaps.Get().(*bounds); ok {
		return (*kept)[:0]
	}
	return nil
}

func giveBounds(b bounds) {
	if cap(b) > 0 {
		heaps.Put(&b)
	}
}

// judge scores the plans whose candidates may be among the first so many hits: all of them where that are more than plans are regarded.
func (r *ranker) judge(ctx context.Context, want int) error {
	plans := make([]bounds, len(r.parts))
	defer func() {
		for _, p := range plans {
			giveBounds(p)
		}
	}()
	err := atOnce(len(r.parts), func(part int) error {
		c := r.parts[part]
		c.scores = []float64{}
		if c.found.isEmpty() {
			return nil
		}
		list := slices.Grow(takeBounds(), len(c.heads))
		c.eachPlan(func(at, from, to int) {
			list = append(list, bounded{part: int32(part), at: int32(at), from: int32(from), to: int32(to)})
		})
		plans[part] = list
		return r.openAll(c)
	})
	if err != nil {
		return err
	}
	total := 0
	for _, p := range plans {
		total += len(p)
	}
	var first leaders
	if total <= regarded || want > regarded {
		return r.round(ctx, slices.Concat(plans...), &first)
	}
	err = atOnce(len(r.parts), func(part int) error {
		r.bound(r.parts[part], plans[part])
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	list := slices.Grow(takeBounds(), total)
	defer func() { giveBounds(list) }()
	for _, p := range plans {
		list = append(list, p...)
	}
	// The plans with the highest bounds first; of the others, those that can still be better than the last of these.
	var highest leaders
	for i := range list {
		highest.add(float64(list[i].most))
	}
	chosen := make([]bounded, 0, regarded)
	rest := list[:0]
	least := float32(highest.least())
	for _, b := range list {
		if b.most > least || b.most == least && len(chosen) < regarded {
			chosen = append(chosen, b)
		} else {
			rest = append(rest, b)
		}
	}
	if err := r.round(ctx, chosen, &first); err != nil {
		return err
	}
	least = float32(first.least())
	rest = slices.DeleteFunc(rest, func(b bounded) bool { return b.most < least })
	for i := len(rest)/2 - 1; i >= 0; i-- {
		rest.down(i)
	}
	scored := len(chosen)
	for len(rest) > 0 {
		least := first.least()
		if scored >= 2*regarded {
			least *= rounding * rounding // of many that are equal some are left out
		}
		chosen = chosen[:0]
		for n := max(regarded, scored/2); len(rest) > 0 && len(chosen) < n && float64(rest[0].most) >= least; {
			chosen = append(chosen, rest.pop())
		}
		if len(chosen) == 0 {
			return nil
		}
		if err := r.round(ctx, chosen, &first); err != nil {
			return err
		}
		scored += len(chosen)
	}
	return nil
}

// round scores plans.
func (r *ranker) round(ctx context.Context, plans []bounded, first *leaders) error {
	ats := make([][]int, len(r.parts))
	for _, b := range plans {
		ats[b.part] = append(ats[b.part], int(b.at))
	}
	err := atOnce(len(r.parts), func(part int) error {
		if list := ats[part]; len(list) > 0 {
			slices.Sort(list)
			t := newTally(r)
			defer t.free()
			t.score(r.parts[part], list)
		}
		return ctx.Err()
	})
	for part, c := range r.parts {
		for _, j := range c.judged[len(c.judged)-len(ats[part]):] {
			first.add(j.best)
		}
	}
	return err
}

// openAll opens the lists of all words.
func (r *ranker) openAll(c *ranked) error {
	for i := range c.words {
		for f := range c.words[i] {
			list := c.words[i][f]
			for k := range list {
				var err error
				if list[k].open, err = c.open(list[k].list); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
