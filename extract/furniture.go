package extract

import (
	"strconv"
	"strings"
	"unicode"

	"kehoach/normalize"
	"kehoach/plan"
)

// pageBytes is the least text between two page numbers where the source has no pages of its own.
const pageBytes = 700

// takeFurniture marks what a page prints around the text: rules, page numbers, running heads.
func takeFurniture(doc *plan.Document) {
	blocks := doc.Blocks
	for i := range blocks {
		if b := &blocks[i]; b.Style == plan.Body && isRule(b.Text) {
			b.Style = plan.Furniture
		}
	}
	if doc.Source.Pages > 1 {
		takeRunning(blocks, doc.Source.Pages)
	}
	takeNumbers(blocks)
}

// isRule reports whether a line is drawn: dashes, underscores, stars, "-----o0o-----", or the one star under the name
// of a party's body.
func isRule(s string) bool {
	if s == "*" {
		return true
	}
	if len(s) < 3 || len(s) > 400 {
		return false
	}
	drawn := 0
	for _, r := range s {
		switch {
		case strings.ContainsRune("-_=*~—–─", r):
			drawn++
		case strings.ContainsRune(" oO0.", r):
		default:
			return false
		}
	}
	return drawn >= 3
}

// takeRunning marks lines that stand at the head or at the foot of three pages or more with the same words,
// numbers aside.
func takeRunning(blocks []plan.Block, pages int) {
	edges := map[string][]int{}
	add := func(i int) {
		if b := &blocks[i]; b.Style == plan.Body && len(b.Text) < 120 && labelEnd(b.Text) == 0 {
			edges[withoutDigits(b.Text)] = append(edges[withoutDigits(b.Text)], i)
		}
	}
	first := 0
	for i := range blocks {
		if i+1 == len(blocks) || blocks[i+1].Page != blocks[i].Page {
			for k := first; k <= i; k++ {
				if k < first+2 || k > i-2 {
					add(k)
				}
			}
			first = i + 1
		}
	}
	for _, at := range edges {
		if len(at) < 3 || len(at)*3 < pages {
			continue
		}
		for _, i := range at {
			blocks[i].Style = plan.Furniture
		}
	}
}

// withoutDigits is the folded line with every number as one "0".
func withoutDigits(s string) string {
	var out strings.Builder
	digit := false
	for _, r := range normalize.Fold(s) {
		if unicode.IsDigit(r) {
			if !digit {
				out.WriteByte('0')
			}
			digit = true
			continue
		}
		digit = false
		out.WriteRune(r)
	}
	return out.String()
}

// takeNumbers marks lone page numbers: at the edge of a page, or rising with a page of text between them, or
// inside a sentence that goes on behind them.
func takeNumbers(blocks []plan.Block) {
	next, since, first := 0, 0, true
	var held []int // numbers that rise, not yet known to be pages
	for i := range blocks {
		b := &blocks[i]
		if b.Style != plan.Body {
			continue
		}
		n, ok := pageNumber(b.Text)
		if !ok {
			since += len(b.Text)
			continue
		}
		switch prev, after := neighbour(blocks, i, -1), neighbour(blocks, i, 1); {
		case b.Page > 0 && (prev == nil || after == nil || prev.Page != b.Page || after.Page != b.Page),
			prev != nil && after != nil && normalize.Joins(prev.Text, after.Text),
			first && n <= 2 && since >= pageBytes && prev != nil && !prev.Broken && !b.Broken:
			b.Style = plan.Furniture
		case n == next && since >= pageBytes:
			b.Style = plan.Furniture
			for _, k := range held {
				blocks[k].Style = plan.Furniture
			}
			held = nil
		case since >= pageBytes:
			held = append(held[:0], i)
		}
		next, since, first = n+1, 0, false
	}
}

// neighbour is the nearest block with text before or behind i; nil where there is none.
func neighbour(blocks []plan.Block, i, step int) *plan.Block {
	for i += step; i >= 0 && i < len(blocks); i += step {
		if blocks[i].Style != plan.Furniture {
			return &blocks[i]
		}
	}
	return nil
}

// pageNumber reads a line that holds a page number and nothing else: "2", "- 2 -", "Trang 2", "2/14".
func pageNumber(s string) (int, bool) {
	if len(s) > 24 {
		return 0, false
	}
	f := strings.Trim(normalize.Fold(s), " -–—|.")
	if strings.HasSuffix(s, ".") {
		return 0, false // a label
	}
	f = strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(f, "trang"), "page"))
	f, total, ok := strings.Cut(f, "/")
	if n, err := strconv.Atoi(total); ok && (err != nil || n < 2) {
		return 0, false
	}
	n, err := strconv.Atoi(f)
	return n, err == nil && n > 0 && n < 1000 && f[0] != '+'
}
