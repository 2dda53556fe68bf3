package index

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// Answer says which query was answered.
type Answer struct {
	Query     Query  // to be given to Snippet and Marks: the query, with the words that were answered
	Suggested string // the words, where some stand nowhere, as they may be meant to be spelt; else ""
	Respelt   bool   // what was found is for Suggested
	Relaxed   bool   // few or no sections hold all words, and what was found holds half of them or more
	All       int    // how many hold all, where Relaxed
}

// few is how many records that hold all words are enough. Where there are fewer, those that hold most of them are found as well.
const few = 10

// What share of the words is enough: where nothing holds all of them, and where something does.
const (
	shareOfNone = 0.5
	shareOfFew  = 0.6
)

// settle finds what a query that few records answer, or that has words which stand nowhere, may be meant to be: spelt otherwise, or
// with fewer of its plain words. It gives the query itself where that finds no more.
func (v *view) settle(ctx context.Context, q Query, parsed *query, found int) (*query, Answer, error) {
	as := Answer{Query: q}
	if q.Exact || len(parsed.words) == 0 {
		return parsed, as, nil
	}
	try := func(q Query, share float64) (*query, int, error) {
		other, err := q.parse()
		if err != nil || share > 0 && !other.root.relax(share) {
			return nil, 0, nil // what was suggested is no query, or there is nothing to leave out
		}
		r, err := v.collect(ctx, other)
		if err != nil {
			return nil, 0, err
		}
		return other, r.found(), nil
	}
	answer, all := parsed, found
	if !q.Literal && q.Plain == "" {
		words, err := v.suggest(ctx, q.Words, parsed)
		if err != nil {
			return nil, as, err
		}
		if words != "" {
			spelt := q
			spelt.Words = words
			other, n, err := try(spelt, 0)
			if err != nil {
				return nil, as, err
			}
			if other != nil {
				as = Answer{Query: spelt, Suggested: words, Respelt: true}
				answer, all = other, n
			}
		}
	}
	if all < few {
		share := shareOfFew
		if all == 0 {
			share = shareOfNone
		}
		other, n, err := try(as.Query, share)
		if err != nil {
			return nil, as, err
		}
		if other != nil && n > all {
			as.Relaxed, as.All = true, all
			return other, as, nil
		}
	}
	if all == 0 {
		return parsed, Answer{Query: q}, nil
	}
	return answer, as, nil
}

// isSoft reports whether not all plain words are wanted.
func (n *node) isSoft() bool {
	return slices.ContainsFunc(n.kids, func(kid *node) bool { return kid.op == opMost })
}

// relax lets a share of the plain words of the query be enough. It reports whether there is anything to leave out.
func (n *node) relax(share float64) bool {
	if n.isSoft() {
		return false
	}
	n.soften(1)
	for _, kid := range n.kids {
		if kid.op == opMost {
			kid.need = int(math.Ceil(share * float64(len(kid.kids))))
			return kid.need < len(kid.kids)
		}
	}
	return false
}

// suggest spells a query anew whose words are partly in no document: each of those is replaced by the word of the index that is
// nearest to it, and that stands beside the words that the query has beside it. It gives "" where there is nothing to suggest.
func (v *view) suggest(ctx context.Context, words string, parsed *query) (string, error) {
	replaced := make(map[string]string)
	for i := range parsed.words {
		w := &parsed.words[i]
		if w.weak || len(replaced) == maxReplaced {
			continue
		}
		if err := ctx.Err(); err != nil {
			return "", err
		}
		known, err := v.holds(w.queryWord)
		if err != nil {
			return "", err
		}
		if known {
			continue
		}
		to, err := v.nearest(parsed.words, i)
		if err != nil {
			return "", err
		}
		if to != "" {
			replaced[w.fold+string(marksMark)+w.marks] = to
		}
	}
	if len(replaced) == 0 {
		return "", nil
	}
	var out strings.Builder
	at := 0
	for s := newScanner(words); ; {
		t, ok := s.scan()
		if !ok {
			break
		}
		w := termOf(words[t.start:t.end])
		if to := replaced[w.fold+string(marksMark)+w.marks]; to != "" && t.start >= at {
			out.WriteString(words[at:t.start] + to)
			at = t.end
		}
	}
	out.WriteString(words[at:])
	return out.String(), nil
}

// maxReplaced bounds the work on a query that is rubbish throughout.
const maxReplaced = 4

