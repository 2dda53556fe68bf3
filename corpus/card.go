package corpus

import (
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"fmt"

	"kehoach/plan"
	"kehoach/review"
)

// Cards gives what a list of hits shows of plans, as people have corrected it: the head (number, type, issuer, province, date, title),
// the text, the path of the first source, and of each section its level, path, heading, kind and span. It costs a tenth of Plan. What
// else a plan has may be missing. The plans come in the order of the ids, nil where there is none.
func (c *Corpus) Cards(ids []string) ([]*plan.Plan, error) {
	asked, err := json.Marshal(ids)
	if err != nil {
		return nil, fmt.Errorf("corpus: cards: %w", err)
	}
	found, err := c.readCards(string(asked), len(ids))
	if err != nil {
		return nil, fmt.Errorf("corpus: cards: %w", err)
	}
	list := make([]*plan.Plan, len(ids))
	for i, id := range ids {
		list[i] = found[id]
	}
	return list, nil
}

// cardsSQL asks for the plans whose ids stand in a list of JSON, and whether anything was ever corrected.
const cardsSQL = `SELECT p.id, b.json, (SELECT s.path FROM sources s WHERE s.plan = p.n ORDER BY s.n LIMIT 1), (` + anySQL + `)
	FROM json_each(?) j CROSS JOIN plans p ON p.id = j.value JOIN bodies b ON b.plan = p.n`

func (c *Corpus) readCards(asked string, n int) (map[string]*plan.Plan, error) {
	rows, err := c.cards.Query(asked)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	found := make(map[string]*plan.Plan, n)
	bodies := make(map[string][]byte, n)
	some := false
	for rows.Next() {
		var id string
		var body []byte
		var path *string
		if err := rows.Scan(&id, &body, &path, &some); err != nil {
			return nil, err
		}
		p, err := decodeCard(body)
		if err != nil {
			return nil, fmt.Errorf("plan %s: %w", id, err)
		}
		p.ID = id
		if path != nil {
			p.Source.Path = *path
		}
		found[id] = p
		if some {
			bodies[id] = body
		}
	}
	if err := rows.Err(); err != nil || !some {
		return found, err
	}
	histories, err := readHistories(c.read, earlierSQL, asked)
	if err != nil {
		return nil, err
	}
	for id, list := range histories {
		if found[id] == nil {
			continue
		}
		p, err := decode(bodies[id])
		if err != nil {
			return nil, fmt.Errorf("plan %s: %w", id, err)
		}
		p.Source.Path = found[id].Source.Path
		found[id], _ = review.Apply(p, list)
	}
	return found, nil
}

// card is what Cards gives of one plan. It fails with ErrNoPlan where there is none.
func (c *Corpus) card(id string) (*plan.Plan, error) {
	list, err := c.Cards([]string{id})
	if err == nil && list[0] == nil {
		err = fmt.Errorf("corpus: plan %s: %w", id, ErrNoPlan)
	}
	if err != nil {
		return nil, err
	}
	return list[0], nil
}

// textSQL asks for the body of a plan by its number, for textOf.
const textSQL = `SELECT json FROM bodies WHERE plan = ?`

// textOf is the text of a plan.
func textOf(row *sql.Row) (string, error) {
	var body []byte
	if err := row.Scan(&body); err != nil {
		return "", err
	}
	p, err := decodeCard(body)
	if err != nil {
		return "", err
	}
	return p.Text, nil
}

// appendCard writes the card of a plan: strings and numbers one behind the other, each string with its length.
func appendCard(dst []byte, p *plan.Plan) []byte {
	text := func(list ...string) {
		for _, s := range list {
			dst = append(binary.AppendUvarint(dst, uint64(len(s))), s...)
		}
	}
	number := func(n int) { dst = binary.AppendVarint(dst, int64(n)) }
	text(p.Number, p.Type.Code, p.Type.Name, p.Issued, p.Title, p.Issuer.Name, p.Issuer.ID, string(p.Issuer.Level))
	text(p.Province.ID, p.Province.Code, p.Province.Name, p.Province.Today.ID, p.Province.Today.Code, p.Province.Today.Name)
	number(len(p.Sections))
	at := 0
	for i := range p.Sections {
		s := &p.Sections[i]
		number(s.Level)
		number(s.Span.Start - at)
		number(s.Span.Len())
		at = s.Span.Start
		text(string(s.Kind), s.Heading)
		number(len(s.Path))
		text(s.Path...)
	}
	return dst
}

// cardReader reads a card from its beginning; once it is bad, it stays so.
type cardReader struct {
	rest string
	bad  bool
}

// readCard reads what appendCard wrote. The strings of the plan are parts of the card.
func readCard(card string) (*plan.Plan, error) {
	r := &cardReader{rest: card}
	p := new(plan.Plan)
	var level string
	r.text(&p.Number, &p.Type.Code, &p.Type.Name, &p.Issued, &p.Title, &p.Issuer.Name, &p.Issuer.ID, &level)
	p.Issuer.Level = plan.Level(level)
	r.text(&p.Province.ID, &p.Province.Code, &p.Province.Name, &p.Province.Today.ID, &p.Province.Today.Code, &p.Province.Today.Name)
	p.Sections = make([]plan.Section, r.count())
	at := 0
	for i := range p.Sections {
		s := &p.Sections[i]
		s.ID, s.Level = i, r.number()
		at += r.number()
		s.Span = plan.Span{Start: at, End: at + r.number()}
		var kind string
		r.text(&kind, &s.Heading)
		s.Kind = plan.Kind(kind)
		s.Path = make([]string, r.count())
		for j := range s.Path {
			r.text(&s.Path[j])
		}
	}
	if r.bad || r.rest != "" {
		return nil, errBody
	}
	return p, nil
}

// uvarint reads a number without a sign.
func (r *cardReader) uvarint() (v uint64) {
	for i := 0; i < len(r.rest) && i < binary.MaxVarintLen64; i++ {
		v |= uint64(r.rest[i]&0x7F) << (7 * i)
		if r.rest[i] < 0x80 {
			r.rest = r.rest[i+1:]
			return v
		}
	}
	r.rest, r.bad = "", true
	return 0
}

func (r *cardReader) number() int {
	v := r.uvarint()
	return int(v>>1) ^ -int(v&1)
}

// count is the number of things that follow, each of a byte at least.
func (r *cardReader) count() int {
	n := r.number()
	if n < 0 || n > len(r.rest) {
		r.rest, r.bad = "", true
		return 0
	}
	return n
}

func (r *cardReader) text(into ...*string) {
	for _, s := range into {
		n := r.uvarint()
		if n > uint64(len(r.rest)) {
			r.rest, r.bad = "", true
			return
		}
		*s, r.rest = r.rest[:n], r.rest[n:]
	}
}
