package corpus

import (
	"cmp"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"kehoach/authority"
	"kehoach/normalize"
	"kehoach/plan"
)

// LinkStatus says what became of a citation: whether the corpus holds the document that it names.
type LinkStatus string

// The statuses. Nothing is stored of them: whatever arrives later completes the links that name it.
const (
	Resolved  LinkStatus = "resolved"
	Ambiguous LinkStatus = "ambiguous" // several documents go by that number
	Unmatched LinkStatus = "unmatched"
	Malformed LinkStatus = "malformed" // it is no number, or a misprinted one
)

// Link is a document that another one names.
type Link struct {
	Number string     `json:"number"`
	Date   string     `json:"date,omitempty"` // as the citation gives it
	Role   string     `json:"role"`           // the strongest: implements, basis, mention, footnote
	Status LinkStatus `json:"status"`
	Plans  []Linked   `json:"plans"` // one where it is resolved, several where it is ambiguous
}

// Linked is a plan at one end of a link.
type Linked struct {
	n          int64
	ID         string     `json:"plan,omitempty"` // empty where the corpus does not hold it
	Number     string     `json:"number"`
	Issued     string     `json:"issued,omitempty"`
	Issuer     string     `json:"issuer,omitempty"`
	Level      plan.Level `json:"level,omitempty"`
	Title      string     `json:"title,omitempty"`
	issuerID   string
	provinceID string
}

const linkedSQL = `SELECT p.n, p.id, p.number, p.issued, p.issuer_id, p.level, p.title, p.province_id FROM plans p `

func (c *Corpus) linked(query string, args ...any) ([]Linked, error) {
	rows, err := c.read.Query(linkedSQL+query, args...)
	if err != nil {
		return nil, fmt.Errorf("corpus: links: %w", err)
	}
	defer rows.Close()
	var list []Linked
	for rows.Next() {
		var l Linked
		if err := rows.Scan(&l.n, &l.ID, &l.Number, &l.Issued, &l.issuerID, &l.Level, &l.Title, &l.provinceID); err != nil {
			return nil, fmt.Errorf("corpus: links: %w", err)
		}
		list = append(list, l)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("corpus: links: %w", err)
	}
	return list, nil
}

// ByNumber gives the current plans with a number, or with an id.
func (c *Corpus) ByNumber(number string) ([]Linked, error) {
	list, err := c.linked(`WHERE p.number_key = ? AND p.number_key <> '' AND p.current = 1 ORDER BY p.issued, p.n`, numberKey(number))
	if err != nil || len(list) > 0 {
		return c.names(list), err
	}
	if len(number) >= minPrefix && !strings.Contains(number, "/") {
		list, err = c.linked(`WHERE p.id >= ?1 AND p.id < ?1 || '~' ORDER BY p.n`, strings.ToLower(number))
	}
	return c.names(list), err
}

// names writes the names of the issuers.
func (c *Corpus) names(list []Linked) []Linked {
	for i := range list {
		if p, err := c.card(list[i].ID); err == nil {
			list[i].Issuer = p.Issuer.Name
		}
	}
	return list
}

// Named gives a document that plans cite by a number and that the corpus does not hold: its number and nothing else. ok reports
// whether any plan does.
func (c *Corpus) Named(number string) (l Linked, ok bool, err error) {
	err = c.read.QueryRow(`SELECT c.number FROM citations c JOIN plans p ON p.n = c.plan
		WHERE c.number_key = ? AND c.number_key <> '' AND p.current = 1 ORDER BY c.plan, c.n`, numberKey(number)).Scan(&l.Number)
	if errors.Is(err, sql.ErrNoRows) {
		return l, false, nil
	}
	if err != nil {
		return l, false, fmt.Errorf("corpus: links: %w", err)
	}
	return l, true, nil
}

// roleOrder is the strength of the roles of citations.
var roleOrder = map[string]int{plan.Implements: 0, plan.BasisOf: 1, plan.Mention: 2, plan.InFootnote: 3}

