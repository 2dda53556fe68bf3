package text

import (
	"strings"
	"unicode"

	"kehoach/normalize"
)

// The letterhead and the signature are set in two columns (Decree 30/2020, Phụ lục I, boxes 1 to 4 and 7 to 9).
// A plain text shows them side by side, with tabs or blanks between. Here each column is read whole, the left
// one first.

// How far the columns reach at most, in lines, and how many lines of a file can be its head.
const (
	headReach = 16
	signReach = 60
	headLines = 80
)

// sides is a line that is set in two columns.
type sides struct {
	left, right string
	gutter      int // the column at which the right side begins
	tab         bool
}

// cut finds the two sides of a line: they are parted by a tab or by three blanks or more.
func cut(l *line) (s sides, ok bool) {
	text := l.text
	if i := strings.IndexByte(text, '\t'); i >= 0 {
		return sides{strings.TrimSpace(text[:i]), strings.TrimSpace(text[i:]), width(text[:i+1], l.indent), true}, strings.TrimSpace(text[i:]) != ""
	}
	if !strings.Contains(text, "   ") && !strings.Contains(text, "\u00a0") {
		return s, false
	}
	best, size := -1, 2
	for i := 0; i < len(text); {
		if !blankAt(text, i) {
			i++
			continue
		}
		j, n := i, 0
		for j < len(text) && blankAt(text, j) {
			j += blankLen(text, j)
			n++
		}
		if n > size {
			best, size = i, n
		}
		i = j
	}
	if best < 0 {
		return s, false
	}
	right := strings.TrimLeftFunc(text[best:], unicode.IsSpace)
	return sides{text[:best], right, width(text[:len(text)-len(right)], l.indent), false}, true
}

func blankAt(s string, i int) bool { return blankLen(s, i) > 0 }

// blankLen is the number of bytes of the blank at i: a space or a no-break space.
func blankLen(s string, i int) int {
	switch {
	case s[i] == ' ':
		return 1
	case s[i] == 0xC2 && i+1 < len(s) && s[i+1] == 0xA0:
		return 2
	}
	return 0
}

// letterhead reads the two columns at the head of the document. They end at a blank line behind the place and
// date, or where a line crosses the gutter.
func (r *reader) letterhead() bool {
	if r.headed || r.at > headLines {
		return false
	}
	first, ok := cut(&r.lines[r.at])
	if !ok {
		return false
	}
	if opensNumber(first.left) && strings.Contains(first.left, "/") && hasDate(first.right) {
		// The number and the date side by side, under a letterhead whose parts stand one below the other.
		r.emit(first.left, r.lines[r.at].page, false)
		r.emit(first.right, r.lines[r.at].page, false)
		r.at++
		return true
	}
	if !r.nationNear(first.gutter) {
		return false
	}
	var left, right []string
	page := r.lines[r.at].page
	dated, blanks := false, 0
	i := r.at
	for ; i < len(r.lines) && i < r.at+headReach; i++ {
		l := &r.lines[i]
		if l.blank() {
			if blanks++; dated || blanks > 3 {
				break
			}
			continue
		}
		s, two := cut(l)
		switch {
		case two && (s.tab || near(s.gutter, first.gutter)):
			left, right = append(left, s.left), append(right, s.right)
		case two || dated && !opensSubject(l.text) || blanks > 0 && len(right) > 1 && !opensNumber(l.text) && !hasDate(l.text):
			two = false
		case strings.HasPrefix(l.text, "\t") || l.indent >= first.gutter-4:
			right = append(right, strings.TrimSpace(l.text))
			two = true
		case l.indent+runes(l.text) <= first.gutter+4:
			left = append(left, l.text)
			two = true
		}
		if !two {
			break
		}
		blanks = 0
		dated = dated || hasDate(l.text)
	}
	r.at = i
	r.headed = true
	r.column(left, page)
	r.column(right, page)
	return true
}

// nationNear reports whether the national name or the motto stands in a column within the next lines.
func (r *reader) nationNear(gutter int) bool {
	for i := r.at; i < len(r.lines) && i < r.at+4; i++ {
		s, ok := cut(&r.lines[i])
		if !ok || !s.tab && !near(s.gutter, gutter) {
			continue
		}
		for _, side := range []string{s.left, s.right} {
			f := normalize.Fold(side)
			if strings.HasPrefix(f, "cong hoa xa hoi") || strings.HasPrefix(f, "doc lap") && strings.Contains(f, "tu do") || strings.HasPrefix(f, "dang cong san") {
				return true
			}
		}
	}
	return false
}

// signature reads the two columns of the recipients and the signature, in either order.
func (r *reader) signature() bool {
	first, ok := cut(&r.lines[r.at])
	if !ok || !opensRecipients(first.left) && !opensRecipients(first.right) && !(signs(first.left) && signs(first.right)) {
		return false
	}
	if strings.TrimSpace(first.left) == "" || opensRecipients(first.left) && !signs(first.right) {
		return false
	}
	var left, right []string
	page := r.lines[r.at].page
	blanks, filed := 0, false
	i := r.at
	for ; i < len(r.lines) && i < r.at+signReach; i++ {
		l := &r.lines[i]
		if l.blank() {
			if blanks++; blanks > 12 {
				break
			}
			continue
		}
		s, two := cut(l)
		switch {
		case l.page != page:
			two = false
		case two && (s.tab || near(s.gutter, first.gutter)):
			left, right = append(left, s.left), append(right, s.right)
			filed = filed || strings.Contains(normalize.Fold(s.left), "luu")
		case strings.HasPrefix(l.text, "\t") || l.indent >= first.gutter-14 && l.indent > 8:
			right = append(right, strings.TrimSpace(l.text))
			two = true
		case two || filed && blanks > 0:
			two = false
		case labelWidth(l.text) > 0 || blanks == 0 && l.indent+runes(l.text) <= first.gutter+4:
			left = append(left, l.text)
			filed = filed || strings.Contains(normalize.Fold(l.text), "luu")
			two = true
		}
		if !two {
			break
		}
		blanks = 0
	}
	r.at = i
	r.column(left, page)
	r.column(right, page)
	return true
}

// column emits the lines of one column.
func (r *reader) column(lines []string, page int) {
	for i, text := range lines {
		r.emit(text, page, i+1 < len(lines))
	}
}

// near reports whether two columns are the same gutter, give or take what centring does.
func near(a, b int) bool { return a-b < 24 && b-a < 24 }

func opensRecipients(s string) bool { return strings.HasPrefix(normalize.Fold(s), "noi nhan") }

func opensNumber(s string) bool { return strings.HasPrefix(normalize.Fold(s), "so") }

func opensSubject(s string) bool {
	f := normalize.Fold(s)
	return strings.HasPrefix(f, "v/v") || strings.HasPrefix(f, "ve viec")
}

// hasDate reports whether a line holds "ngày … tháng … năm".
func hasDate(s string) bool {
	f := normalize.Fold(s)
	i := strings.Index(f, "ngay")
	return i >= 0 && strings.Contains(f[i:], "thang") && strings.Contains(f[i:], "nam")
}

// signs reports whether words are an authority or a position in capitals, as a signature has.
func signs(s string) bool {
	letters := 0
	for _, c := range s {
		if unicode.IsLower(c) {
			return false
		}
		if unicode.IsLetter(c) {
			letters++
		}
	}
	return letters >= 4
}
