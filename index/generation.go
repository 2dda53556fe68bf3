package index

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"kehoach/internal/fault"
)

// format is the form of what is written. It changes with the analysis, the fields or their meaning.
const format = "kehoach.index/4"

const (
	currentName    = "CURRENT"  // in DATA: the generation that is served
	generationsDir = "index"    // in DATA: a folder for each generation
	formatName     = "format"   // in a generation
	buildingName   = "building" // in a generation that is not finished
)

// Generation is one state of the index on disk.
type Generation struct {
	Name    string    `json:"name"`
	Served  bool      `json:"served"`
	State   string    `json:"state"` // Whole, Unfinished, Foreign or Damaged
	Made    time.Time `json:"made"`
	Plans   int       `json:"plans"`
	Records int       `json:"records"`
	Bytes   int64     `json:"bytes"` // on disk
}

// The states of a generation.
const (
	Whole      = "whole"
	Unfinished = "unfinished"      // whoever built it was killed; the next reindex removes it
	Foreign    = "another version" // of the program wrote it
	Damaged    = "damaged"
)

// Generations lists what there is, the oldest first.
func Generations(dir string) ([]Generation, error) {
	served, err := current(dir)
	if err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(filepath.Join(dir, generationsDir))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("index: %w", err)
	}
	var list []Generation
	for _, e := range entries {
		if !e.IsDir() {
			continue
		}
		g, err := describe(dir, e.Name())
		if errors.Is(err, fs.ErrNotExist) {
			continue // removed meanwhile
		}
		if err != nil {
			return nil, err
		}
		g.Served = g.Name == served
		list = append(list, g)
	}
	return list, nil
}

func describe(dir, name string) (Generation, error) {
	g := Generation{Name: name, State: Whole}
	path := generationPath(dir, name)
	entries, err := os.ReadDir(path)
	if err != nil {
		return g, fmt.Errorf("index: %w", err)
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			continue // a segment that was merged away
		}
		g.Bytes += info.Size()
		switch e.Name() {
		case formatName:
			g.Made = info.ModTime().UTC().Truncate(time.Second)
		case buildingName:
			g.State = Unfinished
		}
	}
	if g.State == Unfinished {
		return g, nil
	}
	x, err := OpenGeneration(dir, name)
	switch {
	case errors.Is(err, ErrFormat):
		g.State = Foreign
		return g, nil
	case err != nil:
		g.State = Damaged
		return g, nil
	}
	s, err := x.Stats()
	g.Plans, g.Records = s.Plans, s.Records
	return g, errors.Join(err, x.Close())
}

// Build begins a new generation beside the one that is served. Nobody reads it before Publish; where the process
// ends before that, it stays behind unfinished.
func Build(dir string) (*Index, error) { return begin(dir, true) }

// Publish makes a generation that Build began the one that is served, once it was checked and closed.
func Publish(dir, name string) error {
	finished := func() error { return os.Remove(filepath.Join(generationPath(dir, name), buildingName)) }
	if err := fault.Do(fault.IndexFinish, finished); err != nil {
		return fmt.Errorf("index: %w", err)
	}
	return serve(dir, name)
}

// Serve makes another generation the one that is served. It fails with ErrNoGeneration where there is none of that
// name that this program can read.
func Serve(dir, name string) error {
	if name == "" || name != filepath.Base(name) {
		return fmt.Errorf("index: generation %q: %w", name, ErrNoGeneration)
	}
	g, err := describe(dir, name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("index: generation %s: %w; kehoach generations lists what there is", name, ErrNoGeneration)
	case err != nil:
		return err
	case g.State != Whole:
		return fmt.Errorf("index: generation %s: %w that can be served: it is %s", name, ErrNoGeneration, g.State)
	}
	return serve(dir, name)
}

// Prune removes the generations that nobody finished, and of the whole ones all but the one that is served and the
// newest others, so many. It gives the names of those that it removed.
func Prune(dir string, others int) (removed []string, err error) {
	list, err := Generations(dir)
	if err != nil {
		return nil, err
	}
	for i := len(list) - 1; i >= 0; i-- {
		g := list[i]
		if g.Served {
			continue
		}
		if g.State != Unfinished && others > 0 {
			others--
			continue
		}
		remove := func() error { return os.RemoveAll(generationPath(dir, g.Name)) }
		if err := fault.Do(fault.IndexPrune, remove); err != nil {
			return removed, fmt.Errorf("index: %w", err)
		}
		removed = append(removed, g.Name)
	}
	return removed, nil
}

// OpenGeneration opens a generation for reading, whether it is served or not.
func OpenGeneration(dir, name string) (*Index, error) {
	path := generationPath(dir, name)
	if err := checkFormat(path); err != nil {
		return nil, err
	}
	v, err := readView(path)
	if err != nil {
		return nil, err
	}
	return &Index{name: name, view: v}, nil
}

// freshName is a generation's name that is not taken, and comes after those that are.
func freshName(dir string) (string, error) {
	entries, err := os.ReadDir(filepath.Join(dir, generationsDir))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("index: %w", err)
	}
	last := 0
	for _, e := range entries {
		if digits, ok := strings.CutPrefix(e.Name(), "g"); ok {
			if n, err := strconv.Atoi(digits); err == nil {
				last = max(last, n)
			}
		}
	}
	return fmt.Sprintf("g%04d", last+1), nil
}

// current is the name of the generation that is served, and "" where there is none.
func current(dir string) (string, error) {
	data, err := os.ReadFile(filepath.Join(dir, currentName))
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("index: %w", err)
	}
	name := strings.TrimSpace(string(data))
	if name == "" || name != filepath.Base(name) {
		return "", fmt.Errorf("index: %s names no generation: %q", filepath.Join(dir, currentName), name)
	}
	return name, nil
}

// serve makes a generation the one that is served, by a rename.
func serve(dir, name string) error {
	return writeFile(filepath.Join(dir, currentName), name+"\n", fault.IndexServeSync, fault.IndexServe)
}

func generationPath(dir, name string) string { return filepath.Join(dir, generationsDir, name) }

func checkFormat(path string) error {
	data, err := os.ReadFile(filepath.Join(path, formatName))
	if err != nil {
		return fmt.Errorf("index: %w", err)
	}
	if got := strings.TrimSpace(string(data)); got != format {
		return fmt.Errorf("index: %s: %w (it is %s, this program writes %s): kehoach reindex", path, ErrFormat, got, format)
	}
	return nil
}

// writeFile puts a small file in place, whole or not at all. The points are those of its sync and of its rename.
func writeFile(path, content string, sync, rename fault.Point) error {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return fmt.Errorf("index: %w", err)
	}
	_, err = f.WriteString(content)
	err = errors.Join(err, f.Chmod(fileMode), fault.Do(sync, f.Sync), f.Close())
	if err == nil {
		err = fault.Do(rename, func() error { return os.Rename(f.Name(), path) })
	}
	if err == nil {
		err = fault.Do(fault.IndexFolder, func() error { return syncDir(filepath.Dir(path)) })
	}
	if err != nil {
		os.Remove(f.Name())
		return fmt.Errorf("index: %w", err)
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

// Discard takes the generation that is served away for good: it is derived, and the next Create begins an empty one.
func Discard(dir string) error {
	name, err := current(dir)
	if err != nil || name == "" {
		name = "" // a CURRENT that names nothing goes as well
	}
	if err := os.Remove(filepath.Join(dir, currentName)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("index: %w", err)
	}
	if name == "" {
		return nil
	}
	if err := os.RemoveAll(generationPath(dir, name)); err != nil {
		return fmt.Errorf("index: %w", err)
	}
	return nil
}
