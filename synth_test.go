package kehoach_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"sort"
	"strings"
	"testing"

	"kehoach/extract"
	"kehoach/internal/accuracy"
	"kehoach/internal/synth"
)

// TestSynth reads made documents of every layout and holds each measure to a floor. It prints the scores by measure, and with
// SYNTH=layouts those of each layout, with SYNTH=misses every miss. The floors are what was reached, less a little: the test says
// that nothing got lost, not how well real documents are read.
func TestSynth(t *testing.T) {
	sound, damaged := &accuracy.Sheet{}, &accuracy.Sheet{}
	byLayout, byDamage := map[string]*accuracy.Sheet{}, map[string]*accuracy.Sheet{}
	want := os.Getenv("SYNTH")
	rounds := 3
	if want != "" {
		rounds = 12
	}
	m := synth.New(2026)
	for i := range rounds * len(synth.Layouts()) {
		doc := m.Plan(i)
		p, err := extract.Read(context.Background(), doc.Name, doc.Bytes)
		if err != nil {
			t.Fatalf("%s: %v", doc.Name, err)
		}
		s := accuracy.Score(doc.Layout+": "+doc.Name, accuracy.Made(doc.Truth, doc.Unscored), p, want == "misses")
		if len(doc.Damage) > 0 {
			damaged.Add(s)
		} else {
			sound.Add(s)
			sheetOf(byLayout, doc.Layout).Add(s)
		}
		for _, d := range doc.Damage {
			sheetOf(byDamage, d).Add(s)
		}
	}
	t.Logf("sound documents\n%s", sound)
	t.Logf("damaged documents\n%s", damaged)
	switch want {
	case "layouts":
		t.Logf("by layout, sound documents\n%s", weak(byLayout))
		t.Logf("by damage\n%s", weak(byDamage))
	case "misses":
		printMisses(t, append(sound.Misses, damaged.Misses...))
	}
	for _, f := range floors {
		for _, x := range []struct {
			name  string
			sheet *accuracy.Sheet
			floor float64
		}{{"sound", sound, f.sound}, {"damaged", damaged, f.damaged}} {
			if got := x.sheet.F1(f.measure); got < x.floor {
				t.Errorf("%s in %s documents: %.3f, the floor is %.3f", f.measure, x.name, got, x.floor)
			}
		}
	}
}

// floors by measure, in sound and in damaged documents.
var floors = []struct {
	measure        string
	sound, damaged float64
}{
	{"header", 0.95, 0.94},
	{"outline path", 0.97, 0.97},
	{"kind", 0.96, 0.96},
	{"heading", 0.96, 0.96},
	{"assignment row", 0.93, 0.92},
	{"with", 0.9, 0.9},
	{"citation", 0.99, 0.98},
	{"citation date", 0.99, 0.98},
	{"citation role", 0.95, 0.94},
	{"deadline", 0.97, 0.97},
	{"target", 0.98, 0.97},
	{"recipient", 0.99, 0.98},
	{"funding source", 0.97, 0.96},
	{"funding amount", 0.97, 0.97},
	{"period", 0.96, 0.94},
	{"inferred", 0.98, 0.97},
	{"problem", 0.98, 0.96},
	{"footnote", 0.97, 0.97},
	{"annex", 0.97, 0.97},
	{"attached", 0.9, 0.9},
	{"span law", 1, 1},
}

func sheetOf(by map[string]*accuracy.Sheet, name string) *accuracy.Sheet {
	if by[name] == nil {
		by[name] = &accuracy.Sheet{}
	}
	return by[name]
}

// weak lists for each name the measures under 0.98.
func weak(by map[string]*accuracy.Sheet) string {
	var names []string
	for n := range by {
		names = append(names, n)
	}
	sort.Strings(names)
	var b strings.Builder
	for _, n := range names {
		fmt.Fprintf(&b, "%-20s", n)
		for _, m := range accuracy.Measures {
			if v := by[n].F1(m); v < 0.98 {
				fmt.Fprintf(&b, " %s %.2f;", m, v)
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// printMisses prints the misses by measure and layout, the most frequent first, a few of each.
func printMisses(t *testing.T, misses []accuracy.Miss) {
	by := map[string][]accuracy.Miss{}
	for _, m := range misses {
		layout, _, _ := strings.Cut(m.Doc, ":")
		k := m.Measure + " in " + layout
		by[k] = append(by[k], m)
	}
	var keys []string
	for k := range by {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b string) int { return len(by[b]) - len(by[a]) })
	for _, k := range keys {
		t.Logf("%4d %s", len(by[k]), k)
		for _, m := range by[k][:min(8, len(by[k]))] {
			t.Logf("       %s: %s", m.Doc, m.Text)
		}
	}
}
