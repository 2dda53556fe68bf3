package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestSimilarAndGroups asks a corpus of letters that share a paragraph.
func TestSimilarAndGroups(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("KEHOACH_DATA", filepath.Join(dir, "data"))
	const shared = "Kinh phí thực hiện Kế hoạch được bảo đảm từ nguồn ngân sách nhà nước theo phân cấp hiện hành và các nguồn hợp pháp khác."
	docs := filepath.Join(dir, "docs")
	if err := os.Mkdir(docs, 0o755); err != nil {
		t.Fatal(err)
	}
	for i, province := range []string{"KIÊN GIANG", "LẠNG SƠN", "NGHỆ AN"} {
		last := shared
		if i == 2 {
			last = strings.Replace(shared, "hợp pháp khác", "khác theo quy định", 1)
		}
		text := fmt.Sprintf(`ỦY BAN NHÂN DÂN
TỈNH %s

Số: %d/KH-UBND

KẾ HOẠCH
Tuyên truyền về nước sạch

I. MỤC ĐÍCH
Nước sạch cho mọi người ở nơi số %d.

II. KINH PHÍ
%s

III. TỔ CHỨC THỰC HIỆN
Giao các sở cấp nước sạch.
`, province, i+1, i, last)
		if err := os.WriteFile(filepath.Join(docs, fmt.Sprintf("%d.txt", i)), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	ask := func(args ...string) (code int, stdout string) {
		t.Helper()
		code, stdout, stderr := run0("", args...)
		t.Logf("%s: %d %s", strings.Join(args, " "), code, stderr)
		return code, stdout
	}
	if code, _ := ask("ingest", "--quiet", docs); code != 0 {
		t.Fatal("the letters were not taken in")
	}
	_, out := ask("search", "--json", "ngân sách nhà nước number:1/KH-UBND")
	at := strings.Index(out, `"plan":"`)
	if !strings.Contains(out, `"shared":`) || at < 0 {
		t.Fatalf("%s: want the number of other plans", out)
	}
	id := out[at+len(`"plan":"`):][:16]
	code, out := ask("similar", id, "--section", "II", "--json")
	if code != 0 || strings.Count(out, `{"relation":"same","share":1,`) != 1 || !strings.Contains(out, `{"relation":"near","share":0.`) || strings.Contains(out, id) {
		t.Errorf("%d: %s", code, out)
	}
	if _, out = ask("similar", id, "--section", "II"); !strings.Contains(out, "The same words in other plans: 1 section") {
		t.Errorf("%s", out)
	}
	if _, out = ask("search", "--json", "--passage-of", id+"/II"); strings.Count(out, "\n") < 2 || strings.Count(out, `"path":["II"]`) != strings.Count(out, "\n") {
		t.Errorf("the same passage: %s", out)
	}
	if code, out = ask("similar", id, "--section", "IX"); code != 10 {
		t.Errorf("no such section: %d %s", code, out)
	}
	_, out = ask("search", "--json", "nước sạch", "--group", "plan", "--limit", "2")
	if strings.Count(out, `"in_plan":4`) != 6 || strings.Count(out, `"rank":1,`) != 3 || strings.Count(out, `"rank":2,`) != 3 {
		t.Errorf("groups: %s", out)
	}
	if code, _ = ask("search", "x", "--group", "year"); code != 2 {
		t.Errorf("groups by year: %d", code)
	}
}
