package structure

import (
	_ "embed"
	"sort"
	"strings"

	"kehoach/internal/tsv"
	"kehoach/plan"
)

var (
	//go:embed tables/target_units.tsv
	unitsTSV string
	//go:embed tables/target_words.tsv
	targetWordsTSV string
)

type unitSort uint8

const (
	noUnit unitSort = iota
	aMeasure
	aCount
	aSum
)

// aimUnits leads from the first word of a unit to its forms, the longest first.
var aimUnits = func() map[string][]aimUnit {
	sorts := map[string]unitSort{"measure": aMeasure, "count": aCount, "money": aSum}
	m := map[string][]aimUnit{}
	for _, row := range tsv.MustParse("target_units.tsv", unitsTSV, "words", "sort").Rows {
		first := row[0][:max(wordEnd(row[0], 0), 1)]
		m[first] = append(m[first], aimUnit{row[0], sorts[row[1]]})
	}
	for _, list := range m {
		sort.SliceStable(list, func(i, j int) bool { return len(list[i].words) > len(list[j].words) })
	}
	return m
}()

type aimUnit struct {
	words string
	sort  unitSort
}

var targetWords = func() map[string][]string {
	m := map[string][]string{}
	for _, row := range tsv.MustParse("target_words.tsv", targetWordsTSV, "use", "words").Rows {
		m[row[0]] = append(m[row[0]], row[1])
	}
	return m
}()

// targetBefore are the words that stand before numbers, as phrases; makeWords are those of "make" with their marks.
var (
	targetBefore = map[string]phrases{"not": newPhrases(targetWords["not"]), "base": newPhrases(targetWords["base"]), "bound": newPhrases(targetWords["bound"]), "make": newPhrases(foldAll(targetWords["make"]))}
	makeWords    = func() map[string]bool {
		m := map[string]bool{}
		for _, w := range targetWords["make"] {
			m[w] = true
		}
		return m
	}()
)

func foldAll(list []string) []string {
	out := make([]string, len(list))
	for i, w := range list {
		out[i] = foldOf(w)
	}
	return out
}

// targets reads the quantified aims that the plan sets (decisions 12 and 31): in parts on aims every number with
// a unit, elsewhere those that words such as "phấn đấu", "đạt", "giảm" make one, and labelled lines.
func targets(s *state) {
	t := targeter{s: s, walk: s.walkSections()}
	c := citer{s: s}
	for i := range s.lines {
		l := &s.lines[i]
		if !l.isRow() {
			t.columns = nil
		} else if t.heads(i) {
			continue
		}
		if c.zone(i) != zoneBody || !l.says(saysDigit) {
			continue
		}
		t.read(l)
	}
}

type targeter struct {
	s       *state
	walk    *sectionWalk
	columns []int // of aims, in the table that goes on
	unit    int   // the column of units, or -1
	years   []string
	cite    int // the first citation that ends behind the place
	year    string
	yearIn  plan.Ref // the node in which a line such as "Đến năm 2030:" gave the year
}

// aimScope is how strongly a stretch of a line speaks of aims.
type aimScope struct {
	from, to int
	strong   bool // a part on aims
	section  *plan.Section
}

func (t *targeter) read(l *line) {
	sec := t.walk.at(l.Start)
	if sec != nil && (sec.Kind == plan.Money || t.walk.inBasis()) {
		return
	}
	r := newRuler(l)
	if l.isRow() {
		t.row(&r, sec)
		return
	}
	sc := aimScope{to: len(l.fold), section: sec, strong: sec != nil && sec.Kind == plan.Objectives}
	if mark, rest := bulletMark(l.text); mark != 0 {
		sc.from = foldLen(l.text[:rest])
	} else if labels := readLabel(l.text, l.fold); len(labels) > 0 && !strings.HasPrefix(l.text[labels[0].rest:], "%") {
		sc.from = foldLen(l.text[:labels[0].rest])
	}
	if end := aimLabel(l.fold, sc.from); end > 0 {
		t.labelled(&r, sc, end)
		return
	}
	t.lead(l, sec)
	t.scan(&r, sc)
}

// aimLabel is the byte behind "Số lượng:", or 0.
func aimLabel(fold string, from int) int {
	colon := strings.IndexByte(fold[from:min(len(fold), from+50)], ':')
	if colon < 0 {
		return 0
	}
	name := strings.Trim(fold[from:from+colon], " *_.")
	for _, w := range targetWords["label"] {
		if name == w {
			return from + colon + 1
		}
	}
	return 0
}

