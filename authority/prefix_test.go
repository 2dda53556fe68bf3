package authority

import "testing"

func TestPrefix(t *testing.T) {
	tests := []struct{ s, want string }{
		{"Sở Y tế tỉnh Hà Nam báo cáo", "Sở Y tế tỉnh Hà Nam"},
		{"Sở Văn hóa, Thể thao và Du lịch hướng dẫn", "Sở Văn hóa, Thể thao và Du lịch"},
		{"các sở, ban, ngành liên quan cải tạo đất", "các sở, ban, ngành liên quan"},
		{"Sở GD&ĐT trong năm học", "Sở GD&ĐT"},
		{"Công an tỉnh xử lý", "Công an tỉnh"},
		{"Sở Giáo dục và Đào tạo hướng dẫn viên", "Sở Giáo dục và Đào tạo"},
		{"Ngân hàng Chính sách xã hội giải ngân", "Ngân hàng Chính sách xã hội"},
		{"cây lúa trồng muộn", ""},
		{"", ""},
	}
	for _, test := range tests {
		if got := test.s[:Prefix(test.s, "", "")]; got != test.want {
			t.Errorf("Prefix(%q) = %q, want %q", test.s, got, test.want)
		}
	}
}

func BenchmarkPrefix(b *testing.B) {
	for b.Loop() {
		Prefix("Sở Văn hóa, Thể thao và Du lịch hướng dẫn các đơn vị thực hiện theo quy định", "2024", "Lạng Sơn")
	}
}
