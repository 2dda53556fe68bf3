package index

import (
	"cmp"
	"container/heap"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"kehoach/plan"
)

// Hit is a record that was found.
type Hit struct {
	Plan  string  // the plan's id
	Seq   int     // the record is Records(p)[Seq]
	Score float64 // 0 where there were no words to rank by
	Of    int     // where hits are grouped, how many of its plan were found
}

// Result is what a search found.
type Result struct {
	Hits    []Hit
	Records int // all that were found
	Plans   int // the plans that they belong to
	Facets  []Facet
	Answer
}

// Search finds records. Without words and without a kind in the filter it gives each plan once, by its head.
// Equal hits stand in the order of their plans' ids and in that of the text. Where nothing is found, the query is answered as it may be
// meant, unless it is Exact; Answer says so.
func (x *Index) Search(ctx context.Context, q Query) (*Result, error) {
	parsed, err := q.parse()
	if err != nil {
		return nil, err
	}
	v, release, err := x.now()
	if err != nil {
		return nil, err
	}
	defer release()
	if err := processors.take(ctx); err != nil {
		return nil, fmt.Errorf("index: search: %w", err)
	}
	defer processors.leave()
	res := &Result{Answer: Answer{Query: q}}
	r, err := v.collect(ctx, parsed)
	if err == nil {
		if n := r.found(); n < few || v.strange(parsed) {
			var other *query
			if other, res.Answer, err = v.settle(ctx, q, parsed, n); err == nil && other != parsed {
				parsed = other
				r, err = v.collect(ctx, parsed)
			}
		}
	}
	if err != nil {
		return nil, fmt.Errorf("index: search: %w", err)
	}
	for _, c := range r.parts {
		res.Records += c.found.count()
		res.Plans += c.plansOf(c.heads, c.found.set)
	}
	if len(q.Facets) > 0 {
		if res.Facets, err = r.facets(ctx); err != nil {
			return nil, fmt.Errorf("index: facets: %w", err)
		}
	}
	if q.Limit == 0 {
		return res, nil
	}
	sort := q.Sort
	if len(parsed.words) > 0 {
		want := q.Offset + q.Limit
		if sort == ByIssued || sort == ByAdded {
			want = math.MaxInt // any of them may be the newest
		}
		if err := r.score(ctx, want); err != nil {
			return nil, fmt.Errorf("index: search: %w", err)
		}
	} else {
		r.list()
		if sort == "" {
			sort = ByIssued
		}
	}
	if q.Grouped {
		res.Hits, err = r.grouped(sort, q.Offset, q.Limit)
	} else {
		res.Hits, err = r.top(sort, q.Offset, q.Limit)
	}
	if err != nil {
		return nil, fmt.Errorf("index: search: %w", err)
	}
	return res, nil
}

// collect finds what answers a query in every segment.
func (v *view) collect(ctx context.Context, q *query) (*ranker, error) {
	r := &ranker{q: q, totals: v.totals, seen: &v.seen}
	if err := v.lighten(q); err != nil {
		return nil, err
	}
	r.parts = make([]*ranked, len(v.parts))
	err := atOnce(len(v.parts), func(i int) (err error) {
		r.parts[i], err = v.parts[i].candidates(q)
		return errors.Join(err, ctx.Err())
	})
	if err != nil {
		return nil, err
	}
	return r, nil
}

func (r *ranker) found() (n int) {
	for _, c := range r.parts {
		n += c.found.count()
	}
	return n
}

// list takes all candidates, without scores.
func (r *ranker) list() {
	for _, c := range r.parts {
		c.records = c.found.list()
		c.eachPlan(func(at, from, to int) { c.judged = append(c.judged, judged{at: at, from: from, to: to}) })
	}
}

