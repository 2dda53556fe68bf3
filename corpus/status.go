package corpus

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
)

// Summary says what there is.
type Summary struct {
	Dir         string      `json:"dir"`
	Plans       int         `json:"plans"`
	Superseded  int         `json:"superseded"`
	Sources     int         `json:"sources"` // files and members of archives that were read
	Archives    int         `json:"archives"`
	Quarantined int         `json:"quarantined"`
	Pending     int         `json:"pending"` // plans that the index does not know yet
	Sections    int         `json:"sections"`
	Assignments int         `json:"assignments"`
	Citations   int         `json:"citations"`
	Deadlines   int         `json:"deadlines"`
	Readings    int         `json:"readings"` // files of which is kept what their reader gave
	Runs        int         `json:"runs"`
	LastRun     *Run        `json:"last_run,omitempty"`
	Bytes       SummaryDisk `json:"bytes"`
}

// SummaryDisk is the size on disk of each part, in bytes.
type SummaryDisk struct {
	Originals int64 `json:"originals"`
	Catalogue int64 `json:"catalogue"`
	Readings  int64 `json:"readings"` // part of the catalogue
	Index     int64 `json:"index"`
}

// Unread is a source in quarantine.
type Unread struct {
	Path   string `json:"path"`
	Reason string `json:"reason"`
}

// Status counts what the corpus holds; the rows are those of current plans.
func (c *Corpus) Status() (*Summary, error) {
	s := &Summary{Dir: c.dir}
	err := c.read.QueryRow(`SELECT
		(SELECT count(*) FROM plans WHERE current = 1), (SELECT count(*) FROM plans WHERE current = 0),
		(SELECT count(*) FROM sources WHERE status = 'ok'), (SELECT count(*) FROM sources WHERE status = 'archive'),
		(SELECT count(*) FROM sources WHERE status = 'quarantined'), (SELECT count(*) FROM pending),
		(SELECT count(*) FROM sections x JOIN plans p ON p.n = x.plan WHERE p.current = 1),
		(SELECT count(*) FROM assignments x JOIN plans p ON p.n = x.plan WHERE p.current = 1),
		(SELECT count(*) FROM citations x JOIN plans p ON p.n = x.plan WHERE p.current = 1),
		(SELECT count(*) FROM deadlines x JOIN plans p ON p.n = x.plan WHERE p.current = 1),
		(SELECT count(*) FROM runs)`).Scan(&s.Plans, &s.Superseded, &s.Sources, &s.Archives, &s.Quarantined, &s.Pending,
		&s.Sections, &s.Assignments, &s.Citations, &s.Deadlines, &s.Runs)
	if err == nil {
		s.LastRun, err = c.lastRun()
	}
	if err == nil {
		s.Bytes, err = c.disk()
	}
	if err == nil {
		err = c.read.QueryRow(`SELECT count(*), coalesce(sum(bytes), 0) FROM readings`).Scan(&s.Readings, &s.Bytes.Readings)
	}
	if err != nil {
		return nil, fmt.Errorf("corpus: status: %w", err)
	}
	return s, nil
}

// Quarantine lists the sources that could not be read, by path.
func (c *Corpus) Quarantine() ([]Unread, error) {
	return c.unread(`SELECT path, reason FROM sources WHERE status = 'quarantined' ORDER BY path`)
}

// members are the ends of the paths of an archive's members; '0' is the byte after '/'.
func members(archive string) (from, to string) { return archive + "!/", archive + "!0" }

// SawMembers notes that a run met the members of an archive and found them as they were.
func (c *Corpus) SawMembers(r *Run, archive string) error {
	from, to := members(archive)
	rows, err := c.read.Query(`SELECT n FROM sources WHERE path > ? AND path < ?`, from, to)
	if err != nil {
		return fmt.Errorf("corpus: %s: %w", archive, err)
	}
	defer rows.Close()
	for rows.Next() {
		var n uint32
		if err := rows.Scan(&n); err != nil {
			return fmt.Errorf("corpus: %s: %w", archive, err)
		}
		r.seen.Add(n)
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("corpus: %s: %w", archive, err)
	}
	return nil
}

// Members says of an archive that is Known how many of its members were read, and which could not be.
func (c *Corpus) Members(archive string) (read int, unread []Unread, err error) {
	from, to := members(archive)
	err = c.read.QueryRow(`SELECT count(*) FROM sources WHERE path > ? AND path < ? AND status = 'ok'`, from, to).Scan(&read)
	if err == nil {
		unread, err = c.unread(`SELECT path, reason FROM sources WHERE path > ? AND path < ? AND status = 'quarantined'
			ORDER BY path`, from, to)
	}
	if err != nil {
		return 0, nil, fmt.Errorf("corpus: %s: %w", archive, err)
	}
	return read, unread, nil
}

func (c *Corpus) unread(query string, args ...any) ([]Unread, error) {
	rows, err := c.read.Query(query, args...)
	if err != nil {
		return nil, fmt.Errorf("corpus: quarantine: %w", err)
	}
	defer rows.Close()
	var list []Unread
	for rows.Next() {
		var u Unread
		if err := rows.Scan(&u.Path, &u.Reason); err != nil {
			return nil, fmt.Errorf("corpus: quarantine: %w", err)
		}
		list = append(list, u)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("corpus: quarantine: %w", err)
	}
	return list, nil
}

// disk adds up the files of each part. What vanishes meanwhile does not count.
func (c *Corpus) disk() (d SummaryDisk, err error) {
	err = filepath.WalkDir(c.dir, func(path string, e fs.DirEntry, err error) error {
		if err == nil && e.IsDir() {
			return nil
		}
		var info fs.FileInfo
		if err == nil {
			info, err = e.Info()
		}
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(c.dir, path)
		switch top, _, _ := strings.Cut(filepath.ToSlash(rel), "/"); {
		case top == "originals":
			d.Originals += info.Size()
		case top == "index":
			d.Index += info.Size()
		case strings.HasPrefix(top, catalogueName):
			d.Catalogue += info.Size()
		}
		return err
	})
	return d, err
}
