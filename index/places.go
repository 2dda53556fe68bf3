package index

import (
	"slices"

	bleveindex "github.com/blevesearch/bleve_index_api"
)

// A segment keeps the positions of a word in a record in the number that is meant for its frequency, where they fit
// there; they nearly always do. So phrases and neighbours are exact, without the locations that make an index
// large and slow, and without a second dictionary of pairs. The lowest three bits say how the rest is read: the first
// position plus one, and then the distances, from the highest bits down.
var codings = [...]struct {
	n    int  // how many positions
	bits uint // for each number
}{
	{1, 57}, {2, 10}, {3, 10}, {4, 10}, {5, 10}, {2, 28}, {3, 19},
}

// located is the coding of more, whose rest is their number: they stand as locations.
const located = uint64(len(codings))

// encode gives sorted positions the form in which a segment keeps them.
func encode(positions []int32) *bleveindex.TokenFreq {
	if code, ok := code(positions); ok {
		return frequency(int(code))
	}
	f := &bleveindex.TokenFreq{Locations: make([]*bleveindex.TokenLocation, len(positions))}
	all := make([]bleveindex.TokenLocation, len(positions))
	for i, pos := range positions {
		all[i].Position = int(pos)
		f.Locations[i] = &all[i]
	}
	f.SetFrequency(len(positions)<<3 | int(located))
	return f
}

// code is the number; ok is false where the positions do not fit into one.
func code(positions []int32) (code uint64, ok bool) {
	for kind, c := range codings {
		if c.n != len(positions) {
			continue
		}
		code, last := uint64(0), int32(-1)
		for _, pos := range positions {
			d := uint64(pos - last)
			if d >= 1<<c.bits {
				code = 0
				break
			}
			code = code<<c.bits | d
			last = pos
		}
		if code != 0 {
			return code<<3 | uint64(kind), true
		}
	}
	return 0, false
}

// maxCoded is the most positions that fit into a code.
const maxCoded = 5

// decode appends the positions of a code that is not located.
func decode(positions []int32, code uint64) []int32 {
	c := codings[code&7]
	rest := code >> 3
	if c.n == 1 {
		return append(positions, int32(rest)-1)
	}
	pos := int32(-1)
	for i := c.n - 1; i >= 0; i-- {
		pos += int32(rest >> (uint(i) * c.bits) & (1<<c.bits - 1))
		positions = append(positions, pos)
	}
	return positions
}

// howOften is the number of positions that a code stands for.
func howOften(code uint64) int {
	if kind := code & 7; kind != located {
		return codings[kind].n
	}
	return int(code >> 3)
}

// follow keeps of the keys b those that come right behind one of a. Both are sorted; the result is b's memory.
func follow(a, b []uint64) []uint64 {
	out := b[:0]
	i := 0
	for _, key := range b {
		for i < len(a) && a[i]+1 < key {
			i++
		}
		if i < len(a) && a[i]+1 == key {
			out = append(out, key)
		}
	}
	return out
}

// sortKeys sorts keys that come from a few sorted lists, one for each spelling, by merging them.
func sortKeys(keys []uint64) {
	runs := make([]int, 1, maxRuns)
	for i := 1; i < len(keys); i++ {
		if keys[i-1] > keys[i] {
			if len(runs) == maxRuns {
				slices.Sort(keys)
				return
			}
			runs = append(runs, i)
		}
	}
	if len(runs) == 1 {
		return
	}
	spare := takeKeys()
	if cap(*spare) < len(keys) {
		*spare = make([]uint64, 0, len(keys)+len(keys)/4)
	}
	held := (*spare)[:len(keys)]
	defer func() { giveKeys(spare, held) }()
	from, to := keys, held
	for len(runs) > 1 {
		next := runs[:0]
		out := to[:0]
		for i := 0; i < len(runs); i += 2 {
			mid, end := len(keys), len(keys)
			if i+1 < len(runs) {
				mid = runs[i+1]
			}
			if i+2 < len(runs) {
				end = runs[i+2]
			}
			next = append(next, runs[i])
			out = mergeTwo(out, from[runs[i]:mid], from[mid:end])
		}
		from, to, runs = to, from, next
	}
	if &from[0] != &keys[0] {
		copy(keys, from)
	}
}

// maxRuns is how many sorted lists are merged rather than sorted anew.
const maxRuns = 64

func mergeTwo(out, a, b []uint64) []uint64 {
	for len(a) > 0 && len(b) > 0 {
		if a[0] <= b[0] {
			out = append(out, a[0])
			a = a[1:]
		} else {
			out = append(out, b[0])
			b = b[1:]
		}
	}
	return append(append(out, a...), b...)
}
