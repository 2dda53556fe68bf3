package corpus

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
)

func write(t testing.TB, path, text string) string {
	t.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o644)); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestWalk(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "b/2.txt"), "x")
	write(t, filepath.Join(dir, "b/10.txt"), "x")
	write(t, filepath.Join(dir, "b/.git/x"), "x")
	write(t, filepath.Join(dir, "b/.hidden"), "x")
	write(t, filepath.Join(dir, "a.txt"), "x")
	write(t, filepath.Join(dir, "b/kept/originals/x"), "x")
	for link, to := range map[string]string{"b/circle": dir, "b/to-a": "../a.txt", "b/broken": "nothing", "outside": "b"} {
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	if err := syscall.Mkfifo(filepath.Join(dir, "b/pipe"), 0o644); err != nil {
		t.Fatal(err)
	}
	list := func(ctx context.Context, paths ...string) string {
		for i := range paths {
			paths[i] = filepath.Join(dir, paths[i])
		}
		var got []string
		for e := range Walk(ctx, paths, filepath.Join(dir, "b/kept")) {
			name := strings.TrimPrefix(e.Path, dir+"/")
			switch {
			case e.Err != nil:
				name += " !" + e.Err.Error()
			case e.Skip != "":
				name += " (" + e.Skip + ")"
			case e.Info == nil:
				name += " ?"
			case !e.Info.Mode().IsRegular():
				name += " " + e.Info.Mode().Type().String()
			}
			got = append(got, name)
		}
		return strings.Join(got, "\n")
	}
	ctx := context.Background()
	want := `a.txt
b/.git (hidden)
b/.hidden (hidden)
b/10.txt
b/2.txt
b/broken ?
b/circle (a symbolic link to a folder)
b/kept (the corpus itself)
b/pipe p---------
b/to-a
outside (a symbolic link to a folder)`
	if got := list(ctx, ""); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := list(ctx, "b/2.txt", "none", "outside"); !strings.HasPrefix(got, "b/2.txt\nnone ?\noutside/.git") {
		t.Errorf("paths of their own: %s", got)
	}
	if err := errors.Join(os.Chmod(filepath.Dir(dir), 0o755), os.Chmod(filepath.Join(dir, "b"), 0)); err != nil {
		t.Fatal(err)
	}
	var closed string
	asNobody(func() { closed = list(ctx, "b") })
	if closed != "b !the folder cannot be listed: permission denied" {
		t.Errorf("a folder without permission: %s", closed)
	}
	if err := os.Chmod(filepath.Join(dir, "b"), 0o755); err != nil {
		t.Fatal(err)
	}
	ended, cancel := context.WithCancel(ctx)
	cancel()
	if got := list(ended, ""); got != "" {
		t.Errorf("after the context ended: %s", got)
	}
}

// asNobody calls do without the rights of root, which may read everything. The rights belong to the thread, and it
// ends with the goroutine.
func asNobody(do func()) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		runtime.LockOSThread()
		if os.Geteuid() == 0 {
			syscall.RawSyscall(syscall.SYS_SETFSUID, 65534, 0, 0)
		}
		do()
	}()
	<-done
}

