package kehoach

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"kehoach/corpus"
	"kehoach/index"
	"kehoach/plan"
)

// PagesDir is the folder of a corpus in which recognised pages are kept. They are derived: it may be removed.
const PagesDir = "pages"

// Forget removes plans and everything that was derived from them from the corpus in dir: originals, rows, sources, the
// words in every generation of the index. Their hashes stay, so that the next ingest does not take them in again, and the
// journal says that they were forgotten. It gives the plans that are gone.
func Forget(ctx context.Context, dir string, ids []string, reason string) (gone []*plan.Plan, err error) {
	c, err := corpus.Create(dir)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	var full []string
	for _, id := range ids {
		p, err := c.Plan(id)
		if err != nil {
			return nil, err
		}
		gone, full = append(gone, p), append(full, p.ID)
	}
	run, err := c.Start(corpus.Run{Kind: "forget", Version: version(), Tools: Tools()})
	if err != nil {
		return nil, err
	}
	if err = c.Await(full); err == nil { // a process that dies leaves the index to be told again
		err = forgetIndexed(ctx, c, dir, full)
	}
	if x, xerr := index.Open(dir); xerr == nil {
		err = errors.Join(err, x.Close())
	} else if err == nil {
		err = c.AwaitAll() // it was removed as a whole, and is built anew by the next run
	}
	for _, p := range gone { // before the catalogue forgets which they are
		if err == nil {
			err = forgetPages(c, dir, p, full)
		}
	}
	for _, id := range full {
		if err == nil {
			err = c.Forget(run, id, reason)
		}
	}
	if err == nil {
		err = forgetStrayPages(c, dir)
	}
	if err == nil {
		err = c.Shred()
	}
	if err != nil {
		run.Failed = err.Error()
	}
	return gone, errors.Join(err, c.Finish(run))
}

// forgetPages removes the recognised pages of a plan that none but the plans of ids was read from; all pages, where it is not
// known which are its own.
func forgetPages(c *corpus.Corpus, dir string, p *plan.Plan, ids []string) error {
	keys, known, err := c.OwnPages(p.ID, ids)
	if err != nil {
		return err
	}
	pages := filepath.Join(dir, PagesDir)
	if !known && p.Source.OCR {
		return os.RemoveAll(pages)
	}
	for _, key := range keys {
		if err := os.Remove(filepath.Join(pages, key[:2], key)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// forgetStrayPages removes the recognised pages that no plan was read from: of documents that were only tried, or that a run did not
// come to keep, because whoever forgets cannot name them.
func forgetStrayPages(c *corpus.Corpus, dir string) error {
	named, whole, err := c.NamedPages()
	if err != nil {
		return err
	}
	files, err := filepath.Glob(filepath.Join(dir, PagesDir, "??", "*"))
	for _, file := range files {
		name := filepath.Base(file)
		if named[name] || !whole && !strings.HasPrefix(name, ".") {
			continue
		}
		if rerr := os.Remove(file); rerr != nil && !errors.Is(rerr, fs.ErrNotExist) {
			err = errors.Join(err, rerr)
		}
	}
	return err
}

// forgetIndexed removes plans from the index.
func forgetIndexed(ctx context.Context, c *corpus.Corpus, dir string, ids []string) error {
	standings, err := c.Standings()
	if err != nil {
		return err
	}
	for id, s := range standings {
		if !s.Current || s.Pending || slices.Contains(ids, id) {
			continue
		}
		stays, err := c.Plan(id)
		if err != nil {
			return err
		}
		state, err := c.State(id)
		if err != nil {
			return err
		}
		return index.Forget(ctx, dir, ids, stays, index.Origin{Run: state.Run, Sources: state.Sources})
	}
	return index.Forget(ctx, dir, ids, nil, index.Origin{})
}

// Readmit lets a forgotten document in again, by a prefix of its id.
func Readmit(dir, id string) (err error) {
	c, err := corpus.Create(dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	return c.Readmit(id)
}

// Backup writes one state of the corpus in dir to a file; a writer may be at work meanwhile. progress, where it is not nil, is told of the
// originals.
func Backup(ctx context.Context, dir, file string, progress func(done, total int)) (corpus.Manifest, error) {
	c, err := corpus.Open(dir)
	if err != nil {
		return corpus.Manifest{}, err
	}
	defer c.Close()
	return c.Backup(ctx, file, progress)
}

// Restore makes a corpus in dir, which must not exist or be empty, of a backup, and builds its index. progress,
// where it is not nil, is told of the originals, and then of the plans that are indexed.
func Restore(ctx context.Context, file, dir string, progress func(done, total int)) (m corpus.Manifest, err error) {
	if m, err = corpus.Unpack(ctx, file, dir, progress); err != nil {
		return m, err
	}
	c, err := corpus.Create(dir)
	if err != nil {
		return m, err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	run, err := c.Start(corpus.Run{Kind: "restore", Version: version(), Given: []string{fmt.Sprintf("a backup of %s", m.Made.Format(time.RFC3339))}})
	if err != nil {
		return m, err
	}
	x, err := index.Create(dir)
	if err == nil {
		in := &ingest{corpus: c, index: x, run: run, caught: progress}
		err = errors.Join(in.catchUp(ctx), x.Close())
	}
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		run.Failed = err.Error()
	}
	return m, errors.Join(err, c.Finish(run))
}
