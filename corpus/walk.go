package corpus

import (
	"context"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
)

// Entry is what a path led to: a file, or a reason why there is none.
type Entry struct {
	Path string      // absolute
	Info fs.FileInfo // of the file, behind a symbolic link; nil where the system would not say
	Err  error       // of a folder whose files could not be listed
	Skip string      // why it is passed over, "" where it is not
}

// Walk gives every file below the paths, folders recursively and in the order of their names. It opens no file.
// Names that begin with a dot are passed over, and so are the folder of the corpus itself and symbolic links to
// folders, which could lead in a circle; a path that is itself such a link is followed.
func Walk(ctx context.Context, paths []string, corpus string) iter.Seq[Entry] {
	return func(yield func(Entry) bool) {
		own, err := os.Stat(corpus)
		if err != nil {
			own = nil
		}
		w := walker{ctx, own, yield}
		for _, path := range paths {
			abs, err := filepath.Abs(path)
			if err != nil {
				abs = path
			}
			if info, err := os.Stat(abs); err == nil && info.IsDir() {
				if !w.dir(abs, info) {
					return
				}
			} else if ctx.Err() != nil || !yield(Entry{Path: abs, Info: info}) {
				return
			}
		}
	}
}

// walker is one Walk.
type walker struct {
	ctx   context.Context
	own   fs.FileInfo // the folder of the corpus, nil where there is none yet
	yield func(Entry) bool
}

// dir gives the files below a folder. It reports whether the walk goes on.
func (w *walker) dir(dir string, info fs.FileInfo) bool {
	if w.own != nil && os.SameFile(w.own, info) {
		return w.yield(Entry{Path: dir, Skip: "the corpus itself"})
	}
	list, err := os.ReadDir(dir) // sorted by name
	if err != nil {
		err = fmt.Errorf("the folder cannot be listed: %w", cause(err))
		if !w.yield(Entry{Path: dir, Err: err}) {
			return false
		}
	}
	for _, item := range list {
		if w.ctx.Err() != nil {
			return false
		}
		path := filepath.Join(dir, item.Name())
		e := Entry{Path: path}
		info, err := os.Stat(path)
		switch {
		case strings.HasPrefix(item.Name(), "."):
			e.Skip = "hidden"
		case err != nil: // whoever reads it says why
		case item.IsDir():
			if !w.dir(path, info) {
				return false
			}
			continue
		case info.IsDir():
			e.Skip = "a symbolic link to a folder"
		default:
			e.Info = info
		}
		if !w.yield(e) {
			return false
		}
	}
	return true
}

// cause is an error of the file system without the operation and the path, which stand beside it.
func cause(err error) error {
	if pe, ok := err.(*fs.PathError); ok {
		return pe.Err
	}
	return err
}
