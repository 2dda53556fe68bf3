package index

import (
	"bytes"
	"math/bits"
	"slices"
	"sync"
)

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
	codes []uint64  // where the word stands; several where that does not fit into a code
}

// several is a code of which the places are not known.
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
				most = lowered(most, g.lost[i])
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
	odds := v.open.odds(mean)
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
		odds, next := v.open.odds(mean), 0
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
