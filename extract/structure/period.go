package structure

import (
	"strconv"
	"strings"

	"kehoach/normalize"
	"kehoach/plan"
)

// period writes the years that the plan covers, as its title or its schedule says.
func period(s *state) { s.plan.Period = s.readPeriod() }

// readPeriod reads the title first. A year of the plan's own goes before the span of the programme that it
// carries out, wherever it stands (decision 16).
func (s *state) readPeriod() plan.Period {
	title := readYears(s.plan.Title)
	if title.own.From != "" {
		return title.own
	}
	for i, whole := range s.wholeParts() {
		if !whole {
			continue
		}
		sec := &s.plan.Sections[i]
		words := sec.Text
		if end := strings.IndexByte(words, '\n'); end >= 0 {
			words = words[:end]
		}
		words = strings.TrimSpace(sec.Heading + ": " + words[:min(len(words), 300)])
		if span, ok := dayRange(words); ok && title.span == (plan.Period{}) {
			return span
		}
		got := readYears(words)
		if got.own.From != "" && !activity(normalize.Fold(words), "") {
			return got.own
		}
		if title.span == (plan.Period{}) && got.span != (plan.Period{}) {
			return got.span
		}
	}
	if y := lastYear(s.plan.Title); title.span == (plan.Period{}) && y != "" && (len(s.plan.Issued) < 4 || y >= s.plan.Issued[:4]) {
		return plan.Period{From: y, To: y} // "Năm An toàn giao thông 2015"
	}
	return title.span
}

// lastYear is the year that ends a title, or "".
func lastYear(title string) string {
	title = strings.TrimRight(title, " .”\"")
	if _, named := before(normalize.Fold(title), len(normalize.Fold(title))-4, "nam"); named {
		return ""
	}
	if y, _ := fourDigits(title, max(len(title)-4, 0)); y > 0 && len(title) > 5 && title[len(title)-5] == ' ' {
		return title[len(title)-4:]
	}
	return ""
}

// wholeParts are the parts on time that speak of the whole plan, by section: those at the top, and those that
// stand under nothing which is an activity of its own.
func (s *state) wholeParts() []bool {
	list := s.plan.Sections
	whole := make([]bool, len(list))
	second, last := 0, -1 // parts on time of the second level
	var top *plan.Section
	for i := range list {
		sec := &list[i]
		if sec.Level == 1 {
			top = sec
		}
		if sec.Kind != plan.Schedule {
			continue
		}
		whole[i] = sec.Level == 1 || top != nil && top.Kind == plan.Schedule
		if sec.Level == 2 && strings.HasPrefix(normalize.Fold(sec.Heading), "thoi gian") {
			second, last = second+1, i
		}
	}
	if second == 1 {
		whole[last] = true
	}
	return whole
}

// years are what a title says of time: the year that the plan names for itself, and the span of a programme.
type years struct{ own, span plan.Period }

// readYears reads "giai đoạn 2021 - 2030", "từ năm 2021 đến năm 2030", "năm 2024 và những năm tiếp theo", "trong năm
// 2024", "đến năm 2030". Years of documents and laws that the words name do not count.
func readYears(words string) years {
	l := line{Span: plan.Span{End: len(words)}, text: words, fold: normalize.Fold(words)}
	r := newRuler(&l)
	fold := l.fold
	hits := r.laws(r.laws(r.numbers(), "luat", "Luật"), "phap lenh", "PL")
	var out years
	prev := 0 // behind the year before
	for i := 0; i+4 <= len(fold); i++ {
		if !isDigit(fold[i]) || i > 0 && (isDigit(fold[i-1]) || fold[i-1] == '/' || isLetter(fold[i-1])) {
			continue
		}
		y, end := fourDigits(fold, i)
		if end == 0 || inHits(hits, i) || end < len(fold) && fold[end] == '/' {
			if end > 0 {
				i = end - 1
			}
			continue
		}
		from := i
		i = end - 1
		if to, j := yearRange(fold, end); j > 0 {
			if to >= y && to-y < 60 {
				out.span = plan.Period{From: strconv.Itoa(y), To: strconv.Itoa(to)}
			}
			i = j - 1
			continue
		}
		if prev > 0 && from-prev < 44 && len(out.own.From) == 4 && through(fold[prev:from]) { // từ tháng 6 năm 2021 đến hết tháng 12 năm 2025
			out.span, out.own = plan.Period{From: out.own.From, To: strconv.Itoa(y)}, plan.Period{}
			continue
		}
		out.year(&r, from, end, y)
		prev = end
	}
	return out
}

