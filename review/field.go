package review

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"kehoach/authority"
	"kehoach/plan"
)

// field is one value of a plan, or of an element of one of its lists.
type field struct {
	name string
	get  func(p *plan.Plan, i int) string
	set  func(p *plan.Plan, i int, v string) error // nil: it cannot be corrected
	at   func(p *plan.Plan, i int) []plan.Span     // its own words; nil: those of its element or field
}

// group is a list of a plan: what its elements are told by, and their parts. The first part stands for the element.
type group struct {
	name       string
	size       func(p *plan.Plan) int
	at         func(p *plan.Plan, i int) []plan.Span
	confidence func(p *plan.Plan, i int) plan.Confidence
	title      func(p *plan.Plan, i int) string // an element in one line
	remove     func(p *plan.Plan, i int)        // nil: an element cannot be taken out
	parts      []field
}

// text is a part that is a string of its element.
func text(name string, of func(p *plan.Plan, i int) *string, check func(string) (string, error)) field {
	return field{name: name,
		get: func(p *plan.Plan, i int) string { return *of(p, i) },
		set: func(p *plan.Plan, i int, v string) (err error) {
			if check != nil && v != "" {
				v, err = check(v)
			}
			if err == nil {
				*of(p, i) = v
			}
			return err
		}}
}

var isoDate = regexp.MustCompile(`^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$`)

func aDate(v string) (string, error) {
	if !isoDate.MatchString(v) {
		return "", fmt.Errorf("%q is no date: write 2024-03-05, 2024-03 or 2024", v)
	}
	return v, nil
}

// oneOf checks a value against the few that there are.
func oneOf(values ...string) func(string) (string, error) {
	return func(v string) (string, error) {
		if slices.Contains(values, v) {
			return v, nil
		}
		return "", fmt.Errorf("%q is none of %s", v, strings.Join(values, ", "))
	}
}

func aNumber(v string) (string, error) {
	n, ok := authority.ParseNumber(v)
	if !ok || n.Number == "" {
		return "", fmt.Errorf("%q is no number of a document: write it as in 115/KH-UBND", v)
	}
	return n.Number, nil
}

// header lists the fields of the head, in the order of a plan.
var header = []field{
	{name: "number", get: func(p *plan.Plan, _ int) string { return p.Number }, set: func(p *plan.Plan, _ int, v string) error {
		if v == "" {
			p.Number = ""
			return nil
		}
		n, err := aNumber(v)
		if err == nil {
			parsed, _ := authority.ParseNumber(v)
			p.Number, p.Symbol = n, parsed.Symbol
		}
		return err
	}},
	text("symbol", func(p *plan.Plan, _ int) *string { return &p.Symbol }, nil),
	{name: "type", get: func(p *plan.Plan, _ int) string { return p.Type.Code }, set: func(p *plan.Plan, _ int, v string) error {
		t, ok := authority.TypeByCode(v)
		if !ok {
			t, ok = authority.TypeByName(v)
		}
		if !ok && v != "" {
			return fmt.Errorf("%q is no type of document: write its code or its name, as in QĐ or Quyết định", v)
		}
		p.Type = t
		return nil
	}},
	{name: "issuer", get: func(p *plan.Plan, _ int) string { return p.Issuer.Name }, set: func(p *plan.Plan, _ int, v string) error {
		if v == "" {
			p.Issuer = plan.Issuer{}
			return nil
		}
		b := authority.Resolve(v, p.Issued, p.Province.Name)
		if prov, _, ok := authority.FindProvince(v, p.Issued); ok {
			p.Province = prov
		}
		p.Issuer = plan.Issuer{Name: v, ID: b.ID, Level: b.Level}
		if b.Level != plan.Central && p.Province.ID != "" {
			p.Issuer.ID += "@" + p.Province.ID
		}
		return nil
	}},
	{name: "province", get: func(p *plan.Plan, _ int) string { return p.Province.Name }, set: func(p *plan.Plan, _ int, v string) error {
		prov, ok := authority.ProvinceByName(v, p.Issued)
		if !ok && v != "" {
			return fmt.Errorf("%q is no province", v)
		}
		p.Province = prov
		if kind, _, some := strings.Cut(p.Issuer.ID, "@"); some && prov.ID != "" {
			p.Issuer.ID = kind + "@" + prov.ID
		}
		return nil
	}},
	text("place", func(p *plan.Plan, _ int) *string { return &p.Place }, nil),
	text("issued", func(p *plan.Plan, _ int) *string { return &p.Issued }, aDate),
	text("title", func(p *plan.Plan, _ int) *string { return &p.Title }, nil),
	{name: "period", get: func(p *plan.Plan, _ int) string {
		if p.Period.From == p.Period.To {
			return p.Period.From
		}
		return p.Period.From + ".." + p.Period.To
	}, set: func(p *plan.Plan, _ int, v string) error {
		from, to, span := strings.Cut(v, "..")
		if !span {
			to = from
		}
		for _, end := range []string{from, to} {
			if _, err := aDate(end); end != "" && err != nil {
				return fmt.Errorf("%q is no period: write 2021..2025, 2024.. or 2024", v)
			}
		}
		p.Period = plan.Period{From: from, To: to}
		return nil
	}},
	text("signer.name", func(p *plan.Plan, _ int) *string { return &p.Signer.Name }, nil),
	text("signer.position", func(p *plan.Plan, _ int) *string { return &p.Signer.Position }, nil),
	text("signer.authority", func(p *plan.Plan, _ int) *string { return &p.Signer.Authority }, nil),
	{name: "funding", get: func(p *plan.Plan, _ int) string { return strings.Join(p.Funding.Sources, ", ") },
		set: func(p *plan.Plan, _ int, v string) error {
			known := oneOf("state_budget", "central_budget", "provincial_budget", "district_budget", "commune_budget", "socialised", "enterprise",
				"foreign", "unit_estimate", "other_legal")
			var list []string
			for _, s := range strings.FieldsFunc(v, func(r rune) bool { return r == ',' || r == ' ' }) {
				if _, err := known(s); err != nil {
					return err
				}
				if !slices.Contains(list, s) {
					list = append(list, s)
				}
			}
			p.Funding.Sources = list
			return nil
		}, at: func(p *plan.Plan, _ int) []plan.Span { return p.Funding.SourceSpans }},
}

