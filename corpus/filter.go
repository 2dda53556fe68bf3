package corpus

import (
	"fmt"
	"iter"
	"strings"

	"golang.org/x/text/unicode/norm"

	"kehoach/authority"
	"kehoach/normalize"
	"kehoach/plan"
	"kehoach/review"
)

// Select gives the current plans that the filter chooses, in the order of their ids. It reads one consistent
// state, however long it takes and whatever is written meanwhile.
func (c *Corpus) Select(f plan.Filter) iter.Seq2[*plan.Plan, error] {
	return func(yield func(*plan.Plan, error) bool) {
		w, err := c.where(f)
		if err != nil {
			yield(nil, err)
			return
		}
		reviewed, err := histories(c.read)
		if err != nil {
			yield(nil, err)
			return
		}
		rows, err := c.read.Query(selectSQL+w.String()+" ORDER BY p.id", w.args...)
		if err != nil {
			yield(nil, fmt.Errorf("corpus: select: %w", err))
			return
		}
		defer rows.Close()
		for rows.Next() {
			p, err := scan(rows)
			if err == nil && len(reviewed[p.ID]) > 0 {
				p, _ = review.Apply(p, reviewed[p.ID])
			}
			if err != nil {
				err = fmt.Errorf("corpus: select: %w", err)
			}
			if !yield(p, err) || err != nil {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(nil, fmt.Errorf("corpus: select: %w", err))
		}
	}
}

// IDs gives the ids of the current plans that the filter chooses, in order.
func (c *Corpus) IDs(f plan.Filter) ([]string, error) {
	w, err := c.where(f)
	if err != nil {
		return nil, err
	}
	rows, err := c.read.Query("SELECT p.id FROM plans p"+w.String()+" ORDER BY p.id", w.args...)
	if err != nil {
		return nil, fmt.Errorf("corpus: select: %w", err)
	}
	defer rows.Close()
	var ids []string
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, fmt.Errorf("corpus: select: %w", err)
		}
		ids = append(ids, id)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("corpus: select: %w", err)
	}
	return ids, nil
}

// where is a condition on the row p of plans: clauses that must all hold.
type where struct {
	clauses []string
	args    []any
}

func (w *where) String() string { return " WHERE " + strings.Join(w.clauses, " AND ") }

func (w *where) and(clause string, args ...any) {
	w.clauses, w.args = append(w.clauses, clause), append(w.args, args...)
}

// any adds a clause that holds where one of the values does; of each value, one gives clause and arguments.
func anyOf[T any](w *where, values []T, one func(T) (string, []any)) {
	if len(values) == 0 {
		return
	}
	var clauses []string
	var all []any
	for _, v := range values {
		clause, args := one(v)
		clauses, all = append(clauses, clause), append(all, args...)
	}
	w.and("("+strings.Join(clauses, " OR ")+")", all...)
}

