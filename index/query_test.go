package index

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"kehoach/plan"
)

// found gives the ids of the plans that a query finds, in order, with what it was taken for.
func answered(t *testing.T, x *Index, q Query) (string, Answer) {
	t.Helper()
	q.Limit = 50
	res, err := x.Search(context.Background(), q)
	if err != nil {
		t.Fatalf("%s: %v", q.Words, err)
	}
	var list strings.Builder
	for _, h := range res.Hits {
		list.WriteString(h.Plan)
	}
	return list.String(), res.Answer
}

func TestFacetFields(t *testing.T) {
	plans := madePlans(40, 8)
	x := built(t, plans, madeRuns(plans))
	for _, c := range []struct {
		words string
		want  func(p *plan.Plan) bool
	}{
		{`region:"đồng bằng sông Cửu Long"`, func(p *plan.Plan) bool { return p.Province.Name == "An Giang" || p.Province.Name == "Kiên Giang" }},
		{`vung:dong bang song cuu long`, func(p *plan.Plan) bool { return p.Province.Name == "An Giang" || p.Province.Name == "Kiên Giang" }},
		{"region:ĐBSCL format:PDF", func(p *plan.Plan) bool {
			return (p.Province.Name == "An Giang" || p.Province.Name == "Kiên Giang") && p.Source.Format == "pdf"
		}},
		{"dinhdang:docx", func(p *plan.Plan) bool { return p.Source.Format == "docx" }},
		{"problem:label_jump", func(p *plan.Plan) bool {
			return slices.ContainsFunc(p.Problems, func(x plan.Problem) bool { return x.Code == plan.LabelJump })
		}},
		{`linhvuc:"y te"`, func(p *plan.Plan) bool { return slices.Contains(p.Areas, "Y tế") }},
	} {
		res, err := x.Search(context.Background(), Query{Words: c.words, Limit: 100})
		if err != nil {
			t.Errorf("%s: %v", c.words, err)
			continue
		}
		var got, want []string
		for _, h := range res.Hits {
			got = append(got, h.Plan)
		}
		for _, p := range plans {
			if c.want(p) {
				want = append(want, p.ID)
			}
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) || len(want) == 0 || len(want) == len(plans) {
			t.Errorf("%s: %d plans, want %d", c.words, len(got), len(want))
		}
	}
}

func TestTypedWithoutAnInputMethod(t *testing.T) {
	x := small(t, "kế hoạch nước sạch", "ke hoach", "đường thủy", "chăn nuôi heo")
	for _, c := range []struct{ words, want string }{
		{"nuwowcs sachj", "a"}, {"nu7o71c sa5ch", "a"}, {"ddwowngf", "c"}, {"d9u7o72ng thu3y", "c"}, {`"nuwowcs sachj"`, "a"}, {"chawn nuooi", "d"},
		{"-nuwowcs", "bcd"},
	} {
		if got, _ := answered(t, x, Query{Words: c.words, Exact: true}); sorted(got) != c.want {
			t.Errorf("%s: found %s, want %s", c.words, got, c.want)
		}
	}
}

func TestAbbreviationsOnEitherSide(t *testing.T) {
	x := small(t,
		"Giao Sở TTTT chủ trì",                            // a
		"Giao Sở Thông tin và Truyền thông chủ trì",       // b
		"Giao Sở TT&TT chủ trì",                           // c
		"thông báo tin tức và truyền hình cho thông suốt", // d: its words, apart
		"UBND xã", "Ủy ban nhân dân xã", "ủy viên ban dân vận nhân dịp này", // e, f, g
	)
	for _, c := range []struct{ words, want string }{
		{"Sở TTTT", "abc"}, {"so tttt", "abc"}, {"sở tt&tt", "abc"}, {"Sở Thông tin và Truyền thông", "abc"}, {"so thong tin va truyen thong", "abc"},
		{`"thông tin và truyền thông"`, "b"}, {`"tttt"`, "a"}, {"thông tin và truyền thông", "abcd"},
		{"ubnd xã", "ef"}, {"ủy ban nhân dân", "efg"},
	} {
		if got, _ := answered(t, x, Query{Words: c.words, Exact: true}); sorted(got) != c.want {
			t.Errorf("%s: found %s, want %s", c.words, got, c.want)
		}
	}
	// What is side by side, or one name, stands before scattered words.
	if got, _ := answered(t, x, Query{Words: "thông tin và truyền thông"}); len(got) != 4 || got[3] != 'd' {
		t.Errorf("order %s, want d last", got)
	}
}

