package sandbox

import (
	"bufio"
	"bytes"
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"kehoach/plan"
)

const supported = true

// lookEvery is how often the memory and the clock of a child at work are looked at.
const lookEvery = 10 * time.Millisecond

// laxly is how a child collects garbage: what a document leaves behind is soon gone, and softHeap bounds it.
const laxly = "400"

// errGone is the error of a child that was not there any more.
var errGone = errors.New("the child process was gone")

// child is the parent's side of one child process. One goroutine at a time uses it.
type child struct {
	opts    *Options
	cmd     *exec.Cmd
	in      *os.File // to the child
	out     *os.File // from the child
	reader  *bufio.Reader
	decoder *gob.Decoder // of frames
	frames  bytes.Buffer
	stderr  head
	status  *os.File
	high    int64 // see peak
	files   int   // read so far, this one included
	dead    bool  // or to be ended
}

// start starts a child.
func start(opts *Options) (*child, error) {
	c := &child{opts: opts}
	theirIn, ourIn, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	ourOut, theirOut, err := os.Pipe()
	if err != nil {
		theirIn.Close()
		ourIn.Close()
		return nil, err
	}
	defer theirIn.Close()
	defer theirOut.Close()
	c.in, c.out = ourIn, ourOut
	c.cmd = exec.Command(opts.Command[0], opts.Command[1:]...)
	c.cmd.Env = append(os.Environ(), "GOMAXPROCS="+strconv.Itoa(max(1, runtime.GOMAXPROCS(0)/opts.Workers)), "GOGC="+laxly)
	c.cmd.Stdin, c.cmd.Stdout, c.cmd.Stderr = theirIn, theirOut, &c.stderr
	c.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	c.cmd.WaitDelay = time.Second
	if err := c.cmd.Start(); err != nil {
		ourIn.Close()
		ourOut.Close()
		return nil, err
	}
	c.status, _ = os.Open("/proc/" + strconv.Itoa(c.cmd.Process.Pid) + "/status") // without it memory is unwatched, and RLIMIT_AS holds
	c.reader = bufio.NewReaderSize(c.out, 64<<10)
	c.decoder = gob.NewDecoder(&c.frames)
	return c, nil
}

// end ends the child with all that it started, and waits for it.
func (c *child) end() {
	c.dead = true
	c.kill()
	c.in.Close()
	c.cmd.Wait()
	c.out.Close()
	if c.status != nil {
		c.status.Close()
	}
}

func (c *child) kill() { syscall.Kill(-c.cmd.Process.Pid, syscall.SIGKILL) }

// read has the child read one file. After any error but the reader's own, the child is dead.
func (c *child) read(ctx context.Context, name string, data []byte) (*plan.Document, error) {
	c.files++
	w := c.watch(ctx)
	doc, err := c.ask(name, data, w)
	w.stop()
	// It may have been killed just after it answered, or have had too much between two looks.
	c.dead = w.why.Load() != nil || c.peak() > c.opts.Memory
	if err == nil || isReaders(err) {
		return doc, err
	}
	c.dead = true
	if why := w.why.Load(); why != nil {
		return nil, *why
	}
	if errors.Is(err, ErrOutput) || errors.Is(err, ErrCrashed) {
		return nil, err
	}
	return nil, c.autopsy(err)
}

// ask sends the request and reads the answer.
func (c *child) ask(name string, data []byte, w *watcher) (*plan.Document, error) {
	q := request{uint64(c.opts.CPU), uint64(c.opts.Output), uint64(len(name)), uint64(len(data))}
	head := append(q.encode(), name...)
	if len(data) < 64<<10 {
		head, data = append(head, data...), nil
	}
	for _, part := range [][]byte{head, data} {
		if _, err := c.in.Write(part); err != nil {
			return nil, fmt.Errorf("%w: %w", errGone, err)
		}
	}
	for {
		kind, payload, err := readFrame(c.reader, c.opts.Output)
		if err != nil {
			return nil, err
		}
		switch kind {
		case frameAlive:
			w.alive(max(decodeDuration(payload), c.opts.Wall))
		case frameDocument:
			c.frames.Write(payload)
			doc := new(plan.Document)
			if err := c.decoder.Decode(doc); err != nil {
				return nil, fmt.Errorf("%w: its answer makes no sense: %w", ErrCrashed, err)
			}
			return doc, nil
		case frameError:
			return nil, c.decodeError(payload)
		case framePanic:
			return nil, fmt.Errorf("%w: %s", ErrCrashed, payload)
		case frameOutput:
			return nil, fmt.Errorf("%w: more than %d MB", ErrOutput, c.opts.Output>>20)
		default:
			return nil, fmt.Errorf("%w: its answer makes no sense", ErrCrashed)
		}
	}
}

// readers is an error of the reader, brought over from a child.
type readers struct {
	message string
	is      error // of Options.Errors, or nil
}

func (e *readers) Error() string { return e.message }
func (e *readers) Unwrap() error { return e.is }

func isReaders(err error) bool { return errors.As(err, new(*readers)) }

