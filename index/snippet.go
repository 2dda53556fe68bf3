package index

import (
	"strings"
	"unicode/utf8"

	"kehoach/normalize"
	"kehoach/plan"
)

// Excerpt is a piece of a text with the words of a query in it.
type Excerpt struct {
	Text  string      // one line, with … where it was cut
	Marks []plan.Span // bytes of Text: what the query asked for, in the document's own spelling
}

// Marker finds what a query asks for in texts: it is made once for all that is shown of a page of hits. One goroutine uses it at a time.
type Marker struct {
	places []*node
	folds  map[string]bool // the words of places
	firsts uint32          // what they begin with
	text   string
	tokens []spoken
	seen   []fit
}

// NewMarker reads the query. One that cannot be read marks nothing.
func NewMarker(q Query) *Marker {
	m := new(Marker)
	parsed, err := q.parse()
	if err != nil {
		return m
	}
	m.places, m.folds = parsed.places, make(map[string]bool)
	for _, n := range m.places {
		for _, w := range n.words {
			m.folds[w.fold] = true
			m.firsts |= firstOf(w.fold)
		}
	}
	m.seen = make([]fit, len(m.places))
	return m
}

// Snippet picks the piece of a record, of about so many characters, that holds most of what the query asks for, and
// marks it. Where the record itself holds nothing of it (its heading or its plan's title does), it is the
// record's beginning.
func (m *Marker) Snippet(text string, spans []plan.Span, width int) Excerpt {
	var found []mark
	for _, s := range spans {
		if s.Start < 0 || s.End > len(text) || s.Start > s.End {
			continue
		}
		found = m.marks(found, text[s.Start:s.End], s.Start)
	}
	return m.cutOut(text, spans, found, width)
}

// Marks lists what the query asks for in a text, as spans of its bytes that do not overlap.
func (m *Marker) Marks(text string) []plan.Span {
	var spans []plan.Span
	for _, one := range m.marks(nil, text, 0) {
		spans = append(spans, one.span)
	}
	return spans
}

// mark is a place in a text that holds something of a query.
type mark struct {
	span plan.Span
	what int // which of the query's wanted words or phrases
	fit  fit
}

// spoken is a token, and its term where that was asked for.
type spoken struct {
	token
	term
	known bool
}

// anyFirst is what a word begins with that no class of beginnings stands for.
const anyFirst = 1 << 27

// firstOf is the class of the letter or digit that the fold of a word begins with, as a bit: most words of a text begin otherwise than
// those that are looked for, and need no fold.
func firstOf(word string) uint32 {
	r, _ := utf8.DecodeRuneInString(word)
	switch {
	case r < 0x180, r >= 0x1A0 && r <= 0x1B0, r >= 0x1E00 && r <= 0x1EFF: // where the letters of Vietnamese are
	default:
		return anyFirst
	}
	switch f := normalize.FoldRune(r); {
	case f >= 'a' && f <= 'z':
		return 1 << (f - 'a')
	case f >= '0' && f <= '9':
		return 1 << 26
	}
	return anyFirst
}

// marks adds the words and phrases of the query in a text whose first byte counts as base to a list.
func (m *Marker) marks(list []mark, text string, base int) []mark {
	if len(m.places) == 0 {
		return list
	}
	m.text, m.tokens = text, m.tokens[:0]
	s := newScanner(text)
	for {
		t, ok := s.scan()
		if !ok {
			break
		}
		m.tokens = append(m.tokens, spoken{token: t})
	}
	old := len(list)
	for i := range m.tokens {
		t := &m.tokens[i]
		if first := firstOf(text[t.start:]); first != anyFirst && first&m.firsts == 0 || !m.folds[m.term(i).fold] {
			continue
		}
		best := mark{}
		for what, n := range m.places {
			end, f := m.phraseAt(i, n)
			if f > best.fit || f == best.fit && f > differs && end > best.span.End {
				best = mark{plan.Span{Start: t.start, End: end}, what, f}
			}
		}
		if best.fit == differs {
			continue
		}
		best.span.Start += base
		best.span.End += base
		if n := len(list); n > old && best.span.Start < list[n-1].span.End { // a part of what is marked already
			if best.span.End > list[n-1].span.End {
				list[n-1].span.End = best.span.End
			}
			continue
		}
		list = append(list, best)
	}
	return list
}

// term is the term of a token.
func (m *Marker) term(i int) *term {
	t := &m.tokens[i]
	if !t.known {
		t.term, t.known = termOf(m.text[t.start:t.end]), true
	}
	return &t.term
}

