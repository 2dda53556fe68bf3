package index

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"kehoach/authority"
	"kehoach/internal/synth"
	"kehoach/plan"
)

func byPlan(a, b naiveHit) int { return cmp.Or(cmp.Compare(a.plan, b.plan), cmp.Compare(a.seq, b.seq)) }

// synthPlans are documents as authorities write them, with what the maker leaves empty and filters ask for.
func synthPlans(n int) []*plan.Plan {
	m, rng := synth.New(4), rand.New(rand.NewPCG(8, 8))
	plans := make([]*plan.Plan, n)
	for i := range plans {
		p := m.Plan(i).Truth
		p.ID = fmt.Sprintf("%016x", rng.Uint64())
		p.Province, _ = authority.ProvinceByName(p.Province.Name, p.Issued)
		for i := range p.Assignments {
			p.Assignments[i].AgencyID = authority.Resolve(p.Assignments[i].Agency, "", "").ID
		}
		p.Source.Path = fmt.Sprintf("/data/%d/%s", i%7, p.Source.Path)
		if i%3 == 0 {
			p.Areas = [][]string{{"Y tế"}, {"Giáo dục", "Văn hóa"}, {"Đất đai"}}[i/3%3]
		}
		if i%4 == 0 {
			p.Problems = append(p.Problems, plan.Problem{Code: plan.ProblemCodes[i/4%5]}, plan.Problem{Code: plan.LabelJump})
		}
		plans[i] = p
	}
	return plans
}

// Every query of the language, under every filter, finds what the naive scan finds, and every facet counts that: plans and sections,
// without what was chosen in the facet itself.
func TestAgainstNaiveScan(t *testing.T) {
	documents, queries := 2000, 70
	if testing.Short() {
		documents, queries = 300, 60
	}
	for _, lib := range []struct {
		name  string
		plans []*plan.Plan
		asked int
	}{
		{"few words, many spellings", madePlans(documents, 77), 2 * queries},
		{"synth", synthPlans(documents), queries},
	} {
		t.Run(lib.name, func(t *testing.T) {
			l := newLibrary(lib.plans)
			x := built(t, l.plans, l.runs)
			a := &asker{l, rand.New(rand.NewPCG(3, 9))}
			var by []string
			for _, k := range FacetKinds {
				by = append(by, k.Name)
			}
			seen := make(map[string]int)
			found := 0
			for n := range lib.asked {
				q, chosen, query := a.query()
				words := query.Words
				for _, c := range chosen {
					seen[c.name]++
				}
				if n%4 == 0 {
					query.Words = norm.NFD.String(query.Words)
				}
				all := l.answers(q)
				records := l.chosen(all, chosen, "")
				want, plans := hitsOf(records, q, chosen)
				res, err := x.Search(context.Background(), query)
				if err != nil {
					t.Fatalf("%s: %v", words, err)
				}
				if got := ids(res.Hits); !slices.Equal(got, want) || res.Records != len(want) || res.Plans != plans {
					t.Fatalf("%s, %+v: %d hits (%d records, %d plans), want %d in %d\nonly found: %v\nmissed: %v", words, query.Filter, len(got), res.Records, res.Plans,
						len(want), plans, minus(got, want), minus(want, got))
				}
				found += len(want)
				if len(want) > 0 {
					for _, sign := range []string{"\"", " OR ", "NEAR/", "-", "title:", "heading:"} {
						if q != nil && strings.Contains(q.String(), sign) {
							seen[sign]++
						}
					}
					if q == nil {
						seen["no words"]++
					}
				}
				facets, err := x.Facets(context.Background(), query, by)
				if err != nil {
					t.Fatalf("%s: %v", words, err)
				}
				for i, name := range by {
					counted := records
					if slices.ContainsFunc(chosen, func(c *choice) bool { return c.name == whose(name) }) {
						counted = l.chosen(all, chosen, whose(name))
					}
					want, got := countedBy(name, counted), make(map[string]tallied)
					for _, c := range facets[i].Values {
						got[c.Key] = tallied{c.Plans, c.Records}
					}
					if len(got) != len(facets[i].Values) {
						t.Fatalf("%s by %s: a value stands twice: %v", words, name, facets[i].Values)
					}
					for key := range want {
						if got[key] != want[key] {
							t.Fatalf("%s, %+v by %s: %s is %+v, want %+v", words, query.Filter, name, key, got[key], want[key])
						}
					}
					if len(got) != len(want) {
						t.Fatalf("%s, %+v by %s: %d values, want %d: %v", words, query.Filter, name, len(got), len(want), facets[i].Values)
					}
				}
			}
			for _, c := range []string{"province", "region", "year", "issued", "due", "type", "lead", "support", "kind", "program", "issuer", "level", "added",
				"source", "format", "problem", "area", "number", "no words", "\"", " OR ", "NEAR/", "-", "title:", "heading:"} {
				if seen[c] == 0 && !testing.Short() {
					t.Errorf("no %s was asked for and found", c)
				}
			}
			if found < 50*lib.asked {
				t.Errorf("the made queries find next to nothing: %d records by %d queries", found, lib.asked)
			}
		})
	}
}

// query makes a query of the language, nil for none, with up to three choices of different names; some of these stand as fields
// in its words.
func (a *asker) query() (q asked, chosen []*choice, query Query) {
	words := ""
	if a.rng.IntN(6) > 0 {
		for q = a.ask(3); !simple(q); {
			q = a.ask(3)
		}
		words = q.String()
	}
	for range a.rng.IntN(4) {
		c := a.choose()
		if slices.ContainsFunc(chosen, func(have *choice) bool { return have.name == c.name }) || c.set == nil && a.rng.IntN(2) == 0 {
			continue
		}
		chosen = append(chosen, c)
		if c.text != "" && (c.set == nil || a.rng.IntN(2) == 0) {
			words = strings.TrimSpace(words + " " + c.text)
		} else {
			c.set(&query.Filter)
		}
	}
	query.Words, query.Limit, query.Exact = words, maxHits, true
	return q, chosen, query
}
