package structure

import (
	"testing"

	"kehoach/plan"
)

func TestPeriod(t *testing.T) {
	for _, test := range []struct {
		title, schedule string
		want            plan.Period
	}{
		{"Phòng, chống bệnh dại giai đoạn 2022-2030 trên địa bàn tỉnh", "", plan.Period{From: "2022", To: "2030"}},
		{"PHÁT TRIỂN DU LỊCH CỘNG ĐỒNG GIAI ĐOẠN 2022 – 2025", "", plan.Period{From: "2022", To: "2025"}},
		{"Thực hiện Chương trình trẻ em giai đoạn 2021 - 2030 trên địa bàn tỉnh trong năm 2023", "", plan.Period{From: "2023", To: "2023"}},
		{"PHÁT TRIỂN THƯƠNG MẠI ĐIỆN TỬ NĂM 2023 TRÊN ĐỊA BÀN TỈNH", "", plan.Period{From: "2023", To: "2023"}},
		{"Chuyển đổi số giai đoạn 2021 - 2025", "THỜI GIAN THỰC HIỆN: Từ tháng 6 năm 2021 đến hết tháng 12 năm 2025", plan.Period{From: "2021", To: "2025"}},
		{"Bảo đảm trật tự Năm An toàn giao thông 2023", "", plan.Period{From: "2023", To: "2023"}},
		{"Kiểm tra cải cách hành chính năm 2023", "", plan.Period{From: "2023", To: "2023"}},
		{"Nâng cao chỉ số hài lòng năm 2023 và những năm tiếp theo", "", plan.Period{From: "2023"}},
		{"Chuyển đổi số giai đoạn 2023 - 2025, định hướng đến năm 2030", "", plan.Period{From: "2023", To: "2025"}},
		{"Phát triển cây dược liệu đến năm 2030", "", plan.Period{To: "2030"}},
		{"Xúc tiến thương mại năm 2023 và năm 2024", "", plan.Period{From: "2023", To: "2024"}},
		{"Thực hiện Nghị quyết số 57-NQ/TW ngày 22 tháng 12 năm 2022 của Bộ Chính trị", "", plan.Period{}},
		{"Triển khai thi hành Luật Đất đai năm 2013", "", plan.Period{}},
		{"Kỷ niệm 50 năm Ngày thành lập trường (15/9/1973 - 15/9/2023)", "", plan.Period{}},
		{"Truyền thông về an toàn thực phẩm", "THỜI GIAN THỰC HIỆN: Từ năm 2023 đến năm 2026", plan.Period{From: "2023", To: "2026"}},
		{"Truyền thông về an toàn thực phẩm", "THỜI GIAN THỰC HIỆN: Từ ngày 15/4/2023 đến ngày 15/5/2023.", plan.Period{From: "2023-04-15", To: "2023-05-15"}},
		{"Thực hiện Đề án sữa học đường giai đoạn 2021 - 2025", "THỜI GIAN THỰC HIỆN: Trong năm 2023.", plan.Period{From: "2023", To: "2023"}},
		{"Truyền thông về an toàn thực phẩm", "", plan.Period{}},
	} {
		text := "KẾ HOẠCH\n" + test.title + "\nThực hiện chương trình công tác, UBND tỉnh ban hành Kế hoạch như sau:\nI. NỘI DUNG\n- Treo băng rôn.\n"
		if test.schedule != "" {
			text += "II. " + test.schedule + "\n"
		}
		text += "III. TỔ CHỨC THỰC HIỆN\n- Các sở thực hiện."
		if got := Parse(document(text)).Period; got != test.want {
			t.Errorf("%s / %s: %v, want %v", test.title, test.schedule, got, test.want)
		}
	}
}
