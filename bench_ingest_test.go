//go:build linux

package kehoach_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/metrics"
	"runtime/pprof"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"kehoach"
	"kehoach/corpus"
	"kehoach/index"
	"kehoach/internal/synth"
	"kehoach/plan"
)

// ingested is what a process that ingests says of it.
type ingested struct {
	Took, Again   time.Duration // of the first ingest, and of a second one of the same folder
	CPU           time.Duration // the processors' time of the first
	Added, Parsed int           // documents of the first, and those that the second read again
	Hits          int           // of a search afterwards
	One           time.Duration // from a new file to its place in the index, with all else there
	Verify        time.Duration // a quick check
	Text          int64         // bytes of the plans' texts
	Catalogue     int64         // bytes of the catalogue
	Peak          int64         // bytes of memory until then

	Kept    int           // documents of an ingest that only keeps, into another corpus
	Keep    time.Duration // that ingest
	KeepCPU time.Duration // the processors' time of it
}

// BenchmarkIngest takes 10,000 made documents (SYNTH_DOCS for another number) into a fresh corpus, in a process of its own on two
// CPUs, then the same folder again, one document more, a quick check, and up to 10,000 of them (SYNTH_KEEP for another number) into
// a corpus that only keeps them. What is asked for: 200 docs/s searchable and 500 kept/s on two CPUs that nobody else uses (100
// docs/cpu-s, 250 kept/cpu-s), a peak under 1500 MB, and with 100,000 documents: again under 15 s, one more under 1 s, the check
// under 10 s, catalogue/text under 2.5. Each step is told on standard error as it goes, so that a run that is stopped has said
// something. SYNTH_PROFILE names a folder for profiles of the two ingests.
func BenchmarkIngest(b *testing.B) {
	n := fromEnv(b, "SYNTH_DOCS", 10_000)
	dir := b.TempDir()
	docs := filepath.Join(dir, "docs")
	start := time.Now()
	if err := synth.New(1).Write(docs, n); err != nil {
		b.Fatal(err)
	}
	syscall.Sync() // what is still on its way to the disk would be waited for with the first originals
	fmt.Fprintf(os.Stderr, "%d documents made in %.0f s\n", n, time.Since(start).Seconds())
	b.ResetTimer()
	var sum ingested
	var ratio float64
	for i := range b.N {
		data := filepath.Join(dir, fmt.Sprintf("data-%d", i))
		c := exec.Command(os.Args[0], "-test.run", "^TestIngestProcess$", "-test.timeout", "0")
		c.Env = append(os.Environ(), "GOMAXPROCS=2", "GOGC=200", "GOMEMLIMIT=1GiB", // as the command ingest sets them
			"SYNTH_INGEST="+docs, "SYNTH_DATA="+data, "SYNTH_KEEP="+strconv.Itoa(fromEnv(b, "SYNTH_KEEP", min(n, 10_000))))
		var out bytes.Buffer
		c.Stdout, c.Stderr = &out, os.Stderr
		if err := c.Run(); err != nil {
			b.Fatalf("%v\n%s", err, out.Bytes())
		}
		raw, err := os.ReadFile(data + ".json")
		if err != nil {
			b.Fatalf("%v\n%s", err, out.Bytes())
		}
		var r ingested
		if err := json.Unmarshal(raw, &r); err != nil {
			b.Fatal(err)
		}
		if r.Added != n || r.Parsed != 0 || r.Hits == 0 {
			b.Fatalf("of %d documents %d were added, %d read again, %d found", n, r.Added, r.Parsed, r.Hits)
		}
		sum.CPU, sum.Took, sum.Again, sum.One, sum.Verify = sum.CPU+r.CPU, sum.Took+r.Took, sum.Again+r.Again, sum.One+r.One, sum.Verify+r.Verify
		sum.Kept, sum.Keep, sum.KeepCPU, sum.Peak = sum.Kept+r.Kept, sum.Keep+r.Keep, sum.KeepCPU+r.KeepCPU, max(sum.Peak, r.Peak)
		ratio += float64(r.Catalogue) / float64(r.Text)
	}
	runs := float64(b.N)
	b.ReportMetric(float64(n)*runs/sum.Took.Seconds(), "docs/s")
	b.ReportMetric(float64(n)*runs/sum.CPU.Seconds(), "docs/cpu-s")
	b.ReportMetric(sum.Again.Seconds()/runs, "s-again")
	if sum.Kept > 0 {
		b.ReportMetric(float64(sum.Kept)/sum.Keep.Seconds(), "kept/s")
		b.ReportMetric(float64(sum.Kept)/sum.KeepCPU.Seconds(), "kept/cpu-s")
	}
	b.ReportMetric(sum.One.Seconds()/runs, "s-one-more")
	b.ReportMetric(sum.Verify.Seconds()/runs, "s-verify-quick")
	b.ReportMetric(ratio/runs, "catalogue/text")
	b.ReportMetric(float64(sum.Peak)/1e6, "peak-MB")
}

func fromEnv(b testing.TB, name string, other int) int {
	s := os.Getenv(name)
	if s == "" {
		return other
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		b.Fatal(err)
	}
	return n
}

// memory says what this process takes: at its peak, now, and of that what is live on the heap and what are pages of files.
func memory() string {
	heap := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(heap)
	return fmt.Sprintf("peak %d MB, now %d with %d of heap and %d of files", peakMemory()/1e6, memoryOf("VmRSS")/1e6, heap[0].Value.Uint64()/1e6,
		memoryOf("RssFile")/1e6)
}

