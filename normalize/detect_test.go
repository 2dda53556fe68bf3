package normalize

import (
	"math/rand/v2"
	"testing"
)

func TestDetectionRates(t *testing.T) {
	want := map[int]map[Encoding]float64{
		80: {TCVN3: 0.995, VNI: 0.999, Windows1258: 0.99, VISCII: 0.96},
		20: {TCVN3: 0.92, VNI: 0.98, Windows1258: 0.92, VISCII: 0.65},
	}
	const runs = 10000
	for _, size := range []int{20, 40, 80} {
		for _, enc := range []Encoding{TCVN3, VNI, Windows1258, VISCII} {
			r := rand.New(rand.NewPCG(1, uint64(size)))
			hit := 0
			wrong := map[Encoding]int{}
			for range runs {
				text := slice(r, size)
				if got := Detect(western(encode(enc, text)), ""); got == enc {
					hit++
				} else {
					wrong[got]++
					if wrong[got] < 4 && testing.Verbose() {
						t.Logf("%q -> %v %q", text, got, Text(western(encode(enc, text))))
					}
				}
			}
			share := float64(hit) / runs
			t.Logf("%d %s %.4f %v", size, enc, share, wrong)
			if share < want[size][enc] {
				t.Errorf("%s of %d characters: %.4f detected, want %.4f", enc, size, share, want[size][enc])
			}
		}
	}
}

func TestUnicodeStays(t *testing.T) {
	for _, test := range []struct{ size, max int }{{20, 50}, {40, 0}, {80, 0}} {
		r := rand.New(rand.NewPCG(2, uint64(test.size)))
		converted := 0
		for range 10000 {
			text := slice(r, test.size)
			if got := Detect(text, ""); got != Unicode {
				converted++
				if testing.Verbose() {
					t.Logf("%q %v", text, got)
				}
			}
		}
		t.Logf("%d characters: %d of 10000 converted", test.size, converted)
		if converted > test.max {
			t.Errorf("%d of 10,000 Unicode texts of %d characters converted, want at most %d", converted, test.size, test.max)
		}
	}
}

// TestLikeliest: the encoding of a text is the first to be tried, which is what makes detection quick.
func TestLikeliest(t *testing.T) {
	for _, enc := range []Encoding{TCVN3, VNI, Windows1258, VISCII} {
		r := rand.New(rand.NewPCG(3, 3))
		first := 0
		for range 1000 {
			if likeliest(western(encode(enc, slice(r, 200))))[0].name == enc {
				first++
			}
		}
		if first < 950 {
			t.Errorf("%s is the first of %d in 1000 texts, want 950", enc, first)
		}
	}
	if got := likeliest(""); got != codecs {
		t.Error("a text that says nothing is tried in another order than that of the list")
	}
}

func TestUnitKinds(t *testing.T) {
	tests := []struct {
		in   string
		want unitKind
	}{
		{"", bareUnit}, {"Ke hoach 2024", bareUnit}, {"“Ke hoach” – 2024…", bareUnit}, {"a\tb\n", bareUnit},
		{"Kế hoạch", proofUnit}, {"đ", proofUnit}, {"Ƨ ƣ ư", proofUnit}, {"vµ c¸c đơn vị", proofUnit}, {"á à ơ", proofUnit},
		{"Báo cáo", readsUnit}, {"Hà Nam, Hà Tây", readsUnit}, {"120m²", readsUnit}, {"ke\u200B hoach", readsUnit},
		{"x· héi", oddUnit}, {"hoäi", oddUnit}, {"Káº¿ hoáº¡ch", oddUnit}, {"\u0081", oddUnit}, {"\xFF", oddUnit},
	}
	for _, test := range tests {
		if got := kindOf(test.in); got != test.want {
			t.Errorf("%q is of kind %d, want %d", test.in, got, test.want)
		}
	}
}
