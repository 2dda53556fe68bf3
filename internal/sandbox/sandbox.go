// Package sandbox reads foreign files in child processes of the same program, so that a file that makes a reader
// hang, crash or eat the memory costs that file and nothing else.
//
// The program begins by asking whether it is such a child, and if so serves:
//
//	func main() {
//		if sandbox.IsChild(os.Args) {
//			sandbox.Serve(read, known)
//		}
//		…
//	}
//
// and elsewhere reads through a pool of them:
//
//	pool, err := sandbox.New(sandbox.Options{Errors: known})
//	defer pool.Close()
//	doc, err := pool.Document(ctx, "pdf", data)
//
// A child is warm: it reads one file after the other, and is replaced after Options.Files of them or any fault. It
// binds itself to an address space of 4 GiB and its share of the CPUs, raises its limit of CPU time before each file, dies with its parent,
// and leads a process group that is killed whole, so that no program it started stays behind. The parent watches
// the peak of its resident memory and the clock. Documents and errors come back over a pipe, never more than Options.Output bytes.
//
// What a child does is given to Serve: this package knows of no format. Children are bounded by means of Linux; on
// other systems New gives ErrUnsupported.
package sandbox

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"sync"
	"time"

	"kehoach/plan"
)

// childArg is the hidden subcommand by which the program runs as a child.
const childArg = "read-child"

// IsChild reports whether the arguments of the program ask it to be a child.
func IsChild(args []string) bool { return len(args) == 2 && args[1] == childArg }

// What ended the reading of a file. Each comes wrapped with its details in words.
var (
	ErrCrashed = errors.New("the reader crashed on it")
	ErrHung    = errors.New("reading it took too long")
	ErrMemory  = errors.New("reading it took too much memory")
	ErrOutput  = errors.New("its text is too large")

	ErrUnsupported = errors.New("sandbox: child processes can be bounded on Linux only")
	ErrNoChild     = errors.New("sandbox: no child process could be started")
	ErrClosed      = errors.New("sandbox: the pool is closed")
)

// Reader is what a child does with a file. name is what the parent calls it: a path, or a format. A panic ends the
// child. GOMAXPROCS tells a child how many CPUs are its share.
type Reader func(ctx context.Context, name string, data []byte) (*plan.Document, error)

// Options are the settings of a pool; the zero value is good.
type Options struct {
	Workers int           // children at most, 0: one for each CPU
	Wall    time.Duration // for a file, and between two calls of Alive, 0: 9 s
	CPU     time.Duration // the same in CPU time, whole seconds, 0: 7 s
	Total   time.Duration // for a file in all, 0: an hour
	Memory  int64         // resident bytes of a child, 0: 460 MiB, which leaves room up to 500 MB for what is seen late
	Output  int           // bytes of an encoded document, 0: 64 MiB
	Files   int           // after which a child is replaced, 0: 200
	Errors  []error       // errors that keep their identity on the way from a child; the same list as that of Serve
	Command []string      // of a child, nil: this program as a child
}

// defaults fills what is zero.
func (o Options) defaults() (Options, error) {
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if o.Wall <= 0 {
		o.Wall = 9 * time.Second
	}
	if o.CPU <= 0 {
		o.CPU = 7 * time.Second
	}
	if o.Total <= 0 {
		o.Total = time.Hour
	}
	if o.Memory <= 0 {
		o.Memory = 460 << 20
	}
	if o.Output <= 0 {
		o.Output = 64 << 20
	}
	if o.Files <= 0 {
		o.Files = 200
	}
	if o.Command == nil {
		program, err := os.Executable()
		if err != nil {
			return o, fmt.Errorf("%w: %w", ErrNoChild, err)
		}
		o.Command = []string{program, childArg}
	}
	return o, nil
}

// Pool is a set of warm children. Its methods may be called from many goroutines.
type Pool struct {
	opts Options
	room chan struct{} // one for each child that is at work

	mu     sync.Mutex
	idle   []*child // the last one was used last
	closed bool
	peak   int64 // see Peak
}

// New makes a pool; its children are started when they are needed. Its errors are ErrUnsupported and ErrNoChild.
func New(opts Options) (*Pool, error) {
	if !supported {
		return nil, ErrUnsupported
	}
	opts, err := opts.defaults()
	if err != nil {
		return nil, err
	}
	return &Pool{opts: opts, room: make(chan struct{}, opts.Workers)}, nil
}

// Document reads a file in a child, whose reader is told the name. Its errors are those of the reader, where they are in
// Options.Errors with their identity; ErrCrashed, ErrHung, ErrMemory and ErrOutput, which say what became of the
// child; ErrNoChild and ErrClosed, which are no fault of the file; and the context's.
func (p *Pool) Document(ctx context.Context, name string, data []byte) (*plan.Document, error) {
	select {
	case p.room <- struct{}{}:
		defer func() { <-p.room }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	for {
		c, err := p.take()
		if err != nil {
			return nil, err
		}
		doc, err := c.read(ctx, name, data)
		fresh := c.files == 1
		p.give(c)
		// A child that waited may have been ended by somebody else; that says nothing about this file.
		if fresh || !errors.Is(err, errGone) {
			return doc, err
		}
	}
}

// take gives an idle child, or a new one.
func (p *Pool) take() (*child, error) {
	p.mu.Lock()
	if p.closed {
		p.mu.Unlock()
		return nil, ErrClosed
	}
	if n := len(p.idle); n > 0 {
		c := p.idle[n-1]
		p.idle = p.idle[:n-1]
		p.mu.Unlock()
		return c, nil
	}
	p.mu.Unlock()
	c, err := start(&p.opts)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoChild, err)
	}
	return c, nil
}

// Peak is the most memory in bytes that a child had resident so far, 0 where that is not known.
func (p *Pool) Peak() int64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.peak
}

// give takes a child back, and ends one that is used up.
func (p *Pool) give(c *child) {
	peak := c.peak()
	p.mu.Lock()
	p.peak = max(p.peak, peak)
	p.mu.Unlock()
	if !c.dead && c.files < p.opts.Files {
		p.mu.Lock()
		if !p.closed {
			p.idle = append(p.idle, c)
			c = nil
		}
		p.mu.Unlock()
	}
	if c != nil {
		c.end()
	}
}

// Close ends the children that are idle, and those at work when they are done.
func (p *Pool) Close() error {
	p.mu.Lock()
	idle := p.idle
	p.idle, p.closed = nil, true
	p.mu.Unlock()
	for _, c := range idle {
		c.end()
	}
	return nil
}
