package index

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"kehoach/plan"
)

// The kinds of records that are no sections.
const (
	Opening plan.Kind = "opening" // what stands before the first node: letterhead, title, căn cứ; all of a plan without nodes
	Closing plan.Kind = "closing" // what stands after a node and in none: closing words, signature, recipients
)

// Record is what is found: the bytes that belong to one section and to none of its children (its label, heading
// and own text), or a piece that stands in no section.
type Record struct {
	*Head
	Seq     int      // its number in the plan; the head is 0
	Section plan.Ref // the zero Ref for Opening and Closing
	Kind    plan.Kind
	Path    []string
	Heading string
	Above   []string    // the headings of the sections that it stands in, from the top
	Below   int         // how many of the records that follow stand in its section
	Spans   []plan.Span // its bytes of Plan.Text, in order; more than one where children stand between
}

// Head is what a record has of its plan.
type Head struct {
	Plan, Number, Title string
	Issuer              plan.Issuer
	Province            plan.Province
	Issued, Year        string
	Types               []plan.Type // its own, then those of what it issues
	Lead, Support       []Body      // each once
	Programs            []string    // the numbers of the documents that it carries out
	Due                 []string    // the dates of its deadlines
	Source, Format      string
	Problems            []string // their codes, each once
	Areas               []string // lĩnh vực, where a portal gives them
	Added               int64    // the run that added it; 0 where it is not known
}

// Body is an agency: one id for all its spellings, and one of these.
type Body struct{ ID, Name string }

// Records cuts a plan into records, in the order of the text. Every byte of its Text is in exactly one of them; blank
// space between nodes goes with what stands before it.
func Records(p *plan.Plan) []Record {
	head := headOf(p)
	var list []Record
	bySection := make(map[int]int, len(p.Sections))
	gap := -1 // the record of the piece outside sections that was seen last
	for _, piece := range cut(p) {
		at, known := bySection[piece.section]
		switch {
		case piece.section >= 0 && known:
		case piece.section >= 0:
			s := &p.Sections[piece.section]
			at = len(list)
			bySection[piece.section] = at
			list = append(list, Record{Head: head, Section: plan.RefTo(piece.section), Kind: s.Kind, Path: s.Path,
				Heading: s.Heading})
			gap = -1
		case gap >= 0:
			at = gap
		default:
			at, gap = len(list), len(list)
			kind := Closing
			if len(list) == 0 {
				kind = Opening
			}
			list = append(list, Record{Head: head, Kind: kind})
		}
		r := &list[at]
		if n := len(r.Spans); n > 0 && r.Spans[n-1].End == piece.span.Start {
			r.Spans[n-1].End = piece.span.End
		} else {
			r.Spans = append(r.Spans, piece.span)
		}
	}
	if len(list) == 0 {
		list = append(list, Record{Head: head, Kind: Opening, Spans: []plan.Span{{}}})
	}
	nest(p, list)
	return list
}

// nest numbers the records, and tells each of the sections that it stands in: those before it of a higher level,
// back to the last record that is no section.
func nest(p *plan.Plan, list []Record) {
	var open []int
	for i := range list {
		r := &list[i]
		r.Seq = i
		level := 0
		if id, ok := r.Section.ID(); ok {
			level = p.Sections[id].Level
		}
		for len(open) > 0 {
			id, _ := list[open[len(open)-1]].Section.ID()
			if p.Sections[id].Level < level {
				break
			}
			open = open[:len(open)-1]
		}
		for _, at := range open {
			list[at].Below++
			if h := list[at].Heading; h != "" {
				r.Above = append(r.Above, h)
			}
		}
		if level > 0 {
			open = append(open, i)
		}
	}
}

// Text is the record's own words; text is Plan.Text.
func (r *Record) Text(text string) string {
	if len(r.Spans) == 1 {
		return text[r.Spans[0].Start:r.Spans[0].End]
	}
	parts := make([]string, len(r.Spans))
	for i, s := range r.Spans {
		parts[i] = text[s.Start:s.End]
	}
	return strings.Join(parts, "\n")
}

// piece is a run of bytes that belongs to one section, or to none (-1).
type piece struct {
	section int
	span    plan.Span
}

// cut divides the text among the innermost sections. It takes spans as they come: one that lies outside the
// text is clipped, and where two cross, the one that begins later has the bytes of both.
func cut(p *plan.Plan) []piece {
	var pieces []piece
	at := 0
	give := func(section, end int) {
		end = min(end, len(p.Text))
		if end <= at {
			return
		}
		span := plan.Span{Start: at, End: end}
		at = end
		if len(pieces) > 0 && blank(p.Text[span.Start:span.End]) {
			section = pieces[len(pieces)-1].section
		}
		if n := len(pieces); n > 0 && pieces[n-1].section == section {
			pieces[n-1].span.End = end
			return
		}
		pieces = append(pieces, piece{section, span})
	}
	var open []int
	top := func() int {
		if len(open) == 0 {
			return -1
		}
		return open[len(open)-1]
	}
	closeUntil := func(pos int) {
		for len(open) > 0 {
			if end := p.Sections[top()].Span.End; end <= pos {
				give(top(), end)
				open = open[:len(open)-1]
				continue
			}
			break
		}
	}
	for i := range p.Sections {
		start := runeStart(p.Text, max(p.Sections[i].Span.Start, at))
		closeUntil(start)
		give(top(), start)
		open = append(open, i)
	}
	closeUntil(len(p.Text))
	for len(open) > 0 { // spans that end beyond the text
		give(top(), len(p.Text))
		open = open[:len(open)-1]
	}
	give(-1, len(p.Text))
	return pieces
}

// runeStart moves a cut that a broken span puts inside a letter to the letter's start.
func runeStart(text string, at int) int {
	for at < len(text) && at > 0 && !utf8.RuneStart(text[at]) {
		at++
	}
	return at
}

func blank(s string) bool {
	for _, r := range s {
		if !unicode.IsSpace(r) {
			return false
		}
	}
	return true
}

func headOf(p *plan.Plan) *Head {
	h := &Head{Plan: p.ID, Number: p.Number, Title: p.Title, Issuer: p.Issuer, Province: p.Province, Issued: p.Issued,
		Source: p.Source.Path, Format: p.Source.Format}
	if len(p.Issued) >= 4 {
		h.Year = p.Issued[:4]
	}
	add := func(t plan.Type) {
		for _, have := range h.Types {
			if have.Code == t.Code {
				return
			}
		}
		if t.Code != "" {
			h.Types = append(h.Types, t)
		}
	}
	add(p.Type)
	for _, a := range p.Attached {
		add(a.Type)
	}
	for _, a := range p.Assignments {
		list := &h.Lead
		if a.Role == plan.Support {
			list = &h.Support
		}
		*list = addOnce(*list, Body{a.AgencyID, a.Agency})
	}
	for _, c := range p.Citations {
		if c.Role == plan.Implements && c.Number != "" {
			h.Programs = addOnce(h.Programs, c.Number)
		}
	}
	for _, problem := range p.Problems {
		h.Problems = addOnce(h.Problems, problem.Code)
	}
	for _, a := range p.Areas {
		h.Areas = addOnce(h.Areas, a)
	}
	for _, d := range p.Deadlines {
		if d.Date != "" {
			h.Due = addOnce(h.Due, d.Date)
		}
	}
	return h
}

func addOnce[T comparable](list []T, v T) []T {
	for _, have := range list {
		if have == v {
			return list
		}
	}
	return append(list, v)
}
