package review

import (
	"slices"
	"strings"
	"unicode/utf8"

	"kehoach/plan"
)

// Value is one value of a plan with what stands behind it. Its JSON is what `kehoach show --evidence FIELD --json` writes.
type Value struct {
	Field      string           `json:"field"`
	Value      string           `json:"value,omitempty"`
	State      string           `json:"state"` // read, inferred, corrected, absent, not found
	Confidence plan.Confidence  `json:"confidence,omitzero"`
	Reason     string           `json:"reason,omitempty"` // of what is absent or was not found
	Section    []string         `json:"section,omitempty"`
	Words      []Words          `json:"words"`
	Corrected  *plan.Correction `json:"corrected,omitempty"`
}

// Words are words of the text that a value was read from, with those around them.
type Words struct {
	Text   string    `json:"text"`
	Before string    `json:"before"`
	After  string    `json:"after"`
	Span   plan.Span `json:"span"`
	Page   int       `json:"page,omitempty"`
}

// The states of a value.
const (
	WasRead   = "read"
	Inferred  = "inferred"
	Corrected = "corrected"
	Absent    = "absent"
	NotFound  = "not found"
)

// around is how many letters of the surroundings are shown on each side.
const around = 90

// Look gives a value with its evidence; of a list, every element. Its error is an Unknown.
func Look(p *plan.Plan, name string) ([]Value, error) {
	r, err := find(p, name)
	if err != nil {
		return nil, err
	}
	switch {
	case r.group == nil:
		return []Value{r.look(p)}, nil
	case r.index < 0:
		var out []Value
		for i := range r.group.size(p) {
			out = append(out, ref{group: r.group, index: i}.look(p))
		}
		if len(out) == 0 {
			v := Value{Field: r.group.name, State: NotFound, Reason: "the whole text was looked through", Words: []Words{}}
			if why := p.Absent[r.group.name]; why != "" {
				v.State, v.Reason = Absent, why
			}
			out = []Value{v}
		}
		return out, nil
	case r.field == nil: // the element itself, then its parts that have words or a value of their own
		out := []Value{r.look(p)}
		out[0].Words = out[0].Words[:min(1, len(out[0].Words))]
		for k := range r.group.parts {
			f := &r.group.parts[k]
			if v := (ref{f, r.group, r.index}).look(p); v.Value != "" && (f.at != nil && f.name != "role" && f.name != "text" || v.Corrected != nil) {
				out = append(out, v)
			}
		}
		return out, nil
	}
	return []Value{r.look(p)}, nil
}

// value is what the field says.
func (r ref) value(p *plan.Plan) string {
	if r.field == nil {
		return r.group.title(p, r.index)
	}
	return r.field.get(p, r.index)
}

// spans are the words that the field was read from.
func (r ref) spans(p *plan.Plan) []plan.Span {
	switch {
	case r.field != nil && r.field.at != nil:
		return r.field.at(p, r.index)
	case r.group != nil:
		return r.group.at(p, r.index)
	}
	return p.Spans[r.field.name]
}

func (r ref) look(p *plan.Plan) Value {
	v := Value{Field: r.String(), Value: r.value(p), State: WasRead, Words: []Words{}}
	for _, sp := range r.spans(p) {
		v.Words = append(v.Words, wordsAt(p, sp))
	}
	if r.group != nil {
		v.Confidence = r.group.confidence(p, r.index)
		if at := r.group.at(p, r.index); len(at) > 0 {
			v.Section = pathAt(p, at[0].Start)
		}
	} else {
		v.Confidence = p.Confidence[r.field.name]
		base, _, _ := strings.Cut(r.field.name, ".")
		if slices.Contains(p.Inferred, r.field.name) || slices.Contains(p.Inferred, base) {
			v.State = Inferred
		}
	}
	for i := range p.Corrections {
		if c := &p.Corrections[i]; c.Field == v.Field && !c.Removed {
			v.State, v.Corrected = Corrected, c
		}
	}
	if v.Value == "" && v.State != Corrected {
		v.State, v.Reason = r.lack(p)
		v.Confidence = plan.Confidence{}
	}
	return v
}

// lack says of a field without a value whether it is absent or was not found, and why.
func (r ref) lack(p *plan.Plan) (state, reason string) {
	if r.group != nil {
		return Absent, "nothing of the kind stands with it"
	}
	base, _, _ := strings.Cut(r.field.name, ".")
	for _, name := range []string{r.field.name, base} {
		if why := p.Absent[name]; why != "" {
			return Absent, why
		}
	}
	if c := p.Confidence[r.field.name]; c.Reason != "" {
		return NotFound, c.Reason
	}
	return NotFound, "looked for in its usual place and in the text"
}

// pathAt is the path of the innermost section that holds a byte.
func pathAt(p *plan.Plan, at int) []string {
	var path []string
	for i := range p.Sections {
		if s := &p.Sections[i]; s.Span.Start <= at && at < s.Span.End {
			path = s.Path
		}
	}
	return path
}

func wordsAt(p *plan.Plan, sp plan.Span) Words {
	w := Words{Text: p.Quote(sp), Span: sp, Page: p.Page(sp.Start)}
	w.Before, w.After = surroundings(p.Text, sp, around)
	return w
}

// surroundings are the words before and behind a span, about n bytes each, cut between words.
func surroundings(text string, sp plan.Span, n int) (before, after string) {
	if sp.Start < 0 || sp.End > len(text) || sp.Start > sp.End {
		return "", ""
	}
	from, to := max(0, sp.Start-n), min(len(text), sp.End+n)
	for from > 0 && !utf8.RuneStart(text[from]) {
		from--
	}
	for to < len(text) && !utf8.RuneStart(text[to]) {
		to++
	}
	before, after = text[from:sp.Start], text[sp.End:to]
	if from > 0 {
		if i := strings.IndexAny(before, " \n"); i >= 0 {
			before = before[i+1:]
		}
	}
	if to < len(text) {
		if i := strings.LastIndexAny(after, " \n"); i >= 0 {
			after = after[:i]
		}
	}
	return before, after
}