// labelled reads "Số lượng: 01 - 02 sản phẩm/huyện, thành phố": the unit is what stands behind the number.
func (t *targeter) labelled(r *ruler, sc aimScope, from int) {
	fold := r.line.fold
	found := false
	for i := from; i < sc.to && i < from+400; i++ {
		if !isDigit(fold[i]) || !numberCanBegin(fold, i) {
			continue
		}
		q, ok := readQuantity(fold, i)
		if !ok || datelike(fold, q) || t.cited(r, i) {
			i = max(i, q.to-1)
			continue
		}
		if found { // "02 lớp, 60 học viên": later numbers need a unit of the table
			sc.strong = true
			break
		}
		unitFrom := skipBlanks(fold, q.to)
		end := unitFrom
		if q.percent {
			unitFrom = q.to - 1
		}
		for end < sc.to && end < unitFrom+60 && strings.IndexByte(".;(|:", fold[end]) < 0 {
			end++
		}
		if j := unitBreak(fold, unitFrom, end); j > 0 {
			end = j
		}
		end = trimRight(fold, unitFrom, end)
		unit := r.quote(unitFrom, end)
		if q.percent {
			unit, end = "%", q.to
		}
		t.keep(r, sc, q, unit, sc.from, end)
		found = true
		i = max(i, end-1)
		sc.from = end
	}
	if sc.strong && found && sc.from < sc.to {
		t.scan(r, aimScope{from: sc.from, to: sc.to, strong: true, section: sc.section})
	}
}

// unitBreak is where the unit of a labelled line ends before its clause does: at a comma that another number
// follows, or at a word that goes on with the sentence.
func unitBreak(fold string, from, to int) int {
	for i := from; i < to; i++ {
		if fold[i] == ',' {
			j := skipBlanks(fold, i+1)
			if j < to && isDigit(fold[j]) {
				return i
			}
			for _, w := range []string{"moi", "trong do", "gom", "bao gom", "voi", "tai"} {
				if j < to && opensWith(fold[j:], w) {
					return i
				}
			}
		}
		if fold[i] == ' ' {
			next := fold[i+1 : to]
			if i > from && isDigit(firstByte(next)) {
				return i
			}
			for _, w := range []string{"cho", "tai", "tren", "voi", "de", "va", "trong", "cua", "duoc"} {
				if opensWith(next, w) && !(w == "de" && endsWithAny(fold[from:i], []string{"chuyen", "van", "chu", "tieu"})) { // chuyên đề
					return i
				}
			}
		}
	}
	return 0
}

func endsWithAny(s string, list []string) bool {
	for _, w := range list {
		if strings.HasSuffix(s, w) {
			return true
		}
	}
	return false
}

func firstByte(s string) byte {
	if s == "" {
		return 0
	}
	return s[0]
}

// lead remembers the year of a line that introduces aims: "Đến năm 2030:".
func (t *targeter) lead(l *line, sec *plan.Section) {
	if !strings.HasSuffix(l.fold, ":") || len(l.fold) > 200 {
		return
	}
	if y := yearIn(l.fold); y != "" {
		t.year, t.yearIn = y, refTo(sec)
	}
}

// cited reports whether a byte of the fold belongs to a citation.
func (t *targeter) cited(r *ruler, at int) bool {
	b := r.line.Start + r.text(at)
	list := t.s.plan.Citations
	for t.cite < len(list) && list[t.cite].Span.End <= b {
		t.cite++
	}
	return t.cite < len(list) && list[t.cite].Span.Start <= b
}

// scan reads the numbers of a stretch and keeps those that are aims.
func (t *targeter) scan(r *ruler, sc aimScope) {
	fold := r.line.fold[:sc.to]
	for i := sc.from; i < sc.to; i++ {
		if !isDigit(fold[i]) || !numberCanBegin(fold, i) {
			continue
		}
		q, ok := readQuantity(fold, i)
		if !ok {
			for i+1 < sc.to && isDigit(fold[i+1]) {
				i++
			}
			continue
		}
		last := i
		i = max(i, q.to-1)
		if datelike(fold, q) || t.cited(r, last) {
			continue
		}
		unit, end, sort := r.aimUnit(q, sc)
		if sort == noUnit || !t.isAim(r, sc, q, end, sort) {
			continue
		}
		t.keep(r, sc, q, unit, sc.from, end)
		i = max(i, end-1)
	}
}

