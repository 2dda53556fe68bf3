package ocr

import (
	"context"
	"slices"
	"strings"
)

// How the rows of a signature are looked at.
const (
	sealLeft   = 150 // dots that the middle of a seal may lie left of the block
	sealAbove  = 100
	closer     = 1.5 // scale of a second look: other slips are made there
	aroundRow  = 0.5 // ems beside a row whose place is known
	closest    = 2.0
	rightOfRow = 4   // heights that a row may go on behind the last letter that stands alone
	closeRows  = 2.6 // heights between two rows of offices at most
	lastWord   = 0.2 // worst agreement of a row's last word

	emOfCapital = 1.45 // size of type, in heights of its capitals
	mostRows    = 8
)

// signer reads the rows of a signature that a seal touches: the circles of the seal are lifted, each row is recognised
// alone, in several ways, and what the readings agree with best among the offices and the names that there are is put
// in the place of what was recognised at first. It reports whether offices and name were all found.
func (e *Engine) signer(ctx context.Context, p *picture, words []word, part box, ink bits, seal seal) ([]word, bool, error) {
	pictures := []*picture{p}
	if len(seal.circles) > 0 {
		lifted := p.clone()
		cuts := seal.lift(lifted, ink)
		ink = lifted.bits(p.threshold())
		mended := lifted.clone()
		seal.mend(mended, ink, cuts)
		pictures = append(pictures, lifted, mended)
	}
	rows := slices.DeleteFunc(ink.rows(part), func(r row) bool { return r.goesOn(words, part.x0) })
	if len(rows) == 0 || len(rows) > mostRows {
		return words, false, nil
	}
	bands(rows)
	looks := make([]look, len(rows))
	for i, r := range rows {
		looks[i] = look{row: r, x0: part.x0, x1: min(part.x1, r.x1+rightOfRow*r.height)}
	}
	if err := e.severally(ctx, pictures, looks, 1, closer); err != nil {
		return nil, false, err
	}
	at := nameRow(looks)
	above := officeRows(rows[:at])
	em := emOf(looks)
	said := readOffices(looks[:above], em)
	middle, ok := middleOf(looks[:above], said, em)
	var again []look
	var which []int
	for i := range said {
		if text := expected(said, i); ok && text != "" && looks[i].clear() == nil {
			half := int(em * (typeWidth(text)/2 + aroundRow))
			again = append(again, look{row: rows[i], x0: max(part.x0-sealLeft, middle-half), x1: min(part.x1, middle+half)})
			which = append(which, i)
		}
	}
	left := 0
	if at < len(rows) {
		name := &looks[at]
		for _, w := range name.words() {
			if worth(&w) >= sureName {
				name.row.x1 = max(name.row.x1, w.x1)
			}
		}
		left = name.row.x0
		if ok {
			left = min(max(0, 2*middle-name.row.x1), name.row.x1-letter)
		}
		again = append(again, look{row: name.row, x0: max(0, left-int(em*aroundRow)), x1: min(part.x1, name.row.x1+int(em*aroundRow))})
		which = append(which, at)
	}
	if err := e.severally(ctx, pictures, again, 1, closer, closest); err != nil {
		return nil, false, err
	}
	for k, i := range which {
		looks[i].readings = append(looks[i].readings, again[k].readings...)
	}
	said = readOffices(looks[:above], em)
	middle, _ = middleOf(looks[:above], said, em)
	whole := at < len(rows) && above > 0
	next := 0
	for _, w := range words {
		next = max(next, w.line+1)
	}
	for i, text := range said {
		line := looks[i].clear()
		for k, s := range strings.Fields(sameAs(text, line)) {
			line[k].text = s
		}
		if line == nil && text != "" {
			half := int(em * typeWidth(text) / 2)
			line = lay(text, rows[i], middle-half, middle+half)
		}
		words = rows[i].replace(words, line, next+i)
		whole = whole && line != nil
	}
	if at == len(rows) {
		return words, false, nil
	}
	found := readName(looks[at].readings, left, looks[at].row.x1, textOf(words))
	return looks[at].row.replace(words, found, next+len(rows)), whole && len(found) > 0, nil
}

// goesOn reports whether a row is a part of a line of the whole width, which goes on to the left of a place.
func (r row) goesOn(words []word, x int) bool {
	for _, at := range lines(words) {
		for k, i := range at {
			w := &words[i]
			if w.conf < surely || w.y1 < r.foot-r.height || w.y0 > r.foot || w.x0 >= x {
				continue
			}
			if w.x1 >= x || k+1 < len(at) && words[at[k+1]].x0-w.x1 < r.height && words[at[k+1]].x1 > x {
				return true
			}
		}
	}
	return false
}

// look is what several readings make of a row between two places.
type look struct {
	row      row
	x0, x1   int
	readings [][]word
}

// words are those of all readings.
func (l *look) words() []word { return slices.Concat(l.readings...) }

// clear gives the reading that leaves no doubts; nil where all do.
func (l *look) clear() []word {
	for _, reading := range l.readings {
		if len(reading) > 1 && !slices.ContainsFunc(reading, func(w word) bool { return w.conf < surely || !sensible(w.text) }) {
			return slices.Clone(reading)
		}
	}
	return nil
}

