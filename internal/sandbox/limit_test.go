//go:build linux

package sandbox

import (
	"context"
	"errors"
	"regexp"
	"syscall"
	"testing"
	"time"
)

// spent is the CPU time that this process has used.
func spent() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// TestLimits holds what the system says of a child, and what a pool allows where nothing else is wanted.
func TestLimits(t *testing.T) {
	p := newPool(t, Options{Workers: 1})
	doc, err := p.Document(context.Background(), "limits", nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`Max address space +4294967296 +4294967296`, `Max core file size +0 +0`, `Max cpu time +([89]|10) +`} {
		if !regexp.MustCompile(want).MatchString(doc.Blocks[0].Text) {
			t.Errorf("no %q in the limits of a child:\n%s", want, doc.Blocks[0].Text)
		}
	}
	if o := p.opts; o.Memory > 490e6 || o.Memory < 400e6 || o.Files != 200 || o.Wall >= 10*time.Second || o.CPU >= o.Wall || o.Output > 64<<20 {
		t.Errorf("a pool allows %+v", o)
	}
}

// TestWork holds that the limit of CPU time counts for each file anew: a child that worked longer in all goes on.
func TestWork(t *testing.T) {
	t.Parallel()
	p := newPool(t, Options{Workers: 1, CPU: time.Second})
	pid := text(t, p, "pid", "")
	for range 3 {
		text(t, p, "work", "xong")
	}
	if now := text(t, p, "pid", ""); now != pid {
		t.Errorf("the child %s was replaced by %s", pid, now)
	}
}

// TestSpike holds that memory counts which was taken and given back between two looks of the parent.
func TestSpike(t *testing.T) {
	p := newPool(t, Options{Workers: 1, Memory: 100 << 20})
	pid := text(t, p, "pid", "")
	if _, err := p.Document(context.Background(), "spike", nil); err != nil && !errors.Is(err, ErrMemory) {
		t.Fatal(err)
	}
	if now := text(t, p, "pid", ""); now == pid {
		t.Errorf("the child %s goes on after its spike", pid)
	}
	if got := p.Peak(); got < 100<<20 || got > 300<<20 {
		t.Errorf("the peak is said to be %d MB", got>>20)
	}
}
