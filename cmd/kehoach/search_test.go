package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kehoach/corpus"
	"kehoach/corpus/sample"
	"kehoach/extract"
	"kehoach/index"
	"kehoach/plan"
)

// sampled is a corpus of the sample documents.
func sampled(t *testing.T) string {
	t.Helper()
	dir, docs := t.TempDir(), filepath.Join(t.TempDir(), "samples")
	if err := os.CopyFS(docs, sample.Files()); err != nil {
		t.Fatal(err)
	}
	if code, _, errs := kh(dir, "", "ingest", "--quiet", docs); code != 0 {
		t.Fatalf("ingest: exit %d\n%s", code, errs)
	}
	return dir
}

func hits(t *testing.T, dir string, args ...string) (list []hit) {
	t.Helper()
	code, out, errs := kh(dir, "", append([]string{"search", "--json"}, args...)...)
	if code != 0 {
		t.Fatalf("search %q: exit %d\n%s", args, code, errs)
	}
	for line := range strings.Lines(out) {
		var h hit
		if err := json.Unmarshal([]byte(line), &h); err != nil {
			t.Fatalf("search %q: %v in %s", args, err, line)
		}
		list = append(list, h)
	}
	return list
}

func TestSearchCommand(t *testing.T) {
	dir := sampled(t)
	c, err := corpus.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	found := hits(t, dir, "van hoa", "--limit", "0")
	if len(found) < 5 {
		t.Fatalf("%d hits", len(found))
	}
	for i, h := range found {
		p, err := c.Plan(h.Plan)
		if err != nil {
			t.Fatal(err)
		}
		if h.Rank != i+1 || i > 0 && h.Score > found[i-1].Score {
			t.Errorf("hit %d: rank %d, score %g", i+1, h.Rank, h.Score)
		}
		if h.Title != p.Title || h.Number != p.Number || h.Issuer != p.Issuer.Name || h.Province != p.Province.Name ||
			h.Issued != p.Issued || h.Source != p.Source.Path {
			t.Errorf("hit %d is not of its plan: %+v", i+1, h)
		}
		if h.Section != nil {
			s := p.Sections[*h.Section]
			if h.Kind != s.Kind || !slices.Equal(h.Path, s.Path) || h.Heading != s.Heading {
				t.Errorf("hit %d is not of its section: %+v", i+1, h)
			}
		}
		for _, m := range h.Marks {
			if m.Start < 0 || m.End > len(h.Snippet) || m.Start >= m.End {
				t.Errorf("hit %d: marks %v in %q", i+1, h.Marks, h.Snippet)
			}
		}
	}
	if page := hits(t, dir, "van hoa", "--limit", "3", "--offset", "2"); len(page) != 3 || page[0].Rank != 3 ||
		page[0].Snippet != found[2].Snippet || page[2].Plan != found[4].Plan {
		t.Errorf("a page of three after two: %+v", page)
	}
	if nfd := hits(t, dir, "va\u0306n ho\u0301a", "--limit", "0"); len(nfd) != len(hits(t, dir, "văn hoá", "--limit", "0")) {
		t.Errorf("decomposed letters find %d", len(nfd))
	}
	all := hits(t, dir, "--limit", "0")
	for i, h := range all {
		if i > 0 && h.Issued > all[i-1].Issued {
			t.Errorf("without a query: %s behind %s", h.Issued, all[i-1].Issued)
		}
	}
	s, err := c.Status()
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != s.Plans {
		t.Errorf("without a query there are %d hits, %d plans", len(all), s.Plans)
	}
	for _, r := range []struct {
		args string
		code int
		out  string // a part of standard output
		errs string // a part of standard error
	}{
		{"search|văn hóa", 0, "sections in ", ""},
		{"search|văn hóa", 0, " shown\n--offset 10 shows more", ""},
		{"search|văn hóa|--kind|organization|--limit|1", 0, "[organization]\n", ""},
		{"search|--|--văn|\"hóa", 0, "sections in ", ""},
		{"search|--limit|1", 0, "plans, 1 to 1 shown", ""},
		{"search|xyzxyz", 0, "", "Nothing found.\n"},
		{"search|xyzxyz|--quiet", 0, "", ""},
		{"search|xyzxyz|--json", 0, "", ""},
		{"search|...", 0, "", "Nothing found.\n"},
		{"search|\"văn hóa", 2, "", "a quote is opened and not closed\n  \"văn hóa\n  ^\n  close it"},
		{"search|lúa OR", 2, "", "\n  lúa OR\n      ^^\n"},
		{"search|lúa provinc:x", 2, "", "there is no field provinc\n  lúa provinc:x\n      ^^^^^^^\n  did you mean province?"},
		{"search|kind:money", 2, "", "\n  kind:money\n       ^^^^^\n  the kinds are purpose"},
		{"search|kế (hoạch", 2, "", "a parenthesis is opened and not closed\n  kế (hoạch\n     ^\n"},
		{"search|province:Hà Giang|văn hóa", 0, "Hà Giang", ""},
		{"search|province:ha giang văn hóa", 0, "Hà Giang", ""},
		{"search|văn hsoas|--exact", 0, "", "Nothing found.\n"},
		{"search|--sort|age", 2, "", `sort "age" is none of score, issued, added`},
		{"search|--year|21", 2, "", "--year 21"},
		{"search|--kind|money", 2, "", "no such kind"},
		{"search|--region|Mars", 2, "", "no such region (there are Trung du"},
		{"search|--format|pdfx", 2, "", "no such value (there are pdf, png"},
		{"facets|--problem|nothing", 2, "", "no such value (there are blank_number"},
		{"search|--source-format|text|--limit|1", 0, "plans, 1 to 1 shown", ""},
		{"search|--format|png", 0, "", "Nothing found.\n"},
		{"export|--source-format|png|--table|documents|--format|jsonl", 0, "", ""},
		{"compare|agencies|--region|mars", 2, "", "no such region"},
		{"search|--limit|-1", 2, "", "--limit"},
		{"search|--added-since|99", 10, "", "no such run"},
		{"facets|văn hóa", 0, "province\n  ", ""},
		{"facets|--by|year", 0, " plans found\n", ""},
		{"facets|--by|colour", 2, "", "there are province, province_today, year"},
		{"facets|xyzxyz", 0, "", "Nothing found.\n"},
	} {
		code, out, errs := kh(dir, "", strings.Split(r.args, "|")...)
		if code != r.code || !strings.Contains(out, r.out) || !strings.Contains(errs, r.errs) || r.out == "" && out != "" || r.errs == "" && errs != "" {
			t.Errorf("%s: exit %d\n%s\n%s", r.args, code, out, errs)
		}
		for line := range strings.Lines(out) {
			if n := columns(strings.TrimSuffix(line, "\n")); n > pageWidth && !strings.Contains(r.args, "--json") {
				t.Errorf("%s: a line of %d columns: %s", r.args, n, line)
			}
		}
	}
	if code, _, errs := kh(t.TempDir(), "", "search", "a"); code != 10 {
		t.Errorf("no corpus: exit %d\n%s", code, errs)
	}
}

