package authority

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"kehoach/internal/tsv"
	"kehoach/normalize"
	"kehoach/plan"
)

// TestEveryForm resolves every name of every row by each of its spellings, without diacritics and in capitals,
// to that kind; where two kinds share a spelling, to one of them or to an ambiguous body that names both.
func TestEveryForm(t *testing.T) {
	tried := 0
	for _, r := range tsv.MustParse("bodies.tsv", bodiesTSV, "id", "levels", "name", "forms", "symbols", "from", "to", "successors").Rows {
		province := "Lạng Sơn"
		if strings.HasPrefix(r[1], "central") {
			province = ""
		}
		date := r[5] // its first day or year, else its last
		switch {
		case date == "" && len(r[6]) == 4:
			date = "2001"
		case date == "":
			date = r[6]
		}
		for _, s := range append([]string{r[2]}, tsv.List(r[3])...) {
			s = strings.TrimSuffix(s, "…")
			for _, typed := range []string{s, normalize.Fold(s), strings.ToUpper(s)} {
				tried++
				if b := Resolve(typed, date, province); b.ID != r[0] && !shared(s, r[0], b) {
					t.Errorf("Resolve(%q, %q) = %s (%s: %s), want %s", typed, date, b.ID, b.Status, b.Reason, r[0])
				}
			}
		}
	}
	t.Logf("%d spellings of bodies", tried)
}

// shared reports whether a spelling of one kind is, without marks, that of another kind too, and b is that
// kind, a group, or ambiguous.
func shared(s, id string, b Body) bool {
	if b.Status == Ambiguous {
		return true
	}
	for x := range bodies().kinds {
		if bodies().kinds[x].one[0].ID != strings.TrimSuffix(strings.TrimSuffix(b.ID, "-huyen"), "-xa") {
			continue
		}
		for _, other := range bodies().kinds[x].spellings {
			if foldOf(strings.TrimSuffix(other, "…")) == foldOf(s) {
				return true
			}
		}
	}
	return false
}

func TestEveryGroup(t *testing.T) {
	for _, r := range tsv.MustParse("groups.tsv", groupsTSV, "id", "level", "name", "forms").Rows {
		for _, s := range append([]string{r[2]}, tsv.List(r[3])...) {
			s = strings.TrimSuffix(s, "…")
			for _, typed := range []string{"các " + s, "Các " + s + " liên quan", "CÁC " + strings.ToUpper(s), "cac " + normalize.Fold(s)} {
				if b := Resolve(typed, "2024", ""); !b.Group || b.Status != Group {
					t.Errorf("Resolve(%q) = %s (%s), want a group", typed, b.ID, b.Status)
				}
			}
			if b := Resolve("các "+s, "2024", ""); b.ID != r[0] {
				t.Errorf("Resolve(%q) = %s, want %s", "các "+s, b.ID, r[0])
			}
		}
	}
}

// TestSharedAgencies resolves every row and variant of the table of agencies that came with the project.
func TestSharedAgencies(t *testing.T) {
	text, err := os.ReadFile("../../shared/knowledge/agencies.tsv")
	if err != nil {
		t.Skip("no ../shared/knowledge/agencies.tsv beside the module")
	}
	renamed := map[string]string{"cac-so": "g-cac-so", "cac-huyen": "g-ubnd-huyen", "cac-xa": "g-ubnd-xa"}
	note := regexp.MustCompile(` \(.*\)`)
	tried, wrong := 0, 0
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n")[1:] {
		r := strings.Split(line, "\t")
		if r[0] == "" { // marks of the list of recipients
			continue
		}
		id, date, province := r[0], "2024-06-01", "Lạng Sơn"
		if renamed[id] != "" {
			id = renamed[id]
		}
		if r[1] == "trung ương" {
			province = ""
		}
		switch {
		case r[6] != "":
			date = r[6]
		case r[7] != "":
			date = r[7]
		}
		names := []string{r[2]}
		for _, cell := range []string{r[3], r[5]} {
			if cell != "" {
				names = append(names, strings.Split(cell, "|")...)
			}
		}
		if len(r[6]) == 0 && len(r[7]) == 4 {
			date = "2007"
		}
		home := province
		for _, s := range names {
			if province = home; home != "" && r[1] == "tỉnh" && regexp.MustCompile("[Tt]hành phố|Thành |TP$").MatchString(s) {
				province = "Hà Nội"
			}
			s = strings.ReplaceAll(note.ReplaceAllString(s, ""), "<tỉnh>", "Lạng Sơn")
			tried++
			if b := Resolve(s, date, province); b.ID != id {
				wrong++
				t.Logf("Resolve(%q, %q, %q) = %s (%s: %s), the table has %s", s, date, province, b.ID, b.Status, b.Reason, id)
				if !slices.Contains(apart, s) {
					t.Errorf("%q is %s, want %s", s, b.ID, id)
				}
			}
		}
	}
	t.Logf("%d spellings, %d apart from the table on purpose", tried, wrong)
}

// apart lists spellings of that table that mean something else here, or several things: an abbreviation that
// two bodies share, or a district's and a province's office under one name.
var apart = []string{"CT", "BCT"}

