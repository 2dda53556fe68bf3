package normalize

import (
	"fmt"
	"strings"
	"testing"

	"kehoach/plan"
)

// repairs prints what a report says, one repair a piece.
func repairs(r Report, paras []Para) string {
	var list []string
	for _, rep := range r.Repairs {
		list = append(list, fmt.Sprintf("%s %q=%q", rep.Kind, rep.From, paras[rep.Para].Text[rep.Span.Start:rep.Span.End]))
	}
	return strings.Join(list, "; ")
}

func TestParagraphs(t *testing.T) {
	tests := []struct{ name, in, want, repairs string }{
		{"clean", "Kế hoạch số 12", "Kế hoạch số 12", ""},
		{"blanks", "  Kế   hoạch \t số  12 ", "Kế hoạch\tsố 12", ""},
		{"one split", "triển khai kếhoạch của CHÍNHPHỦ", "triển khai kế hoạch của CHÍNH PHỦ", `glued "kếhoạch"="kế hoạch"; glued "CHÍNHPHỦ"="CHÍNH PHỦ"`},
		{"two splits stay", "BANHÀNH", "BANHÀNH", ""},
		{"split where the case changes", "BAN HÀNHKế hoạch", "BAN HÀNH Kế hoạch", `glued "HÀNHKế"="HÀNH Kế"`},
		{"without diacritics nothing is split", "menu logo HANOI", "menu logo HANOI", ""},
		{"names of one letter stay whole", "dân tộc Êđê, Rơ Măm, Krông Pắk", "dân tộc Êđê, Rơ Măm, Krông Pắk", ""},
		{"ươ", "nuớc, bưóc, NGUỜI, Truờng", "nước, bước, NGƯỜI, Trường", `spelling "nuớc"="nước"; spelling "bưóc"="bước"; spelling "NGUỜI"="NGƯỜI"; spelling "Truờng"="Trường"`},
		{"ngh", "nghành, Nghành", "ngành, Ngành", `spelling "nghành"="ngành"; spelling "Nghành"="Ngành"`},
		{"valid spellings stay", "hòan thành, hoà, nghiêm, thuở, quờ", "hòan thành, hoà, nghiêm, thuở, quờ", ""},
		{"what cannot be told stays", "phát trin, quc gia, hưng tới", "phát trin, quc gia, hưng tới", ""},
		{"letters apart, words by gaps", "T U Y Ế N  Đ Ư Ờ N G", "TUYẾN ĐƯỜNG", `spaced "T U Y Ế N  Đ Ư Ờ N G"="TUYẾN ĐƯỜNG"`},
		{"letters apart, one gap", "K Ế H O Ạ C H năm 2024", "KẾ HOẠCH năm 2024", `spaced "K Ế H O Ạ C H"="KẾ HOẠCH"`},
		{"labels stay", "các điểm a, b, c, d, đ và A B C", "các điểm a, b, c, d, đ và A B C", ""},
		{"letters", "ðược nƣớc", "được nước", `letters "ðược"="được"; letters "nƣớc"="nước"`},
		{"a repair behind a squeezed blank", "kế   nƣớc   kếhoạch", "kế nước kế hoạch", `letters "nƣớc"="nước"; glued "kếhoạch"="kế hoạch"`},
	}
	for _, test := range tests {
		paras, report := Paragraphs([]Para{{Text: test.in}})
		if got := paras[0].Text; got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
		if got := repairs(report, paras); got != test.repairs {
			t.Errorf("%s: repairs %s, want %s", test.name, got, test.repairs)
		}
		if again, _ := Paragraphs(paras); again[0].Text != paras[0].Text {
			t.Errorf("%s: a second time gives %q", test.name, again[0].Text)
		}
	}
}

