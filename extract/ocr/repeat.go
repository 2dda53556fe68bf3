package ocr

import (
	"slices"
	"strings"
	"unicode"

	"kehoach/extract/pdf/layout"
	"kehoach/normalize"
)

// A document that issues a plan says the plan's name up to three times: in its title, in its first article and at the
// head of the plan (Decree 30/2020, Phụ lục I). A seal or a stamp lies over one of them at most.
const (
	repeatPages   = 5   // the repetitions stand on the first pages
	titleLines    = 9   // a title has at most
	leastRepeated = 8   // words
	mostlyTitle   = 0.6 // of the title's words that a repetition spans
	mostlyEqual   = 0.8 // of the words spanned that are the same
	trusted       = 0.7 // confidence of a word that another one is replaced by
	surer         = 0.2 // difference of confidences that counts
)

// mendRepeated mends the title of a document and its repetitions by each other, word by word: where two readings of one
// word differ, the one with clean marks, else the one that is Vietnamese, else the much surer one stands in both
// places. No word is added. Pages that were not read are nil; the others are replaced by copies.
func mendRepeated(pages []*Page) {
	var rows [][][]*layout.Word
	var ours []*Page
	for i, p := range pages[:min(len(pages), repeatPages)] {
		if p == nil {
			continue
		}
		sheet, copied := *p.Page, *p // what a cache gave is not ours
		sheet.Words = slices.Clone(sheet.Words)
		copied.Page = &sheet
		pages[i] = &copied
		ours = append(ours, &copied)
		rows = append(rows, rowsOf(sheet.Words))
	}
	if len(rows) == 0 {
		return
	}
	from, to := titleRows(rows[0])
	title := slices.Concat(rows[0][from:to]...)
	if len(title) < leastRepeated {
		return
	}
	rows[0] = rows[0][to:]
	for _, page := range rows {
		other := slices.Concat(page...)
		mendPair(title, other)
	}
	for _, p := range ours {
		p.Words = slices.DeleteFunc(p.Words, func(w layout.Word) bool { return w.Text == "" })
	}
}

// rowsOf gathers words that stand on one line, from the top and from the left.
func rowsOf(words []layout.Word) [][]*layout.Word {
	all := make([]*layout.Word, len(words))
	for i := range words {
		all[i] = &words[i]
	}
	slices.SortStableFunc(all, func(a, b *layout.Word) int { return sign(a.Y - b.Y) })
	var out [][]*layout.Word
	for _, w := range all {
		if n := len(out) - 1; n >= 0 && w.Y-out[n][len(out[n])-1].Y < 0.35*w.Size {
			out[n] = append(out[n], w)
		} else {
			out = append(out, []*layout.Word{w})
		}
	}
	for _, row := range out {
		slices.SortStableFunc(row, func(a, b *layout.Word) int { return sign(a.X0 - b.X0) })
	}
	return out
}

func sign(f float32) int {
	switch {
	case f < 0:
		return -1
	case f > 0:
		return 1
	}
	return 0
}

// titleRows finds the lines between the type of a document, alone on its line, and its first basis or addressee.
func titleRows(rows [][]*layout.Word) (from, to int) {
	for i, row := range rows {
		if len(row) < 2 || len(row) > 4 || !slices.Contains(types, row[len(row)-2].Text+" "+row[len(row)-1].Text) {
			continue
		}
		for to = i + 1; to < len(rows) && to <= i+titleLines; to++ {
			text := rowText(rows[to])
			if text == strings.ToUpper(text) && to > i+1 && rowText(rows[i+1]) != strings.ToUpper(rowText(rows[i+1])) ||
				strings.HasPrefix(text, "Căn cứ") || strings.HasPrefix(text, "Thực hiện") || strings.HasPrefix(text, "Kính gửi") {
				break
			}
		}
		return i + 1, to
	}
	return 0, 0
}

func rowText(row []*layout.Word) string {
	texts := make([]string, len(row))
	for i, w := range row {
		texts[i] = w.Text
	}
	return strings.Join(texts, " ")
}

// mendPair mends a title and one page that may repeat it.
func mendPair(title, page []*layout.Word) {
	ours, theirs := readingsOf(title), readingsOf(page)
	steps := align(ours, theirs)
	equal, spanned := 0, 0
	for _, s := range steps {
		if s.a < 0 {
			continue
		}
		spanned++
		if s.b >= 0 && ours[s.a].likeness(theirs[s.b]) == equally {
			equal++
		}
	}
	if equal < leastRepeated || float64(spanned) < mostlyTitle*float64(len(title)) || float64(equal) < mostlyEqual*float64(spanned) {
		return
	}
	for _, s := range steps {
		switch {
		case s.a >= 0 && s.b >= 0:
			a, b := title[s.a], page[s.b]
			if a.Text != b.Text && !mendWord(a, b, goesOn(title, s.a)) {
				mendWord(b, a, goesOn(page, s.b))
			}
		case s.a >= 0 && strokesOnly(title[s.a].Text):
			title[s.a].Text = ""
		}
	}
}

