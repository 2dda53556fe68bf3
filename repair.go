package kehoach

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"kehoach/corpus"
	"kehoach/extract"
	"kehoach/index"
)

// Repaired is what Repair did.
type Repaired struct {
	Run      int64           `json:"run"`
	Damage   []corpus.Damage `json:"damage"` // that was there
	Left     []corpus.Damage `json:"left"`   // that could not be mended
	Salvaged int             `json:"salvaged_rows,omitempty"`
	Adopted  int             `json:"adopted,omitempty"` // originals that no plan named, read anew
}

// Repair mends what can be derived: rows and plans from originals, originals from the files that they came from, the
// index from the catalogue, and a broken catalogue from what can be read of it and from the originals. What it takes out
// is set aside in the folder "damaged". It fails with corpus.ErrBusy while another process writes.
func Repair(ctx context.Context, dir string, reader *extract.Reader) (report Repaired, err error) {
	before, err := Verify(ctx, dir, VerifyOptions{})
	if err != nil {
		return report, err
	}
	report.Damage, report.Left = before.Damage, []corpus.Damage{}
	if before.Grave() == 0 {
		return report, nil
	}
	for _, d := range before.Damage {
		if d.Kind == corpus.DamagedCatalogue {
			if report.Salvaged, err = corpus.Salvage(ctx, dir); err != nil {
				return report, err
			}
			break
		}
	}
	if err = report.mend(ctx, dir, reader); err != nil {
		return report, fmt.Errorf("repair: %w", err)
	}
	after, err := Verify(ctx, dir, VerifyOptions{})
	report.Left = after.Damage
	return report, err
}

// mender is one repair.
type mender struct {
	*corpus.Corpus
	run    *corpus.Run
	reader *extract.Reader
	report *Repaired
	stages extract.Stages
}

func (report *Repaired) mend(ctx context.Context, dir string, reader *extract.Reader) (err error) {
	c, err := corpus.Create(dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	c.Version, c.Made = version(), made()
	run, err := c.Start(corpus.Run{Kind: "repair", Version: c.Version, Tools: Tools()})
	if err != nil {
		return err
	}
	report.Run = run.ID
	m := &mender{c, run, reader, report, extract.CurrentStages()}
	if err = c.Mend(ctx); err == nil {
		err = m.documents(ctx)
	}
	if err == nil {
		err = m.index(ctx, dir)
	}
	if err != nil {
		run.Failed = err.Error()
	}
	return errors.Join(err, c.Finish(run))
}

// documents mends originals and plans, one damage at a time.
func (m *mender) documents(ctx context.Context) error {
	var found []corpus.Damage
	if _, err := m.Verify(ctx, corpus.Check{Tell: func(d corpus.Damage) { found = append(found, d) }}); err != nil {
		return err
	}
	for _, d := range found {
		var err error
		switch d.Kind {
		case corpus.DamagedReading:
			_, err = m.ForgetReadings()
		case corpus.MissingOriginal, corpus.AlteredOriginal:
			err = m.original(d.Subject)
		case corpus.Orphan:
			err = m.orphan(ctx, d.Subject)
		}
		if err = errors.Join(err, ctx.Err()); err != nil {
			return err
		}
	}
	for _, d := range found { // once the originals are there
		if d.Kind == corpus.DamagedPlan {
			if err := m.plan(ctx, d.Subject); err != nil {
				return err
			}
		}
	}
	return nil
}

// original puts an original in its place again, from a file that still holds its bytes.
func (m *mender) original(sum string) error {
	paths, err := m.Holding(sum)
	if err != nil {
		return err
	}
	for _, path := range paths {
		data, err := bytesOf(path)
		if err == nil && hashOf(data) == sum {
			return m.Restore(sum, data)
		}
	}
	return nil // it is told as left
}

func hashOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// bytesOf reads a source again: a file, or the member of an archive or of a message.
func bytesOf(path string) ([]byte, error) {
	file, _, inside := strings.Cut(path, "!/")
	if !inside {
		return extract.File(path)
	}
	a, err := corpus.OpenArchive(file)
	if err != nil {
		return nil, err
	}
	if a == nil {
		a = carried(file)
	}
	if a == nil {
		return nil, os.ErrNotExist
	}
	defer a.Close()
	for _, m := range a.Members {
		if m.Path == path {
			return m.Read(extract.MaxBytes)
		}
	}
	return nil, os.ErrNotExist
}

// orphan reads an original that no plan names into the corpus; what is none is set aside.
func (m *mender) orphan(ctx context.Context, name string) error {
	if len(name) != 2*sha256.Size {
		return m.SetAside(name)
	}
	data, err := m.Original(name)
	if err != nil {
		return m.SetAside(filepath.Join(name[:2], name))
	}
	path := m.Stored(name)
	r, err := m.reader.Blocks(ctx, path, data)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		return m.SetAside(filepath.Join(name[:2], name))
	}
	doc, err := corpus.NewDoc(corpus.NewSource(path, name, nil), data, r.Plan())
	doc.Keep(keptReading(r, m.stages))
	if err != nil {
		return err
	}
	m.report.Adopted++
	_, _, err = m.Put(m.run, []corpus.Doc{doc})
	return err
}

// plan reads a plan again from its original.
func (m *mender) plan(ctx context.Context, id string) error {
	sum, err := m.Sum(id)
	if err != nil {
		return nil // a row that was mended away
	}
	data, err := m.Original(sum)
	if err != nil {
		return nil // it is told as left
	}
	paths, err := m.Holding(sum)
	if err != nil {
		return err
	}
	path := m.Stored(sum)
	if len(paths) > 0 {
		path = paths[0]
	}
	r, err := m.reader.Blocks(ctx, path, data)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		return nil
	}
	doc, err := corpus.NewDoc(corpus.NewSource(path, sum, nil), data, r.Plan())
	doc.Keep(keptReading(r, m.stages))
	if err != nil {
		return err
	}
	return m.Reread(m.run, doc)
}

// index brings the index to the catalogue: where they disagree about single plans these are told again, where it cannot be
// read it is built anew.
func (m *mender) index(ctx context.Context, dir string) error {
	var ids []string
	whole := false
	v := indexCheck{ctx: ctx, dir: dir, corpus: m.Corpus, found: func(d corpus.Damage) {
		ids = append(ids, d.Subject)
		whole = whole || d.Subject == ""
	}}
	if _, err := v.all(); err != nil && !errors.Is(err, errUnsound) {
		return err
	}
	if whole {
		if err := index.Discard(dir); err != nil {
			return err
		}
	}
	x, err := index.Create(dir)
	if err != nil {
		return err
	}
	in := &ingest{corpus: m.Corpus, index: x, run: m.run}
	if !whole && len(ids) > 0 {
		if err = x.Delete(ids); err == nil {
			err = m.Await(ids)
		}
	}
	if err == nil {
		err = in.catchUp(ctx)
	}
	return errors.Join(err, x.Close())
}
