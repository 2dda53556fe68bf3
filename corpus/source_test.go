package corpus

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kehoach/plan"
)

func TestKnown(t *testing.T) {
	c := create(t, t.TempDir())
	c.Version = "test"
	r := begin(t, c)
	dir := t.TempDir()
	file := func(name string, age time.Duration) fs.FileInfo {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(name), 0o644); err != nil {
			t.Fatal(err)
		}
		when := time.Now().Add(-age)
		if err := os.Chtimes(path, when, when); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		return info
	}
	settle := func() { time.Sleep(2 * tick) } // the change time cannot be set
	keep := func(name string, info fs.FileInfo, refuse bool) {
		d := doc(t, name, name, &plan.Plan{})
		d.Source = NewSource(name, d.Source.SHA256, info)
		if refuse {
			d.Source = d.Source.Refuse("because")
			d.Plan = nil
		}
		put(t, c, r, d)
	}
	old := file("old", time.Hour)
	bad := file("bad", time.Hour)
	settle()
	keep("old", old, false)
	keep("bad", bad, true)
	fresh := file("fresh", 0)
	keep("fresh", fresh, false)
	link := filepath.Join(dir, "old")
	if err := os.Chmod(link, 0o600); err != nil { // changes nothing but the change time
		t.Fatal(err)
	}
	touched, err := os.Stat(link)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		what    string
		path    string
		info    fs.FileInfo
		version string
		want    bool
	}{
		{"as it was", "old", old, "test", true},
		{"another version of the program", "old", old, "test 2", true},
		{"only the change time differs", "old", touched, "test", false},
		{"another file at the path", "old", bad, "test", false},
		{"no file", "old", nil, "test", false},
		{"never seen", "new", old, "test", false},
		{"quarantined, as it was", "bad", bad, "test", true},
		{"quarantined by another version", "bad", bad, "test 2", false},
		{"written within the tick in which it was read", "fresh", fresh, "test", false},
	} {
		c.Version = row.version
		if _, got, err := c.Known(row.path, row.info); err != nil || got != row.want {
			t.Errorf("%s: Known = %v, %v, want %v", row.what, got, err, row.want)
		}
	}
	if ok, err := c.Has(doc(t, "", "old", nil).Source.SHA256, ""); !ok || err != nil {
		t.Errorf("Has = %v, %v", ok, err)
	}
	if ok, err := c.Has(strings.Repeat("0", 64), ""); ok || err != nil {
		t.Errorf("Has of unknown bytes = %v, %v", ok, err)
	}
}

func TestFinishTidiesQuarantine(t *testing.T) {
	c := create(t, t.TempDir())
	dir := t.TempDir()
	there := filepath.Join(dir, "there.bin")
	if err := os.WriteFile(there, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	r := begin(t, c)
	var docs []Doc
	for _, path := range []string{there, filepath.Join(dir, "gone"), dir, there + "!/member", dir + "/gone.zip!/member"} {
		docs = append(docs, Doc{Source: NewSource(path, "", nil).Refuse("because")})
	}
	put(t, c, r, docs...)
	count := func() string {
		list, err := c.Quarantine()
		if err != nil {
			t.Fatal(err)
		}
		var paths []string
		for _, u := range list {
			paths = append(paths, strings.TrimPrefix(u.Path, dir)+" "+u.Reason)
		}
		return strings.Join(paths, ", ")
	}
	if err := c.Finish(r); err != nil {
		t.Fatal(err)
	}
	if got := count(); !strings.Contains(got, "gone because") {
		t.Errorf("a run tidied what it found itself: %s", got)
	}
	if err := c.Finish(begin(t, c)); err != nil {
		t.Fatal(err)
	}
	if got := count(); got != "/there.bin because, /there.bin!/member because" {
		t.Errorf("quarantine = %q", got)
	}
}
