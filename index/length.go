package index

import (
	"math"
	"sync"
)

// textLengths is the words of a field by record, as far as lists were opened that the record stands in: so each list need not keep them.
// Who has a list open may read those of its records without the lock.
type textLengths struct {
	mu    sync.Mutex
	of    []float32
	known set // of which records
	tops  *topTable
}

// topTable is the tops of postings, worked out once: by how often the word stands there, and how long the text is.
type topTable struct {
	mean float64
	norms
	by [len(codings) + 1][1024]uint8
}

// table is that for a mean length; the caller holds the lock.
func (l *textLengths) table(mean float64) *topTable {
	if l.tops == nil || l.tops.mean != mean {
		t := &topTable{mean: mean, norms: normsOf(mean)}
		for often := range t.by {
			for length := range t.by[often] {
				t.by[often][length] = roundUp(t.share(float32(often), float32(length)))
			}
		}
		l.tops = t
	}
	return l.tops
}

func (t *topTable) of(often int, words uint32) uint8 {
	if often < len(t.by) && int(words) < len(t.by[often]) {
		return t.by[often][words]
	}
	return roundUp(t.share(float32(often), float32(words)))
}

// lengthsOf is the lengths of a field.
func (p *part) lengthsOf(field string) *textLengths {
	p.mu.Lock()
	defer p.mu.Unlock()
	l := p.lengths[field]
	if l == nil {
		l = &textLengths{of: make([]float32, p.records()), known: newSet(p.records())}
		if p.lengths == nil {
			p.lengths = make(map[string]*textLengths)
		}
		p.lengths[field] = l
	}
	return l
}

// roundUp is a share of 0 to 1 as a top.
func roundUp(share float32) uint8 {
	x := share * math.MaxUint8
	top := uint8(x)
	if float32(top) < x {
		top++
	}
	return top
}
