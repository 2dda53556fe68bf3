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

var (
	//go:embed tables/positions.tsv
	positionsTSV string
	//go:embed tables/signing_bodies.tsv
	signingBodiesTSV string
)

// office is what a line above a signature may say.
type office struct {
	text  string
	above bool     // another one stands below it
	next  []string // what must stand below it, where only that may
	never []string // what cannot
}

// offices gives all of them: "TM. body", "KT. head" with the deputies who may sign below, and those who sign.
var offices = sync.OnceValue(func() []office {
	var out []office
	seen := map[string]bool{}
	add := func(o office) {
		if !seen[o.text] {
			seen[o.text] = true
			out = append(out, o)
		}
	}
	for _, row := range tsv.MustParse("signing_bodies.tsv", signingBodiesTSV, "body").Rows {
		add(office{text: "TM. " + row[0], above: true})
	}
	for _, row := range tsv.MustParse("positions.tsv", positionsTSV, "head", "deputies").Rows {
		deputies := strings.Split(row[1], "|")
		add(office{text: row[0]})
		add(office{text: "KT. " + row[0], above: true, next: deputies})
		add(office{text: "TL. " + row[0], above: true, never: append(deputies, row[0])})
		add(office{text: "TUQ. " + row[0], above: true, never: append(deputies, row[0])})
		for _, d := range deputies {
			add(office{text: d})
		}
	}
	return out
})

// The costs of letters that do not agree, of an agreement letter by letter.
const (
	otherMark  = 0.3  // ò for ó
	lostMark   = 0.15 // o for ó: signs get lost below a seal
	otherShape = 0.6  // c for o
	otherSign  = 1    // any other letter, or one too many or too few
	junkBefore = 0.25 // a sign before what is looked for: pieces of a seal
	junkBehind = 0.4
)

// shapes are letters that are easily taken for each other, also where a seal touches them.
var shapes = []string{"coegq0", "il1tjf", "hnmrub", "uvy", "cnr", "dđ", "kx", "s5", "gq9"}

// letters are the letters and digits of words, without blanks.
func letters(s string) []rune {
	var out []rune
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			out = append(out, r)
		}
	}
	return out
}

// letterCost is what it costs that b was read for a.
func letterCost(a, b rune) float64 {
	if a == b {
		return 0
	}
	a, b = unicode.ToLower(a), unicode.ToLower(b)
	if a == b {
		return otherMark / 2
	}
	fa, fb := normalize.Fold(string(a)), normalize.Fold(string(b))
	if fa == fb {
		if string(b) == fb {
			return lostMark
		}
		return otherMark
	}
	for _, s := range shapes {
		if strings.Contains(s, fa) && strings.Contains(s, fb) {
			return otherShape
		}
	}
	return otherSign
}

// misfit is how badly a reading agrees with what it may say, as a share of its letters. What stands before and behind
// costs little: a seal leaves pieces there.
func misfit(want, read []rune) float64 {
	if len(want) == 0 {
		return 1
	}
	row := make([]float64, len(read)+1)
	for j := range row {
		row[j] = float64(j) * junkBefore
	}
	for i, w := range want {
		last := row[0]
		row[0] = float64(i + 1)
		for j, r := range read {
			here := min(last+letterCost(w, r), row[j]+otherSign, row[j+1]+otherSign)
			last, row[j+1] = row[j+1], here
		}
	}
	best := row[len(read)]
	for j, c := range row {
		best = min(best, c+float64(len(read)-j)*junkBehind)
	}
	return best / float64(len(want))
}

// guess is what a row may say, and how badly its readings agree with that.
type guess struct {
	office
	cost float64
}

// How sure a row under a seal must be.
const (
	wellRead     = 0.34 // worst agreement
	ruledRead    = 0.55 // where the row above leaves no other choice
	mostGuess    = 6    // for a row
	unknownRow   = 0.5  // cost of leaving a row as it is
	besideMiddle = 0.15 // cost of an em between the middles of two rows
	mostBeside   = 2
	afterAll     = 0.8 // the same below who signs, where nothing stands but a name
)

// guesses gives the offices that agree best with any reading of a row.
func guesses(readings []string) []guess {
	var out []guess
	for _, o := range offices() {
		g := guess{o, 2}
		want := letters(o.text)
		for _, s := range readings {
			g.cost = min(g.cost, misfit(want, letters(s)))
		}
		out = append(out, g)
	}
	slices.SortStableFunc(out, func(a, b guess) int {
		switch {
		case a.cost < b.cost:
			return -1
		case a.cost > b.cost:
			return 1
		}
		return 0
	})
	return out
}

// readOffices decides what the rows above a signature say.
func readOffices(looks []look, em float64) []string {
	texts := make([][]string, len(looks))
	for i := range looks {
		texts[i] = looks[i].texts()
	}
	return decideOffices(texts, func(i int, text string) float64 {
		return float64(looks[i].right(text, em))/em - typeWidth(text)/2
	})
}

// decideOffices decides what rows say, from several readings of each: "" where none of the known offices is meant.
// Below "KT." and a head stands a deputy of that head and nobody else, and all rows have one middle; middle tells where
// that of a row would be, in ems. A row with one reading is clear.
func decideOffices(rows [][]string, middle func(row int, text string) float64) []string {
	out := make([]string, len(rows))
	if len(rows) == 0 {
		return out
	}
	all := make([][]guess, len(rows))
	for i, readings := range rows {
		all[i] = guesses(readings)
		if len(readings) == 1 && all[i][0].cost == 0 { // said clearly
			all[i] = all[i][:1]
		}
	}
	type path struct {
		cost  float64
		texts []string
		last  office
	}
	best := path{cost: 1e9}
	var walk func(i int, p path)
	walk = func(i int, p path) {
		if p.cost >= best.cost {
			return
		}
		if i == len(rows) {
			best = path{cost: p.cost, texts: slices.Clone(p.texts)}
			return
		}
		done := p.last.text != "" && !p.last.above
		n := 0
		for _, g := range all[i] {
			limit := wellRead
			switch {
			case done || g.above && i+1 == len(rows) || slices.Contains(p.last.never, g.text):
				continue
			case p.last.next != nil:
				if !slices.Contains(p.last.next, g.text) {
					continue
				}
				limit = ruledRead
			}
			if g.cost > limit || n == mostGuess {
				break
			}
			n++
			cost := p.cost + g.cost
			if p.last.text != "" {
				cost += besideMiddle * min(mostBeside, abs64(middle(i, g.text)-middle(i-1, p.last.text)))
			}
			walk(i+1, path{cost, append(p.texts, g.text), g.office})
		}
		cost := unknownRow
		if done || p.last.next != nil {
			cost = afterAll
		}
		walk(i+1, path{p.cost + cost, append(p.texts, ""), office{}})
	}
	walk(0, path{})
	copy(out, best.texts)
	return out
}