func TestResolveThroughTime(t *testing.T) {
	tests := []struct{ name, date, province, id, status string }{
		{"Sở VHTT", "2005", "", "so-vhtt-cu", Resolved},
		{"Sở VHTT", "2020", "", "so-vhtt", Resolved},
		{"Sở VHTT", "", "", "so-vhtt", Resolved},
		{"Sở TT&TT", "2026", "", "so-tttt", Resolved}, // named after its time
		{"Phòng Kinh tế", "2024-01-01", "", "phong-kt", Resolved},
		{"Phòng Kinh tế", "2026-01-01", "", "phong-kinh-te-x", Resolved},
		{"Văn phòng HĐND và UBND", "2020", "", "vp-hdnd-ubnd-h", Resolved},
		{"Văn phòng HĐND và UBND", "2026", "", "vp-hdnd-ubnd-x", Resolved},
		{"Công an thành phố", "2020", "Hà Nội", "cong-an", Resolved},
		{"Công an thành phố", "2020", "Lạng Sơn", "cong-an-huyen", Resolved},
		{"Công an thành phố Lạng Sơn", "2020", "", "cong-an-huyen", Resolved},
		{"Công an thành phố Hải Phòng", "2020", "", "cong-an", Resolved},
		{"Công an xã", "2020", "Lạng Sơn", "cong-an-xa", Resolved},
		{"UBND thành phố Huế", "2020", "Thừa Thiên Huế", "ubnd-huyen", Resolved},
		{"UBND thành phố Huế", "2025-02-01", "", "ubnd", Resolved},
		{"NHNN", "2020", "", "nhnn-tw", Resolved},
		{"BHXH", "2020", "Lạng Sơn", "bhxh", Resolved},
		{"BCT", "2020", "", "x-bct", Ambiguous},
		{"CT", "2020", "Lạng Sơn", "x-ct", Ambiguous},
		{"TT", "", "", "x-tt", Ambiguous},
		{"TP", "", "", "x-tp", Ambiguous},
		{"Sở CT", "", "", "so-cong-thuong", Resolved},
		{"Sở TP", "", "", "so-tu-phap", Resolved},
		{"Hội Nông dân Việt Nam", "", "", "tw-hnd", Resolved},
		{"Hội Nông dân Việt Nam tỉnh Lạng Sơn", "", "", "hnd", Resolved},
		{"Hội Nông dân huyện", "2020", "", "hnd-huyen", Resolved},
		{"Trung tâm Bảo tồn Voi", "2020", "", "x-trung-tam-bao-ton-voi", Unknown},
		{"Trung tâm bảo tồn voi tỉnh Đắk Lắk", "2020", "", "x-trung-tam-bao-ton-voi", Unknown},
		{"Sở Ẩm thực", "2020", "", "x-so-am-thuc", Unknown},
		{"Sở Y", "2020", "", "x-so-y", Unknown},
		{"Bộ Tài", "2020", "", "x-bo-tai", Unknown},
		{"Sở Y tế và Sở Tài chính", "2020", "", "x-so-y-te-so-tai-chinh", Unknown},
		{"Công al", "2020", "", "x-cong-al", Unknown},
		{"", "", "", "x-", Unknown},
		{" - ", "", "", "x-", Unknown},
	}
	for _, test := range tests {
		b := Resolve(test.name, test.date, test.province)
		if b.ID != test.id || b.Status != test.status || b.Reason == "" || b.Group != (b.Status == Group) {
			t.Errorf("Resolve(%q, %q, %q) = %+v, want %s %s", test.name, test.date, test.province, b, test.id, test.status)
		}
	}
}

func TestSuccessors(t *testing.T) {
	for id, want := range map[string]string{"so-tttt": "so-khcn so-vhttdl cong-an", "so-tnmt": "so-nnmt", "so-y-te": "", "no-such": "",
		"bo-ldtbxh": "bo-noi-vu bo-y-te bo-gddt bo-nnmt bo-cong-an"} {
		if got := strings.Join(Successors(id), " "); got != want {
			t.Errorf("Successors(%s) = %s, want %s", id, got, want)
		}
	}
	if from, to := Held("so-tttt"); from != "2008" || to != "2025-02-28" {
		t.Errorf("Held(so-tttt) = %s to %s", from, to)
	}
}

func TestBodyByID(t *testing.T) {
	for id, want := range map[string]Body{
		"so-tttt":      {ID: "so-tttt", Name: "Sở Thông tin và Truyền thông", Level: plan.Provincial, Status: Resolved},
		"cong-an-xa":   {ID: "cong-an-xa", Name: "Công an xã", Level: plan.Commune, Status: Resolved},
		"g-ubnd-huyen": {ID: "g-ubnd-huyen", Name: "Ủy ban nhân dân các huyện", Level: plan.District, Group: true, Status: Group},
		"tinh-hue":     {ID: "tinh-hue", Name: "Thành phố Huế", Level: plan.Provincial, Status: Resolved},
		"g-cac-so":     {ID: "g-cac-so", Name: "Các sở, ban, ngành", Level: plan.Provincial, Group: true, Status: Group},
	} {
		got, ok := BodyByID(id)
		got.Reason = ""
		if !ok || got != want {
			t.Errorf("BodyByID(%s) = %+v, %v, want %+v", id, got, ok, want)
		}
	}
	for _, id := range []string{"", "x-so", "g-", "so-y-te-xa", "ubnd-tinh", "tinh-x"} {
		if b, ok := BodyByID(id); ok {
			t.Errorf("BodyByID(%q) = %+v, want none", id, b)
		}
	}
}
