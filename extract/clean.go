package extract

import (
	"strings"

	"kehoach/normalize"
	"kehoach/plan"
)

// clean normalises the words of every block, makes one space of every run of blanks, and drops the marks that
// converters leave behind. A line break inside a block stays.
func clean(doc *plan.Document) {
	kept := doc.Blocks[:0]
	for _, b := range doc.Blocks {
		words := b.Text != ""
		if b.Cells == nil {
			b.Text = cleanText(b.Text)
		}
		for i, cell := range b.Cells {
			b.Cells[i] = cleanText(cell)
		}
		if b.Text == "" && words {
			continue
		}
		kept = append(kept, b)
	}
	doc.Blocks = kept
}

func cleanText(s string) string { return strayMarks(squeeze(normalize.Text(s))) }

// squeeze makes one space of every run of blanks and takes them from the ends of lines.
func squeeze(s string) string {
	clean := true
	for i := 0; i < len(s) && clean; i++ {
		switch s[i] {
		case '\t':
			clean = false
		case ' ':
			clean = i > 0 && i+1 < len(s) && s[i+1] != ' ' && s[i+1] != '\n' && s[i-1] != '\n'
		case '\n':
			clean = i > 0 && i+1 < len(s) && s[i+1] != '\n'
		}
	}
	if clean {
		return s
	}
	var out strings.Builder
	out.Grow(len(s))
	for line := range strings.SplitSeq(s, "\n") {
		first := true
		for word := range strings.FieldsSeq(line) {
			switch {
			case !first:
				out.WriteByte(' ')
			case out.Len() > 0:
				out.WriteByte('\n')
			}
			first = false
			out.WriteString(word)
		}
	}
	return out.String()
}

// strayMarks drops what converters leave of Markdown in a plain text: "**" that touches a word and "#" before a
// heading. "(**)" is the mark of a note and stays.
func strayMarks(s string) string {
	if rest := strings.TrimLeft(s, "#"); len(rest) < len(s) && len(s)-len(rest) <= 6 && strings.HasPrefix(rest, " ") {
		s = rest[1:]
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
