package kehoach

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"kehoach/corpus"
	"kehoach/index"
	"kehoach/plan"
)

// TestMain lets the test binary be another process that ingests: the paths of KEHOACH_TEST_INGEST into the folder
// of KEHOACH_TEST_DATA, five sources to a commit. It tells of each source by a line of JSON once it is safe.
func TestMain(m *testing.M) {
	if paths := os.Getenv("KEHOACH_TEST_INGEST"); paths != "" {
		lines := json.NewEncoder(os.Stdout)
		_, err := Ingest(context.Background(), os.Getenv("KEHOACH_TEST_DATA"), filepath.SplitList(paths),
			Options{batch: 5, Progress: func(e Event) { lines.Encode(e) }})
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// child is this test binary as another process, which ingests the paths into dir.
func child(program, dir string, paths ...string) *exec.Cmd {
	c := exec.Command(program)
	c.Env = append(os.Environ(), "KEHOACH_TEST_DATA="+dir, "KEHOACH_TEST_INGEST="+strings.Join(paths, string(filepath.ListSeparator)))
	c.Stderr = os.Stderr
	return c
}

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

func TestBadInput(t *testing.T) {
	dir, src := t.TempDir(), t.TempDir()
	at := func(name string) string { return filepath.Join(src, name) }
	for name, text := range map[string]string{
		"empty.txt":     "",
		"line.txt":      "Kế hoạch số 5/KH-UBND.",
		"random.bin":    random(100_000),
		"cut.zip":       zipped(t, "a.txt", letter(1))[:60],
		"nested.zip":    zipped(t, "inner.zip", zipped(t, "a.txt", letter(2)), "good.txt", letter(3)),
		"none.zip":      zipped(t),
		"invalid.txt":   letter(4) + "\xff\xfe\xfa",
		"nul.txt":       strings.Replace(letter(5), "Thiết thực", "Thiết\x00 thực", 1),
		"closed.txt":    letter(7),
		"closed/in.txt": letter(8),
		"z-good.txt":    letter(6),
	} {
		put(t, at(name), text)
	}
	if err := errors.Join(os.Symlink("nothing", at("broken.txt")), os.Symlink(src, at("circle")),
		syscall.Mkfifo(at("pipe"), 0o644), os.Symlink("/dev/zero", at("device"))); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.Chmod(at("closed"), 0), os.Chmod(at("closed.txt"), 0)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.Chmod(at("closed"), 0o755) })
	want := map[string]string{ // a part of the reason; "" is one that is read
		"empty.txt": "empty", "line.txt": "", "random.bin": "cannot be read", "cut.zip": "damaged zip", "nested.zip!/good.txt": "",
		"nested.zip!/inner.zip": "archive inside an archive", "none.zip": "holds no file", "invalid.txt": "", "nul.txt": "",
		"closed.txt": "permission is denied", "closed": "cannot be listed: permission denied", "z-good.txt": "",
		"broken.txt": "symbolic link to nothing", "pipe": "named pipe", "device": "device", "none.txt": "no such file",
	}
	outcomes := ingestAsNobody(t, dir, src, at("none.txt"))
	for name, reason := range want {
		got, ok := outcomes[at(name)]
		switch {
		case !ok:
			t.Errorf("%s: nothing was told of it", name)
		case reason == "" && got != "added":
			t.Errorf("%s: %q, want it read", name, got)
		case !strings.Contains(got, reason):
			t.Errorf("%s: %q, want %q", name, got, reason)
		case strings.Contains(got, src):
			t.Errorf("%s: the reason repeats the path: %q", name, got)
		}
	}
	if n := strings.Count(contents(t, dir), "\n"); n != 5 {
		t.Errorf("%d plans are kept, want 5", n)
	}
	c, err := corpus.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	list, err := c.Quarantine()
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range list {
		if got := outcomes[u.Path]; got != u.Reason {
			t.Errorf("%s: quarantined for %q, told %q", u.Path, u.Reason, got)
		}
	}
	if len(list) != 11 {
		t.Errorf("%d sources in quarantine, want 11", len(list))
	}
	if left, err := os.ReadDir(filepath.Join(dir, "originals/tmp")); err != nil || len(left) > 0 {
		t.Errorf("something is half kept: %v, %v", left, err)
	}
}

// ingestAsNobody ingests in a process without the rights of root, which may read everything. It gives the outcome
// of each path, and the reason instead where it could not be read.
func ingestAsNobody(t *testing.T, dir string, paths ...string) map[string]string {
	t.Helper()
	program := os.Args[0]
	attr := &syscall.SysProcAttr{}
	if os.Geteuid() == 0 {
		binary, err := os.ReadFile(program)
		if err != nil {
			t.Fatal(err)
		}
		program = filepath.Join(t.TempDir(), "ingest")
		err = errors.Join(os.WriteFile(program, binary, 0o755), os.Chmod(filepath.Dir(filepath.Dir(program)), 0o755), os.Chown(dir, 65534, 65534))
		if err != nil {
			t.Fatal(err)
		}
		attr.Credential = &syscall.Credential{Uid: 65534, Gid: 65534}
	}
	cmd := child(program, dir, paths...)
	cmd.SysProcAttr = attr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	got := make(map[string]string)
	for line := range strings.Lines(string(out)) {
		var e Event
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		got[e.Path] = string(e.Outcome)
		if e.Outcome == corpus.Refused {
			got[e.Path] = e.Reason
		}
	}
	return got
}

