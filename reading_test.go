package kehoach

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kehoach/corpus"
)

// TestReadings holds that a plan made by other tables of structure is made again of what its reader gave, and read from its
// file where that is of other versions, damaged or gone.
func TestReadings(t *testing.T) {
	dir, src := t.TempDir(), t.TempDir()
	pages(t, src, 4)
	ingestAll(t, dir, src)
	want := exported(t, dir)
	const stale = `UPDATE plans SET made = 'older';`
	renew := func(change string) {
		t.Helper()
		sqlExec(t, dir, stale+change)
		if r, _ := ingestAll(t, dir, src); r.Renewed != 4 {
			t.Errorf("%s: %s, %d renewed", change, counts(r), r.Renewed)
		}
	}
	for _, change := range []string{``, `DELETE FROM readings WHERE plan = 1`, `UPDATE readings SET stage = 'older'`, `UPDATE readings SET body = x'00' WHERE plan = 2`} {
		renew(change)
		sound(t, dir, true)
		if exported(t, dir) != want {
			t.Errorf("%q: another corpus", change)
		}
	}
	// That it is asked at all, what belongs to another file shows.
	renew(`UPDATE readings SET body = (SELECT body FROM readings WHERE plan = 3) WHERE plan = 1`)
	if exported(t, dir) == want {
		t.Error("the file was read again")
	}
	renew(`UPDATE readings SET stage = 'older'`)
	if exported(t, dir) != want {
		t.Error("another corpus, read from the files")
	}

	sqlExec(t, dir, `UPDATE readings SET body = x'00' WHERE plan = 2`)
	s, err := Verify(context.Background(), dir, VerifyOptions{})
	if err != nil || len(s.Damage) != 1 || s.Damage[0].Kind != corpus.DamagedReading {
		t.Errorf("a damaged reading: %+v, %v", s.Damage, err)
	}
	if _, err := Repair(context.Background(), dir, nil); err != nil {
		t.Fatal(err)
	}
	sound(t, dir, true)
	c, err := corpus.Open(dir)
	must(t, err)
	defer c.Close()
	if sum, err := c.Status(); err != nil || sum.Readings != 3 || sum.Bytes.Readings == 0 {
		t.Errorf("%+v, %v", sum, err)
	}
}

// pages writes n letters as pages of a portal.
func pages(t *testing.T, dir string, n int) {
	t.Helper()
	for i := range n {
		text := "<!DOCTYPE html><html><body><p>" + strings.ReplaceAll(letter(i), "\n", "</p>\n<p>") + "</p></body></html>"
		put(t, filepath.Join(dir, fmt.Sprintf("%03d.html", i)), text)
	}
	time.Sleep(50 * time.Millisecond) // out of the tick in which a file's times prove nothing
}

// TestPlainReadings holds that nothing is kept of what the readers of plain text and Markdown gave, and that such files are read
// again in the end.
func TestPlainReadings(t *testing.T) {
	dir, src := t.TempDir(), t.TempDir()
	letters(t, src, 2)
	put(t, filepath.Join(src, "a.md"), "# KẾ HOẠCH\n\n## I. MỤC ĐÍCH\n\n- Nâng cao **trách nhiệm** của các ngành.\n")
	pages(t, src, 1)
	put(t, filepath.Join(src, "000.txt"), letter(7)) // for letter 0 is the page
	ingestAll(t, dir, src)
	want := exported(t, dir)
	c, err := corpus.Open(dir)
	must(t, err)
	sum, err := c.Status()
	must(t, errors.Join(err, c.Close()))
	if sum.Plans != 4 || sum.Readings != 1 {
		t.Errorf("%d readings of %d plans are kept", sum.Readings, sum.Plans)
	}
	sqlExec(t, dir, `UPDATE plans SET made = 'older'`)
	if r, _ := ingestAll(t, dir, src); r.Renewed != 4 || exported(t, dir) != want {
		t.Errorf("%s: another corpus", counts(r))
	}
}

// TestForgetPages forgets one of two scans that share a page: what only it was read from goes.
func TestForgetPages(t *testing.T) {
	dir, src := t.TempDir(), t.TempDir()
	letters(t, src, 2)
	ingestAll(t, dir, src)
	sqlExec(t, dir, `INSERT INTO pages (plan, key) VALUES (1, 'aa1'), (1, 'bb1'), (2, 'bb1'), (2, 'cc1')`)
	for _, key := range []string{"aa1", "bb1", "cc1"} {
		put(t, filepath.Join(dir, PagesDir, key[:2], key), key)
	}
	for _, stray := range []string{"dd1", ".page-123"} { // of a dry run, and of a process that was killed
		put(t, filepath.Join(dir, PagesDir, "dd", stray), stray)
	}
	c, err := corpus.Open(dir)
	must(t, err)
	ids, err := c.Whole()
	must(t, err)
	must(t, c.Close())
	left := func() (names string) {
		files, err := filepath.Glob(filepath.Join(dir, PagesDir, "??", "*"))
		must(t, err)
		for _, f := range files {
			names += filepath.Base(f) + " "
		}
		return names
	}
	_, err = Forget(context.Background(), dir, []string{ids[0].ID}, "")
	must(t, err)
	if left() != "bb1 cc1 " {
		t.Errorf("left are %s", left())
	}
	_, err = Forget(context.Background(), dir, []string{ids[1].ID}, "")
	must(t, err)
	if left() != "" {
		t.Errorf("left are %s", left())
	}
	data, err := os.ReadFile(filepath.Join(dir, "catalogue.db"))
	if err != nil || bytes.Contains(data, []byte("cc1")) {
		t.Errorf("the catalogue names a page that is gone: %v", err)
	}
}
