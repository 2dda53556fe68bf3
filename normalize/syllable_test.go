package normalize

import (
	"math/rand/v2"
	"strings"
	"testing"
)

func TestValid(t *testing.T) {
	for _, s := range strings.Fields("nghiêng nghiệp quốc quý quyết quýt gì gìn giếng giết già giữ giặt khuỷu ngoằn khúc huých xoong yêu yết ý ở ấy uy khuya thuở quỳnh quạch soát NGHIỆP Ủy") {
		if !Valid(s) {
			t.Errorf("Valid(%s) = false", s)
		}
	}
	for _, s := range strings.Fields("nghành kác cế gê ngiệp hoach viet hoàch ừc xyz zô fa wa qa q gh ng tt UBND 12 a1 hoà2 ếế hoá́ phát-triển nghiêngg") {
		if Valid(s) {
			t.Errorf("Valid(%s) = true", s)
		}
	}
	if Valid("") {
		t.Error(`Valid("") = true`)
	}
}

func TestValidShare(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	if got := ValidShare(prose(r, 4000)); got < 0.99 {
		t.Errorf("prose: %.3f", got)
	}
	tests := []struct {
		name, in  string
		low, high float64
	}{
		{"no words", "12 / 34", 1, 1},
		{"abbreviations are left out", "UBND HDND a b) kế hoạch", 1, 1},
		{"garbled", "Céng hoµ x· héi chñ nghÜa ViÖt Nam", 0, 0.3},
		{"lost letters", "phát trin kinh t quc gia", 0.2, 0.85},
		{"English", "the quick brown fox jumps over lazy dogs", 0, 0.4},
	}
	for _, test := range tests {
		if got := ValidShare(test.in); got < test.low || got > test.high {
			t.Errorf("%s: %.3f, want %.2f to %.2f", test.name, got, test.low, test.high)
		}
	}
}
