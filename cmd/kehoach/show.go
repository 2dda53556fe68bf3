package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"kehoach/normalize"
	"kehoach/plan"
)

func newShow(e *env) *cobra.Command {
	var path, evidence string
	cmd := &cobra.Command{
		Use:   "show [--evidence FIELD] ID",
		Short: "Show one plan of the corpus",
		Long: `Show one plan of the corpus: what it is, its outline, and who does what by when. ID is its id, or the
first six or more digits of it.

--section PATH shows the words of one section instead; PATH is its labels from the top down, as in V/1 or V.1;
where labels repeat, all sections with the path are shown.
--evidence shows under each value the words that it was read from, and where they stand (bytes of the text).
--evidence FIELD shows one value: how sure it is and why, and its words with those around them and their page. FIELD is a
field of the head (number, issued, signer.name …), a list (assignments, deadlines, money …), an element of one
(assignments[3]), a part of it (assignments[3].deadline), or a section (V/1).
--json gives the whole plan (kehoach.plan/1), or the section.`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 2 && cmd.Flags().Changed("evidence") {
				return nil // FIELD ID
			}
			return cobra.ExactArgs(1)(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			id, field, err := evidenceOf(cmd, args, evidence)
			if err != nil {
				return usage{cmd, err}
			}
			c, err := e.openCorpus()
			if err != nil {
				return err
			}
			defer c.Close()
			p, err := c.Plan(id)
			if err != nil {
				return err
			}
			out := bufio.NewWriter(e.stdout)
			s := &sheet{out, p, cmd.Flags().Changed("evidence")}
			if field != "" {
				err := s.evidenceFor(e, field)
				if err != nil {
					return fieldError(cmd, err)
				}
				return out.Flush()
			}
			switch {
			case cmd.Flags().Changed("section"):
				err = s.sections(path, e.json)
			case e.json:
				err = encodeLine(out, p)
			default:
				s.whole()
			}
			if err == nil {
				err = out.Flush()
			}
			if err != nil {
				return fmt.Errorf("show: %s: %w", p.ID, err)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&path, "section", "", "show the section with this path, such as V/1")
	cmd.Flags().StringVar(&evidence, "evidence", "", "show the words that each value was read from, or that `FIELD` was")
	cmd.Flags().Lookup("evidence").NoOptDefVal = everything
	return cmd
}

// jsonLines writes values as lines of JSON, with every letter as it is.
func jsonLines(out io.Writer) *json.Encoder {
	lines := json.NewEncoder(out)
	lines.SetEscapeHTML(false)
	return lines
}

func encodeLine(out io.Writer, v any) error { return jsonLines(out).Encode(v) }

// sheet writes one plan for people.
type sheet struct {
	out      *bufio.Writer
	p        *plan.Plan
	evidence bool
}

// whole writes everything but the text.
func (s *sheet) whole() {
	p := s.p
	name := p.Type.Name
	if name == "" {
		name = "A document of unknown type"
	}
	if p.Number != "" {
		name += " " + p.Number
	}
	s.print(name, "", "")
	if p.Title != "" {
		s.print(p.Title, "", "")
		s.quoteOf(p.Title, "", p.Spans["title"]...)
	}
	s.out.WriteByte('\n')
	s.header()
	s.outline()
	s.assignments()
	s.lists()
}

// header writes the letterhead's values, one a line.
func (s *sheet) header() {
	p := s.p
	s.field("id", p.ID)
	s.field("number", p.Number, "number")
	if p.Number == "" {
		s.field("symbol", p.Symbol, "symbol")
	}
	issuer := p.Issuer.Name
	if p.Issuer.Level != "" {
		issuer += " (" + string(p.Issuer.Level) + ")"
	}
	s.field("issuer", issuer, "issuer")
	province := p.Province.Name
	if today := p.Province.Today.Name; today != "" && today != province {
		province += ", today " + today
	}
	s.field("province", province, "province")
	s.field("issued", join(", ", p.Issued, p.Place), "issued", "place")
	period := join(" to ", p.Period.From, p.Period.To)
	switch {
	case p.Period.From == p.Period.To:
		period = p.Period.From
	case p.Period.To == "":
		period = "from " + period
	case p.Period.From == "":
		period = "to " + period
	}
	s.field("period", period, "period")
	s.field("signer", join(", ", p.Signer.Authority, p.Signer.Position, p.Signer.Name), "signer")
	for _, a := range p.Attached {
		s.field("attached", join(": ", a.Type.Name, a.Title))
	}
	s.field("source", join(", ", p.Source.Path, p.Source.Format))
	s.field("corrected", correctedFields(p))
	s.field("inferred", strings.Join(p.Inferred, ", "))
	for _, name := range slices.Sorted(maps.Keys(p.Absent)) {
		s.field("absent", name+": "+p.Absent[name])
	}
	s.field("not found", strings.Join(p.NotFound, ", "))
}

// field writes one value, and below it the words of the spans with these names.
func (s *sheet) field(name, value string, spans ...string) {
	if value == "" {
		return
	}
	s.print(value, fmt.Sprintf("%-11s", name), strings.Repeat(" ", 11))
	for _, field := range spans {
		s.quoteOf(value, strings.Repeat(" ", 11), s.p.Spans[field]...)
	}
}

func (s *sheet) outline() {
	if len(s.p.Sections) == 0 {
		return
	}
	s.heading("Outline", len(s.p.Sections))
	for _, x := range s.p.Sections {
		words := x.Heading
		if words == "" {
			words = firstWords(s.p.Quote(x.Span)[min(len(x.Label), x.Span.Len()):])
		}
		indent := strings.Repeat("  ", x.Level)
		label := indent + x.Label + "  "
		s.print(fmt.Sprintf("%s [%s]", words, x.Kind), label, strings.Repeat(" ", columns(label)))
	}
}

func (s *sheet) assignments() {
	if len(s.p.Assignments) == 0 {
		return
	}
	s.heading("Who does what", len(s.p.Assignments))
	last := ""
	for i, a := range s.p.Assignments {
		corrected := ""
		if parts := s.p.Corrects(fmt.Sprintf("assignments[%d]", i)); len(parts) > 0 {
			corrected = " [corrected: " + strings.Join(parts, ", ") + "]"
		}
		who := fmt.Sprintf("%s (%s)", a.Agency, a.Role)
		if who != last {
			s.print(who, "  ", "    ")
			s.quoteOf(a.Agency, "    ", a.AgencySpan)
			last = who
		}
		s.print(a.Task+s.at(a.Section)+corrected, "    - ", "      ")
		s.quoteOf(a.Task, "      ", a.Span)
		if len(a.With) > 0 {
			s.print("with "+strings.Join(a.With, "; "), "      ", "        ")
			s.quote("        ", a.WithSpans...)
		}
		if a.Deadline != "" {
			s.print("by "+a.Deadline, "      ", "        ")
			s.quoteOf(a.Deadline, "        ", a.DeadlineSpan)
		}
		if a.Output != "" {
			s.print("output "+a.Output, "      ", "        ")
			s.quoteOf(a.Output, "        ", a.OutputSpan)
		}
	}
}

// lists writes the shorter lists.
func (s *sheet) lists() {
	p := s.p
	list(s, "Documents named", p.Citations, func(c plan.Citation) (string, plan.Span) {
		name := c.Number
		if name == "" {
			name = c.Text
		}
		return join(", ", name, c.Date) + " (" + c.Role + ")" + s.at(c.Section), c.Span
	})
	list(s, "Deadlines", p.Deadlines, func(d plan.Deadline) (string, plan.Span) {
		return join(" ", d.Date, d.Recurs, d.MonthDay) + ": " + d.Text + s.at(d.Section), d.Span
	})
	list(s, "Targets", p.Targets, func(t plan.Target) (string, plan.Span) {
		return t.Text + s.at(t.Section), t.Span
	})
	if f := p.Funding; len(f.Sources)+len(f.Amounts) > 0 {
		s.heading("Funding", len(f.Sources)+len(f.Amounts))
		for i, source := range f.Sources {
			s.print(source, "  - ", "    ")
			if i < len(f.SourceSpans) {
				s.quote("    ", f.SourceSpans[i])
			}
		}
		for _, a := range f.Amounts {
			s.print(fmt.Sprintf("%s (%d đồng)", a.Text, a.VND), "  - ", "    ")
			s.quote("    ", a.Span)
		}
	}
	list(s, "Recipients", p.Recipients, func(r string) (string, plan.Span) { return r, plan.Span{} })
	list(s, "Footnotes", p.Footnotes, func(n plan.Note) (string, plan.Span) { return n.Mark + " " + n.Text, n.Span })
	list(s, "Annexes", p.Annexes, func(a plan.Annex) (string, plan.Span) { return join(": ", a.Label, a.Title), plan.Span{} })
	list(s, "Problems", p.Problems, func(x plan.Problem) (string, plan.Span) { return join(": ", x.Code, x.Message), x.Span })
}

// list writes one list; item gives an element's line and the words it was read from.
func list[T any](s *sheet, name string, all []T, item func(T) (string, plan.Span)) {
	if len(all) == 0 {
		return
	}
	s.heading(name, len(all))
	for _, x := range all {
		line, span := item(x)
		s.print(line, "  - ", "    ")
		s.quote("    ", span)
	}
}

func (s *sheet) heading(name string, n int) {
	fmt.Fprintf(s.out, "\n%s (%d)\n", name, n)
}

// at says in which section something stands, "" where in none.
func (s *sheet) at(r plan.Ref) string {
	if id, ok := r.ID(); ok && id < len(s.p.Sections) {
		return " [" + strings.Join(s.p.Sections[id].Path, "/") + "]"
	}
	return ""
}

func (s *sheet) print(text, first, rest string) {
	s.out.WriteString(wrap(text, pageWidth, first, rest))
}

// quote writes the words of spans and where they stand, where evidence is wanted.
func (s *sheet) quote(indent string, spans ...plan.Span) { s.quoteOf("", indent, spans...) }

// quoteOf is quote below a value; words that are the value itself are not written again.
func (s *sheet) quoteOf(value, indent string, spans ...plan.Span) {
	if !s.evidence {
		return
	}
	for _, span := range spans {
		words := s.p.Quote(span)
		switch {
		case span.IsZero():
		case words == value:
			s.print(fmt.Sprintf("these words, %d–%d", span.Start, span.End), indent+"> ", indent+"  ")
		default:
			s.print(fmt.Sprintf("“%s” %d–%d", strings.ReplaceAll(words, "\n", " / "), span.Start, span.End), indent+"> ", indent+"  ")
		}
	}
}

// sections writes every section with the path: labels may repeat.
func (s *sheet) sections(path string, asJSON bool) error {
	found := false
	for _, x := range s.p.Sections {
		if !samePath(path, x.Path) {
			continue
		}
		if asJSON {
			if err := encodeLine(s.out, x); err != nil {
				return err
			}
		} else {
			if found {
				s.out.WriteByte('\n')
			}
			s.print(s.p.Quote(x.Span), "", "")
		}
		found = true
	}
	if !found {
		return fmt.Errorf("it has no section %s", path)
	}
	return nil
}

// samePath reports whether a path that a person typed is that of a section: its labels joined by "/" or ".", where
// a label that the next one repeats may be left out (II/2/2.1 is also II.2.1).
func samePath(typed string, path []string) bool {
	want := strings.ReplaceAll(normalize.Fold(strings.Trim(typed, "/. ")), "/", ".")
	if normalize.Fold(strings.Join(path, ".")) == want {
		return true
	}
	var short []string
	for i, label := range path {
		if i+1 == len(path) || !strings.HasPrefix(path[i+1], label+".") {
			short = append(short, label)
		}
	}
	return normalize.Fold(strings.Join(short, ".")) == want
}

// join puts the parts that are not empty together.
func join(by string, parts ...string) string {
	var some []string
	for _, p := range parts {
		if p != "" {
			some = append(some, p)
		}
	}
	return strings.Join(some, by)
}

// firstWords are the first words of a sentence that has no heading.
func firstWords(text string) string {
	words := strings.Fields(strings.TrimLeft(text, ".)-: "))
	if len(words) > 12 {
		return strings.Join(words[:12], " ") + " …"
	}
	return strings.Join(words, " ")
}
