package kehoach

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"kehoach/corpus"
	"kehoach/extract"
	"kehoach/plan"
)

// The bounds of what is read ahead of the writer.
const (
	maxQueue  = 1024     // sources whose turn has not come
	maxFlight = 256      // shares of memory that sources on their way take …
	share     = 64 << 10 // … one for each so many bytes
)

// job is a source on its way. Its result comes when it was read; the writer takes the jobs in the order of the walk.
type job struct {
	path   string
	entry  corpus.Entry
	member *corpus.Member // of an archive, nil for a file
	shares int
	flight chan struct{}
	result chan result
}

// release gives back the job's shares of memory.
func (j *job) release() {
	for range j.shares {
		<-j.flight
	}
}

// result is what became of a source: a document to keep, or an outcome that needs no keeping.
type result struct {
	path    string
	doc     corpus.Doc
	settled corpus.Outcome // "" where doc is to be kept
	reason  string
	err     error // ends the run

	archive *corpus.Archive // whose members are all read
	read    int             // members of an unchanged archive
	unread  []corpus.Unread // the same, in quarantine
}

// feeder walks and hands out what is to be read.
type feeder struct {
	*ingest
	queue  chan *job     // every source in its order
	work   chan *job     // those that must be read
	flight chan struct{} // shares of memory that are taken
}

// feed starts the walk and the workers, and gives the sources in the order of the walk. It ends when the context
// does; a worker in the middle of a document finishes it, unheard.
func (in *ingest) feed(ctx context.Context, paths []string) <-chan *job {
	f := &feeder{in, make(chan *job, maxQueue), make(chan *job), make(chan struct{}, maxFlight)}
	for range in.Workers {
		go func() {
			for j := range f.work {
				j.result <- in.read(ctx, j)
			}
		}()
	}
	go func() {
		defer close(f.queue)
		defer close(f.work)
		for e := range corpus.Walk(ctx, paths, in.corpus.Dir()) {
			if !f.enter(ctx, e) {
				return
			}
		}
	}()
	return f.queue
}

// enter sends one entry of the walk on its way. It reports whether the walk goes on.
func (f *feeder) enter(ctx context.Context, e corpus.Entry) bool {
	switch {
	case e.Skip != "":
		return f.settle(ctx, result{path: e.Path, settled: Skipped, reason: e.Skip})
	case e.Err != nil:
		return f.settle(ctx, refuse(corpus.NewSource(e.Path, "", nil), e.Err))
	case e.Info == nil && f.lost(e.Path):
		return true // the end of the run notes it
	case e.Info == nil || !e.Info.Mode().IsRegular():
		return f.read(ctx, &job{path: e.Path, entry: e})
	}
	was, known, err := f.corpus.Known(e.Path, e.Info)
	if err != nil {
		return f.settle(ctx, result{path: e.Path, err: err})
	}
	if known && f.same(was) {
		return f.settle(ctx, f.unchanged(was))
	}
	archive, err := corpus.OpenArchive(e.Path)
	if err != nil {
		return f.settle(ctx, refuse(corpus.NewSource(e.Path, "", e.Info), err))
	}
	if archive == nil {
		archive = carried(e.Path)
	}
	if archive == nil {
		return f.read(ctx, &job{path: e.Path, entry: e, shares: shares(e.Info.Size())})
	}
	f.inside.Add(int64(len(archive.Members)))
	for _, m := range archive.Members {
		if !f.read(ctx, &job{path: m.Path, member: &m, shares: shares(m.Size)}) {
			return false
		}
	}
	src := corpus.NewSource(e.Path, "", e.Info)
	src.Status = corpus.InArchive
	return f.settle(ctx, result{path: e.Path, doc: corpus.Doc{Source: src}, archive: archive})
}

// same reports whether a file that seems unchanged may be passed over.
func (f *feeder) same(was corpus.Source) bool {
	if f.Checksum {
		return false
	}
	m, named := f.portals[was.Path]
	return !named || m.kept() == was.Portal
}

// lost reports whether a path was read before and is nothing now.
func (f *feeder) lost(path string) bool {
	was, _, err := f.corpus.Known(path, nil)
	_, missing := os.Lstat(path)
	return err == nil && was.Status == corpus.OK && errors.Is(missing, fs.ErrNotExist)
}

// carried is the documents that a message carries, nil where path is none or carries none.
func carried(path string) *corpus.Archive {
	attached := extract.Attachments(path)
	if attached == nil {
		return nil
	}
	a := &corpus.Archive{Path: path}
	for _, file := range attached {
		a.Carry(file.Name, file.Data)
	}
	return a
}

