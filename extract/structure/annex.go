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
		p.Annexes = append(p.Annexes, plan.Annex{Label: sec.Label, Title: title, Span: sec.Span})
	}
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
			if strings.HasPrefix(next.fold, "(kem theo") || strings.HasPrefix(next.fold, "(ban hanh") || len(readLabel(next.text, next.fold)) > 0 || headKind(next) == headRule || opensSentence(next) {
				break
			}
			words = append(words, next.text)
		}
		p.Attached = append(p.Attached, plan.Attached{Type: t, Title: strings.Join(words, " "), Span: plan.Span{Start: l.Start, End: s.lines[to-1].End}})
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