// TestKill kills a process that ingests, at moments spread over its work. Whatever the moment, the corpus opens,
// what was acknowledged is there, and the next run completes to the same corpus.
func TestKill(t *testing.T) {
	src := t.TempDir()
	letters(t, src, 50)
	put(t, filepath.Join(src, "more.zip"), zipped(t, "a.txt", letter(100), "b.txt", letter(101)))
	whole := t.TempDir()
	start := time.Now()
	if err := child(os.Args[0], whole, src).Run(); err != nil {
		t.Fatal(err)
	}
	took := time.Since(start)
	want := contents(t, whole)
	dice := rand.New(rand.NewPCG(7, 7))
	cut, acknowledged := 0, 0
	for range 10 {
		dir := t.TempDir()
		cmd := child(os.Args[0], dir, src)
		var out bytes.Buffer
		cmd.Stdout = &out
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(dice.Int64N(int64(took))))
		cmd.Process.Kill()
		if cmd.Wait() != nil {
			cut++
		}
		c, err := corpus.Open(dir)
		if err == nil {
			for line := range strings.Lines(out.String()) {
				var e Event
				if json.Unmarshal([]byte(line), &e) != nil || e.Plan == "" {
					continue // cut off, or an archive
				}
				if _, err := c.Plan(e.Plan); err != nil {
					t.Errorf("%s was acknowledged: %v", e.Path, err)
				}
				acknowledged++
			}
			c.Close()
		} else if !errors.Is(err, corpus.ErrNoCorpus) || out.Len() > 0 {
			t.Errorf("after a kill: %v", err)
		}
		if r, _ := ingestAll(t, dir, src); r.Quarantined != 0 {
			t.Errorf("the next run: %+v", r)
		}
		if contents(t, dir) != want {
			t.Error("the next run did not complete to the same corpus")
		}
	}
	t.Logf("%d of 10 runs were cut off, %d sources acknowledged in all, a whole run takes %v", cut, acknowledged, took)
}

// TestCancel stops a run after so many sources; what was read is kept, and the next run goes on from there.
func TestCancel(t *testing.T) {
	src := t.TempDir()
	letters(t, src, 40)
	whole := t.TempDir()
	ingestAll(t, whole, src)
	for _, after := range []int{0, 1, 12, 39} {
		dir := t.TempDir()
		ctx, cancel := context.WithCancel(context.Background())
		if after == 0 {
			cancel()
		}
		seen := 0
		r, err := Ingest(ctx, dir, []string{src}, Options{batch: 5, Progress: func(Event) {
			if seen++; seen == after {
				cancel()
			}
		}})
		cancel()
		if !errors.Is(err, context.Canceled) || r.Added != seen || seen < after {
			t.Errorf("after %d: %v, %d added, %d told", after, err, r.Added, seen)
		}
		if n := strings.Count(contents(t, dir), "\n"); n != r.Added {
			t.Errorf("after %d: %d plans, %d reported", after, n, r.Added)
		}
		again, _ := ingestAll(t, dir, src)
		if again.Unchanged != r.Added || again.Added != 40-r.Added {
			t.Errorf("after %d: the next run: %s", after, counts(again))
		}
		if contents(t, dir) != contents(t, whole) {
			t.Errorf("after %d: another corpus", after)
		}
	}
}

// TestCatchUp holds that the index gets what it was not told, and everything where it is lost.
func TestCatchUp(t *testing.T) {
	dir, src := t.TempDir(), t.TempDir()
	letters(t, src, 3)
	ingestAll(t, dir, src)
	p, err := Read(context.Background(), put(t, filepath.Join(t.TempDir(), "late.txt"), letter(9)))
	if err != nil {
		t.Fatal(err)
	}
	c, err := corpus.Create(dir)
	if err != nil {
		t.Fatal(err)
	}
	run, err := c.Begin("test")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := corpus.NewDoc(corpus.NewSource(p.Source.Path, p.Source.SHA256, nil), []byte(letter(9)), p)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := c.Put(run, []corpus.Doc{doc}); err != nil { // and then it dies
		t.Fatal(err)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	if n := len(search(t, dir, index.Query{})); n != 3 {
		t.Fatalf("the index knows %d plans already", n)
	}
	ingestAll(t, dir, src)
	contents(t, dir)
	if n := len(search(t, dir, index.Query{})); n != 4 {
		t.Errorf("after the next run the index holds %d plans, want 4", n)
	}
	if err := errors.Join(os.RemoveAll(filepath.Join(dir, "index")), os.Remove(filepath.Join(dir, "CURRENT"))); err != nil {
		t.Fatal(err)
	}
	ingestAll(t, dir, src)
	contents(t, dir)
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

func TestBusy(t *testing.T) {
	dir := t.TempDir()
	c, err := corpus.Create(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := Ingest(context.Background(), dir, nil, Options{}); !errors.Is(err, corpus.ErrBusy) {
		t.Errorf("a second writer: %v, want ErrBusy", err)
	}
}

// random is noise that is no text in any encoding; the same every time.
func random(n int) string {
	b := make([]byte, n)
	x := uint32(1)
	for i := range b {
		x = x*1664525 + 1013904223
		b[i] = byte(x >> 24)
	}
	return string(b)
}