// peakMemory is the peak of this process's memory in bytes. What getrusage says of a child begins with what its parent had.
func peakMemory() int64 { return memoryOf("VmHWM") }

// memoryOf is a figure of this process's memory in bytes, by its name in /proc; 0 where it cannot be read.
func memoryOf(name string) (bytes int64) {
	status, _ := os.ReadFile("/proc/self/status")
	_, rest, _ := strings.Cut(string(status), name+":")
	_, _ = fmt.Sscan(rest, &bytes)
	return bytes * 1024
}

// TestIngestProcess is the other process of BenchmarkIngest: it does nothing unless that started it.
func TestIngestProcess(t *testing.T) {
	docs, data := os.Getenv("SYNTH_INGEST"), os.Getenv("SYNTH_DATA")
	if docs == "" {
		t.Skip("only a part of BenchmarkIngest")
	}
	var r ingested
	one := watched(t, "searchable", data, []string{docs}, kehoach.Options{}, &r.CPU)
	r.Took, r.Added = one.Took, one.Added
	r.search(t, data)
	two := watched(t, "again", data, []string{docs}, kehoach.Options{}, nil)
	r.Again, r.Parsed = two.Took, two.Added+two.Changed
	r.more(t, data)
	r.Peak = peakMemory()
	if keep := fromEnv(t, "SYNTH_KEEP", 0); keep > 0 {
		var some []string
		for i := range (keep + synth.PerFolder - 1) / synth.PerFolder {
			some = append(some, filepath.Join(docs, synth.Folder(i)))
		}
		kept := watched(t, "kept", data+"-kept", some, kehoach.Options{NoIndex: true}, &r.KeepCPU)
		r.Kept, r.Keep = kept.Added, kept.Took
	}
	raw, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(data+".json", raw, 0o644); err != nil {
		t.Fatal(err)
	}
}

// watched is an ingest that tells how far it is, and what it spent of the processors' time.
func watched(t *testing.T, name, data string, paths []string, opts kehoach.Options, spent *time.Duration) kehoach.Report {
	if dir := os.Getenv("SYNTH_PROFILE"); dir != "" && spent != nil {
		f, err := os.Create(filepath.Join(dir, name+".pprof"))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if err := pprof.StartCPUProfile(f); err != nil {
			t.Fatal(err)
		}
		defer pprof.StopCPUProfile()
	}
	start, before := time.Now(), cpu()
	told, toldAt, used := start, 0, before
	opts.Progress = func(e kehoach.Event) {
		if now := time.Now(); now.Sub(told) >= 10*time.Second {
			n := e.Done - toldAt
			fmt.Fprintf(os.Stderr, "%s: %d in %.0f s; now %.0f/s, %.0f/cpu-s; %s\n", name, e.Done, now.Sub(start).Seconds(),
				float64(n)/now.Sub(told).Seconds(), float64(n)/(cpu()-used).Seconds(), memory())
			told, toldAt, used = now, e.Done, cpu()
		}
	}
	report, err := kehoach.Ingest(context.Background(), data, paths, opts)
	if err != nil {
		t.Fatal(err)
	}
	work := cpu() - before
	if spent != nil {
		*spent = work
	}
	n := report.Added + report.Unchanged
	fmt.Fprintf(os.Stderr, "%s: %d in %.2f s, %.2f cpu-s, %.0f/s, %.0f/cpu-s; %s\n", name, n, report.Took.Seconds(), work.Seconds(),
		float64(n)/report.Took.Seconds(), float64(n)/work.Seconds(), memory())
	return report
}

// search asks the index one question.
func (r *ingested) search(t *testing.T, data string) {
	x, err := index.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	found, err := x.Search(context.Background(), index.Query{Words: "tổ chức thực hiện", Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	r.Hits = len(found.Hits)
}

// more measures what is asked of a corpus besides: one document more, a quick check, the size of the catalogue.
func (r *ingested) more(t *testing.T, data string) {
	extra := synth.New(99).Plan(1)
	path := filepath.Join(t.TempDir(), extra.Name)
	if err := os.WriteFile(path, extra.Bytes, 0o644); err != nil {
		t.Fatal(err)
	}
	last := watched(t, "one more", data, []string{path}, kehoach.Options{}, nil)
	if last.Added != 1 {
		t.Fatalf("%d added", last.Added)
	}
	r.One = last.Took
	sound, err := kehoach.Verify(context.Background(), data, kehoach.VerifyOptions{Quick: true})
	if err != nil || sound.Grave() > 0 {
		t.Fatalf("%+v, %v", sound, err)
	}
	r.Verify = sound.Took
	fmt.Fprintf(os.Stderr, "verify --quick: %.2f s; %s\n", r.Verify.Seconds(), memory())
	c, err := corpus.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	for p, err := range c.Select(plan.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		r.Text += int64(len(p.Text))
	}
	status, err := c.Status()
	if err != nil {
		t.Fatal(err)
	}
	r.Catalogue = status.Bytes.Catalogue
	fmt.Fprintf(os.Stderr, "catalogue: %.3f of the text, %d of %d MB are readings\n", float64(r.Catalogue)/float64(r.Text),
		status.Bytes.Readings/1e6, r.Catalogue/1e6)
}
