package index

import (
	"math/bits"
	"slices"
)

// variant is one spelling of a word in a segment.
type variant struct {
	list  *postings
	open  *opened // for the ranking
	fit   fit
	marks string
	short bool // it is an abbreviation of the name that the word is a part of
}

// variants finds the spellings of a word in a field, as far as their marks fit those of the query: at least as well
// as worst.
func (p *part) variants(field string, t term, worst fit) ([]variant, error) {
	all, err := p.spellings(field, t.fold)
	if err != nil {
		return nil, err
	}
	var found []variant
	for _, s := range all {
		if f := fits(t.marks, s.marks); f >= worst {
			found = append(found, variant{list: s.list, fit: f, marks: s.marks})
		}
	}
	return found, nil
}

// union adds the records that hold one of the variants and are not deleted to a set, and gives it back.
func (p *part) union(list []variant, into set) set {
	for _, v := range list {
		v.list.orInto(&into)
	}
	return p.drop(into)
}

// held is the records of a segment that answer a node of a query: all of them, and those of them that hold
// something of it in themselves and not only in headings above or in their plan's title.
type held struct{ all, own set }

// match finds the records that answer a node.
func (p *part) match(n *node, heads []uint32) (held, error) {
	switch n.op {
	case opWord:
		return p.matchWord(n, lost, heads)
	case opPhrase:
		return p.matchPhrase(n, heads)
	case opNear:
		return p.matchNear(n, heads)
	case opField:
		return p.matchField(n, heads)
	case opMost:
		return p.matchMost(n, heads)
	case opAny:
		return p.matchAny(n, heads)
	case opNot:
		return p.matchAll([]*node{n}, heads)
	case opNone:
		return held{}, nil
	}
	return p.matchAll(n.kids, heads)
}

// matchAll finds the records that answer every node. Where one of them asks for words, a record must hold something of those
// itself.
func (p *part) matchAll(kids []*node, heads []uint32) (held, error) {
	var h held
	first := true
	asks := slices.ContainsFunc(kids, (*node).asks)
	var not []set
	for _, kid := range kids {
		if kid.op == opNot {
			k, err := p.match(kid.kids[0], heads)
			if err != nil {
				return held{}, err
			}
			not = append(not, k.all)
			continue
		}
		k, err := p.match(kid, heads)
		if err != nil {
			return held{}, err
		}
		if first {
			h.all, first = k.all, false
		} else {
			h.all.and(k.all)
		}
		if !asks || kid.asks() {
			h.own.or(k.own)
		}
	}
	if first { // nothing is wanted, only what is not
		h.all = p.live()
		h.own = h.all.clone()
	}
	for _, s := range not {
		h.all.andNot(s)
	}
	h.own.and(h.all)
	return h, nil
}

// asks reports whether a node wants words, and not only a field or what is not.
func (n *node) asks() bool {
	switch n.op {
	case opNot, opField:
		return false
	case opAll, opAny:
		return slices.ContainsFunc(n.kids, (*node).asks)
	}
	return true
}

// matchAny finds the records that answer one of the kids.
func (p *part) matchAny(n *node, heads []uint32) (held, error) {
	var h held
	for _, kid := range n.kids {
		k, err := p.match(kid, heads)
		if err != nil {
			return held{}, err
		}
		h.all.or(k.all)
		h.own.or(k.own)
	}
	return h, nil
}

// matchMost finds the records that answer as many of the kids as are needed. Words with lost marks do not count: of many words some are
// always found so by chance.
func (p *part) matchMost(n *node, heads []uint32) (held, error) {
	var h held
	counts := make([]uint16, p.records())
	for _, kid := range n.kids {
		var k held
		var err error
		if kid.op == opWord {
			k, err = p.matchWord(kid, omitted, heads)
		} else {
			k, err = p.match(kid, heads)
		}
		if err != nil {
			return held{}, err
		}
		h.own.or(k.own)
		for i, w := range k.all.words {
			for ; w != 0; w &= w - 1 {
				counts[i<<6|bits.TrailingZeros64(w)]++
			}
		}
	}
	h.all.room(p.records())
	for r, c := range counts {
		if int(c) >= n.need {
			h.all.add(uint32(r))
		}
	}
	h.own.and(h.all)
	return h, nil
}

