package kehoach

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"kehoach/corpus"
	"kehoach/index"
)

// Soundness is what Verify found.
type Soundness struct {
	corpus.Checked
	Indexed int             `json:"indexed"` // plans that the index holds
	Damage  []corpus.Damage `json:"damage"`
	Took    time.Duration   `json:"-"`
}

// Grave is how much of the damage is more than what a run that was cut off leaves behind.
func (s Soundness) Grave() (n int) {
	for _, d := range s.Damage {
		if d.Grave {
			n++
		}
	}
	return n
}

// VerifyOptions are the settings of Verify; the zero value reads everything.
type VerifyOptions struct {
	Quick    bool                  // reads a sample
	Tell     func(corpus.Damage)   // is told of each damage at once
	Progress func(done, total int) // is told of the originals, plans and records that were looked at, from one goroutine at a time
}

// Verify looks for every kind of damage in the corpus in dir and its index. It changes nothing, and a writer may be at
// work meanwhile. Its error is of the disk, the context's, or corpus.ErrNoCorpus.
func Verify(ctx context.Context, dir string, opts VerifyOptions) (s Soundness, err error) {
	start := time.Now()
	s.Damage = []corpus.Damage{}
	found := func(d corpus.Damage) {
		s.Damage = append(s.Damage, d)
		if opts.Tell != nil {
			opts.Tell(d)
		}
	}
	defer func() { s.Took = time.Since(start) }()
	c, err := corpus.Open(dir)
	switch {
	case errors.Is(err, corpus.ErrNoCorpus) && !holds(dir):
		return s, err
	case err != nil:
		found(corpus.Damage{Kind: corpus.DamagedCatalogue, Message: fmt.Sprintf("it cannot be opened: %v", err), Grave: !errors.Is(err, corpus.ErrOld)})
		return s, nil
	}
	defer c.Close()
	c.Made = made()
	progress := verifyProgress{tell: opts.Progress}
	if opts.Progress != nil {
		if progress.total, err = c.Weight(opts.Quick); err != nil {
			progress.tell = nil // a damaged catalogue; it is told of below
		}
	}
	if s.Checked, err = c.Verify(ctx, corpus.Check{Quick: opts.Quick, Tell: found, Progress: progress.step}); err != nil {
		return s, err
	}
	for _, d := range s.Damage {
		if d.Kind == corpus.DamagedCatalogue {
			return s, nil // it says nothing about the index
		}
	}
	v := indexCheck{ctx: ctx, dir: dir, corpus: c, quick: opts.Quick, found: found, step: progress.step}
	s.Indexed, err = v.all()
	if errors.Is(err, errUnsound) {
		err = nil
	}
	return s, err
}

// holds reports whether there are originals, whatever became of the catalogue.
func holds(dir string) bool {
	if _, err := os.Stat(filepath.Join(dir, "catalogue.db")); err == nil {
		return false
	}
	folders, _ := os.ReadDir(filepath.Join(dir, "originals"))
	for _, folder := range folders {
		if files, _ := os.ReadDir(filepath.Join(dir, "originals", folder.Name())); len(files) > 0 {
			return true
		}
	}
	return false
}

// errUnsound ends the check of an index that says no more.
var errUnsound = errors.New("the index is damaged")

// indexCheck holds the index to the catalogue.
type indexCheck struct {
	ctx    context.Context
	dir    string
	corpus *corpus.Corpus
	quick  bool
	found  func(corpus.Damage)
	step   func() // is told of each plan whose records were counted; nil where nobody asks
}

// verifyProgress counts what was looked at.
type verifyProgress struct {
	mu          sync.Mutex
	tell        func(done, total int)
	done, total int
}

func (p *verifyProgress) step() {
	if p.tell != nil {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.done++
		p.tell(p.done, max(p.done, p.total))
	}
}

func (v *indexCheck) tell(id, format string, args ...any) {
	v.found(corpus.Damage{Kind: corpus.DamagedIndex, Subject: id, Message: fmt.Sprintf(format, args...), Grave: true})
}

// all compares the plans of the index with those of the catalogue. A writer may change both meanwhile, so the catalogue is
// read before and after: what was acknowledged both times must be there, and what is there must be known at one of them.
func (v *indexCheck) all() (indexed int, err error) {
	before, err := v.corpus.Standings()
	if err != nil {
		return 0, err
	}
	held, err := v.held(before)
	if err != nil {
		return 0, err
	}
	after, err := v.corpus.Standings()
	if err != nil {
		return 0, err
	}
	told := func(s corpus.Standing) bool { return s.Current && !s.Pending }
	for id, s := range before {
		if _, ok := held[id]; !ok && told(s) && told(after[id]) {
			v.tell(id, "the index lacks the plan")
		}
	}
	for id := range held {
		if one, two := before[id], after[id]; !one.Current && !one.Pending && !two.Current && !two.Pending {
			v.tell(id, "the index holds a plan that is not current")
		}
	}
	if v.quick {
		return len(held), nil
	}
	return len(held), v.records(held, after)
}

// held opens the index and gives what it holds: plans, and how many records of each.
func (v *indexCheck) held(standings map[string]corpus.Standing) (map[string]int, error) {
	x, err := index.Open(v.dir)
	if errors.Is(err, index.ErrNoIndex) {
		for _, s := range standings {
			if s.Current && !s.Pending {
				v.tell("", "there is none, and plans are said to be in it")
				break
			}
		}
		return nil, errUnsound
	}
	if errors.Is(err, index.ErrFormat) {
		return nil, errUnsound // the next run builds it anew
	}
	if err == nil && !v.quick {
		err = x.Verify()
	}
	var held map[string]int
	if err == nil {
		held, err = v.plans(x)
	}
	if x != nil {
		err = errors.Join(err, x.Close())
	}
	if errors.Is(err, fs.ErrPermission) { // that one may not read it says nothing about it
		return nil, fmt.Errorf("verify: %w", err)
	}
	if err != nil {
		v.tell("", "%v", err)
		return nil, errUnsound
	}
	return held, nil
}

// plans is what an index holds; a reader of damaged bytes may panic.
func (v *indexCheck) plans(x *index.Index) (held map[string]int, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("it cannot be read: %v", fault)
		}
	}()
	return x.Plans()
}

// records holds the records of each plan to those that it has.
func (v *indexCheck) records(held map[string]int, after map[string]corpus.Standing) error {
	for id, n := range held {
		if v.ctx.Err() != nil {
			return v.ctx.Err()
		}
		if v.step != nil {
			v.step()
		}
		if after[id] != (corpus.Standing{Current: true}) {
			continue
		}
		cards, err := v.corpus.Cards([]string{id})
		if err != nil || cards[0] == nil {
			continue // told already
		}
		if has := len(index.Records(cards[0])); n != has {
			v.tell(id, "the index holds %d records of the plan, which has %d", n, has)
		}
	}
	return nil
}
