package index

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"kehoach/normalize"
)

// The language of queries:
//
//	văn hóa đọc            words: each of them (of more than six, a good part of them)
//	"văn hóa đọc"          side by side
//	-kinh  NOT kinh        without this word, quote, field or parenthesis
//	lúa OR ngô             one of the two sides; words side by side bind closer than OR
//	lúa nước NEAR/5 ngô    at most five words between what stands on the left and on the right, in either order
//	(…)                    one part of a query
//	province:"Kiên Giang"  a field (field.go)
//
// OR, NOT, AND and NEAR are written in capitals; AND says what blanks say.

// Fault is a query that cannot be understood: where it goes wrong, and what would be right.
type Fault struct {
	Query      string
	Start, End int // bytes of Query
	What, Hint string
}

func (f *Fault) Error() string {
	return fmt.Sprintf("index: %v: %s at character %d; %s", ErrQuery, f.What, utf8.RuneCountInString(f.Query[:f.Start])+1, f.Hint)
}

// Unwrap makes a Fault an ErrQuery.
func (f *Fault) Unwrap() error { return ErrQuery }

// quotes are the marks that open a phrase, with those that close it.
var quotes = map[rune]string{'"': `"`, '“': "”\"", '”': "”\"", '„': "“”\"", '«': "»"}

// parser reads a query from left to right.
type parser struct {
	text  string
	at    int
	depth int
	top   *query // takes the fields that stand at the top
}

// fault is raised by panic within the parser, and caught in language.
func (p *parser) fault(start, end int, what, hint string) {
	panic(&Fault{Query: p.text, Start: start, End: end, What: what, Hint: hint})
}

// language reads words, signs and fields.
func (p *query) language(words string) (err error) {
	defer func() {
		if r := recover(); r != nil {
			fault, ok := r.(*Fault)
			if !ok {
				panic(r)
			}
			err = fault
		}
	}()
	kept := *p
	root := p.read(words)
	if typed, ok := normalize.Typed(words); ok { // it is right as it stands, so its faults have places; now as it was meant
		*p = kept
		root = p.read(typed)
	}
	if root.op == opAll {
		p.root.kids = append(p.root.kids, root.kids...)
	} else {
		p.root.kids = append(p.root.kids, root)
	}
	return nil
}

func (p *query) read(words string) *node {
	r := &parser{text: words, top: p}
	root := r.either()
	if r.at < len(words) {
		r.fault(r.at, r.at+1, "a parenthesis is closed that was not opened", "take it out, or open one before it")
	}
	return root
}

// word is what stands at the parser: a run without blanks, quotes and parentheses.
func (p *parser) word() string {
	s := p.text[p.at:]
	if end := strings.IndexFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == '(' || r == ')' || quotes[r] != "" }); end >= 0 {
		s = s[:end]
	}
	return s
}

func (p *parser) space() {
	p.at += len(p.text[p.at:]) - len(strings.TrimLeftFunc(p.text[p.at:], unicode.IsSpace))
}

// either reads parts with OR between them.
func (p *parser) either() *node {
	var list []*node
	for {
		p.space()
		start := p.at
		n := p.all()
		p.space()
		more := p.word() == "OR"
		if n == nil && (more || len(list) > 0) {
			if more {
				start = p.at
			} else {
				start = p.lastOR(start)
			}
			p.fault(start, start+2, "OR stands without two sides", `write something on both sides of it, or "or" in small letters for the word`)
		}
		if n == nil {
			n = &node{op: opAll}
		}
		list = append(list, n)
		if !more {
			break
		}
		p.at += len("OR")
	}
	if len(list) == 1 {
		return list[0]
	}
	return &node{op: opAny, kids: list}
}

func (p *parser) lastOR(at int) int { return strings.LastIndex(p.text[:at], "OR") }

// item is a part of an opAll while it is read.
type item struct {
	n          *node
	not        bool
	start, end int
}

// all reads parts that must all hold, to OR, a closing parenthesis or the end; nil where there is none.
func (p *parser) all() *node {
	var items []item
	for {
		p.space()
		w := p.word()
		switch {
		case p.at >= len(p.text), p.text[p.at] == ')', w == "OR":
			if len(items) == 0 {
				return nil
			}
			return &node{op: opAll, kids: p.joined(items)}
		case w == "AND":
			p.at += len(w)
			continue
		case w == "NEAR" || strings.HasPrefix(w, "NEAR/"):
			items = append(items, p.near(items, w))
			continue
		}
		if it := p.one(); it.n != nil {
			items = append(items, it)
		}
	}
}

// joined is the nodes of items, runs of plain words looked through.
func (p *parser) joined(items []item) (kids []*node) {
	items = slices.DeleteFunc(items, func(it item) bool { return it.n == nil })
	for i := 0; i < len(items); {
		if run := plainRun(items[i:]); run > 0 {
			var list []*node
			for _, it := range items[i : i+run] {
				list = append(list, it.n)
			}
			kids = append(kids, plainWords(list)...)
			i += run
			continue
		}
		n := items[i].n
		if items[i].not {
			n = &node{op: opNot, kids: []*node{n}}
		}
		switch {
		case !items[i].not && n.op == opAll: // a parenthesis that changes nothing
			kids = append(kids, n.kids...)
		case !items[i].not && n.op == opField && p.depth == 0 && p.top.hoist(n):
		default:
			kids = append(kids, n)
		}
		i++
	}
	return kids
}

func plainRun(items []item) (n int) {
	for n < len(items) && !items[n].not && items[n].n != nil && items[n].n.op == opWord && items[n].n.plain {
		n++
	}
	return n
}

