// Package corpus is the collection on disk: every source file once, and a catalogue that says what was read from
// it. One process writes, any number read at the same time.
//
//	c, err := corpus.Create(dir) // the one writer; ErrBusy where there is another
//	run, err := c.Begin("kehoach 1")
//	outcomes, err := c.Put(run, []corpus.Doc{{Source: src, Data: data, Plan: p}})
//	err = c.Finish(run)
//
//	c, err := corpus.Open(dir) // a reader; ErrNoCorpus where there is none
//	for p, err := range c.Select(plan.Filter{Province: []string{"kien giang"}}) {
//		…
//	}
//
// What stands in the folder:
//
//	catalogue.db            SQLite in WAL mode: sources, plans, sections, assignments, citations, deadlines, runs
//	originals/ab/abcdef…    the bytes of each source once, by SHA-256; they are never changed
//	lock                    who writes: pid and host
//
// Put acknowledges nothing before it is safe: originals are written, synced and renamed first, then the catalogue
// commits. The index comes last and is derived; what it has not acknowledged yet stands in Pending, so a process
// that dies at any moment leaves a corpus that opens, and the next run goes on where it ended.
package corpus

import (
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

// The errors that callers tell apart.
var (
	ErrNoCorpus = errors.New("no corpus here")
	ErrNoPlan   = errors.New("no such plan")
	ErrNoRun    = errors.New("no such run")
	ErrOld      = errors.New("the catalogue is of an older version")
	ErrBusy     = errors.New("the corpus is in use by another writer")
)

const catalogueName = "catalogue.db"

// Corpus is an open collection. All methods but those that write (Begin, Put, Indexed, Finish) may be called from
// many goroutines at once.
type Corpus struct {
	// Version names the program that reads the sources. A source that an older version could not read is not
	// Known, so that it is tried again.
	Version string

	// Made names all that shapes a plan: a plan that was made otherwise is stale, and read again from its source. Where it is
	// "", none is.
	Made string

	// Untold has Put not say what the index has not acknowledged, where nobody tells it.
	Untold bool

	dir     string
	read    *sql.DB
	known   *sql.Stmt
	has     *sql.Stmt
	reading *sql.Stmt
	byID    *sql.Stmt
	cards   *sql.Stmt
	w       *writer // nil for a reader
	release func() error
}

// Open opens the corpus in dir for reading; a process that writes to it may be at work at the same time.
// It fails with ErrNoCorpus where dir holds none.
func Open(dir string) (*Corpus, error) {
	path := filepath.Join(dir, catalogueName)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("corpus: %s: %w", dir, ErrNoCorpus)
	} else if err != nil {
		return nil, fmt.Errorf("corpus: %w", err)
	}
	c := &Corpus{dir: dir}
	if err := c.openRead(); err != nil {
		return nil, err
	}
	return c, nil
}

// Create opens the corpus in dir for writing, and makes it where there is none. It fails with ErrBusy while
// another process writes there.
func Create(dir string) (*Corpus, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("corpus: %w", err)
	}
	release, err := acquire(dir)
	if err != nil {
		return nil, err
	}
	c := &Corpus{dir: dir, release: release}
	if err := c.openWrite(); err != nil {
		c.Close()
		return nil, err
	}
	if err := c.openRead(); err != nil {
		c.Close()
		return nil, err
	}
	return c, nil
}

// Dir is the folder of the corpus.
func (c *Corpus) Dir() string { return c.dir }

// Close ends the use of the corpus. A writer leaves one database file behind, without its log.
func (c *Corpus) Close() error {
	var errs []error
	if c.read != nil {
		errs = append(errs, c.read.Close())
	}
	if c.w != nil {
		errs = append(errs, c.w.close())
	}
	if c.release != nil {
		errs = append(errs, c.release())
	}
	c.read, c.w, c.release = nil, nil, nil
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("corpus: %s: %w", c.dir, err)
	}
	return nil
}

func (c *Corpus) openRead() error {
	path := filepath.Join(c.dir, catalogueName)
	err := c.openReadAs(path, url.Values{"mode": {"ro"}})
	if err == nil {
		return nil
	}
	// In a folder that cannot be written to SQLite has no place for its shared memory. Where there is no log beside
	// the catalogue, nobody is at work on it, and it can do without.
	if _, missing := os.Stat(path + "-wal"); errors.Is(missing, fs.ErrNotExist) && c.openReadAs(path, url.Values{"immutable": {"1"}}) == nil {
		return nil
	}
	return fmt.Errorf("corpus: %s: %w", c.dir, err)
}

func (c *Corpus) openReadAs(path string, query url.Values) error {
	db, err := openDB(path, 4, query, "busy_timeout(10000)", "cache_size(-8192)", "foreign_keys(1)", "query_only(1)")
	if err != nil {
		return err
	}
	if err = checkSchema(db); err == nil {
		c.known, err = db.Prepare(knownSQL)
	}
	if err == nil {
		c.has, err = db.Prepare(hasSQL)
	}
	if err == nil {
		c.reading, err = db.Prepare(readingSQL)
	}
	if err == nil {
		c.byID, err = db.Prepare(selectSQL + ` WHERE p.id >= ? AND p.id < ? ORDER BY p.id LIMIT 6`)
	}
	if err == nil {
		c.cards, err = db.Prepare(cardsSQL)
	}
	if err != nil {
		db.Close()
		return err
	}
	c.read = db
	return nil
}

// openDB opens an SQLite file with at most conns connections, each of them with the pragmas set.
func openDB(path string, conns int, query url.Values, pragmas ...string) (*sql.DB, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("corpus: %w", err)
	}
	query["_pragma"] = pragmas
	dsn := url.URL{Scheme: "file", Path: filepath.ToSlash(abs), RawQuery: query.Encode()}
	db, err := sql.Open("sqlite", dsn.String())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns)
	if err := db.Ping(); err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}
