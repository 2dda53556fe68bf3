package authority

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"kehoach/internal/tsv"
)

// labelled reads the agencies of the labelled rows beside the module, with how often each stands there.
func labelled(t *testing.T) map[string]int {
	files, _ := filepath.Glob("../../shared/gold/*.json")
	if len(files) == 0 {
		t.Skip("no labels in ../shared/gold beside the module")
	}
	names := map[string]int{}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		type row struct {
			Agency string
			With   []string
		}
		var doc struct {
			Assignments []row
			Optional    []row `json:"assignments_optional"`
		}
		if err := json.Unmarshal(b, &doc); err != nil {
			t.Fatal(f, err)
		}
		for _, r := range append(doc.Assignments, doc.Optional...) {
			for _, name := range append([]string{r.Agency}, r.With...) {
				if name != "" {
					names[name]++
				}
			}
		}
	}
	return names
}

// TestLabelledAgencies resolves the agencies of the labelled rows, and compares them with those that were
// checked by hand. Each is written as Agency writes it, so Agency changes none.
func TestLabelledAgencies(t *testing.T) {
	names := labelled(t)
	text, err := os.ReadFile("testdata/checked.tsv")
	if err != nil {
		t.Fatal(err)
	}
	table, err := tsv.Parse("checked.tsv", string(text), "name", "id")
	if err != nil {
		t.Fatal(err)
	}
	checked := map[string]string{}
	for _, r := range table.Rows {
		checked[r[0]] = r[1]
	}
	shares, rows, known, wrong := map[string]int{}, 0, 0, 0
	for _, name := range slices.Sorted(maps.Keys(names)) {
		b := Resolve(name, "", "")
		shares[b.Status] += names[name]
		rows += names[name]
		if want, ok := checked[name]; ok {
			if known += names[name]; b.ID != want {
				wrong += names[name]
				t.Logf("Resolve(%q) = %s, checked %s", name, b.ID, want)
			}
		}
		if got := Agency(name); got != name {
			t.Errorf("Agency(%q) = %q, the label has it unchanged", name, got)
		}
	}
	line := fmt.Sprintf("%d names in %d places:", len(names), rows)
	for _, status := range []string{Resolved, Group, Ambiguous, Unknown} {
		line += fmt.Sprintf(" %s %.1f %%", status, 100*float64(shares[status])/float64(rows))
	}
	t.Logf("%s; %d of %d checked ones wrong", line, wrong, known)
	if known*2 < rows || wrong*100 > known {
		t.Errorf("%d wrong of %d checked, of %d rows: want at most 1 in 100, and half checked", wrong, known, rows)
	}
}
