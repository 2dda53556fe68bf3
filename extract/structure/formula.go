package structure

import (
	_ "embed"
	"slices"
	"strings"
	"unicode/utf8"

	"kehoach/internal/tsv"
)

// A recogniser damages the fixed words of a letterhead and of a signature as it damages any others: "CHỦ MGHĨA", "thámg 6", "KT, CHỦ
// TỊCH". The steps look for those words in the folded lines, so the damage is mended there, rune for rune; the text keeps what it
// says. A word that lost a letter cannot be mended so, and stays.

//go:embed tables/formulas.tsv
var formulasTSV string

// formulas are the fixed phrases by each of their words.
var formulas = func() map[string][]formula {
	m := map[string][]formula{}
	for _, r := range tsv.MustParse("formulas.tsv", formulasTSV, "words", "where").Rows {
		f := formula{words: strings.Fields(r[0]), alone: r[1] == "line"}
		seen := map[string]bool{}
		for i, w := range f.words {
			if len(w) > 1 && !seen[w] {
				seen[w] = true
				g := f
				g.at = i
				m[w] = append(m[w], g)
			}
		}
	}
	return m
}()

type formula struct {
	words []string
	at    int  // the place of the word by which it was found
	alone bool // the phrase is all that stands on its line
}

// mendFormulas mends the folds of the lines that may be formulas: those of a head, and short ones in capitals wherever they stand.
func (s *state) mendFormulas() {
	head := true
	for i := range s.lines {
		l := &s.lines[i]
		head = head && i < headLines && len(l.fold) < 300 && (i == 0 || !opensWith(l.fold, "can cu") && !opensWith(l.fold, "dieu 1") && !strings.HasPrefix(l.text, "I."))
		switch {
		case l.isRow() || len(l.fold) > 200:
		case head && len(l.fold) <= 120, len(l.fold) < 90 && looseCapitals(l.text), strings.HasPrefix(l.fold, "("), len(l.fold) < 24 && strings.HasPrefix(l.fold, "n"):
			mendFold(l)
		}
	}
}

// looseCapitals reports whether a line is in capitals but for a few letters.
func looseCapitals(text string) bool {
	up, low := 0, 0
	for _, r := range text {
		if isUpper(r) {
			up++
		} else if r >= 'a' && r <= 'z' || r >= 0xe0 && !isUpper(r) && r < 0x2000 {
			if low++; low > 3 {
				return false
			}
		}
	}
	return up >= 2*low && up > 3
}

// word is a word of a folded line.
type foldWord struct{ from, to int }

func foldWords(f string, list []foldWord) []foldWord {
	for i := 0; i < len(f); {
		if f[i] == ' ' {
			i++
			continue
		}
		from := i
		for i < len(f) && f[i] != ' ' {
			i++
		}
		to := i
		for to > from+1 && strings.IndexByte(",.;:()", f[to-1]) >= 0 {
			to--
		}
		for from < to-1 && f[from] == '(' {
			from++
		}
		list = append(list, foldWord{from, to})
	}
	return list
}

// mendFold mends the fold of one line.
func mendFold(l *line) {
	var room [40]foldWord
	words := foldWords(l.fold, room[:0])
	if len(words) < 2 || len(words) > 36 {
		return
	}
	m := mender{line: l, words: words}
	triggers, known := 0, false
	for _, w := range words {
		switch is := l.fold[w.from:w.to]; is {
		case "ngay", "thang", "nam":
			triggers++
		default:
			known = known || formulas[is] != nil
		}
	}
	if known {
		m.phrases()
	}
	if triggers >= 2 {
		m.date()
	}
	m.number()
	m.abbreviation()
	m.finish()
}

// phrases mends the phrases of the table.
func (m *mender) phrases() {
	l, words := m.line, m.words
	for _, mend := range []bool{false, true} { // what stands as it should is no other phrase damaged
		if mend && !slices.Contains(m.sure[:len(words)], false) {
			return
		}
		for k := range words {
			list := formulas[l.fold[words[k].from:words[k].to]]
			for i := range list {
				m.formula(&list[i], k, mend)
			}
		}
	}
}

type mender struct {
	line  *line
	words []foldWord
	fixed [40]string // what a word should be, or ""
	sure  [40]bool   // a word of a phrase that stands as it should
	some  bool
}

// put says what a damaged word should be.
func (m *mender) put(i int, word string) {
	w := m.words[i]
	if is := m.line.fold[w.from:w.to]; is != word && m.fixed[i] == "" {
		m.fixed[i] = word
		m.some = true
	}
}

