package structure

import (
	_ "embed"
	"sort"
	"strings"

	"kehoach/internal/tsv"
	"kehoach/plan"
)

//go:embed tables/deadline_words.tsv
var deadlineWordsTSV string

// deadlineWords are the words of the table by their use, the longest first.
var deadlineWords = func() map[string][]string {
	m := map[string][]string{}
	for _, row := range tsv.MustParse("deadline_words.tsv", deadlineWordsTSV, "use", "words").Rows {
		m[row[0]] = append(m[row[0]], row[1])
	}
	for _, list := range m {
		sort.SliceStable(list, func(i, j int) bool { return len(list[i]) > len(list[j]) })
	}
	return m
}()

// deadlineBefore are the same as phrases before a place.
var deadlineBefore = func() map[string]phrases {
	m := map[string]phrases{}
	for use, list := range deadlineWords {
		m[use] = newPhrases(foldAll(list))
	}
	return m
}()

// startWords are those of "start" with their marks.
var startWords = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range deadlineWords["start"] {
		m[w] = true
	}
	return m
}()

// deadlines reads the terms and rhythms by which something is due.
func deadlines(s *state) {
	d := deadliner{s: s, walk: s.walkSections(), period: s.readPeriod(), whole: s.wholeParts()}
	c := citer{s: s}
	var heads []int // columns of time of the table that goes on
	for i := 0; i < len(s.lines); i++ {
		l := &s.lines[i]
		if !l.isRow() {
			heads = nil
		} else if c, head := s.columnsAt(i); c != nil {
			if heads = c.of(timeField); head {
				continue
			}
		} else if h, ok := d.timeColumns(i); ok {
			if len(h) > 0 || l.style != plan.HeadRow {
				heads = h // a second row of heads says nothing of the first
			}
			continue
		}
		if c.zone(i) != zoneBody {
			continue
		}
		if !hasTime(l) && heads == nil || enclosure(l) {
			continue
		}
		if _, broken := beforeAny(l.fold, len(l.fold), []string{"truoc ngay", "truoc", "ngay", "thang", "quy", "nam"}); broken && !l.isRow() {
			if j, ok := s.joined(i); ok {
				d.read(&j, heads)
				i++
				continue
			}
		}
		d.read(l, heads)
	}
}

type deadliner struct {
	s      *state
	walk   *sectionWalk
	period plan.Period
	whole  []bool // the sections on time that speak of the whole plan
	cite   int    // the first citation that ends behind the place
}

func (d *deadliner) read(l *line, columns []int) {
	r := newRuler(l)
	sec := d.walk.at(l.Start)
	if d.walk.inBasis() {
		return
	}
	if !l.isRow() {
		sc := scope{to: len(l.fold), section: sec}
		sc.from, sc.field = d.labelEnd(l)
		sc.loose = sc.field
		if sec != nil && sec.Kind == plan.Schedule {
			sc.field, sc.whole = true, d.whole[sec.ID]
		}
		d.scan(&r, sc)
		return
	}
	for k, c := range l.cells {
		if c.Len() == 0 {
			continue
		}
		sc := scope{from: r.fold(c.Start - l.Start), to: r.fold(c.End - l.Start), section: sec}
		for _, col := range columns {
			sc.field = sc.field || col == k
		}
		sc.loose = sc.field
		d.scan(&r, sc)
	}
}

// scan reads the time expressions of a scope and keeps those that are terms.
func (d *deadliner) scan(r *ruler, sc scope) {
	list := r.moments(sc.from, sc.to, sc.loose)
	sc.floor = sc.from
	for i := 0; i < len(list); {
		i += max(d.take(r, sc, list, i), 1)
		sc.floor = list[i-1].to
	}
}

// take judges the expression list[i] and what goes with it, and is the number of expressions that it used.
func (d *deadliner) take(r *ruler, sc scope, list []moment, i int) int {
	fold := r.line.fold
	m := list[i]
	if d.cited(r, m) {
		return 1
	}
	if i+1 < len(list) && ranges(fold, m, list[i+1]) {
		return d.span(r, sc, list, i)
	}
	if m.kind == aRhythm {
		return d.rhythm(r, sc, list, i)
	}
	b := r.readBefore(sc.floor, m.from)
	if m.kind != aYear {
		if end, recurs, n := rhythmBehind(fold, list, i); recurs != "" {
			d.recurring(r, sc, list[i:i+n], b, end, recurs)
			return n
		}
		if m.kind == aMonthly {
			return 1
		}
		if m.kind == aDay && m.d.year == 0 && (b.limit || b.done) && i+1 < len(list) { // "6 tháng trước ngày 20/6 và năm trước ngày 10/12 hằng năm"
			next := list[i+1]
			if _, recurs, n := rhythmBehind(fold, list, i+1); recurs == "yearly" && n > 0 && next.from-m.to < 60 && !strings.ContainsAny(fold[m.to:next.from], ".;") {
				d.keep(r, sc, b.from, m.to, plan.Deadline{Recurs: recurs, MonthDay: monthDay(m)})
				return 1
			}
		}
	}
	d.single(r, sc, m, b)
	return 1
}

