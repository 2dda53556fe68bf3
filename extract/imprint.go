package extract

import (
	"strings"

	"kehoach/normalize"
	"kehoach/plan"
)

// imprint are the words of the company behind a portal, folded, anywhere in a line.
var imprint = []string{"chu quan:", "giay phep so", "giay phep thiet lap", "giay phep icp", "giay phep hoat dong", "ma so thue", "ban quyen", "copyright", "©",
	"all rights reserved", "cong ty tnhh", "cong ty co phan", "cong ty cp", "chiu trach nhiem chinh", "chiu trach nhiem noi dung", "hotline", "tru so:",
	"dien thoai:", "ghi ro nguon"}

// imprintReach is how many blocks at the end can be a portal's.
const imprintReach = 40

// takeImprint takes the company's lines at the foot of a portal's page, and its buttons above them.
func takeImprint(doc *plan.Document) {
	blocks := doc.Blocks
	from, cues := len(blocks), 0
	floor := max(0, len(blocks)-imprintReach)
	for i := len(blocks) - 1; i >= floor; i-- {
		b := &blocks[i]
		if b.Style == plan.Furniture {
			continue
		}
		if len(b.Text) > 3000 {
			break
		}
		f := normalize.Fold(b.Text)
		if isRecipients(f) || strings.Contains(f, "luu: vt") || isSigning(f) || isRow(b) || strings.HasPrefix(f, "- ") || strings.HasPrefix(f, "+ ") {
			break // a bullet is the document's own, also where it speaks of a company
		}
		hits := 0
		if strings.HasPrefix(f, "©") || strings.HasPrefix(f, "copyright ©") || strings.HasPrefix(f, "ban quyen thuoc") {
			hits++ // such a line is no document's
		}
		for _, w := range imprint {
			if strings.Contains(f, w) {
				hits++
			}
		}
		if hits > 0 || len(doc.Portal) > 0 && portalWords[strings.TrimRight(f, " :")] {
			from, cues = i, cues+max(1, hits)
		}
	}
	need := 2
	if len(doc.Portal) > 0 || doc.Source.Truncated {
		need = 1
	}
	if cues < need || from == len(blocks) || restOfDocument(blocks[from:]) {
		return
	}
	for i := from; i < len(blocks); i++ {
		blocks[i].Style = plan.Furniture
	}
}

// assistants are words by which a page speaks to programs that read it, folded.
var assistants = []string{"tro ly ai", "tro ly ao", "ai assistant", "chatgpt", "mo hinh ngon ngu", "language model"}

// takeAsides takes what a page says to programs before the document begins.
func takeAsides(doc *plan.Document) {
	for i := range doc.Blocks[:min(len(doc.Blocks), 40)] {
		b := &doc.Blocks[i]
		if isStart(b) {
			return
		}
		if b.Style == plan.Furniture || isRow(b) {
			continue
		}
		f := normalize.Fold(b.Text)
		for _, w := range assistants {
			if strings.Contains(f, w) {
				b.Style = plan.Furniture
			}
		}
	}
}
