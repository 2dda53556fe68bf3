package corpus

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kehoach/plan"
)

func TestOriginals(t *testing.T) {
	dir := t.TempDir()
	c := create(t, dir)
	r := begin(t, c)
	d := doc(t, "/a", "bytes", &plan.Plan{})
	put(t, c, r, d)
	path := c.w.path(d.Source.SHA256)
	before, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if before.Mode().Perm() != 0o444 {
		t.Errorf("mode %v, want read-only", before.Mode())
	}
	put(t, c, r, doc(t, "/b", "bytes", &plan.Plan{}))
	if after, err := os.Stat(path); err != nil || !os.SameFile(before, after) || !after.ModTime().Equal(before.ModTime()) {
		t.Errorf("the original was written twice: %v", err)
	}
	// What a killed writer leaves behind is cleared away by the next one.
	left := filepath.Join(dir, "originals", "tmp", "half")
	if err := os.WriteFile(left, []byte("by"), 0o444); err != nil {
		t.Fatal(err)
	}
	c.Close()
	c = create(t, dir)
	if _, err := os.Stat(left); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("half an original is still there: %v", err)
	}
	if err := errors.Join(os.Chmod(path, 0o644), os.WriteFile(path, []byte("other"), 0o644)); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Original(d.Source.SHA256); err == nil || !strings.Contains(err.Error(), "changed") {
		t.Errorf("an altered original was given out: %v", err)
	}
	if _, err := c.Original("../../etc/passwd"); err == nil {
		t.Error("a path was taken for a sum")
	}
}

// TestOrder holds the order of safety: the catalogue never names an original that is not on the disk.
func TestOrder(t *testing.T) {
	dir := t.TempDir()
	c := create(t, dir)
	r := begin(t, c)
	d := doc(t, "/a", "bytes", &plan.Plan{})
	folder := filepath.Dir(c.w.path(d.Source.SHA256))
	if err := os.RemoveAll(folder); err != nil { // the rename must fail
		t.Fatal(err)
	}
	if _, _, err := c.Put(r, []Doc{d}); err == nil {
		t.Fatal("Put succeeded without its original")
	}
	if ok, err := c.Has(d.Source.SHA256, ""); ok || err != nil {
		t.Errorf("the catalogue names an original that is not there: %v, %v", ok, err)
	}
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	if outcomes, _ := put(t, c, r, d); outcomes[0] != Added {
		t.Errorf("second try: %v", outcomes)
	}
}

// TestClockSetBack cuts a run off after the clock was set back: by their times its originals were there before it began.
func TestClockSetBack(t *testing.T) {
	dir := t.TempDir()
	c := create(t, dir)
	r := begin(t, c)
	if _, _, err := c.Put(r, []Doc{doc(t, "/a", "kept", &plan.Plan{})}); err != nil {
		t.Fatal(err)
	}
	lost := doc(t, "/b", "not acknowledged", &plan.Plan{})
	if err := c.w.keep([]Doc{lost}); err != nil { // and then it is killed
		t.Fatal(err)
	}
	if err := c.w.exec(`UPDATE runs SET started = '2999-01-01T00:00:00Z'`); err != nil {
		t.Fatal(err)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	damage := func() (list []Damage) {
		o, err := Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		defer o.Close()
		if _, err := o.Verify(t.Context(), Check{Tell: func(d Damage) { list = append(list, d) }}); err != nil {
			t.Fatal(err)
		}
		return list
	}
	if list := damage(); len(list) != 1 || list[0].Grave || list[0].Subject != lost.Source.SHA256 {
		t.Errorf("after it was killed: %+v", list)
	}
	c = create(t, dir)
	begin(t, c) // sweeps, and is cut off itself
	if list := damage(); len(list) != 0 {
		t.Errorf("after the next run began: %+v", list)
	}
	// What was acknowledged and is named no more is no run's.
	if err := c.w.exec(`UPDATE runs SET started = '2999-01-01T00:00:00Z'`); err != nil {
		t.Fatal(err)
	}
	for _, query := range []string{`DELETE FROM sources`, `DELETE FROM plans`} {
		if err := c.w.exec(query); err != nil {
			t.Fatal(err)
		}
	}
	if list := damage(); len(list) != 1 || !list[0].Grave || list[0].Kind != Orphan {
		t.Errorf("an original that lost its plan: %+v", list)
	}
}