// unchanged is the result of a source that is as it was.
func (f *feeder) unchanged(was corpus.Source) result {
	r := result{path: was.Path, settled: corpus.Unchanged, doc: corpus.Doc{Source: was}}
	switch was.Status {
	case corpus.Quarantined:
		r.settled, r.reason = corpus.Refused, was.Reason
	case corpus.InArchive:
		r.settled = corpus.Archived
		if r.read, r.unread, r.err = f.corpus.Members(was.Path); r.err == nil {
			r.err = f.corpus.SawMembers(f.run, was.Path)
		}
	}
	return r
}

// settle sends a source on whose result is there already.
func (f *feeder) settle(ctx context.Context, r result) bool {
	j := &job{result: make(chan result, 1)}
	j.result <- r
	return f.send(ctx, f.queue, j)
}

// read sends a source to the workers once there is room for it.
func (f *feeder) read(ctx context.Context, j *job) bool {
	j.flight, j.result = f.flight, make(chan result, 1)
	for range j.shares {
		select {
		case f.flight <- struct{}{}:
		case <-ctx.Done():
			return false
		}
	}
	return f.send(ctx, f.queue, j) && f.send(ctx, f.work, j)
}

func (f *feeder) send(ctx context.Context, to chan<- *job, j *job) bool {
	select {
	case to <- j:
		return true
	case <-ctx.Done():
		return false
	}
}

// shares is how much of the memory a source of that size takes; the largest take all of it.
func shares(size int64) int { return int(min(1+size/share, maxFlight)) }

// read reads one source: bytes, then a plan, unless these bytes were read before.
func (in *ingest) read(ctx context.Context, j *job) result {
	var data []byte
	var err error
	if j.member != nil {
		data, err = j.member.Read(extract.MaxBytes)
	} else {
		data, err = extract.File(j.path)
	}
	if err != nil {
		return refuse(corpus.NewSource(j.path, "", nil), err)
	}
	sum := sha256.Sum256(data)
	src := corpus.NewSource(j.path, hex.EncodeToString(sum[:]), j.entry.Info)
	run, forgotten, err := in.corpus.WasForgotten(src.SHA256)
	if forgotten {
		return result{path: j.path, doc: corpus.Doc{Source: src.Refuse(fmt.Sprintf("it was forgotten in run %d; kehoach forget --undo lets it in again", run))}}
	}
	portal, named := in.portals[j.path]
	if named {
		src.Portal = portal.kept()
	}
	known, herr := in.corpus.Has(src.SHA256, src.Portal)
	err = errors.Join(err, herr)
	if err != nil {
		return result{path: j.path, err: err}
	}
	if known {
		return result{path: j.path, doc: corpus.Doc{Source: src}}
	}
	p, reading, err := in.parse(ctx, src, data)
	if ctx.Err() != nil {
		return result{path: j.path, err: ctx.Err()}
	}
	if errors.Is(err, extract.ErrNoChild) {
		return result{path: j.path, err: err}
	}
	if err != nil {
		return refuse(src, err)
	}
	if named {
		portal.fill(p)
	}
	doc, err := corpus.NewDoc(src, data, p)
	if reading != nil {
		doc.Keep(reading)
	}
	return result{path: j.path, doc: doc, err: err}
}

// parse reads a document, with a fault of a reader turned into an error: one document must not end a run. What a reader of
// these versions made of the bytes before is only understood anew; else the reading is given, to be kept.
func (in *ingest) parse(ctx context.Context, src corpus.Source, data []byte) (p *plan.Plan, kept *corpus.Reading, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("%w: the reader failed on it: %v", extract.ErrUnreadable, fault)
		}
	}()
	if in.parsed != nil {
		p, err = in.parsed(ctx, src.Path, data)
		return p, nil, err
	}
	packed, err := in.corpus.Reading(src.SHA256, in.stages.Read, in.stages.Recognised)
	if err != nil {
		return nil, nil, err
	}
	if packed != nil {
		if r, err := extract.Unpack(src.Path, packed); err == nil {
			return r.Plan(), nil, nil
		}
	}
	r, err := in.Reader.Blocks(ctx, src.Path, data)
	if err != nil {
		return nil, nil, err
	}
	kept = keptReading(r, in.stages)
	return r.Plan(), kept, nil
}

// keptReading is what the corpus keeps of a reading: nothing of plain text and Markdown, where it would be a third of the catalogue
// to spare a quarter of the work.
func keptReading(r *extract.Reading, stages extract.Stages) *corpus.Reading {
	kept := &corpus.Reading{Stage: stages.Of(r), Pages: r.Document.Pages}
	if !r.Plain() {
		kept.Body = r.Pack()
	}
	return kept
}

// refuse is the result of a source that cannot be read. The reason is the error's, without the path.
func refuse(src corpus.Source, err error) result {
	reason := strings.TrimPrefix(err.Error(), "extract: "+src.Path+": ")
	return result{path: src.Path, doc: corpus.Doc{Source: src.Refuse(reason)}}
}
