package authority

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"kehoach/plan"
)

// Resolve finds the body that a name stands for. The name may be abbreviated, without diacritics, with its
// place ("Sở TT&TT tỉnh Lạng Sơn") and its head ("Giám đốc Sở …"). date ("2021-06-04", "2021" or "") chooses
// among bodies that bore one name at different times, province (any spelling, or "") tells a city under the
// centre from one in a province. It never fails: what no table knows is Unknown, with an id that is the same
// for every spelling of the name, and what stands for several bodies at once is Ambiguous.
func Resolve(s, date, province string) Body {
	var n name
	n.scan(s)
	i, j := n.verb(0), len(n.words)
	if i >= j {
		return Body{ID: "x-", Name: strings.TrimSpace(s), Status: Unknown, Reason: "an empty name"}
	}
	if b, ok := n.body(i, j, date, province); ok {
		return b
	}
	if g, ok := groupKeys[string(n.key(i, j))]; ok && g.words > 1 {
		return groupByID[g.id]
	}
	if k, quantified := n.quantifier(i, j); quantified && k < j {
		if g, ok := n.group(i, j); ok && g.Reason == "a group of the table" {
			return g
		}
		if b, ok := n.body(k, j, date, province); ok && b.Status == Resolved && b.Level != plan.Central {
			if g, ok := BodyByID("g-" + b.ID); ok {
				return g
			}
		} else if ok && b.Group {
			return b
		}
	}
	if k := n.title(i); k > i && k < j {
		if b, ok := n.body(k, j, date, province); ok {
			b.Reason = "the head of the body is named"
			return b
		}
		if g, ok := n.group(k, j); ok {
			return g
		}
	}
	if g, ok := n.group(i, j); ok {
		return g
	}
	if provincePrefix(&n, i) > i {
		if f := n.province(i, j); f != nil {
			p := formOn(f, date)
			return Body{ID: "tinh-" + p.ID, Name: p.Name, Level: plan.Provincial, Status: Resolved, Reason: "a province is named as an actor"}
		}
	}
	if b, ok := n.bodyFolded(i, j, date, province); ok {
		return b
	}
	written := Bare(Expand(n.text(i, j)))
	var w name
	w.scan(written)
	var buf [160]byte
	return Body{ID: string(w.slug(0, len(w.words), append(buf[:0], 'x', '-'))), Name: written, Status: Unknown, Reason: "no table has this name"}
}

// body resolves words i..j as one body with its tail.
func (n *name) body(i, j int, date, province string) (Body, bool) {
	for e := j; e > i; e-- {
		if forms := formKeys[string(n.key(i, e))]; forms != nil {
			if b, ok := n.choose(forms, i, e, j, date, province); ok {
				return b, true
			}
		}
	}
	return Body{}, false
}

// bodyFolded is body for a name without its diacritics, or with wrong ones.
func (n *name) bodyFolded(i, j int, date, province string) (Body, bool) {
	for e := j; e > i; e-- {
		if e-i < 3 && !n.plain() {
			break
		}
		if forms := formFolds[string(n.fold(i, e))]; forms != nil {
			if b, ok := n.choose(forms, i, e, j, date, province); ok {
				b.Reason = "by its name without diacritics"
				return b, true
			}
		}
	}
	return Body{}, false
}

// choose picks among the kinds that bear words i..e, with tail e..j.
func (n *name) choose(forms []form, i, e, j int, date, province string) (Body, bool) {
	t := n.tail(e, j, date, province)
	var best Body
	found, bestHeld, rivals := false, false, 0
	for _, f := range forms {
		k := &kinds[f.kind]
		level := k.levels[0]
		group := false
		switch {
		case t.ok && t.level != "":
			level, group = t.level, t.group
			if t.city && !k.has(level) { // thành phố: of whichever tier has such a body
				level = plan.Provincial
				if !k.has(level) {
					level = plan.District
				}
			}
		case t.ok:
			group = t.group
		case !f.open:
			continue
		}
		b, ok := k.at(level, group)
		if !ok {
			continue
		}
		on := held(k.from, k.to, date)
		if date == "" && k.to != "" {
			on = false // without a date, what exists today goes first
		}
		switch {
		case !found || on && !bestHeld:
			best, found, bestHeld, rivals = b, true, on, 0
		case on == bestHeld && b.ID != best.ID:
			rivals++
		}
	}
	if !found {
		return Body{}, false
	}
	if rivals > 0 {
		names := ""
		for x, f := range forms {
			if x > 0 {
				names += " or "
			}
			names += kinds[f.kind].one[0].Name
		}
		return Body{ID: string(n.slug(i, j, []byte("x-"))), Name: n.text(i, j), Status: Ambiguous, Reason: names}, true
	}
	return best, true
}

