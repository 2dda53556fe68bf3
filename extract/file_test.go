package extract

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"unicode/utf16"

	"kehoach/extract/html"
	"kehoach/extract/mail"
	"kehoach/plan"
)

const sentence = "Ủy ban nhân dân tỉnh ban hành Kế hoạch phòng, chống hạn hán, xâm nhập mặn."

// TestLimits holds files that are beyond what a reader takes: each is refused for that reason, not as damaged.
func TestLimits(t *testing.T) {
	page := []byte("<html><body><p>Kế hoạch</p>" + strings.Repeat("<p>"+sentence+"</p>", html.MaxBytes/len(sentence)) + "</body></html>")
	letter := append([]byte("From: a@b.vn\nTo: c@d.vn\nSubject: x\n\n"), bytes.Repeat([]byte(sentence+"\n"), mail.MaxBytes/len(sentence))...)
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	w, _ := z.Create("word/document.xml")
	w.Write([]byte("<w:document>"))
	for range 260 {
		w.Write(bytes.Repeat([]byte(" "), 1<<20))
	}
	z.Close()
	for want, data := range map[string][]byte{"the page is larger than 32 MB": page, "the message is larger than 100 MB": letter, "unpacks to more than 256 MB": buf.Bytes()} {
		if _, err := Document(context.Background(), "x", data); !errors.Is(err, ErrLimit) || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
}

// TestRefused holds what is no document: each is refused with its name and a reason, and no other way.
func TestRefused(t *testing.T) {
	noise := make([]byte, 5000)
	random := rand.NewChaCha8([32]byte{7})
	random.Read(noise)
	var inner, outer bytes.Buffer
	w := zip.NewWriter(&inner)
	w.Create("a.txt")
	w.Close()
	w = zip.NewWriter(&outer)
	f, _ := w.Create("inner.zip")
	f.Write(inner.Bytes())
	w.Close()
	for _, test := range []struct {
		name string
		data []byte
		want string
	}{
		{"empty", nil, "the file is empty"},
		{"blank", []byte(" \n\t\r\n\u00a0\n"), "it holds no words"},
		{"mark", []byte("\xEF\xBB\xBF"), "it holds no words"},
		{"zeros", make([]byte, 300), "bytes that are no text"},
		{"noise", noise, "bytes that are no text"},
		{"zip", outer.Bytes(), "a zip archive"},
		{"pdf", []byte("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj"), ""},
		{"pdf behind junk", append([]byte("junk\n%PDF-1.4\n"), noise...), ""},
		{"doc", append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), noise...), ""},
		{"json", []byte(`{"schema": "kehoach.plan/1", "title": "Tập huấn"}`), "JSON data"},
		{"frames", []byte("<html><frameset cols=\"20%,80%\"><frame src=a.htm><noframes>khung</noframes></frameset></html>"), "frames other pages"},
		{"png", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00"), "no picture"},
	} {
		doc, err := Document(context.Background(), "kh.bin", test.data)
		if !errors.Is(err, ErrUnreadable) || doc != nil {
			t.Errorf("%s: taken, or refused with %v", test.name, err)
			continue
		}
		if !strings.Contains(err.Error(), "kh.bin") || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %q does not say %q", test.name, err, test.want)
		}
	}
}

