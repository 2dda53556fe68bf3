package layout

import (
	"strconv"
	"strings"
	"unicode"

	"kehoach/normalize"
)

// Where page furniture stands, as a share of the page's height.
const (
	headBand = 0.12
	footBand = 0.88
)

// takeFurniture marks what pages print around the text: lone page numbers, and lines that several pages repeat at
// the same height.
func (d *document) takeFurniture() {
	seen := map[string]int{}
	for _, s := range d.pages {
		for _, l := range s.margins() {
			if l.isNumber() {
				l.kind = furnitureLine
				continue
			}
			seen[l.runningKey()]++
		}
	}
	least := max(3, len(d.pages)/3)
	for _, s := range d.pages {
		for _, l := range s.margins() {
			if l.kind == bodyLine && seen[l.runningKey()] >= least {
				l.kind = furnitureLine
			}
		}
	}
}

// margins lists the lines in the bands at the head and at the foot of a page.
func (s *sheet) margins() []*line {
	var out []*line
	for _, it := range s.items {
		if l := it.line; l != nil && (l.y < headBand*s.Height || l.y-l.size > footBand*s.Height) {
			out = append(out, l)
		}
	}
	return out
}

// isNumber reports whether a line holds a page number alone: "2", "- 2 -", "Trang 2/14".
func (l *line) isNumber() bool {
	if len(l.text) > 20 || len(l.words) > 5 {
		return false
	}
	s := strings.Trim(normalize.Fold(l.text), " -–—|.")
	s = strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(s, "trang"), "page"))
	s, total, ok := strings.Cut(s, "/")
	if n, err := strconv.Atoi(strings.TrimSpace(total)); ok && (err != nil || n < 1) {
		return false
	}
	n, err := strconv.Atoi(strings.TrimSpace(s))
	return err == nil && n > 0 && n < 10000 && !strings.HasSuffix(l.text, ".")
}

// runningKey is what a line has in common with the same running head on another page: its words without numbers,
// and its height.
func (l *line) runningKey() string {
	var out strings.Builder
	digit := false
	for _, r := range normalize.Fold(l.text) {
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
	return out.String() + "@" + strconv.Itoa(int(l.y/6))
}
