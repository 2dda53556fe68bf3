package export

import (
	"bytes"
	"encoding/json"
	"io"
)

// jsonlWriter writes one object a row, its keys in the order of the columns; absent values are left out.
type jsonlWriter struct {
	w       io.Writer
	columns []string
	line    bytes.Buffer
}

func newJSONL(w io.Writer, columns []string) rowWriter {
	return &jsonlWriter{w: w, columns: columns}
}

func (j *jsonlWriter) write(row []any) error {
	j.line.Reset()
	j.line.WriteByte('{')
	enc := json.NewEncoder(&j.line)
	enc.SetEscapeHTML(false)
	first := true
	for i, v := range row {
		if v == "" {
			continue
		}
		if !first {
			j.line.WriteByte(',')
		}
		first = false
		j.line.WriteString(`"` + j.columns[i] + `":`)
		if err := enc.Encode(v); err != nil {
			return err
		}
		j.line.Truncate(j.line.Len() - 1) // the encoder ends with a line break
	}
	j.line.WriteString("}\n")
	_, err := j.w.Write(j.line.Bytes())
	return err
}

func (j *jsonlWriter) close() error { return nil }
