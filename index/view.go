package index

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/util"
	segment "github.com/blevesearch/scorch_segment_api/v2"
	bolt "go.etcd.io/bbolt"
)

// view is one state of the index: its segments and its totals.
type view struct {
	parts  []*part
	totals lengths
	seen   samples
	close  func() error
}

// now is the state to answer from, and what to call when done with it.
func (x *Index) now() (v *view, release func(), err error) {
	if x.view != nil {
		return x.view, func() {}, nil
	}
	if x.store == nil {
		return nil, nil, errors.New("index: it is closed")
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if v, err = x.look(); err != nil {
		return nil, nil, err
	}
	return v, func() { v.close() }, nil
}

// look takes a view of what the writer has built. What was read out of a segment before is kept for it.
func (x *Index) look() (*view, error) {
	r, err := x.store.Reader()
	if err != nil {
		return nil, fmt.Errorf("index: %w", err)
	}
	snapshot := r.(*scorch.IndexSnapshot)
	v := &view{close: snapshot.Close}
	total, err := snapshot.GetInternal(totalsKey)
	if err == nil {
		v.totals, err = parseLengths(string(total))
	}
	if err != nil {
		snapshot.Close()
		return nil, fmt.Errorf("index: totals: %w", err)
	}
	kept := make(map[uint64]*known)
	for _, s := range snapshot.Segments() {
		if s.Segment().Count() == 0 {
			continue
		}
		k := x.kept[s.Id()]
		if k == nil {
			k = new(known)
		}
		kept[s.Id()] = k
		v.parts = append(v.parts, &part{seg: s.Segment(), deleted: s.Deleted(), bytes: s.FileSize(), totals: v.totals, known: k})
	}
	x.kept = kept
	v.order()
	return v, nil
}

// order puts the largest segments first, which are begun first where several are searched at once.
func (v *view) order() {
	slices.SortStableFunc(v.parts, func(a, b *part) int { return cmp.Compare(b.records(), a.records()) })
}

// headOf finds the first record of a plan that is not deleted.
func (p *part) headOf(plan string) (record uint32, ok bool, err error) {
	docs, err := p.seg.DocNumbers([]string{recordID(plan, 0)})
	if err != nil {
		return 0, false, fmt.Errorf("index: %w", err)
	}
	if p.deleted != nil {
		docs.AndNot(p.deleted)
	}
	if docs.IsEmpty() {
		return 0, false, nil
	}
	return docs.Minimum(), true, nil
}

// readView reads the newest state that is on disk, without a lock. The names of the segments stand in root.bolt,
// which the writer changes in place; the copy that is taken of it is good where its head did not change meanwhile,
// since bolt writes over no page that the head before the last leads to. A segment that the writer merged and
// removed between the two steps is missing; then the newer state is read.
func readView(path string) (*view, error) {
	var err error
	for wait := time.Millisecond; wait < 2*time.Second; wait *= 2 {
		var v *view
		if v, err = tryView(path); err == nil {
			return v, nil
		}
		fresh := errors.Is(err, fs.ErrPermission) && wait < 50*time.Millisecond // a file of which the mode is not set yet
		if !fresh && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, errMoved) {
			break
		}
		time.Sleep(wait)
	}
	return nil, fmt.Errorf("index: %s: %w", path, err)
}

// errMoved says that the writer changed a file while it was copied.
var errMoved = errors.New("the writer is changing it")

func tryView(path string) (*view, error) {
	copied, err := copyBolt(filepath.Join(path, "root.bolt"))
	if err != nil {
		return nil, err
	}
	defer os.Remove(copied)
	db, err := util.OpenBolt(copied, 0o600, &bolt.Options{ReadOnly: true})
	if err != nil {
		return nil, errors.Join(errMoved, err)
	}
	v := &view{}
	v.close = func() error {
		var errs []error
		for _, p := range v.parts {
			errs = append(errs, p.seg.Close())
		}
		return errors.Join(errs...)
	}
	err = db.View(func(tx *util.BoltTxImpl) error { return v.read(tx, path) })
	v.order()
	for _, p := range v.parts {
		p.totals = v.totals
	}
	if err = errors.Join(err, db.Close()); err != nil {
		return nil, errors.Join(err, v.close())
	}
	return v, nil
}

