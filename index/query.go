package index

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"kehoach/plan"
)

// Query asks for records. The zero Query finds every plan, newest first.
//
// Words are all wanted; "words in quotes" stand side by side; a word or quote behind a minus is not wanted.
type Query struct {
	Words   string
	Literal bool   // quotes and minuses in Words mean nothing
	Plain   string // more words, always literal: what stands after -- on a command line
	Filter  plan.Filter
	Sort    string // ByScore, ByIssued or ByAdded; "" is by score where there are words, else by date of issue
	Limit   int    // hits at most; 0 is none, and the totals all the same
	Offset  int    // hits left out before them
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
	maxQueryWords = 64
	maxHits       = 1 << 20 // Offset and Limit together
)

// op is what a node of a query does with its parts.
type op uint8

const (
	opAll    op = iota // every kid holds; those that are opNot do not
	opNot              // its one kid does not hold
	opWord             // its one word stands somewhere
	opPhrase           // its words stand side by side
	opNone             // nothing holds: what was asked for has no letter and no digit
)

// node is a query, or a part of one.
type node struct {
	op    op
	kids  []*node
	words []queryWord
}

// queryWord is a word that is looked for.
type queryWord struct {
	term
	first bool // it opens a clause of the query: no phrase joins it to the word before
}

// wanted is a word that a query wants, in the order in which they stand there.
type wanted struct {
	term
	again bool // it stood there before
	next  bool // it stands right behind the one before, so that the two together are worth more
}

// query is a Query that has been read.
type query struct {
	root   *node
	words  []wanted
	bare   bool    // no wanted word bears a mark
	places []*node // wanted words and phrases, for the snippet
}

// syntaxError says where a query goes wrong, and what would be right.
func syntaxError(words string, at int, what, hint string) error {
	return fmt.Errorf("index: %w: %s at character %d; %s", ErrQuery, what, utf8.RuneCountInString(words[:at])+1, hint)
}

// parse reads the words of a query.
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
	parsed := &query{root: &node{op: opAll}}
	var err error
	if q.Literal {
		parsed.literal(q.Words)
	} else {
		err = parsed.language(q.Words)
	}
	if err != nil {
		return nil, err
	}
	parsed.literal(q.Plain)
	if len(parsed.root.kids) == 0 && strings.TrimSpace(q.Words+q.Plain) != "" {
		parsed.root.kids = []*node{{op: opNone}}
	}
	parsed.collect()
	if n := parsed.root.count(); n > maxQueryWords {
		return nil, fmt.Errorf("index: %w: it has %d words, and may have %d", ErrQuery, n, maxQueryWords)
	}
	return parsed, nil
}

// literal adds words without any meaning of signs.
func (p *query) literal(words string) {
	for _, w := range strings.Fields(words) {
		p.add(leaf(w, false), false)
	}
}

// quotes are the marks that open a phrase, with those that close it.
var quotes = map[rune]string{'"': `"`, '“': "”\"", '”': "”\"", '„': "“”\"", '«': "»"}

// language reads words, quotes and minuses.
func (p *query) language(words string) error {
	for at := 0; at < len(words); {
		r, size := utf8.DecodeRuneInString(words[at:])
		if unicode.IsSpace(r) {
			at += size
			continue
		}
		start := at
		not := r == '-'
		if not {
			at++
			r, size = utf8.DecodeRuneInString(words[at:])
		}
		if closers, ok := quotes[r]; ok {
			at += size
			end := strings.IndexAny(words[at:], closers)
			if end < 0 {
				return syntaxError(words, start, "a quote is opened", "close it, or write the words after --")
			}
			p.add(leaf(words[at:at+end], true), not)
			_, size = utf8.DecodeRuneInString(words[at+end:])
			at += end + size
			continue
		}
		end := at + strings.IndexFunc(words[at:], func(r rune) bool { return unicode.IsSpace(r) || quotes[r] != "" })
		if end < at {
			end = len(words)
		}
		p.add(leaf(words[at:end], false), not)
		at = end
	}
	return nil
}

func (p *query) add(n *node, not bool) {
	if n == nil {
		return
	}
	if not {
		n = &node{op: opNot, kids: []*node{n}}
	}
	p.root.kids = append(p.root.kids, n)
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
		w := queryWord{termOf(written), t.first}
		switch {
		case !t.whole:
			words = append(words, w)
		case !quoted && strings.TrimFunc(text, isPunctuation) == written:
			return &node{op: opWord, words: []queryWord{w}}
		}
	}
	switch {
	case len(words) == 0:
		return nil
	case len(words) == 1 && !quoted:
		return &node{op: opWord, words: words}
	}
	return &node{op: opPhrase, words: words}
}

func isPunctuation(r rune) bool {
	return r != '%' && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
}

func (n *node) count() int {
	total := len(n.words)
	for _, kid := range n.kids {
		total += kid.count()
	}
	return total
}

// collect lists what is wanted.
func (p *query) collect() {
	p.bare = true
	apart := true
	seen := make(map[term]bool)
	var walk func(n *node)
	walk = func(n *node) {
		switch n.op {
		case opNot:
			apart = true
			return
		case opWord, opPhrase:
			p.places = append(p.places, n)
		}
		for i := range n.words {
			w := &n.words[i]
			p.bare = p.bare && w.marks == ""
			p.words = append(p.words, wanted{w.term, seen[w.term], !apart && (i == 0 || !w.first)})
			seen[w.term], apart = true, false
		}
		for _, kid := range n.kids {
			walk(kid)
		}
	}
	walk(p.root)
}
