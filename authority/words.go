package authority

import (
	_ "embed"
	"sync"

	"kehoach/internal/tsv"
	"kehoach/plan"
)

//go:embed tables/words.tsv
var wordsTSV string

// wordSet is a set of classes of words.tsv, as bits.
type wordSet uint16

const (
	verbs wordSet = 1 << iota
	titles
	quantifiers
	generic
	proper
	loose
)

// wordTable is words.tsv, read.
type wordTable struct {
	classes [6][]string // the words that names begin with, in the order of the bits

	narrowing, smaller, linking, standing *keySet // what stands inside names or at their end

	tierKeys, tierFolds map[string]tier
}

var words = sync.OnceValue(loadWords)

func loadWords() *wordTable {
	t := &wordTable{tierKeys: map[string]tier{}, tierFolds: map[string]tier{}}
	sets := map[string][]string{}
	for _, r := range tsv.MustParse("words.tsv", wordsTSV, "class", "words").Rows {
		sets[r[0]] = tsv.List(r[1])
	}
	list := func(class string) []string {
		if len(sets[class]) == 0 {
			panic("authority: words.tsv: no " + class)
		}
		return sets[class]
	}
	for i, class := range []string{"verb", "title", "each", "generic", "proper", "loose"} {
		t.classes[i] = list(class)
	}
	for class, to := range map[string]**keySet{"narrow": &t.narrowing, "smaller": &t.smaller, "link": &t.linking, "standing": &t.standing} {
		set := &keySet{keys: map[string]bool{}, folds: map[string]bool{}}
		for _, s := range list(class) {
			n := scanned(s)
			set.keys[n.keys], set.folds[n.fold(0, len(n.words))] = true, true
			set.longest = max(set.longest, len(n.words))
			n.free()
		}
		*to = set
	}
	for class, of := range map[string]tier{"province": {plan.Provincial, false}, "city": {plan.Provincial, true}, "district": {plan.District, false},
		"commune": {plan.Commune, false}, "central": {plan.Central, false}} {
		for _, s := range list(class) {
			t.tierKeys[keyOf(s)], t.tierFolds[foldOf(s)] = of, of
		}
	}
	return t
}

// skip is the word after the longest entry of a set that begins at word i and ends at j or before, or i.
func (n *name) skip(set wordSet, i, j int) int {
	for _, m := range n.matches(i) {
		if m.sets&set != 0 && m.end <= j {
			return m.end
		}
	}
	return i
}

// keySet is a set of words by their keys, and by their folds for names without marks.
type keySet struct {
	keys, folds map[string]bool
	longest     int // words
}

// has reports whether words i..j are in the set.
func (set *keySet) has(n *name, i, j int) bool {
	if n.marks {
		return set.keys[n.key(i, j)]
	}
	return set.folds[n.key(i, j)]
}

// cut is where the longest of the set begins that ends at word j and begins after i, or j.
func (set *keySet) cut(n *name, i, j int) int {
	for k := max(i+1, j-set.longest); k < j; k++ {
		if set.has(n, k, j) {
			return k
		}
	}
	return j
}

// tier is a word for a tier of government. A city may be of either of two.
type tier struct {
	level plan.Level
	city  bool
}

// tier reads a word for a tier at word k; next is k where there is none.
func (n *name) tier(k, j int) (t tier, next int) {
	if k < 0 {
		return tier{}, k
	}
	tiers := words().tierKeys
	if !n.marks {
		tiers = words().tierFolds
	}
	for e := min(k+2, j); e > k; e-- {
		if t, ok := tiers[n.key(k, e)]; ok {
			return t, e
		}
	}
	return tier{}, k
}
