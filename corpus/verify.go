package corpus

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// Damage is one thing that is not as it must be.
type Damage struct {
	Kind    string `json:"kind"`
	Subject string `json:"subject,omitempty"` // a plan's id, an original's hash, a table
	Message string `json:"message"`
	Grave   bool   `json:"grave"` // false: left by a run that was cut off, or a file that changed unseen; an ingest settles it
}

// The kinds of damage.
const (
	DamagedCatalogue = "catalogue"
	MissingOriginal  = "missing original"
	AlteredOriginal  = "altered original"
	Orphan           = "orphan"  // an original that no plan names
	DamagedPlan      = "plan"    // what is kept of it cannot be read, or contradicts itself
	DamagedReading   = "reading" // what a reader gave, which is derived: the file can be read again
	DamagedIndex     = "index"
	ChangedSource    = "changed source" // a file that changed behind the back of every ingest; no damage of the corpus
)

// Check says how much of a corpus is looked at.
type Check struct {
	Quick bool         // of originals and plans a sample is read; all are counted and measured
	Tell  func(Damage) // is told of each, from one goroutine at a time

	Progress func() // is told of each original, and of each plan, that was looked at, from many goroutines; nil where nobody asks
}

// Weight is how many originals, plans and plans of the index a check looks at, more or less.
func (c *Corpus) Weight(quick bool) (n int, err error) {
	var plans, copies int
	err = c.read.QueryRow(`SELECT (SELECT count(*) FROM plans), (SELECT count(*) FROM copies)`).Scan(&plans, &copies)
	if err != nil {
		return 0, fmt.Errorf("corpus: %w", err)
	}
	if quick {
		return min(plans+copies, sampled) + min(plans, sampled), nil
	}
	return 3*plans + copies, nil
}

// sampled is how many originals and plans a quick check reads.
const sampled = 500

// verifier is one verification.
type verifier struct {
	*Corpus
	Check
	ctx     context.Context
	mu      sync.Mutex // of Tell
	checked Checked
}

// Checked says how much was looked at.
type Checked struct {
	Plans     int   `json:"plans"`
	Originals int   `json:"originals"`
	Read      int64 `json:"originals_read"` // whose bytes were compared with their hash
	Bytes     int64 `json:"bytes_read"`
}

// Verify looks for damage in the catalogue and the originals; a writer may be at work meanwhile. Its error is of the
// disk, or the context's; damage is none.
func (c *Corpus) Verify(ctx context.Context, check Check) (Checked, error) {
	v := &verifier{Corpus: c, Check: check, ctx: ctx}
	for _, step := range []func() error{v.pages, v.rows, v.originals, v.bodies, v.readings, v.sources} {
		if err := errors.Join(ctx.Err(), step()); err != nil {
			return v.checked, fmt.Errorf("corpus: verify: %w", err)
		}
	}
	return v.checked, nil
}

func (v *verifier) tell(kind, subject string, grave bool, format string, args ...any) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.Tell(Damage{kind, subject, fmt.Sprintf(format, args...), grave})
}

// quickTables are the tables whose pages a quick check reads: those without which the others say nothing.
var quickTables = []string{"runs", "plans", "sources", "pending"}

// pages has SQLite check its pages, and that no row points to one that is not there.
func (v *verifier) pages() error {
	checks := []string{"PRAGMA integrity_check(20)"}
	if v.Quick {
		checks = checks[:0]
		for _, table := range quickTables {
			checks = append(checks, "PRAGMA quick_check("+table+")")
		}
	}
	for _, check := range checks {
		rows, err := v.read.QueryContext(v.ctx, check)
		if err != nil {
			if v.ctx.Err() != nil {
				return v.ctx.Err()
			}
			v.tell(DamagedCatalogue, "", true, "%v", err)
			continue
		}
		for rows.Next() {
			var said string
			if rows.Scan(&said) == nil && said != "ok" {
				v.tell(DamagedCatalogue, "", true, "%s", said)
			}
		}
		if err := rows.Err(); err != nil && v.ctx.Err() == nil {
			v.tell(DamagedCatalogue, "", true, "%v", err)
		}
		rows.Close()
	}
	if !v.Quick {
		if err := foreignKeys(v.read); err != nil {
			v.tell(DamagedCatalogue, "", true, "%v", err)
		}
	}
	return v.ctx.Err()
}

