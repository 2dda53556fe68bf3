package corpus

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"kehoach/authority"
	"kehoach/plan"
)

// library is a corpus of a few plans with names for the tests; the later two runs add one plan each.
func library(t *testing.T) (c *Corpus, names map[string]string) {
	t.Helper()
	province := func(name, date string) plan.Province {
		p, ok := authority.ProvinceByName(name, date)
		if !ok {
			t.Fatalf("no province %s", name)
		}
		return p
	}
	row := func(role plan.Role, agency string) plan.Assignment {
		return plan.Assignment{Agency: agency, AgencyID: authority.Resolve(agency, "", "").ID, Role: role}
	}
	kh := plan.Type{Code: "KH", Name: "Kế hoạch"}
	plans := []struct {
		name, path string
		p          plan.Plan
	}{
		{"kg", "/kh/kien-giang/1.txt", plan.Plan{Type: kh, Issued: "2021-06-04", Province: province("Kiên Giang", "2021-06-04"),
			Issuer:      plan.Issuer{Name: "Ủy ban nhân dân tỉnh Kiên Giang", ID: "ubnd-tinh@kien-giang", Level: plan.Provincial},
			Sections:    []plan.Section{{Kind: plan.Purpose}, {Kind: plan.Money}},
			Assignments: []plan.Assignment{row(plan.Lead, "Sở Thông tin và Truyền thông"), row(plan.Support, "Sở Tài chính")},
			Citations:   []plan.Citation{{Number: "889/QĐ-TTg", Role: plan.Implements}, {Number: "54/2014/QH13", Role: plan.Mention}},
			Deadlines:   []plan.Deadline{{Date: "2021-12-31"}, {Recurs: "yearly"}},
			Source:      plan.Source{Format: "pdf"}, Problems: []plan.Problem{{Code: plan.LabelJump}, {Code: plan.BlankNumber}, {Code: plan.LabelJump}}, Areas: []string{"Y tế"}}},
		{"ag", "/kh/an-giang/1.txt", plan.Plan{Type: kh, Issued: "2024-08", Province: province("An Giang", "2024-08-01"),
			Issuer:      plan.Issuer{Name: "Sở Văn hoá, Thể thao và Du lịch tỉnh An Giang", ID: "so-vhttdl@an-giang", Level: plan.Provincial},
			Sections:    []plan.Section{{Kind: plan.Purpose}},
			Assignments: []plan.Assignment{row(plan.Lead, "Sở Tài chính"), row(plan.Support, "Hội Khuyến học huyện đảo")}}},
		{"hn", "/kh/ha-noi.zip!/1.txt", plan.Plan{Type: plan.Type{Code: "QĐ", Name: "Quyết định"}, Attached: []plan.Attached{{Type: kh}},
			Issued: "2026", Province: province("Hà Nội", "2026"),
			Issuer:    plan.Issuer{Name: "Ủy ban nhân dân thành phố Hà Nội", ID: "ubnd-tinh@ha-noi", Level: plan.Provincial},
			Source:    plan.Source{Format: "docx"},
			Citations: []plan.Citation{{Number: "889/QĐ-TTg", Role: plan.BasisOf}},
			Deadlines: []plan.Deadline{{Date: "2026-06-30"}}}},
		{"tw", "/tw/1.txt", plan.Plan{Type: plan.Type{Code: "CT", Name: "Chỉ thị"}, Issuer: plan.Issuer{Name: "Thủ tướng Chính phủ", Level: plan.Central}}},
	}
	c = create(t, t.TempDir())
	names = map[string]string{}
	for i, x := range plans {
		var r *Run
		if i != 1 {
			r = begin(t, c)
		} else {
			r = &Run{ID: 1}
		}
		d := doc(t, x.path, x.name, &x.p)
		names[d.Plan.ID] = x.name
		put(t, c, r, d)
	}
	old := doc(t, "/old.txt", "an old version", &plan.Plan{Type: kh})
	put(t, c, begin(t, c), old)
	put(t, c, begin(t, c), doc(t, "/old.txt", "tw", nil))
	return c, names
}