// TestTaken holds odd files that are documents all the same.
func TestTaken(t *testing.T) {
	utf16le := []byte{0xFF, 0xFE}
	for _, u := range utf16.Encode([]rune(sentence)) {
		utf16le = append(utf16le, byte(u), byte(u>>8))
	}
	for _, test := range []struct {
		name string
		data string
	}{
		{"one line", sentence},
		{"a bracket", "[1] " + sentence},
		{"zero bytes", strings.ReplaceAll(sentence, " ", "\x00 ") + "\x00\x00\x00"},
		{"byte order mark", "\xEF\xBB\xBF" + sentence},
		{"UTF-16", string(utf16le)},
		{"UTF-16 without a mark", string(utf16le[2:])},
		{"decomposed letters", "U\u0309y ban nha\u0302n da\u0302n ti\u0309nh ban ha\u0300nh Ke\u0302\u0301 hoa\u0323ch pho\u0300ng, cho\u0302\u0301ng ha\u0323n ha\u0301n, xa\u0302m nha\u0323\u0302p ma\u0306\u0323n."},
		{"old Macintosh lines", "\r" + sentence + "\r"},
		{"TCVN3", "\xf1y ban nh\xa9n d\xa9n t\xd8nh ban h\xb5nh K\xd5 ho\xb9ch ph\xdfng, ch\xe8ng h\xb9n h\xb8n, x\xa9m nh\xcbp m\xc6n."},
	} {
		doc, err := Document(context.Background(), "kh.txt", []byte(test.data))
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		if got := strings.TrimPrefix(textOf(doc), "[1] "); !strings.EqualFold(got, sentence+"\n") {
			t.Errorf("%s: %q", test.name, got)
		}
		if src := doc.Source; src.Bytes != int64(len(test.data)) || len(src.SHA256) != 64 || src.Format != "text" || src.Tools["extract"] != Version {
			t.Errorf("%s: source %+v", test.name, src)
		}
	}
}

// TestInvalidUTF8 keeps the words around a broken letter.
func TestInvalidUTF8(t *testing.T) {
	doc, err := Document(context.Background(), "kh.txt", []byte(sentence+"\n- Trồng r\xe1\xbbng phòng hộ;\n"))
	if err != nil {
		t.Fatal(err)
	}
	if got := textOf(doc); !strings.HasPrefix(got, sentence+"\n- Trồng r") || !strings.HasSuffix(got, "ng phòng hộ;\n") {
		t.Errorf("%q", got)
	}
}

// TestFile holds paths that lead to no file: each error names the path and says why, and none blocks.
func TestFile(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	if err := os.WriteFile(at("good.txt"), []byte(sentence), 0o644); err != nil {
		t.Fatal(err)
	}
	os.Mkdir(at("folder"), 0o755)
	os.Symlink("nowhere", at("broken"))
	os.Symlink("good.txt", at("link"))
	os.Symlink("loop", at("loop"))
	os.WriteFile(at("locked.txt"), []byte(sentence), 0)
	if err := syscall.Mkfifo(at("pipe"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ name, want string }{
		{"absent.txt", "there is no such file"},
		{"good.txt/below", "not a directory"},
		{"broken", "a symbolic link to nothing"},
		{"loop", "symbolic link"},
		{"folder", "it is a folder"},
		{"pipe", "a named pipe"},
		{"locked.txt", "permission is denied"},
	} {
		if test.name == "locked.txt" && os.Getuid() == 0 {
			continue // root may read everything
		}
		data, err := File(at(test.name))
		if !errors.Is(err, ErrUnreadable) || data != nil {
			t.Errorf("%s: read, or refused with %v", test.name, err)
			continue
		}
		if !strings.Contains(err.Error(), test.name) || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %q does not say %q", test.name, err, test.want)
		}
		if u := Unread(at(test.name), err); u.Source.Path != at(test.name) || len(u.Problems) != 1 || u.Problems[0].Code != plan.Unreadable {
			t.Errorf("%s: %+v", test.name, u)
		}
	}
	for _, name := range []string{"good.txt", "link"} {
		if data, err := File(at(name)); err != nil || string(data) != sentence {
			t.Errorf("%s: %q, %v", name, data, err)
		}
	}
}

// TestLimit refuses what is beyond MaxBytes without reading it all.
func TestLimit(t *testing.T) {
	large := filepath.Join(t.TempDir(), "large.txt")
	if err := os.WriteFile(large, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(large, MaxBytes+1); err != nil {
		t.Fatal(err)
	}
	_, err := File(large)
	if !errors.Is(err, ErrLimit) || !strings.Contains(err.Error(), "large.txt") {
		t.Errorf("%v", err)
	}
	if u := Unread(large, err); u.Problems[0].Code != plan.LimitExceeded {
		t.Errorf("%+v", u)
	}
}

// TestCancelled gives the context's error, not a document.
func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if p, err := Read(ctx, "kh.txt", []byte(sentence)); !errors.Is(err, context.Canceled) || p != nil {
		t.Errorf("%v", err)
	}
}
