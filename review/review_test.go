package review_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"kehoach/extract"
	"kehoach/plan"
	"kehoach/review"
)

const letter = `ỦY BAN NHÂN DÂN
TỈNH BẾN TRE

Số: 12/KH-UBND
Bến Tre, ngày 4 tháng 6 năm 2021

KẾ HOẠCH
Phát triển cây dừa hữu cơ năm 2021

I. MỤC TIÊU
Đến hết năm 2021 có 80% hộ trồng dừa được tập huấn.

II. KINH PHÍ
Ngân sách tỉnh 500 triệu đồng.

III. TỔ CHỨC THỰC HIỆN
1. Sở Công Thương
- Chủ trì, phối hợp với Sở Tài chính mở rộng thị trường trước ngày 30/11/2021.
2. Sở Y tế
- Kiểm tra an toàn thực phẩm hằng năm.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Nguyễn Văn Bình
`

func read(t *testing.T, text string) *plan.Plan {
	t.Helper()
	p, err := extract.Read(context.Background(), "a.txt", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	p.ID = "0123456789abcdef"
	return p
}

var lan = review.Signature{By: "lan", Note: "seen on paper", At: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)}

// correct makes a correction that must be possible.
func correct(t *testing.T, p *plan.Plan, field, value string) review.Correction {
	t.Helper()
	c, err := review.Correct(p, p, field, value, lan)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestLook(t *testing.T) {
	p := read(t, letter)
	for _, c := range []struct{ field, value, state, words string }{
		{"number", "12/KH-UBND", review.WasRead, "12/KH-UBND"},
		{"Issued", "2021-06-04", review.WasRead, "ngày 4 tháng 6 năm 2021"},
		{"signer", "Nguyễn Văn Bình", review.WasRead, "Nguyễn Văn Bình"},
		{"assignments[0].agency", "Sở Công Thương", review.WasRead, "Sở Công Thương"},
		{"assignments[0].deadline", "trước ngày 30/11/2021", review.WasRead, "trước ngày 30/11/2021"},
		{"deadlines[0].date", "2021-11-30", review.WasRead, "trước ngày 30/11/2021"},
		{"targets[0].value", "80", review.WasRead, "80% hộ"},
		{"money[0].vnd", "500000000", review.WasRead, "500 triệu đồng"},
		{"II", "II  KINH PHÍ [funding]", review.WasRead, "II. KINH PHÍ"},
		{"sections[III/1].heading", "Sở Công Thương", review.WasRead, "1. Sở Công Thương"},
		{"recipients", "", review.NotFound, ""},
		{"citations", "", review.NotFound, ""},
	} {
		values, err := review.Look(p, c.field)
		if err != nil {
			t.Errorf("%s: %v", c.field, err)
			continue
		}
		v := values[0]
		words := ""
		if len(v.Words) > 0 {
			words = v.Words[0].Text
		}
		if v.Value != c.value || v.State != c.state || !strings.Contains(words, c.words) {
			t.Errorf("%s: %q, %s, words %q; want %+v", c.field, v.Value, v.State, words, c)
		}
		if v.State == review.WasRead && (v.Confidence.Reason == "" || len(v.Words) == 0) {
			t.Errorf("%s: no evidence: %+v", c.field, v)
		}
	}
	values, err := review.Look(p, "assignments")
	if err != nil || len(values) != len(p.Assignments) || values[1].Field != "assignments[1]" {
		t.Errorf("the list of assignments: %d values, %v", len(values), err)
	}
}

func TestUnknownFields(t *testing.T) {
	p := read(t, letter)
	for name, want := range map[string]string{
		"nubmer":                  `did you mean "number"?`,
		"asignments":              `did you mean "assignments"?`,
		"assignments[0].dealdine": `did you mean "assignments[0].deadline"?`,
		"assignments[9]":          "the plan has assignments[0] to assignments[1]",
		"citations[0]":            "the plan has no citations",
		"assignments[0":           "a bracket is not closed",
		"sections[IX]":            "there is no sections[IX]",
		"xyzzyqwerty":             `there is no field "xyzzyqwerty"`,
	} {
		_, err := review.Look(p, name)
		var unknown *review.Unknown
		if !errors.As(err, &unknown) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", name, err, want)
		}
	}
}

