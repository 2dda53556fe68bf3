package accuracy

import (
	"slices"
	"strconv"
	"strings"

	"kehoach/plan"
)

// citations are compared by number, each once, with the first role and the first date.
func (s *scorer) citations() {
	type cite struct {
		date, role, text string
		confidence       plan.Confidence
	}
	collect := func(n int, at func(i int) (number string, c cite)) (map[string]cite, []string) {
		out, order := map[string]cite{}, []string(nil)
		for i := range n {
			number, c := at(i)
			if number == "" {
				continue
			}
			k := Key(number)
			if old, seen := out[k]; !seen {
				out[k] = c
				order = append(order, k)
			} else if old.date == "" {
				old.date = c.date
				out[k] = old
			}
		}
		return out, order
	}
	want, wanted := collect(len(s.want.Citations), func(i int) (string, cite) {
		c := s.want.Citations[i]
		return c.Number, cite{c.Date, c.Role, c.Number, plan.Confidence{}}
	})
	got, found := collect(len(s.got.Citations), func(i int) (string, cite) {
		c := s.got.Citations[i]
		return c.Number, cite{c.Date, c.Role, c.Text, c.Confidence}
	})
	hit, dates, dateHits, roleHits := 0, 0, 0, 0
	for _, k := range wanted {
		w := want[k]
		g, ok := got[k]
		if w.date != "" {
			dates++
		}
		if !ok {
			s.miss("citation", "missed %s", w.text)
			continue
		}
		hit++
		if w.date != "" && g.date == w.date {
			dateHits++
		} else if w.date != "" {
			s.miss("citation date", "%s: want %q, got %q", w.text, w.date, g.date)
		}
		if g.role == w.role {
			roleHits++
		} else {
			s.miss("citation role", "%s: want %s, got %s", w.text, w.role, g.role)
		}
		s.judge("citation", "citations", g.confidence, (w.date == "" || g.date == w.date) && g.role == w.role, g.text)
	}
	for _, k := range found {
		if _, ok := want[k]; !ok {
			s.miss("citation", "extra %s", got[k].text)
			s.judge("citation", "citations", got[k].confidence, false, got[k].text)
		}
	}
	s.tally("citation", hit, len(got), len(want))
	s.tally("citation date", dateHits, dates, dates)
	s.tally("citation role", roleHits, len(want), len(want))
}

// lists compares what is a list of values.
func (s *scorer) lists() {
	w, g := s.want, s.got
	var want, got []string
	for _, d := range w.Deadlines {
		want = append(want, d.key())
	}
	for _, d := range g.Deadlines {
		got = append(got, Due{d.Date, d.MonthDay, d.Recurs}.key())
	}
	s.bag("deadline", want, got, func(i int, right bool) {
		s.judge("deadline", "deadlines", g.Deadlines[i].Confidence, right, g.Deadlines[i].Text)
	})

	want, got = nil, nil
	for _, t := range w.Targets {
		want = append(want, t.key())
	}
	for _, t := range g.Targets {
		got = append(got, Aim{&t.Value, t.Max, t.Unit}.key())
	}
	s.bag("target", want, got, func(i int, right bool) {
		s.judge("target", "targets", g.Targets[i].Confidence, right, g.Targets[i].Text)
	})

	want, got = nil, nil
	bare := func(line string) string { return Key(strings.TrimLeft(line, "-+ ")) }
	for _, r := range w.Recipients {
		want = append(want, bare(r))
	}
	for _, r := range g.Recipients {
		if k := bare(r); !slices.ContainsFunc(w.Prefixes, func(prefix string) bool { return strings.HasPrefix(k, bare(prefix)) }) {
			got = append(got, k)
		}
	}
	s.bag("recipient", want, got, func(_ int, right bool) { s.judge("recipient", "recipients", g.Confidence["recipients"], right, "") })

	s.bag("funding source", w.Funding.Sources, g.Funding.Sources, func(i int, right bool) {
		s.judge("funding source", "funding", g.Confidence["funding"], right, g.Funding.Sources[i])
	})
	want, got = nil, nil
	for _, a := range w.Funding.Amounts {
		want = append(want, strconv.FormatFloat(a.VND, 'f', 0, 64))
	}
	for _, a := range g.Funding.Amounts {
		got = append(got, strconv.FormatInt(a.VND, 10))
	}
	s.bag("funding amount", want, got, func(i int, right bool) {
		s.judge("funding amount", "amounts", g.Funding.Amounts[i].Confidence, right, g.Funding.Amounts[i].Text)
	})

	want, got = nil, nil
	if p := w.period(); p != "" {
		want = []string{p}
	}
	if g.Period != (plan.Period{}) {
		got = []string{g.Period.From + " " + g.Period.To}
	}
	s.bag("period", want, got, func(_ int, right bool) { s.judge("period", "period", g.Confidence["period"], right, got[0]) })

	s.bag("inferred", s.judged(w.Inferred, fieldsOfMade), s.judged(g.Inferred, fieldsOfMade), nil)
	codes := map[string]bool{}
	for _, x := range g.Problems {
		codes[x.Code] = true
	}
	labelled := map[string]bool{}
	for _, code := range w.Problems {
		labelled[code] = true
	}
	s.bag("problem", s.judged(sorted(labelled), codesOfMade), s.judged(sorted(codes), codesOfMade), nil)
	if w.whole != nil {
		s.more()
	}
}

