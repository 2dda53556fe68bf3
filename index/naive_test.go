package index

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"kehoach/plan"
)

// The naive search reads every record of every plan again. It shares with the index the cutting into records and
// tokens, which have tests of their own, and nothing of terms, positions, segments, columns and bitmaps.

// naiveWord is a word taken apart: its letters without marks, the marks of each by the letter's place, and its tone.
type naiveWord struct {
	base  string
	marks map[string]bool
}

var naiveWords = make(map[string]naiveWord)

func wordOf(word string) naiveWord {
	if w, ok := naiveWords[word]; ok {
		return w
	}
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
	naiveWords[word] = w
	return w
}

// naiveFit says how a word of a query stands to one of a text, by the definition.
func naiveFit(query, text string) fit { return wordOf(query).fit(wordOf(text)) }

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

// naiveToken is a token of a text.
type naiveToken struct {
	token
	word naiveWord
}

var naiveTexts = make(map[string][]naiveToken)

func naiveTokens(text string) []naiveToken {
	list, ok := naiveTexts[text]
	if !ok {
		for _, t := range tokensIn(text) {
			list = append(list, naiveToken{t.token, wordOf(text[t.start:t.end])})
		}
		naiveTexts[text] = list
	}
	return list
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

// naiveHas reports whether a word or a phrase stands in one of the texts.
func naiveHas(texts []string, words []naiveWord, worst fit) bool {
	for _, text := range texts {
		tokens := naiveTokens(text)
		for i := range tokens {
			at := i
			ok := true
			for n, w := range words {
				for n > 0 && at < len(tokens) && tokens[at].whole {
					at++
				}
				if at >= len(tokens) || n > 0 && tokens[at].first || len(words) > 1 && tokens[at].whole ||
					w.fit(tokens[at].word) < worst {
					ok = false
					break
				}
				at++
			}
			if ok {
				return true
			}
		}
	}
	return false
}

// atom is a part of a made query: words that stand side by side, or one.
type atom struct {
	words []string
	not   bool
	quote bool
}

func (a atom) String() string {
	s := strings.Join(a.words, " ")
	if a.quote {
		s = `"` + s + `"`
	}
	if a.not {
		s = "-" + s
	}
	return s
}

type naiveHit struct {
	plan string
	seq  int
}

// naiveSearch gives the records that a query finds, in the order of ids.
func naiveSearch(plans []*plan.Plan, atoms []atom, kinds []plan.Kind, pass func(*plan.Plan) bool) (hits []naiveHit) {
	for _, p := range plans {
		if !pass(p) {
			continue
		}
		records := Records(p)
		for _, r := range records {
			if len(kinds) > 0 && !slices.Contains(kinds, r.Kind) {
				continue
			}
			var own []string
			for _, s := range r.Spans {
				own = append(own, p.Text[s.Start:s.End])
			}
			title := []string{p.Title, p.Number, p.Issuer.Name, p.Province.Name}
			headings := append(slices.Clone(r.Above), r.Heading)
			if r.Seq == 0 {
				own = append(own, title...)
			}
			found, ownFound, wants := true, false, false
			for _, a := range atoms {
				worst := lost
				if a.quote {
					worst = omitted
				}
				var words []naiveWord
				for _, w := range a.words {
					words = append(words, wordOf(w))
				}
				inOwn := naiveHas(own, words, worst)
				in := inOwn || naiveHas(title, words, worst) || len(words) == 1 && naiveHas(headings, words, worst)
				found = found && in != a.not
				if !a.not {
					wants = true
					ownFound = ownFound || inOwn
				}
			}
			if found && (ownFound || !wants) && (len(atoms) > 0 || len(kinds) > 0 || r.Seq == 0) {
				hits = append(hits, naiveHit{p.ID, r.Seq})
			}
		}
	}
	slices.SortFunc(hits, func(a, b naiveHit) int { return cmp.Or(cmp.Compare(a.plan, b.plan), cmp.Compare(a.seq, b.seq)) })
	return hits
}
