// Package fault makes the program die, or its disk run full, at a named point, so that tests can see what is left behind.
// Every sync and every rename that safety rests on goes through Do:
//
//	err := fault.Do(fault.OriginalSync, f.Sync)
//
// Nothing happens there unless KEHOACH_FAULT is set. "kill:original.sync.before:3" kills the process (SIGKILL, so that
// nothing can be tidied up) the third time it comes to the point before that sync; "full:original.write.before:1" makes
// the write fail as on a full disk.
package fault

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
)

// Point is a step that safety rests on. A process may die before it and after it.
type Point string

// The points, in the order in which an ingest into a new folder comes to them.
const (
	LockWrite       Point = "lock.write"
	FoldersSync     Point = "folders.sync"      // of the folders that originals go into
	Migrate         Point = "catalogue.migrate" // the commit of a step to a newer catalogue
	IndexFormatSync Point = "index.format.sync"
	IndexFormat     Point = "index.format.rename"
	IndexFolder     Point = "index.folder.sync" // of the folder that either was renamed into
	IndexServeSync  Point = "index.serve.sync"
	IndexServe      Point = "index.serve.rename" // the generation that is served
	OriginalWrite   Point = "original.write"
	OriginalSync    Point = "original.sync"
	OriginalRename  Point = "original.rename"
	FolderSync      Point = "folder.sync" // of the folder that an original was renamed into
	Commit          Point = "catalogue.commit"
	IndexBatch      Point = "index.batch"
	LockClear       Point = "lock.clear"

	// Not of an ingest.
	BackupSync    Point = "backup.sync"
	BackupRename  Point = "backup.rename"
	RestoreRename Point = "restore.rename"
	Forget        Point = "forget.remove" // of the original, once the catalogue has forgotten it
)

// Points lists every point that an ingest comes to.
var Points = []Point{LockWrite, FoldersSync, Migrate, IndexFormatSync, IndexFormat, IndexFolder, IndexServeSync, IndexServe,
	OriginalWrite, OriginalSync, OriginalRename, FolderSync, Commit, IndexBatch, LockClear}

// The points that a new generation of the index comes to besides.
const (
	IndexFinish Point = "index.finish" // the mark of what is being built is removed
	IndexPrune  Point = "index.prune"  // of old generations
)

// ReindexPoints lists every point that a reindex comes to.
var ReindexPoints = []Point{LockWrite, IndexFormatSync, IndexFormat, IndexFolder, IndexBatch, IndexFinish, IndexServeSync, IndexServe,
	IndexPrune, LockClear}

// Env is the variable that arms a fault.
const Env = "KEHOACH_FAULT"

// armed is the fault that the environment asks for; nil, as ever but in tests, where it asks for none.
var armed = parse(os.Getenv(Env))

type fault struct {
	point string
	left  atomic.Int64 // passes until it strikes
	full  bool
}

// parse reads "kill:NAME.before:3". What it cannot read arms nothing.
func parse(spec string) *fault {
	parts := strings.Split(spec, ":")
	if len(parts) != 3 {
		return nil
	}
	n, err := strconv.ParseInt(parts[2], 10, 64)
	if err != nil {
		return nil
	}
	f := &fault{point: parts[1], full: parts[0] == "full"}
	f.left.Store(n)
	return f
}

// Do does the step of a point.
func Do(p Point, step func() error) error {
	if armed == nil {
		return step()
	}
	if err := armed.at(string(p) + ".before"); err != nil {
		return err
	}
	err := step()
	if err == nil {
		err = armed.at(string(p) + ".after")
	}
	return err
}

// at strikes where the name is that of the fault and its count is full.
func (f *fault) at(name string) error {
	if name != f.point || f.left.Add(-1) != 0 {
		return nil
	}
	if f.full {
		return fmt.Errorf("%s: %w", name, syscall.ENOSPC)
	}
	syscall.Kill(os.Getpid(), syscall.SIGKILL)
	select {}
}
