package corpus

import (
	"database/sql"
	"slices"
	"strings"
	"testing"

	"kehoach/plan"
)

// TestSources puts a story through: each line is one source given to one run, and what must become of it.
func TestSources(t *testing.T) {
	c := create(t, t.TempDir())
	c.Version = "test"
	story := []struct {
		path, text string // "!": it could not be read
		outcome    Outcome
		current    string // the texts whose plans are current afterwards
		pending    string // for the index: +text to hold, -text to drop
	}{
		{"/a", "x", Added, "x", "+x"},
		{"/b", "x", Duplicate, "x", "+x"}, // the index holds its paths
		{"/c", "y", Added, "x y", "+y"},
		{"/c", "y", Unchanged, "x y", ""},
		{"/a", "z", Changed, "x y z", "+x +z"}, // x has lost a path
		{"/b", "y", Changed, "y z", "-x +y"},
		{"/b", "!", Refused, "y z", ""}, // its last version stays
		{"/c", "!", Refused, "y z", ""},
		{"/c", "x", Changed, "x y z", "+x +y"}, // an old version is back
		{"/b", "x", Changed, "x z", "+x -y"},
		{"/d", "!", Refused, "x z", ""},
		{"/d", "w", Added, "w x z", "+w"},
		{"/d", "x", Changed, "x z", "+x -w"},
	}
	names := map[string]string{}
	for i, s := range story {
		r := begin(t, c)
		d := doc(t, s.path, s.text, &plan.Plan{})
		names[d.Plan.ID] = s.text
		if s.text == "!" {
			d = Doc{Source: NewSource(s.path, "", nil).Refuse("because")}
		}
		outcomes, pending := put(t, c, r, d)
		var told []string
		for _, p := range pending {
			told = append(told, map[bool]string{true: "+", false: "-"}[p.Current]+names[p.ID])
		}
		ids, err := c.IDs(plan.Filter{})
		if err != nil {
			t.Fatal(err)
		}
		var current []string
		for _, id := range ids {
			current = append(current, names[id])
		}
		slices.Sort(current)
		if outcomes[0] != s.outcome || strings.Join(current, " ") != s.current || strings.Join(told, " ") != s.pending {
			t.Errorf("step %d, %s = %s: got %s, current %q, pending %q; want %+v", i, s.path, s.text, outcomes[0], current, told, s)
		}
		c.Indexed(pending)
	}
	var shown []string
	for p, err := range c.Select(plan.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		shown = append(shown, names[p.ID]+" "+p.Source.Path)
	}
	slices.Sort(shown)
	if got := strings.Join(shown, ", "); got != "x /b, z /a" {
		t.Errorf("paths shown: %s", got)
	}
	r := begin(t, c)
	if err := c.Finish(r); err != nil {
		t.Fatal(err)
	}
	if list, err := c.Pending(); err != nil || len(list) != 0 {
		t.Errorf("pending after all was acknowledged: %v, %v", list, err)
	}
}

func TestOneBatch(t *testing.T) {
	c := create(t, t.TempDir())
	r := begin(t, c)
	one, two := doc(t, "/1", "same", &plan.Plan{}), doc(t, "/2", "same", &plan.Plan{})
	other := doc(t, "/1", "other", &plan.Plan{})
	outcomes, pending := put(t, c, r, one, two, other)
	if !slices.Equal(outcomes, []Outcome{Added, Duplicate, Changed}) || len(pending) != 2 {
		t.Errorf("outcomes %v, pending %v", outcomes, pending)
	}
	if r.Added != 1 || r.Duplicate != 1 || r.Changed != 1 {
		t.Errorf("counts %+v", r.Counts)
	}
}

func TestFailedPutKeepsNothing(t *testing.T) {
	c := create(t, t.TempDir())
	r := begin(t, c)
	unknown := doc(t, "/2", "never parsed", nil)
	if _, _, err := c.Put(r, []Doc{doc(t, "/1", "good", &plan.Plan{}), unknown}); err == nil {
		t.Fatal("a document without a plan was accepted")
	}
	if ids, err := c.IDs(plan.Filter{}); err != nil || len(ids) != 0 {
		t.Errorf("after a failed batch: %v, %v", ids, err)
	}
	if r.Added != 0 {
		t.Errorf("counts %+v", r.Counts)
	}
	put(t, c, r, doc(t, "/1", "good", &plan.Plan{})) // the writer goes on
}

// TestPutScansNoTable holds that what a document costs does not grow with the corpus: no statement of Put reads a whole table.
func TestPutScansNoTable(t *testing.T) {
	c := create(t, t.TempDir())
	r := begin(t, c)
	put(t, c, r, doc(t, "/a", words(1, 50, 0), named("1/KH-UBND", "2021", "")), doc(t, "/b", words(2, 50, 0), full()))
	put(t, c, r, doc(t, "/a", words(1, 50, 2), named("1/KH-UBND", "2021", "")), doc(t, "/c", words(2, 50, 0), &plan.Plan{}))
	asked := 0
	for query := range c.w.stmts {
		if !strings.HasPrefix(strings.TrimSpace(query), "SELECT") && !strings.Contains(query, "WHERE") {
			continue
		}
		asked++
		args := make([]any, 40)
		var rows *sql.Rows
		for n := range args { // as many as the statement takes
			var err error
			if rows, err = c.read.Query("EXPLAIN QUERY PLAN "+query, args[:n]...); err == nil {
				break
			}
		}
		for rows != nil && rows.Next() {
			var step [3]int
			var does string
			if err := rows.Scan(&step[0], &step[1], &step[2], &does); err != nil {
				t.Fatal(err)
			}
			any := does == "SCAN CONSTANT ROW" || query == `SELECT EXISTS (SELECT 1 FROM corrections)` // at the first row it ends
			if strings.HasPrefix(does, "SCAN ") && !any {
				t.Errorf("%s: %s", does, query)
			}
		}
		if rows == nil || rows.Close() != nil {
			t.Errorf("not explained: %s", query)
		}
	}
	if asked < 5 {
		t.Errorf("only %d statements were looked at", asked)
	}
}
