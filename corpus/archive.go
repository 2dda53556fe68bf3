package corpus

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"slices"
	"strings"
)

// The limits of an archive. They hold back archives that are made to fill a disk or a memory: plain text packs
// to a tenth, and nothing that people write packs to a two-hundredth.
const (
	maxMembers = 100_000
	maxUnpack  = 16 << 30 // bytes of all members
	maxRatio   = 200      // unpacked to packed, of a member of more than a megabyte
)

// ErrNested is the refusal of an archive inside an archive.
var ErrNested = errors.New("it is an archive inside an archive, which is not opened; unpack the outer one")

// Archive is an open zip archive of documents, or a message that carries them.
type Archive struct {
	Path    string
	Members []Member // files, in the order of their names
	file    *zip.ReadCloser
}

// Carry adds a file that is at hand: what a message carries is a member of it, as those of an archive are.
func (a *Archive) Carry(name string, data []byte) {
	a.Members = append(a.Members, Member{Path: a.Path + "!/" + name, Size: int64(len(data)), data: data})
}

// Member is a file in an archive.
type Member struct {
	Path string // archive.zip!/member
	Size int64  // unpacked, as the archive says
	file *zip.File
	data []byte // of a member that is at hand
}

var zipMagic = [][]byte{[]byte("PK\x03\x04"), []byte("PK\x05\x06")}

// isZip reports whether bytes begin as those of a zip file do.
func isZip(head []byte) bool {
	return slices.ContainsFunc(zipMagic, func(m []byte) bool { return bytes.HasPrefix(head, m) })
}

// OpenArchive opens the zip archive at path, told by its content. It gives nil where the file is something else,
// and also where it is one document that merely uses zip (docx, odt, epub …).
func OpenArchive(path string) (*Archive, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil // whoever reads it says why it cannot be read
	}
	head := make([]byte, 4)
	_, err = io.ReadFull(f, head)
	f.Close()
	if err != nil || !isZip(head) {
		return nil, nil
	}
	z, err := zip.OpenReader(path)
	if err != nil {
		return nil, fmt.Errorf("it is a damaged zip archive: %w", err)
	}
	if isDocument(&z.Reader) {
		return nil, z.Close()
	}
	a := &Archive{Path: path, file: z}
	if err := a.list(); err != nil {
		z.Close()
		return nil, err
	}
	return a, nil
}

// Close closes the archive; its members cannot be read any more.
func (a *Archive) Close() error {
	if a.file == nil {
		return nil
	}
	return a.file.Close()
}

// list names the members and refuses an archive that is beyond the limits.
func (a *Archive) list() error {
	info, err := os.Stat(a.Path)
	if err != nil {
		return cause(err)
	}
	if len(a.file.File) > maxMembers {
		return fmt.Errorf("the archive has %d members, the limit is %d", len(a.file.File), maxMembers)
	}
	var packed, unpacked uint64
	names := make(map[string]int)
	for _, f := range a.file.File {
		packed += f.CompressedSize64
		unpacked += f.UncompressedSize64
		if packed > uint64(info.Size()) {
			return errors.New("the members of the archive overlap")
		}
		if unpacked > maxUnpack {
			return fmt.Errorf("the archive unpacks to more than %d GB", maxUnpack>>30)
		}
		base := path.Base(f.Name)
		if !f.Mode().IsRegular() || strings.HasPrefix(base, ".") || strings.HasPrefix(f.Name, "__MACOSX/") {
			continue
		}
		name := f.Name
		if names[name]++; names[name] > 1 { // zip allows a name twice
			name = fmt.Sprintf("%s#%d", name, names[name])
		}
		a.Members = append(a.Members, Member{Path: a.Path + "!/" + name, Size: int64(f.UncompressedSize64), file: f})
	}
	if len(a.Members) == 0 {
		return errors.New("the archive holds no file")
	}
	slices.SortStableFunc(a.Members, func(x, y Member) int { return strings.Compare(x.Path, y.Path) })
	return nil
}

// Read unpacks a member of at most limit bytes.
func (m Member) Read(limit int64) ([]byte, error) {
	if m.file == nil {
		return unnested(m.data)
	}
	switch {
	case m.file.Flags&1 != 0:
		return nil, errors.New("it is encrypted")
	case m.Size > limit:
		return nil, fmt.Errorf("it is larger than %d MB", limit>>20)
	case m.Size > 1<<20 && m.Size/maxRatio > int64(m.file.CompressedSize64):
		return nil, fmt.Errorf("it unpacks to more than %d times its size", maxRatio)
	}
	r, err := m.file.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	// The reader ends at the size that the archive names, so a false one cannot make it grow.
	data, err := io.ReadAll(io.LimitReader(r, m.Size+1))
	if err != nil {
		return nil, err
	}
	return unnested(data)
}

// unnested gives the bytes of a member that is no archive itself.
func unnested(data []byte) ([]byte, error) {
	if isZip(data) {
		if z, err := zip.NewReader(bytes.NewReader(data), int64(len(data))); err != nil || !isDocument(z) {
			return nil, ErrNested
		}
	}
	return data, nil
}

// isDocument reports whether a zip file is one document: an Office Open XML or OpenDocument package, or an EPUB.
func isDocument(z *zip.Reader) bool {
	return slices.ContainsFunc(z.File, func(f *zip.File) bool {
		return f.Name == "[Content_Types].xml" || f.Name == "mimetype"
	})
}