// cited reports whether the expression belongs to a citation: the date of a document is no term.
func (d *deadliner) cited(r *ruler, m moment) bool {
	at := r.line.Start + r.text(m.from)
	for d.cite < len(d.s.plan.Citations) && d.s.plan.Citations[d.cite].Span.End <= at {
		d.cite++
	}
	return d.cite < len(d.s.plan.Citations) && d.s.plan.Citations[d.cite].Span.Start <= at
}

// ranges reports whether two expressions are the ends of one range: "từ ngày 11/9 đến hết năm 2026".
func ranges(fold string, a, b moment) bool {
	if a.kind == aRhythm || b.kind == aRhythm || a.bad || b.bad || b.from-a.to > 40 {
		return false
	}
	gap := strings.TrimSpace(fold[a.to:b.from])
	switch gap {
	case "-", "–", "—":
		return a.kind == b.kind || !a.loose && !b.loose
	case "den", "den het", "toi", "den truoc", "den cuoi", "den het ngay", "cho den", "- het", "den khoang":
		return true
	}
	// "từ 8 giờ ngày 11/9/2026 đến 17 giờ ngày 20/9/2026"
	if rest, ok := strings.CutPrefix(gap, "den "); ok && len(rest) < 24 {
		for _, w := range strings.Fields(rest) {
			if !isDigit(w[0]) && w != "gio" && w != "phut" && w != "het" && w != "khoang" {
				return false
			}
		}
		return true
	}
	return false
}

// span keeps the range list[i], list[i+1] by its end, and is the number of expressions that it used. A range that
// is stated for the whole plan is none (decision 32).
func (d *deadliner) span(r *ruler, sc scope, list []moment, i int) int {
	fold := r.line.fold
	a, b := list[i], list[i+1]
	if b.d.year == 0 {
		b.d.year = a.d.year
	}
	if a.d.year != 0 && b.d.year != 0 && a.d.year < b.d.year-20 || b.kind == aMonthly { // 30/4/1975 - 30/4/2025
		return 2
	}
	lead := r.readBefore(sc.floor, a.from)
	from := lead.from
	if j, ok := r.fromBefore(sc.floor, a.from); ok {
		from = j
		lead = r.readBefore(sc.floor, j)
	}
	if !sc.field && !labelBefore(fold, sc.from, from) {
		// In running text a range of years is a span of something else; "(… - …)" is when something was.
		if a.kind == aYear || b.kind == aYear && a.kind != aDay || from == a.from && !lead.limit && !lead.done {
			return 2
		}
		if b.d.year != 0 && d.past(b.d.last()) || d.objective(sc) {
			return 2
		}
	}
	if sc.whole && !activity(sc.around(fold, from, b.to), fold[from:b.to]) || openEnd(fold, b.to) {
		return 2
	}
	if (a.d == day{day: 1, month: 1}) && b.d.day == 31 && b.d.month == 12 { // a year of accounts
		return 2
	}
	if b.d.year != 0 {
		d.keep(r, sc, from, b.to, plan.Deadline{Date: d.date(b)})
		return 2
	}
	// A range without a year goes with the rhythm beside it, else with the year of the plan.
	if i+2 < len(list) && list[i+2].kind == aRhythm && list[i+2].recurs == "yearly" && strings.TrimSpace(fold[b.to:list[i+2].from]) == "" {
		d.keep(r, sc, from, list[i+2].to, plan.Deadline{Recurs: "yearly", MonthDay: monthDay(b)})
		return 3
	}
	if i > 0 && list[i-1].kind == aRhythm && list[i-1].recurs == "yearly" && strings.Trim(fold[list[i-1].to:from], " ,(") == "" {
		d.keep(r, sc, from, b.to, plan.Deadline{Recurs: "yearly", MonthDay: monthDay(b)})
		return 2
	}
	d.yearless(r, sc, b, lead1{from: from})
	return 2
}

