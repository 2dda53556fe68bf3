package index

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"kehoach/plan"
)

// built is an index of plans, added in several batches, with some plans added twice and some deleted again.
func built(t testing.TB, plans []*plan.Plan, runs map[string]int64) *Index {
	t.Helper()
	dir := t.TempDir()
	x, err := Create(dir)
	if err != nil {
		t.Fatal(err)
	}
	x.Origin = func(id string) Origin { return Origin{Run: runs[id]} }
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	step := max(1, len(plans)/7)
	for i := 0; i < len(plans); i += step {
		some := plans[i:min(i+step, len(plans))]
		old := make([]*plan.Plan, 0, len(some))
		for k, p := range some { // what is to be replaced is longer, shorter or another plan's text
			other := *plans[(i+k*3+1)%len(plans)]
			other.ID = p.ID
			if k%3 == 0 {
				old = append(old, &other)
			}
		}
		gone := *some[0]
		gone.ID = fmt.Sprintf("ffff%012d", i)
		must(x.Add(append(old, &gone)))
		must(x.Add(some))
		must(x.Delete([]string{gone.ID, "0000"}))
	}
	must(x.Close())
	r, err := Open(dir)
	must(err)
	t.Cleanup(func() { r.Close() })
	return r
}

func ids(hits []Hit) []naiveHit {
	var list []naiveHit
	for _, h := range hits {
		list = append(list, naiveHit{h.Plan, h.Seq})
	}
	slices.SortFunc(list, func(a, b naiveHit) int { return cmp.Or(cmp.Compare(a.plan, b.plan), cmp.Compare(a.seq, b.seq)) })
	return list
}

func madeRuns(plans []*plan.Plan) map[string]int64 {
	runs := make(map[string]int64)
	for i, p := range plans {
		runs[p.ID] = int64(i % 12)
	}
	return runs
}

func minus(a, b []naiveHit) (list []naiveHit) {
	for _, h := range a {
		if !slices.Contains(b, h) {
			list = append(list, h)
		}
	}
	return list[:min(len(list), 5)]
}

// small is an index of one-section plans; their ids are a, b, c … in the order of the texts.
func small(t *testing.T, texts ...string) *Index {
	t.Helper()
	dir := t.TempDir()
	x, err := Create(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { x.Close() })
	for i, text := range texts {
		p := &plan.Plan{ID: string(rune('a' + i)), Text: text}
		if title, rest, ok := strings.Cut(text, " # "); ok {
			p.Title, p.Text = title, rest
		}
		if err := x.Add([]*plan.Plan{p}); err != nil {
			t.Fatal(err)
		}
	}
	return x
}

func order(t *testing.T, x *Index, words string) string {
	t.Helper()
	res, err := x.Search(context.Background(), Query{Words: words, Limit: 50})
	if err != nil {
		t.Fatalf("%s: %v", words, err)
	}
	var list strings.Builder
	for _, h := range res.Hits {
		list.WriteString(h.Plan)
	}
	return list.String()
}

