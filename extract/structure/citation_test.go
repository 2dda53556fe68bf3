package structure

import (
	"fmt"
	"strings"
	"testing"

	"kehoach/plan"
)

// cites writes the citations of a plan on one line each: number or type, date, issuer, role, relation and words.
func cites(p *plan.Plan) []string {
	var out []string
	for _, c := range p.Citations {
		name := c.Number
		if name == "" {
			name = c.Type
		}
		s := fmt.Sprintf("%s|%s|%s|%s", name, c.Date, c.Role, c.Text)
		if c.Relation != "" {
			s += "|" + c.Relation
		}
		out = append(out, s)
	}
	return out
}

func compareLines(t *testing.T, name string, got, want []string) {
	t.Helper()
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("%s:\ngot\n\t%s\nwant\n\t%s", name, strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
}

// body puts lines into the part on content of a plan.
func body(lines ...string) *plan.Plan {
	text := "ỦY BAN NHÂN DÂN TỈNH HÀ NAM\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 77/KH-UBND\nHà Nam, ngày 05 tháng 02 năm 2023\nKẾ HOẠCH\nPhát triển cây ăn quả giai đoạn 2023 - 2025\n" +
		"Thực hiện chương trình công tác, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:\nI. NỘI DUNG\n" + strings.Join(lines, "\n") + "\nII. TỔ CHỨC THỰC HIỆN\n1. Sở Công Thương\n- Tổ chức triển khai."
	return Parse(document(text))
}

func TestCitationNumber(t *testing.T) {
	for _, test := range []struct{ line, want string }{
		{"theo Quyết định số 4411/QĐ-BYT ngày 17/9/2021 của Bộ Y tế về việc giao chỉ tiêu", "4411/QĐ-BYT|2021-09-17|mention|Quyết định số 4411/QĐ-BYT ngày 17/9/2021 của Bộ Y tế"},
		{"theo Quyết định 38/QĐ-UBND đã ban hành", "38/QĐ-UBND||mention|Quyết định 38/QĐ-UBND"},
		{"tại Công văn số 3107/SLĐTBXH-TE ngày 02 tháng 3 năm 2022 của Sở Lao động - Thương binh và Xã hội, các huyện", "3107/SLĐTBXH-TE|2022-03-02|mention|Công văn số 3107/SLĐTBXH-TE ngày 02 tháng 3 năm 2022 của Sở Lao động - Thương binh và Xã hội"},
		{"Nghị quyết số 66-NQ/TW ngày 30/4/2025 của Bộ Chính trị về đổi mới", "66-NQ/TW|2025-04-30|mention|Nghị quyết số 66-NQ/TW ngày 30/4/2025 của Bộ Chính trị"},
		{"Chương trình hành động số 21-CTr/TU, ngày 09/8/2022 của Tỉnh ủy", "21-CTr/TU|2022-08-09|mention|Chương trình hành động số 21-CTr/TU, ngày 09/8/2022 của Tỉnh ủy"},
		{"Chỉ thị số 30- CT/TU ngày 07/8/2023", "30-CT/TU|2023-08-07|mention|Chỉ thị số 30- CT/TU ngày 07/8/2023"},
		{"Nghị quyết số 35-2019/NQ-CP ngày 10/5/2019 của Chính phủ", "35-2019/NQ-CP|2019-05-10|mention|Nghị quyết số 35-2019/NQ-CP ngày 10/5/2019 của Chính phủ"},
		{"Nghị quyết số 30c/NQ-CP ngày 08 tháng 11 năm 2011 của Chính phủ ban hành Chương trình", "30c/NQ-CP|2011-11-08|mention|Nghị quyết số 30c/NQ-CP ngày 08 tháng 11 năm 2011 của Chính phủ"},
		{"Luật số 31/2024/QH15 ngày 18/01/2024", "31/2024/QH15|2024-01-18|mention|Luật số 31/2024/QH15 ngày 18/01/2024"},
		{"Luật Lâm nghiệp số 16/2017/QH14 ngày 15/11/2017", "16/2017/QH14|2017-11-15|mention|Luật Lâm nghiệp số 16/2017/QH14 ngày 15/11/2017"},
		{"Nghị quyết số 35/2023/UBTVQH15 của Ủy ban thường vụ Quốc hội", "35/2023/UBTVQH15||mention|Nghị quyết số 35/2023/UBTVQH15 của Ủy ban thường vụ Quốc hội"},
		{"theo Quyết định số 6120/QĐ- UBND ngày 8/12/2024 của UBND Thành phố; nguồn thu", "6120/QĐ-UBND|2024-12-08|mention|Quyết định số 6120/QĐ- UBND ngày 8/12/2024 của UBND Thành phố"},
		{"Thông tư số 44 /2019/TT-BTC ngày 19.7.2019 của Bộ Tài chính", "44/2019/TT-BTC|2019-07-19|mention|Thông tư số 44 /2019/TT-BTC ngày 19.7.2019 của Bộ Tài chính"},
		{"tại Tờ trình số 126/SKHĐT ngày 23/01/2023", "126/SKHĐT|2023-01-23|mention|Tờ trình số 126/SKHĐT ngày 23/01/2023"},
		{"tại văn bản số 05/TTKT-02/08h00/DBTV ngày 15/01/2023 của Đài Khí tượng", "05/TTKT-02/08h00/DBTV|2023-01-15|mention|văn bản số 05/TTKT-02/08h00/DBTV ngày 15/01/2023 của Đài Khí tượng"},
		{"Thông tư số 28 TC/TCT ngày15/5/1994 của Bộ Tài chính", "28TC/TCT|1994-05-15|mention|Thông tư số 28 TC/TCT ngày15/5/1994 của Bộ Tài chính"},
		{"Quyết định số 7/QĐ-TTg ngày 1/2/2022 của Thủ tướng Chính phủ thì các đơn vị", "7/QĐ-TTg|2022-02-01|mention|Quyết định số 7/QĐ-TTg ngày 1/2/2022 của Thủ tướng Chính phủ"},
		{"theo Quyết định số 866/QĐ-Tg ngày 12/5/2022", "866/QĐ-Tg|2022-05-12|mention|Quyết định số 866/QĐ-Tg ngày 12/5/2022"},
		{"Kế hoạch số 51/KH-UBND của UBND tỉnh ngày 04/3/2022 về chuyển đổi số", "51/KH-UBND|2022-03-04|mention|Kế hoạch số 51/KH-UBND của UBND tỉnh ngày 04/3/2022"},
		{"Kế hoạch số 163/KH-UBND ngày 12/7/2022 của UBND tỉnh Nâng cao chỉ số hài lòng", "163/KH-UBND|2022-07-12|mention|Kế hoạch số 163/KH-UBND ngày 12/7/2022 của UBND tỉnh"},
		{"theo Thông tư số 10/2021/TT-BVHTTDL của Bộ Văn hóa, Thể thao và Du lịch, các đơn vị", "10/2021/TT-BVHTTDL||mention|Thông tư số 10/2021/TT-BVHTTDL của Bộ Văn hóa, Thể thao và Du lịch"},
	} {
		compareLines(t, test.line, cites(body("- Triển khai "+test.line+".")), []string{test.want})
	}
}

func TestCitationNone(t *testing.T) {
	for _, line := range []string{
		"- Tổ chức trực 24/24h, tiêu chuẩn 310mm/2 ngày, công suất 90m3/s.",
		"- Điện thoại: 0243.974.62.25, tỷ lệ 3/4, tin/bài, và/hoặc, KH/CN.",
		"- Hotline 1900/QWXZ-HN; QCVN 14:2008/BTNMT; tờ bản đồ 12/TBD, tỷ lệ 1/500; ISO 9001:2015/Cor 1; 5G/IoT.",
		"- Số: /KH-SNV ngày tháng năm 2023; Quyết định này; Kế hoạch này.",
		"- Kế hoạch số 77/KH-UBND của Ủy ban nhân dân tỉnh.",
		"- Xây dựng dự thảo Luật Việc làm (sửa đổi), hồ sơ dự án Luật Phòng bệnh.",
		"- Tuyên truyền pháp luật, chấp hành kỷ luật, đoàn luật sư, hội luật gia, quy luật thị trường.",
		"- Thời gian: 15/11/2023; họp lúc 8/9, từ 10/3 đến 12/3.",
	} {
		compareLines(t, line, cites(body(line)), nil)
	}
}

func TestCitationLaw(t *testing.T) {
	for _, test := range []struct{ line, want string }{
		{"- Theo quy định của Luật Ngân sách nhà nước và các văn bản hướng dẫn.", "Luật||mention|Luật Ngân sách nhà nước"},
		{"- Theo luật Thủy lợi để thực hiện.", "Luật||mention|luật Thủy lợi"},
		{"- Tuyên truyền Luật Phòng, chống ma túy năm 2021, vận động.", "Luật||mention|Luật Phòng, chống ma túy năm 2021"},
		{"- Phổ biến Luật Đường bộ ngày 27/6/2024 đến người dân.", "Luật|2024-06-27|mention|Luật Đường bộ ngày 27/6/2024"},
		{"- Phổ biến Luật Kinh tế biển xanh cho ngư dân.", "Luật||mention|Luật Kinh tế biển xanh"},
		{"- Theo Bộ luật Lao động năm 2019 của Quốc hội.", "Luật||mention|Bộ luật Lao động năm 2019"},
		{"- Theo Luật sửa đổi, bổ sung một số điều của Luật Đê điều và Luật Thủy lợi ngày 17/6/2020, các xã rà soát.", "Luật|2020-06-17|mention|Luật sửa đổi, bổ sung một số điều của Luật Đê điều và Luật Thủy lợi ngày 17/6/2020"},
		{"- Theo Luật Khuyến khích nghề cá trong vùng biển, các tàu được hỗ trợ.", "Luật||mention|Luật Khuyến khích nghề cá trong vùng biển"},
		{"- Theo Pháp lệnh Thư viện ngày 28 tháng 12 năm 2000.", "PL|2000-12-28|mention|Pháp lệnh Thư viện ngày 28 tháng 12 năm 2000"},
		{"- Theo Luật tổ chức chính quyền địa phương, các xã rà soát.", "Luật||mention|Luật tổ chức chính quyền địa phương"},
	} {
		compareLines(t, test.line, cites(body(test.line)), []string{test.want})
	}
	compareLines(t, "two laws", cites(body("- Tuyên truyền Luật Bình đẳng giới, Luật Trẻ em năm 2016 và Luật Thanh niên.")), []string{
		"Luật||mention|Luật Bình đẳng giới", "Luật||mention|Luật Trẻ em năm 2016", "Luật||mention|Luật Thanh niên"})
}

func TestCitationList(t *testing.T) {
	for _, test := range []struct {
		line string
		want []string
	}{
		{"- Quán triệt các Nghị quyết số 12-NQ/TW, 19-NQ/TW ngày 25/10/2017 của Trung ương.", []string{
			"12-NQ/TW||mention|Nghị quyết số 12-NQ/TW", "19-NQ/TW|2017-10-25|mention|19-NQ/TW ngày 25/10/2017 của Trung ương"}},
		{"- Xem các văn bản số 1407/UBND-KT ngày 05/4/2023 và số 1446/UBND-KT ngày 07/4/2023.", []string{
			"1407/UBND-KT|2023-04-05|mention|văn bản số 1407/UBND-KT ngày 05/4/2023", "1446/UBND-KT|2023-04-07|mention|số 1446/UBND-KT ngày 07/4/2023"}},
		{"- Quy trình ban hành kèm theo Quyết định số 219/QĐ-BNN-TCTL ngày 11/6/2020 của Bộ Nông nghiệp và Phát triển nông thôn; hoàn thiện quy chế.", []string{
			"219/QĐ-BNN-TCTL|2020-06-11|mention|Quyết định số 219/QĐ-BNN-TCTL ngày 11/6/2020 của Bộ Nông nghiệp và Phát triển nông thôn"}},
	} {
		compareLines(t, test.line, cites(body(test.line)), test.want)
	}
}

func TestCitationBrokenLine(t *testing.T) {
	for _, test := range []struct{ first, second, want string }{
		{"- Theo Quyết định số 77/QĐ-", "UBND ngày 28/11/2022 của UBND tỉnh.", "77/QĐ-UBND|2022-11-28|mention|Quyết định số 77/QĐ- UBND ngày 28/11/2022 của UBND tỉnh"},
		{"- Theo Công văn số 3107/", "SYT-NVY ngày 2/3/2022.", "3107/SYT-NVY|2022-03-02|mention|Công văn số 3107/ SYT-NVY ngày 2/3/2022"},
		{"- Theo Kế hoạch số 98/KH-", "UBND của UBND tỉnh.", "98/KH-UBND||mention|Kế hoạch số 98/KH- UBND của UBND tỉnh"},
	} {
		got := cites(body(test.first, test.second))
		for i := range got {
			got[i] = strings.ReplaceAll(got[i], "\n", " ")
		}
		compareLines(t, test.first, got, []string{test.want})
	}
}

func TestCitationRelation(t *testing.T) {
	for _, test := range []struct{ line, want string }{
		{"- Sửa đổi, bổ sung một số điều của Quyết định số 15/2020/QĐ-UBND.", "amends"},
		{"- Tham mưu thay thế Quyết định số 15/2020/QĐ-UBND.", "replaces"},
		{"- Bãi bỏ Quyết định số 15/2020/QĐ-UBND.", "repeals"},
		{"- Hướng dẫn thi hành Nghị định số 15/2020/NĐ-CP.", "guides"},
		{"- Thực hiện Nghị định số 15/2020/NĐ-CP, thay thế bóng đèn cũ.", ""},
	} {
		p := body(test.line)
		if len(p.Citations) != 1 || p.Citations[0].Relation != test.want || p.Citations[0].Role != plan.Mention {
			t.Errorf("%s: %v, want the relation %q", test.line, cites(p), test.want)
		}
	}
}

func TestCitationMalformedDate(t *testing.T) {
	for _, date := range []string{"12/42012", "31/2/2022", "15/13/2022", "4/6/20"} {
		p := body("- Theo Quyết định số 9/QĐ-BXD ngày " + date + " của Bộ Xây dựng.")
		compareLines(t, date, cites(p), []string{"9/QĐ-BXD||mention|Quyết định số 9/QĐ-BXD ngày " + date + " của Bộ Xây dựng"})
		if !hasProblem(p, plan.MalformedDate) {
			t.Errorf("%s: no problem malformed_date", date)
		}
	}
}

func hasProblem(p *plan.Plan, code string) bool {
	for _, q := range p.Problems {
		if q.Code == code {
			return true
		}
	}
	return false
}

// opening parses a plan whose title and opening are given.
func opening(title string, lines ...string) []string {
	p := Parse(document("UBND TỈNH PHÚ THỌ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 77/KH-UBND\nPhú Thọ, ngày 05 tháng 02 năm 2023\nKẾ HOẠCH\n" + title + "\n" + strings.Join(lines, "\n") +
		"\nI. MỤC ĐÍCH\n- Nâng cao nhận thức theo Quyết định số 1/QĐ-BYT.\nII. TỔ CHỨC THỰC HIỆN\n- Các sở thực hiện."))
	var out []string
	for _, c := range p.Citations {
		name := c.Number
		if name == "" {
			name = c.Text
		}
		out = append(out, name+" "+c.Role)
	}
	return out[:max(len(out)-1, 0)]
}

func TestCitationRole(t *testing.T) {
	for _, test := range []struct {
		title string
		lines []string
		want  []string
	}{
		{"Phòng, chống bệnh dại năm 2023", []string{
			"Thực hiện Quyết định số 2151/QĐ-TTg ngày 21/12/2021 của Thủ tướng Chính phủ phê duyệt Chương trình quốc gia; Công văn số 88/BNN-TY ngày 6/1/2022, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:"},
			[]string{"2151/QĐ-TTg implements", "88/BNN-TY implements"}},
		{"Phòng, chống bệnh dại năm 2023", []string{
			"Căn cứ Luật Thú y ngày 19/6/2015;",
			"Căn cứ Nghị quyết số 12/NQ-HĐND ngày 8/12/2022 của HĐND tỉnh về dự toán ngân sách năm 2023;",
			"Căn cứ Kế hoạch số 40/KH-UBND ngày 3/3/2022 của UBND tỉnh về phòng, chống bệnh dại giai đoạn 2022 - 2030 trên địa bàn tỉnh Phú Thọ;",
			"Căn cứ Kế hoạch số 41/KH-UBND ngày 4/3/2022 của UBND tỉnh về phát triển kinh tế - xã hội năm 2023;",
			"Theo đề nghị của Sở Nông nghiệp tại Tờ trình số 9/TTr-SNN về phòng, chống bệnh dại,",
			"Ủy ban nhân dân tỉnh ban hành Kế hoạch phòng, chống bệnh dại như sau:"},
			[]string{"Luật Thú y ngày 19/6/2015 basis", "12/NQ-HĐND basis", "40/KH-UBND implements", "41/KH-UBND basis", "9/TTr-SNN basis"}},
		{"Triển khai học bạ số", []string{
			"Ủy ban nhân dân tỉnh ban hành Kế hoạch triển khai thực hiện Chỉ thị số 14/CT-TTg ngày 2/2/2022 của Thủ tướng Chính phủ như sau:"},
			[]string{"14/CT-TTg implements"}},
		{"Triển khai học bạ số", []string{
			"Thực hiện Kế hoạch số 98/KH-UBND ngày 14/6/2022 của UBND tỉnh thực hiện Nghị quyết số 19-2018/NQ-CP ngày 15/5/2018 của Chính phủ, Sở Giáo dục và Đào tạo xây dựng kế hoạch như sau:"},
			[]string{"98/KH-UBND implements", "19-2018/NQ-CP mention"}},
		{"Triển khai học bạ số", []string{
			"Thực hiện Nghị quyết số 3-NQ/TW ngày 7/1/2022 của Bộ Chính trị về giáo dục, Chương trình số 8-CTr/TU ngày 17/3/2022 của Tỉnh ủy thực hiện Nghị quyết số 3-NQ/TW, UBND tỉnh ban hành Kế hoạch như sau:"},
			[]string{"3-NQ/TW implements", "8-CTr/TU implements", "3-NQ/TW implements"}},
		{"Thực hiện Nghị quyết số 51/NQ-CP của Chính phủ", []string{
			"Căn cứ chức năng, nhiệm vụ được giao, UBND tỉnh ban hành Kế hoạch như sau:"},
			[]string{"51/NQ-CP implements"}},
		{"Triển khai học bạ số", []string{
			"Thực hiện Quyết định số 5/QĐ-TTg;", "Quyết định số 6/QĐ-BGDĐT ngày 3/4/2022 của Bộ Giáo dục và Đào tạo;", "Căn cứ Nghị định số 7/2020/NĐ-CP;",
			"UBND tỉnh ban hành Kế hoạch như sau:"},
			[]string{"5/QĐ-TTg implements", "6/QĐ-BGDĐT implements", "7/2020/NĐ-CP basis"}},
		{"Phòng, chống bệnh dại năm 2023", []string{
			"Căn cứ Quyết định số 2151/QĐ-TTg ngày 21/12/2021 của Thủ tướng Chính phủ phê duyệt Chương trình phòng, chống bệnh dại;",
			"Căn cứ Kết luận số 7-KL/TU ngày 1/2/2022 của Tỉnh ủy về xây dựng Đảng;", "UBND tỉnh ban hành Kế hoạch như sau:"},
			[]string{"2151/QĐ-TTg implements", "7-KL/TU basis"}},
		{"Phòng, chống bệnh dại năm 2023", []string{
			"Căn cứ Kết luận số 7-KL/TU ngày 1/2/2022 của Tỉnh ủy về công tác phòng, chống bệnh dại;",
			"Thực hiện Quyết định số 2151/QĐ-TTg ngày 21/12/2021 của Thủ tướng Chính phủ;", "UBND tỉnh ban hành Kế hoạch như sau:"},
			[]string{"7-KL/TU basis", "2151/QĐ-TTg implements"}},
		{"Bảo đảm cấp nước mùa khô năm 2023", []string{
			"Căn cứ Kế hoạch số 325/KH-UBND ngày 3/12/2022 của UBND tỉnh về khắc phục tình trạng thiếu nước mùa khô trên địa bàn tỉnh;",
			"UBND tỉnh ban hành Kế hoạch như sau:"},
			[]string{"325/KH-UBND implements"}},
	} {
		compareLines(t, test.lines[0], opening(test.title, test.lines...), test.want)
	}
}

func TestCitationFootnote(t *testing.T) {
	p := body("a) Các chính sách của tỉnh đã ban hành[1].", "b) Các nội dung khác.")
	q := Parse(document(p.Text + "\n[1] Quyết định số 43/QĐ-TTg ngày 12/4/2012 của Thủ tướng Chính phủ phê duyệt Chiến lược; Kế hoạch số 9/KH-UBND."))
	compareLines(t, "footnote", cites(q), []string{
		"43/QĐ-TTg|2012-04-12|footnote|Quyết định số 43/QĐ-TTg ngày 12/4/2012 của Thủ tướng Chính phủ", "9/KH-UBND||footnote|Kế hoạch số 9/KH-UBND"})
	if id, ok := q.Citations[0].Section.ID(); !ok || q.Sections[id].Label != "a" {
		t.Errorf("the footnote's citation belongs to %v, want the node that holds its mark", q.Citations[0].Section)
	}
}

func TestFootnoteMarks(t *testing.T) {
	s := newState(document("Đường cao tốc Bắc Nam1, diện tích 5 km2; hồ Phú Đô2 rộng 13 ha[3], CO2."))
	got := footnoteMarks(s)
	for mark, before := range map[string]string{"1": "Nam", "2": "Đô", "3": "ha["} {
		if at, ok := got[mark]; !ok || !strings.HasSuffix(s.plan.Text[:at], before) {
			t.Errorf("mark %s at %d, want it behind %q", mark, at, before)
		}
	}
	if len(got) != 3 {
		t.Errorf("marks %v, want three", got)
	}
}
