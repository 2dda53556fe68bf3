package sample_test

import (
	"context"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"

	"kehoach/corpus/sample"
	"kehoach/extract"
	"kehoach/plan"
)

// parse reads every sample as the program reads it.
func parse(t *testing.T) map[string]*plan.Plan {
	t.Helper()
	names, err := fs.Glob(sample.Files(), "*")
	if err != nil {
		t.Fatal(err)
	}
	plans := map[string]*plan.Plan{}
	for _, name := range names {
		data, err := fs.ReadFile(sample.Files(), name)
		if err != nil {
			t.Fatal(err)
		}
		if plans[name], err = extract.Read(context.Background(), name, data); err != nil {
			t.Fatal(err)
		}
	}
	return plans
}

// known are the faults of reading today, as "file field". The tests fail when one of them comes right, so that the
// list stays true: then its row is taken out.
var known = map[string]bool{}

// check reports whether a field is right, against the list of known faults.
func check(t *testing.T, field string, right bool, got, want any) {
	t.Helper()
	switch {
	case right && known[field]:
		t.Errorf("%s is right now: take it from the list of known faults", field)
	case !right && !known[field]:
		t.Errorf("%s: got %v, want %v", field, got, want)
	}
}

// header is the names of the header's fields among inferred ones; deadlines may be inferred as well (their year).
func header(inferred []string) []string {
	return slices.DeleteFunc(slices.Clone(inferred), func(field string) bool { return field == "deadlines" })
}

func TestReadHeaders(t *testing.T) {
	b, err := os.ReadFile("expected.tsv")
	if err != nil {
		t.Fatal(err)
	}
	plans := parse(t)
	var columns []string
	for _, line := range strings.Split(strings.TrimSuffix(string(b), "\n"), "\n") {
		if strings.HasPrefix(line, "# ") {
			continue
		}
		cells := strings.Split(line, "\t")
		if columns == nil {
			columns = cells
			continue
		}
		p := plans[cells[0]]
		got := map[string]string{
			"number": p.Number, "symbol": p.Symbol, "type": p.Type.Code, "issuer": p.Issuer.Name, "level": string(p.Issuer.Level),
			"province": p.Province.Name, "today": p.Province.Today.Name, "place": p.Place, "issued": p.Issued,
			"signer": p.Signer.Name, "position": p.Signer.Position, "authority": p.Signer.Authority,
			"inferred": strings.Join(header(p.Inferred), " "), "from": p.Period.From, "to": p.Period.To, "title": p.Title,
		}
		for i, column := range columns[1:] {
			check(t, cells[0]+" "+column, got[column] == cells[i+1], got[column], cells[i+1])
		}
	}
}

func TestReadShape(t *testing.T) {
	kinds := map[plan.Kind]bool{}
	for name, p := range parse(t) {
		depth := 0
		for _, s := range p.Sections {
			depth = max(depth, s.Level)
			kinds[s.Kind] = true
		}
		check(t, name+" levels", depth >= 3, depth, "3 or more")
		check(t, name+" assignments", len(p.Assignments) >= 8, len(p.Assignments), "8 or more")
		if !strings.Contains(p.Text, "TÀI LIỆU MẪU") && !p.Source.Truncated {
			t.Errorf("%s: the mark of a sample is not in its text", name)
		}
	}
	for _, kind := range plan.Kinds {
		if !kinds[kind] {
			t.Errorf("no sample has a section of kind %s", kind)
		}
	}
}
