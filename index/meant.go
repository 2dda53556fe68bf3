package index

import (
	"math"
)

// A query without any marks may mean many words at each place; which of them, its neighbours tell: of "dat dai" the texts have đất đai and
// neither dạt dài nor đặt đại. So for every two neighbours of the query the sample of neighbours (sample.go) also says how often each spelling of
// the one stands before each spelling of the other, and the likeliest row of spellings is sought. What is nearly as likely counts
// as well; all others count unlikely.
const (
	weightUnlikely = 0.5
	likelyEnough   = 4.0 // times less likely than the likeliest
	unseenPair     = 0.1 // what counts for neighbours that the sample does not have
)

// spelled is the spellings of one slot in the whole index.
type spelled struct {
	at     map[string]int // marks → place
	common []float64
}

// meaning finds out which spellings are meant.
type meaning struct {
	r     *ranker
	slots []spelled
	pairs []sampled
}

func newMeaning(r *ranker) *meaning {
	m := &meaning{r: r, slots: make([]spelled, len(r.slots))}
	for i := range m.slots {
		m.slots[i].at = make(map[string]int)
		for _, c := range r.parts {
			for k, v := range c.words[i][0] {
				if v.short {
					continue
				}
				at, ok := m.slots[i].at[v.marks]
				if !ok {
					at = len(m.slots[i].common)
					m.slots[i].at[v.marks] = at
					m.slots[i].common = append(m.slots[i].common, 0)
				}
				m.slots[i].common[at] += float64(c.common(c.words[i][0][k : k+1]))
			}
		}
	}
	return m
}

// decide sets what each spelling counts.
func (m *meaning) decide() {
	r := m.r
	which := make(map[[2]int]int)
	for i, p := range r.pairs {
		which[[2]int{p.a, p.b}] = i
	}
	likely := make([][]bool, len(r.slots))
	for i := range likely {
		likely[i] = make([]bool, len(m.slots[i].common))
	}
	for from := 0; from < len(r.q.words); {
		to := from + 1
		for to < len(r.q.words) && r.q.words[to].next && !r.q.words[to].weak && !r.q.words[to-1].weak {
			to++
		}
		m.row(r.of[from:to], which, likely)
		from = to
	}
	for i := range r.slots {
		seen := false
		for _, ok := range likely[i] {
			seen = seen || ok
		}
		if seen {
			r.slots[i].likely = make(map[string]bool)
			for marks, at := range m.slots[i].at {
				r.slots[i].likely[marks] = likely[i][at]
			}
		}
	}
}

// row marks the likely spellings of words that stand side by side, given by their slots.
func (m *meaning) row(slots []int, which map[[2]int]int, likely [][]bool) {
	n := len(slots)
	forth, back := make([][]float64, n), make([][]float64, n)
	own := func(i, v int) float64 { return 0.3 * math.Log(m.slots[slots[i]].common[v]) }
	step := func(i, a, b int) float64 {
		return math.Log(m.pairs[which[[2]int{slots[i], slots[i+1]}]].apart[[2]int{a, b}] + unseenPair)
	}
	for i := range n {
		forth[i] = make([]float64, len(m.slots[slots[i]].common))
		back[i] = make([]float64, len(forth[i]))
		for v := range forth[i] {
			best := math.Inf(-1)
			if i == 0 || len(forth[i-1]) == 0 {
				best = 0
			} else {
				for u := range forth[i-1] {
					best = max(best, forth[i-1][u]+step(i-1, u, v))
				}
			}
			forth[i][v] = best + own(i, v)
		}
	}
	for i := n - 1; i >= 0; i-- {
		for v := range back[i] {
			best := math.Inf(-1)
			if i == n-1 || len(back[i+1]) == 0 {
				best = 0
			} else {
				for w := range back[i+1] {
					best = max(best, back[i+1][w]+own(i+1, w)+step(i, v, w))
				}
			}
			back[i][v] = best
		}
	}
	for i := range n {
		best := math.Inf(-1)
		for v := range forth[i] {
			best = max(best, forth[i][v]+back[i][v])
		}
		for v := range forth[i] {
			if forth[i][v]+back[i][v] >= best-math.Log(likelyEnough) {
				likely[slots[i]][v] = true
			}
		}
	}
}
