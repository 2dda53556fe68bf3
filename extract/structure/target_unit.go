package structure

import (
	"strings"

	"kehoach/plan"
)

// aimUnit reads the unit behind a quantity: "%", a unit of the table, with what it is counted by ("sản phẩm/huyện",
// "mm/2 ngày"). In a part on aims a number that a bound makes one may count things that no table knows.
func (r *ruler) aimUnit(q quantity, sc aimScope) (unit string, end int, sort unitSort) {
	fold := r.line.fold[:sc.to]
	if q.percent {
		end = unitTail(fold, q.to)
		return r.quote(q.to-1, end), end, aMeasure
	}
	at := q.to
	if fraction(fold, q) {
		_, at, _ = readNumber(fold, q.to+1)
	}
	from := skipBlanks(fold, at)
	first := wordEnd(fold, from)
	if from >= len(fold) || first == from {
		return "", 0, noUnit
	}
	for _, u := range aimUnits[fold[from:first]] {
		if opensWith(fold[from:], u.words) {
			end = unitTail(fold, from+len(u.words))
			return r.quote(from, end), end, u.sort
		}
	}
	_, bound := beforeAny(fold, q.from, []string{"it nhat", "toi thieu"})
	if !bound && sc.strong {
		at := q.from
		if j, _, ok := targetBefore["bound"].before(fold, sc.from, at); ok {
			at = j
		}
		var start int
		if start, _, bound = targetBefore["make"].before(fold, sc.from, at); bound {
			bound = makeWords[strings.ToLower(strings.TrimSpace(r.quote(start, at)))]
		}
	}
	if !bound {
		return "", 0, noUnit
	}
	for _, w := range targetWords["none"] {
		if opensWith(fold[from:], w) {
			return "", 0, noUnit
		}
	}
	for n := 0; n < 2; n++ {
		i := skipBlanks(fold, max(end, from))
		j := wordEnd(fold, i)
		if j == i || isDigit(fold[i]) {
			break
		}
		if opensStop(fold[i:]) {
			break
		}
		end = j
	}
	if end == 0 {
		return "", 0, noUnit
	}
	end = unitTail(fold, end)
	return r.quote(from, end), end, aCount
}

// opensStop reports whether a word begins that belongs to no unit.
func opensStop(fold string) bool {
	for _, w := range targetWords["stop"] {
		if opensWith(fold, w) {
			return true
		}
	}
	return false
}

// unitTail goes on with "/năm", "/người/năm", "/2 ngày", "/huyện, thành phố".
func unitTail(fold string, i int) int {
	for range 3 {
		if i >= len(fold) || fold[i] != '/' {
			return i
		}
		j := i + 1
		if _, n, ok := readNumber(fold[:min(len(fold), j+12)], j); ok {
			j = skipBlanks(fold, n)
		}
		end := wordEnd(fold, j)
		if end == j {
			return i
		}
		if w := fold[j:end]; w == "van" || w == "nghin" || w == "ngan" || w == "trieu" { // bác sĩ/vạn dân
			if k := wordEnd(fold, skipBlanks(fold, end)); k > end {
				end = k
			}
		}
		for _, u := range aimUnits[fold[j:end]] {
			if opensWith(fold[j:], u.words) {
				end = j + len(u.words)
				break
			}
		}
		i = end
	}
	return i
}

