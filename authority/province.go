package authority

import (
	_ "embed"
	"slices"
	"sync"

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

var provinceTable = sync.OnceValues(loadProvinces)

// provinces holds every form of every province; the forms of one stand together, oldest first.
func provinces() []Province {
	all, _ := provinceTable()
	return all
}

func provinceIndex() *placeIndex {
	_, x := provinceTable()
	return x
}

// placeIndex leads from a name to places; the name is without its "tỉnh" or "thành phố".
type placeIndex struct {
	keys, folds map[string][]int
	heads       map[string]int // key or fold of a first word, to the words of the longest name that it begins
}

func loadProvinces() ([]Province, *placeIndex) {
	rows := tsv.MustParse("provinces.tsv", provincesTSV, "id", "name", "type", "code", "from", "to", "aliases", "today").Rows
	all := make([]Province, len(rows))
	x := &placeIndex{map[string][]int{}, map[string][]int{}, map[string]int{}}
	for i, r := range rows {
		all[i] = Province{Province: plan.Province{ID: r[0], Name: r[1], Code: r[3]}, City: r[2] == "thành phố", From: r[4], To: r[5]}
		x.add(r[1], i)
		for _, s := range tsv.List(r[6]) {
			x.add(s, i)
		}
	}
	for i, r := range rows {
		if r[7] == "" {
			continue
		}
		at := slices.IndexFunc(all, func(p Province) bool { return p.ID == r[7] && p.To == "" })
		if at < 0 {
			panic("authority: provinces.tsv: " + r[0] + ": no province of today: " + r[7])
		}
		all[i].Today = plan.Place{ID: all[at].ID, Code: all[at].Code, Name: all[at].Name}
	}
	return all, x
}

// add enters a spelling of place i, with and without its prefix: "TPHN" is one word, "TP HN" two.
func (x *placeIndex) add(spelling string, i int) {
	n := scanned(spelling)
	defer n.free()
	for _, at := range []int{0, n.provincePrefix(0, len(n.words))} {
		if at == len(n.words) {
			continue
		}
		key, fold := n.key(at, len(n.words)), n.fold(at, len(n.words))
		if !slices.Contains(x.keys[key], i) {
			x.keys[key] = append(x.keys[key], i)
		}
		if !slices.Contains(x.folds[fold], i) {
			x.folds[fold] = append(x.folds[fold], i)
		}
		for _, head := range []string{n.key(at, at+1), n.fold(at, at+1)} {
			x.heads[head] = max(x.heads[head], len(n.words)-at)
		}
	}
}

// provincePrefix is the word after "tỉnh", "thành phố", "TP" or "thủ đô" at word i, or i.
func (n *name) provincePrefix(i, j int) int {
	if i >= j {
		return i
	}
	switch n.key(i, i+1) {
	case "tinh3", "tinh", "tp":
		return i + 1
	case "thanh2", "thu3", "t", "thanh", "thu":
		if i+1 < j {
			switch n.key(i, i+2) {
			case "thanh2phô1", "thu3đô", "tp", "thanhpho", "thudo":
				return i + 2
			}
		}
	}
	return i
}

// IsCity reports whether a province, by its id, was a city under the centre on a date.
func IsCity(id, date string) bool {
	for i := range provinces() {
		if p := &provinces()[i]; p.ID == id && p.City && p.held(date) {
			return true
		}
	}
	return false
}

// Provinces lists the provinces of a date, by their code: 61 until 2003, 64 from 2004, 63 from 1 August 2008,
// 34 since 1 July 2025.
func Provinces(date string) []Province {
	var on []Province
	for _, p := range provinces() {
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
	f := formsOf(name)
	if f == nil {
		return plan.Province{}, false
	}
	return formOn(f, date), true
}

// formsOf finds the forms of a province by any spelling of its name, nil where there is none.
func formsOf(s string) []int {
	n := scanned(s)
	defer n.free()
	j := len(n.words)
	if f := n.province(0, j); f != nil || !n.marks {
		return f
	}
	for _, i := range []int{n.provincePrefix(0, j), 0} {
		if f := provinceIndex().folds[n.fold(i, j)]; f != nil {
			return f
		}
	}
	return nil
}

// province looks words i..j up as the name of a province, with or without its "tỉnh".
func (n *name) province(i, j int) []int {
	if i >= j {
		return nil
	}
	if f := provinceIndex().named(n, n.provincePrefix(i, j), j); f != nil {
		return f
	}
	return provinceIndex().named(n, i, j)
}

// named looks words i..j up; a name without marks is compared without them.
func (x *placeIndex) named(n *name, i, j int) []int {
	if n.marks {
		return x.keys[n.key(i, j)]
	}
	return x.folds[n.key(i, j)]
}

// formOn chooses among the forms of a province the one of a date.
func formOn(forms []int, date string) plan.Province {
	if date == "" {
		p := provinces()[forms[len(forms)-1]].Province
		for _, f := range forms {
			if c := provinces()[f].Code; c != p.Code && c != "" {
				p.Code = ""
			}
		}
		return p
	}
	best := forms[0]
	for _, f := range forms {
		if p := &provinces()[f]; p.held(date) {
			return p.Province
		} else if p.To != "" && after(date, p.To) || p.From == "" {
			best = f
		}
	}
	return provinces()[best].Province
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
