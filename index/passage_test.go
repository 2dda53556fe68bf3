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

// passagePlan is a plan whose sections hold these texts.
// Near reports whether the two passages are the same, or nearly so as far as their sketches tell: of each, what near tells of all.
func (p Passage) Near() bool { return p.Common >= nearlyTheSame }

func passagePlan(id string, texts ...string) *plan.Plan {
	p := &plan.Plan{ID: id, Title: "Kế hoạch " + id}
	var b strings.Builder
	for i, text := range texts {
		start := b.Len()
		label := fmt.Sprint(i + 1)
		b.WriteString(label + ". " + text + "\n")
		p.Sections = append(p.Sections, plan.Section{ID: i, Label: label, Path: []string{label}, Level: 1, Kind: plan.Content,
			Span: plan.Span{Start: start, End: b.Len()}})
	}
	p.Text = b.String()
	return p
}

// words is n made words.
func someWords(rng *rand.Rand, n int) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = string(rune('a'+rng.IntN(20))) + string(rune('a'+rng.IntN(20))) + string(rune('a'+rng.IntN(20)))
	}
	return list
}

func TestPassagesInOtherPlans(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 1))
	passage := someWords(rng, 60)
	whole := strings.Join(passage, " ")
	near := slices.Clone(passage)
	near[30] = "khác" // five of 56 shingles
	far := append(someWords(rng, 45), passage[:15]...)
	x := built(t, []*plan.Plan{
		passagePlan("aaaaaaaaaaaaaaa1", "Mở đầu.", whole),
		passagePlan("aaaaaaaaaaaaaaa2", whole, "Khác."),
		passagePlan("aaaaaaaaaaaaaaa3", strings.ToUpper(whole)+".", strings.Join(near, " ")),
		passagePlan("aaaaaaaaaaaaaaa4", strings.Join(far, " "), strings.Join(someWords(rng, 60), " ")),
		passagePlan("aaaaaaaaaaaaaaa5", "Ngắn quá.", "Ngắn quá."),
	}, nil)
	ctx := context.Background()
	list, err := x.Passages(ctx, whole)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]Passage{}
	for _, p := range list {
		got[fmt.Sprintf("%s/%d", p.Plan[15:], p.Seq)] = p
	}
	for _, key := range []string{"1/1", "2/0", "3/0"} {
		if got[key].Common != sketchSize || !got[key].Near() {
			t.Errorf("%s: %+v, want the same", key, got[key])
		}
	}
	if got["3/1"].Common == 0 {
		t.Errorf("one word is another: %+v", got["3/1"])
	}
	if got["4/0"].Near() || got["4/1"] != (Passage{}) {
		t.Errorf("others: %+v, %+v", got["4/0"], got["4/1"])
	}
	if n, err := x.Sharing(ctx, whole, "aaaaaaaaaaaaaaa1"); err != nil || n != 2 {
		t.Errorf("%v: %d other plans share it, want 2", err, n)
	}
	if list, err := x.Passages(ctx, "Ngắn quá."); err != nil || len(list) > 0 {
		t.Errorf("%v: a formula is a passage: %v", err, list)
	}
	if l := Likeness(whole, strings.Join(near, " ")); l < 0.8 || l > 0.9 {
		t.Errorf("likeness %.2f", l)
	}
	if l := Likeness(whole, strings.ToUpper(whole)); l != 1 {
		t.Errorf("likeness of the same words %.2f", l)
	}
	var among []Hit
	for _, p := range list {
		among = append(among, Hit{Plan: p.Plan, Seq: p.Seq})
	}
	res, err := x.Search(ctx, Query{Among: among, Limit: 10})
	if err != nil || res.Records != len(among) || res.Plans != 4-1+countOf(got, "4/") {
		t.Errorf("%v: among them %d records in %d plans", err, res.Records, res.Plans)
	}
	facets, err := x.Facets(ctx, Query{Among: among}, []string{"kind"})
	if err != nil || len(facets[0].Values) != 1 || facets[0].Values[0].Records != len(among) {
		t.Errorf("%v: %+v", err, facets)
	}
	like, err := x.Like(ctx, strings.Join(passage[:20], " "), Query{Limit: 10})
	if err != nil || len(like.Hits) < 4 {
		t.Fatalf("%v: like it are %+v", err, like)
	}
	for _, h := range like.Hits[:3] {
		if h.Plan == "aaaaaaaaaaaaaaa5" {
			t.Errorf("like it is %+v", h)
		}
	}
}

