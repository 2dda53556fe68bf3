package index

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"kehoach/normalize"
	"kehoach/plan"
)

// asked is a made query of the whole language, with its meaning by the definition.
type asked interface {
	String() string
	// holds reports whether a record answers, and whether it holds something of the query itself.
	holds(l *library, r *naiveRecord) (all, own bool)
	asks() bool
}

type (
	askWord  struct{ word, in string }
	askQuote struct{ words []string }
	askIn    struct { // a quote in one field
		in    string
		words []string
	}
	askShort struct{ short, long string } // an abbreviation, and the name that it stands for
	askNear  struct {
		left, right []string
		most        int
	}
	askAll   []asked
	askAny   []asked
	askNot   struct{ asked }
	askField struct{ *choice } // a field within parentheses, where it is a condition and no filter
)

func (a askWord) String() string {
	if a.in != "" {
		return a.in + ":" + a.word
	}
	return a.word
}
func (a askQuote) String() string { return `"` + strings.Join(a.words, " ") + `"` }
func (a askIn) String() string    { return a.in + `:"` + strings.Join(a.words, " ") + `"` }
func (a askShort) String() string { return a.short }
func (a askNear) String() string {
	return fmt.Sprintf(`("%s" NEAR/%d "%s")`, strings.Join(a.left, " "), a.most, strings.Join(a.right, " "))
}
func (a askAll) String() string   { return "(" + join(a, " ") + ")" }
func (a askAny) String() string   { return "(" + join(a, " OR ") + ")" }
func (a askNot) String() string   { return "-" + a.asked.String() }
func (a askField) String() string { return a.text }

func (askWord) asks() bool  { return true }
func (askQuote) asks() bool { return true }
func (askIn) asks() bool    { return true }
func (askShort) asks() bool { return true }
func (askNear) asks() bool  { return true }
func (a askAll) asks() bool { return slices.ContainsFunc(a, asked.asks) }
func (a askAny) asks() bool { return slices.ContainsFunc(a, asked.asks) }
func (askNot) asks() bool   { return false }
func (askField) asks() bool { return false }

func join[T fmt.Stringer](list []T, with string) string {
	var parts []string
	for _, a := range list {
		parts = append(parts, a.String())
	}
	return strings.Join(parts, with)
}

func (a askWord) holds(l *library, r *naiveRecord) (bool, bool) {
	words := []string{a.word}
	title := l.has(r.title, words, lost)
	switch a.in {
	case "title":
		return title, title && r.Seq == 0
	case "heading":
		all := l.has(r.headings, words, lost)
		return all, all
	}
	own := l.has(r.own, words, lost) || title && r.Seq == 0
	return own || title || l.has(r.headings, words, lost), own
}

func (a askQuote) holds(l *library, r *naiveRecord) (bool, bool) {
	title := l.has(r.title, a.words, omitted)
	own := l.has(r.own, a.words, omitted) || title && r.Seq == 0
	return own || title || len(a.words) == 1 && l.has(r.headings, a.words, omitted), own
}

// In a heading the words stand in any order.
func (a askIn) holds(l *library, r *naiveRecord) (bool, bool) {
	if a.in == "title" {
		title := l.has(r.title, a.words, omitted)
		return title, title && r.Seq == 0
	}
	ok := slices.ContainsFunc(r.headings, func(h naiveText) bool {
		return !slices.ContainsFunc(a.words, func(w string) bool { return !l.has([]naiveText{h}, []string{w}, omitted) })
	})
	return ok, ok
}

func (a askShort) holds(l *library, r *naiveRecord) (bool, bool) {
	return askAny{askWord{word: a.short}, askQuote{strings.Fields(a.long)}}.holds(l, r)
}

func (a askNear) holds(l *library, r *naiveRecord) (bool, bool) {
	near := func(texts []naiveText) bool {
		left, right := l.occurrences(texts, a.left), l.occurrences(texts, a.right)
		for _, l := range left {
			for _, r := range right {
				if gap := r[0] - l[1] - 1; gap >= 0 && gap <= a.most {
					return true
				}
				if gap := l[0] - r[1] - 1; gap >= 0 && gap <= a.most {
					return true
				}
			}
		}
		return false
	}
	title := near(r.title)
	own := near(r.own) || title && r.Seq == 0
	return own || title, own
}

// occurrences is where words stand side by side in texts that follow each other: the first and the last place. The end of a clause
// counts as a place.
func (l *library) occurrences(texts []naiveText, phrase []string) (list [][2]int) {
	if !l.has(texts, phrase, omitted) {
		return nil
	}
	var tokens naiveText
	var places []int
	at := -1
	for _, text := range texts {
		for _, t := range text {
			place := at + 1
			if t.first {
				place++
			}
			if !t.whole { // what is whole takes no place of its own
				at = place
			}
			tokens, places = append(tokens, t), append(places, place)
		}
	}
	looked := l.looked(phrase)
	for i := range tokens {
		if last, ok := naivePhrase(tokens, i, looked, omitted); ok {
			list = append(list, [2]int{places[i], places[last]})
		}
	}
	return list
}

func (a askAll) holds(l *library, r *naiveRecord) (bool, bool) {
	wants := false
	all, own := true, false
	for _, kid := range a {
		if not, ok := kid.(askNot); ok {
			in, _ := not.asked.holds(l, r)
			all = all && !in
			continue
		}
		wants = true
		in, self := kid.holds(l, r)
		all = all && in
		if kid.asks() || !a.asks() {
			own = own || self
		}
	}
	return all, all && (own || !wants)
}

func (a askAny) holds(l *library, r *naiveRecord) (all, own bool) {
	for _, kid := range a {
		in, self := kid.holds(l, r)
		all, own = all || in, own || self
	}
	return all, own
}

