package corpus

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"kehoach/plan"
	"kehoach/review"
)

// historySQL gives the corrections that concern plans: each with the plan that was corrected, and with those that took its
// place since, in the order of time.
const historySQL = `WITH RECURSIVE later(n, id) AS (
		SELECT DISTINCT p.n, p.id FROM corrections c JOIN plans p ON p.n = c.plan
		UNION SELECT later.n, j.plan FROM later JOIN journal j ON j.was = later.id WHERE j.was <> '' AND j.outcome = 'changed')
	SELECT later.id, c.entry FROM later JOIN corrections c ON c.plan = later.n`

// querier is a database, or a connection to it.
type querier interface {
	Query(query string, args ...any) (*sql.Rows, error)
}

// histories gives the corrections by the id of the plan that they concern.
func histories(db querier) (map[string][]review.Correction, error) {
	return readHistories(db, historySQL+` ORDER BY c.at, c.n`)
}

func readHistories(db querier, query string, args ...any) (map[string][]review.Correction, error) {
	rows, err := db.Query(query, args...)
	if err != nil {
		return nil, fmt.Errorf("corpus: corrections: %w", err)
	}
	defer rows.Close()
	var out map[string][]review.Correction
	for rows.Next() {
		var id, entry string
		var c review.Correction
		if err := rows.Scan(&id, &entry); err != nil {
			return nil, fmt.Errorf("corpus: corrections: %w", err)
		}
		if err := json.Unmarshal([]byte(entry), &c); err != nil {
			return nil, fmt.Errorf("corpus: corrections of %s: %w", id, err)
		}
		if out == nil {
			out = map[string][]review.Correction{}
		}
		out[id] = append(out[id], c)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("corpus: corrections: %w", err)
	}
	return out, nil
}

// earlierSQL gives the same of the plans whose ids stand in a list of JSON: it goes back from them, so that it costs the same however
// many others were corrected.
const earlierSQL = `WITH RECURSIVE earlier(id, latest) AS (
		SELECT value, value FROM json_each(?)
		UNION SELECT j.was, earlier.latest FROM earlier CROSS JOIN journal j ON j.plan = earlier.id WHERE j.was <> '' AND j.outcome = 'changed')
	SELECT earlier.latest, c.entry FROM earlier CROSS JOIN plans p ON p.id = earlier.id CROSS JOIN corrections c ON c.plan = p.n
	ORDER BY c.at, c.n`

// history is the corrections that concern one plan.
func history(db querier, id string) ([]review.Correction, error) {
	asked, err := json.Marshal([]string{id})
	if err != nil {
		return nil, fmt.Errorf("corpus: corrections: %w", err)
	}
	out, err := readHistories(db, earlierSQL, string(asked))
	return out[id], err
}

// Corrected is the plan, as it was extracted, as people have corrected it.
func (c *Corpus) Corrected(p *plan.Plan) (*plan.Plan, error) { return corrected(c.read, p) }

// anySQL asks whether anything was ever corrected.
const anySQL = `SELECT EXISTS (SELECT 1 FROM corrections)`

func corrected(db *sql.DB, p *plan.Plan) (*plan.Plan, error) {
	var some bool
	if err := db.QueryRow(anySQL).Scan(&some); err != nil || !some {
		return p, err
	}
	list, err := history(db, p.ID)
	if err != nil || len(list) == 0 {
		return p, err
	}
	out, _ := review.Apply(p, list)
	return out, nil
}

// Corrections gives the history of a plan, the oldest entry first, with what was corrected in plans that it took the place of.
func (c *Corpus) Corrections(id string) ([]review.Correction, error) { return history(c.read, id) }

// AllCorrections gives every entry of the corpus once, the oldest first.
func (c *Corpus) AllCorrections() ([]review.Correction, error) {
	out, err := readHistories(c.read, `SELECT '', entry FROM corrections ORDER BY at, n`)
	return out[""], err
}

// Reviewed gives the ids of the current plans that corrections concern, in order.
func (c *Corpus) Reviewed() ([]string, error) {
	rows, err := c.read.Query(`SELECT DISTINCT p.id FROM (` + historySQL + `) x JOIN plans p ON p.id = x.id WHERE p.current = 1 ORDER BY p.id`)
	if err != nil {
		return nil, fmt.Errorf("corpus: corrections: %w", err)
	}
	defer rows.Close()
	var ids []string
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, fmt.Errorf("corpus: corrections: %w", err)
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

// Correct adds entries to the history, in one transaction, and makes the plans that they concern pending. An entry that is
// there already is not added again. It fails with ErrNoPlan, and adds nothing, where the plan of an entry is not there.
func (c *Corpus) Correct(entries []review.Correction) (added int, err error) {
	err = c.w.commit(func() error {
		for _, e := range entries {
			if err := e.Check(); err != nil {
				return err
			}
			var n int64
			if err := c.w.row(`SELECT n FROM plans WHERE id = ?`, e.Plan).Scan(&n); errors.Is(err, sql.ErrNoRows) {
				return fmt.Errorf("correction %s: plan %s: %w", e.ID, e.Plan, ErrNoPlan)
			} else if err != nil {
				return err
			}
			b, err := json.Marshal(e)
			if err != nil {
				return err
			}
			var row int64
			err = c.w.row(`INSERT INTO corrections (id, plan, at, entry) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING RETURNING n`,
				e.ID, n, e.At, string(b)).Scan(&row)
			if errors.Is(err, sql.ErrNoRows) {
				continue // it is there
			}
			if err != nil {
				return err
			}
			added++
			if err := c.w.recorrect(e.Plan); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("corpus: %w", err)
	}
	return added, nil
}

// recorrect brings the rows of a plan, and of those that took its place, to what is corrected now.
func (w *writer) recorrect(id string) error {
	rows, err := w.db.Query(`WITH RECURSIVE later(id) AS (SELECT ?1
		UNION SELECT j.plan FROM later JOIN journal j ON j.was = later.id WHERE j.was <> '' AND j.outcome = 'changed') SELECT id FROM later`, id)
	if err != nil {
		return err
	}
	var ids []string
	for rows.Next() {
		var next string
		if err = rows.Scan(&next); err != nil {
			break
		}
		ids = append(ids, next)
	}
	if err := errors.Join(err, rows.Err(), rows.Close()); err != nil {
		return err
	}
	for _, id := range ids {
		if err := w.applyCorrections(id); err != nil {
			return err
		}
	}
	return nil
}

// applyCorrections writes the rows of a plan as it is corrected, where anything was ever corrected in it: filters read them.
// What is kept of the extraction stays as it is.
func (w *writer) applyCorrections(id string) error {
	var some bool
	if err := w.row(anySQL).Scan(&some); err != nil || !some {
		return err
	}
	list, err := history(w.db, id)
	if err != nil || len(list) == 0 {
		return err
	}
	var n int64
	if err := w.row(`SELECT n FROM plans WHERE id = ?`, id).Scan(&n); errors.Is(err, sql.ErrNoRows) {
		return nil // forgotten
	} else if err != nil {
		return err
	}
	p, err := w.body(`SELECT json FROM bodies WHERE plan = ?`, n)
	if err != nil {
		return err
	}
	p, _ = review.Apply(p, list)
	err = w.exec(`UPDATE plans SET (`+describedColumns+`) = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) WHERE n = ?`, append(described(p), n)...)
	if err == nil {
		err = w.replaceParts(n, p)
	}
	if err == nil {
		err = w.await(n)
	}
	return err
}
