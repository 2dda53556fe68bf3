package corpus

import (
	"database/sql"
	"errors"
	"fmt"
)

// Foretold is what a run that changes nothing would have kept by now; the zero value is nothing. Of texts it holds the shingles, in a
// temporary file, so that it tells what is one as Put would.
type Foretold struct {
	plans map[string]string    // by the hash of the bytes: the id
	named map[string][]newPlan // by identity
	texts map[uint64]string    // without an identity, by the hash of the words: the id
	sets  *shingleFile         // of the texts of named
}

// Close ends the use of the temporary file.
func (f *Foretold) Close() error {
	if f.sets == nil {
		return nil
	}
	return f.sets.close()
}

// newPlan is a plan that would be new.
type newPlan struct {
	id  string
	set int32 // its number in Foretold.sets
}

// plan finds the plan that a document would be, puts its id into n, and reports whether it would be there already.
func (f *Foretold) plan(c *Corpus, d Doc, n *Note) (known bool, err error) {
	if f.plans == nil {
		f.plans, f.named, f.texts = make(map[string]string), make(map[string][]newPlan), make(map[uint64]string)
		if f.sets, err = newShingleFile(); err != nil {
			return false, err
		}
	}
	sum := d.Source.SHA256
	err = c.read.QueryRow(`SELECT id FROM plans WHERE sha256 = ?1 UNION ALL SELECT p.id FROM copies c JOIN plans p ON p.n = c.plan WHERE c.sha256 = ?1`, sum).Scan(&n.Plan)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return false, err
	}
	if n.Plan == "" {
		n.Plan = f.plans[sum]
	}
	if n.Plan == "" && d.Plan != nil {
		row, is, err := one(c, d)
		if err == nil && is {
			err = c.read.QueryRow(`SELECT id FROM plans WHERE n = ?`, row).Scan(&n.Plan)
		}
		if err != nil {
			return false, err
		}
		if !is {
			if n.Plan, err = f.one(d); err != nil {
				return false, err
			}
		}
	}
	if known = n.Plan != ""; !known {
		n.Plan = PlanID(sum)
	}
	f.plans[sum] = n.Plan
	return known, nil
}

// one finds the new plan that a document would be in other bytes, "" where it would be a new one itself; then it is noted.
func (f *Foretold) one(d Doc) (string, error) {
	key := identityOf(d.Plan)
	if key == "" {
		if d.traits.whole == 0 {
			return "", nil
		}
		id := f.texts[d.traits.whole]
		if id == "" {
			f.texts[d.traits.whole] = PlanID(d.Source.SHA256)
		}
		return id, nil
	}
	hashes, _ := shingles(d.Plan.Text)
	set := shortHashes(hashes)
	for _, p := range f.named[key] {
		other, err := f.sets.set(p.set, nil)
		if err != nil || jaccard(set, other) >= sameText {
			return p.id, err
		}
	}
	f.named[key] = append(f.named[key], newPlan{PlanID(d.Source.SHA256), int32(len(f.sets.ends))})
	return "", f.sets.add(set)
}

// Would says what Put would do with a document, and changes nothing. f is what Put would have kept by now; it is added to. The
// run only notes what it met.
func (c *Corpus) Would(r *Run, d Doc, f *Foretold) (n Note, err error) {
	n = Note{Path: d.Source.Path, Reason: d.Source.Reason}
	var row uint32
	var was sql.NullString
	err = c.read.QueryRow(`SELECT s.n, p.id FROM sources s LEFT JOIN plans p ON p.n = s.plan WHERE s.path = ?`, d.Source.Path).Scan(&row, &was)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return n, fmt.Errorf("corpus: %s: %w", d.Source.Path, err)
	}
	if err == nil {
		r.seen.Add(row)
	}
	switch d.Source.Status {
	case Quarantined:
		n.Outcome = Refused
		return n, nil
	case InArchive:
		n.Outcome = Archived
		return n, nil
	}
	known, err := f.plan(c, d, &n)
	if err != nil {
		return n, fmt.Errorf("corpus: %s: %w", d.Source.Path, err)
	}
	switch {
	case was.Valid && was.String == n.Plan:
		n.Outcome = Unchanged
		if d.Plan != nil && n.Plan == PlanID(d.Source.SHA256) {
			n.Outcome = Renewed
		}
	case was.Valid:
		n.Outcome, n.Was = Changed, was.String
	case known:
		n.Outcome = Duplicate
	default:
		n.Outcome = Added
	}
	if d.Plan == nil || n.Outcome != Changed && n.Outcome != Renewed {
		return n, nil
	}
	before, err := c.Plan(was.String)
	if err == nil {
		n.Differs = Differences(before, d.Plan)
	}
	return n, err
}

func (c *Corpus) rows(query string, args ...any) ([]int64, error) {
	return numbers(c.read.Query(query, args...))
}

func (c *Corpus) text(n int64) (string, error) { return textOf(c.read.QueryRow(textSQL, n)) }
