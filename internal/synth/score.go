package synth

import (
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"kehoach/plan"
)

// Tally counts what was found of what was there.
type Tally struct{ Hit, Got, Want int }

// F1 is the harmonic mean of precision and recall; 1 where nothing was there and nothing was found.
func (t Tally) F1() float64 {
	if t.Got+t.Want == 0 {
		return 1
	}
	return 2 * float64(t.Hit) / float64(t.Got+t.Want)
}

// Sheet holds tallies by measure, and the misses in words.
type Sheet struct {
	Tallies map[string]*Tally
	Misses  []Miss
	Note    bool // keep the misses
}

// Miss is one thing that was not found, or found and not there.
type Miss struct{ Doc, Layout, Measure, Text string }

// Measures lists what Score measures, in the order of a report.
var Measures = []string{"header", "outline path", "kind", "heading", "assignment row", "with", "citation", "citation date", "citation role", "deadline",
	"target", "recipient", "funding source", "amount", "period", "inferred", "problem", "footnote", "annex", "attached", "span law"}

// Add adds another sheet to this one.
func (s *Sheet) Add(o *Sheet) {
	for name, t := range o.Tallies {
		s.tally(name, t.Hit, t.Got, t.Want)
	}
	s.Misses = append(s.Misses, o.Misses...)
}

func (s *Sheet) tally(name string, hit, got, want int) {
	if s.Tallies == nil {
		s.Tallies = map[string]*Tally{}
	}
	if s.Tallies[name] == nil {
		s.Tallies[name] = &Tally{}
	}
	t := s.Tallies[name]
	t.Hit, t.Got, t.Want = t.Hit+hit, t.Got+got, t.Want+want
}

// F1 is a measure's score.
func (s *Sheet) F1(measure string) float64 {
	if s.Tallies[measure] == nil {
		return 1
	}
	return s.Tallies[measure].F1()
}

// String prints one line per measure.
func (s *Sheet) String() string {
	var b strings.Builder
	for _, m := range Measures {
		if t := s.Tallies[m]; t != nil {
			fmt.Fprintf(&b, "%-16s %.3f  %6d of %6d, %6d found\n", m, t.F1(), t.Hit, t.Want, t.Got)
		}
	}
	return b.String()
}

// scorer compares one document's truth with what was read.
type scorer struct {
	*Sheet
	doc       *Doc
	want, got *plan.Plan
}

// Score compares what was read of a document with its truth. Words are compared in NFC, without case, the tone mark of a syllable
// at one place, white space collapsed.
func Score(doc *Doc, got *plan.Plan, note bool) *Sheet {
	s := &scorer{&Sheet{Note: note}, doc, doc.Truth, got}
	s.header()
	s.outline()
	s.rows()
	s.citations()
	s.lists()
	s.laws()
	for _, m := range doc.Unscored {
		delete(s.Tallies, m)
	}
	return s.Sheet
}

func (s *scorer) miss(measure, format string, a ...any) {
	if s.Note && !slices.Contains(s.doc.Unscored, measure) {
		s.Misses = append(s.Misses, Miss{s.doc.Name, s.doc.Layout, measure, fmt.Sprintf(format, a...)})
	}
}

func (s *scorer) header() {
	w, g := s.want, s.got
	for _, f := range []struct{ name, want, got string }{
		{"number", w.Number, g.Number}, {"symbol", w.Symbol, g.Symbol}, {"type", w.Type.Code, g.Type.Code}, {"issuer", w.Issuer.Name, g.Issuer.Name},
		{"province", w.Province.Name, g.Province.Name}, {"today", w.Province.Today.Name, g.Province.Today.Name}, {"place", w.Place, g.Place}, {"issued", w.Issued, g.Issued},
		{"title", w.Title, g.Title}, {"signer", w.Signer.Name, g.Signer.Name}, {"position", w.Signer.Position, g.Signer.Position}, {"authority", w.Signer.Authority, g.Signer.Authority},
	} {
		hit := 0
		if Key(f.want) == Key(f.got) {
			hit = 1
		} else {
			s.miss("header", "%s: want %q, got %q", f.name, f.want, f.got)
		}
		s.tally("header", hit, 1, 1)
		s.tally("header."+f.name, hit, 1, 1)
	}
}

// opens is how a node begins: its heading, or the first words of its text.
func opens(n *plan.Section) string {
	var words []string
	for _, w := range strings.Fields(Key(n.Heading + " " + n.Text)) {
		if len(words) < 6 && !strings.Contains("-+•*", w) {
			words = append(words, w)
		}
	}
	return strings.Join(words, " ")
}

