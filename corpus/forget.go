package corpus

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"kehoach/internal/fault"
)

// Forget removes a plan and all that was derived from it: its rows, its original, its sources, the lines of journals that
// name its paths, and what a repair set aside of it. What is left is its hash, so that it is not taken in again, and a line of
// this run's journal with its id. The index is to be told before.
func (c *Corpus) Forget(r *Run, id, reason string) error {
	var n int64
	err := c.w.row(`SELECT n FROM plans WHERE id = ?`, id).Scan(&n)
	var sums []string
	if err == nil {
		sums, err = list(c.w.db, `SELECT sha256 FROM plans WHERE n = ?1 UNION SELECT sha256 FROM copies WHERE plan = ?1`, n)
	}
	if err != nil {
		return fmt.Errorf("corpus: forget %s: %w", id, err)
	}
	err = c.w.commit(func() error {
		if err := c.w.forgetGiven(id, n); err != nil {
			return err
		}
		for _, do := range []struct {
			query string
			args  []any
		}{
			{`DELETE FROM differences WHERE EXISTS (SELECT 1 FROM journal j WHERE j.run = differences.run AND j.n = differences.n
				AND (j.plan = ?1 OR j.was = ?1 OR j.path IN (SELECT path FROM sources WHERE plan = ?2)))`, []any{id, n}},
			{`UPDATE journal SET path = '', reason = '' WHERE plan = ?1 OR was = ?1 OR path IN (SELECT path FROM sources WHERE plan = ?2)`, []any{id, n}},
			{`DELETE FROM sources WHERE plan = ?`, []any{n}},
			{`INSERT OR IGNORE INTO forgotten (sha256, run) SELECT sha256, ?2 FROM (SELECT sha256 FROM plans WHERE n = ?1 UNION SELECT sha256 FROM copies WHERE plan = ?1)`, []any{n, r.ID}},
			{`DELETE FROM plans WHERE n = ?`, []any{n}}, // and what hangs on it
		} {
			if err := c.w.exec(do.query, do.args...); err != nil {
				return err
			}
		}
		r.Add(Forgotten, 1)
		return c.w.note(r, Note{Outcome: Forgotten, Plan: id, Reason: reason})
	})
	for _, sum := range sums {
		if err == nil {
			err = fault.Do(fault.Forget, func() error { return os.Remove(c.w.path(sum)) })
		}
		if errors.Is(err, fs.ErrNotExist) {
			err = nil
		}
	}
	if err == nil {
		err = forgetAside(c.dir, sums)
	}
	if err != nil {
		return fmt.Errorf("corpus: forget %s: %w", id, err)
	}
	return nil
}

// forgottenPath stands in the place of a path that runs were given.
const forgottenPath = "a file that was forgotten"

// forgetGiven takes the paths of a plan out of those that runs were given by name.
func (w *writer) forgetGiven(id string, n int64) error {
	paths, err := list(w.db, `SELECT path FROM sources WHERE plan = ?1 UNION SELECT path FROM journal WHERE plan = ?2 OR was = ?2`, n, id)
	if err != nil {
		return err
	}
	runs, err := numbers(w.db.Query(`SELECT id FROM runs WHERE given <> '[]'`))
	for _, run := range runs {
		var text string
		var given []string
		if err = w.row(`SELECT given FROM runs WHERE id = ?`, run).Scan(&text); err == nil {
			err = json.Unmarshal([]byte(text), &given)
		}
		if err != nil {
			return err
		}
		named := false
		for i, g := range given {
			for _, path := range paths {
				if namesPath(g, path) {
					given[i], named = forgottenPath, true
				}
			}
		}
		if !named {
			continue
		}
		data, err := json.Marshal(given)
		if err == nil {
			err = w.exec(`UPDATE runs SET given = ? WHERE id = ?`, string(data), run)
		}
		if err != nil {
			return err
		}
	}
	return err
}

// namesPath reports whether a path that was given may name the file at path, which is whole: one that is not whole began at a
// folder that nobody knows any more.
func namesPath(given, path string) bool {
	if given = filepath.Clean(given); filepath.IsAbs(given) || given == path {
		return given == path
	}
	for strings.HasPrefix(given, "../") {
		given = given[3:]
	}
	return strings.HasSuffix(path, "/"+given)
}

// forgetAside removes what a repair set aside: originals with these hashes, and whole catalogues, which hold everything.
func forgetAside(dir string, sums []string) error {
	root := filepath.Join(dir, setAsideDir)
	entries, err := os.ReadDir(root)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, e := range entries {
		mine := e.IsDir() || slices.ContainsFunc(sums, func(sum string) bool { return strings.Contains(e.Name(), sum) })
		if mine && err == nil {
			err = os.RemoveAll(filepath.Join(root, e.Name()))
		}
	}
	return err
}

// endForget does what a run that forgot had still to do when it was cut off: what it forgot is out of the tables, and its original is
// swept away, but what was set aside and what stood on given up pages of the catalogue may be there.
func (c *Corpus) endForget() error {
	sums, err := list(c.w.db, `SELECT sha256 FROM forgotten WHERE run = (SELECT id FROM runs WHERE id = (SELECT max(id) FROM runs)
		AND kind = 'forget' AND (finished = '' OR failed <> ''))`)
	if err != nil || len(sums) == 0 {
		return err
	}
	return errors.Join(forgetAside(c.dir, sums), c.Shred())
}

// Shred writes over the pages of the catalogue that were given up, so that nothing forgotten can be read in the file.
func (c *Corpus) Shred() error {
	if _, err := c.w.db.Exec(`VACUUM; PRAGMA wal_checkpoint(TRUNCATE)`); err != nil {
		return fmt.Errorf("corpus: forget: %w", err)
	}
	return nil
}

// Readmit lets a forgotten document in again, by a prefix of its hash or id. It fails with ErrNoPlan where none was forgotten.
func (c *Corpus) Readmit(id string) error {
	if len(id) < minPrefix {
		return fmt.Errorf("corpus: plan %q: %w: give at least %d digits of its id", id, ErrNoPlan, minPrefix)
	}
	res, err := c.w.db.Exec(`DELETE FROM forgotten WHERE sha256 >= ? AND sha256 < ?`, id, id+"~")
	if err != nil {
		return fmt.Errorf("corpus: forget: %w", err)
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return fmt.Errorf("corpus: plan %s was not forgotten: %w", id, errors.Join(ErrNoPlan, err))
	}
	// Its source, if it was met meanwhile, stands in quarantine and is to be read again.
	_, err = c.w.db.Exec(`DELETE FROM sources WHERE status = 'quarantined' AND sha256 >= ? AND sha256 < ?`, id, id+"~")
	return err
}

// forgotten is the hashes of all that was forgotten.
func (c *Corpus) forgotten() (map[string]bool, error) {
	sums, err := list(c.read, `SELECT sha256 FROM forgotten`)
	all := make(map[string]bool, len(sums))
	for _, sum := range sums {
		all[sum] = true
	}
	return all, err
}
