package accuracy

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kehoach/extract"
	"kehoach/plan"
)

const root = "../.."

// read reads a document in this process.
func read(t *testing.T, d Document) *plan.Plan {
	t.Helper()
	data := d.Bytes
	if data == nil {
		var err error
		if data, err = os.ReadFile(d.Path); err != nil {
			t.Fatal(err)
		}
	}
	p, err := extract.Read(context.Background(), d.Path, data)
	if err != nil {
		t.Errorf("%s: %v", d.Name, err)
		return new(plan.Plan)
	}
	return p
}

// TestNothingIsLost measures again what is not read from pictures, and fails where a figure is lower than docs/accuracy.md
// says and the loss is not written down there with its reason.
func TestNothingIsLost(t *testing.T) {
	report, err := ReadReport(filepath.Join(root, "docs", "accuracy.md"))
	if err != nil {
		t.Fatal(err)
	}
	docs, err := Labelled(root)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(Shared(root)); err != nil {
		t.Log("../shared is not there: real documents are not measured")
	}
	sheets, names := map[string]*Sheet{}, []string(nil)
	sets := map[string]string{}
	for _, d := range append(docs, MadeDocuments()...) {
		i := slices.IndexFunc(report.Rows, func(r Figures) bool { return r.Set == d.Set && r.Name == d.Name })
		if i < 0 {
			t.Errorf("%s: docs/accuracy.md has no row for it: run make accuracy UPDATE=1", d.Name)
			continue
		}
		if report.Rows[i].OCR {
			continue
		}
		if sheets[d.Name] == nil {
			sheets[d.Name], sets[d.Name] = new(Sheet), d.Set
			names = append(names, d.Name)
		}
		sheets[d.Name].Add(Score(d.Name, d.Label, read(t, d), true))
	}
	var rows []Figures
	for _, name := range names {
		rows = append(rows, NewRow(sets[name], name, false, sheets[name]))
	}
	changes := report.Compare(rows)
	open := report.Unexplained(changes)
	for _, c := range changes {
		if !slices.Contains(open, c) {
			t.Log(c)
			continue
		}
		t.Error(c)
		for _, m := range sheets[c.Document].Misses {
			if m.Measure == c.Measure || strings.HasPrefix(c.Measure, "header") && m.Measure == "header" {
				t.Logf("      %s", m.Text)
			}
		}
	}
	if len(open) > 0 {
		t.Errorf("%d losses are not written down in docs/accuracy.md with a reason; make accuracy prints the lines to add", len(open))
	}
}

// TestPageReadsBack holds that what a page says is what is read from it, and that a page made of it is the same.
func TestPageReadsBack(t *testing.T) {
	name := filepath.Join(root, "docs", "accuracy.md")
	r, err := ReadReport(name)
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if r.Page() != string(b) {
		t.Error("docs/accuracy.md is not what a program writes: only its last part is kept by hand")
	}
	if len(r.Rows) < 18 {
		t.Errorf("%d rows, want one for each sample and two of made documents at least", len(r.Rows))
	}
}

// small is a report of one document, with one accepted loss.
func small(t *testing.T, accepted string) *Report {
	t.Helper()
	r, err := ReadReport(filepath.Join(t.TempDir(), "none.md"))
	if err != nil {
		t.Fatal(err)
	}
	s := new(Sheet)
	s.tally("header", 9, 10, 10)
	s.tally("target", 0, 0, 0)
	s.tally("period", 1, 1, 1)
	r.Merge([]Figures{NewRow("sample", "a", false, s)})
	r.kept += accepted
	name := filepath.Join(t.TempDir(), "accuracy.md")
	if err := os.WriteFile(name, []byte(r.Page()), 0o600); err != nil {
		t.Fatal(err)
	}
	if r, err = ReadReport(name); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestLossesAndGains(t *testing.T) {
	now := func(header int, targets int) []Figures {
		s := new(Sheet)
		s.tally("header", header, 10, 10)
		s.tally("target", 0, targets, 0)
		s.tally("period", 1, 1, 1)
		return []Figures{NewRow("sample", "a", false, s), NewRow("sample", "new", false, s)}
	}
	tests := []struct {
		name     string
		accepted string
		now      []Figures
		changes  []Change
		open     int
	}{
		{"the same", "", now(9, 0), nil, 0},
		{"a gain", "", now(10, 0), []Change{{"a", "header", 0.9, 1}}, 0},
		{"a loss", "", now(8, 0), []Change{{"a", "header", 0.9, 0.8}}, 1},
		{"something found where nothing is", "", now(9, 1), []Change{{"a", "target", 1, 0}}, 1},
		{"a loss that is written down", "| a | header | 0.900 | 0.800 | the label was wrong |\n", now(8, 0), []Change{{"a", "header", 0.9, 0.8}}, 0},
		{"a loss beyond what is written down", "| a | header | 0.900 | 0.850 | the label was wrong |\n", now(8, 0), []Change{{"a", "header", 0.9, 0.8}}, 1},
		{"written down without a reason", "| a | header | 0.900 | 0.800 | … |\n", now(8, 0), []Change{{"a", "header", 0.9, 0.8}}, 1},
		{"of another measure", "| a | period | 0.900 | 0.100 | the label was wrong |\n", now(8, 0), []Change{{"a", "header", 0.9, 0.8}}, 1},
		{"a measure that is gone", "", []Figures{NewRow("sample", "a", false, &Sheet{Tallies: map[string]*Tally{"header": {9, 10, 10}, "target": {}}})}, []Change{{"a", "period", 1, 0}}, 1},
	}
	for _, c := range tests {
		r := small(t, c.accepted)
		changes := r.Compare(c.now)
		if !slices.Equal(changes, c.changes) {
			t.Errorf("%s: changes %v, want %v", c.name, changes, c.changes)
		}
		if open := r.Unexplained(changes); len(open) != c.open {
			t.Errorf("%s: %v are not explained, want %d", c.name, open, c.open)
		}
	}
}

// Rows that were not measured keep their figures, and the sums of their set theirs.
func TestMergeKeepsWhatWasNotMeasured(t *testing.T) {
	r := small(t, "")
	s := new(Sheet)
	s.tally("header", 1, 10, 10)
	r.Merge([]Figures{NewRow("sample", "b", true, s)})
	page := r.Page()
	for _, want := range []string{"| a | text | 0.900 |", "| b | OCR | 0.100 |", "| header | 0.900 (9 of 10) |"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q:\n%s", want, page)
		}
	}
}

func TestCommentsOfAcceptedLossesAreKept(t *testing.T) {
	r := small(t, "| a | header | 0.900 | 0.800 | the label was wrong |\n\nMore words.\n")
	if !strings.HasSuffix(r.Page(), "wrong |\n\nMore words.\n") || len(r.Accepted) != 1 {
		t.Errorf("the part kept by hand changed: %d accepted\n%s", len(r.Accepted), r.Page())
	}
}
