//go:build linux

package kehoach_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
	"unicode"

	"kehoach/corpus"
	"kehoach/index"
	"kehoach/internal/synth"
	"kehoach/normalize"
	"kehoach/plan"
)

// asked is what a measure is to reach at 20,000 documents, at 100,000, and what is wished for at 100,000: p50 and p99
// in milliseconds.
type asked struct{ p50, p99, p50Large, p99Large, goal50, goal99 float64 }

// class is a kind of question.
type class struct {
	name string
	asked
	make func(q *questions) question
}

// question is one query, as kehoach is asked and as its peers are.
type question struct {
	words []string // in the text's own spelling
	query index.Query
	page  bool // the hits are read and their words marked
}

var classes = []class{
	{"term", asked{2, 10, 10, 40, 1, 5}, func(q *questions) question { return q.ask(1, 1) }},
	{"all words", asked{6, 20, 40, 120, 5, 40}, func(q *questions) question { return q.ask(2, 4) }},
	{"folded query", asked{6, 20, 40, 120, 5, 40}, func(q *questions) question {
		x := q.ask(2, 4)
		x.query.Words = normalize.Fold(x.query.Words)
		return x
	}},
	{"phrase", asked{3, 25, 10, 60, 3, 25}, func(q *questions) question {
		x := q.ask(2, 4)
		x.query.Words = `"` + x.query.Words + `"`
		return x
	}},
	{"words + year + 5 facets", asked{10, 40, 40, 150, 10, 40}, func(q *questions) question {
		x := q.ask(2, 2)
		from := 2016 + q.rng.IntN(6)
		x.query.Filter.Year = plan.Range{From: strconv.Itoa(from), To: strconv.Itoa(from + 3)}
		x.query.Facets = fiveFacets
		return x
	}},
	{pageClass, asked{5, 20, 10, 40, 5, 20}, func(q *questions) question {
		x := q.ask(2, 4)
		x.page = true
		return x
	}},
}

// pageClass is what no peer is asked for.
const pageClass = "highlighted page of ten"

// fiveFacets are those that are counted beside a page of hits.
var fiveFacets = []string{"province", "year", "type", "lead", "kind"}

// questions makes questions of words that stand side by side in made documents, so that common words are asked for
// as often as they stand in them.
type questions struct {
	rng   *rand.Rand
	plans []*plan.Plan
}

func (q *questions) ask(least, most int) question {
	n := least + q.rng.IntN(most-least+1)
	for {
		text := q.plans[q.rng.IntN(len(q.plans))].Text
		at := q.rng.IntN(len(text))
		clause := strings.FieldsFunc(text[at:min(len(text), at+400)], func(r rune) bool { return strings.ContainsRune("\n.,;:!?()[]\"“”/|-–%", r) })
		if len(clause) < 2 {
			continue
		}
		words := strings.Fields(strings.ToLower(clause[1]))
		if len(words) < n {
			continue
		}
		from := q.rng.IntN(len(words) - n + 1)
		words = words[from : from+n]
		if slices.ContainsFunc(words, func(w string) bool {
			return len(w) < 2 || strings.ContainsFunc(w, func(r rune) bool { return !unicode.IsLetter(r) })
		}) {
			continue
		}
		return question{words: words, query: index.Query{Words: strings.Join(words, " "), Limit: 10}}
	}
}

// benchPlans makes documents as the index takes them. Of those that synth makes the ones of 9.5 KB and more are taken, which have
// 11 KB in the mean; with eleven nodes at most, since what is asked is asked of 100,000 documents of 11 KB and
// about a million sections. As synth makes them for readers, with every numbered sentence a node of its own, they have 24.
func benchPlans(m *synth.Maker, from, n int) (plans []*plan.Plan, next int) {
	for ; len(plans) < n; from++ {
		p := m.Broad(from, benchNodes).Truth
		if len(p.Text) < minBenchText {
			continue
		}
		p.ID = benchID(from)
		plans = append(plans, p)
	}
	return plans, from
}

const (
	minBenchText = 9500
	benchNodes   = 11
)

// benchID is the id of made document i: spread like hashes are, and told back by numberOf.
func benchID(i int) string { return fmt.Sprintf("%016x", uint64(i)*spread) }

const (
	spread  = 0x9e3779b97f4a7c15
	gathers = 0xf1de83e19937733d // spread × gathers is 1
)

func numberOf(b *testing.B, id string) int {
	n, err := strconv.ParseUint(id, 16, 64)
	if err != nil {
		b.Fatal(err)
	}
	return int(n * gathers)
}

