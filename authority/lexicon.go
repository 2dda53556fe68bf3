package authority

import (
	"maps"
	"slices"
	"strings"
	"sync"
)

// A lexicon holds all that a name, or a part of one, can begin with: spellings of bodies and of groups, titles,
// quantifiers. It is a trie over the bytes of keys, so that one walk along a name finds every entry that begins
// at one of its words. There are two, by key and, for names typed without diacritics, by fold.
type lexicon struct {
	nodes   []node // nodes[0] is the root
	entries []entry
	fold    bool // its keys are folds
}

// node is a place in the trie. Its children stand together, by their byte.
type node struct {
	child int32 // the first child
	entry int32 // 1 + the entry that ends here; 0 is none
	many  uint8 // children
	label byte  // the byte that leads here
}

// entry is what a key stands for, which may be several things at once: "Công an" is a body, and a word that
// says how its name is cut.
type entry struct {
	forms []form
	group *groupForm
	sets  wordSet
	long  string // what it is written out as, where it is an abbreviation; by key only
}

// match is an entry that the words of a name up to end spell.
type match struct {
	end int
	*entry
}

var lexicons = sync.OnceValues(buildLexicons)

func byKey() *lexicon {
	x, _ := lexicons()
	return x
}

func byFold() *lexicon {
	_, x := lexicons()
	return x
}

func buildLexicons() (byKey, byFold *lexicon) {
	keys, folds := map[string]*entry{}, map[string]*entry{}
	add := func(spelling string, set func(*entry)) {
		n := scanned(spelling)
		defer n.free()
		for _, to := range []struct {
			m   map[string]*entry
			key string
		}{{keys, n.keys}, {folds, n.fold(0, len(n.words))}} {
			e := to.m[to.key]
			if e == nil {
				e = &entry{}
				to.m[to.key] = e
			}
			set(e)
		}
	}
	for i := range bodies().kinds {
		k := &bodies().kinds[i]
		for x, s := range slices.Concat(k.spellings, k.made) {
			spelling, open := strings.CutSuffix(s, "…")
			f := form{i, open, x >= len(k.spellings)}
			add(spelling, func(e *entry) {
				if !slices.ContainsFunc(e.forms, func(g form) bool { return g.kind == i && g.open == open }) {
					e.forms = append(e.forms, f)
				}
			})
		}
	}
	for _, g := range groups().forms {
		add(g.spelling, func(e *entry) { e.group = g })
	}
	for class, words := range words().classes {
		for _, s := range words {
			add(s, func(e *entry) { e.sets |= wordSet(1) << class })
		}
	}
	for _, longs := range []map[string]string{abbreviations(), bodies().written} {
		for key, long := range longs {
			e := keys[key]
			if e == nil {
				e = &entry{}
				keys[key] = e
			}
			if long != "" {
				e.long = long
			}
		}
	}
	byKey, byFold = newLexicon(keys), newLexicon(folds)
	byFold.fold = true
	return byKey, byFold
}

func newLexicon(m map[string]*entry) *lexicon {
	keys := slices.Sorted(maps.Keys(m))
	x := &lexicon{nodes: make([]node, 1, 12*len(keys)), entries: make([]entry, 0, len(keys))}
	for _, key := range keys {
		x.entries = append(x.entries, *m[key])
	}
	x.grow(0, keys, 0, 0)
	return x
}

// grow gives node at its children. keys are those that begin with the depth bytes that lead to it, in order;
// the first of them is entry number from.
func (x *lexicon) grow(at int, keys []string, from, depth int) {
	if len(keys) > 0 && len(keys[0]) == depth {
		from++
		keys = keys[1:]
		x.nodes[at].entry = int32(from)
	}
	child := len(x.nodes)
	x.nodes[at].child = int32(child)
	for i, key := range keys {
		if i == 0 || keys[i-1][depth] != key[depth] {
			x.nodes = append(x.nodes, node{label: key[depth]})
			x.nodes[at].many++
		}
	}
	for lo := 0; lo < len(keys); child++ {
		hi := lo + 1
		for hi < len(keys) && keys[hi][depth] == keys[lo][depth] {
			hi++
		}
		x.grow(child, keys[lo:hi], from+lo, depth+1)
		lo = hi
	}
}

// step is the node that a byte leads to, or -1.
func (x *lexicon) step(at int32, b byte) int32 {
	n := &x.nodes[at]
	for c := n.child; c < n.child+int32(n.many); c++ {
		if x.nodes[c].label == b {
			return c
		}
	}
	return -1
}

// walk appends to to the entries that begin at word i of a name, the longest first.
func (x *lexicon) walk(n *name, i int, to []match) []match {
	part := (*name).key
	if x.fold {
		part = (*name).fold
	}
	first := len(to)
	at := int32(0)
words:
	for e := i; e < len(n.words); e++ {
		w := part(n, e, e+1)
		if w == "" {
			continue // "và" has no key
		}
		for k := range len(w) {
			if at = x.step(at, w[k]); at < 0 {
				break words
			}
		}
		if found := x.nodes[at].entry; found > 0 {
			to = append(to, match{e + 1, &x.entries[found-1]})
		}
	}
	slices.Reverse(to[first:])
	return to
}

// matches are the entries that begin at word i, the longest first: by key, or by fold for a name without marks.
func (n *name) matches(i int) []match {
	if i >= len(n.words) {
		return nil
	}
	w := &n.words[i]
	if w.m1 == 0 {
		x := byKey()
		if !n.marks {
			x = byFold()
		}
		w.m0 = int16(len(n.matched))
		n.matched = x.walk(n, i, n.matched)
		w.m1 = int16(len(n.matched))
	}
	return n.matched[w.m0:w.m1]
}