func TestFilter(t *testing.T) {
	c, names := library(t)
	for _, row := range []struct {
		what string
		f    plan.Filter
		want string
	}{
		{"all current ones", plan.Filter{}, "ag hn kg tw"},
		{"province as issued", plan.Filter{Province: []string{"Kiên Giang"}}, "kg"},
		{"province without diacritics", plan.Filter{Province: []string{"kien giang"}}, "kg"},
		{"province with its kind", plan.Filter{Province: []string{"tỉnh Kiên Giang"}}, "kg"},
		{"province as of today", plan.Filter{Province: []string{"An Giang"}}, "ag kg"},
		{"province by id", plan.Filter{Province: []string{"kien-giang"}}, "kg"},
		{"either province", plan.Filter{Province: []string{"kien giang", "ha noi"}}, "hn kg"},
		{"names in NFD", plan.Filter{Province: []string{norm.NFD.String("Kiên Giang")}, Issuer: []string{norm.NFD.String("ủy ban nhân dân")},
			Region: []string{norm.NFD.String("đồng bằng sông cửu long")}, Area: []string{norm.NFD.String("y tế")}}, "kg"},
		{"no such province", plan.Filter{Province: []string{"Atlantis"}}, ""},
		{"year", plan.Filter{Year: plan.Range{From: "2021", To: "2024"}}, "ag kg"},
		{"open year", plan.Filter{Year: plan.Range{From: "2024"}}, "ag hn"},
		{"type, attached too", plan.Filter{Type: []string{"KH"}}, "ag hn kg"},
		{"type in any case", plan.Filter{Type: []string{"qđ"}}, "hn"},
		{"type without diacritics", plan.Filter{Type: []string{"QD"}}, "hn"},
		{"type by name", plan.Filter{Type: []string{"Chỉ thị"}}, "tw"},
		{"a code is no part of another", plan.Filter{Type: []string{"C"}}, ""},
		{"lead by name", plan.Filter{Lead: []string{"Sở Tài chính"}}, "ag"},
		{"lead abbreviated", plan.Filter{Lead: []string{"so tttt"}}, "kg"},
		{"lead by a part of the name", plan.Filter{Lead: []string{"thong tin va"}}, "kg"},
		{"support", plan.Filter{Support: []string{"so tai chinh"}}, "kg"},
		{"support, unknown body", plan.Filter{Support: []string{"khuyến học"}}, "ag"},
		{"kind", plan.Filter{Kind: []plan.Kind{plan.Money}}, "kg"},
		{"either kind", plan.Filter{Kind: []plan.Kind{plan.Money, plan.Purpose}}, "ag kg"},
		{"program", plan.Filter{Program: []string{"889/QĐ-TTg"}}, "kg"},
		{"program without diacritics", plan.Filter{Program: []string{"889 /qd-ttg"}}, "kg"},
		{"a mere mention is no program", plan.Filter{Program: []string{"54/2014/QH13"}}, ""},
		{"issuer", plan.Filter{Issuer: []string{"Ủy ban nhân dân tỉnh Kiên Giang"}}, "kg"},
		{"issuer, abbreviated and of any place", plan.Filter{Issuer: []string{"UBND"}}, "hn kg"},
		{"issuer in another spelling", plan.Filter{Issuer: []string{"so van hoa, the thao va du lich"}}, "ag"},
		{"issuer by abbreviation", plan.Filter{Issuer: []string{"Sở VHTTDL"}}, "ag"},
		{"level", plan.Filter{Level: []plan.Level{plan.Central}}, "tw"},
		{"issued from", plan.Filter{Issued: plan.Range{From: "2024-08-15"}}, "ag hn"},
		{"issued to", plan.Filter{Issued: plan.Range{To: "2024-08-15"}}, "ag kg"},
		{"issued within a year", plan.Filter{Issued: plan.Range{From: "2026-05", To: "2026-07"}}, "hn"},
		{"due", plan.Filter{Due: plan.Range{From: "2021-12", To: "2021-12"}}, "kg"},
		{"due from", plan.Filter{Due: plan.Range{From: "2022"}}, "hn"},
		{"added since", plan.Filter{AddedSince: "2"}, "hn tw"},
		{"source", plan.Filter{Source: "/kh/*"}, "ag hn kg"},
		{"source in an archive", plan.Filter{Source: "*.zip!/*"}, "hn"},
		{"source, one letter", plan.Filter{Source: "/kh/?n-giang/1.txt"}, "ag"},
		{"source, the whole path counts", plan.Filter{Source: "1.txt"}, ""},
		{"a second source", plan.Filter{Source: "/old.txt"}, "tw"},
		{"region", plan.Filter{Region: []string{"đồng bằng sông Cửu Long"}}, "ag kg"},
		{"region, short", plan.Filter{Region: []string{"dbscl", "Tây Nguyên"}}, "ag kg"},
		{"no such region", plan.Filter{Region: []string{"Atlantis"}}, ""},
		{"format", plan.Filter{Format: []string{"PDF"}}, "kg"},
		{"either format", plan.Filter{Format: []string{"pdf", "docx"}}, "hn kg"},
		{"problem", plan.Filter{Problem: []string{plan.LabelJump}}, "kg"},
		{"a problem that no plan has", plan.Filter{Problem: []string{plan.Encrypted}}, ""},
		{"area without diacritics", plan.Filter{Area: []string{"y te"}}, "kg"},
		{"an area is a whole name", plan.Filter{Area: []string{"y"}}, ""},
		{"all must hold", plan.Filter{Type: []string{"KH"}, Year: plan.Range{From: "2021", To: "2021"}, Lead: []string{"so tttt"}}, "kg"},
		{"one does not", plan.Filter{Type: []string{"KH"}, Level: []plan.Level{plan.Central}}, ""},
		{"quotes and wildcards are words", plan.Filter{Lead: []string{"%' OR 1=1 --"}}, ""},
	} {
		ids, err := c.IDs(row.f)
		if err != nil {
			t.Errorf("%s: %v", row.what, err)
			continue
		}
		if !slices.IsSorted(ids) {
			t.Errorf("%s: not in order: %v", row.what, ids)
		}
		var got, selected []string
		for _, id := range ids {
			got = append(got, names[id])
		}
		for p, err := range c.Select(row.f) {
			if err != nil {
				t.Fatalf("%s: %v", row.what, err)
			}
			selected = append(selected, names[p.ID])
		}
		if fmt.Sprint(got) != fmt.Sprint(selected) {
			t.Errorf("%s: IDs gives %v, Select %v", row.what, got, selected)
		}
		slices.Sort(got)
		if strings.Join(got, " ") != row.want {
			t.Errorf("%s: got %v, want %s", row.what, got, row.want)
		}
	}
	for _, run := range []string{"99", "x", "-1"} {
		if _, err := c.IDs(plan.Filter{AddedSince: run}); !errors.Is(err, ErrNoRun) {
			t.Errorf("AddedSince %s: %v, want ErrNoRun", run, err)
		}
		for _, err := range c.Select(plan.Filter{AddedSince: run}) {
			if !errors.Is(err, ErrNoRun) {
				t.Errorf("AddedSince %s: Select gives %v, want ErrNoRun", run, err)
			}
		}
	}
}

// TestRange holds SQL to plan.Range.Holds, for every pair of dates and ends.
func TestRange(t *testing.T) {
	c := create(t, t.TempDir())
	r := begin(t, c)
	dates := []string{"", "2020", "2021", "2021-06", "2021-06-04", "2021-12-31", "2022", "2022-01-01"}
	names := map[string]string{}
	for _, date := range dates {
		d := doc(t, "/"+date, "issued "+date, &plan.Plan{Issued: date})
		names[d.Plan.ID] = date
		put(t, c, r, d)
	}
	for _, from := range dates {
		for _, to := range dates {
			f := plan.Range{From: from, To: to}
			ids, err := c.IDs(plan.Filter{Issued: f})
			if err != nil {
				t.Fatal(err)
			}
			for id, date := range names {
				if got := slices.Contains(ids, id); got != f.Holds(date) {
					t.Errorf("%+v: %q in SQL %v, Holds %v", f, date, got, f.Holds(date))
				}
			}
		}
	}
}
