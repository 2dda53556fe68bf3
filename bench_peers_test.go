//go:build linux

package kehoach_test

import (
	"bufio"
	"bytes"
	"cmp"
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"kehoach/index"
	"kehoach/internal/synth"
	"kehoach/normalize"
)

// The peers have the same records with the same words, apart from headings and titles, which they are spared; exact, and folded beside it.
// Each question gives the ten best and how many records and plans were found, and where facets are asked for these as well: of
// lead the first agency alone, and the years within the range. They are built by processes of their own, and kept beside our index.

// peer is another engine: what it cost to build, and how it answers.
type peer struct {
	Name  string
	Built built
	Times map[string][]asking `json:"times"` // by class
}

// asking is one question, answered.
type asking struct {
	Wall  float64 `json:"wall"` // ms
	CPU   float64 `json:"cpu"`
	Found int     `json:"found"` // records
}

// timing puts the answers of a class into the form of ours.
func (p *peer) timing(class string) timing {
	var took, worked []time.Duration
	total := 0
	for _, a := range p.Times[class] {
		took = append(took, time.Duration(a.Wall*1e6))
		worked = append(worked, time.Duration(a.CPU*1e6))
		total += a.Found
	}
	return timingOf(took, worked, total)
}

// record is a record as the peers take it.
type record struct {
	plan                             int
	year, province, kind, part, lead string // kind is of the document, part of the section
	words                            string
}

// eachRecord gives the records of the first n made documents.
func eachRecord(n int, do func(r record) error) error {
	m := synth.New(1)
	for next, done := 0, 0; done < n; {
		plans, after := benchPlans(m, next, min(500, n-done))
		for i, p := range plans {
			for _, r := range index.Records(p) {
				row := record{done + i, r.Year, cmp.Or(p.Province.ID, p.Province.Name), p.Type.Code, string(r.Kind), "", r.Text(p.Text)}
				if len(r.Lead) > 0 {
					row.lead = cmp.Or(r.Lead[0].ID, r.Lead[0].Name)
				}
				if err := do(row); err != nil {
					return err
				}
			}
		}
		next, done = after, done+len(plans)
	}
	return nil
}

// keptPeer builds a peer's index by a process, unless it is kept already, and gives what that cost.
func keptPeer(b *testing.B, path string, build func()) (r built) {
	b.Helper()
	if raw, err := os.ReadFile(path + ".json"); err == nil && json.Unmarshal(raw, &r) == nil {
		return r
	}
	if err := os.RemoveAll(path); err != nil {
		b.Fatal(err)
	}
	build()
	raw, err := os.ReadFile(path + ".json")
	if err == nil {
		err = json.Unmarshal(raw, &r)
	}
	if err != nil {
		b.Fatal(err)
	}
	return r
}

func writeJSON(path string, v any) error {
	raw, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return os.WriteFile(path, raw, 0o644)
}

func openFTS5(path string) (*sql.DB, error) {
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=journal_mode(off)&_pragma=synchronous(off)&_pragma=cache_size(-200000)")
	if err == nil {
		db.SetMaxOpenConns(1)
	}
	return db, err
}

