package index

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

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

// madeAtoms is a query of words that the made plans hold.
func madeAtoms(rng *rand.Rand) (atoms []atom) {
	for range rng.IntN(4) {
		a := atom{quote: rng.IntN(2) == 0, not: rng.IntN(4) == 0}
		n := 1
		if a.quote {
			n = 1 + rng.IntN(4)
		}
		for len(a.words) < n {
			w := madeWords[rng.IntN(len(madeWords))]
			if tokens := tokensIn(w); len(tokens) == 1 || n == 1 && !a.quote {
				a.words = append(a.words, w)
			}
		}
		atoms = append(atoms, a)
	}
	return atoms
}

func TestSearchAgainstNaiveScan(t *testing.T) {
	plans := madePlans(300, 11)
	runs := madeRuns(plans)
	x := built(t, plans, runs)
	rng := rand.New(rand.NewPCG(5, 5))
	found := 0
	for n := range 600 {
		atoms := madeAtoms(rng)
		var words []string
		for _, a := range atoms {
			words = append(words, a.String())
		}
		f, pass := madeFilter(rng, runs)
		q := Query{Words: strings.Join(words, " "), Filter: f, Limit: 100000}
		if n%4 == 0 {
			q.Words = norm.NFD.String(q.Words)
		}
		want := naiveSearch(plans, atoms, f.Kind, pass)
		res, err := x.Search(context.Background(), q)
		if err != nil {
			t.Fatalf("%+v: %v", q, err)
		}
		if got := ids(res.Hits); !slices.Equal(got, want) {
			t.Fatalf("%q %+v: %d hits, want %d\nonly found: %v\nmissed: %v", q.Words, f, len(got), len(want), minus(got, want), minus(want, got))
		}
		inPlans := make(map[string]bool)
		for _, h := range want {
			inPlans[h.plan] = true
		}
		if res.Records != len(want) || res.Plans != len(inPlans) {
			t.Fatalf("%q: %d records in %d plans, want %d in %d", q.Words, res.Records, res.Plans, len(want), len(inPlans))
		}
		found += len(want)
	}
	if found < 5000 {
		t.Errorf("the made queries find next to nothing: %d", found)
	}
}

func minus(a, b []naiveHit) (list []naiveHit) {
	for _, h := range a {
		if !slices.Contains(b, h) {
			list = append(list, h)
		}
	}
	return list[:min(len(list), 5)]
}

// madeFilter is a filter with one condition or two, and the same by the definition of plan.Filter.
func madeFilter(rng *rand.Rand, runs map[string]int64) (f plan.Filter, pass func(*plan.Plan) bool) {
	var all []func(*plan.Plan) bool
	for range rng.IntN(3) {
		switch rng.IntN(11) {
		case 0:
			if f.Province == nil {
				f.Province = []string{"an giang"}
				all = append(all, func(p *plan.Plan) bool { return p.Province.ID == "an-giang" || p.Province.Today.ID == "an-giang" })
			}
		case 1:
			if f.Year.IsZero() {
				f.Year = plan.Range{From: "2019", To: "2021"}
				all = append(all, func(p *plan.Plan) bool { return p.Issued != "" && p.Issued[:4] >= "2019" && p.Issued[:4] <= "2021" })
			}
		case 2:
			if f.Type == nil {
				f.Type = []string{"QĐ"}
				all = append(all, func(p *plan.Plan) bool {
					return p.Type.Code == "QĐ" || len(p.Attached) > 0 && p.Attached[0].Type.Code == "QĐ"
				})
			}
		case 3:
			if f.Lead == nil {
				f.Lead = []string{"so tttt", "làm vườn"}
				all = append(all, func(p *plan.Plan) bool {
					return slices.ContainsFunc(p.Assignments, func(a plan.Assignment) bool {
						return a.Role == plan.Lead && (a.AgencyID == "so-tttt" || a.AgencyID == "x-hoi-lam-vuon")
					})
				})
			}
		case 4:
			if f.Support == nil {
				f.Support = []string{"Sở Công Thương"}
				all = append(all, func(p *plan.Plan) bool {
					return slices.ContainsFunc(p.Assignments, func(a plan.Assignment) bool {
						return a.Role == plan.Support && a.AgencyID == "so-cong-thuong"
					})
				})
			}
		case 5:
			if f.Kind == nil {
				f.Kind = []plan.Kind{plan.Purpose, plan.Money, plan.Content}
			}
		case 6:
			if f.Program == nil {
				f.Program = []string{"889/qd-ttg"}
				all = append(all, func(p *plan.Plan) bool {
					return slices.ContainsFunc(p.Citations, func(c plan.Citation) bool {
						return c.Number == "889/QĐ-TTg" && c.Role == plan.Implements
					})
				})
			}
		case 7:
			if f.Level == nil {
				f.Level = []plan.Level{plan.Central}
				all = append(all, func(p *plan.Plan) bool { return p.Issuer.Level == plan.Central })
			}
		case 8:
			if f.Due.IsZero() {
				f.Due = plan.Range{From: "2021-06", To: "2022-03-15"}
				all = append(all, func(p *plan.Plan) bool {
					return slices.ContainsFunc(p.Deadlines, func(d plan.Deadline) bool {
						return d.Date >= "2021-06-01" && d.Date <= "2022-03-15"
					})
				})
			}
		case 9:
			if f.AddedSince == "" {
				f.AddedSince = "5"
				all = append(all, func(p *plan.Plan) bool { return runs[p.ID] >= 5 })
			}
		case 10:
			if f.Source == "" {
				f.Source = "/data/[01]/*.txt"
				all = append(all, func(p *plan.Plan) bool { return p.Source.Path < "/data/2" })
			}
		}
	}
	return f, func(p *plan.Plan) bool {
		for _, holds := range all {
			if !holds(p) {
				return false
			}
		}
		return true
	}
}