// What the truth of a made document says of inferred fields and of problems; of others it is silent.
var (
	fieldsOfMade = []string{"issuer", "province", "number", "issued", "signer"}
	codesOfMade  = []string{plan.MissingHeader, plan.MissingSignature, plan.BlankNumber, plan.BlankDate, plan.RepeatedLabel, plan.LabelJump,
		plan.TruncatedSource, plan.MalformedDate, plan.MissingAnnex}
)

// judged is what of a list the label speaks of: all of it where a person labelled the whole document.
func (s *scorer) judged(list, made []string) []string {
	if s.want.whole == nil && len(s.want.only) == 0 {
		return list
	}
	return slices.DeleteFunc(slices.Clone(list), func(x string) bool { return !slices.Contains(made, x) })
}

// more compares what only the truth of a made document says.
func (s *scorer) more() {
	each := func(measure string, read func(p *plan.Plan) []string) {
		s.bag(measure, read(s.want.whole), read(s.got), nil)
	}
	each("footnote", func(p *plan.Plan) (out []string) {
		for _, n := range p.Footnotes {
			out = append(out, strings.Trim(n.Mark, "[]")+" "+firstWords(n.Text, 6))
		}
		return out
	})
	each("annex", func(p *plan.Plan) (out []string) {
		for _, a := range p.Annexes {
			out = append(out, Key(a.Label)+": "+Key(a.Title))
		}
		return out
	})
	each("attached", func(p *plan.Plan) (out []string) {
		for _, a := range p.Attached {
			out = append(out, a.Type.Code+" "+Key(a.Title))
		}
		return out
	})
}

// laws checks that spans quote what they belong to, in the plan that was read.
func (s *scorer) laws() {
	p := s.got
	if len(s.want.Sections) > 0 && len(p.Sections) == 0 { // no spans are no merit
		s.tally("span law", 0, len(s.want.Sections), len(s.want.Sections))
	}
	check := func(what string, at plan.Span, ok func(quote string) bool) {
		hit := 0
		if q := p.Quote(at); q != "" && ok(q) {
			hit = 1
		} else {
			s.miss("span law", "%s: %v reads %q", what, at, clip(q, 8))
		}
		s.tally("span law", hit, 1, 1)
	}
	for i := range p.Sections {
		n := &p.Sections[i]
		check("section "+strings.Join(n.Path, "/"), n.Span, func(q string) bool {
			return strings.HasPrefix(lettersOf(q), lettersOf(n.Label)) && strings.Contains(squash(q), squash(n.Heading))
		})
	}
	for _, c := range p.Citations {
		check("citation "+c.Number, c.Span, func(q string) bool { return q == c.Text })
	}
	for _, d := range p.Deadlines {
		check("deadline "+d.Text, d.Span, func(q string) bool { return q == d.Text })
	}
	if s.want.whole != nil {
		for _, t := range p.Targets {
			check("target "+t.Text, t.Span, func(q string) bool { return q == t.Text })
		}
	}
	for _, a := range p.Assignments {
		check("assignment of "+a.Agency, a.Span, func(q string) bool {
			return a.Task != "" && len(q) <= 3*len(a.Task)+200 && strings.Contains(" "+Key(q)+" ", " "+firstWords(a.Task, 5)+" ")
		})
	}
	if len(p.Sections)+len(p.Citations)+len(p.Deadlines)+len(p.Assignments)+len(s.want.Sections) == 0 {
		s.tally("span law", 0, 0, 0)
	}
}
