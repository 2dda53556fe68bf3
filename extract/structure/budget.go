package structure

import (
	"strings"

	"kehoach/plan"
)

// budgets adds the budgets that a stretch names, with the levels that stand behind the word: "ngân sách trung ương,
// tỉnh và huyện". A budget that a law or a rule is about is no source.
func (f *funder) budgets(r *ruler, from, to int, add func(at, end int, code string)) {
	fold := r.line.fold[:to]
	for _, w := range []struct{ words, code string }{{"nsnn", stateBudget}, {"nstw", centralBudget}, {"nsdp", f.localBudget()}, {"ngan sach", ""}} {
		for i := from; i < to; {
			j, ok := hasWord(fold[i:], w.words)
			if !ok {
				break
			}
			j += i
			i = j + len(w.words)
			if !f.pays(fold, from, j) {
				continue
			}
			if w.code != "" {
				add(j, i, w.code)
				continue
			}
			i = f.levels(fold, from, j, i, add)
		}
	}
}

// pays reports whether the budget at a byte is one that pays.
func (f *funder) pays(fold string, from, at int) bool {
	start := at
	if j, ok := beforeAny(fold, at, []string{"du toan", "du toan chi", "chi", "von", "nguon", "nguon von", "cac nguon", "nguon kinh phi"}); ok && j >= from {
		start = j
		if opensWith(fold[j:], "du toan") {
			// an estimate that is drawn up pays nothing; money that stands in one does
			_, in := beforeAny(fold, j, []string{"trong", "tu", "bo tri trong", "nguon", "tu nguon"})
			return in
		}
	}
	_, about := beforeAny(fold, start, fundingWords["about"])
	return !about
}

// budgetLevels are the words behind "ngân sách", the longest first where one opens another.
var budgetLevels = []struct{ words, code string }{
	{"nha nuoc", stateBudget}, {"trung uong", centralBudget}, {"cap trung uong", centralBudget}, {"dia phuong", "local"}, {"cac cap", stateBudget}, {"su nghiep", stateBudget},
	{"cap tinh", provincialBudget}, {"tinh", provincialBudget}, {"cap thanh pho", "city"}, {"thanh pho", "city"}, {"tp", "city"}, {"thu do", provincialBudget},
	{"cap huyen", districtBudget}, {"huyen", districtBudget}, {"quan", districtBudget}, {"thi xa", districtBudget},
	{"cap xa", communeBudget}, {"xa", communeBudget}, {"phuong", communeBudget}, {"thi tran", communeBudget}, {"dac khu", communeBudget},
}

// levels reads the levels behind "ngân sách" and is the byte behind the last of them.
func (f *funder) levels(fold string, from, at, i int, add func(at, end int, code string)) int {
	named, district := false, false
	end := i
	for range 8 {
		j := skipBlanks(fold, i)
		if named {
			sep := false
			if j < len(fold) && (fold[j] == ',' || fold[j] == '/' || fold[j] == '-' || fold[j] == '(') {
				j, sep = skipBlanks(fold, j+1), true
			}
			if k := skipWord(fold, j, "va"); k > 0 {
				j, sep = skipBlanks(fold, k), true
			}
			if k := skipWord(fold, j, "cac"); k > 0 && sep {
				j = skipBlanks(fold, k)
			}
			if !sep {
				break
			}
		} else if j < len(fold) && fold[j] == '(' {
			j++
		} else if k := skipWord(fold, j, "cua"); k > 0 {
			j = skipBlanks(fold, k)
		} else if k := skipWord(fold, j, "cac"); k > 0 && !opensWith(fold[j:], "cac cap") {
			j = skipBlanks(fold, k)
		}
		code, next := "", 0
		for _, l := range budgetLevels {
			if j < len(fold) && opensWith(fold[j:], l.words) && !(l.words == "xa" && opensWith(fold[j:], "xa hoi")) {
				code, next = l.code, j+len(l.words)
				break
			}
		}
		if next == 0 {
			break
		}
		if code == "local" {
			code = f.localBudget()
		}
		if code == "city" {
			if code = f.cityBudget(); district {
				code = districtBudget
			}
		}
		// "ngân sách nhà nước cấp tỉnh": the nearer word is the closer one
		if k := skipBlanks(fold, next); code == stateBudget && k < len(fold) && opensWith(fold[k:], "cap ") {
			i, named = next, false
			continue
		}
		district = district || code == districtBudget
		add(at, next, code)
		named, i, end = true, next, next
		at = skipBlanks(fold, j)
	}
	if named {
		return end
	}
	// "cấp huyện, cấp xã chi từ ngân sách cùng cấp": the levels stand before
	if j := skipWord(fold, i, "cung cap"); j > 0 {
		clause := clauseOf(fold, from, at)
		for _, l := range budgetLevels {
			if strings.HasPrefix(l.words, "cap ") && containsWord(clause, []string{l.words}) {
				code := l.code
				if code == "city" {
					code = f.cityBudget()
				}
				add(at, j, code)
			}
		}
		return j
	}
	// "từ nguồn ngân sách" without a level, but not the unit's own ("ngân sách hằng năm của đơn vị")
	if _, ok := beforeAny(fold, at, []string{"tu nguon", "nguon", "tu", "su dung"}); ok && !containsWord(fold[i:min(len(fold), i+40)], []string{"cua", "duoc giao", "da giao", "duoc phan bo"}) {
		add(at, i, stateBudget)
	}
	return i
}

