package kehoach

import (
	"context"
	"errors"
	"path/filepath"
	"sync/atomic"
	"time"

	"kehoach/corpus"
	"kehoach/extract"
	"kehoach/index"
)

// The bounds of what is kept at a time.
const (
	batchDocs  = 256 // to a commit
	batchBytes = 8 << 20
	batchAge   = 2 * time.Second // nobody waits longer than that for what is read
)

// ingest is one run: walk → workers → this goroutine, which writes in the order of the walk.
type ingest struct {
	Options
	corpus *corpus.Corpus
	index  *index.Index
	run    *corpus.Run
	report *Report
	files  atomic.Int64 // files in all; 0 while they are being counted
	inside atomic.Int64 // members of the archives opened so far
	done   int
	caught func(done, total int) // is told how far catchUp is; nil where nobody asks

	portals map[string]Portal // by path
	stages  extract.Stages

	would   *corpus.Foretold      // of a dry run: what would be kept by now; else nil
	differs [][]corpus.Difference // of a dry run

	batch []result // read, not yet sent on
	bytes int
	ahead *ahead // the batch before, whose originals are being written; nil where there is none

	stopping func() bool // whether the run is to stop; nil where it never is
	untold   bool        // the index is told of nothing more; see hurries
}

func newIngestion(opts Options, c *corpus.Corpus, run *corpus.Run, report *Report) *ingest {
	in := &ingest{Options: opts, corpus: c, run: run, report: report, portals: make(map[string]Portal, len(opts.Manifest)), stages: extract.CurrentStages()}
	for _, m := range opts.Manifest {
		in.portals[m.Path] = m
	}
	return in
}

// catchUp gives the index what an earlier run kept and could not tell it, and everything where the index is new.
func (in *ingest) catchUp(ctx context.Context) error {
	lost, err := in.lost()
	if err == nil && lost {
		err = in.corpus.AwaitAll()
	}
	if err != nil {
		return err
	}
	list, err := in.corpus.Pending()
	total := len(list)
	for err == nil && len(list) > 0 && ctx.Err() == nil {
		if in.caught != nil {
			in.caught(total-len(list), total)
		}
		some := list[:min(len(list), batchDocs)]
		list = list[len(some):]
		err = in.tellIndex(some, nil)
	}
	return err
}

// lost reports whether the index holds fewer plans than it has acknowledged.
func (in *ingest) lost() (bool, error) {
	there, err := in.index.Stats()
	if err != nil {
		return false, err
	}
	told, err := in.corpus.Acknowledged()
	return there.Plans < told, err
}

// all runs the paths through.
func (in *ingest) all(ctx context.Context, paths []string) (err error) {
	reading, stop := context.WithCancel(ctx)
	defer stop()
	in.stopping = func() bool { return ctx.Err() != nil }
	go in.count(reading, paths)
	queue := in.feed(reading, paths)
	whole := false
	defer func() {
		if a := in.ahead; a != nil { // what came before it could not be kept
			if <-a.done; a.err == nil && in.would == nil {
				err = errors.Join(err, in.corpus.Abandon(a.docs))
			}
		}
	}()
	defer func() {
		if err == nil && whole && ctx.Err() == nil {
			err = in.absent(paths)
		}
	}()
	timer := time.NewTicker(batchAge)
	defer timer.Stop()
	for {
		var j *job
		var open bool
		select {
		case j, open = <-queue:
			whole = !open
		case <-ctx.Done():
		}
		if !open {
			return in.flush()
		}
		if err := in.take(ctx, j, timer.C); err != nil {
			return err
		}
	}
}

// take waits for one source and adds it to the batch. While it waits, a batch that grows old is kept.
func (in *ingest) take(ctx context.Context, j *job, tick <-chan time.Time) error {
	for {
		select {
		case r := <-j.result:
			j.release()
			if r.archive != nil {
				r.archive.Close() // it was only read
			}
			if r.err != nil {
				if ctx.Err() != nil {
					return nil
				}
				return errors.Join(r.err, in.flush())
			}
			in.batch = append(in.batch, r)
			in.bytes += len(r.doc.Data)
			if len(in.batch) >= in.Options.batch || in.bytes >= batchBytes {
				return in.keep()
			}
			return nil
		case <-tick:
			if err := in.flush(); err != nil {
				return err
			}
		case <-ctx.Done():
			return nil
		}
	}
}

// tell counts a source that is settled, and lets the caller know.
func (in *ingest) tell(r result) {
	e := Event{Path: r.path, Outcome: r.settled, Reason: r.reason, Total: in.total()}
	if r.doc.Source.Status == corpus.OK {
		e.Plan = r.doc.Source.Plan
	}
	in.done++
	in.run.Add(corpus.Unchanged, r.read)
	in.run.Add(corpus.Refused, len(r.unread))
	switch r.settled {
	case Skipped:
		in.report.Skipped++
	case corpus.Refused:
		in.report.Unread = append(in.report.Unread, corpus.Unread{Path: r.path, Reason: r.reason})
	default:
		if why := Lacking(r.doc.Plan); why != "" {
			e.Reason = why
			in.report.Unread = append(in.report.Unread, corpus.Unread{Path: r.path, Reason: why})
		}
	}
	in.report.Unread = append(in.report.Unread, r.unread...)
	if in.Progress != nil {
		e.Done = in.done
		in.Progress(e)
	}
}

// count finds out how many sources there are, for the time that is left; the walk itself does not wait for it.
func (in *ingest) count(ctx context.Context, paths []string) {
	var n int64
	for range corpus.Walk(ctx, paths, in.corpus.Dir()) {
		n++
	}
	if ctx.Err() == nil {
		in.files.Store(n)
	}
}

// total is how many sources there are, as far as it is known; 0 while they are being counted.
func (in *ingest) total() int {
	if files := in.files.Load(); files > 0 {
		return int(files + in.inside.Load())
	}
	return 0
}

// absent notes the sources that are gone.
func (in *ingest) absent(paths []string) error {
	roots := make([]string, len(paths))
	for i, path := range paths {
		var err error
		if roots[i], err = filepath.Abs(path); err != nil {
			return err
		}
	}
	absent := in.corpus.Absent
	if in.would != nil {
		absent = in.corpus.WouldBeAbsent
	}
	notes, err := absent(in.run, roots)
	for _, n := range notes {
		in.tell(result{path: n.Path, settled: corpus.Gone})
	}
	return err
}

// judge says what would become of documents, and counts it.
func (in *ingest) judge(docs []corpus.Doc) ([]corpus.Outcome, error) {
	outcomes := make([]corpus.Outcome, len(docs))
	for i, d := range docs {
		n, err := in.corpus.Would(in.run, d, in.would)
		if err != nil {
			return nil, err
		}
		outcomes[i] = n.Outcome
		if len(n.Differs) > 0 {
			in.differs = append(in.differs, n.Differs)
		}
		in.run.Add(n.Outcome, 1)
		in.run.Bytes += int64(len(d.Data))
	}
	return outcomes, nil
}
