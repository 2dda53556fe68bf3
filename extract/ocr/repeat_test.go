package ocr

import (
	"strings"
	"testing"

	"kehoach/extract/pdf/layout"
)

// pageOf makes a page of lines. A word that begins with "?" is one that recognition is not sure of.
func pageOf(lines ...string) *Page {
	p := &Page{Page: &layout.Page{Width: 595, Height: 842}}
	for i, line := range lines {
		for k, text := range strings.Fields(line) {
			conf := float32(0.95)
			if rest, ok := strings.CutPrefix(text, "?"); ok {
				text, conf = rest, 0.4
			}
			p.Words = append(p.Words, layout.Word{Text: text, X0: float32(60 + 40*k), X1: float32(95 + 40*k), Y: float32(100 + 20*i), Size: 14, Confidence: conf})
		}
	}
	return p
}

// lineAt gives the words of a line of pageOf.
func lineAt(p *Page, n int) string {
	var out []string
	for _, w := range p.Words {
		if w.Y == float32(100+20*n) {
			out = append(out, w.Text)
		}
	}
	return strings.Join(out, " ")
}

// TestMendRepeated holds what a title and the first article that repeats it make of each other.
func TestMendRepeated(t *testing.T) {
	const plain = "Về việc ban hành Kế hoạch trồng rừng, giữ nước và phục hồi đầm phá ven biển giai đoạn 2027 - 2031"
	article := "Điều 1. Ban hành Kế hoạch trồng rừng, giữ nước và phục hồi đầm phá ven biển giai đoạn 2027 - 2031."
	for _, test := range []struct{ name, title, article, want, wantArticle string }{
		{"the same", plain, article, plain, article},
		{"marks of a seal",
			"Về việc ban hành Kế hoạch trồng: rừng, giữ nước và. phục ‹ hồi .đầm- phá ven biển giai đoạn 2027 - 2031", article, plain, article},
		{"no syllables", "Về việc ban hành Kế hoạch trồng ?rửg, giữ nước và phục hồi đầm ¢há ven biển giai đoạn 2027 - 2031", article, plain, article},
		{"a doubtful word", "Về việc ban hành Kế hoạch trồng rừng, giữ nước và phục hồi ?dấm phá ven biển giai đoạn 2027 - 2031", article, plain, article},
		{"the article is the worse one", plain, strings.NewReplacer("giữ", "?giử", "phục", "phục:").Replace(article), plain, article},
		{"both are sure", strings.Replace(plain, "giữ", "giử", 1), article, strings.Replace(plain, "giữ", "giử", 1), article},
		{"another year", strings.Replace(plain, "2031", "?2030", 1), article, strings.Replace(plain, "2031", "2030", 1), article},
		{"a short form", strings.Replace(plain, "đầm", "KTTV", 1), article, strings.Replace(plain, "đầm", "KTTV", 1), article},
		{"another name", strings.Replace(plain, "trồng rừng, giữ nước và phục hồi đầm phá", "đào tạo. thầy giáo dạy nghề", 1), article,
			strings.Replace(plain, "trồng rừng, giữ nước và phục hồi đầm phá", "đào tạo. thầy giáo dạy nghề", 1), article},
	} {
		for _, apart := range []bool{false, true} {
			first := []string{"QUYẾT ĐỊNH", test.title, "CHỦ TỊCH ỦY BAN", "Căn cứ Luật Lâm nghiệp;"}
			pages := []*Page{pageOf(append(first, test.article)...)}
			if apart {
				pages = []*Page{pageOf(first...), nil, pageOf("", "", "", "", test.article)}
			}
			given := pages[0]
			before := lineAt(given, 1)
			mendRepeated(pages)
			if got := lineAt(pages[0], 1); got != test.want {
				t.Errorf("%s: the title becomes\n%q, want\n%q", test.name, got, test.want)
			}
			if got := lineAt(pages[len(pages)-1], 4); got != test.wantArticle {
				t.Errorf("%s: the article becomes\n%q, want\n%q", test.name, got, test.wantArticle)
			}
			if lineAt(given, 1) != before {
				t.Errorf("%s: the page that was given has changed", test.name)
			}
		}
	}
	mendRepeated([]*Page{nil, pageOf(), pageOf("QUYẾT ĐỊNH")})
}
