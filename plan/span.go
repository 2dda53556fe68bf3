package plan

import (
	"encoding/json"
	"fmt"
	"strconv"
)

// Span is a half-open range of bytes of Plan.Text: Text[Start:End] is the quote. Its JSON is [start, end].
type Span struct{ Start, End int }

// Len is the number of bytes in the span.
func (s Span) Len() int { return s.End - s.Start }

// IsZero reports whether the span is absent. An absent span is left out of JSON.
func (s Span) IsZero() bool { return s == Span{} }

// Contains reports whether o lies wholly within s.
func (s Span) Contains(o Span) bool { return s.Start <= o.Start && o.End <= s.End }

// MarshalJSON writes the span as a pair of byte offsets.
func (s Span) MarshalJSON() ([]byte, error) {
	b := append(make([]byte, 0, 16), '[')
	b = append(strconv.AppendInt(b, int64(s.Start), 10), ',')
	return append(strconv.AppendInt(b, int64(s.End), 10), ']'), nil
}

// UnmarshalJSON reads a pair of byte offsets.
func (s *Span) UnmarshalJSON(b []byte) error {
	if start, rest := digits(b, '['); len(rest) > 0 {
		if end, rest := digits(rest, ','); string(rest) == "]" {
			*s = Span{start, end}
			return nil
		}
	}
	var pair [2]int
	if err := json.Unmarshal(b, &pair); err != nil {
		return fmt.Errorf("plan: span: %w", err)
	}
	*s = Span{pair[0], pair[1]}
	return nil
}

// digits reads a number of up to 15 digits behind one byte, and gives what stands behind it; nothing where b is
// anything else. A plan has so many spans that to read them as JSON was most of the reading.
func digits(b []byte, first byte) (n int, rest []byte) {
	if len(b) == 0 || b[0] != first {
		return 0, nil
	}
	i := 1
	for ; i < len(b) && b[i] >= '0' && b[i] <= '9'; i++ {
		n = n*10 + int(b[i]-'0')
	}
	if i == 1 || i > 16 || i > 2 && b[1] == '0' {
		return 0, nil
	}
	return n, b[i:]
}

// PageMark says that the text from Start on stands on a page, until the next mark. Its JSON is [start, page].
type PageMark struct{ Start, Page int }

// MarshalJSON writes the mark as a pair.
func (m PageMark) MarshalJSON() ([]byte, error) { return Span{m.Start, m.Page}.MarshalJSON() }

// UnmarshalJSON reads a pair.
func (m *PageMark) UnmarshalJSON(b []byte) error {
	var s Span
	err := s.UnmarshalJSON(b)
	m.Start, m.Page = s.Start, s.End
	return err
}

// Ref names a section by its id. The zero Ref names none, and is left out of JSON.
type Ref int

// RefTo names the section with the given id (its index in Plan.Sections).
func RefTo(id int) Ref { return Ref(id + 1) }

// ID is the section's id; ok is false where the Ref names no section.
func (r Ref) ID() (id int, ok bool) { return int(r) - 1, r > 0 }

// IsZero reports whether the Ref names no section.
func (r Ref) IsZero() bool { return r <= 0 }

// MarshalJSON writes the section's id.
func (r Ref) MarshalJSON() ([]byte, error) { return strconv.AppendInt(nil, int64(r)-1, 10), nil }

// UnmarshalJSON reads a section's id.
func (r *Ref) UnmarshalJSON(b []byte) error {
	id, err := strconv.Atoi(string(b))
	if err != nil || b[0] == '+' {
		err = json.Unmarshal(b, &id) // which says what is wrong
	}
	if err != nil {
		return fmt.Errorf("plan: section: %w", err)
	}
	*r = RefTo(id)
	return nil
}
