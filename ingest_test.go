package kehoach

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kehoach/corpus"
	"kehoach/index"
	"kehoach/plan"
)

// letter is a small plan; n makes it differ from others.
func letter(n int) string {
	provinces := []string{"Kiên Giang", "Lạng Sơn", "Hậu Giang", "Nghệ An"}
	return fmt.Sprintf(`ỦY BAN NHÂN DÂN
TỈNH %s

Số: %d/KH-UBND
%s, ngày %d tháng 6 năm %d

KẾ HOẠCH
Tuyên truyền về nước sạch năm %d

Thực hiện Quyết định số 889/QĐ-TTg ngày 24 tháng 6 năm 2020 của Thủ tướng Chính phủ, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:

I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích
Nâng cao nhận thức của người dân về nước sạch lần thứ %d.
2. Yêu cầu
Thiết thực, tiết kiệm.

II. TỔ CHỨC THỰC HIỆN
1. Sở Y tế
- Chủ trì, phối hợp với Sở Tài chính tuyên truyền trước ngày 30/11/%d.
2. Sở Tài chính
- Bố trí kinh phí.

Trên đây là Kế hoạch tuyên truyền về nước sạch./.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Nguyễn Văn %c
`, strings.ToUpper(provinces[n%4]), n+1, provinces[n%4], n%28+1, 2020+n%5, 2020+n%5, n, 2020+n%5, 'A'+rune(n%26))
}

// letters writes n small plans into a folder, with times that lie back a while.
func letters(t testing.TB, dir string, n int) {
	t.Helper()
	for i := range n {
		put(t, filepath.Join(dir, fmt.Sprintf("%03d.txt", i)), letter(i))
	}
	time.Sleep(50 * time.Millisecond) // out of the tick in which a file's times prove nothing
}

func put(t testing.TB, path, text string) string {
	t.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o644)); err != nil {
		t.Fatal(err)
	}
	return path
}

