package normalize

import "sort"

// Map carries positions back from a text that was made to the text it was made from. It holds the places where
// the two part; between them they run alike. The zero Map, and a nil one, says that the two are the same.
type Map struct {
	points []point // ascending in out and in in
}

// point says that from out on the text runs alike with the source from in on.
type point struct{ out, in int }

// replace records that the bytes from in to inEnd of the source became those from out to outEnd. Calls must come
// in ascending order. A nil Map records nothing.
func (m *Map) replace(out, outEnd, in, inEnd int) {
	if m == nil {
		return
	}
	m.mark(out, in)
	m.mark(outEnd, inEnd)
}

func (m *Map) mark(out, in int) {
	if n := len(m.points); n > 0 {
		last := &m.points[n-1]
		if last.out == out {
			last.in = max(last.in, in)
			return
		}
	}
	m.points = append(m.points, point{out, in})
}

// Source is the offset in the source of the byte at offset out of the text. It never falls as out rises.
func (m *Map) Source(out int) int {
	if m == nil || len(m.points) == 0 {
		return out
	}
	i := sort.Search(len(m.points), func(i int) bool { return m.points[i].out > out }) - 1
	if i < 0 {
		return min(out, m.points[0].in)
	}
	in := m.points[i].in + out - m.points[i].out
	if i+1 < len(m.points) {
		in = min(in, m.points[i+1].in)
	}
	return in
}

// result is Source the other way: where in the text the byte at offset in of the source went.
func (m *Map) result(in int) int {
	if m == nil || len(m.points) == 0 {
		return in
	}
	i := sort.Search(len(m.points), func(i int) bool { return m.points[i].in > in }) - 1
	if i < 0 {
		return min(in, m.points[0].out)
	}
	out := m.points[i].out + in - m.points[i].in
	if i+1 < len(m.points) {
		out = min(out, m.points[i+1].out)
	}
	return out
}