func TestFacetsCommand(t *testing.T) {
	dir := sampled(t)
	_, out, _ := kh(dir, "", "facets", "--json", "--by", "province,province_today,kind", "văn hóa")
	by := make(map[string]int)
	for line := range strings.Lines(out) {
		var c facetCount
		if err := json.Unmarshal([]byte(line), &c); err != nil {
			t.Fatal(err)
		}
		if c.Key == "" || c.Name == "" || c.Plans < 1 || c.Sections < c.Plans {
			t.Errorf("%+v", c)
		}
		by[c.By+"="+c.Key] = c.Plans
	}
	if by["province=ha-giang"] < 1 || by["province_today=tuyen-quang"] < by["province=ha-giang"] {
		t.Errorf("Hà Giang, today Tuyên Quang: %v", by)
	}
}

// Every byte of a real document's text is in exactly one record.
func TestRecordsHoldEveryByteOfRealDocuments(t *testing.T) {
	var paths []string
	for _, pattern := range []string{"../../corpus/sample/*", "../../../shared/data/plans/*"} {
		list, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		if len(list) == 0 {
			t.Logf("no %s here", pattern)
		}
		paths = append(paths, list...)
	}
	read := 0
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			continue // a folder
		}
		p, err := extract.Read(t.Context(), path, data)
		if err != nil {
			continue
		}
		read++
		in := make([]int, len(p.Text))
		for _, r := range index.Records(p) {
			for _, s := range r.Spans {
				for i := s.Start; i < s.End; i++ {
					in[i]++
				}
			}
			if id, ok := r.Section.ID(); ok && !strings.HasPrefix(r.Text(p.Text), p.Sections[id].Label[:1]) {
				t.Errorf("%s: record %d does not begin with its label %s: %.40q", path, r.Seq, p.Sections[id].Label, r.Text(p.Text))
			}
		}
		for i, n := range in {
			if n != 1 {
				t.Fatalf("%s: byte %d is in %d records: %.40q", path, i, n, p.Text[i:])
			}
		}
	}
	if read < 12 {
		t.Errorf("only %d documents could be read", read)
	}
}

