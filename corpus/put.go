package corpus

import (
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"slices"

	"kehoach/internal/fault"
	"kehoach/plan"
)

// Doc is one source and what was read from it.
type Doc struct {
	Source  Source
	Data    []byte     // the source's bytes
	Plan    *plan.Plan // nil where the source is quarantined or an archive, or the corpus Has its bytes
	body    []byte
	traits  traits
	reading *Reading // nil where what is kept of it stays
	safe    bool     // its original is on the disk
}

// NewDoc is a document ready for Put; the work of writing its plan down is done here, so that many can do it at
// the same time. The plan's id comes from its bytes.
func NewDoc(src Source, data []byte, p *plan.Plan) (Doc, error) {
	d := Doc{Source: src, Data: data, Plan: p}
	if p == nil {
		return d, nil
	}
	p.ID = PlanID(src.SHA256)
	d.traits = traitsOf(p)
	var err error
	if d.body, err = encode(p); err != nil {
		return d, fmt.Errorf("corpus: %s: %w", src.Path, err)
	}
	return d, nil
}

// PlanID is the id of the plan that was read from bytes with this SHA-256: its first 16 digits.
func PlanID(sum string) string { return sum[:16] }

// Outcome says what Put did with a source.
type Outcome string

// The outcomes. A duplicate is a new source of a plan that is kept already.
const (
	Added     Outcome = "added"
	Changed   Outcome = "changed"
	Unchanged Outcome = "unchanged"
	Duplicate Outcome = "duplicate"
	Refused   Outcome = "quarantined"
	Archived  Outcome = "archive"
	Renewed   Outcome = "renewed" // the same bytes, read again because the program reads otherwise now
	Gone      Outcome = "gone"    // from the source; its plan stays
	Forgotten Outcome = "forgotten"
)

// writer is the one connection that writes.
type writer struct {
	originals
	db      *sql.DB
	stmts   map[string]*sql.Stmt
	made    string  // Corpus.Made
	indexed []int64 // acknowledged by the index; they leave the table pending with the next commit
}

func (c *Corpus) openWrite() error {
	db, err := openDB(filepath.Join(c.dir, catalogueName), 1, url.Values{}, "busy_timeout(10000)", "journal_mode(WAL)",
		"synchronous(FULL)", "foreign_keys(1)", "cache_size(-65536)", "wal_autocheckpoint(4000)")
	if err != nil {
		return fmt.Errorf("corpus: %s: %w", c.dir, err)
	}
	c.w = &writer{db: db, stmts: make(map[string]*sql.Stmt)}
	if c.w.originals, err = openOriginals(c.dir); err != nil {
		return err
	}
	if err := migrate(db); err != nil {
		return fmt.Errorf("corpus: %s: %w", c.dir, err)
	}
	return nil
}

func (w *writer) close() error {
	var errs []error
	if len(w.indexed) > 0 {
		errs = append(errs, w.commit(func() error { return nil }))
	}
	return errors.Join(append(errs, w.db.Close())...)
}

// Prepare does the first half of Put, which may go on beside the Put of other documents: it puts the originals of documents on the
// disk. Documents that are not Put after it are given to Abandon; after an error they need not be. One Prepare at a time.
func (c *Corpus) Prepare(docs []Doc) error {
	if err := c.w.keep(docs); err != nil {
		return errors.Join(fmt.Errorf("corpus: originals: %w", err), c.settle(docs))
	}
	for i := range docs {
		docs[i].safe = true
	}
	return nil
}

// Abandon takes back what Prepare did.
func (c *Corpus) Abandon(docs []Doc) error { return c.settle(docs) }