func (k *kind) has(level plan.Level) bool {
	for _, l := range k.levels {
		if l == level {
			return true
		}
	}
	return false
}

// verb is the first word after "Đề nghị", "Giao", "Mời" and the like.
func (n *name) verb(i int) int {
	for i < len(n.words) {
		one := string(n.key(i, i+1))
		two := ""
		if i+1 < len(n.words) {
			two = string(n.key(i, i+2))
		}
		switch {
		case two == "đê2nghi5" || two == "yêucâu2" || two == "đông2chi1" || two == "kinh1mơi2" || two == "kinh1gưi3" || two == "trântrong5":
			i += 2
		case (one == "giao" || one == "mơi2") && len(n.words) > i+1:
			i++
		default:
			return i
		}
	}
	return i
}

// title is the first word after the title of a body's head: "Giám đốc Sở …", "Thủ trưởng các …".
func (n *name) title(i int) int {
	for start := i; ; {
		from := i
		for _, w := range [...]int{3, 2} {
			if i+w < len(n.words) && titles[string(n.key(i, i+w))] {
				i += w
				break
			}
		}
		if i == from {
			if i > start || i+1 >= len(n.words) {
				return i
			}
			switch string(n.key(i, i+1)) {
			case "chanh1", "trương3", "pho1", "ban":
				return i + 1
			}
			return i
		}
	}
}

var titles = func() map[string]bool {
	m := map[string]bool{}
	for _, s := range []string{"Chủ tịch", "Phó Chủ tịch", "Giám đốc", "Phó Giám đốc", "Thủ trưởng", "Bộ trưởng", "Cục trưởng", "Vụ trưởng", "Tổng Giám đốc",
		"Hiệu trưởng", "Lãnh đạo", "Bí thư", "Phó Bí thư", "Trưởng ban", "Trưởng phòng", "Chánh Văn phòng", "Chánh Thanh tra", "Chánh án", "Viện trưởng",
		"Chi cục trưởng", "Chỉ huy trưởng", "Tổng cục trưởng", "Thống đốc", "Thứ trưởng", "Đồng chí", "Thường trực", "Ban Thường vụ", "Người đứng đầu", "Tập thể lãnh đạo"} {
		m[keyOf(s)] = true
	}
	return m
}()

// tail is what follows the name of a kind: its tier and its place.
type tail struct {
	level plan.Level
	group bool // "các huyện", "cấp xã"
	city  bool // "thành phố", which is of either tier
	ok    bool
}