func TestValuesAreChecked(t *testing.T) {
	p := read(t, letter)
	for _, c := range []struct{ field, value, want string }{
		{"issued", "4/6/2021", "is no date"},
		{"issued", "2021-13-01", "is no date"},
		{"number", "twelve", "is no number"},
		{"type", "Giấy", "is no type"},
		{"province", "Atlantis", "is no province"},
		{"period", "2021-", "is no period"},
		{"assignments[0].role", "boss", "is none of lead, support"},
		{"sections[I].kind", "aims", "is no kind"},
		{"sections[0].label", "V", "cannot be corrected"},
		{"sections[0]", "", "cannot be taken out"},
		{"assignments", "x", "say which element"},
		{"assignments[0]", "x", "say which part"},
		{"money[0].vnd", "much", "is no sum"},
		{"targets[0].value", "much", "is no number"},
		{"funding", "gold", "is none of"},
	} {
		if _, err := review.Correct(p, p, c.field, c.value, lan); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s = %q: %v, want %q", c.field, c.value, err, c.want)
		}
	}
}

func TestApply(t *testing.T) {
	p := read(t, letter)
	before := p.Number
	history := []review.Correction{
		correct(t, p, "number", "21 / KH-UBND"),
		correct(t, p, "province", "hau giang"),
		correct(t, p, "period", "2021..2025"),
		correct(t, p, "assignments[0].agency", "Sở Nông nghiệp và Môi trường"),
		correct(t, p, "assignments[1]", ""),
		correct(t, p, "targets[0].max", "90,5"),
		correct(t, p, "money[0].vnd", "600.000.000"),
		correct(t, p, "signer.position", ""),
	}
	out, states := review.Apply(p, history)
	if p.Number != before || len(p.Assignments) != 2 || len(p.Corrections) != 0 {
		t.Error("the extraction was changed")
	}
	if out.Number != "21/KH-UBND" || out.Province.ID != "hau-giang" || out.Province.Today.Name != "Cần Thơ" || out.Period.To != "2025" ||
		len(out.Assignments) != 1 || out.Assignments[0].Agency != "Sở Nông nghiệp và Môi trường" || out.Assignments[0].AgencyID == p.Assignments[0].AgencyID ||
		*out.Targets[0].Max != 90.5 || out.Funding.Amounts[0].VND != 600_000_000 || out.Signer.Position != "" {
		t.Errorf("the corrected plan: %+v", out)
	}
	for _, s := range states {
		if s.Status != review.Stands {
			t.Errorf("%s %s", s.Field, s.Status)
		}
	}
	if c := out.Confidence["number"]; c.Level != plan.Sure || c.Reason != "corrected by lan: seen on paper" {
		t.Errorf("confidence of the number: %+v", c)
	}
	if out.Absent["signer.position"] == "" || len(out.Corrections) != len(history) {
		t.Errorf("marks: absent %v, corrections %+v", out.Absent, out.Corrections)
	}
	if got := out.Corrects("assignments[0]"); !slices.Equal(got, []string{"agency"}) {
		t.Errorf("corrected parts of the row: %v", got)
	}
	v, err := review.Look(out, "number")
	if err != nil || v[0].State != review.Corrected || v[0].Corrected.Read != "12/KH-UBND" {
		t.Errorf("evidence of a corrected field: %+v, %v", v, err)
	}
}