// goesOn reports whether a small letter follows a word: then no sentence ends with it.
func goesOn(words []*layout.Word, i int) bool {
	return i+1 < len(words) && strings.IndexFunc(words[i+1].Text, unicode.IsLower) == 0
}

// mendWord replaces a word by another reading of it where that is the better one. goesOn says that no sentence ends
// with the word.
func mendWord(w, by *layout.Word, goesOn bool) bool {
	if by.Confidence < trusted || strayMarks(by.Text, false) > 0 {
		return false
	}
	text := by.Text
	if upper := strings.ToUpper(w.Text) == w.Text && len([]rune(bare(w.Text))) > 1; upper {
		text = strings.ToUpper(text)
	} else if text == strings.ToUpper(text) && len([]rune(text)) > 1 && text != w.Text {
		return false // names have lost their capitals there
	}
	alike := readingOf(w.Text).likeness(readingOf(text))
	switch alike {
	case equally:
		if strayMarks(w.Text, goesOn) == 0 {
			return false
		}
		text = bare(text)
		if strings.HasSuffix(by.Text, ",") {
			text += ","
		}
	default:
		if strings.ContainsAny(w.Text+text, "0123456789") {
			return false // a number may be another one
		}
		near := alike != unlikely
		odd := !sensible(w.Text) && (near || w.Confidence < trusted || strings.ContainsFunc(w.Text, oddSign))
		doubted := near && w.Confidence < trusted && by.Confidence >= w.Confidence+surer
		if !sensible(text) || !odd && !doubted {
			return false
		}
	}
	w.Text, w.Confidence = text, by.Confidence
	return true
}

// oddSign reports whether a sign is none that words and numbers are written with.
func oddSign(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune(".,;:/()-–“”\"'%", r)
}

func strokesOnly(s string) bool {
	return strings.ContainsFunc(s, oddSign) && !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// bare is a word without the marks around it; a mark alone is itself.
func bare(s string) string {
	if b := strings.TrimFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }); b != "" {
		return b
	}
	return s
}

// strayMarks counts the marks around a word that do not belong there.
func strayMarks(s string, goesOn bool) int {
	b := bare(s)
	before, behind, _ := strings.Cut(s, b)
	stray := len([]rune(strings.Trim(before, "(“\"")))
	ends := ",;:.)”\""
	if goesOn {
		ends = ",;)”\""
	}
	return stray + len([]rune(strings.Trim(behind, ends)))
}

// How alike two readings are, which is what they count for where texts are aligned.
const (
	equally  = 6
	nearly   = 2
	unlikely = -3
	unpaired = -3
)

// reading is a word as it is compared: without its marks, capitals and signs.
type reading struct {
	small, plain string
}

func readingOf(text string) reading {
	small := strings.ToLower(bare(text))
	return reading{small, normalize.Fold(small)}
}

func readingsOf(words []*layout.Word) []reading {
	out := make([]reading, len(words))
	for i, w := range words {
		out[i] = readingOf(w.Text)
	}
	return out
}

// likeness compares two words.
func (r reading) likeness(o reading) int {
	switch {
	case r.small == o.small:
		return equally
	case r.plain == o.plain, len(r.small) == len(o.small) && len(r.plain) > 2 && oneAway([]rune(r.small), []rune(o.small)):
		return nearly
	}
	return unlikely
}

// step is a pair of words that stand for each other; -1 for none.
type step struct{ a, b int }

// align finds the part of a text that is most like a part of another one (Smith and Waterman 1981), and gives the
// words of both in pairs. Its cost is the product of their lengths.
func align(a, b []reading) []step {
	width := len(b) + 1
	score := make([]int, (len(a)+1)*width)
	best := 0
	for i := range a {
		for j := range b {
			at := (i+1)*width + j + 1
			score[at] = max(0, score[at-width-1]+a[i].likeness(b[j]), score[at-width]+unpaired, score[at-1]+unpaired)
			if score[at] > score[best] {
				best = at
			}
		}
	}
	var out []step
	for at := best; score[at] > 0; {
		i, j := at/width-1, at%width-1
		switch score[at] {
		case score[at-width-1] + a[i].likeness(b[j]):
			out = append(out, step{i, j})
			at -= width + 1
		case score[at-width] + unpaired:
			out = append(out, step{i, -1})
			at -= width
		default:
			out = append(out, step{-1, j})
			at--
		}
	}
	slices.Reverse(out)
	return out
}
