package authority

import (
	_ "embed"
	"slices"

	"kehoach/internal/tsv"
	"kehoach/plan"
)

// Province is one form of a province: its name and code, and the first and last day on which they held ("" is
// open). Its Today is the province that covers the whole of it since 1 July 2025, and is empty for an old
// province whose parts went to several.
type Province struct {
	plan.Province
	City     bool // thành phố trực thuộc trung ương
	From, To string
}

//go:embed tables/provinces.tsv
var provincesTSV string

// provinces holds every form of every province; forms of one province stand together, oldest first.
var provinces = loadProvinces()

// provinceNames leads from the key or the fold of a name, without its "tỉnh" or "thành phố", to provinces.
var provinceKeys, provinceFolds, provinceHeads = indexProvinces()

func loadProvinces() []Province {
	t := tsv.MustParse("provinces.tsv", provincesTSV, "id", "name", "type", "code", "from", "to", "aliases", "today")
	var all []Province
	for _, r := range t.Rows {
		all = append(all, Province{Province: plan.Province{ID: r[0], Name: r[1], Code: r[3]}, City: r[2] == "thành phố", From: r[4], To: r[5]})
	}
	for i, r := range t.Rows {
		if r[7] == "" {
			continue
		}
		at := slices.IndexFunc(all, func(p Province) bool { return p.ID == r[7] && p.To == "" })
		if at < 0 {
			panic("authority: provinces.tsv: no province of today: " + r[7])
		}
		all[i].Today = plan.Place{ID: all[at].ID, Code: all[at].Code, Name: all[at].Name}
	}
	return all
}

func indexProvinces() (keys, folds map[string][]int, heads map[string]bool) {
	keys, folds, heads = map[string][]int{}, map[string][]int{}, map[string]bool{}
	t := tsv.MustParse("provinces.tsv", provincesTSV, "id", "name", "type", "code", "from", "to", "aliases", "today")
	add := func(spelling string, form int) {
		var n name
		n.scan(spelling)
		i := provincePrefix(&n, 0)
		for _, at := range []int{0, i} { // with the prefix too: "TPHN" is one word, "TP HN" two
			if at == len(n.words) {
				continue
			}
			k, f := string(n.key(at, len(n.words))), string(n.fold(at, len(n.words)))
			if !slices.Contains(keys[k], form) {
				keys[k] = append(keys[k], form)
			}
			if !slices.Contains(folds[f], form) {
				folds[f] = append(folds[f], form)
			}
			heads[string(n.fold(at, at+1))] = true
		}
	}
	for i, r := range t.Rows {
		for _, spelling := range append([]string{r[1]}, tsv.List(r[6])...) {
			add(spelling, i)
		}
		if r[0] == "hue" { // the city inside the province until it became the province
			old := slices.IndexFunc(t.Rows, func(r []string) bool { return r[0] == "thua-thien-hue" })
			add(r[1], old)
			for _, spelling := range append([]string{t.Rows[old][1]}, tsv.List(t.Rows[old][6])...) {
				add(spelling, i)
			}
		}
	}
	return keys, folds, heads
}

// provincePrefix is the first word from i on that is not "tỉnh", "thành phố", "TP" or "thủ đô".
func provincePrefix(n *name, i int) int {
	if i >= len(n.words) {
		return i
	}
	switch string(n.fold(i, i+1)) {
	case "tinh", "tp":
		return i + 1
	case "t":
		if i+1 < len(n.words) && string(n.fold(i+1, i+2)) == "p" {
			return i + 2
		}
	case "thanh":
		if i+1 < len(n.words) && string(n.fold(i+1, i+2)) == "pho" {
			return i + 2
		}
	case "thu":
		if i+1 < len(n.words) && string(n.fold(i+1, i+2)) == "do" {
			return i + 2
		}
	}
	return i
}

// Provinces lists the provinces of a date, by their code: 61 until 2003, 64 from 2004, 63 from 1 August 2008,
// 34 since 1 July 2025.
func Provinces(date string) []Province {
	var on []Province
	for _, p := range provinces {
		if p.held(date) {
			on = append(on, p)
		}
	}
	slices.SortStableFunc(on, func(a, b Province) int {
		switch {
		case a.Code != b.Code && (a.Code < b.Code) == (a.Code != ""):
			return -1
		case a.Code != b.Code:
			return 1
		}
		return 0
	})
	return on
}

// ProvinceByName finds a province by any spelling of its name: with or without diacritics, in capitals, with
// "tỉnh" or "TP." before it, by an alias ("BR-VT"). Among several forms the one of the date is taken, or else
// the one nearest to it in time: "Kiên Giang" in 2026 is the province that ended in 2025. Without a date the
// code is left out where the forms differ in it.
func ProvinceByName(name, date string) (plan.Province, bool) {
	f := provinceForms(name)
	if f == nil {
		return plan.Province{}, false
	}
	return formOn(f, date), true
}

func provinceForms(s string) []int {
	var n name
	n.scan(s)
	return n.province(0, len(n.words))
}

// province looks words i..j up as the name of a province.
func (n *name) province(i, j int) []int {
	if i >= j {
		return nil
	}
	at := min(provincePrefix(n, i), j)
	if f := provinceKeys[string(n.key(at, j))]; f != nil {
		return f
	}
	if f := provinceKeys[string(n.key(i, j))]; f != nil {
		return f
	}
	if f := provinceFolds[string(n.fold(at, j))]; f != nil {
		return f
	}
	return provinceFolds[string(n.fold(i, j))]
}

// formOn chooses among the forms of a province the one of a date.
func formOn(forms []int, date string) plan.Province {
	if date == "" {
		p := provinces[forms[len(forms)-1]].Province
		for _, f := range forms {
			if c := provinces[f].Code; c != p.Code && c != "" {
				p.Code = ""
			}
		}
		return p
	}
	best := forms[0]
	for _, f := range forms {
		if p := &provinces[f]; p.held(date) {
			return p.Province
		} else if p.To != "" && after(date, p.To) || p.From == "" {
			best = f
		}
	}
	return provinces[best].Province
}

func (p *Province) held(date string) bool { return held(p.From, p.To, date) }

// held reports whether a date lies within from..to; "" is open at either end, and an unknown date always lies
// within. A year or month lies within where any of its days does.
func held(from, to, date string) bool {
	if date == "" {
		return true
	}
	return (from == "" || date >= from[:min(len(from), len(date))]) && (to == "" || date[:min(len(date), len(to))] <= to)
}

// after reports whether a date lies wholly after a day.
func after(date, day string) bool { return date > day[:min(len(day), len(date))] }