func zipped(t testing.TB, pairs ...string) string {
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

// ingest runs Ingest and fails the test on an error.
func ingestAll(t testing.TB, dir string, paths ...string) (Report, []Event) {
	t.Helper()
	var events []Event
	r, err := Ingest(context.Background(), dir, paths, Options{Progress: func(e Event) { events = append(events, e) }})
	if err != nil {
		t.Fatal(err)
	}
	return r, events
}

// counts is a report's counts in a line: added changed duplicate unchanged quarantined skipped.
func counts(r Report) string {
	return fmt.Sprintf("%d+ %d~ %d= %d. %d! %d-", r.Added, r.Changed, r.Duplicate, r.Unchanged, r.Quarantined, r.Skipped)
}

// contents is every plan of a corpus as JSON, one a line: what an export of it would give. It also holds the index
// to the catalogue.
func contents(t testing.TB, dir string) string {
	t.Helper()
	c, err := corpus.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	var out strings.Builder
	var ids []string
	for p, err := range c.Select(plan.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		line, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		out.Write(append(line, '\n'))
		ids = append(ids, p.ID)
		if _, err := c.Original(p.Source.SHA256); err != nil {
			t.Error(err)
		}
	}
	if found := search(t, dir, index.Query{}); !slices.Equal(found, ids) {
		t.Errorf("the index holds %d plans, the catalogue %d", len(found), len(ids))
	}
	return out.String()
}

// search gives the ids of all plans that answer, in order.
func search(t testing.TB, dir string, q index.Query) []string {
	t.Helper()
	x, err := index.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	q.Limit = 100_000
	res, err := x.Search(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, h := range res.Hits {
		ids = append(ids, h.Plan)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

func TestIngest(t *testing.T) {
	dir, src := t.TempDir(), t.TempDir()
	letters(t, src, 30)
	put(t, filepath.Join(src, "again/copy.txt"), letter(3))
	put(t, filepath.Join(src, "kh.zip"), zipped(t, "a/new.txt", letter(100), "old.txt", letter(4)))
	time.Sleep(50 * time.Millisecond)

	r, events := ingestAll(t, dir, src)
	if got := counts(r); got != "31+ 0~ 2= 0. 0! 0-" {
		t.Errorf("first run: %s", got)
	}
	if !slices.IsSortedFunc(events, func(a, b Event) int { return a.Done - b.Done }) || events[0].Path != filepath.Join(src, "000.txt") {
		t.Errorf("the events are not in the order of the walk: %+v", events[:2])
	}
	first := contents(t, dir)
	if n := strings.Count(first, "\n"); n != 31 {
		t.Fatalf("%d plans", n)
	}
	if hits := search(t, dir, index.Query{Words: "nuoc sach", Filter: plan.Filter{Province: []string{"nghe an"}}}); len(hits) != 7 {
		t.Errorf("%d plans of Nghệ An about nước sạch, want 7", len(hits))
	}

	r, events = ingestAll(t, dir, src)
	if got := counts(r); got != "0+ 0~ 0= 33. 0! 0-" || r.Bytes != 0 {
		t.Errorf("second run: %s, %d bytes read", got, r.Bytes)
	}
	if len(events) != 32 { // the archive is one
		t.Errorf("%d events of an unchanged folder", len(events))
	}

	put(t, filepath.Join(src, "005.txt"), letter(200))
	put(t, filepath.Join(src, "006.txt"), letter(6)) // written again, the same
	put(t, filepath.Join(src, "kh.zip"), zipped(t, "a/new.txt", letter(100), "old.txt", letter(5), "more.txt", letter(201)))
	time.Sleep(50 * time.Millisecond)
	r, _ = ingestAll(t, dir, src)
	if got := counts(r); got != "1+ 2~ 0= 31. 0! 0-" {
		t.Errorf("third run: %s", got)
	}
	after := contents(t, dir)
	if n := strings.Count(after, "\n"); n != 33 {
		t.Errorf("%d plans after the change, want 31 + 200 + 201", n)
	}
	c, err := corpus.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	s, err := c.Status()
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(s.Plans, s.Superseded, s.Sources, s.Archives, s.Pending, s.Runs); got != "33 0 34 1 0 3" {
		t.Errorf("status: %s", got)
	}
}

// TestSuperseded holds that a version that no file has any more is kept, and found no more.
func TestSuperseded(t *testing.T) {
	dir, src := t.TempDir(), t.TempDir()
	path := put(t, filepath.Join(src, "a.txt"), letter(0))
	ingestAll(t, dir, src)
	old := search(t, dir, index.Query{})[0]
	put(t, path, letter(1))
	if r, _ := ingestAll(t, dir, src); counts(r) != "0+ 1~ 0= 0. 0! 0-" {
		t.Errorf("changed: %s", counts(r))
	}
	if now := search(t, dir, index.Query{}); len(now) != 1 || now[0] == old {
		t.Errorf("found %v, the old one is %s", now, old)
	}
	contents(t, dir)
	c, err := corpus.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if p, err := c.Plan(old); err != nil || p.Number != "1/KH-UBND" {
		t.Errorf("the old version: %+v, %v", p, err)
	}
	put(t, path, letter(0))
	ingestAll(t, dir, src)
	if now := search(t, dir, index.Query{}); len(now) != 1 || now[0] != old {
		t.Errorf("after the file was put back: %v, want %s", now, old)
	}
}

// TestFilterAgrees holds the index to the catalogue, for every field of a filter.
func TestFilterAgrees(t *testing.T) {
	dir, src := t.TempDir(), t.TempDir()
	letters(t, src, 20)
	ingestAll(t, dir, src)
	put(t, filepath.Join(src, "late/copy.txt"), letter(2))
	put(t, filepath.Join(src, "late/new.txt"), letter(50))
	ingestAll(t, dir, src)
	c, err := corpus.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	for _, f := range []plan.Filter{
		{},
		{Province: []string{"kien giang"}}, {Province: []string{"An Giang"}}, {Province: []string{"Cần Thơ", "lang son"}}, {Province: []string{"x"}},
		{Year: plan.Range{From: "2021", To: "2022"}}, {Year: plan.Range{To: "2020"}},
		{Type: []string{"KH"}}, {Type: []string{"ke hoach"}}, {Type: []string{"QĐ"}},
		{Lead: []string{"so y te"}}, {Lead: []string{"Sở Tài chính"}}, {Lead: []string{"tai"}}, {Support: []string{"tài chính"}},
		{Kind: []plan.Kind{plan.Requirements}}, {Kind: []plan.Kind{plan.Money}},
		{Program: []string{"889/qd-ttg"}}, {Program: []string{"1/QĐ-TTg"}},
		{Issuer: []string{"UBND"}}, {Issuer: []string{"UBND tỉnh Nghệ An"}}, {Issuer: []string{"so y te"}},
		{Level: []plan.Level{plan.Provincial}}, {Level: []plan.Level{plan.Commune}},
		{Issued: plan.Range{From: "2021-06-10", To: "2023"}}, {Due: plan.Range{From: "2021-12"}}, {Due: plan.Range{To: "2022-11-30"}},
		{AddedSince: "1"}, {AddedSince: "2"},
		{Source: "*/late/*"}, {Source: "*/00[1-5].txt"}, {Source: "*/copy.txt"},
		{Type: []string{"KH"}, Province: []string{"nghe an"}, Year: plan.Range{From: "2023"}},
	} {
		want, err := c.IDs(f)
		if err != nil {
			t.Fatal(err)
		}
		if got := search(t, dir, index.Query{Filter: f}); !slices.Equal(got, want) {
			t.Errorf("%+v: the index gives %d plans, the catalogue %d", f, len(got), len(want))
		}
	}
}
