package kehoach

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"time"

	"kehoach/corpus"
	"kehoach/index"
	"kehoach/plan"
)

// ReindexOptions are the settings of Reindex; the zero value is good.
type ReindexOptions struct {
	DryRun   bool                  // say what would change, and change nothing
	Keep     int                   // generations to keep beside the new one; 0 keeps 2, below 0 none
	Progress func(done, total int) // is told of every batch, from one goroutine
}

// Reindexed is what a Reindex did, or would do.
type Reindexed struct {
	Was     string         `json:"was"`        // the generation that was served
	Now     string         `json:"generation"` // the new one; "" for a dry run
	Plans   int            `json:"plans"`
	Changes []index.Change `json:"changes"` // from the one that was served
	Removed []string       `json:"removed"` // old generations
	Took    time.Duration  `json:"-"`
}

// samples is how many plans of a new generation are asked for.
const samples = 20

// Reindex builds the index anew from the plans that the corpus keeps, beside the one that is served; checks it; and
// serves it from then on. Before the swap, say is told what is gained and lost; an error of it leaves everything as
// it was. Whatever ends it early leaves the old generation served. It fails with corpus.ErrBusy while another
// process writes.
func Reindex(ctx context.Context, dataDir string, opts ReindexOptions, say func(*Reindexed) error) (*Reindexed, error) {
	if opts.DryRun {
		c, err := corpus.Open(dataDir)
		if err != nil {
			return nil, err
		}
		defer c.Close()
		return reindex(ctx, c, dataDir, opts, say)
	}
	c, err := openToWrite(dataDir)
	if err != nil {
		return nil, err
	}
	r, err := reindex(ctx, c, dataDir, opts, say)
	return r, errors.Join(err, c.Close())
}

// openToWrite opens a corpus that is there; Create alone would make one.
func openToWrite(dataDir string) (*corpus.Corpus, error) {
	c, err := corpus.Open(dataDir)
	if err == nil {
		err = c.Close()
	}
	if err != nil {
		return nil, err
	}
	return corpus.Create(dataDir)
}

func reindex(ctx context.Context, c *corpus.Corpus, dir string, opts ReindexOptions, say func(*Reindexed) error) (*Reindexed, error) {
	start := time.Now()
	r := &Reindexed{}
	before, err := served(dir, r)
	if err != nil {
		return nil, err
	}
	b := &build{corpus: c, dir: dir, opts: opts, after: new(index.Summary)}
	if b.whole, err = c.Whole(); err != nil {
		return nil, err
	}
	if !opts.DryRun {
		if b.index, err = index.Build(dir); err != nil {
			return nil, err
		}
		r.Now = b.index.Generation()
	}
	err = b.all(ctx)
	if b.index != nil {
		err = errors.Join(err, b.index.Close())
	}
	if err == nil && b.index != nil {
		err = index.Check(ctx, dir, r.Now, b.after, b.samples)
	}
	if err == nil {
		r.Plans, r.Changes, r.Took = b.after.Plans(), index.Changes(before, b.after), time.Since(start)
		if say != nil {
			err = say(r)
		}
	}
	if err == nil {
		err = ctx.Err()
	}
	if err != nil || opts.DryRun {
		return r, err
	}
	if err := index.Publish(dir, r.Now); err != nil {
		return r, err
	}
	c.Indexed(b.whole)
	if opts.Keep == 0 {
		opts.Keep = 2
	}
	r.Removed, err = index.Prune(dir, opts.Keep)
	return r, err
}

// served summarises the generation that is served; one that cannot be read counts as empty.
func served(dir string, r *Reindexed) (*index.Summary, error) {
	list, err := index.Generations(dir)
	if err != nil {
		return nil, err
	}
	for _, g := range list {
		if g.Served {
			r.Was = g.Name
		}
	}
	x, err := index.Open(dir)
	if err != nil {
		return new(index.Summary), nil
	}
	s, err := x.Summary()
	return s, errors.Join(err, x.Close())
}

// build makes a generation of what the corpus keeps.
type build struct {
	corpus  *corpus.Corpus
	dir     string
	opts    ReindexOptions
	whole   []corpus.Pending
	index   *index.Index // nil for a dry run
	after   *index.Summary
	samples []*plan.Plan
}

// all reads the plans, on every core, and hands them to the index in batches.
func (b *build) all(ctx context.Context) error {
	every := max(1, len(b.whole)/samples)
	for from := 0; from < len(b.whole); from += batchDocs {
		if err := ctx.Err(); err != nil {
			return err
		}
		some := b.whole[from:min(len(b.whole), from+batchDocs)]
		plans, err := b.read(some)
		if err != nil {
			return err
		}
		origins := make(map[string]index.Origin, len(some))
		for i, p := range plans {
			origins[p.ID] = index.Origin{Run: some[i].Run, Sources: some[i].Sources}
			b.after.Add(p, origins[p.ID])
			if (from+i)%every == 0 && len(b.samples) < samples {
				b.samples = append(b.samples, &plan.Plan{ID: p.ID, Title: p.Title})
			}
		}
		if b.index != nil {
			b.index.Origin = func(id string) index.Origin { return origins[id] }
			if err := b.index.Add(plans); err != nil {
				return err
			}
		}
		if b.opts.Progress != nil {
			b.opts.Progress(from+len(some), len(b.whole))
		}
	}
	return nil
}

// read reads plans in their order.
func (b *build) read(some []corpus.Pending) ([]*plan.Plan, error) {
	plans, errs := make([]*plan.Plan, len(some)), make([]error, len(some))
	var wg sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for w := range workers {
		wg.Go(func() {
			for i := w; i < len(some); i += workers {
				plans[i], errs[i] = b.corpus.Plan(some[i].ID)
				if errs[i] == nil && len(some[i].Sources) > 0 {
					plans[i].Source.Path = some[i].Sources[0]
				}
			}
		})
	}
	wg.Wait()
	return plans, errors.Join(errs...)
}

// Rollback serves a generation that was kept, and brings it up to what the corpus keeps by now: it gives how many
// plans it lacked, and how many it held that are superseded. It fails with index.ErrNoGeneration where there is
// none of that name.
func Rollback(ctx context.Context, dataDir, name string) (added, dropped int, err error) {
	c, err := openToWrite(dataDir)
	if err != nil {
		return 0, 0, err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	if err := index.Serve(dataDir, name); err != nil {
		return 0, 0, err
	}
	x, err := index.Create(dataDir)
	if err != nil {
		return 0, 0, err
	}
	defer func() { err = errors.Join(err, x.Close()) }()
	held, err := x.Summary()
	if err == nil {
		err = c.AwaitDifference(held.IDs())
	}
	if err != nil {
		return 0, 0, err
	}
	list, err := c.Pending()
	if err != nil {
		return 0, 0, err
	}
	for _, p := range list {
		if p.Current {
			added++
		} else {
			dropped++
		}
	}
	in := &ingest{corpus: c, index: x, report: &Report{}}
	if err := in.catchUp(ctx); err != nil {
		return added, dropped, fmt.Errorf("rollback: %s is served; what came later is not in it yet: %w", name, err)
	}
	return added, dropped, nil
}
