package index

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"kehoach/plan"
)

// asked is a made query of the whole language, with its meaning by the definition.
type asked interface {
	String() string
	// holds reports whether a record answers, and whether it holds something of the query itself.
	holds(r *naiveRecord) (all, own bool)
	asks() bool
}

// naiveRecord is a record with the texts in which words are looked for.
type naiveRecord struct {
	*Record
	plan            *plan.Plan
	own, title, all []string // all: the headings above and its own
}

type (
	askWord  struct{ word, in string }
	askQuote struct{ words []string }
	askNear  struct {
		left, right []string
		most        int
	}
	askAll   []asked
	askAny   []asked
	askNot   struct{ asked }
	askField struct {
		text   string
		kind   bool // of a section; else of a plan
		passes func(r *naiveRecord) bool
	}
)

func (a askWord) String() string {
	if a.in != "" {
		return a.in + ":" + a.word
	}
	return a.word
}
func (a askQuote) String() string { return `"` + strings.Join(a.words, " ") + `"` }
func (a askNear) String() string {
	return fmt.Sprintf(`("%s" NEAR/%d "%s")`, strings.Join(a.left, " "), a.most, strings.Join(a.right, " "))
}
func (a askAll) String() string   { return "(" + join(a, " ") + ")" }
func (a askAny) String() string   { return "(" + join(a, " OR ") + ")" }
func (a askNot) String() string   { return "-" + a.asked.String() }
func (a askField) String() string { return a.text }

func (askWord) asks() bool  { return true }
func (askQuote) asks() bool { return true }
func (askNear) asks() bool  { return true }
func (a askAll) asks() bool { return slices.ContainsFunc(a, asked.asks) }
func (a askAny) asks() bool { return slices.ContainsFunc(a, asked.asks) }
func (askNot) asks() bool   { return false }
func (askField) asks() bool { return false }

func join(list []asked, with string) string {
	var parts []string
	for _, a := range list {
		parts = append(parts, a.String())
	}
	return strings.Join(parts, with)
}

func (a askWord) holds(r *naiveRecord) (bool, bool) {
	words := []naiveWord{wordOf(a.word)}
	title := naiveHas(r.title, words, lost)
	switch a.in {
	case "title":
		return title, title && r.Seq == 0
	case "heading":
		all := naiveHas(r.all, words, lost)
		return all, all
	}
	own := naiveHas(r.own, words, lost) || title && r.Seq == 0
	return own || title || naiveHas(r.all, words, lost), own
}

func (a askQuote) holds(r *naiveRecord) (bool, bool) {
	var words []naiveWord
	for _, w := range a.words {
		words = append(words, wordOf(w))
	}
	title := naiveHas(r.title, words, omitted)
	own := naiveHas(r.own, words, omitted) || title && r.Seq == 0
	return own || title || len(words) == 1 && naiveHas(r.all, words, omitted), own
}

func (a askNear) holds(r *naiveRecord) (bool, bool) {
	near := func(texts []string) bool {
		left, right := occurrences(texts, a.left), occurrences(texts, a.right)
		for _, l := range left {
			for _, r := range right {
				if gap := r[0] - l[1] - 1; gap >= 0 && gap <= a.most {
					return true
				}
				if gap := l[0] - r[1] - 1; gap >= 0 && gap <= a.most {
					return true
				}
			}
		}
		return false
	}
	title := near(r.title)
	own := near(r.own) || title && r.Seq == 0
	return own || title, own
}

// occurrences is where words stand side by side in texts that follow each other: the first and the last place. The end of a clause
// counts as a place.
func occurrences(texts []string, phrase []string) (list [][2]int) {
	type placed struct {
		naiveToken
		at int
	}
	var tokens []placed
	at := -1
	for _, text := range texts {
		opened := false
		for _, t := range naiveTokens(text) {
			switch {
			case t.whole:
				place := at + 1
				if t.first {
					place++
				}
				tokens = append(tokens, placed{t, place})
				opened = t.first
				continue
			case t.first && !opened, t.first && opened:
				at += 2
			default:
				at++
			}
			opened = false
			tokens = append(tokens, placed{t, at})
		}
	}
	for i := range tokens {
		k, ok, last := i, true, 0
		for n, w := range phrase {
			for n > 0 && k < len(tokens) && tokens[k].whole {
				k++
			}
			if k >= len(tokens) || n > 0 && tokens[k].first || len(phrase) > 1 && tokens[k].whole || wordOf(w).fit(tokens[k].word) < omitted {
				ok = false
				break
			}
			last = tokens[k].at
			k++
		}
		if ok {
			list = append(list, [2]int{tokens[i].at, last})
		}
	}
	return list
}

func (a askAll) holds(r *naiveRecord) (bool, bool) {
	wants := false
	all, own := true, false
	for _, kid := range a {
		if not, ok := kid.(askNot); ok {
			in, _ := not.asked.holds(r)
			all = all && !in
			continue
		}
		wants = true
		in, self := kid.holds(r)
		all = all && in
		if kid.asks() || !a.asks() {
			own = own || self
		}
	}
	return all, all && (own || !wants)
}

func (a askAny) holds(r *naiveRecord) (all, own bool) {
	for _, kid := range a {
		in, self := kid.holds(r)
		all, own = all || in, own || self
	}
	return all, own
}

