package word

import (
	"errors"
	"strings"
	"testing"

	"kehoach/plan"
)

// listLevel is a level of a list: %1 in text is the number of the first level.
func listLevel(start int, format byte, flags byte, restart byte, text string) []byte {
	lvlf := make([]byte, 28)
	copy(lvlf, le32(start))
	lvlf[4], lvlf[5], lvlf[26] = format, flags, restart
	var xst []byte
	n := 0
	for i := 0; i < len(text); i++ {
		if text[i] == '%' {
			i++
			xst = append(xst, le16(int(text[i]-'1'))...)
		} else {
			xst = append(xst, le16(int(text[i]))...)
		}
		n++
	}
	return props(lvlf, le16(n), xst)
}

// twoLists are a list of nine levels, and another of the same definition that begins its second level at 5.
func twoLists(m *docMaker) {
	lstf := props(le32(77), le32(0), make([]byte, 18), []byte{0, 0})
	m.lists = props(le16(1), lstf, listLevel(1, 1, 0, 0, "%1."), listLevel(1, 0, 0, 0, "%2."), listLevel(1, 0, 0, 0, "%2.%3."), listLevel(1, 4, 0, 0, "%4)"), listLevel(1, 23, 0, 0, "-"),
		listLevel(1, 0, 8, 0, "(%6)"), listLevel(1, 0, 0, 0, ""), listLevel(1, 0, 0, 0, ""), listLevel(1, 0, 0, 0, "\xA7i\xD2u %9."))
	lfo := func(levels byte) []byte { return props(le32(77), make([]byte, 8), []byte{levels, 0, 0, 0}) }
	m.over = props(le32(2), lfo(0), lfo(1), le32(-1), le32(-1), le32(5), le32(1|16))
}

