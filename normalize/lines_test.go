package normalize

import (
	"fmt"
	"strings"
	"testing"
)

func TestLines(t *testing.T) {
	full := "Nâng cao nhận thức, trách nhiệm của các cấp, các ngành, cán bộ, công chức, viên chức, người"
	tests := []struct{ name, in, want string }{
		{"one paragraph a line", "KẾ HOẠCH\nThực hiện chương trình.\n1. Mục đích", "KẾ HOẠCH|Thực hiện chương trình.|1. Mục đích"},
		{"a page's end inside a sentence", "lập dự\n\ntoán kinh phí.", "lập dự toán kinh phí."},
		{"a word cut in two", "xây dựng kế hoạ\nch năm 2024", "xây dựng kế hoạch năm 2024"},
		{"labels begin paragraphs", "các nội dung\na) một\nđ) hai\nii) ba", "các nội dung|a) một|đ) hai|ii) ba"},
		{"a heading stays alone", "KẾ HOẠCH\nvề việc", "KẾ HOẠCH|về việc"},
		{"a sentence's end parts", "đã xong.\nvà nữa", "đã xong.|và nữa"},
		{"page numbers go", "một\f2\nhai\f3\nba.\f4\nBốn", "một hai ba.|Bốn"},
		{"page numbers with dashes", "Một.\f- 2 -\nHai.\f- 3 -\nBa.", "Một.|Hai.|Ba."},
		{"a year at the head of a page stays", "Một.\n1\f2024\nHai.\n2\fBa.\n3", "Một.|2024|Hai.|Ba."},
		{"head lines that come again go", "CÔNG BÁO/Số 1\nMột.\n1\fCÔNG BÁO/Số 1\nHai.\n2\fCÔNG BÁO/Số 1\nBa.\n3", "Một.|Hai.|Ba."},
		{"wrapped lines", strings.Repeat(full+"\nNhà nước về bảo vệ môi trường trên địa bàn tỉnh và các huyện, xã, phường, thị trấn theo\nQuyết định số 12.\n- Bắt đầu.\n", 3),
			strings.TrimSuffix(strings.Repeat(full+" Nhà nước về bảo vệ môi trường trên địa bàn tỉnh và các huyện, xã, phường, thị trấn theo Quyết định số 12.|- Bắt đầu.|", 3), "|")},
		{"TCVN3 is decoded before lines join", "Uû ban nh©n d©n tØnh phª duyÖt kÕ ho¹ch\n®Çu t­ n¨m 2024", "Uỷ ban nhân dân tỉnh phê duyệt kế hoạch đầu tư năm 2024"},
	}
	for _, test := range tests {
		paras, _ := Lines(SplitLines(test.in))
		var got []string
		for _, p := range paras {
			got = append(got, p.Text)
		}
		if g := strings.Join(got, "|"); g != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.name, g, test.want)
		}
	}
}

func TestLoneNumbers(t *testing.T) {
	page := strings.Repeat("Một câu đầy đủ.\n", 12)
	paras, report := Lines(SplitLines(page + "\n1\n\n" + page + "\n2\n\n" + page + "\n3\n\n5\n\n"))
	if report.Counts[Furniture] != 3 {
		t.Errorf("%d lines taken out, want 3", report.Counts[Furniture])
	}
	if last := paras[len(paras)-1].Text; last != "5" {
		t.Errorf("the last paragraph is %q, want a number that is no page's", last)
	}
}

func TestLinesSource(t *testing.T) {
	text := "  Kếhoạch   số  12 của\fUỷ ban nhân dân tỉnh Nuớc\nta và\n\n\u00A0\u00A0nƣớc bạn kế hoạ\nch."
	paras, report := Lines(SplitLines(text))
	if len(paras) != 2 {
		t.Fatalf("%d paragraphs, want 2", len(paras))
	}
	for _, test := range []struct {
		para, page int
		out, in    string
	}{
		{0, 1, "hoạch", "hoạch"}, {0, 1, "số", "số"}, {0, 1, "12", "12"}, {1, 2, "Uỷ", "Uỷ"}, {1, 2, "tỉnh", "tỉnh"},
		{1, 2, "Nước", "Nuớc"}, {1, 2, "ta", "ta và"}, {1, 2, "nước", "nƣớc"}, {1, 2, "bạn", "bạn"}, {1, 2, "ch.", "ch."},
	} {
		p := &paras[test.para]
		page, at := p.Source(strings.LastIndex(p.Text, test.out))
		if want := strings.LastIndex(text, test.in); page != test.page || at != want {
			t.Errorf("%q in %q is read on page %d at %d, want %d at %d", test.out, p.Text, page, at, test.page, want)
		}
	}
	if got := fmt.Sprint(report.Counts[Glued], report.Counts[Spelling], report.Counts[Letters], report.Counts[Broken]); got != "1 1 1 1" {
		t.Errorf("glued, spelling, letters, broken: %s", got)
	}
	for _, r := range report.Repairs {
		if got := paras[r.Para].Text[r.Span.Start:r.Span.End]; got != r.To {
			t.Errorf("%s stands at %q, not at %q", r.Kind, got, r.To)
		}
	}
}

func TestJoins(t *testing.T) {
	tests := []struct {
		prev, next string
		want       bool
	}{
		{"lập dự", "toán", true}, {"lối sống", "bền vững", true}, {"gồm:", "một", false}, {"hết.", "và", false},
		{"nội dung", "a) một", false}, {"nội dung", "đ. một", false}, {"năm 2024", "và", true}, {"KẾ HOẠCH", "về việc", false},
		{"các nội dung", "- một", false}, {"các", "Sở", false}, {"kinh tế,", "xã hội", true}, {"", "và", false}, {"nhóm", "iii) x", false},
	}
	for _, test := range tests {
		if got := Joins(test.prev, test.next); got != test.want {
			t.Errorf("Joins(%q, %q) = %v", test.prev, test.next, got)
		}
	}
}
