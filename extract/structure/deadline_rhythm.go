package structure

import (
	"slices"
	"strings"

	"kehoach/plan"
)

// rhythmBehind reads the rhythm of a date: "trước ngày 30/11 hằng năm", "ngày 20 hàng tháng", "ngày 25 của tháng
// cuối quý", and dates that share one, "15/6 và 15/12 hằng năm". n is the number of expressions that belong to it.
func rhythmBehind(fold string, list []moment, i int) (end int, recurs string, n int) {
	m := list[i]
	if m.d.year != 0 || m.bad {
		return 0, "", 0
	}
	if m.kind == aMonthly {
		for _, w := range []string{"cua thang cuoi quy", "thang cuoi quy", "thang cuoi cua quy", "cua thang cuoi cung cua quy", "thang cuoi cung cua quy", "cua thang cuoi moi quy",
			"thang cuoi moi quy", "cua thang cuoi cua quy", "cua thang dau quy sau", "thang dau quy sau", "cua thang dau quy ke tiep", "thang dau cua quy sau"} {
			if j := skipWord(fold, m.to, w); j > 0 {
				for n = 1; i+n < len(list) && list[i+n].from < j; n++ { // the "quý" of the phrase itself
				}
				return j, "quarterly", n
			}
		}
		for _, w := range []string{"thang sau", "cua thang sau", "thang ke tiep", "cua thang ke tiep", "cua thang tiep theo", "thang tiep theo", "cua thang lien ke"} {
			if j := skipWord(fold, m.to, w); j > 0 {
				return j, "monthly", 1
			}
		}
	}
	for k := i + 1; k < len(list) && k < i+5; k++ {
		next := list[k]
		gap := strings.TrimSpace(fold[list[k-1].to:next.from])
		if next.kind == aRhythm {
			if gap != "" && gap != "cua" && gap != "," {
				return 0, "", 0
			}
			switch {
			case m.kind == aMonthly && (next.recurs == "monthly" || next.recurs == "quarterly" || next.recurs == "weekly"):
			case m.kind != aMonthly && next.recurs == "yearly":
			default:
				return 0, "", 0
			}
			return next.to, next.recurs, k - i + 1
		}
		if next.kind != m.kind || next.d.year != 0 || next.bad {
			return 0, "", 0
		}
		switch strings.TrimSpace(strings.TrimSuffix(gap, "truoc")) {
		case ",", "va", "hoac", "-", "–", "va ngay":
		default:
			return 0, "", 0
		}
	}
	return 0, "", 0
}

// recurring keeps dates that a rhythm behind them repeats.
func (d *deadliner) recurring(r *ruler, sc scope, list []moment, b lead1, end int, recurs string) {
	for i, m := range list {
		if m.kind == aRhythm {
			continue
		}
		from, to := b.from, m.to
		if i > 0 {
			from = r.readBefore(list[i-1].to, m.from).from
		}
		if i == len(list)-1 || list[i+1].kind == aRhythm {
			to = end
		}
		d.keep(r, sc, from, to, plan.Deadline{Recurs: recurs, MonthDay: monthDay(m)})
	}
}

// monthDay is "11-30" of a day of a year, and "20" of a day of a month or quarter.
func monthDay(m moment) string {
	if m.kind == aMonthly {
		return pad(m.d.day, 2)
	}
	last := m.d.last().day
	if m.kind != aDay && m.d.month == 2 {
		last = 28
	}
	return pad(m.d.month, 2) + "-" + pad(last, 2)
}

// rhythm keeps a rhythm, with the date that goes with it: "hằng năm, trước ngày 15/12", "định kỳ 6 tháng (trước ngày
// 15/6), hằng năm (trước ngày 15/12)".
func (d *deadliner) rhythm(r *ruler, sc scope, list []moment, i int) int {
	fold := r.line.fold
	run := 1
	for i+run < len(list) && list[i+run].kind == aRhythm && list[i+run].from-list[i+run-1].to <= 12 && joinsRhythms(fold[list[i+run-1].to:list[i+run].from]) {
		run++
	}
	// the dates right behind the rhythms
	dates := 0
	at := list[i+run-1].to
	for i+run+dates < len(list) {
		m := list[i+run+dates]
		if m.kind != aDay && m.kind != aMonthly || m.d.year != 0 || m.bad {
			break
		}
		b := r.readBefore(at, m.from)
		gap := strings.Trim(fold[at:b.from], " ,(:")
		if gap != "" && gap != "va" || !b.limit && dates == 0 && !strings.ContainsAny(fold[at:m.from], "(,") && !opensWith(fold[m.from:], "ngay") {
			break
		}
		dates++
		at = m.to
	}
	if !d.isTerm(r, sc, list[i], list[i+run-1]) && dates == 0 {
		return run
	}
	if dates == 0 {
		if n := d.later(r, sc, list, i, run); n > 0 {
			return n
		}
		for k := range run {
			d.keep(r, sc, list[i+k].from, list[i+k].to, plan.Deadline{Recurs: list[i+k].recurs})
		}
		return run
	}
	// Of more rhythms than dates the first stand alone; of more dates than rhythms the last share the last rhythm.
	alone := max(run-dates, 0)
	for k := range alone {
		d.keep(r, sc, list[i+k].from, list[i+k].to, plan.Deadline{Recurs: list[i+k].recurs})
	}
	for k := range dates {
		m, t := list[i+min(alone+k, run-1)], list[i+run+k]
		out := plan.Deadline{Recurs: m.recurs, MonthDay: monthDay(t)}
		if t.kind == aMonthly && m.recurs == "yearly" {
			out.MonthDay = ""
		}
		from := m.from
		if k > 0 || run-alone > 1 {
			from = r.readBefore(list[i+run+k-1].to, t.from).from
		}
		d.keep(r, sc, from, t.to, out)
	}
	return run + dates
}

