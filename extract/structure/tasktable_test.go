package structure

import (
	"math/rand/v2"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"kehoach/plan"
)

// TestColumnsInAnyOrder shuffles the columns of every golden with a table: the rows stay, only their spans move.
func TestColumnsInAnyOrder(t *testing.T) {
	files, _ := filepath.Glob("testdata/rows-table-*.txt")
	if len(files) < 5 {
		t.Fatalf("%d goldens with tables", len(files))
	}
	for _, file := range files {
		if strings.Contains(file, "two-heads") || strings.Contains(file, "body-first") || strings.Contains(file, "groups") {
			continue // a head over two columns, and a title in the first column, hang on the order
		}
		ar, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		input := string(ar.Files[0].Data)
		want := bag(Parse(document(input)))
		if len(want) == 0 {
			t.Fatalf("%s: no rows", file)
		}
		for seed := range uint64(10) {
			if got := bag(Parse(document(permuted(input, rand.New(rand.NewPCG(seed, 1)))))); !slices.Equal(got, want) {
				t.Errorf("%s, seed %d: got\n%s\nwant\n%s", file, seed, strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		}
	}
}

// permuted puts the columns of every table of a text into another order, the same for all tables of one width.
func permuted(text string, rng *rand.Rand) string {
	order := map[int][]int{}
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		cells := strings.Split(l, "|")
		n := len(cells)
		if n < 2 {
			continue
		}
		if order[n] == nil {
			order[n] = rng.Perm(n)
		}
		out := make([]string, n)
		for k, c := range order[n] {
			out[k] = strings.TrimSpace(cells[c])
		}
		lines[i] = " " + strings.Join(out, " | ") + " "
	}
	return strings.Join(lines, "\n")
}

// bag are the rows of a plan without their order and their spans.
func bag(p *plan.Plan) []string {
	rows := strings.Split(strings.TrimSpace(dumpRows(p)), "\n")
	sort.Strings(rows)
	return rows
}

// TestColumnHeads gives the field of heads as documents print them.
func TestColumnHeads(t *testing.T) {
	for _, c := range []struct {
		field field
		heads string
	}{
		{leadField, "Cơ quan chủ trì|Đơn vị chủ trì|CQ chủ trì|Chủ trì|Cơ quan, đơn vị chủ trì thực hiện|Đơn vị chủ trì tham mưu|Cơ quan chủ trì soạn thảo|Đơn vị thực hiện|Cơ quan thực hiện|Đơn vị đầu mối|Cơ quan chịu trách nhiệm|Phòng phụ trách|Chủ đầu tư|Phân công thực hiện|Cơ quan chủ trì/phối hợp|Đơn vị được giao thực hiện|Sở, ngành thực hiện"},
		{supportField, "Cơ quan phối hợp|Đơn vị phối hợp|CQ phối hợp|Phối hợp|Các đơn vị phối hợp thực hiện|Đơn vị tham gia|Cơ quan, tổ chức phối hợp"},
		{timeField, "Thời gian|Thời gian thực hiện|Thời hạn hoàn thành|Tiến độ|Tiến độ hoàn thành|Lộ trình|Lộ trình thực hiện|Thời gian bắt đầu - kết thúc|Thời gian trình|Hoàn thành trước|Hạn hoàn thành|Thời điểm báo cáo|Mốc thời gian|Dự kiến thời gian hoàn thành"},
		{outputField, "Sản phẩm|Kết quả|Sản phẩm/Kết quả|Sản phẩm đầu ra|Kết quả dự kiến|Sản phẩm, kết quả cần đạt|Yêu cầu kết quả|Đầu ra"},
		{moneyField, "Kinh phí|Kinh phí thực hiện|Dự toán|Nguồn kinh phí|Kinh phí dự kiến|Nguồn vốn|Tổng kinh phí|Dự kiến kinh phí|Thành tiền"},
		{taskField, "Nhiệm vụ|Nội dung|Nội dung công việc|Tên nhiệm vụ|Hoạt động|Nhiệm vụ, giải pháp|Công việc|Tên đề án, nhiệm vụ|Nội dung nhiệm vụ|Nội dung hoạt động|Hạng mục|Tên văn bản|Nội dung công việc cần triển khai|Các nhiệm vụ cụ thể|Danh mục nhiệm vụ|Tên đề án"},
		{ordinalField, "TT|STT|Số TT|Số thứ tự"},
		{otherField, "Ghi chú|Địa điểm|Đối tượng|Lãnh đạo phụ trách|Người phụ trách|Lãnh đạo UBND tỉnh chỉ đạo|Số lượng|Quy mô|Cấp trình|Bắt đầu|Thời gian bắt đầu"},
		{noField, "Họ và tên|Chức vụ|Năm 2025|Tên xã|Mã số|Dân số|Diện tích"},
	} {
		for head := range strings.SplitSeq(c.heads, "|") {
			if got := fieldOf(foldOf(head)); got != c.field {
				t.Errorf("%q is %q, want %q", head, got, c.field)
			}
		}
	}
}