// matchField finds the plans, by their heads, or the sections that pass a condition.
func (p *part) matchField(n *node, heads []uint32) (held, error) {
	if len(n.kinds) > 0 {
		s, err := p.ofKinds(n.kinds)
		s = p.drop(s)
		return held{s, s.clone()}, err
	}
	c, err := p.choose(n.conds)
	if err != nil {
		return held{}, err
	}
	own, err := p.holding(fieldHead, "1")
	all := p.drop(c.records(p))
	own.and(all)
	return held{all, own}, err
}

// matchWord finds a word, or an abbreviation of its name, in the record, in the headings above, and in the plan's title.
func (p *part) matchWord(n *node, worst fit, heads []uint32) (held, error) {
	w := n.words[0]
	var own, above, titles set
	terms := []term{w.term}
	if w.name != nil {
		terms = append(terms, w.name.short...)
	}
	for _, t := range terms {
		if n.in == "" {
			words, err := p.variants(fieldWords, t, worst)
			if err != nil {
				return held{}, err
			}
			own = p.union(words, own)
		}
		if n.in != fieldTitle {
			under, err := p.under(t, worst)
			if err != nil {
				return held{}, err
			}
			above.or(under)
		}
		if n.in != fieldHeading {
			list, err := p.variants(fieldTitle, t, worst)
			if err != nil {
				return held{}, err
			}
			titles = p.union(list, titles)
		}
	}
	if n.in == fieldHeading { // the sections below such a heading are found themselves
		return held{above, above.clone()}, nil
	}
	return p.hold(own, above, titles, heads), nil
}

// under is the records that stand in a section whose heading holds a word, with the section's own.
func (p *part) under(t term, worst fit) (set, error) {
	var s set
	headings, err := p.variants(fieldHeading, t, worst)
	if err != nil || len(headings) == 0 {
		return s, err
	}
	s.room(p.records())
	live := p.alive()
	for _, v := range headings {
		o, err := p.open(v.list)
		if err != nil {
			return s, err
		}
		o.eachSpan(live, s.addRange)
	}
	return p.drop(s), nil
}

// hold puts together where something was found. What stands in the title counts as the head's own.
func (p *part) hold(own, above, titles set, heads []uint32) held {
	own.or(titles)
	all := own.clone()
	all.or(above)
	if !titles.isEmpty() {
		all.room(p.records())
		p.spread(titles, heads, all)
		all = p.drop(all)
	}
	return held{all: all, own: own}
}

// matchPhrase finds words side by side, with at least the marks that the query bears. Where the quote itself ends
// a clause, its clauses are found each for itself. In headings the words of a phrase stand in one heading, in any order, since a
// heading is short.
func (p *part) matchPhrase(n *node, heads []uint32) (held, error) {
	var h held
	first := true
	words := n.words
	for len(words) > 0 {
		k := 1
		for k < len(words) && !words[k].first {
			k++
		}
		var one held
		var err error
		switch {
		case k == 1:
			one, err = p.matchWord(&node{op: opWord, words: words[:1], in: n.in}, omitted, heads)
		case n.in == fieldHeading:
			one, err = p.together(words[:k])
		default:
			var own, titles set
			if n.in == "" {
				own, err = p.sideBySide(fieldWords, words[:k])
			}
			if err == nil {
				titles, err = p.sideBySide(fieldTitle, words[:k])
			}
			if err == nil {
				one = p.hold(own, set{}, titles, heads)
			}
		}
		if err != nil {
			return held{}, err
		}
		if first {
			h.all, first = one.all, false
		} else {
			h.all.and(one.all)
		}
		h.own.or(one.own)
		words = words[k:]
	}
	h.own.and(h.all)
	return h, nil
}

