package corpus

import (
	"archive/tar"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/klauspost/compress/zstd"

	"kehoach/internal/fault"
)

// backupForm names the form of a backup: a tar file, packed with zstd, of the manifest, the catalogue, and the originals
// that the catalogue names.
const backupForm = "kehoach.backup/1"

const manifestName = "manifest.json"

// Manifest is what a backup says of itself.
type Manifest struct {
	Form    string    `json:"form"`
	Made    time.Time `json:"made"`
	Plans   int       `json:"plans"`
	Bytes   int64     `json:"bytes"` // of originals, unpacked
	LastRun int64     `json:"last_run"`
}

// ErrBackup is the error of a file that is no backup, or a damaged one.
var ErrBackup = errors.New("it is no sound backup of kehoach")

// Backup writes one state of the corpus to a file, which appears when it is whole; a writer may be at work meanwhile.
// Every original is checked by its hash. The index is not part of it: it is derived. tell, where it is not nil, is told of the originals.
func (c *Corpus) Backup(ctx context.Context, path string, tell func(done, total int)) (m Manifest, err error) {
	out, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return m, fmt.Errorf("corpus: backup: %w", err)
	}
	defer os.Remove(out.Name())
	defer out.Close()
	snapshot := out.Name() + ".db"
	defer os.Remove(snapshot)
	if m, err = c.writeBackup(ctx, out, snapshot, tell); err == nil {
		err = errors.Join(out.Chmod(0o644), fault.Do(fault.BackupSync, out.Sync), out.Close())
	}
	if err == nil {
		err = fault.Do(fault.BackupRename, func() error { return os.Rename(out.Name(), path) })
	}
	if err == nil {
		err = syncDir(filepath.Dir(path))
	}
	if err != nil {
		return m, fmt.Errorf("corpus: backup: %w", err)
	}
	return m, nil
}

func (c *Corpus) writeBackup(ctx context.Context, out io.Writer, snapshot string, tell func(done, total int)) (m Manifest, err error) {
	whole, err := openDB(filepath.Join(c.dir, catalogueName), 1, url.Values{"mode": {"ro"}}, "busy_timeout(10000)")
	if err != nil {
		return m, err
	}
	_, err = whole.ExecContext(ctx, `VACUUM INTO ?`, snapshot)
	if err = errors.Join(err, whole.Close()); err != nil {
		return m, err
	}
	db, err := openDB(snapshot, 1, url.Values{"mode": {"ro"}})
	if err != nil {
		return m, err
	}
	defer db.Close()
	m = Manifest{Form: backupForm, Made: time.Now().UTC().Truncate(time.Second)}
	err = db.QueryRow(`SELECT count(*), coalesce((SELECT max(id) FROM runs), 0) FROM plans`).Scan(&m.Plans, &m.LastRun)
	if err != nil {
		return m, err
	}
	packed, err := zstd.NewWriter(out, zstd.WithEncoderLevel(zstd.SpeedDefault), zstd.WithEncoderCRC(true))
	if err != nil {
		return m, err
	}
	defer packed.Close()
	t := tar.NewWriter(packed)
	head, err := json.Marshal(m)
	if err == nil {
		err = addBytes(t, manifestName, append(head, '\n'), m.Made)
	}
	if err == nil {
		err = addFile(t, catalogueName, snapshot, m.Made)
	}
	if err == nil {
		m.Bytes, err = c.addOriginals(ctx, t, db, m.Made, tell)
	}
	return m, errors.Join(err, t.Close(), packed.Close())
}

func (c *Corpus) addOriginals(ctx context.Context, t *tar.Writer, db *sql.DB, when time.Time, tell func(done, total int)) (bytes int64, err error) {
	sums, err := list(db, `SELECT sha256 FROM plans UNION SELECT sha256 FROM copies ORDER BY sha256`)
	if err != nil {
		return 0, err
	}
	for i, sum := range sums {
		if tell != nil {
			tell(i, len(sums))
		}
		if err := ctx.Err(); err != nil {
			return bytes, err
		}
		data, err := c.Original(sum)
		if errors.Is(err, fs.ErrNotExist) {
			if _, forgotten, _ := c.WasForgotten(sum); forgotten {
				return bytes, fmt.Errorf("a plan was forgotten meanwhile; make the backup once more")
			}
		}
		if err == nil {
			err = addBytes(t, "originals/"+sum[:2]+"/"+sum, data, when)
		}
		if err != nil {
			return bytes, err
		}
		bytes += int64(len(data))
	}
	return bytes, nil
}

func addBytes(t *tar.Writer, name string, data []byte, when time.Time) error {
	err := t.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: name, Size: int64(len(data)), Mode: 0o444, ModTime: when})
	if err == nil {
		_, err = t.Write(data)
	}
	return err
}

func addFile(t *tar.Writer, name, path string, when time.Time) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err == nil {
		err = t.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: name, Size: info.Size(), Mode: 0o644, ModTime: when})
	}
	if err == nil {
		_, err = io.Copy(t, f)
	}
	return err
}

