package index

import (
	"math/bits"
	"sync"
	"sync/atomic"
)

// unpacked is a list of postings that was read often and is kept as it is used: the numbers of a list that lies packed in its segment
// are read one after the other, and of a common word that is most of what a question costs.
type unpacked struct {
	docs    places
	codes   []uint64
	lengths []uint16
	locs    map[uint32][]byte // of the k-th posting, where its code is located
}

// A list is unpacked when as many postings were read from it as it has. Short ones never are.
const (
	leastWorth        = 512
	skipsPerRead      = 8         // so many postings are skipped in the time in which one is read
	mostUnpacked      = 256 << 20 // bytes in this process
	longestUnpackable = 1<<16 - 1 // words in a record
)

// shelf holds the unpacked lists. When it is full, those go that were not used since the last time it was.
type shelf struct {
	most  int // bytes
	mu    sync.Mutex
	bytes int
	lists []*postings // a ring
	hand  int
}

var unpackedLists = shelf{most: mostUnpacked}

// put makes room for a list and takes it.
func (s *shelf) put(p *postings, u *unpacked) {
	s.mu.Lock()
	defer s.mu.Unlock()
	size := u.bytes()
	for s.bytes+size > s.most && len(s.lists) > 0 {
		if s.hand >= len(s.lists) {
			s.hand = 0
		}
		old := s.lists[s.hand]
		if old.used.Swap(false) {
			s.hand++
			continue
		}
		s.bytes -= old.open.Swap(nil).bytes()
		old.read.Store(0)
		old.opening.Store(false)
		last := len(s.lists) - 1
		s.lists[s.hand] = s.lists[last]
		s.lists[last] = nil
		s.lists = s.lists[:last]
	}
	s.bytes += size
	s.lists = append(s.lists, p)
	p.open.Store(u)
}

func (u *unpacked) bytes() int {
	return 10*cap(u.codes) + 12*len(u.docs.words) + 64*len(u.locs)
}

// reading is what a list remembers of its use.
type reading struct {
	open    atomic.Pointer[unpacked]
	opening atomic.Bool
	used    atomic.Bool
	read    atomic.Int64 // how many postings, since it was packed
}

// unpack gives the list unpacked, to read it within a set, and nil as long as that is not worth while.
func (p *postings) unpack(within set) *unpacked {
	if u := p.open.Load(); u != nil {
		if !p.used.Load() {
			p.used.Store(true)
		}
		return u
	}
	if p.n < leastWorth || p.docs == nil || within.words == nil || p.opening.Load() {
		return nil
	}
	dense := scratch(p.records)
	defer dense.free()
	p.docs.WriteDenseTo(dense.words)
	if p.read.Load()+int64(dense.countWith(within)) < int64(p.n) || p.opening.Swap(true) {
		return nil
	}
	docs := dense.clone()
	u := &unpacked{docs: docs.places(), codes: make([]uint64, 0, p.n), lengths: make([]uint16, 0, p.n)}
	fits := true
	err := p.eachPacked(docs, func(at *posting) {
		if at.code&7 == located {
			if u.locs == nil {
				u.locs = make(map[uint32][]byte)
			}
			u.locs[uint32(len(u.codes))] = at.locs
		}
		fits = fits && at.length <= longestUnpackable
		u.codes = append(u.codes, at.code)
		u.lengths = append(u.lengths, uint16(at.length))
	})
	if err != nil || !fits || len(u.codes) != p.n || u.bytes() > mostUnpacked/4 {
		return nil // opening stays set: it is not tried again
	}
	unpackedLists.put(p, u)
	return u
}

// each visits the postings that lie in a set, in order.
func (u *unpacked) each(within set, visit func(*posting)) {
	var at posting
	for i, all := range u.docs.words {
		w := all & within.words[i]
		if w == 0 {
			continue
		}
		k := u.docs.before[i]
		for ; w != 0; w &= w - 1 {
			low := w & -w
			j := k + uint32(bits.OnesCount64(all&(low-1)))
			at.record, at.code, at.length = uint32(i)<<6|uint32(bits.TrailingZeros64(low)), u.codes[j], float32(u.lengths[j])
			if at.code&7 == located {
				at.locs = u.locs[j]
			}
			visit(&at)
		}
	}
}
