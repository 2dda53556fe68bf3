package index

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"kehoach/authority"
	"kehoach/plan"
)

// FacetKind is a way to divide what was found: by a column of the plans, or by the kind of a section.
type FacetKind struct {
	Name   string
	column string // "" for kind
	filter string // the condition of the filter that chooses among its values, which is left out when it is counted
	years  bool   // its values are in time, and listed from the newest
	bodies bool   // its keys are kinds of bodies, which have a name of their own beside those in the documents
}

// FacetKinds lists every facet. A new one is one row.
var FacetKinds = []FacetKind{
	{Name: "province", column: colProvince, filter: "province"},
	{Name: "province_today", column: colToday, filter: "province"},
	{Name: "year", column: colYear, filter: "year", years: true},
	{Name: "type", column: colType, filter: "type"},
	{Name: "kind", filter: "kind"},
	{Name: "level", column: colLevel, filter: "level"},
	{Name: "issuer", column: colIssuer, filter: "issuer"},
	{Name: "lead", column: colLead, filter: "lead", bodies: true},
	{Name: "support", column: colSupport, filter: "support", bodies: true},
	{Name: "program", column: colProgram, filter: "program"},
	{Name: "region", column: colRegion, filter: "region"},
	{Name: "format", column: colFormat, filter: "format"},
	{Name: "problem", column: colProblem, filter: "problem"},
	{Name: "area", column: colArea, filter: "area"},
}

// Facet is the counts of one way to divide.
type Facet struct {
	By     string
	Values []Count // the most plans first; years from the newest
}

// Count is one value of a facet, and how many of the plans and of the records that were found have it.
type Count struct {
	Key            string // what a filter takes: an id, a code, a year
	Name           string // what people read
	Plans, Records int
}

// Facets counts what a query finds, without its limit, in several ways. Each facet is counted as if the filter
// said nothing of it: who has chosen 2021 still sees how many there are of 2022.
func (x *Index) Facets(ctx context.Context, q Query, by []string) ([]Facet, error) {
	q.Facets, q.Limit, q.Offset = by, 0, 0
	res, err := x.Search(ctx, q)
	if err != nil {
		return nil, err
	}
	return res.Facets, nil
}

// facetKinds finds facets by their names.
func facetKinds(by []string) ([]FacetKind, error) {
	kinds := make([]FacetKind, len(by))
	for i, name := range by {
		at := slices.IndexFunc(FacetKinds, func(k FacetKind) bool { return k.Name == name })
		if at < 0 {
			return nil, fmt.Errorf("index: %w: no facet %q; there are %s", ErrQuery, name, facetNames())
		}
		kinds[i] = FacetKinds[at]
	}
	return kinds, nil
}

// facets counts every facet of a query over all segments.
func (r *ranker) facets(ctx context.Context) ([]Facet, error) {
	kinds := r.q.facets
	parts := make([][]map[string]*sum, len(r.parts))
	err := atOnce(len(r.parts), func(k int) error {
		parts[k] = make([]map[string]*sum, len(kinds))
		for i := range kinds {
			parts[k][i] = make(map[string]*sum)
		}
		return errors.Join(r.parts[k].count(r.q, parts[k]), ctx.Err())
	})
	if err != nil {
		return nil, err
	}
	facets := make([]Facet, len(kinds))
	for i, kind := range kinds {
		sums := make(map[string]*sum)
		for _, part := range parts {
			for key, s := range part[i] {
				if sums[key] == nil {
					sums[key] = new(sum)
				}
				sums[key].join(s)
			}
		}
		facets[i] = Facet{By: kind.Name, Values: kind.list(sums)}
	}
	return facets, nil
}

func facetNames() string {
	names := make([]string, len(FacetKinds))
	for i, k := range FacetKinds {
		names[i] = k.Name
	}
	return strings.Join(names, ", ")
}

// sum is the count of one key while it is made. An agency's key has as many names as it has spellings.
type sum struct {
	plans, records int
	names          []spelt
}

// spelt is a name, and how many plans write it so.
type spelt struct {
	name  string
	plans int
}

// join adds what another segment has.
func (s *sum) join(o *sum) {
	s.plans += o.plans
	s.records += o.records
	for _, n := range o.names {
		s.call(n.name, n.plans)
	}
}

func (s *sum) add(name string, plans, records int) {
	s.plans += plans
	s.records += records
	s.call(name, plans)
}

