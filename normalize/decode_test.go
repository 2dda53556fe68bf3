package normalize

import (
	"math/rand/v2"
	"strings"
	"testing"
)

func TestDecode(t *testing.T) {
	tests := []struct {
		name, in, want string
		enc            Encoding
	}{
		{"UTF-8", "Kế hoạch", "Kế hoạch", UTF8},
		{"UTF-8 with a mark", "\xEF\xBB\xBFKế hoạch", "Kế hoạch", UTF8},
		{"ASCII", "Ke hoach", "Ke hoach", UTF8},
		{"empty", "", "", UTF8},
		{"UTF-16, little", "\xFF\xFEK\x00\xBF\x1E", "Kế", UTF16LE},
		{"UTF-16, big", "\xFE\xFF\x00K\x1E\xBF", "Kế", UTF16BE},
		{"UTF-16 without a mark", "K\x00\xBF\x1E \x00h\x00o\x00\xA1\x1Ec\x00h\x00", "Kế hoạch", UTF16LE},
		{"UTF-16 with an odd byte", "\xFF\xFEK\x00\xBF", "K\uFFFD", UTF16LE},
		{"UTF-16 with half a pair", "\xFF\xFE\x00\xD8K\x00", "\uFFFDK", UTF16LE},
		{"UTF-8, cut", "Kế hoạch triển khai đề án\xE1\xBA", "Kế hoạch triển khai đề án\uFFFD", UTF8},
		{"TCVN3", "K\xD5 ho\xB9ch n\xA8m 2024 c\xF1a tØnh", "", TCVN3},
		{"TCVN3 kept in UTF-8", "Céng hoµ x· héi chñ nghÜa ViÖt Nam", "Cộng hoà xã hội chủ nghĩa Việt Nam", TCVN3},
		{"one line of another encoding", "Kế hoạch của tỉnh năm nay, bản in lại\nKáº¿ hoáº¡ch\n", "Kế hoạch của tỉnh năm nay, bản in lại\nKế hoạch\n", UTF8},
		{"Western", "caf\xE9 \x93\xE9l\xE8ve\x94", "café “élève”", Windows1252},
	}
	for _, test := range tests {
		in := test.in
		if test.enc == TCVN3 && test.want == "" {
			in, test.want = string(encode(TCVN3, "Kế hoạch năm 2024 của tỉnh")), "Kế hoạch năm 2024 của tỉnh"
		}
		got, enc := Decode([]byte(in), "")
		if got != test.want || enc != test.enc {
			t.Errorf("%s: %q, %s; want %q, %s", test.name, got, enc, test.want, test.enc)
		}
	}
}

// TestDecodeRoundTrip writes prose in every encoding and reads it back.
func TestDecodeRoundTrip(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	for _, enc := range []Encoding{TCVN3, VNI, VISCII, Windows1258} {
		for range 50 {
			text := strings.TrimSpace(prose(r, 400))
			got, found := Decode(encode(enc, text), "")
			if found != enc {
				t.Errorf("%s is taken for %s", enc, found)
			}
			if enc == TCVN3 { // it has no toned capitals
				got, text = strings.ToLower(got), strings.ToLower(text)
			}
			if Text(got) != text {
				t.Errorf("%s:\n got %q\nwant %q", enc, Text(got), text)
			}
		}
	}
}

// TestLetterTables checks that each letter of each table decodes to itself.
func TestLetterTables(t *testing.T) {
	for _, row := range letterRows() {
		for col, enc := range []Encoding{TCVN3, VNI, VISCII, Windows1258} {
			c := codecOf(enc)
			var in []rune
			for _, b := range mustHex(row[col+1]) {
				in = append(in, rune(b))
			}
			got := string(c.appendDecoded(nil, string(in), nil))
			if got != row[0] && !(enc == TCVN3 && got == strings.ToLower(row[0])) {
				t.Errorf("%s of %s decodes to %q", row[0], enc, got)
			}
		}
		if got := string(appendVIQR(nil, row[5]+"n", nil)); got != row[0]+"n" {
			t.Errorf("%s of VIQR decodes to %q", row[0], got)
		}
	}
}

func TestHints(t *testing.T) {
	tests := []struct{ text, hint, want string }{
		{"Sè liÖu", ".VnTime", "Số liệu"},
		{"Số liệu", ".VnTime", "Số liệu"},
		{"Soá lieäu", "VNI-Times", "Số liệu"},
		{"Báo cáo", "VNI-Times", "Báo cáo"},
	}
	for _, test := range tests {
		enc := Detect(test.text, test.hint)
		if got := string(appendAs(nil, test.text, enc, false, nil)); got != test.want {
			t.Errorf("%q in %s: %q (%s), want %q", test.text, test.hint, got, enc, test.want)
		}
	}
}
