package structure

import (
	_ "embed"
	"strings"

	"kehoach/internal/tsv"
	"kehoach/normalize"
	"kehoach/plan"
)

//go:embed tables/citation_general.tsv
var generalTSV string

// generalWords are phrases of titles that name no subject.
var generalWords = func() map[string]bool {
	m := map[string]bool{}
	for _, row := range tsv.MustParse("citation_general.tsv", generalTSV, "words").Rows {
		m[strings.Join(strings.FieldsFunc(row[0], notFoldWord), " ")] = true
	}
	return m
}()

func notFoldWord(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') }

// citationZone is the part of the document that a line stands in, as far as roles ask.
type citationZone uint8

const (
	zoneNone    citationZone = iota // recipients and signature: no citations
	zoneHead                        // the letterhead
	zoneTitle                       // the trích yếu
	zoneOpening                     // căn cứ and the sentence that issues the plan
	zoneBody
	zoneNotes
)

// zone tells the part of a line.
func (c *citer) zone(i int) citationZone {
	z := &c.s.zones
	switch {
	case z.notes.holds(i), c.s.lines[i].style == plan.Footnote:
		return zoneNotes
	case z.title.holds(i), i == z.typeLine:
		return zoneTitle
	case z.head.holds(i):
		return zoneHead
	case z.end.holds(i):
		return zoneNone
	case z.opening.holds(i):
		return zoneOpening
	case c.attachedOpening(i):
		return zoneOpening
	}
	return zoneBody
}

// skip takes note of a line without citations: a paragraph that opens with "Căn cứ" or "Thực hiện" still says
// what the ones after it are.
func (c *citer) skip(i int) {
	if c.s.zones.opening.holds(i) {
		if l := leadOf(c.s.lines[i].fold); l != leadNone {
			c.lead = l
		}
	}
}

// attachedOpening reports whether a line stands between the title of an attached plan and its first section.
func (c *citer) attachedOpening(i int) bool {
	z := &c.s.zones
	for k := len(z.attached) - 1; k >= 0; k-- {
		if a := z.attached[k]; i > a {
			list := c.s.plan.Sections
			lo, hi := 0, len(list)
			for lo < hi {
				if m := (lo + hi) / 2; list[m].Span.Start <= c.s.lines[a].Start {
					lo = m + 1
				} else {
					hi = m
				}
			}
			return i-a < 40 && lo < len(list) && c.s.lines[i].Start < list[lo].Span.Start
		}
	}
	return false
}

// section is the node of a mention; that of a footnote is the node which holds its mark.
func (c *citer) section(i, at int, z citationZone) plan.Ref {
	if z != zoneNotes {
		return refTo(c.walk.at(at))
	}
	if c.marks == nil {
		c.marks = footnoteMarks(c.s)
	}
	for from := i; i >= 0 && from-i < 20; i-- { // a note's later lines have no mark
		if mark, _, ok := noteMark(&c.s.lines[i]); ok {
			if b, ok := c.marks[mark]; ok {
				return c.s.sectionAt(b)
			}
			return 0
		}
	}
	return 0
}

// footnoteMarks finds the marks in the body, the first of each: "[1]", and a raised number that a reader left
// glued to its word ("Thăng Long2"), which count up from 1.
func footnoteMarks(s *state) map[string]int {
	marks := map[string]int{}
	to := len(s.plan.Text)
	if n := s.zones.notes; n.from < n.to {
		to = s.lines[n.from].Start
	}
	body := s.plan.Text[:to]
	next := 1
	for i := 1; i < len(body); i++ {
		if !isDigit(body[i]) {
			continue
		}
		n, end := smallNumber(body, i)
		prev := body[i-1]
		switch {
		case prev == '[' && end < len(body) && body[end] == ']':
			if _, seen := marks[body[i:end]]; !seen {
				marks[body[i:end]] = i
			}
		case n == next && prev >= 'a' && !measures[lastWord(body, i)] && (end == len(body) || !isLetter(body[end])):
			marks[body[i:end]] = i
			next++
		}
		i = end
	}
	return marks
}

// measures are units that carry a raised number of their own.
var measures = map[string]bool{"m": true, "km": true, "dm": true, "cm": true, "mm": true, "hm": true}

// lastWord is the word of up to four bytes that ends before a byte.
func lastWord(s string, end int) string {
	i := end
	for i > 0 && end-i < 5 && isLetter(s[i-1]) {
		i--
	}
	return s[i:end]
}

// lead is how a clause of the opening begins.
type lead uint8

const (
	leadNone  lead = iota
	leadDo         // Thực hiện …: the plan carries out what follows
	leadCheck      // Căn cứ …: it does where the subject is the plan's own (decision 15)
	leadAsk        // Theo đề nghị của …
)

var leads = []struct {
	words string
	lead  lead
}{
	{"can cu", leadCheck}, {"tren co so", leadCheck}, {"theo de nghi", leadAsk}, {"xet", leadAsk}, {"sau khi", leadAsk}, {"theo", leadCheck},
	{"thuc hien", leadDo}, {"trien khai", leadDo}, {"thi hanh", leadDo}, {"quan triet", leadDo}, {"chap hanh", leadDo}, {"cu the hoa", leadDo},
	{"tiep tuc", leadDo}, {"nham", leadDo}, {"de", leadDo}, {"to chuc", leadDo}, {"day manh", leadDo}, {"huong ung", leadDo},
}

func leadOf(fold string) lead {
	fold = strings.TrimLeft(fold, " -+*•–\t")
	for _, l := range leads {
		if opensWith(fold, l.words) {
			if l.words == "de" && (opensWith(fold, "de nghi") || opensWith(fold, "de an")) { // để, not đề
				return leadNone
			}
			return l.lead
		}
	}
	return leadNone
}

// role tells what a mention is to the plan. prev is the end of the mention before it on the line, next the
// beginning of the one after it.
func (c *citer) role(r *ruler, z citationZone, h hit, prev, next int) string {
	switch z {
	case zoneNotes:
		return plan.InFootnote
	case zoneTitle:
		return plan.Implements
	case zoneOpening:
		return c.openingRole(r, h, prev, next)
	}
	if c.inBasis() {
		return plan.BasisOf
	}
	return plan.Mention
}

// inBasis reports whether the place that was last asked for stands in a list of grounds (CĂN CỨ PHÁP LÝ).
func (c *citer) inBasis() bool {
	for _, id := range c.walk.stack {
		if sec := &c.s.plan.Sections[id]; sec.Kind == plan.Basis && c.walk.inBasis() && countWords(sec.Heading, 20) <= 14 {
			if fold := normalize.Fold(sec.Heading); strings.Contains(fold, "can cu") || strings.Contains(fold, "phap ly") {
				return true
			}
		}
	}
	return false
}

// openingRole reads the clause that a mention of the opening stands in. Documents enumerated in one clause share
// its role; one that stands inside the title of another is only mentioned (decision 33).
func (c *citer) openingRole(r *ruler, h hit, prev, next int) string {
	fold := r.line.fold
	gap := fold[max(prev, h.from-400):h.from]
	nested := false
	if prev == 0 { // the first of its paragraph
		if l := leadOf(fold); l != leadNone {
			c.lead = l
		}
	}
	if i := strings.LastIndexByte(gap, ';'); i >= 0 {
		if l := leadOf(gap[i+1:]); l != leadNone {
			c.lead = l
		}
	} else if i := strings.LastIndex(gap, ". "); i >= 0 && prev > 0 {
		if l := leadOf(gap[i+2:]); l != leadNone {
			c.lead = l
		}
	} else if prev > 0 {
		nested = c.nestedAfter(gap)
	}
	switch {
	case nested:
		if h.number != "" && c.kept[strings.ToLower(h.number)] {
			return plan.Implements
		}
		return plan.Mention
	case c.lead == leadDo:
		return plan.Implements
	case c.lead == leadNone && carriesOut(gap):
		return plan.Implements
	case c.lead == leadCheck && !h.law && c.sameSubject(h, fold[h.to:min(next, h.to+400)]):
		return plan.Implements
	}
	return plan.BasisOf
}

// nestedAfter reports whether the words between two mentions make the second a part of the first's title: no
// comma or "và" stands right before it.
func (c *citer) nestedAfter(gap string) bool {
	tail := gap
	i := strings.LastIndexByte(gap, ',')
	if i >= 0 {
		tail = gap[i+1:]
	}
	words := strings.TrimSpace(tail)
	for _, w := range []string{"va", "va cac", "cac", "cung", "dong thoi", "hoac"} {
		if words == w {
			return false
		}
	}
	if words == "" {
		return i < 0 && strings.TrimSpace(gap) != ""
	}
	if i >= 0 {
		for _, l := range leads {
			if words == l.words || words == "va "+l.words {
				c.lead = l.lead
				return false
			}
		}
	}
	for _, w := range []string{" va", " va cac"} { // "… của Quốc hội và Nghị định số …"
		if strings.HasSuffix(" "+words, w) {
			return false
		}
	}
	return true
}

// carriesOut reports whether the verb right before a mention is one of carrying out.
func carriesOut(gap string) bool {
	_, ok := beforeAny(gap, len(gap), []string{"thuc hien", "trien khai", "thi hanh", "theo"})
	return ok
}