// TestPeerProcess builds the index of SQLite FTS5: it does nothing unless BenchmarkSearch started it.
func TestPeerProcess(t *testing.T) {
	path := os.Getenv("SYNTH_PEER")
	if path == "" {
		t.Skip("only a part of BenchmarkSearch")
	}
	n, err := strconv.Atoi(os.Getenv("SYNTH_DOCS"))
	if err != nil {
		t.Fatal(err)
	}
	r, err := buildFTS5(path, n)
	if r.Peak = float64(peakMemory()) / 1e6; err == nil {
		err = writeJSON(path+".json", r)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// foldedD is what remove_diacritics leaves: đ is a letter of its own to it.
var foldedD = strings.NewReplacer("đ", "d", "Đ", "D")

// buildFTS5 makes two tables, one that keeps marks and one with remove_diacritics, neither with the text itself.
func buildFTS5(path string, n int) (r built, err error) {
	db, err := openFTS5(path)
	if err != nil {
		return r, err
	}
	defer db.Close()
	if _, err := db.Exec(`CREATE VIRTUAL TABLE exact USING fts5(words, content='', tokenize="unicode61 remove_diacritics 0");
		CREATE VIRTUAL TABLE folded USING fts5(words, content='', tokenize="unicode61 remove_diacritics 2");
		CREATE TABLE r (n INTEGER PRIMARY KEY, plan INTEGER, year TEXT, province TEXT, type TEXT, kind TEXT, lead TEXT); BEGIN`); err != nil {
		return r, err
	}
	var insert [3]*sql.Stmt
	for i, q := range []string{`INSERT INTO exact (rowid, words) VALUES (?, ?)`, `INSERT INTO folded (rowid, words) VALUES (?, ?)`,
		`INSERT INTO r VALUES (?, ?, ?, ?, ?, ?, ?)`} {
		if insert[i], err = db.Prepare(q); err != nil {
			return r, err
		}
	}
	var used, wall time.Duration
	err = eachRecord(n, func(row record) error {
		r.Sections++
		r.Text += int64(len(row.words))
		start, from := time.Now(), cpu()
		defer func() { used, wall = used+cpu()-from, wall+time.Since(start) }()
		if _, err := insert[0].Exec(r.Sections, row.words); err != nil {
			return err
		}
		if _, err := insert[1].Exec(r.Sections, foldedD.Replace(row.words)); err != nil {
			return err
		}
		_, err := insert[2].Exec(r.Sections, row.plan, row.year, row.province, row.kind, row.part, row.lead)
		return err
	})
	if err != nil {
		return r, err
	}
	start, from := time.Now(), cpu()
	if _, err := db.Exec(`COMMIT`); err != nil {
		return r, err
	}
	r.Docs, r.CPU, r.Wall = n, (used + cpu() - from).Seconds(), (wall + time.Since(start)).Seconds()
	info, err := os.Stat(path)
	if err == nil {
		r.Index = info.Size()
	}
	return r, err
}

// fts5 is SQLite's full-text index.
func fts5(b *testing.B, dir string, n int, questions map[string][]question) *peer {
	b.Helper()
	path := filepath.Join(dir, fmt.Sprintf("fts5-%d.db", n))
	p := &peer{Name: "SQLite FTS5", Times: make(map[string][]asking)}
	p.Built = keptPeer(b, path, func() {
		c := exec.Command(os.Args[0], "-test.run", "^TestPeerProcess$")
		c.Env = append(os.Environ(), "SYNTH_PEER="+path, "SYNTH_DOCS="+strconv.Itoa(n))
		if out, err := c.CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
	})
	db, err := openFTS5(path)
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	for class, list := range questions {
		for i, q := range append(list[:5:5], list...) {
			table, match := "exact", `"`+strings.Join(q.words, `" AND "`)+`"`
			switch class {
			case "phrase":
				match = `"` + strings.Join(q.words, " ") + `"`
			case "folded query":
				table, match = "folded", `"`+strings.Join(strings.Fields(q.query.Words), `" AND "`)+`"`
			}
			start, used := time.Now(), cpu()
			from := table + ` WHERE ` + table + ` MATCH ?1`
			found := 0
			if len(q.query.Facets) > 0 {
				from = table + ` JOIN r ON r.n = ` + table + `.rowid WHERE ` + table + ` MATCH ?1 AND r.year BETWEEN ?2 AND ?3`
				facets := `WITH m AS MATERIALIZED (SELECT r.* FROM ` + from + `) SELECT '', '', count(*), count(DISTINCT plan) FROM m`
				for _, by := range []string{"province", "year", "type", "lead", "kind"} {
					facets += ` UNION ALL SELECT '` + by + `', ` + by + `, count(*), count(DISTINCT plan) FROM m GROUP BY ` + by
				}
				years := q.query.Filter.Year
				drain(b, db, `SELECT `+table+`.rowid FROM `+from+` ORDER BY rank LIMIT 10`, match, years.From, years.To)
				found = drain(b, db, facets, match, years.From, years.To)
			} else {
				drain(b, db, `SELECT rowid FROM `+from+` ORDER BY rank LIMIT 10`, match)
				found = drain(b, db, `SELECT '', '', count(*), count(DISTINCT r.plan) FROM `+table+` JOIN r ON r.n = `+table+`.rowid WHERE `+table+` MATCH ?`, match)
			}
			if i >= 5 { // the first are asked twice, as ours are
				p.Times[class] = append(p.Times[class], asking{time.Since(start).Seconds() * 1000, (cpu() - used).Seconds() * 1000, found})
			}
		}
	}
	return p
}

// drain reads all rows, and gives the third value of the first one, where there are so many.
func drain(b *testing.B, db *sql.DB, query string, args ...any) (count int) {
	b.Helper()
	rows, err := db.Query(query, args...)
	if err != nil {
		b.Fatalf("%v: %v", err, args)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		b.Fatal(err)
	}
	for first := true; rows.Next(); first = false {
		if len(columns) < 3 {
			continue
		}
		var by, value string
		var records, plans int
		if err := rows.Scan(&by, &value, &records, &plans); err != nil {
			b.Fatal(err)
		}
		if first {
			count = records
		}
	}
	if err := rows.Err(); err != nil {
		b.Fatal(err)
	}
	return count
}

// xapian is Xapian through Debian's python3-xapian; nil where it is not installed.
func xapian(b *testing.B, dir string, n int, questions map[string][]question) *peer {
	b.Helper()
	const python = "/usr/bin/python3"
	if exec.Command(python, "-c", "import xapian").Run() != nil {
		fmt.Println("\nskipped: beside Xapian: python3-xapian is not installed")
		return nil
	}
	path := filepath.Join(dir, fmt.Sprintf("xapian-%d", n))
	run := func(way string, give func(write func(row ...any) error) error) []byte {
		c := exec.Command(python, filepath.Join("testdata", "bench", "xapian_peer.py"), way, path)
		var out, errs bytes.Buffer
		c.Stdout, c.Stderr = &out, &errs
		in, err := c.StdinPipe()
		if err == nil {
			err = c.Start()
		}
		if err != nil {
			b.Fatal(err)
		}
		w := bufio.NewWriter(in)
		lines := json.NewEncoder(w)
		err = give(func(row ...any) error { return lines.Encode(row) })
		if err == nil {
			err = w.Flush()
		}
		in.Close()
		if wrong := c.Wait(); err != nil || wrong != nil {
			b.Fatalf("%v, %v\n%s", err, wrong, &errs)
		}
		return out.Bytes()
	}
	p := &peer{Name: "Xapian"}
	p.Built = keptPeer(b, path, func() {
		var r built
		out := run("build", func(write func(row ...any) error) error {
			return eachRecord(n, func(row record) error {
				r.Sections++
				r.Text += int64(len(row.words))
				return write(fmt.Sprint(row.plan), row.year, row.province, row.kind, row.part, row.lead, row.words, normalize.Fold(row.words))
			})
		})
		err := json.Unmarshal(out, &r)
		if r.Docs = n; err == nil {
			err = writeJSON(path+".json", r)
		}
		if err != nil {
			b.Fatal(err)
		}
	})
	out := run("ask", func(write func(row ...any) error) error {
		for class, list := range questions {
			for i, q := range append(list[:5:5], list...) {
				if err := write(class, q.query.Words, q.query.Filter.Year.From, q.query.Filter.Year.To, i >= 5); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err := json.Unmarshal(out, &p.Times); err != nil {
		b.Fatal(err)
	}
	return p
}
