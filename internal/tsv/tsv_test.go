package tsv

import (
	"slices"
	"testing"
)

func TestParse(t *testing.T) {
	tests := []struct {
		name, text string
		rows       int
		fails      bool
	}{
		{"comment and blank lines are skipped", "# source: a decree\nkind\twords\n\na\tb\n", 1, false},
		{"carriage returns go", "kind\twords\r\na\tb\r\n", 1, false},
		{"a short row fails", "kind\twords\na\n", 0, true},
		{"a long row fails", "kind\twords\na\tb\tc\n", 0, true},
		{"other columns fail", "kind\tword\na\tb\n", 0, true},
		{"no rows fail", "kind\twords\n", 0, true},
	}
	for _, test := range tests {
		table, err := Parse(test.name, test.text, "kind", "words")
		if (err != nil) != test.fails {
			t.Errorf("%s: err = %v, want failure %v", test.name, err, test.fails)
		}
		if err == nil && len(table.Rows) != test.rows {
			t.Errorf("%s: %d rows, want %d", test.name, len(table.Rows), test.rows)
		}
	}
}

func TestList(t *testing.T) {
	if got := List("a|b"); !slices.Equal(got, []string{"a", "b"}) {
		t.Errorf("List(a|b) = %q", got)
	}
	if got := List(""); len(got) != 0 {
		t.Errorf("List of an empty cell = %q", got)
	}
}
