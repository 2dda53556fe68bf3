package normalize

import "testing"

func TestTyped(t *testing.T) {
	tests := []struct{ in, want string }{
		{"kees hoachj", "kế hoạch"},
		{"ke61 hoa5ch", "kế hoạch"},
		{"KEES HOACHJ", "KẾ HOẠCH"},
		{"Kees hoachj tuyeen truyeenf", "Kế hoạch tuyên truyền"},
		{"tieengs vieetj", "tiếng việt"},
		{"tieesng vieejt", "tiếng việt"},
		{"dduowcj giao", "được giao"},
		{"nguowif daan", "người dân"},
		{"truowngf hocj", "trường học"},
		{"ddoor mowis sangs taoj", "đổ mới sáng tạo"},
		{"sowr taif chinhs", "sở tài chính"},
		{"uyr ban", "ủy ban"},
		{"quyeets ddinhj", "quyết định"},
		{"moi6 tru7o7ng2", "môi trường"},
		{"d9o6 thi5", "đô thị"},
		{"so73 ta2i chi1nh", "sở tài chính"},
		{"hoa5ch quy1", "hoạch quý"},
		{"cow quan thwcj hieenj", "cơ quan thực hiện"},
		{"phaan loaij racs", "phân loại rác"},
		// What stays.
		{"kế hoạch", "kế hoạch"}, {"ke hoach", "ke hoach"}, {"css wifi", "css wifi"}, {"test list post", "test list post"},
		{"quy2", "quy2"}, {"kv1", "kv1"}, {"covid19", "covid19"}, {"UBND CNTT GIS USD", "UBND CNTT GIS USD"}, {"115/KH-UBND", "115/KH-UBND"},
		{"internet online marketing", "internet online marketing"}, {"iPhone", "iPhone"}, {"2024", "2024"}, {"", ""},
	}
	for _, test := range tests {
		got, ok := Typed(test.in)
		if got != test.want || ok != (test.in != test.want) {
			t.Errorf("Typed(%q) = %q, %v; want %q", test.in, got, ok, test.want)
		}
	}
}

func TestAbbreviations(t *testing.T) {
	for _, s := range []string{"CĐS", "cđs", "CDS", "cds"} {
		if got, ok := LongForm(s); !ok || got != "chuyển đổi số" {
			t.Errorf("LongForm(%s) = %q, %v", s, got, ok)
		}
	}
	if _, ok := LongForm("XYZ"); ok {
		t.Error("XYZ is written out")
	}
	if got, ok := ShortForm("Chuyển đổi số"); !ok || got != "CĐS" {
		t.Errorf("ShortForm = %q, %v", got, ok)
	}
}
