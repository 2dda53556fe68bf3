package corpus

import (
	"slices"
	"strings"

	"kehoach/plan"
)

// Most strings of a plan are quotes: the words of their span in the text. In the JSON of a body a quote is the one byte quoted, and a
// string that begins with that byte, and is none, has one more before it. So the text is kept once.
const quoted = "\x01"

// stored is a plan as JSON without the methods of plan.Plan and plan.Assignment, which would go over the JSON a second time; lists that
// are empty become null, and empty lists again when the plan is written.
type stored struct {
	bare
	Assignments []row `json:"assignments"` // stands before that of bare
}

type (
	bare plan.Plan
	row  plan.Assignment
)

// storedOf is a plan without its text and its quotes.
func storedOf(p *plan.Plan) *stored {
	rest := *p
	rest.Sections = slices.Clone(p.Sections)
	rest.Assignments = slices.Clone(p.Assignments)
	rest.Citations = slices.Clone(p.Citations)
	rest.Deadlines = slices.Clone(p.Deadlines)
	rest.Targets = slices.Clone(p.Targets)
	rest.Funding.Amounts = slices.Clone(p.Funding.Amounts)
	quotes(&rest, func(s *string, span plan.Span) {
		switch {
		case *s == "":
		case *s == p.Quote(span):
			*s = quoted
		case strings.HasPrefix(*s, quoted):
			*s = quoted + *s
		}
	})
	rest.Text = ""
	s := &stored{bare: bare(rest)}
	for _, a := range rest.Assignments {
		s.Assignments = append(s.Assignments, row(a))
	}
	return s
}

// fillQuotes puts the quotes back into a plan that has its text.
func fillQuotes(p *plan.Plan) {
	quotes(p, func(s *string, span plan.Span) {
		switch {
		case *s == quoted:
			*s = p.Quote(span)
		case strings.HasPrefix(*s, quoted):
			*s = (*s)[len(quoted):]
		}
	})
}

// quotes calls do for every string of a plan that has a span, but for lists of names.
func quotes(p *plan.Plan, do func(s *string, span plan.Span)) {
	for i := range p.Sections {
		do(&p.Sections[i].Text, p.Sections[i].Body)
	}
	for i := range p.Assignments {
		a := &p.Assignments[i]
		do(&a.Task, a.Span)
		do(&a.Agency, a.AgencySpan)
		do(&a.Deadline, a.DeadlineSpan)
		do(&a.Output, a.OutputSpan)
		do(&a.Funding.Text, a.Funding.Span)
	}
	for i := range p.Citations {
		do(&p.Citations[i].Text, p.Citations[i].Span)
	}
	for i := range p.Deadlines {
		do(&p.Deadlines[i].Text, p.Deadlines[i].Span)
	}
	for i := range p.Targets {
		do(&p.Targets[i].Text, p.Targets[i].Span)
	}
	for i := range p.Funding.Amounts {
		do(&p.Funding.Amounts[i].Text, p.Funding.Amounts[i].Span)
	}
}
