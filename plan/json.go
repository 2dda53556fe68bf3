package plan

import "encoding/json"

// MarshalJSON writes the plan with every list present, as the schema asks.
func (p Plan) MarshalJSON() ([]byte, error) {
	type bare Plan // drops this method
	b := bare(p)
	b.Schema = Schema
	fill(&b.Recipients)
	fill(&b.Attached)
	fill(&b.Sections)
	fill(&b.Assignments)
	fill(&b.Citations)
	fill(&b.Deadlines)
	fill(&b.Funding.Sources)
	fill(&b.Funding.SourceSpans)
	fill(&b.Funding.Amounts)
	fill(&b.Targets)
	fill(&b.Footnotes)
	fill(&b.Annexes)
	fill(&b.Inferred)
	fill(&b.NotFound)
	fill(&b.Problems)
	if b.Spans == nil {
		b.Spans = map[string][]Span{}
	}
	return json.Marshal(b)
}

// MarshalJSON writes the row with its lists present.
func (a Assignment) MarshalJSON() ([]byte, error) {
	type bare Assignment
	b := bare(a)
	fill(&b.With)
	fill(&b.WithSpans)
	return json.Marshal(b)
}

func fill[T any](list *[]T) {
	if *list == nil {
		*list = []T{}
	}
}

// Unread is the line that stands for a file that could not be read.
type Unread struct {
	Schema   string    `json:"schema"`
	Source   Source    `json:"source"`
	Problems []Problem `json:"problems"`
}
