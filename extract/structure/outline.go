package structure

import (
	"strings"

	"kehoach/plan"
)

// The outline is a parse of the whole sequence of labels, not of single lines. Every line that can open a unit is a candidate;
// nest chooses the cheapest nesting under which the labels count on.

// candidate is a line that may open a unit, with the ways its label can be read.
type candidate struct {
	line     int
	readings []label
	fresh    bool // begins an annex or an attached document: the nesting starts anew
	lower    bool // its words begin in lower case in the middle of a sentence
	capital  bool // its words are capitals
	lost     bool // no label is printed: it may have been lost
	colon    bool // it ends in a colon
	wild     int  // the bytes of a label that nobody can read, or 0
	rest     int  // where its words begin, of such a label
	asText   int  // the cost of leaving it out
	asLabel  int  // the cost of any of its readings
}

// candidates are the lines of a zone that may open a unit.
func (s *state) candidates(z zone, fresh bool) []candidate {
	out := make([]candidate, 0, max(z.to-z.from, 0)/2)
	for i := z.from; i < z.to; i++ {
		l := &s.lines[i]
		if l.isRow() || l.style == plan.Footnote {
			continue
		}
		if strings.HasPrefix(l.text, "“") {
			i = max(i, s.quoteEnd(i, z.to))
			continue
		}
		readings := readLabel(l.text, l.fold)
		printed := len(readings)
		for r := range readings {
			readings[r].odd = r * costUnusual
			if readings[r].weak {
				readings[r].odd += 2
			}
		}
		readings = append(readings, damagedLabels(l.text, l.fold, readings)...)
		c := candidate{line: i, readings: readings, fresh: fresh && len(out) == 0}
		c.wild, c.rest = wildLabel(l.text, readings[:printed])
		if len(readings) > 0 {
			c.rest = readings[0].rest
		} else if c.wild == 0 {
			continue
		}
		rest := l.text[c.rest:]
		c.lower = rest != "" && !opensUpper(rest) && rest[0] != '"' && !strings.HasPrefix(rest, "“") && !isDigit(rest[0]) && i > z.from && openEnded(s.lines[i-1].text)
		c.capital = mostlyCapitals(rest)
		c.colon = strings.HasSuffix(rest, ":")
		if printed == 0 {
		} else if first := readings[0]; first.scheme == bracketed && first.value > 1 && i > z.from && strings.LastIndex(s.lines[i-1].text, "("+pad(first.value-1, 1)+")") > 0 {
			c.lower = true // an enumeration inside a paragraph that was broken: "…: (1) …;" / "(2) …"
		}
		c.asText = costText
		switch {
		case printed == 0 && (c.wild > 0 || c.capital || readings[0].odd < costMend && opensUpper(rest)):
			c.asText = costMend + 1
		case printed == 0:
			c.asText = costWeakText + 1
		case readings[0].weak:
			c.asText = costWeakText + 2
		case c.lower:
			c.asText = costWeakText
		case c.capital:
			c.asText = 2 * costText
		}
		if c.lower {
			c.asLabel = 3
		}
		if printed == 0 {
			out = append(out, c)
			continue
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
	return withLost(s.lines, z.from, out)
}

// maxQuote is how many lines the words may have that one document puts into another.
const maxQuote = 80

// quoteEnd is the last line of a quotation that begins at a line and goes on over others: what an amendment writes into another
// document has labels of that document. It is the line itself where the quotation ends there, or nowhere.
func (s *state) quoteEnd(i, to int) int {
	open := 0
	for k := i; k < min(to, i+maxQuote); k++ {
		open += strings.Count(s.lines[k].text, "“") - strings.Count(s.lines[k].text, "”")
		if open <= 0 {
			return k
		}
	}
	return i
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
		units = append(units, unit{cand: &cands[i], label: p.reading, depth: int(p.depth), doubt: doubtWords[p.doubt], lost: p.lost, limit: bounds[i]})
	}
	s.mendLabels(units)
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
	lost  bool // its label is not printed
	limit int  // the line before which it ends at the latest
	to    int  // the line after its last one
}
