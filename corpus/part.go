package corpus

import (
	"cmp"
	"database/sql/driver"
	"slices"
	"strings"

	"kehoach/normalize"
	"kehoach/plan"
)

// partTable is a table that holds rows of a plan; its first column is the plan's number.
type partTable struct {
	name   string
	insert string
	order  string                                    // of its rows within a plan
	rows   func(n int64, p *plan.Plan) (all [][]any) // in that order
}

// parts are the tables that hold the rows of a plan.
var parts = []partTable{
	{"sections", `INSERT INTO sections VALUES (?, ?, ?, ?, ?, ?, ?)`, "n", func(n int64, p *plan.Plan) (all [][]any) {
		for i, s := range p.Sections {
			all = append(all, []any{n, i, strings.Join(s.Path, "/"), string(s.Kind), s.Heading, s.Span.Start, s.Span.End})
		}
		return all
	}},
	{"assignments", `INSERT INTO assignments VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`, "n", func(n int64, p *plan.Plan) (all [][]any) {
		for i, a := range p.Assignments {
			all = append(all, []any{n, i, string(a.Role), a.Agency, a.AgencyID, folded(a.Agency), section(a.Section), a.Span.Start, a.Span.End})
		}
		return all
	}},
	{"citations", `INSERT INTO citations VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`, "n", func(n int64, p *plan.Plan) (all [][]any) {
		for i, c := range p.Citations {
			all = append(all, []any{n, i, string(c.Role), c.Number, folded(c.Number), c.Date, section(c.Section), c.Span.Start, c.Span.End})
		}
		return all
	}},
	{"deadlines", `INSERT INTO deadlines VALUES (?, ?, ?, ?, ?, ?, ?, ?)`, "n", func(n int64, p *plan.Plan) (all [][]any) {
		for i, d := range p.Deadlines {
			all = append(all, []any{n, i, d.Date, d.MonthDay, string(d.Recurs), section(d.Section), d.Span.Start, d.Span.End})
		}
		return all
	}},
	{"facets", `INSERT INTO facets VALUES (?, ?, ?)`, "name, key", func(n int64, p *plan.Plan) (all [][]any) {
		list := facetsOf(p)
		slices.SortFunc(list, func(a, b facet) int { return cmp.Or(cmp.Compare(a.name, b.name), cmp.Compare(a.key, b.key)) })
		for _, f := range slices.Compact(list) {
			all = append(all, []any{n, f.name, key(f.key)})
		}
		return all
	}},
}

// key is a value of a column that is folded: another version of normalize may fold it otherwise.
type key string

func folded(s string) key { return key(normalize.Fold(s)) }

// Value lets a key into a column.
func (k key) Value() (driver.Value, error) { return string(k), nil }

// replaceParts writes the rows of a plan anew.
func (w *writer) replaceParts(n int64, p *plan.Plan) error {
	for _, table := range parts {
		if err := w.exec(`DELETE FROM `+table.name+` WHERE plan = ?`, n); err != nil {
			return err
		}
	}
	return w.insertParts(n, p)
}

// insertParts writes the rows of a plan.
func (w *writer) insertParts(n int64, p *plan.Plan) error {
	for _, table := range parts {
		for _, row := range table.rows(n, p) {
			if err := w.exec(table.insert, row...); err != nil {
				return err
			}
		}
	}
	return nil
}

// section is the id of a section for a column, NULL for none.
func section(r plan.Ref) any {
	if id, ok := r.ID(); ok {
		return id
	}
	return nil
}

// sameRows reports whether a table holds of a plan what it should; keys are left out where they may have been made by other tables.
func (c *Corpus) sameRows(t partTable, n int64, p *plan.Plan, keys bool) (bool, error) {
	want := t.rows(n, p)
	rows, err := c.read.Query(`SELECT * FROM `+t.name+` WHERE plan = ? ORDER BY `+t.order, n)
	if err != nil {
		return false, err
	}
	defer rows.Close()
	for rows.Next() {
		if len(want) == 0 {
			return false, nil
		}
		got, err := scanAny(rows, len(want[0]))
		if err != nil || !sameValues(got, want[0], keys) {
			return false, err
		}
		want = want[1:]
	}
	return len(want) == 0, rows.Err()
}

func scanAny(row interface{ Scan(...any) error }, n int) ([]any, error) {
	got, into := make([]any, n), make([]any, n)
	for i := range got {
		into[i] = &got[i]
	}
	return got, row.Scan(into...)
}

// sameValues compares what a row holds with what was put into it.
func sameValues(got, want []any, keys bool) bool {
	for i, v := range want {
		switch w := v.(type) {
		case int:
			v = int64(w)
		case key:
			if !keys {
				continue
			}
			v = string(w)
		}
		if got[i] != v {
			return false
		}
	}
	return true
}