func TestMisspelt(t *testing.T) {
	x := small(t, "chuyển đổi số ở xã", "truyện cười dân gian", "chuyên viên chính", "bảo tồn đình miếu", "Sở Y tế, 115/KH-UBND")
	for _, c := range []struct{ words, suggested, want string }{
		{"chuyễn đổi số", "chuyển đổi số", "a"}, // the neighbours tell which of chuyển, chuyên, truyện
		{"chuyểm đổi", "chuyển đổi", "a"},
		{"bảo tồng đình", "bảo tồn đình", "d"},
		{"Bảo Tòm", "Bảo tồn", "d"},
		{"Bảo Tòn", "", "d"}, // a mark is left out
		{"chuyển đổi số", "", "a"},
		{"115/KH-UBNX", "", ""},
		{"zzzzzz", "", ""},
	} {
		got, as := answered(t, x, Query{Words: c.words})
		if got != c.want || as.Suggested != c.suggested || as.Respelt != (c.suggested != "") || as.Respelt && as.Query.Words != c.suggested {
			t.Errorf("%s: found %s for %q, want %s for %q", c.words, got, as.Suggested, c.want, c.suggested)
		}
		if exact, as := answered(t, x, Query{Words: c.words, Exact: true}); c.suggested != "" && (exact != "" || as.Respelt) {
			t.Errorf("%s, exactly: found %s", c.words, exact)
		}
	}
}

func TestFewerWords(t *testing.T) {
	x := small(t, "lúa ngô khoai sắn", "lúa ngô khoai", "lúa", "đậu")
	for _, c := range []struct {
		words, want string
		relaxed     bool
	}{
		{"lúa ngô khoai sắn", "ab", true},    // three of four
		{"lúa ngô khoai đậu", "ab", true},    // none holds all: half
		{"lúa đậu", "cdab", true},            // one of two, where none holds both
		{"lúa ngô", "ab", false},             // two are wanted where something holds both
		{`"lúa ngô" "khoai đậu"`, "", false}, // quotes are never left out
		{"lúa ngô khoai sắn -khoai", "", false},
	} {
		got, as := answered(t, x, Query{Words: c.words})
		if sorted(got) != sorted(c.want) || as.Relaxed != c.relaxed {
			t.Errorf("%s: found %s, relaxed %v; want %s, %v", c.words, got, as.Relaxed, c.want, c.relaxed)
		}
	}
}

func TestQuestionsInSentences(t *testing.T) {
	x := small(t,
		"Thời gian thử việc không quá 60 ngày đối với công việc cần trình độ cao đẳng.",         // a
		"Người lao động nghỉ hằng năm 12 ngày, thử xem quy định nào như thế nào theo quy định.", // b
		"Thế nào là như thế nào? Được quy định như thế nào, theo quy định của pháp luật là gì?", // c
	)
	for _, words := range []string{
		"Thời gian thử việc tối đa đối với người có trình độ cao đẳng được quy định như thế nào?",
		"thoi gian thu viec toi da doi voi nguoi co trinh do cao dang duoc quy dinh nhu the nao",
		"Theo quy định của pháp luật, thử việc là gì và thời gian thử việc bao lâu đối với trình độ cao đẳng?",
	} {
		if got, _ := answered(t, x, Query{Words: words}); !strings.HasPrefix(got, "a") {
			t.Errorf("%s: order %s, want a first", words, got)
		}
		if got, _ := answered(t, x, Query{Plain: words}); !strings.HasPrefix(got, "a") {
			t.Errorf("-- %s: order %s, want a first", words, got)
		}
	}
}