// finish writes the mended line: as it should be, and rune for rune as far as no letter was lost.
func (m *mender) finish() {
	if !m.some {
		return
	}
	f := m.line.fold
	var known, fold strings.Builder
	at := 0
	for i, w := range m.words {
		known.WriteString(f[at:w.from])
		fold.WriteString(f[at:w.from])
		is, word := f[w.from:w.to], m.fixed[i]
		if word == "" {
			word = is
		}
		known.WriteString(word)
		if spare := utf8.RuneCountInString(is) - len(word); spare >= 0 {
			fold.WriteString("                "[:min(spare, 16)] + word)
		} else {
			fold.WriteString(is)
		}
		at = w.to
	}
	m.line.known = known.String() + f[at:]
	fold.WriteString(f[at:])
	if utf8.RuneCountInString(fold.String()) == utf8.RuneCountInString(f) {
		m.line.fold = fold.String()
	}
}

// formula mends a phrase of which the word k of the line is one: at least half of its words must stand there as they should.
func (m *mender) formula(f *formula, k int, mend bool) {
	first := k - f.at
	if first < 0 || first+len(f.words) > len(m.words) || f.alone && len(f.words) != len(m.words) {
		return
	}
	right, off := 0, 0
	for i, want := range f.words {
		w := m.words[first+i]
		switch is := m.line.fold[w.from:w.to]; {
		case is == want:
			right++
		case mend && !m.sure[first+i] && len(want) > 1 && within(is, want, 1+len(want)/6):
			off++
		default:
			return
		}
	}
	if !mend {
		for i := range f.words {
			m.sure[first+i] = true
		}
		return
	}
	if off == 0 || right < off {
		return
	}
	for i, want := range f.words {
		m.put(first+i, want)
	}
}

// date mends "ngày … tháng … năm …" of which two words are there, and the figures between.
func (m *mender) date() {
	f := m.line.fold
	triggers := [3]string{"ngay", "thang", "nam"}
	for k := range m.words {
		if k+1 < len(m.words) && f[m.words[k+1].from:m.words[k+1].to] == triggers[0] {
			continue // "Quảng Ngãi, ngày"
		}
		at := [3]int{-1, -1, -1}
		right := 0
		next := k
		for t, want := range triggers {
			for i := next; i < len(m.words) && i <= next+2; i++ {
				is := f[m.words[i].from:m.words[i].to]
				if is == want || len(is) >= 2 && !isDigit(is[0]) && within(is, want, 1) && (t > 0 || i == k) {
					if is == want {
						right++
					}
					at[t] = i
					break
				}
				if t == 0 {
					break
				}
			}
			if at[t] < 0 {
				break
			}
			next = at[t] + 1
		}
		if at[2] < 0 || right < 2 {
			continue
		}
		for t, want := range triggers {
			m.put(at[t], want)
		}
		for i := k; i < len(m.words) && i <= at[2]+1; i++ {
			if i != at[0] && i != at[1] && i != at[2] {
				m.figures(i)
			}
		}
		return
	}
}

// figures writes the digits that letters of a word stand for, where it holds a digit.
func (m *mender) figures(i int) {
	w := m.words[i]
	is := m.line.fold[w.from:w.to]
	if strings.Trim(is, "0123456789") == "" || !hasDigit(is) {
		return
	}
	if digits, ok := mapped(is, digitLike, "0123456789"); ok && len(digits) == len(is) {
		m.put(i, digits)
	}
}

// number mends "5ố: 45/KH-UBND" at the start of a line.
func (m *mender) number() {
	w := m.words[0]
	f := m.line.fold
	if is := f[w.from:w.to]; len(is) != 2 || is == "so" || !within(is, "so", 1) || w.to >= len(f) || f[w.to] != ':' || strings.IndexByte(f[w.to:min(len(f), w.to+24)], '/') < 0 {
		return
	}
	m.put(0, "so")
}

// abbreviation mends "KT, CHỦ TỊCH" and "K1. GIÁM ĐỐC" in a line of capitals.
func (m *mender) abbreviation() {
	f := m.line.fold
	end := strings.IndexByte(f, ' ')
	if end < 2 || end > 4 || strings.IndexByte(".,:;1", f[end-1]) < 0 && f[0] != 't' && f[0] != 'k' || !looseCapitals(m.line.text) || signAbbreviation(f) {
		return
	}
	rest := m.words[1:]
	var second string
	for i := range min(len(rest), 3) {
		word := m.fixed[i+1]
		if word == "" {
			word = f[rest[i].from:rest[i].to]
		}
		second = strings.TrimSpace(second + " " + word)
	}
	if !opensPosition(second) && !opensWith(second, "uy ban") {
		return
	}
	for _, a := range []string{"kt.", "tm.", "tl.", "tuq."} {
		if within(f[:end], a, 1) {
			m.words[0] = foldWord{0, end}
			m.put(0, a)
			return
		}
	}
}
