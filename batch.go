package kehoach

import (
	"kehoach/corpus"
	"kehoach/index"
	"kehoach/plan"
)

// ahead is a batch whose originals are written while the one before it is committed and told to the index.
type ahead struct {
	batch []result
	docs  []corpus.Doc // those that are to be kept
	done  chan struct{}
	err   error // once done
}

// flush keeps all that was read.
func (in *ingest) flush() error {
	err := in.keep()
	if err == nil {
		err = in.keep()
	}
	return err
}

// keep begins to write the originals of the batch, and finishes the one before it meanwhile.
func (in *ingest) keep() error {
	before := in.ahead
	if before != nil {
		<-before.done // one after the other: both may hold the same bytes
	}
	in.ahead = nil
	if before == nil || before.err == nil {
		in.ahead = in.start()
	}
	if before == nil {
		return nil
	}
	return in.finish(before)
}

// start begins to write the originals of the batch; it gives nil where there is no batch.
func (in *ingest) start() *ahead {
	if len(in.batch) == 0 {
		return nil
	}
	a := &ahead{batch: in.batch, done: make(chan struct{})}
	in.batch, in.bytes = nil, 0
	for _, r := range a.batch {
		if r.settled == "" {
			a.docs = append(a.docs, r.doc)
		}
	}
	if in.would != nil || len(a.docs) == 0 {
		close(a.done)
		return a
	}
	go func() {
		defer close(a.done)
		a.err = in.corpus.Prepare(a.docs)
	}()
	return a
}

// finish commits a batch whose originals are written, tells the index, and then tells of it.
func (in *ingest) finish(a *ahead) error {
	if a.err != nil {
		return a.err
	}
	docs := a.docs
	var outcomes []corpus.Outcome
	if in.would != nil {
		var err error
		if outcomes, err = in.judge(docs); err != nil {
			return err
		}
	} else if len(docs) > 0 {
		var pending []corpus.Pending
		var err error
		if outcomes, pending, err = in.corpus.Put(in.run, docs); err != nil {
			return err
		}
		if !in.NoIndex && !in.hurries(docs) {
			err = in.tellIndex(pending, docs)
		}
		if err != nil {
			return err
		}
	}
	for _, r := range a.batch {
		if r.settled == "" {
			r.doc, docs = docs[0], docs[1:]
			r.settled, outcomes = outcomes[0], outcomes[1:]
			r.reason = r.doc.Source.Reason
		} else {
			in.run.Add(r.settled, 1)
			in.run.Saw(r.doc.Source)
		}
		in.tell(r)
	}
	return nil
}

// hurried is how many bytes of documents the index is told of when the run is to stop: a fraction of a second's work.
const hurried = 512 << 10

// hurries reports whether documents are too many for an index that is told of them once the run is to stop. They are kept, and the next
// run tells it, of what follows as well.
func (in *ingest) hurries(docs []corpus.Doc) bool {
	bytes := 0
	for _, d := range docs {
		bytes += len(d.Data)
	}
	in.untold = in.untold || in.stopping != nil && in.stopping() && bytes > hurried
	return in.untold
}

// tellIndex brings the index to the state of the corpus for these plans; those of docs are at hand.
func (in *ingest) tellIndex(pending []corpus.Pending, docs []corpus.Doc) error {
	atHand := make(map[string]*plan.Plan, len(docs))
	for _, d := range docs {
		if d.Plan != nil {
			atHand[d.Plan.ID] = d.Plan
		}
	}
	origins := make(map[string]index.Origin, len(pending))
	var drop []string
	var add []*plan.Plan
	for _, p := range pending {
		if !p.Current {
			drop = append(drop, p.ID)
			continue
		}
		origins[p.ID] = index.Origin{Run: p.Run, Sources: p.Sources}
		known, err := atHand[p.ID], error(nil)
		if known == nil {
			known, err = in.corpus.Plan(p.ID)
		} else {
			known, err = in.corpus.Corrected(known)
		}
		if err != nil {
			return err
		}
		known.Source.Path = p.Sources[0]
		add = append(add, known)
	}
	in.index.Origin = func(id string) index.Origin { return origins[id] }
	if len(drop) > 0 {
		if err := in.index.Delete(drop); err != nil {
			return err
		}
	}
	if len(add) > 0 {
		if err := in.index.Add(add); err != nil {
			return err
		}
	}
	in.corpus.Indexed(pending)
	return nil
}
