package structure

import (
	"fmt"
	"strings"
	"testing"

	"kehoach/plan"
)

// aims writes the targets of a plan on one line each: value or range, unit, year and words.
func aims(p *plan.Plan) []string {
	var out []string
	for _, a := range p.Targets {
		s := fmt.Sprint(a.Value)
		if a.Max != nil {
			s += fmt.Sprint("-", *a.Max)
		}
		out = append(out, s+" "+a.Unit+" "+a.Year+" « "+a.Text)
	}
	return out
}

// objectives puts lines into the part on aims of a plan.
func objectives(lines ...string) *plan.Plan {
	return Parse(document("UBND TỈNH PHÚ THỌ\nSố: 77/KH-UBND\nPhú Thọ, ngày 05 tháng 02 năm 2023\nKẾ HOẠCH\nPhát triển lâm nghiệp\nThực hiện chương trình công tác, UBND tỉnh ban hành Kế hoạch như sau:\nI. MỤC TIÊU\n" +
		strings.Join(lines, "\n") + "\nII. NỘI DUNG\n- Treo băng rôn.\nIII. TỔ CHỨC THỰC HIỆN\n- Các sở thực hiện."))
}

func TestTargetObjectives(t *testing.T) {
	for _, test := range []struct {
		line string
		want []string
	}{
		{"- 100% cán bộ cấp xã được tập huấn về chuyển đổi số.", []string{"100 %  « 100% cán bộ cấp xã được tập huấn về chuyển đổi số"}},
		{"- Giảm 3 - 5% tổn thất điện năng.", []string{"3-5 %  « Giảm 3 - 5% tổn thất điện năng"}},
		{"- Giảm từ 1,5% đến 2% tỷ lệ hộ nghèo.", []string{"1.5-2 %  « Giảm từ 1,5% đến 2% tỷ lệ hộ nghèo"}},
		{"- Xây dựng 2 đến 3 mô hình du lịch cộng đồng; duy trì các lễ hội.", []string{"2-3 mô hình  « Xây dựng 2 đến 3 mô hình du lịch cộng đồng"}},
		{"- Trồng mới 1.200 ha rừng, trong đó rừng gỗ lớn 350,5 ha.", []string{"1200 ha  « Trồng mới 1.200 ha rừng, trong đó rừng gỗ lớn 350,5 ha", "350.5 ha  « Trồng mới 1.200 ha rừng, trong đó rừng gỗ lớn 350,5 ha"}},
		{"- Đến năm 2025, trên 95% hồ sơ được số hóa; tỷ lệ hài lòng đạt 90% trở lên.", []string{"95 % 2025 « Đến năm 2025, trên 95% hồ sơ được số hóa", "90 %  « tỷ lệ hài lòng đạt 90% trở lên"}},
		{"- Nâng tỷ lệ che phủ rừng từ 39% lên 42% vào năm 2025.", []string{"42 % 2025 « Nâng tỷ lệ che phủ rừng từ 39% lên 42% vào năm 2025"}},
		{"- Có ít nhất 03 điểm du lịch, 15 sản phẩm OCOP, 200 lao động được đào tạo.", []string{
			"3 điểm du lịch  « Có ít nhất 03 điểm du lịch, 15 sản phẩm OCOP, 200 lao động được đào tạo",
			"15 sản phẩm OCOP  « Có ít nhất 03 điểm du lịch, 15 sản phẩm OCOP, 200 lao động được đào tạo",
			"200 lao động  « Có ít nhất 03 điểm du lịch, 15 sản phẩm OCOP, 200 lao động được đào tạo"}},
		{"- Tỷ lệ vụ việc được giải quyết dứt điểm đạt từ 91% trở lên.", []string{"91 %  « Tỷ lệ vụ việc được giải quyết dứt điểm đạt từ 91% trở lên"}},
		{"- Phấn đấu từ 88 - 93% lực lượng dân quân được phát hiện sớm bệnh đạt 95% trở lên.", []string{
			"88-93 %  « Phấn đấu từ 88 - 93% lực lượng dân quân được phát hiện sớm bệnh đạt 95% trở lên", "95 %  « Phấn đấu từ 88 - 93% lực lượng dân quân được phát hiện sớm bệnh đạt 95% trở lên"}},
		{"- Kiểm kê 300 ngôi đình tại 10 làng.", []string{"300 ngôi đình  « Kiểm kê 300 ngôi đình tại 10 làng"}},
		{"- Có 18/24 xã đạt chuẩn nông thôn mới.", []string{"18 xã  « Có 18/24 xã đạt chuẩn nông thôn mới"}},
		{"- Thu nhập bình quân đạt 60 triệu đồng/người/năm.", []string{"60 triệu đồng/người/năm  « Thu nhập bình quân đạt 60 triệu đồng/người/năm"}},
		{"- Tăng trưởng bình quân 8%/năm.", []string{"8 %/năm  « Tăng trưởng bình quân 8%/năm"}},
		{"Đến năm 2030:\n- 80% thôn có nhà văn hóa.", []string{"80 % 2030 « 80% thôn có nhà văn hóa"}},
	} {
		compareLines(t, test.line, aims(objectives(strings.Split(test.line, "\n")...)), test.want)
	}
}

