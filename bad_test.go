package kehoach

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"kehoach/corpus"
)

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
