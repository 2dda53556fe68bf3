package index

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"kehoach/normalize"
	"kehoach/plan"
)

// Query asks for records. The zero Query finds every plan, newest first. Words are written in the language of
// parse.go; the filter and what the words say of fields must both hold.
type Query struct {
	Words   string
	Literal bool   // no sign and no word in Words has a meaning of its own
	Plain   string // more words, always literal: what stands after -- on a command line
	Exact   bool   // where nothing answers, nothing is found: no word is spelt anew, and none is left out
	Filter  plan.Filter
	Sort    string // ByScore, ByIssued or ByAdded; "" is by score where there are words, else by date of issue
	Limit   int    // hits at most; 0 is none, and the totals all the same
	Offset  int    // hits left out before them
	Grouped bool   // hits come by plan, the best three of each; Limit and Offset count plans
	Among   []Hit  // only these records; nil is all

	// Facets are counted beside the hits, see Index.Facets.
	Facets []string
}

// The orders of hits. Dates go from the newest; what has none comes last.
const (
	ByScore  = "score"
	ByIssued = "issued"
	ByAdded  = "added"
)

// The bounds of a query, beyond which it is refused.
const (
	maxQueryBytes = 1 << 14
	maxQueryWords = 256
	maxQuotes     = 12 // of two words or more: each is followed from place to place
	maxNears      = 6
	maxDepth      = 32
	maxHits       = 1 << 20 // Offset and Limit together
)

// strictWords is how many plain words of a query are all wanted. Whoever writes more asks a question in sentences: then a part of
// them, leastShare, is enough, and the ranking brings up what holds more of them.
const (
	strictWords = 6
	leastShare  = 0.15
)

// op is what a node of a query does with its parts.
type op uint8

const (
	opAll    op = iota // every kid holds; those that are opNot do not
	opAny              // one of its kids holds
	opMost             // so many of its kids hold as need says
	opNot              // its one kid does not hold
	opWord             // its one word stands somewhere
	opPhrase           // its words stand side by side
	opNear             // its two kids, words or phrases, stand within need words of each other
	opField            // the plan or the section passes a condition
	opNone             // nothing holds: what was asked for has no letter and no digit
)

// node is a query, or a part of one.
type node struct {
	op    op
	kids  []*node
	words []queryWord
	in    string // of opWord and opPhrase: the only field that is looked at
	need  int    // of opMost and opNear
	plain bool   // an opWord, or an opAny of a name and its abbreviations, that was written as plain words

	conds []condition // of opField, for plans
	kinds []plan.Kind // of opField, for sections
}

// queryWord is a word that is looked for.
type queryWord struct {
	term
	first bool  // it opens a clause of the query: no phrase joins it to the word before
	name  *name // the name that it is a part of, where that has abbreviations
	part  int   // which part
	weak  bool  // it belongs to the form of a question
}

// name is a run of words that is also written short: one abbreviation or several.
type name struct {
	words int
	long  []queryWord
	short []term
}

// wanted is a word that a query wants, in the order in which they stand there.
type wanted struct {
	queryWord
	again bool // it stood there before
	next  bool // it stands right behind the one before, so that the two together are worth more
}

// query is a Query that has been read.
type query struct {
	root   *node
	filter plan.Filter
	among  []Hit       // the only records that are looked at; nil is all
	conds  []condition // of the filter and of the fields that the words name
	words  []wanted
	bare   bool // no wanted word bears a mark
	facets []FacetKind
	places []*node // wanted words and phrases, for the snippet
}

