package corpus

import (
	"database/sql"
	"errors"
	"strings"

	"kehoach/normalize"
	"kehoach/plan"
)

// sameText is Jaccard's index from which two texts under one number, issuer and date are one document.
const sameText = 0.9

// identityOf is what names a document: number, issuer and date of issue, folded; "" where one of them is missing.
func identityOf(p *plan.Plan) string {
	if p.Number == "" || p.Issuer.Name == "" && p.Issuer.ID == "" || p.Issued == "" {
		return ""
	}
	issuer := p.Issuer.ID
	if issuer == "" {
		issuer = normalize.Fold(p.Issuer.Name)
	}
	return normalize.Fold(p.Number) + "|" + issuer + "|" + p.Issued
}

// The states of a version.
const (
	Draft     = "draft"
	Signed    = "signed"
	Corrected = "corrected"
)

// headLen is how much of a text, in bytes, its head and its end are.
const headLen = 1500

// stateOf says which version of a document a text is, and "" where nothing tells.
func stateOf(p *plan.Plan) string {
	head := p.Text[:min(len(p.Text), headLen)]
	folded := normalize.Fold(head)
	switch {
	case strings.Contains(head, "DỰ THẢO") || strings.Contains(folded, "(du thao"):
		return Draft
	case strings.Contains(folded, "dinh chinh"):
		return Corrected
	case p.Signer.Name != "":
		return Signed
	}
	return ""
}

// traits are what a document is recognised by, worked out once.
type traits struct {
	sign   signature
	signed bool // there is a signature
	whole  uint64
}

func traitsOf(p *plan.Plan) (t traits) {
	list, whole := shingles(p.Text)
	t.sign, t.signed = sign(list)
	t.whole = whole
	return t
}

// catalogue is what one asks: the writer within its transaction, or a reader.
type catalogue interface {
	rows(query string, args ...any) ([]int64, error)
	text(n int64) (string, error)
}

// one finds the plan that a document is, in other bytes: under the same number, issuer and date with nearly the same text,
// or, where one of them is missing, with the same text. A plan that only this path holds is not taken: its text changed.
func one(in catalogue, d Doc) (n int64, found bool, err error) {
	identity := identityOf(d.Plan)
	query, key := `identity = ?1 AND identity <> ''`, any(identity) // an index of some rows serves only who asks for no others
	if identity == "" {
		query, key = `text_key = ?1 AND text_key <> 0 AND identity = ''`, int64(d.traits.whole)
	}
	rows, err := in.rows(`SELECT n FROM plans WHERE `+query+` AND current = 1 AND sha256 <> ?2
		AND EXISTS (SELECT 1 FROM sources WHERE plan = plans.n AND path <> ?3) ORDER BY n`, key, d.Source.SHA256, d.Source.Path)
	if err != nil || len(rows) == 0 {
		return 0, false, err
	}
	mine := shingleSet(d.Plan.Text)
	for _, n := range rows {
		other, err := in.text(n)
		if err != nil {
			return 0, false, err
		}
		if alike := jaccard(mine, shingleSet(other)); alike == 1 || identity != "" && alike >= sameText {
			return n, true, nil
		}
	}
	return 0, false, nil
}

// copied gives the plan that a document is, where it is one in other bytes, and keeps its hash.
func (w *writer) copied(d Doc) (n int64, is bool, err error) {
	err = w.row(`SELECT plan FROM copies WHERE sha256 = ?`, d.Source.SHA256).Scan(&n)
	switch {
	case err == nil && d.Plan != nil:
		return n, true, w.exec(`UPDATE copies SET made = ? WHERE sha256 = ?`, madeOf(w.made, d.Source.Portal), d.Source.SHA256)
	case err == nil:
		return n, true, nil
	case !errors.Is(err, sql.ErrNoRows):
		return 0, false, err
	case d.Plan == nil:
		return 0, false, nil
	}
	if n, is, err = one(w, d); err == nil && is {
		err = w.exec(`INSERT INTO copies (sha256, plan, bytes, made) VALUES (?, ?, ?, ?)`, d.Source.SHA256, n, len(d.Data), madeOf(w.made, d.Source.Portal))
	}
	return n, is, err
}

func (w *writer) text(n int64) (string, error) { return textOf(w.row(textSQL, n)) }

// rows gives the numbers that a query finds.
func (w *writer) rows(query string, args ...any) ([]int64, error) {
	stmt, err := w.stmt(query)
	if err != nil {
		return nil, err
	}
	return numbers(stmt.Query(args...))
}

func numbers(rows *sql.Rows, err error) ([]int64, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []int64
	for rows.Next() {
		var n int64
		if err := rows.Scan(&n); err != nil {
			return nil, err
		}
		list = append(list, n)
	}
	return list, rows.Err()
}

// recognise writes what a plan is recognised by.
func (w *writer) recognise(n int64, d Doc) error {
	if !d.traits.signed {
		return w.exec(`DELETE FROM signatures WHERE plan = ?`, n)
	}
	return w.exec(`INSERT INTO signatures (plan, minimum) VALUES (?, ?) ON CONFLICT DO UPDATE SET minimum = excluded.minimum`, n, d.traits.sign.bytes())
}

// fillIdentity works out what the plans of an older catalogue are recognised by.
func fillIdentity(tx *sql.Tx) error {
	rows, err := tx.Query(`SELECT plan, json FROM bodies`)
	if err != nil {
		return err
	}
	type row struct {
		n int64
		p *plan.Plan
		t traits
	}
	var list []row
	flush := func() error {
		for _, r := range list {
			_, err := tx.Exec(`UPDATE plans SET number_key = ?, identity = ?, text_key = ?, state = ? WHERE n = ?`,
				normalize.Fold(r.p.Number), identityOf(r.p), int64(r.t.whole), stateOf(r.p), r.n)
			if err == nil && r.t.signed {
				_, err = tx.Exec(`INSERT INTO signatures (plan, minimum) VALUES (?, ?)`, r.n, r.t.sign.bytes())
			}
			if err != nil {
				return err
			}
		}
		list = list[:0]
		return nil
	}
	for rows.Next() {
		var r row
		var body []byte
		if err := rows.Scan(&r.n, &body); err != nil {
			return errors.Join(err, rows.Close())
		}
		p, err := decode(body)
		if err != nil {
			continue // verify tells of it
		}
		r.t = traitsOf(p)
		p.Text, p.Sections, p.Assignments = p.Text[:min(len(p.Text), headLen)], nil, nil
		r.p = p
		list = append(list, r)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return err
	}
	return flush()
}
