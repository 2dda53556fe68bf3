package extract

import (
	"strings"

	"kehoach/normalize"
	"kehoach/plan"
)

// cuts are lines by which a portal says that the document goes on elsewhere, folded.
var cuts = map[string]bool{"[...]": true, "[…]": true, "(...)": true, "(…)": true, "[....]": true, "...": true, "…": true, "xem tiep": true, "[xem tiep]": true,
	"...xem tiep": true, "… xem tiep": true, "…xem tiep": true, "... xem tiep": true, "xem them": true, "[xem them]": true, "doc tiep": true, "[doc tiep]": true,
	"(con tiep)": true, "con tiep": true, "con tiep...": true, "(con nua)": true, "xem toan van": true, "xem day du": true}

// walls are words of a portal that shows the rest to its members only, folded, anywhere in a short line.
var walls = []string{"dang nhap de xem", "dang ky de xem", "dang nhap de tai", "de xem toan van", "de xem day du", "de xem noi dung", "de doc tiep", "danh cho thanh vien",
	"danh cho hoi vien", "tai khoan thanh vien", "tra phi de", "mua goi", "nang cap tai khoan", "vui long dang nhap", "ban phai dang nhap", "ban can dang nhap",
	"ban chua dang nhap", "noi dung bi an"}

// takeCut finds where the source was cut, and takes what the portal prints behind it.
func takeCut(doc *plan.Document) {
	blocks := doc.Blocks
	for i := range blocks {
		b := &blocks[i]
		if b.Style != plan.Body || !isCut(b.Text) {
			continue
		}
		rest := restOfDocument(blocks[i+1:])
		if rest && isDots(b.Text) {
			continue // dots of a form
		}
		b.Style = plan.Furniture
		cut(doc)
		if !rest {
			for k := i + 1; k < len(blocks); k++ {
				blocks[k].Style = plan.Furniture
			}
			return
		}
	}
	for i := len(blocks) - 1; i >= 0; i-- {
		if b := &blocks[i]; b.Style == plan.Body {
			if words, ok := cutSuffix(b.Text); ok {
				b.Text = words
				cut(doc)
			}
			return
		}
	}
}

// cut records that the source is cut.
func cut(doc *plan.Document) {
	if doc.Source.Truncated {
		return
	}
	doc.Source.Truncated = true
	doc.Problems = append(doc.Problems, plan.Problem{Code: plan.TruncatedSource, Message: "the source was cut by the site that it comes from"})
}

func isDots(s string) bool { return strings.Trim(s, ".…") == "" }

// isCut reports whether a line says that the rest stands elsewhere.
func isCut(s string) bool {
	if len(s) > 260 || labelEnd(s) > 0 {
		return false
	}
	f := strings.TrimSpace(normalize.Fold(s))
	if cuts[f] || cuts[strings.Trim(f, " >»→.")] && !isDots(f) {
		return true
	}
	for _, w := range walls {
		if strings.Contains(f, w) {
			return true
		}
	}
	return false
}

// cutSuffix takes the mark of a cut from the end of the last paragraph.
func cutSuffix(s string) (string, bool) {
	for _, mark := range []string{"[...]", "[…]", "[Xem tiếp]", "[Xem thêm]", "[xem tiếp]", "[Đọc tiếp]"} {
		if words, ok := strings.CutSuffix(s, mark); ok && words != "" {
			return strings.TrimSpace(words), true
		}
	}
	return s, false
}

// restOfDocument reports whether blocks hold the end of the document: its recipients or its signature, or a
// heading in capitals with a Roman number.
func restOfDocument(blocks []plan.Block) bool {
	for i := range blocks {
		b := &blocks[i]
		if b.Style != plan.Body && b.Style != plan.Heading || len(b.Text) > 300 {
			continue
		}
		f := fold(b.Text)
		if isRecipients(f) || isSigning(f) && isCapitals(b.Text) || strings.Contains(b.Text, "./.") {
			return true
		}
		if end := labelEnd(b.Text); end > 1 && isRoman(b.Text[:end-1]) && isCapitals(b.Text) {
			return true
		}
	}
	return false
}
