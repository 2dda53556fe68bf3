package corpus

import (
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"
)

// Status says what became of a source.
type Status string

// The states of a source. An archive is a source as well: its members stand beside it as "a.zip!/member".
const (
	OK          Status = "ok"
	Quarantined Status = "quarantined"
	InArchive   Status = "archive"
)

// Source is a file that was given to the corpus. SHA256 is "" where its bytes could not be had, and of an archive.
type Source struct {
	Path   string // absolute
	SHA256 string
	Status Status
	Reason string // of a quarantined one, in words for people
	Plan   string // the id of the plan that it holds; "" where it holds none, or that is not known yet
	Portal string // what a crawl's manifest says of it, as JSON; "" where there is none
	stamp
	n int64 // its row, 0 where it is not known
}

// stamp is what the file system says of a file: while none of it changes, neither did the bytes.
type stamp struct {
	size, mtime, ctime, inode int64 // bytes, nanoseconds
}

// NewSource is a source in good order. info is what the file system said before the bytes were read; it is nil
// where there is no file of its own (the member of an archive), or where the file is to be tried again next time.
func NewSource(path, sum string, info fs.FileInfo) Source {
	s := Source{Path: path, SHA256: sum, Status: OK}
	if info == nil {
		return s
	}
	s.stamp = stampOf(info)
	// A file written this very moment may change again within the same tick of the file system's clock:
	// such a stamp proves nothing, so it is left out and the file is read once more.
	if age := time.Since(time.Unix(0, max(s.mtime, s.ctime))); age > -tick && age < tick {
		s.stamp = stamp{}
	}
	return s
}

// tick is longer than the step of the kernel's file clock (1 to 10 ms).
const tick = 20 * time.Millisecond

// Refuse is the same source, quarantined for a reason.
func (s Source) Refuse(reason string) Source {
	s.Status, s.Reason = Quarantined, reason
	return s
}

const knownSQL = `SELECT s.n, s.size, s.mtime_ns, s.ctime_ns, s.inode, s.sha256, s.status, s.reason, s.version, s.portal, s.gone IS NOT NULL,
	coalesce(p.id, ''), coalesce((SELECT made FROM copies c WHERE c.sha256 = s.sha256), p.made, '') FROM sources s LEFT JOIN plans p ON p.n = s.plan WHERE s.path = ?`

// Known reports whether the file at path was read before and is the same since then, by what the file system says
// of it: was is how it stands in the catalogue.
func (c *Corpus) Known(path string, info fs.FileInfo) (was Source, known bool, err error) {
	var version, made string
	var lost bool
	was.Path = path
	err = c.known.QueryRow(path).Scan(&was.n, &was.size, &was.mtime, &was.ctime, &was.inode, &was.SHA256, &was.Status, &was.Reason, &version,
		&was.Portal, &lost, &was.Plan, &made)
	if errors.Is(err, sql.ErrNoRows) {
		return was, false, nil
	}
	if err != nil {
		return was, false, fmt.Errorf("corpus: %s: %w", path, err)
	}
	known = info != nil && was.stamp != stamp{} && was.stamp == stampOf(info) && !lost
	switch was.Status {
	case Quarantined:
		known = known && version == c.Version
	case OK:
		known = known && c.fresh(made)
	case InArchive:
		if known && c.Made != "" {
			from, to := members(path)
			var stale bool
			err = c.read.QueryRow(`SELECT EXISTS (SELECT 1 FROM sources s JOIN plans p ON p.n = s.plan
				WHERE s.path > ? AND s.path < ? AND p.made <> ?3 AND NOT p.made GLOB ?3 || '+*')`, from, to, c.Made).Scan(&stale)
			known = !stale
		}
	}
	if err != nil {
		return was, false, fmt.Errorf("corpus: %s: %w", path, err)
	}
	return was, known, nil
}

const hasSQL = `SELECT made FROM plans WHERE sha256 = ?1 UNION ALL SELECT made FROM copies WHERE sha256 = ?1`

// Has reports whether the plan of these bytes is kept as this program reads it, so that they need not be parsed.
// portal is what a manifest says of it.
func (c *Corpus) Has(sum, portal string) (bool, error) {
	var made string
	err := c.has.QueryRow(sum).Scan(&made)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("corpus: %s: %w", sum, err)
	}
	return c.fresh(made) && (portal == "" || made == madeOf(c.Made, portal)), nil
}

// madeOf names all that shaped a plan: the program's versions, and what a manifest says.
func madeOf(made, portal string) string {
	if portal == "" {
		return made
	}
	return made + "+" + hashOf([]byte(portal))[:8]
}

// fresh reports whether a plan was made as this program makes plans.
func (c *Corpus) fresh(made string) bool {
	base, _, _ := strings.Cut(made, "+")
	return c.Made == "" || base == c.Made
}
