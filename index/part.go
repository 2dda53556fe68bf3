package index

import (
	"fmt"
	"slices"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"

	"kehoach/plan"
)

// part is one segment of a view, with what was deleted from it.
type part struct {
	seg     segment.Segment
	deleted *roaring.Bitmap // nil where nothing is
	bytes   int64           // on disk
	*known
}

// known is what has been read out of a segment for good; segments never change.
type known struct {
	mu      sync.Mutex
	heads   []uint32 // the first record of each plan, ascending; its records end before the next
	columns map[string]*values
	kinds   map[plan.Kind]*roaring.Bitmap
}

// records is the number of records in the segment, deleted ones included.
func (p *part) records() uint32 { return uint32(p.seg.Count()) }

// live is the records that are not deleted, in a set of its own.
func (p *part) live() *roaring.Bitmap {
	b := roaring.New()
	b.AddRange(0, uint64(p.records()))
	return p.drop(b)
}

// drop takes the deleted records out of a set.
func (p *part) drop(b *roaring.Bitmap) *roaring.Bitmap {
	if p.deleted != nil {
		b.AndNot(p.deleted)
	}
	return b
}

// postings adds the records that hold a term to a set, deleted ones included.
func (p *part) postings(field, term string, into *roaring.Bitmap) error {
	list, err := p.list(field, term)
	if err == nil {
		orInto(list, into)
	}
	return err
}

func (p *part) list(field, term string) (segment.PostingsList, error) {
	dict, err := p.seg.Dictionary(field)
	if err != nil {
		return nil, err
	}
	return dict.PostingsList([]byte(term), p.deleted, nil)
}

// orInto is a union of bitmaps, without reading frequencies.
func orInto(list segment.PostingsList, into *roaring.Bitmap) {
	if l, ok := list.(interface{ OrInto(*roaring.Bitmap) }); ok {
		l.OrInto(into)
		return
	}
	it := list.Iterator(false, false, false, nil)
	for posting, err := it.Next(); err == nil && posting != nil; posting, err = it.Next() {
		into.Add(uint32(posting.Number()))
	}
}

// plans is the heads of the segment.
func (p *part) plans() ([]uint32, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.plansLocked()
}

func (p *part) plansLocked() ([]uint32, error) {
	if p.heads == nil {
		b := roaring.New()
		if err := p.postings(fieldHead, "1", b); err != nil {
			return nil, err
		}
		p.heads = b.ToArray()
		if len(p.heads) == 0 || p.heads[0] != 0 {
			return nil, fmt.Errorf("index: a segment begins with no plan")
		}
	}
	return p.heads, nil
}

// column is one column of the segment's plans.
func (p *part) column(name string) (*values, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if v := p.columns[name]; v != nil {
		return v, nil
	}
	heads, err := p.plansLocked()
	if err != nil {
		return nil, err
	}
	v, err := readValues(p.seg, name, heads)
	if err != nil {
		return nil, err
	}
	if p.columns == nil {
		p.columns = make(map[string]*values)
	}
	p.columns[name] = v
	return v, nil
}

// kind is the records of one kind; it may not be changed.
func (p *part) kind(k plan.Kind) (*roaring.Bitmap, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if b := p.kinds[k]; b != nil {
		return b, nil
	}
	b := roaring.New()
	if err := p.postings(fieldKind, string(k), b); err != nil {
		return nil, err
	}
	if p.kinds == nil {
		p.kinds = make(map[plan.Kind]*roaring.Bitmap)
	}
	p.kinds[k] = b
	return b, nil
}

// end is the record after the last one of the i-th plan.
func (p *part) end(heads []uint32, i int) uint32 {
	if i+1 < len(heads) {
		return heads[i+1]
	}
	return p.records()
}

// spread widens a set of heads to all records of their plans.
func (p *part) spread(set *roaring.Bitmap, heads []uint32) *roaring.Bitmap {
	wide := newRuns()
	i := 0
	for it := set.Iterator(); it.HasNext(); {
		head := it.Next()
		i += find(heads[i:], head)
		wide.add(head, p.end(heads, i))
	}
	return wide.set()
}

// runs builds a set from runs of records that come in order, which costs much less than adding each to the set.
type runs struct {
	b        *roaring.Bitmap
	list     []uint32 // of short runs, not yet in the set
	from, to uint32   // the run under way
}

func newRuns() *runs { return &runs{b: roaring.New()} }

// add takes the records from … to-1; a run may lap over the one before it.
func (r *runs) add(from, to uint32) {
	if from > r.to || from < r.from {
		r.flush()
		r.from = from
		r.to = to
		return
	}
	r.to = max(r.to, to)
}

func (r *runs) flush() {
	if r.to-r.from > 1<<12 {
		r.b.AddRange(uint64(r.from), uint64(r.to))
		return
	}
	for i := r.from; i < r.to; i++ {
		r.list = append(r.list, i)
	}
}

// set is the set of all.
func (r *runs) set() *roaring.Bitmap {
	r.flush()
	r.from, r.to = 0, 0
	r.b.AddMany(r.list)
	r.list = nil
	return r.b
}

// find is the place of a head in a sorted list that holds it; near ones are found fast.
func find(heads []uint32, head uint32) int {
	step := 1
	for step < len(heads) && heads[step] <= head {
		step *= 2
	}
	lo := step / 2
	at, _ := slices.BinarySearch(heads[lo:min(step+1, len(heads))], head)
	return lo + at
}

// planOf is the plan that a record belongs to.
func planOf(heads []uint32, record uint32) int {
	at, found := slices.BinarySearch(heads, record)
	if !found {
		at--
	}
	return at
}

// id is the key of a record.
func (p *part) id(record uint32) (string, error) {
	b, err := p.seg.DocID(uint64(record))
	return string(b), err
}
