package structure

import (
	"strconv"
	"strings"
)

// A converter may lose a label. Where a unit without one has children of its own, the count over it has a gap and the count under it
// starts anew; the line before such a start is a candidate that takes the label which the gap asks for. A lost label with nothing under
// it leaves a gap only: its words are text of the unit before.

// lostBack is how many lines a title in capitals may stand before the first unit under it whose label is printed.
const lostBack = 12

// lostBefore is the line that may have lost its label before a unit which opens a count at a line, from a line on; -1 where
// no line looks like a title.
func lostBefore(lines []line, from, at int, first *label) int {
	best := -1
	for i := at - 1; i >= from && i >= at-lostBack; i-- {
		l := &lines[i]
		if l.isRow() || isBullet(l) || !opensUpper(l.text) {
			continue
		}
		title := len(l.fold) <= 200 && !strings.ContainsRune(".;,!?", lastRune(l.text)) && !strings.HasPrefix(l.text, "(")
		switch {
		case title && mostlyCapitals(l.text):
			return i
		case i < at-1:
		case first.scheme == decimal, title && first.value == 1 && countWords(l.fold, 31) <= 30: // a decimal number says that there was one
			best = i
		}
	}
	return best
}

// withLost puts candidates for lost labels between the others of a zone.
func withLost(lines []line, from int, cands []candidate) []candidate {
	out := make([]candidate, 0, len(cands)+8)
	start := from
	var chain []candidate
	for k := range cands {
		c := &cands[k]
		chain = chain[:0]
		for at, first := c.line, mayOpen(c); first != nil && len(chain) < 2; {
			i := lostBefore(lines, start, at, first)
			if i < 0 || k == 0 && !mostlyCapitals(lines[i].text) {
				break
			}
			lost := candidate{line: i, lost: true, capital: mostlyCapitals(lines[i].text)}
			lost.colon = strings.HasSuffix(lines[i].text, ":") && i == start
			if lost.capital && k > 0 && i > start && !mostlyCapitals(lines[i-1].text) {
				lost.asText = costUntold
			}
			at = i
			if l, ok := firstLost(first, cands[k:]); ok {
				lost.readings = []label{l}
				first = &lost.readings[0]
			} else {
				first = nil
			}
			chain = append(chain, lost)
		}
		if n := len(chain); n > 0 && k == 0 {
			chain[n-1].fresh, c.fresh = c.fresh, false
		}
		for i := len(chain) - 1; i >= 0; i-- {
			out = append(out, chain[i])
		}
		out = append(out, *c)
		start = c.line + 1
	}
	return out
}

// mayOpen is the label of a candidate that may be the first, or the first printed, under a unit whose label is lost.
func mayOpen(c *candidate) *label {
	if len(c.readings) == 0 || c.lower {
		return nil
	}
	if l := &c.readings[0]; opensCount(c.readings) && l.scheme != annexed || l.value == 2 && l.scheme >= arabic {
		return l
	}
	return nil
}

// opensCount reports whether a label is the first of a count.
func opensCount(readings []label) bool {
	for i := range readings {
		if readings[i].value == 1 && readings[i].odd < costMend {
			return true
		}
	}
	return false
}

// lostAhead is how many candidates are looked through for the second unit of a count whose first one lost its label.
const lostAhead = 40

// firstLost is the label of a lost unit that is the first of its count: the prefix of the decimal label which follows, or the
// first of the scheme whose second comes.
func firstLost(first *label, ahead []candidate) (label, bool) {
	if first.scheme == decimal {
		up := label{scheme: decimal, nums: first.nums[:len(first.nums)-1], odd: 1}
		if up.value = up.nums[len(up.nums)-1]; up.value != 1 {
			return label{}, false
		}
		if len(up.nums) == 1 {
			up.scheme, up.nums = arabic, nil
		}
		up.text = first.text[:strings.LastIndexByte(first.text, '.')]
		return up, true
	}
	var seen [count]bool
	for i := range ahead[:min(len(ahead), lostAhead)] {
		c := &ahead[i]
		if i > 0 && c.fresh {
			break
		}
		if len(c.readings) == 0 {
			continue
		}
		l := &c.readings[0]
		if l.value == 2 && !seen[l.scheme] && (l.scheme >= upper && l.scheme <= roman || l.scheme == arabic || l.scheme == decimal) && l.scheme != first.scheme {
			one := label{scheme: l.scheme, value: 1, odd: costLost}
			switch l.scheme {
			case decimal:
				one.nums = append(append([]int(nil), l.nums[:len(l.nums)-1]...), 1)
				one.text = l.text[:strings.LastIndexByte(l.text, '.')+1] + "1"
			case roman:
				one.text = "I"
			case upper:
				one.text = "A"
			default:
				one.text = "1"
			}
			return one, true
		}
		seen[l.scheme] = seen[l.scheme] || l.value <= 2
	}
	return label{}, false
}

// next is the label that follows in the same count.
func (l *label) next() (label, bool) {
	n := label{scheme: l.scheme, value: l.value + 1}
	switch l.scheme {
	case arabic, bracketed:
		n.text = strconv.Itoa(n.value)
	case roman:
		n.text = romanNumeral(n.value)
	case upper, letter:
		if n.value > len(alphabet) {
			return n, false
		}
		n.text = alphabet[n.value-1]
		if l.scheme == letter {
			n.text = strings.ToLower(n.text)
		}
	case decimal:
		n.nums = append(append([]int(nil), l.nums[:len(l.nums)-1]...), n.value)
		n.text = l.text[:strings.LastIndexByte(l.text, '.')+1] + strconv.Itoa(n.value)
	default:
		word, number, ok := strings.Cut(l.text, " ")
		if !ok || number == "" {
			return n, false
		}
		n.text = word + " " + romanNumeral(n.value)
		if isDigit(number[0]) {
			n.text = word + " " + strconv.Itoa(n.value)
		}
	}
	return n, true
}