func TestDOC(t *testing.T) {
	item := func(list, level int) []byte {
		return props(op(sprmPIlfo, le16(list)...), op(sprmPIlvl, byte(level)))
	}
	inTable := op(sprmPFInTable, 1)
	// row ends a row whose cells have right edges and flags.
	row := func(cells ...int) []byte {
		def := []byte{byte(len(cells) / 2)}
		def = append(def, le16(0)...)
		for i := 0; i < len(cells); i += 2 {
			def = append(def, le16(cells[i])...)
		}
		for i := 0; i < len(cells); i += 2 {
			def = append(def, append(le16(cells[i+1]), make([]byte, 18)...)...)
		}
		return props(inTable, op(sprmPFTtp, 1), op(sprmTDefTable, def...))
	}
	nested := props(inTable, op(sprmPItap, le32(2)...))
	deleted, hidden, caps, special := op(sprmCFRMarkDel, 1), op(sprmCFVanish, 1), op(sprmCFCaps, 1), op(sprmCFSpec, 1)
	tests := []struct {
		name string
		make func(m *docMaker)
		want string
	}{
		{"letters of both kinds of pieces", func(m *docMaker) {
			m.para(0, nil, "\r", narrow("K\x93 ho\x94 "), wide("hoạch 𝄞"))
		}, "K“ ho” hoạch 𝄞"},
		{"levels count, restart and print those above", func(m *docMaker) {
			twoLists(m)
			for i, level := range []int{0, 1, 2, 2, 1, 2, 0, 1} {
				m.para(0, item(1, level), "\r", wide(string(rune('a'+i))))
			}
		}, "I. a / 1. b / 1.1. c / 1.2. d / 2. e / 2.1. f / II. g / 1. h"},
		{"a page break is inside a paragraph, the end of a section ends one", func(m *docMaker) {
			twoLists(m)
			m.para(0, item(1, 1), "\r", wide("a\fb")).para(0, item(1, 1), "\f", wide("c")).para(0, nil, "\r", wide("d"))
		}, "1. a / b / 2. c / d"},
		{"an override begins its own count", func(m *docMaker) {
			twoLists(m)
			m.para(0, item(1, 1), "\r", wide("a")).para(0, item(2, 1), "\r", wide("b")).para(0, item(2, 1), "\r", wide("c")).para(0, item(1, 1), "\r", wide("d"))
		}, "1. a / 5. b / 6. c / 2. d"},
		{"a level that never restarts", func(m *docMaker) {
			twoLists(m)
			m.para(0, item(1, 5), "\r", wide("a")).para(0, item(1, 0), "\r", wide("b")).para(0, item(1, 5), "\r", wide("c"))
		}, "(1) a / II. b / (2) c"},
		{"an empty numbered paragraph counts, a deleted one does not", func(m *docMaker) {
			twoLists(m)
			m.para(0, item(1, 1), "\r", wide("a")).para(0, item(1, 1), "\r").para(0, item(1, 1), "\r", wide("c"))
			m.para(0, item(1, 1), "", wide("mất\r", deleted)).para(0, item(1, 1), "\r", wide("d"))
		}, "1. a / 3. c / 4. d"},
		{"bullets, and the list of a style that a paragraph leaves", func(m *docMaker) {
			twoLists(m)
			m.styles = [][2][]byte{{item(1, 3), nil}}
			m.para(1, nil, "\r", wide("a")).para(1, item(0, 0), "\r", wide("b")).para(0, item(1, 4), "\r", wide("c"))
		}, "a) a / b / - c"},
		{"a number in a legacy font", func(m *docMaker) {
			twoLists(m)
			m.styles = [][2][]byte{{nil, font(1)}}
			m.para(1, item(1, 8), "\r", narrow("Ph\xB9m vi \xB8p d\xF4ng c\xF1a quy ch\xD5 n\xB5y"))
		}, "Điều 1. Phạm vi áp dụng của quy chế này"},
		{"deletions, hidden words, capitals", func(m *docMaker) {
			m.para(0, nil, "\r", wide("mới "), wide("cũ ", deleted), wide("ẩn ", hidden), wide("kế hoạch", caps))
		}, "mới KẾ HOẠCH"},
		{"a style's capitals that a run turns off", func(m *docMaker) {
			m.styles = [][2][]byte{{nil, caps}}
			m.para(1, nil, "\r", wide("kế hoạch "), wide("số ", op(sprmCFCaps, 0x81)), wide("năm", op(sprmCFCaps, 0x80)))
		}, "KẾ HOẠCH số NĂM"},
		{"a deleted end joins paragraphs", func(m *docMaker) {
			m.para(0, nil, "", wide("một "), wide("\r", deleted)).para(0, nil, "\r", wide("hai"))
		}, "một hai"},
		{"fields show their result", func(m *docMaker) {
			m.para(0, nil, "\r", wide("ngày \x13 DATE \x13 IF \x14 lạ \x15 \x144\x15 tháng"))
		}, "ngày 4 tháng"},
		{"hyphens, breaks and signs", func(m *docMaker) {
			m.para(0, nil, "\r", wide("Ủy\x1Eban nhân\x1F dân\vtỉnh\fX \x01"), wide("(", special, op(sprmCSymbol, props(le16(2), le16(0xF0B7))...)))
		}, "Ủy-ban nhân dân / tỉnh / X •"},
		{"a table, merged downwards and across", func(m *docMaker) {
			m.para(0, inTable, "\a", wide("Sở")).para(0, inTable, "\a", wide("một")).para(0, inTable, "\a", wide("x")).para(0, row(1000, 0x60, 3000, 0, 5000, 0), "\a")
			m.para(0, inTable, "\a").para(0, inTable, "\r", wide("hai")).para(0, inTable, "\a", wide("dòng")).para(0, inTable, "\a").para(0, row(1000, 0x20, 3000, 0, 5000, 0), "\a")
			m.para(0, inTable, "\a", wide("A")).para(0, inTable, "\a", wide("rộng")).para(0, row(1000, 0, 5000, 0), "\a")
			m.para(0, inTable, "\a", wide("II. Nhóm")).para(0, row(5000, 0), "\a")
			m.para(0, nil, "\r", wide("sau"))
		}, "Sở | một | x / Sở | hai⏎dòng |  / A | rộng |  / II. Nhóm / sau"},
		{"a table in a cell", func(m *docMaker) {
			m.para(0, props(nested, op(sprmPFInnerTableCell, 1)), "\r", wide("b")).para(0, props(nested, op(sprmPFInnerTableCell, 1)), "\r", wide("c")).para(0, props(nested, op(sprmPFInnerTtp, 1)), "\r")
			m.para(0, inTable, "\a", wide("a")).para(0, inTable, "\a", wide("d")).para(0, row(1000, 0, 2000, 0), "\a")
		}, "b c⏎a | d"},
		{"a footnote follows with its mark", func(m *docMaker) {
			m.para(0, nil, "\r", wide("chữ\x02 nữa")).para(0, nil, "\r", wide("sau")).note(3, wide("\x02 ghi chú"))
		}, "chữ[1] nữa / sau / [1] ghi chú"},
		{"properties that fast saving adds to a piece", func(m *docMaker) {
			m.prcs = [][]byte{caps}
			gone := wide("gone ")
			gone.prm = 0x41<<1 | 1<<8
			upper := wide("ubnd")
			upper.prm = 1
			m.para(0, nil, "\r", wide("a "), gone, upper)
		}, "a UBND"},
	}
	for _, test := range tests {
		m := &docMaker{fonts: []string{"Times New Roman", ".VnTime", "Symbol"}}
		test.make(m)
		doc, err := ReadDOC(m.bytes())
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		if got := strings.TrimSpace(lines(doc)); got != test.want || len(doc.Problems) > 0 {
			t.Errorf("%s: %v\n got %s\nwant %s", test.name, doc.Problems, got, test.want)
		}
	}
}

