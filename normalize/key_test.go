package normalize

import (
	"math/rand/v2"
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

// TestAppendKeyAt compares the quick way with AppendKey over prose, and leaves the rest to it.
func TestAppendKeyAt(t *testing.T) {
	tests := []struct {
		in                   string
		key                  string
		end, runes, capitals int
	}{
		{"Đường đi", "đương2", 9, 5, 1}, {"UBND,", "ubnd", 4, 4, 4}, {"hoà–", "hoa2", 4, 3, 0}, {"ab1", "ab", 2, 2, 0}, {"Hà\u00A0", "ha2", 3, 2, 1},
		{" a", "", 0, 0, 0}, {"", "", 0, 0, 0}, {"web", "", 0, 0, 0}, {"hoa\u0300", "", 0, 0, 0}, {"ке", "", 0, 0, 0}, {"háháh", "", 0, 0, 0},
		{"aaaaaaaaaaaa", "aaaaaaaaaaaa", 12, 12, 0}, {"aaaaaaaaaaaaa", "", 0, 0, 0}, {"a\xff", "", 0, 0, 0},
	}
	for _, test := range tests {
		key, end, runes, capitals := AppendKeyAt(nil, test.in, 0)
		if string(key) != test.key || end != test.end || runes != test.runes || capitals != test.capitals {
			t.Errorf("AppendKeyAt(%q) = %q, %d, %d, %d; want %q, %d, %d, %d", test.in, key, end, runes, capitals, test.key, test.end, test.runes, test.capitals)
		}
	}
	text := prose(rand.New(rand.NewPCG(9, 9)), 20000)
	words := 0
	for w := range Words(text) {
		if key, end, _, _ := AppendKeyAt(nil, text, w.Start); end > w.Start {
			words++
			if want := string(AppendKey(nil, text[w.Start:end])); string(key) != want || Key(text[w.Start:end]) != want {
				t.Errorf("the key of %q is %q at its place, %q by itself", text[w.Start:end], key, want)
			}
		}
	}
	if words < 3000 {
		t.Errorf("%d words of prose have a key at their place, want nearly all", words)
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