func (c *child) decodeError(payload []byte) error {
	if len(payload) == 0 {
		return fmt.Errorf("%w: its answer makes no sense", ErrCrashed)
	}
	e := &readers{message: string(payload[1:])}
	if which := int(payload[0]); which > 0 && which <= len(c.opts.Errors) {
		e.is = c.opts.Errors[which-1]
	}
	return e
}

// autopsy says what a child died of that the parent did not kill.
func (c *child) autopsy(err error) error {
	if !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, errGone) {
		return fmt.Errorf("%w: %w", ErrCrashed, err)
	}
	done := make(chan error, 1)
	go func() { done <- c.cmd.Wait() }()
	select {
	case <-done:
	case <-time.After(time.Second): // it closed its output, and goes on
		c.kill()
		<-done
	}
	said := c.stderr.line()
	status, _ := c.cmd.ProcessState.Sys().(syscall.WaitStatus)
	switch {
	case status.ExitStatus() == exitCPU:
		return c.opts.cpuUp()
	case strings.Contains(said, "out of memory") || strings.Contains(said, "cannot allocate memory"):
		return fmt.Errorf("%w: %s", ErrMemory, said)
	case strings.Contains(said, "deadlock"):
		return fmt.Errorf("%w: %s", ErrHung, said)
	case said != "":
		return fmt.Errorf("%w: %s", ErrCrashed, said)
	case errors.Is(err, errGone), status.Exited() && status.ExitStatus() == 0:
		return fmt.Errorf("%w: %w", ErrCrashed, errGone)
	case status.Signaled() && status.Signal() == syscall.SIGKILL:
		return fmt.Errorf("%w: the system killed it: %w", ErrMemory, errGone)
	case status.Signaled():
		return fmt.Errorf("%w: %s", ErrCrashed, status.Signal())
	}
	return fmt.Errorf("%w: it ended with code %d", ErrCrashed, status.ExitStatus())
}

func (o *Options) cpuUp() error { return fmt.Errorf("%w: more than %v of CPU time", ErrHung, o.CPU) }

// watcher ends a child that takes too long or too much.
type watcher struct {
	why      atomic.Pointer[error]
	deadline atomic.Int64 // nanoseconds since begin
	begin    time.Time
	done     chan struct{}
	ended    chan struct{}
}

func (c *child) watch(ctx context.Context) *watcher {
	w := &watcher{begin: time.Now(), done: make(chan struct{}), ended: make(chan struct{})}
	w.deadline.Store(int64(c.opts.Wall))
	go func() {
		defer close(w.ended)
		tick := time.NewTicker(lookEvery)
		defer tick.Stop()
		for {
			var why error
			select {
			case <-w.done:
				return
			case <-ctx.Done():
				why = ctx.Err()
			case <-tick.C:
				why = c.look(w)
			}
			if why != nil {
				w.why.Store(&why)
				c.kill()
				return
			}
		}
	}()
	return w
}

// stop ends the watch; nothing is killed afterwards.
func (w *watcher) stop() {
	close(w.done)
	<-w.ended
}

// alive moves the deadline to d from now.
func (w *watcher) alive(d time.Duration) { w.deadline.Store(int64(time.Since(w.begin) + d)) }

// look says why a child must end now, or nil.
func (c *child) look(w *watcher) error {
	took := time.Since(w.begin)
	if took > c.opts.Total {
		return fmt.Errorf("%w: more than %v", ErrHung, c.opts.Total)
	}
	if took > time.Duration(w.deadline.Load()) {
		return fmt.Errorf("%w: %v went by", ErrHung, took.Round(time.Second))
	}
	if c.peak() > c.opts.Memory {
		return fmt.Errorf("%w: more than %d MB", ErrMemory, c.opts.Memory>>20)
	}
	return nil
}

// peak is the most memory that was resident in the life of the child, in bytes; 0 where it is not known.
func (c *child) peak() int64 {
	if c.status == nil {
		return c.high
	}
	var b [4096]byte
	n, _ := c.status.ReadAt(b[:], 0)
	_, rest, _ := bytes.Cut(b[:n], []byte("VmHWM:"))
	line, _, _ := bytes.Cut(rest, []byte(" kB"))
	kilobytes, _ := strconv.ParseInt(string(bytes.TrimSpace(line)), 10, 64)
	c.high = max(c.high, kilobytes<<10) // the system says nothing more of one that is dead
	return c.high
}

// head keeps the first bytes that are written to it: there the reason of a fatal error stands.
type head struct{ kept []byte }

func (h *head) Write(p []byte) (int, error) {
	h.kept = append(h.kept, p[:min(len(p), max(0, maxMessage-len(h.kept)))]...)
	return len(p), nil
}

// line is the first line that names a fatal error, else the first line, "" where nothing was written.
func (h *head) line() string {
	first := ""
	for l := range strings.Lines(string(h.kept)) {
		if l = strings.TrimSpace(l); strings.HasPrefix(l, "fatal error:") {
			return l
		} else if first == "" {
			first = l
		}
	}
	return first
}
