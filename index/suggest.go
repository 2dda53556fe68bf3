package index

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode/utf8"
)

// Answer says which query was answered.
type Answer struct {
	Query     Query  // to be given to Snippet and Marks: the query, with the words that were answered
	Suggested string // how its words may be meant to be spelt; "" where they are all known
	Respelt   bool   // nothing holds the words as they stand, and what was found is for Suggested
	Relaxed   bool   // nothing holds all words, and what was found holds half of them or more
}

// settle finds what a query that nothing answers may be meant to be: spelt otherwise, or with fewer of its plain words.
// It gives the query itself where that does not help.
func (v *view) settle(ctx context.Context, q Query, parsed *query) (*query, Answer, error) {
	as := Answer{Query: q}
	if q.Exact || len(parsed.words) == 0 {
		return parsed, as, nil
	}
	try := func(q Query, relax bool) (*query, error) {
		other, err := q.parse()
		if err != nil {
			return nil, nil // what was suggested is no query
		}
		if relax && !other.root.relax() {
			return nil, nil
		}
		r, err := v.collect(ctx, other)
		if err != nil || r.found() == 0 {
			return nil, err
		}
		return other, nil
	}
	spelt := q
	if !q.Literal && q.Plain == "" {
		var err error
		if as.Suggested, err = v.suggest(ctx, q.Words, parsed); err != nil {
			return nil, as, err
		}
		spelt.Words = as.Suggested
	}
	for _, t := range []struct {
		q                Query
		respelt, relaxed bool
	}{{spelt, true, false}, {q, false, true}, {spelt, true, true}} {
		if t.respelt && as.Suggested == "" {
			continue
		}
		other, err := try(t.q, t.relaxed)
		if err != nil {
			return nil, as, err
		}
		if other != nil {
			as.Query, as.Respelt, as.Relaxed = t.q, t.respelt, t.relaxed
			return other, as, nil
		}
	}
	return parsed, as, nil
}

// relax lets half of the plain words of the query be enough. It reports whether there is anything to leave out.
func (n *node) relax() bool {
	relaxed := false
	for _, kid := range n.kids {
		relaxed = kid.op == opMost && kid.need > 1 || relaxed
		if kid.op == opMost {
			kid.need = 1
		}
	}
	n.soften(1)
	for _, kid := range n.kids {
		if kid.op == opMost && kid.need > 1 {
			kid.need = (len(kid.kids) + 1) / 2
			relaxed = true
		}
	}
	return relaxed
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

// holds reports whether any record, heading or title holds a word, with lost marks or not, or an abbreviation of its name.
func (v *view) holds(w queryWord) (bool, error) {
	terms := []term{w.term}
	if w.name != nil {
		terms = append(terms, w.name.short...)
	}
	for _, p := range v.parts {
		for _, t := range terms {
			for _, field := range rankFields {
				list, err := p.variants(field, t, lost)
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
	far    int // letters that differ
	common uint64
	beside int // records in which it stands beside a neighbour of the query
}

// mostLike is how many words are tried beside their neighbours.
const mostLike = 12

// nearest finds the word that is meant by word i of a query. The same letters with other marks come first, then those with one
// letter more, less, changed or swapped with its neighbour; what stands beside the query's neighbours comes before what does not.
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
	rank := func(a, b like) int {
		sameA, sameB := a.marks == w.marks, b.marks == w.marks
		if sameA != sameB && a.far == b.far {
			return map[bool]int{true: -1, false: 1}[sameA]
		}
		return cmp.Or(cmp.Compare(a.far, b.far), cmp.Compare(b.common, a.common), cmp.Compare(a.String(), b.String()))
	}
	slices.SortFunc(list, rank)
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
	slices.SortStableFunc(list, func(a, b like) int { return cmp.Compare(b.beside, a.beside) })
	if len(list) == 0 || list[0].beside == 0 && list[0].far > 0 && len(w.fold) < 4 {
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
