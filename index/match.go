package index

// variant is one spelling of a word in a segment.
type variant struct {
	list *postings
	fit  fit
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
			found = append(found, variant{s.list, f})
		}
	}
	return found, nil
}

// union is the records that hold one of the variants and are not deleted.
func (p *part) union(list []variant) set {
	var s set
	for _, v := range list {
		v.list.orInto(&s)
	}
	return p.drop(s)
}

// held is the records of a segment that answer a node of a query: all of them, and those of them that hold
// something of it in themselves and not only in headings above or in their plan's title.
type held struct{ all, own set }

// match finds the records that answer a node.
func (p *part) match(n *node, heads []uint32) (held, error) {
	switch n.op {
	case opWord:
		return p.matchWord(n.words[0].term, lost, heads)
	case opPhrase:
		return p.matchPhrase(n.words, heads)
	case opNone:
		return held{}, nil
	}
	var h held
	first := true
	var not []set
	for _, kid := range n.kids {
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
		h.own.or(k.own)
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

// matchWord finds a word in the record, in the headings above, and in the plan's title.
func (p *part) matchWord(t term, worst fit, heads []uint32) (held, error) {
	words, err := p.variants(fieldWords, t, worst)
	if err != nil {
		return held{}, err
	}
	above, err := p.under(t, worst)
	if err != nil {
		return held{}, err
	}
	titles, err := p.variants(fieldTitle, t, worst)
	if err != nil {
		return held{}, err
	}
	return p.hold(p.union(words), above, p.union(titles), heads), nil
}

// under is the records that stand in a section whose heading holds a word, with the section's own.
func (p *part) under(t term, worst fit) (set, error) {
	var s set
	headings, err := p.variants(fieldHeading, t, worst)
	if err != nil || len(headings) == 0 {
		return s, err
	}
	s.room(p.records())
	live := p.live()
	for _, v := range headings {
		err := v.list.each(live, func(at *posting) { s.addRange(at.record, at.record+uint32(at.code)) })
		if err != nil {
			return s, err
		}
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
// a clause, its clauses are found each for itself.
func (p *part) matchPhrase(words []queryWord, heads []uint32) (held, error) {
	var h held
	first := true
	for len(words) > 0 {
		n := 1
		for n < len(words) && !words[n].first {
			n++
		}
		var one held
		var err error
		if n == 1 {
			one, err = p.matchWord(words[0].term, omitted, heads)
		} else {
			var own, titles set
			if own, err = p.sideBySide(fieldWords, words[:n]); err == nil {
				if titles, err = p.sideBySide(fieldTitle, words[:n]); err == nil {
					one = p.hold(own, set{}, titles, heads)
				}
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
		words = words[n:]
	}
	h.own.and(h.all)
	return h, nil
}

// sideBySide finds the records in which two or more words follow each other.
func (p *part) sideBySide(field string, words []queryWord) (set, error) {
	lists := make([][]variant, len(words))
	var found set
	for i, w := range words {
		var err error
		if lists[i], err = p.variants(field, w.term, omitted); err != nil {
			return set{}, err
		}
		one := p.union(lists[i])
		if i == 0 {
			found = one
		} else {
			found.and(one)
		}
		if found.isEmpty() {
			return set{}, nil
		}
	}
	// All words are there; are they one behind the other?
	var ends, here []uint64
	for i, list := range lists {
		here = nil
		for _, v := range list {
			err := v.list.each(found, func(at *posting) { here = at.appendKeys(here, at.record) })
			if err != nil {
				return set{}, err
			}
		}
		sortKeys(here)
		if i > 0 {
			here = follow(ends, here)
		}
		if len(here) == 0 {
			return set{}, nil
		}
		ends = here
		if i > 0 {
			found = p.recordsOf(ends)
		}
	}
	return found, nil
}

// recordsOf is the records of keys.
func (p *part) recordsOf(keys []uint64) set {
	s := newSet(p.records())
	for _, key := range keys {
		s.add(uint32(key >> 32))
	}
	return s
}
