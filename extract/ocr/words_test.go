package ocr

import (
	"image"
	"slices"
	"strings"
	"testing"

	"kehoach/extract/pdf/layout"
)

func TestReadHOCR(t *testing.T) {
	got := readHOCR(`<div class='ocr_page' id='page_1' title='image "stdin"; bbox 0 0 1654 2339; ppageno 0'>
<p class='ocr_par' lang='vie' title="bbox 10 20 300 80">
<span class='ocr_line' id='line_1_1' title="bbox 100 200 300 240; baseline 0.01 -8; x_size 36; x_descenders 8; x_ascenders 9">
<span class='ocrx_word' id='word_1_1' title='bbox 100 205 160 238; x_wconf 95'>Sở</span>
<span class='ocrx_word' id='word_1_2' title='bbox 180 205 300 238; x_wconf 40'><strong>A &amp; B</strong></span>
</span>
<span class='ocr_header' title="bbox 0 0 10 10">
<span class='ocrx_word' title='bbox 5 5 5 9; x_wconf 95'>lost</span>
<span class='ocrx_word' title='bbox 1 2 9 9; x_wconf nan'>odd</span>`)
	want := []word{
		{box: box{100, 205, 160, 238}, text: "Sở", conf: 0.95, base: 232.3, size: 36},
		{box: box{180, 205, 300, 238}, text: "A & B", conf: 0.4, base: 233.4, size: 36},
		{box: box{1, 2, 9, 9}, text: "odd", base: 10, size: 10, line: 1},
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

// lineOf makes words of one line, each as wide as its letters, all of one confidence.
func lineOf(text string, conf float32) []word {
	var out []word
	x := 0
	for _, w := range strings.Fields(text) {
		n := len([]rune(w)) * 16
		out = append(out, word{box: box{x, 0, x + n, 30}, text: w, conf: conf, base: 28, size: 36})
		x += n + 12
	}
	return out
}

// TestTidy holds slips of recognition and what becomes of them.
func TestTidy(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"cơ quan TỈnh hỮu nghị", "cơ quan Tỉnh hữu nghị"},
		{"tại QĐ-UBND, NĐ-CP, THCS Đoàn", "tại QĐ-UBND, NĐ-CP, THCS Đoàn"},
		{"QUYÉT", "QUYẾT"},
		{"(Nguyển)", "(Nguyển)"},
		{"ngày l6 tháng 1] năm 2025", "ngày 16 tháng 11 năm 2025"},
		{"ngày nghỉ tháng lễ", "ngày nghỉ tháng lễ"},
		{"được sửa đối, bỗ sung bởi", "được sửa đổi, bổ sung bởi"},
		{"SỬA ĐÓI, BỔ SUNG", "SỬA ĐỔI, BỔ SUNG"},
		{"Ủy bạn nhân dân", "Ủy ban nhân dân"},
		{"sửa. Đối", "sửa. Đối"},
		{"chi tiêu và chỉ tiêu hàng năm", "chi tiêu và chỉ tiêu hàng năm"},
		{"Thủ trưởng các sở", "Thủ trưởng các sở"},
		{"vườn sứa đối chất", "vườn sứa đối chất"},
		{"ÔNG TƯ", "THÔNG TƯ"},
		{"TĨNH HẬU GIANG", "TỈNH HẬU GIANG"},
		{"HÀ TĨNH", "HÀ TĨNH"},
		{"TGÐ Cổng TTÐT", "TGĐ Cổng TTĐT"},
		{"~ Các sở, ban, ngành ~", "- Các sở, ban, ngành"},
		{"ngày 31⁄12 hằng năm %", "ngày 31/12 hằng năm"},
		{"Tĩnh tâm", "Tĩnh tâm"},
		{"CHỦ TƯỚNG", "THỦ TƯỚNG"},
		{"CHỨ TRƯỞNG", "THỨ TRƯỞNG"},
		{"tHỦ TƯỚNG", "THỦ TƯỚNG"},
		{"lì QUYẾT ĐỊNH", "lì QUYẾT ĐỊNH"}, // sure of itself
		{"theo QUYẾT ĐỊNH", "theo QUYẾT ĐỊNH"},
	} {
		if got := textOf(tidy(lineOf(test.in, 0.95))); got != test.want {
			t.Errorf("%q becomes %q, want %q", test.in, got, test.want)
		}
	}
	if got := textOf(tidy(lineOf("lì KÉ QUYẾT ĐỊNH", 0.6))); got != "QUYẾT ĐỊNH" {
		t.Errorf("a type behind pieces of a seal becomes %q", got)
	}
	for _, test := range []struct {
		in   string
		conf float32
		want string
	}{
		{"Về việt ban hành Kế hoạch", 0.5, "Về việc ban hành Kế hoạch"},
		{"Về viện phê duyệt", 0.6, "Về việc phê duyệt"},
		{"Về viện trợ", 0.5, "Về viện trợ"},
		{"Về việt ban hành", 0.95, "Về việt ban hành"}, // sure of itself
		{"Về Việt Nam", 0.5, "Về Việt Nam"},
	} {
		if got := textOf(tidy(lineOf(test.in, test.conf))); got != test.want {
			t.Errorf("%q becomes %q, want %q", test.in, got, test.want)
		}
	}
}