// strange reports whether a word of a query stands nowhere.
func (v *view) strange(q *query) bool {
	for i := range q.words {
		if known, err := v.holds(q.words[i].queryWord); err == nil && !known && !q.words[i].weak {
			return true
		}
	}
	return false
}

// holds reports whether any record, heading or title holds a word with at least its marks, or an abbreviation of its name.
func (v *view) holds(w queryWord) (bool, error) {
	terms := []term{w.term}
	if w.name != nil {
		terms = append(terms, w.name.short...)
	}
	for _, p := range v.parts {
		for _, t := range terms {
			for _, field := range rankFields {
				list, err := p.variants(field, t, omitted)
				if err != nil || len(list) > 0 {
					return len(list) > 0, err
				}
			}
		}
	}
	return false, nil
}

// like is a word of the index that may be meant.
type like struct {
	term
	far    int // letters that differ, marks and all
	common uint64
	beside int // records in which it stands beside a neighbour of the query
}

// mostLike is how many words are tried beside their neighbours.
const mostLike = 12

// nearest finds the word that is meant by word i of a query: the same letters with other marks, or one letter more, less, changed or
// swapped with its neighbour. What stands beside the query's neighbours comes before what does not, and then what is written most alike.
func (v *view) nearest(words []wanted, i int) (string, error) {
	w := words[i]
	if strings.ContainsAny(w.fold, "0123456789/&%") || utf8.RuneCountInString(w.fold) < 2 || len(w.fold) > longestMisspelt {
		return "", nil
	}
	var list []like
	take := func(fold string, far int) error {
		found := make(map[string]uint64)
		for _, p := range v.parts {
			list, err := p.spellings(fieldWords, fold)
			if err != nil {
				return err
			}
			for _, s := range list {
				found[s.marks] += p.common([]variant{{list: s.list}})
			}
		}
		for marks, n := range found {
			if far == 0 && fits(w.marks, marks) != differs {
				continue // the word itself, where its marks were lost
			}
			list = append(list, like{term: term{fold, marks}, far: far, common: n})
		}
		return nil
	}
	if err := take(w.fold, 0); err != nil {
		return "", err
	}
	if len(w.fold) > 2 {
		for fold := range edits(w.fold) {
			if err := take(fold, 1); err != nil {
				return "", err
			}
		}
	}
	as := w.written()
	for k := range list {
		list[k].far = distance(as, list[k].written())
	}
	slices.SortFunc(list, func(a, b like) int {
		return cmp.Or(cmp.Compare(a.far, b.far), cmp.Compare(b.common, a.common), cmp.Compare(a.String(), b.String()))
	})
	list = list[:min(mostLike, len(list))]
	for k := range list {
		for _, near := range []int{i - 1, i + 1} {
			if near < 0 || near == len(words) || !words[max(i, near)].next {
				continue
			}
			pair := []queryWord{{term: list[k].term}, words[near].queryWord}
			if near < i {
				pair[0], pair[1] = pair[1], pair[0]
			}
			for _, p := range v.parts {
				ends, err := p.ends(fieldWords, pair, p.live())
				if err != nil {
					return "", err
				}
				list[k].beside += p.recordsOf(ends).count()
			}
		}
	}
	slices.SortStableFunc(list, func(a, b like) int {
		if seenA, seenB := a.beside > 0, b.beside > 0; seenA != seenB {
			return map[bool]int{true: -1, false: 1}[seenA]
		}
		return cmp.Or(cmp.Compare(a.far, b.far), cmp.Compare(b.beside, a.beside))
	})
	if len(list) == 0 || list[0].beside == 0 && list[0].fold != w.fold && len(w.fold) < 4 {
		return "", nil
	}
	return list[0].written(), nil
}

// longestMisspelt is how many bytes a word has at most that is worth a suggestion; a syllable has seven.
const longestMisspelt = 12

// edits is every word that is one letter away.
func edits(w string) map[string]bool {
	set := make(map[string]bool)
	for i := range len(w) + 1 {
		if i < len(w) {
			set[w[:i]+w[i+1:]] = true
		}
		if i+1 < len(w) {
			set[w[:i]+w[i+1:i+2]+w[i:i+1]+w[i+2:]] = true
		}
		for c := byte('a'); c <= 'z'; c++ {
			set[w[:i]+string(c)+w[i:]] = true
			if i < len(w) {
				set[w[:i]+string(c)+w[i+1:]] = true
			}
		}
	}
	delete(set, w)
	return set
}
