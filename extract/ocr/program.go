package ocr

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"
)

// ErrMissing is the error of programs that are not installed.
var ErrMissing = errors.New("to read scanned pages, install poppler-utils, tesseract-ocr and tesseract-ocr-vie")

// The limits of a program that works on one page.
const (
	renderCPU    = 6 * time.Second
	recogniseCPU = 30 * time.Second
	stepTime     = 90 * time.Second // on the clock: many may share a CPU
	programData  = 480 << 20        // bytes of memory
)

// language is what tesseract is told to expect.
const language = "vie"

// programs are the programs that were found.
type programs struct {
	tesseract, pdftoppm string
	versions            map[string]string
}

// find looks for the programs and asks for their versions.
func find() (programs, error) {
	var p programs
	var missing []string
	for _, want := range []struct {
		name  string
		where *string
	}{{"tesseract", &p.tesseract}, {"pdftoppm", &p.pdftoppm}} {
		path, err := exec.LookPath(want.name)
		if err != nil {
			missing = append(missing, want.name)
		}
		*want.where = path
	}
	if len(missing) > 0 {
		return p, fmt.Errorf("%w (there is no %s)", ErrMissing, strings.Join(missing, " and no "))
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	said, _ := exec.CommandContext(ctx, p.tesseract, "--list-langs").CombinedOutput()
	if !strings.Contains(string(said)+"\n", "\n"+language+"\n") {
		return p, fmt.Errorf("%w (tesseract does not know Vietnamese)", ErrMissing)
	}
	p.versions = map[string]string{
		"tesseract": version(ctx, p.tesseract, "--version"),
		"pdftoppm":  version(ctx, p.pdftoppm, "-v"),
	}
	return p, nil
}

// version is the second or third word that a program says of itself: "tesseract 5.3.0", "pdftoppm version 22.12.0".
func version(ctx context.Context, program, flag string) string {
	said, _ := exec.CommandContext(ctx, program, flag).CombinedOutput()
	line, _, _ := strings.Cut(string(said), "\n")
	for _, word := range strings.Fields(line) {
		if word[0] >= '0' && word[0] <= '9' {
			return word
		}
	}
	return "unknown"
}

// job is one run of a program.
type job struct {
	program string
	args    []string
	stdin   []byte
	file    *os.File // becomes /dev/fd/3
	cpu     time.Duration
	output  int // bytes that it may write
}

var errOutput = errors.New("it wrote more than it should")

// run runs a program to its end and gives its output.
func (j job) run(ctx context.Context) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, stepTime)
	defer cancel()
	c := exec.CommandContext(ctx, j.program, j.args...)
	c.Env = append(os.Environ(), "OMP_THREAD_LIMIT=1", "LC_ALL=C")
	c.SysProcAttr = tied()
	c.WaitDelay = time.Second
	if j.stdin != nil {
		c.Stdin = bytes.NewReader(j.stdin)
	}
	if j.file != nil {
		c.ExtraFiles = []*os.File{j.file}
	}
	out := &bounded{left: j.output, stop: cancel}
	said := &bounded{left: 4 << 10, quiet: true}
	c.Stdout, c.Stderr = out, said
	if err := c.Start(); err != nil {
		return nil, err
	}
	limit(c.Process.Pid, j.cpu)
	err := c.Wait()
	if out.over {
		err = errOutput
	}
	if err != nil {
		line, _, _ := strings.Cut(strings.TrimSpace(said.kept.String()), "\n")
		return nil, fmt.Errorf("%s: %w %s", base(j.program), err, line)
	}
	return out.kept.Bytes(), nil
}

func base(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }

// bounded keeps what is written to it up to a limit.
type bounded struct {
	kept  bytes.Buffer // not embedded: its ReadFrom would go around the limit
	left  int
	over  bool
	quiet bool // what is over the limit is dropped
	stop  func()
}

func (b *bounded) Write(p []byte) (int, error) {
	if len(p) > b.left {
		if b.quiet {
			b.kept.Write(p[:b.left])
			b.left = 0
			return len(p), nil
		}
		b.over = true
		b.stop()
		return 0, io.ErrShortWrite
	}
	b.left -= len(p)
	return b.kept.Write(p)
}

// keep writes bytes to a file without a name, which a program can open as /dev/fd/3.
func keep(data []byte) (*os.File, error) {
	f, err := os.CreateTemp("", "kehoach-*")
	if err != nil {
		return nil, err
	}
	err = os.Remove(f.Name())
	if err == nil {
		_, err = f.Write(data)
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}