// TestNoise holds what is no word, by its confidence.
func TestNoise(t *testing.T) {
	for _, test := range []struct {
		text string
		conf float32
		want bool
	}{
		{"kế", 0.1, false},
		{"2026", 0.1, false},
		{"-", 0.1, false},
		{"…", 0.1, false},
		{"`", 0.9, true},
		{"|", 0.97, true},
		{"J4", 0.4, true},
		{"TTĐI", 0.37, true},
		{"52/TTr-NHNN", 0.21, false},
		{"sienöterobwi", 0.05, true},
		{"TT#T12)", 0.23, true},
		{"+", 0.4, true},
		{"+", 0.9, false},
	} {
		if got := isNoise(&word{text: test.text, conf: test.conf}); got != test.want {
			t.Errorf("%q with %v: noise %v, want %v", test.text, test.conf, got, test.want)
		}
	}
}

// inked draws the words of a line: each letter a bar of the height of capitals, standing on the line.
func inked(words []word, tall map[string]int) bits {
	b := bits{w: 2000, h: 400, on: make([]byte, 2000*400)}
	for _, w := range words {
		n := len([]rune(w.text))
		for i, r := range []rune(w.text) {
			h := 26
			if strings.ContainsRune(":.,-…", r) {
				continue
			}
			if t, ok := tall[w.text]; ok {
				h = t + 4*i // scrawled digits are of different heights
			}
			for y := w.y1 - 2 - h; y < w.y1-2; y++ {
				for x := w.x0 + i*w.w()/n + 3; x < w.x0+(i+1)*w.w()/n-3; x++ {
					b.on[y*b.w+x] = 1
				}
			}
		}
	}
	return b
}

// TestLegible holds what is read in the place of a number or a day, and what is not. Words in handwriting are those
// with a height of their own.
func TestLegible(t *testing.T) {
	for _, test := range []struct {
		in, want, unread string
		hand             map[string]int
	}{
		{"Số: 115 /KH-UBND", "Số: 115 /KH-UBND", "", nil},
		{"Số: 115/KH-UBND", "Số: 115/KH-UBND", "", nil},
		{"Số:115/KH-UBND", "Số: 115/KH-UBND", "", nil},
		{"Số:‡€ /KH-UBND", "Số: …/KH-UBND", "number", nil},
		{"Số: 3 /KH-UBND", "Số: …/KH-UBND", "number", map[string]int{"3": 0}},
		{"Só: 115 /KH-UBND", "Số: 115 /KH-UBND", "", nil},
		{"Số: /KH-UBND", "Số: /KH-UBND", "", nil},
		{"Số: 445 /NQ-CP", "Số: …/NQ-CP", "number", map[string]int{"445": 36}},
		{"Số: ‡ox /QĐ- TTg", "Số: …/QĐ-TTg", "number", nil},
		{"Số lượng: 01 Hội nghị/năm", "Số lượng: 01 Hội nghị/năm", "", nil},
		{"Sở Công Thương: Quý II/2021", "Sở Công Thương: Quý II/2021", "", nil},
		{"Số: 3 lần/năm", "Số: 3 lần/năm", "", map[string]int{"3": 0}},
		{"(Kèm theo Quyết định số 445 /QĐ-TTg của", "(Kèm theo Quyết định số …/QĐ-TTg của", "", map[string]int{"445": 36}},
		{"(Ban hành kèm theo Quyết định số 445/QĐ-TTg của", "(Ban hành kèm theo Quyết định số 445/QĐ-TTg của", "", nil},
		{"tại số 445 /NQ-CP", "tại số 445 /NQ-CP", "", map[string]int{"445": 36}},
		{"Huế, ngày 04 tháng 6 năm 2021", "Huế, ngày 04 tháng 6 năm 2021", "", nil},
		{"Huế, ngày 49 tháng 6 năm 2021", "Huế, ngày … tháng 6 năm 2021", "date", map[string]int{"49": 36}},
		{"Huế, ngày 49 tháng ({ năm 2021", "Huế, ngày … tháng … năm 2021", "date", map[string]int{"49": 36, "({": 18}},
		{"Huế, ngày82tháng 6 năm 2021", "Huế, ngày … tháng 6 năm 2021", "date", map[string]int{"ngày82tháng": 16}},
		{"Huế, ngày¿ h@Ô ÄWĐẾN", "Huế, ngày … tháng … năm …", "date", nil},
		{"trước ngày 49 tháng 6 năm 2021", "trước ngày 49 tháng 6 năm 2021", "", map[string]int{"49": 36}},
	} {
		words := lineOf(test.in, 0.9)
		for i := range words {
			words[i].y0, words[i].y1, words[i].base = 100, 130, 128
		}
		ink := inked(words, test.hand)
		var unread []string
		got, closed := legible(words, ink, nil, &unread)
		if textOf(got) != test.want || strings.Join(unread, " ") != test.unread || (len(closed) > 0) != strings.Contains(test.want, illegible) {
			t.Errorf("%q is read %q, unread %v, want %q, unread %q", test.in, textOf(got), unread, test.want, test.unread)
		}
	}
}

