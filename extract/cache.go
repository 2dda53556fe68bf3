package extract

import (
	"bytes"
	"crypto/sha256"
	"encoding/gob"
	"encoding/hex"
	"os"
	"path/filepath"

	"kehoach/extract/ocr"
)

// PageCacheEnv names the folder in which recognised pages are kept, for this process and the children that it starts
// afterwards. A page is found again by the hash of its picture and of all that shapes what is recognised in it: another
// version of the programs, or of what is done around them, recognises it anew.
const PageCacheEnv = "KEHOACH_PAGE_CACHE"

// pageCache keeps recognised pages in a folder. A page that cannot be read there is recognised; one that cannot be written
// is not kept: the cache is a help, and never a reason to fail.
type pageCache string

func (dir pageCache) page(key [sha256.Size]byte, recognise func() (*ocr.Page, error)) (*ocr.Page, error) {
	name := hex.EncodeToString(key[:])
	path := filepath.Join(string(dir), name[:2], name)
	if data, err := os.ReadFile(path); err == nil {
		p := new(ocr.Page)
		if gob.NewDecoder(bytes.NewReader(data)).Decode(p) == nil && p.Page != nil {
			return p, nil
		}
	}
	p, err := recognise()
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if gob.NewEncoder(&b).Encode(p) == nil {
		keepPage(path, b.Bytes())
	}
	return p, nil
}

// keepPage puts a page in place, whole or not at all.
func keepPage(path string, data []byte) {
	if os.MkdirAll(filepath.Dir(path), 0o755) != nil {
		return
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".page-*")
	if err != nil {
		return
	}
	_, err = f.Write(data)
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		os.Remove(f.Name())
	}
}
