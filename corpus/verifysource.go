package corpus

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
)

// sampledSources is how many files a check reads that seem as they were when they were read.
const sampledSources = 200

// sources reads a sample of the files that the catalogue takes for unchanged, other ones at each time: a file system that keeps no
// time of changes, or a tool that sets it back, hides a change from every ingest. A file that is gone or seems changed is the
// next ingest's.
func (v *verifier) sources() error {
	rows, err := v.read.QueryContext(v.ctx, `SELECT path, size, mtime_ns, ctime_ns, inode, sha256 FROM sources
		WHERE status = ? AND gone IS NULL AND instr(path, '!/') = 0 ORDER BY random() LIMIT ?`, string(OK), sampledSources)
	if err != nil {
		return errors.Join(v.ctx.Err(), err)
	}
	defer rows.Close()
	var list []Source
	for rows.Next() {
		var s Source
		if err := rows.Scan(&s.Path, &s.size, &s.mtime, &s.ctime, &s.inode, &s.SHA256); err != nil {
			return err
		}
		list = append(list, s)
	}
	if err := rows.Err(); err != nil {
		return errors.Join(v.ctx.Err(), err)
	}
	return v.each(len(list), func(i int) error {
		if s := list[i]; s.seemsSame() && s.bytesDiffer() && s.seemsSame() {
			v.tell(ChangedSource, s.Path, false, "it seems unchanged and has other bytes than were read; ingest --checksum reads it again")
		}
		return nil
	})
}

// seemsSame reports whether the file system says of a file what it said when it was read.
func (s Source) seemsSame() bool {
	info, err := os.Stat(s.Path)
	return err == nil && info.Mode().IsRegular() && s.stamp != stamp{} && s.stamp == stampOf(info)
}

// bytesDiffer reports whether a file that can be read has other bytes than were read.
func (s Source) bytesDiffer() bool {
	f, err := os.Open(s.Path)
	if err != nil {
		return false
	}
	defer f.Close()
	h := sha256.New()
	_, err = io.Copy(h, f)
	return err == nil && hex.EncodeToString(h.Sum(nil)) != s.SHA256
}
