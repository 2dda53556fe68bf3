package extract

import (
	"context"
	"runtime"
	"strings"
	"testing"
)

// TestLinear reads inputs that tempt a reader to look at everything again for every line. Four times the input may
// take four times the memory that is allocated, and some for growth, not sixteen times.
func TestLinear(t *testing.T) {
	const markdown = "# A\n\n## B\n\n"
	for _, test := range []struct{ name, head, unit string }{
		{"lines", "", "của các\n"},
		{"labels alone", "", "1.\n"},
		{"numbers", "", "1\n"},
		{"bars", "", "| a\n"},
		{"bars of two", "", "a | b |\n"},
		{"rules", "", "+--+\n| a | b |\n"},
		{"tabs", "", "\t\t\ta\n"},
		{"recipients", "", "Nơi nhận:   X\n"},
		{"letterheads", "", "UBND   CỘNG HÒA XÃ HỘI\n"},
		{"fields", "", "Số hiệu:\n"},
		{"cuts", "", "[...]\n"},
		{"pages", "", "a\f"},
		{"notes", "", "[1] a\n"},
		{"stars", "", "**a"},
		{"markdown rows", markdown + "| a | b |\n|---|---|\n", "| a | b |\n"},
		{"markdown tables", markdown, "| a | b |\n|---|---|\n"},
		{"markdown emphasis", markdown, "*a "},
		{"markdown links", markdown, "[a](b"},
		{"markdown quotes", markdown, "> a\n"},
		{"markdown open tables", markdown, "<table>\n"},
		{"html boxes", "<html>", "<div>a"},
		{"html cells", "<html><table><tr>", "<td rowspan=1000 colspan=60>và"},
		{"html rows", "<html><table>", "<tr><td>a<td>b"},
		{"html tables inside", "<html>", "<table><tr><td>a<td>b<table><tr><td>x</table>"},
		{"html items", "<html><ol>", "<li>a"},
		{"html breaks", "<html>", "a<br>"},
	} {
		small, large := allocated(t, test.head, test.unit, 20<<10), allocated(t, test.head, test.unit, 80<<10)
		if large > 7*small {
			t.Errorf("%s: %d KB are allocated for 20 KB and %d KB for 80 KB", test.name, small>>10, large>>10)
		}
	}
}

// allocated is how many bytes are allocated while a document of about n bytes is read.
func allocated(t *testing.T, head, unit string, n int) uint64 {
	t.Helper()
	data := []byte(head + strings.Repeat(unit, n/len(unit)))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if _, err := Document(context.Background(), "linear", data); err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}
