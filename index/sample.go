package index

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"sync"
)

// sampleRecords is how many records are read to learn how common neighbours are: the first of every segment, which stand there in no
// order that has to do with what they say.
const sampleRecords = 1 << 13

// sampled is what the sample has of two words side by side.
type sampled struct {
	common float64            // in how many records
	apart  map[[2]int]float64 // the same, by spelling of the first and of the second; of words without marks only
}

// samples keeps what was learnt of neighbours for the next question.
type samples struct {
	mu   sync.Mutex
	kept map[string]sampled
}

// maxSamples is how many are kept; then all are forgotten.
const maxSamples = 1 << 13

func (s *samples) get(key string) (sampled, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	one, ok := s.kept[key]
	return one, ok
}

func (s *samples) put(key string, one sampled) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.kept == nil || len(s.kept) >= maxSamples {
		s.kept = make(map[string]sampled)
	}
	s.kept[key] = one
}

// key is what makes a slot another than the next.
func (s *slot) key() string {
	key := s.term.String()
	if s.name != nil {
		for _, short := range s.name.short {
			key += "|" + short.String()
		}
		key = fmt.Sprintf("%s %d", key, s.part)
	}
	return key
}

// sample gives for each pair what the sample has of it, and which share of all records that is.
func (r *ranker) sample(ctx context.Context, meant *meaning) (list []sampled, share float64, err error) {
	share = min(1, float64(sampleRecords)/float64(max(1, r.totals.Records)))
	list = make([]sampled, len(r.pairs))
	keys := make([]string, len(r.pairs))
	wanted := make([]bool, len(r.slots))
	var missing []int
	for i, p := range r.pairs {
		keys[i] = fmt.Sprintf("%t %s, %s", meant != nil, r.slots[p.a].key(), r.slots[p.b].key())
		var ok bool
		if list[i], ok = r.seen.get(keys[i]); !ok {
			missing = append(missing, i)
			wanted[p.a], wanted[p.b] = true, true
			if meant != nil {
				list[i].apart = make(map[[2]int]float64)
			}
		}
	}
	read, all := 0.0, 0.0
	for _, c := range r.parts {
		read += math.Ceil(share * float64(c.part.records()))
		all += float64(c.part.records())
	}
	if len(missing) > 0 {
		found := make([][]sampled, len(r.parts))
		err := atOnce(len(r.parts), func(k int) (err error) {
			n := math.Ceil(share * float64(r.parts[k].part.records()))
			found[k], err = r.samplePart(r.parts[k], uint32(n), wanted, missing, meant)
			return errors.Join(err, ctx.Err())
		})
		if err != nil {
			return nil, 0, err
		}
		for _, part := range found {
			for _, i := range missing {
				list[i].common += part[i].common
				for spelt, n := range part[i].apart {
					list[i].apart[spelt] += n
				}
			}
		}
	}
	for _, i := range missing {
		r.seen.put(keys[i], list[i])
	}
	return list, min(1, read/max(1, all)), nil
}

// samplePart gives what the first n records of a segment have of the missing pairs.
func (r *ranker) samplePart(c *ranked, n uint32, wanted []bool, missing []int, meant *meaning) ([]sampled, error) {
	list := make([]sampled, len(r.pairs))
	some := newSet(c.part.records())
	some.addRange(0, n)
	some = c.drop(some)
	keys, apart := make([][]uint64, len(r.slots)), make([][][]uint64, len(r.slots))
	lists := make([]*[]uint64, len(r.slots))
	for i := range r.slots {
		if !wanted[i] {
			continue
		}
		lists[i] = takeKeys()
		keys[i] = (*lists[i])[:0]
		if meant != nil {
			apart[i] = make([][]uint64, len(meant.slots[i].common))
		}
		for _, v := range c.words[i][0] {
			if v.fit == lost {
				continue
			}
			from := len(keys[i])
			var err error
			if keys[i], err = c.appendPlaces(keys[i], v, r.slots[i].part, some); err != nil {
				return nil, err
			}
			if meant != nil && !v.short {
				apart[i][meant.slots[i].at[v.marks]] = slices.Clone(keys[i][from:])
			}
		}
		sortKeys(keys[i])
	}
	for _, i := range missing {
		p := r.pairs[i]
		list[i].common += float64(countRecords(keys[p.a], keys[p.b]))
		for a := range apart[p.a] {
			for b := range apart[p.b] {
				if n := countRecords(apart[p.a][a], apart[p.b][b]); n > 0 {
					if list[i].apart == nil {
						list[i].apart = make(map[[2]int]float64)
					}
					list[i].apart[[2]int{a, b}] += float64(n)
				}
			}
		}
	}
	for i := range lists {
		if lists[i] != nil {
			giveKeys(lists[i], keys[i])
		}
	}
	return list, nil
}