// Unpack makes a corpus in dir of a backup. dir must not exist, or be empty; it appears when all is there and was checked.
// The index is still to be built: every plan is pending. tell, where it is not nil, is told of the originals.
func Unpack(ctx context.Context, path, dir string, tell func(done, total int)) (m Manifest, err error) {
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
		return m, fmt.Errorf("corpus: restore: %s is not empty", dir)
	}
	dir, err = filepath.Abs(dir)
	if err == nil {
		err = os.MkdirAll(filepath.Dir(dir), 0o755)
	}
	if err != nil {
		return m, fmt.Errorf("corpus: restore: %w", err)
	}
	work, err := os.MkdirTemp(filepath.Dir(dir), "."+filepath.Base(dir)+"-*")
	if err != nil {
		return m, fmt.Errorf("corpus: restore: %w", err)
	}
	defer os.RemoveAll(work)
	if m, err = unpack(ctx, path, work, tell); err == nil {
		err = os.Chmod(work, 0o755)
	}
	if err == nil {
		err = fault.Do(fault.RestoreRename, func() error { return os.Rename(work, dir) }) // over an empty folder
	}
	if err == nil {
		err = syncDir(filepath.Dir(dir))
	}
	if err != nil {
		return m, fmt.Errorf("corpus: restore: %s: %w", path, err)
	}
	return m, nil
}

func unpack(ctx context.Context, path, work string, tell func(done, total int)) (m Manifest, err error) {
	f, err := os.Open(path)
	if err != nil {
		return m, err
	}
	defer f.Close()
	packed, err := zstd.NewReader(f)
	if err != nil {
		return m, err
	}
	defer packed.Close()
	t := tar.NewReader(packed)
	head, err := t.Next()
	if err != nil || head.Name != manifestName || json.NewDecoder(t).Decode(&m) != nil || m.Form != backupForm {
		return m, ErrBackup
	}
	o := originals{filepath.Join(work, "originals")}
	for i := range 256 {
		if err := os.MkdirAll(filepath.Join(o.dir, fmt.Sprintf("%02x", i)), 0o755); err != nil {
			return m, err
		}
	}
	if err := os.Mkdir(filepath.Join(o.dir, "tmp"), 0o755); err != nil {
		return m, err
	}
	r := restored{originals: o}
	for n := 0; ctx.Err() == nil; n++ {
		if tell != nil {
			tell(n, max(n, m.Plans))
		}
		head, err := t.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return m, fmt.Errorf("%w: %w", ErrBackup, err)
		}
		if head.Name == catalogueName {
			err = copyTo(filepath.Join(work, catalogueName), backupReader{t})
		} else {
			err = r.unpack(head.Name, t)
		}
		if err != nil {
			return m, err
		}
	}
	if err := errors.Join(ctx.Err(), r.finish(work)); err != nil {
		return m, err
	}
	if _, err := io.Copy(io.Discard, packed); err != nil { // to the checksum at the end
		return m, fmt.Errorf("%w: %w", ErrBackup, err)
	}
	return m, settleRestored(work, m)
}

func copyTo(path string, r io.Reader) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, r)
	return errors.Join(err, f.Sync(), f.Close())
}

// backupReader tells a fault of the backup from one of the disk that is written to.
type backupReader struct{ io.Reader }

func (b backupReader) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	if err != nil && !errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = fmt.Errorf("%w: %w", ErrBackup, err)
	}
	return n, err
}

// restored writes the originals of a backup, some at a time, because they are synced side by side.
type restored struct {
	originals
	batch []Doc
	bytes int
}

// The bounds of what is unpacked before it is written.
const (
	restoreDocs  = 256
	restoreBytes = 16 << 20
)

// flush writes what was unpacked.
func (o *restored) flush() error {
	if err := o.write(o.batch); err != nil {
		return err
	}
	for _, d := range o.batch {
		if err := os.Chmod(o.path(d.Source.SHA256), settled); err != nil { // the catalogue names it
			return err
		}
	}
	o.batch, o.bytes = o.batch[:0], 0
	return nil
}

// finish writes the last originals and syncs the folders.
func (o *restored) finish(work string) error {
	if err := o.flush(); err != nil {
		return err
	}
	err := parallel(syncers, 256, func(i int) error { return syncDir(filepath.Join(o.dir, fmt.Sprintf("%02x", i))) })
	return errors.Join(err, syncDir(o.dir), syncDir(work))
}

// unpack takes an original of a backup, and checks its bytes.
func (o *restored) unpack(name string, r io.Reader) error {
	sum := filepath.Base(name)
	if name != "originals/"+sum[:min(2, len(sum))]+"/"+sum || strings.ContainsAny(sum, `\/.`) {
		return fmt.Errorf("%w: it holds %q", ErrBackup, name)
	}
	data, err := io.ReadAll(r)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrBackup, err)
	}
	if hashOf(data) != sum {
		return fmt.Errorf("%w: the original %s has other bytes", ErrBackup, sum)
	}
	o.batch, o.bytes = append(o.batch, Doc{Source: Source{SHA256: sum}, Data: data}), o.bytes+len(data)
	if len(o.batch) < restoreDocs && o.bytes < restoreBytes {
		return nil
	}
	return o.flush()
}

// settleRestored checks that a restored catalogue has its plans, and makes them pending.
func settleRestored(work string, m Manifest) error {
	db, err := openDB(filepath.Join(work, catalogueName), 1, url.Values{}, "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)")
	if err != nil {
		return err
	}
	defer db.Close()
	if err := migrate(db); err != nil {
		return err
	}
	plans := 0
	if err := db.QueryRow(`SELECT count(*) FROM plans`).Scan(&plans); err != nil {
		return err
	}
	if plans != m.Plans {
		return fmt.Errorf("%w: it holds %d plans of %d", ErrBackup, plans, m.Plans)
	}
	_, err = db.Exec(`DELETE FROM pending; INSERT INTO pending (plan) SELECT n FROM plans WHERE current = 1`)
	return errors.Join(err, db.Close())
}
