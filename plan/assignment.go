package plan

// Role says whether an agency answers for a task or joins in it.
type Role string

// The two roles.
const (
	Lead    Role = "lead"    // chủ trì
	Support Role = "support" // phối hợp
)

// Assignment is one agency and one task.
type Assignment struct {
	Agency       string     `json:"agency"`              // written out, without the province
	AgencyID     string     `json:"agency_id,omitempty"` // the kind of body, the same in every province: "so-tttt"
	Role         Role       `json:"role"`
	Task         string     `json:"task"`
	With         []string   `json:"with"`
	Deadline     string     `json:"deadline,omitempty"`
	Output       string     `json:"output,omitempty"` // sản phẩm, kết quả
	Funding      Amount     `json:"funding,omitzero"`
	Section      Ref        `json:"section,omitzero"`
	Span         Span       `json:"span"` // the task's bytes
	AgencySpan   Span       `json:"agency_span,omitzero"`
	WithSpans    []Span     `json:"with_spans"`
	DeadlineSpan Span       `json:"deadline_span,omitzero"`
	OutputSpan   Span       `json:"output_span,omitzero"`
	Confidence   Confidence `json:"confidence,omitzero"`
}

// Amount is a sum of money in đồng.
type Amount struct {
	VND        int64      `json:"vnd"`
	Text       string     `json:"text"`
	Span       Span       `json:"span"`
	Confidence Confidence `json:"confidence,omitzero"`
}

// Funding is where the money comes from, and how much.
type Funding struct {
	Sources     []string `json:"sources"` // state_budget, unit_estimate, socialised …
	SourceSpans []Span   `json:"source_spans"`
	Amounts     []Amount `json:"amounts"`
}

// Deadline is a date by which something is due, or a rhythm.
type Deadline struct {
	Text       string     `json:"text"`
	Date       string     `json:"date,omitempty"`      // "2024-12-05"
	MonthDay   string     `json:"month_day,omitempty"` // "11-30", of a recurring one
	Recurs     string     `json:"recurs,omitempty"`    // yearly half-yearly quarterly monthly weekly
	Section    Ref        `json:"section,omitzero"`
	Span       Span       `json:"span"`
	Confidence Confidence `json:"confidence,omitzero"`
}

// Target is a quantified aim: Value, or the range from Value to Max.
type Target struct {
	Value      float64    `json:"value"`
	Max        *float64   `json:"max,omitempty"`
	Unit       string     `json:"unit,omitempty"`
	Year       string     `json:"year,omitempty"`
	Text       string     `json:"text"`
	Section    Ref        `json:"section,omitzero"`
	Span       Span       `json:"span"`
	Confidence Confidence `json:"confidence,omitzero"`
}

// Citation is one mention of another document.
type Citation struct {
	Number     string     `json:"number,omitempty"` // canonical; absent for a law without one
	Type       string     `json:"type,omitempty"`   // the type's code
	Issuer     string     `json:"issuer,omitempty"`
	Date       string     `json:"date,omitempty"`
	Role       string     `json:"role"`               // implements basis mention footnote
	Relation   string     `json:"relation,omitempty"` // amends repeals replaces guides
	Text       string     `json:"text"`
	Section    Ref        `json:"section,omitzero"`
	Span       Span       `json:"span"`
	Confidence Confidence `json:"confidence,omitzero"`
}

// The roles of a citation.
const (
	Implements = "implements"
	BasisOf    = "basis"
	Mention    = "mention"
	InFootnote = "footnote"
)
