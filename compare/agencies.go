// Package compare answers questions over many plans at once, and can show the words behind every number.
//
//	filter := plan.Filter{Year: plan.Range{From: "2021"}}
//	m, err := compare.Agencies(c.Select(filter), filter, compare.Issued)
//	for _, row := range m.Rows {
//		fmt.Println(row.Agency, row.Lead, row.Support)
//	}
//	for _, e := range m.Evidence {
//		fmt.Println(e.Number, e.Role, e.Task)
//	}
package compare

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"strings"

	"kehoach/authority"
	"kehoach/normalize"
	"kehoach/plan"
)

// By says under which province a plan counts.
type By uint8

// A plan counts under the province that issued it, or under the one that covers it since 1 July 2025.
const (
	Issued By = iota
	Today
)

// Matrix is who leads and who supports: rows of agencies, columns of provinces, counts of tasks.
type Matrix struct {
	Provinces []Column
	Rows      []Row
	Plans     int        // that were looked at
	Evidence  []Evidence // every task that was counted, in the order of the plans
}

// Column is a province, or the central bodies ("").
type Column struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Plans int    `json:"plans"`
}

// Row is one kind of agency over all provinces. Cells stand in the order of the matrix's provinces.
type Row struct {
	Agency   string `json:"agency"` // the name of its kind, or of a body of no known kind the spelling that is met most
	AgencyID string `json:"agency_id"`
	Group    bool   `json:"group"` // several bodies under one name: "các sở, ban, ngành"
	Lead     int    `json:"lead"`
	Support  int    `json:"support"`
	Plans    int    `json:"plans"` // that name it
	Cells    []Cell `json:"cells"`
}

// Cell counts the tasks of an agency in the plans of one province.
type Cell struct {
	Province string `json:"province"`
	Lead     int    `json:"lead"`
	Support  int    `json:"support"`
}

// Evidence is one task that was counted, with the words that show it.
type Evidence struct {
	Plan     string    `json:"plan"`
	Number   string    `json:"number,omitempty"`
	Province string    `json:"province,omitempty"`
	Agency   string    `json:"agency"`
	AgencyID string    `json:"agency_id"`
	Role     plan.Role `json:"role"`
	Section  string    `json:"section,omitempty"` // its path, "V/1"
	Task     string    `json:"task"`
	Deadline string    `json:"deadline,omitempty"`
	Span     plan.Span `json:"span"`
	Source   string    `json:"source"`

	Corrected []string `json:"corrected,omitempty"` // the parts of the task that a person corrected
}

// Agencies counts the tasks of every agency in the plans of every province; where the filter that chose the plans
// names agencies, only theirs. It ends at the first error of the plans.
func Agencies(plans iter.Seq2[*plan.Plan, error], f plan.Filter, by By) (*Matrix, error) {
	m := &Matrix{}
	wanted := agencyFilter(f)
	columns := map[string]*Column{}
	rows := map[string]*tally{}
	for p, err := range plans {
		if err != nil {
			return nil, err
		}
		m.Plans++
		id, name := province(p, by)
		col := columns[id]
		if col == nil {
			col = &Column{ID: id, Name: name}
			columns[id] = col
		}
		col.Plans++
		for i := range p.Assignments {
			a := &p.Assignments[i]
			if !wanted(a) {
				continue
			}
			t := rows[a.AgencyID]
			if t == nil {
				t = &tally{names: map[string]int{}, cells: map[string]*Cell{}}
				rows[a.AgencyID] = t
			}
			t.count(p.ID, id, a)
			m.Evidence = append(m.Evidence, evidence(p, i, name))
		}
	}
	for _, c := range columns {
		m.Provinces = append(m.Provinces, *c)
	}
	slices.SortFunc(m.Provinces, func(a, b Column) int {
		return cmp.Or(cmp.Compare(b.Plans, a.Plans), cmp.Compare(a.ID, b.ID))
	})
	for id, t := range rows {
		m.Rows = append(m.Rows, t.row(id, m.Provinces))
	}
	slices.SortFunc(m.Rows, func(a, b Row) int {
		return cmp.Or(cmp.Compare(b.Lead, a.Lead), cmp.Compare(b.Support, a.Support), cmp.Compare(a.AgencyID, b.AgencyID))
	})
	return m, nil
}