// isAim reports whether a quantity is an aim where it stands.
func (t *targeter) isAim(r *ruler, sc aimScope, q quantity, end int, sort unitSort) bool {
	fold := r.line.fold[:sc.to]
	for _, w := range targetWords["after"] {
		if skipWord(fold, end, w) > 0 {
			return false
		}
	}
	// "từ 42% lên 45%": the first number is where it starts from
	for _, w := range []string{"len", "xuong", "len muc", "xuong con", "len den", "len thanh"} {
		if j := skipWord(fold, end, w); j > 0 {
			j = skipBlanks(fold, j)
			if k := skipWord(fold, j, "con"); k > 0 {
				j = skipBlanks(fold, k)
			}
			if j < len(fold) && isDigit(fold[j]) {
				return false
			}
		}
	}
	if _, _, bad := targetBefore["not"].before(fold, sc.from, q.from); bad {
		return false
	}
	at := q.from
	for range 5 { // the words of a bound stand between
		if _, _, bad := targetBefore["base"].before(fold, sc.from, at); bad {
			return false
		}
		j, _, ok := targetBefore["bound"].before(fold, sc.from, at)
		if !ok {
			break
		}
		at = j
	}
	start := max(sc.from, at-110)
	if i := strings.LastIndexAny(fold[start:at], ";:"); i >= 0 {
		start += i + 1
	}
	if i := strings.LastIndex(fold[start:at], ". "); i >= 0 {
		start += i + 1
	}
	if i := strings.LastIndexByte(fold[start:at], '('); i >= 0 && !strings.Contains(fold[start+i:at], ")") {
		if y := yearIn(fold[start+i:at] + " "); y != "" && len(t.s.plan.Issued) >= 4 && y < t.s.plan.Issued[:4] { // (năm 2020 đạt 85%)
			return false
		}
		if !sc.strong {
			start += i + 1
		}
	}
	if _, in := beforeAny(fold, at, []string{"tai", "o", "thuoc", "cua"}); in && sort == aCount { // "… tại 10 làng điểm"
		return false
	}
	if t.bygone(fold[start:at]) {
		return false
	}
	clause := strings.ToLower(r.quote(start, at))
	switch {
	case sort == aSum:
		return sc.strong && containsWord(clause, targetWords["income"])
	case sc.strong:
		return true
	}
	words := strings.ToLower(r.quote(start, q.from)) + " "
	if sort == aCount {
		return containsWord(words, targetWords["firm"])
	}
	if q.percent && sc.section != nil && (q.value == 100 || strings.TrimSpace(clause) == "") { // "tại 100% cửa lấy nước", "- 80% hộ dân …"
		return true
	}
	if strings.Contains(words, "đạt được") && !strings.Contains(words, "phấn đấu") {
		return false
	}
	if q.percent {
		return containsWord(words, targetWords["aim"])
	}
	if i := strings.LastIndexByte(words, ','); i >= 0 {
		words = words[i+1:]
	}
	if sc.section != nil && sc.section.Kind != plan.Purpose && sc.section.Kind != plan.Requirements {
		return containsWord(words, targetWords["firm"]) || containsWord(lastBytes(words, 50), []string{"đạt", "giảm", "tăng"}) && !containsWord(words, []string{"khi", "nếu", "trường hợp"})
	}
	return containsWord(words, targetWords["aim"])
}

// bygone reports whether the words before a number tell of a year before the plan: "Năm 2022 đạt 85%".
func (t *targeter) bygone(fold string) bool {
	if len(t.s.plan.Issued) < 4 {
		return false
	}
	i := strings.LastIndex(fold, "nam ")
	if i < 0 || i > 0 && isLetter(fold[i-1]) {
		return false
	}
	y, end := fourDigits(fold, i+len("nam "))
	if end == 0 || fold[i+len("nam "):end] >= t.s.plan.Issued[:4] || y == 0 {
		return false
	}
	rest := strings.TrimSpace(fold[end:])
	_, base := beforeAny(fold, i, []string{"so voi", "cua", "voi", "tu", "hon"})
	return !base && (rest == "" || opensWithAny(rest, []string{"dat", "la", "co", "dat duoc", "ca nuoc", "toan"}) || rest == ":")
}

// lastBytes is the end of a text, at most n bytes and no part of a word.
func lastBytes(s string, n int) string {
	if len(s) <= n {
		return s
	}
	s = s[len(s)-n:]
	return s[max(strings.IndexByte(s, ' '), 0):]
}

// containsWord reports whether a folded text holds one of several words or phrases.
func containsWord(fold string, list []string) bool {
	for _, w := range list {
		if _, ok := hasWord(fold, w); ok {
			return true
		}
	}
	return false
}