// candidates is the records of a segment that answer the query and pass the filter.
func (p *part) candidates(q *query) (*ranked, error) {
	heads, err := p.plans()
	if err != nil {
		return nil, err
	}
	found, err := p.answers(q, heads)
	if err != nil {
		return nil, err
	}
	c := &ranked{part: p, heads: heads, answers: found}
	if len(q.conds)+len(q.facets) > 0 && !found.isEmpty() {
		if c.chosen, err = p.choose(q.conds); err != nil {
			return nil, err
		}
	}
	if len(q.facets) > 0 { // each facet leaves out a part of what follows
		c.answers = found.clone()
	}
	if len(q.filter.Kind) > 0 {
		kinds, err := p.ofKinds(q.filter.Kind)
		if err != nil {
			return nil, err
		}
		found.and(kinds)
	} else if len(q.root.kids) == 0 && q.among == nil {
		all, err := p.holding(fieldHead, "1")
		if err != nil {
			return nil, err
		}
		found.and(all)
	}
	if len(q.conds) > 0 && !found.isEmpty() {
		found.and(c.chosen.records(p))
	}
	c.found = found.places()
	return c, nil
}

// answers is the records that answer the words of a query; all of them where it has none.
func (p *part) answers(q *query, heads []uint32) (set, error) {
	found := held{own: p.live()}
	var err error
	if len(q.root.kids) > 0 {
		found, err = p.match(q.root, heads)
	}
	if err == nil && q.among != nil {
		var only set
		only, err = p.among(q.among)
		found.own.and(only)
	}
	return found.own, err
}

// ofKinds is the records of any of these kinds.
func (p *part) ofKinds(kinds []plan.Kind) (set, error) {
	var s set
	for _, k := range kinds {
		one, err := p.kind(k)
		if err != nil {
			return s, err
		}
		s.or(one)
	}
	return s, nil
}

// best is a record that may be among the first.
type best struct {
	c      *ranked
	at     int // the plan's place in the segment
	record uint32
	score  float64
	key    string // what is sorted by before the id, descending
}

// queue keeps the best records found so far, the last of them on top.
type queue struct {
	list []best
	err  error
}

func (q *queue) Len() int           { return len(q.list) }
func (q *queue) Swap(i, j int)      { q.list[i], q.list[j] = q.list[j], q.list[i] }
func (q *queue) Push(v any)         { q.list = append(q.list, v.(best)) }
func (q *queue) Less(i, j int) bool { return q.before(&q.list[j], &q.list[i]) }
func (q *queue) Pop() any {
	last := q.list[len(q.list)-1]
	q.list = q.list[:len(q.list)-1]
	return last
}

// offer takes a record in, if it is among so many best ones.
func (q *queue) offer(b best, want int) {
	if len(q.list) < want {
		heap.Push(q, b)
		return
	}
	if want > 0 && q.before(&b, &q.list[0]) {
		q.list[0] = b
		heap.Fix(q, 0)
	}
}

// before reports whether a stands before b among the hits.
func (q *queue) before(a, b *best) bool {
	if c := cmp.Compare(b.score, a.score); c != 0 && a.key == "" && b.key == "" {
		return c < 0
	}
	if a.key != b.key {
		return a.key > b.key
	}
	plan, seq := q.id(a)
	other, after := q.id(b)
	return plan < other || plan == other && seq < after
}

// id is the plan of a record, and its number there.
func (q *queue) id(b *best) (plan string, seq uint32) {
	plan, err := b.c.planID(b.c.heads, b.at)
	if err != nil && q.err == nil {
		q.err = err
	}
	return plan, b.record - b.c.heads[b.at]
}

// top gives the hits after the first offset, in order.
func (r *ranker) top(sort string, offset, limit int) ([]Hit, error) {
	want := offset + limit
	q := new(queue)
	for _, c := range r.parts {
		var keys *values
		if sort == ByIssued || sort == ByAdded {
			name := colIssued
			if sort == ByAdded {
				name = colAdded
			}
			var err error
			if keys, err = c.column(name); err != nil {
				return nil, err
			}
		}
		for _, j := range c.judged {
			key := ""
			if keys != nil {
				key = keys.first(j.at) + "\x00" // never empty: what has no date comes last
			}
			for i := j.from; i < j.to; i++ {
				b := best{c: c, record: c.records[i], at: j.at, key: key}
				if c.scores != nil {
					b.score = c.scores[i]
				}
				q.offer(b, want)
			}
		}
	}
	slices.SortFunc(q.list, func(a, b best) int {
		if q.before(&a, &b) {
			return -1
		}
		return 1
	})
	var hits []Hit
	for i := offset; i < len(q.list); i++ {
		plan, seq := q.id(&q.list[i])
		hits = append(hits, Hit{Plan: plan, Seq: int(seq), Score: q.list[i].score})
	}
	return hits, q.err
}