// phraseAt reports how well a word or a phrase stands at a token, and where it ends.
func (m *Marker) phraseAt(at int, n *node) (end int, f fit) {
	worst := omitted
	if n.op == opWord {
		worst = lost
	}
	f = exact
	for i, w := range n.words {
		if i > 0 {
			for at < len(m.tokens) && m.tokens[at].whole {
				at++
			}
			if at == len(m.tokens) || m.tokens[at].first {
				return 0, differs
			}
		} else if m.tokens[at].whole && n.op == opPhrase {
			return 0, differs
		}
		t := m.term(at)
		if t.fold != w.fold {
			return 0, differs
		}
		if f = min(f, fits(w.marks, t.marks)); f < worst {
			return 0, differs
		}
		end = m.tokens[at].end
		at++
		if i+1 < len(n.words) && n.words[i+1].first { // the quote's own clauses stand apart; the first is marked
			break
		}
	}
	return end, f
}

// cutOut chooses the window and writes it as one line.
func (m *Marker) cutOut(text string, spans []plan.Span, found []mark, width int) Excerpt {
	from, to := m.window(text, spans, found, width)
	var out strings.Builder
	var e Excerpt
	if len(spans) > 0 && from > spans[0].Start {
		out.WriteString("… ")
	}
	// White space and line ends become single spaces; marks move along.
	space := true
	next := 0
	for next < len(found) && found[next].span.Start < from {
		next++
	}
	open := -1
	for _, s := range spans {
		lo, hi := max(s.Start, from), min(s.End, to)
		for i := lo; i < hi; {
			if open < 0 && next < len(found) && found[next].span.Start == i {
				open = out.Len()
			}
			r, size := utf8.DecodeRuneInString(text[i:hi])
			if r == ' ' || r == '\n' || r == '\t' || r == '\r' || r == 0xA0 || r == '\v' || r == '\f' {
				if !space {
					out.WriteByte(' ')
				}
				space = true
			} else {
				out.WriteString(text[i : i+size])
				space = false
			}
			i += size
			if open >= 0 && i >= found[next].span.End {
				e.Marks = append(e.Marks, plan.Span{Start: open, End: out.Len()})
				open = -1
				next++
			}
		}
		if !space && hi > lo && hi == s.End {
			out.WriteByte(' ')
			space = true
		}
	}
	e.Text = strings.TrimRight(out.String(), " ")
	if n := len(spans); n > 0 && to < spans[n-1].End && strings.TrimSpace(text[to:spans[n-1].End]) != "" {
		e.Text += " …"
	}
	return e
}

// window is the bytes to show: it holds the densest run of different marks, and begins and ends between words.
func (m *Marker) window(text string, spans []plan.Span, found []mark, width int) (from, to int) {
	if len(spans) == 0 {
		return 0, 0
	}
	begin := spans[0].Start
	if end := spans[len(spans)-1].End; cutAfter(text, spans, begin, width) == end {
		return begin, end
	}
	bytes := width + width/3 // of Vietnamese, a character has about 1.3 bytes
	from = begin
	if len(found) > 0 {
		bestWorth := -1.0
		for i := range found {
			clear(m.seen)
			worth := 0.0
			for j := i; j < len(found) && found[j].span.End-found[i].span.Start <= bytes*2/3; j++ {
				if one := found[j]; one.fit > m.seen[one.what] {
					worth += 10 * float64(one.fit-m.seen[one.what])
					m.seen[one.what] = one.fit
				}
				worth += 0.1
			}
			if worth > bestWorth {
				bestWorth, from = worth, found[i].span.Start
			}
		}
		from = back(text, begin, from, bytes/5)
	}
	to = cutAfter(text, spans, from, width)
	for _, one := range found { // no mark is cut in two
		if one.span.Start < to && to < one.span.End {
			to = one.span.End
		}
	}
	return from, to
}

// back goes back from a place by at most so many bytes, to the start of the sentence or line, else of a word.
func back(text string, begin, at, most int) int {
	low := max(begin, at-most)
	best := at
	for i := at; i > low; i-- {
		if text[i-1] == '\n' {
			return i
		}
		if text[i-1] == ' ' {
			best = i
			if i > 1 && (text[i-2] == '.' || text[i-2] == ';') {
				return i
			}
		}
	}
	if low == begin {
		return begin
	}
	return best
}

// cutAfter is where so many characters of the spans end, counted from a byte; not within a word where it can be
// helped.
func cutAfter(text string, spans []plan.Span, from, width int) int {
	n := 0
	for _, s := range spans {
		for i := max(s.Start, from); i < s.End; {
			if n++; n > width {
				to := i
				for to > max(s.Start, from) && text[to-1] != ' ' && text[to-1] != '\n' {
					to--
				}
				if to == max(s.Start, from) {
					return i
				}
				return to
			}
			_, size := utf8.DecodeRuneInString(text[i:])
			i += size
		}
	}
	return spans[len(spans)-1].End
}
