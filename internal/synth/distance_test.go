package synth

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

func isLetter(r rune) bool { return unicode.IsLetter(r) }

// TestDistance prints how far made documents are from the five plans of ../shared/data/plans, and holds the medians near them.
func TestDistance(t *testing.T) {
	const shared = "../../../shared"
	golds, _ := filepath.Glob(filepath.Join(shared, "gold", "plan-*.json"))
	if len(golds) == 0 {
		t.Skip("no real plans beside the project: nothing to compare with")
	}
	type shape struct{ bytes, sections, rows, syllables, types, once int }
	measure := func(text string, size, sections, rows int) shape {
		count := map[string]int{}
		words := syllables(norm.NFC.String(text))
		for _, w := range words {
			count[w]++
		}
		once := 0
		for _, n := range count {
			if n == 1 {
				once++
			}
		}
		return shape{size, sections, rows, len(words), len(count), once}
	}
	var real, made []shape
	for _, f := range golds {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		var g struct {
			Doc                   string
			Sections, Assignments []json.RawMessage
		}
		if err := json.Unmarshal(raw, &g); err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(filepath.Join(shared, "data", g.Doc))
		if err != nil {
			t.Fatal(err)
		}
		real = append(real, measure(string(text), len(text), len(g.Sections), len(g.Assignments)))
	}
	for i := range 5 * len(layouts) {
		d := New(2).Plan(i)
		made = append(made, measure(d.Truth.Text, len(d.Bytes), len(d.Truth.Sections), len(d.Truth.Assignments)))
	}
	t.Logf("%-22s %26s %26s", "a document", "real: median (from-to)", "made: median (from-to)")
	for _, m := range []struct {
		name string
		of   func(shape) int
		low  float64 // bounds of made median / real median
		high float64
	}{
		{"bytes", func(s shape) int { return s.bytes }, 0.7, 1.4},
		{"sections", func(s shape) int { return s.sections }, 0.6, 1.8},
		{"assignment rows", func(s shape) int { return s.rows }, 0.6, 2},
		{"syllables", func(s shape) int { return s.syllables }, 0.7, 1.4},
		{"syllable types", func(s shape) int { return s.types }, 0.7, 1.4},
		{"types seen once", func(s shape) int { return s.once }, 0.6, 1.6},
	} {
		sorted := func(list []shape) []int {
			var out []int
			for _, s := range list {
				out = append(out, m.of(s))
			}
			slices.Sort(out)
			return out
		}
		a, b := sorted(real), sorted(made)
		x, y := a[len(a)/2], b[len(b)/2]
		t.Logf("%-22s %10d (%6d-%6d) %10d (%6d-%6d)", m.name, x, a[0], a[len(a)-1], y, b[0], b[len(b)-1])
		if ratio := float64(y) / float64(x); ratio < m.low || ratio > m.high {
			t.Errorf("%s: the made median %d is %.2f of the real one", m.name, y, ratio)
		}
	}
}
