package structure

import (
	"strings"

	"kehoach/plan"
)

// The outline is a parse of the whole sequence of labels, not of single lines. Every line that can open a unit
// is a candidate; a beam of partial parses keeps the cheapest nestings under which the labels count on, and each
// parse may also leave a candidate out as plain text. Costs are small integers: 0 is a label that counts on,
// about 10 is a unit that nothing else explains.

// candidate is a line that may open a unit, with the ways its label can be read.
type candidate struct {
	line     int
	readings []label
	fresh    bool // begins an annex or an attached document: the nesting starts anew
	lower    bool // its words begin in lower case in the middle of a sentence
	capital  bool // its words are capitals
}

// open is a unit that is still open in a parse.
type open struct {
	label *label
	node  int // index of the candidate
}

// parse is one way to nest the candidates up to some point. Parses share their pasts.
type parse struct {
	prev  *parse
	cost  int
	stack []open
	// The choice at the candidate: a reading and its depth (1 at the top), or depth 0 for text.
	reading  *label
	depth    int
	doubt    string // why the choice is doubtful, or ""
	under    [count]scheme
	articles int // the last Điều: articles count on through chapters
}

const (
	beamWidth = 12
	maxDepth  = 10 // no document nests deeper; a run of one label would
)

// Costs of the choices.
const (
	costRepeat   = 3 // the same label again
	costJump     = 3 // a label left out
	costBack     = 9 // counts back
	costLate     = 6 // a first unit that is not the first of its count
	costNest     = 4 // the same scheme inside itself
	costInverse  = 4 // a wider scheme inside a narrower one
	costMixed    = 5 // a sibling of another scheme
	costHabit    = 2 // the scheme stood under another one before
	costText     = 7 // a candidate that is no label
	costWeakText = 1 // the same, where the line looks like running text
	costUnusual  = 1 // the less likely reading of a label
	costAlien    = 4 // a decimal label under another number
)

// nest chooses the nesting of the candidates: for each its reading and depth.
func nest(cands []candidate) []*parse {
	beam := []*parse{{}}
	for i := range cands {
		beam = extend(beam, &cands[i], i)
	}
	best := beam[0]
	out := make([]*parse, len(cands))
	for p, i := best, len(cands)-1; i >= 0; p, i = p.prev, i-1 {
		out[i] = p
	}
	return out
}

// extend takes every parse one candidate further and keeps the cheapest, one for each nesting.
func extend(beam []*parse, c *candidate, i int) []*parse {
	next := make([]*parse, 0, beamWidth+1)
	for _, p := range beam {
		if c.fresh {
			q := *p
			q.stack = nil
			q.articles = 0
			p = &q
		}
		text := costText
		if c.capital {
			text = 2 * costText
		}
		if c.lower {
			text = costWeakText
		}
		if c.readings[0].weak {
			text = costWeakText + 1
		}
		next = keep(next, &parse{cost: p.cost + text, stack: p.stack, under: p.under, articles: p.articles}, p)
		for r := range c.readings {
			l := &c.readings[r]
			base := p.cost + r*costUnusual
			if l.weak {
				base += 2
			}
			if c.lower {
				base += 3
			}
			for depth := min(len(p.stack), maxDepth-1); depth >= 0; depth-- {
				cost, doubt, ok := place(p, l, depth, c)
				if ok {
					q := &parse{cost: base + cost, reading: l, depth: depth + 1, doubt: doubt}
					if full(next, q.cost) {
						continue
					}
					q.under, q.articles = p.under, p.articles
					q.under[l.scheme] = schemeAt(p.stack, depth)
					if l.scheme == article {
						q.articles = l.value
					}
					q.stack = append(append(make([]open, 0, depth+1), p.stack[:depth]...), open{l, i})
					next = keep(next, q, p)
				}
			}
		}
	}
	return next
}

func full(beam []*parse, cost int) bool {
	return len(beam) == beamWidth && beam[len(beam)-1].cost <= cost
}