// Put keeps a batch of documents in their order: first their originals, unless they are prepared, then one transaction. When it
// returns without an error all of them are safe; after an error none of them is acknowledged. The outcomes, one for each
// document, are counted in the run; tell is what the index has not acknowledged yet.
func (c *Corpus) Put(r *Run, docs []Doc) (outcomes []Outcome, tell []Pending, err error) {
	if slices.ContainsFunc(docs, func(d Doc) bool { return !d.safe }) {
		if err := c.Prepare(docs); err != nil {
			return nil, nil, err
		}
	}
	outcomes = make([]Outcome, len(docs))
	counts, seen := r.Counts, r.seen.Clone()
	c.w.made = c.Made
	err = c.w.commit(func() error {
		for i, d := range docs {
			var err error
			if outcomes[i], docs[i].Source.Plan, err = c.w.put(r, d); err != nil {
				return fmt.Errorf("%s: %w", d.Source.Path, err)
			}
			counts.Add(outcomes[i], 1)
			counts.Bytes += int64(len(d.Data))
		}
		return nil
	})
	if err != nil {
		r.seen = *seen
		return nil, nil, errors.Join(fmt.Errorf("corpus: %w", err), c.settle(docs))
	}
	r.Counts = counts
	c.w.acknowledge(docs)
	if c.Untold {
		return outcomes, nil, nil
	}
	tell, err = pending(c.w.db)
	return outcomes, tell, err
}

// put writes one document within the transaction, and its line of the journal.
func (w *writer) put(r *Run, d Doc) (how Outcome, plan string, err error) {
	var old held
	err = w.row(`SELECT s.plan, p.id FROM sources s LEFT JOIN plans p ON p.n = s.plan WHERE s.path = ?`, d.Source.Path).Scan(&old.n, &old.id)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", "", err
	}
	n := Note{Path: d.Source.Path, Was: old.id.String, Reason: d.Source.Reason}
	if n.Outcome, err = w.settle(r, d, old, &n); err != nil {
		return "", "", err
	}
	if n.Was == n.Plan {
		n.Was = ""
	}
	if n.Outcome != Unchanged {
		err = w.note(r, n)
	}
	if err == nil && n.Plan != "" && n.Outcome != Refused {
		err = w.applyCorrections(n.Plan)
	}
	return n.Outcome, n.Plan, err
}

// held is the plan that a path held before, where it held one.
type held struct {
	n  sql.NullInt64
	id sql.NullString
}

// settle does the work of put, and fills the line of the journal.
func (w *writer) settle(r *Run, d Doc, old held, note *Note) (Outcome, error) {
	switch d.Source.Status {
	case Quarantined: // what was read from it before stays
		note.Plan = old.id.String
		return Refused, w.putSource(r, d.Source, old.n)
	case InArchive:
		if err := w.putSource(r, d.Source, sql.NullInt64{}); err != nil {
			return "", err
		}
		return Archived, w.leave(old.n)
	}
	n, how, err := w.putPlan(r, d, note)
	if err == nil {
		err = w.row(`SELECT id FROM plans WHERE n = ?`, n).Scan(&note.Plan)
	}
	if err != nil {
		return "", err
	}
	if d.Plan != nil {
		if err := w.keepReading(n, d); err != nil {
			return "", err
		}
	}
	now := sql.NullInt64{Int64: n, Valid: true}
	if err := w.putSource(r, d.Source, now); err != nil {
		return "", err
	}
	if standIn := w.path(d.Source.SHA256); standIn != d.Source.Path { // of a repair that knew no other path
		if err := w.exec(`DELETE FROM sources WHERE path = ?`, standIn); err != nil {
			return "", err
		}
	}
	switch {
	case old.n == now && how == Renewed:
		return Renewed, nil
	case old.n == now:
		return Unchanged, nil
	case old.n.Valid:
		if note.Differs, err = w.differs(old.n.Int64, d); err != nil {
			return "", err
		}
		if err := w.await(n); err != nil {
			return "", err
		}
		return Changed, w.leave(old.n)
	case how == Added:
		return Added, nil
	}
	return Duplicate, w.await(n) // the index holds its paths
}

// differs tells how the document differs from a plan that is kept.
func (w *writer) differs(old int64, d Doc) ([]Difference, error) {
	before, err := w.body(`SELECT json FROM bodies WHERE plan = ?`, old)
	if err != nil {
		return nil, err
	}
	after := d.Plan
	if after == nil {
		if after, err = w.body(`SELECT json FROM bodies WHERE plan = (SELECT n FROM plans WHERE sha256 = ?1 UNION ALL SELECT plan FROM copies WHERE sha256 = ?1)`, d.Source.SHA256); err != nil {
			return nil, err
		}
	}
	return Differences(before, after), nil
}

func (w *writer) body(query string, arg any) (*plan.Plan, error) {
	var body []byte
	if err := w.row(query, arg).Scan(&body); err != nil {
		return nil, err
	}
	return decode(body)
}

