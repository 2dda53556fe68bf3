//go:build linux

package sandbox

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"kehoach/plan"
)

var (
	errOdd   = errors.New("is odd")
	errOther = errors.New("is other")
	known    = []error{errOther, errOdd}
)

// TestMain lets the test binary be a child, whose reader does what the path says.
func TestMain(m *testing.M) {
	if IsChild(os.Args) {
		Serve(misbehave, known)
	}
	os.Exit(m.Run())
}

// misbehave reads a file: its lines are the blocks. Other paths do harm.
func misbehave(ctx context.Context, path string, data []byte) (*plan.Document, error) {
	switch path {
	case "hang":
		for n := 0; ; n++ {
			if n < 0 {
				return nil, nil
			}
		}
	case "sleep":
		time.Sleep(time.Hour)
	case "work": // for 0.9 s of CPU time
		for from := spent(); spent()-from < 900*time.Millisecond; {
		}
	case "limits":
		limits, err := os.ReadFile("/proc/self/limits")
		return &plan.Document{Blocks: []plan.Block{{Text: string(limits)}}}, err
	case "reserve": // more than the address space holds, and touches none of it
		return nil, errors.New(string(make([]byte, 5<<30)))
	case "spike": // more than a child may have, between two looks
		b, err := syscall.Mmap(-1, 0, 120<<20, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE|syscall.MAP_POPULATE)
		if err != nil {
			return nil, err
		}
		return &plan.Document{}, syscall.Munmap(b)
	case "wait":
		time.Sleep(400 * time.Millisecond)
	case "getting-on":
		for range 8 {
			Alive(ctx, 0)
			time.Sleep(100 * time.Millisecond)
		}
	case "deep":
		return misbehaveDeep(1), nil
	case "panic":
		var blocks []plan.Block
		return &plan.Document{Blocks: blocks[1:2]}, nil
	case "panic-elsewhere":
		go func() { panic("out of its mind") }()
		time.Sleep(time.Hour)
	case "fatal":
		return nil, errors.New(string(make([]byte, 128<<30)))
	case "bomb":
		var kept [][]byte
		for {
			b := make([]byte, 1<<20)
			for i := range b {
				b[i] = 1
			}
			kept = append(kept, b)
			runtime.KeepAlive(kept)
		}
	case "endless":
		words := strings.Repeat("lời ", 1<<10)
		doc := &plan.Document{}
		for range 4 << 10 {
			doc.Blocks = append(doc.Blocks, plan.Block{Text: words})
		}
		return doc, nil
	case "noise":
		for {
			fmt.Println(strings.Repeat("noise ", 1<<12))
		}
	case "exit":
		os.Exit(5)
	case "killed":
		syscall.Kill(os.Getpid(), syscall.SIGKILL)
	case "garbage":
		syscall.Write(1, []byte("d\x05\x00\x00\x00words"))
		time.Sleep(time.Hour)
	case "left-behind":
		go func() { time.Sleep(time.Hour) }()
	case "offspring":
		c := exec.Command("sleep", "1000")
		if err := c.Start(); err != nil {
			return nil, err
		}
		os.WriteFile(string(data), []byte(strconv.Itoa(c.Process.Pid)), 0o600)
		c.Wait()
	case "nothing":
		return nil, nil
	case "odd":
		return nil, fmt.Errorf("reader: %s %w", path, errOdd)
	case "refused":
		return nil, errors.New("reader: it is refused")
	case "pid":
		data = []byte(strconv.Itoa(os.Getpid()))
	}
	doc := &plan.Document{Source: plan.Source{Format: "text", Tools: map[string]string{"a": "1"}}}
	for line := range bytes.Lines(data) {
		doc.Blocks = append(doc.Blocks, plan.Block{Text: string(bytes.TrimSpace(line)), Page: 1, Confidence: 0.5})
	}
	return doc, nil
}

func misbehaveDeep(n int) *plan.Document {
	if n == 0 {
		return nil
	}
	return &plan.Document{Problems: misbehaveDeep(n + 1).Problems}
}

func newPool(t testing.TB, opts Options) *Pool {
	t.Helper()
	opts.Errors = known
	p, err := New(opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Close() })
	return p
}

// text gives the first block of what a pool reads.
func text(t testing.TB, p *Pool, path, data string) string {
	t.Helper()
	doc, err := p.Document(context.Background(), path, []byte(data))
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return doc.Blocks[0].Text
}

