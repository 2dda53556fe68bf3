package normalize

import (
	"strings"
	"testing"

	"kehoach/plan"
)

func quotes(s string, spans []plan.Span) string {
	var list []string
	for _, p := range spans {
		list = append(list, s[p.Start:p.End])
	}
	return strings.Join(list, "|")
}

func TestSentences(t *testing.T) {
	tests := []struct{ in, want string }{
		{"Một câu. Hai câu! Ba câu? Bốn…", "Một câu.|Hai câu!|Ba câu?|Bốn…"},
		{"1. Mục đích. Nâng cao.", "1. Mục đích.|Nâng cao."},
		{"II. NỘI DUNG", "II. NỘI DUNG"},
		{"a. Một việc", "a. Một việc"},
		{"Kinh phí 1.250.000 đồng. Hết.", "Kinh phí 1.250.000 đồng.|Hết."},
		{"tại TP. Hồ Chí Minh do ThS. Nguyễn A. Bình ký. Xong", "tại TP. Hồ Chí Minh do ThS. Nguyễn A. Bình ký.|Xong"},
		{"gồm sách, báo v.v. và tạp chí. Các", "gồm sách, báo v.v. và tạp chí.|Các"},
		{"nghiêm túc thực hiện./. Nơi nhận", "nghiêm túc thực hiện./.|Nơi nhận"},
		{"dòng một\ndòng hai", "dòng một|dòng hai"},
		{"(như: điện, mạng,...) sau đó. Rồi", "(như: điện, mạng,...) sau đó.|Rồi"},
		{"", ""},
	}
	for _, test := range tests {
		if got := quotes(test.in, Sentences(test.in)); got != test.want {
			t.Errorf("Sentences(%q) = %s, want %s", test.in, got, test.want)
		}
	}
}

func TestClauses(t *testing.T) {
	tests := []struct{ in, want string }{
		{"Phòng, chống thiên tai; bảo vệ môi trường", "Phòng|chống thiên tai|bảo vệ môi trường"},
		{"1.250,5 tỷ đồng (dự kiến): năm 2024", "1.250,5 tỷ đồng|dự kiến|năm 2024"},
		{"kinh tế - xã hội, KT-XH", "kinh tế|xã hội|KT-XH"},
		{"- Sở Tài chính | “Đề án”", "Sở Tài chính|Đề án"},
	}
	for _, test := range tests {
		if got := quotes(test.in, Clauses(test.in)); got != test.want {
			t.Errorf("Clauses(%q) = %s, want %s", test.in, got, test.want)
		}
	}
}

func TestBigrams(t *testing.T) {
	s := "Kế hoạch năm 2024, hoà bình"
	var keys, spans []string
	for span, key := range Bigrams(s, Key) {
		keys, spans = append(keys, key), append(spans, s[span.Start:span.End])
	}
	if got, want := strings.Join(keys, "|"), "kê1 hoach5|hoach5 năm|năm 2024|hoa2 binh2"; got != want {
		t.Errorf("keys %s, want %s", got, want)
	}
	if got, want := strings.Join(spans, "|"), "Kế hoạch|hoạch năm|năm 2024|hoà bình"; got != want {
		t.Errorf("spans %s, want %s", got, want)
	}
	for _, key := range Bigrams("một", Fold) {
		t.Errorf("one word gives %q", key)
	}
}