// where puts a filter into SQL. What each field means stands in plan.Filter; the index answers the same.
func (c *Corpus) where(f plan.Filter) (*where, error) {
	f = f.Names(norm.NFC.String)
	w := new(where)
	w.and("p.current = 1")
	anyOf(w, f.Province, province)
	w.inRange("substr(p.issued, 1, 4)", f.Year)
	anyOf(w, f.Type, func(v string) (string, []any) {
		return "instr(p.types_key, ?) > 0", []any{" " + normalize.Fold(typeCode(v)) + " "}
	})
	anyOf(w, f.Lead, func(v string) (string, []any) { return agency(plan.Lead, v) })
	anyOf(w, f.Support, func(v string) (string, []any) { return agency(plan.Support, v) })
	anyOf(w, f.Kind, func(k plan.Kind) (string, []any) {
		return "EXISTS (SELECT 1 FROM sections s WHERE s.plan = p.n AND s.kind = ?)", []any{string(k)}
	})
	anyOf(w, f.Program, func(v string) (string, []any) {
		return "p.n IN (SELECT plan FROM citations WHERE number_key = ? AND number_key <> '' AND role = ?)", []any{numberKey(v), plan.Implements}
	})
	anyOf(w, f.Issuer, issuer)
	anyOf(w, f.Level, func(l plan.Level) (string, []any) { return "p.level = ?", []any{string(l)} })
	w.inRange("p.issued", f.Issued)
	if !f.Due.IsZero() {
		due := new(where)
		due.inRange("d.date", f.Due)
		w.and("p.n IN (SELECT d.plan FROM deadlines d WHERE "+strings.Join(due.clauses, " AND ")+")", due.args...)
	}
	if f.AddedSince != "" {
		run, err := c.runID(f.AddedSince)
		if err != nil {
			return nil, err
		}
		w.and("p.run >= ?", run)
	}
	if f.Source != "" {
		w.and("EXISTS (SELECT 1 FROM sources s WHERE s.plan = p.n AND s.path GLOB ?)", f.Source)
	}
	anyOf(w, f.Region, region)
	anyOf(w, f.Format, hasFacet("format"))
	anyOf(w, f.Problem, hasFacet("problem"))
	anyOf(w, f.Area, hasFacet("area"))
	return w, nil
}

// inRange is plan.Range.Holds in SQL: a date may be shorter than an end of the range, or longer.
func (w *where) inRange(column string, r plan.Range) {
	if r.IsZero() {
		return
	}
	w.and(column + " <> ''")
	if r.From != "" {
		w.and(column+" >= substr(?, 1, length("+column+"))", r.From)
	}
	if r.To != "" {
		w.and("substr("+column+", 1, length(?)) <= ?", r.To, r.To)
	}
}

// province matches a province as it was at the document's date or as it is today.
func province(v string) (string, []any) {
	if p, ok := authority.ProvinceByName(v, ""); ok {
		return "p.province_id = ? OR p.today_id = ?", []any{p.ID, p.ID}
	}
	key := normalize.Fold(v)
	return "p.province_key = ? OR p.today_key = ?", []any{key, key}
}

// region matches the provinces of a region, as issued; one that is not known has none.
func region(v string) (string, []any) {
	r, _ := authority.RegionByName(v)
	clauses, args := []string{"0"}, []any(nil)
	for _, id := range r.Provinces() {
		clauses, args = append(clauses, "p.province_id = ?"), append(args, id)
	}
	return strings.Join(clauses, " OR "), args
}

// typeCode is the code of a type that is given by its code or its name.
func typeCode(v string) string {
	if t, ok := authority.TypeByCode(v); ok {
		return t.Code
	}
	if t, ok := authority.TypeByName(v); ok {
		return t.Code
	}
	return v
}

// agency matches a body that has the role in some task: by its id where the name is known, else by a part of its
// name.
func agency(role plan.Role, v string) (string, []any) {
	if b := authority.Resolve(v, "", ""); b.Status == "resolved" || b.Status == "group" {
		return "p.n IN (SELECT plan FROM assignments WHERE agency_id = ? AND role = ?)", []any{b.ID, string(role)}
	}
	return "p.n IN (SELECT plan FROM assignments WHERE role = ? AND instr(agency_key, ?) > 0)",
		[]any{string(role), normalize.Fold(v)}
}

// issuer matches an issuing body: by a part of its name, abbreviations written out, or by its kind in any province.
func issuer(v string) (string, []any) {
	clause, args := "instr(p.issuer_key, ?) > 0", []any{normalize.Fold(authority.Expand(v))}
	if b := authority.Resolve(v, "", ""); b.Status == "resolved" && normalize.Fold(b.Name) == normalize.Fold(authority.Expand(v)) {
		clause, args = clause+" OR p.issuer_id = ? OR p.issuer_id GLOB ?", append(args, b.ID, b.ID+"@*")
	}
	return clause, args
}

// numberKey is the canonical number of a document, folded.
func numberKey(v string) string {
	if n, ok := authority.ParseNumber(v); ok {
		v = n.Number
	}
	return normalize.Fold(v)
}
