package authority

import (
	"os"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"kehoach/internal/tsv"
	"kehoach/normalize"
	"kehoach/plan"
)

// TestProvinceNames finds each province by each of its spellings, as it may be typed.
func TestProvinceNames(t *testing.T) {
	tried := 0
	for _, r := range tsv.MustParse("provinces.tsv", provincesTSV, "id", "name", "type", "code", "from", "to", "aliases", "today").Rows {
		date := r[5]
		if date == "" {
			date = "2026-06-01"
		}
		for _, alias := range append([]string{r[1]}, tsv.List(r[6])...) {
			for _, s := range []string{alias, normalize.Fold(alias), strings.ToUpper(alias), strings.ToLower(alias), norm.NFD.String(alias), r[2] + " " + alias, strings.ToUpper(r[2] + " " + alias), " " + alias + ". "} {
				tried++
				if p, ok := ProvinceByName(s, date); !ok || p.ID != r[0] || p.Name != r[1] || p.Code != r[3] {
					t.Errorf("ProvinceByName(%q, %s) = %+v, %v, want %s", s, date, p, ok, r[0])
				}
			}
		}
	}
	if tried < 63*5 {
		t.Errorf("%d spellings tried", tried)
	}
	t.Logf("%d spellings of provinces", tried)
}

func TestProvincesThroughTime(t *testing.T) {
	for _, test := range []struct {
		date        string
		many, coded int
	}{
		{"2003-12-31", 61, 58}, {"2004-01-01", 64, 64}, {"2008-07-31", 64, 64}, {"2008-08-01", 63, 63},
		{"2024-12-31", 63, 63}, {"2025-01-01", 63, 63}, {"2025-06-30", 63, 63}, {"2025-07-01", 34, 34}, {"2026-05-01", 34, 34},
	} {
		got, codes := Provinces(test.date), map[string]bool{}
		for _, p := range got {
			if p.Code != "" {
				codes[p.Code] = true
			}
			if p.Today.Name == "" {
				t.Errorf("%s: %s has no province of today", test.date, p.Name)
			}
		}
		if len(got) != test.many || len(codes) != test.coded {
			t.Errorf("Provinces(%s): %d with %d codes, want %d and %d", test.date, len(got), len(codes), test.many, test.coded)
		}
	}
}

func TestProvinceByDate(t *testing.T) {
	tests := []struct{ name, date, want, code, today, todayCode string }{
		{"Kiên Giang", "2021-06-04", "Kiên Giang", "91", "An Giang", "91"},
		{"An Giang", "2021-06-04", "An Giang", "89", "An Giang", "91"},
		{"An Giang", "2026-01-01", "An Giang", "91", "An Giang", "91"},
		{"Lào Cai", "2024", "Lào Cai", "10", "Lào Cai", "15"},
		{"Lào Cai", "2026", "Lào Cai", "15", "Lào Cai", "15"},
		{"Lào Cai", "", "Lào Cai", "", "Lào Cai", "15"},
		{"Yên Bái", "2024-08", "Yên Bái", "15", "Lào Cai", "15"},
		{"Kiên Giang", "2026-02-02", "Kiên Giang", "91", "An Giang", "91"},
		{"Hà Tây", "2007", "Hà Tây", "28", "Hà Nội", "01"},
		{"Thừa Thiên Huế", "2020", "Thừa Thiên Huế", "46", "Huế", "46"},
		{"TP. Huế", "2024-12-31", "Thừa Thiên Huế", "46", "Huế", "46"},
		{"Huế", "2025-01-01", "Huế", "46", "Huế", "46"},
		{"tỉnh Cần Thơ", "2003-05-01", "Cần Thơ", "", "Cần Thơ", "92"},
		{"Hậu Giang", "2021", "Hậu Giang", "93", "Cần Thơ", "92"},
		{"Đắk Nông", "2003", "Đắk Nông", "67", "Lâm Đồng", "68"},
		{"BR-VT", "2020", "Bà Rịa - Vũng Tàu", "77", "Hồ Chí Minh", "79"},
		{"Sông Bé", "1995", "Sông Bé", "", "", ""},
		{"Vĩnh Phú", "", "Vĩnh Phú", "", "Phú Thọ", "25"},
		{"Đồng Nai", "2026-05-02", "Đồng Nai", "75", "Đồng Nai", "75"},
	}
	for _, test := range tests {
		p, ok := ProvinceByName(test.name, test.date)
		if !ok || p.Name != test.want || p.Code != test.code || p.Today.Name != test.today || p.Today.Code != test.todayCode {
			t.Errorf("ProvinceByName(%q, %q) = %+v, %v, want %+v", test.name, test.date, p, ok, test)
		}
	}
	for _, s := range []string{"", "tỉnh", "Sở Y tế", "Bắc", "Lạng Sơn Cao Bằng", "hòa"} {
		if p, ok := ProvinceByName(s, ""); ok {
			t.Errorf("ProvinceByName(%q) = %+v, want none", s, p)
		}
	}
}

