package index

import (
	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// variant is one spelling of a word in a segment.
type variant struct {
	list segment.PostingsList
	fit  fit
}

// variants finds the spellings of a word in a field, as far as their marks fit those of the query: at least as well
// as worst.
func (p *part) variants(field string, t term, worst fit) ([]variant, error) {
	dict, err := p.seg.Dictionary(field)
	if err != nil {
		return nil, err
	}
	var found []variant
	take := func(key []byte, marks string) error {
		f := fits(t.marks, marks)
		if f < worst {
			return nil
		}
		list, err := dict.PostingsList(key, p.deleted, nil)
		if err == nil && list.Count() > 0 {
			found = append(found, variant{list, f})
		}
		return err
	}
	if err := take([]byte(t.fold), ""); err != nil {
		return nil, err
	}
	from, to := append([]byte(t.fold), marksMark), append([]byte(t.fold), marksMark+1)
	var it segment.DictionaryIterator
	if quick, ok := dict.(interface {
		AutomatonIteratorOmitCount(segment.Automaton, []byte, []byte) segment.DictionaryIterator
	}); ok {
		it = quick.AutomatonIteratorOmitCount(nil, from, to)
	} else {
		it = dict.AutomatonIterator(nil, from, to)
	}
	for {
		entry, err := it.Next()
		if err != nil {
			return nil, err
		}
		if entry == nil {
			return found, nil
		}
		if err := take([]byte(entry.Term), entry.Term[len(from):]); err != nil {
			return nil, err
		}
	}
}

// union is the records that hold one of the variants and are not deleted.
func (p *part) union(list []variant) *roaring.Bitmap {
	b := roaring.New()
	for _, v := range list {
		orInto(v.list, b)
	}
	return p.drop(b)
}

// held is the records of a segment that answer a node of a query: all of them, and those of them that hold
// something of it in themselves and not only in headings above or in their plan's title.
type held struct{ all, own *roaring.Bitmap }

// match finds the records that answer a node.
func (p *part) match(n *node, heads []uint32) (held, error) {
	switch n.op {
	case opWord:
		return p.matchWord(n.words[0].term, lost, heads)
	case opPhrase:
		return p.matchPhrase(n.words, heads)
	case opNone:
		return held{roaring.New(), roaring.New()}, nil
	}
	h := held{own: roaring.New()}
	var not []*roaring.Bitmap
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
		if h.all == nil {
			h.all = k.all
		} else {
			h.all.And(k.all)
		}
		h.own.Or(k.own)
	}
	if h.all == nil { // nothing is wanted, only what is not
		h.all = p.live()
		h.own = h.all.Clone()
	}
	for _, b := range not {
		h.all.AndNot(b)
	}
	h.own.And(h.all)
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
func (p *part) under(t term, worst fit) (*roaring.Bitmap, error) {
	headings, err := p.variants(fieldHeading, t, worst)
	if err != nil {
		return nil, err
	}
	b := newRuns()
	for _, v := range headings {
		it := v.list.Iterator(true, false, false, nil)
		for {
			posting, err := it.Next()
			if err != nil {
				return nil, err
			}
			if posting == nil {
				break
			}
			b.add(uint32(posting.Number()), uint32(posting.Number()+posting.Frequency()))
		}
	}
	return p.drop(b.set()), nil
}

// hold puts together where something was found. What stands in the title counts as the head's own.
func (p *part) hold(own, above, titles *roaring.Bitmap, heads []uint32) held {
	own.Or(titles)
	all := roaring.Or(own, above)
	if !titles.IsEmpty() {
		all.Or(p.drop(p.spread(titles, heads)))
	}
	return held{all: all, own: own}
}

// matchPhrase finds words side by side, with at least the marks that the query bears. Where the quote itself ends
// a clause, its clauses are found each for itself.
func (p *part) matchPhrase(words []queryWord, heads []uint32) (held, error) {
	h := held{own: roaring.New()}
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
			var own, titles *roaring.Bitmap
			if own, err = p.sideBySide(fieldWords, words[:n]); err == nil {
				if titles, err = p.sideBySide(fieldTitle, words[:n]); err == nil {
					one = p.hold(own, roaring.New(), titles, heads)
				}
			}
		}
		if err != nil {
			return held{}, err
		}
		if h.all == nil {
			h.all = one.all
		} else {
			h.all.And(one.all)
		}
		h.own.Or(one.own)
		words = words[n:]
	}
	h.own.And(h.all)
	return h, nil
}

// sideBySide finds the records in which two or more words follow each other.
func (p *part) sideBySide(field string, words []queryWord) (*roaring.Bitmap, error) {
	lists := make([][]variant, len(words))
	var found *roaring.Bitmap
	for i, w := range words {
		var err error
		if lists[i], err = p.variants(field, w.term, omitted); err != nil {
			return nil, err
		}
		b := p.union(lists[i])
		if found == nil {
			found = b
		} else {
			found.And(b)
		}
		if found.IsEmpty() {
			return found, nil
		}
	}
	// All words are there; are they one behind the other?
	var ends, here []uint64
	for i, list := range lists {
		here = nil
		for _, v := range list {
			err := postingsIn(v.list, found, func(posting segment.Posting) {
				here = appendKeys(here, uint32(posting.Number()), posting)
			})
			if err != nil {
				return nil, err
			}
		}
		sortKeys(here)
		if i > 0 {
			here = follow(ends, here)
		}
		if len(here) == 0 {
			return roaring.New(), nil
		}
		ends = here
		if i > 0 {
			found = recordsOf(ends)
		}
	}
	return found, nil
}

// recordsOf is the records of sorted keys.
func recordsOf(keys []uint64) *roaring.Bitmap {
	var list []uint32
	for _, key := range keys {
		if r := uint32(key >> 32); len(list) == 0 || list[len(list)-1] != r {
			list = append(list, r)
		}
	}
	return roaring.BitmapOf(list...)
}

// postingsIn visits the postings of a list that lie in a set of records.
func postingsIn(list segment.PostingsList, set *roaring.Bitmap, visit func(segment.Posting)) error {
	it := list.Iterator(true, true, true, nil)
	narrowed := false
	if narrow, ok := it.(segment.OptimizablePostingsIterator); ok {
		if b := narrow.ActualBitmap(); b != nil {
			narrow.ReplaceActual(roaring.And(b, set))
			narrowed = true
		}
	}
	for {
		posting, err := it.Next()
		if err != nil {
			return err
		}
		if posting == nil {
			return nil
		}
		if narrowed || set.Contains(uint32(posting.Number())) {
			visit(posting)
		}
	}
}
