package kehoach

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"kehoach/corpus"
	"kehoach/index"
	"kehoach/internal/fault"
)

// ingested is a corpus of n letters.
func ingestedLetters(t *testing.T, n int) (data string) {
	t.Helper()
	dir := t.TempDir()
	data = filepath.Join(dir, "data")
	letters(t, filepath.Join(dir, "plans"), n)
	if _, err := Ingest(context.Background(), data, []string{filepath.Join(dir, "plans")}, Options{}); err != nil {
		t.Fatal(err)
	}
	return data
}

// serves asks the index of a corpus, and gives its generation and how many plans it finds.
func serves(data string) (generation string, plans int, err error) {
	x, err := index.Open(data)
	if err != nil {
		return "", 0, err
	}
	res, err := x.Search(context.Background(), index.Query{Words: "nuoc sach", Limit: 3})
	if err != nil {
		return "", 0, errors.Join(err, x.Close())
	}
	return x.Generation(), res.Plans, x.Close()
}

func TestReindexAndRollback(t *testing.T) {
	ctx := context.Background()
	data := ingestedLetters(t, 12)
	first, _, err := serves(data)
	if err != nil {
		t.Fatal(err)
	}
	dry, err := Reindex(ctx, data, ReindexOptions{DryRun: true}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range dry.Changes {
		if !c.Same() {
			t.Errorf("a dry run over the same plans: %+v", c)
		}
	}
	if list, _ := index.Generations(data); len(list) != 1 {
		t.Errorf("after a dry run there are %d generations", len(list))
	}
	said := 0
	r, err := Reindex(ctx, data, ReindexOptions{}, func(r *Reindexed) error {
		said = r.Plans
		if now, _, _ := serves(data); now != first {
			t.Errorf("%s is served before it was said what changes", now)
		}
		return nil
	})
	if err != nil || said != 12 || r.Was != first {
		t.Fatalf("%v: %+v", err, r)
	}
	if now, n, err := serves(data); err != nil || now != r.Now || n != 12 {
		t.Fatalf("%v: %s serves %d plans", err, now, n)
	}
	// Two letters come, and one changes; then back to before them.
	more := filepath.Join(t.TempDir(), "more")
	letters(t, more, 14)
	if _, err := Ingest(ctx, data, []string{more}, Options{}); err != nil {
		t.Fatal(err)
	}
	added, dropped, err := Rollback(ctx, data, first)
	if err != nil || added != 2 || dropped != 0 {
		t.Fatalf("%v: %d added, %d dropped", err, added, dropped)
	}
	if now, n, err := serves(data); err != nil || now != first || n != 14 {
		t.Fatalf("%v: %s serves %d plans, want %s with 14", err, now, n, first)
	}
	if _, _, err := Rollback(ctx, data, "g0099"); !errors.Is(err, index.ErrNoGeneration) {
		t.Errorf("back to what is not there: %v", err)
	}
	stop := errors.New("no")
	if _, err := Reindex(ctx, data, ReindexOptions{}, func(*Reindexed) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("refused: %v", err)
	}
	if now, _, _ := serves(data); now != first {
		t.Errorf("a refused generation %s is served", now)
	}
	if _, err := Reindex(ctx, filepath.Join(data, "none"), ReindexOptions{}, nil); !errors.Is(err, corpus.ErrNoCorpus) {
		t.Errorf("without a corpus: %v", err)
	}
}

// TestIngestIntoAnIndexOfAnotherVersion builds the index anew, beside the old one.
func TestIngestIntoAnIndexOfAnotherVersion(t *testing.T) {
	data := ingestedLetters(t, 5)
	old, _, err := serves(data)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(data, "index", old, "format"), []byte("kehoach.index/0\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, _, err := serves(data); !errors.Is(err, index.ErrFormat) {
		t.Fatalf("an index of another version: %v", err)
	}
	more := filepath.Join(t.TempDir(), "more")
	letters(t, more, 6)
	if _, err := Ingest(context.Background(), data, []string{more}, Options{}); err != nil {
		t.Fatal(err)
	}
	if now, n, err := serves(data); err != nil || now == old || n != 6 {
		t.Errorf("%v: %s serves %d plans, want 6 in a new one", err, now, n)
	}
}

// TestReaderThroughSwaps asks again and again while twenty generations take each other's place.
func TestReaderThroughSwaps(t *testing.T) {
	data := ingestedLetters(t, 6)
	ctx := context.Background()
	stop, ended := make(chan struct{}), make(chan error, 1)
	seen := map[string]bool{}
	round := make(chan struct{}) // of the reader, where anybody waits for one
	go func() {
		var held *index.Index // one reader stays with the first
		var err error
		defer func() {
			if held != nil {
				err = errors.Join(err, held.Close())
			}
			ended <- err
		}()
		if held, err = index.Open(data); err != nil {
			return
		}
		for {
			select {
			case <-stop:
				return
			case round <- struct{}{}:
			default:
			}
			var name string
			var n int
			if name, n, err = serves(data); err != nil || n != 6 {
				err = errors.Join(err, fmt.Errorf("%s serves %d plans", name, n))
				return
			}
			seen[name] = true
			if _, err = held.Search(ctx, index.Query{Words: "nước sạch", Limit: 3}); err != nil {
				return
			}
		}
	}()
	for range 20 {
		if _, err := Reindex(ctx, data, ReindexOptions{Keep: 1}, nil); err != nil {
			t.Fatal(err)
		}
		for range 2 { // so that one of its rounds begins and ends with this generation, however busy the machine is
			select {
			case <-round:
			case err := <-ended:
				t.Fatal("the reader ended: ", err)
			}
		}
	}
	close(stop)
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if len(seen) < 20 {
		t.Errorf("the reader saw %d generations", len(seen))
	}
}

// TestKilledReindex kills a process at every step of a reindex. What was served is served, or the new generation, whole; the next
// reindex tidies up.
func TestKilledReindex(t *testing.T) {
	if data := os.Getenv("KEHOACH_TEST_REINDEX"); data != "" {
		if _, err := Reindex(context.Background(), data, ReindexOptions{Keep: 1}, nil); err != nil {
			t.Fatal(err)
		}
		return
	}
	if testing.Short() {
		t.Skip("starts processes")
	}
	data := ingestedLetters(t, 6)
	for _, point := range fault.ReindexPoints {
		for _, when := range []string{"before", "after"} {
			was, _, err := serves(data)
			if err != nil {
				t.Fatal(err)
			}
			c := exec.Command(os.Args[0], "-test.run", "^TestKilledReindex$")
			c.Env = append(os.Environ(), "KEHOACH_TEST_REINDEX="+data, fmt.Sprintf("%s=kill:%s.%s:1", fault.Env, point, when))
			out, err := c.CombinedOutput()
			if err == nil {
				t.Errorf("%s %s: it was not killed", when, point)
			}
			now, n, err := serves(data)
			if err != nil || n != 6 {
				t.Fatalf("killed %s %s: %v: %s serves %d plans\n%s", when, point, err, now, n, out)
			}
			if late := point == fault.IndexPrune || point == fault.LockClear || point == fault.IndexServe && when == "after"; late != (now != was) {
				t.Errorf("killed %s %s: %s is served, before it was %s", when, point, now, was)
			}
		}
	}
	if _, err := Reindex(context.Background(), data, ReindexOptions{Keep: 1}, nil); err != nil {
		t.Fatal(err)
	}
	list, err := index.Generations(data)
	if err != nil || len(list) != 2 {
		t.Errorf("%v: %d generations are left, want 2", err, len(list))
	}
}

// TestOthersRead holds that every file of a corpus, whichever library made it, may be read by whoever may come to its folder:
// a server runs as another user than an ingest.
func TestOthersRead(t *testing.T) {
	dir, src := t.TempDir(), t.TempDir()
	closed := func(when string) {
		t.Helper()
		must(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			info, err := d.Info()
			if err == nil && info.Mode().Perm()&0o044 != 0o044 {
				t.Errorf("%s: %s has the mode %v", when, path, info.Mode())
			}
			return err
		}))
	}
	for i := range 3 {
		letters(t, src, 5*(i+1))
		ingestAll(t, dir, src)
		closed("after an ingest")
	}
	if _, err := Reindex(context.Background(), dir, ReindexOptions{}, func(*Reindexed) error { return nil }); err != nil {
		t.Fatal(err)
	}
	closed("after a reindex")
}