func TestFacetsAgainstNaiveScan(t *testing.T) {
	plans := madePlans(300, 12)
	runs := madeRuns(plans)
	x := built(t, plans, runs)
	rng := rand.New(rand.NewPCG(6, 6))
	byID := make(map[string]*plan.Plan)
	recordsOf := make(map[string][]Record)
	for _, p := range plans {
		byID[p.ID] = p
		recordsOf[p.ID] = Records(p)
	}
	// What a filter says of each facet is left out when that facet is counted.
	without := map[string]func(plan.Filter) plan.Filter{
		"province":       func(f plan.Filter) plan.Filter { f.Province = nil; return f },
		"province_today": func(f plan.Filter) plan.Filter { f.Province = nil; return f },
		"year":           func(f plan.Filter) plan.Filter { f.Year = plan.Range{}; return f },
		"type":           func(f plan.Filter) plan.Filter { f.Type = nil; return f },
		"kind":           func(f plan.Filter) plan.Filter { f.Kind = nil; return f },
		"level":          func(f plan.Filter) plan.Filter { f.Level = nil; return f },
		"lead":           func(f plan.Filter) plan.Filter { f.Lead = nil; return f },
		"support":        func(f plan.Filter) plan.Filter { f.Support = nil; return f },
		"program":        func(f plan.Filter) plan.Filter { f.Program = nil; return f },
	}
	keys := map[string]func(*plan.Plan) []string{
		"province":       func(p *plan.Plan) []string { return []string{p.Province.ID} },
		"province_today": func(p *plan.Plan) []string { return []string{p.Province.Today.ID} },
		"year":           func(p *plan.Plan) []string { return []string{p.Issued[:min(4, len(p.Issued))]} },
		"type": func(p *plan.Plan) []string {
			list := []string{p.Type.Code}
			for _, a := range p.Attached {
				list = append(list, a.Type.Code)
			}
			return list
		},
		"level":   func(p *plan.Plan) []string { return []string{string(p.Issuer.Level)} },
		"lead":    func(p *plan.Plan) []string { return agenciesOf(p, plan.Lead) },
		"support": func(p *plan.Plan) []string { return agenciesOf(p, plan.Support) },
		"program": func(p *plan.Plan) (list []string) {
			for _, c := range p.Citations {
				if c.Role == plan.Implements {
					list = append(list, c.Number)
				}
			}
			return list
		},
	}
	var by []string
	for name := range without {
		by = append(by, name)
	}
	slices.Sort(by)
	for range 100 {
		atoms := madeAtoms(rng)
		var words []string
		for _, a := range atoms {
			words = append(words, a.String())
		}
		f, _ := madeFilter(rng, runs)
		q := Query{Words: strings.Join(words, " "), Filter: f}
		facets, err := x.Facets(context.Background(), q, by)
		if err != nil {
			t.Fatal(err)
		}
		for i, name := range by {
			open := without[name](f)
			res, err := x.Search(context.Background(), Query{Words: q.Words, Filter: open, Limit: 1 << 19})
			if err != nil {
				t.Fatal(err)
			}
			hits := ids(res.Hits)
			if len(atoms) == 0 && len(open.Kind) == 0 { // a listing gives each plan once, facets count its records
				var all []naiveHit
				for _, h := range hits {
					for seq := range recordsOf[h.plan] {
						all = append(all, naiveHit{h.plan, seq})
					}
				}
				hits = all
			}
			records, inPlans := make(map[string]int), make(map[string]map[string]bool)
			for _, h := range hits {
				p := byID[h.plan]
				var list []string
				if kind := recordsOf[h.plan][h.seq].Kind; name != "kind" {
					list = keys[name](p)
				} else if kind != Opening && kind != Closing {
					list = []string{string(kind)}
				}
				slices.Sort(list)
				for _, key := range slices.Compact(list) {
					if key != "" {
						records[key]++
						if inPlans[key] == nil {
							inPlans[key] = make(map[string]bool)
						}
						inPlans[key][h.plan] = true
					}
				}
			}
			got := make(map[string]Count)
			for _, c := range facets[i].Values {
				got[c.Key] = c
			}
			if len(got) != len(records) || len(got) != len(facets[i].Values) {
				t.Fatalf("%s of %q %+v: %d values, want %d: %v", name, q.Words, f, len(facets[i].Values), len(records), facets[i].Values)
			}
			for key, n := range records {
				if c := got[key]; c.Records != n || c.Plans != len(inPlans[key]) {
					t.Fatalf("%s %s of %q %+v: %+v, want %d records in %d plans", name, key, q.Words, f, c, n, len(inPlans[key]))
				}
			}
		}
	}
}

