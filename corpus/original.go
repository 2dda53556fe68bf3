package corpus

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/sync/errgroup"

	"kehoach/internal/fault"
)

// Original gives the bytes of a source by their SHA-256, and checks them.
func (c *Corpus) Original(sum string) ([]byte, error) {
	if len(sum) != 2*sha256.Size {
		return nil, fmt.Errorf("corpus: original %q: not a SHA-256", sum)
	}
	data, err := os.ReadFile(filepath.Join(c.dir, "originals", sum[:2], sum))
	if err != nil {
		return nil, fmt.Errorf("corpus: original %s: %w", sum, err)
	}
	if hashOf(data) != sum {
		return nil, fmt.Errorf("corpus: original %s: its bytes have changed", sum)
	}
	return data, nil
}

func hashOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// Stored is where an original stands.
func (c *Corpus) Stored(sum string) string { return filepath.Join(c.dir, "originals", sum[:2], sum) }

// originals writes source files under their SHA-256. A name stands there only when its bytes are on the disk:
// they are written to tmp/, synced, and renamed.
type originals struct{ dir string }

// openOriginals makes the folders and clears away what a killed writer left half written.
func openOriginals(dir string) (originals, error) {
	o := originals{filepath.Join(dir, "originals")}
	tmp := filepath.Join(o.dir, "tmp")
	if err := os.RemoveAll(tmp); err != nil {
		return o, fmt.Errorf("corpus: %w", err)
	}
	if err := os.MkdirAll(tmp, 0o755); err != nil {
		return o, fmt.Errorf("corpus: %w", err)
	}
	for i := range 256 {
		if err := os.Mkdir(filepath.Join(o.dir, fmt.Sprintf("%02x", i)), 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
			return o, fmt.Errorf("corpus: %w", err)
		}
	}
	if err := fault.Do(fault.FoldersSync, func() error { return errors.Join(syncDir(o.dir), syncDir(dir)) }); err != nil {
		return o, fmt.Errorf("corpus: %w", err)
	}
	return o, nil
}

// syncers is how many files are synced at once: a disk makes many syncs that wait together into few.
const syncers = 16

// keep puts every document's bytes on the disk, and returns when all of them are safe. What is there already
// stays as it is.
func (o originals) keep(docs []Doc) error {
	dirs := make(map[string]bool)
	var fresh []Doc
	seen := make(map[string]bool)
	for _, d := range docs {
		if d.Plan == nil || seen[d.Source.SHA256] {
			continue
		}
		seen[d.Source.SHA256] = true
		// Its folder is synced in any case: who renamed the file may have died before that.
		dirs[filepath.Join(o.dir, d.Source.SHA256[:2])] = true
		if _, err := os.Lstat(o.path(d.Source.SHA256)); errors.Is(err, fs.ErrNotExist) {
			fresh = append(fresh, d)
		} else if err != nil {
			return err
		}
	}
	if err := o.write(fresh); err != nil {
		return err
	}
	names := make([]string, 0, len(dirs))
	for dir := range dirs {
		names = append(names, dir)
	}
	return parallel(syncers, len(names), func(i int) error { return fault.Do(fault.FolderSync, func() error { return syncDir(names[i]) }) })
}

// The modes of an original: before the catalogue names it, and from then on. What a run that was cut off was keeping is told
// by them, because a clock that was set back tells nothing.
const (
	unsettled fs.FileMode = 0o644
	settled   fs.FileMode = 0o444
)

// acknowledge marks the originals of documents that the catalogue has committed. One that cannot be marked is named there
// all the same.
func (o originals) acknowledge(docs []Doc) {
	for _, d := range docs {
		if d.Plan != nil {
			os.Chmod(o.path(d.Source.SHA256), settled)
		}
	}
}

// settle removes the originals of documents that were not acknowledged.
func (c *Corpus) settle(docs []Doc) error {
	for _, d := range docs {
		if d.Plan == nil {
			continue
		}
		if has, err := c.knows(d.Source.SHA256); err != nil || has {
			continue
		}
		if err := os.Remove(c.w.path(d.Source.SHA256)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// sweep removes the originals that a run was keeping when it was cut off; the run that follows keeps them again.
func (c *Corpus) sweep() error {
	cut, err := c.cutOff()
	if err != nil || cut.IsZero() {
		return err
	}
	there, _, err := listOriginals(c.dir)
	if err != nil {
		return err
	}
	want, err := c.wanted()
	if err != nil {
		return err
	}
	forgotten, err := c.forgotten()
	if err != nil {
		return err
	}
	for sum, f := range there {
		if _, ok := want[sum]; ok || !f.late(cut) && !forgotten[sum] {
			continue
		}
		if err := os.Remove(c.w.path(sum)); err != nil {
			return err
		}
	}
	return nil
}

func (o originals) path(sum string) string { return filepath.Join(o.dir, sum[:2], sum) }

// write makes new originals. Only the syncs run side by side: files that are made in one folder at the same time
// wait for each other, and cost more.
func (o originals) write(docs []Doc) (err error) {
	files := make([]*os.File, 0, len(docs))
	defer func() {
		for _, f := range files {
			err = errors.Join(err, f.Close())
		}
	}()
	for _, d := range docs {
		f, err := os.OpenFile(filepath.Join(o.dir, "tmp", d.Source.SHA256), os.O_WRONLY|os.O_CREATE|os.O_TRUNC, unsettled)
		if err != nil {
			return err
		}
		files = append(files, f)
		if err := fault.Do(fault.OriginalWrite, func() error { _, err := f.Write(d.Data); return err }); err != nil {
			return err
		}
	}
	if err := parallel(syncers, len(files), func(i int) error { return fault.Do(fault.OriginalSync, files[i].Sync) }); err != nil {
		return err
	}
	for i, d := range docs {
		if err := fault.Do(fault.OriginalRename, func() error { return os.Rename(files[i].Name(), o.path(d.Source.SHA256)) }); err != nil {
			return err
		}
	}
	return nil
}

func syncDir(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// parallel calls do for 0 … n-1, so many at a time, and gives the first error.
func parallel(workers, n int, do func(int) error) error {
	var g errgroup.Group
	g.SetLimit(workers)
	for i := range n {
		g.Go(func() error { return do(i) })
	}
	return g.Wait()
}