// keep inserts a parse in the order of cost, once for each stack of open labels.
func keep(beam []*parse, q, prev *parse) []*parse {
	q.prev = prev
	for i, p := range beam {
		if sameStack(p.stack, q.stack) {
			if p.cost <= q.cost {
				return beam
			}
			beam = append(beam[:i], beam[i+1:]...)
			break
		}
	}
	at := len(beam)
	for at > 0 && beam[at-1].cost > q.cost {
		at--
	}
	if at == beamWidth {
		return beam
	}
	beam = append(beam, nil)
	copy(beam[at+1:], beam[at:])
	beam[at] = q
	return beam[:min(len(beam), beamWidth)]
}

func sameStack(a, b []open) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].label.scheme != b[i].label.scheme || a[i].label.value != b[i].label.value || a[i].node != b[i].node && i < len(a)-1 {
			return false
		}
	}
	return true
}

func schemeAt(stack []open, depth int) scheme {
	if depth == 0 {
		return noScheme
	}
	return stack[depth-1].label.scheme
}

// place is the cost of opening a unit at a depth (0 at the top) of a parse, closing what is open from there on.
func place(p *parse, l *label, depth int, c *candidate) (cost int, doubt string, ok bool) {
	var sibling *label
	if depth < len(p.stack) {
		sibling = p.stack[depth].label
	}
	parent := schemeAt(p.stack, depth)
	if l.scheme == annexed {
		return 0, "", depth == 0
	}
	switch {
	case sibling == nil: // a first child of what is open
		cost += firstCost(p, l, depth)
	case sibling.scheme == l.scheme && (l.scheme != decimal || len(sibling.nums) == len(l.nums)):
		step, why := stepCost(sibling, l, p.articles)
		cost, doubt = cost+step, why
	default: // a sibling of another scheme
		cost += costMixed + firstCost(p, l, depth)
		doubt = "its label is of another kind than its siblings'"
	}
	if l.scheme == decimal {
		cost += decimalCost(p.stack[:depth], l)
	}
	for _, o := range p.stack[:depth] {
		if o.label.scheme == l.scheme && l.scheme != decimal {
			cost += costNest
		}
	}
	if parent != noScheme && parent > l.scheme && parent != annexed && !(parent == decimal && l.scheme == arabic) && !(parent == bracketed && l.scheme == letter) {
		cost += costInverse
	}
	if was := p.under[l.scheme]; was != noScheme && was != parent && parent != annexed && l.scheme != decimal {
		cost += costHabit
	}
	if c.capital && depth > 1 && (l.scheme == roman || l.scheme == upper) {
		cost++
	}
	return cost, doubt, true
}

// firstCost is the cost of a unit that opens a count.
func firstCost(p *parse, l *label, depth int) int {
	switch {
	case l.scheme == article && p.articles > 0 && l.value == p.articles+1, l.scheme == article && depth > 0:
		return 0
	case l.scheme == decimal && (l.value == 1 || l.value == 0):
		return 0
	case l.value == 1:
		if depth == 0 && l.scheme >= decimal {
			return 2
		}
		return 0
	case l.scheme == roman && l.value > 1 || l.scheme == upper && l.value > 1:
		return costLate + 2
	}
	return costLate
}

