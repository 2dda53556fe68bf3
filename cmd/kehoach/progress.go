package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"golang.org/x/term"

	"kehoach"
	"kehoach/corpus"
)

// progress tells how far an ingest is: on a terminal one line that is drawn again and again, elsewhere a JSON line
// every few seconds.
type progress struct {
	out   io.Writer
	term  bool
	start time.Time
	stop  chan struct{}
	ended sync.WaitGroup

	mu          sync.Mutex
	done, total int
	unread      int
	drawn       bool // a line stands on the terminal
}

// How often progress is told.
const (
	redraw   = 200 * time.Millisecond
	jsonLine = 5 * time.Second
)

// startProgress begins to tell of it on out, until finish.
func startProgress(out io.Writer) *progress {
	f, ok := out.(*os.File)
	p := &progress{out: out, term: ok && term.IsTerminal(int(f.Fd())), start: time.Now(), stop: make(chan struct{})}
	every := jsonLine
	if p.term {
		every = redraw
	}
	p.ended.Go(func() {
		tick := time.NewTicker(every)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				p.mu.Lock()
				p.tell()
				p.mu.Unlock()
			case <-p.stop:
				return
			}
		}
	})
	return p
}

// startSteps begins to tell how far a command is that does the same again and again; steps is nil where nobody wants to hear of it.
// stop may be called twice.
func (e *env) startSteps() (steps func(done, total int), stop func()) {
	if e.quiet {
		return nil, func() {}
	}
	p := startProgress(e.stderr)
	return func(done, total int) { p.take(kehoach.Event{Done: done, Total: total}) }, sync.OnceFunc(p.finish)
}

// take notes one source.
func (p *progress) take(e kehoach.Event) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done, p.total = e.Done, e.Total
	if e.Outcome == corpus.Refused {
		p.unread++
	}
}

// above writes a line that stays, above the line of progress.
func (p *progress) above(line string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.clear()
	fmt.Fprintln(p.out, line)
}

// finish takes the line of progress away.
func (p *progress) finish() {
	close(p.stop)
	p.ended.Wait()
	p.clear()
}

func (p *progress) clear() {
	if p.drawn {
		fmt.Fprint(p.out, "\r\x1b[K")
		p.drawn = false
	}
}

// pace is where an ingest stands.
type pace struct {
	Done   int     `json:"done"`
	Total  int     `json:"total,omitempty"` // absent while the sources are being counted
	Rate   float64 `json:"per_second"`
	Left   float64 `json:"seconds_left,omitempty"`
	Unread int     `json:"unread"`
}

func (p *progress) pace(now time.Time) pace {
	s := pace{Done: p.done, Total: p.total, Unread: p.unread}
	if took := now.Sub(p.start).Seconds(); took > 0 {
		s.Rate = float64(p.done) / took
	}
	if s.Rate > 0 && s.Total > s.Done {
		s.Left = float64(s.Total-s.Done) / s.Rate
	}
	return s
}

func (p *progress) tell() {
	s := p.pace(time.Now())
	if !p.term {
		s.Rate, s.Left = float64(int(s.Rate*10))/10, float64(int(s.Left))
		line, err := json.Marshal(struct {
			Event string `json:"event"`
			pace
		}{"progress", s})
		if err == nil {
			fmt.Fprintf(p.out, "%s\n", line)
		}
		return
	}
	fmt.Fprintf(p.out, "\r\x1b[K%s", s)
	p.drawn = true
}

// String is the line for a terminal: "1200 of 10000, 210 a second, 42s left, 3 unread".
func (s pace) String() string {
	line := fmt.Sprint(s.Done)
	if s.Total > 0 {
		line += fmt.Sprintf(" of %d", s.Total)
	}
	line += fmt.Sprintf(", %.0f a second", s.Rate)
	if s.Left > 0 {
		line += fmt.Sprintf(", %s left", time.Duration(s.Left*float64(time.Second)).Round(time.Second))
	}
	if s.Unread > 0 {
		line += fmt.Sprintf(", %d unread", s.Unread)
	}
	return line
}
