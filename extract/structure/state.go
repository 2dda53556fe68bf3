package structure

import (
	"math/bits"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"kehoach/normalize"
	"kehoach/plan"
)

// state is what the steps share: the plan as far as it is read, and the lines of its text.
type state struct {
	doc     *plan.Document
	plan    *plan.Plan
	lines   []line
	zones   zones
	units   []unit
	mended  []plan.Span // labels that were misread
	caption plan.Span   // the body that the title names as the issuer
	// Of the rows of tables of tasks: their columns, and whether they are heads; nil where the document has no table.
	tables []*taskColumns
	heads  []bool
	// What the tables say of names, which one document names again and again: the header is read by then.
	prefixes map[string]int
	bodies   map[string]bodyName
}

// bodyName is what stands for a body's printed name: the name as the contract writes it, and its id.
type bodyName struct{ name, id string }

// line is one line of the canonical text: a paragraph, or a row of a table.
type line struct {
	plan.Span        // without white space at its ends
	text      string // Text[Start:End]
	fold      string // text folded, rune for rune
	style     plan.Style
	cells     []plan.Span // of a row
	page      int
	known     string  // the fold with the words of formulas as they should be, where they are damaged; else ""
	conf      float32 // of recognition, 0 to 1; 0 where the words were not recognised
	seen      bool    // recognised in a picture, so that marks and letters may be lost or added
	triggers  triggers
}

// newState writes the canonical text, one line a block, and remembers where each line came from.
func newState(doc *plan.Document) *state {
	s := &state{doc: doc, plan: &plan.Plan{Schema: plan.Schema, Source: doc.Source, Spans: map[string][]plan.Span{}}}
	s.plan.Problems = append(s.plan.Problems, doc.Problems...)
	size, lines := 0, 0
	for i := range doc.Blocks {
		b := &doc.Blocks[i]
		size += len(b.Text) + 1
		lines += 1 + strings.Count(b.Text, "\n")
		for _, cell := range b.Cells {
			size += len(cell) + 3
		}
	}
	s.lines = make([]line, 0, lines)
	folded := s.write(size, func(text string) string { return text })
	if strings.ContainsRune(folded, utf8.RuneError) && !utf8.ValidString(s.plan.Text) {
		s.lines = s.lines[:0]
		folded = s.write(size, validText)
	}
	at := 0
	for i := range s.lines {
		l := &s.lines[i]
		l.text = s.plan.Text[l.Start:l.End]
		end := strings.IndexByte(folded[at:], '\n')
		l.fold = folded[at : at+end]
		at += end + 1
	}
	s.mendFormulas()
	for i := range s.lines {
		s.lines[i].triggers = triggersOf(s.lines[i].fold)
	}
	return s
}

// write writes the text of about size bytes and its lines, each piece of a block as clean gives it, and gives the text folded. Of a
// byte that is no UTF-8 the fold makes U+FFFD.
func (s *state) write(size int, clean func(string) string) (folded string) {
	var text strings.Builder
	text.Grow(size)
	for i := range s.doc.Blocks {
		b := &s.doc.Blocks[i]
		if b.Style == plan.Furniture {
			continue
		}
		if b.Style == plan.Row || b.Style == plan.HeadRow {
			if l, ok := writeRow(&text, b, clean); ok {
				s.lines = append(s.lines, l)
			}
			continue
		}
		for part := range strings.SplitSeq(clean(b.Text), "\n") {
			part = strings.TrimSpace(part)
			if part == "" {
				continue
			}
			start := text.Len()
			text.WriteString(part)
			s.lines = append(s.lines, line{Span: plan.Span{Start: start, End: text.Len()}, style: b.Style, page: b.Page, seen: b.Confidence > 0, conf: b.Confidence})
			text.WriteByte('\n')
		}
	}
	s.plan.Text = text.String()
	return normalize.Fold(s.plan.Text)
}

// validText is a text without bytes that are no UTF-8: the folded form stands rune for rune beside it.
func validText(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }

// writeRow writes a row as one line, its cells separated by " | ". A row of empty cells leaves no line.
func writeRow(text *strings.Builder, b *plan.Block, clean func(string) string) (line, bool) {
	if strings.TrimSpace(strings.Join(b.Cells, "")) == "" {
		return line{}, false
	}
	l := line{style: b.Style, page: b.Page, conf: b.Confidence}
	l.Start = text.Len()
	for i, cell := range b.Cells {
		if i > 0 {
			text.WriteString(" | ")
		}
		from := text.Len()
		for j, w := range strings.Fields(clean(cell)) {
			if j > 0 {
				text.WriteByte(' ')
			}
			text.WriteString(w)
		}
		l.cells = append(l.cells, plan.Span{Start: from, End: text.Len()})
	}
	l.End = text.Len()
	text.WriteByte('\n')
	return l, true
}

// problem records something that a careful reader would want to know.
func (s *state) problem(code, message string, at plan.Span) {
	s.plan.Problems = append(s.plan.Problems, plan.Problem{Code: code, Message: message, Span: at})
}

// setSpan says where a field of the header was read.
func (s *state) setSpan(field string, at plan.Span) { s.plan.Spans[field] = []plan.Span{at} }

// infer says that a field was read from elsewhere than its usual place.
func (s *state) infer(field string) {
	if !slices.Contains(s.plan.Inferred, field) {
		s.plan.Inferred = append(s.plan.Inferred, field)
	}
}

// words of formulas as they should be: of a damaged line, they need not stand at the bytes of the fold.
func (l *line) formula() string {
	if l.known != "" {
		return l.known
	}
	return l.fold
}

// isRow reports whether the line is a row of a table.
func (l *line) isRow() bool { return l.style == plan.Row || l.style == plan.HeadRow }

// span is the span of Text of the bytes [from, to) of the folded line: fold is rune for rune, but not byte
// for byte.
func (l *line) span(from, to int) plan.Span {
	start := l.Start + unfold(l.text, l.fold, from)
	return plan.Span{Start: start, End: start + unfold(l.from(start), l.fold[from:], to-from)}
}

// from is the line's text from a byte of the whole text on.
func (l *line) from(start int) string { return l.text[start-l.Start:] }

// unfold is the number of bytes of text whose folded form is the first n bytes of fold.
func unfold(text, fold string, n int) int {
	runes := utf8.RuneCountInString(fold[:n])
	at := 0
	for runes >= 8 && at+8 <= len(text) { // eight bytes hold eight letters at the most
		t := text[at : at+8]
		x := uint64(t[0]) | uint64(t[1])<<8 | uint64(t[2])<<16 | uint64(t[3])<<24 | uint64(t[4])<<32 | uint64(t[5])<<40 | uint64(t[6])<<48 | uint64(t[7])<<56
		runes -= 8 - bits.OnesCount64(x&^(x<<1)&0x8080808080808080) // bytes 10xxxxxx go on with a letter
		at += 8
	}
	for at > 0 && at < len(text) && text[at]&0xC0 == 0x80 {
		at++
	}
	for ; runes > 0 && at < len(text); runes-- {
		at += leadLen(text[at])
	}
	return min(at, len(text))
}

// leadLen is the length of the letter that begins with a byte, in UTF-8.
func leadLen(c byte) int { return int(leadLens[c]) }

var leadLens = func() (t [256]uint8) {
	for c := range t {
		switch {
		case c < 0xC0:
			t[c] = 1
		case c < 0xE0:
			t[c] = 2
		case c < 0xF0:
			t[c] = 3
		default:
			t[c] = 4
		}
	}
	return t
}()

// sectionAt is the innermost section that holds the byte, or no section.
func (s *state) sectionAt(at int) plan.Ref {
	list := s.plan.Sections
	i := sort.Search(len(list), func(i int) bool { return list[i].Span.Start > at }) - 1
	for ; i >= 0; i-- {
		if at < list[i].Span.End {
			return plan.RefTo(i)
		}
		if list[i].Level == 1 {
			break
		}
	}
	return 0
}