func (s *sum) call(name string, plans int) {
	for i := range s.names {
		if s.names[i].name == name {
			s.names[i].plans += plans
			return
		}
	}
	s.names = append(s.names, spelt{name, plans})
}

// count adds what a segment has to every facet.
func (c *ranked) count(q *query, sums []map[string]*sum) error {
	p, heads, found := c.part, c.heads, c.answers
	if found.isEmpty() {
		return nil
	}
	chosen, ofKind := c.chosen, found
	if len(q.filter.Kind) > 0 {
		set, err := p.ofKinds(q.filter.Kind)
		if err != nil {
			return err
		}
		ofKind = found.clone()
		ofKind.and(set)
	}
	perPlan := p.perPlan(heads, ofKind)
	for i, k := range q.facets {
		if k.column == "" {
			if err := p.countKinds(chosen.records(p), found, heads, sums[i]); err != nil {
				return err
			}
			continue
		}
		besides := chosen.place(k.filter)
		v, err := p.column(k.column)
		if err != nil {
			return err
		}
		plans, records := make([]int, len(v.texts)), make([]int, len(v.texts))
		for at, n := range perPlan {
			if n == 0 || chosen.fails[at] > 1 || chosen.fails[at] == 1 && int(chosen.which[at]) != besides {
				continue
			}
			p.countPlan(v, at, n, plans, records)
		}
		add(sums[i], v, plans, records)
	}
	return nil
}

// countPlan adds a plan to each of its values. Two values with one key, which are two spellings of one agency, are
// one: the plan counts for the first.
func (p *part) countPlan(v *values, at, n int, plans, records []int) {
	ords := v.of(at)
	var keys []uint32
	if len(ords) > 1 {
		keys = v.keys()
	}
	for j, ord := range ords {
		again := false
		for _, o := range ords[:j] {
			again = again || keys[o] == keys[ord]
		}
		if !again {
			plans[ord]++
			records[ord] += n
		}
	}
}

func add(sums map[string]*sum, v *values, plans, records []int) {
	for ord, n := range plans {
		if n == 0 {
			continue
		}
		key, name := keyName(v.texts[ord])
		s := sums[key]
		if s == nil {
			s = new(sum)
			sums[key] = s
		}
		s.add(name, n, records[ord])
	}
}

// perPlan is how many of the records each plan has.
func (p *part) perPlan(heads []uint32, s set) []int {
	n := make([]int, len(heads))
	at := 0
	for r, ok := s.next(0); ok; {
		at = planFrom(heads, at, r)
		end := p.end(heads, at)
		n[at] = s.countRange(r, end)
		r, ok = s.next(end)
	}
	return n
}

// countKinds counts those of the records that were found by their kind. What stands in no section has none.
func (p *part) countKinds(records, found set, heads []uint32, sums map[string]*sum) error {
	records.and(found)
	here := scratch(p.records())
	defer here.free()
	for _, k := range plan.Kinds {
		kind, err := p.kind(k)
		if err != nil {
			return err
		}
		n := records.countWith(kind)
		if n == 0 {
			continue
		}
		copy(here.words, records.words)
		here.and(kind)
		s := sums[string(k)]
		if s == nil {
			s = new(sum)
			sums[string(k)] = s
		}
		s.add(string(k), p.plansOf(heads, here), n)
	}
	return nil
}

// plansOf counts the plans that records belong to.
func (p *part) plansOf(heads []uint32, s set) (n int) {
	at := 0
	for r, ok := s.next(0); ok; n++ {
		at = planFrom(heads, at, r)
		r, ok = s.next(p.end(heads, at))
	}
	return n
}

// list puts the sums of a facet in order.
func (k FacetKind) list(sums map[string]*sum) []Count {
	counts := make([]Count, 0, len(sums))
	for key, s := range sums {
		c := Count{Key: key, Plans: s.plans, Records: s.records}
		often := -1
		for _, n := range s.names {
			if n.plans > often || n.plans == often && n.name < c.Name {
				c.Name, often = n.name, n.plans
			}
		}
		if b, ok := authority.BodyByID(key); ok && k.bodies {
			c.Name = b.Name
		}
		counts = append(counts, c)
	}
	slices.SortFunc(counts, func(a, b Count) int {
		if k.years {
			return cmp.Compare(b.Key, a.Key)
		}
		return cmp.Or(cmp.Compare(b.Plans, a.Plans), cmp.Compare(b.Records, a.Records), cmp.Compare(a.Name, b.Name))
	})
	return counts
}
