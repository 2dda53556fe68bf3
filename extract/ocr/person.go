package ocr

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"

	"kehoach/internal/tsv"
	"kehoach/normalize"
)

//go:embed tables/names.tsv
var namesTSV string

// nameTable holds the syllables of persons' names.
type nameTable struct {
	families, givens []string
	known            map[string]bool
}

var names = sync.OnceValue(func() nameTable {
	t := nameTable{known: map[string]bool{}}
	for _, row := range tsv.MustParse("names.tsv", namesTSV, "kind", "syllables").Rows {
		list := strings.Fields(row[1])
		if row[0] == "family" {
			t.families = append(t.families, list...)
		} else {
			t.givens = append(t.givens, list...)
		}
		for _, s := range list {
			t.known[s] = true
		}
	}
	return t
})

// widths are those of the bold letters of Times New Roman, in thousandths of an em.
var widths = map[rune]int{'B': 667, 'E': 667, 'F': 611, 'G': 778, 'H': 778, 'I': 389, 'J': 500, 'K': 778, 'L': 667, 'M': 944, 'O': 778, 'P': 611, 'Q': 778,
	'S': 556, 'T': 667, 'W': 1000, 'Z': 667, 'b': 556, 'c': 444, 'd': 556, 'e': 444, 'f': 333, 'h': 556, 'i': 278, 'j': 333, 'k': 556, 'l': 278, 'm': 833,
	'n': 556, 'p': 556, 'q': 556, 'r': 444, 's': 389, 't': 333, 'u': 556, 'w': 722, 'z': 444, ' ': 250, '.': 250, ',': 250, '-': 333}

// typeWidth is about the width of a text in ems.
func typeWidth(s string) float64 {
	sum := 0
	for _, r := range s {
		f := []rune(normalize.Fold(string(r)))
		if len(f) != 1 {
			f = []rune{'n'}
		}
		if unicode.IsUpper(r) {
			f[0] = unicode.ToUpper(f[0])
		}
		w, ok := widths[f[0]]
		switch {
		case ok:
		case unicode.IsUpper(f[0]):
			w = 722
		default:
			w = 500
		}
		sum += w
	}
	return float64(sum) / 1000
}

// How a name is put together from several readings.
const (
	knownName   = 0.3  // worth of a syllable that names are made of, beside confidence
	sureName    = 0.75 // worth of a word that is believed
	perVote     = 0.1  // worth of one more reading
	fewestVotes = 2    // readings that agree on a word of which none is sure
	nameFits    = 0.36 // worst agreement of what stands under a seal
	nameMargin  = 0.04 // between the best and the next name
	widthWeight = 0.5  // cost of a width that is wrong by all of itself
	mostInName  = 5    // words
)

// worth is how much a word of a reading can be believed as a part of a name.
func worth(w *word) float64 {
	text := core(w.text)
	if text != w.text || !isNameWord(text) || !normalize.Valid(strings.ToLower(text)) {
		return 0
	}
	v := float64(w.conf)
	if names().known[text] {
		return v + knownName
	}
	return v - knownName/2
}

// isNameWord reports whether a word is written like one of a name: a capital and small letters.
func isNameWord(s string) bool {
	for i, r := range []rune(s) {
		if !unicode.IsLetter(r) || unicode.IsUpper(r) != (i == 0) {
			return false
		}
	}
	return len([]rune(s)) > 1
}

