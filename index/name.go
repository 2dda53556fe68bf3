package index

import (
	_ "embed"
	"maps"
	"slices"
	"strings"
	"sync"

	"kehoach/authority"
	"kehoach/internal/tsv"
	"kehoach/normalize"
)

// names are the runs of words that are also written short (Thông tin và Truyền thông, TT&TT), by the fold of their words.
var names = sync.OnceValue(func() map[string]*name {
	m := make(map[string]*name)
	add := func(short, long string) {
		words := termsOf(long)
		key := normalize.Fold(short)
		if len(words) < 2 || len(words) > longestName || len(key) < 3 || normalize.Valid(key) || strings.Contains(short, " ") {
			return // what is a syllable too, or has two letters, stands for too many things
		}
		n := m[foldsOf(words)]
		if n == nil {
			n = &name{words: len(words)}
			for i, w := range words {
				n.long = append(n.long, queryWord{term: w, name: n, part: i})
			}
			m[foldsOf(words)] = n
		}
		for _, form := range []string{short, strings.NewReplacer("&", "", "-", "").Replace(short)} {
			if t := termOf(form); !slices.Contains(n.short, t) {
				n.short = append(n.short, t)
			}
		}
	}
	for short, long := range normalize.Abbreviations() {
		add(short, long)
	}
	for short, long := range authority.Abbreviations() {
		add(short, long)
	}
	return m
})

// byShort leads from an abbreviation to its name.
var byShort = sync.OnceValue(func() map[string]*name {
	m := make(map[string]*name)
	for _, long := range slices.Sorted(maps.Keys(names())) {
		n := names()[long]
		for _, s := range n.short {
			if have := m[s.fold]; have == nil || n.words < have.words {
				m[s.fold] = n
			}
		}
	}
	return m
})

// longestName is how many words a name has at most.
const longestName = 8

// termsOf is the words of a text.
func termsOf(text string) (list []term) {
	s := newScanner(text)
	for {
		t, ok := s.scan()
		if !ok {
			return list
		}
		if !t.whole {
			list = append(list, termOf(text[t.start:t.end]))
		}
	}
}

func foldsOf(words []term) string {
	var b strings.Builder
	for i, w := range words {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(w.fold)
	}
	return b.String()
}

//go:embed question.tsv
var questionTSV string

// questions are the runs of words that give a question its form, by their folds.
var questions = sync.OnceValue(func() map[string][]term {
	m := make(map[string][]term)
	for _, row := range tsv.MustParse("question.tsv", questionTSV, "phrase").Rows {
		words := termsOf(row[0])
		m[foldsOf(words)] = words
	}
	return m
})

// longestQuestion is how many words such a run has at most.
const longestQuestion = 7

// plainWords looks through words that were written without signs: it marks those that only give a question its form, and tells names
// that have abbreviations, and abbreviations that have names.
func plainWords(list []*node) []*node {
	markWeak(list)
	var out []*node
	for i := 0; i < len(list); {
		n := list[i]
		if n.op != opWord {
			out = append(out, n)
			i++
			continue
		}
		if long := byShort()[n.words[0].fold]; long != nil {
			out = append(out, long.spelled(n.words[0]))
			i++
			continue
		}
		run := 1
		if long, words := longest(list[i:], names(), longestName, func(n *name) []term { return n.terms() }); words > 0 {
			for part := range words {
				list[i+part].words[0].name, list[i+part].words[0].part = long, part
			}
			run = words
		}
		out = append(out, list[i:i+run]...)
		i += run
	}
	return out
}

// terms is the words of the long form.
func (n *name) terms() (list []term) {
	for _, w := range n.long {
		list = append(list, w.term)
	}
	return list
}

// spelled is the node of an abbreviation: what it stands for, side by side, or one of its abbreviations.
func (n *name) spelled(as queryWord) *node {
	any := &node{op: opAny, plain: true, kids: []*node{{op: opPhrase, words: n.long}, {op: opWord, words: []queryWord{{term: as.term}}}}}
	for _, s := range n.short {
		if s.fold != as.fold {
			any.kids = append(any.kids, &node{op: opWord, words: []queryWord{{term: s}}})
		}
	}
	return any
}

// longest finds the longest run at the start of a list that stands in a table; each word may lack marks, but not differ.
func longest[T any](list []*node, table map[string]T, most int, words func(T) []term) (found T, n int) {
	var key strings.Builder
	for i, w := range list {
		if i == most || w.op != opWord {
			break
		}
		if i > 0 {
			key.WriteByte(' ')
		}
		key.WriteString(w.words[0].fold)
		if i == 0 {
			continue
		}
		v, ok := table[key.String()]
		if !ok {
			continue
		}
		for j, t := range words(v) {
			if fits(list[j].words[0].marks, t.marks) < omitted {
				ok = false
			}
		}
		if ok {
			found, n = v, i+1
		}
	}
	return found, n
}

// enough is how many words must be left when the form of a question is taken away.
const enough = 3

// markWeak marks the words that give a question its form, where enough others are left.
func markWeak(list []*node) {
	var weak []int
	for i := 0; i < len(list); {
		_, n := longest(list[i:], questions(), longestQuestion, func(t []term) []term { return t })
		for j := range n {
			weak = append(weak, i+j)
		}
		i += max(1, n)
	}
	if len(list)-len(weak) < enough {
		return
	}
	for _, i := range weak {
		list[i].words[0].weak = true
	}
}
