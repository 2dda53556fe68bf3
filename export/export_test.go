package export

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"iter"
	"strings"
	"testing"

	"kehoach/plan"
)

func one(p *plan.Plan) iter.Seq2[*plan.Plan, error] {
	return func(yield func(*plan.Plan, error) bool) { yield(p, nil) }
}

func sample() *plan.Plan {
	return &plan.Plan{
		ID: "0123456789abcdef", Number: "7/KH-UBND", Type: plan.Type{Code: "KH", Name: "Kế hoạch"}, Title: `Trồng "rừng", giữ đất`,
		Recipients:  []string{"UBND tỉnh", "Lưu: VT"},
		Sections:    []plan.Section{{Label: "I", Level: 1, Path: []string{"I"}, Kind: plan.Organization, Heading: "TỔ CHỨC", Text: "- a\n- b", Span: plan.Span{Start: 0, End: 9}}},
		Assignments: []plan.Assignment{{Agency: "Sở Y tế", AgencyID: "so-y-te", Role: plan.Lead, Task: "a", With: []string{"Sở X", "Sở Z"}, Section: plan.RefTo(0), Span: plan.Span{Start: 2, End: 3}}},
		Citations:   []plan.Citation{{Number: "889/QĐ-TTg", Role: plan.Implements, Text: "Quyết định 889/QĐ-TTg"}},
		Deadlines:   []plan.Deadline{{Text: "hằng năm", Recurs: "yearly"}},
	}
}

// Every table in every format holds one value for every column, and the values come back as they went in.
func TestWrite(t *testing.T) {
	want := map[string]map[string]string{
		"documents":   {"title": `Trồng "rừng", giữ đất`, "recipients": "UBND tỉnh | Lưu: VT", "programs": "889/QĐ-TTg", "sections": "1"},
		"sections":    {"path": "I", "text": "- a\n- b", "end": "9", "section": "0"},
		"assignments": {"agency": "Sở Y tế", "with": "Sở X | Sở Z", "section": "0", "path": "I", "start": "2", "funding_vnd": ""},
		"citations":   {"cited": "889/QĐ-TTg", "role": "implements"},
		"deadlines":   {"recurs": "yearly", "date": ""},
	}
	for _, table := range Tables {
		var text strings.Builder
		if n, err := Write(&text, "csv", table.Name, one(sample())); err != nil || n != 1 {
			t.Fatalf("%s: %d rows, %v", table.Name, n, err)
		}
		rows, err := csv.NewReader(strings.NewReader(text.String())).ReadAll()
		if err != nil || len(rows) != 2 {
			t.Fatalf("%s: %v\n%s", table.Name, err, text.String())
		}
		got := map[string]string{}
		for i, name := range rows[0] {
			got[name] = rows[1][i]
		}
		text.Reset()
		if _, err := Write(&text, "jsonl", table.Name, one(sample())); err != nil {
			t.Fatal(err)
		}
		var object map[string]any
		if err := json.Unmarshal([]byte(text.String()), &object); err != nil {
			t.Fatalf("%s: %v: %s", table.Name, err, text.String())
		}
		for column, value := range want[table.Name] {
			if got[column] != value {
				t.Errorf("%s.%s = %q, want %q", table.Name, column, got[column], value)
			}
			if _, there := object[column]; there != (value != "") {
				t.Errorf("%s.%s in JSON: there is %v", table.Name, column, object[column])
			}
		}
	}
}

func TestWriteRefuses(t *testing.T) {
	if _, err := Write(&strings.Builder{}, "xls", "documents", one(sample())); !errors.Is(err, ErrFormat) {
		t.Errorf("format: %v", err)
	}
	if _, err := Write(&strings.Builder{}, "csv", "tasks", one(sample())); !errors.Is(err, ErrTable) {
		t.Errorf("table: %v", err)
	}
	broken := errors.New("broken")
	if _, err := Write(&strings.Builder{}, "csv", "documents", func(yield func(*plan.Plan, error) bool) { yield(nil, broken) }); !errors.Is(err, broken) {
		t.Errorf("plans: %v", err)
	}
	if _, err := Write(full{}, "csv", "documents", one(sample())); err == nil {
		t.Error("a full disk is not noticed")
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left") }
