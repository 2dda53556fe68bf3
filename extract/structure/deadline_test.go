package structure

import (
	"strings"
	"testing"

	"kehoach/plan"
)

// terms writes the deadlines of a plan on one line each: date or month and day, rhythm and words.
func terms(p *plan.Plan) []string {
	var out []string
	for _, d := range p.Deadlines {
		out = append(out, strings.Join(strings.Fields(d.Date+" "+d.MonthDay+" "+d.Recurs+" « "+d.Text), " "))
	}
	return out
}

func TestDeadlineText(t *testing.T) {
	for _, test := range []struct {
		line string
		want []string
	}{
		// dates
		{"- Gửi báo cáo về Sở Nội vụ chậm nhất ngày 15/10/2024.", []string{"2024-10-15 « chậm nhất ngày 15/10/2024"}},
		{"- Hoàn thành trước ngày 01 tháng 8 năm 2024.", []string{"2024-08-01 « trước ngày 01 tháng 8 năm 2024"}},
		{"- Nộp hồ sơ trước 17 giờ ngày 20/6/2024 tại Sở.", []string{"2024-06-20 « trước 17 giờ ngày 20/6/2024"}},
		{"- Bàn giao ngay trước thời điểm 30/4/2024 để phục vụ.", []string{"2024-04-30 « trước thời điểm 30/4/2024"}},
		{"- Tổ chức lễ phát động vào ngày 05/6/2024 tại quảng trường.", []string{"2024-06-05 « vào ngày 05/6/2024"}},
		{"- Tổ chức hội chợ từ ngày 10/9/2024 đến hết ngày 15/9/2024.", []string{"2024-09-15 « từ ngày 10/9/2024 đến hết ngày 15/9/2024"}},
		{"- Trưng bày từ ngày 11/9 đến hết năm 2024.", []string{"2024-12-31 « từ ngày 11/9 đến hết năm 2024"}},
		{"- Tổ chức hội thảo thứ Tư, ngày 12/6/2024; khai mạc thứ sáu ngày 14/6/2024.", []string{"2024-06-12 « ngày 12/6/2024", "2024-06-14 « ngày 14/6/2024"}},
		// months, quarters, years
		{"- Trình ban hành trong quý II năm 2024.", []string{"2024-06-30 « trong quý II năm 2024"}},
		{"- Hoàn thành quý IV/2024 việc bàn giao.", []string{"2024-12-31 « quý IV/2024"}},
		{"- Khai trương trong tháng 11/2024.", []string{"2024-11-30 « trong tháng 11/2024"}},
		{"- Trình trước tháng 6/2024.", []string{"2024-05-31 « trước tháng 6/2024"}},
		{"- Tổ chức sơ kết vào năm 2024 và tổng kết vào năm 2026.", []string{"2024-12-31 « vào năm 2024", "2026-12-31 « vào năm 2026"}},
		{"- Phấn đấu hoàn thành trong năm 2025.", []string{"2025-12-31 « trong năm 2025"}},
		{"- Quý I/2024: rà soát. Quý II/2024: xây dựng.", []string{"2024-03-31 « Quý I/2024", "2024-06-30 « Quý II/2024"}},
		// rhythms
		{"- Định kỳ trước ngày 10/12 hằng năm báo cáo UBND tỉnh.", []string{"12-10 yearly « Định kỳ trước ngày 10/12 hằng năm"}},
		{"- Báo cáo trước ngày 15 hàng tháng.", []string{"15 monthly « trước ngày 15 hàng tháng"}},
		{"- Định kỳ ngày 20 hàng tháng có báo cáo gửi Sở Xây dựng.", []string{"20 monthly « Định kỳ ngày 20 hàng tháng"}},
		{"- Gửi báo cáo trước ngày 25 của tháng cuối quý.", []string{"25 quarterly « trước ngày 25 của tháng cuối quý"}},
		{"- Báo cáo trước ngày 15/6 và 15/12 hằng năm.", []string{"06-15 yearly « trước ngày 15/6", "12-15 yearly « 15/12 hằng năm"}},
		{"- Báo cáo định kỳ 6 tháng (trước ngày 15/6), hằng năm (trước ngày 15/12) về Sở.", []string{"06-15 half-yearly « định kỳ 6 tháng (trước ngày 15/6", "12-15 yearly « hằng năm (trước ngày 15/12"}},
		{"- Báo cáo định kỳ 6 tháng, hằng năm (trước ngày 10/6 và 10/12).", []string{"06-10 half-yearly « trước ngày 10/6", "12-10 yearly « 10/12"}},
		{"- Báo cáo định kỳ hằng quý, hằng năm trước ngày 10/12.", []string{"quarterly « định kỳ hằng quý", "12-10 yearly « hằng năm trước ngày 10/12"}},
		{"- Hằng năm trình mức bù giá trước ngày 15/11.", []string{"11-15 yearly « trước ngày 15/11"}},
		{"- Báo cáo kết quả 6 tháng trước ngày 20/6 và kết quả năm trước ngày 10/12 hằng năm.", []string{"06-20 yearly « trước ngày 20/6", "12-10 yearly « trước ngày 10/12 hằng năm"}},
		{"- Riêng năm 2024 hoàn thành trước ngày 15/12.", []string{"2024-12-15 « trước ngày 15/12"}},
		{"- Tổ chức thi kể chuyện trong tháng 4 hằng năm.", []string{"04-30 yearly « trong tháng 4 hằng năm"}},
		{"- Khám sàng lọc hằng quý cho trẻ em.", []string{"quarterly « hằng quý"}},
		{"- Gửi báo cáo vào ngày 15 tháng cuối mỗi quý.", []string{"15 quarterly « vào ngày 15 tháng cuối mỗi quý"}},
		{"- Tháng hành động hằng năm từ ngày 15/11 đến 15/12.", []string{"12-15 yearly « từ ngày 15/11 đến 15/12"}},
		{"- Hằng năm, trước ngày 15/11, các xã gửi báo cáo.", []string{"11-15 yearly « Hằng năm, trước ngày 15/11"}},
		{"- Hằng năm, căn cứ khả năng ngân sách, bố trí kinh phí.", []string{"yearly « Hằng năm"}},
		{"- Hàng quý tổ chức giao ban với các xã.", []string{"quarterly « Hàng quý"}},
		{"- Theo dõi, hằng năm tổng hợp kết quả.", []string{"yearly « hằng năm"}},
		{"- Tổng hợp kết quả thực hiện báo cáo Sở Xây dựng hàng tháng.", []string{"monthly « hàng tháng"}},
		{"- Báo cáo kết quả hàng tháng, quý, năm theo quy định.", []string{"monthly « hàng tháng", "quarterly « quý", "yearly « năm"}},
		{"- Định kỳ 06 tháng/lần kiểm tra việc thực hiện.", []string{"half-yearly « Định kỳ 06 tháng/lần"}},
		{"- Họp ban chỉ đạo định kỳ 01 lần/quý.", []string{"quarterly « định kỳ 01 lần/quý"}},
		// a misprint is not repaired
		{"- Hoàn thành trước ngày 31/11/2024.", []string{"« trước ngày 31/11/2024"}},
	} {
		compareLines(t, test.line, terms(body(test.line)), test.want)
	}
}

