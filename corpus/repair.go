package corpus

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// setAsideDir holds what a repair took out of the corpus.
const setAsideDir = "damaged"

// Salvage makes a new catalogue out of what can be read of a damaged one, which is set aside. Rows that point to ones that
// could not be read are left out. It gives the number of rows, and fails with ErrBusy while another process writes.
func Salvage(ctx context.Context, dir string) (rows int, err error) {
	release, err := acquire(dir)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, release()) }()
	aside := filepath.Join(dir, setAsideDir, time.Now().UTC().Format("20060102T150405.000000000"))
	if err := os.MkdirAll(aside, 0o755); err != nil {
		return 0, fmt.Errorf("corpus: salvage: %w", err)
	}
	for _, suffix := range []string{"", "-wal", "-shm"} {
		err := os.Rename(filepath.Join(dir, catalogueName+suffix), filepath.Join(aside, catalogueName+suffix))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return 0, fmt.Errorf("corpus: salvage: %w", err)
		}
	}
	fresh, err := openDB(filepath.Join(dir, catalogueName), 1, url.Values{}, "journal_mode(WAL)", "synchronous(FULL)")
	if err != nil {
		return 0, fmt.Errorf("corpus: salvage: %w", err)
	}
	defer func() { err = errors.Join(err, fresh.Close()) }()
	if err := migrate(fresh); err != nil {
		return 0, fmt.Errorf("corpus: salvage: %w", err)
	}
	old, err := openDB(filepath.Join(aside, catalogueName), 1, url.Values{}, "query_only(1)")
	if err != nil {
		return 0, nil // nothing in it can be read
	}
	defer old.Close()
	s := salvage{ctx, old, fresh}
	rows, err = s.all()
	if err != nil {
		return rows, fmt.Errorf("corpus: salvage: %w", err)
	}
	return rows, nil
}

// salvage copies rows from one catalogue to another.
type salvage struct {
	ctx      context.Context
	from, to *sql.DB
}

func (s salvage) all() (rows int, err error) {
	names, err := list(s.to, `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'`)
	if err != nil {
		return 0, err
	}
	if _, err := s.to.Exec("PRAGMA foreign_keys = OFF; BEGIN"); err != nil {
		return 0, err
	}
	for _, name := range names {
		n, err := s.table(name)
		rows += n
		if err != nil {
			return rows, err
		}
	}
	if err := mend(s.ctx, s.to); err != nil {
		return rows, err
	}
	_, err = s.to.Exec("COMMIT; PRAGMA foreign_keys = ON")
	return rows, err
}

// table copies the rows of one table that can be read: by their numbers, and past those that cannot.
func (s salvage) table(name string) (rows int, err error) {
	columns, err := list(s.to, `SELECT name FROM pragma_table_info('`+name+`')`)
	if err != nil {
		return 0, err
	}
	had, err := list(s.from, `SELECT name FROM pragma_table_info('`+name+`')`)
	if err != nil || len(had) == 0 {
		return 0, nil
	}
	columns = intersect(columns, had)
	names := strings.Join(columns, ", ")
	insert := `INSERT OR IGNORE INTO ` + name + ` (` + names + `) VALUES (?` + strings.Repeat(", ?", len(columns)-1) + `)`
	numbered := s.from.QueryRow(`SELECT rowid FROM `+name+` LIMIT 1`).Scan(new(int64)) == nil
	query := `SELECT ` + names + `, 0 FROM ` + name
	if numbered {
		query = `SELECT ` + names + `, rowid FROM ` + name + ` WHERE rowid > ? ORDER BY rowid`
	}
	last, step := int64(0), int64(1)
	for s.ctx.Err() == nil {
		args := []any{}
		if numbered {
			args = append(args, last)
		}
		n, err := s.copy(query, insert, len(columns), &last, args...)
		rows += n
		if err == nil || !numbered || step > 1<<32 {
			return rows, nil // what is left cannot be read
		}
		if n > 0 {
			step = 1
		}
		last += step
		step *= 2
	}
	return rows, s.ctx.Err()
}

func (s salvage) copy(query, insert string, columns int, last *int64, args ...any) (n int, err error) {
	rows, err := s.from.Query(query, args...)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	values, into := make([]any, columns), make([]any, columns+1)
	for i := range values {
		into[i] = &values[i]
	}
	into[columns] = last
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return n, err
		}
		if _, err := s.to.Exec(insert, values...); err == nil { // else it breaks a law of its table
			n++
		}
	}
	return n, rows.Err()
}

func intersect(a, b []string) (both []string) {
	for _, x := range a {
		for _, y := range b {
			if x == y {
				both = append(both, x)
			}
		}
	}
	return both
}

