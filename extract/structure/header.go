package structure

import (
	"slices"
	"strings"

	"kehoach/authority"
	"kehoach/normalize"
	"kehoach/plan"
)

// readHeader reads who issued the document, its number, date, type and title.
func readHeader(s *state) {
	z := &s.zones
	nation, block := false, []int(nil)
	limit := z.head.to
	if z.typeLine >= 0 {
		limit = z.typeLine
	}
	for i := range limit {
		l := &s.lines[i]
		switch headKind(l) {
		case headNation:
			nation = true
			if at := nationAt(l.fold); at > 0 { // the other column on the same line
				if _, ok := numberAt(l.fold[:at]); ok && s.plan.Symbol == "" {
					s.readNumber(l)
				} else {
					block = append(block, i)
				}
			}
		case headNumber:
			if s.plan.Symbol == "" {
				s.readNumber(l)
			}
			if _, ok := dateAt(l.fold); ok && s.plan.Issued == "" {
				s.readDate(l)
			}
		case headDate:
			if s.plan.Issued == "" && s.plan.Place == "" {
				s.readDate(l)
			}
		case headIssuer:
			// In a picture, capitals below the number are a stamp's or a slip's: issuers stand above it.
			if !z.title.holds(i) && !(l.seen && len(block) > 0 && s.plan.Symbol != "") {
				block = append(block, i)
			}
		}
	}
	// The number and the date can also stand under the type, in documents set by hand.
	for i := limit; i < min(len(s.lines), z.head.to+3); i++ {
		l := &s.lines[i]
		if k := headKind(l); k == headNumber && s.plan.Symbol == "" && strings.Contains(l.text, ":") && strings.HasPrefix(l.fold, "so") {
			s.readNumber(l)
		} else if k == headDate && s.plan.Issued == "" && s.plan.Place == "" && strings.Contains(l.text, ",") && len(l.fold) < 80 {
			s.readDate(l)
		}
	}
	s.readTitle()
	s.readIssuer(block)
	if s.plan.Issuer.Name == "" && !s.caption.IsZero() {
		s.setSpan("issuer", s.caption)
		s.setIssuer(officeOf(oneLine(strings.ReplaceAll(s.plan.Quote(s.caption), "\n", " "))), "")
		s.infer("issuer")
	}
	s.readType()
	s.readPortal()
	s.adopted()
	s.inferIssuer()
	s.readProvince()
	if !nation && s.plan.Spans["issuer"] == nil || slices.Contains(s.plan.Inferred, "issuer") && !nation {
		s.problem(plan.MissingHeader, "the letterhead is missing", plan.Span{})
	}
	s.missingFields()
}

// adopted takes the date of a law from the line that says when it was adopted.
func (s *state) adopted() {
	p := s.plan
	if p.Issued != "" || p.Type.Code != "Luật" && p.Type.Code != "PL" && p.Type.Code != "NQ" {
		return
	}
	for i := len(s.lines) - 1; i >= max(0, len(s.lines)-40); i-- {
		l := &s.lines[i]
		at := strings.Index(l.fold, "thong qua ngay ")
		if at < 0 || !strings.Contains(l.fold[:at], "quoc hoi") {
			continue
		}
		at += len("thong qua ngay ")
		if iso, n := writtenDate(l.fold[at:]); n > 0 {
			p.Issued = iso
			s.setSpan("issued", l.span(at, at+n))
			s.infer("issued")
		}
		return
	}
}

// missingFields lists what such a document should have and does not print.
func (s *state) missingFields() {
	p := s.plan
	blank := func(code string) bool {
		return slices.ContainsFunc(p.Problems, func(q plan.Problem) bool { return q.Code == code })
	}
	for _, f := range []struct {
		name  string
		there bool
	}{
		{"number", p.Number != "" || blank(plan.BlankNumber)},
		{"issuer", p.Issuer.Name != ""},
		{"issued", p.Issued != "" || blank(plan.BlankDate)},
		{"title", p.Title != ""},
	} {
		if !f.there {
			p.NotFound = append(p.NotFound, f.name)
		}
	}
}

