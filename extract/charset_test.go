package extract

import (
	"context"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"

	"kehoach/internal/tsv"
)

// oldLetters gives the bytes of the letters in an old encoding, by the table that normalize reads them with.
func oldLetters(t *testing.T, column string) map[rune]string {
	t.Helper()
	data, err := os.ReadFile("../normalize/tables/letters.tsv")
	if err != nil {
		t.Fatal(err)
	}
	columns := []string{"letter", "tcvn3", "vni", "viscii", "cp1258", "viqr"}
	m := map[rune]string{}
	for _, row := range tsv.MustParse("letters.tsv", string(data), columns...).Rows {
		code, err := hex.DecodeString(row[slices.Index(columns, column)])
		if err != nil {
			t.Fatal(err)
		}
		m[[]rune(row[0])[0]] = string(code)
	}
	return m
}

// TestPageEncodings reads one page in every way in which such pages were saved: what a page says of its encoding is often
// wrong, and a page in UTF-8 may still show letters of an old font.
func TestPageEncodings(t *testing.T) {
	lines := []string{"Kế hoạch", "Tuyên truyền, phổ biến pháp luật về phòng cháy, chữa cháy rừng trên địa bàn tỉnh năm 2024", "Nơi nhận: các sở, ngành; lưu văn thư"}
	content := "<p>" + strings.Join(lines, "</p><p>") + "</p>"
	page := func(said, content string) []byte {
		meta := ""
		if said != "" {
			meta = `<meta http-equiv="Content-Type" content="text/html; charset=` + said + `">`
		}
		return []byte("<html><head>" + meta + "</head><body>" + content + "</body></html>")
	}
	pages := map[string][]byte{
		"UTF-8":               page("utf-8", content),
		"UTF-8, said Western": page("windows-1252", content),
		"letters taken apart": page("utf-8", norm.NFD.String(content)),
	}
	var numbers strings.Builder
	for _, r := range content {
		if r < 0x80 {
			numbers.WriteRune(r)
		} else {
			fmt.Fprintf(&numbers, "&#%d;", r)
		}
	}
	pages["numbers"] = page("us-ascii", numbers.String())
	wide := []byte{0xFF, 0xFE}
	for _, u := range utf16.Encode([]rune(string(page("unicode", content)))) {
		wide = binary.LittleEndian.AppendUint16(wide, u)
	}
	pages["UTF-16"], pages["UTF-16 without a mark"] = wide, wide[2:]
	fonts := map[string]string{"tcvn3": ".VnTime", "vni": "VNI-Times", "viscii": "", "cp1258": ""}
	for column, font := range fonts {
		letters := oldLetters(t, column)
		var b strings.Builder
		for _, r := range content {
			if code, ok := letters[r]; ok {
				b.WriteString(code)
			} else {
				b.WriteRune(r)
			}
		}
		for _, said := range []string{"", "windows-1252", "iso-8859-1", "utf-8", "x-user-defined"} {
			pages[column+", said "+said] = page(said, b.String())
		}
		if column == "cp1258" {
			pages[column+", said so"] = page("windows-1258", b.String())
		}
		if font != "" {
			western, err := charmap.Windows1252.NewDecoder().String(b.String())
			if err != nil {
				t.Fatal(err)
			}
			pages[column+" in UTF-8"] = page("utf-8", western)
			pages[column+" in UTF-8, with its font"] = page("utf-8", `<font face="`+font+`">`+western+"</font>")
			pages[column+" in UTF-8, with a style"] = page("utf-8", `<div style='font-family:"`+font+`",serif'>`+western+"</div>")
		}
	}
	for name, data := range pages {
		doc, err := Document(context.Background(), name, data)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var got []string
		for _, b := range doc.Blocks {
			got = append(got, b.Text)
		}
		if !slices.Equal(got, lines) || doc.Source.Format != "html" {
			t.Errorf("%s: as %s %q", name, doc.Source.Format, got)
		}
	}
}