func TestDeadlineBrokenLine(t *testing.T) {
	compareLines(t, "quarter", terms(body("- Rà soát và báo cáo trong quý", "III/2024 theo mẫu.")), []string{"2024-09-30 « trong quý III/2024"})
	compareLines(t, "year", terms(body("- Hoàn thành trong năm", "2024 việc bàn giao.")), []string{"2024-12-31 « trong năm 2024"})
}

func TestDeadlineField(t *testing.T) {
	for _, test := range []struct {
		line string
		want []string
	}{
		{"- Thời gian thực hiện: định kỳ hằng năm.", []string{"yearly « định kỳ hằng năm"}},
		{"Thời gian hoàn thành: Quý III/2024.", []string{"2024-09-30 « Quý III/2024"}},
		{"- Thời gian dự kiến: ngày 11/9/2024 (thứ Tư).", []string{"2024-09-11 « ngày 11/9/2024"}},
		{"- Thời hạn hoàn thành: 12/2024.", []string{"2024-12-31 « 12/2024"}},
		{"Tiến độ: Năm 2024 - 2025.", []string{"2025-12-31 « Năm 2024 - 2025"}},
		{"- Thời gian: Cả năm 2024.", []string{"2024-12-31 « năm 2024"}},
		{"- Thời gian thực hiện: từ tháng 3 đến tháng 5 năm 2024.", []string{"2024-05-31 « từ tháng 3 đến tháng 5 năm 2024"}},
		{"- Thời gian thực hiện: 6 tháng đầu năm 2024.", []string{"2024-06-30 « 6 tháng đầu năm 2024"}},
		{"- Thời gian thực hiện: thường xuyên hằng năm.", []string{"yearly « hằng năm"}},
		{"- Thời gian thực hiện: từ quý II/2024.", nil},
		{"- Thời gian thực hiện: thường xuyên, khi có yêu cầu.", nil},
		{"- Thời gian thực hiện: năm 2024 và những năm tiếp theo.", nil},
		{"- Thời gian thực hiện: trước mùa mưa năm 2024.", nil},
		{"- Tổ chức tập huấn (thời gian hoàn thành: tháng 10/2024).", []string{"2024-10-31 « tháng 10/2024"}},
		{"1. Mở lớp tập huấn\n1.1. Nội dung: kỹ năng số.\n1.2. Thời gian thực hiện: Từ ngày 01/8/2024 đến ngày 30/8/2024.", []string{"2024-08-30 « Từ ngày 01/8/2024 đến ngày 30/8/2024"}},
	} {
		compareLines(t, test.line, terms(body(strings.Split(test.line, "\n")...)), test.want)
	}
}

