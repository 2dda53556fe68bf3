package accuracy

import (
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
)

// Report is docs/accuracy.md: figures document by document, and the losses that were accepted.
type Report struct {
	Rows     []Figures
	Accepted []Accepted
	totals   map[string]map[string]string // by set and line, as printed; of sets that were not measured whole they stay
	kept     string                       // the part that is kept by hand, as it stands
}

// Figures is the figures of one document, or of one kind of made documents.
type Figures struct {
	Set, Name string
	OCR       bool // read from a picture: measured by make accuracy alone
	F1        map[string]float64
	none      map[string]bool // measures of which nothing was there and nothing found
	sheet     *Sheet          // nil where the row was read from the report
}

// Accepted is a loss that was written down: it may stand while the figure is not below To.
type Accepted struct {
	Document, Measure string
	From, To          float64
	Reason            string
}

// columns are the measures of the table by document, with their short heads.
var columns = []struct{ measure, head string }{
	{"header", "header"}, {"header whole", "whole"}, {"outline", "outline"}, {"outline path", "path"}, {"heading", "heading"}, {"kind", "kind"},
	{"assignment row", "row"}, {"assignment agency", "agency"}, {"citation", "cited"}, {"citation date", "date"}, {"citation role", "role"},
	{"deadline", "due"}, {"target", "target"}, {"recipient", "recipient"}, {"funding source", "source"}, {"funding amount", "sum"},
	{"period", "period"}, {"inferred", "inferred"}, {"problem", "problem"}, {"span law", "span"},
}

// Change is a figure that is not what the report says.
type Change struct {
	Document, Measure string
	Was, Is           float64
}

// Loss reports whether the figure fell.
func (c Change) Loss() bool { return c.Is < c.Was }

// String is the change in one line.
func (c Change) String() string {
	word := "gain"
	if c.Loss() {
		word = "LOSS"
	}
	return fmt.Sprintf("%s  %-46s %-18s %s → %s", word, c.Document, c.Measure, figure(c.Was), figure(c.Is))
}

// NewRow is the row of a document's sheet.
func NewRow(set, name string, ocr bool, s *Sheet) Figures {
	r := Figures{Set: set, Name: name, OCR: ocr, F1: map[string]float64{}, none: map[string]bool{}, sheet: s}
	for _, c := range columns {
		if t := s.Tallies[c.measure]; t != nil {
			r.F1[c.measure], r.none[c.measure] = round(t.F1()), t.Got+t.Want == 0
		}
	}
	return r
}

// Compare lists what changed from the report to the rows that were measured now, in the order of the rows. A row that
// was not measured is no change; a measure that is gone from a row is a loss to 0.
func (r *Report) Compare(now []Figures) []Change {
	var list []Change
	for _, n := range now {
		i := slices.IndexFunc(r.Rows, func(o Figures) bool { return o.Set == n.Set && o.Name == n.Name })
		if i < 0 {
			continue
		}
		for _, c := range columns {
			was, had := r.Rows[i].F1[c.measure]
			is := n.F1[c.measure]
			if had && is != was {
				list = append(list, Change{n.Name, c.measure, was, is})
			}
		}
	}
	return list
}

// Accepts reports whether a loss is written down with its reason.
func (r *Report) Accepts(c Change) bool {
	return slices.ContainsFunc(r.Accepted, func(a Accepted) bool {
		return a.Document == c.Document && a.Measure == c.Measure && a.To <= c.Is && len(strings.Fields(a.Reason)) >= 3
	})
}

// Unexplained are the losses among the changes that are not written down.
func (r *Report) Unexplained(changes []Change) []Change {
	return slices.DeleteFunc(slices.Clone(changes), func(c Change) bool { return !c.Loss() || r.Accepts(c) })
}

