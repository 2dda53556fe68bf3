package index

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"kehoach/internal/fault"
)

// format is the form of what is written. It changes with the analysis, the fields or their meaning.
const format = "kehoach.index/2"

const (
	currentName    = "CURRENT" // in DATA: the generation that is served
	generationsDir = "index"   // in DATA: a folder for each generation
	formatName     = "format"  // in a generation
)

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
		return fmt.Errorf("index: %s: %w: it is %s, this program writes %s", path, ErrFormat, got, format)
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
	err = errors.Join(err, f.Chmod(0o644), fault.Do(sync, f.Sync), f.Close())
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
