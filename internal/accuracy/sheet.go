package accuracy

import (
	"fmt"
	"strings"
)

// Tally counts what was found of what was there.
type Tally struct{ Hit, Got, Want int }

// F1 is the harmonic mean of precision and recall; 1 where nothing was there and nothing was found.
func (t Tally) F1() float64 {
	if t.Got+t.Want == 0 {
		return 1
	}
	return 2 * float64(t.Hit) / float64(t.Got+t.Want)
}

// Sheet holds tallies by measure, the misses in words, and what became of the values that said how sure they are.
type Sheet struct {
	Tallies  map[string]*Tally
	Misses   []Miss
	Verdicts []Verdict

	note bool // keep the misses
}

// Miss is one thing that was not found, or found and not there.
type Miss struct{ Doc, Measure, Text string }

// Verdict says of one value that was read how sure it was said to be, and whether it is right.
type Verdict struct {
	Doc, Field    string
	Level, Reason string
	Right         bool
	Text          string // the value
}

// Measures lists what is measured, in the order of a report. Parts of the header ("header.number" …) are measures as well.
var Measures = []string{"header", "header whole", "outline", "outline path", "heading", "kind", "assignment row", "assignment agency", "with",
	"citation", "citation date", "citation role", "deadline", "target", "recipient", "funding source", "funding amount", "period", "inferred", "problem",
	"footnote", "annex", "attached", "span law"}

// Add adds another sheet to this one.
func (s *Sheet) Add(o *Sheet) {
	for name, t := range o.Tallies {
		s.tally(name, t.Hit, t.Got, t.Want)
	}
	s.Misses = append(s.Misses, o.Misses...)
	s.Verdicts = append(s.Verdicts, o.Verdicts...)
}

func (s *Sheet) tally(name string, hit, got, want int) {
	if s.Tallies == nil {
		s.Tallies = map[string]*Tally{}
	}
	if s.Tallies[name] == nil {
		s.Tallies[name] = &Tally{}
	}
	t := s.Tallies[name]
	t.Hit, t.Got, t.Want = t.Hit+hit, t.Got+got, t.Want+want
}

// F1 is a measure's score; 1 where it was not labelled.
func (s *Sheet) F1(measure string) float64 {
	if s.Tallies[measure] == nil {
		return 1
	}
	return s.Tallies[measure].F1()
}

// String prints one line per measure.
func (s *Sheet) String() string {
	var b strings.Builder
	for _, m := range Measures {
		if t := s.Tallies[m]; t != nil {
			fmt.Fprintf(&b, "%-17s %.3f  %6d of %6d, %6d found\n", m, t.F1(), t.Hit, t.Want, t.Got)
		}
	}
	return b.String()
}