func (a askNot) holds(r *naiveRecord) (bool, bool) { return askAll{a}.holds(r) }

func (a askField) holds(r *naiveRecord) (bool, bool) {
	all := a.passes(r)
	return all, all && (a.kind || r.Seq == 0)
}

// madeFields are fields that divide the made plans.
var madeFields = []askField{
	{`province:"an giang"`, false, func(r *naiveRecord) bool { return r.plan.Province.Today.ID == "an-giang" }},
	{`province:Lạng Sơn`, false, func(r *naiveRecord) bool { return r.plan.Province.ID == "lang-son" }},
	{"year:2019..2021", false, func(r *naiveRecord) bool {
		return len(r.plan.Issued) >= 4 && r.plan.Issued[:4] >= "2019" && r.plan.Issued[:4] <= "2021"
	}},
	{"nam:..2020", false, func(r *naiveRecord) bool { return r.plan.Issued != "" && r.plan.Issued[:4] <= "2020" }},
	{"level:central", false, func(r *naiveRecord) bool { return r.plan.Issuer.Level == plan.Central }},
	{`lead:"sở tttt"`, false, func(r *naiveRecord) bool {
		return slices.ContainsFunc(r.plan.Assignments, func(a plan.Assignment) bool { return a.Role == plan.Lead && a.AgencyID == "so-tttt" })
	}},
	{"number:17/kh-ubnd", false, func(r *naiveRecord) bool { return r.plan.Number == "17/KH-UBND" }},
	{"number:30", false, func(r *naiveRecord) bool { return r.plan.Number == "30/KH-UBND" }},
	{"kind:funding", true, func(r *naiveRecord) bool { return r.Kind == plan.Money }},
	{`muc:"kinh phí"`, true, func(r *naiveRecord) bool { return r.Kind == plan.Money }},
}

// madeAsked makes a query of a depth.
func madeAsked(rng *rand.Rand, depth int) asked {
	word := func() string {
		for {
			if w := madeWords[rng.IntN(len(madeWords))]; len(tokensIn(w)) == 1 {
				return w
			}
		}
	}
	words := func(n int) (list []string) {
		for range 1 + rng.IntN(n) {
			list = append(list, word())
		}
		return list
	}
	switch n := rng.IntN(12); {
	case n < 2 && depth > 0:
		return askAny{madeAsked(rng, depth-1), madeAsked(rng, depth-1)}
	case n < 5 && depth > 0:
		list := askAll{madeAsked(rng, depth-1), madeAsked(rng, depth-1)}
		if rng.IntN(2) == 0 {
			list = append(list, askNot{madeAsked(rng, depth-1)})
		}
		return list
	case n < 6:
		return askNear{words(2), words(2), rng.IntN(8)}
	case n < 8:
		return askQuote{words(3)}
	case n == 8:
		return madeFields[rng.IntN(len(madeFields))]
	case n == 9:
		return askWord{word(), []string{"title", "heading"}[rng.IntN(2)]}
	}
	return askWord{word: word()}
}

// Every query of the language finds what its definition says, and its facets count the same records.
func TestLanguageAgainstNaiveScan(t *testing.T) {
	n := 2000
	if testing.Short() {
		n = 300
	}
	plans := madePlans(n, 77)
	x := built(t, plans, madeRuns(plans))
	var records []*naiveRecord
	for _, p := range plans {
		list := Records(p)
		for i := range list {
			r := &naiveRecord{Record: &list[i], plan: p, title: []string{p.Title, p.Number, p.Issuer.Name, p.Province.Name}}
			for _, s := range r.Spans {
				r.own = append(r.own, p.Text[s.Start:s.End])
			}
			r.all = append(slices.Clone(r.Above), r.Heading)
			records = append(records, r)
		}
	}
	rng := rand.New(rand.NewPCG(3, 9))
	found, kinds := 0, 0
	for range 40 {
		a := madeAsked(rng, 3)
		q := Query{Words: a.String(), Limit: maxHits, Exact: true}
		var want []naiveHit
		inPlans := make(map[string]bool)
		field, alone := a.(askField) // chooses as a filter does: each plan once, or the sections of a kind
		for _, r := range records {
			all, own := a.holds(r)
			if own && (!alone || all && (field.kind || r.Seq == 0)) {
				want = append(want, naiveHit{r.plan.ID, r.Seq})
				inPlans[r.plan.ID] = true
			}
		}
		slices.SortFunc(want, func(a, b naiveHit) int { return strings.Compare(recordID(a.plan, a.seq), recordID(b.plan, b.seq)) })
		res, err := x.Search(context.Background(), q)
		if err != nil {
			t.Fatalf("%s: %v", q.Words, err)
		}
		if got := ids(res.Hits); !slices.Equal(got, want) || res.Records != len(want) || res.Plans != len(inPlans) {
			t.Fatalf("%s: %d hits (%d records, %d plans), want %d in %d\nonly found: %v\nmissed: %v", q.Words, len(got), res.Records, res.Plans,
				len(want), len(inPlans), minus(got, want), minus(want, got))
		}
		found += len(want)
		if len(want) > 0 {
			kinds++
		}
	}
	if found < 1000 || kinds < 16 {
		t.Errorf("the made queries find next to nothing: %d records by %d queries", found, kinds)
	}
}
