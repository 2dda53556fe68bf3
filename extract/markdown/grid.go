package markdown

import (
	"strings"

	"github.com/yuin/goldmark/text"

	"kehoach/plan"
)

// Grid tables are drawn whole, as pandoc does: "+---+---+" between rows, "+===+===+" under the head, the lines of a
// cell one below the other.

// gridEnd is the end of the lines from a byte on that are drawn like a grid table, and whether they are one: they
// begin with a rule and hold a row.
func gridEnd(words string, at int) (end int, ok bool) {
	if line, _, _ := strings.Cut(words[at:], "\n"); !isGridRule(line) {
		return at, false
	}
	end = at
	rows := 0
	for end < len(words) {
		line, _, _ := strings.Cut(words[end:], "\n")
		line = strings.TrimRight(line, " ")
		switch {
		case isGridRule(line):
		case len(line) > 2 && line[0] == '|' && line[len(line)-1] == '|':
			rows++
		default:
			line = ""
		}
		if line == "" {
			break
		}
		next := strings.IndexByte(words[end:], '\n')
		if next < 0 {
			end = len(words)
			break
		}
		end += next + 1
	}
	return end, rows > 0
}

// isGridRule reports whether a line is "+---+---+" or "+===+===+", colons for the alignment included.
func isGridRule(line string) bool {
	line = strings.TrimRight(line, " ")
	return len(line) > 4 && line[0] == '+' && line[len(line)-1] == '+' && strings.Trim(line, "+-=:") == ""
}

// grid writes a grid table: the lines between two rules are a row.
func (w *writer) grid(words string) {
	head := strings.Contains(words, "+==") || strings.Contains(words, "+:=")
	var open [][]string // the lines of each cell
	for line := range strings.Lines(words) {
		line = strings.TrimSpace(line)
		if !isGridRule(line) {
			for i, cell := range barCells(line) {
				if i == len(open) {
					open = append(open, nil)
				}
				open[i] = append(open[i], cell)
			}
			continue
		}
		style := plan.Row
		if head {
			style = plan.HeadRow
		}
		if open != nil {
			cells := make([]string, len(open))
			for i, lines := range open {
				cells[i] = w.markdown(strings.Join(lines, "\n"))
			}
			w.row(cells, style)
		}
		open = nil
		head = head && !strings.Contains(line, "=")
	}
	w.blocks = append(w.blocks, plan.Block{Style: plan.Furniture})
}

// markdown gives the lines of a piece of Markdown of its own.
func (w *writer) markdown(words string) string {
	in := &writer{fragment: w.fragment, parser: w.parser, source: []byte(words)}
	in.walk(in.parser.Parse(text.NewReader(in.source)))
	var lines []string
	for _, b := range in.blocks {
		if b.Text != "" {
			lines = append(lines, b.Text)
		}
	}
	return strings.Join(lines, "\n")
}
