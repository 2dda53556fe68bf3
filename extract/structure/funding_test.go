package structure

import (
	"fmt"
	"strings"
	"testing"

	"kehoach/plan"
)

// money puts lines into the part on funding of a province's plan.
func moneyPart(lines ...string) *plan.Plan {
	return Parse(document("ỦY BAN NHÂN DÂN\nTỈNH PHÚ THỌ\nSố: 77/KH-UBND\nPhú Thọ, ngày 05 tháng 02 năm 2023\nKẾ HOẠCH\nPhát triển lâm nghiệp\nThực hiện chương trình công tác, UBND tỉnh ban hành Kế hoạch như sau:\nI. NỘI DUNG\n- Treo băng rôn.\nII. KINH PHÍ THỰC HIỆN\n" +
		strings.Join(lines, "\n") + "\nIII. TỔ CHỨC THỰC HIỆN\n1. Sở Tài chính\n- Tham mưu bố trí từ ngân sách tỉnh."))
}

func sourcesOf(p *plan.Plan) string { return strings.Join(p.Funding.Sources, " ") }

func TestFundingSources(t *testing.T) {
	for _, test := range []struct{ line, want string }{
		{"Kinh phí do ngân sách nhà nước bảo đảm theo phân cấp ngân sách hiện hành.", "state_budget"},
		{"- Từ nguồn ngân sách trung ương, ngân sách địa phương và các nguồn hợp pháp khác.", "central_budget provincial_budget other_legal"},
		{"Ngân sách tỉnh, huyện, xã theo phân cấp.", "provincial_budget district_budget commune_budget"},
		{"Ngân sách cấp huyện và cấp xã.", "district_budget commune_budget"},
		{"Từ ngân sách các huyện, thị xã, thành phố.", "district_budget"},
		{"Nguồn NSTW hỗ trợ và NSĐP đối ứng.", "central_budget provincial_budget"},
		{"- Nguồn vốn đầu tư công trung hạn; vốn sự nghiệp.", "state_budget"},
		{"Từ nguồn vốn Chương trình mục tiêu quốc gia giảm nghèo.", "state_budget"},
		{"- Huy động nguồn xã hội hóa.", "socialised"},
		{"- Tài trợ, ủng hộ của các tổ chức, cá nhân.", "socialised"},
		{"- Đóng góp của các doanh nghiệp và người dân.", "socialised enterprise"},
		{"- Vốn ODA và viện trợ của các tổ chức quốc tế.", "foreign"},
		{"- Các nguồn vốn khác.", "other_legal"},
		{"Ngân sách tỉnh 20 tỷ đồng; còn lại huy động doanh nghiệp và cộng đồng.", "provincial_budget enterprise socialised"},
		{"Phần còn lại do doanh nghiệp viễn thông đầu tư.", "enterprise"},
		{"- Vốn vay ADB.", "foreign"},
		{"Cấp huyện, cấp xã chi từ ngân sách cùng cấp.", "district_budget commune_budget"},
		{"Các đơn vị bố trí trong dự toán được giao hằng năm.", "unit_estimate"},
		{"Bố trí trong dự toán chi hằng năm của các cơ quan, đơn vị.", "unit_estimate"},
		{"Sử dụng kinh phí chi thường xuyên của đơn vị và nguồn thu được để lại.", "unit_estimate"},
		{"Từ nguồn kinh phí đã giao tại Quyết định số 12/QĐ-UBND ngày 5/12/2022.", "unit_estimate"},
		{"Nguồn ngân sách nhà nước được bố trí trong dự toán chi thường xuyên hằng năm theo phân cấp ngân sách nhà nước.", "state_budget"},
	} {
		if got := sourcesOf(moneyPart(test.line)); got != test.want {
			t.Errorf("%s: %q, want %q", test.line, got, test.want)
		}
	}
}

func TestFundingNone(t *testing.T) {
	for _, line := range []string{
		"Thực hiện theo quy định của Luật Ngân sách nhà nước và phân cấp quản lý ngân sách nhà nước.",
		"Hằng năm, các đơn vị lập dự toán gửi cơ quan tài chính cùng cấp thẩm định, trình cấp có thẩm quyền phê duyệt.",
		"Các đơn vị xây dựng dự toán, tổng hợp vào dự toán của đơn vị gửi Sở Tài chính thẩm định.",
		"Hỗ trợ các doanh nghiệp nhỏ tiếp cận thông tin.",
		"Kinh phí thực hiện nhiệm vụ được giao theo chức năng.",
	} {
		if got := sourcesOf(moneyPart(line)); got != "" {
			t.Errorf("%s: %q, want none", line, got)
		}
	}
}

