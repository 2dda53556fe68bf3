//go:build linux

package kehoach_test

import (
	"bufio"
	"bytes"
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"kehoach/index"
	"kehoach/internal/synth"
	"kehoach/normalize"
)

// peer is what another engine needs for the same records and questions.
type peer struct {
	Name     string
	MBPerCPU float64                 `json:"mb_per_cpu"`
	Ratio    float64                 `json:"ratio"` // index by text
	Times    map[string][][2]float64 `json:"times"` // by class: wall and CPU ms of each question
}

// times gives the medians of a class, and its 99th percentile.
func (p *peer) times(class string) (p50, p99, cpu50 float64) {
	list := slices.Clone(p.Times[class])
	if len(list) == 0 {
		return 0, 0, 0
	}
	slices.SortFunc(list, func(a, b [2]float64) int { return int(1e6 * (a[0] - b[0])) })
	p50, p99 = list[len(list)/2][0], list[(len(list)-1)*99/100][0]
	slices.SortFunc(list, func(a, b [2]float64) int { return int(1e6 * (a[1] - b[1])) })
	return p50, p99, list[len(list)/2][1]
}

// eachRecord gives the records of the first n made documents: their plan, year, province, type and words.
func eachRecord(n int, do func(plan, year, province, kind, text string) error) error {
	m := synth.New(1)
	for next, done := 0, 0; done < n; {
		plans, after := benchPlans(m, next, min(500, n-done))
		next, done = after, done+len(plans)
		for _, p := range plans {
			for _, r := range index.Records(p) {
				if err := do(p.ID, r.Year, p.Province.ID, p.Type.Code, r.Text(p.Text)); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// fts5 is SQLite's full-text index, exact and folded, without the text itself.
func fts5(b *testing.B, dir string, n int, questions map[string][]question) *peer {
	b.Helper()
	file := filepath.Join(dir, "fts5.db")
	db, err := sql.Open("sqlite", "file:"+file+"?_pragma=journal_mode(off)&_pragma=synchronous(off)&_pragma=cache_size(-200000)")
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	must := func(_ sql.Result, err error) {
		if err != nil {
			b.Fatal(err)
		}
	}
	must(db.Exec(`CREATE VIRTUAL TABLE t USING fts5(exact, folded, content='', tokenize="unicode61 remove_diacritics 0");
		CREATE TABLE r (n INTEGER PRIMARY KEY, plan TEXT, year TEXT, province TEXT, type TEXT); BEGIN`))
	p, size := &peer{Name: "SQLite FTS5", Times: map[string][][2]float64{}}, 0
	var used time.Duration
	text, err := db.Prepare(`INSERT INTO t (rowid, exact, folded) VALUES (?, ?, ?)`)
	if err != nil {
		b.Fatal(err)
	}
	i := 0
	err = eachRecord(n, func(plan, year, province, kind, words string) error {
		i++
		size += len(words)
		from := cpu()
		defer func() { used += cpu() - from }()
		if _, err := text.Exec(i, words, normalize.Fold(words)); err != nil {
			return err
		}
		_, err := db.Exec(`INSERT INTO r VALUES (?, ?, ?, ?, ?)`, i, plan, year, province, kind)
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	from := cpu()
	must(db.Exec(`COMMIT`))
	p.MBPerCPU = float64(size) / 1e6 / (used + cpu() - from).Seconds()
	if info, err := os.Stat(file); err == nil {
		p.Ratio = float64(info.Size()) / float64(size)
	}
	for class, list := range questions {
		for _, q := range list {
			match := `exact : "` + strings.Join(q.words, `" AND exact : "`) + `"`
			switch class {
			case "phrase":
				match = `exact : "` + strings.Join(q.words, " ") + `"`
			case "folded query":
				match = `folded : "` + strings.Join(strings.Fields(q.query.Words), `" AND folded : "`) + `"`
			}
			start, used := time.Now(), cpu()
			if q.facets {
				for _, by := range []string{"year", "province", "type"} {
					drain(b, db, `SELECT r.`+by+`, count(*), count(DISTINCT r.plan) FROM t JOIN r ON r.n = t.rowid WHERE t MATCH ? AND r.year BETWEEN ? AND ? GROUP BY 1`,
						match, q.query.Filter.Year.From, q.query.Filter.Year.To)
				}
				drain(b, db, `SELECT t.rowid FROM t JOIN r ON r.n = t.rowid WHERE t MATCH ? AND r.year BETWEEN ? AND ? ORDER BY t.rank LIMIT 10`,
					match, q.query.Filter.Year.From, q.query.Filter.Year.To)
			} else {
				drain(b, db, `SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank LIMIT 10`, match)
			}
			p.Times[class] = append(p.Times[class], [2]float64{time.Since(start).Seconds() * 1000, (cpu() - used).Seconds() * 1000})
		}
	}
	return p
}

func drain(b *testing.B, db *sql.DB, query string, args ...any) {
	b.Helper()
	rows, err := db.Query(query, args...)
	if err != nil {
		b.Fatalf("%v: %v", err, args)
	}
	defer rows.Close()
	for rows.Next() {
	}
	if err := rows.Err(); err != nil {
		b.Fatal(err)
	}
}

// xapian runs Xapian through Debian's python3-xapian; nil where it is not installed.
func xapian(b *testing.B, dir string, n int, questions map[string][]question) *peer {
	b.Helper()
	const python = "/usr/bin/python3"
	if exec.Command(python, "-c", "import xapian").Run() != nil {
		fmt.Println("Xapian is not measured: python3-xapian is not installed")
		return nil
	}
	c := exec.Command(python, filepath.Join("testdata", "bench", "xapian_peer.py"), filepath.Join(dir, "xapian"))
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
	err = eachRecord(n, func(plan, year, province, kind, text string) error {
		return lines.Encode([]string{"r", plan, year, province, kind, text})
	})
	for class, list := range questions {
		for _, q := range list {
			if err == nil {
				err = lines.Encode([]string{"q", class, q.query.Words, q.query.Filter.Year.From, q.query.Filter.Year.To})
			}
		}
	}
	if err == nil {
		err = w.Flush()
	}
	in.Close()
	if wrong := c.Wait(); err != nil || wrong != nil {
		b.Fatalf("%v, %v\n%s", err, wrong, &errs)
	}
	p := &peer{Name: "Xapian"}
	if err := json.Unmarshal(out.Bytes(), p); err != nil {
		b.Fatal(err)
	}
	return p
}
