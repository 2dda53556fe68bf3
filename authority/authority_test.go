package authority

import "testing"

func TestAgency(t *testing.T) {
	tests := []struct{ name, agency, id string }{
		{"Sở TT&TT", "Sở Thông tin và Truyền thông", "so-tttt"},
		{"UBND các huyện, thành phố", "Ủy ban nhân dân các huyện, thành phố", "g-ubnd-huyen"},
		{"UBND các huyện, TP", "Ủy ban nhân dân các huyện, thành phố", "g-ubnd-huyen"},
		{"Đề nghị Ban Tuyên giáo Tỉnh ủy", "Ban Tuyên giáo Tỉnh ủy", "btg-tu"},
		{"Báo Kiên Giang", "Báo Kiên Giang", "bao-tinh"},
		{"Sở Công Thương tỉnh Lạng Sơn", "Sở Công Thương", "so-cong-thuong"},
		{"Đài PTTH tỉnh", "Đài Phát thanh và Truyền hình tỉnh", "dai-ptth"},
		{"Sở Văn hoá, Thể thao và Du lịch", "Sở Văn hoá, Thể thao và Du lịch", "so-vhttdl"},
		{"TT VH TT&TT các huyện, TP", "Trung tâm Văn hóa, Thể thao và Truyền thông các huyện, thành phố", "g-tt-vhtttt"},
		{"Công an thành phố Hà Nội", "Công an", "cong-an"},
		{"Giao Sở Y tế", "Sở Y tế", "so-y-te"},
		{"các sở, ban, ngành liên quan", "Các sở, ban, ngành liên quan", "g-cac-so"},
		{"so thong tin va truyen thong", "So thong tin va truyen thong", "so-tttt"},
	}
	for _, test := range tests {
		if got := Agency(test.name); got != test.agency {
			t.Errorf("Agency(%q) = %q, want %q", test.name, got, test.agency)
		}
		if got := Resolve(test.name, "2021", ""); got.ID != test.id {
			t.Errorf("Resolve(%q) = %+v, want %s", test.name, got, test.id)
		}
	}
}
