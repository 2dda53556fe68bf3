package main

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"kehoach/extract"
)

// TestMain lets the test binary be the child process that reads foreign files, or one that ends at once, or the program.
func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Getenv("KEHOACH_TEST_CHILD") == "ends" {
		os.Exit(5)
	}
	if line := os.Getenv("KEHOACH_TEST_RUN"); line != "" { // the program itself, in a process of its own
		os.Exit(run(strings.Split(line, "\n"), os.Stdin, os.Stdout, os.Stderr))
	}
	extract.ServeChild(os.Args)
	os.Exit(m.Run())
}

// TestReadInChild holds that foreign formats are read by a child process: where it ends, they cannot be read.
func TestReadInChild(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("child processes are bounded on Linux only")
	}
	dir := t.TempDir()
	page := filepath.Join(dir, "a.html")
	plain := filepath.Join(dir, "a.txt")
	words := "KẾ HOẠCH\nTuyên truyền về nước sạch"
	foreign := "<html><body><p>KẾ HOẠCH</p><p>Tuyên truyền về nước sạch</p></body></html>"
	for path, text := range map[string]string{page: foreign, plain: words} {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, path := range []string{page, plain} {
		code, stdout, stderr := run0("", "text", path)
		if code != 0 || strings.TrimSpace(stdout) != words {
			t.Errorf("%s: code %d, text %q, %q", filepath.Base(path), code, stdout, stderr)
		}
	}
	inside := [][2]string{{"a.zip", zipped(t, "trang.html", foreign, "loi.txt", words)}, {"a.eml", "From: a@b.vn\nTo: c@d.vn\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n" +
		"--b\nContent-Disposition: attachment; filename=trang.html\n\n" + foreign + "\n--b\nContent-Disposition: attachment; filename=loi.txt\n\n" + words + "\n--b--\n"}}
	t.Setenv("KEHOACH_TEST_CHILD", "ends")
	for _, file := range inside {
		path := write(t, filepath.Join(t.TempDir(), file[0]), file[1])
		code, _, stderr := kh(t.TempDir(), "", "ingest", path)
		if code != 3 || !strings.Contains(stderr, "trang.html: cannot be read: the reader crashed") || strings.Contains(stderr, "loi.txt: cannot") {
			t.Errorf("%s, whose page is foreign: code %d, said %q", file[0], code, stderr)
		}
	}
	if code, _, stderr := run0("", "text", page); code != 3 || !strings.Contains(stderr, "crashed") {
		t.Errorf("a page whose child ends: code %d, said %q", code, stderr)
	}
	if code, stdout, _ := run0("", "text", plain); code != 0 || strings.TrimSpace(stdout) != words {
		t.Errorf("a plain text where children end: code %d, text %q", code, stdout)
	}
}

// zipped is an archive of files, name and content in turn.
func zipped(t *testing.T, pairs ...string) string {
	t.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for i := 0; i < len(pairs); i += 2 {
		w, err := z.Create(pairs[i])
		if err == nil {
			_, err = io.WriteString(w, pairs[i+1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.String()
}
