package structure

import "kehoach/plan"

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
func Text(doc *plan.Document) *plan.Plan { return newState(doc).plan }
