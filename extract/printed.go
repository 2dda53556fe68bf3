package extract

import (
	"strings"

	"kehoach/plan"
)

// printedReach is how many blocks at each end may be of the printing.
const printedReach = 12

// printed are how the lines begin that a page prints about its own printing, folded.
var printed = []string{"nguon:", "nguon http", "ngay in", "in ngay", "in luc", "thoi gian in", "duong dan:", "link:", "dia chi truy cap:", "dong lai", "dong cua so", "ban in", "quay lai trang"}

// takePrinted takes what the print version of a page says before the letterhead and behind the end: its address, the
// hour, its buttons.
func takePrinted(doc *plan.Document) {
	blocks := doc.Blocks
	for i, reach := 0, printedReach; i < len(blocks) && reach > 0 && !isStart(&blocks[i]); i++ {
		if blocks[i].Style != plan.Furniture {
			reach--
			takeLine(&blocks[i])
		}
	}
	for i, reach := len(blocks)-1, printedReach; i >= 0 && reach > 0; i-- {
		if blocks[i].Style == plan.Furniture {
			continue
		}
		if reach--; !takeLine(&blocks[i]) {
			return
		}
	}
}

// takeLine makes furniture of a block that is a line of the printing.
func takeLine(b *plan.Block) bool {
	if isRow(b) || len(b.Text) > 200 || !isPrinted(fold(b.Text)) {
		return false
	}
	b.Style = plan.Furniture
	return true
}

// isPrinted reports whether a folded line is about the printing: it begins so, or it is an address of the web and
// nothing else, or an hour with its zone.
func isPrinted(f string) bool {
	f = strings.Trim(f, " .|-")
	for _, head := range printed {
		if rest, ok := strings.CutPrefix(f, head); ok {
			return rest == "" || strings.Contains(rest, "://") || strings.Contains(rest, "www.") || strings.ContainsAny(rest, "0123456789") && len(rest) < 30
		}
	}
	if strings.Contains(f, "(gmt") && len(f) < 60 {
		return true
	}
	web := strings.HasPrefix(f, "http://") || strings.HasPrefix(f, "https://") || strings.HasPrefix(f, "www.")
	return web && !strings.Contains(f, " ")
}

// takeOffers takes the files that a page offers behind the end of a document, and the line that says so.
func takeOffers(doc *plan.Document) {
	blocks := doc.Blocks
	from := len(blocks)
	for i, reach := len(blocks)-1, printedReach; i >= 0 && reach > 0; i-- {
		b := &blocks[i]
		if b.Style == plan.Furniture {
			continue
		}
		if reach--; !isOffer(b) {
			break
		}
		from = i
	}
	if from == len(blocks) || !hasEnd(blocks[:from]) {
		return
	}
	for i := from; i < len(blocks); i++ {
		blocks[i].Style = plan.Furniture
	}
}

// isOffer reports whether a block is the name of a file, or says that there is one to be had.
func isOffer(b *plan.Block) bool {
	text := strings.TrimSpace(strings.TrimLeft(b.Text, "-+* "))
	if isRow(b) && len(b.Cells) == 1 {
		text = b.Cells[0]
	}
	if text == "" || len(text) > 160 {
		return false
	}
	f := fold(text)
	for _, kind := range []string{".doc", ".docx", ".pdf", ".xls", ".xlsx", ".zip", ".rar"} {
		if strings.HasSuffix(f, kind) {
			return true
		}
	}
	attached := strings.Contains(f, "dinh kem") || strings.HasPrefix(f, "tai ve")
	return attached && len(f) < 60 && (strings.HasPrefix(f, "file ") || strings.HasPrefix(f, "tep ") || strings.HasPrefix(f, "tai "))
}

// hasEnd reports whether blocks hold the list of recipients or a signature.
func hasEnd(blocks []plan.Block) bool {
	for i := range blocks {
		if f := fold(blocks[i].Text); isRecipients(f) || isSigning(f) {
			return true
		}
	}
	return false
}
