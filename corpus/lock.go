package corpus

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"kehoach/internal/fault"
)

const lockName = "lock"

// owner is who holds the lock, as it stands in the file.
type owner struct {
	PID   int    `json:"pid"`
	Host  string `json:"host"`
	Since string `json:"since"`
}

// acquire takes the lock of the one writer. The system holds it for the process (flock), so the lock of a
// process that died on this host is free again; what the file then still says is stale. A file that names another
// host is believed, because not every shared file system carries locks from host to host.
func acquire(dir string) (release func() error, err error) {
	path := filepath.Join(dir, lockName)
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, fmt.Errorf("corpus: %w", err)
	}
	defer func() {
		if err != nil {
			f.Close()
		}
	}()
	host, err := os.Hostname()
	if err != nil {
		return nil, fmt.Errorf("corpus: %w", err)
	}
	held, was, named, err := try(f)
	for wait := time.Millisecond; err == nil && held && !(named && was.lives(host)) && wait < lingering; wait *= 2 {
		time.Sleep(wait)
		held, was, named, err = try(f)
	}
	if err != nil {
		return nil, fmt.Errorf("corpus: %s: %w", path, err)
	}
	switch {
	case held && named:
		return nil, fmt.Errorf("corpus: %s: %w: process %d on %s, since %s", dir, ErrBusy, was.PID, was.Host, was.Since)
	case held:
		return nil, fmt.Errorf("corpus: %s: %w", dir, ErrBusy)
	case named && was.Host != host:
		return nil, fmt.Errorf("corpus: %s: %w: process %d on the host %s, since %s; if that process is gone, remove %s",
			dir, ErrBusy, was.PID, was.Host, was.Since, path)
	}
	me, err := json.Marshal(owner{os.Getpid(), host, time.Now().UTC().Format(time.RFC3339)})
	if err != nil {
		return nil, fmt.Errorf("corpus: %w", err)
	}
	if err := fault.Do(fault.LockWrite, func() error { return errors.Join(f.Truncate(0), writeAt(f, append(me, '\n'))) }); err != nil {
		return nil, fmt.Errorf("corpus: %s: %w", path, err)
	}
	return func() error {
		// Given back by name, not by the closing alone: a child that is between its fork and its exec has the file open too.
		return errors.Join(fault.Do(fault.LockClear, func() error { return f.Truncate(0) }), syscall.Flock(int(f.Fd()), syscall.LOCK_UN), f.Close())
	}, nil
}

// lingering is how long a lock that nobody alive is named for is waited for. Whoever was killed may have been starting a
// child, which holds the open file until its exec; and who has just taken the lock has not written its name yet.
const lingering = time.Second

// try asks for the lock once, and says what stands in the file.
func try(f *os.File) (held bool, was owner, named bool, err error) {
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if err != nil && !errors.Is(err, syscall.EWOULDBLOCK) {
		return false, was, false, err
	}
	held = err != nil
	data, err := io.ReadAll(io.NewSectionReader(f, 0, 4096))
	named = err == nil && json.Unmarshal(bytes.TrimSpace(data), &was) == nil
	return held, was, named, err
}

// lives reports whether the owner is at work, as far as can be told from this host.
func (o owner) lives(host string) bool {
	return o.Host != host || !errors.Is(syscall.Kill(o.PID, 0), syscall.ESRCH)
}

func writeAt(f *os.File, data []byte) error {
	_, err := f.WriteAt(data, 0)
	return err
}
