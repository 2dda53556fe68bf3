package structure

import (
	"slices"
	"strings"

	"kehoach/authority"
	"kehoach/normalize"
	"kehoach/plan"
)

// header judges the fields of the head and of the signature.
func (j *judge) header() {
	p := j.plan
	p.Confidence = make(map[string]plan.Confidence, 16)
	put := func(field, value string, o opinion) {
		if value == "" {
			return
		}
		spans := p.Spans[field]
		if len(spans) == 0 { // no words of its own: as sure as those that it was concluded from
			spans = p.Spans[derived[field]]
		}
		for _, sp := range spans {
			o = o.unless(j.read(sp))
		}
		p.Confidence[field] = o.unless(j.whole).confidence()
	}
	inferred := func(field string) bool { return slices.Contains(p.Inferred, field) }
	at := func(field string) bool { return len(p.Spans[field]) > 0 }
	const portal = "the document prints none: it comes from the portal's own lines"
	elsewhere := func(field string) string {
		if at(field) {
			return "read from the text, not from its usual place"
		}
		if len(j.doc.Portal) > 0 {
			return portal
		}
		return "concluded from other fields"
	}

	agrees := j.symbolAgrees()
	number := opinion{sure, "printed in the letterhead, and its symbol is that of the type"}
	number = number.but(!agrees, likely, "printed in the letterhead, but its symbol is not that of the type")
	number = number.but(j.has(plan.SymbolConflict), likely, "its symbol contradicts the type")
	number = number.but(strings.HasPrefix(p.Number, "0") && len(p.Number) > 1 && p.Number[1] == '/', doubtful, "the number is nought")
	put("number", p.Number, number.but(inferred("number"), likely, elsewhere("number")))
	put("symbol", p.Symbol, number.but(inferred("number"), likely, elsewhere("symbol")))

	kind := opinion{sure, "printed on a line of its own"}
	kind = kind.but(!at("type"), likely, "it has no line of its own: told by the symbol or by the form")
	kind = kind.but(j.has(plan.SymbolConflict), likely, "the symbol of the number says otherwise")
	put("type", p.Type.Code, kind.but(inferred("type"), likely, elsewhere("type")))

	put("issuer", p.Issuer.Name, j.issuer().but(inferred("issuer"), likely, elsewhere("issuer")))
	put("province", p.Province.Name, j.province().but(inferred("province"), likely, "concluded from a place that the document names"))
	place := opinion{sure, "printed before the date"}
	place = place.but(p.Province.Name != "" && normalize.Fold(p.Place) != normalize.Fold(p.Province.Name) && j.seen, likely, "no name of a known place")
	put("place", p.Place, place)

	date := opinion{sure, "printed in the letterhead"}
	date = date.but(len(p.Issued) < len("2006-01-02"), likely, "the day or the month is not printed")
	date = date.but(p.Issued != "" && (p.Issued < "1945" || p.Issued > "2100"), doubtful, "no such year is likely")
	date = date.but(j.after(), likely, "the document cites one of a later date")
	put("issued", p.Issued, date.but(inferred("issued"), likely, elsewhere("issued")))

	title := opinion{sure, "stands below the type"}
	title = title.but(!at("type"), likely, "the line of the type above it is missing")
	n := countWords(p.Title, 81)
	title = title.but(n < 3 || n > 80, doubtful, "too short or too long for a title")
	title = title.but(strings.HasSuffix(p.Title, ",") || opensLower(p.Title) && !at("type"), likely, "its end or its beginning seems to be missing")
	title = title.unless(spells(p.Title))
	put("title", p.Title, title.but(inferred("title"), likely, elsewhere("title")))

	name := opinion{sure, "stands below the position"}
	name = name.but(p.Signer.Position == "", likely, "no position stands above it")
	name = name.but(!syllables(p.Signer.Name), likely, "the name is not Vietnamese by its syllables, or was misread")
	put("signer.name", p.Signer.Name, name.but(inferred("signer"), likely, elsewhere("signer.name")))
	position := opinion{sure, "printed in capitals above the name"}
	position = position.but(p.Signer.Name == "", likely, "no name stands below it")
	position = position.but(!syllables(strings.TrimPrefix(p.Signer.Position, "Q.")), likely, "it holds a word that is no Vietnamese")
	put("signer.position", p.Signer.Position, position)
	put("signer.authority", p.Signer.Authority, opinion{sure, "printed above the position"}.but(p.Signer.Position == "", likely, "no position stands below it"))

	span := opinion{sure, "the title or the part on time names it"}
	put("period", p.Period.From+p.Period.To, span.but(p.Period.To != "" && p.Issued != "" && p.Period.To < p.Issued[:4], doubtful, "it ended before the document was issued").
		but(p.Period.From == "" || p.Period.To == "", likely, "one end of it is open"))
	list := opinion{sure, "listed under Nơi nhận, which ends with Lưu"}
	if k := len(p.Recipients); k > 0 {
		list = list.but(!strings.HasPrefix(normalize.Fold(p.Recipients[k-1]), "luu"), likely, "the list does not end with Lưu: lines of it may be missing")
		put("recipients", "listed", list)
	}
	if len(p.Attached) > 0 {
		put("attached", "attached", opinion{likely, "a type line of its own stands behind the end of the document"})
	}
	if len(p.Funding.Sources) > 0 {
		put("funding", "named", j.funding())
	}
}

