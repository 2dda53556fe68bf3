package index

import (
	"cmp"
	"slices"
)

// mostAsked is how many different words of a question are looked for. Of a longer one the rarest are: what common words add to
// the ranking is little, and in a large index each costs as much as a short query.
const mostAsked = 24

// lighten leaves the commonest words of long questions out.
func (v *view) lighten(q *query) error {
	left := make(map[term]bool)
	if err := v.lightenNode(q.root, left); err != nil || len(left) == 0 {
		return err
	}
	words := q.words[:0:0]
	gap := false
	for _, w := range q.words {
		if left[w.term] {
			gap = true
			continue
		}
		w.next = w.next && !gap
		words, gap = append(words, w), false
	}
	q.words = words
	return nil
}

// lightenNode does it below a node, and notes what was left out.
func (v *view) lightenNode(n *node, left map[term]bool) error {
	for _, kid := range n.kids {
		if err := v.lightenNode(kid, left); err != nil {
			return err
		}
	}
	if n.op != opMost || len(n.kids) <= mostAsked {
		return nil
	}
	common := make(map[*node]uint64)
	for _, kid := range n.kids {
		if kid.op != opWord {
			continue // a name and its abbreviations
		}
		for _, p := range v.parts {
			list, err := p.variants(fieldWords, kid.words[0].term, omitted)
			if err != nil {
				return err
			}
			common[kid] += p.common(list)
		}
	}
	byRarity := slices.Clone(n.kids)
	slices.SortStableFunc(byRarity, func(a, b *node) int { return cmp.Compare(common[a], common[b]) })
	for _, kid := range byRarity[mostAsked:] {
		if kid.op == opWord {
			left[kid.words[0].term] = true
		}
	}
	n.kids = slices.DeleteFunc(slices.Clone(n.kids), func(kid *node) bool { return kid.op == opWord && left[kid.words[0].term] })
	n.need = max(2, int(leastShare*float64(len(n.kids))))
	return nil
}
