package plan

// Filter chooses plans (and, by Kind, sections of them). The zero Filter chooses all. Every field that is set
// must hold; of a list, one value is enough. Names may stand with or without diacritics and abbreviated.
type Filter struct {
	Province   []string // a province as issued or as of today
	Year       Range    // of issue: "2021".."2024"
	Type       []string // a type's code; attached documents count
	Lead       []string // an agency that leads a task
	Support    []string // an agency that supports one
	Kind       []Kind   // a kind of section
	Program    []string // the number of a document that the plan carries out
	Issuer     []string
	Level      []Level
	Issued     Range    // dates
	Due        Range    // dates of deadlines
	AddedSince string   // the id of a run
	Source     string   // a glob over the path that it came from
	Region     []string // a region of the issuer's province as issued: its id, name or abbreviation
	Format     []string // of the source file: pdf, docx …
	Problem    []string // the code of a problem
	Area       []string // lĩnh vực, where a portal gives it: the whole name
}

// Names gives the filter with each of its names as do gives it; the filter itself stays as it is.
func (f Filter) Names(do func(string) string) Filter {
	for _, list := range []*[]string{&f.Province, &f.Type, &f.Lead, &f.Support, &f.Program, &f.Issuer, &f.Region, &f.Format, &f.Problem, &f.Area} {
		names := make([]string, len(*list))
		for i, name := range *list {
			names[i] = do(name)
		}
		*list = names
	}
	return f
}

// Range is a closed range of years or dates, compared as text; an open end is "".
type Range struct{ From, To string }

// IsZero reports whether the range is open at both ends.
func (r Range) IsZero() bool { return r == Range{} }

// Holds reports whether s lies in the range. A shorter date ("2024-08") is held by a range that holds its first
// or last possible day; an empty one is held only by the open range.
func (r Range) Holds(s string) bool {
	if r.IsZero() {
		return true
	}
	if s == "" {
		return false
	}
	return (r.From == "" || s >= r.From[:min(len(r.From), len(s))]) && (r.To == "" || s[:min(len(s), len(r.To))] <= r.To)
}