// readTitle writes the trích yếu in one line.
func (s *state) readTitle() {
	z := &s.zones
	var spans []plan.Span
	if z.typeLine >= 0 {
		l := &s.lines[z.typeLine]
		if _, rest, ok := typeWord(l); ok && rest < len(l.text) {
			spans = append(spans, plan.Span{Start: l.Start + rest, End: l.End})
		}
	}
	for i := z.title.from; i < z.title.to; i++ {
		spans = append(spans, s.lines[i].Span)
	}
	if len(spans) > 0 {
		var subject int
		subject, s.caption = s.readCaption(spans[0].Start, spans[len(spans)-1].End)
		for len(spans) > 0 && spans[0].End <= subject {
			spans = spans[1:]
		}
		if len(spans) > 0 {
			spans[0].Start = max(spans[0].Start, subject)
		}
	}
	var words []string
	for _, sp := range spans {
		words = append(words, strings.Fields(s.plan.Quote(sp))...)
	}
	if len(words) == 0 {
		return
	}
	s.plan.Title = strings.TrimRight(strings.Join(words, " "), " .")
	s.plan.Spans["title"] = spans
}

// readType takes the type from its line, else from the symbol, else from the form of an official letter.
func (s *state) readType() {
	p := s.plan
	symbol, _, _ := strings.Cut(p.Symbol, "-")
	fromSymbol, known := authority.TypeByCode(symbol)
	if s.zones.typeLine >= 0 {
		l := &s.lines[s.zones.typeLine]
		t, rest, _ := typeWord(l)
		p.Type = t
		s.setSpan("type", plan.Span{Start: l.Start, End: l.Start + len(strings.TrimRight(l.text[:rest], " :."))})
		if known && fromSymbol.Code != t.Code && fromSymbol.Name != t.Name {
			s.problem(plan.SymbolConflict, "the symbol "+p.Symbol+" is not that of a "+strings.ToLower(t.Name), p.Spans["type"][0])
		}
		return
	}
	if known {
		p.Type = fromSymbol
		s.infer("type")
		return
	}
	if p.Symbol != "" || strings.HasPrefix(normalize.Fold(p.Title), "v/v") {
		p.Type = plan.Type{Code: "CV", Name: "Công văn"}
	}
}

// portalField names the field that a line of a portal's data fills, or "".
func portalField(name string) string {
	switch f := normalize.Fold(strings.Trim(name, " :")); f {
	case "so hieu", "so ky hieu", "so, ky hieu", "so/ky hieu", "so van ban", "so hieu van ban", "so ky hieu van ban":
		return "number"
	case "ngay ban hanh", "ngay ky":
		return "issued"
	case "loai van ban", "the loai", "hinh thuc van ban":
		return "type"
	case "co quan ban hanh", "noi ban hanh", "don vi ban hanh", "co quan/don vi ban hanh":
		return "issuer"
	case "nguoi ky":
		return "signer"
	case "trich yeu", "trich yeu noi dung", "ten van ban", "tieu de":
		return "title"
	case "linh vuc", "linh vuc, nganh", "nganh", "nganh, linh vuc":
		return "areas"
	}
	return ""
}

// readPortal fills what the document leaves empty from the portal's own lines; such fields are inferred.
func (s *state) readPortal() {
	p := s.plan
	for _, f := range s.doc.Portal {
		switch portalField(f.Name) {
		case "number":
			if n, ok := authority.ParseNumber(f.Value); ok && p.Number == "" {
				p.Number, p.Symbol = n.Number, n.Symbol
				s.infer("number")
			}
		case "issued":
			if d := portalDate(f.Value); d != "" && len(p.Issued) < len(d) {
				p.Issued = d
				s.infer("issued")
			}
		case "type":
			if t, ok := authority.TypeByName(f.Value); ok && p.Type.Code == "" {
				p.Type = t
				s.infer("type")
			}
		case "areas":
			for _, a := range strings.FieldsFunc(f.Value, func(r rune) bool { return r == ';' || r == '|' }) {
				if a = strings.Join(strings.Fields(a), " "); a != "" && !slices.Contains(p.Areas, a) {
					p.Areas = append(p.Areas, a) // no document prints them: a portal's line is their usual place
				}
			}
		case "title":
			if p.Title == "" {
				p.Title = strings.Join(strings.Fields(f.Value), " ")
				s.infer("title")
			}
		case "issuer":
			if p.Issuer.Name == "" && len(p.Spans["issuer"]) == 0 && s.zones.typeLine < 0 {
				s.setIssuer(strings.TrimSpace(f.Value), "")
				s.infer("issuer")
				s.infer("province")
			}
		}
	}
}

// portalDate reads "08/03/2024".
func portalDate(v string) string {
	parts := strings.FieldsFunc(strings.TrimSpace(v), func(r rune) bool { return r == '/' || r == '-' || r == '.' })
	if len(parts) != 3 {
		return ""
	}
	d, m, y := digits(parts[0]), digits(parts[1]), digits(parts[2])
	if y < 1945 || m < 1 || m > 12 || d < 1 || d > 31 {
		return ""
	}
	return isoDate(d, m, y)
}
