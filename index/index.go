package index

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"

	"github.com/blevesearch/bleve/v2/index/scorch"
	bleveindex "github.com/blevesearch/bleve_index_api"
	bolterrors "go.etcd.io/bbolt/errors"

	"kehoach/internal/fault"
	"kehoach/plan"
)

// The errors that callers tell apart.
var (
	ErrNoIndex      = errors.New("no index here")
	ErrNoGeneration = errors.New("no such generation")
	ErrBusy         = errors.New("the index is in use by another writer")
	ErrFormat       = errors.New("the index was written by another version of the program and must be built again")
	ErrQuery        = errors.New("the query cannot be understood")
)

// Index is an open index. Search, Facets and Count may be called from many goroutines at once; a reader answers
// from the state that it found when it was opened, a writer from its last Add.
type Index struct {
	// Origin says where a plan that is added comes from. Where it is nil, the plan's own path counts, and the run
	// is not known.
	Origin func(id string) Origin

	name string // of the generation

	mu     sync.Mutex // one Add or Delete at a time
	store  *scorch.Scorch
	queue  *bleveindex.AnalysisQueue
	totals lengths
	kept   map[uint64]*known // what has been read out of the segments of the writer's views

	view *view // of a reader
}

// totalsKey is the internal key under which a writer keeps the totals.
var totalsKey = []byte("totals")

// batchBytes is how much text is built into one segment: more would need more memory, less would need more merging.
const batchBytes = 6 << 20

// Create opens the index in dir for writing, and makes it where there is none. It fails with ErrFormat where another
// version of the program wrote what is there, and with ErrBusy while another process writes.
func Create(dir string) (*Index, error) {
	name, err := current(dir)
	if err != nil {
		return nil, err
	}
	if name == "" {
		return create(dir)
	}
	path := generationPath(dir, name)
	if err := checkFormat(path); err != nil {
		return nil, err
	}
	x := &Index{name: name, kept: make(map[uint64]*known)}
	return x, x.open(path)
}

// create makes the first generation, empty, and serves it.
func create(dir string) (*Index, error) {
	x, err := begin(dir, false)
	if err != nil {
		return nil, err
	}
	if err := serve(dir, x.name); err != nil {
		x.Close()
		return nil, err
	}
	return x, nil
}

// begin makes a new generation and opens it for writing.
func begin(dir string, building bool) (*Index, error) {
	name, err := freshName(dir)
	if err != nil {
		return nil, err
	}
	path := generationPath(dir, name)
	if err := os.MkdirAll(path, 0o755); err != nil {
		return nil, fmt.Errorf("index: %w", err)
	}
	if building {
		err = writeFile(filepath.Join(path, buildingName), "", fault.IndexFormatSync, fault.IndexFormat)
	}
	if err == nil {
		err = writeFile(filepath.Join(path, formatName), format+"\n", fault.IndexFormatSync, fault.IndexFormat)
	}
	if err != nil {
		return nil, err
	}
	x := &Index{name: name, kept: make(map[uint64]*known)}
	return x, x.open(path)
}

func (x *Index) open(path string) error {
	register()
	x.queue = bleveindex.NewAnalysisQueue(1) // documents come analysed
	store, err := scorch.NewScorch(scorch.Name, map[string]any{
		"path":         path,
		"bolt_timeout": "1s",
		"scorchMergePlanOptions": map[string]any{
			"MaxSegmentsPerTier": 10, "SegmentsPerMergeTask": 10, "TierGrowth": 10.0, "FloorSegmentSize": 20000,
			"MaxSegmentSize": 5000000, "ReclaimDeletesWeight": 2.0,
		},
	}, x.queue)
	if err == nil {
		err = store.Open()
	}
	if err == nil {
		os.Chmod(filepath.Join(path, "root.bolt"), fileMode) // see ordered.OpenUsing
	}
	if err != nil {
		x.queue.Close()
		if errors.Is(err, bolterrors.ErrTimeout) {
			return fmt.Errorf("index: %s: %w", path, ErrBusy)
		}
		return fmt.Errorf("index: %s: %w", path, err)
	}
	x.store = store.(*scorch.Scorch)
	v, err := x.look()
	if err == nil {
		x.totals = v.totals
		err = v.close()
	}
	if err != nil {
		x.Close()
	}
	return err
}

// Open opens the index in dir for reading. It fails with ErrNoIndex where there is none. A writer may be at work,
// here or in another process; the reader sees what its last finished Add left. Another generation may be served from
// any moment on; the reader keeps the one that it has opened.
func Open(dir string) (*Index, error) {
	name, err := current(dir)
	for {
		if err != nil {
			return nil, err
		}
		if name == "" {
			return nil, fmt.Errorf("index: %s: %w", dir, ErrNoIndex)
		}
		x, failed := OpenGeneration(dir, name)
		if failed == nil {
			return x, nil
		}
		tried := name
		// A generation is removed, file by file, only when another one is served.
		if name, err = current(dir); err == nil && name == tried {
			return nil, failed
		}
	}
}

// Generation is the name of the generation that is open.
func (x *Index) Generation() string { return x.name }

