package authority

import (
	"os"
	"testing"

	"kehoach/internal/tsv"
)

// TestSpellings resolves names as real documents print them.
func TestSpellings(t *testing.T) {
	text, err := os.ReadFile("testdata/spellings.tsv")
	if err != nil {
		t.Fatal(err)
	}
	table, err := tsv.Parse("spellings.tsv", string(text), "name", "date", "province", "id", "outside")
	if err != nil {
		t.Fatal(err)
	}
	right, outside := 0, 0
	for _, r := range table.Rows {
		got := Resolve(r[0], r[1], r[2])
		if got.ID == r[3] {
			right++
		} else {
			t.Errorf("Resolve(%q, %q, %q) = %s (%s: %s), want %s", r[0], r[1], r[2], got.ID, got.Status, got.Reason, r[3])
		}
		if r[4] == "x" {
			outside++
		}
	}
	if n := len(table.Rows); n < 120 || outside*10 < n*4 {
		t.Errorf("%d spellings, %d outside the given table: want 120 and 40 in 100", n, outside)
	}
	t.Logf("%d of %d spellings right; %d outside the given table", right, len(table.Rows), outside)
}