// agencyFilter tells the tasks that the agencies of a filter lead or support, as the corpus tells their plans.
func agencyFilter(f plan.Filter) func(*plan.Assignment) bool {
	if len(f.Lead) == 0 && len(f.Support) == 0 {
		return func(*plan.Assignment) bool { return true }
	}
	match := func(names []string) func(*plan.Assignment) bool {
		ids, parts := map[string]bool{}, []string(nil)
		for _, n := range names {
			if b := authority.Resolve(n, "", ""); b.Status == "resolved" || b.Status == "group" {
				ids[b.ID] = true
			} else {
				parts = append(parts, normalize.Fold(n))
			}
		}
		return func(a *plan.Assignment) bool {
			return ids[a.AgencyID] || slices.ContainsFunc(parts, func(part string) bool { return strings.Contains(normalize.Fold(a.Agency), part) })
		}
	}
	lead, support := match(f.Lead), match(f.Support)
	return func(a *plan.Assignment) bool {
		return a.Role == plan.Lead && lead(a) || a.Role == plan.Support && support(a)
	}
}

func province(p *plan.Plan, by By) (id, name string) {
	if p.Province.Name == "" {
		if p.Issuer.Level == plan.Central {
			return "", "Trung ương"
		}
		return "?", "(không rõ)"
	}
	if by == Today && p.Province.Today.Name != "" {
		return p.Province.Today.ID, p.Province.Today.Name
	}
	return p.Province.ID, p.Province.Name
}

func evidence(p *plan.Plan, i int, province string) Evidence {
	a := &p.Assignments[i]
	e := Evidence{Plan: p.ID, Number: p.Number, Province: province, Agency: a.Agency, AgencyID: a.AgencyID, Role: a.Role,
		Task: a.Task, Deadline: a.Deadline, Span: a.Span, Source: p.Source.Path}
	if len(p.Corrections) > 0 {
		e.Corrected = p.Corrects(fmt.Sprintf("assignments[%d]", i))
	}
	if id, ok := a.Section.ID(); ok && id < len(p.Sections) {
		e.Section = strings.Join(p.Sections[id].Path, "/")
	}
	return e
}

// tally counts one agency.
type tally struct {
	names map[string]int
	cells map[string]*Cell
	plans int
	last  string // the plan that named it last
}

func (t *tally) count(id, province string, a *plan.Assignment) {
	t.names[a.Agency]++
	if t.last != id {
		t.plans++
		t.last = id
	}
	c := t.cells[province]
	if c == nil {
		c = &Cell{Province: province}
		t.cells[province] = c
	}
	if a.Role == plan.Lead {
		c.Lead++
	} else {
		c.Support++
	}
}

func (t *tally) row(id string, provinces []Column) Row {
	r := Row{AgencyID: id, Group: strings.HasPrefix(id, "g-"), Plans: t.plans}
	if b, ok := authority.BodyByID(id); ok {
		r.Agency = b.Name
	} else {
		r.Agency = t.commonest()
	}
	for _, p := range provinces {
		c := Cell{Province: p.ID}
		if got := t.cells[p.ID]; got != nil {
			c = *got
		}
		r.Cells = append(r.Cells, c)
		r.Lead += c.Lead
		r.Support += c.Support
	}
	return r
}

// commonest is the spelling that is met most, of several the first by the alphabet.
func (t *tally) commonest() (best string) {
	for name, n := range t.names {
		if top := t.names[best]; n > top || n == top && name < best {
			best = name
		}
	}
	return best
}
