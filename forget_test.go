package kehoach

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kehoach/corpus"
	"kehoach/index"
	"kehoach/plan"
)

// holding are the files below dir that hold the words.
func holding(t *testing.T, dir, words string) (files []string) {
	t.Helper()
	must(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err == nil && bytes.Contains(data, []byte(words)) {
			files = append(files, path)
		}
		return err
	}))
	return files
}

// TestForget removes one plan of ten, and looks for its words and its name in every file that is left.
func TestForget(t *testing.T) {
	dir, src := t.TempDir(), t.TempDir()
	letters(t, src, 9)
	secret := put(t, filepath.Join(src, "zyxwvu.txt"), strings.Replace(letter(50), "Nâng cao", "Qwertzuiop nâng cao", 1))
	t.Chdir(filepath.Dir(src))
	relative := filepath.Join(filepath.Base(src), "zyxwvu.txt")
	ingestAll(t, dir, src, relative, secret) // by its name as well, which the run keeps
	c, err := corpus.Open(dir)
	must(t, err)
	var id, sum string
	for p, err := range c.Select(plan.Filter{Source: "*zyxwvu.txt"}) {
		must(t, err)
		id, sum = p.ID, p.Source.SHA256
	}
	must(t, c.Close())
	flip(t, filepath.Join(dir, "originals", sum[:2], sum), 20) // a repair sets it aside
	flip(t, filepath.Join(dir, "catalogue.db"), 3*4096+1)      // and a catalogue
	if _, err := Repair(context.Background(), dir, nil); err != nil {
		t.Fatal(err)
	}
	ingestAll(t, dir, src)
	glob(t, dir, "damaged", "*"+sum)
	glob(t, dir, "damaged", "*", "catalogue.db")
	if len(search(t, dir, index.Query{Words: "qwertzuiop"})) != 1 || len(holding(t, dir, "zyxwvu")) == 0 {
		t.Fatal("the plan is not there")
	}
	if _, err := Forget(context.Background(), dir, []string{"ffffffff"}, ""); !errors.Is(err, corpus.ErrNoPlan) {
		t.Errorf("an unknown id: %v", err)
	}
	gone, err := Forget(context.Background(), dir, []string{id[:8]}, "asked for")
	if err != nil || len(gone) != 1 {
		t.Fatalf("%v, %v", gone, err)
	}
	sound(t, dir, true)
	contents(t, dir)
	for _, words := range []string{"zyxwvu", "wertzuiop"} {
		if files := holding(t, dir, words); len(files) > 0 {
			t.Errorf("%q stands in %v", words, files)
		}
	}
	r, _ := ingestAll(t, dir, src)
	if r.Quarantined != 1 || len(r.Unread) != 1 || !strings.Contains(r.Unread[0].Reason, "forgotten in run 4") || r.Added != 0 {
		t.Errorf("the next ingest: %s, %v", counts(r), r.Unread)
	}
	must(t, Readmit(dir, id))
	if r, _ := ingestAll(t, dir, src); r.Added != 1 {
		t.Errorf("after it was let in again: %s, %s", counts(r), secret)
	}
	sound(t, dir, true)
}

// TestBackup makes a backup while another process ingests, and restores it.
func TestBackup(t *testing.T) {
	dir, src := t.TempDir(), t.TempDir()
	letters(t, src, 40)
	ingestAll(t, dir, src)
	letters(t, src, 300)
	cmd := child(os.Args[0], dir, src)
	must(t, cmd.Start())
	file := filepath.Join(t.TempDir(), "kehoach.backup")
	var plans []int
	for i := range 3 {
		m, err := Backup(context.Background(), dir, file, nil)
		must(t, err)
		plans = append(plans, m.Plans)
		to := filepath.Join(t.TempDir(), fmt.Sprint(i))
		if _, err := Restore(context.Background(), file, to, nil); err != nil {
			t.Fatal(err)
		}
		sound(t, to, true)
		if info, err := os.Stat(anOriginal(t, to)); err != nil || info.Mode().Perm() != 0o444 {
			t.Errorf("a restored original: %v, %v", info.Mode(), err)
		}
		if n := strings.Count(contents(t, to), "\n"); n != m.Plans {
			t.Errorf("%d plans were restored, the backup has %d", n, m.Plans)
		}
	}
	must(t, cmd.Wait())
	t.Logf("plans in the backups: %v", plans)
	_, err := Backup(context.Background(), dir, file, nil)
	must(t, err)
	to := filepath.Join(t.TempDir(), "whole")
	_, err = Restore(context.Background(), file, to, nil)
	must(t, err)
	if exported(t, to) != exported(t, dir) {
		t.Error("another corpus was restored")
	}
	if _, err := Restore(context.Background(), file, dir, nil); err == nil || !strings.Contains(err.Error(), "not empty") {
		t.Errorf("over a corpus: %v", err)
	}
	whole, err := os.ReadFile(file)
	must(t, err)
	for name, data := range map[string][]byte{"cut off": whole[:len(whole)/2], "no backup": []byte(letter(1)), "empty": nil,
		"changed": append(append(bytes.Clone(whole[:len(whole)/2]), whole[len(whole)/2]^1), whole[len(whole)/2+1:]...)} {
		bad := filepath.Join(t.TempDir(), "bad")
		must(t, os.WriteFile(bad, data, 0o644))
		to := filepath.Join(t.TempDir(), "to")
		if _, err := Restore(context.Background(), bad, to, nil); !errors.Is(err, corpus.ErrBackup) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := os.Stat(to); err == nil {
			t.Errorf("%s: a folder was left behind", name)
		}
	}
}