// readName puts the name of a person together from several readings of its row, which lies between two places: from
// the right, where no seal lies, the surest words, and for what remains on the left the family name, with or without
// a middle name, that agrees with the readings and fills the place; it may also stand elsewhere on the page. It gives
// nothing where that leaves doubts.
func readName(readings [][]word, left, right int, page string) []word {
	var kept []word
	limit := right
	em := 0.0
	for len(kept) < mostInName {
		var here []word
		votes := map[string]int{}
		for _, reading := range readings {
			for i := range reading {
				w := &reading[i]
				slack := w.h() / 2
				if w.x1 > limit+slack || w.x1 < limit-2*slack || w.x0 < left-slack || worth(w) < sureName {
					continue
				}
				here = append(here, *w)
				votes[w.text]++
			}
		}
		best, at := 0.0, word{}
		for _, w := range here {
			if v := worth(&w) + perVote*float64(votes[w.text]); v > best && (w.conf >= surely || votes[w.text] >= fewestVotes) {
				best, at = v, w
			}
		}
		if at.text == "" {
			break
		}
		kept = append([]word{at}, kept...)
		sum, n := 0.0, 0.0
		for _, w := range kept {
			sum, n = sum+float64(w.w()), n+typeWidth(w.text)
		}
		em = sum / n
		limit = at.x0 - int(em/4)
	}
	if len(kept) == 0 {
		return nil
	}
	if rest := limit - left; float64(rest) > em/2 {
		head := underSeal(readings, kept, left, limit, em, page)
		if head == "" {
			return nil
		}
		first := kept[0]
		x := left
		var before []word
		for _, s := range strings.Fields(head) {
			w := first
			w.text, w.conf = s, float32(lineConfide)
			w.x0, w.x1 = x, x+int(em*typeWidth(s))
			x = w.x1 + int(em/4)
			before = append(before, w)
		}
		before[len(before)-1].x1 = min(before[len(before)-1].x1, limit)
		kept = append(before, kept...)
	} else if !slices.Contains(names().families, kept[0].text) {
		if mended := underSeal(readings, kept[1:], left, kept[0].x1, em, page); mended != "" && !strings.Contains(mended, " ") {
			kept[0].text = mended
		}
	}
	if len(kept) < 2 {
		return nil
	}
	return kept
}

// underSeal finds the family name, with or without a middle name, that the readings of a row agree with, before the
// words that are known. It fills the place between left and right.
func underSeal(readings [][]word, known []word, left, right int, em float64, page string) string {
	behind := ""
	for _, w := range known {
		behind += w.text
	}
	var texts [][]rune
	for _, reading := range readings {
		var text strings.Builder
		for _, w := range reading {
			if (w.x0+w.x1)/2 > left-int(em) {
				text.WriteString(w.text)
			}
		}
		if s := letters(text.String()); len(s) > 1 {
			texts = append(texts, s)
		}
	}
	if len(texts) == 0 {
		return ""
	}
	cost := func(s string) float64 {
		want := letters(s + behind)
		var all []float64
		for _, t := range texts {
			all = append(all, misfit(want, t)*float64(len(want)))
		}
		slices.Sort(all)
		n := (len(all) + 1) / 2
		sum := 0.0
		for _, c := range all[:n] {
			sum += c
		}
		if len(known) > 0 && strings.Contains(page, s+" "+textOf(known)) {
			sum -= otherShape * float64(n)
		}
		wide := float64(right - left)
		return sum/float64(n)/float64(len(letters(s))) + widthWeight*abs64(em*typeWidth(s)-wide)/wide
	}
	type choice struct {
		text string
		cost float64
	}
	var list []choice
	for _, f := range names().families {
		list = append(list, choice{f, cost(f)})
	}
	order := func(a, b choice) int {
		switch {
		case a.cost < b.cost:
			return -1
		case a.cost > b.cost:
			return 1
		}
		return strings.Compare(a.text, b.text)
	}
	slices.SortFunc(list, order)
	if float64(right-left) > 3.2*em { // room for two words
		// A family name alone is judged by the readings' heads.
		heads := slices.Clone(list)
		for i := range heads {
			heads[i].cost -= widthWeight * abs64(em*typeWidth(heads[i].text)-float64(right-left)) / float64(right-left)
		}
		slices.SortFunc(heads, order)
		for _, h := range heads[:8] {
			for _, g := range names().givens {
				s := h.text + " " + g
				list = append(list, choice{s, cost(s)})
			}
		}
		slices.SortFunc(list, order)
	}
	if list[0].cost > nameFits || list[1].cost-list[0].cost < nameMargin {
		return ""
	}
	return list[0].text
}

func abs64(f float64) float64 { return max(f, -f) }
