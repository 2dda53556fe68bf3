package review

import (
	"fmt"
	"slices"
	"strings"

	"kehoach/plan"
)

// Status says how a correction stands to what is read now.
type Status string

// The statuses. All but Stands are conflicts that a person should look at; only Lost is not applied.
const (
	Stands    Status = "stands"     // the extraction says what it said then
	Redundant Status = "redundant"  // the extraction says now what the person said
	Differs   Status = "differs"    // the extraction says a third thing now
	Moved     Status = "words gone" // the words are no longer in the text; the field is the document's own, so the value stands
	Lost      Status = "lost"       // the words, or the element that they belonged to, are gone: there is nothing to correct
)

// State is a correction and how it stands.
type State struct {
	Correction
	Status Status `json:"status"`
	Now    string `json:"now"`             // what the extraction says now
	Place  string `json:"place,omitempty"` // the field's name now; elements may have moved
}

// place finds the field in a plan that was read anew: a field of the head by its name, an element by its anchors.
func (c *Correction) place(p *plan.Plan) (ref, bool) {
	base, rest, list := strings.Cut(c.Field, "[")
	if !list {
		r, err := find(p, c.Field)
		return r, err == nil && r.field != nil
	}
	_, part, _ := strings.Cut(rest, "]")
	part = strings.TrimPrefix(part, ".")
	for i := range groups {
		g := &groups[i]
		if g.name != base {
			continue
		}
		at, ok := c.element(p, g)
		if !ok {
			return ref{group: g, index: -1}, false
		}
		if part == "" {
			return ref{group: g, index: at}, true
		}
		for k := range g.parts {
			if g.parts[k].name == part {
				return ref{&g.parts[k], g, at}, true
			}
		}
	}
	return ref{}, false
}

// element is the element of a list that stands on the words of all anchors.
func (c *Correction) element(p *plan.Plan, g *group) (int, bool) {
	var spans []plan.Span
	for _, a := range c.Anchors {
		sp, ok := a.Find(p.Text)
		if !ok {
			return 0, false
		}
		spans = append(spans, sp)
	}
	best, most := -1, 0
	for i := range g.size(p) {
		own := g.at(p, i)
		if len(own) < len(spans) {
			continue
		}
		score := 0
		for k, sp := range spans {
			n := overlap(own[k], sp)
			if 2*n < max(own[k].Len(), sp.Len()) { // less than half of the longer one
				score = 0
				break
			}
			score += n
		}
		if score > most {
			best, most = i, score
		}
	}
	return best, best >= 0
}

func overlap(a, b plan.Span) int { return max(0, min(a.End, b.End)-max(a.Start, b.Start)) }

// Live are the entries of a history that count: the last of each field or element, without those that were undone. The history
// stands in the order of time.
func Live(history []Correction) []Correction {
	undone := map[string]bool{}
	for _, c := range history {
		if c.Undoes != "" {
			undone[c.Undoes] = true
		}
	}
	var out []Correction
	at := map[string]int{}
	for _, c := range history {
		if c.Undoes != "" || undone[c.ID] {
			continue
		}
		key := c.key()
		if i, seen := at[key]; seen {
			out[i] = c
			continue
		}
		at[key] = len(out)
		out = append(out, c)
	}
	return out
}

// key tells what is corrected: the field, and of elements the words.
func (c *Correction) key() string {
	base, rest, list := strings.Cut(c.Field, "[")
	if !list {
		return c.Field
	}
	_, part, _ := strings.Cut(rest, "]")
	for _, a := range c.Anchors {
		part += fmt.Sprintf("\x00%d %s", a.Start, a.Exact)
	}
	return base + part
}

