package index

import (
	"math"
	"math/bits"
	"slices"
	"sync"
)

// guess is what the candidates of a segment can score at most. The odds of a share s are s/(1-s): the odds of several spellings in one
// text may be added, since they are how often each stands there, by the same norm.
type guess struct {
	r    *ranker
	c    *ranked
	most []float64
	lost []uint8
	worn bool // some candidate holds a word with lost marks only

	slots []guessed

	// Of the slot under way.
	fits   []fit
	odds   []float32
	titles []float32 // by plan
}

// guessed is what the candidates have of one slot, where there are neighbours to look for.
type guessed struct {
	odds  []float32 // all spellings counted alike
	codes []uint64  // where the word stands, as far as that was looked for; several where that does not fit into a code
}

const several = located

var guesses = sync.Pool{New: func() any { return new(guess) }}

// free gives the memory to the next question.
func (g *guess) free() {
	if g != nil {
		g.r, g.c = nil, nil
		guesses.Put(g)
	}
}

// guess sums up what the candidates of a segment have at most.
func (r *ranker) guess(c *ranked) *guess {
	g := guesses.Get().(*guess)
	g.r, g.c, g.worn = r, c, false
	if c.found.isEmpty() {
		g.most = g.most[:0]
		return g
	}
	n := c.found.count()
	g.most, g.fits, g.lost, g.odds = sized(g.most, n), sized(g.fits, n), sized(g.lost, n), sized(g.odds, n)
	clear(g.most)
	clear(g.lost)
	for len(g.slots) < len(r.slots) {
		g.slots = append(g.slots, guessed{})
	}
	for i := range r.slots {
		s := &r.slots[i]
		clear(g.fits)
		g.words(s, c.words[i][0], &g.slots[i])
		for k := range c.words[i][1] {
			v := &c.words[i][1][k]
			if w := s.weight(v); w > 0 {
				g.headings(v, weightHeading*s.worth[1]*float64(w))
			}
		}
		g.addTitles(c.words[i][2], s, weightTitle*s.worth[2]*(bm25K1+1), mean(r.totals.Titles, r.totals.Plans))
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
		a, b := g.slots[pair.a].odds, g.slots[pair.b].odds
		for i := range g.most {
			g.most[i] += worth * rarer(a[i], b[i])
		}
	}
	return g
}

// rarer is the share that neighbours have where they stand side by side as often as the rarer of them stands there.
func rarer(a, b float32) float64 {
	if b < a {
		a = b
	}
	return float64(a / (1 + a))
}