// TestFaults holds what harm is called, and that the next file is read as if nothing had been.
func TestFaults(t *testing.T) {
	opts := Options{Workers: 1, Wall: 30 * time.Second, CPU: time.Second, Memory: 200 << 20, Output: 2 << 20}
	quick := opts
	quick.Wall = 300 * time.Millisecond
	for _, test := range []struct {
		path string
		opts Options
		want error
		says string
	}{
		{"hang", opts, ErrHung, "1s of CPU time"},
		{"sleep", quick, ErrHung, "went by"},
		{"deep", opts, ErrMemory, "more than 200 MB"},
		{"panic", opts, ErrCrashed, "slice bounds out of range"},
		{"panic-elsewhere", opts, ErrCrashed, "panic: out of its mind"},
		{"fatal", opts, ErrMemory, "out of memory"},
		{"bomb", opts, ErrMemory, "more than 200 MB"},
		{"reserve", opts, ErrMemory, "out of memory"},
		{"endless", opts, ErrOutput, "more than 2 MB"},
		{"noise", opts, ErrHung, ""},
		{"exit", opts, ErrCrashed, "code 5"},
		{"killed", opts, ErrMemory, "the system killed it"},
		{"garbage", opts, ErrCrashed, "makes no sense"},
	} {
		t.Run(test.path, func(t *testing.T) {
			t.Parallel()
			p := newPool(t, test.opts)
			before := text(t, p, "pid", "")
			_, err := p.Document(context.Background(), test.path, nil)
			if !errors.Is(err, test.want) || !strings.Contains(err.Error(), test.says) {
				t.Errorf("it is called %v, want %v with %q", err, test.want, test.says)
			}
			if after := text(t, p, "pid", ""); after == before {
				t.Errorf("the child %s goes on after its fault", before)
			}
			if got := text(t, p, "a.txt", "còn đọc được"); got != "còn đọc được" {
				t.Errorf("the next file gives %q", got)
			}
		})
	}
}

// TestDocument holds that a document comes back as the reader made it.
func TestDocument(t *testing.T) {
	p := newPool(t, Options{Workers: 1})
	data := []byte("KẾ HOẠCH\nTuyên truyền\n" + strings.Repeat("một dòng dài\n", 50000))
	want, _ := misbehave(context.Background(), "a.txt", data)
	for range 3 {
		got, err := p.Document(context.Background(), "a.txt", data)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("it comes back with error %v, equal: %v", err, reflect.DeepEqual(got, want))
		}
	}
}

// TestErrors holds that errors of the reader keep words and identity, and cost no child.
func TestErrors(t *testing.T) {
	p := newPool(t, Options{Workers: 1})
	pid := text(t, p, "pid", "")
	for _, test := range []struct {
		path, says string
		is         error
	}{
		{"odd", "reader: odd is odd", errOdd},
		{"refused", "reader: it is refused", nil},
		{"nothing", "the reader gave no document", nil},
	} {
		_, err := p.Document(context.Background(), test.path, nil)
		if err == nil || err.Error() != test.says {
			t.Errorf("%s: error %v, want %q", test.path, err, test.says)
		}
		for _, k := range known {
			if errors.Is(err, k) != (k == test.is) {
				t.Errorf("%s: errors.Is(%v, %v) is %v", test.path, err, k, !(k == test.is))
			}
		}
	}
	if now := text(t, p, "pid", ""); now != pid {
		t.Errorf("the child %s was replaced by %s", pid, now)
	}
}

// TestAlive holds that a file may take long as long as it gets on.
func TestAlive(t *testing.T) {
	p := newPool(t, Options{Workers: 1, Wall: 350 * time.Millisecond})
	if got := text(t, p, "getting-on", "xong"); got != "xong" {
		t.Errorf("it gives %q", got)
	}
	if _, err := p.Document(context.Background(), "wait", nil); !errors.Is(err, ErrHung) {
		t.Errorf("without a sign of life: error %v, want %v", err, ErrHung)
	}
}

// TestReplaced holds that a child reads no more than its share of files.
func TestReplaced(t *testing.T) {
	p := newPool(t, Options{Workers: 1, Files: 3})
	seen := map[string]int{}
	for range 9 {
		seen[text(t, p, "pid", "")]++
	}
	if len(seen) != 3 {
		t.Errorf("nine files were read by %v, want three children with three files each", seen)
	}
}