// copyBolt copies a bolt file that may be written to, into a temporary one.
func copyBolt(path string) (string, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	again := make([]byte, min(len(data), os.Getpagesize()*2))
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	if _, err := f.ReadAt(again, 0); err != nil {
		return "", errors.Join(errMoved, err)
	}
	if !bytes.Equal(data[:len(again)], again) {
		return "", errMoved
	}
	out, err := os.CreateTemp("", "kehoach-index-*")
	if err != nil {
		return "", err
	}
	_, err = out.Write(data)
	if err = errors.Join(err, out.Close()); err != nil {
		os.Remove(out.Name())
		return "", err
	}
	return out.Name(), nil
}

// read opens what the newest snapshot in root.bolt names.
func (v *view) read(tx *util.BoltTxImpl, path string) error {
	snapshots := tx.Bucket(util.BoltSnapshotsBucket)
	if snapshots == nil {
		return nil // made, and nothing added yet
	}
	key, _ := snapshots.Cursor().Last()
	if key == nil {
		return nil
	}
	snapshot := snapshots.GetBucket(key)
	meta := snapshot.GetBucket(util.BoltMetaDataKey)
	if meta == nil {
		return errors.New("root.bolt: a snapshot without its version")
	}
	version, err := meta.Get(util.BoltMetaDataSegmentVersionKey, nil)
	if err != nil || len(version) < 4 || binary.BigEndian.Uint32(version) != segments.Version() {
		return errors.Join(ErrFormat, err)
	}
	writer, err := meta.Get(util.BoltMetaDataFileWriterIDKey, nil)
	if err != nil {
		return err
	}
	reader, err := util.NewFileReader(string(writer), []byte(filepath.Join(path, "root.bolt")))
	if err != nil {
		return err
	}
	cursor := snapshot.Cursor()
	for k, _ := cursor.First(); k != nil; k, _ = cursor.Next() {
		bucket := snapshot.GetBucket(k)
		switch {
		case bucket == nil || k[0] == util.BoltMetaDataKey[0]:
		case k[0] == util.BoltInternalKey[0]:
			total, err := bucket.Get(totalsKey, reader)
			if err == nil {
				v.totals, err = parseLengths(string(total))
			}
			if err != nil {
				return fmt.Errorf("root.bolt: totals: %w", err)
			}
		default:
			if err := v.readPart(bucket, reader, path); err != nil {
				return err
			}
		}
	}
	return nil
}

func (v *view) readPart(bucket *util.BoltBucketImpl, reader util.FileReader, path string) error {
	name, err := bucket.Get(util.BoltPathKey, nil)
	if err != nil || len(name) == 0 || strings.ContainsRune(string(name), filepath.Separator) {
		return errors.Join(errors.New("root.bolt: a segment without a name"), err)
	}
	file := filepath.Join(path, string(name))
	info, err := os.Stat(file)
	if err != nil {
		return err
	}
	seg, err := segments.OpenUsing(file, map[string]any{segment.StatsKey: new(segment.Stats)})
	if err != nil {
		return err
	}
	p := &part{seg: seg, bytes: info.Size(), known: new(known)}
	v.parts = append(v.parts, p)
	deleted, err := bucket.Get(util.BoltDeletedKey, reader)
	if err != nil {
		return err
	}
	if len(deleted) > 0 {
		p.deleted = roaring.New()
		if _, err := p.deleted.ReadFrom(bytes.NewReader(deleted)); err != nil {
			return fmt.Errorf("root.bolt: deletions of %s: %w", name, err)
		}
		if p.deleted.IsEmpty() {
			p.deleted = nil
		}
	}
	return nil
}
