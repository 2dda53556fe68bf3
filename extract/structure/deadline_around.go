package structure

import (
	"slices"
	"strconv"
	"strings"

	"kehoach/plan"
)

// lead1 is what the words right before a time expression say of it.
type lead1 struct {
	from      int  // where the words that belong to it begin
	limit     bool // trước, chậm nhất, vào, đến, trong …
	before    bool // trước
	into      bool // vào
	done      bool // hoàn thành …
	start     bool // từ, kể từ, tính đến …
	beginning bool // đầu năm
	ending    bool // cuối năm
	dash      bool // a comma in a short line: the place and date of a letterhead
}

// readBefore reads the words before a byte of the fold, not beyond floor.
func (r *ruler) readBefore(floor, at int) lead1 {
	fold := r.line.fold
	b := lead1{from: at}
	i, hour := at, false
	for range 8 {
		j, w, ok := wordsBefore(fold, floor, i, "limit")
		if ok {
			switch w {
			case "truoc":
				b.before = true
			case "vao":
				b.into = true
			}
			_, _, never := wordsBefore(fold, floor, j, "never")
			if _, counted := before(fold, j, "tinh"); never || counted && strings.HasPrefix(w, "den") { // tính đến ngày …
				return lead1{from: at, start: true}
			}
			b.limit, b.from, i = true, j, j
			continue
		}
		if j, w, ok = wordsBefore(fold, floor, i, "join"); ok {
			if w == "dau" || w == "giua" {
				b.beginning = true
			}
			b.ending = b.ending || w == "cuoi"
			hour = w == "gio" || w == "phut"
			b.from, i = j, j
			continue
		}
		if j, ok = hourBefore(fold, floor, i, hour); ok {
			b.from, i = j, j
			continue
		}
		break
	}
	if i == at || !b.limit {
		if j, _, ok := wordsBefore(fold, floor, i, "start"); ok {
			b.start = startWords[strings.ToLower(strings.TrimSpace(r.quote(j, i)))]
		}
	}
	k := trimRight(fold, floor, i)
	if k > floor && strings.IndexByte("(,:", fold[k-1]) >= 0 && !b.limit {
		b.dash = fold[k-1] == ',' && k < 40 && len(fold) < 60
		k = trimRight(fold, floor, k-1)
	}
	if _, _, ok := wordsBefore(fold, floor, k, "done"); ok {
		b.done = true
	}
	// An hour or a "thời gian" that belongs to no limit stays outside: the text is the time words alone.
	if !b.limit {
		b.from = at
		if j, ok := beforeAny(fold, at, []string{"dinh ky", "cuoi"}); ok && j >= floor {
			b.from = j
		}
	}
	return b
}

// fromBefore finds "từ" before a byte; "thứ tư" and "điện tử" fold alike.
func (r *ruler) fromBefore(floor, at int) (start int, ok bool) {
	j, ok := before(r.line.fold, at, "tu")
	return j, ok && j >= floor && strings.EqualFold(strings.TrimSpace(r.quote(j, at)), "từ")
}

func wordsBefore(fold string, floor, at int, use string) (start int, word string, ok bool) {
	return deadlineBefore[use].before(fold, floor, at)
}

// hourBefore reads "16h30" or "8g00" before a byte, and a bare "17" where "giờ" follows it.
func hourBefore(fold string, floor, at int, bare bool) (int, bool) {
	end := trimRight(fold, floor, at)
	if end > floor && fold[end-1] == ',' {
		end = trimRight(fold, floor, end-1)
	}
	i := end
	for i > floor && end-i < 6 && (isDigit(fold[i-1]) || fold[i-1] == 'h' || fold[i-1] == 'g') {
		i--
	}
	if i == end || !isDigit(fold[i]) || !bare && isDigit(fold[end-1]) && !strings.ContainsAny(fold[i:end], "hg") || i > floor && (isLetter(fold[i-1]) || fold[i-1] == '/') {
		return 0, false
	}
	return i, true
}

// opensLine reports whether only a bullet or a label stands before a byte of the line.
func opensLine(r *ruler, sc scope, at int) bool {
	l := r.line
	if sc.from > 0 || at > 24 {
		return false
	}
	if mark, rest := bulletMark(l.text); mark != 0 {
		return at <= foldLen(l.text[:rest])
	}
	labels := readLabel(l.text, l.fold)
	return len(labels) > 0 && at <= foldLen(l.text[:labels[0].rest])
}

// labelBefore reports whether a label of time stands inside the sentence before a byte: "(thời gian thực hiện: quý
// III/2025)", "hoàn thành: tháng 6/2025".
func labelBefore(fold string, floor, at int) bool {
	from := max(floor, at-60)
	colon := strings.LastIndexByte(fold[from:at], ':')
	if colon < 0 {
		return false
	}
	colon += from
	if strings.ContainsAny(fold[colon:at], ";.") || len(strings.TrimSpace(fold[colon+1:at])) > 24 {
		return false
	}
	name := fold[from:colon]
	if i := strings.LastIndexAny(name, ".;,(-+"); i >= 0 {
		name = name[i+1:]
	}
	return isTimeLabel(strings.TrimSpace(name))
}

