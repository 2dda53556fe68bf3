package index

import (
	"context"
	"errors"
	"testing"
	"unicode/utf8"

	"kehoach/plan"
)

func FuzzQuery(f *testing.F) {
	for _, seed := range []string{"", "văn hóa", `"văn hóa" -kinh`, "889/QĐ-TTg", "“a” «b» -\"c\"", `"`, "--", "a\xffb", "80% 4/6/2021 TT&TT", "\x01", "a\x01b", "=a",
		"lúa OR ngô -(a b)", "a b NEAR/5 \"c d\" NEAR c", "province:an giang year:2019..2021 kind:funding", "title:\"a b\" heading:a", "((a OR b) -c)",
		"nuwowcs sachj sở tttt", "theo quy định của pháp luật thì văn hóa là gì như thế nào kinh phí"} {
		f.Add(seed, false)
		f.Add(seed, true)
	}
	x, err := Create(f.TempDir())
	if err != nil {
		f.Fatal(err)
	}
	defer x.Close()
	plans := madePlans(20, 51)
	if err := x.Add(plans); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, words string, literal bool) {
		q := Query{Words: words, Literal: literal, Limit: 5}
		res, err := x.Search(context.Background(), q)
		if err != nil {
			if !errors.Is(err, ErrQuery) {
				t.Fatal(err)
			}
			if literal && len(words) < maxQueryBytes && len(tokensIn(words)) <= maxQueryWords {
				t.Fatalf("literal words are no syntax error: %v", err)
			}
			return
		}
		if len(res.Hits) > res.Records || res.Plans > res.Records {
			t.Fatalf("%+v", res)
		}
		e := NewMarker(q).Snippet(words, []plan.Span{{Start: 0, End: len(words)}}, 40)
		for _, m := range e.Marks {
			if m.Start < 0 || m.End > len(e.Text) || m.Start >= m.End {
				t.Fatalf("marks %v in %q", e.Marks, e.Text)
			}
		}
		if utf8.ValidString(words) && !utf8.ValidString(e.Text) {
			t.Fatalf("%q is cut within a letter", e.Text)
		}
	})
}