// built is what the process that builds says of it.
type built struct {
	Docs, Sections int
	Text, Index    int64   // bytes
	CPU, Wall      float64 // seconds, without making the documents
	Segments       int
	Peak           float64 // MB of memory
}

// BenchmarkSearch builds indexes of 20,000 made documents (and, with SYNTH_DOCS=100000, of so many) of 11 KB, asks them the
// questions of every class, and prints what is measured beside what is asked. Peers answer the same questions over the same documents
// where SYNTH_PEERS=1.
func BenchmarkSearch(b *testing.B) {
	n := 20_000
	if s := os.Getenv("SYNTH_DOCS"); s != "" {
		var err error
		if n, err = strconv.Atoi(s); err != nil {
			b.Fatal(err)
		}
	}
	for range b.N {
		benchSearch(b, n)
	}
}

func benchSearch(b *testing.B, n int) {
	large := n > 50_000
	dir := os.Getenv("SYNTH_DIR") // kept, and used again
	if dir == "" {
		dir = b.TempDir()
	}
	data := filepath.Join(dir, fmt.Sprintf("index-%d", n))
	table := &table{}
	r := keptPeer(b, data, func() {
		c := exec.Command(os.Args[0], "-test.run", "^TestBuildProcess$")
		c.Env = append(os.Environ(), "SYNTH_BUILD="+data, "SYNTH_DOCS="+strconv.Itoa(n))
		if out, err := c.CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
	})
	table.build(r, large)
	x, err := index.Open(data)
	if err != nil {
		b.Fatal(err)
	}
	defer x.Close()
	plans, _ := benchPlans(synth.New(1), 0, min(n, 2000))
	const each = 200
	asked, ours := make(map[string][]question), make(map[string]timing)
	only := os.Getenv("SYNTH_ONLY") // one class, by its first word
	for _, cl := range classes {
		if only != "" && !strings.HasPrefix(cl.name, only) {
			continue
		}
		q := &questions{rand.New(rand.NewPCG(1, 2)), plans}
		list := make([]question, each)
		for i := range list {
			list[i] = cl.make(q)
		}
		c := keepPages(b, x, list)
		one := measureAll(b, x, c, list, 1)
		var eight timing
		if only == "" {
			eight = measureAll(b, x, c, list, 8)
		}
		table.class(cl, one, eight, large)
		asked[cl.name] = list
		ours[cl.name] = one
		if c != nil {
			c.Close()
		}
	}
	fmt.Print(table.String())
	if os.Getenv("SYNTH_PEERS") == "" {
		return
	}
	delete(asked, pageClass)
	fmt.Print(peersTable(r, ours, fts5(b, dir, n, asked), xapian(b, dir, n, asked)))
}

// keepPages is a corpus with the plans that the pages show: to read one costs the same whatever else is there.
func keepPages(b *testing.B, x *index.Index, list []question) *corpus.Corpus {
	b.Helper()
	var docs []corpus.Doc
	kept := make(map[string]bool)
	for _, q := range list {
		if !q.page {
			return nil
		}
		res, err := x.Search(context.Background(), q.query)
		if err != nil {
			b.Fatal(err)
		}
		for _, h := range res.Hits {
			if kept[h.Plan] {
				continue
			}
			kept[h.Plan] = true
			d := synth.New(1).Broad(numberOf(b, h.Plan), benchNodes)
			doc, err := corpus.NewDoc(corpus.NewSource(d.Name, h.Plan+strings.Repeat("0", 48), nil), nil, d.Truth)
			if err != nil {
				b.Fatal(err)
			}
			docs = append(docs, doc)
		}
	}
	dir := b.TempDir()
	c, err := corpus.Create(dir)
	if err != nil {
		b.Fatal(err)
	}
	run, err := c.Begin("bench")
	if err == nil {
		_, _, err = c.Put(run, docs)
	}
	if err = errors.Join(err, c.Finish(run), c.Close()); err != nil {
		b.Fatal(err)
	}
	if c, err = corpus.Open(dir); err != nil {
		b.Fatal(err)
	}
	return c
}

// timing is how long the questions of a class took.
type timing struct {
	p50, p99 float64 // ms
	cpu      float64 // ms for each
	cpu50    float64 // ms, of one client
	cpu99    float64
	hits     int // in the mean
}

