package ocr

import (
	"slices"
	"testing"
)

// TestReadOffices holds what rows under a seal say, by what recognition makes of them.
func TestReadOffices(t *testing.T) {
	for _, test := range []struct {
		rows [][]string
		want []string
	}{
		{[][]string{{"KT. BỘ TRƯỞNG, CHỦ NHIỆM"}, {"PHONHỦNHIỆM ˆ", ".Z45PHPXNHỦ NHIỆM", "_4öPHˆJ*⁄HỦ NHIỆM"}}, []string{"KT. BỘ TRƯỞNG, CHỦ NHIỆM", "PHÓ CHỦ NHIỆM"}},
		{[][]string{{"ZẺỖQIHỦTƯỚNG -", "NẸTHÙTƯỚNG"}, {"/ố6 HH ỒNGÚTƯỚNG", "PI2NỦ LẺ TƯỜNG"}}, []string{"KT. THỦ TƯỚNG", "PHÓ THỦ TƯỚNG"}},
		{[][]string{{"/Z6— ŠồHỦ TƯỚNG", "6S HỦ TƯỚNG"}}, []string{"THỦ TƯỚNG"}},
		{[][]string{{"KT, BỘ TRƯỞNG"}, {"ZZ⁄6IHDNRƯỚNG ^^", "x#HU há TRƯỜNG"}}, []string{"KT. BỘ TRƯỞNG", "THỨ TRƯỞNG"}},
	} {
		if got := decideOffices(test.rows, func(int, string) float64 { return 0 }); !slices.Equal(got, test.want) {
			t.Errorf("%q are %q, want %q", test.rows, got, test.want)
			for _, r := range test.rows {
				t.Log(guesses(r)[:6])
			}
		}
	}
}

// TestReadOfficesRules holds what the forms of signing forbid: nobody signs for himself, "KT." leaves only a deputy of
// that head, rows have one middle, and what no office fits stays unread.
func TestReadOfficesRules(t *testing.T) {
	even := func(int, string) float64 { return 0 }
	for _, test := range []struct {
		rows   [][]string
		middle func(int, string) float64
		want   []string
	}{
		{[][]string{{"KT. CHỦ TỊCH"}, {"Q⁄#%HỦ TỊCH"}}, even, []string{"KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"}},
		{[][]string{{"TL. GIÁM ĐỐC"}, {"ⱠƯỞNG PHÒNG"}}, even, []string{"TL. GIÁM ĐỐC", "TRƯỞNG PHÒNG"}},
		{[][]string{{"TM. ỦY BAN NHÂN DẦN"}, {"CHỦ TỊ€H"}}, even, []string{"TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"}},
		{[][]string{{"K.. GIÁM ĐỐC", "kK GIÁM ĐỐC"}, {"#%GIÁM ĐỐC", "PH| GIÁM ĐỐC"}}, func(_ int, s string) float64 { return float64(len([]rune(s))) / 3 }, []string{"KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"}},
		{[][]string{{"TRUNG TÂM Y TẾ"}}, even, []string{""}},
		{[][]string{{"x5"}, {"", "|"}}, even, []string{"", ""}},
	} {
		if got := decideOffices(test.rows, test.middle); !slices.Equal(got, test.want) {
			t.Errorf("%q are %q, want %q", test.rows, got, test.want)
		}
	}
}
