package kehoach

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"

	"kehoach/corpus"
)

// How a watch waits.
const (
	settleTime = time.Second      // after the last change, so that a file is not read while it is written
	settleMost = 10 * time.Second // after the first, where changes never end
	busyWait   = 5 * time.Second  // for another writer
)

// WatchOptions are the settings of Watch.
type WatchOptions struct {
	Options
	Rescan time.Duration                        // between walks in any case: some file systems tell of no change; 0 is ten minutes
	Round  func(report Report, err error) error // is told of each ingest that changed something; an error ends the watch
}

// Watch ingests the paths, and again whenever something changes below them, until the context ends. Each round is an
// ingest of its own; one that changed nothing leaves no trace. While another process writes it waits.
func Watch(ctx context.Context, dataDir string, paths []string, opts WatchOptions) error {
	if opts.Rescan <= 0 {
		opts.Rescan = 10 * time.Minute
	}
	opts.Silent = true
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return fmt.Errorf("watch: %w", err)
	}
	defer w.Close()
	for {
		follow(w, paths, dataDir) // before the walk, so that nothing falls between the two
		report, err := Ingest(ctx, dataDir, paths, opts.Options)
		wait := opts.Rescan
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.Is(err, corpus.ErrBusy):
			wait = busyWait
		default:
			if err := opts.Round(report, err); err != nil {
				return err
			}
		}
		if err := nextChange(ctx, w, wait); err != nil {
			return err
		}
	}
}

// follow has the folders at and below the paths watched; those that are watched already stay so. What cannot be watched is
// found by the next walk.
func follow(w *fsnotify.Watcher, paths []string, dataDir string) {
	own, _ := filepath.Abs(dataDir)
	for _, path := range paths {
		root, err := filepath.Abs(path)
		if err != nil {
			continue
		}
		if info, err := os.Stat(root); err == nil && !info.IsDir() {
			w.Add(filepath.Dir(root))
			continue
		}
		filepath.WalkDir(root, func(dir string, d fs.DirEntry, err error) error {
			if err != nil || !d.IsDir() {
				return nil
			}
			if dir == own || dir != root && strings.HasPrefix(d.Name(), ".") {
				return fs.SkipDir
			}
			w.Add(dir)
			return nil
		})
	}
}

// nextChange waits until something changed and has settled, at most so long.
func nextChange(ctx context.Context, w *fsnotify.Watcher, most time.Duration) error {
	rescan := time.NewTimer(most)
	defer rescan.Stop()
	settled := time.NewTimer(most)
	settled.Stop()
	var first time.Time
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-rescan.C:
			return nil
		case <-settled.C:
			return nil
		case <-w.Errors: // events were lost: walk
			return nil
		case e, open := <-w.Events:
			if !open {
				return errors.New("watch: the system tells of changes no more")
			}
			if e.Op == fsnotify.Chmod {
				continue
			}
			if first.IsZero() {
				first = time.Now()
			}
			settled.Reset(max(0, min(settleTime, settleMost-time.Since(first))))
		}
	}
}