// derived leads from a field without words of its own to the one that it is concluded from.
var derived = map[string]string{"province": "issuer", "period": "title"}

// symbolAgrees reports whether the symbol of the number is that of the type.
func (j *judge) symbolAgrees() bool {
	code, _, _ := strings.Cut(j.plan.Symbol, "-")
	t, ok := authority.TypeByCode(code)
	if j.plan.Type.Code == "CV" { // official letters carry no code of their own
		return true
	}
	return ok && (t.Code == j.plan.Type.Code || t.Name == j.plan.Type.Name)
}

// issuer judges the issuing body: the letterhead, the symbol and the signature should name the same one.
func (j *judge) issuer() opinion {
	p := j.plan
	o := opinion{sure, "printed in the letterhead, a known body"}
	unknown := strings.HasPrefix(p.Issuer.ID, "x-") || p.Issuer.ID == ""
	o = o.but(unknown, likely, "printed in the letterhead, but no known body")
	_, org, _ := strings.Cut(p.Symbol, "-")
	fold := normalize.Fold(p.Issuer.Name)
	committee := strings.HasPrefix(fold, "uy ban nhan dan")
	switch {
	case org == "":
	case committee != (strings.HasPrefix(org, "UB")) && !j.byHead(fold):
		o = o.but(true, likely, "the symbol of the number is that of another body")
	case unknown && spelledBy(fold, org):
		o = opinion{sure, "printed in the letterhead, and the symbol abbreviates it"}
	}
	if sign := normalize.Fold(p.Signer.Authority); committee && strings.HasPrefix(sign, "tm.") && !strings.Contains(sign, "uy ban") && !strings.Contains(sign, "ubnd") {
		o = o.but(true, likely, "the signature is on behalf of another body")
	}
	return o
}

// byHead reports whether the head of a body issues in its place, so that symbol and letterhead may differ.
func (j *judge) byHead(fold string) bool {
	return strings.HasPrefix(fold, "chu tich") || strings.HasPrefix(fold, "thu tuong") || strings.Contains(fold, "uy ban nhan dan")
}

// spelledBy reports whether an abbreviation takes its letters from the words of a name, in their order.
func spelledBy(fold, short string) bool {
	rest := strings.ToLower(normalize.Fold(short))
	for w := range strings.FieldsSeq(fold) {
		if rest != "" && w[0] == rest[0] {
			rest = rest[1:]
		}
	}
	return rest == ""
}

// province judges the province of the issuer.
func (j *judge) province() opinion {
	p := j.plan
	switch {
	case j.has(plan.AmbiguousPlace):
		return opinion{doubtful, "places of this name are in several provinces"}
	case strings.Contains(normalize.Fold(p.Issuer.Name), normalize.Fold(p.Province.Name)):
		return opinion{sure, "the issuer's name holds it"}
	case normalize.Fold(p.Place) == normalize.Fold(p.Province.Name):
		return opinion{sure, "the place before the date"}
	}
	return opinion{sure, "the body above the issuer names it"}
}

