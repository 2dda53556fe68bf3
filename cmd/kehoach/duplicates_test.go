package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestDuplicates asks a corpus of two letters that are nearly the same and a third one for documents and passages that are alike.
func TestDuplicates(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("KEHOACH_DATA", filepath.Join(dir, "data"))
	const shared = "Tổ chức các lớp tập huấn về sử dụng nước sạch cho cán bộ thôn, xã và người dân ở những nơi chưa có đường ống, mỗi năm " +
		"ít nhất hai lớp, kinh phí do ngân sách tỉnh bảo đảm."
	for i, province := range []string{"KIÊN GIANG", "LẠNG SƠN", "NGHỆ AN"} {
		last, task := shared, strings.Repeat("Xây đường ống dẫn nước về từng nhà dân trong xã. ", 8)
		if i == 2 {
			last, task = strings.Replace(shared, "ngân sách tỉnh", "ngân sách huyện", 1), "Giao các xã đếm giếng."
		}
		text := fmt.Sprintf("ỦY BAN NHÂN DÂN\nTỈNH %s\n\nSố: %d/KH-UBND\n\nKẾ HOẠCH\nVề nước sạch\n\nI. NỘI DUNG\n1. %s\n2. %s\n", province, i+1, task, last)
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprint(i, ".txt")), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if code, _, stderr := run0("", "ingest", filepath.Join(dir, "0.txt"), filepath.Join(dir, "1.txt"), filepath.Join(dir, "2.txt")); code != 0 {
		t.Fatal(stderr)
	}
	ask := func(args ...string) string {
		t.Helper()
		code, stdout, stderr := run0("", append([]string{"duplicates"}, args...)...)
		if code != 0 {
			t.Fatalf("%v: %d, %s", args, code, stderr)
		}
		return stdout
	}
	if got := ask("--least", "0.7"); strings.Count(got, "/KH-UBND") != 2 || !strings.Contains(got, "Lạng Sơn") {
		t.Errorf("documents that are alike:\n%s", got)
	}
	got := ask("--passages", "--json")
	var line copiedLine
	if err := json.Unmarshal([]byte(strings.Split(got, "\n")[0]), &line); err != nil {
		t.Fatal(err)
	}
	if line.Documents != 3 || line.Text != shared || len(line.Places) != 3 || strings.Join(line.Places[0].Path, "/") != "I/2" || line.Places[0].Alike != 1 ||
		line.Places[2].Number != "3/KH-UBND" || line.Places[2].Alike < 0.8 || line.Places[2].Alike == 1 {
		t.Errorf("%+v", line)
	}
	if strings.Count(got, "\n") != 2 { // and the task
		t.Errorf("passages:\n%s", got)
	}
	text := ask("--passages", "--places", "2")
	for _, want := range []string{"In 3 documents", "“Tổ chức các lớp tập huấn", "  same 1/KH-UBND · Ủy ban nhân dân tỉnh Kiên Giang", "I › 2", "… and 1 place more", "--section I/2"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in\n%s", want, text)
		}
	}
	if got := ask("--passages", "--province", "nghe an"); got != "" {
		t.Errorf("among the plans of one province:\n%s", got)
	}
	if code, _, _ := run0("", "duplicates", "--passages", "--words", "1"); code != 2 {
		t.Errorf("exit code %d", code)
	}
}
