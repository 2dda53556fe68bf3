package export

import (
	"encoding/csv"
	"fmt"
	"io"
)

// csvWriter writes RFC 4180 with a head row, in UTF-8 without a byte order mark.
type csvWriter struct {
	w     *csv.Writer
	cells []string
	err   error
}

func newCSV(w io.Writer, columns []string) rowWriter {
	c := &csvWriter{w: csv.NewWriter(w)}
	c.err = c.w.Write(columns)
	return c
}

func (c *csvWriter) write(row []any) error {
	if c.err != nil {
		return c.err
	}
	c.cells = c.cells[:0]
	for _, v := range row {
		c.cells = append(c.cells, fmt.Sprint(v))
	}
	return c.w.Write(c.cells)
}

func (c *csvWriter) close() error {
	c.w.Flush()
	if c.err != nil {
		return c.err
	}
	return c.w.Error()
}
