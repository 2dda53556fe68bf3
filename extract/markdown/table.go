package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"kehoach/plan"
)

// barTables makes tables of paragraphs that hold a rule with a bar. A rule without one ("-" under a number) is no
// table's in a plan.
type barTables struct{ parser.ParagraphTransformer }

func (t barTables) Transform(n *ast.Paragraph, reader text.Reader, pc parser.Context) {
	for i := 1; i < n.Lines().Len(); i++ {
		at := n.Lines().At(i)
		if line := string(at.Value(reader.Source())); strings.Contains(line, "|") && strings.Trim(line, "|-: \t\n") == "" {
			t.ParagraphTransformer.Transform(n, reader, pc)
			return
		}
	}
}

// table writes a table, a row a block. A row with more cells than the head keeps them: the parser drops them, so
// they are read from the source.
func (w *writer) table(n *east.Table) {
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		style := plan.Row
		if _, ok := row.(*east.TableHeader); ok {
			style = plan.HeadRow
		}
		var cells []string
		for c := row.FirstChild(); c != nil; c = c.NextSibling() {
			cells = append(cells, w.cell(c))
		}
		if all := barCells(lineAt(w.source, row.Pos())); len(all) > len(cells) {
			cells = append(cells, all[len(cells):]...)
		}
		w.row(cells, style)
	}
	w.blocks = append(w.blocks, plan.Block{Style: plan.Furniture}) // parts it from a table that touches it
}

// lineAt is the line of the source that begins at a byte.
func lineAt(source []byte, at int) string {
	if at < 0 || at > len(source) {
		return ""
	}
	line, _, _ := bytes.Cut(source[at:], []byte("\n"))
	return string(line)
}

// cell gives the lines of a cell.
func (w *writer) cell(n ast.Node) string {
	in := inline{source: w.source}
	in.children(n)
	var lines []string
	if in.tags && w.fragment != nil {
		for _, b := range w.fragment(in.asHTML(n)) {
			lines = append(lines, b.Text)
		}
	} else {
		for _, l := range in.lines {
			lines = append(lines, l.text)
		}
	}
	return strings.Join(lines, "\n")
}

// row writes one row, unless all of it is empty.
func (w *writer) row(cells []string, style plan.Style) {
	for i := range cells {
		cells[i] = noteMarks(cells[i])
	}
	if text := strings.Join(cells, " | "); strings.Trim(text, " |") != "" {
		w.blocks = append(w.blocks, plan.Block{Text: text, Cells: cells, Style: style})
	}
}

// barRows is the end of a run of lines that are drawn as rows but were no table to the parser; i where none is.
func barRows(lines []textLine, i int) int {
	end := i
	for end < len(lines) {
		t := lines[end].text
		if len(t) < 3 || t[0] != '|' || t[len(t)-1] != '|' {
			break
		}
		end++
	}
	if end-i < 2 {
		return i
	}
	return end
}

// bars writes lines that are drawn as rows.
func (w *writer) bars(lines []textLine) {
	for _, l := range lines {
		if strings.Trim(l.text, "|-: ") == "" && strings.Contains(l.text, "-") {
			continue
		}
		w.row(barCells(l.text), plan.Row)
	}
	w.blocks = append(w.blocks, plan.Block{Style: plan.Furniture})
}

// barCells cuts a line at its bars.
func barCells(line string) []string {
	line = strings.TrimSpace(line)
	line = strings.TrimSuffix(strings.TrimPrefix(line, "|"), "|")
	cells := strings.Split(strings.ReplaceAll(line, `\|`, "\x00"), "|")
	for i, c := range cells {
		cells[i] = strings.TrimSpace(strings.ReplaceAll(c, "\x00", "|"))
	}
	return cells
}
