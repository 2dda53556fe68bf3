package plan

import "strings"

// Schema names the form of a plan's JSON. It changes when the meaning of a field changes.
const Schema = "kehoach.plan/1"

// Plan is one document, understood. Every span counts bytes of Text, and Text[s.Start:s.End] is the quote.
type Plan struct {
	Schema      string                `json:"schema"`
	ID          string                `json:"id,omitempty"` // first 16 hex digits of the SHA-256 of its first source
	Source      Source                `json:"source"`
	Number      string                `json:"number,omitempty"` // "115/KH-UBND", without blanks
	Symbol      string                `json:"symbol,omitempty"` // "KH-UBND", present even where the number is blank
	Type        Type                  `json:"type,omitzero"`
	Issuer      Issuer                `json:"issuer,omitzero"`
	Province    Province              `json:"province,omitzero"`
	Place       string                `json:"place,omitempty"`  // địa danh, as printed in the date line
	Issued      string                `json:"issued,omitempty"` // "2021-06-04", "2024-08" or "2026"
	Title       string                `json:"title,omitempty"`  // trích yếu
	Period      Period                `json:"period,omitzero"`
	Signer      Signer                `json:"signer,omitzero"`
	Recipients  []string              `json:"recipients"`      // nơi nhận
	Areas       []string              `json:"areas,omitempty"` // lĩnh vực, where a portal's own lines give them
	Attached    []Attached            `json:"attached"`
	Sections    []Section             `json:"sections"`
	Assignments []Assignment          `json:"assignments"`
	Citations   []Citation            `json:"citations"`
	Deadlines   []Deadline            `json:"deadlines"`
	Funding     Funding               `json:"funding"`
	Targets     []Target              `json:"targets"`
	Footnotes   []Note                `json:"footnotes"`
	Annexes     []Annex               `json:"annexes"`
	Spans       map[string][]Span     `json:"spans"`                // of the header's fields, by field name
	Confidence  map[string]Confidence `json:"confidence,omitempty"` // of the header's fields, by field name
	Inferred    []string              `json:"inferred"`             // fields read from elsewhere than their usual place
	Absent      map[string]string     `json:"absent,omitempty"`     // fields that the document has no value for, with the reason: a blank place, a rule why none is due
	NotFound    []string              `json:"not_found"`            // fields that such a document should have, looked for in vain
	Problems    []Problem             `json:"problems"`
	Corrections []Correction          `json:"corrections,omitempty"` // values that a person put in the place of what was read
	Pages       []PageMark            `json:"pages,omitempty"`       // where pages begin in the text; none where the format has no pages
	Text        string                `json:"text"`
}

// Quote is the words of a span, and "" where it lies outside the text.
func (p *Plan) Quote(s Span) string {
	if s.Start < 0 || s.End > len(p.Text) || s.Start > s.End {
		return ""
	}
	return p.Text[s.Start:s.End]
}

// Page is the page that holds a byte of the text, and 0 where the format has no pages.
func (p *Plan) Page(at int) int {
	page := 0
	for _, m := range p.Pages {
		if m.Start > at {
			break
		}
		page = m.Page
	}
	return page
}

// Type is the kind of a document: KH Kế hoạch, QĐ Quyết định … (Decree 30/2020/NĐ-CP, Phụ lục III).
type Type struct {
	Code string `json:"code"`
	Name string `json:"name"`
}

// Issuer is the body that issues a document, with its place.
type Issuer struct {
	Name  string `json:"name"`
	ID    string `json:"id,omitempty"` // kind and province: "so-vhttdl@lang-son"
	Level Level  `json:"level,omitempty"`
}

// Level is the tier of government of a body.
type Level string

// The tiers of government; districts were abolished on 1 July 2025.
const (
	Central    Level = "central"
	Provincial Level = "province"
	District   Level = "district"
	Commune    Level = "commune"
)

// Province is the province of the issuer as of the document's date. Its ID is a name ("kien-giang"),
// because GSO codes were used again in 2025.
type Province struct {
	ID    string `json:"id,omitempty"`
	Code  string `json:"code,omitempty"`
	Name  string `json:"name"`
	Today Place  `json:"today,omitzero"`
}

// Place is the province that covers an older one since 1 July 2025.
type Place struct {
	ID   string `json:"id,omitempty"`
	Code string `json:"code,omitempty"`
	Name string `json:"name"`
}

// Period is the span of years or dates that a plan covers; an open end is "".
type Period struct {
	From string `json:"from,omitempty"`
	To   string `json:"to,omitempty"`
}

// Signer is who signed, each part as printed and "" where it is not.
type Signer struct {
	Name      string `json:"name,omitempty"`
	Position  string `json:"position,omitempty"`  // "PHÓ CHỦ TỊCH"
	Authority string `json:"authority,omitempty"` // "KT. CHỦ TỊCH"
}

// Attached is a document that another one issues: the plan under a decision.
type Attached struct {
	Type  Type   `json:"type,omitzero"`
	Title string `json:"title,omitempty"`
	Span  Span   `json:"span"`
}

// Note is a footnote; its Text is without the mark.
type Note struct {
	Mark string `json:"mark"`
	Text string `json:"text"`
	Span Span   `json:"span"`
}

// Annex is a phụ lục, from its label to the next one or the end.
type Annex struct {
	Label string `json:"label"`
	Title string `json:"title,omitempty"`
	Span  Span   `json:"span"`
}

// Confidence says how sure a field is (sure, likely, doubtful), and why, in words.
type Confidence struct {
	Level  string `json:"level"`
	Reason string `json:"reason"`
}

// The levels of confidence, the surest first.
const (
	Sure     = "sure"     // its usual place is clear, and nothing speaks against it
	Likely   = "likely"   // read from elsewhere than its usual place, or something is odd about it
	Doubtful = "doubtful" // something speaks against it
)

// Correction is a value that a person put in the place of what was read. It is kept apart from the extraction.
type Correction struct {
	ID      string `json:"id"`
	Field   string `json:"field"`             // "number", "assignments[3].deadline": of the plan as it is shown
	Read    string `json:"read"`              // what the extraction says now
	Value   string `json:"value"`             // what stands in its place; "" where there is none
	Removed bool   `json:"removed,omitempty"` // the element was taken out; Field is where it stood
	By      string `json:"by,omitempty"`      // who
	At      string `json:"at,omitempty"`      // when, RFC 3339
	Note    string `json:"note,omitempty"`    // why
}

// Corrects names the fields of the head ("") or the parts of an element ("assignments[3]") that a person corrected.
func (p *Plan) Corrects(element string) []string {
	var names []string
	for i := range p.Corrections {
		c := &p.Corrections[i]
		part, inside := strings.CutPrefix(c.Field, element+".")
		switch {
		case c.Removed:
		case element == "" && !strings.Contains(c.Field, "["):
			names = append(names, c.Field)
		case element != "" && inside:
			names = append(names, part)
		}
	}
	return names
}
