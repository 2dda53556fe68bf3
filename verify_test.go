package kehoach

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kehoach/corpus"
)

// damages are ways to damage a corpus of ten letters: what is done to its folder, and the kind that verify must tell.
var damages = []struct {
	name    string
	do      func(t *testing.T, dir string)
	kind    string
	quickly bool // a quick check finds it as well
}{
	{"a missing original", func(t *testing.T, dir string) { must(t, os.Remove(anOriginal(t, dir))) }, corpus.MissingOriginal, true},
	{"a truncated original", func(t *testing.T, dir string) { must(t, os.Truncate(writable(t, anOriginal(t, dir)), 100)) }, corpus.AlteredOriginal, true},
	{"an altered original", func(t *testing.T, dir string) { flip(t, anOriginal(t, dir), 50) }, corpus.AlteredOriginal, true},
	{"an orphan", func(t *testing.T, dir string) {
		put(t, filepath.Join(dir, "originals", "ab", "ab"+strings.Repeat("0", 62)), "orphan")
	}, corpus.Orphan, true},
	{"a strange file", func(t *testing.T, dir string) { put(t, filepath.Join(dir, "originals", "ab", "notes.txt"), "x") }, corpus.Orphan, true},
	{"a catalogue that is no database", func(t *testing.T, dir string) { put(t, filepath.Join(dir, "catalogue.db"), strings.Repeat("x", 9000)) }, corpus.DamagedCatalogue, true},
	{"a missing catalogue", func(t *testing.T, dir string) { must(t, os.Remove(filepath.Join(dir, "catalogue.db"))) }, corpus.DamagedCatalogue, true},
	{"a cut off catalogue", func(t *testing.T, dir string) {
		path := filepath.Join(dir, "catalogue.db")
		info, err := os.Stat(path)
		must(t, err)
		must(t, os.Truncate(path, info.Size()/2))
	}, corpus.DamagedCatalogue, true},
	{"a page of the catalogue", func(t *testing.T, dir string) { flip(t, filepath.Join(dir, "catalogue.db"), 3*4096+1) }, corpus.DamagedCatalogue, false},
	{"a missing row", func(t *testing.T, dir string) { sqlExec(t, dir, `DELETE FROM sections WHERE plan = 3 AND n = 1`) }, corpus.DamagedPlan, true},
	{"a row of other words", func(t *testing.T, dir string) {
		sqlExec(t, dir, `UPDATE sections SET heading = 'x' WHERE plan = 3 AND n = 1`)
	}, corpus.DamagedPlan, true},
	{"a row of another agency", func(t *testing.T, dir string) {
		sqlExec(t, dir, `UPDATE assignments SET agency_key = 'so x' WHERE plan = 3 AND n = 0`)
	}, corpus.DamagedPlan, true},
	{"a value of a filter", func(t *testing.T, dir string) { sqlExec(t, dir, `DELETE FROM facets WHERE plan = 3`) }, corpus.DamagedPlan, true},
	{"a column of a plan", func(t *testing.T, dir string) { sqlExec(t, dir, `UPDATE plans SET level = 'commune' WHERE n = 3`) }, corpus.DamagedPlan, true},
	{"a signature", func(t *testing.T, dir string) {
		sqlExec(t, dir, `UPDATE signatures SET minimum = (SELECT minimum FROM signatures WHERE plan = 4) WHERE plan = 3`)
	}, corpus.DamagedPlan, false},
	{"a body of nonsense", func(t *testing.T, dir string) { sqlExec(t, dir, `UPDATE bodies SET json = x'00' WHERE plan = 3`) }, corpus.DamagedPlan, true},
	{"a source without its plan", func(t *testing.T, dir string) { sqlExec(t, dir, `UPDATE sources SET plan = NULL WHERE n = 2`) }, corpus.DamagedCatalogue, true},
	{"a row of no plan", func(t *testing.T, dir string) {
		sqlExec(t, dir, `INSERT INTO deadlines VALUES (99, 0, '', '', '', NULL, 0, 0)`)
	}, corpus.DamagedCatalogue, false},
	{"a missing index", func(t *testing.T, dir string) {
		must(t, errors.Join(os.RemoveAll(filepath.Join(dir, "index")), os.Remove(filepath.Join(dir, "CURRENT"))))
	}, corpus.DamagedIndex, true},
	{"an index without its root", func(t *testing.T, dir string) { must(t, os.Remove(filepath.Join(dir, "index", "g0001", "root.bolt"))) }, corpus.DamagedIndex, true},
	{"a cut off segment", func(t *testing.T, dir string) { path := aSegment(t, dir); must(t, os.Truncate(path, 200)) }, corpus.DamagedIndex, true},
	{"a flipped byte of a segment", func(t *testing.T, dir string) { flip(t, aSegment(t, dir), 700) }, corpus.DamagedIndex, false},
	{"a plan that the index lacks", func(t *testing.T, dir string) {
		x := writeIndex(t, dir)
		must(t, errors.Join(x.Delete([]string{aPlan(t, dir).ID}), x.Close()))
	}, corpus.DamagedIndex, true},
	{"a plan that the index should not have", func(t *testing.T, dir string) {
		p := aPlan(t, dir)
		p.ID = "00000000000000ff"
		addToIndex(t, dir, p)
	}, corpus.DamagedIndex, true},
	{"a plan of which the index holds another text", func(t *testing.T, dir string) {
		p := aPlan(t, dir)
		p.Sections = p.Sections[:1]
		addToIndex(t, dir, p)
	}, corpus.DamagedIndex, false},
}

// TestVerify finds each kind of damage, and nothing where there is none.
func TestVerify(t *testing.T) {
	if testing.Short() {
		t.Skip("TestRepair finds and mends the same damage")
	}
	whole, src := t.TempDir(), t.TempDir()
	letters(t, src, 10)
	ingestAll(t, whole, src)
	sound(t, whole, true)
	if _, err := Verify(context.Background(), t.TempDir(), VerifyOptions{}); !errors.Is(err, corpus.ErrNoCorpus) {
		t.Errorf("an empty folder: %v", err)
	}
	for _, row := range damages {
		t.Run(row.name, func(t *testing.T) {
			dir := copied(t, whole)
			row.do(t, dir)
			for _, quick := range []bool{false, true} {
				s, err := Verify(context.Background(), dir, VerifyOptions{Quick: quick})
				if err != nil {
					t.Fatal(err)
				}
				found := false
				for _, d := range s.Damage {
					found = found || d.Kind == row.kind && d.Grave
				}
				if !found && (row.quickly || !quick) {
					t.Errorf("quick %v: %+v", quick, s.Damage)
				}
			}
		})
	}
}

// TestRepair mends every kind of damage, as long as the files that the corpus was read from are there.
func TestRepair(t *testing.T) {
	whole, src := t.TempDir(), t.TempDir()
	letters(t, src, 10)
	ingestAll(t, whole, src)
	want := exported(t, whole)
	for _, row := range damages {
		t.Run(row.name, func(t *testing.T) {
			dir := copied(t, whole)
			row.do(t, dir)
			report, err := Repair(context.Background(), dir, nil)
			if err != nil || len(report.Damage) == 0 || len(report.Left) > 0 {
				t.Fatalf("%v, %+v", err, report)
			}
			sound(t, dir, true)
			if row.kind == corpus.DamagedCatalogue {
				ingestAll(t, dir, src) // which knows the files' names
			}
			if exported(t, dir) != want {
				t.Error("the corpus that was mended is another one")
			}
			contents(t, dir)
		})
	}
}