// Cites gives the documents that a plan names, each once, those that it carries out first.
func (c *Corpus) Cites(from Linked) ([]Link, error) {
	rows, err := c.read.Query(`SELECT number, number_key, date, role FROM citations WHERE plan = ? AND number <> '' ORDER BY n`, from.n)
	if err != nil {
		return nil, fmt.Errorf("corpus: links: %w", err)
	}
	defer rows.Close()
	type key struct{ number, date string }
	at := make(map[key]int)
	var list []Link
	var keys []string
	for rows.Next() {
		var l Link
		var number string
		if err := rows.Scan(&l.Number, &number, &l.Date, &l.Role); err != nil {
			return nil, fmt.Errorf("corpus: links: %w", err)
		}
		i, known := at[key{number, l.Date}]
		if !known {
			at[key{number, l.Date}] = len(list)
			list, keys = append(list, l), append(keys, number)
			continue
		}
		if roleOrder[l.Role] < roleOrder[list[i].Role] {
			list[i].Role = l.Role
		}
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("corpus: links: %w", err)
	}
	for i := range list {
		if err := c.resolve(from, keys[i], &list[i]); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(list, func(a, b Link) int { return cmp.Compare(roleOrder[a.Role], roleOrder[b.Role]) })
	return list, nil
}

// resolve finds the plans that a citation names.
func (c *Corpus) resolve(from Linked, key string, l *Link) error {
	l.Plans = []Linked{}
	number, ok := authority.ParseNumber(l.Number)
	if !ok || number.Malformed || number.Number == "" {
		l.Status = Malformed
	}
	found, err := c.linked(`WHERE p.number_key = ? AND p.number_key <> '' AND p.current = 1 AND p.n <> ? ORDER BY p.n`, key, from.n)
	if err != nil {
		return err
	}
	found = choose(from, *l, found)
	switch {
	case len(found) == 1:
		l.Status, l.Plans = Resolved, c.names(found)
	case len(found) > 1:
		l.Status, l.Plans = Ambiguous, c.names(found)
	case l.Status == "":
		l.Status = Unmatched
	}
	return nil
}

// choose leaves of the plans with a number those that a citation can mean: of its date, where it gives one; of the citing
// body's own province, where there are any, since a number of a province's committee or department is given in every one; and of
// versions of one document the one that came last.
func choose(from Linked, l Link, found []Linked) []Linked {
	if l.Date != "" {
		found = slices.DeleteFunc(found, func(p Linked) bool {
			short := min(len(p.Issued), len(l.Date))
			return p.Issued != "" && p.Issued[:short] != l.Date[:short]
		})
		if dated := only(found, func(p Linked) bool { return p.Issued == l.Date }); len(dated) > 0 {
			found = dated
		}
	}
	if from.provinceID != "" && len(found) > 1 {
		if near := only(found, func(p Linked) bool { return p.provinceID == from.provinceID }); len(near) > 0 {
			found = near
		}
	}
	var last []Linked
	for _, p := range found {
		same := func(q Linked) bool { return q.Issued == p.Issued && q.issuerID == p.issuerID }
		if i := slices.IndexFunc(last, same); i >= 0 {
			last[i] = p
		} else {
			last = append(last, p)
		}
	}
	return last
}

func only(list []Linked, keep func(Linked) bool) (kept []Linked) {
	for _, p := range list {
		if keep(p) {
			kept = append(kept, p)
		}
	}
	return kept
}

// CitedBy gives the plans that name a plan, or a document that the corpus does not hold (see [Corpus.Named]), with the role: those
// that carry it out first, then by date.
func (c *Corpus) CitedBy(to Linked) ([]Link, error) {
	key := normalize.Fold(to.Number)
	if key == "" {
		return nil, nil
	}
	rows, err := c.read.Query(`SELECT p.n, p.id, p.number, p.issued, p.issuer_id, p.level, p.title, p.province_id, c.number, c.date, c.role
		FROM citations c JOIN plans p ON p.n = c.plan WHERE c.number_key = ? AND c.number_key <> '' AND p.current = 1 AND p.n <> ? ORDER BY p.issued, p.n`, key, to.n)
	if err != nil {
		return nil, fmt.Errorf("corpus: links: %w", err)
	}
	type mention struct {
		from Linked
		link Link
	}
	var all []mention
	for rows.Next() {
		var m mention
		if err = rows.Scan(&m.from.n, &m.from.ID, &m.from.Number, &m.from.Issued, &m.from.issuerID, &m.from.Level, &m.from.Title,
			&m.from.provinceID, &m.link.Number, &m.link.Date, &m.link.Role); err != nil {
			break
		}
		all = append(all, m)
	}
	if err == nil {
		err = rows.Err()
	}
	rows.Close()
	if err != nil {
		return nil, fmt.Errorf("corpus: links: %w", err)
	}
	var list []Link
	at := make(map[int64]int)
	for _, m := range all {
		if err := c.resolve(m.from, key, &m.link); err != nil {
			return nil, err
		}
		held := to.n != 0
		if held && !slices.ContainsFunc(m.link.Plans, func(p Linked) bool { return p.n == to.n }) || !held && len(m.link.Plans) > 0 {
			continue
		}
		i, known := at[m.from.n]
		if !known {
			at[m.from.n] = len(list)
			m.link.Number, m.link.Plans = m.from.Number, c.names([]Linked{m.from})
			if !held {
				m.link.Status = Resolved // the corpus holds the plan at this end
			}
			list = append(list, m.link)
			continue
		}
		if roleOrder[m.link.Role] < roleOrder[list[i].Role] {
			list[i].Role = m.link.Role
		}
	}
	slices.SortStableFunc(list, func(a, b Link) int { return cmp.Compare(roleOrder[a.Role], roleOrder[b.Role]) })
	return list, nil
}

// LinkCounts counts the citations of the corpus by status: each number that a plan names once.
func (c *Corpus) LinkCounts() (map[LinkStatus]int, error) {
	plans, err := c.linked(`WHERE p.current = 1`)
	if err != nil {
		return nil, err
	}
	byKey := make(map[string][]Linked)
	byRow := make(map[int64]Linked, len(plans))
	for _, p := range plans {
		byRow[p.n] = p
		if key := normalize.Fold(p.Number); key != "" {
			byKey[key] = append(byKey[key], p)
		}
	}
	rows, err := c.read.Query(`SELECT DISTINCT plan, number, number_key, date FROM citations WHERE number <> ''`)
	if err != nil {
		return nil, fmt.Errorf("corpus: links: %w", err)
	}
	defer rows.Close()
	counts := make(map[LinkStatus]int)
	for rows.Next() {
		var n int64
		var l Link
		var key string
		if err := rows.Scan(&n, &l.Number, &key, &l.Date); err != nil {
			return nil, fmt.Errorf("corpus: links: %w", err)
		}
		from, current := byRow[n]
		if !current {
			continue
		}
		found := choose(from, l, only(byKey[key], func(p Linked) bool { return p.n != n }))
		number, ok := authority.ParseNumber(l.Number)
		switch {
		case len(found) == 1:
			counts[Resolved]++
		case len(found) > 1:
			counts[Ambiguous]++
		case !ok || number.Malformed || number.Number == "":
			counts[Malformed]++
		default:
			counts[Unmatched]++
		}
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("corpus: links: %w", err)
	}
	return counts, nil
}
