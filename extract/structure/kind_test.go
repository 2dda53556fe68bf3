package structure

import (
	"os"
	"strings"
	"testing"

	"kehoach/internal/tsv"
	"kehoach/plan"
)

// TestHeadings reads every heading of a table as a unit of a plan, at the top or under another unit, and asks for its kind.
func TestHeadings(t *testing.T) {
	raw, err := os.ReadFile("testdata/values/headings.tsv")
	if err != nil {
		t.Fatal(err)
	}
	rows := tsv.MustParse("headings.tsv", string(raw), "kind", "level", "heading").Rows
	if len(rows) < 180 {
		t.Fatalf("only %d headings", len(rows))
	}
	for _, r := range rows {
		kind, level, heading := plan.Kind(r[0]), r[1], r[2]
		lines := []string{"KẾ HOẠCH", "Trồng cây chắn sóng", "I. " + heading, "- Làm như dự kiến.", "- Làm cho xong.", "II. KHEN THƯỞNG, KỶ LUẬT", "- Theo luật."}
		if level == "1" {
			lines = []string{"KẾ HOẠCH", "Trồng cây chắn sóng", "I. QUY ƯỚC", "1. " + heading, "- Làm như dự kiến.", "- Làm cho xong.", "2. Tên gọi", "- Theo luật."}
		}
		p := parseLines(lines)
		at := strings.Count(level, "1")
		if len(p.Sections) < at+2 {
			t.Errorf("%s: %d sections", heading, len(p.Sections))
			continue
		}
		if got := p.Sections[at].Kind; got != kind {
			t.Errorf("%q at level %s is %s, want %s", heading, level, got, kind)
		}
	}
}
