package authority

import (
	"fmt"
	"strings"
	"testing"
)

// TestScan splits names into words; each is shown with its key, its letters and its capitals.
func TestScan(t *testing.T) {
	tests := []struct{ in, want string }{
		{"Sở TT&TT", "sơ3/2/1 tt/2/2 /0/0 tt/2/2"},
		{"Phòng PA05, K15b", "phong2/5/1 pa05/4/2 k15b/4/1"},
		{"Văn hoá và Thể thao", "văn/3/1 hoa1/3/0 /2/0 thê3/3/1 thao/4/0"},
		{"VĂN HO\u0300A", "văn/3/3 hoa2/3/3"}, // decomposed
		{"Công ty FPT", "công/4/1 ty/2/0 fpt/3/3"},
		{"Zalo – Đài", "zalo/4/1 đai2/3/1"},
		{"…", ""},
	}
	for _, test := range tests {
		n := scanned(test.in)
		var words []string
		for i, w := range n.words {
			words = append(words, fmt.Sprintf("%s/%d/%d", n.key(i, i+1), w.runes, w.upper))
		}
		n.free()
		if got := strings.Join(words, " "); got != test.want {
			t.Errorf("the words of %q are %s, want %s", test.in, got, test.want)
		}
	}
}

// TestUnknownByAnySpelling: an unknown body has one id, written out or abbreviated.
func TestUnknownByAnySpelling(t *testing.T) {
	for _, pair := range [][2]string{
		{"Cty Vận tải Sao Mai", "Công ty Vận tải Sao Mai"},
		{"Nhà hát TP. Tam Kỳ", "Nhà hát Thành phố Tam Kỳ"},
		{"NHÀ HÁT SÔNG HÀN", "Nhà hát sông Hàn"},
	} {
		a, b := Resolve(pair[0], "2021", ""), Resolve(pair[1], "2021", "")
		if a.ID != b.ID || a.Status != Unknown {
			t.Errorf("%q is %s (%s), %q is %s", pair[0], a.ID, a.Status, pair[1], b.ID)
		}
	}
}