// zipped makes a zip file of names and contents, in this order; a name with a "/" at its end is a folder.
func zipped(t testing.TB, pairs ...string) []byte {
	t.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for i := 0; i < len(pairs); i += 2 {
		w, err := z.Create(pairs[i])
		if err == nil && !strings.HasSuffix(pairs[i], "/") {
			_, err = io.WriteString(w, pairs[i+1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func TestArchive(t *testing.T) {
	inner := string(zipped(t, "x.txt", "x"))
	word := string(zipped(t, "[Content_Types].xml", "<Types/>", "word/document.xml", "<w/>"))
	data := zipped(t, "b.txt", "bé", "kh/", "", "kh/a.txt", "a", "__MACOSX/b.txt", "junk", ".DS_Store", "junk",
		"inner.zip", inner, "c.docx", word, "b.txt", "again", "bomb.txt", strings.Repeat(" ", 5<<20))
	path := write(t, filepath.Join(t.TempDir(), "all.bin"), string(data))
	a, err := OpenArchive(path)
	if err != nil || a == nil {
		t.Fatal(a, err)
	}
	defer a.Close()
	var got []string
	for _, m := range a.Members {
		data, err := m.Read(4 << 20)
		if m.Size > 4<<20 {
			if _, err := m.Read(8 << 20); err == nil || !strings.Contains(err.Error(), "200 times") {
				t.Errorf("a bomb within the limit of size: %v", err)
			}
		}
		word := string(data)
		switch {
		case err != nil:
			word = "!" + err.Error()
		case len(word) > 10:
			word = word[:2] + "…"
		}
		got = append(got, strings.TrimPrefix(m.Path, path)+"="+word)
	}
	want := []string{"!/b.txt=bé", "!/b.txt#2=again", "!/bomb.txt=!it is larger than 4 MB", "!/c.docx=PK…",
		"!/inner.zip=!" + ErrNested.Error(), "!/kh/a.txt=a"}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestArchiveRefused(t *testing.T) {
	dir := t.TempDir()
	good := zipped(t, "a.txt", strings.Repeat("văn bản ", 1000))
	many := make([]string, 0, 2*(maxMembers+1))
	for range maxMembers + 1 {
		many = append(many, "a", "")
	}
	// A member that lies about its size: its true bytes are more than the archive says.
	liar := bytes.Clone(good)
	at := bytes.LastIndex(liar, []byte("PK\x01\x02"))
	liar[at+24], liar[at+25] = 10, 0
	for _, row := range []struct{ name, text, want string }{
		{"document", string(zipped(t, "[Content_Types].xml", "")), "none"},
		{"open document", string(zipped(t, "mimetype", "application/vnd.oasis.opendocument.text")), "none"},
		{"text", "PK is how this text begins", "none"},
		{"empty file", "", "none"},
		{"one byte", "P", "none"},
		{"good", string(good), ""},
		{"cut", string(good[:len(good)/2]), "damaged zip archive"},
		{"empty archive", string(zipped(t)), "holds no file"},
		{"only folders", string(zipped(t, "a/", "")), "holds no file"},
		{"too many members", string(zipped(t, many...)), "the limit is 100000"},
		{"a false size", string(liar), "member: zip"},
	} {
		a, err := OpenArchive(write(t, filepath.Join(dir, row.name), row.text))
		got := ""
		switch {
		case err != nil:
			got = err.Error()
		case a == nil:
			got = "none"
		default:
			for _, m := range a.Members {
				if _, err := m.Read(1 << 20); err != nil {
					got = "member: " + err.Error()
				}
			}
			a.Close()
		}
		if row.want == "" && got != "" || !strings.Contains(got, row.want) {
			t.Errorf("%s: %q, want %q", row.name, got, row.want)
		}
	}
	if a, err := OpenArchive(filepath.Join(dir, "none")); a != nil || err != nil {
		t.Errorf("no file: %v, %v", a, err)
	}
}

func TestOverlappingArchive(t *testing.T) {
	// Two entries of the directory that point at the same bytes.
	data := zipped(t, "a.txt", strings.Repeat("0123456789 abcdefgh ", 20000))
	dirAt := bytes.LastIndex(data, []byte("PK\x01\x02"))
	endAt := bytes.LastIndex(data, []byte("PK\x05\x06"))
	entry := data[dirAt:endAt]
	twice := slices.Concat(data[:endAt], entry, data[endAt:])
	end := twice[endAt+len(entry):]
	end[8], end[10] = 2, 2
	size := 2 * len(entry)
	end[12], end[13] = byte(size), byte(size>>8)
	path := write(t, filepath.Join(t.TempDir(), "overlap.zip"), string(twice))
	if a, err := OpenArchive(path); err == nil || !strings.Contains(err.Error(), "overlap") {
		t.Errorf("OpenArchive = %v, %v", a, err)
	}
}