// list is the first column of a query.
func list(db interface {
	Query(string, ...any) (*sql.Rows, error)
}, query string, args ...any) ([]string, error) {
	rows, err := db.Query(query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, rows.Err()
}

// mend removes rows that point to ones that are not there, and puts right what follows from other rows.
func mend(ctx context.Context, db interface {
	Query(string, ...any) (*sql.Rows, error)
	Exec(string, ...any) (sql.Result, error)
}) error {
	statements := []string{
		`INSERT OR IGNORE INTO runs (id, started, version, kind, failed) SELECT DISTINCT run, '1970-01-01T00:00:00Z', '', 'ingest', 'what is known of it was lost'
			FROM (SELECT run FROM plans UNION SELECT run FROM sources UNION SELECT run FROM journal UNION SELECT run FROM differences)`,
		`UPDATE sources SET plan = (SELECT n FROM plans WHERE plans.sha256 = sources.sha256)
			WHERE status = 'ok' AND (plan IS NULL OR plan NOT IN (SELECT n FROM plans WHERE plans.sha256 = sources.sha256))
				AND sha256 NOT IN (SELECT sha256 FROM copies WHERE copies.plan = sources.plan)`,
		`UPDATE sources SET plan = NULL WHERE plan NOT IN (SELECT n FROM plans)`,
		`DELETE FROM sources WHERE status = 'ok' AND plan IS NULL`,
	}
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			return err
		}
	}
	// Any other row that points nowhere goes.
	for ctx.Err() == nil {
		broken, err := list(db, `SELECT DISTINCT f."table" || ' ' || k."from" || ' ' || f.parent || ' ' || coalesce(k."to", (SELECT name FROM pragma_table_info(f.parent) WHERE pk = 1))
			FROM pragma_foreign_key_check f JOIN pragma_foreign_key_list(f."table") k ON k.id = f.fkid`)
		if err != nil || len(broken) == 0 {
			if err != nil {
				return err
			}
			break
		}
		for _, b := range broken {
			part := strings.Fields(b)
			_, err := db.Exec(fmt.Sprintf(`DELETE FROM %s WHERE %s IS NOT NULL AND %s NOT IN (SELECT %s FROM %s)`, part[0], part[1], part[1], part[3], part[2]))
			if err != nil {
				return err
			}
		}
	}
	_, err := db.Exec(`UPDATE plans SET current = EXISTS (SELECT 1 FROM sources WHERE plan = plans.n)`)
	return errors.Join(err, ctx.Err())
}

// Mend removes rows that point to ones that are not there, and puts right what follows from other rows.
func (c *Corpus) Mend(ctx context.Context) error {
	_, err := c.w.db.Exec(`PRAGMA foreign_keys = OFF`)
	if err == nil {
		err = c.w.commit(func() error { return mend(ctx, c.w.db) })
		_, on := c.w.db.Exec(`PRAGMA foreign_keys = ON`)
		err = errors.Join(err, on)
	}
	if err != nil {
		return fmt.Errorf("corpus: mend: %w", err)
	}
	return nil
}

// Holding gives the paths that hold an original's bytes.
func (c *Corpus) Holding(sum string) ([]string, error) {
	paths, err := list(c.read, `SELECT path FROM sources WHERE sha256 = ? ORDER BY n`, sum)
	if err != nil {
		return nil, fmt.Errorf("corpus: %s: %w", sum, err)
	}
	return paths, nil
}

// Sum gives the hash of a plan's original.
func (c *Corpus) Sum(id string) (sum string, err error) {
	if err = c.read.QueryRow(`SELECT sha256 FROM plans WHERE id = ?`, id).Scan(&sum); err != nil {
		return "", fmt.Errorf("corpus: %s: %w", id, err)
	}
	return sum, nil
}

// Restore puts an original in its place again; what stands there is set aside.
func (c *Corpus) Restore(sum string, data []byte) error {
	if err := c.SetAside(filepath.Join(sum[:2], sum)); err != nil {
		return err
	}
	d := []Doc{{Source: Source{SHA256: sum}, Data: data}}
	if err := c.w.write(d); err != nil {
		return fmt.Errorf("corpus: original %s: %w", sum, err)
	}
	if err := os.Chmod(c.w.path(sum), settled); err != nil {
		return fmt.Errorf("corpus: original %s: %w", sum, err)
	}
	return syncDir(filepath.Join(c.w.dir, sum[:2]))
}

// SetAside takes a file out of the folder of originals.
func (c *Corpus) SetAside(name string) error {
	aside := filepath.Join(c.dir, setAsideDir)
	err := os.MkdirAll(aside, 0o755)
	if err == nil {
		err = os.Rename(filepath.Join(c.w.dir, name), filepath.Join(aside, strings.ReplaceAll(name, string(filepath.Separator), "-")))
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("corpus: %w", err)
	}
	return nil
}

// Reread puts a plan that was read again from its original in the place of what is kept of it.
func (c *Corpus) Reread(r *Run, d Doc) error {
	c.w.made = c.Made
	err := c.w.commit(func() error {
		var n int64
		if err := c.w.row(`SELECT n FROM plans WHERE sha256 = ?`, d.Source.SHA256).Scan(&n); err != nil {
			return err
		}
		var body []byte
		err := c.w.row(`INSERT INTO bodies (plan, json) VALUES (?, x'') ON CONFLICT DO NOTHING RETURNING json`, n).Scan(&body)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		if err := errors.Join(c.w.renew(n, d), c.w.keepReading(n, d)); err != nil {
			return err
		}
		if err := c.w.exec(`UPDATE plans SET current = EXISTS (SELECT 1 FROM sources WHERE plan = plans.n) WHERE n = ?`, n); err != nil {
			return err
		}
		if err := c.w.await(n); err != nil {
			return err
		}
		r.Add(Renewed, 1)
		return c.w.note(r, Note{Path: d.Source.Path, Outcome: Renewed, Plan: d.Plan.ID, Reason: "what was kept of it was damaged"})
	})
	if err != nil {
		return fmt.Errorf("corpus: %s: %w", d.Source.SHA256, err)
	}
	return nil
}

// WasForgotten reports whether a document with these bytes was forgotten, and in which run.
func (c *Corpus) WasForgotten(sum string) (run int64, forgotten bool, err error) {
	err = c.read.QueryRow(`SELECT run FROM forgotten WHERE sha256 = ?`, sum).Scan(&run)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, false, nil
	}
	if err != nil {
		return 0, false, fmt.Errorf("corpus: %s: %w", sum, err)
	}
	return run, true, nil
}
