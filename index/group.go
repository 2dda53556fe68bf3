package index

import (
	"cmp"
	"slices"
)

// inGroup is how many hits of one plan a group shows.
const inGroup = 3

// grouped gives the plans after the first offset, each by its best hits: the plans in the order of their best
// ones, and Of of each hit is how many records of its plan were found.
func (r *ranker) grouped(sort string, offset, limit int) ([]Hit, error) {
	all, firsts := r.parts, make([]*ranked, len(r.parts))
	of := make(map[string]group)
	for i, c := range all {
		// Of each plan the best record stands for it.
		one := *c
		one.judged, one.records, one.scores = nil, nil, nil
		for _, j := range c.judged {
			best := j.from
			for i := j.from; i < j.to && c.scores != nil; i++ {
				if c.scores[i] > c.scores[best] {
					best = i
				}
			}
			k := len(one.records)
			one.judged = append(one.judged, judged{at: j.at, from: k, to: k + 1})
			one.records = append(one.records, c.records[best])
			if c.scores != nil {
				one.scores = append(one.scores, c.scores[best])
			}
		}
		firsts[i] = &one
	}
	r.parts = firsts
	plans, err := r.top(sort, offset, limit)
	r.parts = all
	if err != nil {
		return nil, err
	}
	wanted := make(map[string]bool, len(plans))
	for _, h := range plans {
		wanted[h.Plan] = true
	}
	for _, c := range all {
		for _, j := range c.judged {
			id, err := c.planID(c.heads, j.at)
			if err != nil {
				return nil, err
			}
			if wanted[id] {
				of[id] = group{c, j}
			}
		}
	}
	var hits []Hit
	for _, first := range plans {
		hits = append(hits, of[first.Plan].hits(first.Plan)...)
	}
	return hits, nil
}

// group is the candidates of one plan.
type group struct {
	c *ranked
	judged
}

// hits is the best of them.
func (g group) hits(id string) []Hit {
	order := make([]int, 0, g.to-g.from)
	for i := g.from; i < g.to; i++ {
		order = append(order, i)
	}
	score := func(i int) float64 {
		if g.c.scores == nil {
			return 0
		}
		return g.c.scores[i]
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(score(b), score(a)) })
	var hits []Hit
	for _, i := range order[:min(len(order), inGroup)] {
		hits = append(hits, Hit{Plan: id, Seq: int(g.c.records[i] - g.c.heads[g.at]), Score: score(i), Of: g.to - g.from})
	}
	return hits
}