func inHits(hits []hit, at int) bool {
	for _, h := range hits {
		if h.from <= at && at < h.to {
			return true
		}
	}
	return false
}

// through reports whether the words between two years make them the ends of one span.
func through(gap string) bool {
	_, ok := hasWord(gap, "den")
	return ok && !strings.ContainsAny(gap, ".;,")
}

// yearRange reads the end of a span behind its first year: " - 2030", " đến năm 2030".
func yearRange(fold string, i int) (year, end int) {
	i = skipBlanks(fold, i)
	for _, joint := range []string{"-", "–", "—", "÷"} {
		if strings.HasPrefix(fold[i:], joint) {
			j := skipBlanks(fold, i+len(joint))
			if k := skipWord(fold, j, "nam"); k > 0 {
				j = skipBlanks(fold, k)
			}
			return fourDigits(fold, j)
		}
	}
	for _, joint := range []string{"den het", "den", "toi"} {
		if j := skipWord(fold, i, joint); j > 0 {
			if k := skipWord(fold, j, "nam"); k > 0 {
				j = k
			}
			return fourDigits(fold, skipBlanks(fold, j))
		}
	}
	return 0, 0
}

// year takes a single year: the plan's own, the end of an open span, or one that only dates something.
func (out *years) year(r *ruler, from, end, y int) {
	fold := r.line.fold
	name := strconv.Itoa(y)
	at, named := before(fold, from, "nam")
	if !named {
		return
	}
	if _, ok := beforeAny(fold, at, []string{"tam nhin", "tam nhin den", "dinh huong", "dinh huong den", "tam nhin toi", "huong toi", "huong den", "va dinh huong den"}); ok {
		return
	}
	if m, ok := monthBefore(fold, at); ok { // "ngày 22 tháng 12 năm 2024" is the date of something
		if d := digitsFrom(fold, trimRight(fold, 0, m), 0); d < trimRight(fold, 0, m) {
			return
		}
	}
	for _, w := range []string{"va nhung nam tiep theo", "va cac nam tiep theo", "va nhung nam tiep", "va nhung nam sau", "tro di", "va cac nam sau"} {
		if skipWord(fold, end, w) > 0 {
			out.own = plan.Period{From: name}
			return
		}
	}
	if _, ok := beforeAny(fold, at, []string{"den", "den het", "toi"}); ok {
		if out.span == (plan.Period{}) {
			out.span.To = name
		}
		return
	}
	if _, ok := r.fromBefore(0, at); ok {
		if out.own.From == "" {
			out.own = plan.Period{From: name}
		}
		return
	}
	if prev, err := strconv.Atoi(out.own.From); err == nil && prev < y && out.own.To != "" && y-prev < 6 && joinedYears(fold, at) {
		out.own.To = name
		return
	}
	out.own = plan.Period{From: name, To: name}
}

// joinedYears reports whether a year goes on with the one before it: "năm 2024 và năm 2025".
func joinedYears(fold string, at int) bool {
	i := trimRight(fold, 0, at)
	if j, ok := before(fold, i, "va"); ok {
		i = trimRight(fold, 0, j)
	} else if i > 0 && fold[i-1] == ',' {
		i = trimRight(fold, 0, i-1)
	} else {
		return false
	}
	return i >= 4 && digitsFrom(fold, i, 0) == i-4
}

// monthBefore finds "tháng 12" right before a byte, and where it begins.
func monthBefore(fold string, at int) (start int, ok bool) {
	end := trimRight(fold, 0, at)
	d := digitsFrom(fold, end, 0)
	if d == end {
		return 0, false
	}
	return before(fold, d, "thang")
}

// dayRange reads "từ ngày 01/6/2025 đến ngày 30/6/2025".
func dayRange(words string) (plan.Period, bool) {
	fold := normalize.Fold(words)
	i := strings.Index(fold, "ngay ")
	if i < 0 {
		return plan.Period{}, false
	}
	a, end, ok, bad := readDay(fold, skipBlanks(fold, i+len("ngay")))
	if !ok || bad {
		return plan.Period{}, false
	}
	j := 0
	for _, w := range []string{"den het ngay", "den ngay", "den het", "den", "-", "–"} {
		if j = skipWord(fold, end, w); j > 0 {
			break
		}
	}
	if j == 0 {
		return plan.Period{}, false
	}
	b, _, ok, bad := readDay(fold, skipBlanks(fold, j))
	if !ok || bad || b.year == 0 {
		return plan.Period{}, false
	}
	if a.year == 0 {
		a.year = b.year
	}
	return plan.Period{From: a.iso(), To: b.iso()}, true
}
