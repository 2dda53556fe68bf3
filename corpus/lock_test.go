package corpus

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestMain lets the test binary be the other process: it takes the lock, says so, and waits to be killed.
func TestMain(m *testing.M) {
	if dir := os.Getenv("KEHOACH_TEST_HOLD"); dir != "" {
		if _, err := Create(dir); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		fmt.Println("held")
		select {}
	}
	os.Exit(m.Run())
}

func TestTwoWriters(t *testing.T) {
	dir := t.TempDir()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), "KEHOACH_TEST_HOLD="+dir)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	buf := make([]byte, 100)
	n, err := out.Read(buf)
	if err != nil || strings.TrimSpace(string(buf[:n])) != "held" {
		t.Fatalf("the child said %q, %v", buf[:n], err)
	}
	_, err = Create(dir)
	if !errors.Is(err, ErrBusy) || !strings.Contains(err.Error(), fmt.Sprintf("process %d", child.Process.Pid)) {
		t.Errorf("second writer: %v, want ErrBusy with the process's id", err)
	}
	if o, err := Open(dir); err != nil {
		t.Errorf("a reader beside the writer: %v", err)
	} else {
		o.Close()
	}
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	child.Wait()
	// What the dead process wrote into the lock is stale.
	if data, err := os.ReadFile(filepath.Join(dir, lockName)); err != nil || !strings.Contains(string(data), fmt.Sprint(child.Process.Pid)) {
		t.Errorf("lock after a kill = %q, %v", data, err)
	}
	c, err := Create(dir)
	if err != nil {
		t.Fatalf("after the writer died: %v", err)
	}
	if _, err := Create(dir); !errors.Is(err, ErrBusy) {
		t.Errorf("two writers in one process: %v", err)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	if data, err := os.ReadFile(filepath.Join(dir, lockName)); err != nil || len(data) != 0 {
		t.Errorf("lock after a close = %q, %v", data, err)
	}
}

func TestLockOfAnotherHost(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, lockName)
	if err := os.WriteFile(path, []byte(`{"pid":1,"host":"elsewhere.example","since":"2026-01-01T00:00:00Z"}`), 0o644); err != nil {
		t.Fatal(err)
	}
	_, err := Create(dir)
	if !errors.Is(err, ErrBusy) || !strings.Contains(err.Error(), "elsewhere.example") || !strings.Contains(err.Error(), path) {
		t.Errorf("Create = %v, want ErrBusy that names the host and the file to remove", err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	create(t, dir)
}

// TestLockLeftToAChild holds that a lock is free when its owner gave it back or is dead, although a process that was forked
// meanwhile still has the file open.
func TestLockLeftToAChild(t *testing.T) {
	dir := t.TempDir()
	release, err := acquire(dir)
	if err != nil {
		t.Fatal(err)
	}
	child := exec.Command("sleep", "60")
	child.ExtraFiles = []*os.File{sameFile(t, filepath.Join(dir, lockName))}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { child.Process.Kill(); child.Wait() }()
	if err := release(); err != nil {
		t.Fatal(err)
	}
	if release, err = acquire(dir); err != nil {
		t.Fatalf("after it was given back: %v", err)
	}
	if err := release(); err != nil {
		t.Fatal(err)
	}

	// Its owner is dead, and what was forked holds it for a moment.
	dead := exec.Command("true")
	if err := dead.Run(); err != nil {
		t.Fatal(err)
	}
	host, _ := os.Hostname()
	held := openLock(t, dir)
	if err := syscall.Flock(int(held.Fd()), syscall.LOCK_EX); err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(held, `{"pid":%d,"host":%q,"since":"2026-01-01T00:00:00Z"}`, dead.Process.Pid, host)
	go func() {
		time.Sleep(30 * time.Millisecond)
		held.Close()
	}()
	if release, err = acquire(dir); err != nil {
		t.Fatalf("after its owner died: %v", err)
	}
	if err := release(); err != nil {
		t.Fatal(err)
	}
}

// sameFile is the open file of this process at path once more, as a fork would have it.
func sameFile(t *testing.T, path string) *os.File {
	t.Helper()
	open, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Skip("open files are not listed here: ", err)
	}
	for _, e := range open {
		if to, _ := os.Readlink("/proc/self/fd/" + e.Name()); to == path {
			n, _ := strconv.Atoi(e.Name())
			again, err := syscall.Dup(n)
			if err != nil {
				t.Fatal(err)
			}
			f := os.NewFile(uintptr(again), path)
			t.Cleanup(func() { f.Close() })
			return f
		}
	}
	t.Fatalf("%s is not open", path)
	return nil
}

func openLock(t *testing.T, dir string) *os.File {
	t.Helper()
	f, err := os.OpenFile(filepath.Join(dir, lockName), os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}
