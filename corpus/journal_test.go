package corpus

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kehoach/plan"
)

// journal is the lines of a run, each as "outcome path (differences)".
func journal(t *testing.T, c *Corpus, run int64, unchanged bool) string {
	t.Helper()
	var lines []string
	for n, err := range c.Journal(run, unchanged) {
		if err != nil {
			t.Fatal(err)
		}
		line := fmt.Sprint(n.Outcome, " ", filepath.Base(n.Path))
		for _, d := range n.Differs {
			line += fmt.Sprintf(" %s+%d-%d", d.Field, d.Gained, d.Lost)
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, ", ")
}

// TestJournal puts a story through three runs, and reads their journals.
func TestJournal(t *testing.T) {
	dir := t.TempDir()
	c := create(t, t.TempDir())
	path := func(name string) string { return filepath.Join(dir, name) }
	for _, name := range []string{"a", "b", "bad"} {
		if err := os.WriteFile(path(name), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	one := begin(t, c)
	put(t, c, one, doc(t, path("a"), "x", full()), doc(t, path("b"), "x", full()), doc(t, path("gone"), "y", full()))
	if err := c.Finish(one); err != nil {
		t.Fatal(err)
	}
	two := begin(t, c)
	fewer := full()
	fewer.Number, fewer.Place = "116/KH-UBND", "Rạch Giá"
	fewer.Assignments, fewer.Deadlines = nil, append(fewer.Deadlines, plan.Deadline{Text: "quý I"})
	put(t, c, two, doc(t, path("a"), "z", fewer), doc(t, path("b"), "x", nil), Doc{Source: NewSource(path("bad"), "", nil).Refuse("because")})
	notes, err := c.Absent(two, []string{dir})
	if err != nil || len(notes) != 1 || two.Gone != 1 {
		t.Errorf("absent: %v, %v", notes, err)
	}
	if err := c.Finish(two); err != nil {
		t.Fatal(err)
	}
	three := begin(t, c)
	c.Made = "newer"
	put(t, c, three, doc(t, path("a"), "z", full()), doc(t, path("gone"), "y", nil))
	if notes, err = c.Absent(three, []string{dir}); err != nil || len(notes) != 0 {
		t.Errorf("absent again: %v, %v", notes, err)
	}
	if err := c.Finish(three); err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		run       int64
		unchanged bool
		want      string
	}{
		{one.ID, true, "added a, duplicate b, added gone"},
		{two.ID, false, "changed a assignments+0-1 deadlines+1-0 number+1-1 place+1-0, quarantined bad, gone gone"},
		{two.ID, true, "changed a assignments+0-1 deadlines+1-0 number+1-1 place+1-0, quarantined bad, gone gone, unchanged b"},
		{three.ID, true, "renewed a assignments+1-0 deadlines+0-1 number+1-1 place+0-1, unchanged gone"},
	} {
		if got := journal(t, c, row.run, row.unchanged); got != row.want {
			t.Errorf("run %d:\n got %s\nwant %s", row.run, got, row.want)
		}
	}
	changes, err := c.Changes(two.ID)
	if err != nil || fmt.Sprint(changes) != "[{assignments 1 0 1 0 1} {deadlines 1 1 0 1 0} {number 1 0 0 1 1} {place 1 1 0 1 0}]" {
		t.Errorf("changes: %v, %v", changes, err)
	}
	p, err := c.Plan(doc(t, "", "z", full()).Plan.ID)
	if err != nil || p.Number != full().Number {
		t.Errorf("the plan that was read again: %v", err)
	}
	runs, err := c.Runs(0)
	if err != nil || len(runs) != 3 || runs[0].ID != three.ID || runs[0].Renewed != 1 || runs[1].Gone != 1 || runs[0].Kind != "ingest" {
		t.Errorf("runs: %+v, %v", runs, err)
	}
}
