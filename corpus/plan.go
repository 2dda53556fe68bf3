package corpus

import (
	"errors"
	"fmt"
	"strings"

	"kehoach/plan"
)

// minPrefix is the length of the shortest prefix of an id that names a plan.
const minPrefix = 6

// Plan gives a plan as people have corrected it, by its id or a unique prefix of it, of at least 6 digits; a superseded one
// as well. It fails with ErrNoPlan where there is none, or more than one.
func (c *Corpus) Plan(id string) (*plan.Plan, error) {
	p, err := c.Extracted(id)
	if err == nil {
		p, err = corrected(c.read, p)
	}
	return p, err
}

// Extracted is Plan without corrections: what was read.
func (c *Corpus) Extracted(id string) (*plan.Plan, error) {
	id = strings.ToLower(id)
	if len(id) < minPrefix {
		return nil, fmt.Errorf("corpus: plan %q: %w: give at least %d digits of its id", id, ErrNoPlan, minPrefix)
	}
	rows, err := c.byID.Query(id, id+"~")
	if err != nil {
		return nil, fmt.Errorf("corpus: plan %s: %w", id, err)
	}
	defer rows.Close()
	var found []*plan.Plan
	var ids []string
	for rows.Next() {
		p, err := scan(rows)
		if err != nil {
			return nil, fmt.Errorf("corpus: plan %s: %w", id, err)
		}
		found, ids = append(found, p), append(ids, p.ID)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("corpus: plan %s: %w", id, err)
	}
	switch len(found) {
	case 0:
		return nil, fmt.Errorf("corpus: plan %s: %w", id, ErrNoPlan)
	case 1:
		return found[0], nil
	}
	return nil, fmt.Errorf("corpus: plan %s: %w: it could be any of %s", id, ErrNoPlan, strings.Join(ids, ", "))
}

// selectSQL gives what scan reads: a plan as it was kept, and the path of its first present source.
const selectSQL = `SELECT b.json, (SELECT s.path FROM sources s WHERE s.plan = p.n ORDER BY s.n LIMIT 1)
	FROM plans p JOIN bodies b ON b.plan = p.n`

// scan reads one row of selectSQL.
func scan(rows interface{ Scan(...any) error }) (*plan.Plan, error) {
	var body []byte
	var path *string
	if err := rows.Scan(&body, &path); err != nil {
		return nil, err
	}
	p, err := decode(body)
	if err == nil && path != nil {
		p.Source.Path = *path
	}
	return p, err
}

// columns are the columns of plans that are read off a plan; values gives theirs.
const columns = `number, type, types_key, issued, level, issuer_id, issuer_key, province_id, province_key, today_id, today_key, title,
	number_key, bytes, made, identity, text_key, state`

// describedColumns are those that described gives.
const describedColumns = `number, type, types_key, issued, level, issuer_id, issuer_key, province_id, province_key, today_id, today_key, title, number_key`

func (w *writer) values(d Doc) []any {
	return append(described(d.Plan), len(d.Data), madeOf(w.made, d.Source.Portal), identityOf(d.Plan), int64(d.traits.whole), stateOf(d.Plan))
}

// described are the columns of plans that speak of the document.
func described(p *plan.Plan) []any {
	types := folded(" " + p.Type.Code + " ")
	for _, a := range p.Attached {
		types += folded(a.Type.Code + " ")
	}
	return []any{p.Number, p.Type.Code, types, p.Issued, string(p.Issuer.Level), p.Issuer.ID, folded(p.Issuer.Name),
		p.Province.ID, folded(p.Province.Name), p.Province.Today.ID, folded(p.Province.Today.Name), p.Title, folded(p.Number)}
}

// insert writes the rows of a plan that is not kept yet.
func (w *writer) insert(r *Run, d Doc) (n int64, err error) {
	args := append(w.values(d), d.Plan.ID, d.Source.SHA256, r.ID)
	err = w.row(`INSERT INTO plans (`+columns+`, id, sha256, run, current)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1) RETURNING n`, args...).Scan(&n)
	if err != nil {
		return 0, err
	}
	if err := w.exec(`INSERT INTO bodies (plan, json) VALUES (?, ?)`, n, d.body); err != nil {
		return 0, err
	}
	return n, errors.Join(w.recognise(n, d), w.insertParts(n, d.Plan))
}

// renew puts what was read again in the place of what is kept.
func (w *writer) renew(n int64, d Doc) error {
	err := w.exec(`UPDATE plans SET (`+columns+`, current) = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1) WHERE n = ?`, append(w.values(d), n)...)
	if err == nil {
		err = w.exec(`UPDATE bodies SET json = ? WHERE plan = ?`, d.body, n)
	}
	if err != nil {
		return err
	}
	if err := errors.Join(w.recognise(n, d), w.replaceParts(n, d.Plan)); err != nil {
		return err
	}
	return w.applyCorrections(d.Plan.ID)
}