// opensPhase reports whether an expression opens its line or sentence and a colon follows: "Quý I/2025: rà soát".
func opensPhase(fold string, floor, from, to int) bool {
	if i := skipBlanks(fold, to); i >= len(fold) || fold[i] != ':' && !(fold[i] == ')' && i+1 < len(fold) && fold[i+1] == ':') {
		return false
	}
	if i := skipBlanks(fold, min(strings.IndexByte(fold[to:], ':')+to+1, len(fold))); i < len(fold) && isDigit(fold[i]) { // "năm 2022: 50,4%"
		return false
	}
	k := trimRight(fold, floor, from)
	return k-floor < 8 || k > 0 && strings.IndexByte(".;-+(", fold[k-1]) >= 0
}

// openEnd reports whether an expression goes on without an end: "năm 2024 và những năm tiếp theo".
func openEnd(fold string, to int) bool {
	for _, w := range []string{"va nhung nam tiep theo", "va cac nam tiep theo", "va nhung nam tiep", "va nam tiep theo", "tro di", "va cac nam sau", "va nhung nam sau", "den nay", "va nhung nam toi"} {
		if skipWord(fold, to, w) > 0 {
			return true
		}
	}
	return false
}

// halfBefore reads the "6 tháng đầu" or "6 tháng cuối" of a year.
func halfBefore(fold string, floor, from, at int) (moment, bool) {
	for _, w := range []struct {
		words string
		month int
	}{{"6 thang dau", 6}, {"06 thang dau", 6}, {"sau thang dau", 6}, {"6 thang cuoi", 12}, {"06 thang cuoi", 12}, {"sau thang cuoi", 12}, {"nua dau", 6}, {"nua cuoi", 12}} {
		if j, ok := before(fold, at, w.words); ok && j >= floor {
			return moment{from: min(from, j), d: day{month: w.month}}, true
		}
	}
	return moment{}, false
}

// activity reports whether a stretch of a part on time names something to do beside the time itself.
func activity(fold, time string) bool {
	rest := strings.Replace(fold, time, " ", 1)
	n := 0
	for _, w := range strings.FieldsFunc(rest[:min(len(rest), 400)], notFoldWord) {
		if !isDigit(w[0]) && !slices.Contains(deadlineWords["generic"], w) && len(w) > 1 {
			n++
		}
	}
	return n >= 3
}

// onlyTime reports whether a cell or value holds hardly more than a time.
func onlyTime(fold string) bool { return len(strings.TrimSpace(fold)) < 40 }

// yearless keeps a date whose year is not printed: that of a plan of one year, or of the year in which it was
// issued; in a plan of several years a report is due every year. The year is inferred then.
func (d *deadliner) yearless(r *ruler, sc scope, m moment, b lead1) {
	fold := r.line.fold
	out := plan.Deadline{}
	year := d.planYear()
	if y := clauseYear(fold, sc.from, b.from); y > 0 {
		year = y
	}
	switch {
	case year > 0:
		m.d.year = year
		if !sc.field && d.past(m.d.last()) {
			return
		}
		out.Date = d.date(m)
		d.inferred()
	case m.kind == aDay && d.reports(fold[max(sc.from, b.from-200):min(len(fold), m.to+60)]):
		out.Recurs, out.MonthDay = "yearly", monthDay(m)
	case d.issuedYear() > 0 && d.period == (plan.Period{}):
		m.d.year = d.issuedYear()
		if d.past(m.d.last()) {
			return
		}
		out.Date = d.date(m)
		d.inferred()
	case m.kind == aDay:
		out.MonthDay = monthDay(m)
	default:
		return
	}
	d.keep(r, sc, b.from, m.to, out)
}

// clauseYear is the year that the clause names before a date: "riêng năm 2021 hoàn thành trước ngày 15/12".
func clauseYear(fold string, floor, at int) int {
	clause := fold[max(floor, at-120):at]
	if i := strings.LastIndexAny(clause, ".;"); i >= 0 {
		clause = clause[i+1:]
	}
	i := strings.LastIndex(clause, "nam ")
	if i < 0 || i > 0 && isLetter(clause[i-1]) {
		return 0
	}
	y, end := fourDigits(clause, i+4)
	if end == 0 {
		return 0
	}
	if rest := strings.TrimSpace(clause[end:]); strings.HasPrefix(rest, "-") || strings.HasPrefix(rest, "–") {
		return 0
	}
	return y
}

func (d *deadliner) inferred() { d.s.infer("deadlines") }

// planYear is the year of a plan that covers one, or 0.
func (d *deadliner) planYear() int {
	if len(d.period.From) < 4 || len(d.period.To) < 4 || d.period.From[:4] != d.period.To[:4] {
		return 0
	}
	y, _ := strconv.Atoi(d.period.From[:4])
	return y
}

func (d *deadliner) issuedYear() int {
	if len(d.s.plan.Issued) < 4 {
		return 0
	}
	y, _ := strconv.Atoi(d.s.plan.Issued[:4])
	return y
}

// reports reports whether a clause is about a report.
func (d *deadliner) reports(clause string) bool {
	for _, w := range []string{"bao cao", "so ket", "tong ket", "dinh ky"} {
		if strings.Contains(clause, w) {
			return true
		}
	}
	return false
}