// TestLegacyRuns sets runs of several encodings beside each other: what agrees keeps its bytes and its font, what does
// not is decoded.
func TestLegacyRuns(t *testing.T) {
	fonts := []string{"Times New Roman", ".VnTime", ".VnTimeH", "VNI-Times"}
	context := func(m *docMaker) {
		m.para(0, nil, "\r", narrow("C\xA8n c\xF8 Ngh\xDE \xAE\xDEnh s\xE8 86/2002/N\xA7-CP c\xF1a Ch\xDDnh ph\xF1 quy \xAE\xDEnh ch\xF8c n\xA8ng, nhi\xD6m v\xF4 c\xF1a Bé", font(1)))
		m.para(0, nil, "\r", narrow("quy\xD5t \xAE\xDEnh c\xF1a bé tr\xADëng", font(2)))
	}
	tests := []struct {
		name, want, font string
		runs             []docPart
	}{
		{"one font goes on with its bytes", "c¸c tr\u00adêng hîp", ".VnTime", []docPart{narrow("c\xB8c tr\xAD\xEAng h\xEEp", font(1))}},
		{"ASCII in another font changes nothing", "c¸c tr\u00adêng hîp 12", ".VnTime", []docPart{narrow("c\xB8c ", font(1)), narrow("tr", font(0)), narrow("\xAD\xEAng h\xEEp", font(1)), narrow(" 12", font(0))}},
		{"capitals beside small letters", "BỘ TRƯỞNG các trường", "", []docPart{narrow("b\xE9 tr\xAD\xEBng ", font(2)), narrow("c\xB8c tr\xAD\xEAng", font(1))}},
		{"Unicode beside a legacy font", "Kế hoạch của Chính phủ", "", []docPart{wide("Kế hoạch ", font(0)), narrow("c\xF1a Ch\xDDnh ph\xF1", font(1))}},
		{"two encodings", "Căn cứ Nghị định của Uỷ ban nhân dân", "", []docPart{narrow("C\xA8n c\xF8 Ngh\xDE \xAE\xDEnh c\xF1a ", font(1)), narrow("Uyû ban nhaân daân", font(3))}},
		{"what reads as it stands keeps its font", "Sè: 12/2001/Q§-BTC", ".VnTime", []docPart{narrow("S\xE8: 12/2001/Q\xA7-BTC", font(1))}},
		{"capitals that Word draws", "CĂN CỨ NGHỊ ĐỊNH", "", []docPart{narrow("c\xA8n c\xF8 ngh\xDE \xAE\xDEnh", font(1), op(sprmCFCaps, 1))}},
	}
	for _, test := range tests {
		m := &docMaker{fonts: fonts}
		context(m)
		for i := range test.runs {
			test.runs[i].text = latin1(test.runs[i])
		}
		m.para(0, nil, "\r", test.runs...)
		doc, err := ReadDOC(m.bytes())
		if err != nil || len(doc.Blocks) != 3 {
			t.Errorf("%s: %v %+v", test.name, err, doc)
			continue
		}
		if b := doc.Blocks[2]; b.Text != test.want || b.Font != test.font {
			t.Errorf("%s:\n got %q in %q\nwant %q in %q", test.name, b.Text, b.Font, test.want, test.font)
		}
	}
}

// latin1 is the text of a narrow run, whose letters were typed in UTF-8, in bytes.
func latin1(p docPart) string {
	if !p.narrow {
		return p.text
	}
	var out []byte
	for i := 0; i < len(p.text); i++ {
		if c := p.text[i]; c|1 == 0xC3 && i+1 < len(p.text) && p.text[i+1]&0xC0 == 0x80 {
			out = append(out, c<<6|p.text[i+1]&0x3F)
			i++
		} else {
			out = append(out, c)
		}
	}
	return string(out)
}

func TestDOCDamaged(t *testing.T) {
	m := &docMaker{fonts: []string{"Times New Roman"}}
	m.para(0, nil, "\r", wide("còn"))
	good := m.bytes()
	m.flags = fibEncrypted
	if _, err := ReadDOC(m.bytes()); !errors.Is(err, ErrEncrypted) {
		t.Errorf("encrypted: %v", err)
	}
	for name, data := range map[string][]byte{"empty": nil, "cut": good[:700], "no Word": compoundFile("Workbook", make([]byte, 5000))} {
		if _, err := ReadDOC(data); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	old := make([]byte, 0x300)
	text := "a\rb\ac\a\aC\xA8n c\xF8\r"
	copy(old, props(le16(0xA5DC), le16(0x65)))
	copy(old[0x18:], props(le32(0x300), le32(0x300+len(text))))
	doc, err := ReadDOC(compoundFile("WordDocument", append(old, text...)))
	if err != nil || lines(doc) != "a / b | c / C¨n cø" {
		t.Errorf("a document of Word 6: %v %+v", err, doc)
	}
	m = &docMaker{fonts: []string{"Times New Roman"}}
	twoLists(m)
	m.para(0, op(sprmPIlfo, le16(7)...), "\r", wide("số mất"))
	doc, err = ReadDOC(m.bytes())
	field := &docMaker{fonts: []string{"Times New Roman"}}
	field.para(0, nil, "\r", wide("\x13 AUTONUM \x15 a"))
	if doc, err := ReadDOC(field.bytes()); err != nil || len(doc.Problems) != 1 || strings.TrimSpace(lines(doc)) != "a" {
		t.Errorf("a number that a field counts: %v %+v", err, doc)
	}
	if err != nil || len(doc.Problems) != 1 || doc.Problems[0].Code != plan.NumberingLost || lines(doc) != "số mất" {
		t.Errorf("a list that is not there: %v %+v", err, doc)
	}
}