func TestFaults(t *testing.T) {
	deep := strings.Repeat("(", maxDepth+1) + "a" + strings.Repeat(")", maxDepth+1)
	for _, c := range []struct{ words, at, what, hint string }{
		{`kế "hoạch`, `"`, "a quote is opened", "close it"},
		{"kế (hoạch", "(", "a parenthesis is opened", "close it"},
		{"kế) hoạch", ")", "that was not opened", "take it out"},
		{"lúa OR", "OR", "OR stands without two sides", `"or"`},
		{"OR lúa", "OR", "OR stands without two sides", `"or"`},
		{"lúa OR OR ngô", "OR", "OR stands without two sides", `"or"`},
		{"(lúa OR) ngô", "OR", "OR stands without two sides", `"or"`},
		{"lúa NOT", "NOT", "NOT stands before nothing", `"not"`},
		{"NEAR/5 lúa", "NEAR/5", "no word or quote on its left", "both sides"},
		{"lúa NEAR/5", "NEAR/5", "no word or quote on its right", "both sides"},
		{"lúa NEAR/x ngô", "NEAR/x", "no number", "NEAR/5"},
		{"lúa NEAR/5000 ngô", "NEAR/5000", "no number", "NEAR/5"},
		{"provnce:a lúa", "provnce", "there is no field provnce", "did you mean province?"},
		{"lúa region:atlantis", "atlantis", "atlantis is no region", "Đồng bằng sông Cửu Long"},
		{"problem:x lúa", "x", "x is no problem", "blank_number, blank_date"},
		{"colour:red", "colour", "there is no field colour", "the fields are province"},
		{`year:""`, "year:", "has no value", "behind the colon"},
		{"year:21", "21", "21 is no year", "2021..2024"},
		{"year:2024..2021", "2024..2021", "is no year", "2021..2024"},
		{"due:soon", "soon", "is no due", "2024-08"},
		{"kind:money", "money", "is no kind", "funding"},
		{"level:town", "town", "is no level", "commune"},
		{deep, "(", "more than 32 parentheses", "leave some out"},
	} {
		_, err := Query{Words: c.words}.parse()
		var f *Fault
		if !errors.As(err, &f) || !errors.Is(err, ErrQuery) {
			t.Errorf("%.30s: %v, want a fault", c.words, err)
			continue
		}
		if at := f.Query[f.Start:f.End]; !strings.HasPrefix(at, c.at) || !strings.Contains(f.What, c.what) || !strings.Contains(f.Hint, c.hint) {
			t.Errorf("%.30s: at %q: %s; %s", c.words, at, f.What, f.Hint)
		}
		for _, q := range []Query{{Words: c.words, Literal: true}, {Plain: c.words}} {
			if _, err := q.parse(); err != nil {
				t.Errorf("-- %.30s: %v", c.words, err)
			}
		}
	}
	for _, words := range []string{"8:30", "http://a.b/c", "Điều 5: nội dung", "Căn:cứ", "a or b", "(a)", "()", "- a", "a (b) c", "AND", "a -- b"} {
		if _, err := (Query{Words: words}).parse(); err != nil {
			t.Errorf("%s: %v", words, err)
		}
	}
}

