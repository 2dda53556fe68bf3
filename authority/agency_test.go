package authority

import (
	"testing"

	"kehoach/internal/tsv"
)

func TestAgency(t *testing.T) {
	tests := []struct{ name, want string }{
		{"Sở TT&TT", "Sở Thông tin và Truyền thông"},
		{"Sở TT-TT", "Sở Thông tin và Truyền thông"},
		{"STTTT", "Sở Thông tin và Truyền thông"},
		{"Sở VH, TT & DL tỉnh Lạng Sơn", "Sở Văn hóa, Thể thao và Du lịch"},
		{"Sở Nông nghiệp & PTNT", "Sở Nông nghiệp và Phát triển nông thôn"},
		{"Sở LĐ-TB&XH", "Sở Lao động - Thương binh và Xã hội"},
		{"Sở LĐ, TB và XH", "Sở Lao động - Thương binh và Xã hội"},
		{"Sở NN&MT", "Sở Nông nghiệp và Môi trường"},
		{"Sở Văn hoá, Thể thao và Du lịch", "Sở Văn hoá, Thể thao và Du lịch"}, // its own spelling
		{"UBND các huyện, thành phố", "Ủy ban nhân dân các huyện, thành phố"},
		{"UBND các huyện, TP", "Ủy ban nhân dân các huyện, thành phố"},
		{"UBND các huyện, TX, TP trên địa bàn tỉnh", "Ủy ban nhân dân các huyện, thị xã, thành phố"},
		{"UBND xã Bát Tràng", "Ủy ban nhân dân xã Bát Tràng"},
		{"UBND huyện Cao Lộc, tỉnh Lạng Sơn", "Ủy ban nhân dân huyện Cao Lộc"},
		{"UBND tỉnh", "Ủy ban nhân dân tỉnh"},
		{"UBND tỉnh Lạng Sơn", "Ủy ban nhân dân tỉnh"},
		{"Chủ tịch UBND các huyện, thành phố", "Ủy ban nhân dân các huyện, thành phố"},
		{"Giám đốc Sở Tài chính", "Sở Tài chính"},
		{"Đề nghị Ban Tuyên giáo Tỉnh ủy", "Ban Tuyên giáo Tỉnh ủy"},
		{"Đề nghị Ban TG Tỉnh ủy Lạng Sơn", "Ban Tuyên giáo Tỉnh ủy"},
		{"Giao Sở Y tế", "Sở Y tế"},
		{"Mời Báo Lạng Sơn", "Báo Lạng Sơn"},
		{"đề nghị các cơ quan báo chí", "Các cơ quan báo chí"},
		{"Báo Kiên Giang", "Báo Kiên Giang"},
		{"Đài PTTH Kiên Giang", "Đài Phát thanh và Truyền hình Kiên Giang"},
		{"Đài PTTH tỉnh", "Đài Phát thanh và Truyền hình tỉnh"},
		{"Bảo tàng Hà Nội", "Bảo tàng Hà Nội"},
		{"Bảo tàng tỉnh Lạng Sơn", "Bảo tàng tỉnh Lạng Sơn"},
		{"Đài PTTH tỉnh Lạng Sơn", "Đài Phát thanh và Truyền hình tỉnh Lạng Sơn"},
		{"Cty TNHH MTV Thoát nước Hà Nội", "Công ty trách nhiệm hữu hạn một thành viên Thoát nước Hà Nội"},
		{"Công an thành phố Hà Nội", "Công an thành phố"},
		{"Công an tỉnh", "Công an tỉnh"},
		{"CATP", "Công an thành phố"},
		{"Bộ CHQS tỉnh Lạng Sơn", "Bộ Chỉ huy Quân sự tỉnh"},
		{"Thành đoàn Hà Nội", "Thành đoàn"},
		{"Tỉnh đoàn Lạng Sơn", "Tỉnh đoàn"},
		{"Trung tâm Khuyến nông thuộc Sở Nông nghiệp và Môi trường", "Trung tâm Khuyến nông"},
		{"Trung tâm Bảo tồn Di sản Thăng Long - Hà Nội", "Trung tâm Bảo tồn Di sản Thăng Long - Hà Nội"},
		{"TT VH TT&TT các huyện, TP", "Trung tâm Văn hóa, Thể thao và Truyền thông các huyện, thành phố"},
		{"Phòng VH TT", "Phòng Văn hóa và Thông tin"},
		{"Ban QLDA ĐTXD thuộc Thành phố", "Ban Quản lý dự án đầu tư xây dựng thuộc Thành phố"},
		{"Các đơn vị trực thuộc Sở", "Các đơn vị trực thuộc Sở"},
		{"Các doanh nghiệp trên địa bàn tỉnh Lạng Sơn", "Các doanh nghiệp"},
		{"UBMTTQ VN tỉnh", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh"},
		{"Hội LHPN tỉnh Lạng Sơn", "Hội Liên hiệp Phụ nữ tỉnh"},
		{"Sở TN&MT (để tổng hợp)", "Sở Tài nguyên và Môi trường"},
		{"Sở Y tế:", "Sở Y tế"},
		{"TT.HĐND tỉnh", "Thường trực Hội đồng nhân dân tỉnh"},
		{"VTV", "Đài Truyền hình Việt Nam"},
		{"BCT", "BCT"}, // two bodies
		{"so thong tin va truyen thong", "So thong tin va truyen thong"},
		{"", ""},
	}
	for _, test := range tests {
		if got := Agency(test.name); got != test.want {
			t.Errorf("Agency(%q) = %q, want %q", test.name, got, test.want)
		}
		if got := Agency(test.want); got != test.want {
			t.Errorf("Agency(%q) = %q: it changes what it gave", test.want, got)
		}
	}
}

// TestExpandIsWhole expands what every abbreviation stands for: nothing is left to write out.
func TestExpandIsWhole(t *testing.T) {
	for _, r := range tsv.MustParse("abbreviations.tsv", abbreviationsTSV, "short", "long").Rows {
		if got := Expand(r[1]); got != r[1] {
			t.Errorf("%s stands for %q, which expands to %q", r[0], r[1], got)
		}
	}
	for short, long := range bodies().written {
		if got := Expand(long); got != long {
			t.Errorf("%s stands for %q, which expands to %q", short, long, got)
		}
	}
}

func TestExpandKeepsPlace(t *testing.T) {
	for s, want := range map[string]string{
		"UBND tỉnh Lạng Sơn":                "Ủy ban nhân dân tỉnh Lạng Sơn",
		"UBND TP. Hà Nội":                   "Ủy ban nhân dân thành phố Hà Nội",
		"Sở GD&ĐT TP.HCM":                   "Sở Giáo dục và Đào tạo thành phố HCM",
		"TRUNG TÂM TU BỔ DI TÍCH":           "TRUNG TÂM TU BỔ DI TÍCH", // TU is a word here
		"Ban Chỉ đạo 389":                   "Ban Chỉ đạo 389",
		"Ca trực của UBND":                  "Ca trực của Ủy ban nhân dân",
		"các Sở: KH&ĐT, TN&MT":              "các Sở: Kế hoạch và Đầu tư, Tài nguyên và Môi trường",
		"Ban Chỉ huy PCTT&TKCN các huyện":   "Ban Chỉ huy phòng, chống thiên tai và tìm kiếm cứu nạn các huyện",
		"Uỷ ban nhân dân tỉnh":              "Uỷ ban nhân dân tỉnh",
		"Công ty Cổ phần Môi trường đô thị": "Công ty Cổ phần Môi trường đô thị",
	} {
		if got := Expand(s); got != want {
			t.Errorf("Expand(%q) = %q, want %q", s, got, want)
		}
	}
}

func TestCapitals(t *testing.T) {
	for s, want := range map[string]string{
		"ỦY BAN NHÂN DÂN TỈNH HẬU GIANG":                   "Ủy ban nhân dân tỉnh Hậu Giang",
		"UỶ BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI":                 "Uỷ ban nhân dân thành phố Hà Nội",
		"ỦY BAN NHÂN DÂN THÀNH PHỐ HỒ CHÍ MINH":            "Ủy ban nhân dân Thành phố Hồ Chí Minh",
		"SỞ VĂN HOÁ, THỂ THAO VÀ DU LỊCH TỈNH LẠNG SƠN":    "Sở Văn hoá, Thể thao và Du lịch tỉnh Lạng Sơn",
		"ỦY BAN NHÂN DÂN PHƯỜNG VĂN MIẾU - QUỐC TỬ GIÁM":   "Ủy ban nhân dân phường Văn Miếu - Quốc Tử Giám",
		"ĐẢNG ỦY XÃ BÌNH MINH":                             "Đảng ủy xã Bình Minh",
		"BỘ CÔNG THƯƠNG":                                   "Bộ Công Thương",
		"THỦ TƯỚNG CHÍNH PHỦ":                              "Thủ tướng Chính phủ",
		"HỘI LIÊN HIỆP PHỤ NỮ TỈNH BÀ RỊA - VŨNG TÀU":      "Hội Liên hiệp Phụ nữ tỉnh Bà Rịa - Vũng Tàu",
		"TRUNG TÂM TU BỔ DI TÍCH THÀNH PHỐ HÀ NỘI":         "Trung tâm tu bổ di tích thành phố Hà Nội",
		"Ủy Ban Nhân Dân Tỉnh Kiên Giang":                  "Ủy ban nhân dân tỉnh Kiên Giang",
		"Trung tâm Bảo tồn Voi":                            "Trung tâm Bảo tồn Voi",
		"ỦY BAN NHÂN DÂN\nTỈNH KIÊN GIANG":                 "Ủy ban nhân dân\ntỉnh Kiên Giang",
		"BAN TUYÊN GIÁO VÀ DÂN VẬN TỈNH ỦY":                "Ban Tuyên giáo và Dân vận Tỉnh ủy",
		"SỞ THÔNG TIN VÀ TRUYỀN THÔNG TỈNH THỪA THIÊN HUẾ": "Sở Thông tin và Truyền thông tỉnh Thừa Thiên Huế",
		"": "",
	} {
		if got := Capitals(s); got != want {
			t.Errorf("Capitals(%q) = %q, want %q", s, got, want)
		}
	}
}

func TestTypes(t *testing.T) {
	for code, want := range map[string]string{"KH": "Kế hoạch", "kh": "Kế hoạch", "QĐ": "Quyết định", "QD": "Quyết định", "CT": "Chỉ thị", "CTr": "Chương trình",
		"TTr": "Tờ trình", "TT": "Thông tư", "NĐ": "Nghị định", "CTHĐ": "Chương trình", "KHPH": "Kế hoạch", "CV": "Công văn", "Luật": "Luật"} {
		if got, ok := TypeByCode(code); !ok || got.Name != want {
			t.Errorf("TypeByCode(%s) = %+v, %v, want %s", code, got, ok, want)
		}
	}
	for name, want := range map[string]string{"Kế hoạch": "KH", "KẾ HOẠCH": "KH", "ke hoach": "KH", "kế hoạch": "KH", "Tờ trình": "TTr", "QUYẾT ĐỊNH": "QĐ", "Luật": "Luật", "Thoả thuận": "", "Kế": "", "": ""} {
		if got, ok := TypeByName(name); ok != (want != "") || got.Code != want {
			t.Errorf("TypeByName(%s) = %+v, %v, want %s", name, got, ok, want)
		}
	}
	if got, ok := TypeByCode("UBND"); ok {
		t.Errorf("TypeByCode(UBND) = %+v", got)
	}
}

func FuzzResolve(f *testing.F) {
	for _, s := range []string{"Sở TT&TT", "Các sở, ban, ngành", "UBND thành phố (để b/c)", "đề nghị Chủ tịch các", "TT VH TT&TT các huyện, TP", "ỦY BAN NHÂN DÂN"} {
		f.Add(s, "2021-06-04", "Lạng Sơn")
	}
	f.Fuzz(func(t *testing.T, s, date, province string) {
		b := Resolve(s, date, province)
		if b.ID == "" || b.Status == "" || b.Reason == "" || b.Group != (b.Status == Group) {
			t.Errorf("Resolve(%q) = %+v", s, b)
		}
		if again := Resolve(s, date, province); again != b {
			t.Errorf("Resolve(%q) = %+v, then %+v", s, b, again)
		}
		Capitals(s)
		if a := Agency(s); Agency(a) != a && len(a) < 200 {
			if third := Agency(Agency(a)); third != Agency(a) {
				t.Errorf("Agency(%q) = %q, then %q, then %q", s, a, Agency(a), third)
			}
		}
	})
}
