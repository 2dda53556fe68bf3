package index

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"kehoach/authority"
	"kehoach/normalize"
	"kehoach/plan"
)

func TestGlob(t *testing.T) {
	for _, c := range []struct {
		pattern, s string
		want       bool
	}{
		{"", "", true}, {"", "a", false}, {"*", "", true}, {"*", "a/b", true}, {"a*", "a/b.txt", true},
		{"*.txt", "/d/kế hoạch.txt", true}, {"*.txt", "/d/x.html", false}, {"*/so-*", "/d/so-vhtt.md", true},
		{"?", "ế", true}, {"?", "", false}, {"?", "ab", false}, {"[a-c]x", "bx", true}, {"[a-c]x", "dx", false},
		{"[^a-c]x", "dx", true}, {"[^a-c]x", "ax", false}, {"[]]", "]", true}, {"[a", "a", false}, {"[a-]", "-", true},
		{"*.zip!/*", "/d/a.zip!/b.txt", true}, {"A*", "abc", false}, {"**a**", "bab", true}, {"a*b*c", "a1b2b3c", true},
		{"a*b*c", "a1b2b3", false}, {"[ế]", "ế", true},
	} {
		if got := glob(c.pattern, c.s); got != c.want {
			t.Errorf("glob(%q, %q) = %v", c.pattern, c.s, got)
		}
	}
	if glob(strings.Repeat("a*", 200)+"b", strings.Repeat("a", 20000)) {
		t.Error("found a b")
	}
}

// choice is a condition as a filter has it, as the language writes it, and by the definition of plan.Filter.
type choice struct {
	name   string // of the facet or the filter
	text   string // as a field of a query; "" where the language has none
	set    func(f *plan.Filter)
	passes func(l *library, r *naiveRecord) bool
}

func (c *choice) String() string { return c.text }

// ofPlan makes a choice that looks at plans alone.
func ofPlan(name, text string, set func(f *plan.Filter), passes func(p *plan.Plan) bool) *choice {
	return &choice{name, text, set, func(_ *library, r *naiveRecord) bool { return passes(r.plan) }}
}

// choices are the ways to make a condition, each of a plan of the library or of all of them; nil where the plan gives none.
var choices = []func(a *asker, p *plan.Plan) *choice{
	func(a *asker, p *plan.Plan) *choice {
		name := []string{p.Province.Name, p.Province.Today.Name}[a.rng.IntN(2)]
		place, _ := authority.ProvinceByName(name, "")
		return a.named("province", name, func(f *plan.Filter, v string) { f.Province = []string{v} },
			func(p *plan.Plan) bool { return p.Province.ID == place.ID || p.Province.Today.ID == place.ID })
	},
	func(a *asker, p *plan.Plan) *choice {
		r, ok := authority.RegionOf(p.Province.ID)
		if !ok {
			return nil
		}
		return a.named("region", r.Name, func(f *plan.Filter, v string) { f.Region = []string{v} },
			func(p *plan.Plan) bool { return slices.Contains(r.Provinces(), p.Province.ID) })
	},
	func(a *asker, p *plan.Plan) *choice {
		r := a.span(4)
		return ofPlan("year", "year:"+r.From+".."+r.To, func(f *plan.Filter) { f.Year = r },
			func(p *plan.Plan) bool { return len(p.Issued) >= 4 && meets(r, p.Issued[:4]) })
	},
	func(a *asker, p *plan.Plan) *choice {
		r := a.span(10)
		return ofPlan("issued", "ngay:"+r.From+".."+r.To, func(f *plan.Filter) { f.Issued = r },
			func(p *plan.Plan) bool { return meets(r, p.Issued) })
	},
	func(a *asker, p *plan.Plan) *choice {
		r := a.span(10)
		return ofPlan("due", "due:"+r.From+".."+r.To, func(f *plan.Filter) { f.Due = r }, func(p *plan.Plan) bool {
			return slices.ContainsFunc(p.Deadlines, func(d plan.Deadline) bool { return meets(r, d.Date) })
		})
	},
	func(a *asker, p *plan.Plan) *choice {
		return a.named("type", p.Type.Code, func(f *plan.Filter, v string) { f.Type = []string{v} }, func(q *plan.Plan) bool {
			return q.Type.Code == p.Type.Code || slices.ContainsFunc(q.Attached, func(x plan.Attached) bool { return x.Type.Code == p.Type.Code })
		})
	},
	func(a *asker, p *plan.Plan) *choice {
		return a.body("lead", plan.Lead, p, func(f *plan.Filter, v []string) { f.Lead = v })
	},
	func(a *asker, p *plan.Plan) *choice {
		return a.body("support", plan.Support, p, func(f *plan.Filter, v []string) { f.Support = v })
	},
	func(a *asker, p *plan.Plan) *choice {
		kinds := []plan.Kind{plan.Kinds[a.rng.IntN(len(plan.Kinds))]}
		text := "kind:" + string(kinds[0])
		if a.rng.IntN(2) == 0 { // two of them are a filter alone: a field names one
			kinds, text = append(kinds, plan.Kinds[a.rng.IntN(len(plan.Kinds))]), ""
		}
		return &choice{"kind", text, func(f *plan.Filter) { f.Kind = kinds },
			func(_ *library, r *naiveRecord) bool { return slices.Contains(kinds, r.Kind) }}
	},
	func(a *asker, p *plan.Plan) *choice {
		for _, c := range p.Citations {
			if c.Role == plan.Implements && c.Number != "" {
				return a.named("program", c.Number, func(f *plan.Filter, v string) { f.Program = []string{v} }, func(p *plan.Plan) bool {
					return slices.ContainsFunc(p.Citations, func(x plan.Citation) bool { return x.Role == plan.Implements && x.Number == c.Number })
				})
			}
		}
		return nil
	},
	func(a *asker, p *plan.Plan) *choice {
		return a.named("issuer", p.Issuer.Name, func(f *plan.Filter, v string) { f.Issuer = []string{v} },
			func(q *plan.Plan) bool { return strings.Contains(q.Issuer.Name, p.Issuer.Name) })
	},
	func(a *asker, p *plan.Plan) *choice {
		l := p.Issuer.Level
		return ofPlan("level", "level:"+string(l), func(f *plan.Filter) { f.Level = []plan.Level{l} },
			func(p *plan.Plan) bool { return p.Issuer.Level == l })
	},
	func(a *asker, p *plan.Plan) *choice {
		run := int64(1 + a.rng.IntN(11)) // runs count from 1
		return &choice{"added", "", func(f *plan.Filter) { f.AddedSince = fmt.Sprint(run) },
			func(l *library, r *naiveRecord) bool { return l.runs[r.plan.ID] >= run }}
	},
	func(a *asker, p *plan.Plan) *choice {
		end := p.Source.Path[max(0, len(p.Source.Path)-5):]
		return ofPlan("source", `source:"*`+end+`"`, func(f *plan.Filter) { f.Source = "*" + end },
			func(p *plan.Plan) bool { return strings.HasSuffix(p.Source.Path, end) })
	},
	func(a *asker, p *plan.Plan) *choice {
		return a.named("format", p.Source.Format, func(f *plan.Filter, v string) { f.Format = []string{v} },
			func(q *plan.Plan) bool { return q.Source.Format == p.Source.Format })
	},
	func(a *asker, p *plan.Plan) *choice {
		if len(p.Problems) == 0 {
			return nil
		}
		code := p.Problems[0].Code
		return a.named("problem", code, func(f *plan.Filter, v string) { f.Problem = []string{v, plan.Encrypted} }, func(p *plan.Plan) bool {
			return slices.ContainsFunc(p.Problems, func(x plan.Problem) bool { return x.Code == code })
		})
	},
	func(a *asker, p *plan.Plan) *choice {
		if len(p.Areas) == 0 {
			return nil
		}
		area := p.Areas[len(p.Areas)-1]
		return a.named("area", area, func(f *plan.Filter, v string) { f.Area = []string{v} },
			func(p *plan.Plan) bool { return slices.Contains(p.Areas, area) })
	},
	func(a *asker, p *plan.Plan) *choice {
		return &choice{"number", "number:" + strings.ToLower(p.Number), nil, func(_ *library, r *naiveRecord) bool { return r.plan.Number == p.Number }}
	},
}

