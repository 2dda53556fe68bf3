// Package text reads plain text: bytes → blocks, one paragraph each.
//
//	doc, err := text.Read(data)
//	for _, b := range doc.Blocks {
//		fmt.Println(b.Page, b.Text)
//	}
package text

import (
	"strings"

	"kehoach/normalize"
	"kehoach/plan"
)

// Read makes blocks of the bytes of a plain text in any encoding that normalize.Decode knows.
func Read(data []byte) (*plan.Document, error) {
	words, _ := normalize.Decode(data, "")
	doc := &plan.Document{}
	page := 1
	for line := range strings.Lines(words) {
		for part := range strings.SplitSeq(line, "\f") {
			if part = strings.TrimSpace(part); part != "" {
				doc.Blocks = append(doc.Blocks, plan.Block{Text: part, Page: page})
			}
		}
		page += strings.Count(line, "\f")
	}
	return doc, nil
}
