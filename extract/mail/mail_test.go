package mail

import (
	"encoding/base64"
	"strings"
	"testing"

	"kehoach/plan"
)

// crlf writes a message as the net carries it.
func crlf(s string) []byte { return []byte(strings.ReplaceAll(s, "\n", "\r\n")) }

const head = "Return-Path: <a@b.vn>\nFrom: =?utf-8?Q?S=E1=BB=9F?= <a@b.vn>\nDate: Mon, 4 Mar 2024 08:00:00 +0700\nSubject: =?UTF-8?B?S+G6vyBob+G6oWNo?=\n =?utf-8?q?_n=C4=83m?=\nMIME-Version: 1.0\n"

func lines(data []byte) (*plan.Document, error) {
	doc := &plan.Document{}
	for line := range strings.Lines(string(data)) {
		doc.Blocks = append(doc.Blocks, plan.Block{Text: strings.TrimRight(strings.TrimPrefix(line, "\uFEFF"), "\r\n")})
	}
	return doc, nil
}

func tagged(data []byte) (*plan.Document, error) {
	doc, err := lines(data)
	doc.Blocks[0].Text = "html:" + doc.Blocks[0].Text
	return doc, err
}

func TestMessage(t *testing.T) {
	packed := base64.StdEncoding.EncodeToString([]byte("%PDF-1.4 x"))
	attachment := func(fields, body string) string {
		return "--b\nContent-Type: application/octet-stream" + fields + "\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment" + body + "\n\n" + packed + "\n"
	}
	mixed := "Content-Type: multipart/mixed; boundary=b\n\n"
	tests := []struct{ name, message, body, files string }{
		{"plain", "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\nK=E1=BA=BF ho=\n=E1=BA=A1ch\n", "Kế hoạch", ""},
		{"a code page", "Content-Type: text/plain; charset=windows-1251\nContent-Transfer-Encoding: base64\n\n8ejt\n", "син", ""},
		{"a Western name proves nothing", "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: 8bit\n\nC\xA8n c\xF8\n", "C\xA8n c\xF8", ""},
		{"no type at all", "\nchữ\n", "chữ", ""},
		{"HTML before plain", "Content-Type: multipart/alternative; boundary=\"b\"\n\nlời đầu\n--b\n\nthường\n--b\nContent-Type: text/html\n\n<p>x\n--b--\n", "html:<p>x", ""},
		{"attachments", mixed + "--b\n\nlời\n" + attachment("", "; filename=\"kh.pdf\"") + attachment("; name=\"=?utf-8?Q?k=E1=BA=BF.pdf?=\"", "") + attachment("", "; filename*=UTF-8''k%E1%BA%BF.pdf") + attachment("", "") + "--b--\n",
			"lời", "kh.pdf kế.pdf kế.pdf#2 part-6"},
		{"names with folders", mixed + attachment("", `; filename="..\\..\\a/b.doc"`) + "--b--\n", "", "b.doc"},
		{"what decorates", mixed + "--b\nContent-Type: image/png; name=logo.png\nContent-Disposition: inline\n\nx\n--b\nContent-Type: text/calendar\n\nx\n--b--\n", "", ""},
		{"a message inside", mixed + "--b\nContent-Type: message/rfc822\n\nFrom: x\n" + strings.ReplaceAll(mixed, "=b", "=c") + "--c\n\ntrong\n" + strings.ReplaceAll(attachment("", "; filename=x.doc"), "--b", "--c") + "--c--\n--b--\n", "trong", "x.doc"},
		{"cut", mixed + "--b\n\nlời\n" + attachment("", "; filename=kh.pdf"), "lời", "kh.pdf"},
	}
	for _, test := range tests {
		data := crlf(head + test.message)
		if !IsMessage(data) {
			t.Errorf("%s: it is not taken for a message", test.name)
		}
		var names []string
		for _, a := range Attachments(data) {
			names = append(names, a.Name)
			if string(a.Data) != "%PDF-1.4 x" {
				t.Errorf("%s: %s holds %q", test.name, a.Name, a.Data)
			}
		}
		if got := strings.Join(names, " "); got != test.files {
			t.Errorf("%s: attached are %q, want %q", test.name, got, test.files)
		}
		doc, err := Reader{lines, tagged}.Read(data)
		if (err != nil) != (test.body == "") {
			t.Errorf("%s: %v", test.name, err)
		}
		if err != nil {
			continue
		}
		n := len(doc.Blocks)
		if doc.Blocks[0].Text != test.body || doc.Blocks[n-1].Text != "Kế hoạch năm" || doc.Blocks[n-1].Style != plan.Furniture {
			t.Errorf("%s: body %+v, want %q", test.name, doc.Blocks, test.body)
		}
	}
}

func TestIsMessage(t *testing.T) {
	for text, want := range map[string]bool{
		"From: a\nTo: b\n\nx": true, "From nobody Mon\nReceived: a\nDate: b\n\n": true, "MIME-Version: 1.0\nContent-Type: mult": true,
		"Subject: x\n\n": false, "Kế hoạch\nFrom: a\nTo: b\n": false, "Số: 12/KH-UBND\nTo: b\nSubject: c\n": false, "": false, "Date: 1\nTo: 2\n\n": false,
	} {
		if got := IsMessage([]byte(text)); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestNested(t *testing.T) {
	var b strings.Builder
	b.WriteString(head)
	for i := range 200 {
		boundary := strings.Repeat("x", i%60+1)
		b.WriteString("Content-Type: multipart/mixed; boundary=" + boundary + "\n\n--" + boundary + "\n")
	}
	if got := Attachments([]byte(b.String())); len(got) != 0 {
		t.Errorf("%d attachments", len(got))
	}
}

func FuzzMessage(f *testing.F) {
	f.Add([]byte(head + "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html; charset=utf-16\n\nx\n--b\nContent-Disposition: attachment; filename=\"=?x?\"\nContent-Transfer-Encoding: base64\n\nAAAA\n--b--"))
	f.Fuzz(func(t *testing.T, data []byte) {
		IsMessage(data)
		size := 0
		for _, a := range Attachments(data) {
			size += len(a.Data)
			if a.Name == "" || strings.ContainsAny(a.Name, "/\\\n") {
				t.Fatalf("a name is %q", a.Name)
			}
		}
		if size > 4*len(data)*mostDepth {
			t.Fatalf("%d bytes attached to %d", size, len(data))
		}
		Reader{lines, nil}.Read(data)
	})
}
