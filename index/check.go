package index

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"kehoach/plan"
)

// Check reads a generation that Build began and Close ended: every segment's bytes against its checksum, every plan's
// record and fields against what was to be put in, and the titles of some plans as queries that must find them. A
// generation that fails is not to be published.
func Check(ctx context.Context, dir, name string, want *Summary, samples []*plan.Plan) error {
	if err := checkSums(generationPath(dir, name)); err != nil {
		return err
	}
	x, err := OpenGeneration(dir, name)
	if err != nil {
		return err
	}
	defer x.Close()
	s, err := x.Stats()
	if err != nil {
		return err
	}
	if s.Plans != want.Plans() {
		return fmt.Errorf("index: generation %s: %w: %d plans were put in, its totals say %d", name, errUnsound, want.Plans(), s.Plans)
	}
	got, err := x.Summary()
	if err == nil {
		err = got.agree(want)
	}
	for _, p := range samples {
		if err == nil {
			err = x.finds(ctx, p)
		}
	}
	if err != nil {
		return fmt.Errorf("index: generation %s: %w", name, err)
	}
	return nil
}

// finds asks for the words of a plan's title.
func (x *Index) finds(ctx context.Context, p *plan.Plan) error {
	words := strings.Fields(p.Title)
	words = words[:min(len(words), 12)]
	q := Query{Words: strings.Join(words, " "), Literal: true, Limit: 1 << 16}
	parsed, err := q.parse()
	if err != nil || len(parsed.words) == 0 {
		return nil // a title without words
	}
	res, err := x.Search(ctx, q)
	if err != nil {
		return err
	}
	if len(res.Hits) < q.Limit && !slices.ContainsFunc(res.Hits, func(h Hit) bool { return h.Plan == p.ID }) {
		return fmt.Errorf("%w: plan %s is not found by its title", errUnsound, p.ID)
	}
	return nil
}

// checkSums compares every segment with the checksum that ends it.
func checkSums(path string) error {
	files, err := filepath.Glob(filepath.Join(path, "*.zap"))
	if err != nil {
		return fmt.Errorf("index: %w", err)
	}
	for _, file := range files {
		if err := checksum(file); err != nil {
			return err
		}
	}
	return nil
}
