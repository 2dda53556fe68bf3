package accuracy

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Wear is one way in which documents suffer on their way through scanners and converters.
type Wear struct {
	Name string
	Do   func(r *rand.Rand, text string) string
}

// Wears lists the ways that the calibration is measured under, on the text of plain and Markdown documents.
var Wears = []Wear{
	{"one letter in a hundred misread", func(r *rand.Rand, text string) string { return misread(r, text, 0.01) }},
	{"one letter in thirty misread", func(r *rand.Rand, text string) string { return misread(r, text, 0.033) }},
	{"one label in twenty lost", loseLabels},
	{"lines broken inside paragraphs", breakLines},
	{"the first lines lost", func(r *rand.Rand, text string) string { return loseLines(text, 1+r.IntN(6), 0) }},
	{"the last lines lost", func(r *rand.Rand, text string) string { return loseLines(text, 0, 1+r.IntN(20)) }},
}

// misread changes letters as recognition does: a look-alike, a lost mark, a lost letter.
func misread(r *rand.Rand, text string, rate float64) string {
	var b strings.Builder
	for _, c := range norm.NFC.String(text) {
		if (!unicode.IsLetter(c) && !unicode.IsDigit(c)) || r.Float64() >= rate {
			b.WriteRune(c)
			continue
		}
		i := strings.IndexRune(alike, c)
		switch {
		case i >= 0 && r.IntN(2) == 0:
			b.WriteRune([]rune(alike)[len([]rune(alike[:i]))^1])
		case c > 0x7f: // the mark is lost
			base := []rune(norm.NFD.String(string(c)))
			b.WriteRune(base[0])
		case r.IntN(3) == 0: // the letter is lost
		default:
			b.WriteRune(rune("abcdeghiklmnopqrstuvxy"[r.IntN(22)]))
		}
	}
	return b.String()
}

// alike are letters that recognition confuses, in pairs.
const alike = "o0l1ceuvhbnmt" + "ft" + "áàảãạâêéèẹẻôơóòọọơưu" + "58364279"

var labelled = regexp.MustCompile(`(?m)^([#*\s]*)(?:[IVX]+\.|\d+(?:\.\d+)*\.|[a-zđ]\))\s*`)

func loseLabels(r *rand.Rand, text string) string {
	return labelled.ReplaceAllStringFunc(text, func(s string) string {
		if r.IntN(20) == 0 {
			return ""
		}
		return s
	})
}

func breakLines(r *rand.Rand, text string) string {
	var out []string
	for _, line := range strings.Split(text, "\n") {
		words := strings.Fields(line)
		if len(words) > 24 && r.IntN(6) == 0 && !strings.Contains(line, "|") {
			at := 8 + r.IntN(len(words)-16)
			out = append(out, strings.Join(words[:at], " "), strings.Join(words[at:], " "))
			continue
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n")
}

func loseLines(text string, first, last int) string {
	lines := strings.Split(text, "\n")
	if len(lines) > first+last {
		lines = lines[first : len(lines)-last]
	}
	return strings.Join(lines, "\n")
}