// one reads a word, a quote, a field or a parenthesis, and the minus before it.
func (p *parser) one() item {
	it := item{start: p.at}
	switch w := p.word(); {
	case w == "NOT":
		p.at += len(w)
		p.space()
		it.not = true
		if next := p.word(); p.at >= len(p.text) || p.text[p.at] == ')' || next == "OR" || next == "AND" {
			p.fault(it.start, it.start+3, "NOT stands before nothing", `write what is not wanted behind it, or "not" in small letters for the word`)
		}
	case p.text[p.at] == '-':
		p.at++
		it.not = true
	}
	if it.not && (p.at >= len(p.text) || unicode.IsSpace(rune(p.text[p.at]))) {
		return item{} // a dash between blanks
	}
	r, size := utf8.DecodeRuneInString(p.text[p.at:])
	switch {
	case r == '(':
		it.n = p.parenthesis()
	case quotes[r] != "":
		it.n = leaf(p.quoted(r, size), true)
	case r == ')':
		return item{}
	default:
		if n, ok := p.field(); ok {
			it.n = n
			break
		}
		w := p.word()
		if w == "" { // no letter, and no sign that is known
			w = p.text[p.at : p.at+size]
		}
		p.at += len(w)
		it.n = leaf(w, false)
	}
	it.end = p.at
	return it
}

// quoted reads a quote, and gives what stands in it.
func (p *parser) quoted(open rune, size int) string {
	start := p.at
	p.at += size
	end := strings.IndexAny(p.text[p.at:], quotes[open])
	if end < 0 {
		p.fault(start, start+size, "a quote is opened and not closed", "close it, or write the words after --")
	}
	text := p.text[p.at : p.at+end]
	_, size = utf8.DecodeRuneInString(p.text[p.at+end:])
	p.at += end + size
	return text
}

func (p *parser) parenthesis() *node {
	start := p.at
	if p.depth++; p.depth > maxDepth {
		p.fault(start, start+1, fmt.Sprintf("more than %d parentheses stand in each other", maxDepth), "leave some out, or write the words after --")
	}
	p.at++
	n := p.either()
	if p.at >= len(p.text) {
		p.fault(start, start+1, "a parenthesis is opened and not closed", "close it, or write the words after --")
	}
	p.at++
	p.depth--
	if n.op == opAll && len(n.kids) == 0 {
		return nil
	}
	if n.op == opAll && len(n.kids) == 1 && n.kids[0].op != opNot {
		n = n.kids[0]
	}
	return n
}

// The words that may stand between two sides of NEAR.
const (
	usualNear = 10
	mostNear  = 100
)

// near reads NEAR or NEAR/5 and what stands on its right. On its left it takes the last item: a quote, or all the plain words that stand
// side by side there, as a phrase. Another NEAR behind it goes on from its right side.
func (p *parser) near(items []item, w string) item {
	start := p.at
	bad := func(what, hint string) { p.fault(start, start+len(w), what, hint) }
	dist := usualNear
	if digits, ok := strings.CutPrefix(w, "NEAR/"); ok {
		var err error
		if dist, err = strconv.Atoi(digits); err != nil || dist < 0 || dist > mostNear {
			bad(w+" has no number of words", fmt.Sprintf("write NEAR/5, or another number up to %d", mostNear))
		}
	}
	p.at += len(w)
	for len(items) > 0 && items[len(items)-1].n == nil {
		items = items[:len(items)-1]
	}
	from := len(items)
	for from > 0 && plainRun(items[from-1:from]) == 1 {
		from--
	}
	var left *node
	switch {
	case from < len(items):
		left = phraseOf(items[from:])
	case from > 0 && !items[from-1].not && items[from-1].n.op == opPhrase:
		left = items[from-1].n
	case from > 0 && !items[from-1].not && items[from-1].n.op == opNear:
		left = items[from-1].n.kids[1]
	default:
		bad(w+" has no word or quote on its left", `write words on both sides: sạt lở NEAR/5 "khu dân cư"`)
	}
	var right []item
	for {
		p.space()
		next := p.word()
		if p.at >= len(p.text) || strings.ContainsRune("()-", rune(p.text[p.at])) || next == "OR" || next == "AND" || next == "NOT" ||
			next == "NEAR" || strings.HasPrefix(next, "NEAR/") {
			break
		}
		at := p.at
		it := p.one()
		if it.n == nil {
			continue
		}
		if it.n.op == opPhrase && len(right) == 0 {
			right = append(right, it)
			break
		}
		if plainRun([]item{it}) == 0 {
			p.at = at
			break
		}
		right = append(right, it)
	}
	if len(right) == 0 {
		bad(w+" has no word or quote on its right", `write words on both sides: sạt lở NEAR/5 "khu dân cư"`)
	}
	n := &node{op: opNear, need: dist, kids: []*node{left, phraseOf(right)}}
	if from < len(items) { // the words of the left side are in it now
		for i := from; i < len(items); i++ {
			items[i].n = nil
		}
	} else if items[from-1].n.op == opPhrase {
		items[from-1].n = nil
	}
	return item{n: n, start: start, end: p.at}
}

// phraseOf is plain words as a phrase; a quote stays what it is.
func phraseOf(items []item) *node {
	if len(items) == 1 && items[0].n.op == opPhrase {
		return items[0].n
	}
	n := &node{op: opPhrase}
	for _, it := range items {
		n.words = append(n.words, it.n.words...)
	}
	for i := range n.words {
		n.words[i].first = false
	}
	return n
}
