package extract

import (
	"strings"

	"kehoach/plan"
)

// moveNotes puts footnotes behind the body. A footnote is a line that opens with a mark in square brackets, and
// the mark stands somewhere before it inside another line.
func moveNotes(doc *plan.Document) {
	var notes []int
	seen := map[string]bool{}
	for i := range doc.Blocks {
		b := &doc.Blocks[i]
		if b.Style == plan.Furniture {
			continue
		}
		mark := noteMark(b.Text)
		if mark != "" && (seen[mark] || b.Style == plan.Footnote) && !isRow(b) {
			b.Style = plan.Footnote
			notes = append(notes, i)
		}
		if b.Style == plan.Footnote {
			if mark == "" {
				notes = append(notes, i)
			}
			continue
		}
		addMarks(seen, b)
	}
	if len(notes) == 0 {
		return
	}
	moved := make([]plan.Block, 0, len(notes))
	kept := doc.Blocks[:0]
	for i, b := range doc.Blocks {
		if len(moved) < len(notes) && notes[len(moved)] == i {
			b.Broken = false
			moved = append(moved, b)
			if n := len(kept); n > 0 {
				kept[n-1].Broken = true // the note stood inside a sentence, perhaps
			}
			continue
		}
		kept = append(kept, b)
	}
	doc.Blocks = append(kept, moved...)
}

// noteMark is the mark that s opens with, in brackets: "[1]"; "" where it opens with none.
func noteMark(s string) string {
	if !strings.HasPrefix(s, "[") {
		return ""
	}
	end := strings.IndexByte(s, ']')
	if end < 2 || end > 4 || strings.Trim(s[1:end], "0123456789*") != "" || strings.TrimSpace(s[end+1:]) == "" {
		return ""
	}
	return s[:end+1]
}

// addMarks remembers the marks inside a block.
func addMarks(seen map[string]bool, b *plan.Block) {
	texts := b.Cells
	if texts == nil {
		texts = []string{b.Text}
	}
	for _, s := range texts {
		for {
			i := strings.IndexByte(s, '[')
			if i < 0 {
				break
			}
			s = s[i:]
			if end := strings.IndexByte(s[:min(len(s), 6)], ']'); end > 1 && strings.Trim(s[1:end], "0123456789*") == "" {
				seen[s[:end+1]] = true
			}
			s = s[1:]
		}
	}
}
