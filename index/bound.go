package index

import (
	"bytes"
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
		from, all := 0, c.found.count()
		for at := range c.heads {
			to := all
			if at+1 < len(c.heads) {
				to = c.found.of(c.heads[at+1])
			}
			if to > from {
				list = append(list, bounded{part: int32(part), at: int32(at), from: int32(from), to: int32(to)})
			}
			from = to
		}
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

// guess is what is summed up for the candidates of a segment.
type guess struct {
	c    *ranked
	most []float64
	fits []byte // of the slot under way, each a fit
	odds []float32
	lost []uint8
	worn bool // some candidate holds a word with lost marks only

	slots []guessed
	sums  []float32
}

// guessed is what the candidates have of one slot, where there are neighbours to look for. The odds of a share s are s/(1-s): the odds
// of several spellings in one text may be added, since they are how often each stands there, by the same norm.
type guessed struct {
	odds  []float32 // all spellings counted alike
	codes []uint64  // where the word stands; several where more than one spelling does, or it stands there too often
}

const several = located

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
	g.odds = sized(g.odds, n)
	for len(g.slots) < len(r.slots) {
		g.slots = append(g.slots, guessed{})
	}
	for i := range r.slots {
		s := &r.slots[i]
		clear(g.fits)
		clear(g.odds)
		var of *guessed
		if len(r.pairs) > 0 {
			of = &g.slots[i]
			of.odds, of.codes = sized(of.odds, n), sized(of.codes, n)
			clear(of.odds)
			clear(of.codes)
		}
		for k := range c.words[i][0] {
			v := &c.words[i][0][k]
			if w := s.weight(v); w > 0 {
				g.words(v, w, mean(r.totals.Words, r.totals.Records), of)
			}
		}
		full := s.worth[0] * (bm25K1 + 1)
		for i, odds := range g.odds {
			if odds > 0 {
				g.most[i] += full * float64(odds/(1+odds))
			}
		}
		for k := range c.words[i][1] {
			v := &c.words[i][1][k]
			if w := s.weight(v); w > 0 {
				g.headings(v, weightHeading*s.worth[1]*float64(w))
			}
		}
		g.titles(c.words[i][2], s, weightTitle*s.worth[2]*(bm25K1+1), mean(r.totals.Titles, r.totals.Plans))
		if s.weak || !c.wears(i) {
			continue
		}
		for i := 0; i < len(g.fits); i++ {
			next := bytes.IndexByte(g.fits[i:], byte(lost))
			if next < 0 {
				break
			}
			i += next
			g.lost[i]++
			g.worn = true
		}
	}
	for _, pair := range r.pairs {
		worth := weightPairs * pair.worth * (bm25K1 + 1)
		g.pairs(&g.slots[pair.a], &g.slots[pair.b], worth)
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

// pairs adds what neighbours count at most: where it is known where both words stand, as often as they stand side by side, and otherwise
// as often as the rarer of the two stands there.
func (g *guess) pairs(a, b *guessed, worth float64) {
	for i, at := range a.codes {
		next := b.codes[i]
		if at == 0 || next == 0 {
			continue
		}
		odds := b.odds[i]
		if at&7 != several && next&7 != several {
			n := sideBySide(at, next)
			if n == 0 {
				continue
			}
			odds *= float32(n) / float32(howOften(next))
		} else if a.odds[i] < odds {
			odds = a.odds[i]
		}
		g.most[i] += worth * float64(odds/(1+odds))
	}
}

// sideBySide is how often a word stands right before another in one text, by their codes.
func sideBySide(a, b uint64) (n int) {
	if a&7 == 0 && b&7 == 0 {
		if a>>3+1 == b>>3 {
			return 1
		}
		return 0
	}
	var one, two [maxCoded]int32
	first, then := decode(one[:0], a), decode(two[:0], b)
	k := 0
	for _, pos := range then {
		for k < len(first) && first[k]+1 < pos {
			k++
		}
		if k < len(first) && first[k]+1 == pos {
			n++
		}
	}
	return n
}

// words adds what the candidates have of a spelling at most.
func (g *guess) words(v *variant, weight float32, mean float64, of *guessed) {
	found := g.c.found
	if v.open.codes == nil {
		norms := normsOf(mean)
		for k := range v.open.few {
			row := &v.open.few[k]
			if !found.contains(row.record) {
				continue
			}
			i := uint32(found.of(row.record))
			odds := float32(howOften(row.code)) / norms.of(row.length)
			g.odds[i] += weight * odds
			g.fits[i] = max(g.fits[i], byte(v.fit))
			if of != nil {
				of.add(i, odds, row.code, v.short)
			}
		}
		return
	}
	odds := v.open.table(mean)
	for k, all := range v.open.docs.words {
		in := found.words[k]
		bit := all & in
		if bit == 0 {
			continue
		}
		first, before := v.open.docs.before[k], found.before[k]
		if of == nil && bit == in && bit == all { // as nearly always where one word is asked for
			n := bits.OnesCount64(all)
			sums, fits := g.odds[before:][:n], g.fits[before:][:n]
			for j, top := range v.open.tops[first:][:n] {
				sums[j] += weight * odds[top]
				fits[j] = max(fits[j], byte(v.fit))
			}
			continue
		}
		for ; bit != 0; bit &= bit - 1 {
			below := bit&-bit - 1
			j := first + uint32(bits.OnesCount64(all&below))
			i := before + uint32(bits.OnesCount64(in&below))
			one := odds[v.open.tops[j]]
			g.odds[i] += weight * one
			g.fits[i] = max(g.fits[i], byte(v.fit))
			if of != nil {
				of.add(i, one, v.open.code(j), v.short)
			}
		}
	}
}

// add adds a posting.
func (of *guessed) add(i uint32, odds float32, code uint64, short bool) {
	of.odds[i] += odds
	switch was := of.codes[i]; {
	case short:
		code = several
	case was != 0:
		code = together(was, code)
	}
	of.codes[i] = code
}

// together is the code of two spellings in one text.
func together(a, b uint64) uint64 {
	if a&7 == several || b&7 == several {
		return several
	}
	var kept [2 * maxCoded]int32
	positions := decode(decode(kept[:0], a), b)
	slices.Sort(positions)
	if c, ok := code(positions); ok {
		return c
	}
	return several
}

// table gives the odds of each top. Where texts have become longer in the mean since the list was opened, the same text has a larger
// share.
func (o *opened) table(mean float64) (odds [256]float32) {
	grown := max(1, mean/o.mean)
	for top := range odds {
		share := min(1-1e-7, grown*float64(top)/math.MaxUint8)
		odds[top] = float32(share / (1 - share))
	}
	return odds
}

// headings adds what the headings count.
func (g *guess) headings(v *variant, worth float64) {
	found := g.c.found
	add := func(from, to uint32) {
		i := found.of(from)
		for end := i + found.countRange(from, to); i < end; i++ {
			g.most[i] += worth
			g.fits[i] = max(g.fits[i], byte(v.fit))
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
func (g *guess) titles(list []variant, s *slot, worth, mean float64) {
	c, norms := g.c, normsOf(mean)
	var sums []float32 // odds, by plan
	at := 0
	add := func(v *variant, head uint32, odds float32) {
		if sums == nil {
			g.sums = sized(g.sums, len(c.heads))
			sums = g.sums
			clear(sums)
		}
		at = planFrom(c.heads, at, head)
		sums[at] += odds
		i := c.found.of(head)
		for end := i + c.found.countRange(head, c.end(c.heads, at)); i < end; i++ {
			g.fits[i] = max(g.fits[i], byte(v.fit))
		}
	}
	for k := range list {
		v := &list[k]
		weight := s.weight(v)
		if weight == 0 {
			continue
		}
		at = 0
		for k := range v.open.few {
			row := &v.open.few[k]
			add(v, row.record, weight*float32(howOften(row.code))/norms.of(row.length))
		}
		odds, next := v.open.table(mean), 0
		for k, all := range v.open.docs.words {
			for ; all != 0; all &= all - 1 {
				add(v, uint32(k)<<6|uint32(bits.TrailingZeros64(all)), weight*odds[v.open.tops[next]])
				next++
			}
		}
	}
	for at, odds := range sums {
		if odds == 0 {
			continue
		}
		i := c.found.of(c.heads[at])
		most := worth * float64(odds/(1+odds))
		for end := i + c.found.countRange(c.heads[at], c.end(c.heads, at)); i < end; i++ {
			g.most[i] += most
		}
	}
}
