package corpus

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/RoaringBitmap/roaring/v2"
)

// Run is one change of the corpus: when, by which versions, and what it counted.
type Run struct {
	ID       int64             `json:"id"`
	Kind     string            `json:"kind"` // ingest, forget, repair, restore
	Started  time.Time         `json:"started"`
	Finished time.Time         `json:"finished,omitzero"` // zero while it runs, and where it was killed
	Version  string            `json:"version"`
	Tools    map[string]string `json:"tools,omitempty"` // versions of what reads: program, tables, recognition
	Given    []string          `json:"given,omitempty"` // paths
	Failed   string            `json:"failed,omitempty"`
	Counts

	seen roaring.Bitmap // numbers of the sources that it met
}

// Counts says how many sources had which outcome.
type Counts struct {
	Added       int   `json:"added"`
	Changed     int   `json:"changed"`
	Renewed     int   `json:"renewed"` // the same bytes, read again by a newer version
	Unchanged   int   `json:"unchanged"`
	Duplicate   int   `json:"duplicate"`
	Quarantined int   `json:"quarantined"`
	Gone        int   `json:"gone"`
	Forgotten   int   `json:"forgotten,omitempty"`
	Bytes       int64 `json:"bytes"` // read
}

// Add counts n sources with the outcome.
func (c *Counts) Add(o Outcome, n int) {
	switch o {
	case Added:
		c.Added += n
	case Changed:
		c.Changed += n
	case Renewed:
		c.Renewed += n
	case Unchanged:
		c.Unchanged += n
	case Duplicate:
		c.Duplicate += n
	case Refused:
		c.Quarantined += n
	case Gone:
		c.Gone += n
	case Forgotten:
		c.Forgotten += n
	}
}

// Begin starts an ingest.
func (c *Corpus) Begin(version string) (*Run, error) { return c.Start(Run{Version: version}) }

// Start starts a run of the kind, the versions and the paths of as; the kind is ingest where it says none.
func (c *Corpus) Start(as Run) (*Run, error) {
	r := &as
	r.Started = time.Now().UTC().Truncate(time.Second)
	if r.Kind == "" {
		r.Kind = "ingest"
	}
	if err := errors.Join(c.sweep(), c.endForget()); err != nil {
		return nil, fmt.Errorf("corpus: begin: %w", err)
	}
	tools, err := json.Marshal(orEmpty(r.Tools))
	given, gerr := json.Marshal(append([]string{}, r.Given...))
	if err = errors.Join(err, gerr); err == nil {
		err = c.w.commit(func() error {
			return c.w.row(`INSERT INTO runs (started, version, kind, tools, given) VALUES (?, ?, ?, ?, ?) RETURNING id`,
				r.Started.Format(time.RFC3339), r.Version, r.Kind, string(tools), string(given)).Scan(&r.ID)
		})
	}
	if err != nil {
		return nil, fmt.Errorf("corpus: begin: %w", err)
	}
	return r, nil
}

func orEmpty(m map[string]string) map[string]string {
	if m == nil {
		return map[string]string{}
	}
	return m
}

// Saw notes that a run met a source and found it as it was.
func (r *Run) Saw(s Source) {
	if s.n > 0 {
		r.seen.Add(uint32(s.n))
	}
}

// Finish ends a run and keeps its counts; Failed says why where it ended early. Sources that earlier runs could not read
// and that exist no more leave the quarantine.
func (c *Corpus) Finish(r *Run) error {
	old, err := c.unread(`SELECT path, reason FROM sources WHERE status = 'quarantined' AND plan IS NULL AND run < ?`, r.ID)
	if err != nil {
		return err
	}
	r.Finished = time.Now().UTC().Truncate(time.Second)
	seen, err := r.seen.ToBytes()
	if err != nil {
		return fmt.Errorf("corpus: finish: %w", err)
	}
	err = c.w.commit(func() error {
		for _, u := range old {
			if !gone(u.Path) {
				continue
			}
			if err := c.w.exec(`DELETE FROM sources WHERE path = ?`, u.Path); err != nil {
				return err
			}
		}
		return c.w.exec(`UPDATE runs SET finished = ?, added = ?, changed = ?, renewed = ?, unchanged = ?, duplicate = ?,
			quarantined = ?, gone = ?, forgotten = ?, bytes = ?, failed = ?, seen = ? WHERE id = ?`, r.Finished.Format(time.RFC3339),
			r.Added, r.Changed, r.Renewed, r.Unchanged, r.Duplicate, r.Quarantined, r.Gone, r.Forgotten, r.Bytes, r.Failed, seen, r.ID)
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

const runSQL = `SELECT id, kind, started, finished, version, tools, given, failed, added, changed, renewed, unchanged, duplicate,
	quarantined, gone, forgotten, bytes FROM runs`

// Runs lists the newest runs, at most so many (0: all), the newest first.
func (c *Corpus) Runs(limit int) ([]Run, error) {
	if limit <= 0 {
		limit = -1
	}
	rows, err := c.read.Query(runSQL+` ORDER BY id DESC LIMIT ?`, limit)
	if err != nil {
		return nil, fmt.Errorf("corpus: runs: %w", err)
	}
	defer rows.Close()
	var list []Run
	for rows.Next() {
		r, err := scanRun(rows)
		if err != nil {
			return nil, fmt.Errorf("corpus: runs: %w", err)
		}
		list = append(list, *r)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("corpus: runs: %w", err)
	}
	return list, nil
}

// Run gives a run by its id. It fails with ErrNoRun where there was none.
func (c *Corpus) Run(id string) (*Run, error) {
	n, err := c.runID(id)
	if err != nil {
		return nil, err
	}
	r, err := scanRun(c.read.QueryRow(runSQL+` WHERE id = ?`, n))
	if err != nil {
		return nil, fmt.Errorf("corpus: run %s: %w", id, err)
	}
	return r, nil
}

func scanRun(row interface{ Scan(...any) error }) (*Run, error) {
	r := new(Run)
	var started, finished, tools, given string
	err := row.Scan(&r.ID, &r.Kind, &started, &finished, &r.Version, &tools, &given, &r.Failed, &r.Added, &r.Changed, &r.Renewed,
		&r.Unchanged, &r.Duplicate, &r.Quarantined, &r.Gone, &r.Forgotten, &r.Bytes)
	if err != nil {
		return nil, err
	}
	if r.Started, err = time.Parse(time.RFC3339, started); err == nil && finished != "" {
		r.Finished, err = time.Parse(time.RFC3339, finished)
	}
	return r, errors.Join(err, json.Unmarshal([]byte(tools), &r.Tools), json.Unmarshal([]byte(given), &r.Given))
}

// lastRun is the newest run, nil where there was none.
func (c *Corpus) lastRun() (*Run, error) {
	list, err := c.Runs(1)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
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