func TestDeadlineNone(t *testing.T) {
	for _, line := range []string{
		"- Thực hiện báo cáo khi có yêu cầu; họp giao ban định kỳ.",
		"- Tổng hợp vào dự toán hằng năm; bố trí trong dự toán chi thường xuyên hằng năm của đơn vị.",
		"- Đưa vào kế hoạch công tác hằng năm; bố trí kinh phí hàng năm cho việc triển khai.",
		"- Theo Kế hoạch số 12/KH-UBND ngày 20/10/2024 của UBND tỉnh về chuyển đổi số giai đoạn 2024 - 2025.",
		"- Hàng hóa, sản phẩm mới, dành thời lượng hàng ngày; sinh hoạt hàng ngày.",
		"- Triển khai trong năm 2024 và các năm tiếp theo; phục vụ mùa mưa năm 2024.",
		"- Quyết định có hiệu lực từ ngày 01/7/2024, kể từ ngày ký.",
		"- Kỷ niệm Ngày Giải phóng Thủ đô 10/10, Ngày Môi trường thế giới 05/6.",
		"- Phát triển du lịch đến năm 2030; Việt Nam 2030; ứng trực 24/24 giờ, tỷ lệ 3/4.",
		"- Số liệu tính đến ngày 31/12/2024 và từ ngày 01/01/2024.",
		"- Mở chuyên mục mỗi tuần một kỳ, mỗi tháng hai lượt; trả lương hàng tháng; kế hoạch thanh tra hàng năm.",
		"- Theo bản kế hoạch 77/KH-UBND ngày 20/10/2024; tỷ lệ năm 2024: 50,4%; năm 2025: 61%.",
		"- Niên độ từ ngày 01 tháng 01 đến hết ngày 31 tháng 12; Luật được thông qua ngày 26/11/2024.",
		"- Mở lớp bơi, cao điểm vào tháng 6, 7, 8.",
		"- Đã hoàn thành trước ngày 30/11/2021.",
	} {
		compareLines(t, line, terms(body(line)), nil)
	}
}

func TestDeadlineTable(t *testing.T) {
	p := body("TT | Nhiệm vụ | Đơn vị chủ trì | Thời gian hoàn thành",
		"1 | Rà soát quy hoạch theo Quyết định số 12/QĐ-TTg ngày 5/6/2024 | Sở Xây dựng | Quý II/2024",
		"2 | Tập huấn cán bộ năm 2024 | Sở Nội vụ | Tháng 8/2024",
		"3 | Tuyên truyền | Sở Văn hóa | Thường xuyên",
		"4 | Báo cáo kết quả | Các xã | Hằng quý",
		"5 | Tổng kết | Sở Nội vụ | 12/2025",
		"6 | Xây dựng đề án | Sở Nội vụ | 2024")
	compareLines(t, "table", terms(p), []string{"2024-06-30 « Quý II/2024", "2024-08-31 « Tháng 8/2024", "quarterly « Hằng quý", "2025-12-31 « 12/2025", "2024-12-31 « 2024"})
}

// schedule parses a plan with a part on time of its own.
func schedule(title string, lines ...string) *plan.Plan {
	return Parse(document("UBND TỈNH PHÚ THỌ\nSố: 77/KH-UBND\nPhú Thọ, ngày 05 tháng 02 năm 2024\nKẾ HOẠCH\n" + title + "\nThực hiện chương trình công tác, UBND tỉnh ban hành Kế hoạch như sau:\nI. NỘI DUNG\n- Treo băng rôn.\n" +
		strings.Join(lines, "\n") + "\nIII. TỔ CHỨC THỰC HIỆN\n- Các sở thực hiện, báo cáo trước ngày 15/11."))
}

func TestDeadlineSchedule(t *testing.T) {
	last := "2024-11-15 « trước ngày 15/11"
	for _, test := range []struct {
		title string
		lines []string
		want  []string
	}{
		{"Truyền thông năm 2024", []string{"II. THỜI GIAN THỰC HIỆN: Từ ngày 01/4/2024 đến ngày 30/4/2024"}, []string{last}},
		{"Truyền thông năm 2024", []string{"II. THỜI GIAN THỰC HIỆN", "Kế hoạch được triển khai thực hiện trong năm 2024."}, []string{last}},
		{"Truyền thông năm 2024", []string{"II. TIẾN ĐỘ THỰC HIỆN", "- Từ ngày 01/4/2024 đến ngày 15/4/2024: xây dựng kịch bản, in tài liệu.", "- Tháng 5/2024: tổ chức hội thi."},
			[]string{"2024-04-15 « Từ ngày 01/4/2024 đến ngày 15/4/2024", "2024-05-31 « Tháng 5/2024", last}},
		{"Truyền thông năm 2024", []string{"II. THỜI GIAN, ĐỊA ĐIỂM", "- Thời gian: 08 giờ 00, ngày 15/10/2024.", "- Địa điểm: Hội trường."}, []string{"2024-10-15 « ngày 15/10/2024", last}},
		{"Truyền thông giai đoạn 2024 - 2026", nil, []string{"11-15 yearly « trước ngày 15/11"}},
	} {
		compareLines(t, strings.Join(test.lines, " / "), terms(schedule(test.title, test.lines...)), test.want)
	}
}
