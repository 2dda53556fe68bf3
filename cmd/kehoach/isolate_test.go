package main

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"kehoach/extract"
)

// TestMain lets the test binary be the child process that reads foreign files, or one that ends at once.
func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Getenv("KEHOACH_TEST_CHILD") == "ends" {
		os.Exit(5)
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
	for path, text := range map[string]string{page: "<html><body><p>KẾ HOẠCH</p><p>Tuyên truyền về nước sạch</p></body></html>", plain: words} {
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
	t.Setenv("KEHOACH_TEST_CHILD", "ends")
	if code, _, stderr := run0("", "text", page); code != 3 || !strings.Contains(stderr, "crashed") {
		t.Errorf("a page whose child ends: code %d, said %q", code, stderr)
	}
	if code, stdout, _ := run0("", "text", plain); code != 0 || strings.TrimSpace(stdout) != words {
		t.Errorf("a plain text where children end: code %d, text %q", code, stdout)
	}
}