// after reports whether the opening cites a document that is younger than the date of this one.
func (j *judge) after() bool {
	p := j.plan
	if p.Issued == "" {
		return false
	}
	for i := range p.Citations {
		c := &p.Citations[i]
		if (c.Role == plan.Implements || c.Role == plan.BasisOf) && len(c.Date) == len("2006-01-02") && c.Date > p.Issued+"~" {
			return true
		}
	}
	return false
}

// funding judges the sources of money by where they are named.
func (j *judge) funding() opinion {
	for _, sp := range j.plan.Funding.SourceSpans {
		if id, ok := j.sectionAt(sp.Start).ID(); !ok || j.plan.Sections[id].Kind != plan.Money {
			return opinion{likely, "named outside a part on funding"}
		}
	}
	return opinion{sure, "named in the part on funding"}
}

// syllables reports whether all words of a name are Vietnamese syllables; single letters may stand inside ("Vàng A Sềnh").
func syllables(name string) bool {
	for w := range strings.FieldsSeq(name) {
		if w = strings.Trim(w, ".,"); len(w) > 1 && !normalize.Valid(w) {
			return false
		}
	}
	return true
}

// opensLower reports whether a text begins with a small letter.
func opensLower(s string) bool { return s != "" && !opensUpper(s) && !isDigit(s[0]) }

// nothing says of the empty fields which are absent, and which were looked for in vain.
func (j *judge) nothing() {
	p := j.plan
	absent := func(field, reason string) {
		if p.Absent == nil {
			p.Absent = map[string]string{}
		}
		p.Absent[field] = reason
	}
	missing := func(field string) {
		if !slices.Contains(p.NotFound, field) {
			p.NotFound = append(p.NotFound, field)
		}
	}
	for _, f := range []struct{ name, value, code string }{{"number", p.Number, plan.BlankNumber}, {"issued", p.Issued, plan.BlankDate}} {
		switch {
		case f.value != "" || !j.has(f.code):
		case j.seen:
			p.Confidence[f.name] = opinion{doubtful, "its place looks blank in the picture; it may be written by hand"}.confidence()
		default:
			absent(f.name, "the place for it is blank")
		}
	}
	if p.Province.Name == "" {
		if p.Issuer.Level == plan.Central {
			absent("province", "a central body belongs to no province")
		} else {
			missing("province")
		}
	}
	if p.Place == "" {
		missing("place")
	}
	if p.Type.Code == "" {
		missing("type")
	}
	const cut = "the source is cut off before the end of the document"
	named := p.Signer.Name != ""
	switch {
	case p.Signer == plan.Signer{} && p.Source.Truncated:
		absent("signer", cut)
	case !named:
		missing("signer")
	case j.seen || j.whole.level > sure: // they may be there, and misread
		if p.Signer.Position == "" {
			missing("signer.position")
		}
		if p.Signer.Authority == "" {
			missing("signer.authority")
		}
	default:
		if p.Signer.Position == "" {
			absent("signer.position", "no position is printed above the name")
		}
		if p.Signer.Authority == "" {
			absent("signer.authority", "who signs does so in no one's place and on no one's behalf")
		}
	}
	if len(p.Recipients) == 0 {
		if p.Source.Truncated {
			absent("recipients", cut)
		} else {
			missing("recipients")
		}
	}
	if p.Period == (plan.Period{}) {
		if p.Type.Code != "" && p.Type.Code != "KH" && len(p.Attached) == 0 {
			absent("period", "a document of this type need not cover a time")
		} else {
			missing("period")
		}
	}
	if len(p.Funding.Sources) == 0 {
		if slices.ContainsFunc(p.Sections, func(x plan.Section) bool { return x.Kind == plan.Money }) {
			missing("funding")
		} else {
			absent("funding", "the document has no part on funding")
		}
	}
}
