package corpus

import (
	"context"
	"database/sql"
	"flag"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kehoach/plan"
)

var update = flag.Bool("update", false, "write the catalogue of the newest version into testdata")

// TestMigrations brings the catalogue that each version of the program wrote to the newest version. What stood in it must
// be there afterwards, and its tables must be those of a new catalogue.
func TestMigrations(t *testing.T) {
	fresh := t.TempDir()
	story(t, fresh)
	want := layout(t, fresh)
	newest := filepath.Join("testdata", fmt.Sprintf("catalogue-%d.sql", len(migrations)))
	if _, err := os.Stat(newest); err != nil && *update {
		if err := os.WriteFile(newest, []byte(dump(t, fresh)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for version := 1; version <= len(migrations); version++ {
		t.Run(fmt.Sprint(version), func(t *testing.T) {
			script, err := os.ReadFile(filepath.Join("testdata", fmt.Sprintf("catalogue-%d.sql", version)))
			if err != nil {
				t.Fatalf("there is no catalogue of version %d (-update writes that of the newest): %v", version, err)
			}
			dir := t.TempDir()
			load(t, dir, string(script))
			c := create(t, dir)
			if got := layout(t, dir); got != want {
				t.Errorf("other tables than those of a new catalogue:\n%s", got)
			}
			if err := foreignKeys(c.read); err != nil {
				t.Error(err)
			}
			var sound string
			if err := c.read.QueryRow("PRAGMA integrity_check").Scan(&sound); err != nil || sound != "ok" {
				t.Errorf("integrity_check: %s, %v", sound, err)
			}
			var plans []string
			for p, err := range c.Select(plan.Filter{}) {
				if err != nil {
					t.Fatal(err)
				}
				plans = append(plans, p.Source.Path+" "+p.Number+" "+p.Title)
			}
			slices.Sort(plans)
			if got := strings.Join(plans, "\n"); got != "/kh/1.txt 115/KH-UBND Thông tin, tuyên truyền\n/kh/2.txt 115/KH-UBND Thông tin, tuyên truyền" {
				t.Errorf("plans:\n%s", got)
			}
			for _, f := range []plan.Filter{{Format: []string{"text"}}, {Problem: []string{plan.LabelJump}}} {
				if ids, err := c.IDs(f); err != nil || len(ids) != len(plans) {
					t.Errorf("%+v chooses %v, %v", f, ids, err)
				}
			}
			ids, err := c.IDs(plan.Filter{})
			if err != nil {
				t.Fatal(err)
			}
			cards, err := c.Cards(ids)
			if err != nil || len(cards) != 2 || cards[0] == nil || cards[0].Title != "Thông tin, tuyên truyền" || len(cards[0].Sections) != 1 {
				t.Errorf("cards: %+v, %v", cards, err)
			}
			s, err := c.Status()
			if err != nil {
				t.Fatal(err)
			}
			if got := fmt.Sprint(s.Plans, s.Superseded, s.Sources, s.Quarantined, s.Sections, s.Assignments, s.Citations, s.Deadlines, s.Runs, s.Pending); got != "2 1 3 1 2 2 2 2 2 2" {
				t.Errorf("status: %s", got)
			}
			if s.LastRun == nil || s.LastRun.Version != "test" {
				t.Errorf("last run: %+v", s.LastRun)
			}
			r := begin(t, c) // and the work goes on
			if outcomes, _ := put(t, c, r, doc(t, "/kh/3.txt", "three", full()), doc(t, "/kh/1.txt", "one", nil)); !slices.Equal(outcomes, []Outcome{Added, Unchanged}) {
				t.Errorf("outcomes %v", outcomes)
			}
			if err := c.Finish(r); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestStrict holds that every table is STRICT, and that every step has its file.
func TestStrict(t *testing.T) {
	c := create(t, t.TempDir())
	rows, err := c.read.Query("SELECT name FROM pragma_table_list WHERE schema = 'main' AND strict = 0 AND name NOT LIKE 'sqlite_%'")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		t.Errorf("the table %s is not STRICT", name)
	}
	files, err := migrationFiles.ReadDir("migrations")
	if err != nil || len(files) != len(migrations) {
		t.Errorf("%d files for %d migrations, %v", len(files), len(migrations), err)
	}
}

// TestMigrationFails holds that a step which fails leaves the catalogue as it was.
func TestMigrationFails(t *testing.T) {
	dir := t.TempDir()
	story(t, dir)
	before := dump(t, dir)
	db := raw(t, dir)
	conn, err := db.Conn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if err := step(conn, 1); err == nil { // its tables are there already
		t.Error("the step did not fail")
	}
	conn.Close()
	db.Close()
	if dump(t, dir) != before {
		t.Error("the catalogue is not as it was")
	}
}

// story fills a corpus with what every version of the catalogue can hold: two plans, one superseded, one source in quarantine.
func story(t *testing.T, dir string) {
	t.Helper()
	c := create(t, dir)
	r := begin(t, c)
	_, tell := put(t, c, r, doc(t, "/kh/1.txt", "one", full()), doc(t, "/kh/2.txt", "old", full()), doc(t, "/kh/1 again.txt", "one", nil))
	c.Indexed(tell)
	if err := c.Finish(r); err != nil {
		t.Fatal(err)
	}
	r = begin(t, c)
	put(t, c, r, doc(t, "/kh/2.txt", "two", full()), Doc{Source: NewSource("/kh/bad.bin", "", nil).Refuse("cannot be read")})
	if err := c.Finish(r); err != nil {
		t.Fatal(err)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
}

// raw opens the catalogue in dir without looking at it.
func raw(t *testing.T, dir string) *sql.DB {
	t.Helper()
	db, err := openDB(filepath.Join(dir, catalogueName), 1, url.Values{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func load(t *testing.T, dir, script string) {
	t.Helper()
	if _, err := raw(t, dir).Exec(script); err != nil {
		t.Fatal(err)
	}
}

// layout is the SQL of every table and index, without blanks and comments, and the columns of every table.
func layout(t *testing.T, dir string) string {
	t.Helper()
	return column(t, raw(t, dir), `SELECT m.name || ': ' || coalesce((SELECT group_concat(c.name || ' ' || c.type || ' ' || c."notnull" || ' ' ||
		coalesce(c.dflt_value, '-') || ' ' || c.pk, ', ') FROM pragma_table_xinfo(m.name) c), '') FROM sqlite_schema m ORDER BY m.name`)
}

func column(t *testing.T, db *sql.DB, query string) string {
	t.Helper()
	rows, err := db.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var out strings.Builder
	for rows.Next() {
		var s sql.NullString
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		out.WriteString(s.String + "\n")
	}
	return out.String()
}

// dump is the SQL that makes a catalogue with the same tables and rows.
func dump(t *testing.T, dir string) string {
	t.Helper()
	db := raw(t, dir)
	defer db.Close()
	var out strings.Builder
	for _, name := range []string{"application_id", "user_version"} {
		fmt.Fprintf(&out, "PRAGMA %s = %s;\n", name, strings.TrimSpace(column(t, db, "PRAGMA "+name)))
	}
	for _, name := range strings.Fields(column(t, db, `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid`)) {
		out.WriteString(strings.TrimSpace(column(t, db, `SELECT sql FROM sqlite_schema WHERE name = '`+name+`'`)) + ";\n")
		columns := strings.Fields(column(t, db, `SELECT name FROM pragma_table_info('`+name+`')`))
		quoted := make([]string, len(columns))
		for i, c := range columns {
			quoted[i] = "quote(" + c + ")"
		}
		out.WriteString(column(t, db, `SELECT 'INSERT INTO `+name+` (`+strings.Join(columns, ", ")+`) VALUES (' || `+strings.Join(quoted, " || ', ' || ")+` || ');' FROM `+name))
	}
	out.WriteString(column(t, db, `SELECT sql || ';' FROM sqlite_schema WHERE type <> 'table' AND sql IS NOT NULL ORDER BY rowid`))
	return out.String()
}
