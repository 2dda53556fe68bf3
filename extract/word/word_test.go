package word

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"

	"kehoach/plan"
)

// pack makes an archive of parts.
func pack(t testing.TB, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(parts[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func document(body string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="w"><w:body>` + body + `</w:body></w:document>`
}

func content(styles, body string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="o" xmlns:text="t"><office:automatic-styles>` + styles +
		`</office:automatic-styles><office:body><office:text>` + body + `</office:text></office:body></office:document-content>`
}

// para is a paragraph of a list; level "" is none.
func para(list, level, text string) string {
	if level == "" {
		return `<w:p><w:r><w:t>` + text + `</w:t></w:r></w:p>`
	}
	return `<w:p><w:pPr><w:numPr><w:ilvl w:val="` + level + `"/><w:numId w:val="` + list + `"/></w:numPr></w:pPr><w:r><w:t>` + text + `</w:t></w:r></w:p>`
}

const numberingXML = `<w:numbering xmlns:w="w">
<w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2.%3."/></w:lvl>
<w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%4)"/></w:lvl>
<w:lvl w:ilvl="4"><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="1"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
</w:numbering>`

func lines(doc *plan.Document) string {
	var out []string
	for _, b := range doc.Blocks {
		if b.Style != plan.Furniture {
			out = append(out, strings.ReplaceAll(b.Text, "\n", "⏎"))
		}
	}
	return strings.Join(out, " / ")
}

func TestDOCX(t *testing.T) {
	cell := func(props, text string) string {
		return `<w:tc><w:tcPr>` + props + `</w:tcPr>` + para("", "", text) + `</w:tc>`
	}
	tests := []struct{ name, body, want string }{
		{"levels count, restart and print those above", para("1", "0", "A") + para("1", "1", "b") + para("1", "2", "c") + para("1", "2", "d") + para("1", "1", "e") + para("1", "2", "f") + para("1", "0", "G") + para("1", "1", "h"),
			"I. A / 1. b / 1.1. c / 1.2. d / 2. e / 2.1. f / II. G / 1. h"},
		{"an override begins its own count", para("1", "1", "a") + para("2", "1", "b") + para("2", "1", "c") + para("1", "1", "d"), "1. a / 5. b / 6. c / 2. d"},
		{"letters are Word's, without đ", para("1", "3", "a") + para("1", "3", "b") + para("1", "3", "c") + para("1", "3", "d") + para("1", "3", "e"), "a) a / b) b / c) c / d) d / e) e"},
		{"an empty numbered paragraph counts", para("1", "1", "a") + para("1", "1", "") + para("1", "1", "c"), "1. a / 3. c"},
		{"bullets", para("1", "4", "a"), "- a"},
		{"insertions stay, deletions go", `<w:p><w:ins><w:r><w:t>mới</w:t></w:r></w:ins><w:del><w:r><w:delText>cũ</w:delText></w:r></w:del></w:p>`, "mới"},
		{"fields show their result", `<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r><w:r><w:t>lost</w:t></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2024</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`, "2024"},
		{"capitals that are drawn, hidden text", `<w:p><w:r><w:rPr><w:caps/></w:rPr><w:t>kế hoạch</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r></w:p>`, "KẾ HOẠCH"},
		{"a break is a line", `<w:p><w:r><w:t>a</w:t><w:br/><w:t>b</w:t></w:r></w:p>`, "a / b"},
		{"merged cells", `<w:tbl><w:tr>` + cell(`<w:vMerge w:val="restart"/>`, "Sở Y tế") + cell("", "một") + `</w:tr><w:tr>` + cell(`<w:vMerge/>`, "") + cell("", "hai") + `</w:tr><w:tr>` + cell(`<w:gridSpan w:val="2"/>`, "II. Nhóm") + `</w:tr></w:tbl>`,
			"Sở Y tế | một / Sở Y tế | hai / II. Nhóm"},
		{"a text box once, with its fallback left out", `<w:p><w:r><w:t>a</w:t><mc:AlternateContent><mc:Choice><w:txbxContent>` + para("", "", "hộp") + `</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>` + para("", "", "hộp") + `</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>`, "hộp / a"},
		{"a footnote follows with its mark", `<w:p><w:r><w:t>chữ</w:t><w:footnoteReference w:id="2"/></w:r></w:p>` + para("", "", "sau"), "chữ[1] / sau / [1] ghi chú"},
	}
	for _, test := range tests {
		doc, err := ReadDOCX(pack(t, "word/document.xml", document(test.body), "word/numbering.xml", numberingXML,
			"word/footnotes.xml", `<w:footnotes xmlns:w="w"><w:footnote w:id="0" w:type="separator"><w:p/></w:footnote><w:footnote w:id="2">`+para("", "", "ghi chú")+`</w:footnote></w:footnotes>`))
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		if got := lines(doc); got != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.name, got, test.want)
		}
	}
}

func TestODT(t *testing.T) {
	styles := `<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="I" style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="1" style:num-suffix="." text:start-value="1"/><text:list-level-style-number text:level="3" style:num-format="1" style:num-suffix="." text:display-levels="2"/></text:list-style>`
	item := func(s string) string { return `<text:list-item><text:p>` + s + `</text:p></text:list-item>` }
	tests := []struct{ name, body, want string }{
		{"levels", `<text:list text:style-name="L"><text:list-item><text:p>A</text:p><text:list><text:list-item><text:p>b</text:p><text:list>` + item("c") + item("d") + `</text:list></text:list-item>` + item("e") + `</text:list></text:list-item>` + item("G") + `</text:list>`,
			"I. A / 1. b / 1.1. c / 1.2. d / 2. e / II. G"},
		{"a list goes on where it says so", `<text:list text:style-name="L">` + item("A") + `</text:list><text:p>x</text:p><text:list text:continue-numbering="true" text:style-name="L">` + item("B") + `</text:list>`, "I. A / x / II. B"},
		{"blanks, tabs and breaks", `<text:p>a<text:s text:c="2"/>b<text:line-break/>c</text:p>`, "a  b / c"},
		{"a note", `<text:p>chữ<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>ghi chú</text:p></text:note-body></text:note> nữa</text:p><text:p>sau</text:p>`, "chữ[1] nữa / sau / [1] ghi chú"},
		{"merged cells", `<table:table><table:table-row><table:table-cell table:number-rows-spanned="2"><text:p>Sở</text:p></table:table-cell><table:table-cell><text:p>một</text:p></table:table-cell></table:table-row><table:table-row><table:covered-table-cell/><table:table-cell><text:p>hai</text:p></table:table-cell></table:table-row></table:table>`,
			"Sở | một / Sở | hai"},
		{"tracked changes", `<text:tracked-changes><text:p>cũ</text:p></text:tracked-changes><text:p>mới</text:p>`, "mới"},
	}
	for _, test := range tests {
		doc, err := ReadODT(pack(t, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml", content(styles, test.body)))
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		if got := lines(doc); got != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.name, got, test.want)
		}
	}
}

// TestLegacyXML sets runs of old encodings beside others in the formats of XML.
func TestLegacyXML(t *testing.T) {
	runs := func(list ...string) (docx, odt string) {
		for i := 0; i < len(list); i += 2 {
			name, caps := strings.CutSuffix(list[i], " caps")
			props, style := `<w:rFonts w:ascii="`+name+`"/>`, name
			if caps {
				props, style = props+`<w:caps/>`, name+"C"
			}
			docx += `<w:r><w:rPr>` + props + `</w:rPr><w:t>` + list[i+1] + `</w:t></w:r>`
			odt += `<text:span text:style-name="` + style + `">` + list[i+1] + `</text:span>`
		}
		return `<w:p>` + docx + `</w:p>`, `<text:p>` + odt + `</text:p>`
	}
	var styles string
	for _, name := range []string{"Arial", ".VnTime", ".VnTimeH"} {
		styles += `<style:style style:name="` + name + `"><style:text-properties style:font-name="` + name + `"/></style:style><style:style style:name="` + name +
			`C"><style:text-properties style:font-name="` + name + `" fo:text-transform="uppercase"/></style:style>`
	}
	contextDOCX, contextODT := runs(".VnTime", "C¨n cø NghÞ ®Þnh sè 86/2002/N§-CP cña ChÝnh phñ quy ®Þnh chøc n¨ng, nhiÖm vô cña Bé")
	tests := []struct {
		want, font string
		runs       []string
	}{
		{"c¸c tr­êng hîp", ".VnTime", []string{".VnTime", "c¸c ", ".VnTime", "tr­êng hîp"}},
		{"BỘ TRƯỞNG các Đại", "", []string{".VnTimeH", "bé tr­ëng ", ".VnTime", "c¸c ", "Arial", "Đại"}},
		{"CĂN CỨ và VÀ", "", []string{".VnTime caps", "c¨n cø", "Arial", " và ", "Arial caps", "và"}},
		{"số Đ VÀ Đ", "", []string{"Arial", "số Đ ", "Arial caps", "và đ"}},
	}
	for _, test := range tests {
		docx, odt := runs(test.runs...)
		x, err := ReadDOCX(pack(t, "word/document.xml", document(contextDOCX+docx)))
		o, err2 := ReadODT(pack(t, "content.xml", strings.Replace(content(styles, contextODT+odt), "automatic-styles", "styles", -1)))
		if err != nil || err2 != nil {
			t.Errorf("%s: %v %v", test.want, err, err2)
			continue
		}
		for kind, doc := range map[string]*plan.Document{"docx": x, "odt": o} {
			if b := doc.Blocks[1]; b.Text != test.want || test.font != "" && b.Font != test.font {
				t.Errorf("%s: %q in %q, want %q in %q", kind, b.Text, b.Font, test.want, test.font)
			}
		}
	}
}

func TestDamaged(t *testing.T) {
	good := pack(t, "word/document.xml", document(para("", "", "còn")))
	for name, data := range map[string][]byte{"empty": nil, "no zip": []byte("PK\x03\x04"), "cut": good[:len(good)/2], "no body": pack(t, "word/styles.xml", "<w:styles/>")} {
		if _, err := ReadDOCX(data); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	doc, err := ReadDOCX(pack(t, "word/document.xml", `<w:document xmlns:w="w"><w:body>`+para("", "", "còn")+`<w:p><w:r><w:t>mất</`))
	if err != nil || lines(doc) != "còn / mất" || len(doc.Problems) != 1 {
		t.Errorf("a body that is cut: %v %+v", err, doc)
	}
}

func TestVietnamese(t *testing.T) {
	for n, want := range map[int]string{1: "một", 5: "năm", 10: "mười", 15: "mười lăm", 21: "hai mươi mốt", 24: "hai mươi bốn", 90: "chín mươi"} {
		if got := format("vietnameseCounting", n); got != want {
			t.Errorf("%d is %q, want %q", n, got, want)
		}
	}
}

func FuzzDOCX(f *testing.F) {
	f.Add(document(para("1", "0", "A")+para("1", "1", "b")), numberingXML)
	f.Add(`<w:document><w:body><w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="99"/><w:vMerge/></w:tcPr><w:p><w:r><w:t>x`, `<w:numbering><w:num w:numId="1"><w:lvlOverride w:ilvl="8"/>`)
	f.Fuzz(func(t *testing.T, body, numbers string) {
		ReadDOCX(pack(t, "word/document.xml", body, "word/numbering.xml", numbers, "word/styles.xml", numbers))
		ReadODT(pack(t, "content.xml", body, "styles.xml", numbers))
	})
}