// datelike reports whether a number belongs to a date, an hour or a number of some other kind.
func datelike(fold string, q quantity) bool {
	if q.to < len(fold) {
		switch c := fold[q.to]; {
		case c == '/' && q.to+1 < len(fold) && isDigit(fold[q.to+1]) && !fraction(fold, q):
			return true
		case c == ':' && q.to+1 < len(fold) && isDigit(fold[q.to+1]):
			return true
		case (c == 'h' || c == 'g') && !q.percent && q.to+1 < len(fold) && isDigit(fold[q.to+1]):
			return true
		}
	}
	if _, ok := beforeAny(fold, q.from, []string{"nam", "ngay", "thang", "giai doan", "thoi ky", "nhiem ky", "luc"}); ok {
		return true
	}
	return q.value >= 1900 && q.value <= 2150 && q.value == float64(int(q.value)) && q.to-q.from >= 4 && (q.ranged || !strings.Contains(fold[q.from:q.to], ".")) && !q.percent &&
		(q.ranged && q.max > 1900 && q.max <= 2150)
}

// fraction reports "18/24 xã".
func fraction(fold string, q quantity) bool {
	if q.to >= len(fold) || fold[q.to] != '/' || q.ranged || q.percent {
		return false
	}
	n, end, ok := readNumber(fold, q.to+1)
	return ok && (n > q.value || n == q.value && n > 12 && skipWord(fold, end, "gio") == 0) && end < len(fold) && fold[end] == ' ' && end+1 < len(fold) && isLetter(fold[end+1]) && n < 1000 && (n > 31 || q.value > 12 || len(aimUnits[fold[end+1:wordEnd(fold, end+1)]]) > 0)
}

// keep writes a target. Its words are those of the clause that holds it, from the opening of its sentence.
func (t *targeter) keep(r *ruler, sc aimScope, q quantity, unit string, floor, end int) {
	fold := r.line.fold
	from := clauseStart(fold, max(floor, q.from-500), q.from)
	to := clauseEnd(fold, end, min(sc.to, end+400))
	for from < to && (fold[from] == ' ' || fold[from] == '-' || fold[from] == '+' || fold[from] == '*') {
		from++
	}
	span := r.span(from, trimRight(fold, from, to))
	if span.Len() <= 0 { // of bytes that are no text
		return
	}
	out := plan.Target{Value: q.value, Unit: unit, Text: t.s.plan.Quote(span), Section: refTo(sc.section), Span: span}
	if q.ranged {
		top := q.max
		out.Max = &top
	}
	out.Year = t.yearOf(fold[from:to], q.from-from, sc)
	t.s.plan.Targets = append(t.s.plan.Targets, out)
}

// yearOf is the year by which an aim is to be reached: that of its clause, of the line that introduces it, or of
// its node's heading.
func (t *targeter) yearOf(clause string, at int, sc aimScope) string {
	for _, part := range []string{clause[:min(max(at, 0), len(clause))], clause} {
		for i := len(part); i > 0; {
			i = strings.LastIndex(part[:i], "nam ")
			if i < 0 {
				break
			}
			if y, end := fourDigits(part, i+4); end > 0 && (len(t.s.plan.Issued) < 4 || part[i+4:end] >= t.s.plan.Issued[:4]) {
				if _, base := beforeAny(part, i, []string{"so voi", "cua"}); !base {
					return pad(y, 4)
				}
			}
		}
	}
	if t.year != "" && t.yearIn == refTo(sc.section) {
		return t.year
	}
	if sc.section != nil {
		return yearIn(foldOf(sc.section.Heading))
	}
	return ""
}

// clauseStart is where the clause that holds a byte begins: behind a full stop or semicolon, not before floor.
func clauseStart(fold string, floor, at int) int {
	for i := at - 1; i >= floor; i-- {
		if fold[i] == ';' || fold[i] == '.' && i+1 < len(fold) && fold[i+1] == ' ' && i+2 <= at {
			return i + 1
		}
	}
	for floor > 0 && floor < at && fold[floor-1] != ' ' && fold[floor] != ' ' { // never inside a word
		floor++
	}
	return floor
}

// clauseEnd is where the clause that goes on at a byte ends, before a semicolon or a full stop.
func clauseEnd(fold string, at, limit int) int {
	for i := at; i < limit; i++ {
		if fold[i] == ';' || fold[i] == '.' && (i+1 == len(fold) || fold[i+1] == ' ' || fold[i+1] == '/') {
			return i
		}
	}
	if limit < len(fold) {
		for limit > at && fold[limit] != ' ' && fold[limit-1] != ' ' {
			limit--
		}
	}
	return limit
}