// later keeps the dates that stand further on in the clause which a rhythm opens, in place of the rhythm: "Hằng năm
// báo cáo kết quả trước ngày 15/11". It is 0 where there are none.
func (d *deadliner) later(r *ruler, sc scope, list []moment, i, run int) int {
	fold := r.line.fold
	m := list[i+run-1]
	if run > 1 || i+1 >= len(list) {
		return 0
	}
	t := list[i+1]
	if t.from-m.to > 130 || strings.ContainsAny(fold[m.to:t.from], ".;") || t.d.year != 0 || t.bad || t.kind != aDay && t.kind != aMonthly {
		return 0
	}
	b := r.readBefore(m.to, t.from)
	if !b.limit {
		return 0
	}
	if _, recurs, _ := rhythmBehind(fold, list, i+1); recurs != "" {
		return 1 // the date says its rhythm itself
	}
	switch {
	case t.kind == aDay && m.recurs != "yearly" && m.recurs != "half-yearly", t.kind == aMonthly && m.recurs == "yearly":
		return 0
	}
	n := 2
	for ; i+n < len(list); n++ {
		next := list[i+n]
		if next.kind != t.kind || next.d.year != 0 || next.bad || !joinsDates(fold[list[i+n-1].to:next.from]) {
			break
		}
	}
	recurs := m.recurs
	if t.kind == aDay && n > 2 {
		recurs = "yearly"
	}
	for k := 1; k < n; k++ {
		b := r.readBefore(list[i+k-1].to, list[i+k].from)
		d.keep(r, sc, b.from, list[i+k].to, plan.Deadline{Recurs: recurs, MonthDay: monthDay(list[i+k])})
	}
	return n
}

// joinsDates reports whether only a joint and a limit stand between two dates.
func joinsDates(gap string) bool {
	for _, w := range strings.FieldsFunc(gap, notFoldWord) {
		if w != "va" && w != "hoac" && w != "truoc" && w != "cham" && w != "nhat" {
			return false
		}
	}
	return !strings.ContainsAny(gap, ".;")
}

// joinsRhythms reports whether only a joint stands between two rhythms.
func joinsRhythms(gap string) bool {
	for _, w := range strings.FieldsFunc(gap, func(r rune) bool { return r == ' ' || r == ',' || r == ';' || r == '/' }) {
		if w != "va" && w != "hoac" && w != "dinh" && w != "ky" && w != "bao" && w != "cao" {
			return false
		}
	}
	return true
}

// isTerm reports whether a rhythm is a term: behind a label, said to be regular, opening a duty, or closing one of
// reporting. One that only qualifies a budget or a routine is none (decision 10).
func (d *deadliner) isTerm(r *ruler, sc scope, m, last moment) bool {
	fold := r.line.fold
	if m.marked || (sc.field || labelBefore(fold, sc.from, m.from)) && !(m.weak && !sc.loose) {
		_, noun := beforeAny(fold, m.from, []string{"du toan", "ngan sach", "giao ban"})
		return !noun
	}
	if m.weak || d.objective(sc) {
		return false
	}
	k := trimRight(fold, sc.from, m.from)
	if k == sc.from || opensLine(r, sc, k) {
		return true
	}
	next := skipBlanks(fold, last.to)
	if next < len(fold) && fold[next] == ',' {
		next = skipBlanks(fold, next+1)
	}
	duty := slices.ContainsFunc(deadlineWords["duty"], func(w string) bool { return next < len(fold) && opensWith(fold[next:], w) })
	switch fold[k-1] {
	case '.', ';', ':':
		return true
	case ',', '(':
		return duty || fold[k-1] == '('
	}
	if _, ok := before(fold, k, "va"); ok && duty {
		return true
	}
	if _, _, ok := deadlineBefore["noun"].before(fold, 0, k); ok {
		return false
	}
	clause := fold[max(sc.from, k-170):k]
	if i := strings.LastIndexAny(clause, ".;:"); i >= 0 {
		clause = clause[i+1:]
	}
	if m.recurs != "yearly" { // "khám hằng quý cho trẻ em": a month or a quarter qualifies what is done
		return sc.section != nil && (sc.section.Kind == plan.Content || sc.section.Kind == plan.Organization || sc.section.Kind == plan.Reporting)
	}
	if !endsClause(fold, last.to) {
		return false
	}
	for _, w := range []string{"dinh ky", "bao cao", "so ket", "tong ket"} {
		if _, ok := hasWord(clause, w); ok {
			return true
		}
	}
	return false
}
