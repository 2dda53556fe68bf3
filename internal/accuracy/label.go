package accuracy

import (
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"

	"kehoach/plan"
)

// Label is what a careful reader finds in one document: the form of the files of corpus/sample/labels and ../shared/gold.
// Sections give their path and first words, assignments the first words of their task.
type Label struct {
	Doc                                                          string // the document's path, relative to its folder
	Number, Symbol, Type, Issuer, Province, Place, Issued, Title string
	Period                                                       *struct{ From, To any } // years as text or number
	Signer                                                       struct{ Name, Position, Authority string }
	Partial                                                      bool // the header alone is labelled
	Sections                                                     []Node
	Assignments                                                  []Row
	Optional                                                     []Row `json:"assignments_optional"` // neither right nor wrong
	Citations                                                    []struct{ Number, Date, Role, Text string }
	Deadlines                                                    []Due
	Funding                                                      struct {
		Sources []string
		Amounts []struct{ VND float64 }
	}
	Targets    []Aim
	Inferred   []string
	Problems   []string
	Recipients []string
	Prefixes   []string `json:"recipients_prefix"` // lines that the label shortens: neither right nor wrong

	only     []string   // the measures that are labelled, where not all are
	unscored []string   // measures that are left open
	whole    *plan.Plan // of a made document: its truth, with more than a label holds
}

// Node is a unit of the outline.
type Node struct {
	Path    []string
	Start   string
	Heading bool
	Kind    string // "" where the heading names none
}

// Row is one assignment.
type Row struct {
	Agency, Role, Task string
	with               []string
}

// Due is a deadline.
type Due struct {
	Date     string
	MonthDay string `json:"month_day"`
	Recurs   string
}

func (d Due) key() string { return d.Date + "|" + d.MonthDay + "|" + d.Recurs }

// Aim is a target; Max is nil where it is no range.
type Aim struct {
	Value, Max *float64
	Unit       string
}

func (a Aim) key() string {
	number := func(v *float64) string {
		if v == nil {
			return ""
		}
		return strconv.FormatFloat(*v, 'f', -1, 64)
	}
	return number(a.Value) + "-" + number(a.Max) + " " + Key(a.Unit)
}

// ReadLabel reads one label file.
func ReadLabel(name string) (*Label, error) {
	b, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	l := new(Label)
	if err := json.Unmarshal(b, l); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if l.Partial {
		l.only = []string{"header"}
	}
	return l, nil
}

// Made is the label of a made document, from its truth; unscored names measures that the document leaves open.
func Made(truth *plan.Plan, unscored []string) *Label {
	l := &Label{Number: truth.Number, Symbol: truth.Symbol, Type: truth.Type.Code, Issuer: truth.Issuer.Name, Province: truth.Province.Name,
		Place: truth.Place, Issued: truth.Issued, Title: truth.Title, Signer: struct{ Name, Position, Authority string }(truth.Signer),
		Inferred: truth.Inferred, Recipients: truth.Recipients, unscored: unscored, whole: truth}
	if p := truth.Period; p != (plan.Period{}) {
		l.Period = &struct{ From, To any }{p.From, p.To}
	}
	for _, n := range truth.Sections {
		l.Sections = append(l.Sections, Node{Path: n.Path, Start: opening(n.Heading+" "+n.Text, 6), Heading: n.Heading != "", Kind: string(n.Kind)})
	}
	for _, a := range truth.Assignments {
		l.Assignments = append(l.Assignments, Row{a.Agency, string(a.Role), a.Task, a.With})
	}
	for _, c := range truth.Citations {
		l.Citations = append(l.Citations, struct{ Number, Date, Role, Text string }{c.Number, c.Date, c.Role, c.Text})
	}
	for _, d := range truth.Deadlines {
		l.Deadlines = append(l.Deadlines, Due{d.Date, d.MonthDay, d.Recurs})
	}
	for _, t := range truth.Targets {
		l.Targets = append(l.Targets, Aim{&t.Value, t.Max, t.Unit})
	}
	l.Funding.Sources = truth.Funding.Sources
	for _, a := range truth.Funding.Amounts {
		l.Funding.Amounts = append(l.Funding.Amounts, struct{ VND float64 }{float64(a.VND)})
	}
	for _, x := range truth.Problems {
		l.Problems = append(l.Problems, x.Code)
	}
	return l
}

// scores reports whether a measure is labelled.
func (l *Label) scores(measure string) bool {
	if len(l.only) > 0 {
		found := false
		for _, m := range l.only {
			found = found || measure == m || strings.HasPrefix(measure, m+".") || measure == m+" whole"
		}
		return found
	}
	for _, m := range l.unscored {
		if measure == m {
			return false
		}
	}
	return true
}

// period is the label's period as text, "" where there is none.
func (l *Label) period() string {
	if l.Period == nil {
		return ""
	}
	text := func(v any) string {
		if v == nil {
			return ""
		}
		return fmt.Sprint(v)
	}
	return text(l.Period.From) + " " + text(l.Period.To)
}
