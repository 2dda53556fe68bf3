package index

import (
	"context"
	"math"
	"math/bits"
	"slices"
	"sync"
)

// Of the many plans that hold common words only those are scored that can be among the best. An open list tells how much a record has
// of a word at most (tops); put together by the same weights, and with as many neighbours as there can be, that is a bound which
// the record's score does not exceed. The plans are scored in the order of their best bounds, until so many are better than
// the next bound as are regarded.

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
var heaps = sync.Pool{New: func() any { return new(bounds) }}

// judge scores the plans whose candidates may be among the first so many hits: all of them where that are more than plans are regarded.
func (r *ranker) judge(ctx context.Context, want int) error {
	kept := heaps.Get().(*bounds)
	list := (*kept)[:0]
	defer func() {
		*kept = list[:0]
		heaps.Put(kept)
	}()
	starts := make([]int, 0, len(r.parts)+1) // of each segment's plans
	for part, c := range r.parts {
		starts = append(starts, len(list))
		if err := r.openAll(c); err != nil {
			return err
		}
		c.scores = []float64{}
		from := 0
		if c.found.isEmpty() {
			continue
		}
		list = slices.Grow(list, len(c.heads))
		for at, head := range c.heads {
			if n := c.found.countRange(head, c.end(c.heads, at)); n > 0 {
				list = append(list, bounded{0, int32(part), int32(at), int32(from), int32(from + n)})
				from += n
			}
		}
	}
	starts = append(starts, len(list))
	t := newTally(r)
	defer t.free()
	var first leaders
	if len(list) <= regarded || want > regarded {
		return r.round(ctx, t, list, &first)
	}
	for part, c := range r.parts {
		if err := ctx.Err(); err != nil {
			return err
		}
		r.bound(c, list[starts[part]:starts[part+1]])
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
	if err := r.round(ctx, t, chosen, &first); err != nil {
		return err
	}
	least = float32(first.least())
	rest = slices.DeleteFunc(rest, func(b bounded) bool { return b.most < least })
	for i := len(rest)/2 - 1; i >= 0; i-- {
		rest.down(i)
	}
	for n := regarded; len(rest) > 0 && float64(rest[0].most) >= first.least(); n *= 4 {
		chosen = chosen[:0]
		for len(rest) > 0 && float64(rest[0].most) >= first.least() && len(chosen) < n {
			chosen = append(chosen, rest.pop())
		}
		if err := r.round(ctx, t, chosen, &first); err != nil {
			return err
		}
	}
	return nil
}

// round scores plans.
func (r *ranker) round(ctx context.Context, t *tally, plans []bounded, first *leaders) error {
	ats := make([][]int, len(r.parts))
	for _, b := range plans {
		ats[b.part] = append(ats[b.part], int(b.at))
	}
	for part, c := range r.parts {
		if err := ctx.Err(); err != nil {
			return err
		}
		list := ats[part]
		if len(list) == 0 {
			continue
		}
		slices.Sort(list)
		t.score(c, list)
		for _, j := range c.judged[len(c.judged)-len(list):] {
			first.add(j.best)
		}
	}
	return nil
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

// guess is what is summed up for the candidates of a segment.
type guess struct {
	c      *ranked
	most   []float64
	fits   []fit       // of the slot under way
	shares [][]float32 // of each slot, all its spellings counted alike
	lost   []uint8
	worn   bool // some candidate holds a word with lost marks only
}

var guesses = sync.Pool{New: func() any { return new(guess) }}

// bound sets the bounds of the plans of one segment.
func (r *ranker) bound(c *ranked, plans []bounded) {
	if len(plans) == 0 {
		return
	}
	g := guesses.Get().(*guess)
	defer func() { g.c = nil; guesses.Put(g) }()
	g.c, g.worn = c, false
	n := c.found.count()
	g.most, g.fits, g.lost = sized(g.most, n), sized(g.fits, n), sized(g.lost, n)
	clear(g.most)
	clear(g.lost)
	for len(g.shares) < len(r.slots) {
		g.shares = append(g.shares, nil)
	}
	paired := len(r.pairs) > 0
	for i := range r.slots {
		s := &r.slots[i]
		clear(g.fits)
		if paired {
			g.shares[i] = sized(g.shares[i], n)
			clear(g.shares[i])
		} else {
			g.shares[i] = nil
		}
		for k := range c.words[i][0] {
			v := &c.words[i][0][k]
			if w := s.weight(v); w > 0 {
				g.words(v, s.worth[0]*(bm25K1+1), float64(w), mean(r.totals.Words, r.totals.Records), g.shares[i])
			}
		}
		for k := range c.words[i][1] {
			v := &c.words[i][1][k]
			if w := s.weight(v); w > 0 {
				g.headings(v, weightHeading*s.worth[1]*float64(w))
			}
		}
		for k := range c.words[i][2] {
			v := &c.words[i][2][k]
			if w := s.weight(v); w > 0 {
				g.titles(v, weightTitle*s.worth[2]*(bm25K1+1), float64(w), mean(r.totals.Titles, r.totals.Plans))
			}
		}
		if s.weak || !c.wears(i) {
			continue
		}
		for i, f := range g.fits {
			if f == lost {
				g.lost[i]++
				g.worn = true
			}
		}
	}
	for _, pair := range r.pairs {
		worth := weightPairs * pair.worth * (bm25K1 + 1)
		a, b := g.shares[pair.a], g.shares[pair.b]
		for i := range g.most {
			g.most[i] += worth * float64(min(a[i], b[i], 1))
		}
	}
	for k := range plans {
		p := &plans[k]
		best := 0.0
		for i := p.from; i < p.to; i++ {
			most := g.most[i]
			if g.worn {
				for range g.lost[i] {
					most *= lostFactor
				}
			}
			if most > best { // max takes care of what is no number, and its time
				best = most
			}
		}
		p.most = float32(best * rounding)
	}
}

// wears reports whether a word is found with lost marks.
func (c *ranked) wears(slot int) bool {
	for _, list := range c.words[slot] {
		if slices.ContainsFunc(list, func(v variant) bool { return v.fit == lost }) {
			return true
		}
	}
	return false
}

// rounding is how far sums of float32 may be off.
const rounding = 1 + 1e-5

// words adds what the candidates have of a spelling at most. The share of a text that holds a word x times is x/(x+norm), which
// grows less than x, so that the shares of several spellings may be added, and a weight be set in.
func (g *guess) words(v *variant, worth, weight, mean float64, shares []float32) {
	found := g.c.found
	if v.open.codes == nil {
		norms := normsOf(mean)
		for k := range v.open.few {
			row := &v.open.few[k]
			if !found.contains(row.record) {
				continue
			}
			i := found.of(row.record)
			share := norms.share(float32(howOften(row.code)), row.length)
			g.most[i] += worth * weighted(float64(share), weight)
			if shares != nil {
				shares[i] += share
			}
			g.fits[i] = max(g.fits[i], v.fit)
		}
		return
	}
	by, each := v.open.table(worth, weight, mean)
	for k, all := range v.open.docs.words {
		in := found.words[k]
		bit := all & in
		if bit == 0 {
			continue
		}
		tops := v.open.tops[v.open.docs.before[k]:]
		before := found.before[k]
		if bit == in && bit == all { // as nearly always where one word is asked for
			n := bits.OnesCount64(all)
			most, fits := g.most[before:][:n], g.fits[before:][:n]
			for j, top := range tops[:n] {
				most[j] += by[top]
				fits[j] = max(fits[j], v.fit)
			}
			if shares != nil {
				for j, top := range tops[:n] {
					shares[int(before)+j] += each[top]
				}
			}
			continue
		}
		for ; bit != 0; bit &= bit - 1 {
			below := bit&-bit - 1
			top := tops[bits.OnesCount64(all&below)]
			i := before + uint32(bits.OnesCount64(in&below))
			g.most[i] += by[top]
			if shares != nil {
				shares[i] += each[top]
			}
			g.fits[i] = max(g.fits[i], v.fit)
		}
	}
}

// table gives for each top what it counts, and its share. Where texts have become longer in the mean since the list was opened, the
// same text has a larger share.
func (o *opened) table(worth, weight, mean float64) (by [256]float64, shares [256]float32) {
	grown := max(1, mean/o.mean)
	for top := range by {
		share := min(1, grown*float64(top)/math.MaxUint8)
		by[top], shares[top] = worth*weighted(share, weight), float32(share)
	}
	return by, shares
}

// weighted is the share of a word that counts by a weight each time.
func weighted(share, weight float64) float64 { return weight * share / (weight*share + 1 - share) }

// headings adds what the headings count.
func (g *guess) headings(v *variant, worth float64) {
	found := g.c.found
	add := func(from, to uint32) {
		i := found.of(from)
		for end := i + found.countRange(from, to); i < end; i++ {
			g.most[i] += worth
			g.fits[i] = max(g.fits[i], v.fit)
		}
	}
	v.open.eachSpan(g.c.part.alive(), add)
}

// eachSpan visits the headings of a set: the records that stand below each.
func (o *opened) eachSpan(within set, visit func(from, to uint32)) {
	for k := range o.few {
		if at := &o.few[k]; within.contains(at.record) {
			visit(at.record, at.record+uint32(at.code))
		}
	}
	for k, all := range o.docs.words {
		for bit := all & within.words[k]; bit != 0; bit &= bit - 1 {
			from := uint32(k)<<6 | uint32(bits.TrailingZeros64(bit))
			visit(from, from+o.codes[int(o.docs.before[k])+bits.OnesCount64(all&(bit&-bit-1))])
		}
	}
}

// titles adds what the plans' titles count at most.
func (g *guess) titles(v *variant, worth, weight, mean float64) {
	c, at := g.c, 0
	add := func(head uint32, most float64) {
		at = planFrom(c.heads, at, head)
		i := c.found.of(head)
		for end := i + c.found.countRange(head, c.end(c.heads, at)); i < end; i++ {
			g.most[i] += most
			g.fits[i] = max(g.fits[i], v.fit)
		}
	}
	if v.open.codes == nil {
		norms := normsOf(mean)
		for k := range v.open.few {
			row := &v.open.few[k]
			add(row.record, worth*weighted(float64(norms.share(float32(howOften(row.code)), row.length)), weight))
		}
		return
	}
	by, _ := v.open.table(worth, weight, mean)
	next := 0
	for k, all := range v.open.docs.words {
		for ; all != 0; all &= all - 1 {
			add(uint32(k)<<6|uint32(bits.TrailingZeros64(all)), by[v.open.tops[next]])
			next++
		}
	}
}
