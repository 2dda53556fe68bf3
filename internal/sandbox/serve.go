package sandbox

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"sync"
	"time"

	"kehoach/plan"
)

// exitCPU is how a child ends whose CPU time is up.
const exitCPU = 97

// softHeap is the heap of a child above which it collects garbage in earnest.
const softHeap = 320 << 20

// Serve is the whole life of a child: it reads the files that its parent sends over standard input, and answers over
// standard output, until the parent closes it. It does not return. Errors in known (by errors.Is) keep their
// identity for the parent.
func Serve(read Reader, known []error) {
	in, out := os.Stdin, os.Stdout
	os.Stdout = os.Stderr // what a library prints must not stand among the answers
	debug.SetMemoryLimit(softHeap)
	if err := confine(); err != nil {
		fmt.Fprintln(os.Stderr, "sandbox:", err)
		os.Exit(1)
	}
	s := &server{in: bufio.NewReaderSize(in, 64<<10), out: out, read: read, known: known}
	s.encoder = gob.NewEncoder(&s.buffer)
	quiet := runtime.NumGoroutine()
	for {
		err := s.serve()
		if errors.Is(err, io.EOF) || err == nil && runtime.NumGoroutine() > quiet {
			// Work that a reader gave up and left behind must not be charged to the next file.
			os.Exit(0)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, "sandbox:", err)
			os.Exit(1)
		}
	}
}

// server is the child's side.
type server struct {
	in      *bufio.Reader
	read    Reader
	known   []error
	buffer  bytes.Buffer // a frame with a document
	encoder *gob.Encoder // into buffer; types are sent once in the life of a child

	mu  sync.Mutex // of what follows: Alive may be called from any goroutine
	out io.Writer
	cpu time.Duration // for each stretch of work
}

// serve answers one request.
func (s *server) serve() error {
	q, name, data, err := readRequest(s.in)
	if err != nil {
		return err
	}
	s.cpu = time.Duration(q.CPU)
	if err := allowCPU(s.cpu); err != nil {
		return err
	}
	doc, err := s.attempt(name, data)
	if err != nil {
		return s.write(appendFrame(nil, frameError, s.encodeError(err)))
	}
	s.buffer.Reset()
	s.buffer.Write(make([]byte, frameHead))
	if err := s.encoder.Encode(doc); err != nil {
		return err
	}
	size := s.buffer.Len() - frameHead
	if uint64(size) > q.Output {
		// The stream of types is broken now: the parent ends this child.
		return s.write(appendFrame(nil, frameOutput, nil))
	}
	head := s.buffer.Bytes()[:frameHead]
	head[0] = frameDocument
	binary.LittleEndian.PutUint32(head[1:], uint32(size))
	err = s.write(s.buffer.Bytes())
	if s.buffer.Cap() > 4<<20 {
		s.buffer = bytes.Buffer{} // encoder writes to its address, which stays
	}
	return err
}

// attempt reads one file. A panic ends the child, once its message is sent.
func (s *server) attempt(name string, data []byte) (doc *plan.Document, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			message := fmt.Sprint(fault)
			s.write(appendFrame(nil, framePanic, []byte(message[:min(len(message), maxMessage)])))
			os.Exit(2)
		}
	}()
	doc, err = s.read(context.WithValue(context.Background(), serverKey{}, s), name, data)
	if err == nil && doc == nil {
		err = errors.New("the reader gave no document")
	}
	return doc, err
}

func (s *server) encodeError(err error) []byte {
	which := byte(0)
	for i, known := range s.known {
		if errors.Is(err, known) {
			which = byte(i + 1)
			break
		}
	}
	message := err.Error()
	return append([]byte{which}, message[:min(len(message), maxMessage)]...)
}

func (s *server) write(b []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, err := s.out.Write(b)
	return err
}

type serverKey struct{}

// Alive says that a file which takes long is getting on: what comes next may take the time d (at least the usual
// limit), and the limit of CPU time is raised by one file's share. It does nothing outside a child.
func Alive(ctx context.Context, d time.Duration) {
	s, ok := ctx.Value(serverKey{}).(*server)
	if !ok {
		return
	}
	s.write(appendFrame(nil, frameAlive, encodeDuration(d)))
	s.mu.Lock()
	defer s.mu.Unlock()
	allowCPU(s.cpu)
}