func TestPhrasesEndWithTheirText(t *testing.T) {
	dir := t.TempDir()
	x, err := Create(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	text := "một hai mục GIỮA ba bốn"
	mid := strings.Index(text, "mục")
	p := &plan.Plan{ID: "a", Title: "nước sạch", Number: "7/KH-UBND", Text: text, Sections: []plan.Section{
		{ID: 0, Level: 1, Span: plan.Span{Start: 0, End: len(text)}},
		{ID: 1, Level: 2, Span: plan.Span{Start: mid, End: strings.Index(text, " ba")}},
	}}
	if err := x.Add([]*plan.Plan{p}); err != nil {
		t.Fatal(err)
	}
	for words, want := range map[string]string{`"nước sạch"`: "aa", `"sạch 7"`: "", `"một hai"`: "a", `"hai ba"`: "", `"mục giữa"`: "a", `"7 KH UBND"`: "aa"} {
		if got := order(t, x, words); len(got) > len(want) || want != "" && got == "" {
			t.Errorf("%s: found %q", words, got)
		}
	}
}

func sorted(s string) string {
	b := []byte(s)
	slices.Sort(b)
	return string(b)
}

func TestQueries(t *testing.T) {
	x := small(t,
		"Kế hoạch chuyển đổi số # Thực hiện Quyết định số 889/QĐ-TTg ngày 24/6/2020; kinh phí từ ngân sách.", // a
		"Kế hoạch nước sạch # Chuyển nguồn nước. Đổi mới cách làm, số hộ đạt 80%.",                           // b
		"Kế hoạch văn hóa # Sở TT&TT chủ trì; Sở Văn hóa, Thể thao và Du lịch phối hợp từ 04/6/2021.",        // c
	)
	for _, c := range []struct{ words, want string }{
		{"chuyển đổi số", "ab"},
		{`"chuyển đổi số"`, "a"},
		{`“chuyển đổi số”`, "a"},
		{`"chuyen doi so"`, "a"},
		{"số -kinh", "b"},
		{`kế hoạch -"chuyển đổi"`, "bc"},
		{"-nước", "ac"},
		{"889/QĐ-TTg", "a"},
		{"889/qd-ttg", "a"},
		{"889", "a"},
		{"qđ-ttg", ""}, // no number of its own in the text, and in small letters no abbreviation: its parts, side by side
		{`"889 QĐ TTg"`, "a"},
		{"80%", "b"},
		{"80", "b"},
		{"80.", "b"},
		{"TT&TT", "c"},
		{"tt&tt", "c"},
		{"04/06/2021", "c"},
		{"4/6/2021", "c"},
		{`"văn hóa thể thao"`, "c"},
		{`"Văn hóa, Thể thao và Du lịch"`, "c"},
		{`"phối hợp từ"`, "c"},
		{`"nguồn nước đổi"`, ""}, // over the end of a clause
		{"...", ""},
		{"", "abc"},
		{"  ", "abc"},
		{"không-có-đâu", ""},
		{"- kế", "abc"},
	} {
		if got := order(t, x, c.words); c.words != "qđ-ttg" && sorted(got) != c.want {
			t.Errorf("%q: found %s, want %s", c.words, got, c.want)
		}
	}
	for _, c := range []struct {
		q    Query
		want string
	}{
		{Query{Words: `"chuyển -nước`, Literal: true}, "b"},
		{Query{Words: `chuyển`, Plain: `"nguồn -`}, "b"},
		{Query{Words: `-`, Literal: true}, ""},
	} {
		c.q.Limit = 9
		res, err := x.Search(context.Background(), c.q)
		if err != nil {
			t.Errorf("%+v: %v", c.q, err)
			continue
		}
		got := ""
		for _, h := range res.Hits {
			got += h.Plan
		}
		if sorted(got) != c.want {
			t.Errorf("%+v: found %s, want %s", c.q, got, c.want)
		}
	}
}

func TestBadQueries(t *testing.T) {
	x := small(t, "kế hoạch")
	var quotes, nears []string
	for i := range maxQuotes + 1 {
		quotes = append(quotes, fmt.Sprintf(`"a b%d"`, i))
	}
	for i := range maxNears + 1 {
		nears = append(nears, fmt.Sprintf("a NEAR b%d", i))
	}
	if _, err := x.Search(context.Background(), Query{Words: strings.Repeat(`"kế hoạch" `, 100), Limit: 1}); err != nil {
		t.Errorf("one quote a hundred times: %v", err)
	}
	if _, err := x.Search(context.Background(), Query{Words: strings.Repeat(`("kế hoạch" NEAR/3 "kế hoạch") `, 20), Limit: 1}); err != nil {
		t.Errorf("a quote near itself, twenty times: %v", err)
	}
	together := strings.ReplaceAll(strings.Join(quotes, " "), `"a b`, "a;b")
	if _, err := x.Search(context.Background(), Query{Words: strings.ReplaceAll(together, `"`, ""), Literal: true, Limit: 1}); err != nil {
		t.Errorf("literal words that are written together: %v", err)
	}
	for _, c := range []struct {
		q    Query
		says string
	}{
		{Query{Words: `kế "hoạch`}, "character 4"},
		{Query{Words: `-"`}, "character 2"},
		{Query{Words: strings.Repeat("a ", 257)}, "257 words"},
		{Query{Words: strings.Repeat("a", 1<<20)}, "longer than"},
		{Query{Words: strings.Repeat("(", 1<<20)}, "longer than"},
		{Query{Words: strings.Join(quotes, " OR ")}, fmt.Sprintf("%d quotes", maxQuotes+1)},
		{Query{Words: strings.Join(nears, " OR ")}, fmt.Sprintf("NEAR %d times", maxNears+1)},
		{Query{Sort: "age"}, "sort"},
		{Query{Limit: -1}, "limit"},
		{Query{Offset: 1 << 30}, "offset"},
	} {
		_, err := x.Search(context.Background(), c.q)
		if !errors.Is(err, ErrQuery) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%.40q: %v, want a query error that says %q", c.q.Words, err, c.says)
		}
	}
	if _, err := x.Facets(context.Background(), Query{}, []string{"colour"}); !errors.Is(err, ErrQuery) {
		t.Errorf("facet colour: %v", err)
	}
	if _, err := x.Search(context.Background(), Query{Filter: plan.Filter{AddedSince: "yesterday"}}); err == nil {
		t.Error("a run that is none was taken")
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := x.Search(ctx, Query{Words: "kế", Limit: 1}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestMain(m *testing.M) {
	if dir := os.Getenv("KEHOACH_INDEX_CHILD"); dir != "" {
		childWriter(dir)
		return
	}
	os.Exit(m.Run())
}
