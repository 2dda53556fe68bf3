package kehoach

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
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

// Verify looks for every kind of damage in the corpus in dir and its index. It changes nothing, and a writer may be at
// work meanwhile. tell, where there is one, is told of each damage at once. Its error is of the disk, the context's, or
// corpus.ErrNoCorpus.
func Verify(ctx context.Context, dir string, quick bool, tell func(corpus.Damage)) (s Soundness, err error) {
	start := time.Now()
	s.Damage = []corpus.Damage{}
	found := func(d corpus.Damage) {
		s.Damage = append(s.Damage, d)
		if tell != nil {
			tell(d)
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
	if s.Checked, err = c.Verify(ctx, corpus.Check{Quick: quick, Tell: found}); err != nil {
		return s, err
	}
	for _, d := range s.Damage {
		if d.Kind == corpus.DamagedCatalogue {
			return s, nil // it says nothing about the index
		}
	}
	v := indexCheck{ctx: ctx, dir: dir, corpus: c, quick: quick, found: found}
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
