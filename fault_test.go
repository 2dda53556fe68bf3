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
	"syscall"
	"testing"
	"time"

	"kehoach/corpus"
	"kehoach/export"
	"kehoach/internal/fault"
	"kehoach/internal/synth"
	"kehoach/plan"
)

// soak is how many documents and moments the tests of crashes take; SOAK asks for the large numbers.
func soak() (documents, moments int) {
	switch {
	case os.Getenv("SOAK") != "":
		return 2000, 50
	case testing.Short():
		return 24, 1
	}
	return 200, 8
}

// exported is every table of a corpus as JSON lines, as the command export writes them.
func exported(t testing.TB, dir string) string {
	t.Helper()
	c, err := corpus.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	var plans []*plan.Plan // once for all tables
	for p, err := range c.Select(plan.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		plans = append(plans, p)
	}
	each := func(yield func(*plan.Plan, error) bool) {
		for _, p := range plans {
			if !yield(p, nil) {
				return
			}
		}
	}
	var out bytes.Buffer
	for _, table := range export.Tables {
		if _, err := export.Write(&out, "jsonl", table.Name, each); err != nil {
			t.Fatal(err)
		}
	}
	return out.String()
}

// sound fails the test on damage; with clean also on what a run that was cut off leaves behind.
func sound(t testing.TB, dir string, clean bool) {
	t.Helper()
	s, err := Verify(context.Background(), dir, VerifyOptions{})
	if err != nil && !(errors.Is(err, corpus.ErrNoCorpus) && !clean) {
		t.Errorf("verify: %v", err)
	}
	for _, d := range s.Damage {
		if d.Grave || clean {
			t.Errorf("damage: %+v", d)
		}
	}
}

// crash is a folder of made documents, and what a whole ingest of it gives.
type crash struct {
	source string
	want   string
	took   time.Duration                                             // of a whole ingest
	batch  int                                                       // documents to a commit
	whole  string                                                    // the corpus of a whole ingest
	read   func(context.Context, string, []byte) (*plan.Plan, error) // what it has read

	mu           sync.Mutex
	acknowledged int // documents that were told of before a process died, and looked for after it
	failed       int // processes after whose death something was wrong
}

func newCrash(t *testing.T, documents int) *crash {
	t.Helper()
	c := &crash{source: t.TempDir(), whole: t.TempDir(), batch: max(3, documents/8)}
	if err := synth.New(3).Write(c.source, documents); err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(c.source, "zip", "more.zip"), zipped(t, "a.txt", letter(100), "b.txt", letter(101)))
	time.Sleep(50 * time.Millisecond)
	start := time.Now()
	if out, err := c.child(c.whole, "").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	c.took = time.Since(start)
	sound(t, c.whole, true)
	c.want = exported(t, c.whole)
	known, err := corpus.Open(c.whole)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { known.Close() })
	c.read = readBefore(known)
	return c
}

// child is a process that ingests into dir, and in which a fault is armed.
func (c *crash) child(dir, armed string) *exec.Cmd {
	cmd := child(os.Args[0], dir, c.source)
	cmd.Stderr = nil
	cmd.Env = append(cmd.Env, fault.Env+"="+armed, fmt.Sprint("KEHOACH_TEST_BATCH=", c.batch), "GOGC=400") // memory is cheaper here than time
	return cmd
}

// settled holds the corpus that a process left behind, which said out: it is sound, what was acknowledged is there, and the
// next run completes it to the same tables.
func (c *crash) settled(t *testing.T, dir, out string) {
	t.Helper()
	acknowledged := 0
	defer func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		if c.acknowledged += acknowledged; t.Failed() {
			c.failed++
		}
		t.Logf("%d documents were acknowledged", acknowledged)
	}()
	sound(t, dir, false)
	if store, err := corpus.Open(dir); err == nil {
		for line := range strings.Lines(out) {
			var e Event
			if json.Unmarshal([]byte(line), &e) != nil || e.Plan == "" {
				continue // cut off, or an archive
			}
			p, err := store.Plan(e.Plan)
			if err == nil {
				_, err = store.Original(p.Source.SHA256)
			}
			if err != nil {
				t.Errorf("%s was acknowledged: %v", e.Path, err)
			}
			acknowledged++
		}
		store.Close()
	} else if !errors.Is(err, corpus.ErrNoCorpus) && !errors.Is(err, corpus.ErrOld) || out != "" {
		t.Errorf("the corpus does not open: %v", err)
	}
	r, err := Ingest(context.Background(), dir, []string{c.source}, Options{parsed: c.read})
	if err != nil || r.Quarantined != 0 {
		t.Errorf("the next run: %+v, %v", r, err)
	}
	again, err := Verify(context.Background(), dir, VerifyOptions{Quick: true})
	if err != nil || len(again.Damage) > 0 {
		t.Errorf("after the next run: %v, %v", again.Damage, err)
	}
	if exported(t, dir) != c.want {
		t.Error("the next run did not complete to the same corpus")
	}
}