// parse reads a query: its words in the language, where they are not literal, and with what was typed without an input
// method (Telex, VNI) turned into letters.
func (q Query) parse() (*query, error) {
	if len(q.Words)+len(q.Plain) > maxQueryBytes {
		return nil, fmt.Errorf("index: %w: it is longer than %d bytes", ErrQuery, maxQueryBytes)
	}
	if q.Limit < 0 || q.Offset < 0 || q.Limit > maxHits || q.Offset > maxHits {
		return nil, fmt.Errorf("index: %w: limit %d and offset %d must be from 0 to %d", ErrQuery, q.Limit, q.Offset, maxHits)
	}
	switch q.Sort {
	case "", ByScore, ByIssued, ByAdded:
	default:
		return nil, fmt.Errorf("index: %w: sort %q is none of %s, %s, %s", ErrQuery, q.Sort, ByScore, ByIssued, ByAdded)
	}
	parsed := &query{root: &node{op: opAll}, filter: q.Filter, among: q.Among}
	if q.Literal {
		parsed.literal(q.Words)
	} else if err := parsed.language(q.Words); err != nil {
		return nil, err
	}
	parsed.literal(q.Plain)
	if len(parsed.root.kids) == 0 && !parsed.filtered() && strings.TrimSpace(q.Words+q.Plain) != "" {
		parsed.root.kids = []*node{{op: opNone}}
	}
	if n := parsed.root.count(); n > maxQueryWords {
		return nil, fmt.Errorf("index: %w: it has %d words, and may have %d", ErrQuery, n, maxQueryWords)
	}
	if n := parsed.root.size(); n > 2*maxQueryWords {
		return nil, fmt.Errorf("index: %w: it has %d parts, and may have %d", ErrQuery, n, 2*maxQueryWords)
	}
	if parsed.root.count() > maxNears { // a short query costs nothing
		parsed.root.once()
	}
	quotes, nears := parsed.root.followed()
	if quotes > maxQuotes {
		return nil, fmt.Errorf("index: %w: it has %d quotes of several words, and may have %d", ErrQuery, quotes, maxQuotes)
	}
	if nears > maxNears {
		return nil, fmt.Errorf("index: %w: it has NEAR %d times, and may have it %d times", ErrQuery, nears, maxNears)
	}
	conds, err := conditions(parsed.filter)
	if err == nil {
		parsed.facets, err = facetKinds(q.Facets)
	}
	if err != nil {
		return nil, err
	}
	parsed.conds = append(conds, parsed.conds...)
	parsed.root.soften(strictWords)
	parsed.collect()
	return parsed, nil
}

// filtered reports whether the words named a field at the top.
func (p *query) filtered() bool { return len(p.conds) > 0 || len(p.filter.Kind) > 0 }

// literal adds words without any meaning of signs.
func (p *query) literal(words string) {
	if typed, ok := normalize.Typed(words); ok {
		words = typed
	}
	var list []*node
	quotes, _ := p.root.followed()
	for _, w := range strings.Fields(words) {
		n := leaf(w, false)
		switch {
		case n == nil:
			continue
		case n.op != opPhrase || len(n.words) == 1:
		case quotes < maxQuotes:
			quotes++
		default: // of so many that are written together, the words are looked for
			for _, one := range n.words {
				list = append(list, &node{op: opWord, words: []queryWord{one}, plain: true})
			}
			continue
		}
		list = append(list, n)
	}
	p.root.kids = append(p.root.kids, plainWords(list)...)
}

// leaf is the node of a word or a quote; nil where it holds no word. A word that is written as one is looked for
// as one (889/QĐ-TTg), and otherwise as its parts side by side.
func leaf(text string, quoted bool) *node {
	var words []queryWord
	s := newScanner(text)
	for {
		t, ok := s.scan()
		if !ok {
			break
		}
		written := text[t.start:t.end]
		w := queryWord{term: termOf(written), first: t.first}
		switch {
		case !t.whole:
			words = append(words, w)
		case !quoted && strings.TrimFunc(text, isPunctuation) == written:
			return &node{op: opWord, words: []queryWord{w}, plain: true}
		}
	}
	switch {
	case len(words) == 0:
		return nil
	case len(words) == 1 && !quoted:
		return &node{op: opWord, words: words, plain: true}
	}
	return &node{op: opPhrase, words: words}
}

func isPunctuation(r rune) bool {
	return r != '%' && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
}

// count is the number of words below a node.
func (n *node) count() int {
	total := len(n.words)
	for _, kid := range n.kids {
		total += kid.count()
	}
	return total
}

// size is the number of nodes of a query.
func (n *node) size() int {
	total := 1
	for _, kid := range n.kids {
		total += kid.size()
	}
	return total
}

