package index

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"kehoach/plan"
)

// The naive scan reads every word of every record for every query. It shares with the index the cutting into records and
// tokens, which have tests of their own, and nothing of terms, positions, segments, columns and bitmaps.

// naiveWord is a word taken apart: its letters without marks, the marks of each by the letter's place, and its tone.
type naiveWord struct {
	base  string
	marks map[string]bool
}

func naiveWordOf(word string) naiveWord {
	w := naiveWord{marks: make(map[string]bool)}
	place := 0
	for _, r := range norm.NFD.String(strings.NewReplacer("đ", "d\u0335", "Đ", "d\u0335").Replace(strings.ToLower(word))) {
		switch {
		case strings.ContainsRune("\u0300\u0301\u0303\u0309\u0323", r):
			w.marks["tone"+string(r)] = true // a syllable has one, wherever it stands
		case unicode.Is(unicode.Mn, r):
			w.marks[string(rune('0'+place))+string(r)] = true
		default:
			w.base += string(r)
			place++
		}
	}
	if day, ok := plainDate(w.base); ok {
		w.base = day
	}
	return w
}

// naiveFit says how a word of a query stands to one of a text, by the definition.
func naiveFit(query, text string) fit { return naiveWordOf(query).fit(naiveWordOf(text)) }

func (query naiveWord) fit(text naiveWord) fit {
	if query.base != text.base {
		return differs
	}
	within := func(a, b map[string]bool) bool {
		for m := range a {
			if !b[m] {
				return false
			}
		}
		return true
	}
	left, right := within(query.marks, text.marks), within(text.marks, query.marks)
	switch {
	case left && right:
		return exact
	case left:
		return omitted
	case right:
		return lost
	}
	return differs
}

// naiveToken is a token of a text; its word counts in the words of the library.
type naiveToken struct {
	first, whole bool
	word         int
}

type naiveText []naiveToken

// naiveRecord is a record with the texts in which words are looked for.
type naiveRecord struct {
	*Record
	plan                 *plan.Plan
	own, title, headings []naiveText // headings: those above and its own
}

// library is plans as the naive scan reads them: every record, and every word that stands in them once.
type library struct {
	plans   []*plan.Plan
	runs    map[string]int64 // by the plan's id
	records []*naiveRecord   // those of a plan side by side, the head first
	words   []string
	taken   []naiveWord
	ids     map[string]int
	fits    map[string][]fit // of a word of a query, by the words
}

func newLibrary(plans []*plan.Plan) *library {
	l := &library{plans: plans, runs: madeRuns(plans), ids: make(map[string]int), fits: make(map[string][]fit)}
	for _, p := range plans {
		title := l.read(p.Title, p.Number, p.Issuer.Name, p.Province.Name)
		list := Records(p)
		for i := range list {
			r := &naiveRecord{Record: &list[i], plan: p, title: title}
			for _, s := range r.Spans {
				r.own = append(r.own, l.read(p.Text[s.Start:s.End])...)
			}
			r.headings = append(l.read(r.Above...), l.read(r.Heading)...)
			l.records = append(l.records, r)
		}
	}
	return l
}

// read gives the tokens of texts.
func (l *library) read(texts ...string) (list []naiveText) {
	for _, text := range texts {
		var tokens naiveText
		for _, t := range tokensIn(text) {
			word := text[t.start:t.end]
			id, known := l.ids[word]
			if !known {
				id = len(l.words)
				l.ids[word] = id
				l.words, l.taken = append(l.words, word), append(l.taken, naiveWordOf(word))
			}
			tokens = append(tokens, naiveToken{t.first, t.whole, id})
		}
		list = append(list, tokens)
	}
	return list
}

// looked is the words of a query, each with how it stands to every word of the library.
func (l *library) looked(words []string) (list [][]fit) {
	for _, w := range words {
		f, known := l.fits[w]
		if !known {
			query := naiveWordOf(w)
			f = make([]fit, len(l.taken))
			for i := range f {
				f[i] = query.fit(l.taken[i])
			}
			l.fits[w] = f
		}
		list = append(list, f)
	}
	return list
}

// has reports whether a word or a phrase stands in one of the texts, no word of it worse than worst.
func (l *library) has(texts []naiveText, words []string, worst fit) bool {
	looked := l.looked(words)
	for _, tokens := range texts {
		for i := range tokens {
			if _, ok := naivePhrase(tokens, i, looked, worst); ok {
				return true
			}
		}
	}
	return false
}

// naivePhrase reports whether words stand side by side from token i on, and gives the last of their tokens.
func naivePhrase(tokens naiveText, i int, looked [][]fit, worst fit) (last int, ok bool) {
	at := i
	for n, fits := range looked {
		for n > 0 && at < len(tokens) && tokens[at].whole {
			at++
		}
		if at >= len(tokens) || n > 0 && tokens[at].first || len(looked) > 1 && tokens[at].whole || fits[tokens[at].word] < worst {
			return 0, false
		}
		last = at
		at++
	}
	return last, true
}

func tokensIn(text string) (list []spoken) {
	s := newScanner(text)
	for {
		t, ok := s.scan()
		if !ok {
			return list
		}
		list = append(list, spoken{token: t})
	}
}

type naiveHit struct {
	plan string
	seq  int
}