// groups lists the lists of a plan.
var groups = []group{
	{name: "sections", size: func(p *plan.Plan) int { return len(p.Sections) }, at: func(p *plan.Plan, i int) []plan.Span {
		s := &p.Sections[i]
		end := s.Span.End
		if line := strings.IndexByte(p.Quote(s.Span), '\n'); line >= 0 {
			end = s.Span.Start + line
		}
		return []plan.Span{{Start: s.Span.Start, End: end}}
	}, confidence: func(p *plan.Plan, i int) plan.Confidence { return p.Sections[i].Confidence },
		title: func(p *plan.Plan, i int) string {
			s := &p.Sections[i]
			words := s.Heading
			if words == "" {
				words = s.Text
			}
			return strings.Join(s.Path, "/") + "  " + words + " [" + string(s.Kind) + "]"
		},
		parts: []field{
			text("heading", func(p *plan.Plan, i int) *string { return &p.Sections[i].Heading }, nil),
			{name: "kind", get: func(p *plan.Plan, i int) string { return string(p.Sections[i].Kind) }, set: func(p *plan.Plan, i int, v string) error {
				if !slices.Contains(plan.Kinds, plan.Kind(v)) {
					return fmt.Errorf("%q is no kind of section: %v", v, plan.Kinds)
				}
				p.Sections[i].Kind = plan.Kind(v)
				return nil
			}},
			{name: "label", get: func(p *plan.Plan, i int) string { return p.Sections[i].Label }},
			{name: "text", get: func(p *plan.Plan, i int) string { return p.Sections[i].Text }, at: func(p *plan.Plan, i int) []plan.Span { return some(p.Sections[i].Body) }},
		}},
	{name: "assignments", size: func(p *plan.Plan) int { return len(p.Assignments) },
		at:         func(p *plan.Plan, i int) []plan.Span { return some(p.Assignments[i].Span, p.Assignments[i].AgencySpan) },
		confidence: func(p *plan.Plan, i int) plan.Confidence { return p.Assignments[i].Confidence },
		title: func(p *plan.Plan, i int) string {
			return p.Assignments[i].Agency + " (" + string(p.Assignments[i].Role) + "): " + p.Assignments[i].Task
		},
		remove: func(p *plan.Plan, i int) { p.Assignments = slices.Delete(p.Assignments, i, i+1) },
		parts: []field{
			{name: "agency", get: func(p *plan.Plan, i int) string { return p.Assignments[i].Agency }, set: func(p *plan.Plan, i int, v string) error {
				if v == "" {
					return fmt.Errorf("a task needs an agency; to take the row out, give assignments[%d] the value \"\"", i)
				}
				p.Assignments[i].Agency, p.Assignments[i].AgencyID = v, authority.Resolve(v, p.Issued, p.Province.Name).ID
				return nil
			}, at: func(p *plan.Plan, i int) []plan.Span { return some(p.Assignments[i].AgencySpan) }},
			{name: "role", get: func(p *plan.Plan, i int) string { return string(p.Assignments[i].Role) }, set: func(p *plan.Plan, i int, v string) error {
				r, err := oneOf(string(plan.Lead), string(plan.Support))(v)
				if err == nil {
					p.Assignments[i].Role = plan.Role(r)
				}
				return err
			}, at: func(p *plan.Plan, i int) []plan.Span { return some(p.Assignments[i].AgencySpan) }},
			text("task", func(p *plan.Plan, i int) *string { return &p.Assignments[i].Task }, nil),
			{name: "with", get: func(p *plan.Plan, i int) string { return strings.Join(p.Assignments[i].With, "; ") }, set: func(p *plan.Plan, i int, v string) error {
				p.Assignments[i].With = nil
				for _, w := range strings.Split(v, ";") {
					if w = strings.TrimSpace(w); w != "" {
						p.Assignments[i].With = append(p.Assignments[i].With, w)
					}
				}
				return nil
			}, at: func(p *plan.Plan, i int) []plan.Span { return some(p.Assignments[i].WithSpans...) }},
			part("deadline", func(p *plan.Plan, i int) (*string, plan.Span) {
				return &p.Assignments[i].Deadline, p.Assignments[i].DeadlineSpan
			}),
			part("output", func(p *plan.Plan, i int) (*string, plan.Span) {
				return &p.Assignments[i].Output, p.Assignments[i].OutputSpan
			}),
		}},
	{name: "citations", size: func(p *plan.Plan) int { return len(p.Citations) },
		at:         func(p *plan.Plan, i int) []plan.Span { return some(p.Citations[i].Span) },
		confidence: func(p *plan.Plan, i int) plan.Confidence { return p.Citations[i].Confidence },
		title:      func(p *plan.Plan, i int) string { return p.Citations[i].Text + " (" + p.Citations[i].Role + ")" },
		remove:     func(p *plan.Plan, i int) { p.Citations = slices.Delete(p.Citations, i, i+1) },
		parts: []field{
			text("number", func(p *plan.Plan, i int) *string { return &p.Citations[i].Number }, aNumber),
			text("date", func(p *plan.Plan, i int) *string { return &p.Citations[i].Date }, aDate),
			text("role", func(p *plan.Plan, i int) *string { return &p.Citations[i].Role }, oneOf(plan.Implements, plan.BasisOf, plan.Mention, plan.InFootnote)),
			text("relation", func(p *plan.Plan, i int) *string { return &p.Citations[i].Relation }, oneOf("amends", "repeals", "replaces", "guides")),
			text("type", func(p *plan.Plan, i int) *string { return &p.Citations[i].Type }, nil),
			text("issuer", func(p *plan.Plan, i int) *string { return &p.Citations[i].Issuer }, nil),
			{name: "text", get: func(p *plan.Plan, i int) string { return p.Citations[i].Text }},
		}},
	{name: "deadlines", size: func(p *plan.Plan) int { return len(p.Deadlines) },
		at:         func(p *plan.Plan, i int) []plan.Span { return some(p.Deadlines[i].Span) },
		confidence: func(p *plan.Plan, i int) plan.Confidence { return p.Deadlines[i].Confidence },
		title: func(p *plan.Plan, i int) string {
			d := &p.Deadlines[i]
			return strings.TrimSpace(strings.Join(strings.Fields(d.Date+" "+d.Recurs+" "+d.MonthDay), " ")) + ": " + d.Text
		},
		remove: func(p *plan.Plan, i int) { p.Deadlines = slices.Delete(p.Deadlines, i, i+1) },
		parts: []field{
			text("date", func(p *plan.Plan, i int) *string { return &p.Deadlines[i].Date }, aDate),
			text("month_day", func(p *plan.Plan, i int) *string { return &p.Deadlines[i].MonthDay }, nil),
			text("recurs", func(p *plan.Plan, i int) *string { return &p.Deadlines[i].Recurs }, oneOf("yearly", "half-yearly", "quarterly", "monthly", "weekly")),
			{name: "text", get: func(p *plan.Plan, i int) string { return p.Deadlines[i].Text }},
		}},
	{name: "targets", size: func(p *plan.Plan) int { return len(p.Targets) },
		at:         func(p *plan.Plan, i int) []plan.Span { return some(p.Targets[i].Span) },
		confidence: func(p *plan.Plan, i int) plan.Confidence { return p.Targets[i].Confidence },
		title:      func(p *plan.Plan, i int) string { return p.Targets[i].Text },
		remove:     func(p *plan.Plan, i int) { p.Targets = slices.Delete(p.Targets, i, i+1) },
		parts: []field{
			{name: "value", get: func(p *plan.Plan, i int) string { return decimal(p.Targets[i].Value) }, set: func(p *plan.Plan, i int, v string) error {
				n, err := aDecimal(v)
				if err == nil {
					p.Targets[i].Value = n
				}
				return err
			}},
			{name: "max", get: func(p *plan.Plan, i int) string {
				if p.Targets[i].Max == nil {
					return ""
				}
				return decimal(*p.Targets[i].Max)
			}, set: func(p *plan.Plan, i int, v string) error {
				if v == "" {
					p.Targets[i].Max = nil
					return nil
				}
				n, err := aDecimal(v)
				if err == nil {
					p.Targets[i].Max = &n
				}
				return err
			}},
			text("unit", func(p *plan.Plan, i int) *string { return &p.Targets[i].Unit }, nil),
			text("year", func(p *plan.Plan, i int) *string { return &p.Targets[i].Year }, aDate),
			{name: "text", get: func(p *plan.Plan, i int) string { return p.Targets[i].Text }},
		}},
	{name: "money", size: func(p *plan.Plan) int { return len(p.Funding.Amounts) },
		at:         func(p *plan.Plan, i int) []plan.Span { return some(p.Funding.Amounts[i].Span) },
		confidence: func(p *plan.Plan, i int) plan.Confidence { return p.Funding.Amounts[i].Confidence },
		title: func(p *plan.Plan, i int) string {
			return p.Funding.Amounts[i].Text + " (" + strconv.FormatInt(p.Funding.Amounts[i].VND, 10) + " đồng)"
		},
		remove: func(p *plan.Plan, i int) { p.Funding.Amounts = slices.Delete(p.Funding.Amounts, i, i+1) },
		parts: []field{
			{name: "vnd", get: func(p *plan.Plan, i int) string { return strconv.FormatInt(p.Funding.Amounts[i].VND, 10) }, set: func(p *plan.Plan, i int, v string) error {
				n, err := strconv.ParseInt(strings.NewReplacer(".", "", " ", "").Replace(v), 10, 64)
				if err != nil || n < 0 {
					return fmt.Errorf("%q is no sum in đồng", v)
				}
				p.Funding.Amounts[i].VND = n
				return nil
			}},
			{name: "text", get: func(p *plan.Plan, i int) string { return p.Funding.Amounts[i].Text }},
		}},
	{name: "recipients", size: func(p *plan.Plan) int { return len(p.Recipients) },
		at: func(p *plan.Plan, i int) []plan.Span {
			if list := p.Spans["recipients"]; len(list) == len(p.Recipients) {
				return some(list[i])
			}
			return nil
		},
		confidence: func(p *plan.Plan, _ int) plan.Confidence { return p.Confidence["recipients"] },
		title:      func(p *plan.Plan, i int) string { return p.Recipients[i] },
		parts: []field{{name: "line", get: func(p *plan.Plan, i int) string { return p.Recipients[i] }, set: func(p *plan.Plan, i int, v string) error {
			p.Recipients[i] = v
			return nil
		}}}},
	{name: "attached", size: func(p *plan.Plan) int { return len(p.Attached) },
		at:         func(p *plan.Plan, i int) []plan.Span { return some(p.Attached[i].Span) },
		confidence: func(p *plan.Plan, _ int) plan.Confidence { return p.Confidence["attached"] },
		title:      func(p *plan.Plan, i int) string { return p.Attached[i].Type.Name + ": " + p.Attached[i].Title },
		parts:      []field{text("title", func(p *plan.Plan, i int) *string { return &p.Attached[i].Title }, nil)}},
}

// part is a part of an element with words of its own.
func part(name string, of func(p *plan.Plan, i int) (*string, plan.Span)) field {
	f := text(name, func(p *plan.Plan, i int) *string { s, _ := of(p, i); return s }, nil)
	f.at = func(p *plan.Plan, i int) []plan.Span { _, sp := of(p, i); return some(sp) }
	return f
}

// some are the spans that are there.
func some(spans ...plan.Span) []plan.Span {
	var out []plan.Span
	for _, s := range spans {
		if !s.IsZero() {
			out = append(out, s)
		}
	}
	return out
}

func decimal(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

func aDecimal(v string) (float64, error) {
	n, err := strconv.ParseFloat(strings.ReplaceAll(v, ",", "."), 64)
	if err != nil || n != n {
		return 0, fmt.Errorf("%q is no number", v)
	}
	return n, nil
}

// sameWords reports whether two values differ in blanks only.
func sameWords(a, b string) bool {
	return strings.Join(strings.Fields(a), " ") == strings.Join(strings.Fields(b), " ")
}
