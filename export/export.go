// Package export writes plans as tables that other programs read: one row a document, a section, an assignment,
// a citation or a deadline, each with the plan that it comes from and the bytes of its text.
//
//	n, err := export.Write(w, "csv", "assignments", c.Select(plan.Filter{}))
//
// Rows stand in the order of the plans and, within one, of the text, so that the same corpus always gives the
// same bytes. Several values in one cell are separated by " | ".
package export

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"

	"kehoach/plan"
)

// The errors of asking for what there is not.
var (
	ErrFormat = errors.New("no such format")
	ErrTable  = errors.New("no such table")
)

// Format is a way to write a table.
type Format struct {
	Name string
	open func(w io.Writer, columns []string) rowWriter
}

// rowWriter writes rows, each with one value for every column.
type rowWriter interface {
	write(row []any) error
	close() error
}

// Formats lists the formats that a table can be written in.
var Formats = []Format{
	{"csv", newCSV},
	{"jsonl", newJSONL},
}

// Write writes one table of the plans and gives the number of its rows. It ends at the first error of the plans
// or of w.
func Write(w io.Writer, format, table string, plans iter.Seq2[*plan.Plan, error]) (rows int, err error) {
	f, err := find(Formats, format, ErrFormat, func(f Format) string { return f.Name })
	if err != nil {
		return 0, err
	}
	t, err := find(Tables, table, ErrTable, func(t Table) string { return t.Name })
	if err != nil {
		return 0, err
	}
	out := bufio.NewWriterSize(w, 1<<16)
	rw := f.open(out, t.Columns)
	for p, err := range plans {
		if err != nil {
			return rows, fmt.Errorf("export: %w", err)
		}
		for row := range t.rows(p) {
			if err := rw.write(row); err != nil {
				return rows, fmt.Errorf("export: %w", err)
			}
			rows++
		}
	}
	if err := errors.Join(rw.close(), out.Flush()); err != nil {
		return rows, fmt.Errorf("export: %w", err)
	}
	return rows, nil
}

// names lists the names of a list, for messages and completions.
func names[T any](list []T, name func(T) string) string {
	all := make([]string, len(list))
	for i, v := range list {
		all[i] = name(v)
	}
	return strings.Join(all, ", ")
}

func find[T any](list []T, want string, missing error, name func(T) string) (T, error) {
	for _, v := range list {
		if name(v) == want {
			return v, nil
		}
	}
	var none T
	return none, fmt.Errorf("export: %w: %q (there are %s)", missing, want, names(list, name))
}