// The one filter must mean the same in SQL and in the index.
func TestIndexAndCorpusAgreeOnFilters(t *testing.T) {
	dir := sampled(t)
	c, err := corpus.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	x, err := index.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	filters := []plan.Filter{{}, {AddedSince: "1"}}
	one := func(f plan.Filter) { filters = append(filters, f) }
	for _, v := range []string{"Hà Giang", "ha giang", "tuyên quang", "Tỉnh Yên Bái", "lao cai", "BR-VT", "TP. Hồ Chí Minh", "xứ nào"} {
		one(plan.Filter{Province: []string{v}})
		one(plan.Filter{Province: []string{v, "Cao Bằng"}, Year: plan.Range{From: "2020"}})
	}
	for _, v := range []string{"so tttt", "Sở Thông tin và Truyền thông", "UBND các huyện", "công an tỉnh", "so ct", "các sở, ban, ngành", "hội",
		"Sở Văn hoá, Thể thao và Du lịch", "sở y te", "bao", "ubnd cap xa"} {
		one(plan.Filter{Lead: []string{v}})
		one(plan.Filter{Support: []string{v}})
		one(plan.Filter{Issuer: []string{v}})
	}
	for _, v := range []string{"UBND tỉnh", "ubnd", "Ủy ban nhân dân", "Sở VHTTDL", "Văn phòng"} {
		one(plan.Filter{Issuer: []string{v}})
	}
	for _, v := range []string{"KH", "kh", "Kế hoạch", "QĐ", "qd", "BC", "zz"} {
		one(plan.Filter{Type: []string{v}})
	}
	for _, k := range plan.Kinds {
		one(plan.Filter{Kind: []plan.Kind{k}})
	}
	for _, l := range levels {
		one(plan.Filter{Level: []plan.Level{l}})
	}
	for _, r := range []plan.Range{{From: "2021", To: "2022"}, {From: "2022-03"}, {To: "2020-12-31"}, {From: "2021-06-04", To: "2021-06-04"}} {
		one(plan.Filter{Issued: r})
		one(plan.Filter{Due: r})
		one(plan.Filter{Year: plan.Range{From: r.From[:min(4, len(r.From))], To: r.To[:min(4, len(r.To))]}})
	}
	for _, v := range []string{"*", "*.md", "*/sample/[a-h]*", "*yen-bai*", "x", "*.go", "?*[^t]"} {
		one(plan.Filter{Source: v})
	}
	for p, err := range c.Select(plan.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		for _, cite := range p.Citations {
			if cite.Role == plan.Implements && cite.Number != "" {
				one(plan.Filter{Program: []string{cite.Number}})
				one(plan.Filter{Program: []string{strings.ToLower(cite.Number)}})
			}
		}
	}
	some := 0
	for _, f := range filters {
		want, err := c.IDs(f)
		if err != nil {
			t.Fatal(err)
		}
		res, err := x.Search(context.Background(), index.Query{Filter: f, Limit: 1 << 20})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, h := range res.Hits {
			got = append(got, h.Plan)
		}
		slices.Sort(got)
		got = slices.Compact(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s: the index gives %v, the corpus %v", fmt.Sprintf("%+v", f), got, want)
		}
		if len(want) > 0 {
			some++
		}
	}
	if some < len(filters)/2 {
		t.Errorf("only %d of %d filters choose anything", some, len(filters))
	}
}
