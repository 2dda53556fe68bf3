package structure

import (
	"slices"

	"kehoach/plan"
)

// Parse turns a document into a plan. It never fails: what it cannot read it records as a problem.
func Parse(doc *plan.Document) *plan.Plan {
	s := newState(doc)
	for _, step := range Steps {
		step.Do(s)
	}
	return s.plan
}

// Step is one reading of the document. Steps run in order, each on what the ones before it found.
type Step struct {
	Name string
	Do   func(*state)
}

// Steps is everything that is read, in order.
var Steps = []Step{
	{"zones", findZones},
	{"outline", readOutline},
	{"header", readHeader},
	{"kinds", readKinds},
	{"end", readEnd},
	{"foreign", readForeign},
	{"footnotes", readNotes},
	{"annexes", readAnnexes},
	{"tables", findTables},
	{"citations", citations},
	{"deadlines", deadlines},
	{"targets", targets},
	{"funding", funding},
	{"assignments", readAssignments},
	{"period", period},
	{"confidence", judgeAll},
}

// Text gives a plan of which only the canonical text is made, the same that Parse gives; nothing else is read.
func Text(doc *plan.Document) *plan.Plan {
	s := newState(doc)
	if !s.mayMend() {
		return s.plan
	}
	findZones(s) // what a misread label should be, only the outline tells
	readOutline(s)
	p := &plan.Plan{Schema: s.plan.Schema, Source: s.plan.Source, Spans: map[string][]plan.Span{}, Text: s.plan.Text, Problems: append([]plan.Problem(nil), doc.Problems...)}
	for _, q := range s.plan.Problems {
		if q.Code == plan.TextRepaired && !slices.Contains(p.Problems, q) {
			p.Problems = append(p.Problems, q)
		}
	}
	return p
}

// mayMend reports whether a line opens with a label that can be read as another one.
func (s *state) mayMend() bool {
	for i := range s.lines {
		l := &s.lines[i]
		if l.isRow() || l.style == plan.Footnote {
			continue
		}
		printed := readLabel(l.text, l.fold)
		for _, list := range [][]label{printed, damagedLabels(l.text, l.fold, printed)} {
			for k := range list {
				if list[k].printed > 0 {
					return true
				}
			}
		}
		if n, _ := wildLabel(l.text, printed); n > 0 {
			return true
		}
	}
	return false
}
