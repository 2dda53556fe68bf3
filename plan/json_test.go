package plan

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

func compile(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(JSONSchema))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("urn:kehoach:plan:1", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("urn:kehoach:plan:1")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func validate(t *testing.T, s *jsonschema.Schema, b []byte) error {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	return s.Validate(doc)
}

func full() Plan {
	top := 8.0
	return Plan{
		ID: "0123456789abcdef", Source: Source{Path: "a.txt", Format: "text", Bytes: 3},
		Number: "1/KH-UBND", Type: Type{"KH", "Kế hoạch"}, Issuer: Issuer{"Ủy ban nhân dân tỉnh Hậu Giang", "ubnd@hau-giang", Provincial},
		Province: Province{ID: "hau-giang", Name: "Hậu Giang", Today: Place{Name: "Cần Thơ"}}, Issued: "2024-08", Period: Period{From: "2024"},
		Sections:    []Section{{ID: 0, Label: "I", Level: 1, Path: []string{"I"}, Kind: Purpose, Span: Span{0, 3}, Confidence: Confidence{Doubtful, "the label counts back"}}},
		Assignments: []Assignment{{Agency: "Sở Y tế", Role: Lead, Task: "làm", Span: Span{1, 2}, Section: RefTo(0)}},
		Targets:     []Target{{Value: 5, Max: &top, Unit: "%", Text: "5 - 8%", Span: Span{1, 3}}},
		Citations:   []Citation{{Role: Mention, Text: "Luật Đất đai", Span: Span{0, 3}, Confidence: Confidence{Likely, "named without number and year"}}},
		Spans:       map[string][]Span{"number": {{0, 1}}},
		Confidence:  map[string]Confidence{"number": {Sure, "printed in the letterhead"}},
		Absent:      map[string]string{"place": "the place for it is blank"},
		Corrections: []Correction{{ID: "ab12", Field: "number", Read: "1/KH", Value: "1/KH-UBND", By: "a", At: "2026-01-02T03:04:05Z"}},
		Pages:       []PageMark{{0, 1}, {2, 2}},
		Text:        "abc",
	}
}

func TestPlanJSON(t *testing.T) {
	schema := compile(t)
	for name, p := range map[string]Plan{"full": full(), "empty": {}} {
		b, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		if err := validate(t, schema, b); err != nil {
			t.Errorf("%s: %v\n%s", name, err, b)
		}
		if bytes.Contains(b, []byte("null")) {
			t.Errorf("%s holds null: %s", name, b)
		}
		var back Plan
		if err := json.Unmarshal(b, &back); err != nil {
			t.Fatal(err)
		}
		again, _ := json.Marshal(back)
		if !bytes.Equal(b, again) {
			t.Errorf("%s changes on the way: %s became %s", name, b, again)
		}
	}
}

// The first section's id is 0, and a row that names it must say so; one that names none must be silent.
func TestSectionReference(t *testing.T) {
	p := full()
	p.Deadlines = []Deadline{{Text: "x", Span: Span{0, 1}}}
	b, _ := json.Marshal(p)
	if !strings.Contains(string(b), `"section":0`) || strings.Count(string(b), `"section":`) != 1 {
		t.Errorf("section references are wrong: %s", b)
	}
}

func TestSchemaRefuses(t *testing.T) {
	schema := compile(t)
	for _, bad := range []string{
		`{}`,
		`{"schema":"kehoach.plan/1","source":{"path":"a"},"problems":[]}`,
		strings.Replace(mustJSON(t, full()), `"role":"lead"`, `"role":"boss"`, 1),
		strings.Replace(mustJSON(t, full()), `"level":"likely"`, `"level":"certain"`, 1),
		strings.Replace(mustJSON(t, full()), `"span":[0,3]`, `"span":[0]`, 1),
		strings.Replace(mustJSON(t, full()), `"issued":"2024-08"`, `"issued":null`, 1),
	} {
		if validate(t, schema, []byte(bad)) == nil {
			t.Errorf("the schema takes %s", bad)
		}
	}
	if err := validate(t, schema, []byte(`{"schema":"kehoach.plan/1","source":{"path":"a"},"problems":[{"code":"unreadable","message":"a: empty"}]}`)); err != nil {
		t.Errorf("an unreadable file's line: %v", err)
	}
}

func mustJSON(t *testing.T, p Plan) string {
	t.Helper()
	b, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestRangeHolds(t *testing.T) {
	tests := []struct {
		from, to, s string
		want        bool
	}{
		{"", "", "", true},
		{"2021", "2024", "", false},
		{"2021", "2024", "2024-12-31", true},
		{"2021", "2024", "2025-01-01", false},
		{"2024-08-15", "", "2024-08", true},
		{"2024-08-15", "", "2024-07", false},
		{"", "2024-08-15", "2024-08-16", false},
		{"", "2024-08-15", "2024", true},
	}
	for _, c := range tests {
		if got := (Range{c.from, c.to}).Holds(c.s); got != c.want {
			t.Errorf("%s..%s holds %q = %v", c.from, c.to, c.s, got)
		}
	}
}