// laws are what always holds between the tables: a query for the rows that break it, and words for one of them.
var laws = []struct{ kind, say, query string }{
	{DamagedPlan, "it is current, and no source holds it", `SELECT id FROM plans WHERE current = 1 AND NOT EXISTS (SELECT 1 FROM sources WHERE plan = plans.n)`},
	{DamagedPlan, "a source holds it, and it is not current", `SELECT DISTINCT p.id FROM plans p JOIN sources s ON s.plan = p.n WHERE p.current = 0`},
	{DamagedPlan, "its id is not the beginning of its hash", `SELECT id FROM plans WHERE id <> substr(sha256, 1, 16)`},
	{DamagedPlan, "nothing is kept of it", `SELECT id FROM plans WHERE NOT EXISTS (SELECT 1 FROM bodies WHERE plan = plans.n)`},
	{DamagedCatalogue, "a source that was read holds no plan", `SELECT path FROM sources WHERE status = 'ok' AND plan IS NULL`},
	{DamagedCatalogue, "a source has another hash than its plan", `SELECT s.path FROM sources s JOIN plans p ON p.n = s.plan WHERE s.status = 'ok' AND s.sha256 <> p.sha256
		AND s.sha256 NOT IN (SELECT sha256 FROM copies WHERE plan = p.n)`},
	{DamagedPlan, "it was forgotten, and is there", `SELECT id FROM plans WHERE sha256 IN (SELECT sha256 FROM forgotten)`},
}

func (v *verifier) rows() error {
	for _, law := range laws {
		rows, err := v.read.QueryContext(v.ctx, law.query)
		if err == nil {
			for rows.Next() {
				var subject string
				if err = rows.Scan(&subject); err != nil {
					break
				}
				v.tell(law.kind, subject, true, "%s", law.say)
			}
			err = errors.Join(err, rows.Err(), rows.Close())
		}
		if v.ctx.Err() != nil {
			return v.ctx.Err()
		}
		if err != nil {
			v.tell(DamagedCatalogue, "", true, "%v", err)
		}
	}
	return nil
}

// original is what the catalogue says of one.
type original struct {
	bytes int64 // -1 where it does not say
	id    string
}