func measureAll(b *testing.B, x *index.Index, c *corpus.Corpus, list []question, clients int) timing {
	for _, q := range list[:5] {
		answer(b, x, c, q)
	}
	if path := os.Getenv("SYNTH_PROFILE"); path != "" && clients == 1 {
		f, err := os.Create(path)
		if err != nil {
			b.Fatal(err)
		}
		_ = pprof.StartCPUProfile(f)
		defer func() { pprof.StopCPUProfile(); f.Close() }()
	}
	runtime.GC()
	each := len(list) / clients
	took := make([]time.Duration, each*clients)
	worked := make([]time.Duration, each*clients)
	hits := make([]int, len(took))
	from := cpu()
	var wg sync.WaitGroup
	for k := range clients {
		wg.Go(func() {
			for i := k * each; i < (k+1)*each; i++ {
				start, used := time.Now(), cpu()
				hits[i] = answer(b, x, c, list[i])
				took[i], worked[i] = time.Since(start), cpu()-used
			}
		})
	}
	wg.Wait()
	total := 0
	for _, h := range hits {
		total += h
	}
	spent := cpu() - from
	t := timingOf(took, worked, total)
	t.cpu = float64(spent.Nanoseconds()) / 1e6 / float64(len(took))
	return t
}

// timingOf is the figures of questions, of each how long it took and what it used, and how many records all of them found.
func timingOf(took, worked []time.Duration, total int) timing {
	slices.Sort(took)
	slices.Sort(worked)
	at := func(list []time.Duration, share float64) float64 {
		return float64(list[int(share*float64(len(list)-1))].Nanoseconds()) / 1e6
	}
	return timing{at(took, 0.5), at(took, 0.99), 0, at(worked, 0.5), at(worked, 0.99), total / len(took)}
}

func answer(b *testing.B, x *index.Index, c *corpus.Corpus, q question) (found int) {
	ctx := context.Background()
	res, err := x.Search(ctx, q.query)
	if err == nil && q.page {
		ids := make([]string, len(res.Hits))
		for i, h := range res.Hits {
			ids[i] = h.Plan
		}
		cards, err := c.Cards(ids)
		if err != nil {
			b.Error(err)
			return 0
		}
		marker := index.NewMarker(q.query)
		for i, h := range res.Hits {
			marker.Snippet(cards[i].Text, index.Records(cards[i])[h.Seq].Spans, 190)
		}
	}
	if err != nil {
		b.Error(err)
		return 0
	}
	return res.Records
}

// TestBuildProcess is the other process of BenchmarkSearch: it does nothing unless that started it.
func TestBuildProcess(t *testing.T) {
	data := os.Getenv("SYNTH_BUILD")
	if data == "" {
		t.Skip("only a part of BenchmarkSearch")
	}
	n, err := strconv.Atoi(os.Getenv("SYNTH_DOCS"))
	if err != nil {
		t.Fatal(err)
	}
	if path := os.Getenv("SYNTH_BUILD_PROFILE"); path != "" {
		f, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		_ = pprof.StartCPUProfile(f)
		defer func() { pprof.StopCPUProfile(); f.Close() }()
	}
	r, err := buildBench(data, n)
	if err != nil {
		t.Fatal(err)
	}
	r.Peak = float64(peakMemory()) / 1e6
	if err := writeJSON(data+".json", r); err != nil {
		t.Fatal(err)
	}
}

// threadCPU is the CPU time of what one goroutine does.
func threadCPU(do func()) time.Duration {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	const thread = 1 // RUSAGE_THREAD
	var from, to syscall.Rusage
	_ = syscall.Getrusage(thread, &from)
	do()
	_ = syscall.Getrusage(thread, &to)
	return time.Duration(to.Utime.Nano() + to.Stime.Nano() - from.Utime.Nano() - from.Stime.Nano())
}

// buildBench makes the documents and builds their index.
func buildBench(data string, n int) (r built, err error) {
	x, err := index.Create(data)
	if err != nil {
		return r, err
	}
	m := synth.New(1)
	start, used := time.Now(), cpu()
	var making, makingCPU time.Duration
	for next := 0; r.Docs < n; {
		from := time.Now()
		var plans []*plan.Plan
		fromCPU := threadCPU(func() { plans, next = benchPlans(m, next, min(500, n-r.Docs)) })
		makingCPU += fromCPU
		making += time.Since(from)
		for _, p := range plans {
			r.Docs++
			r.Sections += len(p.Sections)
			r.Text += int64(len(p.Text))
		}
		if err := x.Add(plans); err != nil {
			return r, err
		}
	}
	if err := x.Close(); err != nil {
		return r, err
	}
	r.CPU, r.Wall = (cpu() - used - makingCPU).Seconds(), (time.Since(start) - making).Seconds()
	if x, err = index.Open(data); err != nil {
		return r, err
	}
	s, err := x.Stats()
	r.Index, r.Segments = s.Bytes, s.Segments
	return r, errors.Join(err, x.Close())
}
