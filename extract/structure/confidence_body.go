package structure

import (
	"strings"

	"kehoach/authority"
	"kehoach/plan"
)

// sections judges the outline: each unit by how its label fits those around it.
func (j *judge) sections() {
	lost := j.has(plan.NumberingLost)
	doubts := 0
	for i := range j.units {
		if j.units[i].doubt != "" {
			doubts++
		}
	}
	shaky := doubts > 2 && doubts*12 > len(j.units) // labels of the document are not to be relied on
	for i := range j.plan.Sections {
		sec := &j.plan.Sections[i]
		o := opinion{sure, "its label counts on from the one before it"}
		if sec.Level == 1 {
			o.reason = "its label counts on at the top"
		}
		o = o.but(lost, likely, "the document lost automatic numbers")
		o = o.but(shaky, likely, "several labels of the document do not count on")
		o = o.but(doubts > 0 && j.besideDoubt(i), likely, "the label beside it does not count on")
		switch doubt := j.units[i].doubt; doubt {
		case "":
		case "the label is printed twice": // a misprint, mostly: its place is clear
			o = o.but(true, likely, doubt)
		default:
			o = o.but(true, doubtful, doubt)
		}
		o = o.unless(j.whole)
		if j.seen {
			o = o.unless(j.read(plan.Span{Start: sec.Span.Start, End: sec.Span.Start + len(sec.Label)}))
		}
		sec.Confidence = o.confidence()
	}
}

// besideDoubt reports whether the unit before or behind one, at the same depth, is doubtful: what a label too few or too many
// parts is uncertain.
func (j *judge) besideDoubt(i int) bool {
	for _, k := range []int{i - 1, i + 1} {
		if k >= 0 && k < len(j.units) && j.units[k].doubt != "" && j.units[k].depth == j.units[i].depth {
			return true
		}
	}
	return false
}

// assignments judges each row by its form: how the document says who does what.
func (j *judge) assignments() {
	list := j.plan.Assignments
	for i := range list {
		a := &list[i]
		o := j.form(a)
		o = o.but(strings.HasPrefix(a.AgencyID, "x-") || a.AgencyID == "", likely, "no known body, taken for one by its form")
		n := countWords(a.Task, 200)
		o = o.but(n < 3, doubtful, "hardly words enough for a task")
		if id, ok := a.Section.ID(); ok && id < len(j.plan.Sections) && j.plan.Sections[id].Confidence.Level != plan.Sure {
			o = o.but(true, likely, "the label of its section is not sure")
		}
		o = o.unless(j.read(a.Span))
		if !a.AgencySpan.IsZero() {
			o = o.unless(j.read(a.AgencySpan))
		}
		a.Confidence = o.confidence()
	}
}

// form is the opinion that a row's form alone allows.
func (j *judge) form(a *plan.Assignment) opinion {
	l := j.lineAt(a.AgencySpan.Start)
	if a.AgencySpan.IsZero() || l == nil {
		return opinion{likely, "the body is not named beside the task"}
	}
	kind := plan.Other
	if id, ok := a.Section.ID(); ok && id < len(j.plan.Sections) {
		kind = j.plan.Sections[id].Kind
	}
	switch {
	case l.isRow():
		return opinion{sure, "a row of a table of tasks"}
	case a.AgencySpan.Start < l.Start || a.Span.Start >= l.End || a.Span.End <= l.Start:
		if _, _, ok := labelled(l); ok {
			return opinion{sure, "a labelled line names the body"}
		}
		if kind == plan.Organization {
			return opinion{sure, "listed under the name of the body in the part on organisation"}
		}
		return opinion{likely, "listed under the name of a body outside the part on organisation"}
	case kind == plan.Organization:
		return opinion{sure, "the sentence opens with the body, in the part on organisation"}
	}
	if _, _, ok := labelled(l); ok {
		return opinion{sure, "a labelled line names the body"}
	}
	return opinion{likely, "a sentence outside the part on organisation assigns it"}
}

// values judges citations, deadlines, targets and money.
func (j *judge) values() {
	p := j.plan
	for i := range p.Citations {
		c := &p.Citations[i]
		o := opinion{sure, "a number of the usual form"}
		_, known := authority.TypeByCode(c.Type)
		switch {
		case c.Number == "" && c.Date == "" && !fourDigitsIn(c.Text):
			o = opinion{likely, "named without number and year"}
		case c.Number == "":
			o.reason = "named by name and year"
		case !known:
			o = opinion{likely, "the symbol of its number is that of no known type"}
		}
		o = o.but(c.Role == plan.Implements && c.Date == "" && c.Number == "", likely, "told from the words around it")
		c.Confidence = o.unless(j.read(c.Span)).confidence()
	}
	for i := range p.Deadlines {
		d := &p.Deadlines[i]
		o := opinion{sure, "the date is printed"}
		switch {
		case d.Recurs != "":
			o.reason = "a rhythm is named"
		case !fourDigitsIn(d.Text):
			o = opinion{likely, "the year is concluded from the rest of the document"}
		case len(d.Date) == len("2006-01-02") && p.Issued != "" && d.Date < p.Issued[:4]:
			o = opinion{likely, "it lies before the document was issued"}
		}
		d.Confidence = o.unless(j.read(d.Span)).confidence()
	}
	for i := range p.Targets {
		t := &p.Targets[i]
		o := opinion{sure, "a quantity in a part on aims"}
		kind := plan.Other
		if id, ok := t.Section.ID(); ok && id < len(p.Sections) {
			kind = p.Sections[id].Kind
		}
		o = o.but(kind != plan.Objectives, likely, "a quantity outside the parts on aims")
		o = o.but(t.Unit == "", doubtful, "no unit is printed")
		t.Confidence = o.unless(j.read(t.Span)).confidence()
	}
	for i := range p.Funding.Amounts {
		p.Funding.Amounts[i].Confidence = j.amount(&p.Funding.Amounts[i]).confidence()
	}
	for i := range p.Assignments {
		if a := &p.Assignments[i].Funding; a.Text != "" {
			a.Confidence = j.amount(a).confidence()
		}
	}
}

// amount judges a sum of money.
func (j *judge) amount(a *plan.Amount) opinion {
	o := opinion{sure, "a sum with its unit"}
	o = o.but(!strings.Contains(a.Text, "đ") && !strings.Contains(a.Text, "Đ") && !strings.Contains(a.Text, "VN"), likely, "the unit stands elsewhere, as in the head of a table")
	return o.unless(j.read(a.Span))
}

// fourDigitsIn reports whether a text holds a year.
func fourDigitsIn(s string) bool {
	for i := 0; i+4 <= len(s); i++ {
		if isDigit(s[i]) && isDigit(s[i+1]) && isDigit(s[i+2]) && isDigit(s[i+3]) {
			return true
		}
	}
	return false
}