func (a askNot) holds(l *library, r *naiveRecord) (bool, bool) { return askAll{a}.holds(l, r) }

func (a askField) holds(l *library, r *naiveRecord) (bool, bool) {
	all := a.passes(l, r)
	return all, all && (a.name == "kind" || r.Seq == 0)
}

// asker makes queries of the words of a library.
type asker struct {
	*library
	rng *rand.Rand
}

// abbreviated are abbreviations that stand for one name each and are its only ones.
var abbreviated = []askShort{{"UBND", "ủy ban nhân dân"}, {"HĐND", "hội đồng nhân dân"}, {"ĐBSCL", "đồng bằng sông cửu long"}}

// text is the tokens of some text of some record.
func (a *asker) text() naiveText {
	for {
		r := a.records[a.rng.IntN(len(a.records))]
		texts := r.own
		switch a.rng.IntN(6) {
		case 0:
			texts = r.title
		case 1:
			texts = r.headings
		}
		if len(texts) > 0 {
			if t := texts[a.rng.IntN(len(texts))]; len(t) > 0 {
				return t
			}
		}
	}
}

// run is words of a query: mostly as they stand side by side in a text, some without their marks.
func (a *asker) run(most int) (list []string) {
	for n := 1 + a.rng.IntN(most); len(list) < n; {
		text := a.text()
		for at := a.rng.IntN(len(text)); at < len(text) && len(list) < n; at++ {
			word := a.words[text[at].word]
			if text[at].whole || len(tokensIn(word)) != 1 || slices.Contains([]string{"OR", "AND", "NOT", "NEAR"}, word) {
				continue
			}
			switch a.rng.IntN(6) {
			case 0:
				word = normalize.Fold(word)
			case 1:
				word = strings.ToUpper(word[:1]) + word[1:]
			}
			list = append(list, word)
			if a.rng.IntN(8) == 0 {
				break
			}
		}
	}
	return list
}

// plain is a word that may be written as one and have parts: a number, a date; no abbreviation.
func (a *asker) plain() string {
	for {
		text := a.text()
		word := a.words[text[a.rng.IntN(len(text))].word]
		if !slices.Contains([]string{"OR", "AND", "NOT", "NEAR"}, word) && !strings.ContainsAny(word, ":-") &&
			byShort()[normalize.Fold(word)] == nil {
			return word
		}
	}
}

// ask makes a query of a depth.
func (a *asker) ask(depth int) asked {
	switch n := a.rng.IntN(13); {
	case n < 2 && depth > 0:
		return askAny{a.ask(depth - 1), a.ask(depth - 1)}
	case n < 5 && depth > 0:
		list := askAll{a.ask(depth - 1), a.ask(depth - 1)}
		if a.rng.IntN(2) == 0 {
			list = append(list, askNot{a.ask(depth - 1)})
		}
		return list
	case n < 6:
		return askNear{a.run(2), a.run(2), a.rng.IntN(8)}
	case n < 8:
		return askQuote{a.run(4)}
	case n == 8 && depth < 3: // at the top it would be a filter
		if c := a.choose(); c.text != "" {
			return askField{c}
		}
	case n == 9:
		in := []string{"title", "heading"}[a.rng.IntN(2)]
		if a.rng.IntN(2) == 0 {
			return askIn{in, a.run(3)}
		}
		return askWord{a.run(1)[0], in}
	case n == 10 && a.rng.IntN(3) == 0:
		return abbreviated[a.rng.IntN(len(abbreviated))]
	}
	return askWord{word: a.plain()}
}

// simple reports whether a query means what its parts say: its plain words are no more than are all wanted, none of them are a
// name that is also written short or the form of a question, and it is not taken for typing without an input method.
func simple(a asked) bool {
	text := a.String()
	if _, typed := normalize.Typed(text); typed {
		return false
	}
	var walk func(n *node) bool
	walk = func(n *node) bool {
		for _, kid := range n.kids {
			if !walk(kid) {
				return false
			}
		}
		for _, w := range n.words {
			if w.weak || w.name != nil && n.plain {
				return false
			}
		}
		return n.op != opMost
	}
	parsed, err := Query{Words: text, Exact: true}.parse()
	return err != nil || walk(parsed.root)
}

// answers is the records that a query finds without choices, those of a plan side by side.
func (l *library) answers(q asked) (list []*naiveRecord) {
	for _, r := range l.records {
		if q != nil {
			if _, own := q.holds(l, r); !own {
				continue
			}
		}
		list = append(list, r)
	}
	return list
}

// chosen is those of records that pass choices; besides names a choice that does not count.
func (l *library) chosen(records []*naiveRecord, choices []*choice, besides string) (list []*naiveRecord) {
	for _, r := range records {
		if !slices.ContainsFunc(choices, func(c *choice) bool { return c.name != besides && !c.passes(l, r) }) {
			list = append(list, r)
		}
	}
	return list
}

// hitsOf is the hits of records: of a query without words each plan once, unless it names a kind of section.
func hitsOf(records []*naiveRecord, q asked, choices []*choice) (hits []naiveHit, plans int) {
	listing := q == nil && !slices.ContainsFunc(choices, func(c *choice) bool { return c.name == "kind" })
	seen := make(map[*plan.Plan]bool)
	for _, r := range records {
		if !seen[r.plan] {
			seen[r.plan] = true
			plans++
		}
		if !listing || r.Seq == 0 {
			hits = append(hits, naiveHit{r.plan.ID, r.Seq})
		}
	}
	slices.SortFunc(hits, byPlan)
	return hits, plans
}
