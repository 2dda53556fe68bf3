package main

import (
	"path/filepath"
	"strings"
	"testing"

	"kehoach/corpus"
	"kehoach/plan"
)

func TestShowCommand(t *testing.T) {
	dir, src := t.TempDir(), t.TempDir()
	write(t, filepath.Join(src, "a.txt"), letter)
	kh(dir, "", "ingest", src)
	id := ""
	c, err := corpus.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	for p, err := range c.Select(plan.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		id = p.ID
	}
	for _, r := range []struct {
		args []string
		code int
		want string // a part of standard output, or of standard error where it failed
	}{
		{[]string{id}, 0, "Kế hoạch 12/KH-UBND\nTuyên truyền về nước sạch năm 2021\n"},
		{[]string{id[:6]}, 0, "issuer     Ủy ban nhân dân tỉnh Kiên Giang (province)\n"},
		{[]string{id}, 0, "province   Kiên Giang, today An Giang\n"},
		{[]string{id}, 0, "  I  MỤC ĐÍCH [purpose]\n"},
		{[]string{id}, 0, "  Sở Y tế (lead)\n    - Chủ trì, phối hợp với Sở Tài chính tổ chức tuyên truyền về nước sạch trên\n      địa bàn tỉnh trước ngày 30/11/2021. [II/1]\n      with Sở Tài chính\n"},
		{[]string{id, "--evidence"}, 0, "> “TỈNH KIÊN GIANG” 20–38\n"},
		{[]string{id, "--evidence"}, 0, "> these words, "},
		{[]string{id, "--section", "II/2"}, 0, "2. Sở Tài chính\n- Bố trí kinh phí.\n"},
		{[]string{id, "--section", "ii.2"}, 0, "2. Sở Tài chính\n- Bố trí kinh phí.\n"},
		{[]string{id, "--section", "II/2", "--json"}, 0, `"path":["II","2"]`},
		{[]string{id, "--json"}, 0, `{"schema":"kehoach.plan/1","id":"` + id},
		{[]string{id, "--section", "IX"}, 1, "no section IX"},
		{[]string{"abcdef"}, 10, "no such plan"},
		{[]string{"abc"}, 10, "at least 6"},
		{nil, 2, "accepts 1 arg"},
	} {
		code, out, errs := kh(dir, "", append([]string{"show"}, r.args...)...)
		got := out
		if code != 0 {
			got = errs
		}
		if code != r.code || !strings.Contains(got, r.want) {
			t.Errorf("show %s: exit %d, want %q in\n%s%s", r.args, code, r.want, out, errs)
		}
		if code == 0 && !strings.Contains(strings.Join(r.args, " "), "--json") {
			for line := range strings.Lines(out) {
				if columns(strings.TrimSuffix(line, "\n")) > pageWidth {
					t.Errorf("show %s: a line of %d columns: %s", r.args, columns(line), line)
				}
			}
		}
	}
}
