package index

import (
	"cmp"
	"errors"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"

	"kehoach/plan"
)

// Summary counts what an index holds of every plan, field by field, so that two generations can be compared before
// one takes the place of the other. The zero Summary is that of an empty index.
type Summary struct {
	plans map[string]*counted
}

// counted is what an index holds of one plan.
type counted struct {
	records int
	kinds   []int    // records of each of allKinds
	values  []uint64 // of each column: its values in one number, 0 where there are none
}

// allKinds are the kinds of records, those of sections first.
var allKinds = append(slices.Clone(plan.Kinds), Opening, Closing)

// Add counts a plan as the index would hold it.
func (s *Summary) Add(p *plan.Plan, from Origin) {
	records := Records(p)
	records[0].Added = from.Run
	c := &counted{records: len(records), kinds: make([]int, len(allKinds)), values: make([]uint64, len(columns))}
	for i := range records {
		if k := slices.Index(allKinds, records[i].Kind); k >= 0 {
			c.kinds[k]++
		}
	}
	for i, col := range columns {
		seen := make(map[string]bool)
		for _, v := range col.values(records[0].Head, from) {
			if !seen[v] {
				seen[v] = true
				c.values[i] += hashOf(v)
			}
		}
	}
	s.put(p.ID, c)
}

func (s *Summary) put(id string, c *counted) {
	if s.plans == nil {
		s.plans = make(map[string]*counted)
	}
	s.plans[id] = c
}

// Plans is how many plans were counted.
func (s *Summary) Plans() int { return len(s.plans) }

// Has reports whether a plan was counted.
func (s *Summary) Has(id string) bool { return s.plans[id] != nil }

// IDs lists the plans that were counted, in order.
func (s *Summary) IDs() []string {
	ids := make([]string, 0, len(s.plans))
	for id := range s.plans {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

func hashOf(v string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(v))
	return max(1, h.Sum64())
}

// Summary counts what the index holds.
func (x *Index) Summary() (*Summary, error) {
	v, release, err := x.now()
	if err != nil {
		return nil, err
	}
	defer release()
	s := new(Summary)
	for _, p := range v.parts {
		if err := p.summarise(s); err != nil {
			return nil, fmt.Errorf("index: summary: %w", err)
		}
	}
	return s, nil
}

func (p *part) summarise(s *Summary) error {
	heads, err := p.plans()
	if err != nil {
		return err
	}
	kinds := make([]set, len(allKinds))
	for i, k := range allKinds {
		if kinds[i], err = p.kind(k); err != nil {
			return err
		}
	}
	cols := make([]*values, len(columns))
	hashes := make([][]uint64, len(columns))
	for i, c := range columns {
		if cols[i], err = p.column(c.name); err != nil {
			return err
		}
		hashes[i] = make([]uint64, len(cols[i].texts))
		for j, text := range cols[i].texts {
			hashes[i][j] = hashOf(text)
		}
	}
	live := p.live()
	for at, head := range heads {
		if !live.contains(head) {
			continue
		}
		id, err := p.id(head)
		if err != nil {
			return err
		}
		end := p.end(heads, at)
		c := &counted{records: int(end - head), kinds: make([]int, len(allKinds)), values: make([]uint64, len(columns))}
		for k := range kinds {
			c.kinds[k] = kinds[k].countRange(head, end)
		}
		for i, v := range cols {
			for _, ord := range v.of(at) {
				c.values[i] += hashes[i][ord]
			}
		}
		id, _, err = splitID(id)
		if err != nil {
			return err
		}
		s.put(id, c)
	}
	return nil
}

// Change says what becomes of one thing that an index holds. Gained, Lost and Changed count plans: those that
// have something now and had nothing, the other way round, and those that have something else or another number.
type Change struct {
	Of      string `json:"of"` // "plans", "sections", a kind of section ("kind funding") or a field ("province")
	Before  int    `json:"before"`
	After   int    `json:"after"`
	Gained  int    `json:"gained"`
	Lost    int    `json:"lost"`
	Changed int    `json:"changed"`
}

// Same reports whether nothing becomes of it.
func (c Change) Same() bool {
	return c.Before == c.After && c.Gained == 0 && c.Lost == 0 && c.Changed == 0
}

// Changes says what is gained and lost from one summary to another: plans first, then sections, those of each kind,
// and the fields in the order of the columns. A field counts plans that have it.
func Changes(before, after *Summary) []Change {
	list := []Change{{Of: "plans"}, {Of: "sections"}}
	for _, k := range plan.Kinds {
		list = append(list, Change{Of: "kind " + string(k)})
	}
	fields := len(list)
	for _, c := range columns {
		list = append(list, Change{Of: strings.TrimPrefix(c.name, "c.")})
	}
	none := &counted{kinds: make([]int, len(allKinds)), values: make([]uint64, len(columns))}
	step := func(a, b *counted) {
		for i := range list {
			c := &list[i]
			var was, is, hadN, hasN uint64
			switch {
			case i == 0:
				was, is = one(a != none), one(b != none)
				hadN, hasN = was, is
			case i == 1:
				was, is = uint64(a.sections()), uint64(b.sections())
				hadN, hasN = was, is
			case i < fields:
				was, is = uint64(a.kinds[i-2]), uint64(b.kinds[i-2])
				hadN, hasN = was, is
			default:
				was, is = a.values[i-fields], b.values[i-fields]
				hadN, hasN = one(was != 0), one(is != 0)
			}
			c.Before += int(hadN)
			c.After += int(hasN)
			switch {
			case was == is:
			case was == 0:
				c.Gained++
			case is == 0:
				c.Lost++
			default:
				c.Changed++
			}
		}
	}
	for id, a := range before.plans {
		step(a, cmp.Or(after.plans[id], none))
	}
	for id, b := range after.plans {
		if !before.Has(id) {
			step(none, b)
		}
	}
	return list
}

func (c *counted) sections() (n int) {
	for _, k := range c.kinds[:len(plan.Kinds)] {
		n += k
	}
	return n
}

func one(yes bool) uint64 {
	if yes {
		return 1
	}
	return 0
}

// errUnsound is a generation that is not what it should be.
var errUnsound = errors.New("the new generation is not what was put into it")

// agree fails where a generation does not hold what was put into it.
func (s *Summary) agree(want *Summary) error {
	for _, c := range Changes(want, s) {
		if !c.Same() {
			return fmt.Errorf("%w: %s: %d were put in, it holds %d (%d more, %d less, %d others)", errUnsound, c.Of, c.Before, c.After,
				c.Gained, c.Lost, c.Changed)
		}
	}
	return nil
}
