package index

import (
	"context"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"kehoach/authority"
	"kehoach/normalize"
	"kehoach/plan"
)

func TestFacetsAgainstNaiveScan(t *testing.T) {
	plans := madePlans(2000, 12)
	runs := madeRuns(plans)
	x := built(t, plans, runs)
	rng := rand.New(rand.NewPCG(6, 6))
	byID := make(map[string]*plan.Plan)
	recordsOf := make(map[string][]Record)
	for _, p := range plans {
		byID[p.ID] = p
		recordsOf[p.ID] = Records(p)
	}
	// What a filter says of each facet is left out when that facet is counted.
	without := map[string]func(plan.Filter) plan.Filter{
		"province":       func(f plan.Filter) plan.Filter { f.Province = nil; return f },
		"province_today": func(f plan.Filter) plan.Filter { f.Province = nil; return f },
		"year":           func(f plan.Filter) plan.Filter { f.Year = plan.Range{}; return f },
		"type":           func(f plan.Filter) plan.Filter { f.Type = nil; return f },
		"kind":           func(f plan.Filter) plan.Filter { f.Kind = nil; return f },
		"level":          func(f plan.Filter) plan.Filter { f.Level = nil; return f },
		"lead":           func(f plan.Filter) plan.Filter { f.Lead = nil; return f },
		"support":        func(f plan.Filter) plan.Filter { f.Support = nil; return f },
		"program":        func(f plan.Filter) plan.Filter { f.Program = nil; return f },
		"issuer":         func(f plan.Filter) plan.Filter { f.Issuer = nil; return f },
		"region":         func(f plan.Filter) plan.Filter { return f },
		"format":         func(f plan.Filter) plan.Filter { return f },
		"problem":        func(f plan.Filter) plan.Filter { return f },
		"area":           func(f plan.Filter) plan.Filter { return f },
	}
	keys := map[string]func(*plan.Plan) []string{
		"province":       func(p *plan.Plan) []string { return []string{p.Province.ID} },
		"province_today": func(p *plan.Plan) []string { return []string{p.Province.Today.ID} },
		"year":           func(p *plan.Plan) []string { return []string{p.Issued[:min(4, len(p.Issued))]} },
		"type": func(p *plan.Plan) []string {
			list := []string{p.Type.Code}
			for _, a := range p.Attached {
				list = append(list, a.Type.Code)
			}
			return list
		},
		"issuer": func(p *plan.Plan) []string { return []string{p.Issuer.ID} },
		"region": func(p *plan.Plan) []string {
			r, _ := authority.RegionOf(p.Province.ID)
			return []string{r.ID}
		},
		"format": func(p *plan.Plan) []string { return []string{p.Source.Format} },
		"problem": func(p *plan.Plan) (list []string) {
			for _, x := range p.Problems {
				list = append(list, x.Code)
			}
			return list
		},
		"area": func(p *plan.Plan) (list []string) {
			for _, a := range p.Areas {
				list = append(list, normalize.Fold(a))
			}
			return list
		},
		"level":   func(p *plan.Plan) []string { return []string{string(p.Issuer.Level)} },
		"lead":    func(p *plan.Plan) []string { return agenciesOf(p, plan.Lead) },
		"support": func(p *plan.Plan) []string { return agenciesOf(p, plan.Support) },
		"program": func(p *plan.Plan) (list []string) {
			for _, c := range p.Citations {
				if c.Role == plan.Implements {
					list = append(list, c.Number)
				}
			}
			return list
		},
	}
	var by []string
	for name := range without {
		by = append(by, name)
	}
	slices.Sort(by)
	for range 25 {
		atoms := madeAtoms(rng)
		var words []string
		for _, a := range atoms {
			words = append(words, a.String())
		}
		f, _ := madeFilter(rng, runs)
		q := Query{Words: strings.Join(words, " "), Filter: f, Exact: true}
		facets, err := x.Facets(context.Background(), q, by)
		if err != nil {
			t.Fatal(err)
		}
		for i, name := range by {
			open := without[name](f)
			res, err := x.Search(context.Background(), Query{Words: q.Words, Filter: open, Limit: 1 << 19})
			if err != nil {
				t.Fatal(err)
			}
			hits := ids(res.Hits)
			if len(atoms) == 0 && len(open.Kind) == 0 { // a listing gives each plan once, facets count its records
				var all []naiveHit
				for _, h := range hits {
					for seq := range recordsOf[h.plan] {
						all = append(all, naiveHit{h.plan, seq})
					}
				}
				hits = all
			}
			records, inPlans := make(map[string]int), make(map[string]map[string]bool)
			for _, h := range hits {
				p := byID[h.plan]
				var list []string
				if kind := recordsOf[h.plan][h.seq].Kind; name != "kind" {
					list = keys[name](p)
				} else if kind != Opening && kind != Closing {
					list = []string{string(kind)}
				}
				slices.Sort(list)
				for _, key := range slices.Compact(list) {
					if key != "" {
						records[key]++
						if inPlans[key] == nil {
							inPlans[key] = make(map[string]bool)
						}
						inPlans[key][h.plan] = true
					}
				}
			}
			got := make(map[string]Count)
			for _, c := range facets[i].Values {
				got[c.Key] = c
			}
			if len(got) != len(records) || len(got) != len(facets[i].Values) {
				t.Fatalf("%s of %q %+v: %d values, want %d: %v", name, q.Words, f, len(facets[i].Values), len(records), facets[i].Values)
			}
			for key, n := range records {
				if c := got[key]; c.Records != n || c.Plans != len(inPlans[key]) {
					t.Fatalf("%s %s of %q %+v: %+v, want %d records in %d plans", name, key, q.Words, f, c, n, len(inPlans[key]))
				}
			}
		}
	}
}

func agenciesOf(p *plan.Plan, role plan.Role) (list []string) {
	for _, a := range p.Assignments {
		if a.Role == role {
			list = append(list, a.AgencyID)
		}
	}
	return list
}
