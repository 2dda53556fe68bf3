package extract

import (
	"context"
	"errors"
	"fmt"

	"kehoach/extract/html"
	"kehoach/extract/mail"
	"kehoach/extract/pdf"
	"kehoach/extract/word"
	"kehoach/internal/sandbox"
	"kehoach/plan"
)

// Reader reads documents. The zero value, like a nil one, reads them in this process, where a file that makes a
// reader hang or crash does so to the whole program; Isolated reads foreign formats in child processes.
type Reader struct {
	pool *sandbox.Pool
}

// ErrNoChild is the error of a document that was not read for want of a child process; it is no fault of the document.
var ErrNoChild = sandbox.ErrNoChild

// Isolated gives a Reader that reads foreign formats in child processes, at most so many at a time (0: one for each
// CPU). The program must begin with ServeChild. Where the system cannot bound a child, the Reader reads in this
// process, and note says so in words for people. Close ends the children.
func Isolated(workers int) (r *Reader, note string) {
	pool, err := sandbox.New(sandbox.Options{Workers: workers, Errors: identities})
	if err != nil {
		return &Reader{}, fmt.Sprintf("foreign files are read without protection (%v)", err)
	}
	return &Reader{pool}, ""
}

// Close ends the child processes.
func (r *Reader) Close() error {
	if r == nil || r.pool == nil {
		return nil
	}
	return r.pool.Close()
}

// identities are the errors that a child's error may be.
var identities = []error{ErrUnreadable, ErrEncrypted, ErrLimit}

// ServeChild does the work of a child process, and does not return, where the program was started as one. It is the
// first thing that main calls, with the arguments of the program.
func ServeChild(args []string) {
	if !sandbox.IsChild(args) {
		return
	}
	sandbox.Serve(func(ctx context.Context, name string, data []byte) (*plan.Document, error) {
		for i := range Formats {
			if Formats[i].Name == name {
				return Formats[i].read(ctx, data)
			}
		}
		return nil, fmt.Errorf("%w: there is no format %q", ErrUnreadable, name)
	}, identities)
}

// blocks reads the blocks of a file of a format, in a child where one is wanted. Its errors are without the path.
func (r *Reader) blocks(ctx context.Context, f *Format, data []byte) (*plan.Document, error) {
	if r == nil || r.pool == nil || f.Plain {
		return f.read(ctx, data)
	}
	doc, err := r.pool.Document(ctx, f.Name, data)
	switch {
	case errors.Is(err, sandbox.ErrHung), errors.Is(err, sandbox.ErrMemory), errors.Is(err, sandbox.ErrOutput):
		err = fmt.Errorf("%w: %w", ErrLimit, err)
	case errors.Is(err, sandbox.ErrCrashed):
		err = fmt.Errorf("%w: %w", ErrUnreadable, err)
	}
	return doc, err
}

// reasons says which of the identities the readers' own errors are; all others are ErrUnreadable.
var reasons = []struct{ of, is error }{
	{pdf.ErrEncrypted, ErrEncrypted},
	{word.ErrEncrypted, ErrEncrypted},
	{word.ErrTooLarge, ErrLimit},
	{word.ErrTooMany, ErrLimit},
	{html.ErrLarge, ErrLimit},
	{mail.ErrLarge, ErrLimit},
}

// read has the format's reader read a file. Its errors are ErrUnreadable, ErrEncrypted, ErrLimit or the context's.
func (f *Format) read(ctx context.Context, data []byte) (doc *plan.Document, err error) {
	if f.ReadLong != nil {
		doc, err = f.ReadLong(ctx, data)
	} else {
		doc, err = f.Read(data)
	}
	if err == nil || ctx.Err() != nil {
		return doc, err
	}
	for _, known := range identities {
		if errors.Is(err, known) {
			return nil, err
		}
	}
	for _, r := range reasons {
		if errors.Is(err, r.of) {
			return nil, fmt.Errorf("%w: %w", r.is, err)
		}
	}
	return nil, fmt.Errorf("%w: %w", ErrUnreadable, err)
}
