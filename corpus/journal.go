package corpus

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"
)

// Note is one line of a run's journal: what became of a file.
type Note struct {
	N       int          `json:"-"`
	Path    string       `json:"path"`
	Outcome Outcome      `json:"outcome"`
	Plan    string       `json:"plan,omitempty"` // the id of what the path holds now
	Was     string       `json:"was,omitempty"`  // and of what it held before, where that is another
	Reason  string       `json:"reason,omitempty"`
	Differs []Difference `json:"differs,omitempty"` // in structure, from what stood in its place
}

// note writes a line of the run's journal, within a transaction.
func (w *writer) note(r *Run, n Note) error {
	var line int
	err := w.row(`INSERT INTO journal (run, n, path, outcome, plan, was, reason)
		VALUES (?1, (SELECT coalesce(max(n), 0) + 1 FROM journal WHERE run = ?1), ?, ?, ?, ?, ?) RETURNING n`,
		r.ID, n.Path, string(n.Outcome), n.Plan, n.Was, n.Reason).Scan(&line)
	for _, d := range n.Differs {
		if err == nil {
			err = w.exec(`INSERT INTO differences (run, n, field, gained, lost, before, after) VALUES (?, ?, ?, ?, ?, ?, ?)`,
				r.ID, line, d.Field, d.Gained, d.Lost, d.Before, d.After)
		}
	}
	return err
}