// TestNewReading reads other versions of the document, and holds how the corrections stand to them.
func TestNewReading(t *testing.T) {
	p := read(t, letter)
	history := []review.Correction{
		correct(t, p, "number", "21/KH-UBND"),
		correct(t, p, "assignments[1].agency", "Sở Y tế tỉnh"),
		correct(t, p, "deadlines[0].date", "2021-11-29"),
	}
	edit := func(pairs ...string) string { return strings.NewReplacer(pairs...).Replace(letter) }
	for _, c := range []struct {
		name, text string
		want       string // the statuses
		agencies   string
	}{
		{"the same", letter, "stands stands stands", "Sở Công Thương, Sở Y tế tỉnh"},
		{"words before it", edit("I. MỤC TIÊU\n", "I. MỤC TIÊU\nTrồng thêm cây dừa ở các huyện ven biển, nhất là Ba Tri và Bình Đại.\n"),
			"stands stands stands", "Sở Công Thương, Sở Y tế tỉnh"},
		{"a row before it", edit("2. Sở Y tế", "2. Sở Tài chính\n- Bố trí kinh phí cho các lớp tập huấn.\n3. Sở Y tế"), "stands stands stands", "Sở Công Thương, Sở Tài chính, Sở Y tế tỉnh"},
		{"marks at the other place, a broken line", edit("Kiểm tra an toàn", "Kiểm tra an toàn", "Y tế", "Y  tế"), "stands stands stands", "Sở Công Thương, Sở Y tế tỉnh"},
		{"the number mended", edit("Số: 12/", "Số: 21/"), "redundant stands stands", "Sở Công Thương, Sở Y tế tỉnh"},
		{"a third number", edit("Số: 12/", "Số: 13/"), "differs stands stands", "Sở Công Thương, Sở Y tế tỉnh"},
		{"the row gone", edit("2. Sở Y tế\n- Kiểm tra an toàn thực phẩm hằng năm.\n", ""), "stands lost stands", "Sở Công Thương"},
	} {
		out, states := review.Apply(read(t, c.text), history)
		var got, agencies []string
		for _, s := range states {
			got = append(got, string(s.Status))
		}
		for _, a := range out.Assignments {
			agencies = append(agencies, a.Agency)
		}
		if strings.Join(got, " ") != c.want || strings.Join(agencies, ", ") != c.agencies {
			t.Errorf("%s: %v, agencies %v; want %s, %s", c.name, got, agencies, c.want, c.agencies)
		}
		if out.Number != "21/KH-UBND" {
			t.Errorf("%s: number %s: the person's word must stand", c.name, out.Number)
		}
	}
	other := read(t, strings.NewReplacer("12/KH-UBND", "77/KH-UBND", "cây dừa hữu cơ", "nuôi tôm").Replace(letter))
	other.ID = "fedcba9876543210"
	if out, states := review.Apply(other, history); len(states) != 0 || out.Number != "77/KH-UBND" {
		t.Errorf("corrections of one document were put on another that took its place: %+v", states)
	}
}

func TestHistory(t *testing.T) {
	p := read(t, letter)
	first := correct(t, p, "number", "21/KH-UBND")
	shown, _ := review.Apply(p, []review.Correction{first})
	by := lan
	by.By, by.At = "minh", by.At.Add(time.Hour)
	second, err := review.Correct(shown, p, "number", "22/KH-UBND", by)
	if err != nil {
		t.Fatal(err)
	}
	if second.Was != "21/KH-UBND" || second.Read != "12/KH-UBND" {
		t.Errorf("the second correction was of %q, read %q", second.Was, second.Read)
	}
	undo := review.Undo(second, by)
	number := func(history ...review.Correction) string { out, _ := review.Apply(p, history); return out.Number }
	if got := []string{number(first), number(first, second), number(first, second, undo), number(first, second, undo, review.Undo(first, by))}; !slices.Equal(got, []string{"21/KH-UBND", "22/KH-UBND", "21/KH-UBND", "12/KH-UBND"}) {
		t.Errorf("numbers along the history: %v", got)
	}
	if other, ok := review.Rival([]review.Correction{first}, second); !ok || other.ID != first.ID {
		t.Errorf("two people at odds were not told: %v", other)
	}
	if again := correct(t, p, "number", "21/KH-UBND"); again.ID != first.ID {
		t.Error("the same entry has two ids")
	}
	if err := first.Check(); err != nil {
		t.Error(err)
	}
	changed := first
	changed.Value = "99/KH-UBND"
	if changed.Check() == nil {
		t.Error("an entry that was changed on the way is taken")
	}
	if got := review.Of(p, []review.Correction{first, correct(t, p, "title", "X Y Z")}, "number"); len(got) != 1 {
		t.Errorf("history of the number: %v", got)
	}
}

func TestAnchor(t *testing.T) {
	a := review.Anchor{Exact: "Sở Y tế", Prefix: "phối hợp với ", Suffix: " tổ chức", Start: 100}
	for _, c := range []struct{ name, text, before string }{
		{"alone", "Giao Sở Y tế làm", "Giao "},
		{"its surroundings decide", "Sở Y tế, phối hợp với Sở Y tế tổ chức", "Sở Y tế, phối hợp với "},
		{"other marks and case", "giao SỞ Y TẾ làm", "giao "},
		{"a broken line", "giao Sở\nY tế làm", "giao "},
	} {
		sp, ok := a.Find(c.text)
		if !ok || c.text[:sp.Start] != c.before {
			t.Errorf("%s: found %v at %v", c.name, ok, sp)
		}
	}
	if sp, ok := a.Find("Sở Công Thương"); ok {
		t.Errorf("found what is not there: %v", sp)
	}
	if _, ok := (review.Anchor{}).Find("x"); ok {
		t.Error("an empty anchor was found")
	}
}
