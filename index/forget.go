package index

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch/mergeplan"

	"kehoach/plan"
)

// Forget removes plans from every generation in dir, and writes the segments that held them anew, so that none of their
// words is left in a file. For that stays has to be a plan that stays, with where it comes from: a lone segment is written anew
// only beside another one, which it makes. A generation that does not hold it, or that another version of the program wrote,
// is removed as a whole. It fails with ErrBusy while another process writes.
func Forget(ctx context.Context, dir string, ids []string, stays *plan.Plan, from Origin) error {
	serving, err := current(dir)
	if err != nil {
		return err
	}
	generations, err := os.ReadDir(filepath.Join(dir, generationsDir))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("index: %w", err)
	}
	for _, g := range generations {
		if !g.IsDir() {
			continue
		}
		path := generationPath(dir, g.Name())
		if !holds(path, stays) {
			remove := func() error { return os.RemoveAll(path) }
			if g.Name() == serving {
				remove = func() error { return Discard(dir) }
			}
			if err := remove(); err != nil {
				return fmt.Errorf("index: %w", err)
			}
			continue
		}
		if err := purge(ctx, path, g.Name(), ids, stays, from); err != nil {
			return err
		}
	}
	return nil
}

// holds reports whether a generation can be read and holds a plan.
func holds(path string, p *plan.Plan) bool {
	if p == nil || checkFormat(path) != nil {
		return false
	}
	v, err := readView(path)
	if err != nil {
		return false
	}
	defer v.close()
	for _, part := range v.parts {
		if _, ok, err := part.headOf(p.ID); ok && err == nil {
			return true
		}
	}
	return false
}

// purge removes plans from one generation.
func purge(ctx context.Context, path, name string, ids []string, stays *plan.Plan, from Origin) error {
	x := &Index{name: name, kept: make(map[uint64]*known), Origin: func(string) Origin { return from }}
	if err := x.open(path); err != nil {
		return err
	}
	err := x.Delete(ids)
	if err == nil {
		err = x.Add([]*plan.Plan{stays})
	}
	if err == nil {
		err = x.mergeAll(ctx)
	}
	if err = errors.Join(err, x.Close()); err != nil {
		return fmt.Errorf("index: %s: %w", path, err)
	}
	// The segments that were merged away go at leisure: at the latest when the index is opened once more.
	for wait := 10 * time.Millisecond; ; wait *= 2 {
		clean, err := purged(path)
		if err != nil || clean {
			return err
		}
		if wait > 20*time.Second {
			return fmt.Errorf("index: %s: what was deleted is still on disk", path)
		}
		if err := x.open(path); err != nil {
			return err
		}
		time.Sleep(wait)
		if err := x.Close(); err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
}

// mergeAll writes all segments into one. Scorch tries that again and again where it fails, as on a full disk, and hears of no context;
// so it is watched, and given up by closing the index.
func (x *Index) mergeAll(ctx context.Context) error {
	store := x.store
	failures := func() uint64 { n, _ := store.StatsMap()["TotFileMergeLoopErr"].(uint64); return n }
	before := failures()
	done := make(chan error, 1)
	go func() { done <- store.ForceMerge(ctx, &mergeplan.SingleSegmentMergePlanOptions) }()
	look := time.NewTicker(20 * time.Millisecond)
	defer look.Stop()
	for {
		var err error
		select {
		case err := <-done:
			return err
		case <-ctx.Done():
			err = ctx.Err()
		case <-look.C:
			if failures() > before {
				err = errors.New("its segments cannot be written anew: is the disk full?")
			}
		}
		if err != nil {
			err = errors.Join(err, x.Close()) // which ends the merge
			<-done
			return err
		}
	}
}

// purged reports whether the files of a generation hold nothing that was deleted.
func purged(path string) (bool, error) {
	v, err := readView(path)
	if err != nil {
		return false, err
	}
	defer v.close()
	for _, p := range v.parts {
		if p.deleted != nil && !p.deleted.IsEmpty() {
			return false, nil
		}
	}
	entries, err := os.ReadDir(path)
	segments := 0
	for _, e := range entries {
		if filepath.Ext(e.Name()) == ".zap" {
			segments++
		}
	}
	return segments <= len(v.parts), err
}
