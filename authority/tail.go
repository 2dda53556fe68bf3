package authority

import (
	"strings"

	"kehoach/plan"
)

// tail is what follows the name of a kind in a name: its tier and its place.
type tail struct {
	level plan.Level // "" where nothing says it
	group bool       // "các huyện", "cấp xã", "huyện, thị xã, thành phố"
	city  bool       // "thành phố", which may be of either tier
}

// districtsEnd is the last day of the districts (Nghị quyết 203/2025/QH15).
const districtsEnd = "2025-06-30"

// tail reads words e..j as a tail; ok is false where they are something else, so that the name is longer than
// the kind's. province tells the cities under the centre from those in a province.
func (n *name) tail(e, j int, date, province string) (t tail, ok bool) {
	k := n.link(e, j)
	if own, end := n.tier(e-2, e); own.city && end == e { // "Thành ủy", "Ban Tuyên giáo Thành ủy Hà Nội"
		t.city, t.level = true, cityLevel(n.province(k, j), false, k < j, date, province)
		return t, k == j || n.placeLike(k, j, false)
	}
	if k == j {
		return tail{}, k == e || n.words[j-1].upper > 0 // "Hội Nông dân Việt Nam", not "Hội Nông dân của"
	}
	if q := n.quantifier(k, j); q > k {
		t.group, k = true, q
	} else if n.says(k, k+1, "câp1", "cap") && k+1 < j { // "cấp huyện"
		t.group, k = true, k+1
	}
	first, next := n.tier(k, j)
	if next == k {
		if t.group {
			return t, n.says(k, j, "câp1", "cap") // "các cấp"
		}
		if n.province(k, j) != nil || n.says(k, k+2, "khuvưc5", "khuvuc") && k+2 < j {
			return tail{level: plan.Provincial}, true
		}
		return tail{}, false
	}
	t.level, t.city = first.level, first.city
	at := next
	for { // a list of tiers is a group: "huyện, thị xã, thành phố"
		_, more := n.tier(at, j)
		if more == at {
			break
		}
		t.group, at = true, more
	}
	if at < j && !n.placeLike(at, j, t.group) {
		return tail{}, false
	}
	if t.city {
		t.level = cityLevel(n.province(k, j), t.group, at < j, date, province)
	}
	return t, true
}

// cityLevel is the tier of a city that is named by its forms, or only as "thành phố" of a province.
func cityLevel(forms []int, group, named bool, date, province string) plan.Level {
	switch {
	case group, named && (forms == nil || !isCity(forms, date)):
		return plan.District
	case named || province == "" || date != "" && after(date, districtsEnd):
		return plan.Provincial
	}
	if f := formsOf(province); f != nil && !isCity(f, date) {
		return plan.District
	}
	return plan.Provincial
}

// link is the first word from e on that is no link between a name and its place: "của", "trên địa bàn", "Việt Nam".
func (n *name) link(e, j int) int {
	for e < j {
		switch {
		case e+3 <= j && n.says(e, e+3, "trênđia5ban2", "trendiaban"):
			e += 3
		case e+2 <= j && n.says(e, e+2, "viêt5nam", "vietnam"):
			e += 2
		case words().linking.has(n, e, e+1):
			e++
		default:
			return e
		}
	}
	return e
}

// placeLike reports whether words at..j can be the name of a place, or of several after a group.
func (n *name) placeLike(at, j int, group bool) bool {
	if !group && n.listed(at, j) {
		return false
	}
	w := n.words[at]
	if w.upper > 0 || !n.marks || n.src[w.start] >= '0' && n.src[w.start] <= '9' {
		return group || j-at <= 7
	}
	if !group {
		return false
	}
	for end := j; ; { // "các huyện liên quan", "các xã trên địa bàn tỉnh"
		cut := n.narrowed(at-1, end)
		if cut <= at {
			return true
		}
		if cut == end {
			return false
		}
		end = cut
	}
}

// isCity reports whether a province was a city under the centre on a date, or, where the date is unknown, ever.
func isCity(forms []int, date string) bool {
	for _, f := range forms {
		if p := &provinces()[f]; p.City && held(p.From, p.To, date) {
			return true
		}
	}
	return false
}

// listed reports whether a comma before one of words at..j goes on with something else than the place that holds
// the place before it ("huyện Cao Lộc, tỉnh Lạng Sơn").
func (n *name) listed(at, j int) bool {
	for k := max(at, 1); k < j; k++ {
		if strings.ContainsAny(n.src[n.words[k-1].end:n.words[k].start], ",;:") {
			if _, next := n.tier(k, j); next == k {
				return true
			}
		}
	}
	return false
}