// Apply gives the plan as a person has corrected it, and how each live correction stands. p, as it was extracted, is not changed;
// where nothing is corrected it is given as it is.
func Apply(p *plan.Plan, history []Correction) (*plan.Plan, []State) {
	live := slices.DeleteFunc(Live(history), func(c Correction) bool { return !c.concerns(p) })
	if len(live) == 0 {
		return p, nil
	}
	out := clone(p)
	states := make([]State, len(live))
	type removal struct {
		group *group
		index int
	}
	var removals []removal
	var marks []struct {
		r ref
		c *Correction
		s *State
	}
	for i := range live {
		c := &live[i]
		s := &states[i]
		s.Correction = *c
		r, ok := c.place(p)
		if !ok {
			s.Status = Lost
			continue
		}
		s.Now, s.Place = r.value(p), r.String()
		switch {
		case r.field != nil && sameWords(s.Now, c.Value):
			s.Status = Redundant
		case !sameWords(s.Now, c.Read):
			s.Status = Differs
		case r.group == nil && len(c.Anchors) > 0 && !c.found(p.Text):
			s.Status = Moved
		default:
			s.Status = Stands
		}
		if r.field == nil {
			removals = append(removals, removal{r.group, r.index})
		} else if err := r.field.set(out, r.index, c.Value); err != nil {
			s.Status = Lost // a rule of today refuses it
			continue
		}
		marks = append(marks, struct {
			r ref
			c *Correction
			s *State
		}{r, c, s})
	}
	slices.SortStableFunc(removals, func(a, b removal) int { return b.index - a.index })
	for k, x := range removals {
		if k == 0 || removals[k-1] != x {
			x.group.remove(out, x.index)
		}
	}
	for _, m := range marks {
		for _, x := range removals {
			if x.group == m.r.group && m.r.field != nil && x.index < m.r.index {
				m.r.index--
			}
		}
		m.s.Place = m.r.String()
		mark(out, m.r, m.c, m.s.Now)
	}
	return out, states
}

// concerns reports whether a correction speaks of this plan: of a plan that took the place of the one that was corrected only
// where it is the same document by its number or its title.
func (c *Correction) concerns(p *plan.Plan) bool {
	return c.Plan == p.ID || c.Number != "" && c.Number == p.Number || c.Title != "" && sameWords(c.Title, p.Title)
}

// found reports whether the words of all anchors are still there.
func (c *Correction) found(text string) bool {
	for _, a := range c.Anchors {
		if _, ok := a.Find(text); !ok {
			return false
		}
	}
	return true
}

// mark notes in the plan that a value is a person's.
func mark(p *plan.Plan, r ref, c *Correction, read string) {
	p.Corrections = append(p.Corrections, plan.Correction{ID: c.ID, Field: r.String(), Read: read, Value: c.Value, Removed: r.field == nil, By: c.By, At: c.At, Note: c.Note})
	reason := "corrected by " + c.By
	if c.Note != "" {
		reason += ": " + c.Note
	}
	sure := plan.Confidence{Level: plan.Sure, Reason: reason}
	if r.group != nil {
		if r.field != nil {
			r.group.believe(p, r.index, sure)
		}
		return
	}
	name := r.field.name
	base, _, _ := strings.Cut(name, ".")
	gone := func(s string) bool { return s == name || s == base }
	p.Inferred = slices.DeleteFunc(p.Inferred, gone)
	p.NotFound = slices.DeleteFunc(p.NotFound, gone)
	delete(p.Absent, name)
	delete(p.Absent, base)
	if c.Value == "" {
		delete(p.Confidence, name)
		p.Absent[name] = reason
		return
	}
	p.Confidence[name] = sure
}

// believe sets the confidence of an element.
func (g *group) believe(p *plan.Plan, i int, c plan.Confidence) {
	switch g.name {
	case "sections":
		p.Sections[i].Confidence = c
	case "assignments":
		p.Assignments[i].Confidence = c
	case "citations":
		p.Citations[i].Confidence = c
	case "deadlines":
		p.Deadlines[i].Confidence = c
	case "targets":
		p.Targets[i].Confidence = c
	case "money":
		p.Funding.Amounts[i].Confidence = c
	}
}

// Rival is the live entry of another person, with another value, for what an entry corrects that is new to the history.
func Rival(history []Correction, c Correction) (Correction, bool) {
	if slices.ContainsFunc(history, func(o Correction) bool { return o.ID == c.ID }) {
		return Correction{}, false
	}
	for _, o := range Live(history) {
		if o.ID != c.ID && c.Undoes == "" && o.key() == c.key() && o.Value != c.Value && o.By != c.By {
			return o, true
		}
	}
	return Correction{}, false
}

// Of are the entries of a history that speak of one field of a plan as it is shown, of one element, or of a list.
func Of(p *plan.Plan, history []Correction, name string) []Correction {
	r, err := find(p, name)
	if err != nil {
		return nil
	}
	var out []Correction
	for _, c := range history {
		at, ok := c.place(p)
		if ok && at.group == r.group && (r.index < 0 && r.group != nil || at.index == r.index && (r.field == nil || at.field == r.field)) {
			out = append(out, c)
		}
	}
	return out
}
