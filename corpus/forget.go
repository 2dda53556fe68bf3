package corpus

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"kehoach/internal/fault"
)

// Forget removes a plan and all that was derived from it: its rows, its original, its sources, the lines of journals that
// name its paths. What is left is its hash, so that it is not taken in again, and a line of this run's journal with its id.
// The index is to be told before.
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
	if err != nil {
		return fmt.Errorf("corpus: forget %s: %w", id, err)
	}
	return nil
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
