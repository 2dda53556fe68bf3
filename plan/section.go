package plan

// Section is a node of the outline: a unit with a printed or automatic label.
type Section struct {
	ID         int        `json:"id"` // its index in Plan.Sections
	Label      string     `json:"label"`
	Level      int        `json:"level"` // the length of Path
	Path       []string   `json:"path"`
	Heading    string     `json:"heading"` // "" for a numbered sentence
	Kind       Kind       `json:"kind"`
	Text       string     `json:"text"` // below the heading, above the first child
	Span       Span       `json:"span"` // from the label to the last byte of the last descendant
	Body       Span       `json:"body,omitzero"`
	Page       int        `json:"page,omitempty"`
	Confidence Confidence `json:"confidence,omitzero"`
}

// Kind says what a section is about.
type Kind string

// The kinds of sections, and the Vietnamese headings that they gather.
const (
	Purpose      Kind = "purpose"      // mục đích
	Requirements Kind = "requirements" // yêu cầu
	Objectives   Kind = "objectives"   // mục tiêu, chỉ tiêu
	Scope        Kind = "scope"        // phạm vi, đối tượng
	Content      Kind = "content"      // nội dung, nhiệm vụ, giải pháp, hình thức
	Schedule     Kind = "schedule"     // thời gian, tiến độ, lộ trình
	Money        Kind = "funding"      // kinh phí
	Organization Kind = "organization" // tổ chức thực hiện, phân công
	Reporting    Kind = "reporting"    // chế độ báo cáo, kiểm tra
	Basis        Kind = "basis"        // căn cứ, sự cần thiết, thực trạng
	Appendix     Kind = "annex"        // phụ lục
	Other        Kind = "other"
)

// Kinds lists every kind, in the order of a plan.
var Kinds = []Kind{Purpose, Requirements, Objectives, Scope, Content, Schedule, Money, Organization, Reporting, Basis, Appendix, Other}
