package word

import (
	"strconv"
	"strings"
	"testing"

	"kehoach/plan"
)

const rtfHead = `{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\froman\fcharset0 Times New Roman;}{\f1\fnil\fcharset0{\*\panose 00}.VnTime;}{\f2\fnil\fcharset162 .VnTimeH Tur;}` +
	`{\f3\fnil\fcharset2 Symbol;}{\f4\fnil\fcharset163 Arial;}{\f5\fnil\fcharset238 Arial CE;}}{\stylesheet{\s0 Normal;}}{\info{\title mất}}`

func TestRTF(t *testing.T) {
	tests := []struct{ name, body, want string }{
		{"paragraphs, lines, tabs", `\pard K\u7871\'3f ho\u7841?ch\par a\line b\tab c\par`, "Kế hoạch / a / b\tc"},
		{"characters behind \\u", `\uc2\u7871 e^{\uc0\u7841}x\uc1\u-3 ?y\par`, "kế"[1:] + "ạx\ufffdy"},
		{"letters beyond U+FFFF", `\u-10188?\u-8930?\par`, "𝄞"},
		{"the code page of a font", `\f4 \'d0\'fd\'e3 \f5\'9a \f0\'93x\'94\par`, "Đưă š “x”"},
		{"signs", `\lquote a\rquote  \ldblquote b\rdblquote\endash c\~d\_e\-f\\\{\}\par`, "‘a’ “b”–c\u00a0d-ef\\{}"},
		{"a bullet of a font of signs", `{\listtext\pard\plain\f3 \'b7\tab}\pard một\par`, "• một"},
		{"numbers that the file holds", `{\listtext\pard\plain I.\tab}\pard\ls1 MỤC\par {\pntext\pard 1.1.\tab}{\*\pn\pnlvl1}b\par`, "I. MỤC / 1.1. b"},
		{"destinations", `{\*\generator x}{\pict\bin3 }{}\pict z}{\object{\objdata ff}{\result kết quả}}{\field{\*\fldinst PAGE}{\fldrslt 4}}{\*\bkmkstart m}{\*\sonstwas {\b m}}\par`, "kết quả4"},
		{"deleted, hidden, capitals", `{\deleted cũ }{\v ẩn }{\caps ubnd t\u7881?nh} {\caps\caps0 nhỏ}\par`, "UBND TỈNH nhỏ"},
		{"a table, merged", `\trowd\clvmgf\cellx1000\cellx3000\pard\intbl S\u7903?\cell m\u7897?t\cell\row\trowd\clvmrg\cellx1000\cellx3000\intbl\cell hai\par d\'f2ng\cell\row\trowd\cellx3000\intbl II. Nh\'f3m\cell\row\pard sau\par`,
			"Sở | một / Sở | hai⏎dòng / II. Nhóm / sau"},
		{"a cell that reaches across", `\trowd\cellx1000\cellx2000\cellx3000\intbl a\cell b\cell c\cell\row\trowd\clmgf\cellx1000\clmrg\cellx2000\cellx3000\intbl d\cell\cell e\cell\row\trowd\cellx2010\cellx3000\intbl f\cell g\cell\row\pard\par`,
			"a | b | c / d |  | e / f |  | g"},
		{"a table in a cell", `\pard\intbl a\par\pard\intbl\itap2 b\nestcell c\nestcell{\*\nesttableprops\trowd\cellx1\cellx2\nestrow}{\nonesttables\par}\pard\intbl\itap1\cell d\cell{\trowd\cellx1000\cellx2000\row}\pard e\par`,
			"a⏎b c | d / e"},
		{"two tables and nothing between", `\trowd\cellx1\cellx2\intbl a\cell b\cell\row\pard\par\trowd\cellx1\cellx2\intbl c\cell d\cell\row\pard`, "a | b / c | d"},
		{"notes", `ch\u7919?{\super\chftn{\footnote\pard{\super\chftn} ghi ch\'fa}} n\u7919?a\par sau\par`, "chữ[1] nữa / sau / [1] ghi chú"},
		{"headers, footers and text boxes", `{\header\pard trang 1\par}{\footer\par}{\*\shpinst{\sp{\sn w}{\sv 0}}{\shptxt\pard h\u7897?p\par}}{\shprslt h\u7897?p}th\'e2n\par`, "hộp / thân"},
		{"Unicode beside what stands for it", `{\upr{kh\'f4ng}{\*\ud{kh\'f4ng \u273?}}}\par`, "không đ"},
		{"a legacy font of another code page", `\f2 b\'e9 tr\u173\'ad\'ebng b\'e9 t\'b5i ch\u221\'ddnh\par`, "bé tr\u00adëng bé tµi chÝnh"},
		{"Turkish letters of a legacy font are bytes", `\f2 ngh\u350\'de ®\u350?nh\par`, "nghÞ ®Þnh"},
	}
	for _, test := range tests {
		doc, err := ReadRTF([]byte(rtfHead + utf8RTF(test.body) + "}"))
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		if got := strings.TrimSpace(lines(doc)); got != test.want || len(doc.Problems) > 0 {
			t.Errorf("%s: %v\n got %q\nwant %q", test.name, doc.Problems, got, test.want)
		}
	}
}

// utf8RTF writes letters beyond ASCII as RTF does.
func utf8RTF(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r < 0x80 {
			b.WriteRune(r)
		} else {
			b.WriteString(`\u` + strconv.Itoa(int(int16(r))) + `?`)
		}
	}
	return b.String()
}