// followed is how many quotes of two words or more, and how many NEAR, stand below a node: those whose words are followed from place to
// place.
func (n *node) followed() (quotes, nears int) {
	switch {
	case n.op == opNear:
		return 0, 1
	case n.op == opPhrase && len(n.words) > 1:
		return 1, 0
	}
	for _, kid := range n.kids {
		q, k := kid.followed()
		quotes, nears = quotes+q, nears+k
	}
	return quotes, nears
}

// once takes out of every opAll and opAny what stands there again: parts that hold the same.
func (n *node) once() {
	if n.op == opNear {
		return // its two kids may be the same
	}
	var kids []*node
	seen := make(map[string]bool)
	for _, kid := range n.kids {
		kid.once()
		if kid.op == opPhrase || kid.op == opNear {
			key := kid.written()
			if seen[key] {
				continue
			}
			seen[key] = true
		}
		kids = append(kids, kid)
	}
	n.kids = kids
}

// written tells phrases and NEARs apart.
func (n *node) written() string {
	s := fmt.Sprint(n.op, n.in, n.need)
	for i, w := range n.words {
		s += " " + w.String()
		if w.first && i > 0 {
			s += ","
		}
	}
	for _, kid := range n.kids {
		s += " (" + kid.written() + ")"
	}
	return s
}

// soften puts the plain words of every opAll into an opMost where they are more than strict different ones. Words that only
// give a question its form are not counted, and wanted no more.
func (n *node) soften(strict int) {
	for _, kid := range n.kids {
		kid.soften(strict)
	}
	if n.op != opAll {
		return
	}
	var plain, rest []*node
	seen := make(map[term]bool)
	for _, kid := range n.kids {
		switch {
		case !kid.plain:
			rest = append(rest, kid)
		case kid.op == opWord && kid.words[0].weak:
		default:
			key := kid.key()
			if !seen[key] {
				plain = append(plain, kid)
			}
			seen[key] = true
		}
	}
	if len(plain) <= strict {
		return
	}
	asked := slices.DeleteFunc(slices.Clone(n.kids), func(kid *node) bool { return !kid.plain })
	most := &node{op: opMost, kids: plain, need: max(2, int(leastShare*float64(len(plain))))}
	for _, kid := range asked { // for the ranking, which reads all of them in their order
		for _, w := range kid.leaves() {
			w.first = false // what was written as words of their own stands side by side
			most.words = append(most.words, w)
		}
	}
	n.kids = append([]*node{most}, rest...)
}

// key is what makes a plain node another than the next: its word, or the abbreviation that it was written as.
func (n *node) key() term {
	if n.op == opWord {
		return n.words[0].term
	}
	return n.kids[1].words[0].term
}

// leaves is the words of a plain node, an abbreviation written out.
func (n *node) leaves() []queryWord {
	if n.op == opAny {
		return n.kids[0].words
	}
	return n.words
}

// collect lists what is wanted.
func (p *query) collect() {
	p.bare = true
	apart := true
	seen := make(map[term]bool)
	take := func(words []queryWord) {
		for i := range words {
			w := words[i]
			p.bare = p.bare && w.marks == ""
			p.words = append(p.words, wanted{w, seen[w.term], !apart && (i == 0 || !w.first)})
			seen[w.term], apart = true, false
		}
	}
	var walk func(n *node)
	walk = func(n *node) {
		switch n.op {
		case opNot:
			apart = true
			return
		case opWord, opPhrase:
			p.places = append(p.places, n.shown()...)
			take(n.words)
			return
		case opMost:
			take(n.words)
			for _, kid := range n.kids {
				p.places = append(p.places, kid.shown()...)
			}
			return
		case opAny:
			if n.plain {
				take(n.leaves())
				p.places = append(p.places, n.shown()...)
				return
			}
		}
		for _, kid := range n.kids {
			apart = apart || n.op == opAny
			walk(kid)
		}
	}
	walk(p.root)
}

// shown is what a word, a phrase or an abbreviation may stand as in a text.
func (n *node) shown() []*node {
	if n.op == opAny {
		return n.kids
	}
	list := []*node{n}
	if w := n.words[0]; n.plain && w.name != nil && w.part == 0 {
		for _, short := range w.name.short {
			list = append(list, &node{op: opWord, words: []queryWord{{term: short}}})
		}
	}
	return list
}