// TestSignatureBlock holds where a signature is looked for: from the widest line of the recipients to the right edge.
func TestSignatureBlock(t *testing.T) {
	at := func(text string, x, y, w int) word {
		return word{box: box{x, y, x + w, y + 30}, text: text, conf: 0.9, size: 36, line: y}
	}
	words := []word{at("Nơi", 200, 1500, 60), at("nhận:", 270, 1500, 90), at("-", 200, 1540, 10), at("Như", 220, 1540, 60), at("trên;", 290, 1540, 80), at("KT.", 1000, 1540, 60)}
	got := signatureBlock(words, 1654, 2339)
	if got.x0 < 370 || got.x0 > 400 || got.x1 != 1654 || got.y0 > 1500 || got.y1 < 1900 || got.y1 > 2339 {
		t.Errorf("the block is %v", got)
	}
	if got := signatureBlock(words[2:], 1654, 2339); got != (box{}) {
		t.Errorf("without recipients the block is %v", got)
	}
}

// TestMerge holds which of two looks is believed.
func TestMerge(t *testing.T) {
	at := func(text string, x int, conf float32) word {
		return word{box: box{x, 0, x + 60, 30}, text: text, conf: conf}
	}
	got := merge([]word{at("KT.", 0, 0.9), at("BQ", 100, 0.4)}, []word{at("KI.", 2, 0.5), at("BỘ", 98, 0.8), at("TRƯỞNG", 200, 0.7)})
	if textOf(got) != "KT. BỘ TRƯỞNG" {
		t.Errorf("both looks together give %q", textOf(got))
	}
}

// TestStampOfArrival holds that words inside the stamp are dropped, and those beside it kept.
func TestStampOfArrival(t *testing.T) {
	at := func(text string, x, y int) word { return word{box: box{x, y, x + 60, y + 30}, text: text, conf: 0.9} }
	words := []word{at("ĐẾN", 150, 450), at("Giờ:..", 250, 440), at("QUYẾT", 700, 470), at("ĐỊNH", 780, 470)}
	rules := []layout.Rule{{X0: 40, Y0: 140, X1: 40, Y1: 190}, {X0: 180, Y0: 142, X1: 180, Y1: 191}}
	const scale = 72.0 / Resolution
	if got := textOf(stampOfArrival(words, rules, scale, 2339).without(slices.Clone(words))); got != "QUYẾT ĐỊNH" {
		t.Errorf("beside the stamp stands %q", got)
	}
	if got := stampOfArrival(words, rules[:1], scale, 2339); got != (box{}) {
		t.Errorf("half a stamp is found at %v", got)
	}
}