// texts gives the readings as texts; the clear one alone where there is one.
func (l *look) texts() []string {
	if clear := l.clear(); clear != nil {
		return []string{textOf(clear)}
	}
	var out []string
	for _, reading := range l.readings {
		out = append(out, textOf(reading))
	}
	return out
}

func textOf(words []word) string {
	var texts []string
	for _, w := range words {
		texts = append(texts, w.text)
	}
	return strings.Join(texts, " ")
}

// severally recognises rows on several pictures of a page, at several scales.
func (e *Engine) severally(ctx context.Context, pictures []*picture, looks []look, scales ...float64) error {
	if len(looks) == 0 {
		return nil
	}
	var strips []strip
	for _, l := range looks {
		for _, p := range pictures {
			strips = append(strips, strip{p, l.row, l.x0, l.x1})
		}
	}
	for _, scale := range scales {
		got, err := e.readRows(ctx, strips, scale)
		if err != nil {
			return err
		}
		for i, words := range got {
			if len(words) == 0 && scale == 1 { // taken for a drawing, among the others
				if words, err = e.readRow(ctx, strips[i]); err != nil {
					return err
				}
			}
			l := &looks[i/len(pictures)]
			l.readings = append(l.readings, words)
		}
	}
	return nil
}

// nameRow finds the row with the name: the first one that is written like one; else the number of rows.
func nameRow(looks []look) int {
	for i := range looks {
		for _, w := range looks[i].words() {
			if worth(&w) >= surely+knownName/2 {
				return i
			}
		}
	}
	return len(looks)
}

// officeRows is the number of rows that follow each other closely from the first one on: what comes after them is a
// signature in ink.
func officeRows(rows []row) int {
	for i := 1; i < len(rows); i++ {
		if float64(rows[i].foot-rows[i-1].foot) > closeRows*float64(rows[i-1].height) {
			return i
		}
	}
	return len(rows)
}

// expected is what a row may say: what was decided, or below "KT." and a head the deputy of that head.
func expected(said []string, i int) string {
	if said[i] != "" || i == 0 {
		return said[i]
	}
	for _, o := range offices() {
		if o.text == said[i-1] && o.next != nil {
			return o.next[0]
		}
	}
	return ""
}

// middleOf is where the middle of a signature's rows lies: that of the clear rows, else that of the rows by what they
// say.
func middleOf(looks []look, said []string, em float64) (int, bool) {
	var clear, others []int
	for i, text := range said {
		if words := looks[i].clear(); words != nil {
			clear = append(clear, (words[0].x0+words[len(words)-1].x1)/2)
		} else if text != "" {
			others = append(others, looks[i].right(text, em)-int(em*typeWidth(text)/2))
		}
	}
	if len(clear) > 0 {
		others = clear
	}
	if len(others) == 0 {
		return 0, false
	}
	slices.Sort(others)
	return others[len(others)/2], true
}

// sameAs gives a text where words spell it but for the marks between letters: "KT, THỦ TƯỚNG"; else nothing.
func sameAs(text string, words []word) string {
	if len(strings.Fields(text)) != len(words) || !slices.Equal(letters(text), letters(textOf(words))) {
		return ""
	}
	return text
}

// right is where a row ends: at the end of the last word of its text where a reading has that word, else where its
// letters end.
func (l *look) right(text string, em float64) int {
	end := text[strings.LastIndexByte(text, ' ')+1:]
	last := letters(end)
	right := l.row.x1
	for _, w := range l.words() {
		if abs64(float64(w.w())-em*typeWidth(end)) < em/2 && misfit(last, letters(w.text)) <= lastWord {
			right = max(right, w.x1)
		}
	}
	return right
}

// emOf is about the size of the type of a signature: by its sure words, else by the height of its letters.
func emOf(looks []look) float64 {
	var ems []float64
	for i := range looks {
		for _, w := range looks[i].words() {
			if text := core(w.text); w.conf > surely && len([]rune(text)) > 2 && text == w.text && sensible(text) {
				ems = append(ems, float64(w.w())/typeWidth(text))
			}
		}
	}
	if len(ems) == 0 {
		for i := range looks {
			ems = append(ems, float64(looks[i].row.height)*emOfCapital)
		}
	}
	slices.Sort(ems)
	return ems[len(ems)/2]
}

// lay puts a text on a row, between two places.
func lay(text string, r row, left, right int) []word {
	em := float64(right-left) / typeWidth(text)
	var out []word
	x := float64(left)
	for _, s := range strings.Fields(text) {
		end := x + em*typeWidth(s)
		out = append(out, word{box: box{int(x), r.foot - r.height, int(end), r.foot}, text: s, conf: lineConfide})
		x = end + em*typeWidth(" ")
	}
	return out
}

// replace puts words on a row in the place of those that stand there.
func (r row) replace(words, line []word, number int) []word {
	if len(line) == 0 {
		return words
	}
	on := box{line[0].x0 - r.height, r.foot - r.height*5/4, line[len(line)-1].x1 + r.height, r.foot + r.height/3}
	words = slices.DeleteFunc(words, func(w word) bool { return on.holds((w.x0+w.x1)/2, (w.y0+w.y1)/2) })
	for _, w := range line {
		w.line, w.conf, w.settled = number, max(w.conf, lineConfide), true
		w.base, w.size = float32(r.foot), float32(r.height)*3/2
		words = append(words, w)
	}
	return words
}
