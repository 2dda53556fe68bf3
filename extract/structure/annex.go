package structure

import (
	"strings"

	"kehoach/plan"
)

// readNotes lists the footnotes behind the document.
func readNotes(s *state) {
	for i := s.zones.notes.from; i < s.zones.notes.to; i++ {
		l := &s.lines[i]
		mark, rest, ok := noteMark(l)
		if !ok { // a note goes on over a line
			if n := len(s.plan.Footnotes); n > 0 {
				last := &s.plan.Footnotes[n-1]
				last.Span.End = l.End
				last.Text = strings.TrimSpace(last.Text + " " + l.text)
			}
			continue
		}
		s.plan.Footnotes = append(s.plan.Footnotes, plan.Note{Mark: mark, Text: l.text[rest:], Span: l.Span})
	}
}

// readAnnexes lists the annexes, each to the next one or to the end of its part, and the documents that this one
// issues.
func readAnnexes(s *state) {
	p := s.plan
	for i := range s.units {
		if s.units[i].label.scheme != annexed {
			continue
		}
		sec := &p.Sections[i]
		title := sec.Heading
		if title == "" {
			title = annexTitle(sec.Text)
		}
		for k := s.units[i].cand.line; k < min(s.units[i].to, s.units[i].cand.line+5); k++ {
			if strings.HasPrefix(s.lines[k].fold, "(kem theo") || strings.HasPrefix(s.lines[k].fold, "(ban hanh kem") {
				s.blankReference(k)
			}
		}
		p.Annexes = append(p.Annexes, plan.Annex{Label: sec.Label, Title: title, Span: sec.Span})
	}
	s.missingAnnex()
	for k, from := range s.zones.attached {
		to := len(s.lines)
		if s.zones.notes.from > from {
			to = s.zones.notes.from
		}
		if k+1 < len(s.zones.attached) {
			to = s.zones.attached[k+1]
		}
		l := &s.lines[from]
		t, rest, _ := typeWord(l)
		var words []string
		if rest < len(l.text) {
			words = append(words, l.text[rest:])
		}
		for i := from + 1; i < to && i < from+8; i++ {
			next := &s.lines[i]
			if strings.HasPrefix(next.fold, "(kem theo") || strings.HasPrefix(next.fold, "(ban hanh kem") {
				s.blankReference(i)
			}
			if strings.HasPrefix(next.fold, "(kem theo") || strings.HasPrefix(next.fold, "(ban hanh") || len(readLabel(next.text, next.fold)) > 0 || headKind(next) == headRule || opensSentence(next) {
				break
			}
			words = append(words, next.text)
		}
		p.Attached = append(p.Attached, plan.Attached{Type: t, Title: strings.Join(words, " "), Span: plan.Span{Start: l.Start, End: s.lines[to-1].End}})
	}
}

// missingAnnex records that the text names an annex of its own which the file does not hold (decision 22).
func (s *state) missingAnnex() {
	if len(s.plan.Annexes) > 0 || s.plan.Source.Truncated {
		return
	}
	for i := s.zones.opening.from; i < s.zones.notes.from; i++ {
		l := &s.lines[i]
		at, ok := hasWord(l.fold, "phu luc")
		if !ok {
			continue
		}
		rest := l.fold[at+len("phu luc"):]
		rest = rest[:min(len(rest), 60)]
		before := l.fold[max(0, at-20):at]
		own := strings.Contains(rest, "kem theo") || strings.Contains(rest, "dinh kem") || strings.HasSuffix(before, "(") || strings.HasSuffix(before, "tai ") || strings.HasSuffix(before, "theo ") || strings.HasSuffix(before, "chi tiet ")
		for _, other := range []string{"nghi dinh", "thong tu", "quyet dinh", "luat", "nghi quyet"} {
			own = own && !strings.Contains(rest, other)
		}
		if own {
			s.problem(plan.MissingAnnex, "the text names an annex that is not in the file", l.span(at, at+len("phu luc")))
			return
		}
	}
}

// blankReference records a blank number or date in the line that ties an attached document to its decision.
func (s *state) blankReference(i int) {
	l := &s.lines[i]
	fold, span := l.fold, l.Span
	for j := i + 1; j < len(s.lines) && j < i+3 && !strings.Contains(fold, ")"); j++ { // it can stand on several lines
		fold += " " + s.lines[j].fold
		span.End = s.lines[j].End
	}
	s.conflictingDate(fold, span)
	if at, ok := hasWord(fold, "so"); ok {
		rest := strings.TrimLeft(fold[at+2:], " :.…_")
		if strings.HasPrefix(rest, "/") || strings.HasPrefix(rest, "-") {
			s.problem(plan.BlankNumber, "the number in the reference is blank", span)
		}
	}
	if at, ok := hasWord(fold, "ngay"); ok {
		rest := strings.TrimLeft(fold[at+4:], " .…_")
		if strings.HasPrefix(rest, "/") || strings.HasPrefix(rest, "thang") {
			s.problem(plan.BlankDate, "the date in the reference is blank", span)
		}
	}
}

// conflictingDate records that the reference of an annex gives the document another date than its head.
func (s *state) conflictingDate(fold string, span plan.Span) {
	at, ok := hasWord(fold, "ngay")
	if !ok || len(s.plan.Issued) != len("2006-01-02") || s.plan.Number == "" {
		return
	}
	number, _, _ := strings.Cut(s.plan.Number, "/")
	if _, same := hasWord(fold[:at], number); !same {
		return
	}
	parts := strings.FieldsFunc(fold[at+len("ngay"):min(len(fold), at+len("ngay")+14)], func(r rune) bool { return r == '/' || r == ' ' || r == '-' || r == ')' })
	date := ""
	if len(parts) >= 3 {
		date = portalDate(strings.Join(parts[:3], "/"))
	}
	if _, printed := dateAt(fold); printed || date == "" {
		if m, ok := hasWord(fold[at:], "thang"); ok && m < 12 {
			date = isoDate(printedDate(fold[at:]))
		}
	}
	if len(date) == len(s.plan.Issued) && date != s.plan.Issued {
		s.problem(plan.DateConflict, "the reference says "+date+", the head of the document "+s.plan.Issued, span)
	}
}

// annexTitle is the capitals that open an annex's text.
func annexTitle(text string) string {
	first, _, _ := strings.Cut(text, "\n")
	if isCapitals(first) {
		return first
	}
	return ""
}
