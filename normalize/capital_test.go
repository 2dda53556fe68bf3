package normalize

import (
	"flag"
	"os"
	"strconv"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the goldens anew")

// TestGoldenCapitals decodes a document of which fonts draw parts in capitals, and compares it with its golden, letter by
// letter and case by case: a line has the font, what was typed under it, and what must come out.
func TestGoldenCapitals(t *testing.T) {
	var in []Para
	for _, p := range [][2]string{
		{".VnTimeH", "cộng hoà xã hội chủ nghĩa việt nam"}, // typed small, drawn in capitals
		{".VnTime", "Độc lập - Tự do - Hạnh phúc"},
		{".VnTimeH", "uỷ ban nhân dân tỉnh bắc giang"},
		{".VnTime", "Số: 837/QĐ-UB"},
		{".VnTimeH", "ủy ban"},
		{".VnTimeH", "Điều khoản thi hành"},
		{".VnTimeH", "ban tin quan"}, // ASCII under the font of capitals
		{".VnTimeH", "quyết định của chủ tịch, số 12/2004 (sửa đổi)"},
		{".VnArialH", "kế hoạch phát triển kinh tế - xã hội năm 2005"},
		{"\".VnTimeH\", serif", "phần thứ nhất"}, // as a style sheet writes it
		{".VnTime", "Căn cứ Luật Tổ chức Hội đồng nhân dân và Uỷ ban nhân dân"},
		{".VnTime", "ỨNG dụng công nghệ thông tin tại ĐẠI HỌC Thái Nguyên"}, // words in capitals under a font of small letters
		{".VnTime", "BỘ TÀI CHÍNH"},
		{".VnTime", "của Bộ Y tế và Bộ Nội vụ"}, // a lone capital is no word in capitals
		{"", "TỔNG CỤC THUẾ"},                   // no font is known
		{".VnTimeH", "ăn quả ằm ẵm ặc ỗ ỡ ữ ỹ ỵ"},
		{"ABCDEF+.VnTimeH", "điều một"}, // a part of a font, in a PDF
		{"", "Số: 12/QĐ-UBND"},
		{"TimeH", "ban quan"}, // no font of TCVN3
		{".VnTime", "ban quan"},
	} {
		in = append(in, Para{Text: western(encode(TCVN3, p[1])), Font: p[0]})
	}
	out, report := Paragraphs(in)
	var b strings.Builder
	for i := range out {
		b.WriteString(in[i].Font + "\t" + strings.Trim(strconv.QuoteToGraphic(in[i].Text), `"`) + "\t" + out[i].Text + "\n")
	}
	const file = "testdata/capitals.golden"
	if *update {
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Split(string(raw), "\n")
	for i, got := range strings.Split(b.String(), "\n") {
		if i >= len(want) || got != want[i] {
			t.Errorf("%s: line %d is\n %s", file, i+1, got)
		}
	}
	if len(want) != len(out)+1 || report.Encoding != TCVN3 {
		t.Errorf("%s has %d lines for %d paragraphs in %s", file, len(want)-1, len(out), report.Encoding)
	}
}