// TestLeftBehind holds that a child ends in which a reader left something running.
func TestLeftBehind(t *testing.T) {
	p := newPool(t, Options{Workers: 1})
	pid := text(t, p, "pid", "")
	text(t, p, "left-behind", "xong")
	if now := text(t, p, "pid", ""); now == pid {
		t.Errorf("the child %s goes on", pid)
	}
}

// TestEndedFromOutside holds that an idle child may vanish without harm to the next file.
func TestEndedFromOutside(t *testing.T) {
	p := newPool(t, Options{Workers: 1})
	pid, _ := strconv.Atoi(text(t, p, "pid", ""))
	syscall.Kill(pid, syscall.SIGKILL)
	for processIs(pid, "R", "S") {
		time.Sleep(time.Millisecond)
	}
	if got := text(t, p, "a.txt", "còn đây"); got != "còn đây" {
		t.Errorf("it gives %q", got)
	}
}

// processIs reports whether a process is in one of the states that /proc tells.
func processIs(pid int, states ...string) bool {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return false
	}
	_, rest, _ := strings.Cut(string(stat), ") ")
	for _, s := range states {
		if strings.HasPrefix(rest, s) {
			return true
		}
	}
	return false
}

// TestOffspring holds that programs which a child started end with it.
func TestOffspring(t *testing.T) {
	p := newPool(t, Options{Workers: 1, Wall: 500 * time.Millisecond})
	file := filepath.Join(t.TempDir(), "pid")
	if _, err := p.Document(context.Background(), "offspring", []byte(file)); !errors.Is(err, ErrHung) {
		t.Fatalf("error %v, want %v", err, ErrHung)
	}
	words, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	pid, _ := strconv.Atoi(string(words))
	for range 200 {
		if !processIs(pid, "R", "S", "D") {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("the program %d still runs", pid)
}

// TestCancel holds that a context ends a file at once, and that a pool that is closed reads nothing.
func TestCancel(t *testing.T) {
	p := newPool(t, Options{Workers: 1})
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(50*time.Millisecond, cancel)
	if _, err := p.Document(ctx, "sleep", nil); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want %v", err, context.Canceled)
	}
	if got := text(t, p, "a.txt", "lại đọc"); got != "lại đọc" {
		t.Errorf("it gives %q", got)
	}
	p.Close()
	if _, err := p.Document(context.Background(), "a.txt", nil); !errors.Is(err, ErrClosed) {
		t.Errorf("after Close: error %v, want %v", err, ErrClosed)
	}
	if len(p.idle) != 0 {
		t.Errorf("%d children are left", len(p.idle))
	}
}

// TestMany reads through many goroutines, one file in ten of which does harm.
func TestMany(t *testing.T) {
	p := newPool(t, Options{Workers: 2, Files: 7})
	var wg sync.WaitGroup
	for g := range 6 {
		wg.Go(func() {
			for i := range 20 {
				want := fmt.Sprintf("tệp %d của %d", i, g)
				if i%10 == 9 {
					if _, err := p.Document(context.Background(), "panic", nil); !errors.Is(err, ErrCrashed) {
						t.Errorf("error %v, want %v", err, ErrCrashed)
					}
				}
				doc, err := p.Document(context.Background(), "a.txt", []byte(want))
				if err != nil || doc.Blocks[0].Text != want {
					t.Errorf("%s: %v, error %v", want, doc, err)
				}
			}
		})
	}
	wg.Wait()
	if len(p.idle) > 2 {
		t.Errorf("%d children for two workers", len(p.idle))
	}
}

// TestNoChild holds that a program which cannot be started is no fault of the file.
func TestNoChild(t *testing.T) {
	p := newPool(t, Options{Command: []string{filepath.Join(t.TempDir(), "absent")}})
	if _, err := p.Document(context.Background(), "a.txt", nil); !errors.Is(err, ErrNoChild) {
		t.Errorf("error %v, want %v", err, ErrNoChild)
	}
}

// BenchmarkDocument is the cost of one small document through a warm child.
func BenchmarkDocument(b *testing.B) {
	p := newPool(b, Options{Workers: 1})
	data := []byte(strings.Repeat("Chủ trì, phối hợp với Sở Tài chính tuyên truyền về nước sạch trước ngày 30/11.\n", 200))
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if _, err := p.Document(context.Background(), "a.txt", data); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkStart is the cost of a child that reads one file.
func BenchmarkStart(b *testing.B) {
	p := newPool(b, Options{Workers: 1, Files: 1})
	for b.Loop() {
		if _, err := p.Document(context.Background(), "a.txt", []byte("x")); err != nil {
			b.Fatal(err)
		}
	}
}
