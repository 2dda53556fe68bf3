package kehoach

import (
	"encoding/base64"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestIngestMail takes in a message that carries documents, and one that is a document itself.
func TestIngestMail(t *testing.T) {
	dir, src := t.TempDir(), t.TempDir()
	attach := func(name, text string) string {
		return "--b\nContent-Disposition: attachment; filename=" + name + "\nContent-Transfer-Encoding: base64\n\n" + base64.StdEncoding.EncodeToString([]byte(text)) + "\n"
	}
	const head = "From: a@b.vn\nTo: c@d.vn\nMIME-Version: 1.0\n"
	put(t, filepath.Join(src, "a.eml"), head+"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nKính gửi\n"+attach("kh.doc", letter(1))+attach("x.zip", zipped(t, "y.txt", letter(2)))+attach("kh.doc", letter(3))+"--b--\n")
	put(t, filepath.Join(src, "b.eml"), head+"Content-Type: text/plain; charset=utf-8\n\n"+letter(4))
	time.Sleep(50 * time.Millisecond)
	for run, want := range []string{"3+ 0~ 0= 0. 1! 0-", "0+ 0~ 0= 3. 1! 0-"} {
		r, events := ingestAll(t, dir, src)
		if got := counts(r); got != want {
			t.Errorf("run %d: %s, want %s", run, got, want)
		}
		if len(r.Unread) != 1 || !strings.HasSuffix(r.Unread[0].Path, "a.eml!/x.zip") || !strings.Contains(r.Unread[0].Reason, "archive inside") {
			t.Errorf("run %d: unread %+v", run, r.Unread)
		}
		if run == 0 && !slices.ContainsFunc(events, func(e Event) bool { return strings.HasSuffix(e.Path, "a.eml!/kh.doc#2") && e.Plan != "" }) {
			t.Errorf("no second attachment: %+v", events)
		}
	}
}
