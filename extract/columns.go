package extract

import (
	"strings"

	"kehoach/plan"
)

// What a table that only sets a letterhead or a signature side by side may hold at most.
const (
	columnsAcross = 3
	columnsDown   = 16
)

// unfoldColumns makes paragraphs of the tables that hold a letterhead or a signature: each column whole, the left
// one first (Decree 30/2020, Phụ lục I, sets these blocks side by side).
func unfoldColumns(doc *plan.Document) {
	if !hasRows(doc) {
		return
	}
	var out []plan.Block
	for i := 0; i < len(doc.Blocks); {
		end := tableEnd(doc.Blocks, i)
		if end == i {
			out = append(out, doc.Blocks[i])
			i++
			continue
		}
		if table := doc.Blocks[i:end]; isColumns(table) {
			out = append(out, unfold(table)...)
		} else {
			out = append(out, table...)
		}
		i = end
	}
	doc.Blocks = out
}

func isRow(b *plan.Block) bool { return b.Style == plan.Row || b.Style == plan.HeadRow }

func hasRows(doc *plan.Document) bool {
	for i := range doc.Blocks {
		if isRow(&doc.Blocks[i]) {
			return true
		}
	}
	return false
}

// tableEnd is the end of the run of rows that begins at i; i where no row stands there.
func tableEnd(blocks []plan.Block, i int) int {
	for i < len(blocks) && isRow(&blocks[i]) {
		i++
	}
	return i
}

// isColumns reports whether a table is a letterhead or a signature: few columns and rows, and a cell that says so.
func isColumns(table []plan.Block) bool {
	if len(table) > columnsDown || filledColumns(table) > columnsAcross {
		return false
	}
	for i := range table {
		for _, cell := range table[i].Cells {
			for line := range strings.SplitSeq(cell, "\n") {
				f := fold(line)
				if isNation(f) || isRecipients(f) || isSigning(f) && isCapitals(line) {
					return true
				}
			}
		}
	}
	return false
}

// filledColumns is the number of columns that hold anything.
func filledColumns(table []plan.Block) int {
	var filled [64]bool
	n := 0
	for i := range table {
		for c, cell := range table[i].Cells {
			if cell != "" && c < len(filled) && !filled[c] {
				filled[c] = true
				n++
			}
		}
	}
	return n
}

// unfold gives the lines of a table's cells, column by column.
func unfold(table []plan.Block) []plan.Block {
	var out []plan.Block
	width := 0
	for i := range table {
		width = max(width, len(table[i].Cells))
	}
	for c := range width {
		for i := range table {
			if c >= len(table[i].Cells) {
				continue
			}
			for line := range strings.SplitSeq(table[i].Cells[c], "\n") {
				if line != "" {
					out = append(out, plan.Block{Text: line, Page: table[i].Page, Broken: true})
				}
			}
		}
		if n := len(out); n > 0 {
			out[n-1].Broken = false
		}
	}
	return out
}