// Of passages of which words were changed, the index gives nearly all that share 0.6 of their runs of words with the passage or more, and
// counts most of them; what has little in common is seldom counted.
func TestNearPassagesAreFound(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 7))
	ctx := context.Background()
	var plans []*plan.Plan
	type pair struct {
		passage, id string
		share       float64
	}
	var pairs []pair
	for i, p := range synthPlans(200) {
		for n, r := range Records(p) {
			words := strings.Fields(r.PassageOf(p.Text))
			if len(words) < 20 || n%3 != 0 {
				continue
			}
			other := slices.Clone(words)
			for range 1 + rng.IntN(1+len(words)/4) {
				other[rng.IntN(len(other))] = someWords(rng, 1)[0]
			}
			passage, changed := strings.Join(words, " "), strings.Join(other, " ")
			id := fmt.Sprintf("%08x%08x", i, n)
			plans = append(plans, passagePlan(id, changed))
			pairs = append(pairs, pair{passage, id, Likeness(passage, changed)})
		}
	}
	x := built(t, plans, nil)
	for _, c := range []struct{ from, to, given, counted, most float64 }{
		{0.75, 0.85, 0.99, 0.93, 1}, {0.55, 0.65, 0.95, 0.75, 1}, {0.05, 0.2, 0, 0, 0.15},
	} {
		n, given, counted := 0.0, 0.0, 0.0
		for _, p := range pairs {
			if p.share < c.from || p.share > c.to {
				continue
			}
			n++
			list, err := x.Passages(ctx, p.passage)
			if err != nil {
				t.Fatal(err)
			}
			for _, found := range list {
				if found.Plan == p.id {
					given++
					if found.Near() {
						counted++
					}
				}
			}
		}
		t.Logf("%.2f to %.2f: of %.0f %.3f are given, %.3f counted", c.from, c.to, n, given/n, counted/n)
		if n < 50 || given/n < c.given || counted/n < c.counted || counted/n > c.most {
			t.Errorf("of %.0f passages that share %.2f to %.2f, %.3f are given and %.3f counted", n, c.from, c.to, given/n, counted/n)
		}
	}
}

func countOf(got map[string]Passage, prefix string) int {
	for key := range got {
		if strings.HasPrefix(key, prefix) {
			return 1
		}
	}
	return 0
}

// TestGroupsAgainstHits puts all hits of random queries together by plan, beside what the index groups.
func TestGroupsAgainstHits(t *testing.T) {
	plans := madePlans(300, 21)
	x := built(t, plans, nil)
	rng := rand.New(rand.NewPCG(5, 2))
	for range 150 {
		words := madeWords[rng.IntN(len(madeWords))]
		if rng.IntN(2) == 0 {
			words += " " + madeWords[rng.IntN(len(madeWords))]
		}
		if rng.IntN(10) == 0 {
			words = ""
		}
		sort := []string{"", ByIssued}[rng.IntN(2)]
		all, err := x.Search(context.Background(), Query{Words: words, Exact: true, Sort: sort, Limit: 1 << 19})
		if err != nil {
			t.Fatal(err)
		}
		var order []string
		byPlan := map[string][]Hit{}
		for _, h := range all.Hits {
			if byPlan[h.Plan] == nil {
				order = append(order, h.Plan)
			}
			byPlan[h.Plan] = append(byPlan[h.Plan], h)
		}
		offset, limit := rng.IntN(4), 1+rng.IntN(8)
		got, err := x.Search(context.Background(), Query{Words: words, Exact: true, Sort: sort, Limit: limit, Offset: offset, Grouped: true})
		if err != nil {
			t.Fatal(err)
		}
		var want []Hit
		for _, id := range order[min(offset, len(order)):min(offset+limit, len(order))] {
			hits := byPlan[id]
			slices.SortStableFunc(hits, func(a, b Hit) int {
				switch {
				case a.Score > b.Score:
					return -1
				case a.Score < b.Score:
					return 1
				}
				return a.Seq - b.Seq
			})
			for _, h := range hits[:min(len(hits), inGroup)] {
				h.Of = len(hits)
				want = append(want, h)
			}
		}
		if !slices.Equal(got.Hits, want) || got.Records != all.Records || got.Plans != all.Plans {
			t.Fatalf("%q by %q from %d: %v\nwant %v", words, sort, offset, got.Hits, want)
		}
	}
}

// TestSharingAgainstPassages counts the plans that share a passage one by one, with plans that were added again and plans that were
// taken out.
func TestSharingAgainstPassages(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 7))
	var pool []string
	for range 12 {
		words := someWords(rng, 14+rng.IntN(40))
		pool = append(pool, strings.Join(words, " "))
		words[rng.IntN(len(words))] = "khác"
		pool = append(pool, strings.Join(words, " "))
	}
	var plans []*plan.Plan
	for i := range 90 {
		var texts []string
		for range 1 + rng.IntN(5) {
			texts = append(texts, pool[rng.IntN(len(pool))])
		}
		plans = append(plans, passagePlan(fmt.Sprintf("%016x", i), texts...))
	}
	x, err := Create(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	for _, some := range [][]*plan.Plan{plans[:40], plans[40:], plans[10:20]} {
		if err := x.Add(some); err != nil {
			t.Fatal(err)
		}
	}
	if err := x.Delete([]string{plans[3].ID, plans[50].ID}); err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	most := 0
	for i, passage := range pool {
		for _, beside := range []string{plans[i].ID, plans[3].ID, "fedcba9876543210"} {
			list, err := x.Passages(ctx, passage)
			if err != nil {
				t.Fatal(err)
			}
			others := make(map[string]bool)
			for _, p := range list {
				if p.Near() && p.Plan != beside {
					others[p.Plan] = true
				}
			}
			if n, err := x.Sharing(ctx, passage, beside); err != nil || n != len(others) {
				t.Errorf("passage %d beside %s: %d share it, want %d, %v", i, beside, n, len(others), err)
			}
			most = max(most, len(others))
		}
	}
	if most < 10 {
		t.Errorf("at most %d plans share a passage", most)
	}
}
