package layout

import (
	"strings"
	"unicode/utf8"
)

// How footnotes are set.
const (
	noteType  = 0.95 // of the usual type, under a rule
	smallNote = 0.90 // of the usual type, without one
	noteBand  = 0.45 // share of the page's height above which no footnotes stand
)

// takeNotes finds the footnotes: lines in small type at the foot of a page, under a short rule or opening with a
// raised mark. The marks that they open with are marks in the body as well.
func (d *document) takeNotes() {
	d.notes = map[string]bool{}
	body := d.usualSize()
	for _, s := range d.pages {
		zone := s.noteZone(body)
		for i, l := range zone {
			mark, rest := openingMark(l, i == 0 || d.expects(l))
			if i == 0 && mark == "" && len(d.notes) == 0 {
				break
			}
			l.kind = noteLine
			if mark != "" {
				d.notes[mark] = true
				l.text = "[" + mark + "] " + rest
			}
		}
	}
}

// usualSize is the size of type that most of the document is set in.
func (d *document) usualSize() float32 {
	sizes := map[int]int{}
	for _, s := range d.pages {
		for _, it := range s.items {
			if it.line != nil {
				sizes[int(it.line.size*4+0.5)] += len(it.line.text)
			}
		}
	}
	return float32(mode(sizes)) / 4
}

// noteZone lists the lines of a page's footnotes, in order.
func (s *sheet) noteZone(body float32) []*line {
	var lines []*line
	for _, it := range s.items {
		if it.line != nil && it.line.kind == bodyLine {
			lines = append(lines, it.line)
		} else if it.row != nil {
			lines = lines[:0] // footnotes stand below all tables
		}
	}
	// The zone is the run of small lines at the end.
	from := len(lines)
	for from > 0 {
		l := lines[from-1]
		if l.column || l.size > noteType*body || l.y < noteBand*s.Height {
			break
		}
		from--
	}
	zone := lines[from:]
	for i, l := range zone {
		top := l.y - 1.6*l.size
		if i > 0 {
			top = zone[i-1].y
		}
		for _, r := range s.rules {
			if r.Y0 > top-2 && r.Y0 < l.y-0.5*l.size && r.X1-r.X0 > 30 && r.X1-r.X0 < 0.6*s.Width && r.X0 < s.left+40 {
				return zone[i:]
			}
		}
	}
	for i, l := range zone {
		if l.size > smallNote*body {
			continue
		}
		if mark, _ := openingMark(l, false); mark != "" {
			return zone[i:]
		}
	}
	return nil
}

// openingMark cuts the mark off a footnote's first line: a raised one, one in brackets, or (plain) a bare number.
func openingMark(l *line, bare bool) (mark, rest string) {
	s := l.text
	if r, n := utf8.DecodeRuneInString(s); r == markOpen {
		if end := strings.IndexByte(s, markShut); end > 0 {
			return strings.Trim(s[n:end], "()[]"), strings.TrimSpace(s[end+1:])
		}
	}
	if strings.HasPrefix(s, "[") || strings.HasPrefix(s, "(") {
		end := strings.IndexAny(s, "])")
		if end > 1 && end <= 4 && isMark(s[1:end]) {
			return s[1:end], strings.TrimSpace(s[end+1:])
		}
	}
	if bare {
		n := len(s) - len(strings.TrimLeft(s, "0123456789"))
		if n > 0 && n < 4 && n < len(s) {
			if r, _ := utf8.DecodeRuneInString(s[n:]); r == ' ' {
				return s[:n], strings.TrimSpace(s[n:])
			}
		}
	}
	return "", ""
}

// expects reports whether a line opens with the number behind the last note's.
func (d *document) expects(l *line) bool {
	mark, _ := openingMark(l, true)
	if mark == "" || strings.Trim(mark, "0123456789") != "" {
		return false
	}
	n := 0
	for i := range len(mark) {
		n = n*10 + int(mark[i]-'0')
	}
	prev := ""
	for k := n - 1; k > 0; k /= 10 {
		prev = string(rune('0'+k%10)) + prev
	}
	return d.notes[prev]
}

// resolveMarks writes the marks in a text: in brackets where a footnote has the mark, bare elsewhere.
func (d *document) resolveMarks(s string) string {
	if strings.IndexByte(s, markOpen) < 0 {
		return s
	}
	var out strings.Builder
	for {
		i := strings.IndexByte(s, markOpen)
		end := strings.IndexByte(s, markShut)
		if i < 0 || end < i {
			out.WriteString(s)
			return out.String()
		}
		mark := s[i+1 : end]
		if key := strings.Trim(mark, "()[]"); d.notes[key] {
			mark = "[" + key + "]"
		}
		out.WriteString(s[:i])
		out.WriteString(mark)
		s = s[end+1:]
	}
}