func TestTargetNoneInObjectives(t *testing.T) {
	for _, line := range []string{
		"- Thực hiện 05 nhóm nhiệm vụ, nâng cao 04 chỉ số thành phần theo Nghị quyết số 57-NQ/TW ngày 22/12/2024.",
		"- Tiếp tục thực hiện giai đoạn 2021 - 2025, định hướng đến năm 2030; Điều 12, khoản 3.",
		"- Giữ vững các chỉ tiêu (năm 2020 đạt 85%), tỷ lệ hiện đạt 70%, diện tích hiện có 40 ha.",
		"- Phục vụ 24/24 giờ, lúc 8h30, số điện thoại 0210.384.6212.",
	} {
		compareLines(t, line, aims(objectives(line)), nil)
	}
}

func TestTargetLabel(t *testing.T) {
	for _, test := range []struct{ line, want string }{
		{"- Số lượng: 02 lớp.", "2 lớp  « Số lượng: 02 lớp"},
		{"Số lượng: 04 - 06 chuyên mục.", "4-6 chuyên mục  « Số lượng: 04 - 06 chuyên mục"},
		{"Số lượng: 01 - 03 tủ sách/xã, phường.", "1-3 tủ sách/xã, phường  « Số lượng: 01 - 03 tủ sách/xã, phường"},
		{"- Số lượng: 400 lớp, mỗi lớp 15 - 20 em.", "400 lớp  « Số lượng: 400 lớp, mỗi lớp 15 - 20 em"},
		{"- Số lượng: 10 tin, bài/tháng (tùy tình hình).", "10 tin, bài/tháng  « Số lượng: 10 tin, bài/tháng (tùy tình hình)"},
	} {
		compareLines(t, test.line, aims(body("1. Tập huấn", test.line)), []string{test.want})
	}
}

func TestTargetRunning(t *testing.T) {
	for _, test := range []struct {
		line string
		want []string
	}{
		{"- Phấn đấu có ít nhất 05 doanh nghiệp tham gia.", []string{"5 doanh nghiệp  « Phấn đấu có ít nhất 05 doanh nghiệp tham gia"}},
		{"- Mở rộng mạng lưới, hướng tới tối thiểu đạt 25%.", []string{"25 %  « Mở rộng mạng lưới, hướng tới tối thiểu đạt 25%"}},
		{"- Giảm 10% số vụ vi phạm so với năm trước.", []string{"10 %  « Giảm 10% số vụ vi phạm so với năm trước"}},
		{"- 100% hộ kinh doanh ký cam kết.", []string{"100 %  « 100% hộ kinh doanh ký cam kết"}},
		{"- Lắp cảm biến tại 100% cửa cống.", []string{"100 %  « Lắp cảm biến tại 100% cửa cống"}},
		{"- Giám sát tại 16 điểm, giao đất 5 ha, năng lực 20 m3, tầng cao 12 m.", nil},
		{"- Trên địa bàn có 126 xã, 11 điểm ngập, trạm bơm công suất 90 m3/s.", nil},
		{"- Tổ chức trực đủ 100% quân số, bố trí 13 tổ máy bơm.", nil},
		{"- Mực nước đạt cos +4.5m, mưa dưới 50mm/h; khi mưa đạt 100mm/h thì mở cống.", nil},
		{"- Hỗ trợ 50% kinh phí, trích lại 35% nguồn thu.", nil},
		{"- Tổ chức 02 lớp tập huấn theo Kế hoạch số 12/KH-UBND.", nil},
	} {
		compareLines(t, test.line, aims(body(test.line)), test.want)
	}
}

func TestTargetTable(t *testing.T) {
	p := body("TT | Chỉ tiêu | Đơn vị tính | Thực hiện năm 2022 | Năm 2025 | Năm 2030",
		"1 | Tỷ lệ hộ dân dùng nước sạch | % | 71,2 | 85 | 95",
		"2 | Diện tích cây ăn quả | ha | 900 | 1.250 | 2.000 - 2.200")
	got := aims(p)
	compareLines(t, "table", got, []string{"85 % 2025 « 85", "95 % 2030 « 95", "1250 ha 2025 « 1.250", "2000-2200 ha 2030 « 2.000 - 2.200"})
}

func TestReadNumber(t *testing.T) {
	for _, test := range []struct {
		text string
		want float64
		rest string
	}{
		{"1.200 ha", 1200, " ha"}, {"1.250,5 tỷ", 1250.5, " tỷ"}, {"280.000.000", 280000000, ""}, {"0,75%", 0.75, "%"}, {"12.5 km", 12.5, " km"},
		{"05", 5, ""}, {"1,200,000", 1200000, ""}, {"3,", 3, ","}, {"2.", 2, "."},
	} {
		v, end, ok := readNumber(test.text, 0)
		if !ok || v != test.want || test.text[end:] != test.rest {
			t.Errorf("%s: %v, rest %q, %v; want %v, %q", test.text, v, test.text[end:], ok, test.want, test.rest)
		}
	}
}