// single keeps one date, month, quarter or year where the words around it make it a term.
func (d *deadliner) single(r *ruler, sc scope, m moment, b lead1) {
	fold := r.line.fold
	if m.bad {
		if b.limit || b.done || sc.field {
			sp := r.span(b.from, m.to)
			d.s.problem(plan.MalformedDate, "the date of a term is misprinted", sp)
			d.keep(r, sc, b.from, m.to, plan.Deadline{})
		}
		return
	}
	if b.start && !b.done || openEnd(fold, m.to) || m.kind == aDay && !b.limit && numberBefore(fold, m.from) {
		return
	}
	if sc.whole && b.limit && strings.HasPrefix(fold[b.from:], "den") && containsWord(fold[max(sc.from, b.from-60):b.from], []string{"tu khi", "tu ngay", "ke tu", "tu nay", "tu thang", "tu sau"}) {
		return // the plan's own span
	}
	phase := opensPhase(fold, sc.from, b.from, m.to)
	field := sc.field || labelBefore(fold, sc.from, b.from)
	switch {
	case m.kind == aYear:
		half, isHalf := halfBefore(fold, sc.floor, b.from, m.from)
		if isHalf {
			if lead := r.readBefore(sc.floor, half.from); lead.limit || lead.done { // "trong 6 tháng đầu năm 2024"
				half.from, b.done, b.limit = lead.from, true, true
			}
			b.from = half.from
			m.d.month = half.d.month
		}
		if _, _, season := deadlineBefore["season"].before(fold, 0, m.from); season || b.beginning && !isHalf {
			return
		}
		if !field && !(b.done && b.limit || b.into || phase && !d.objective(sc)) {
			return
		}
		if !field && !phase && d.objective(sc) && !b.done {
			return
		}
		if field && sc.whole && !isHalf && !phase && !activity(sc.around(fold, b.from, m.to), fold[b.from:m.to]) {
			return
		}
	case field:
		if m.kind == aDay && m.loose && m.d.year == 0 && !onlyTime(fold[sc.from:sc.to]) && !b.limit {
			return
		}
	case m.kind == aDay:
		if m.loose && !b.limit && !b.done || m.d.year == 0 && !b.limit && !b.done && !phase {
			return
		}
		if b.dash && !b.limit { // "Đà Nẵng, ngày …"
			return
		}
	default:
		if !b.limit && !b.done && !phase || d.objective(sc) && !b.done && !b.before {
			return
		}
	}
	if b.before && !b.ending && m.kind != aDay { // trước tháng 6: the last day before it
		m = dayBefore(m)
	}
	if m.d.year == 0 {
		d.yearless(r, sc, m, b)
		return
	}
	if !field && !phase && d.past(m.d.last()) {
		return
	}
	d.keep(r, sc, b.from, m.to, plan.Deadline{Date: d.date(m)})
}

// numberBefore reports whether the number of a document stands right before a date: it is the document's.
func numberBefore(fold string, at int) bool {
	end := trimRight(fold, 0, at)
	if end > 0 && fold[end-1] == ',' {
		end = trimRight(fold, 0, end-1)
	}
	i := end
	for i > 0 && end-i < 40 && fold[i-1] != ' ' {
		i--
	}
	slash := strings.IndexByte(fold[i:end], '/')
	return slash > 0 && strings.ContainsAny(fold[i+slash:end], "abcdefghijklmnopqrstuvwxyz")
}

// dayBefore is the last day before a month, quarter or year.
func dayBefore(m moment) moment {
	switch m.kind {
	case aQuarter:
		m.d.month -= 2
	case aYear:
		m.d.month = 1
	}
	m.d.month--
	if m.d.month == 0 {
		m.d.month = 12
		if m.d.year > 0 {
			m.d.year--
		}
	}
	m.kind = aMonth
	return m
}

// date is the last day of what an expression names, "2025-12-31".
func (d *deadliner) date(m moment) string {
	if m.d.year == 0 {
		return ""
	}
	return m.d.last().iso()
}

// past reports whether a day lies before the document's own date, so that nothing can be due by it.
func (d *deadliner) past(t day) bool {
	issued := d.s.plan.Issued
	return issued != "" && t.year != 0 && t.iso()[:min(len(issued), len(t.iso()))] < issued[:min(len(issued), len(t.iso()))]
}

// objective reports whether a scope states aims: the years of aims are no terms.
func (d *deadliner) objective(sc scope) bool {
	return sc.section != nil && sc.section.Kind == plan.Objectives
}

func (d *deadliner) keep(r *ruler, sc scope, from, to int, out plan.Deadline) {
	fold := r.line.fold
	for from < to && fold[from] == ' ' {
		from++
	}
	out.Span = r.span(from, trimRight(fold, from, to))
	out.Text = d.s.plan.Quote(out.Span)
	out.Section = refTo(sc.section)
	d.s.plan.Deadlines = append(d.s.plan.Deadlines, out)
}