func TestFindProvince(t *testing.T) {
	tests := []struct{ text, date, want, quote string }{
		{"Triển khai Đề án trên địa bàn tỉnh Lạng Sơn giai đoạn 2021-2025", "2021", "Lạng Sơn", "tỉnh Lạng Sơn"},
		{"ỦY BAN NHÂN DÂN\nTỈNH KIÊN GIANG", "2021", "Kiên Giang", "TỈNH KIÊN GIANG"},
		{"UBND TP. Hồ Chí Minh", "2021", "Hồ Chí Minh", "TP. Hồ Chí Minh"},
		{"Hà Nội, ngày 28 tháng 4 năm 2026", "2026", "Hà Nội", "Hà Nội"},
		{"phường Bắc Giang, tỉnh Bắc Ninh", "2026", "Bắc Ninh", "tỉnh Bắc Ninh"},
		{"đường Điện Biên Phủ, quận Bình Thạnh", "2020", "", ""},
		{"vì hòa bình và thái bình thịnh trị", "2020", "", ""},
		{"tinh lang son", "2020", "Lạng Sơn", "tinh lang son"},
		{"Thành phố Hà Nội phối hợp với tỉnh Hòa Bình", "2012", "Hà Nội", "Thành phố Hà Nội"},
		{"không có tỉnh nào; ở Đắc Lắc thì có", "2012", "Đắk Lắk", "Đắc Lắc"},
		{strings.Repeat("dài ", 900) + "tỉnh Cà Mau", "2020", "Cà Mau", "tỉnh Cà Mau"},
	}
	for _, test := range tests {
		p, at, ok := FindProvince(test.text, test.date)
		if ok != (test.want != "") || p.Name != test.want || test.text[at.Start:at.End] != test.quote {
			t.Errorf("FindProvince(%.60q) = %q at %q, %v, want %q at %q", test.text, p.Name, test.text[at.Start:at.End], ok, test.want, test.quote)
		}
	}
}

func TestFindPlaces(t *testing.T) {
	tests := []struct{ text, date, want string }{
		{"Đồng Xoài", "2021-01-01", "Bình Phước"},
		{"ỦY BAN NHÂN DÂN XÃ BÁT TRÀNG", "2026-01-01", "Hà Nội"},
		{"UBND phường Hòa Bình", "2026", "Phú Thọ|Hải Phòng|Hồ Chí Minh"},
		{"UBND phường Hòa Bình", "2020", ""}, // communes are known since 1 July 2025
		{"UBND huyện Cao Lộc", "2020", "Lạng Sơn"},
		{"UBND huyện Ba Vì", "2005", "Hà Tây"},
		{"UBND huyện Ba Vì", "2012-01-01", "Hà Nội"},
		{"UBND huyện Cư Jút", "2003-05-05", "Đắk Lắk"},
		{"UBND huyện Cư Jút", "2005", "Đắk Nông"},
		{"thành phố Huế", "2020", "Thừa Thiên Huế"},
		{"đặc khu Phú Quốc", "2026", "An Giang"},
		{"TP. Thủ Đức", "2022", "Hồ Chí Minh"},
		{"Quận 1", "2020", "Hồ Chí Minh"},
		{"huyện Châu Thành, tỉnh Bến Tre", "2020", "Bến Tre"},
		{"huyện Tân Châu, huyện Dương Minh Châu", "2020", "Tây Ninh"},
		{"huyện Cao Lộc và huyện Ba Vì", "2020", ""},
		{"thị xã Hương Trà", "2024", "Thừa Thiên Huế"},
		{"thị xã Hương Trà", "2025-03-01", "Huế"},
		{"UBND huyện Cao Lộc", "2026", ""}, // abolished
		{"UBND huyện Cao Lộc", "", "Lạng Sơn"},
		{"ở một nơi không tên", "2020", ""},
	}
	for _, test := range tests {
		var names []string
		for _, p := range FindPlaces(test.text, test.date) {
			names = append(names, p.Name)
		}
		if got := strings.Join(names, "|"); got != test.want {
			t.Errorf("FindPlaces(%q, %s) = %q, want %q", test.text, test.date, got, test.want)
		}
	}
}

func TestSmallPlaces(t *testing.T) {
	communes, districts := 0, 0
	for _, places := range smallPlaces() {
		for _, p := range places {
			switch {
			case p.from == communesBegin:
				communes++
			case held(p.from, p.to, districtsEnd):
				districts++
			}
		}
	}
	if communes != 3321 || districts != 696 {
		t.Errorf("%d communes and %d districts, want 3321 and 696", communes, districts)
	}
}

// TestSharedProvinces compares the table with the one that it was made from, where that is at hand.
func TestSharedProvinces(t *testing.T) {
	text, err := os.ReadFile("../../shared/knowledge/provinces.tsv")
	if err != nil {
		t.Skip("no ../shared/knowledge/provinces.tsv beside the module")
	}
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n")[1:] {
		r := strings.Split(line, "\t")
		for _, alias := range append([]string{r[1]}, tsv.List(r[4])...) {
			old, ok1 := ProvinceByName(alias, "2025-06-30")
			new, ok2 := ProvinceByName(r[6], "2025-07-01")
			if !ok1 || !ok2 || old.Code != r[0] || old.Today.Code != r[5] || new.Code != r[5] || old.Today != (plan.Place{ID: new.ID, Code: new.Code, Name: new.Name}) {
				t.Errorf("%s: %+v, %+v, want codes %s and %s", alias, old, new, r[0], r[5])
			}
		}
	}
}

func FuzzFindProvince(f *testing.F) {
	f.Add("trên địa bàn tỉnh Lạng Sơn", "2021")
	f.Add("UBND phường Hòa Bình, TP. Hồ Chí Minh", "2026-01-01")
	f.Fuzz(func(t *testing.T, text, date string) {
		p, at, ok := FindProvince(text, date)
		if at.Start < 0 || at.End > len(text) || at.Start > at.End || ok != (at.Len() > 0) {
			t.Fatalf("FindProvince(%q) = %v, %v", text, at, ok)
		}
		if ok {
			if again, found := ProvinceByName(text[at.Start:at.End], date); !found || again.ID != p.ID {
				t.Errorf("FindProvince(%q) = %s at %q, which names %s", text, p.ID, text[at.Start:at.End], again.ID)
			}
		}
		FindPlaces(text, date)
	})
}
