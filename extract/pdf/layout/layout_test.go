package layout

import (
	"slices"
	"strings"
	"testing"
)

// TestLabels finds the labels and bullets that lines open with.
func TestLabels(t *testing.T) {
	for s, want := range map[string]int{
		"- Trồng cây": 2, "+ Trồng cây": 2, "• Trồng cây": 4, "1. Trồng": 3, "2.1. Trồng": 5, "a) Trồng": 3, "đ) Trồng": 4, "IV. Trồng": 4, "(1) Trồng": 4,
		"Điều 4. Trồng": 11, "Chương II": 11, "3.Trồng": 2, "-Trồng": 1,
		"Trồng cây": 0, "TM. ỦY BAN": 0, "KT. CHỦ TỊCH": 0, "2021-2030": 0, "12/4/2021": 0, "1.250 đồng": 0, "-": 0, "": 0, "o Trồng": 2, "ông bà": 0,
	} {
		if got := labelEnd(s); got != want {
			t.Errorf("%q: %d, want %d", s, got, want)
		}
	}
}

// TestGlue joins what lines break behind a hyphen.
func TestGlue(t *testing.T) {
	for _, test := range [][3]string{
		{"túi ni-", "lông", "túi ni-lông"}, {"2021-", "2022", "2021-2022"}, {"số 5/QĐ-", "UBND", "số 5/QĐ-UBND"},
		{"kinh tế -", "xã hội", "kinh tế - xã hội"}, {"cây", "tre", "cây tre"}, {"-", "tre", "- tre"},
	} {
		if got := strings.Join(glue([]string{test[0]}, test[1]), " "); got != test[2] {
			t.Errorf("%q and %q: %q", test[0], test[1], got)
		}
	}
}

// TestPageNumbers tells page numbers from lines that hold a number.
func TestPageNumbers(t *testing.T) {
	for s, want := range map[string]bool{
		"2": true, "- 2 -": true, "Trang 2/14": true, "2/14": true, "2.": false, "II": false, "Số: 2": false, "2021-2030": false, "": false,
	} {
		l := &line{text: s, words: make([]Word, len(strings.Fields(s)))}
		if l.isNumber() != want {
			t.Errorf("%q: %v", s, !want)
		}
	}
}

// TestGrid unites rules that are drawn in pieces, finds the sides of a table that has none, and merged cells.
func TestGrid(t *testing.T) {
	rules := []Rule{
		{0, 0, 50, 0}, {51, 0.4, 100, 0.4}, {100, 20, 0, 20}, {0, 40, 100, 40}, // level, the first in two pieces
		{40, 0, 40, 20}, {40, 20, 40, 40}, {70, 20, 70, 40}, // upright, none at the sides
		{0, 100, 60, 100},    // a footnote's rule
		{10, 200, 300, 290},  // slanted
		{500, 10, 500.2, 10}, // a dot
	}
	tables, free := grids(rules)
	if len(tables) != 1 || len(free) != 1 || free[0].Y0 != 100 {
		t.Fatalf("%d tables, free rules %v", len(tables), free)
	}
	g := tables[0]
	if !slices.Equal(g.xs, []float32{0, 40, 70, 100}) || len(g.ys) != 3 {
		t.Errorf("edges %v, %v", g.xs, g.ys)
	}
	if got := g.cells(); !slices.Equal(got, []int{0, 1, 1, 3, 4, 5}) {
		t.Errorf("cells %v", got)
	}
}

// TestWords sets letters side by side, whatever their order, and parts them at gaps.
func TestWords(t *testing.T) {
	g := func(s string, x, y, size float32) Glyph {
		return Glyph{Text: s, X0: x, X1: x + size/2, Y: y, Size: size, Blank: s == " "}
	}
	words := func(glyphs ...Glyph) string {
		var out []string
		for _, w := range Words(glyphs) {
			s := w.Text
			if w.Raised {
				s = "^" + s
			}
			out = append(out, s)
		}
		return strings.Join(out, "|")
	}
	for name, test := range map[string][2]string{
		"fonts apart": {words(g("T", 0, 10, 10), g("ê", 10, 10, 10), g("r", 5, 10, 10)), "Trê"},
		"a gap":       {words(g("a", 0, 10, 10), g("b", 7, 10, 10)), "a|b"},
		"a blank":     {words(g("a", 0, 10, 10), g(" ", 5, 10, 10), g("b", 10, 10, 10)), "a|b"},
		"twice":       {words(g("a", 0, 10, 10), g("a", 0.5, 10, 10), g("b", 5, 10, 10)), "ab"},
		"lines":       {words(g("b", 0, 30, 10), g("a", 0, 10, 10)), "a|b"},
		"raised":      {words(g("a", 0, 10, 10), g("1", 5, 6, 6)), "^1|a"},
	} {
		if test[0] != test[1] {
			t.Errorf("%s: %s, want %s", name, test[0], test[1])
		}
	}
}
