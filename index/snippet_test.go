package index

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"kehoach/plan"
)

// marked shows an excerpt with its marks in brackets.
func marked(e Excerpt) string {
	var b strings.Builder
	at := 0
	for _, m := range e.Marks {
		b.WriteString(e.Text[at:m.Start] + "[" + e.Text[m.Start:m.End] + "]")
		at = m.End
	}
	return b.String() + e.Text[at:]
}

func TestSnippet(t *testing.T) {
	long := strings.Repeat("Nội dung khác nằm ở đây. ", 20)
	for _, c := range []struct{ text, words, want string }{
		{"Phát triển văn hoá và con người", "van hoa", "Phát triển [văn] [hoá] và con người"},
		{"Phát triển VĂN HÓA", "văn hoá", "Phát triển [VĂN] [HÓA]"},
		{norm.NFD.String("Phát triển văn hóa"), "văn hóa", norm.NFD.String("Phát triển ") + "[" + norm.NFD.String("văn") + "] [" + norm.NFD.String("hóa") + "]"},
		{"văn hóa và văn", `"văn hóa"`, "[văn hóa] và văn"},
		{"văn. hóa văn, hóa", `"văn hóa"`, "văn. hóa [văn, hóa]"},
		{"Quyết định số 889/QĐ-TTg ngày 24/6/2020", "889/qd-ttg", "Quyết định số [889/QĐ-TTg] ngày 24/6/2020"},
		{"Quyết định số 889/QĐ-TTg", "889 ttg", "Quyết định số [889]/QĐ-[TTg]"},
		{"đạt 80% số hộ", "80% hộ", "đạt [80%] số [hộ]"},
		{"vạn hoa", "văn hóa", "vạn [hoa]"},
		{"một\n\n hai\tba", "hai", "một [hai] ba"},
		{"một hai", "-hai một", "[một] hai"},
		{"một hai", "ba", "một hai"},
		{"một hai", `"ba`, "một hai"},
		{"", "ba", ""},
		{strings.Repeat("dài ", 20) + "và Sở Công Thương Kiên Giang An Giang Hậu Giang Cần Thơ Sóc Trăng " + strings.Repeat("dài ", 20),
			`"sở công thương kiên giang an giang hậu giang cần thơ sóc trăng"`,
			"… dài dài và [Sở Công Thương Kiên Giang An Giang Hậu Giang Cần Thơ Sóc Trăng] …"},
		{long + "Giao Sở Công Thương chủ trì. " + long, `"sở công thương" chủ`,
			"… Giao [Sở Công Thương] [chủ] trì. Nội dung khác nằm ở đây. Nội …"},
	} {
		e := NewMarker(Query{Words: c.words}).Snippet(c.text, []plan.Span{{Start: 0, End: len(c.text)}}, 60)
		if got := marked(e); got != c.want {
			t.Errorf("%s in %.40q\n got %s\nwant %s", c.words, c.text, got, c.want)
		}
	}
	// A record of two pieces shows nothing of what stands between them.
	text := "đầu mục GIỮA cuối mục"
	mid := strings.Index(text, "GIỮA")
	e := NewMarker(Query{Words: "mục"}).Snippet(text, []plan.Span{{Start: 0, End: mid}, {Start: mid + len("GIỮA "), End: len(text)}}, 60)
	if got := marked(e); got != "đầu [mục] cuối [mục]" {
		t.Errorf("two pieces: %s", got)
	}
}

func TestSnippetKeepsItsBounds(t *testing.T) {
	rng := rand.New(rand.NewPCG(8, 8))
	for _, p := range madePlans(60, 41) {
		for _, r := range Records(p) {
			var words []string
			for range 1 + rng.IntN(3) {
				words = append(words, madeWords[rng.IntN(len(madeWords))])
			}
			q := Query{Words: strings.Join(words, " ")}
			width := 20 + rng.IntN(100)
			e := NewMarker(q).Snippet(p.Text, r.Spans, width)
			if !utf8.ValidString(e.Text) || strings.ContainsAny(e.Text, "\n\t") || strings.Contains(e.Text, "  ") {
				t.Fatalf("not one clean line: %q", e.Text)
			}
			if n := utf8.RuneCountInString(e.Text); n > width+20 {
				t.Fatalf("%d characters, %d were asked for: %q", n, width, e.Text)
			}
			last := 0
			for _, m := range e.Marks {
				if m.Start < last || m.End <= m.Start || m.End > len(e.Text) {
					t.Fatalf("marks %v in %q", e.Marks, e.Text)
				}
				last = m.End
				best := differs
				for _, tok := range tokensIn(e.Text[m.Start:m.End]) {
					for _, w := range words {
						best = max(best, naiveFit(w, e.Text[m.Start:m.End][tok.start:tok.end]))
					}
				}
				if best == differs {
					t.Fatalf("%q is marked for %q", e.Text[m.Start:m.End], q.Words)
				}
			}
		}
	}
}

// TestFirstOf holds that a word of a query and a word of a text that are the same, but for marks, begin alike.
func TestFirstOf(t *testing.T) {
	for r := rune('0'); r < 0x2000; r++ {
		if class, _ := classAt(string(r), 0); class != wordClass {
			continue
		}
		for _, word := range []string{string(r), string(r) + "a", string(r) + "án", norm.NFD.String(string(r) + "ờn"), string(r) + "/6/2020"} {
			text, query := firstOf(word), firstOf(termOf(word).fold)
			if text != anyFirst && text != query {
				t.Errorf("%s (%U) begins with %b, its fold %s with %b", word, []rune(word), text, termOf(word).fold, query)
			}
		}
	}
	for _, word := range []string{"04/06/2021", "00/1", "１２"} {
		if text, query := firstOf(word), firstOf(termOf(word).fold); text != anyFirst && text != query {
			t.Errorf("%s begins with %b, its fold with %b", word, text, query)
		}
	}
}
