package export

import (
	"fmt"
	"iter"
	"strings"

	"kehoach/plan"
)

// Table is one kind of row. Values are strings, ints, int64s and floats; an absent one is "".
type Table struct {
	Name    string
	Columns []string
	rows    func(*plan.Plan) iter.Seq[[]any]
}

// Tables lists the tables, in the order of the help.
var Tables = []Table{
	{"documents", []string{"plan", "number", "symbol", "type", "issuer", "issuer_id", "level", "province_id", "province", "today_id", "today",
		"place", "issued", "title", "period_from", "period_to", "signer", "position", "authority", "recipients", "programs", "funding_sources",
		"sections", "assignments", "citations", "deadlines", "inferred", "not_found", "problems", "format", "bytes", "sha256", "source", "corrected"}, documents},
	{"sections", []string{"plan", "number", "province", "issued", "section", "path", "level", "kind", "heading", "text", "page", "start", "end", "source", "corrected"}, sections},
	{"assignments", []string{"plan", "number", "issuer", "province", "today", "issued", "agency", "agency_id", "role", "task", "with", "deadline", "output",
		"funding_vnd", "section", "path", "start", "end", "source", "corrected"}, assignments},
	{"citations", []string{"plan", "number", "province", "issued", "cited", "type", "issuer", "date", "role", "relation", "text", "section", "start", "end", "source", "corrected"}, citations},
	{"deadlines", []string{"plan", "number", "province", "issued", "date", "month_day", "recurs", "text", "section", "path", "start", "end", "source", "corrected"}, deadlines},
}

func list(values []string) string { return strings.Join(values, " | ") }

// ref is the section of a row and its path, "" where it stands in none.
func ref(p *plan.Plan, r plan.Ref) (id any, path string) {
	i, ok := r.ID()
	if !ok || i >= len(p.Sections) {
		return "", ""
	}
	return i, strings.Join(p.Sections[i].Path, "/")
}

// corrected names the parts of an element that a person corrected.
func corrected(p *plan.Plan, name string, i int) string {
	if len(p.Corrections) == 0 {
		return ""
	}
	return list(p.Corrects(fmt.Sprintf("%s[%d]", name, i)))
}

func documents(p *plan.Plan) iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		var programs, problems []string
		for _, c := range p.Citations {
			if c.Role == plan.Implements && c.Number != "" {
				programs = append(programs, c.Number)
			}
		}
		for _, q := range p.Problems {
			problems = append(problems, q.Code)
		}
		yield([]any{p.ID, p.Number, p.Symbol, p.Type.Code, p.Issuer.Name, p.Issuer.ID, string(p.Issuer.Level), p.Province.ID, p.Province.Name,
			p.Province.Today.ID, p.Province.Today.Name, p.Place, p.Issued, p.Title, p.Period.From, p.Period.To, p.Signer.Name, p.Signer.Position,
			p.Signer.Authority, list(p.Recipients), list(programs), list(p.Funding.Sources), len(p.Sections), len(p.Assignments), len(p.Citations),
			len(p.Deadlines), list(p.Inferred), list(p.NotFound), list(problems), p.Source.Format, p.Source.Bytes, p.Source.SHA256, p.Source.Path,
			list(p.Corrects(""))})
	}
}

func sections(p *plan.Plan) iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		for i := range p.Sections {
			s := &p.Sections[i]
			var page any = ""
			if s.Page > 0 {
				page = s.Page
			}
			if !yield([]any{p.ID, p.Number, p.Province.Name, p.Issued, s.ID, strings.Join(s.Path, "/"), s.Level, string(s.Kind), s.Heading, s.Text,
				page, s.Span.Start, s.Span.End, p.Source.Path, corrected(p, "sections", i)}) {
				return
			}
		}
	}
}

func assignments(p *plan.Plan) iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		for i := range p.Assignments {
			a := &p.Assignments[i]
			section, path := ref(p, a.Section)
			var money any = ""
			if a.Funding.Text != "" {
				money = a.Funding.VND
			}
			if !yield([]any{p.ID, p.Number, p.Issuer.Name, p.Province.Name, p.Province.Today.Name, p.Issued, a.Agency, a.AgencyID, string(a.Role), a.Task,
				list(a.With), a.Deadline, a.Output, money, section, path, a.Span.Start, a.Span.End, p.Source.Path, corrected(p, "assignments", i)}) {
				return
			}
		}
	}
}

func citations(p *plan.Plan) iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		for i := range p.Citations {
			c := &p.Citations[i]
			section, _ := ref(p, c.Section)
			if !yield([]any{p.ID, p.Number, p.Province.Name, p.Issued, c.Number, c.Type, c.Issuer, c.Date, c.Role, c.Relation, c.Text, section,
				c.Span.Start, c.Span.End, p.Source.Path, corrected(p, "citations", i)}) {
				return
			}
		}
	}
}

func deadlines(p *plan.Plan) iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		for i := range p.Deadlines {
			d := &p.Deadlines[i]
			section, path := ref(p, d.Section)
			if !yield([]any{p.ID, p.Number, p.Province.Name, p.Issued, d.Date, d.MonthDay, d.Recurs, d.Text, section, path, d.Span.Start, d.Span.End,
				p.Source.Path, corrected(p, "deadlines", i)}) {
				return
			}
		}
	}
}
