package fault

import (
	"errors"
	"syscall"
	"testing"
)

// TestFull counts the passes of a point and fails at the one that was asked for, before the step is done.
func TestFull(t *testing.T) {
	armed = parse("full:original.sync.before:3")
	defer func() { armed = nil }()
	done := 0
	step := func() error { done++; return nil }
	for pass := 1; pass <= 5; pass++ {
		err := errors.Join(Do(OriginalWrite, step), Do(OriginalSync, step))
		if errors.Is(err, syscall.ENOSPC) != (pass == 3) {
			t.Errorf("pass %d: %v", pass, err)
		}
	}
	if done != 9 {
		t.Errorf("%d steps were done, want 9", done)
	}
}

func TestParse(t *testing.T) {
	for _, spec := range []string{"", "kill", "kill:x", "kill:x:y", "kill:x:1:2"} {
		if parse(spec) != nil {
			t.Errorf("%q arms a fault", spec)
		}
	}
	if f := parse("kill:a.after:2"); f == nil || f.full || f.point != "a.after" || f.left.Load() != 2 {
		t.Errorf("got %+v", f)
	}
}
