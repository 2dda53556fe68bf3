package extract

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kehoach/plan"
)

// message writes a message with a body and attached files, name and content in turn.
func message(body string, files ...string) []byte {
	var b strings.Builder
	b.WriteString("From: a@b.vn\nTo: c@d.vn\nSubject: gửi\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\n" + body + "\n")
	for i := 0; i < len(files); i += 2 {
		b.WriteString("--b\nContent-Type: application/octet-stream\nContent-Disposition: attachment; filename=" + files[i] + "\nContent-Transfer-Encoding: base64\n\n" +
			base64.StdEncoding.EncodeToString([]byte(files[i+1])) + "\n")
	}
	b.WriteString("--b--\n")
	return []byte(b.String())
}

func TestAttachments(t *testing.T) {
	const rtf = `{\rtf1\ansi K\u7871?  ho\u7841?ch \'e0\par}`
	png := "\x89PNG\r\n\x1A\n" + strings.Repeat("x", 200)
	tests := []struct {
		name, text, files string
		data              []byte
	}{
		{"a body alone", "Kính gửi", "", message("Kính gửi")},
		{"a document", "Kế hoạch à", "kh.rtf", message("Kính gửi", "kh.rtf", rtf)},
		{"two documents", "Kế hoạch à", "kh.rtf dai.txt", message("Kính gửi", "kh.rtf", rtf, "dai.txt", "Kế hoạch dài hơn văn bản kia\n")},
		{"a name proves nothing", "Kế hoạch à", "kh.pdf", message("Kính gửi", "kh.pdf", rtf)},
		{"a logo", "Kính gửi", "", message("Kính gửi", "logo.png", png)},
		{"a file that nobody reads", "Kính gửi", "", message("Kính gửi", "x.exe", "MZ\x00\x00\x01\x02\x03\x00\x00\x00")},
		{"and one beside a document", "Kế hoạch à", "x.exe kh.rtf", message("Kính gửi", "x.exe", "MZ\x00\x00\x01\x02\x03\x00\x00\x00", "kh.rtf", rtf)},
	}
	for _, test := range tests {
		path := filepath.Join(t.TempDir(), "thu")
		if err := os.WriteFile(path, test.data, 0o600); err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, a := range Attachments(path) {
			names = append(names, a.Name)
		}
		if got := strings.Join(names, " "); got != test.files {
			t.Errorf("%s: carries %q, want %q", test.name, got, test.files)
		}
		doc, err := Document(context.Background(), path, test.data)
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		if doc.Source.Format != "eml" || doc.Blocks[0].Text != test.text || (test.name == "two documents") != (len(doc.Problems) == 1) {
			t.Errorf("%s: %s %+v %v", test.name, doc.Source.Format, doc.Blocks, doc.Problems)
		}
	}
}

// TestSniffWord tells files of word processors and their like by what they hold.
func TestSniffWord(t *testing.T) {
	pack := func(names ...string) []byte {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for _, name := range names {
			w, err := z.Create(name)
			if err != nil {
				t.Fatal(err)
			}
			w.Write([]byte("<x/>"))
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	ole := "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("\x00", 600)
	tests := []struct{ name, data, format, why string }{
		{"kh.doc", string(pack("[Content_Types].xml", "word/document.xml")), "docx", ""},
		{"kh.doc", `{\rtf1 x}`, "rtf", ""},
		{"kh.pdf", "\n{\\rtf1 x}", "rtf", ""},
		{"kh.doc", ole + "W\x00o\x00r\x00d\x00D\x00o\x00c\x00u\x00m\x00e\x00n\x00t\x00\x00\x00", "doc", ""},
		{"kh.doc", "<html><body>x</body></html>", "html", ""},
		{"kh.docx", string(pack("[Content_Types].xml", "xl/workbook.xml")), "", "an Excel workbook"},
		{"kh.doc", ole, "", "an old office document"},
	}
	for _, test := range tests {
		f, err := format(test.name, []byte(test.data))
		switch {
		case test.format == "" && (err == nil || !strings.Contains(err.Error(), test.why)):
			t.Errorf("%s: %v, want %q", test.name, err, test.why)
		case test.format != "" && (err != nil || f.Name != test.format):
			t.Errorf("%s is %+v (%v), want %s", test.name, f, err, test.format)
		}
	}
	if doc, err := Document(context.Background(), "x", []byte(`{\rtf1\ansi a\par}`)); err != nil || doc.Blocks[0].Style != plan.Body {
		t.Errorf("%v %v", doc, err)
	}
}

// TestAttachmentRefused holds that a message tells of the documents that could not be read.
func TestAttachmentRefused(t *testing.T) {
	const rtf = `{\rtf1\ansi K\u7871?  ho\u7841?ch}`
	for _, test := range []struct {
		name, text string
		data       []byte
	}{
		{"the first of two", "Kế hoạch", message("Kính gửi", "a.pdf", "%PDF-1.4\nnothing", "b.rtf", rtf)},
		{"the only one", "Kính gửi", message("Kính gửi", "a.pdf", "%PDF-1.4\nnothing")},
	} {
		doc, err := Document(context.Background(), "thu.eml", test.data)
		if err != nil || doc.Blocks[0].Text != test.text {
			t.Errorf("%s: %+v, error %v", test.name, doc, err)
		} else if len(doc.Problems) != 1 || doc.Problems[0].Code != plan.Unreadable || !strings.Contains(doc.Problems[0].Message, "a.pdf cannot be read") {
			t.Errorf("%s: problems %+v", test.name, doc.Problems)
		}
	}
}