// choose makes a condition that some plan of the library gives.
func (a *asker) choose() *choice {
	for {
		p := a.plans[a.rng.IntN(len(a.plans))]
		if c := choices[a.rng.IntN(len(choices))](a, p); c != nil {
			return c
		}
	}
}

// named is a choice by a name, which stands with its marks or without; nil where it is empty.
func (a *asker) named(name, value string, set func(f *plan.Filter, v string), passes func(p *plan.Plan) bool) *choice {
	if value == "" {
		return nil
	}
	if a.rng.IntN(2) == 0 {
		value = normalize.Fold(value)
	}
	return ofPlan(name, name+`:"`+value+`"`, func(f *plan.Filter) { set(f, value) }, passes)
}

// body is a choice by an agency of the plan that has a role, or either of two.
func (a *asker) body(name string, role plan.Role, p *plan.Plan, set func(f *plan.Filter, v []string)) *choice {
	for _, x := range p.Assignments {
		if b := authority.Resolve(x.Agency, "", ""); x.Role != role || b.ID != x.AgencyID || b.Status != "resolved" {
			continue
		}
		has := func(id string) func(p *plan.Plan) bool {
			return func(p *plan.Plan) bool {
				return slices.ContainsFunc(p.Assignments, func(y plan.Assignment) bool { return y.Role == role && y.AgencyID == id })
			}
		}
		c := a.named(name, x.Agency, func(f *plan.Filter, v string) { set(f, []string{v}) }, has(x.AgencyID))
		if a.rng.IntN(3) == 0 {
			either := has("so-tttt")
			c = ofPlan(name, "", func(f *plan.Filter) { set(f, []string{x.Agency, "so tttt"}) },
				func(p *plan.Plan) bool { return either(p) || has(x.AgencyID)(p) })
		}
		return c
	}
	return nil
}

// span is a range of dates of so many letters at most, an end open sometimes.
func (a *asker) span(most int) (r plan.Range) {
	day := func() string {
		s := fmt.Sprintf("%d-%02d-%02d", 2017+a.rng.IntN(9), 1+a.rng.IntN(12), 1+a.rng.IntN(28))
		return s[:min(most, []int{4, 7, 10}[a.rng.IntN(3)])]
	}
	r = plan.Range{From: day(), To: day()}
	if r.From > r.To || r.From[:min(len(r.From), len(r.To))] > r.To {
		r.From, r.To = r.To, r.From
	}
	switch a.rng.IntN(6) {
	case 0:
		r.From = ""
	case 1:
		r.To = ""
	}
	return r
}

// meets reports whether some day of a date, which may be a year or a month, lies in a range of days, months or years.
func meets(r plan.Range, date string) bool {
	first := func(s string) string { return s + "0000-01-01"[len(s):] }
	last := func(s string) string { return s + "9999-12-31"[len(s):] }
	return date != "" && (r.From == "" || last(date) >= first(r.From)) && (r.To == "" || first(date) <= last(r.To))
}