func (s *scorer) outline() {
	want, got := s.want.Sections, s.got.Sections
	used := make([]bool, len(got))
	hits, kinds, kindHits, heads, headHits := 0, 0, 0, 0, 0
	next := 0
	for i := range want {
		w := &want[i]
		found := -1
		for k := range got {
			j := (next + k) % len(got)
			if !used[j] && Key(got[j].Label) == Key(w.Label) && opens(&got[j]) == opens(w) {
				found = j
				break
			}
		}
		if w.Kind != "" {
			kinds++
		}
		heads++
		if found < 0 {
			s.miss("outline path", "missed %s %s", strings.Join(w.Path, "/"), clip(w.Heading+" "+w.Text, 9))
			continue
		}
		g := &got[found]
		used[found], next = true, found+1
		if Key(strings.Join(g.Path, " / ")) == Key(strings.Join(w.Path, " / ")) {
			hits++
		} else {
			s.miss("outline path", "path want %v, got %v: %s", w.Path, g.Path, clip(w.Heading+" "+w.Text, 9))
		}
		if w.Kind != "" && g.Kind == w.Kind {
			kindHits++
		} else if w.Kind != "" {
			s.miss("kind", "want %s, got %s: %s", w.Kind, g.Kind, clip(w.Heading+" "+w.Text, 9))
		}
		if (g.Heading == "") == (w.Heading == "") {
			headHits++
		} else {
			s.miss("heading", "want %q, got %q", w.Heading, g.Heading)
		}
	}
	for j := range got {
		if !used[j] {
			s.miss("outline path", "extra %s %s", strings.Join(got[j].Path, "/"), clip(got[j].Heading+" "+got[j].Text, 9))
		}
	}
	s.tally("outline path", hits, len(got), len(want))
	s.tally("kind", kindHits, kinds, kinds)
	s.tally("heading", headHits, heads, heads)
}

func (s *scorer) rows() {
	used := make([]bool, len(s.got.Assignments))
	hits := 0
	for _, w := range s.want.Assignments {
		found := false
		start := " " + firstWords(w.Task, 5) + " "
		for i, g := range s.got.Assignments {
			if used[i] || g.Role != w.Role || Key(g.Agency) != Key(w.Agency) || !strings.Contains(" "+firstWords(g.Task, 13)+" ", start) {
				continue
			}
			used[i], found = true, true
			hits++
			s.bag("with", keys(w.With), keys(g.With))
			break
		}
		if !found {
			s.miss("assignment row", "missed %s [%s] %s", w.Agency, w.Role, clip(w.Task, 9))
		}
	}
	for i, g := range s.got.Assignments {
		if !used[i] {
			s.miss("assignment row", "extra %s [%s] %s", g.Agency, g.Role, clip(g.Task, 9))
		}
	}
	s.tally("assignment row", hits, len(s.got.Assignments), len(s.want.Assignments))
}

// citations are compared by number, each once, with the first role and the first date.
func (s *scorer) citations() {
	collect := func(list []plan.Citation) map[string]plan.Citation {
		out := map[string]plan.Citation{}
		for _, c := range list {
			if c.Number == "" {
				continue
			}
			k := Key(c.Number)
			if old, seen := out[k]; !seen {
				out[k] = c
			} else if old.Date == "" {
				old.Date = c.Date
				out[k] = old
			}
		}
		return out
	}
	want, got := collect(s.want.Citations), collect(s.got.Citations)
	hit, dates, dateHits, roleHits := 0, 0, 0, 0
	for k, w := range want {
		g, ok := got[k]
		if w.Date != "" {
			dates++
		}
		if !ok {
			s.miss("citation", "missed %s", w.Text)
			continue
		}
		hit++
		if w.Date != "" && g.Date == w.Date {
			dateHits++
		} else if w.Date != g.Date {
			s.miss("citation date", "%s: want %q, got %q", w.Text, w.Date, g.Date)
		}
		if g.Role == w.Role {
			roleHits++
		} else {
			s.miss("citation role", "%s: want %s, got %s", w.Text, w.Role, g.Role)
		}
	}
	for k, g := range got {
		if _, ok := want[k]; !ok {
			s.miss("citation", "extra %s", g.Text)
		}
	}
	s.tally("citation", hit, len(got), len(want))
	s.tally("citation date", dateHits, dates, dates)
	s.tally("citation role", roleHits, len(want), len(want))
}

