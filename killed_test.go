package kehoach

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"kehoach/corpus"
	"kehoach/internal/fault"
)

// killedCommand runs what the environment asks for in a child of a test; with KEHOACH_TEST_COMMAND it is that child.
func killedCommand() error {
	dir, arg := os.Getenv("KEHOACH_TEST_DATA"), os.Getenv("KEHOACH_TEST_ARGUMENT")
	ctx := context.Background()
	var err error
	switch os.Getenv("KEHOACH_TEST_COMMAND") {
	case "forget":
		_, err = Forget(ctx, dir, []string{arg}, "")
	case "backup":
		_, err = Backup(ctx, dir, arg, nil)
	case "restore":
		_, err = Restore(ctx, arg, dir, nil)
	case "repair":
		_, err = Repair(ctx, dir, nil)
	case "ingest":
		_, err = Ingest(ctx, dir, []string{arg}, Options{batch: 3})
	}
	return err
}

// killedAt runs a command that dies at a point, and reports whether it came there.
func killedAt(t *testing.T, armed, command, dir, arg string) bool {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "KEHOACH_TEST_COMMAND="+command, "KEHOACH_TEST_DATA="+dir, "KEHOACH_TEST_ARGUMENT="+arg, fault.Env+"=kill:"+armed)
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.Sys().(syscall.WaitStatus).Signal() == syscall.SIGKILL {
		return true
	}
	if err != nil {
		t.Errorf("%s: %v, %s", command, err, out)
	}
	return false
}

// each kills a command at every point that it comes to, at its first two passes; SOAK asks for all.
func each(t *testing.T, points []fault.Point, one func(t *testing.T, armed string) (came bool)) {
	came, passes := 0, 2
	if os.Getenv("SOAK") != "" {
		passes = 20
	}
	for _, point := range points {
		for _, when := range []string{"before", "after"} {
			for pass := 1; pass <= passes; pass++ {
				armed := fmt.Sprintf("%s.%s:%d", point, when, pass)
				ok := false
				t.Run(armed, func(t *testing.T) { ok = one(t, armed) })
				if !ok {
					break
				}
				came++
			}
		}
	}
	if came == 0 {
		t.Error("it came to no point")
	}
	t.Logf("killed %d times", came)
}

// TestKilledCommands kills what else writes, at every step that safety rests on: to forget, to back up, to restore, to mend, and to
// take changed files in. The corpus is sound after it, and the command, once more, does its work.
func TestKilledCommands(t *testing.T) {
	if testing.Short() {
		t.Skip("starts processes")
	}
	whole, src := t.TempDir(), t.TempDir()
	letters(t, src, 6)
	secret := put(t, filepath.Join(src, "zyxwvu.txt"), strings.Replace(letter(50), "Nâng cao", "Qwertzuiop nâng cao", 1))
	ingestAll(t, whole, src)
	want := exported(t, whole)
	id := corpus.PlanID(hashOf([]byte(strings.Replace(letter(50), "Nâng cao", "Qwertzuiop nâng cao", 1))))
	backup := filepath.Join(t.TempDir(), "whole.backup")
	_, err := Backup(context.Background(), whole, backup, nil)
	must(t, err)

	t.Run("forget", func(t *testing.T) {
		each(t, []fault.Point{fault.LockWrite, fault.Commit, fault.IndexBatch, fault.Forget, fault.LockClear}, func(t *testing.T, armed string) bool {
			dir := copied(t, whole)
			put(t, filepath.Join(dir, "damaged", "ab-"+hashOf([]byte(letterOf(t, secret)))), "Qwertzuiop")
			if !killedAt(t, armed, "forget", dir, id) {
				return false
			}
			sound(t, dir, false)
			if _, err := Forget(context.Background(), dir, []string{id}, ""); err != nil && !errors.Is(err, corpus.ErrNoPlan) {
				t.Fatal(err)
			}
			ingestAll(t, dir, filepath.Join(src, "000.txt")) // the run that follows ends what was begun
			sound(t, dir, true)
			for _, words := range []string{"zyxwvu", "wertzuiop"} {
				if files := holding(t, dir, words); len(files) > 0 {
					t.Errorf("%q stands in %v", words, files)
				}
			}
			return true
		})
	})
	t.Run("backup", func(t *testing.T) {
		each(t, []fault.Point{fault.BackupSync, fault.BackupRename}, func(t *testing.T, armed string) bool {
			file := filepath.Join(t.TempDir(), "b")
			if !killedAt(t, armed, "backup", whole, file) {
				return false
			}
			if _, err := os.Stat(file); err == nil { // then it is whole
				to := filepath.Join(t.TempDir(), "to")
				_, err := Restore(context.Background(), file, to, nil)
				must(t, err)
				sound(t, to, true)
			}
			sound(t, whole, true)
			return true
		})
	})
	t.Run("restore", func(t *testing.T) {
		each(t, []fault.Point{fault.OriginalRename, fault.RestoreRename, fault.Commit, fault.IndexServe, fault.IndexBatch}, func(t *testing.T, armed string) bool {
			dir := filepath.Join(t.TempDir(), "to")
			if !killedAt(t, armed, "restore", dir, backup) {
				return false
			}
			if entries, _ := os.ReadDir(dir); len(entries) == 0 {
				if _, err := Restore(context.Background(), backup, dir, nil); err != nil {
					t.Fatal(err)
				}
			}
			sound(t, dir, false)
			ingestAll(t, dir, src)
			sound(t, dir, true)
			if exported(t, dir) != want {
				t.Error("another corpus was restored")
			}
			return true
		})
	})
	t.Run("repair", func(t *testing.T) {
		each(t, []fault.Point{fault.OriginalRename, fault.Commit, fault.IndexServe, fault.IndexBatch}, func(t *testing.T, armed string) bool {
			dir := copied(t, whole)
			must(t, os.Remove(anOriginal(t, dir)))
			sqlExec(t, dir, `DELETE FROM sections WHERE plan = 3`)
			must(t, os.RemoveAll(filepath.Join(dir, "index")))
			if !killedAt(t, armed, "repair", dir, "") {
				return false
			}
			if r, err := Repair(context.Background(), dir, nil); err != nil || len(r.Left) > 0 {
				t.Errorf("%v, left: %+v", err, r.Left)
			}
			ingestAll(t, dir, src)
			sound(t, dir, true)
			if exported(t, dir) != want {
				t.Error("another corpus")
			}
			return true
		})
	})
	t.Run("changed files", func(t *testing.T) {
		put(t, filepath.Join(src, "001.txt"), letter(101))
		put(t, filepath.Join(src, "002.txt"), letter(3)) // another one's bytes
		put(t, filepath.Join(src, "new.txt"), letter(102))
		must(t, os.Remove(filepath.Join(src, "004.txt")))
		then := copied(t, whole)
		ingestAll(t, then, src)
		want := exported(t, then)
		each(t, []fault.Point{fault.OriginalRename, fault.FolderSync, fault.Commit, fault.IndexBatch, fault.LockClear},
			func(t *testing.T, armed string) bool {
				dir := copied(t, whole)
				if !killedAt(t, armed, "ingest", dir, src) {
					return false
				}
				sound(t, dir, false)
				ingestAll(t, dir, src)
				sound(t, dir, true)
				if exported(t, dir) != want {
					t.Error("another corpus")
				}
				contents(t, dir)
				return true
			})
	})
}

// letterOf is what stands in a file.
func letterOf(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	must(t, err)
	return string(data)
}
