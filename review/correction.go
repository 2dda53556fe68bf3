package review

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"kehoach/plan"
)

// Correction is one entry of the history of a plan's values: a person's value, or the end of an earlier correction. Entries
// are added and never changed; ID is computed of all the rest, so that the same entry has the same id everywhere.
type Correction struct {
	ID      string   `json:"id"`
	Plan    string   `json:"plan"`             // its id
	Number  string   `json:"number,omitempty"` // of the document as it was shown then: what it is, for people
	Title   string   `json:"title,omitempty"`
	Field   string   `json:"field"`            // as it was named then
	Value   string   `json:"value"`            // "" takes the value, or the element, away
	Was     string   `json:"was"`              // what was shown then
	Read    string   `json:"read"`             // what the extraction said then
	Anchors []Anchor `json:"anchors"`          // the words of the field, or of its element
	By      string   `json:"by"`               // who
	At      string   `json:"at"`               // when, RFC 3339 in UTC
	Note    string   `json:"note"`             // why
	Undoes  string   `json:"undoes,omitempty"` // the id of the correction that ends here
}

// Signature says who corrects, when and why.
type Signature struct {
	By, Note string
	At       time.Time
}

// Correct makes the correction of a field of a plan as it is shown; read is the plan as it was extracted. The value is
// checked. It fails with an Unknown, or with what is wrong with the value.
func Correct(shown, read *plan.Plan, name, value string, by Signature) (Correction, error) {
	r, err := find(shown, name)
	if err != nil {
		return Correction{}, err
	}
	switch {
	case r.group != nil && r.index < 0:
		return Correction{}, &Unknown{Name: name, Because: fmt.Sprintf("it is a list: say which element, as in %s[0]", r.group.name)}
	case r.field == nil && value != "":
		return Correction{}, &Unknown{Name: name, Because: "say which part of it: " + partNames(r.group)}
	case r.field == nil && r.group.remove == nil:
		return Correction{}, fmt.Errorf("%s cannot be taken out: spans and numbers of others hang on it", r)
	case r.field != nil && r.field.set == nil:
		return Correction{}, fmt.Errorf("%s cannot be corrected: it is the document's own words", r)
	}
	c := Correction{Plan: shown.ID, Number: shown.Number, Title: shown.Title, Field: r.String(), Value: strings.Join(strings.Fields(value), " "), Was: r.value(shown), By: by.By, Note: by.Note,
		At: by.At.UTC().Format(time.RFC3339), Anchors: []Anchor{}}
	if r.field != nil {
		try := clone(shown)
		if err := r.field.set(try, r.index, c.Value); err != nil {
			return Correction{}, err
		}
		c.Value = r.value(try) // as it is written: 115/KH-UBND, not 115 / KH-UBND
	}
	spans := r.spans(shown)
	if r.group != nil {
		spans = r.group.at(shown, r.index)
		if len(spans) == 0 {
			return Correction{}, fmt.Errorf("%s has no words of its own to hold on to", r)
		}
	}
	for _, sp := range spans {
		if shown.Quote(sp) != "" {
			c.Anchors = append(c.Anchors, anchorAt(shown.Text, sp))
		}
	}
	if at, ok := c.place(read); ok {
		c.Read = at.value(read)
	}
	c.ID = c.id()
	return c, nil
}

// Undo makes the entry that ends a correction.
func Undo(c Correction, by Signature) Correction {
	u := Correction{Plan: c.Plan, Number: c.Number, Title: c.Title, Field: c.Field, Was: c.Value, Read: c.Read, Anchors: c.Anchors, By: by.By, Note: by.Note,
		At: by.At.UTC().Format(time.RFC3339), Undoes: c.ID}
	u.ID = u.id()
	return u
}

// id is the first 16 hexadecimal digits of the SHA-256 of the entry without its id.
func (c Correction) id() string {
	c.ID = ""
	b, err := json.Marshal(c)
	if err != nil {
		panic(err) // strings and numbers only
	}
	return fmt.Sprintf("%x", sha256.Sum256(b))[:16]
}

// Check fails where an entry that came from elsewhere is not whole.
func (c Correction) Check() error {
	switch {
	case c.Plan == "" || c.Field == "" || c.At == "":
		return fmt.Errorf("correction %s: plan, field and time are needed", c.ID)
	case c.ID != c.id():
		return fmt.Errorf("correction %s: its id is not that of its words: it was changed on the way", c.ID)
	}
	if _, err := time.Parse(time.RFC3339, c.At); err != nil {
		return fmt.Errorf("correction %s: time: %w", c.ID, err)
	}
	return nil
}

func partNames(g *group) string {
	var names []string
	for _, f := range g.parts {
		if f.set != nil {
			names = append(names, f.name)
		}
	}
	return strings.Join(names, ", ")
}

// clone is a plan whose lists may be changed without changing those of the first.
func clone(p *plan.Plan) *plan.Plan {
	q := *p
	q.Recipients = append([]string(nil), p.Recipients...)
	q.Attached = append([]plan.Attached(nil), p.Attached...)
	q.Sections = append([]plan.Section(nil), p.Sections...)
	q.Assignments = append([]plan.Assignment(nil), p.Assignments...)
	q.Citations = append([]plan.Citation(nil), p.Citations...)
	q.Deadlines = append([]plan.Deadline(nil), p.Deadlines...)
	q.Targets = append([]plan.Target(nil), p.Targets...)
	q.Funding.Sources = append([]string(nil), p.Funding.Sources...)
	q.Funding.Amounts = append([]plan.Amount(nil), p.Funding.Amounts...)
	q.Corrections = append([]plan.Correction(nil), p.Corrections...)
	q.Inferred = append([]string(nil), p.Inferred...)
	q.NotFound = append([]string(nil), p.NotFound...)
	q.Confidence, q.Absent = map[string]plan.Confidence{}, map[string]string{}
	for k, v := range p.Confidence {
		q.Confidence[k] = v
	}
	for k, v := range p.Absent {
		q.Absent[k] = v
	}
	return &q
}
