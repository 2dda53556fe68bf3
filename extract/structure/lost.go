package structure

import (
	"strconv"
	"strings"
)

// A converter may lose a label. Where a unit without one has children of its own, the count over it has a gap and the count under it
// starts anew; the line before such a start is a candidate that takes the label which the gap asks for. A lost label with nothing under
// it leaves a gap only: its words are text of the unit before.

// lostBefore is the line that may have lost its label before a unit which opens a count at a line, from a line on; -1 where
// no line looks like a title.
func lostBefore(lines []line, from, at int, first *label) int {
	best := -1
	if l := &lines[max(at-1, 0)]; first.scheme == decimal && at > from && !l.isRow() && !isBullet(l) && opensUpper(l.text) {
		best = at - 1 // its number says that there was one
	}
	for i := at - 1; i >= from && i >= at-4; i-- {
		l := &lines[i]
		if l.isRow() || isBullet(l) || !opensUpper(l.text) || len(l.fold) > 200 || strings.ContainsRune(".;,!?", lastRune(l.text)) || strings.HasPrefix(l.text, "(") {
			continue
		}
		if mostlyCapitals(l.text) {
			return i
		}
		if best < 0 && i == at-1 && countWords(l.fold, 31) <= 30 {
			best = i
		}
	}
	return best
}

// withLost puts candidates for lost labels between the others of a zone.
func withLost(lines []line, from int, cands []candidate) []candidate {
	out := make([]candidate, 0, len(cands)+8)
	start := from
	for k := range cands {
		c := &cands[k]
		if i := -1; len(c.readings) > 0 && !c.lower && (opensCount(c.readings) || c.readings[0].value == 2 && c.readings[0].scheme >= arabic) {
			if i = lostBefore(lines, start, c.line, &c.readings[0]); i >= 0 && (k > 0 && c.readings[0].value == 1 || mostlyCapitals(lines[i].text)) {
				lost := candidate{line: i, lost: true, capital: mostlyCapitals(lines[i].text), colon: strings.HasSuffix(lines[i].text, ":")}
				if lost.capital && k > 0 && i > start && !mostlyCapitals(lines[i-1].text) {
					lost.asText = costUntold
				}
				if l, ok := firstLost(cands[k:]); ok {
					lost.readings = []label{l}
				}
				if c.fresh && k == 0 {
					lost.fresh, c.fresh = true, false
				}
				out = append(out, lost)
			}
		}
		out = append(out, *c)
		start = c.line + 1
	}
	return out
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
func firstLost(ahead []candidate) (label, bool) {
	if l := &ahead[0].readings[0]; l.scheme == decimal && l.nums[len(l.nums)-2] == 1 {
		up := label{scheme: decimal, nums: l.nums[:len(l.nums)-1], value: 1, odd: 1}
		if len(up.nums) == 1 {
			up.scheme, up.nums = arabic, nil
		}
		up.text = l.text[:strings.LastIndexByte(l.text, '.')]
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
		if l.value == 2 && !seen[l.scheme] && (l.scheme == roman || l.scheme == upper || l.scheme == arabic) {
			return label{scheme: l.scheme, text: map[scheme]string{roman: "I", upper: "A", arabic: "1"}[l.scheme], value: 1, odd: costLost}, true
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
