package kehoach

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kehoach/corpus"
	"kehoach/plan"
)

// TestManifest fills what a document leaves blank from a crawl's manifest, and nothing else; another manifest has the file
// read again.
func TestManifest(t *testing.T) {
	dir, src := t.TempDir(), t.TempDir()
	blank := strings.Replace(letter(1), "Số: 2/KH-UBND", "Số:      /KH-UBND", 1)
	put(t, filepath.Join(src, "a.txt"), blank)
	put(t, filepath.Join(src, "b.txt"), letter(2))
	time.Sleep(50 * time.Millisecond)
	ingest := func(lines string) string {
		list, err := ReadManifest(strings.NewReader(lines), src)
		must(t, err)
		r, err := Ingest(context.Background(), dir, nil, Options{Manifest: list})
		must(t, err)
		return counts(r)
	}
	one := `{"path":"a.txt","url":"https://example.vn/a","fetched":"2026-01-02T03:04:05Z","metadata":{"number":"57/KH-UBND","signer":"Trần Thị B"}}
{"path":"b.txt","number":"99/KH-UBND"}
`
	if got := ingest(one); got != "2+ 0~ 0= 0. 0! 0-" {
		t.Errorf("first: %s", got)
	}
	numbers := func() string {
		c, err := corpus.Open(dir)
		must(t, err)
		defer c.Close()
		var list []string
		for p, err := range c.Select(plan.Filter{}) {
			must(t, err)
			list = append(list, fmt.Sprint(filepath.Base(p.Source.Path), " ", p.Number, " ", slices.Contains(p.Inferred, "number"), " ", p.Signer.Name))
		}
		slices.Sort(list)
		return strings.Join(list, ", ")
	}
	if got := numbers(); got != "a.txt 57/KH-UBND true Trần Thị B, b.txt 3/KH-UBND false " {
		t.Errorf("plans: %s", got)
	}
	if got := ingest(one); got != "0+ 0~ 0= 2. 0! 0-" {
		t.Errorf("again: %s", got)
	}
	if r, _ := ingestAll(t, dir, src); r.Unchanged != 2 {
		t.Errorf("without the manifest: %s", counts(r))
	}
	if got := ingest(strings.Replace(one, "57/", "58/", 1)); got != "0+ 0~ 0= 1. 0! 0-" {
		t.Errorf("another manifest: %s", got)
	}
	if got := numbers(); !strings.HasPrefix(got, "a.txt 58/KH-UBND true") {
		t.Errorf("plans: %s", got)
	}
	for _, bad := range []string{`{"url":"x"}`, `{"path":`} {
		if _, err := ReadManifest(strings.NewReader("\n"+bad), src); err == nil || !strings.Contains(err.Error(), "line 2") {
			t.Errorf("%s: %v", bad, err)
		}
	}
}

// TestDryRun says what a run would do, and the run then does it.
func TestDryRun(t *testing.T) {
	dir, src := t.TempDir(), t.TempDir()
	letters(t, src, 6)
	dry := func() Report {
		r, err := Ingest(context.Background(), dir, []string{src}, Options{DryRun: true})
		must(t, err)
		return r
	}
	if got := counts(dry()); got != "6+ 0~ 0= 0. 0! 0-" {
		t.Errorf("a new corpus: %s", got)
	}
	if _, err := corpus.Open(dir); err == nil {
		t.Error("a dry run made a corpus")
	}
	ingestAll(t, dir, src)
	put(t, filepath.Join(src, "000.txt"), strings.Replace(letter(0), "- Bố trí kinh phí.", "", 1))
	put(t, filepath.Join(src, "copy.txt"), letter(3))
	put(t, filepath.Join(src, "twice.txt"), letter(9))
	put(t, filepath.Join(src, "twice2.txt"), letter(9))
	put(t, filepath.Join(src, "again.txt"), letter(2)+"\nBản sao.\n") // nearly the same as one that is kept
	put(t, filepath.Join(src, "new.txt"), letter(11))
	put(t, filepath.Join(src, "new2.txt"), letter(11)+"\nBản sao.\n") // and as one that is new itself
	must(t, os.Remove(filepath.Join(src, "001.txt")))
	time.Sleep(50 * time.Millisecond)
	before := exported(t, dir)
	would := dry()
	if exported(t, dir) != before {
		t.Error("a dry run changed the corpus")
	}
	r, _ := ingestAll(t, dir, src)
	if counts(r) != counts(would) || r.Gone != would.Gone || r.Gone != 1 || counts(r) != "2+ 1~ 4= 4. 0! 0-" {
		t.Errorf("it would be %s, %d gone; it was %s, %d gone", counts(would), would.Gone, counts(r), r.Gone)
	}
	if fmt.Sprint(would.Changes) != fmt.Sprint(r.Changes) || len(r.Changes) == 0 {
		t.Errorf("it would change %v, it changed %v", would.Changes, r.Changes)
	}
}