// TestPrepare holds that rules are found and taken off the page, specks go, and letters and their dots stay.
func TestPrepare(t *testing.T) {
	g := image.NewGray(image.Rect(0, 0, 800, 600))
	for i := range g.Pix {
		g.Pix[i] = 250
	}
	fill := func(x0, y0, x1, y1 int) {
		for y := y0; y < y1; y++ {
			for x := x0; x < x1; x++ {
				g.Pix[y*g.Stride+x] = 10
			}
		}
	}
	fill(100, 100, 600, 103) // a table of two cells
	fill(100, 300, 600, 303)
	fill(100, 100, 103, 303)
	fill(350, 100, 353, 303)
	fill(597, 100, 600, 303)
	fill(200, 180, 220, 206) // a letter, its dot, a speck
	fill(207, 210, 212, 215)
	fill(700, 500, 704, 504)
	p := newPicture(g, 0.36)
	rules := p.prepare()
	if len(rules) != 5 {
		t.Errorf("%d rules: %v", len(rules), rules)
	}
	for _, at := range []struct {
		what string
		x, y int
		ink  bool
	}{{"rule", 300, 101, false}, {"upright rule", 351, 200, false}, {"speck", 702, 502, false}, {"letter", 210, 190, true}, {"dot", 209, 212, true}} {
		if got := p.Pix[at.y*p.Stride+at.x] < 128; got != at.ink {
			t.Errorf("the %s: ink %v, want %v", at.what, got, at.ink)
		}
	}
}

// TestEvenOut holds that a shadow on the paper goes, and the ink stays.
func TestEvenOut(t *testing.T) {
	g := image.NewGray(image.Rect(0, 0, 640, 640))
	for y := range 640 {
		for x := range 640 {
			g.Pix[y*g.Stride+x] = byte(240 - x/5)
			if x%40 < 6 && y%40 < 20 {
				g.Pix[y*g.Stride+x] = byte(60 - x/20)
			}
		}
	}
	p := newPicture(g, 0.36)
	p.evenOut()
	if paper := p.Pix[30*p.Stride+620]; paper < 225 {
		t.Errorf("paper in the shadow is %d", paper)
	}
	if ink := p.Pix[5*p.Stride+602]; ink > 100 {
		t.Errorf("ink in the shadow is %d", ink)
	}
}

// TestPartMarks holds that the mark of a footnote is parted from its first word, and that nothing else is.
func TestPartMarks(t *testing.T) {
	at := func(text string, y int, size float32) word {
		return word{box: box{200, y, 300, y + 30}, text: text, conf: 0.9, base: float32(y + 28), size: size, line: y}
	}
	body := []word{at("Thực_hiện_Quyết_định", 300, 36), at("số_889_của_Thủ", 400, 36), at("tướng", 500, 36), at("2Mở", 1700, 36), at("1Luật", 900, 28)}
	got := partMarks(append(body, at("1Theo", 2000, 28), at("12Luật", 2040, 28), at("3G", 2080, 28)), 2339)
	if len(got) != 10 {
		t.Fatalf("%d words: %q", len(got), textOf(got))
	}
	if m := got[8]; m.text != "1" || got[5].text != "Theo" || m.size > 0.7*got[5].size || !m.raised || got[5].raised || m.x1 > got[5].x0 {
		t.Errorf("the mark is %+v before %+v", m, got[5])
	}
	if got[9].text != "12" || got[6].text != "Luật" {
		t.Errorf("the mark is %q before %q", got[9].text, got[6].text)
	}
}

// TestEvenRecipients holds that the recipients have one size, and the signature beside them keeps its own.
func TestEvenRecipients(t *testing.T) {
	at := func(text string, x, y int, size float32) word {
		return word{box: box{x, y, x + 60, y + 28}, text: text, conf: 0.9, size: size, base: float32(y + 26), line: x*10000 + y}
	}
	words := []word{at("Nơi", 200, 1000, 30), at("nhận:", 270, 1000, 30), at("-Sở", 200, 1036, 26), at("-Ban", 204, 1072, 35), at("-Báo", 200, 1108, 28), at("KT.", 1000, 1036, 40), at("Trang", 200, 1500, 36)}
	words[1].line = words[0].line
	evenRecipients(words)
	var got []float32
	for _, w := range words[2:] {
		got = append(got, w.size)
	}
	if want := []float32{28, 28, 28, 40, 36}; !slices.Equal(got, want) {
		t.Errorf("sizes are %v, want %v", got, want)
	}
}
