package normalize

import (
	"strings"

	"kehoach/plan"
)

// Document cleans the words of a document in place, as Paragraphs does: its blocks, the cells of its tables and the
// data of its portal. Fonts of the blocks are hints. In the report, Para is the index of a block, and
// spans count the bytes of its Text, of a row too.
func Document(doc *plan.Document) Report {
	var paras []Para
	type place struct{ block, cell int } // cell -1 is the block's own text
	var places []place
	for i, b := range doc.Blocks {
		if len(b.Cells) > 0 && b.Text == strings.Join(b.Cells, " | ") {
			for k, c := range b.Cells {
				paras = append(paras, Para{Text: c, Font: b.Font, Page: b.Page})
				places = append(places, place{i, k})
			}
			continue
		}
		paras = append(paras, Para{Text: b.Text, Font: b.Font, Page: b.Page})
		places = append(places, place{i, -1})
	}
	cleaned, report := Paragraphs(paras)
	for k, at := range places {
		b := &doc.Blocks[at.block]
		if at.cell >= 0 {
			b.Cells[at.cell] = cleaned[k].Text
			b.Text = strings.Join(b.Cells, " | ")
			continue
		}
		b.Text = cleaned[k].Text
		for c := range b.Cells {
			b.Cells[c] = Text(b.Cells[c])
		}
	}
	report.texts = make([]string, len(doc.Blocks))
	for i := range doc.Blocks {
		b := &doc.Blocks[i]
		b.Label = Text(b.Label)
		report.texts[i] = b.Text
	}
	for k := range report.Repairs {
		r := &report.Repairs[k]
		at := places[r.Para]
		r.Para = at.block
		if at.cell >= 0 {
			before := strings.Join(doc.Blocks[at.block].Cells[:at.cell], " | ")
			if at.cell > 0 {
				before += " | "
			}
			r.Span.Start, r.Span.End = r.Span.Start+len(before), r.Span.End+len(before)
		}
	}
	for i := range doc.Portal {
		f := &doc.Portal[i]
		f.Name, f.Value = Text(f.Name), Text(f.Value)
	}
	return report
}