// wanted is the originals that the catalogue names, by hash.
func (c *Corpus) wanted() (map[string]original, error) {
	rows, err := c.read.Query(`SELECT sha256, id, bytes FROM plans UNION ALL SELECT c.sha256, p.id, c.bytes FROM copies c JOIN plans p ON p.n = c.plan`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all := make(map[string]original)
	for rows.Next() {
		var sum string
		var o original
		if err := rows.Scan(&sum, &o.id, &o.bytes); err != nil {
			return nil, err
		}
		all[sum] = o
	}
	return all, rows.Err()
}

// originals holds the folder of originals to the catalogue, both ways.
func (v *verifier) originals() error {
	there, strange, err := listOriginals(v.dir)
	if err != nil {
		return err
	}
	want, err := v.wanted() // after the folder: what a writer adds meanwhile is in the folder first
	if err != nil {
		v.tell(DamagedCatalogue, "plans", true, "%v", err)
		return nil
	}
	v.checked.Originals = len(there)
	for _, name := range strange {
		v.tell(Orphan, name, true, "it is no original, and stands among them")
	}
	cut, err := v.cutOff()
	if err != nil {
		v.tell(DamagedCatalogue, "runs", true, "%v", err)
	}
	forgotten, err := v.forgotten()
	if err != nil {
		v.tell(DamagedCatalogue, "forgotten", true, "%v", err)
	}
	for sum, info := range there {
		if _, ok := want[sum]; ok {
			continue
		}
		late := !cut.IsZero() && (info.late(cut) || forgotten[sum])
		if late {
			v.tell(Orphan, sum, false, "an original that a run was keeping when it was cut off; the next run settles it")
		} else {
			v.tell(Orphan, sum, true, "an original that no plan names")
		}
	}
	var read []string
	for sum, o := range want {
		info, ok := there[sum]
		if !ok { // it may have come since the folder was listed, or be gone with its plan
			fi, err := os.Lstat(filepath.Join(v.dir, "originals", sum[:2], sum))
			if err != nil {
				if has, _ := v.knows(sum); has {
					v.tell(MissingOriginal, sum, true, "the original of plan %s is missing", o.id)
				}
				continue
			}
			info.size = fi.Size()
		}
		if o.bytes >= 0 && info.size != o.bytes {
			v.tell(AlteredOriginal, sum, true, "the original of plan %s has %d bytes, not %d", o.id, info.size, o.bytes)
			continue
		}
		read = append(read, sum)
	}
	slices.Sort(read)
	if v.Quick {
		read = sample(read)
	}
	return v.each(len(read), func(i int) error { return v.hash(read[i], want[read[i]].id) })
}

// knows reports whether a plan of this hash is kept now.
func (c *Corpus) knows(sum string) (bool, error) {
	var there bool
	err := c.read.QueryRow(`SELECT EXISTS (SELECT 1 FROM plans WHERE sha256 = ?1 UNION ALL SELECT 1 FROM copies WHERE sha256 = ?1)`, sum).Scan(&there)
	return there, err
}

// hash compares an original's bytes with its name.
func (v *verifier) hash(sum, id string) error {
	f, err := os.Open(filepath.Join(v.dir, "originals", sum[:2], sum))
	if errors.Is(err, fs.ErrNotExist) {
		return nil // forgotten meanwhile
	}
	h := sha256.New()
	var n int64
	if err == nil {
		n, err = io.Copy(h, f)
		f.Close()
	}
	atomic.AddInt64(&v.checked.Read, 1)
	atomic.AddInt64(&v.checked.Bytes, n)
	if err != nil {
		v.tell(AlteredOriginal, sum, true, "the original of plan %s cannot be read: %v", id, cause(err))
	} else if hex.EncodeToString(h.Sum(nil)) != sum {
		v.tell(AlteredOriginal, sum, true, "the original of plan %s has other bytes than were kept", id)
	}
	return nil
}

// cutOff is when the last run began where it was cut off or is at work, zero where it ended well.
func (c *Corpus) cutOff() (time.Time, error) {
	var started sql.NullString
	err := c.read.QueryRow(`SELECT CASE WHEN finished = '' OR failed <> '' THEN started END FROM runs ORDER BY id DESC LIMIT 1`).Scan(&started)
	if errors.Is(err, sql.ErrNoRows) || err == nil && !started.Valid {
		return time.Time{}, nil
	}
	if err != nil {
		return time.Time{}, err
	}
	return time.Parse(time.RFC3339, started.String)
}

// found is what the file system says of an original.
type found struct {
	size      int64
	changed   time.Time
	unsettled bool // the catalogue has not named it, as far as its mode tells
}

// late reports whether the original may be of the run that began at cut and was cut off.
func (f found) late(cut time.Time) bool { return f.unsettled || !f.changed.Before(cut) }

// listOriginals gives every original in the folder by its hash, and what else stands there. What is half written does
// not count: the next writer clears it away.
func listOriginals(dir string) (there map[string]found, strange []string, err error) {
	there = make(map[string]found)
	root := filepath.Join(dir, "originals")
	folders, err := os.ReadDir(root)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, nil, err
	}
	for _, folder := range folders {
		if folder.Name() == "tmp" {
			continue
		}
		if !folder.IsDir() || len(folder.Name()) != 2 {
			strange = append(strange, folder.Name())
			continue
		}
		files, err := os.ReadDir(filepath.Join(root, folder.Name()))
		if err != nil {
			return nil, nil, err
		}
		for _, file := range files {
			info, err := file.Info()
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			if err != nil {
				return nil, nil, err
			}
			name := file.Name()
			if _, err := hex.DecodeString(name); err != nil || len(name) != 2*sha256.Size || name[:2] != folder.Name() || !info.Mode().IsRegular() {
				strange = append(strange, folder.Name()+"/"+name)
				continue
			}
			there[name] = found{info.Size(), info.ModTime(), info.Mode().Perm()&0o200 != 0}
		}
	}
	return there, strange, nil
}

