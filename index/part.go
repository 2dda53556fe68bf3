package index

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"
	"github.com/blevesearch/vellum"
	zap "github.com/blevesearch/zapx/v17"

	"kehoach/plan"
)

// part is one segment of a view, with what was deleted from it.
type part struct {
	seg     segment.Segment
	deleted *roaring.Bitmap // nil where nothing is
	bytes   int64           // on disk
	totals  lengths         // of the view
	once    sync.Once
	all     set // alive
	*known
}

// known is what has been read out of a segment for good; segments never change.
type known struct {
	mu      sync.Mutex
	heads   []uint32 // the first record of each plan, ascending; its records end before the next
	ids     []string // of the plans, as far as they were asked for
	columns map[string]*values
	kinds   map[plan.Kind]set
	lengths map[string]*textLengths

	words        sync.RWMutex
	dictionaries map[string]*dictionary
	spelt        map[string][]spelling // by field and folded word
}

// maxSpelt is how many words are remembered with where their postings stand; then all are forgotten.
const maxSpelt = 1 << 13

// spelling is a word with its marks in a segment.
type spelling struct {
	marks string
	list  *postings
}

// records is the number of records in the segment, deleted ones included.
func (p *part) records() uint32 { return uint32(p.seg.Count()) }

// live is the records that are not deleted, in a set of its own.
func (p *part) live() set {
	s := newSet(p.records())
	s.addRange(0, p.records())
	return p.drop(s)
}

// alive is live, in a set that may not be changed.
func (p *part) alive() set {
	p.once.Do(func() { p.all = p.live() })
	return p.all
}

// drop takes the deleted records out of a set, and gives it back.
func (p *part) drop(s set) set {
	if p.deleted != nil && s.words != nil {
		s.andNot(setOf(p.records(), p.deleted))
	}
	return s
}

// holding is the records that hold a term, deleted ones included.
func (p *part) holding(field, term string) (set, error) {
	var s set
	list, err := p.spellings(field, term)
	for _, one := range list {
		if one.marks == "" {
			one.list.orInto(&s)
		}
	}
	return s, err
}

// spellings lists a folded word of a field with every mark that it bears in the segment.
func (p *part) spellings(field, fold string) ([]spelling, error) {
	key := field + fold // names of fields have one byte, or begin with c.
	p.words.RLock()
	list, ok := p.spelt[key]
	p.words.RUnlock()
	if ok {
		return list, nil
	}
	p.words.Lock()
	defer p.words.Unlock()
	list, err := p.readSpellings(field, fold)
	if err != nil {
		return nil, err
	}
	if p.spelt == nil || len(p.spelt) >= maxSpelt {
		p.spelt = make(map[string][]spelling)
	}
	p.spelt[strings.Clone(key)] = list
	return list, nil
}

func (p *part) readSpellings(field, fold string) (list []spelling, err error) {
	from, to := []byte(fold), append([]byte(fold), marksMark+1)
	marks := func(term string) (string, bool) {
		rest := term[len(fold):]
		return strings.TrimPrefix(rest, string(marksMark)), rest == "" || rest[0] == marksMark
	}
	file, ok := p.seg.(*zap.Segment)
	if !ok {
		return p.slowSpellings(field, from, to, marks)
	}
	d, ok := p.dictionaries[field]
	if !ok {
		if d, err = openDictionary(file, field); err != nil {
			return nil, err
		}
		if p.dictionaries == nil {
			p.dictionaries = make(map[string]*dictionary)
		}
		p.dictionaries[field] = d
	}
	if d == nil {
		return nil, nil
	}
	it, err := d.fst.Iterator(from, to)
	for ; err == nil; err = it.Next() {
		term, at := it.Current()
		m, ok := marks(string(term))
		if !ok {
			continue
		}
		postings, err := d.postings(at)
		if err != nil {
			return nil, err
		}
		list = append(list, spelling{m, postings})
	}
	if !errors.Is(err, vellum.ErrIteratorDone) {
		return nil, err
	}
	return list, nil
}

// slowSpellings asks a segment that is not in a file yet.
func (p *part) slowSpellings(field string, from, to []byte, marks func(string) (string, bool)) (list []spelling, err error) {
	dict, err := p.seg.Dictionary(field)
	if err != nil {
		return nil, err
	}
	it := dict.AutomatonIterator(nil, from, to)
	for {
		entry, err := it.Next()
		if err != nil || entry == nil {
			return list, err
		}
		m, ok := marks(entry.Term)
		if !ok {
			continue
		}
		slow, err := dict.PostingsList([]byte(entry.Term), nil, nil)
		if err != nil {
			return nil, err
		}
		list = append(list, spelling{m, &postings{n: int(slow.Count()), records: p.records(), field: field, slow: slow}})
	}
}

// common is how many of the records that are not deleted hold one of the variants, each counted by itself.
func (p *part) common(list []variant) (n uint64) {
	for _, v := range list {
		n += uint64(v.list.n)
		if p.deleted != nil {
			all := v.list.set()
			n -= uint64(all.count() - p.drop(all).count())
		}
	}
	return n
}

// plans is the heads of the segment.
func (p *part) plans() ([]uint32, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.plansLocked()
}

func (p *part) plansLocked() ([]uint32, error) {
	if p.heads == nil {
		heads, err := p.holding(fieldHead, "1")
		if err != nil {
			return nil, err
		}
		p.heads = heads.list()
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
func (p *part) kind(k plan.Kind) (set, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if s, ok := p.kinds[k]; ok {
		return s, nil
	}
	s, err := p.holding(fieldKind, string(k))
	if err != nil {
		return s, err
	}
	if p.kinds == nil {
		p.kinds = make(map[plan.Kind]set)
	}
	p.kinds[k] = s
	return s, nil
}

// end is the record after the last one of the i-th plan.
func (p *part) end(heads []uint32, i int) uint32 {
	if i+1 < len(heads) {
		return heads[i+1]
	}
	return p.records()
}

// spread adds all records of the plans whose heads are in a set to another.
func (p *part) spread(titles set, heads []uint32, into set) {
	i := 0
	for head, ok := titles.next(0); ok; head, ok = titles.next(head + 1) {
		i += find(heads[i:], head)
		into.addRange(head, p.end(heads, i))
	}
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

// planFrom is planOf where the plan is known to be at or behind another one; near ones are found fast.
func planFrom(heads []uint32, at int, record uint32) int {
	step := 1
	for at+step < len(heads) && heads[at+step] <= record {
		at += step
		step *= 2
	}
	for ; step > 0; step /= 2 {
		if at+step < len(heads) && heads[at+step] <= record {
			at += step
		}
	}
	return at
}

// planID is the id of a plan.
func (p *part) planID(heads []uint32, at int) (string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.ids == nil {
		p.ids = make([]string, len(heads))
	}
	if p.ids[at] == "" {
		key, err := p.id(heads[at])
		if err != nil {
			return "", err
		}
		if p.ids[at], _, err = splitID(key); err != nil {
			return "", err
		}
	}
	return p.ids[at], nil
}

// id is the key of a record.
func (p *part) id(record uint32) (string, error) {
	b, err := p.seg.DocID(uint64(record))
	return string(b), err
}
