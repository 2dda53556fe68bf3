package layout

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// How footnotes are set.
const (
	noteType  = 0.95 // of the usual type, under a rule
	smallNote = 0.90 // of the usual type, without one
	noteBand  = 0.45 // share of the page's height above which no footnotes stand
)

// takeNotes finds the footnotes: lines in small type at the foot of a page, under a short rule or opening with a mark.
// A mark is raised, in brackets, or a bare number that stands raised in the text above.
func (d *document) takeNotes() {
	d.notes = map[string]bool{}
	body := d.usualSize()
	raised := map[string]bool{}
	for _, s := range d.pages {
		s.addRaised(raised)
		open := false
		for _, l := range s.noteZone(body, raised) {
			mark, rest := openingMark(l, raised)
			if mark == "" && !open && len(d.notes) == 0 {
				break // small type, but no footnotes
			}
			open = true
			l.kind = noteLine
			if mark != "" {
				d.notes[mark] = true
				l.text = "[" + mark + "] " + rest
			}
		}
	}
}

// addRaised adds the raised marks of a page's text.
func (s *sheet) addRaised(marks map[string]bool) {
	add := func(text string) {
		for {
			i := strings.IndexByte(text, markOpen)
			if i < 0 {
				return
			}
			end := strings.IndexByte(text, markShut)
			if end < i {
				return
			}
			if i > 0 { // one at the head of a line opens a note
				marks[strings.Trim(text[i+1:end], "()[]")] = true
			}
			text = " " + text[end+1:]
		}
	}
	for _, it := range s.items {
		if it.line != nil {
			add(it.line.text)
			continue
		}
		for _, cell := range it.row.cells {
			add(cell)
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
func (s *sheet) noteZone(body float32, raised map[string]bool) []*line {
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
		if mark, _ := openingMark(l, raised); mark != "" {
			return zone[i:]
		}
	}
	return nil
}

// openingMark cuts the mark off a footnote's first line; mark is "" where it opens with none.
func openingMark(l *line, raised map[string]bool) (mark, rest string) {
	s := l.text
	if s[0] == markOpen {
		if end := strings.IndexByte(s, markShut); end > 0 {
			return strings.Trim(s[1:end], "()[]"), strings.TrimSpace(s[end+1:])
		}
	}
	if strings.HasPrefix(s, "[") || strings.HasPrefix(s, "(") {
		end := strings.IndexAny(s, "])")
		if end > 1 && end <= 4 && isMark(s[1:end]) && raised[s[1:end]] {
			return s[1:end], strings.TrimSpace(s[end+1:])
		}
	}
	n := len(s) - len(strings.TrimLeft(s, "0123456789*"))
	if n > 0 && n < 4 && n < len(s) && raised[s[:n]] {
		if r, _ := utf8.DecodeRuneInString(s[n:]); r == ' ' || unicode.IsUpper(r) {
			return s[:n], strings.TrimSpace(s[n:])
		}
	}
	return "", ""
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