// bodies reads what is kept of plans, and holds the rows to it.
func (v *verifier) bodies() error {
	rows, err := v.read.QueryContext(v.ctx, `SELECT n, id FROM plans ORDER BY n`)
	if err != nil {
		v.tell(DamagedCatalogue, "plans", true, "%v", err)
		return v.ctx.Err()
	}
	type row struct {
		n  int64
		id string
	}
	var all []row
	for rows.Next() {
		var r row
		if err := rows.Scan(&r.n, &r.id); err != nil {
			break
		}
		all = append(all, r)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		v.tell(DamagedCatalogue, "plans", true, "%v", err)
		return v.ctx.Err()
	}
	v.checked.Plans = len(all)
	if v.Quick {
		all = sample(all)
	}
	return v.each(len(all), func(i int) error { return v.body(all[i].n, all[i].id) })
}

// rowSQL gives a plan's row and what is kept of it.
const rowSQL = `SELECT ` + describedColumns + `, p.made, p.id, b.json, s.minimum FROM plans p JOIN bodies b ON b.plan = p.n
	LEFT JOIN signatures s ON s.plan = p.n WHERE p.n = ?1`

func (v *verifier) body(n int64, id string) error {
	wrong := ""
	for range 3 { // a writer may change the plan while it is read
		var err error
		if wrong, err = v.row(n, id); v.ctx.Err() != nil || wrong == "" && err == nil {
			return v.ctx.Err() // or it was forgotten meanwhile, or a law tells of it
		}
		if err != nil {
			wrong = fmt.Sprintf("what is kept of it cannot be read: %v", err)
		}
	}
	v.tell(DamagedPlan, id, true, "%s", wrong)
	return nil
}

// row holds the rows of a plan to what is kept of it, and says what is wrong with them, "" for nothing.
func (v *verifier) row(n int64, id string) (wrong string, err error) {
	const made = 13 // the columns of described come before
	got, err := scanAny(v.read.QueryRowContext(v.ctx, rowSQL, n), made+4)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	body, _ := got[made+2].([]byte)
	extracted, err := decode(body)
	if err != nil {
		return "", err
	}
	card, err := decodeCard(body)
	if err != nil {
		return "", err
	}
	p, err := corrected(v.read, extracted)
	if err != nil {
		return "", err
	}
	if p.ID != id || card.Text != p.Text || len(card.Sections) != len(extracted.Sections) {
		return "its parts are not of one plan", nil
	}
	madeBy, _ := got[made].(string)
	keys := v.Made != "" && v.fresh(madeBy) // else they may be those of other tables
	const rows = "its rows are not those of the plan that is kept"
	if !sameValues(got, described(p), keys) {
		return rows, nil
	}
	for _, table := range parts {
		same, err := v.sameRows(table, n, p, keys)
		if err != nil {
			return "", err
		}
		if !same {
			return rows, nil
		}
	}
	if kept, _ := got[made+3].([]byte); keys && !v.Quick {
		if t := traitsOf(p); t.signed != (kept != nil) || t.signed && !slices.Equal(kept, t.sign.bytes()) {
			return "what it is recognised by is not that of its text", nil
		}
	}
	return "", nil
}

// each calls do for 0 … n-1 on every CPU, until the context ends.
func (v *verifier) each(n int, do func(int) error) error {
	var wg sync.WaitGroup
	var next atomic.Int64
	errs := make([]error, runtime.GOMAXPROCS(0))
	for w := range errs {
		wg.Go(func() {
			for i := next.Add(1) - 1; i < int64(n) && errs[w] == nil; i = next.Add(1) - 1 {
				if errs[w] = v.ctx.Err(); errs[w] == nil {
					errs[w] = do(int(i))
					if v.Progress != nil {
						v.Progress()
					}
				}
			}
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}

// sample is some of a list: other ones at each time, so that all are seen in the end.
func sample[T any](list []T) []T {
	if len(list) <= sampled {
		return list
	}
	rand.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list[:sampled]
}