func TestRTFBlocks(t *testing.T) {
	doc, err := ReadRTF([]byte(rtfHead + `{\header\pard trang 1\par}{\headerf trang 1}\pard\outlinelevel0{\listtext\pard\plain 1.\tab}{\f1 c\'b8c}\par{\footer cu\u7889?i}\pard x\par}`))
	if err != nil {
		t.Fatal(err)
	}
	want := []plan.Block{{Text: "1. c¸c", Style: plan.Heading, Label: "1.", Font: ".VnTime"}, {Text: "x", Font: "Times New Roman"},
		{Text: "trang 1", Style: plan.Furniture, Font: "Times New Roman"}, {Text: "cuối", Style: plan.Furniture, Font: "Times New Roman"}}
	if len(doc.Blocks) != len(want) {
		t.Fatalf("%+v", doc.Blocks)
	}
	for i, b := range doc.Blocks {
		if w := want[i]; b.Text != w.Text || b.Style != w.Style || b.Label != w.Label || b.Font != w.Font {
			t.Errorf("block %d is %+v, want %+v", i, b, w)
		}
	}
}

func TestRTFDamaged(t *testing.T) {
	doc, err := ReadRTF([]byte(rtfHead + `{{\trowd\cellx1\cellx2\intbl c\'f2n\cell m\u7845?`))
	if err != nil || strings.TrimSpace(lines(doc)) != "còn | mấ" || len(doc.Problems) != 1 || doc.Problems[0].Code != plan.TruncatedSource {
		t.Errorf("a file that is cut: %v %+v", err, doc)
	}
	if _, err := ReadRTF([]byte("rtf")); err == nil {
		t.Error("no RTF: no error")
	}
	if doc, err := ReadRTF([]byte(rtfHead + `\pard\ls1 a\par}`)); err != nil || len(doc.Problems) != 1 || doc.Problems[0].Code != plan.NumberingLost {
		t.Errorf("a list without its numbers: %v %+v", err, doc)
	}
	deep := rtfHead + strings.Repeat("{", 100000) + "x" + strings.Repeat("}", 100000) + "y}"
	if doc, err := ReadRTF([]byte(deep)); err != nil || lines(doc) != "y" {
		t.Errorf("groups without end: %v", err)
	}
	// A cell that is merged over a thousand rows repeats its words only so often.
	rows := `\trowd\clvmgf\cellx1\cellx2\intbl ` + strings.Repeat("dài ", 1<<14) + `\cell a\cell\row` + strings.Repeat(`\trowd\clvmrg\cellx1\cellx2\intbl\cell b\cell\row`, 2000)
	doc, err = ReadRTF([]byte(rtfHead + rows + "}"))
	size := 0
	for _, b := range doc.Blocks {
		size += len(b.Text)
	}
	if err != nil || size > 2*mostRepeated {
		t.Errorf("merged cells repeat %d bytes (%v)", size, err)
	}
}

func FuzzRTF(f *testing.F) {
	f.Add([]byte(rtfHead + `{\listtext I.\tab}\f1 c\'b8c\par\trowd\clvmgf\cellx1\cellx2\intbl\cell\itap2\nestcell\nestrow\cell\row\pard{\footnote x}\u7845?\caps \'e0}`))
	f.Add([]byte(rtfHead + `{\*\shpinst{\shptxt{\header a\par}\intbl b\cell\row}}{\upr{a}{\*\ud{b}}}{\pict\bin9 }\f2\u350?\v x}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if doc, err := ReadRTF(data); err == nil {
			checkBlocks(t, doc, len(data))
		}
	})
}

func FuzzDOC(f *testing.F) {
	for _, make := range []func(*docMaker){
		func(m *docMaker) {
			twoLists(m)
			m.para(1, nil, "\r", wide("Mục\x13 DATE \x144\x15"), narrow("c\xB8c", font(1))).note(2, wide("\x02 chú"))
		},
		func(m *docMaker) {
			in := op(sprmPFInTable, 1)
			m.prcs = [][]byte{op(sprmCFCaps, 1)}
			m.para(0, in, "\a", wide("a")).para(0, props(in, op(sprmPItap, le32(2)...), op(sprmPFInnerTableCell, 1)), "\r", wide("b")).para(0, props(in, op(sprmPFTtp, 1)), "\a")
		},
	} {
		m := &docMaker{fonts: []string{"Times New Roman", ".VnTime"}, styles: [][2][]byte{{op(sprmPIlfo, 1, 0), font(1)}}}
		make(m)
		f.Add(m.bytes(), uint16(0), byte(0), uint16(0), byte(0))
	}
	f.Fuzz(func(t *testing.T, data []byte, at1 uint16, to1 byte, at2 uint16, to2 byte) {
		if len(data) > 1<<16 {
			return
		}
		data = append([]byte(nil), data...)
		for _, change := range []struct {
			at uint16
			to byte
		}{{at1, to1}, {at2, to2}} {
			if int(change.at) < len(data) {
				data[change.at] ^= change.to
			}
		}
		if doc, err := ReadDOC(data); err == nil {
			checkBlocks(t, doc, len(data))
		}
	})
}

// checkBlocks holds what a reader owes: valid UTF-8, rows with cells, and words in proportion to the file.
func checkBlocks(t *testing.T, doc *plan.Document, bytes int) {
	t.Helper()
	size := 0
	for i, b := range doc.Blocks {
		if strings.ToValidUTF8(b.Text, "") != b.Text {
			t.Fatalf("block %d is not valid UTF-8: %q", i, b.Text)
		}
		if b.Style == plan.Row && b.Cells == nil {
			t.Fatalf("block %d is a row without cells", i)
		}
		size += len(b.Text)
	}
	if size > 64*bytes+2*mostRepeated {
		t.Fatalf("%d bytes of words from %d bytes", size, bytes)
	}
}
