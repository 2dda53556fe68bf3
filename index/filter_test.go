package index

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

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

// madeFilter is a filter with one condition or two, and the same by the definition of plan.Filter.
func madeFilter(rng *rand.Rand, runs map[string]int64) (f plan.Filter, pass func(*plan.Plan) bool) {
	var all []func(*plan.Plan) bool
	for range rng.IntN(3) {
		switch rng.IntN(11) {
		case 0:
			if f.Province == nil {
				f.Province = []string{"an giang"}
				all = append(all, func(p *plan.Plan) bool { return p.Province.ID == "an-giang" || p.Province.Today.ID == "an-giang" })
			}
		case 1:
			if f.Year.IsZero() {
				f.Year = plan.Range{From: "2019", To: "2021"}
				all = append(all, func(p *plan.Plan) bool { return p.Issued != "" && p.Issued[:4] >= "2019" && p.Issued[:4] <= "2021" })
			}
		case 2:
			if f.Type == nil {
				f.Type = []string{"QĐ"}
				all = append(all, func(p *plan.Plan) bool {
					return p.Type.Code == "QĐ" || len(p.Attached) > 0 && p.Attached[0].Type.Code == "QĐ"
				})
			}
		case 3:
			if f.Lead == nil {
				f.Lead = []string{"so tttt", "làm vườn"}
				all = append(all, func(p *plan.Plan) bool {
					return slices.ContainsFunc(p.Assignments, func(a plan.Assignment) bool {
						return a.Role == plan.Lead && (a.AgencyID == "so-tttt" || a.AgencyID == "x-hoi-lam-vuon")
					})
				})
			}
		case 4:
			if f.Support == nil {
				f.Support = []string{"Sở Công Thương"}
				all = append(all, func(p *plan.Plan) bool {
					return slices.ContainsFunc(p.Assignments, func(a plan.Assignment) bool {
						return a.Role == plan.Support && a.AgencyID == "so-cong-thuong"
					})
				})
			}
		case 5:
			if f.Kind == nil {
				f.Kind = []plan.Kind{plan.Purpose, plan.Money, plan.Content}
			}
		case 6:
			if f.Program == nil {
				f.Program = []string{"889/qd-ttg"}
				all = append(all, func(p *plan.Plan) bool {
					return slices.ContainsFunc(p.Citations, func(c plan.Citation) bool {
						return c.Number == "889/QĐ-TTg" && c.Role == plan.Implements
					})
				})
			}
		case 7:
			if f.Level == nil {
				f.Level = []plan.Level{plan.Central}
				all = append(all, func(p *plan.Plan) bool { return p.Issuer.Level == plan.Central })
			}
		case 8:
			if f.Due.IsZero() {
				f.Due = plan.Range{From: "2021-06", To: "2022-03-15"}
				all = append(all, func(p *plan.Plan) bool {
					return slices.ContainsFunc(p.Deadlines, func(d plan.Deadline) bool {
						return d.Date >= "2021-06-01" && d.Date <= "2022-03-15"
					})
				})
			}
		case 9:
			if f.AddedSince == "" {
				f.AddedSince = "5"
				all = append(all, func(p *plan.Plan) bool { return runs[p.ID] >= 5 })
			}
		case 10:
			if f.Source == "" {
				f.Source = "/data/[01]/*.txt"
				all = append(all, func(p *plan.Plan) bool { return p.Source.Path < "/data/2" })
			}
		}
	}
	return f, func(p *plan.Plan) bool {
		for _, holds := range all {
			if !holds(p) {
				return false
			}
		}
		return true
	}
}
