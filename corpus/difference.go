package corpus

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"kehoach/plan"
)

// Difference is how one field of a plan differs from that of the plan that stood in its place: how many values it gained
// and lost, and of a field with one value what it was and is.
type Difference struct {
	Field  string `json:"field"`
	Gained int    `json:"gained"`
	Lost   int    `json:"lost"`
	Before string `json:"before,omitempty"`
	After  string `json:"after,omitempty"`
}

// single are the fields that hold one value.
var single = []struct {
	name string
	of   func(*plan.Plan) string
}{
	{"number", func(p *plan.Plan) string { return p.Number }},
	{"symbol", func(p *plan.Plan) string { return p.Symbol }},
	{"type", func(p *plan.Plan) string { return p.Type.Code }},
	{"issuer", func(p *plan.Plan) string { return p.Issuer.Name }},
	{"issuer_id", func(p *plan.Plan) string { return p.Issuer.ID }},
	{"province", func(p *plan.Plan) string { return p.Province.ID }},
	{"place", func(p *plan.Plan) string { return p.Place }},
	{"issued", func(p *plan.Plan) string { return p.Issued }},
	{"title", func(p *plan.Plan) string { return p.Title }},
	{"period", func(p *plan.Plan) string { return strings.Trim(p.Period.From+".."+p.Period.To, ".") }},
	{"signer", func(p *plan.Plan) string { return p.Signer.Name }},
	{"position", func(p *plan.Plan) string { return p.Signer.Position }},
	{"authority", func(p *plan.Plan) string { return p.Signer.Authority }},
}

// several are the fields that hold many values: each gives what tells two of them apart.
var several = []struct {
	name string
	of   func(*plan.Plan) []string
}{
	{"recipients", func(p *plan.Plan) []string { return p.Recipients }},
	{"sections", func(p *plan.Plan) []string {
		return keys(p.Sections, func(s plan.Section) string {
			return strings.Join(s.Path, "/") + "|" + string(s.Kind) + "|" + s.Heading
		})
	}},
	{"assignments", func(p *plan.Plan) []string {
		return keys(p.Assignments, func(a plan.Assignment) string {
			return string(a.Role) + "|" + a.AgencyID + "|" + a.Deadline + "|" + a.Task
		})
	}},
	{"citations", func(p *plan.Plan) []string {
		return keys(p.Citations, func(c plan.Citation) string { return c.Role + "|" + c.Number + "|" + c.Date + "|" + c.Text })
	}},
	{"deadlines", func(p *plan.Plan) []string {
		return keys(p.Deadlines, func(d plan.Deadline) string { return d.Date + "|" + d.MonthDay + "|" + d.Recurs + "|" + d.Text })
	}},
	{"targets", func(p *plan.Plan) []string {
		return keys(p.Targets, func(t plan.Target) string { return fmt.Sprint(t.Value, "|", t.Unit, "|", t.Text) })
	}},
	{"funding", func(p *plan.Plan) []string { return p.Funding.Sources }},
	{"amounts", func(p *plan.Plan) []string {
		return keys(p.Funding.Amounts, func(a plan.Amount) string { return fmt.Sprint(a.VND, "|", a.Text) })
	}},
	{"attached", func(p *plan.Plan) []string {
		return keys(p.Attached, func(a plan.Attached) string { return a.Type.Code + "|" + a.Title })
	}},
	{"annexes", func(p *plan.Plan) []string {
		return keys(p.Annexes, func(a plan.Annex) string { return a.Label + "|" + a.Title })
	}},
	{"problems", func(p *plan.Plan) []string {
		return keys(p.Problems, func(q plan.Problem) string { return q.Code })
	}},
}

func keys[T any](list []T, key func(T) string) []string {
	all := make([]string, len(list))
	for i, v := range list {
		all[i] = key(v)
	}
	return all
}

// Differences gives the fields in which a plan differs from the one that stood in its place.
func Differences(before, after *plan.Plan) []Difference {
	var list []Difference
	for _, f := range single {
		d := Difference{Field: f.name, Before: f.of(before), After: f.of(after)}
		if d.Before == d.After {
			continue
		}
		if d.Before != "" {
			d.Lost = 1
		}
		if d.After != "" {
			d.Gained = 1
		}
		list = append(list, d)
	}
	for _, f := range several {
		d := Difference{Field: f.name}
		count := make(map[string]int)
		for _, key := range f.of(before) {
			count[key]++
		}
		for _, key := range f.of(after) {
			count[key]--
		}
		for _, n := range count {
			d.Lost += max(n, 0)
			d.Gained += max(-n, 0)
		}
		if d.Gained+d.Lost > 0 {
			list = append(list, d)
		}
	}
	return list
}

// Changes adds up how the plans of a run differ from those that stood in their places, by field.
func (c *Corpus) Changes(run int64) ([]Change, error) {
	rows, err := c.read.Query(`SELECT field, sum(gained > lost), sum(lost > gained), sum(gained), sum(lost), count(*)
		FROM differences WHERE run = ? GROUP BY field ORDER BY count(*) DESC, field`, run)
	if err != nil {
		return nil, fmt.Errorf("corpus: changes: %w", err)
	}
	defer rows.Close()
	var list []Change
	for rows.Next() {
		var x Change
		if err := rows.Scan(&x.Field, &x.Better, &x.Worse, &x.Gained, &x.Lost, &x.Plans); err != nil {
			return nil, fmt.Errorf("corpus: changes: %w", err)
		}
		list = append(list, x)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("corpus: changes: %w", err)
	}
	return list, nil
}

// SumDifferences adds up differences of many plans as Changes does.
func SumDifferences(all [][]Difference) []Change {
	by := make(map[string]*Change)
	var list []*Change
	for _, differs := range all {
		for _, d := range differs {
			x := by[d.Field]
			if x == nil {
				x = &Change{Field: d.Field}
				by[d.Field], list = x, append(list, x)
			}
			x.Plans++
			x.Gained += d.Gained
			x.Lost += d.Lost
			if d.Gained > d.Lost {
				x.Better++
			} else if d.Lost > d.Gained {
				x.Worse++
			}
		}
	}
	slices.SortFunc(list, func(a, b *Change) int {
		return cmp.Or(cmp.Compare(b.Plans, a.Plans), cmp.Compare(a.Field, b.Field))
	})
	sum := make([]Change, len(list))
	for i, x := range list {
		sum[i] = *x
	}
	return sum
}

// Change is how one field changed in all plans of a run.
type Change struct {
	Field  string `json:"field"`
	Plans  int    `json:"plans"`      // in which it differs
	Better int    `json:"plans_more"` // of them, those that gained more values than they lost
	Worse  int    `json:"plans_less"` // and those that lost more
	Gained int    `json:"gained"`
	Lost   int    `json:"lost"`
}
