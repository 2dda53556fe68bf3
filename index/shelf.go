package index

import "sync"

// shelf holds the open lists. When it is full, those go that were not used since the last time it was.
type shelf struct {
	most  int // bytes
	mu    sync.Mutex
	bytes int
	lists []*postings // a ring
	hand  int
}

// mostOpen is how many bytes of open lists a process keeps. All words that are asked of a million sections take about 900 MB; where
// they don't fit, common ones are opened again and again, and questions take twice the time.
const mostOpen = 1 << 30

var openLists = shelf{most: mostOpen}

// put makes room for a list and takes it, and gives the form in which it is open now.
func (s *shelf) put(l *postings, o *opened) *opened {
	s.mu.Lock()
	defer s.mu.Unlock()
	if was := l.open.Load(); was != nil {
		return was // somebody else was faster
	}
	size := o.bytes()
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
		last := len(s.lists) - 1
		s.lists[s.hand] = s.lists[last]
		s.lists[last] = nil
		s.lists = s.lists[:last]
	}
	s.bytes += size
	s.lists = append(s.lists, l)
	l.open.Store(o)
	return o
}
