package corpus

import (
	"errors"
	"fmt"
	"slices"
)

// Version is one of the versions of a document: of plans with the same number, issuer and date, and another text; or of plans
// that stood in one file after each other, the one in the place of the other.
type Version struct {
	ID    string   `json:"plan"`
	State string   `json:"state,omitempty"` // draft, signed, corrected; "" where nothing tells
	Run   int64    `json:"run"`             // that added it
	Held  bool     `json:"held"`            // a source holds it
	Alike float64  `json:"alike"`           // to the version before, by Jaccard's index; 0 for the first
	Paths []string `json:"paths"`
}

// writtenOver is Jaccard's index from which two texts that stood in one file are versions of a document, where they have not two
// names: else the file was used for another document.
const writtenOver = 0.5

// versionRow is a plan that may be a version.
type versionRow struct {
	Version
	n        int64
	identity string
	set      []uint64 // of its text
}

// Versions gives the versions of a plan in the order in which they came, the plan itself among them.
func (c *Corpus) Versions(id string) ([]Version, error) {
	p, err := c.Plan(id)
	if err != nil {
		return nil, err
	}
	first, err := c.versionRow(`id = ?`, p.ID)
	var list []*versionRow
	if err == nil {
		list, err = c.chain(first)
	}
	if err != nil {
		return nil, fmt.Errorf("corpus: versions: %w", err)
	}
	slices.SortFunc(list, func(a, b *versionRow) int { return int(a.n - b.n) })
	versions := make([]Version, len(list))
	for i, v := range list {
		if i > 0 {
			v.Alike = jaccard(list[i-1].set, v.set)
		}
		if v.Paths, err = c.AllPaths(v.ID); err != nil {
			return nil, err
		}
		versions[i] = v.Version
	}
	return versions, nil
}

// chain is all plans that are versions of one, from link to link.
func (c *Corpus) chain(first []*versionRow) ([]*versionRow, error) {
	stood, err := c.stoodInPlace()
	if err != nil {
		return nil, err
	}
	all, seen := first, map[string]bool{}
	for _, v := range first {
		seen[v.ID] = true
	}
	add := func(rows []*versionRow, err error, fits func(*versionRow) bool) error {
		for _, v := range rows {
			if !seen[v.ID] && fits(v) {
				seen[v.ID] = true
				all = append(all, v)
			}
		}
		return err
	}
	for i := 0; i < len(all); i++ {
		v := all[i]
		if v.identity != "" {
			rows, err := c.versionRow(`identity = ?`, v.identity)
			if err := add(rows, err, func(*versionRow) bool { return true }); err != nil {
				return nil, err
			}
		}
		for _, id := range stood[v.ID] {
			rows, err := c.versionRow(`id = ?`, id)
			err = add(rows, err, func(o *versionRow) bool {
				return (v.identity == "" || o.identity == "" || v.identity == o.identity) && jaccard(v.set, o.set) >= writtenOver
			})
			if err != nil {
				return nil, err
			}
		}
	}
	return all, nil
}

// stoodInPlace gives for each plan those that came before or after it in a file.
func (c *Corpus) stoodInPlace() (map[string][]string, error) {
	rows, err := c.read.Query(`SELECT was, plan FROM journal WHERE outcome = ? AND was <> ''`, string(Changed))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	both := make(map[string][]string)
	for rows.Next() {
		var was, is string
		if err := rows.Scan(&was, &is); err != nil {
			return nil, err
		}
		both[was], both[is] = append(both[was], is), append(both[is], was)
	}
	return both, rows.Err()
}

// versionRow reads the plans that a condition finds.
func (c *Corpus) versionRow(where string, arg any) ([]*versionRow, error) {
	rows, err := c.read.Query(`SELECT n, id, state, run, current, identity, (SELECT json FROM bodies WHERE plan = n) FROM plans WHERE `+where+` ORDER BY n`, arg)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []*versionRow
	for rows.Next() {
		var v versionRow
		var body []byte
		if err := rows.Scan(&v.n, &v.ID, &v.State, &v.Run, &v.Held, &v.identity, &body); err != nil {
			return nil, err
		}
		p, err := decodeCard(body)
		if err != nil {
			return nil, errors.Join(fmt.Errorf("plan %s", v.ID), err)
		}
		v.set = shingleSet(p.Text)
		list = append(list, &v)
	}
	return list, rows.Err()
}

// AllPaths gives every path that holds a plan, in whichever bytes.
func (c *Corpus) AllPaths(id string) ([]string, error) {
	paths, err := list(c.read, `SELECT s.path FROM sources s JOIN plans p ON p.n = s.plan WHERE p.id = ? ORDER BY s.n`, id)
	if err != nil {
		return nil, fmt.Errorf("corpus: %s: %w", id, err)
	}
	return append([]string{}, paths...), nil
}
