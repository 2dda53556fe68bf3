package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kehoach"
	"kehoach/corpus"
)

const letter = `ỦY BAN NHÂN DÂN
TỈNH KIÊN GIANG

Số: 12/KH-UBND
Kiên Giang, ngày 4 tháng 6 năm 2021

KẾ HOẠCH
Tuyên truyền về nước sạch năm 2021

I. MỤC ĐÍCH
Nâng cao nhận thức của người dân về nước sạch.

II. TỔ CHỨC THỰC HIỆN
1. Sở Y tế
- Chủ trì, phối hợp với Sở Tài chính tổ chức tuyên truyền về nước sạch trên địa bàn tỉnh trước ngày 30/11/2021.
2. Sở Tài chính
- Bố trí kinh phí.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Nguyễn Văn A
`

// kh runs one command line on a corpus in dir.
func kh(dir, stdin string, args ...string) (code int, stdout, stderr string) {
	var out, errs bytes.Buffer
	code = run(append([]string{"--data", dir}, args...), strings.NewReader(stdin), &out, &errs)
	return code, out.String(), errs.String()
}

func write(t *testing.T, path, text string) string {
	t.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o644)); err != nil {
		t.Fatal(err)
	}
	time.Sleep(30 * time.Millisecond) // out of the tick in which its times prove nothing
	return path
}

func TestIngestCommand(t *testing.T) {
	src := t.TempDir()
	good := write(t, filepath.Join(src, "good.txt"), letter)
	empty := write(t, filepath.Join(src, "empty.txt"), "")
	none := filepath.Join(src, "none.txt")
	for _, row := range []struct {
		what   string
		stdin  string
		args   []string
		code   int
		stdout string // a part
		stderr string // a part
	}{
		{"no path", "", nil, 2, "", "requires at least 1 arg"},
		{"a file", "", []string{good}, 0, "1 added", ""},
		{"a folder with one that cannot be read", "", []string{src}, 3, "1 added, 0 changed, 0 duplicates, 0 unchanged, 1 could not be read", empty + ": cannot be read"},
		{"a path that does not exist", "", []string{none}, 1, "", none + ": there is no such file"},
		{"the same beside a good one", "", []string{none, good}, 1, "1 added", none},
		{"a list", good + "\n\n", []string{"-"}, 0, "1 added", ""},
		{"a list with a path that does not exist", good + "\n" + none + "\n", []string{"-"}, 3, "1 added", none + ": cannot be read: there is no such file"},
		{"quiet", "", []string{"--quiet", src}, 3, "", empty},
		{"as JSON", "", []string{"--json", src}, 3, `"outcome":"quarantined"`, ""},
	} {
		code, out, errs := kh(t.TempDir(), row.stdin, append([]string{"ingest"}, row.args...)...)
		if code != row.code || !strings.Contains(out, row.stdout) || !strings.Contains(errs, row.stderr) || row.stderr == "" && errs != "" {
			t.Errorf("%s: exit %d\n%s%s", row.what, code, out, errs)
		}
		if row.what == "quiet" && out != "" {
			t.Errorf("quiet: %s", out)
		}
	}
}

func TestIngestJSON(t *testing.T) {
	dir, src := t.TempDir(), t.TempDir()
	write(t, filepath.Join(src, "a & b.txt"), letter)
	write(t, filepath.Join(src, "bad.bin"), "\x00\x01\x02\x03")
	tell := func(args ...string) (events []string, done map[string]any) {
		_, out, _ := kh(dir, "", append([]string{"ingest", "--json", src}, args...)...)
		for line := range strings.Lines(out) {
			if strings.Contains(line, `\u0026`) {
				t.Errorf("escaped for HTML: %s", line)
			}
			var v map[string]any
			if err := json.Unmarshal([]byte(line), &v); err != nil {
				t.Fatalf("%q: %v", line, err)
			}
			if v["event"] == "file" {
				events = append(events, filepath.Base(v["path"].(string))+" "+v["outcome"].(string))
			} else {
				done = v
			}
		}
		return events, done
	}
	events, done := tell()
	if got := strings.Join(events, ", "); got != "a & b.txt added, bad.bin quarantined" || done["event"] != "done" || done["added"] != 1.0 {
		t.Errorf("first: %s, %v", got, done)
	}
	events, done = tell()
	if got := strings.Join(events, ", "); got != "bad.bin quarantined" || done["unchanged"] != 1.0 || done["run"] != 2.0 {
		t.Errorf("second: %s, %v", got, done)
	}
	if events, _ = tell("--verbose"); len(events) != 2 {
		t.Errorf("verbose: %s", events)
	}
}

