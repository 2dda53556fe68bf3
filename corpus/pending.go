package corpus

import (
	"database/sql"
	"fmt"
	"slices"
)

// Pending is a plan of which the index has not acknowledged the present state: the index is to hold the plan as
// it is kept now, or, where Current is false, to drop it.
type Pending struct {
	ID      string
	Current bool
	Run     int64    // that added the plan
	Sources []string // every path that holds it, the first one first
	n       int64
}

// Pending lists what the index has not acknowledged, in the order in which the plans came. Only a run that was
// cut off leaves any behind.
func (c *Corpus) Pending() ([]Pending, error) { return pending(c.read) }

// Whole lists what a new index is to hold: every current plan, in the order in which they came.
func (c *Corpus) Whole() ([]Pending, error) {
	return states(c.read, `plans p LEFT JOIN sources s ON s.plan = p.n WHERE p.current = 1 ORDER BY p.n, s.n`)
}

// State is what the index is to hold of a plan.
func (c *Corpus) State(id string) (Pending, error) {
	list, err := states(c.read, `plans p LEFT JOIN sources s ON s.plan = p.n WHERE p.id = ? ORDER BY s.n`, id)
	if err == nil && len(list) == 0 {
		err = fmt.Errorf("corpus: plan %s: %w", id, ErrNoPlan)
	}
	if err != nil {
		return Pending{}, err
	}
	return list[0], nil
}

// pending reads the list by any connection.
func pending(db *sql.DB) ([]Pending, error) {
	return states(db, `pending q JOIN plans p ON p.n = q.plan LEFT JOIN sources s ON s.plan = p.n ORDER BY q.plan, s.n`)
}

// states reads plans p with their sources s.
func states(db *sql.DB, from string, args ...any) ([]Pending, error) {
	rows, err := db.Query(`SELECT p.n, p.id, p.current, p.run, coalesce(s.path, '') FROM `+from, args...)
	if err != nil {
		return nil, fmt.Errorf("corpus: pending: %w", err)
	}
	defer rows.Close()
	var list []Pending
	for rows.Next() {
		var p Pending
		var path string
		if err := rows.Scan(&p.n, &p.ID, &p.Current, &p.Run, &path); err != nil {
			return nil, fmt.Errorf("corpus: pending: %w", err)
		}
		if len(list) == 0 || list[len(list)-1].n != p.n {
			list = append(list, p)
		}
		if path != "" {
			last := &list[len(list)-1]
			last.Sources = append(last.Sources, path)
		}
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("corpus: pending: %w", err)
	}
	return list, nil
}

// Acknowledged is how many plans the index must hold, because it has said so: less, and it was lost.
func (c *Corpus) Acknowledged() (n int, err error) {
	err = c.read.QueryRow(`SELECT count(*) FROM plans WHERE current = 1 AND n NOT IN (SELECT plan FROM pending)`).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("corpus: pending: %w", err)
	}
	return n, nil
}

// AwaitAll makes every current plan pending: there is a new, empty index.
func (c *Corpus) AwaitAll() error {
	err := c.w.commit(func() error {
		return c.w.exec(`INSERT OR IGNORE INTO pending (plan) SELECT n FROM plans WHERE current = 1`)
	})
	if err != nil {
		return fmt.Errorf("corpus: pending: %w", err)
	}
	return nil
}

// AwaitDifference makes those plans pending that an index with these ids, in order, lacks or holds in vain.
func (c *Corpus) AwaitDifference(held []string) error {
	whole, err := c.Whole()
	if err != nil {
		return err
	}
	current := make(map[string]bool, len(whole))
	return c.w.commit(func() error {
		for _, p := range whole {
			current[p.ID] = true
			if _, ok := slices.BinarySearch(held, p.ID); !ok {
				if err := c.w.await(p.n); err != nil {
					return err
				}
			}
		}
		for _, id := range held {
			if current[id] {
				continue
			}
			if err := c.w.exec(`INSERT OR IGNORE INTO pending (plan) SELECT n FROM plans WHERE id = ?`, id); err != nil {
				return err
			}
		}
		return nil
	})
}

// Indexed notes that the index holds these states for good. The note itself is kept with the next commit: a
// process that dies before it makes the index take the same plans once more.
func (c *Corpus) Indexed(list []Pending) {
	for _, p := range list {
		c.w.indexed = append(c.w.indexed, p.n)
	}
}

// await notes that the index does not know the present state of a plan.
func (w *writer) await(n int64) error {
	return w.exec(`INSERT OR IGNORE INTO pending (plan) VALUES (?)`, n)
}

// Standing says how a plan stands towards the index.
type Standing struct {
	Current bool // the index is to hold it
	Pending bool // it has not acknowledged the present state
}

// Standings gives the standing of every plan, by its id.
func (c *Corpus) Standings() (map[string]Standing, error) {
	rows, err := c.read.Query(`SELECT p.id, p.current, q.plan IS NOT NULL FROM plans p LEFT JOIN pending q ON q.plan = p.n`)
	if err != nil {
		return nil, fmt.Errorf("corpus: pending: %w", err)
	}
	defer rows.Close()
	all := make(map[string]Standing)
	for rows.Next() {
		var id string
		var s Standing
		if err := rows.Scan(&id, &s.Current, &s.Pending); err != nil {
			return nil, fmt.Errorf("corpus: pending: %w", err)
		}
		all[id] = s
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("corpus: pending: %w", err)
	}
	return all, nil
}

// Await makes plans pending: the index is to be told of them again.
func (c *Corpus) Await(ids []string) error {
	err := c.w.commit(func() error {
		for _, id := range ids {
			if err := c.w.exec(`INSERT OR IGNORE INTO pending (plan) SELECT n FROM plans WHERE id = ?`, id); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("corpus: pending: %w", err)
	}
	return nil
}
