package synth

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ranked is a list of words by falling frequency; it is drawn from by Zipf's law, with whole numbers.
type ranked struct {
	words []string
	sums  []int // sums[i] is the weight of words[0..i]
}

func rank(words []string) *ranked {
	r := &ranked{words: words}
	sum := 0
	for i := range words {
		sum += 1_000_000 / (i + 6)
		r.sums = append(r.sums, sum)
	}
	return r
}

func (r *ranked) draw(d *dice) string {
	at := d.n(r.sums[len(r.sums)-1])
	return r.words[sort.SearchInts(r.sums, at+1)]
}

// tail draws from the whole list, each word as likely.
func (r *ranked) tail(d *dice) string { return pick(d, r.words) }

// vocabulary holds the words of every field, by "field class".
var vocabulary = readWords()

var fields []string // the fields of work, in the order of the tables

func readWords() map[string]*ranked {
	byClass := map[string][]string{}
	for _, name := range []string{"words_1.tsv", "words_2.tsv", "words_3.tsv"} {
		for _, r := range table(name, 3) {
			if _, known := byClass[r[0]+" n"]; !known && r[1] == "n" && r[0] != "chung" {
				fields = append(fields, r[0])
			}
			key := r[0] + " " + r[1]
			byClass[key] = append(byClass[key], list(r[2], "|")...)
		}
	}
	out := map[string]*ranked{}
	for k, words := range byClass {
		out[k] = rank(words)
	}
	return out
}

// sentences are the patterns of sentences by use.
var sentences = func() map[string][]string {
	out := map[string][]string{}
	for _, r := range table("sentences.tsv", 2) {
		out[r[0]] = append(out[r[0]], r[1])
	}
	return out
}()

// voice is how one document speaks: the field that it works in and the words that it comes back to.
type voice struct {
	*dice
	field  string
	topics *ranked // nouns of the field
	deeds  *ranked // verbs of the field
	things *ranked // general nouns
	matter string
	where  string // "trên địa bàn tỉnh"
	places []string
	used   map[string]string
}

func newVoice(d *dice, field, matter string) *voice {
	v := &voice{dice: d, field: field, matter: matter, used: map[string]string{}}
	favour := func(key string, k int) *ranked {
		var words []string
		seen := map[string]bool{}
		for len(words) < min(k, len(vocabulary[key].words)*2/3) {
			if w := vocabulary[key].draw(d); !seen[w] {
				seen[w] = true
				words = append(words, w)
			}
		}
		return rank(words)
	}
	v.topics, v.deeds, v.things = favour(field+" n", 26), favour(field+" v", 8), favour("chung n", 24)
	return v
}

// sentence writes a sentence of the given use. No slot gives the same word twice in it, and a document does not
// repeat a pattern before it has used the others.
func (v *voice) sentence(use string) string {
	return v.fill(v.pattern(use))
}

func (v *voice) pattern(use string) string {
	patterns := sentences[use]
	for range 4 {
		p := pick(v.dice, patterns)
		if !strings.Contains(v.used[use], p) {
			v.used[use] += p + "\n"
			return p
		}
	}
	v.used[use] = ""
	return pick(v.dice, patterns)
}

// fill replaces the slots of a pattern and begins the result with a capital.
func (v *voice) fill(pattern string) string {
	var b strings.Builder
	said := map[string]bool{}
	for {
		before, rest, found := strings.Cut(pattern, "{")
		b.WriteString(before)
		if !found {
			break
		}
		slot, after, _ := strings.Cut(rest, "}")
		word := v.slot(slot)
		for try := 0; said[word] && try < 6; try++ {
			word = v.slot(slot)
		}
		said[word] = true
		if strings.HasSuffix(strings.TrimRight(b.String(), " \""), ":") {
			word = lowerFirst(word)
		}
		b.WriteString(word)
		pattern = after
	}
	return upperFirst(b.String())
}

func (v *voice) slot(slot string) string {
	switch slot {
	case "n":
		switch k := v.dice.n(100); {
		case k < 74:
			return v.topics.draw(v.dice)
		case k < 95:
			return vocabulary[v.field+" n"].tail(v.dice)
		default:
			return vocabulary[pick(v.dice, fields)+" n"].draw(v.dice)
		}
	case "dv":
		if v.chance(75) {
			return v.deeds.draw(v.dice)
		}
		return vocabulary[v.field+" v"].tail(v.dice)
	case "g":
		switch k := v.dice.n(100); {
		case k < 90:
			return v.things.draw(v.dice)
		default:
			return vocabulary["chung n"].tail(v.dice)
		}
	case "v", "v|":
		return vocabulary["chung v"].draw(v.dice)
	case "V":
		return upperFirst(vocabulary["chung v"].draw(v.dice))
	case "matter":
		return v.matter
	case "item":
		return vocabulary["chung item"].tail(v.dice)
	case "where":
		if v.chance(60) {
			return v.where
		}
		return vocabulary["chung where"].draw(v.dice)
	case "com":
		return "các xã " + strings.Join(some(v.dice, v.places, v.span(1, 3)), ", ")
	default:
		return vocabulary["chung "+slot].draw(v.dice)
	}
}

func upperFirst(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}

func lowerFirst(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(r)) + s[size:]
}
