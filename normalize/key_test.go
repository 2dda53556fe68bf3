package normalize

import (
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func TestKey(t *testing.T) {
	tests := []struct{ in, want string }{
		{"hòa", "hoa2"}, {"hoà", "hoa2"}, {"HOÀ", "hoa2"}, {"Đường", "đương2"}, {"năm", "năm"}, {"NAM", "nam"}, {"hoạch", "hoach5"}, {"hoach", "hoach"},
		{"UBND", "ubnd"}, {"café", "café"}, {"2024", "2024"}, {"KH-UBND", "kh-ubnd"}, {"ĐH15", "đh15"}, {"", ""}, {"hoà", "hoa2"}, {"ке", "ке"}, {"Quỳnh", "quynh2"}, {"giếng", "giêng1"}, {"gìn", "gin2"}, {"SỞ", "sơ3"},
	}
	for _, test := range tests {
		if got := Key(test.in); got != test.want {
			t.Errorf("Key(%q) = %q, want %q", test.in, got, test.want)
		}
	}
	decomposed := norm.NFD.String("nguyễn")
	if got := Key(decomposed); got != "nguyên4" {
		t.Errorf("Key of decomposed nguyễn = %q", got)
	}
}

func TestKeys(t *testing.T) {
	tests := []struct{ in, want string }{
		{"Sở Văn hóa, Thể thao và Du lịch", "sơ3 văn hoa1 thê3 thao va2 du lich5"},
		{"SỞ VĂN HOÁ - THỂ THAO VÀ DU LỊCH", "sơ3 văn hoa1 thê3 thao va2 du lich5"},
		{"  115 /KH-UBND. ", "115 kh ubnd"}, {"QH13 khóa 2", "qh13 khoa1 2"}, {"", ""}, {"…", ""},
	}
	for _, test := range tests {
		if got := Keys(test.in); got != test.want {
			t.Errorf("Keys(%q) = %q, want %q", test.in, got, test.want)
		}
	}
}

func TestFold(t *testing.T) {
	tests := []struct{ in, want string }{
		{"Đà Nẵng", "da nang"}, {"ỦY BAN", "uy ban"}, {"Kế hoạch 2024", "ke hoach 2024"}, {"ascii", "ascii"}, {"Ðiều", "dieu"}, {"nƣớc", "nuoc"},
		{"São Zoë ŠŽ", "sao zoe sz"}, {"Қазақ ΑΆ", "қазақ αά"}, {"", ""}, {"한", "한"}, {"a\xffb", "a\uFFFDb"},
	}
	for _, test := range tests {
		if got := Fold(test.in); got != test.want {
			t.Errorf("Fold(%q) = %q, want %q", test.in, got, test.want)
		}
	}
}

func TestFoldGoesRuneForRune(t *testing.T) {
	for r := rune(0); r <= 0x2FFFF; r++ {
		if !utf8.ValidRune(r) {
			continue
		}
		s := norm.NFC.String(string(r))
		if got := Fold(s); utf8.RuneCountInString(got) != utf8.RuneCountInString(s) {
			t.Errorf("Fold(%q) = %q has another number of runes", s, got)
		}
		if f := FoldRune(r); FoldRune(f) != f {
			t.Errorf("FoldRune(%U) = %U, then %U", r, f, FoldRune(f))
		}
	}
	for _, row := range letterRows() {
		if got := Fold(row[0]); len(got) != 1 || got[0] < 'a' || got[0] > 'z' {
			t.Errorf("Fold(%s) = %q, want an ASCII letter", row[0], got)
		}
	}
}
