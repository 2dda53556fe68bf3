package corpus

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"
)

// Reading is what a reader made of a file before it was understood: kept, so that a change in how documents are understood
// need not read the file again. It is derived, and may be thrown away.
type Reading struct {
	Stage string   // names the versions of all that shapes it
	Body  []byte   // nil where it is not to be kept; what was kept of the file before goes
	Pages []string // keys of the recognised pages that it was read from
	pack  []byte
}

// Keep has Put keep what the document was understood from, in the place of what is kept of its bytes.
func (d *Doc) Keep(r *Reading) {
	d.reading = r
	if r.Body != nil {
		r.pack = packer.EncodeAll(r.Body, make([]byte, 0, len(r.Body)/3))
	}
}

// Reading gives what a reader made of the bytes with this SHA-256, where it is kept from one of the stages; else nil. One that is
// damaged counts as none.
func (c *Corpus) Reading(sum string, stages ...string) ([]byte, error) {
	var stage string
	var pack []byte
	err := c.reading.QueryRow(sum).Scan(&stage, &pack)
	if errors.Is(err, sql.ErrNoRows) || err == nil && !slices.Contains(stages, stage) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("corpus: %s: %w", sum, err)
	}
	body, err := unpacker.DecodeAll(pack, nil)
	if err != nil {
		return nil, nil
	}
	return body, nil
}

const readingSQL = `SELECT stage, body FROM readings WHERE sha256 = ?`

// keepReading keeps what the reader gave for the plan n, in the place of what it gave before.
func (w *writer) keepReading(n int64, d Doc) error {
	if d.reading == nil {
		return nil
	}
	for _, key := range d.reading.Pages {
		if err := w.exec(`INSERT OR IGNORE INTO pages (plan, key) VALUES (?, ?)`, n, key); err != nil {
			return err
		}
	}
	if d.reading.pack == nil {
		return w.exec(`DELETE FROM readings WHERE sha256 = ?`, d.Source.SHA256)
	}
	return w.exec(`INSERT INTO readings (sha256, plan, stage, bytes, body) VALUES (?, ?, ?, ?, ?) ON CONFLICT (sha256) DO UPDATE
		SET plan = excluded.plan, stage = excluded.stage, bytes = excluded.bytes, body = excluded.body`,
		d.Source.SHA256, n, d.reading.Stage, len(d.reading.pack), d.reading.pack)
}

// ForgetReadings throws away the readings that cannot be unpacked, and gives how many they were.
func (c *Corpus) ForgetReadings() (gone int, err error) {
	bad, err := c.unsoundReadings()
	if err != nil || len(bad) == 0 {
		return 0, err
	}
	err = c.w.commit(func() error {
		for _, sum := range bad {
			if err := c.w.exec(`DELETE FROM readings WHERE sha256 = ?`, sum); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("corpus: readings: %w", err)
	}
	return len(bad), nil
}

// unsoundReadings gives the hashes of the readings that cannot be unpacked.
func (c *Corpus) unsoundReadings() (bad []string, err error) {
	rows, err := c.read.Query(`SELECT sha256, body FROM readings`)
	if err != nil {
		return nil, fmt.Errorf("corpus: readings: %w", err)
	}
	defer rows.Close()
	var sum string
	var pack sql.RawBytes
	for rows.Next() {
		if err := rows.Scan(&sum, &pack); err != nil {
			return nil, fmt.Errorf("corpus: readings: %w", err)
		}
		if _, err := unpacker.DecodeAll(pack, nil); err != nil {
			bad = append(bad, sum)
		}
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("corpus: readings: %w", err)
	}
	return bad, nil
}

// readings looks for readings that cannot be unpacked.
func (v *verifier) readings() error {
	if v.Quick {
		return nil // nothing is lost with them
	}
	bad, err := v.unsoundReadings()
	if err != nil {
		v.tell(DamagedCatalogue, "readings", true, "%v", err)
	}
	for _, sum := range bad {
		v.tell(DamagedReading, sum, true, "what the reader gave cannot be unpacked")
	}
	return v.ctx.Err()
}

// OwnPages gives the keys of the recognised pages that a plan was read from, without those of which another plan was read that
// is not among ids. It is not known where the plan was read before its pages were written down.
func (c *Corpus) OwnPages(id string, ids []string) (keys []string, known bool, err error) {
	rows, err := c.read.Query(`SELECT a.key, coalesce(o.id, '') FROM pages a JOIN plans p ON p.n = a.plan
		LEFT JOIN pages b ON b.key = a.key AND b.plan <> a.plan AND b.key <> '' LEFT JOIN plans o ON o.n = b.plan WHERE p.id = ? ORDER BY a.key`, id)
	if err != nil {
		return nil, false, fmt.Errorf("corpus: pages: %w", err)
	}
	defer rows.Close()
	known = true
	shared := make(map[string]bool)
	for rows.Next() {
		var key, other string
		if err := rows.Scan(&key, &other); err != nil {
			return nil, false, fmt.Errorf("corpus: pages: %w", err)
		}
		if len(key) < 2 {
			known = false
			continue
		}
		shared[key] = shared[key] || other != "" && !slices.Contains(ids, other)
	}
	if err := rows.Err(); err != nil {
		return nil, false, fmt.Errorf("corpus: pages: %w", err)
	}
	for key, by := range shared {
		if !by {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys, known, nil
}

// NamedPages gives the keys of the recognised pages that plans were read from. Where whole is false there are plans of which that is
// not known.
func (c *Corpus) NamedPages() (keys map[string]bool, whole bool, err error) {
	all, err := list(c.read, `SELECT DISTINCT key FROM pages`)
	if err != nil {
		return nil, false, fmt.Errorf("corpus: pages: %w", err)
	}
	keys = make(map[string]bool, len(all))
	for _, key := range all {
		keys[key] = true
	}
	return keys, !keys[""], nil
}
