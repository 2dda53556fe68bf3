package corpus

import (
	"database/sql"
	"errors"

	"kehoach/normalize"
	"kehoach/plan"
)

// facet is a row of the table facets: a value of a plan that filters ask for.
type facet struct{ name, key string }

const insertFacet = `INSERT INTO facets VALUES (?, ?, ?) ON CONFLICT DO NOTHING`

// facetsOf gives the values of a plan, as the index has them in its columns of the same names.
func facetsOf(p *plan.Plan) (list []facet) {
	add := func(name, value string) {
		if key := normalize.Fold(value); key != "" {
			list = append(list, facet{name, key})
		}
	}
	add("format", p.Source.Format)
	for _, problem := range p.Problems {
		add("problem", problem.Code)
	}
	for _, a := range p.Areas {
		add("area", a)
	}
	return list
}

// hasFacet is the condition that a plan has one of some values.
func hasFacet(name string) func(string) (string, []any) {
	return func(v string) (string, []any) {
		return "p.n IN (SELECT plan FROM facets WHERE name = ? AND key = ?)", []any{name, normalize.Fold(v)}
	}
}

// fillFacets works out the values of the plans of an older catalogue.
func fillFacets(tx *sql.Tx) error {
	rows, err := tx.Query(`SELECT plan, json FROM bodies`)
	if err != nil {
		return err
	}
	all := make(map[int64][]facet)
	for rows.Next() {
		var n int64
		var body []byte
		if err := rows.Scan(&n, &body); err != nil {
			return errors.Join(err, rows.Close())
		}
		if p, err := decode(body); err == nil { // of one that cannot be read verify tells
			all[n] = facetsOf(p)
		}
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return err
	}
	for n, list := range all {
		for _, f := range list {
			if _, err := tx.Exec(insertFacet, n, f.name, f.key); err != nil {
				return err
			}
		}
	}
	return nil
}
