package synth

import "math/bits"

// dice is a small generator of random numbers (splitmix64). It is written out here, and works on integers
// alone, so that a seed gives the same bytes on every machine and under every version of Go.
type dice struct{ state uint64 }

func (d *dice) next() uint64 {
	d.state += 0x9e3779b97f4a7c15
	z := d.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// n is a number from 0 to k-1.
func (d *dice) n(k int) int {
	hi, _ := bits.Mul64(d.next(), uint64(k))
	return int(hi)
}

// span is a number from low to high, both included.
func (d *dice) span(low, high int) int { return low + d.n(high-low+1) }

// chance is true in so many of a hundred cases.
func (d *dice) chance(percent int) bool { return d.n(100) < percent }

// pick is one of the list, each as likely.
func pick[T any](d *dice, list []T) T { return list[d.n(len(list))] }

// some is k of the list in a random order, or all of them.
func some[T any](d *dice, list []T, k int) []T {
	list = append([]T(nil), list...)
	for i := range list {
		j := i + d.n(len(list)-i)
		list[i], list[j] = list[j], list[i]
	}
	return list[:min(k, len(list))]
}