func (w *writer) putSource(r *Run, s Source, n sql.NullInt64) error {
	var row uint32
	err := w.row(`INSERT INTO sources (path, size, mtime_ns, ctime_ns, inode, sha256, plan, status, reason, version, run, portal)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (path) DO UPDATE SET size = excluded.size, mtime_ns = excluded.mtime_ns, ctime_ns = excluded.ctime_ns,
			inode = excluded.inode, sha256 = excluded.sha256, plan = excluded.plan, status = excluded.status,
			reason = excluded.reason, version = excluded.version, run = excluded.run, portal = excluded.portal, gone = NULL RETURNING n`,
		s.Path, s.size, s.mtime, s.ctime, s.inode, s.SHA256, n, string(s.Status), s.Reason, r.Version, r.ID, s.Portal).Scan(&row)
	if err == nil {
		r.seen.Add(row)
	}
	return err
}

// putPlan gives the row of the document's plan, and makes it where there is none: then how is Added, and Renewed where it
// was read again.
func (w *writer) putPlan(r *Run, d Doc, note *Note) (n int64, how Outcome, err error) {
	var current bool
	var made string
	err = w.row(`SELECT n, current, made FROM plans WHERE sha256 = ?`, d.Source.SHA256).Scan(&n, &current, &made)
	switch {
	case err == nil && d.Plan != nil && made != madeOf(w.made, d.Source.Portal):
		var before *plan.Plan
		if before, err = w.body(`SELECT json FROM bodies WHERE plan = ?`, n); err != nil {
			return 0, "", err
		}
		note.Differs = Differences(before, d.Plan)
		if err = w.renew(n, d); err == nil {
			err = w.await(n)
		}
		return n, Renewed, err
	case err == nil && current:
		return n, Unchanged, nil
	case err == nil: // an old version is back
		if err = w.exec(`UPDATE plans SET current = 1 WHERE n = ?`, n); err == nil {
			err = w.await(n)
		}
		return n, Unchanged, err
	case !errors.Is(err, sql.ErrNoRows):
		return 0, "", err
	}
	if n, known, err := w.copied(d); err != nil || known {
		return n, Unchanged, err
	}
	if d.Plan == nil {
		return 0, "", errors.New("neither a plan nor one that is kept")
	}
	if n, err = w.insert(r, d); err == nil {
		err = w.await(n)
	}
	return n, Added, err
}

// leave is called when a source holds a plan no more: a plan without any source is superseded. The index is told
// of one that stays as well, because it holds its paths.
func (w *writer) leave(old sql.NullInt64) error {
	if !old.Valid {
		return nil
	}
	err := w.exec(`UPDATE plans SET current = EXISTS (SELECT 1 FROM sources WHERE plan = plans.n) WHERE n = ?`, old.Int64)
	if err == nil {
		err = w.await(old.Int64)
	}
	return err
}

// commit runs do in a transaction, which also drops what the index has acknowledged since the last one.
func (w *writer) commit(do func() error) error {
	if err := w.exec(`BEGIN IMMEDIATE`); err != nil {
		return err
	}
	err := func() error {
		for _, n := range w.indexed {
			if err := w.exec(`DELETE FROM pending WHERE plan = ?`, n); err != nil {
				return err
			}
		}
		return do()
	}()
	if err == nil {
		err = fault.Do(fault.Commit, func() error { return w.exec(`COMMIT`) })
	}
	if err != nil {
		w.exec(`ROLLBACK`) // its own error says nothing new
		return err
	}
	w.indexed = nil
	return nil
}

func (w *writer) exec(query string, args ...any) error {
	stmt, err := w.stmt(query)
	if err == nil {
		_, err = stmt.Exec(args...)
	}
	return err
}

func (w *writer) row(query string, args ...any) *sql.Row {
	stmt, err := w.stmt(query)
	if err != nil {
		return w.db.QueryRow(query, args...) // gives the same error from Scan
	}
	return stmt.QueryRow(args...)
}

func (w *writer) stmt(query string) (*sql.Stmt, error) {
	if s := w.stmts[query]; s != nil {
		return s, nil
	}
	s, err := w.db.Prepare(query)
	if err == nil {
		w.stmts[query] = s
	}
	return s, err
}