// Close ends the use of the index. Everything that Add and Delete acknowledged is safe without it.
func (x *Index) Close() error {
	var errs []error
	if x.store != nil {
		errs = append(errs, x.store.Close())
	}
	if x.queue != nil {
		x.queue.Close()
	}
	if x.view != nil {
		errs = append(errs, x.view.close())
	}
	x.store, x.queue, x.view = nil, nil, nil
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("index: %w", err)
	}
	return nil
}

// Add puts plans into the index, each in the place of what it held under the same id. When it returns without an
// error they are on disk and found by every reader that is opened from then on. A few hundred plans at a time
// cost least.
func (x *Index) Add(plans []*plan.Plan) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.store == nil {
		return errors.New("index: it is not open for writing")
	}
	plans = slices.Clone(plans)
	slices.SortStableFunc(plans, func(a, b *plan.Plan) int { return cmp.Compare(a.ID, b.ID) })
	for i := 1; i < len(plans); i++ { // of one id the last counts
		if plans[i-1].ID == plans[i].ID {
			plans = slices.Delete(plans, i-1, i)
			i--
		}
	}
	for len(plans) > 0 {
		n, size := 0, 0
		for n < len(plans) && (n == 0 || size+len(plans[n].Text) <= batchBytes) {
			size += len(plans[n].Text)
			n++
		}
		if err := x.write(plans[:n], nil); err != nil {
			return err
		}
		plans = plans[n:]
	}
	return nil
}

// Delete takes plans out of the index; an id that it does not hold is none the worse.
func (x *Index) Delete(ids []string) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.store == nil {
		return errors.New("index: it is not open for writing")
	}
	return x.write(nil, ids)
}

// write changes the index by one batch, which a reader sees whole or not at all.
func (x *Index) write(plans []*plan.Plan, ids []string) error {
	docs := x.analyse(plans)
	for _, p := range plans {
		ids = append(ids, p.ID)
	}
	batch := bleveindex.NewBatch()
	totals := x.totals
	if err := x.forget(ids, batch, &totals); err != nil {
		return err
	}
	for _, d := range docs {
		batch.Update(d)
		for _, f := range d.(*document).fields {
			if f.Name() == fieldLengths {
				for text := range f.AnalyzedTokenFrequencies() {
					l, err := parseLengths(text)
					if err != nil {
						return fmt.Errorf("index: %w", err)
					}
					totals.add(l, 1)
				}
			}
		}
	}
	if len(batch.IndexOps) == 0 {
		return nil
	}
	batch.SetInternal(totalsKey, []byte(totals.String()))
	if err := fault.Do(fault.IndexBatch, func() error { return x.store.Batch(batch) }); err != nil {
		return fmt.Errorf("index: %w", err)
	}
	x.totals = totals
	return nil
}

// analyse makes the documents of plans, on every core.
func (x *Index) analyse(plans []*plan.Plan) []bleveindex.Document {
	made := make([][]bleveindex.Document, len(plans))
	next := make(chan int)
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(plans)) {
		workers.Go(func() {
			a := analyzers.Get().(*analyzer)
			defer analyzers.Put(a)
			for i := range next {
				var from Origin
				if x.Origin != nil {
					from = x.Origin(plans[i].ID)
				}
				made[i] = a.documents(plans[i], from)
			}
		})
	}
	for i := range plans {
		next <- i
	}
	close(next)
	workers.Wait()
	return slices.Concat(made...)
}

// forget puts the deletion of every record of the plans into a batch, and takes them off the totals.
func (x *Index) forget(ids []string, batch *bleveindex.Batch, totals *lengths) error {
	v, err := x.look()
	if err != nil {
		return err
	}
	defer v.close()
	for _, p := range v.parts {
		for _, id := range ids {
			head, ok, err := p.headOf(id)
			if err != nil {
				return err
			}
			if !ok {
				continue
			}
			heads, err := p.plans()
			if err != nil {
				return err
			}
			i, _ := slices.BinarySearch(heads, head)
			for r := head; r < p.end(heads, i); r++ {
				batch.Delete(recordID(id, int(r-head)))
			}
			n, err := p.column(fieldLengths)
			if err != nil {
				return err
			}
			l, err := parseLengths(n.first(i))
			if err != nil {
				return fmt.Errorf("index: %w", err)
			}
			totals.add(l, -1)
		}
	}
	return nil
}

// Stats says what an index holds.
type Stats struct {
	Generation string `json:"generation"`
	Plans      int    `json:"plans"`
	Records    int    `json:"records"`
	Segments   int    `json:"segments"`
	Bytes      int64  `json:"bytes"` // on disk
}

// Stats counts what there is.
func (x *Index) Stats() (Stats, error) {
	v, release, err := x.now()
	if err != nil {
		return Stats{}, err
	}
	defer release()
	s := Stats{Generation: x.name, Plans: v.totals.Plans, Records: v.totals.Records, Segments: len(v.parts)}
	for _, p := range v.parts {
		s.Bytes += p.bytes
	}
	return s, nil
}