// TestRenew holds that plans which another version of the tables made are made again, and what was not is told.
func TestRenew(t *testing.T) {
	dir, src := t.TempDir(), t.TempDir()
	letters(t, src, 3)
	put(t, filepath.Join(src, "kh.zip"), zipped(t, "a.txt", letter(100)))
	time.Sleep(50 * time.Millisecond)
	ingestAll(t, dir, src)
	want := exported(t, dir)
	sqlExec(t, dir, `UPDATE plans SET made = 'older' WHERE n IN (1, 4); UPDATE plans SET number = 'x' WHERE n = 1`)
	if r, _ := ingestAll(t, dir, src); r.Renewed != 2 || r.Unchanged != 2 {
		t.Errorf("%s, %d renewed", counts(r), r.Renewed)
	}
	sound(t, dir, true)
	if exported(t, dir) != want {
		t.Error("another corpus")
	}
	if r, _ := ingestAll(t, dir, src); r.Renewed != 0 || r.Unchanged != 4 {
		t.Errorf("again: %s, %d renewed", counts(r), r.Renewed)
	}
}

// TestChecksum finds bytes that changed behind the back of the file system's times.
func TestChecksum(t *testing.T) {
	dir, src := t.TempDir(), t.TempDir()
	letters(t, src, 3)
	ingestAll(t, dir, src)
	sqlExec(t, dir, `UPDATE sources SET sha256 = (SELECT sha256 FROM plans WHERE n = 2), plan = 2 WHERE n = 1`)
	if r, _ := ingestAll(t, dir, src); r.Unchanged != 3 {
		t.Errorf("by its times: %s", counts(r))
	}
	if s, err := Verify(context.Background(), dir, VerifyOptions{Quick: true}); err != nil || len(s.Damage) != 2 || s.Grave() != 1 || s.Damage[0].Kind != corpus.ChangedSource && s.Damage[1].Kind != corpus.ChangedSource {
		t.Errorf("verify: %+v, %v", s.Damage, err)
	}
	r, err := Ingest(context.Background(), dir, []string{src}, Options{Checksum: true})
	if err != nil || r.Changed != 1 || r.Unchanged != 2 {
		t.Errorf("by its bytes: %s, %v", counts(r), err)
	}
	sound(t, dir, true)
}

// TestWatch sees a file that comes while it watches.
func TestWatch(t *testing.T) {
	dir, src := t.TempDir(), t.TempDir()
	letters(t, src, 2)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	rounds := make(chan Report)
	ended := make(chan error, 1)
	go func() {
		ended <- Watch(ctx, dir, []string{src}, WatchOptions{Round: func(r Report, err error) error {
			if err == nil && r.Added+r.Changed > 0 {
				rounds <- r
			}
			return err
		}})
	}()
	if r := <-rounds; r.Added != 2 {
		t.Errorf("first round: %s", counts(r))
	}
	put(t, filepath.Join(src, "new", "c.txt"), letter(7))
	if r := <-rounds; r.Added != 1 {
		t.Errorf("second round: %s", counts(r))
	}
	cancel()
	if err := <-ended; err != context.Canceled {
		t.Errorf("it ended with %v", err)
	}
	c, err := corpus.Open(dir)
	must(t, err)
	defer c.Close()
	if runs, err := c.Runs(0); err != nil || len(runs) > 3 {
		t.Errorf("%d runs, %v", len(runs), err)
	}
}
