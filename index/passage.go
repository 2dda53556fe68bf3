package index

import (
	"cmp"
	"context"
	"encoding/binary"
	"math"
	"slices"
	"strings"
	"unicode"

	"github.com/RoaringBitmap/roaring/v2"

	"kehoach/normalize"
)

// A passage is the words of one record without its label, folded. Passages are taken from plan to plan, word for word or nearly: each is
// indexed by a sketch of its shingles (runs of shingleWords words): of all shingles, under each of sketchSize orders, the first.
// Two passages have an entry of their sketches in common as likely as they share a shingle; the same words have all. Of passages that share
// 0.8 of their shingles 998 in 1,000 have one entry or more in common, and 973 have two; of those that share 0.6, 974 and 821; of
// those that share 0.2, 590 and 181: one makes a candidate, whose words tell, and two are enough for a count.
const (
	shingleWords   = 5
	sketchSize     = 4
	passageWords   = 12 // shorter ones are formulas
	nearlyTheSame  = 2  // entries in common from which two passages count as nearly the same without a look at their words
	likeWords      = 12 // words by which sections like another one are looked for
	maxLikeVariety = 400
)

// Passage is a record that holds the same words as another one, or some of its shingles.
type Passage struct {
	Plan   string
	Seq    int
	Common int // entries of the sketches in common; Likeness of their words says more
}

// Whole reports whether the sketches are the same, as those of the same words are.
func (p Passage) Whole() bool { return p.Common == sketchSize }

// PassageOf is the text of a record's passage.
func (r *Record) PassageOf(text string) string {
	t := strings.TrimLeftFunc(r.Text(text), unicode.IsSpace)
	if n := len(r.Path); n > 0 {
		if rest, ok := strings.CutPrefix(t, r.Path[n-1]); ok {
			t = rest
		}
	}
	return t
}