// Merge puts rows that were measured now in the place of older ones; rows that were not measured stay.
func (r *Report) Merge(now []Figures) {
	for _, n := range now {
		i := slices.IndexFunc(r.Rows, func(o Figures) bool { return o.Set == n.Set && o.Name == n.Name })
		if i >= 0 {
			r.Rows[i] = n
		} else {
			r.Rows = append(r.Rows, n)
		}
	}
	order := func(set string) int {
		for i, s := range Sets {
			if s.Name == set {
				return i
			}
		}
		return len(Sets)
	}
	for _, s := range Sets {
		r.sum(s.Name)
	}
	slices.SortStableFunc(r.Rows, func(a, b Figures) int {
		if d := order(a.Set) - order(b.Set); d != 0 {
			return d
		}
		return strings.Compare(a.Name, b.Name)
	})
}

const handMark = "## Accepted losses"

// ReadReport reads docs/accuracy.md. One that is not there is an empty report.
func ReadReport(name string) (*Report, error) {
	b, err := os.ReadFile(name)
	if os.IsNotExist(err) {
		return &Report{kept: handMark + "\n\n" + handIntro + acceptedHead}, nil
	}
	if err != nil {
		return nil, err
	}
	r := new(Report)
	text := string(b)
	at := strings.Index(text, handMark)
	if at < 0 {
		return nil, fmt.Errorf("%s: the part %q is missing", name, handMark)
	}
	r.kept = text[at:]
	set := ""
	for i, line := range strings.Split(text[:at], "\n") {
		for _, s := range Sets {
			if strings.HasPrefix(line, "### "+s.Name+":") {
				set = s.Name
			}
		}
		cells := cellsOf(line)
		if set == "" && len(cells) == len(Sets)+1 && cells[0] != "measure" && cells[0] != "said to be" && !strings.HasPrefix(cells[0], "--") {
			for k, s := range Sets {
				r.total(s.Name)[cells[0]] = cells[k+1]
			}
		}
		if set == "" || len(cells) != len(columns)+2 || cells[0] == "document" || strings.HasPrefix(cells[0], "--") {
			continue
		}
		row := Figures{Set: set, Name: cells[0], OCR: cells[1] == "OCR", F1: map[string]float64{}, none: map[string]bool{}}
		for c, cell := range cells[2:] {
			switch cell {
			case "":
			case empty:
				row.F1[columns[c].measure], row.none[columns[c].measure] = 1, true
			default:
				if row.F1[columns[c].measure], err = strconv.ParseFloat(cell, 64); err != nil {
					return nil, fmt.Errorf("%s:%d: %w", name, i+1, err)
				}
			}
		}
		r.Rows = append(r.Rows, row)
	}
	for i, line := range strings.Split(r.kept, "\n") {
		cells := cellsOf(line)
		if len(cells) == 0 || cells[0] == "document" || strings.HasPrefix(cells[0], "--") {
			continue
		}
		if len(cells) != 5 {
			return nil, fmt.Errorf("%s: accepted losses, line %d: %d cells, want 5", name, i+1, len(cells))
		}
		a := Accepted{Document: cells[0], Measure: cells[1], Reason: cells[4]}
		if a.From, err = strconv.ParseFloat(cells[2], 64); err == nil {
			a.To, err = strconv.ParseFloat(cells[3], 64)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: accepted losses, line %d: %w", name, i+1, err)
		}
		r.Accepted = append(r.Accepted, a)
	}
	return r, nil
}

// cellsOf is the cells of a line of a Markdown table, nil where it is none.
func cellsOf(line string) []string {
	line, ok := strings.CutPrefix(strings.TrimSpace(line), "|")
	if !ok {
		return nil
	}
	cells := strings.Split(strings.TrimSuffix(line, "|"), "|")
	for i := range cells {
		cells[i] = strings.TrimSpace(cells[i])
	}
	return cells
}

func round(v float64) float64 { return math.Round(v*1000) / 1000 }

func figure(v float64) string { return strconv.FormatFloat(v, 'f', 3, 64) }

// empty stands where nothing was to be found and nothing was found: as good as 1.
const empty = "–"

// Row is a loss as a line of the accepted ones, its reason to be filled in.
func (c Change) Row() string {
	return fmt.Sprintf("| %s | %s | %s | %s | … |", c.Document, c.Measure, figure(c.Was), figure(c.Is))
}