// Journal gives what a run did to each file, in its order. With unchanged it then gives the files that the run met and
// found as they were, by their path.
func (c *Corpus) Journal(run int64, unchanged bool) iter.Seq2[Note, error] {
	return func(yield func(Note, error) bool) {
		told, ok := c.notes(run, yield)
		if !ok || !unchanged {
			return
		}
		var data []byte
		err := c.read.QueryRow(`SELECT seen FROM runs WHERE id = ?`, run).Scan(&data)
		seen := roaring.New()
		if err == nil && len(data) > 0 {
			err = seen.UnmarshalBinary(data)
		}
		if err != nil {
			yield(Note{}, fmt.Errorf("corpus: journal: %w", err))
			return
		}
		rows, err := c.read.Query(`SELECT s.n, s.path, coalesce(p.id, ''), s.reason FROM sources s LEFT JOIN plans p ON p.n = s.plan ORDER BY s.path`)
		if err != nil {
			yield(Note{}, fmt.Errorf("corpus: journal: %w", err))
			return
		}
		defer rows.Close()
		for rows.Next() {
			var n uint32
			note := Note{Outcome: Unchanged}
			if err := rows.Scan(&n, &note.Path, &note.Plan, &note.Reason); err != nil {
				yield(note, fmt.Errorf("corpus: journal: %w", err))
				return
			}
			if seen.Contains(n) && !told[note.Path] && !yield(note, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(Note{}, fmt.Errorf("corpus: journal: %w", err))
		}
	}
}

// notes gives the lines of a journal, and the paths that they name.
func (c *Corpus) notes(run int64, yield func(Note, error) bool) (told map[string]bool, ok bool) {
	told = make(map[string]bool)
	rows, err := c.read.Query(`SELECT j.n, j.path, j.outcome, j.plan, j.was, j.reason,
		coalesce(d.field, ''), coalesce(d.gained, 0), coalesce(d.lost, 0), coalesce(d.before, ''), coalesce(d.after, '')
		FROM journal j LEFT JOIN differences d ON d.run = j.run AND d.n = j.n WHERE j.run = ? ORDER BY j.n, d.field`, run)
	if err != nil {
		return told, yield(Note{}, fmt.Errorf("corpus: journal: %w", err)) && false
	}
	defer rows.Close()
	var last Note
	for rows.Next() {
		var n Note
		var d Difference
		if err := rows.Scan(&n.N, &n.Path, &n.Outcome, &n.Plan, &n.Was, &n.Reason, &d.Field, &d.Gained, &d.Lost, &d.Before, &d.After); err != nil {
			yield(n, fmt.Errorf("corpus: journal: %w", err))
			return told, false
		}
		if n.N != last.N {
			if last.N > 0 && !yield(last, nil) {
				return told, false
			}
			last = n
			told[n.Path] = true
		}
		if d.Field != "" {
			last.Differs = append(last.Differs, d)
		}
	}
	if err := rows.Err(); err != nil {
		yield(last, fmt.Errorf("corpus: journal: %w", err))
		return told, false
	}
	return told, last.N == 0 || yield(last, nil)
}

// Absent notes which sources below the roots a finished run did not meet because they exist no more. Their plans stay.
// A root is a folder or a file, by its absolute path.
func (c *Corpus) Absent(r *Run, roots []string) ([]Note, error) {
	lost, err := c.missed(r, roots)
	if err != nil || len(lost) == 0 {
		return nil, err
	}
	var notes []Note
	err = c.w.commit(func() error {
		for _, s := range lost {
			n := Note{Path: s.path, Outcome: Gone, Plan: s.plan}
			if err := c.w.exec(`UPDATE sources SET gone = ? WHERE n = ?`, r.ID, s.n); err != nil {
				return err
			}
			if err := c.w.note(r, n); err != nil {
				return err
			}
			notes = append(notes, n)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("corpus: gone: %w", err)
	}
	r.Add(Gone, len(notes))
	return notes, nil
}

// WouldBeAbsent says what Absent would note.
func (c *Corpus) WouldBeAbsent(r *Run, roots []string) ([]Note, error) {
	lost, err := c.missed(r, roots)
	var notes []Note
	for _, s := range lost {
		notes = append(notes, Note{Path: s.path, Outcome: Gone, Plan: s.plan})
	}
	r.Add(Gone, len(notes))
	return notes, err
}

// missedSource is a source that a walk did not meet.
type missedSource struct {
	n          int64
	path, plan string
}

// missed gives the sources below the roots that a run did not meet and that exist no more.
func (c *Corpus) missed(r *Run, roots []string) (lost []missedSource, err error) {
	for _, root := range roots {
		rows, err := c.read.Query(`SELECT s.n, s.path, coalesce(p.id, '') FROM sources s LEFT JOIN plans p ON p.n = s.plan
			WHERE s.gone IS NULL AND (s.path = ?1 OR s.path >= ?1 || '/' AND s.path < ?1 || '0' OR s.path >= ?1 || '!/' AND s.path < ?1 || '!0')
			ORDER BY s.path`, strings.TrimSuffix(root, string(filepath.Separator)))
		if err != nil {
			return nil, fmt.Errorf("corpus: gone: %w", err)
		}
		for rows.Next() {
			var s missedSource
			if err = rows.Scan(&s.n, &s.path, &s.plan); err != nil {
				break
			}
			if !r.seen.Contains(uint32(s.n)) {
				lost = append(lost, s)
			}
		}
		if err == nil {
			err = rows.Err()
		}
		rows.Close()
		if err != nil {
			return nil, fmt.Errorf("corpus: gone: %w", err)
		}
	}
	return slices.DeleteFunc(lost, func(s missedSource) bool { return !c.vanished(r, s.path) }), nil
}

// vanished reports whether a source that a walk did not meet exists no more. A member of an archive that the walk did
// open was taken out of it.
func (c *Corpus) vanished(r *Run, path string) bool {
	file, _, member := strings.Cut(path, "!/")
	if _, err := os.Lstat(file); err != nil || !member {
		return errors.Is(err, fs.ErrNotExist)
	}
	var n uint32
	var status Status
	err := c.read.QueryRow(`SELECT n, status FROM sources WHERE path = ?`, file).Scan(&n, &status)
	return err == nil && status == InArchive && r.seen.Contains(n)
}

// DropIdle removes a run that changed nothing from the list of runs.
func (c *Corpus) DropIdle(r *Run) error {
	err := c.w.commit(func() error {
		return c.w.exec(`DELETE FROM runs WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM journal WHERE run = ?1)
			AND NOT EXISTS (SELECT 1 FROM sources WHERE run = ?1 OR gone = ?1) AND NOT EXISTS (SELECT 1 FROM plans WHERE run = ?1)`, r.ID)
	})
	if err != nil {
		return fmt.Errorf("corpus: run %d: %w", r.ID, err)
	}
	return nil
}
