package pdf

import (
	"strings"
	"testing"
)

// TestCMap reads ToUnicode maps: ranges count up over all bytes of the target, arrays, pairs of surrogates, and what
// careless programs write.
func TestCMap(t *testing.T) {
	m := parseCMap([]byte(`/CIDInit /ProcSet findresource begin
1 begincodespacerange <00> <80> <8140> <FFFF> endcodespacerange
2 beginbfchar <0003> <0020> <0004> <D835DC00> endbfchar
3 beginbfrange
<0010> <0013> <1EFE>
<0020> <0022> [<0054> <0072> <1ED30301>]
<0030> <0031> <00660069>
endbfrange
1 beginbfrange <0040> <0041> /a endbfrange
2 beginbfchar <0060> <74006900> <0061> <7400> endbfchar
1 begincidrange <0050> <0052> 7 endcidrange`))
	for c, want := range map[uint32]string{
		3: " ", 4: "𝐀", 0x10: "\u1EFE", 0x12: "\u1F00", 0x13: "\u1F01", 0x20: "T", 0x22: "\u1ED3\u0301", 0x30: "fi", 0x31: "fj", 0x60: "ti", 0x61: "琀", // the first with its bytes swapped, the second may be meant
	} {
		if got := m.text[c]; got != want {
			t.Errorf("%04X: %q, want %q", c, got, want)
		}
	}
	if m.cid[0x52] != 9 {
		t.Errorf("cid %d, want 9", m.cid[0x52])
	}
	f := &font{codes: m}
	var codes []uint32
	for s := []byte("\x41\x81\x42\x42"); len(s) > 0; {
		c, n := f.next(s)
		codes, s = append(codes, c), s[n:]
	}
	if len(codes) != 3 || codes[1] != 0x8142 {
		t.Errorf("codes %x", codes)
	}
}

// TestGlyphNames reads names of glyphs.
func TestGlyphNames(t *testing.T) {
	for name, want := range map[string]string{
		"a": "a", "space": " ", "Ecircumflexacute": "Ế", "uhorndotbelow": "ự", "ocircumflexdotbelow": "ộ", "abrevehookabove": "ẳ", "dcroat": "đ",
		"uni1EA5": "ấ", "uni00660069": "fi", "u1D400": "𝐀", "f_i": "fi", "a.sc": "a", "quotedblleft": "“", "uniZZZZ": "", "g17": "", "Nonsense": "",
	} {
		if got := glyphText(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

// TestNumbers reads numbers as other readers do.
func TestNumbers(t *testing.T) {
	for s, want := range map[string]float64{"12": 12, "-3.5": -3.5, "+.25": 0.25, "4.": 4, "--5": -5, "1.2.3": 1.2, "0.-7": 0, "-": 0} {
		if got := parseNumber([]byte(s)); got != want {
			t.Errorf("%s: %v, want %v", s, got, want)
		}
	}
	if got := parseNumber([]byte(strings.Repeat("9", 400))); got != 0 {
		t.Errorf("beyond all bounds: %v", got)
	}
}

// TestOperators cuts a stream with strings, names, arrays and an inline image.
func TestOperators(t *testing.T) {
	var got []string
	operators([]byte("q % a remark\n/F#31 12 Tf [(a\\(b\\051\\\n) -20 <4a4B4>] TJ BI /W 1 ID \x00EI\xffxx EI (c) ' [1 2 Tj"), func(op []byte, a []token) bool {
		s := string(op)
		for _, t := range a {
			for _, e := range append([]token{t}, t.list...) {
				s += " " + string(e.str)
			}
		}
		got = append(got, s)
		return true
	})
	want := "q|Tf F1 12|TJ  a(b) -20 JK@|BI|EI W 1|' c|Tj  1 2"
	if s := strings.Join(got, "|"); s != want {
		t.Errorf("%q\nwant %q", s, want)
	}
}