// together is the records below a heading that holds every word.
func (p *part) together(words []queryWord) (held, error) {
	var runs map[uint32]uint32 // the heading's record → the record behind its section
	live := p.live()
	for _, w := range words {
		list, err := p.variants(fieldHeading, w.term, omitted)
		if err != nil {
			return held{}, err
		}
		here := make(map[uint32]uint32)
		for _, v := range list {
			o, err := p.open(v.list)
			if err != nil {
				return held{}, err
			}
			o.eachSpan(live, func(from, to uint32) {
				if _, ok := runs[from]; ok || runs == nil {
					here[from] = to
				}
			})
		}
		runs = here
	}
	all := newSet(p.records())
	for from, to := range runs {
		all.addRange(from, to)
	}
	all = p.drop(all)
	return held{all, all.clone()}, nil
}

// sideBySide finds the records in which two or more words follow each other.
func (p *part) sideBySide(field string, words []queryWord) (set, error) {
	ends, err := p.ends(field, words, p.live())
	return p.recordsOf(ends), err
}

// ends finds where words follow each other in some records: the keys of the last of them.
func (p *part) ends(field string, words []queryWord, found set) ([]uint64, error) {
	lists := make([][]variant, len(words))
	for i, w := range words {
		var err error
		if lists[i], err = p.variants(field, w.term, omitted); err != nil {
			return nil, err
		}
		one := p.union(lists[i], set{})
		one.and(found)
		if found = one; found.isEmpty() {
			return nil, nil
		}
	}
	// All words are there; are they one behind the other?
	one, two := takeKeys(), takeKeys()
	ends, here := *one, *two
	defer func() { giveKeys(one, ends); giveKeys(two, here) }()
	for i, list := range lists {
		here = here[:0]
		for _, v := range list {
			var err error
			if here, err = p.appendPlaces(here, v, 0, found); err != nil {
				return nil, err
			}
		}
		sortKeys(here)
		if i > 0 {
			here = follow(ends, here)
		}
		if len(here) == 0 {
			return nil, nil
		}
		ends, here = here, ends
		if i > 0 {
			found = p.recordsOf(ends)
		}
	}
	return slices.Clone(ends), nil
}

// matchNear finds records in which two words or phrases stand with at most so many words between them, in either order; the end of a
// clause counts as a word.
func (p *part) matchNear(n *node, heads []uint32) (held, error) {
	left, right := n.kids[0].words, n.kids[1].words
	var found [2]set
	for i, field := range []string{fieldWords, fieldTitle} {
		a, err := p.ends(field, left, p.live())
		if err != nil {
			return held{}, err
		}
		var b []uint64
		if len(a) > 0 {
			if b, err = p.ends(field, right, p.recordsOf(a)); err != nil {
				return held{}, err
			}
		}
		near := beside(a, b, len(right), n.need)
		near = append(near, beside(b, a, len(left), n.need)...)
		found[i] = p.recordsOf(near)
	}
	return p.hold(found[0], set{}, found[1], heads), nil
}

// beside keeps of the keys b, at which runs of so many words end, those whose run begins behind one of a, with at most most words
// between.
func beside(a, b []uint64, words, most int) (out []uint64) {
	i := 0
	for _, key := range b {
		if key&(1<<32-1) < uint64(words) {
			continue
		}
		start := key - uint64(words-1)
		for i < len(a) && a[i]+1+uint64(most) < start {
			i++
		}
		if i < len(a) && a[i] < start {
			out = append(out, key)
		}
	}
	return out
}

// recordsOf is the records of keys.
func (p *part) recordsOf(keys []uint64) set {
	s := newSet(p.records())
	for _, key := range keys {
		s.add(uint32(key >> 32))
	}
	return s
}