// localBudget is the budget of the level that issues the plan: "ngân sách địa phương".
func (f *funder) localBudget() string {
	switch f.s.plan.Issuer.Level {
	case plan.District:
		return districtBudget
	case plan.Commune:
		return communeBudget
	}
	return provincialBudget
}

// cityBudget is the budget of "thành phố": a province's, or a district's where a city of that level issues the plan.
func (f *funder) cityBudget() string {
	if f.s.plan.Issuer.Level == plan.District && strings.Contains(foldOf(f.s.plan.Issuer.Name), "thanh pho") {
		return districtBudget
	}
	return provincialBudget
}

// estimates adds the unit's own estimate: money in "dự toán … của cơ quan, đơn vị", "kinh phí được giao", what it
// may keep of its income. An estimate that is sent up for appraisal is none.
func (f *funder) estimates(fold string, from int, add func(at, end int, code string)) {
	for _, w := range fundingWords["own"] {
		if i, ok := hasWord(fold[from:], w); ok {
			add(from+i, from+i+len(w), unitEstimate)
			return
		}
	}
	for _, w := range []string{"du toan", "kinh phi", "ngan sach", "nguon von", "nguon", "chi thuong xuyen"} {
		for i := from; ; {
			j, ok := hasWord(fold[i:], w)
			if !ok {
				break
			}
			j += i
			i = j + len(w)
			rest := fold[i:min(len(fold), i+110)]
			if k := strings.IndexAny(rest, ".;"); k >= 0 {
				rest = rest[:k]
			}
			if k, ok := given(rest); ok {
				add(j, i+k, unitEstimate)
				return
			}
			k, ok := unitsOwn(rest)
			if !ok || sentUp(fold[j:min(len(fold), j+220)]) {
				continue
			}
			switch w {
			case "du toan":
				if _, in := beforeAny(fold, j, []string{"trong", "vao", "tu", "nguon", "tu nguon", "su dung", "trong pham vi", "can doi trong", "theo"}); in {
					add(j, i+k, unitEstimate)
					return
				}
			case "chi thuong xuyen":
				add(j, i+k, unitEstimate)
				return
			case "kinh phi", "ngan sach":
				if strings.HasPrefix(rest, " thuong xuyen") || strings.HasPrefix(rest, " hoat dong") || strings.HasPrefix(rest, " chi thuong xuyen") || strings.HasPrefix(rest, " hang nam cua") {
					add(j, i+k, unitEstimate)
					return
				}
			}
		}
	}
}

// given reads "… đã giao" close behind words for money, unless it is a duty that was given.
func given(rest string) (end int, ok bool) {
	near := rest[:min(len(rest), 44)]
	for _, w := range fundingWords["given"] {
		if i, ok := hasWord(near, w); ok {
			if between := near[:i]; !containsWord(between, []string{"nhiem vu", "chuc nang", "duoc", "va", "ke hoach"}) && !strings.Contains(between, ",") {
				return i + len(w), true
			}
		}
	}
	return 0, false
}

// unitsOwn reads "… của cơ quan, đơn vị", "… của các sở".
func unitsOwn(rest string) (end int, ok bool) {
	for from := 0; ; {
		i, ok := hasWord(rest[from:], "cua")
		if !ok {
			return 0, false
		}
		i += from + len("cua")
		for _, w := range fundingWords["unit"] {
			if j := skipWord(rest, i, w); j > 0 {
				return j, true
			}
		}
		from = i
	}
}

// sentUp reports whether an estimate goes up for appraisal in its sentence.
func sentUp(fold string) bool {
	if i := strings.Index(fold, ". "); i >= 0 {
		fold = fold[:i]
	}
	i, sent := hasWord(fold, "gui")
	if !sent {
		i, sent = hasWord(fold, "trinh")
	}
	return sent && containsWord(fold[i:], fundingWords["appraised"])
}