func TestStatusCommand(t *testing.T) {
	dir, src := t.TempDir(), t.TempDir()
	if code, _, errs := kh(filepath.Join(dir, "none"), "", "status"); code != 10 || !strings.Contains(errs, "no corpus") {
		t.Errorf("without a corpus: exit %d, %s", code, errs)
	}
	write(t, filepath.Join(src, "a.txt"), letter)
	bad := write(t, filepath.Join(src, "bad.bin"), "\x00\x01\x02\x03")
	kh(dir, "", "ingest", src)
	code, out, errs := kh(dir, "", "status")
	for _, want := range []string{dir, "plans       1, from 1 sources", "2 assignments", "last run    1, ", "quarantine  1\n  " + bad + ": cannot be read"} {
		if code != 0 || !strings.Contains(out, want) {
			t.Errorf("exit %d %s, want %q in\n%s", code, errs, want, out)
		}
	}
	_, out, _ = kh(dir, "", "status", "--json")
	var s struct {
		Plans      int             `json:"plans"`
		LastRun    corpus.Run      `json:"last_run"`
		Quarantine []corpus.Unread `json:"quarantine"`
	}
	if err := json.Unmarshal([]byte(out), &s); err != nil || s.Plans != 1 || s.LastRun.Added != 1 || len(s.Quarantine) != 1 {
		t.Errorf("%v in %s", err, out)
	}
	c, err := corpus.Create(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if code, _, errs := kh(dir, "", "ingest", src); code != 11 || !strings.Contains(errs, "in use") {
		t.Errorf("ingest beside a writer: exit %d, %s", code, errs)
	}
	if code, _, errs := kh(dir, "", "status"); code != 0 {
		t.Errorf("status beside a writer: exit %d, %s", code, errs)
	}
}

func TestPace(t *testing.T) {
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	p := &progress{start: start}
	for _, row := range []struct {
		event kehoach.Event
		after time.Duration
		want  string
	}{
		{kehoach.Event{Done: 100}, time.Second, "100, 100 a second"},
		{kehoach.Event{Done: 1000, Total: 3000}, 10 * time.Second, "1000 of 3000, 100 a second, 20s left"},
		{kehoach.Event{Done: 3000, Total: 3000, Outcome: corpus.Refused}, 30 * time.Second, "3000 of 3000, 100 a second, 1 unread"},
	} {
		p.take(row.event)
		if got := p.pace(start.Add(row.after)).String(); got != row.want {
			t.Errorf("got %q, want %q", got, row.want)
		}
	}
	var out bytes.Buffer
	p.out = &out
	p.tell()
	var line map[string]any
	if err := json.Unmarshal(out.Bytes(), &line); err != nil || line["event"] != "progress" || line["done"] != 3000.0 || line["unread"] != 1.0 {
		t.Errorf("off a terminal: %q, %v", out.String(), err)
	}
	out.Reset()
	p.term = true
	p.tell()
	p.above("a line")
	if got := out.String(); !strings.HasPrefix(got, "\r\x1b[K3000 of 3000, ") || !strings.HasSuffix(got, "\r\x1b[Ka line\n") {
		t.Errorf("on a terminal: %q", got)
	}
}
