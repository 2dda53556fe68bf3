package kehoach

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"kehoach/corpus"
	"kehoach/extract"
	"kehoach/index"
	"kehoach/plan"
)

// TestMain lets the test binary be another process that ingests: the paths of KEHOACH_TEST_INGEST into the folder
// of KEHOACH_TEST_DATA, five sources to a commit. It tells of each source by a line of JSON once it is safe. With KEHOACH_TEST_KNOWN it
// takes the plans from the corpus there instead of reading the files.
func TestMain(m *testing.M) {
	if os.Getenv("KEHOACH_TEST_COMMAND") != "" {
		if err := killedCommand(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	if paths := os.Getenv("KEHOACH_TEST_INGEST"); paths != "" {
		lines := json.NewEncoder(os.Stdout)
		batch, err := strconv.Atoi(os.Getenv("KEHOACH_TEST_BATCH"))
		if err != nil {
			batch = 5
		}
		opts := Options{batch: batch, Progress: func(e Event) { lines.Encode(e) }}
		if known, kerr := corpus.Open(os.Getenv("KEHOACH_TEST_KNOWN")); kerr == nil {
			opts.parsed = readBefore(known)
		}
		_, err = Ingest(context.Background(), os.Getenv("KEHOACH_TEST_DATA"), filepath.SplitList(paths), opts)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// readBefore reads a document by asking a corpus that has read it before. A plan is unpacked once, and given out as a copy.
func readBefore(known *corpus.Corpus) func(context.Context, string, []byte) (*plan.Plan, error) {
	var plans sync.Map
	return func(ctx context.Context, path string, data []byte) (*plan.Plan, error) {
		id := corpus.PlanID(hashOf(data))
		if _, ok := plans.Load(id); !ok {
			p, err := known.Extracted(id)
			if errors.Is(err, corpus.ErrNoPlan) {
				return extract.Read(ctx, path, data)
			}
			if err != nil {
				return nil, err
			}
			plans.Store(id, p)
		}
		p, _ := plans.Load(id)
		again := *p.(*plan.Plan)
		again.Source.Path = path
		return &again, nil
	}
}

// child is this test binary as another process, which ingests the paths into dir.
func child(program, dir string, paths ...string) *exec.Cmd {
	c := exec.Command(program)
	c.Env = append(os.Environ(), "KEHOACH_TEST_DATA="+dir, "KEHOACH_TEST_INGEST="+strings.Join(paths, string(filepath.ListSeparator)))
	c.Stderr = os.Stderr
	return c
}

// TestKill kills a process that ingests, at moments spread over its work. Whatever the moment, the corpus opens,
// what was acknowledged is there, and the next run completes to the same corpus.
func TestKill(t *testing.T) {
	src := t.TempDir()
	letters(t, src, 50)
	put(t, filepath.Join(src, "more.zip"), zipped(t, "a.txt", letter(100), "b.txt", letter(101)))
	whole := t.TempDir()
	start := time.Now()
	if err := child(os.Args[0], whole, src).Run(); err != nil {
		t.Fatal(err)
	}
	took := time.Since(start)
	want := contents(t, whole)
	dice := rand.New(rand.NewPCG(7, 7))
	cut, acknowledged := 0, 0
	for range 10 {
		dir := t.TempDir()
		cmd := child(os.Args[0], dir, src)
		var out bytes.Buffer
		cmd.Stdout = &out
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(dice.Int64N(int64(took))))
		cmd.Process.Kill()
		if cmd.Wait() != nil {
			cut++
		}
		c, err := corpus.Open(dir)
		if err == nil {
			for line := range strings.Lines(out.String()) {
				var e Event
				if json.Unmarshal([]byte(line), &e) != nil || e.Plan == "" {
					continue // cut off, or an archive
				}
				if _, err := c.Plan(e.Plan); err != nil {
					t.Errorf("%s was acknowledged: %v", e.Path, err)
				}
				acknowledged++
			}
			c.Close()
		} else if !errors.Is(err, corpus.ErrNoCorpus) && !errors.Is(err, corpus.ErrOld) || out.Len() > 0 { // cut off while its tables were made
			t.Errorf("after a kill: %v", err)
		}
		if r, _ := ingestAll(t, dir, src); r.Quarantined != 0 {
			t.Errorf("the next run: %+v", r)
		}
		if contents(t, dir) != want {
			t.Error("the next run did not complete to the same corpus")
		}
	}
	t.Logf("%d of 10 runs were cut off, %d sources acknowledged in all, a whole run takes %v", cut, acknowledged, took)
}

// TestCancel stops a run after so many sources; what was read is kept, and the next run goes on from there.
func TestCancel(t *testing.T) {
	src := t.TempDir()
	letters(t, src, 40)
	whole := t.TempDir()
	ingestAll(t, whole, src)
	for _, after := range []int{0, 1, 12, 39} {
		dir := t.TempDir()
		ctx, cancel := context.WithCancel(context.Background())
		if after == 0 {
			cancel()
		}
		seen := 0
		r, err := Ingest(ctx, dir, []string{src}, Options{batch: 5, Progress: func(Event) {
			if seen++; seen == after {
				cancel()
			}
		}})
		cancel()
		if !errors.Is(err, context.Canceled) || r.Added != seen || seen < after {
			t.Errorf("after %d: %v, %d added, %d told", after, err, r.Added, seen)
		}
		if n := strings.Count(contents(t, dir), "\n"); n != r.Added {
			t.Errorf("after %d: %d plans, %d reported", after, n, r.Added)
		}
		again, _ := ingestAll(t, dir, src)
		if again.Unchanged != r.Added || again.Added != 40-r.Added {
			t.Errorf("after %d: the next run: %s", after, counts(again))
		}
		if contents(t, dir) != contents(t, whole) {
			t.Errorf("after %d: another corpus", after)
		}
	}
}

// TestHurry stops a run that has just read half a thousand documents: they are kept, and the next run tells the index of them.
func TestHurry(t *testing.T) {
	dir, src := t.TempDir(), t.TempDir()
	long := strings.Repeat("- Thực hiện việc này cho xong trong năm.\n", 100)
	for i := range 300 {
		put(t, filepath.Join(src, fmt.Sprintf("%03d.txt", i)), letter(i)+long)
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	read := 0
	r, err := Ingest(ctx, dir, []string{src}, Options{Workers: 1, parsed: func(ctx context.Context, path string, data []byte) (*plan.Plan, error) {
		if read++; read == 290 { // the first 256 are on their way
			cancel()
		}
		return extract.Read(context.WithoutCancel(ctx), path, data)
	}})
	if !errors.Is(err, context.Canceled) || r.Added < 256 {
		t.Fatalf("%v, %d added", err, r.Added)
	}
	c, err := corpus.Open(dir)
	must(t, err)
	waiting, err := c.Pending()
	must(t, errors.Join(err, c.Close()))
	if len(waiting) < 256 {
		t.Errorf("%d of %d plans wait for the index", len(waiting), r.Added)
	}
	sound(t, dir, false)
	ingestAll(t, dir, src)
	contents(t, dir)
}

// TestCatchUp holds that the index gets what it was not told, and everything where it is lost.
func TestCatchUp(t *testing.T) {
	dir, src := t.TempDir(), t.TempDir()
	letters(t, src, 3)
	ingestAll(t, dir, src)
	p, err := Read(context.Background(), put(t, filepath.Join(t.TempDir(), "late.txt"), letter(9)))
	if err != nil {
		t.Fatal(err)
	}
	c, err := corpus.Create(dir)
	if err != nil {
		t.Fatal(err)
	}
	run, err := c.Begin("test")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := corpus.NewDoc(corpus.NewSource(p.Source.Path, p.Source.SHA256, nil), []byte(letter(9)), p)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := c.Put(run, []corpus.Doc{doc}); err != nil { // and then it dies
		t.Fatal(err)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	if n := len(search(t, dir, index.Query{})); n != 3 {
		t.Fatalf("the index knows %d plans already", n)
	}
	ingestAll(t, dir, src)
	contents(t, dir)
	if n := len(search(t, dir, index.Query{})); n != 4 {
		t.Errorf("after the next run the index holds %d plans, want 4", n)
	}
	if err := errors.Join(os.RemoveAll(filepath.Join(dir, "index")), os.Remove(filepath.Join(dir, "CURRENT"))); err != nil {
		t.Fatal(err)
	}
	ingestAll(t, dir, src)
	contents(t, dir)
}

func TestBusy(t *testing.T) {
	dir := t.TempDir()
	c, err := corpus.Create(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := Ingest(context.Background(), dir, nil, Options{}); !errors.Is(err, corpus.ErrBusy) {
		t.Errorf("a second writer: %v, want ErrBusy", err)
	}
}