// folded is the words of a text without their marks.
func folded(text string) []string {
	return strings.FieldsFunc(normalize.Fold(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// sketchOf is the terms under which a passage is indexed; none for a short one.
func sketchOf(passage string) []string {
	words := folded(passage)
	if len(words) < passageWords {
		return nil
	}
	var least [sketchSize]uint64
	for i := range least {
		least[i] = math.MaxUint64
	}
	for _, h := range shingles(words) {
		for i := range least {
			least[i] = min(least[i], mix(h+uint64(i)*0x9e3779b97f4a7c15))
		}
	}
	terms := make([]string, sketchSize)
	for i, h := range least {
		terms[i] = string(binary.BigEndian.AppendUint32([]byte{'0' + byte(i)}, uint32(h>>32)))
	}
	return terms
}

// shingles is a number for each run of shingleWords words.
func shingles(words []string) []uint64 {
	each := make([]uint64, len(words))
	for i, w := range words {
		h := uint64(14695981039346656037) // FNV-1a
		for j := range len(w) {
			h = (h ^ uint64(w[j])) * 1099511628211
		}
		each[i] = mix(h)
	}
	list := make([]uint64, 0, len(words))
	for i := 0; i+shingleWords <= len(each); i++ {
		h := uint64(0)
		for _, w := range each[i : i+shingleWords] {
			h = mix(h ^ w)
		}
		list = append(list, h)
	}
	return list
}

// mix is the finaliser of SplitMix64, which spreads numbers evenly.
func mix(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// Likeness is how much two passages have in common: the shingles of both, as a share of those of either.
func Likeness(a, b string) float64 {
	first := make(map[uint64]bool)
	for _, h := range shingles(folded(a)) {
		first[h] = true
	}
	both := 0
	second := make(map[uint64]bool)
	for _, h := range shingles(folded(b)) {
		if !second[h] && first[h] {
			both++
		}
		second[h] = true
	}
	if len(first)+len(second) == 0 {
		return 0
	}
	return float64(both) / float64(len(first)+len(second)-both)
}

// Passages finds the records whose passage has an entry of the sketch of that one, in the order of their plans' ids
// and of the text. A passage of fewer than twelve words has none.
func (x *Index) Passages(ctx context.Context, passage string) ([]Passage, error) {
	v, release, err := x.now()
	if err != nil {
		return nil, err
	}
	defer release()
	terms := sketchOf(passage)
	var list []Passage
	for _, p := range v.parts {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		heads, err := p.plans()
		if err != nil {
			return nil, err
		}
		found := make(map[uint32]*Passage)
		for _, term := range terms {
			s, err := p.holding(fieldSketch, term)
			if err != nil {
				return nil, err
			}
			s = p.drop(s)
			for r, ok := s.next(0); ok; r, ok = s.next(r + 1) {
				one := found[r]
				if one == nil {
					at := planOf(heads, r)
					id, err := p.planID(heads, at)
					if err != nil {
						return nil, err
					}
					one = &Passage{Plan: id, Seq: int(r - heads[at])}
					found[r] = one
				}
				one.Common++
			}
		}
		for _, one := range found {
			list = append(list, *one)
		}
	}
	slices.SortFunc(list, func(a, b Passage) int { return cmp.Or(cmp.Compare(a.Plan, b.Plan), cmp.Compare(a.Seq, b.Seq)) })
	return list, nil
}

// Sharing counts the plans, beside one, that hold a passage, word for word or nearly.
func (x *Index) Sharing(ctx context.Context, passage, beside string) (plans int, err error) {
	v, release, err := x.now()
	if err != nil {
		return 0, err
	}
	defer release()
	terms := sketchOf(passage)
	if len(terms) < nearlyTheSame {
		return 0, nil
	}
	for _, p := range v.parts {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		near, err := p.near(terms)
		if err != nil {
			return 0, err
		}
		heads, err := p.plans()
		if err != nil {
			return 0, err
		}
		own, known, err := p.headOf(beside)
		if err != nil {
			return 0, err
		}
		at := 0
		for it := near.Iterator(); it.HasNext(); it.AdvanceIfNeeded(p.end(heads, at)) {
			at = planFrom(heads, at, it.Next())
			if !known || heads[at] != own {
				plans++
			}
		}
	}
	return plans, nil
}

// near is the records that hold nearlyTheSame of the terms of a sketch, or more: few of all, so that they are put together compressed.
func (p *part) near(terms []string) (*roaring.Bitmap, error) {
	var held [nearlyTheSame]*roaring.Bitmap // by how many terms less one
	for i := range held {
		held[i] = roaring.New()
	}
	for _, term := range terms {
		list, err := p.spellings(fieldSketch, term)
		if err != nil {
			return nil, err
		}
		for _, one := range list {
			docs := one.list.docs
			if one.marks != "" {
				continue
			}
			if docs == nil {
				docs = roaring.BitmapOf(one.list.set().list()...)
			}
			for i := len(held) - 1; i > 0; i-- {
				held[i].Or(roaring.And(held[i-1], docs))
			}
			held[0].Or(docs)
		}
	}
	near := held[nearlyTheSame-1]
	if p.deleted != nil {
		near.AndNot(p.deleted)
	}
	return near, nil
}

// Like finds sections about the same things as a text: those that hold most of its rarest words, ranked as every
// query is. The query's own words are not looked at.
func (x *Index) Like(ctx context.Context, text string, q Query) (*Result, error) {
	words, err := x.telling(text)
	if err != nil {
		return nil, err
	}
	q.Words, q.Literal, q.Plain, q.Exact = strings.Join(words, " OR "), false, "", true
	if len(words) == 0 {
		return &Result{}, nil
	}
	return x.Search(ctx, q)
}

// telling is the words of a text that say most of what it is about: often in it, and in few records.
func (x *Index) telling(text string) ([]string, error) {
	v, release, err := x.now()
	if err != nil {
		return nil, err
	}
	defer release()
	type word struct {
		text  string
		worth float64
		at    int
	}
	often := make(map[string]int)
	var order []string
	for _, w := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }) {
		if often[w]++; often[w] == 1 && len(order) < maxLikeVariety {
			order = append(order, w)
		}
	}
	var list []word
	for at, w := range order {
		n := uint64(0)
		for _, p := range v.parts {
			found, err := p.variants(fieldWords, termOf(w), omitted)
			if err != nil {
				return nil, err
			}
			n += p.common(found)
		}
		if n > 0 {
			list = append(list, word{w, float64(often[w]) * idf(float64(v.totals.Records), float64(n)), at})
		}
	}
	slices.SortFunc(list, func(a, b word) int { return cmp.Or(cmp.Compare(b.worth, a.worth), cmp.Compare(a.at, b.at)) })
	list = list[:min(len(list), likeWords)]
	slices.SortFunc(list, func(a, b word) int { return cmp.Compare(a.at, b.at) })
	words := make([]string, len(list))
	for i, w := range list {
		words[i] = w.text
	}
	return words, nil
}

// among is the records of a segment that a query is held to.
func (p *part) among(list []Hit) (set, error) {
	s := newSet(p.records())
	for _, h := range list {
		head, ok, err := p.headOf(h.Plan)
		if err != nil {
			return s, err
		}
		if r := head + uint32(h.Seq); ok && r < p.records() {
			s.add(r)
		}
	}
	return p.drop(s), nil
}
