package synth

import (
	"embed"
	"fmt"
	"strings"
)

//go:embed templates/*.tsv
var templates embed.FS

// table reads one of the embedded tables: lines that begin with "# " are comments, the first other line names the
// columns. A bad row is a fault of this package and panics.
func table(name string, columns int) [][]string {
	data, err := templates.ReadFile("templates/" + name)
	if err != nil {
		panic(err)
	}
	var rows [][]string
	for i, line := range strings.Split(strings.TrimSuffix(string(data), "\n"), "\n") {
		if strings.HasPrefix(line, "# ") {
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) != columns {
			panic(fmt.Sprintf("synth: %s:%d: %d cells, want %d", name, i+1, len(cells), columns))
		}
		rows = append(rows, cells)
	}
	return rows[1:]
}

// list splits a cell that holds several values.
func list(cell, sep string) []string {
	if cell == "" {
		return nil
	}
	return strings.Split(cell, sep)
}
