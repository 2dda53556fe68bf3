package structure

// Costs of the choices. They are small integers: 0 is a label that counts on, about 10 is a unit that nothing else explains.
const (
	costRepeat    = 3 // the same label again
	costJump      = 3 // a label left out
	costBack      = 9 // counts back
	costLate      = 6 // a first unit that is not the first of its count
	costNest      = 4 // the same scheme inside itself
	costInverse   = 4 // a wider scheme inside a narrower one
	costMixed     = 5 // a sibling of another scheme
	costHabit     = 2 // the scheme stood under another one before
	costText      = 7 // a candidate that is no label
	costWeakText  = 1 // the same, where the line looks like running text
	costUnusual   = 1 // the less likely reading of a label
	costAlien     = 4 // a decimal label under another number
	costMend      = 4 // a label read as another one that looks like it
	costLost      = 2 // a line that is taken for a unit whose label is lost
	costOtherLook = 4 // and does not look like its siblings
	costUntold    = 3 // a title in capitals that no label tells
	costEmpty     = 9 // a unit whose label is lost, with nothing under it
)

// doubt is why the choice of a level is doubtful.
type doubt uint8

const (
	noDoubt doubt = iota
	doubtMixed
	doubtAlien
	doubtRepeat
	doubtJump
	doubtBack
)

// doubtWords says a doubt in words.
var doubtWords = [...]string{"", "its label is of another kind than its siblings'", "its number does not count on", "the label is printed twice", "a label before it is missing", "the label counts back"}

// place is the cost of opening a unit under a parent and behind a sibling, closing what is open from the sibling on. Both may be nil.
func place(l *label, sibling, parent *open, under *[count]scheme, articles int, c *candidate) (cost int, doubt doubt, ok bool) {
	above := schemeOf(parent)
	if l.scheme == annexed {
		return 0, noDoubt, parent == nil
	}
	switch {
	case sibling == nil: // a first child of what is open
		cost += firstCost(l, parent != nil, articles)
	case sibling.lost && sibling.label.scheme == l.scheme && l.value <= sibling.label.value:
		return 0, noDoubt, false // the label was not lost, it comes here
	case sibling.label.scheme == l.scheme && (l.scheme != decimal || len(sibling.label.nums) == len(l.nums)):
		step, why := stepCost(sibling.label, l, articles)
		cost, doubt = cost+step, why
	default: // a sibling of another scheme
		cost += costMixed + firstCost(l, parent != nil, articles)
		doubt = doubtMixed
	}
	if l.scheme == decimal {
		cost += decimalCost(parent, l)
	}
	for o := parent; o != nil; o = o.parent {
		if o.label.scheme == l.scheme && l.scheme != decimal {
			cost += costNest
		}
	}
	if above != noScheme && above > l.scheme && above != annexed && !(above == decimal && l.scheme == arabic) && !(above == bracketed && l.scheme == letter) {
		cost += costInverse
	}
	if was := under[l.scheme]; was != noScheme && was != above && above != annexed && l.scheme != decimal {
		cost += costHabit
	}
	if c.capital && (l.scheme == roman || l.scheme == upper) && parent != nil && parent.depth > 1 {
		cost++
	}
	return cost, doubt, true
}

// firstCost is the cost of a unit that opens a count.
func firstCost(l *label, inside bool, articles int) int {
	switch {
	case l.scheme == article && articles > 0 && l.value == articles+1, l.scheme == article && inside:
		return 0
	case l.scheme == decimal && (l.value == 1 || l.value == 0):
		return 0
	case l.value == 1:
		if !inside && l.scheme >= decimal {
			return 2
		}
		return 0
	case l.scheme == roman && l.value > 1 || l.scheme == upper && l.value > 1:
		return costLate + 2
	}
	return costLate
}

// stepCost is the cost of counting from one label to the next of the same scheme.
func stepCost(from, to *label, articles int) (int, doubt) {
	last := from.value
	if to.scheme == decimal {
		if !samePrefix(from.nums, to.nums) {
			return costAlien, doubtAlien
		}
	}
	if to.scheme == article && articles > 0 {
		last = articles
	}
	switch gap := to.value - last; {
	case gap == 1:
		return 0, noDoubt
	case gap == 0:
		return costRepeat, doubtRepeat
	case gap > 1:
		return costJump + min(gap-2, 4), doubtJump
	}
	return costBack, doubtBack
}

func samePrefix(a, b []int) bool {
	for i := range len(b) - 1 {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// decimalCost is the cost of a decimal label under what is open: 2.1 belongs under 2, 2.1.3 under 2.1, and 1.1
// also under I where no 1 stands between.
func decimalCost(parent *open, l *label) int {
	if parent == nil {
		return 3
	}
	top := parent.label
	prefix := l.nums[:len(l.nums)-1]
	switch {
	case top.scheme == arabic && len(prefix) == 1 && top.value == prefix[0]:
		return 0
	case top.scheme == decimal && len(top.nums) == len(prefix) && samePrefix(top.nums, l.nums) && top.nums[len(prefix)-1] == prefix[len(prefix)-1]:
		return 0
	case top.scheme == arabic || top.scheme == decimal && len(top.nums) < len(l.nums):
		return costAlien
	case top.scheme == roman || top.scheme == upper || top.scheme == division || top.scheme == subdivision || top.scheme == article || top.scheme == chapter || top.scheme == part:
		if len(prefix) == 1 && top.value == prefix[0] {
			return 1
		}
		return 3
	}
	return costAlien + 2
}