func (s *scorer) lists() {
	number := func(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
	each := func(measure string, read func(p *plan.Plan) []string) { s.bag(measure, read(s.want), read(s.got)) }
	each("deadline", func(p *plan.Plan) (out []string) {
		for _, d := range p.Deadlines {
			out = append(out, d.Date+"|"+d.MonthDay+"|"+d.Recurs)
		}
		return out
	})
	each("target", func(p *plan.Plan) (out []string) {
		for _, t := range p.Targets {
			high := ""
			if t.Max != nil {
				high = number(*t.Max)
			}
			out = append(out, number(t.Value)+"-"+high+" "+Key(t.Unit))
		}
		return out
	})
	each("recipient", func(p *plan.Plan) []string { return keys(p.Recipients) })
	each("funding source", func(p *plan.Plan) []string { return p.Funding.Sources })
	each("amount", func(p *plan.Plan) (out []string) {
		for _, a := range p.Funding.Amounts {
			out = append(out, strconv.FormatInt(a.VND, 10))
		}
		return out
	})
	each("period", func(p *plan.Plan) []string {
		if p.Period == (plan.Period{}) {
			return nil
		}
		return []string{p.Period.From + " " + p.Period.To}
	})
	judged := "issuer province number issued signer"
	each("inferred", func(p *plan.Plan) (out []string) {
		for _, f := range p.Inferred {
			if strings.Contains(judged, f) {
				out = append(out, f)
			}
		}
		return out
	})
	codes := []string{plan.MissingHeader, plan.MissingSignature, plan.BlankNumber, plan.BlankDate, plan.RepeatedLabel, plan.LabelJump, plan.TruncatedSource, plan.MalformedDate, plan.MissingAnnex}
	each("problem", func(p *plan.Plan) (out []string) {
		for _, c := range codes {
			if slices.ContainsFunc(p.Problems, func(x plan.Problem) bool { return x.Code == c }) {
				out = append(out, c)
			}
		}
		return out
	})
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

// bag compares two lists without their order.
func (s *scorer) bag(measure string, want, got []string) {
	count := map[string]int{}
	for _, g := range got {
		count[g]++
	}
	hit := 0
	for _, w := range want {
		if count[w] > 0 {
			count[w]--
			hit++
		} else {
			s.miss(measure, "missed %s", norm.NFC.String(w))
		}
	}
	var left []string
	for g, n := range count {
		for range n {
			left = append(left, g)
		}
	}
	sort.Strings(left)
	for _, g := range left {
		s.miss(measure, "extra %s", norm.NFC.String(g))
	}
	s.tally(measure, hit, len(got), len(want))
}

// laws checks that spans quote what they belong to, in the plan that was read.
func (s *scorer) laws() {
	p := s.got
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
		check("section "+strings.Join(n.Path, "/"), n.Span, func(q string) bool { return strings.HasPrefix(lettersOf(q), lettersOf(n.Label)) })
	}
	for _, c := range p.Citations {
		check("citation "+c.Number, c.Span, func(q string) bool { return q == c.Text })
	}
	for _, d := range p.Deadlines {
		check("deadline "+d.Text, d.Span, func(q string) bool { return q == d.Text })
	}
	for _, t := range p.Targets {
		check("target "+t.Text, t.Span, func(q string) bool { return q == t.Text })
	}
	for _, a := range p.Assignments {
		check("assignment of "+a.Agency, a.Span, func(q string) bool { return strings.Contains(" "+Key(q)+" ", " "+firstWords(a.Task, 5)+" ") })
	}
}

// lettersOf is a text's letters and digits in lower case.
func lettersOf(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFC.String(s))
}

func keys(list []string) []string {
	var out []string
	for _, x := range list {
		out = append(out, Key(x))
	}
	return out
}

// clip is the first n words of a text as they stand, for a message.
func clip(s string, n int) string {
	f := strings.Fields(s)
	return strings.Join(f[:min(n, len(f))], " ")
}

// firstWords are the first n words of a text's key.
func firstWords(s string, n int) string {
	f := strings.Fields(Key(s))
	return strings.Join(f[:min(n, len(f))], " ")
}

// Key is the form in which words are compared.
func Key(s string) string {
	var out []string
	for _, w := range strings.Fields(strings.ToLower(norm.NFD.String(s))) {
		var base, tones []rune
		for _, r := range w {
			switch r {
			case 0x300, 0x301, 0x303, 0x309, 0x323: // the five tone marks
				tones = append(tones, r)
			case '“', '”', '"', '*':
			case '–', '—':
				base = append(base, '-')
			default:
				base = append(base, r)
			}
		}
		if word := strings.Trim(string(base), ".,;:"); word != "" || len(tones) > 0 {
			out = append(out, word+string(tones))
		}
	}
	return strings.Join(out, " ")
}