// TestFaults kills a process that ingests before and after every step that safety rests on, at its first pass and, where
// there are many, at one in the middle; then at moments by chance.
func TestFaults(t *testing.T) {
	documents, moments := soak()
	c := newCrash(t, documents)
	start, points := time.Now(), 0
	t.Run("point", func(t *testing.T) { // all of them are done when it returns
		for _, point := range fault.Points {
			for i, name := range []string{string(point) + ".before", string(point) + ".after"} {
				if testing.Short() && i == 0 {
					continue
				}
				pass := 1
				switch point {
				case fault.OriginalWrite, fault.OriginalSync, fault.OriginalRename, fault.FolderSync:
					pass = 1 + (documents/2)*i
				case fault.Commit, fault.IndexBatch:
					pass = 1 + 4*i
				}
				points++
				t.Run(fmt.Sprint(points, ":", name, ":", pass), func(t *testing.T) {
					t.Parallel()
					c.atPoint(t, fmt.Sprint("kill:", name, ":", pass))
				})
			}
		}
	})
	dice := rand.New(rand.NewPCG(11, uint64(time.Now().UnixNano())))
	for i := range moments {
		after := time.Duration(dice.Int64N(int64(c.took)))
		t.Run(fmt.Sprintf("moment/%d:%v", i+1, after), func(t *testing.T) { c.atMoment(t, after) })
	}
	t.Logf("%d documents; killed at %d points and %d moments of %v; %d acknowledged documents were looked for; %d failures; %v",
		documents, points, moments, c.took.Round(time.Millisecond), c.acknowledged, c.failed, time.Since(start).Round(time.Second))
}

// atPoint kills a process at a point.
func (c *crash) atPoint(t *testing.T, armed string) {
	dir := t.TempDir()
	cmd := c.child(dir, armed)
	cmd.Env = append(cmd.Env, "KEHOACH_TEST_KNOWN="+c.whole) // at moments by chance it reads the files itself
	out, err := cmd.Output()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
		t.Fatalf("the process did not come to the point: %v", err)
	}
	c.settled(t, dir, string(out))
}

// atMoment kills a process after some time.
func (c *crash) atMoment(t *testing.T, after time.Duration) {
	dir := t.TempDir()
	cmd := c.child(dir, "")
	var out bytes.Buffer
	cmd.Stdout = &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(after)
	cmd.Process.Kill()
	cmd.Wait()
	c.settled(t, dir, out.String())
}

// TestDiskFull lets the disk run full at every step of keeping a document: the run ends with the reason, and what was
// acknowledged is there.
func TestDiskFull(t *testing.T) {
	if testing.Short() {
		t.Skip("the disk fills in the long run of the tests")
	}
	c := newCrash(t, 24)
	for i, point := range []fault.Point{fault.LockWrite, fault.Migrate, fault.IndexFormatSync, fault.IndexServe, fault.OriginalWrite,
		fault.OriginalSync, fault.OriginalRename, fault.Commit, fault.IndexBatch} {
		t.Run(string(point), func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			pass := 1
			if i >= 4 {
				pass = 2
			}
			cmd := c.child(dir, fmt.Sprint("full:", point, ".before:", pass))
			var out, errs bytes.Buffer
			cmd.Stdout, cmd.Stderr = &out, &errs
			if err := cmd.Run(); err == nil || !strings.Contains(errs.String(), syscall.ENOSPC.Error()) {
				t.Errorf("the run on a full disk: %v, %s", err, &errs)
			}
			c.settled(t, dir, out.String())
		})
	}
}

// TestSmallDisk ingests into a file system that is too small.
func TestSmallDisk(t *testing.T) {
	if testing.Short() {
		t.Skip("the disk fills in the long run of the tests")
	}
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=3m"); err != nil {
		t.Skipf("a small file system cannot be mounted here: %v", err)
	}
	defer syscall.Unmount(dir, syscall.MNT_DETACH)
	c := newCrash(t, 200)
	cmd := c.child(dir, "")
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err == nil || !strings.Contains(errs.String(), "no space") && !strings.Contains(errs.String(), "full") {
		t.Errorf("the run on a small disk: %v, %s", err, &errs)
	}
	if out.Len() == 0 {
		t.Error("nothing was kept at all")
	}
	if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT, "size="+strconv.Itoa(200<<20)); err != nil {
		t.Fatal(err)
	}
	c.settled(t, dir, out.String())
}

// TestForgetOnFullDisk forgets where there is no room to write the index anew: it gives up with the reason, and does its work once
// there is room.
func TestForgetOnFullDisk(t *testing.T) {
	if testing.Short() {
		t.Skip("the disk fills in the long run of the tests")
	}
	mount, src := t.TempDir(), t.TempDir()
	if err := syscall.Mount("tmpfs", mount, "tmpfs", 0, "size=6m"); err != nil {
		t.Skipf("a small file system cannot be mounted here: %v", err)
	}
	defer syscall.Unmount(mount, syscall.MNT_DETACH)
	dir := filepath.Join(mount, "data")
	letters(t, src, 40)
	ingestAll(t, dir, src)
	var disk syscall.Statfs_t
	must(t, syscall.Statfs(mount, &disk))
	fill := put(t, filepath.Join(mount, "fill"), strings.Repeat("x", int(disk.Bavail)*int(disk.Bsize)-100<<10))
	id := aPlan(t, dir).ID
	if _, err := Forget(context.Background(), dir, []string{id}, ""); err == nil || !strings.Contains(err.Error(), "full") && !strings.Contains(err.Error(), "no space") {
		t.Errorf("on a full disk: %v", err)
	}
	sound(t, dir, false)
	must(t, os.Remove(fill))
	if _, err := Forget(context.Background(), dir, []string{id}, ""); err != nil {
		t.Error(err)
	}
	ingestAll(t, dir, filepath.Join(src, "001.txt"))
	sound(t, dir, true)
}