// stepCost is the cost of counting from one label to the next of the same scheme.
func stepCost(from, to *label, articles int) (int, string) {
	last := from.value
	if to.scheme == decimal {
		if !samePrefix(from.nums, to.nums) {
			return costAlien, "its number does not count on"
		}
	}
	if to.scheme == article && articles > 0 {
		last = articles
	}
	switch gap := to.value - last; {
	case gap == 1:
		return 0, ""
	case gap == 0:
		return costRepeat, "the label is printed twice"
	case gap > 1:
		return costJump + min(gap-2, 4), "a label before it is missing"
	}
	return costBack, "the label counts back"
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
func decimalCost(stack []open, l *label) int {
	if len(stack) == 0 {
		return 3
	}
	top := stack[len(stack)-1].label
	prefix := l.nums[:len(l.nums)-1]
	switch {
	case top.scheme == arabic && len(prefix) == 1 && top.value == prefix[0]:
		return 0
	case top.scheme == decimal && len(top.nums) == len(prefix) && samePrefix(top.nums, l.nums) && top.nums[len(prefix)-1] == prefix[len(prefix)-1]:
		return 0
	case top.scheme == arabic || top.scheme == decimal && len(top.nums) < len(l.nums):
		return costAlien
	case top.scheme == roman || top.scheme == upper || top.scheme == division || top.scheme == article || top.scheme == chapter || top.scheme == part:
		if len(prefix) == 1 && top.value == prefix[0] {
			return 1
		}
		return 3
	}
	return costAlien + 2
}

// candidates are the lines of a zone that may open a unit.
func (s *state) candidates(z zone, fresh bool) []candidate {
	var out []candidate
	for i := z.from; i < z.to; i++ {
		l := &s.lines[i]
		if l.isRow() || l.style == plan.Footnote {
			continue
		}
		readings := readLabel(l.text, l.fold)
		if len(readings) == 0 {
			continue
		}
		c := candidate{line: i, readings: readings, fresh: fresh && len(out) == 0}
		rest := l.text[readings[0].rest:]
		c.lower = rest != "" && !opensUpper(rest) && rest[0] != '"' && !strings.HasPrefix(rest, "“") && !isDigit(rest[0]) && i > z.from && openEnded(s.lines[i-1].text)
		c.capital = mostlyCapitals(rest)
		if first := readings[0]; first.scheme == bracketed && first.value > 1 && i > z.from && strings.LastIndex(s.lines[i-1].text, "("+pad(first.value-1, 1)+")") > 0 {
			c.lower = true // an enumeration inside a paragraph that was broken: "…: (1) …;" / "(2) …"
		}
		if rest == "" && readings[0].scheme > article {
			if i+1 >= z.to { // a lone number at the end of a zone
				continue
			}
		}
		if readings[0].scheme == annexed && !annexHeading(l, &readings[0]) {
			continue
		}
		if readings[0].scheme == annexed {
			c.fresh = true
		}
		out = append(out, c)
	}
	return out
}

// annexHeading reports whether a line that opens with "Phụ lục" names an annex and is no sentence about one.
func annexHeading(l *line, lab *label) bool {
	rest := l.text[lab.rest:]
	return len(l.fold) < 400 && (rest == "" || isCapitals(rest) || strings.HasPrefix(rest, "(") || opensUpper(rest) && !strings.HasSuffix(l.text, ";") && !strings.HasSuffix(l.text, "."))
}

// openEnded reports whether a line stops in the middle of a sentence.
func openEnded(text string) bool {
	switch lastRune(text) {
	case '.', ':', ';', '!', '?', '”', '"', ')', '…':
		return false
	}
	return !mostlyCapitals(text)
}

// readOutline finds the units of the document and of what is attached to it.
func readOutline(s *state) {
	cands := s.candidates(s.zones.body, false)
	main := len(cands)
	bounds := make([]int, main) // the line before which each unit must end
	for i := range bounds {
		bounds[i] = s.zones.body.to
	}
	for _, z := range s.zones.after {
		for _, c := range s.candidates(z, true) {
			cands = append(cands, c)
			bounds = append(bounds, z.to)
		}
	}
	choices := nest(cands)
	var units []unit
	for i, p := range choices {
		if p.reading == nil {
			continue
		}
		if i >= main && len(s.zones.attached) == 0 && p.reading.scheme != annexed && !under(units, cands, bounds[i]) {
			continue // stray numbers behind the signature
		}
		units = append(units, unit{cand: &cands[i], label: p.reading, depth: p.depth, doubt: p.doubt, limit: bounds[i]})
	}
	s.units = units
	s.writeSections()
	s.zones.opening = zone{s.zones.head.to, s.zones.body.to}
	if len(units) > 0 && units[0].cand.line < s.zones.body.to {
		s.zones.opening.to = units[0].cand.line
	}
	s.zones.body.from = s.zones.opening.to
}

// under reports whether an annex is open in the zone that ends at a limit.
func under(units []unit, cands []candidate, limit int) bool {
	return len(units) > 0 && units[len(units)-1].limit == limit
}

// unit is a candidate that became a node.
type unit struct {
	cand  *candidate
	label *label
	depth int
	doubt string
	limit int // the line before which it ends at the latest
	to    int // the line after its last one
}
