package index

import (
	"math/rand/v2"
	"strings"
	"testing"

	"kehoach/plan"
)

// covers checks that every byte of the text is in exactly one record, and each record's bytes are in order.
func covers(t *testing.T, name string, p *plan.Plan) {
	t.Helper()
	seen := make([]int, len(p.Text))
	heads := 0
	for i, r := range Records(p) {
		if r.Seq != i {
			t.Fatalf("%s: record %d has number %d", name, i, r.Seq)
		}
		if r.Kind == Opening {
			heads++
			if i > 0 {
				t.Errorf("%s: record %d is an opening", name, i)
			}
		}
		last := -1
		for _, s := range r.Spans {
			if s.Start < last || s.End < s.Start {
				t.Fatalf("%s: record %d: spans %v", name, i, r.Spans)
			}
			last = s.End
			for at := s.Start; at < s.End; at++ {
				seen[at]++
			}
		}
	}
	for at, n := range seen {
		if n != 1 {
			t.Fatalf("%s: byte %d is in %d records: %q", name, at, n, p.Text[max(0, at-20):min(len(p.Text), at+20)])
		}
	}
}

func TestRecordsHoldEveryByteOnce(t *testing.T) {
	for _, p := range madePlans(500, 3) {
		covers(t, p.ID, p)
	}
	// Spans that no parser should give: crossing, outside the text, backwards, within a letter.
	rng := rand.New(rand.NewPCG(9, 9))
	for range 2000 {
		p := &plan.Plan{Text: strings.Repeat("kế hoạch \n", 1+rng.IntN(5))}
		for i := range rng.IntN(6) {
			start := rng.IntN(len(p.Text)+10) - 5
			p.Sections = append(p.Sections, plan.Section{ID: i, Level: 1 + rng.IntN(3),
				Span: plan.Span{Start: start, End: start + rng.IntN(30) - 5}})
		}
		covers(t, "broken", p)
	}
}

func TestRecordsOfAPlan(t *testing.T) {
	text := "UBND\nCăn cứ A;\nI. MỤC ĐÍCH\n1. Mục đích\nLàm.\n2. Yêu cầu\nĐúng.\nII. TỔ CHỨC\nGiao sở.\nTrên đây.\nPHỤ LỤC I\nBảng.\nHết."
	span := func(from, to string) plan.Span {
		return plan.Span{Start: strings.Index(text, from), End: strings.Index(text, to) + len(to)}
	}
	p := &plan.Plan{ID: "0123456789abcdef", Text: text, Issued: "2021-06", Sections: []plan.Section{
		{ID: 0, Label: "I", Level: 1, Heading: "MỤC ĐÍCH", Kind: plan.Purpose, Span: span("I. MỤC", "Đúng.")},
		{ID: 1, Label: "1", Level: 2, Heading: "Mục đích", Kind: plan.Purpose, Span: span("1. Mục", "Làm.")},
		{ID: 2, Label: "2", Level: 2, Heading: "Yêu cầu", Kind: plan.Requirements, Span: span("2. Yêu", "Đúng.")},
		{ID: 3, Label: "II", Level: 1, Heading: "TỔ CHỨC", Kind: plan.Organization, Span: span("II. TỔ", "Giao sở.")},
		{ID: 4, Label: "Phụ lục I", Level: 1, Kind: plan.Appendix, Span: span("PHỤ LỤC I", "Bảng.")},
	}}
	want := []struct{ kind, text, above string }{
		{"opening", "UBND\nCăn cứ A;\n", ""},
		{"purpose", "I. MỤC ĐÍCH\n", ""},
		{"purpose", "1. Mục đích\nLàm.\n", "MỤC ĐÍCH"},
		{"requirements", "2. Yêu cầu\nĐúng.\n", "MỤC ĐÍCH"},
		{"organization", "II. TỔ CHỨC\nGiao sở.", ""},
		{"closing", "\nTrên đây.\n", ""},
		{"annex", "PHỤ LỤC I\nBảng.", ""},
		{"closing", "\nHết.", ""},
	}
	got := Records(p)
	if len(got) != len(want) {
		t.Fatalf("%d records, want %d: %+v", len(got), len(want), got)
	}
	for i, w := range want {
		r := got[i]
		if string(r.Kind) != w.kind || r.Text(text) != w.text || strings.Join(r.Above, "|") != w.above {
			t.Errorf("record %d: %s %q above %q, want %s %q above %q", i, r.Kind, r.Text(text), r.Above, w.kind, w.text, w.above)
		}
	}
	if got[0].Year != "2021" || got[0].Plan != p.ID {
		t.Errorf("head: %+v", got[0].Head)
	}
	if empty := Records(&plan.Plan{ID: "x"}); len(empty) != 1 || empty[0].Kind != Opening {
		t.Errorf("a plan without text: %+v", empty)
	}
}