// What a hostile query costs is bounded by what its parse makes, whatever it is made of.
func TestHostileQueries(t *testing.T) {
	x := small(t, "lúa ngô khoai")
	big := 1 << 20
	for name, words := range map[string]string{
		"a megabyte": strings.Repeat("a", big), "parentheses": strings.Repeat("(", big), "minuses": strings.Repeat("-", big),
		"quotes": strings.Repeat(`"`, big), "fields": strings.Repeat("year:", big/5), "words": strings.Repeat("a ", big/2),
	} {
		if _, err := x.Search(context.Background(), Query{Words: words}); !errors.Is(err, ErrQuery) || !strings.Contains(err.Error(), "longer than") {
			t.Errorf("%s: %.80v", name, err)
		}
	}
	full := maxQueryBytes
	for name, words := range map[string]string{
		"parentheses": strings.Repeat("(", full), "nested": strings.Repeat("(a OR ", full/6), "near": strings.Repeat("a NEAR/9 ", full/9),
		"nots": strings.Repeat("-(a ", full/4), "words": strings.Repeat("ab ", full/3), "quotes": strings.Repeat(`"a" `, full/4),
		"globs": "source:" + strings.Repeat("*a", full/2-8), "one word": strings.Repeat("a", full), "phrase": `"` + strings.Repeat("a ", full/2-1) + `"`,
		"signs": strings.Repeat("*?[^", full/4), "fields": strings.Repeat("year:2021 ", full/10), "colons": strings.Repeat("a:", full/2),
	} {
		q := Query{Words: words, Limit: 5}
		parsed, err := q.parse()
		if err == nil {
			if n := parsed.root.count(); n > maxQueryWords || parsed.root.size() > 4*maxQueryWords {
				t.Errorf("%s: %d words in %d nodes were let through", name, n, parsed.root.size())
			}
			_, err = x.Search(context.Background(), q)
		}
		if err != nil && !errors.Is(err, ErrQuery) {
			t.Errorf("%s: %.80v", name, err)
		}
	}
}

func TestFieldsAreFilters(t *testing.T) {
	plans := madePlans(120, 5)
	x := built(t, plans, madeRuns(plans))
	for _, c := range []struct {
		words  string
		filter plan.Filter
	}{
		{`province:"an giang"`, plan.Filter{Province: []string{"an giang"}}},
		{"province:an giang", plan.Filter{Province: []string{"an giang"}}},
		{"tỉnh:Lạng Sơn", plan.Filter{Province: []string{"lang son"}}},
		{"year:2019..2021", plan.Filter{Year: plan.Range{From: "2019", To: "2021"}}},
		{"year:2020.. type:QĐ", plan.Filter{Year: plan.Range{From: "2020"}, Type: []string{"QĐ"}}},
		{"lead:sở tttt", plan.Filter{Lead: []string{"Sở Thông tin và Truyền thông"}}},
		{`support:"so cong thuong" cap:"trung uong"`, plan.Filter{Support: []string{"Sở Công Thương"}, Level: []plan.Level{plan.Central}}},
		{"muc:\"kinh phí\"", plan.Filter{Kind: []plan.Kind{plan.Money}}},
		{"program:889/qd-ttg due:2021-06..2022-03-15", plan.Filter{Program: []string{"889/QĐ-TTg"}, Due: plan.Range{From: "2021-06", To: "2022-03-15"}}},
		{"source:/data/[01]/*.txt", plan.Filter{Source: "/data/[01]/*.txt"}},
	} {
		for _, word := range []string{"", " van", ` "van hoa"`, " -kinh"} {
			q := Query{Words: c.words + word, Exact: true, Limit: maxHits}
			asFlags := Query{Words: strings.TrimSpace(word), Exact: true, Limit: maxHits, Filter: c.filter}
			one, err := x.Search(context.Background(), q)
			if err != nil {
				t.Fatalf("%s: %v", q.Words, err)
			}
			two, err := x.Search(context.Background(), asFlags)
			if err != nil {
				t.Fatal(err)
			}
			if one.Records != two.Records || one.Plans != two.Plans || len(minus(ids(one.Hits), ids(two.Hits))) > 0 {
				t.Errorf("%s: %d records, as flags %d", q.Words, one.Records, two.Records)
			}
			facets, err := x.Facets(context.Background(), q, []string{"province", "year", "kind"})
			if err != nil {
				t.Fatal(err)
			}
			flags, err := x.Facets(context.Background(), asFlags, []string{"province", "year", "kind"})
			if err != nil {
				t.Fatal(err)
			}
			for i := range facets {
				if len(facets[i].Values) != len(flags[i].Values) {
					t.Errorf("%s: facet %s has %d values, with flags %d", q.Words, facets[i].By, len(facets[i].Values), len(flags[i].Values))
				}
			}
		}
	}
}
