package index

import (
	"cmp"

	"kehoach/authority"
	"kehoach/normalize"
	"kehoach/plan"
)

// facetKeys gives the keys that a plan counts for in each facet, by the definition; kind is counted by the section.
var facetKeys = map[string]func(*plan.Plan) []string{
	"province":       func(p *plan.Plan) []string { return []string{keyOf(p.Province.ID, p.Province.Name)} },
	"province_today": func(p *plan.Plan) []string { return []string{keyOf(p.Province.Today.ID, p.Province.Today.Name)} },
	"year":           func(p *plan.Plan) []string { return []string{p.Issued[:min(4, len(p.Issued))]} },
	"type": func(p *plan.Plan) []string {
		list := []string{p.Type.Code}
		for _, a := range p.Attached {
			list = append(list, a.Type.Code)
		}
		return list
	},
	"issuer": func(p *plan.Plan) []string { return []string{keyOf(p.Issuer.ID, p.Issuer.Name)} },
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

func agenciesOf(p *plan.Plan, role plan.Role) (list []string) {
	for _, a := range p.Assignments {
		if a.Role == role {
			list = append(list, keyOf(a.AgencyID, a.Agency))
		}
	}
	return list
}

// keyOf is the id of a name, or the name itself where it has none.
func keyOf(id, name string) string { return cmp.Or(id, name) }

// tally is what a value of a facet counts.
type tallied struct{ plans, records int }

// countedBy counts records, those of a plan side by side, by a facet.
func countedBy(name string, records []*naiveRecord) map[string]tallied {
	counts := make(map[string]tallied)
	last := make(map[string]*plan.Plan)
	for _, r := range records {
		var keys []string
		if name != "kind" {
			keys = facetKeys[name](r.plan)
		} else if r.Kind != Opening && r.Kind != Closing {
			keys = []string{string(r.Kind)}
		}
		once := make(map[string]bool)
		for _, key := range keys {
			if key == "" || once[key] {
				continue
			}
			once[key] = true
			c := counts[key]
			c.records++
			if last[key] != r.plan {
				last[key] = r.plan
				c.plans++
			}
			counts[key] = c
		}
	}
	return counts
}

// whose is the filter that chooses among the values of a facet.
func whose(facet string) string {
	if facet == "province_today" {
		return "province"
	}
	return facet
}