// bound sets the bounds of plans.
func (g *guess) bound(plans []bounded) {
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

// rounding is how far sums of float32 may be off.
const rounding = 1 + 1e-5

// sharpen lowers the bounds of plans: where it is known where two neighbours stand, they count as often as they stand side by side.
func (g *guess) sharpen(plans []bounded) {
	some := scratch(g.c.part.records())
	defer some.free()
	for _, p := range plans {
		if !p.sharp {
			some.addRange(g.c.heads[p.at], g.c.end(g.c.heads, int(p.at)))
		}
	}
	some.and(g.c.found.set)
	looked := make([]bool, len(g.r.slots))
	for _, pair := range g.r.pairs {
		for _, at := range [2]int{pair.a, pair.b} {
			if !looked[at] {
				looked[at] = true
				g.place(at, some)
			}
		}
		a, b := &g.slots[pair.a], &g.slots[pair.b]
		worth := weightPairs * pair.worth * (bm25K1 + 1)
		for _, p := range plans {
			if p.sharp {
				continue
			}
			for i := p.from; i < p.to; i++ {
				at, next := a.codes[i], b.codes[i]
				if at == 0 || next == 0 || at&7 == several || next&7 == several {
					continue
				}
				g.most[i] -= worth * rarer(a.odds[i], b.odds[i])
				if n := countBeside(at, next); n > 0 {
					odds := b.odds[i] * float32(n) / float32(howOften(next))
					g.most[i] += worth * float64(odds/(1+odds))
				}
			}
		}
	}
	g.bound(plans)
	for i := range plans {
		plans[i].sharp = true
	}
}

// place looks where the word of a slot stands in some candidates.
func (g *guess) place(slot int, some set) {
	s, of := &g.r.slots[slot], &g.slots[slot]
	of.codes = sized(of.codes, len(g.most))
	clear(of.codes)
	add := func(i int, code uint64, v *variant) {
		switch was := of.codes[i]; {
		case v.short:
			code = several
		case was != 0:
			code = bothCodes(was, code)
		}
		of.codes[i] = code
	}
	for k := range g.c.words[slot][0] {
		v := &g.c.words[slot][0][k]
		if s.weight(v) == 0 {
			continue
		}
		for j := range v.open.few {
			if row := &v.open.few[j]; some.contains(row.record) {
				add(g.c.found.of(row.record), row.code, v)
			}
		}
		for k, all := range v.open.docs.words {
			in := g.c.found.words[k]
			for bit := all & some.words[k]; bit != 0; bit &= bit - 1 {
				below := bit&-bit - 1
				code := v.open.code(v.open.docs.before[k] + uint32(bits.OnesCount64(all&below)))
				add(int(g.c.found.before[k])+bits.OnesCount64(in&below), code, v)
			}
		}
	}
}

// countBeside is how often a word stands right before another in one text, by their codes.
func countBeside(a, b uint64) (n int) {
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

// bothCodes is the code of two spellings in one text.
func bothCodes(a, b uint64) uint64 {
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

// wears reports whether a word is found with lost marks.
func (c *ranked) wears(slot int) bool {
	for _, list := range c.words[slot] {
		if slices.ContainsFunc(list, func(v variant) bool { return v.fit == lost }) {
			return true
		}
	}
	return false
}

// words adds what the candidates have of a word at most.
func (g *guess) words(s *slot, list []variant, of *guessed) {
	alike := !slices.ContainsFunc(list, func(v variant) bool { return s.weight(&v) != 1 })
	sums, plain := g.odds, []float32(nil)
	if len(g.r.pairs) > 0 {
		of.odds = sized(of.odds, len(g.most))
		clear(of.odds)
		if plain = of.odds; alike { // one sum will do
			sums, plain = of.odds, nil
		}
	}
	clear(sums)
	for k := range list {
		if w := s.weight(&list[k]); w > 0 {
			g.spelling(&list[k], w, sums, plain)
		}
	}
	full := s.worth[0] * (bm25K1 + 1)
	for i, odds := range sums {
		if odds > 0 {
			g.most[i] += full * float64(odds/(1+odds))
		}
	}
}

// spelling adds the odds of a spelling, by its weight and, where they are asked for, as they are.
func (g *guess) spelling(v *variant, weight float32, sums, plain []float32) {
	found := g.c.found
	mean := mean(g.r.totals.Words, g.r.totals.Records)
	norms := normsOf(mean)
	for k := range v.open.few {
		row := &v.open.few[k]
		if !found.contains(row.record) {
			continue
		}
		i := found.of(row.record)
		odds := float32(howOften(row.code)) / norms.of(row.length)
		sums[i] += weight * odds
		if plain != nil {
			plain[i] += odds
		}
		g.fits[i] = max(g.fits[i], v.fit)
	}
	if v.open.codes == nil {
		return
	}
	odds := v.open.oddsOf(mean)
	for k, all := range v.open.docs.words {
		in := found.words[k]
		bit := all & in
		if bit == 0 {
			continue
		}
		before := found.before[k]
		tops := v.open.tops[v.open.docs.before[k]:]
		if plain == nil && bit == in && bit == all { // as nearly always where one word is asked for
			n := bits.OnesCount64(all)
			sums, fits := sums[before:][:n], g.fits[before:][:n]
			for j, top := range tops[:n] {
				sums[j] += weight * odds[top]
				fits[j] = max(fits[j], v.fit)
			}
			continue
		}
		for ; bit != 0; bit &= bit - 1 {
			below := bit&-bit - 1
			one := odds[tops[bits.OnesCount64(all&below)]]
			i := before + uint32(bits.OnesCount64(in&below))
			sums[i] += weight * one
			if plain != nil {
				plain[i] += one
			}
			g.fits[i] = max(g.fits[i], v.fit)
		}
	}
}

// oddsOf gives the odds of each top. Where texts have become longer in the mean since the list was opened, the same text has a larger
// share.
func (o *opened) oddsOf(mean float64) (odds [256]float32) {
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
			g.fits[i] = max(g.fits[i], v.fit)
		}
	}
	v.open.eachSpan(g.c.part.alive(), add)
}

// addTitles adds what the plans' titles count at most.
func (g *guess) addTitles(list []variant, s *slot, worth, mean float64) {
	c, norms := g.c, normsOf(mean)
	var sums []float32 // odds, by plan
	at := 0
	add := func(v *variant, head uint32, odds float32) {
		if sums == nil {
			g.titles = sized(g.titles, len(c.heads))
			sums = g.titles
			clear(sums)
		}
		at = planFrom(c.heads, at, head)
		sums[at] += odds
		i := c.found.of(head)
		for end := i + c.found.countRange(head, c.end(c.heads, at)); i < end; i++ {
			g.fits[i] = max(g.fits[i], v.fit)
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
		odds, next := v.open.oddsOf(mean), 0
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
