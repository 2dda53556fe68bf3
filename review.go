package kehoach

import (
	"context"
	"errors"
	"fmt"

	"kehoach/corpus"
	"kehoach/index"
	"kehoach/review"
)

// Review adds what do gives to the corrections of the corpus in dataDir, and brings the index to the corrected values. do sees
// the corpus while nobody else writes to it. It gives the number of entries that were new. Its errors are those of do,
// corpus.ErrNoCorpus, corpus.ErrBusy, corpus.ErrNoPlan, and those of the disk.
func Review(ctx context.Context, dataDir string, do func(c *corpus.Corpus) ([]review.Correction, error)) (added int, err error) {
	there, err := corpus.Open(dataDir)
	if err != nil && !errors.Is(err, corpus.ErrOld) {
		return 0, err
	}
	if err == nil {
		if err := there.Close(); err != nil {
			return 0, err
		}
	}
	c, err := corpus.Create(dataDir)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	entries, err := do(c)
	if err != nil || len(entries) == 0 {
		return 0, err
	}
	if added, err = c.Correct(entries); err != nil || added == 0 {
		return added, err
	}
	x, err := index.Create(dataDir)
	if err != nil {
		return added, fmt.Errorf("the corrections are kept, the index follows at the next ingest: %w", err)
	}
	defer func() { err = errors.Join(err, x.Close()) }()
	in := &ingest{Options: Options{batch: batchDocs}, corpus: c, index: x, report: new(Report)}
	return added, in.catchUp(ctx)
}
