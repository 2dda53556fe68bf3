// Package tsv reads the tables that hold kehoach's knowledge. A table begins with a comment that says where
// its facts come from and a line that names its columns; a bad row stops the program, so that a table which
// loads is a table that is right. A small one is loaded at start, a large one when it is first asked for
// (sync.OnceValue):
//
//	//go:embed tables/kinds.tsv
//	var kindsTSV string
//
//	var kinds = tsv.MustParse("kinds.tsv", kindsTSV, "kind", "words")
//
// Lines that begin with "# " are comments, blank lines are skipped, and "#name\tname" or a plain first line
// names the columns.
package tsv

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"strings"
)

// Table is a parsed table: its rows in order, each with one string per named column.
type Table struct {
	Name    string
	Columns []string
	Rows    [][]string
}

// Parse reads a table and checks that it has exactly the named columns and that no row is short or long.
func Parse(name, text string, columns ...string) (*Table, error) {
	t := &Table{Name: name}
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSuffix(line, "\r")
		if line == "" || line == "#" || strings.HasPrefix(line, "# ") {
			continue
		}
		cells := strings.Split(line, "\t")
		if t.Columns == nil {
			t.Columns = cells
			if strings.Join(cells, "\t") != strings.Join(columns, "\t") {
				return nil, fmt.Errorf("tsv: %s:%d: columns are %q, want %q", name, i+1, cells, columns)
			}
			continue
		}
		if len(cells) != len(t.Columns) {
			return nil, fmt.Errorf("tsv: %s:%d: %d cells, want %d: %q", name, i+1, len(cells), len(t.Columns), line)
		}
		t.Rows = append(t.Rows, cells)
	}
	if len(t.Rows) == 0 {
		return nil, fmt.Errorf("tsv: %s: no rows", name)
	}
	return t, nil
}

// MustParse is Parse for embedded tables: a bad table is a fault of the program and panics.
func MustParse(name, text string, columns ...string) *Table {
	t, err := Parse(name, text, columns...)
	if err != nil {
		panic(err)
	}
	return t
}

// List splits a cell that holds several values, separated by "|"; an empty cell has none.
func List(cell string) []string {
	if cell == "" {
		return nil
	}
	return strings.Split(cell, "|")
}

// Digest names the state of all tables in the folder "tables" of a file system, in eight digits.
func Digest(files fs.FS) string {
	h := sha256.New()
	names, err := fs.Glob(files, "tables/*.tsv") // sorted
	for _, name := range names {
		var data []byte
		if data, err = fs.ReadFile(files, name); err != nil {
			break
		}
		fmt.Fprintf(h, "%s %d\n", name, len(data))
		h.Write(data)
	}
	if err != nil {
		panic(fmt.Sprintf("tsv: %v", err)) // embedded files can always be read
	}
	return hex.EncodeToString(h.Sum(nil)[:4])
}
