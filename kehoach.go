// Package kehoach is the front door: one document is read, or many are taken into a corpus and its index.
//
//	p, err := kehoach.Read(ctx, "kh-45.txt")
//	fmt.Println(p.Number, p.Issuer.Name, len(p.Sections))
//
//	report, err := kehoach.Ingest(ctx, "data", []string{"plans/", "more.zip"}, kehoach.Options{})
//	fmt.Println(report.Added, "new,", len(report.Unread), "could not be read")
//
// A document goes one way: extract reads it, corpus keeps it, index finds it.
package kehoach

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"slices"
	"time"

	"kehoach/corpus"
	"kehoach/extract"
	"kehoach/index"
	"kehoach/plan"
)

// Read reads one file into a plan, without keeping it, in this process.
func Read(ctx context.Context, path string) (*plan.Plan, error) {
	data, err := extract.File(path)
	if err != nil {
		return nil, err
	}
	return extract.Read(ctx, path, data)
}

// Lacking says what must be installed to read pages of a document that were left out for want of it, or "".
func Lacking(p *plan.Plan) string {
	if p != nil {
		for _, problem := range p.Problems {
			if problem.Code == plan.OCRMissing {
				return problem.Message
			}
		}
	}
	return ""
}

// Options are the settings of Ingest; the zero value is good.
type Options struct {
	Workers  int             // how many documents are read at a time; 0 is one for each CPU
	Progress func(Event)     // is told of every source in its order, from one goroutine
	Reader   *extract.Reader // reads the documents; nil: in this process, unprotected
	Checksum bool            // reads the bytes of files that seem unchanged, and compares them
	DryRun   bool            // changes nothing: says what would become of each source
	NoIndex  bool            // keeps only; the next run without it, or a reindex, tells the index
	Silent   bool            // a run that changes nothing leaves no trace among the runs
	Manifest []Portal        // what a crawl's manifest says of files; their paths are ingested as well
	batch    int             // sources to a commit, where a test wants fewer

	parsed func(ctx context.Context, path string, data []byte) (*plan.Plan, error) // instead of Reader, where a test reads the same again and again
}

// Event is what became of one source, once it is safe.
type Event struct {
	Path    string         `json:"path"`
	Outcome corpus.Outcome `json:"outcome"`
	Plan    string         `json:"plan,omitempty"`   // its id
	Reason  string         `json:"reason,omitempty"` // why it was quarantined or skipped
	Done    int            `json:"-"`                // sources so far
	Total   int            `json:"-"`                // sources in all; 0 while they are still being counted
}

// Skipped is the outcome of a path that no document was looked for under.
const Skipped corpus.Outcome = "skipped"

// Report is what one Ingest did.
type Report struct {
	Run int64 `json:"run"`
	corpus.Counts
	Skipped int             `json:"skipped"`
	Took    time.Duration   `json:"-"`
	Changes []corpus.Change `json:"changes,omitempty"` // in structure, against the versions before
	Unread  []corpus.Unread `json:"-"`                 // the sources in quarantine that it met, known ones as well, and new ones read in part
}

// Ingest takes files, folders and zip archives into the corpus and the index in dataDir, and makes them where
// there are none. Files that are unchanged since they were read cost a look at their folder entry. What cannot be
// read is quarantined with a reason, and the others go on; the plan of a file that is gone stays. A cancelled context stops it cleanly: what was read
// whole is kept, and in the index where that takes no time, else the next run tells it; its error is the context's. Errors are corpus.ErrBusy, those of the disk,
// and the context's; the report counts what was done in any case.
func Ingest(ctx context.Context, dataDir string, paths []string, opts Options) (report Report, err error) {
	start := time.Now()
	if opts.Workers <= 0 {
		opts.Workers = runtime.GOMAXPROCS(0)
	}
	if opts.batch <= 0 {
		opts.batch = batchDocs
	}
	for _, m := range opts.Manifest {
		paths = append(paths, m.Path)
	}
	if opts.DryRun {
		return dryRun(ctx, dataDir, paths, opts)
	}
	c, err := corpus.Create(dataDir)
	if err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	c.Version, c.Made, c.Untold = version(), made(), opts.NoIndex
	x, err := index.Create(dataDir)
	if errors.Is(err, index.ErrFormat) { // it is built anew beside the old one, which nobody reads empty meanwhile
		if _, err = reindex(ctx, c, dataDir, ReindexOptions{}, nil); err == nil {
			x, err = index.Create(dataDir)
		}
	}
	if err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, x.Close()) }()
	given := paths[:len(paths)-len(opts.Manifest)]
	if len(opts.Manifest) > 0 {
		given = append(slices.Clone(given), fmt.Sprintf("a manifest of %d files", len(opts.Manifest)))
	}
	run, err := c.Start(corpus.Run{Version: c.Version, Tools: Tools(), Given: given})
	if err != nil {
		return report, err
	}
	in := newIngestion(opts, c, run, &report)
	in.index = x
	if !opts.NoIndex {
		err = in.catchUp(ctx)
	}
	if err == nil {
		err = in.all(ctx, paths)
	}
	if err != nil {
		run.Failed = err.Error()
	} else if ctx.Err() != nil {
		run.Failed = "interrupted"
	}
	err = errors.Join(err, c.Finish(run))
	if err == nil && opts.Silent && run.Failed == "" {
		err = c.DropIdle(run)
	}
	if changes, cerr := c.Changes(run.ID); cerr == nil {
		report.Changes = changes
	}
	report.Run, report.Counts, report.Took = run.ID, run.Counts, time.Since(start)
	if err == nil {
		err = ctx.Err()
	}
	if err != nil && ctx.Err() == nil {
		err = fmt.Errorf("ingest: %w", err)
	}
	return report, err
}

// dryRun says what an ingest would do, and changes nothing.
func dryRun(ctx context.Context, dataDir string, paths []string, opts Options) (report Report, err error) {
	start := time.Now()
	c, err := corpus.Open(dataDir)
	if errors.Is(err, corpus.ErrNoCorpus) { // all would be new
		var empty string
		if empty, err = os.MkdirTemp("", "kehoach-dry-"); err != nil {
			return report, fmt.Errorf("ingest: %w", err)
		}
		defer os.RemoveAll(empty)
		c, err = corpus.Create(empty)
	}
	if err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	c.Version, c.Made = version(), made()
	in := newIngestion(opts, c, &corpus.Run{}, &report)
	in.would = new(corpus.Foretold)
	defer func() { err = errors.Join(err, in.would.Close()) }()
	err = in.all(ctx, paths)
	report.Counts, report.Took, report.Changes = in.run.Counts, time.Since(start), corpus.SumDifferences(in.differs)
	if err == nil {
		err = ctx.Err()
	}
	return report, err
}
