package corpus

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"kehoach/plan"
)

func byLine(p *plan.Plan) []string { return strings.Split(p.Text, "\n") }

// TestCopiedPassages compares what is found with all pairs of 2,000 passages, compared one by one; whatever memory there is.
func TestCopiedPassages(t *testing.T) {
	c := create(t, t.TempDir())
	r := begin(t, c)
	const plans, each = 400, 5
	dice := rand.New(rand.NewPCG(9, 9))
	texts := make(map[string]string) // by place
	var docs []Doc
	for i := range plans {
		var lines []string
		for j := range each {
			line := words(uint64(1+dice.IntN(plans*each)), 25+dice.IntN(60), 0)
			switch dice.IntN(4) {
			case 0: // one of a few hundred that are copied, in which up to six syllables in a hundred are changed
				line = words(uint64(100_000+dice.IntN(80)), 50, dice.IntN(7))
			case 1: // a formula
				line = words(uint64(200_000+dice.IntN(4)), 12, 0)
			}
			lines = append(lines, line)
			texts[fmt.Sprint(i, "/", j)] = line
		}
		docs = append(docs, doc(t, fmt.Sprintf("/%d", i), strings.Join(lines, "\n"), named(fmt.Sprint(i, "/KH-UBND"), "2024-01-02", "A")))
	}
	// A version of the first document is the same document.
	docs = append(docs, doc(t, "/version", docs[0].Plan.Text+words(300_000, 300, 0)+"\n"+words(300_001, 30, 0), named("0/KH-UBND", "2024-01-02", "A")))
	at := make(map[string]int)
	for i, d := range docs {
		at[d.Plan.ID] = i
	}
	for len(docs) > 0 {
		k := min(len(docs), 200)
		put(t, c, r, docs[:k]...)
		docs = docs[k:]
	}
	type passage struct {
		key string
		set []uint64
	}
	var all []passage
	for i := range plans {
		for j := range each {
			key := fmt.Sprint(i, "/", j)
			if len(strings.Fields(texts[key])) >= 20 {
				all = append(all, passage{key, shingleSet(texts[key])})
			}
		}
	}
	brute := make(map[[2]string]bool)
	for i, a := range all {
		for _, b := range all[:i] {
			if strings.Split(a.key, "/")[0] != strings.Split(b.key, "/")[0] && jaccard(a.set, b.set) >= 0.8 {
				brute[[2]string{b.key, a.key}] = true
			}
		}
	}
	var before []Copied
	for _, memory := range []int{0, 1} {
		told := 0
		found, err := c.CopiedPassages(context.Background(), PassageSearch{Cut: byLine, Least: 0.8, Words: 20, Tell: func(done, all int) { told = done - all }, memory: memory})
		if err != nil || told != 0 {
			t.Fatal(err, told)
		}
		group := make(map[string][]int)
		for g, one := range found {
			docs := make(map[int]bool)
			first := texts[fmt.Sprint(at[one.Places[0].Plan], "/", one.Places[0].N)]
			for _, place := range one.Places {
				i := at[place.Plan]
				key := fmt.Sprint(i, "/", place.N)
				group[key] = append(group[key], g)
				docs[i%plans] = true
				if alike := jaccard(shingleSet(first), shingleSet(texts[key])); i < plans && (alike < 0.8 || alike != place.Alike) {
					t.Errorf("%s is alike to the first place by %.2f, said to be by %.2f", key, alike, place.Alike)
				}
			}
			if len(docs) < 2 || len(docs) != one.Documents {
				t.Errorf("a passage in %d documents, said to be in %d", len(docs), one.Documents)
			}
		}
		got := 0
		for pair := range brute {
			if slices.ContainsFunc(group[pair[0]], func(g int) bool { return slices.Contains(group[pair[1]], g) }) {
				got++
			}
		}
		recall := float64(got) / float64(len(brute))
		t.Logf("%d of %d pairs found in %d groups: %.4f", got, len(brute), len(found), recall)
		if len(brute) < 500 || recall < 0.98 {
			t.Errorf("recall %.4f of %d pairs", recall, len(brute))
		}
		if before != nil && !slices.EqualFunc(before, found, func(a, b Copied) bool { return slices.Equal(a.Places, b.Places) }) {
			t.Error("with less memory others are found")
		}
		before = found
	}
	half, err := c.CopiedPassages(context.Background(), PassageSearch{Cut: byLine, Least: 0.8, Words: 20,
		Among: func(id string) bool { return at[id]%2 == 0 }})
	if err != nil || len(half) == 0 || len(half) >= len(before) {
		t.Errorf("among half of the plans: %d passages, %v", len(half), err)
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := c.CopiedPassages(ctx, PassageSearch{Cut: byLine, Least: 0.8}); err == nil {
		t.Error("it went on after it was interrupted")
	}
}

// BenchmarkCopiedPassages searches 20,000 plans of 10 passages of 50 syllables, one in four of which is copied with changes.
func BenchmarkCopiedPassages(b *testing.B) {
	c := create(b, b.TempDir())
	r := begin(b, c)
	c.Untold = true
	const plans, each = 20_000, 10
	dice := rand.New(rand.NewPCG(9, 9))
	var docs []Doc
	for i := range plans {
		var lines []string
		for range each {
			line := words(uint64(1+dice.IntN(plans*each)), 50, 0)
			if dice.IntN(4) == 0 {
				line = words(uint64(1e9+dice.IntN(plans)), 50, dice.IntN(7))
			}
			lines = append(lines, line)
		}
		docs = append(docs, doc(b, fmt.Sprintf("/%d", i), strings.Join(lines, "\n"), &plan.Plan{}))
		if len(docs) == 500 {
			put(b, c, r, docs...)
			docs = docs[:0]
		}
	}
	b.ResetTimer()
	for b.Loop() {
		found, err := c.CopiedPassages(context.Background(), PassageSearch{Cut: byLine, Least: 0.8, Words: 20})
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(len(found)), "passages")
	}
	b.ReportMetric(plans*each*float64(b.N)/b.Elapsed().Seconds(), "passages/s")
}