func (n *name) tail(e, j int, date, province string) tail {
	if e >= j {
		return tail{ok: true}
	}
	k := e
	t := tail{ok: true}
	for k < j {
		f := string(n.key(k, k+1))
		switch {
		case f == "cua3" || f == "tai5" || f == "thuôc5" || f == "ơ3":
			k++
			continue
		case k+2 < j && string(n.key(k, k+3)) == "trênđia5ban2":
			k += 3
			continue
		case k+1 < j && string(n.key(k, k+2)) == "viêtnam" || k+1 < j && string(n.key(k, k+2)) == "viêt5nam":
			if k+2 == j {
				return tail{}
			}
			k += 2
			continue
		}
		break
	}
	if k >= j {
		return tail{ok: true}
	}
	if f := string(n.fold(k, k+1)); f == "cac" || string(n.key(k, k+1)) == "câp1" || string(n.key(k, k+1)) == "tưng2" || f == "cap" && n.plain() {
		t.group = true
		k++
	}
	level, city, next := n.tier(k, j)
	if next == k {
		if t.group {
			return tail{}
		}
		if f := n.province(k, j); f != nil {
			t.level = plan.Provincial
			return t
		}
		if string(n.key(k, min(k+2, j))) == "khuvưc5" {
			t.level = plan.Provincial
			return t
		}
		return tail{}
	}
	t.level = level
	at := next
	for at < j { // a list of tiers is a group: "huyện, thị xã, thành phố"
		_, _, more := n.tier(at, j)
		if more == at {
			break
		}
		t.group, at = true, more
	}
	if at < j && !t.group && (j-at > 7 || n.words[at].upper == 0 && !n.plain() && !digit(n.text(at, at+1))) {
		return tail{}
	}
	if t.group && at < j && n.words[at].upper == 0 {
		switch string(n.fold(at, at+1)) {
		case "lien", "co", "tren", "trong", "thuoc", "cua", "tinh", "tp", "toan":
		default:
			if !n.plain() {
				return tail{}
			}
		}
	}
	if city && !t.group {
		t.city = true
		if at < j {
			t.level = plan.District
			if f := n.province(k, j); f != nil && cityForm(f, date) {
				t.level = plan.Provincial
			}
		} else if f := provinceForms(province); f != nil && !cityForm(f, date) && (date == "" || date < "2025-07") {
			t.level = plan.District
		}
	} else if city {
		t.level = plan.District
	}
	return t
}

// cityForm reports whether a province was a city under the centre on a date, or is one today.
func cityForm(forms []int, date string) bool {
	for _, f := range forms {
		if provinces[f].City && held(provinces[f].From, provinces[f].To, date) {
			return true
		}
	}
	return false
}

func digit(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

// tier reads a word for a tier of government at word k; next is k where there is none.
func (n *name) tier(k, j int) (level plan.Level, city bool, next int) {
	if k >= j {
		return "", false, k
	}
	if k+1 < j {
		if t, ok := tiers[string(n.key(k, k+2))]; ok {
			return t.level, t.city, k + 2
		}
		if n.plain() {
			if t, ok := foldedTiers[string(n.fold(k, k+2))]; ok {
				return t.level, t.city, k + 2
			}
		}
	}
	if t, ok := tiers[string(n.key(k, k+1))]; ok {
		return t.level, t.city, k + 1
	}
	if n.plain() {
		if t, ok := foldedTiers[string(n.fold(k, k+1))]; ok {
			return t.level, t.city, k + 1
		}
	}
	return "", false, k
}

type tierOf struct {
	level plan.Level
	city  bool
}

var tiers, foldedTiers = func() (keys, folds map[string]tierOf) {
	keys, folds = map[string]tierOf{}, map[string]tierOf{}
	for s, t := range map[string]tierOf{
		"tỉnh": {plan.Provincial, false}, "tỉnh ủy": {plan.Provincial, false}, "thủ đô": {plan.Provincial, false}, "TU": {plan.Provincial, false},
		"thành phố": {plan.Provincial, true}, "TP": {plan.Provincial, true}, "thành ủy": {plan.Provincial, true},
		"huyện": {plan.District, false}, "quận": {plan.District, false}, "thị xã": {plan.District, false}, "TX": {plan.District, false},
		"huyện ủy": {plan.District, false}, "quận ủy": {plan.District, false}, "thị ủy": {plan.District, false}, "HU": {plan.District, false},
		"xã": {plan.Commune, false}, "phường": {plan.Commune, false}, "thị trấn": {plan.Commune, false}, "đặc khu": {plan.Commune, false}, "đảng ủy": {plan.Commune, false},
		"Trung ương": {plan.Central, false}, "TW": {plan.Central, false}, "TƯ": {plan.Central, false},
	} {
		keys[keyOf(s)], folds[foldOf(s)] = t, t
	}
	return keys, folds
}()

// capitalised is s with its first letter a capital.
func capitalised(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if up := unicode.ToUpper(r); up != r {
		return string(up) + s[size:]
	}
	return s
}
