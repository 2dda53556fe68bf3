package extract

import (
	"strings"

	"kehoach/normalize"
	"kehoach/plan"
)

// clean normalises the words of every block (old encodings, letters, blanks, glued words), drops the marks that
// converters leave in plain text, and gives the report of what was repaired. A line break inside a cell stays.
func clean(doc *plan.Document) normalize.Report {
	paras := make([]normalize.Para, 0, len(doc.Blocks))
	for i := range doc.Blocks {
		b := &doc.Blocks[i]
		if b.Cells == nil {
			paras = append(paras, normalize.Para{Text: b.Text, Font: b.Font, Page: b.Page})
		}
		for _, cell := range b.Cells {
			for line := range strings.SplitSeq(cell, "\n") {
				paras = append(paras, normalize.Para{Text: line, Font: b.Font, Page: b.Page})
			}
		}
	}
	paras, report := normalize.Paragraphs(paras)
	marked := doc.Source.Format == "text" || doc.Source.Format == "markdown" // elsewhere a star is a star
	next := func() string {
		text := paras[0].Text
		if marked {
			text = strayMarks(text)
		}
		paras = paras[1:]
		return text
	}
	kept, split := doc.Blocks[:0], false // split: kept has an array of its own
	for _, b := range doc.Blocks {
		if b.Cells == nil {
			separator := b.Text == ""
			if b.Text = next(); b.Text == "" && !separator {
				continue
			}
			if strings.Contains(b.Text, "\n") { // a line ended by a character that the reader took for a blank
				if !split {
					kept = append(make([]plan.Block, 0, len(doc.Blocks)+1), kept...)
					split = true
				}
				kept = append(kept, linesOf(b)...)
				continue
			}
		}
		for i, cell := range b.Cells {
			lines := make([]string, 0, 4)
			for range strings.Count(cell, "\n") + 1 {
				if line := next(); line != "" {
					lines = append(lines, line)
				}
			}
			b.Cells[i] = strings.Join(lines, "\n")
		}
		kept = append(kept, b)
	}
	doc.Blocks = kept
	return report
}

// linesOf makes a block of each line of a block.
func linesOf(b plan.Block) []plan.Block {
	var blocks []plan.Block
	for line := range strings.SplitSeq(b.Text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			one := b
			one.Text, one.Broken = line, true
			blocks = append(blocks, one)
		}
	}
	if n := len(blocks); n > 0 {
		blocks[n-1].Broken = b.Broken
	}
	return blocks
}

// strayMarks drops what converters leave of Markdown in a plain text: "**" that touches a word and "#" before a
// heading. "(**)" is the mark of a note and stays.
func strayMarks(s string) string {
	if rest := strings.TrimLeft(s, "#"); len(rest) < len(s) && len(s)-len(rest) <= 6 && strings.HasPrefix(rest, " ") {
		s = rest[1:]
	}
	if n := len(s); n > 4 && s[0] == '*' && s[n-1] == '*' && s[1] != ' ' && s[1] != '*' && strings.Count(s, "*") == 2 {
		return s[1 : n-1]
	}
	if !strings.Contains(s, "**") {
		return s
	}
	var out strings.Builder
	out.Grow(len(s))
	for i := 0; i < len(s); {
		if !strings.HasPrefix(s[i:], "**") {
			out.WriteByte(s[i])
			i++
			continue
		}
		end := i + len(s[i:]) - len(strings.TrimLeft(s[i:], "*"))
		before, after := byteAt(s, i-1), byteAt(s, end)
		if before == '(' && after == ')' || before <= ' ' && after <= ' ' && end < len(s) {
			out.WriteString(s[i:end])
		}
		i = end
	}
	return strings.TrimSpace(out.String())
}

// byteAt is the byte of s at i, 0 outside it.
func byteAt(s string, i int) byte {
	if i < 0 || i >= len(s) {
		return 0
	}
	return s[i]
}
