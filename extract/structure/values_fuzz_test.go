package structure

import (
	"testing"

	"kehoach/plan"
)

// FuzzValues parses a line where values are read: in the opening, in a part on aims, on funding, on time and on
// content, behind labels, in a table and in a footnote. Every value must quote the words that it was read from.
func FuzzValues(f *testing.F) {
	for _, line := range []string{
		"Thực hiện Quyết định số 4411/QĐ-BYT ngày 17/9/2021 của Bộ Y tế; các Nghị quyết số 12-NQ/TW, 19-2018/NQ-CP, Luật sửa đổi, bổ sung một số điều của Luật Đê điều năm 2020",
		"Trước 17 giờ ngày 20/6/2024, chậm nhất quý III/2025, định kỳ 6 tháng (trước ngày 15/6), hằng năm (trước ngày 15/12), từ ngày 11/9 đến hết năm 2026",
		"Giảm từ 1,5% đến 2%; 18/24 xã; ít nhất 03 - 05 mô hình/huyện, thành phố; 310mm/2 ngày; từ 39% lên 42%",
		"Từ ngân sách trung ương, tỉnh và huyện: 1.250,5 tỷ đồng; 5 tỷ 200 triệu; 30 000 000 VNĐ/lớp; xã hội hóa, dự toán của cơ quan, đơn vị",
		"số 1/ -/-Đ/ngày //quý I, II - 2025 năm 2024 - 2025 (kèm theo 12/42012 luật Luật của Luật",
		"Ngày 31/2/2024 tháng 13/2025 quý quý V/2025 6 tháng/lần 1/1/1/1 999.999.999.999.999.999 tỷ đồng đồng 0 - 0%",
		"\xff\xfe12/Đ-\xc3 ngày 1/1/2024 \xe1\xba của 5% hằng \xe1",
	} {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		if len(line) > 1<<14 {
			return
		}
		doc := document("UBND TỈNH PHÚ THỌ\nSố: 77/KH-UBND\nPhú Thọ, ngày 05 tháng 02 năm 2023\nKẾ HOẠCH\nPhát triển lâm nghiệp năm 2023")
		add := func(lines ...string) {
			for _, l := range lines {
				doc.Blocks = append(doc.Blocks, plan.Block{Text: l})
			}
		}
		add(line, "Thực hiện "+line, "UBND tỉnh ban hành Kế hoạch như sau:", "I. MỤC TIÊU", "- "+line, "II. NỘI DUNG", "1. "+line, "- Thời gian: "+line, "- Số lượng: "+line, "- Kinh phí: "+line,
			"III. THỜI GIAN THỰC HIỆN: "+line, "IV. KINH PHÍ", line)
		doc.Blocks = append(doc.Blocks,
			plan.Block{Style: plan.Row, Cells: []string{"TT", "Nhiệm vụ", "Thời gian", "Kinh phí (triệu đồng)", "Số lượng", "Đơn vị chủ trì"}},
			plan.Block{Style: plan.Row, Cells: []string{"1", line, line, line, line, "Sở Y tế"}},
			plan.Block{Style: plan.Row, Cells: []string{"Chỉ tiêu", "Đơn vị tính", "Năm 2025"}},
			plan.Block{Style: plan.Row, Cells: []string{line, line, line}})
		add("Trên đây là Kế hoạch, "+line, "[1] "+line)
		p := Parse(doc)
		checkSpans(t, p)
		checkValues(t, p)
	})
}

// checkValues checks the spans of targets, sums and sources, and that the lists stand in the order of the text.
func checkValues(t testing.TB, p *plan.Plan) {
	t.Helper()
	quotes := func(what, text string, s plan.Span) {
		if s.Start < 0 || s.End > len(p.Text) || s.Start >= s.End || p.Quote(s) != text {
			t.Fatalf("%s: its span %v reads %q, want %q", what, s, p.Quote(s), text)
		}
	}
	for _, a := range p.Targets {
		quotes("target", a.Text, a.Span)
		if a.Max != nil && *a.Max <= a.Value {
			t.Fatalf("target: range from %v to %v", a.Value, *a.Max)
		}
	}
	for _, a := range p.Funding.Amounts {
		quotes("sum", a.Text, a.Span)
		if a.VND <= 0 {
			t.Fatalf("sum %q: %d đồng", a.Text, a.VND)
		}
	}
	if len(p.Funding.Sources) != len(p.Funding.SourceSpans) {
		t.Fatalf("%d sources, %d spans", len(p.Funding.Sources), len(p.Funding.SourceSpans))
	}
	for _, s := range p.Funding.SourceSpans {
		quotes("source", p.Quote(s), s)
	}
	last := 0
	for _, d := range p.Deadlines {
		if d.Span.Start < last {
			t.Fatalf("deadline %q stands before the one listed above it", d.Text)
		}
		last = d.Span.Start
	}
	last = 0
	for _, c := range p.Citations {
		if c.Span.Start < last {
			t.Fatalf("citation %q overlaps the one listed above it", c.Text)
		}
		last = c.Span.End
	}
}