func agenciesOf(p *plan.Plan, role plan.Role) (list []string) {
	for _, a := range p.Assignments {
		if a.Role == role {
			list = append(list, a.AgencyID)
		}
	}
	return list
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

func TestAccents(t *testing.T) {
	x := small(t,
		"phát triển văn hóa và con người tại nhiều nơi trong cả nước ta hôm nay", // a
		"phat trien van hoa", // b: marks lost
		"vạn hoa",            // c: another word
		"văn hoà",            // d
		"xây dựng đời sống văn hoá ở cơ sở, văn hoá, văn hoá", // e: the same as a, other placing
		"Hòa Bình",                  // f
		"hoà giải ở cơ sở",          // g
		norm.NFD.String("đặc biệt"), // h
		"Đặc Biệt nhất",             // i
		"dac biet",                  // j
	)
	for _, c := range []struct{ words, want string }{
		{"văn hóa", "eab"},
		{"văn hoá", "eab"},
		{"VĂN HÓA", "eab"},
		{norm.NFD.String("văn hóa"), "eab"},
		{norm.NFD.String("văn hoá"), "eab"},
		{"van hoa", "bcdea"},
		{"văn hoa", "deab"},
		{"vạn hoa", "cb"},
		{"văn hòa", "db"},
		{`"văn hóa"`, "ea"},
		{`"van hoa"`, "bcdea"},
		{"hòa", "dfgbc"},
		{"hoà", "dfgbc"},
		{"HOÀ bình", "f"},
		{"dac biet", "hji"},
		{"đặc biệt", "hij"},
		{norm.NFD.String("Đặc biệt"), "hij"},
	} {
		if got := order(t, x, c.words); sorted(got) != sorted(c.want) {
			t.Errorf("%s: found %s, want %s", c.words, got, c.want)
		}
	}
	// Whoever writes marks gets those who write them first, however short and dense the others are.
	for _, c := range []struct{ words, first, then string }{
		{"văn hóa", "ae", "b"},
		{"văn hoá", "ae", "b"},
		{norm.NFD.String("văn hóa"), "ae", "b"},
		{"hòa", "dfg", "bc"},
		{"hoà", "dfg", "bc"},
		{"đặc biệt", "hi", "j"},
	} {
		got := order(t, x, c.words)
		n := len(c.first)
		if len(got) < n || sorted(got[:n]) != sorted(c.first) || sorted(got[n:]) != sorted(c.then) {
			t.Errorf("%s: order %s, want %s and then %s", c.words, got, c.first, c.then)
		}
	}
	if a, b := order(t, x, "hòa"), order(t, x, "hoà"); a != b {
		t.Errorf("hòa finds %s, hoà %s", a, b)
	}
}

func TestRanking(t *testing.T) {
	for _, c := range []struct {
		what, words, want string
		texts             []string
	}{
		{"neighbours", "lúa gạo", "ba", []string{"lúa rồi gạo thơm", "rồi lúa gạo thơm"}},
		{"the order of neighbours", "lúa gạo", "ba", []string{"gạo lúa rồi thơm", "rồi lúa gạo thơm"}},
		{"often", "lúa", "ba", []string{"lúa một hai ba bốn", "lúa lúa một hai ba"}},
		{"short", "lúa", "ba", []string{"lúa một hai ba bốn năm sáu bảy", "lúa một hai"}},
		{"in the title", "lúa", "ba", []string{"lúa một hai", "lúa # lúa một hai"}},
		{"no marks at all: spellings are alike", "ban giao", "ab", []string{"bàn giao đất", "ban giao đất"}},
		{"marks elsewhere: no mark is meant", "ban giao đất", "ba", []string{"bàn giao đất", "ban giao đất"}},
		{"equal: by id", "lúa", "abc", []string{"lúa một", "lúa hai", "lúa ba"}},
	} {
		if got := order(t, small(t, c.texts...), c.words); got != c.want {
			t.Errorf("%s: %s gives %s, want %s", c.what, c.words, got, c.want)
		}
	}
}

func TestLostMarksComeLast(t *testing.T) {
	x := small(t,
		"van hoa van hoa van hoa", // a: short, and full of it
		strings.Repeat("Nội dung khác nằm ở đây, nhiều và dài. ", 40)+"văn hóa", // b: long, and once
		"van hoa # van hoa van hoa", // c: in its title too
		"van hóa van hóa van hóa",   // d: one word of two
	)
	for _, words := range []string{"văn hóa", "văn hoá"} {
		if got := order(t, x, words); len(got) != 4 || got[:2] != "bd" {
			t.Errorf("%s: order %s, want b, d and then the others", words, got)
		}
	}
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
	for _, c := range []struct {
		q    Query
		says string
	}{
		{Query{Words: `kế "hoạch`}, "character 4"},
		{Query{Words: `-"`}, "character 1"},
		{Query{Words: strings.Repeat("a ", 65)}, "65 words"},
		{Query{Words: strings.Repeat("a", 1<<20)}, "longer than"},
		{Query{Words: strings.Repeat("(", 1<<20)}, "longer than"},
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

func TestOrders(t *testing.T) {
	dir := t.TempDir()
	x, err := Create(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	runs := map[string]int64{"a": 3, "b": 11, "c": 2, "d": 0}
	x.Origin = func(id string) Origin { return Origin{Run: runs[id]} }
	for id, issued := range map[string]string{"a": "2021-06-04", "b": "2019", "c": "", "d": "2023-01"} {
		if err := x.Add([]*plan.Plan{{ID: id, Issued: issued, Text: "kế hoạch " + strings.Repeat("lúa ", len(issued))}}); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		q    Query
		want string
	}{
		{Query{}, "dabc"},
		{Query{Sort: ByIssued}, "dabc"},
		{Query{Sort: ByAdded}, "bacd"},
		{Query{Words: "kế hoạch", Sort: ByIssued}, "dabc"},
		{Query{Words: "kế hoạch", Sort: ByAdded}, "bacd"},
		{Query{Words: "kế hoạch"}, "cbda"}, // the shorter, the more it is about
		{Query{Sort: ByScore}, "abcd"},
	} {
		for offset := range 5 {
			for limit := range 5 {
				c.q.Offset, c.q.Limit = offset, limit
				res, err := x.Search(context.Background(), c.q)
				if err != nil {
					t.Fatal(err)
				}
				got := ""
				for _, h := range res.Hits {
					got += h.Plan
				}
				if want := c.want[min(offset, 4):min(offset+limit, 4)]; got != want || res.Records != 4 || res.Plans != 4 {
					t.Errorf("%+v: %s of %d, want %s", c.q, got, res.Records, want)
				}
			}
		}
	}
}

func TestMain(m *testing.M) {
	if dir := os.Getenv("KEHOACH_INDEX_CHILD"); dir != "" {
		childWriter(dir)
		return
	}
	os.Exit(m.Run())
}
