package corpus

import (
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"time"
)

// Run is one ingest: when, by which version, and what it counted.
type Run struct {
	ID       int64     `json:"id"`
	Started  time.Time `json:"started"`
	Finished time.Time `json:"finished,omitzero"` // zero while it runs, and where it was killed
	Version  string    `json:"version"`
	Counts
}

// Counts says how many sources had which outcome.
type Counts struct {
	Added       int   `json:"added"`
	Changed     int   `json:"changed"`
	Unchanged   int   `json:"unchanged"`
	Duplicate   int   `json:"duplicate"`
	Quarantined int   `json:"quarantined"`
	Bytes       int64 `json:"bytes"` // read
}

// Begin starts a run.
func (c *Corpus) Begin(version string) (*Run, error) {
	r := &Run{Started: time.Now().UTC().Truncate(time.Second), Version: version}
	res, err := c.w.db.Exec(`INSERT INTO runs (started, version) VALUES (?, ?)`, r.Started.Format(time.RFC3339), version)
	if err == nil {
		r.ID, err = res.LastInsertId()
	}
	if err != nil {
		return nil, fmt.Errorf("corpus: begin: %w", err)
	}
	return r, nil
}

// Finish ends a run and keeps its counts. Sources that earlier runs could not read and that exist no more leave
// the quarantine.
func (c *Corpus) Finish(r *Run) error {
	old, err := c.unread(`SELECT path, reason FROM sources WHERE status = 'quarantined' AND plan IS NULL AND run < ?`, r.ID)
	if err != nil {
		return err
	}
	r.Finished = time.Now().UTC().Truncate(time.Second)
	err = c.w.commit(func() error {
		for _, u := range old {
			if !gone(u.Path) {
				continue
			}
			if err := c.w.exec(`DELETE FROM sources WHERE path = ?`, u.Path); err != nil {
				return err
			}
		}
		return c.w.exec(`UPDATE runs SET finished = ?, added = ?, changed = ?, unchanged = ?, duplicate = ?,
			quarantined = ?, bytes = ? WHERE id = ?`, r.Finished.Format(time.RFC3339), r.Added, r.Changed, r.Unchanged,
			r.Duplicate, r.Quarantined, r.Bytes, r.ID)
	})
	if err != nil {
		return fmt.Errorf("corpus: finish: %w", err)
	}
	return nil
}

// gone reports whether there is nothing at a path any more that could not be read: no file, and no folder that
// cannot be listed. Of a member, the archive decides.
func gone(path string) bool {
	path, _, _ = strings.Cut(path, "!/")
	info, err := os.Lstat(path)
	if err != nil || !info.IsDir() {
		return errors.Is(err, fs.ErrNotExist)
	}
	f, err := os.Open(path)
	if err == nil {
		f.Close()
	}
	return err == nil
}

// lastRun is the newest run, nil where there was none.
func (c *Corpus) lastRun() (*Run, error) {
	var r Run
	var started, finished string
	err := c.read.QueryRow(`SELECT id, started, finished, version, added, changed, unchanged, duplicate, quarantined, bytes
		FROM runs ORDER BY id DESC LIMIT 1`).Scan(&r.ID, &started, &finished, &r.Version,
		&r.Added, &r.Changed, &r.Unchanged, &r.Duplicate, &r.Quarantined, &r.Bytes)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if r.Started, err = time.Parse(time.RFC3339, started); err == nil && finished != "" {
		r.Finished, err = time.Parse(time.RFC3339, finished)
	}
	return &r, err
}

// runID reads the id of a run and checks that there was such a run.
func (c *Corpus) runID(id string) (int64, error) {
	n, err := strconv.ParseInt(id, 10, 64)
	if err == nil {
		err = c.read.QueryRow(`SELECT id FROM runs WHERE id = ?`, n).Scan(&n)
	}
	if errors.Is(err, sql.ErrNoRows) || errors.Is(err, strconv.ErrSyntax) || errors.Is(err, strconv.ErrRange) {
		return 0, fmt.Errorf("corpus: run %s: %w", id, ErrNoRun)
	}
	return n, err
}