func TestParagraphsByFont(t *testing.T) {
	tests := []struct{ name, text, font, want string }{
		{"capitals drawn by the font", "Céng hoµ x· héi chñ nghÜa viÖt nam", ".VnTimeH", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"},
		{"ASCII drawn in capitals", "ban quan", ".VnTimeH", "BAN QUAN"},
		{"a short text goes with its font", "Sè", ".VnTime", "Số"},
		{"a font is no verdict", "Sở Tài chính đã nhận", ".VnTime", "Sở Tài chính đã nhận"},
		{"the body", "®Ó thùc hiÖn nhiÖm vô ®­îc giao", ".VnTime", "để thực hiện nhiệm vụ được giao"},
		{"another font of the same document", "Uyû ban nhaân daân tænh", "VNI-Times", "Uỷ ban nhân dân tỉnh"},
		{"no font", "Ủy ban nhân dân", "Times New Roman", "Ủy ban nhân dân"},
	}
	var in []Para
	for _, test := range tests {
		in = append(in, Para{Text: test.text, Font: test.font})
	}
	out, report := Paragraphs(in)
	for i, test := range tests {
		if got := out[i].Text; got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
	if report.Encoding != TCVN3 || report.Counts[Decoded] != 4 {
		t.Errorf("report: %s, %d decoded; want tcvn3, 4", report.Encoding, report.Counts[Decoded])
	}
}

func TestParaSource(t *testing.T) {
	in := "  Sè   ®Çu t­\u00A0 v\u00A0nµ"
	paras, _ := Paragraphs([]Para{{Text: in, Font: ".VnTime"}, {Text: "Uû ban nh©n d©n tØnh phª duyÖt kÕ ho¹ch", Font: ".VnTime"}})
	p := &paras[0]
	for _, word := range []struct{ out, in string }{{"Số", "Sè"}, {"đầu", "®Çu"}, {"tư", "t­"}, {"v", "v"}, {"nà", "nµ"}} {
		_, got := p.Source(strings.Index(p.Text, word.out))
		if want := strings.Index(in, word.in); got != want {
			t.Errorf("%q of %q is read at %d, want %d", word.out, p.Text, got, want)
		}
	}
}

func TestReportProblems(t *testing.T) {
	paras, report := Paragraphs([]Para{{Text: "Kế hoạch"}, {Text: "triển khai kếhoạch"}, {Text: "triển khai kếhoạch"}, {Text: "bỏ nuớc"}})
	text := paras[0].Text + "\n" + paras[1].Text + "\n" + paras[2].Text
	problems := report.Problems(text)
	if len(problems) != 2 {
		t.Fatalf("%d problems, want 2: %v", len(problems), problems)
	}
	for _, p := range problems {
		if got := text[p.Span.Start:p.Span.End]; p.Code != plan.TextRepaired || got != "kế hoạch" {
			t.Errorf("problem %s at %q", p.Code, got)
		}
	}
	if problems[0].Span == problems[1].Span {
		t.Error("two repairs stand at one place")
	}
}

func TestDocument(t *testing.T) {
	doc := &plan.Document{Blocks: []plan.Block{
		{Text: "§iÒu 1. Ban hµnh kÌm theo QuyÕt ®Þnh nµy", Label: "§iÒu 1"},
		{Text: "C¬ quan | Bé Tµi chÝnh", Cells: []string{"C¬ quan", "Bé Tµi chÝnh"}, Style: plan.Row},
		{Text: "kếhoạch"},
	}}
	report := Document(doc)
	if got := doc.Blocks[0].Text; got != "Điều 1. Ban hành kèm theo Quyết định này" {
		t.Errorf("block 0: %q", got)
	}
	if got := doc.Blocks[1]; got.Text != "Cơ quan | Bộ Tài chính" || got.Cells[1] != "Bộ Tài chính" {
		t.Errorf("row: %q %q", got.Text, got.Cells)
	}
	if got := doc.Blocks[2].Text; got != "kế hoạch" {
		t.Errorf("block 2: %q", got)
	}
	for _, r := range report.Repairs {
		if r.Span.End > len(doc.Blocks[r.Para].Text) {
			t.Errorf("repair %v ends beyond its block", r)
		}
	}
	if report.Counts[Decoded] != 3 || report.Counts[Glued] != 1 {
		t.Errorf("counts: %v", report.Counts)
	}
}
