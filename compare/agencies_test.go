package compare

import (
	"errors"
	"fmt"
	"iter"
	"strings"
	"testing"

	"kehoach/plan"
)

func made(id, province, today string, rows ...string) *plan.Plan {
	p := &plan.Plan{ID: id, Number: id + "/KH-UBND"}
	if province == "" {
		p.Issuer.Level = plan.Central
	} else {
		p.Province = plan.Province{ID: province, Name: strings.ToUpper(province), Today: plan.Place{ID: today, Name: strings.ToUpper(today)}}
	}
	p.Sections = []plan.Section{{Label: "V", Path: []string{"V"}}}
	for _, r := range rows {
		f := strings.Fields(r)
		p.Assignments = append(p.Assignments, plan.Assignment{AgencyID: f[0], Agency: f[1], Role: plan.Role(f[2]), Task: "x", Section: plan.RefTo(0)})
	}
	return p
}

func each(plans ...*plan.Plan) iter.Seq2[*plan.Plan, error] {
	return func(yield func(*plan.Plan, error) bool) {
		for _, p := range plans {
			if !yield(p, nil) {
				return
			}
		}
	}
}

func dump(m *Matrix) string {
	var b strings.Builder
	for _, p := range m.Provinces {
		fmt.Fprintf(&b, "%s:%d ", p.Name, p.Plans)
	}
	for _, r := range m.Rows {
		fmt.Fprintf(&b, "| %s %d/%d in %d", r.Agency, r.Lead, r.Support, r.Plans)
		for _, c := range r.Cells {
			fmt.Fprintf(&b, " %d/%d", c.Lead, c.Support)
		}
		if r.Group {
			b.WriteString("")
		}
	}
	return b.String()
}

func TestAgencies(t *testing.T) {
	plans := []*plan.Plan{
		made("a", "kien-giang", "an-giang", "so-y-te SởYtế lead", "so-y-te SởYtế lead", "x-cac-so CácSở support"),
		made("b", "an-giang", "an-giang", "so-y-te SởYtế support", "so-y-te SYT support", "so-y-te SYT lead"),
		made("c", "", "", "so-y-te SYT support", "x-cac-so CácSở lead"),
	}
	tests := []struct {
		by   By
		want string
	}{
		{Issued, "Trung ương:1 AN-GIANG:1 KIEN-GIANG:1 | Sở Y tế 3/3 in 3 0/1 1/2 2/0| CácSở 1/1 in 2 1/0 0/0 0/1"},
		{Today, "AN-GIANG:2 Trung ương:1 | Sở Y tế 3/3 in 3 3/2 0/1| CácSở 1/1 in 2 0/1 1/0"},
	}
	for _, test := range tests {
		m, err := Agencies(each(plans...), plan.Filter{}, test.by)
		if err != nil {
			t.Fatal(err)
		}
		if got := dump(m); got != test.want {
			t.Errorf("by %d:\n got %s\nwant %s", test.by, got, test.want)
		}
		n := 0
		for _, r := range m.Rows {
			n += r.Lead + r.Support
		}
		if len(m.Evidence) != n {
			t.Errorf("%d tasks counted, %d shown", n, len(m.Evidence))
		}
		if e := m.Evidence[0]; e.Section != "V" || e.Number != "a/KH-UBND" {
			t.Errorf("evidence of the first task: %+v", e)
		}
	}
}

func TestAgenciesOfFilter(t *testing.T) {
	p := made("a", "kien-giang", "an-giang", "so-y-te SởYtế lead", "so-y-te SởYtế support", "x-hoi-cay HộiCây lead", "so-tu-phap STP lead")
	tests := []struct {
		filter plan.Filter
		want   int // tasks
	}{
		{plan.Filter{}, 4},
		{plan.Filter{Lead: []string{"so y te"}}, 1},
		{plan.Filter{Lead: []string{"SYT"}, Support: []string{"Sở Y tế"}}, 2},
		{plan.Filter{Lead: []string{"hoicay"}}, 1},
		{plan.Filter{Support: []string{"Sở Tư pháp"}}, 0},
	}
	for _, test := range tests {
		m, err := Agencies(each(p), test.filter, Issued)
		if err != nil || len(m.Evidence) != test.want {
			t.Errorf("%+v: %d tasks, want %d (%v)", test.filter, len(m.Evidence), test.want, err)
		}
	}
}

func TestAgenciesEnds(t *testing.T) {
	broken := errors.New("broken")
	_, err := Agencies(func(yield func(*plan.Plan, error) bool) { yield(nil, broken) }, plan.Filter{}, Issued)
	if !errors.Is(err, broken) {
		t.Errorf("err = %v", err)
	}
	m, err := Agencies(each(), plan.Filter{}, Issued)
	if err != nil || len(m.Rows) != 0 || m.Plans != 0 {
		t.Errorf("of no plans: %+v, %v", m, err)
	}
}