func TestFundingPlace(t *testing.T) {
	for _, test := range []struct{ line, want string }{
		{"- Kinh phí: Ngân sách tỉnh và các nguồn hợp pháp khác.", "provincial_budget other_legal"},
		{"Nguồn kinh phí thực hiện: xã hội hóa.", "socialised"},
		{"- Dự toán kinh phí: do ngân sách xã chi trả.", "commune_budget"},
		{"- Tham mưu bố trí kinh phí từ ngân sách tỉnh.", ""},
		{"1. Xây dựng các tuyến đường bằng nguồn vốn đầu tư công:\n- Rà soát.", "state_budget"},
	} {
		if got := sourcesOf(body(strings.Split(test.line, "\n")...)); got != test.want {
			t.Errorf("%s: %q, want %q", test.line, got, test.want)
		}
	}
	p := body("- Kinh phí: nguồn xã hội hóa và ngân sách tỉnh.")
	if got := fmt.Sprint(p.Quote(p.Funding.SourceSpans[0]), "|", p.Quote(p.Funding.SourceSpans[1])); got != "xã hội hóa|ngân sách tỉnh" {
		t.Errorf("spans of the sources quote %q", got)
	}
}

func TestFundingAmounts(t *testing.T) {
	for _, test := range []struct{ line, want string }{
		{"Tổng kinh phí: 280.000.000 đồng.", "280000000 « 280.000.000 đồng"},
		{"Tổng kinh phí là 1.250,5 tỷ đồng, trong đó ngân sách 800 tỷ đồng.", "1250500000000 « 1.250,5 tỷ đồng; 800000000000 « 800 tỷ đồng"},
		{"Mức hỗ trợ 200 triệu đồng/dự án.", "200000000 « 200 triệu đồng/dự án"},
		{"Dự kiến 5 tỷ 200 triệu đồng.", "5200000000 « 5 tỷ 200 triệu đồng"},
		{"Hỗ trợ từ 50 - 100 triệu đồng cho mỗi mô hình.", "100000000 « 50 - 100 triệu đồng"},
		{"Chi 1.500.000đ/người; 30 000 000 VNĐ/lớp.", "1500000 « 1.500.000đ/người; 30000000 « 30 000 000 VNĐ/lớp"},
		{"Nhu cầu vốn khoảng 12 tỷ.", "12000000000 « 12 tỷ"},
		{"Khoảng 1,4 triệu tấn, 3,35 tỷ USD, năm 2004 tỷ lệ giảm.", ""},
		{"Căn cứ Quyết định số 30/2020/QĐ-UBND, 05 hợp đồng lao động, 12 hội đồng.", ""},
	} {
		if got := sums(moneyPart(test.line)); got != test.want {
			t.Errorf("%s: %q, want %q", test.line, got, test.want)
		}
	}
	if got := sums(body("- Hỗ trợ 20 triệu đồng/mô hình.", "- Doanh thu đạt 500 tỷ đồng.", "- Có 30 cộng đồng.")); got != "20000000 « 20 triệu đồng/mô hình" {
		t.Errorf("in a part on content: %q", got)
	}
}

func sums(p *plan.Plan) string {
	var out []string
	for _, a := range p.Funding.Amounts {
		if p.Quote(a.Span) != a.Text {
			out = append(out, "span of "+a.Text)
		}
		out = append(out, fmt.Sprintf("%d « %s", a.VND, a.Text))
	}
	return strings.Join(out, "; ")
}

func TestFundingTable(t *testing.T) {
	p := moneyPart("TT | Nội dung | Kinh phí (triệu đồng) | Nguồn kinh phí", "1 | Tập huấn | 1.250,5 | Ngân sách tỉnh", "2 | In tài liệu năm 2023 | 80 | Xã hội hóa", "Tổng cộng | | 1.330,5 |")
	if got := sums(p) + " / " + sourcesOf(p); got != "1250500000 « 1.250,5; 80000000 « 80; 1330500000 « 1.330,5 / provincial_budget socialised" {
		t.Errorf("table: %q", got)
	}
	p = moneyPart("1. Nhu cầu (triệu đồng):", "STT | Nội dung chi | 2023 - 2025 | 2026 - 2030 | Nguồn", "1 | Đường ống | 128.640 | 97.200 | Ngân sách tỉnh, doanh nghiệp cấp nước")
	if got := sums(p) + " / " + sourcesOf(p); got != "128640000000 « 128.640; 97200000000 « 97.200 / provincial_budget enterprise" {
		t.Errorf("table by years: %q", got)
	}
	p = body("Đơn vị tính: nghìn đồng", "STT | Nhiệm vụ | Thành tiền", "1 | Mua giống | 45.000", "2 | Tập huấn | 6.500")
	if got := sums(p); got != "45000000 « 45.000; 6500000 « 6.500" {
		t.Errorf("table with its unit above: %q", got)
	}
}
