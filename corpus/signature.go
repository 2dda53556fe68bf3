package corpus

import (
	"encoding/binary"
	"slices"
	"unicode"

	"kehoach/normalize"
)

// A shingle is so many syllables in a row, folded: two texts are alike as far as they share shingles (Jaccard's index:
// shingles of both by shingles of either).
const shingleLen = 4

// bins is the number of values of a signature. Every shingle's hash falls into one bin, which keeps the smallest; the share of bins
// in which two signatures agree is an estimate of Jaccard's index, with a standard deviation of 0.035 at 0.8 (one permutation
// hashing: Li, Owen, Zhang 2012; empty bins are filled as by Shrivastava 2017).
const bins = 128

// signature is the values of the bins.
type signature [bins]uint32

// shingles gives the hash of every shingle of a text, and of the whole. A text of fewer syllables than a shingle has is one.
func shingles(text string) (list []uint64, whole uint64) {
	const prime = 0x9e3779b97f4a7c15
	var ring [shingleLen]uint64
	n, word, in := 0, uint64(0), false
	end := func() {
		if !in {
			return
		}
		ring[n%shingleLen] = word
		n++
		whole = mix(whole*31 + word)
		if n >= shingleLen {
			h := uint64(0)
			for i := range shingleLen {
				h = h*prime + ring[(n+i)%shingleLen]
			}
			list = append(list, mix(h))
		}
		word, in = 0, false
	}
	for _, r := range normalize.Fold(text) {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			end()
			continue
		}
		word, in = (word^uint64(r))*0x100000001b3+1, true
	}
	end()
	if len(list) == 0 && n > 0 {
		list = append(list, whole)
	}
	return list, whole
}

// mix spreads the bits of a hash (splitmix64).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// sign gives the signature of shingles; that of none is empty, and like no other.
func sign(list []uint64) (s signature, ok bool) {
	const empty = ^uint32(0)
	for i := range s {
		s[i] = empty
	}
	for _, h := range list {
		bin := h >> 57
		s[bin] = min(s[bin], uint32(h))
	}
	filled := s
	for i := range s {
		if s[i] != empty {
			continue
		}
		if len(list) == 0 {
			return s, false
		}
		for try := uint64(1); filled[i] == empty; try++ {
			filled[i] = s[mix(uint64(i)<<32|try)%bins]
		}
	}
	return filled, len(list) > 0
}

// alike is the estimate of Jaccard's index of two texts by their signatures.
func (s *signature) alike(o *signature) float64 {
	same := 0
	for i := range s {
		if s[i] == o[i] {
			same++
		}
	}
	return float64(same) / bins
}

func (s *signature) bytes() []byte {
	out := make([]byte, 0, 4*bins)
	for _, v := range s {
		out = binary.LittleEndian.AppendUint32(out, v)
	}
	return out
}

func readSignature(data []byte) (s signature, ok bool) {
	if len(data) != 4*bins {
		return s, false
	}
	for i := range s {
		s[i] = binary.LittleEndian.Uint32(data[4*i:])
	}
	return s, true
}

// shingleSet is the shingles of a text, each once, in order.
func shingleSet(text string) []uint64 {
	list, _ := shingles(text)
	slices.Sort(list)
	return slices.Compact(list)
}

// jaccard is Jaccard's index of two sets in order; that of two empty ones is 1.
func jaccard[T uint32 | uint64](a, b []T) float64 {
	both, i, j := 0, 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			both, i, j = both+1, i+1, j+1
		}
	}
	either := len(a) + len(b) - both
	if either == 0 {
		return 1
	}
	return float64(both) / float64(either)
}
