package kehoach

import (
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"kehoach/corpus"
	"kehoach/index"
	"kehoach/plan"

	_ "modernc.org/sqlite" // to damage a catalogue
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// copied is a copy of a corpus that nobody writes to.
func copied(t testing.TB, dir string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "corpus")
	must(t, os.CopyFS(to, os.DirFS(dir)))
	return to
}

// glob is the first file that the pattern finds.
func glob(t testing.TB, pattern ...string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(pattern...))
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: no such file (%v)", filepath.Join(pattern...), err)
	}
	return files[0]
}

func anOriginal(t testing.TB, dir string) string { return glob(t, dir, "originals", "??", "*") }
func aSegment(t testing.TB, dir string) string   { return glob(t, dir, "index", "*", "*.zap") }

func writable(t testing.TB, path string) string {
	t.Helper()
	must(t, os.Chmod(path, 0o644))
	return path
}

// flip changes one byte of a file.
func flip(t testing.TB, path string, at int64) {
	t.Helper()
	f, err := os.OpenFile(writable(t, path), os.O_RDWR, 0)
	must(t, err)
	var b [1]byte
	_, err = f.ReadAt(b[:], at)
	must(t, err)
	b[0] ^= 0x55
	_, err = f.WriteAt(b[:], at)
	must(t, errors.Join(err, f.Close()))
}

// sqlExec changes a catalogue behind the program's back.
func sqlExec(t testing.TB, dir, query string) {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(dir, "catalogue.db"))
	must(t, err)
	_, err = db.Exec(query)
	must(t, errors.Join(err, db.Close()))
}

func writeIndex(t testing.TB, dir string) *index.Index {
	t.Helper()
	x, err := index.Create(dir)
	must(t, err)
	return x
}

func addToIndex(t testing.TB, dir string, p *plan.Plan) {
	t.Helper()
	x := writeIndex(t, dir)
	must(t, errors.Join(x.Add([]*plan.Plan{p}), x.Close()))
}

// aPlan is the first plan of a corpus.
func aPlan(t testing.TB, dir string) *plan.Plan {
	t.Helper()
	c, err := corpus.Open(dir)
	must(t, err)
	defer c.Close()
	for p, err := range c.Select(plan.Filter{}) {
		must(t, err)
		return p
	}
	t.Fatal("the corpus is empty")
	return nil
}
