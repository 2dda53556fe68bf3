package kehoach

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
)

// TestBatchAhead lets the catalogue refuse a batch while the originals of the next one are written: nothing of either stays, what
// came before does, and the next run takes the rest.
func TestBatchAhead(t *testing.T) {
	dir, src := t.TempDir(), t.TempDir()
	letters(t, src, 3)
	ingestAll(t, dir, src)
	letters(t, src, 20)
	sqlExec(t, dir, `CREATE TRIGGER refuse BEFORE INSERT ON plans WHEN (SELECT count(*) FROM plans) >= 9 BEGIN SELECT RAISE(ABORT, 'no room'); END`)
	var told []string
	report, err := Ingest(context.Background(), dir, []string{src}, Options{batch: 4, Progress: func(e Event) { told = append(told, string(e.Outcome)) }})
	if err == nil || !strings.Contains(err.Error(), "no room") {
		t.Errorf("the run: %v", err)
	}
	// Three are unchanged, and each batch counts four files: the first holds one new file, the second four; the third is refused.
	if report.Added != 5 || len(told) != 8 {
		t.Errorf("%d added, told %v", report.Added, told)
	}
	originals, err := filepath.Glob(filepath.Join(dir, "originals", "??", "*"))
	if err != nil || len(originals) != 8 {
		t.Errorf("%d originals, %v", len(originals), err)
	}
	sound(t, dir, true)
	sqlExec(t, dir, `DROP TRIGGER refuse`)
	if r, _ := ingestAll(t, dir, src); r.Added != 12 {
		t.Errorf("%s", counts(r))
	}
	sound(t, dir, true)
}
