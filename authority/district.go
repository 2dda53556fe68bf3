package authority

import (
	_ "embed"
	"slices"
	"sync"

	"kehoach/internal/tsv"
	"kehoach/plan"
)

//go:embed tables/districts.tsv
var districtsTSV string

//go:embed tables/communes.tsv
var communesTSV string

// smallPlace is a district or a commune.
type smallPlace struct {
	kind     string // key of its type: "huyên5"
	province []int  // the forms of its province
	from, to string
}

// communesBegin is the day from which communes.tsv holds.
const communesBegin = "2025-07-01"

// smallPlaces leads from the key of a name, without its type, to the places that bear it. It is read when it is
// first asked for: 4,000 names that most documents do without.
var smallPlaces = sync.OnceValue(func() map[string][]smallPlace {
	m := map[string][]smallPlace{}
	add := func(table, name, kind, province, from, to string) {
		forms := formsOf(province)
		if forms == nil || name == "" {
			panic("authority: " + table + ": " + name + ": no province " + province)
		}
		key := keyOf(name)
		m[key] = append(m[key], smallPlace{keyOf(kind), forms, from, to})
	}
	for _, r := range tsv.MustParse("districts.tsv", districtsTSV, "province", "type", "from", "to", "names").Rows {
		for _, name := range tsv.List(r[4]) {
			add("districts.tsv", name, r[1], r[0], r[2], r[3])
		}
	}
	for _, r := range tsv.MustParse("communes.tsv", communesTSV, "province", "type", "names").Rows {
		for _, name := range tsv.List(r[2]) {
			add("communes.tsv", name, r[1], r[0], communesBegin, "")
		}
	}
	return m
})

// FindPlaces finds the provinces that a text can lie in, as of a date: the one that it names, or else those of
// the district or commune that it names ("UBND phường Hòa Bình", "Đồng Xoài, ngày …"). Several provinces mean
// that the place is ambiguous, none that no table knows it: communes are known since 1 July 2025, districts as
// they were until then. Where the text names several places, only provinces that hold all of them are given. A
// place counts with its type before it, or where it is the whole text. The text must be NFC.
func FindPlaces(text, date string) []plan.Province {
	if p, _, ok := FindProvince(text, date); ok {
		return []plan.Province{p}
	}
	n := scanned("")
	defer n.free()
	var common []plan.Province
	found := false
	for _, line := range pieces(text) {
		n.scan(line)
		for i := 0; i < len(n.words); i++ {
			here, next := n.smallPlaceAt(i, date)
			if here == nil {
				continue
			}
			if common = mergePlaces(common, here, found); len(common) == 0 {
				return nil
			}
			found, i = true, next-1
		}
	}
	if !found {
		n.scan(text)
		return provincesOn(smallPlaces()[n.keys], "", date)
	}
	return common
}

// smallPlaceAt finds the provinces of a place whose type is word i (and i+1), and the word after its name.
func (n *name) smallPlaceAt(i int, date string) (in []plan.Province, next int) {
	t, at := n.tier(i, len(n.words))
	if at == i || t.level == plan.Provincial && !t.city || t.level == plan.Central {
		return nil, i
	}
	kind := n.key(i, at)
	switch kind {
	case "tp":
		kind = "thanh2phô1"
	case "tx":
		kind = "thi5xa4"
	}
	for j := min(at+6, len(n.words)); j > at; j-- {
		if !n.joined(at, j, nameStops) || n.words[at].upper == 0 && n.marks && !digit(n.text(at, at+1)) {
			continue
		}
		if in := provincesOn(smallPlaces()[n.key(at, j)], kind, date); in != nil {
			return in, j
		}
	}
	return nil, i
}

// provincesOn lists the provinces of places of one type ("" is any) on a date.
func provincesOn(places []smallPlace, kind, date string) (on []plan.Province) {
	for _, p := range places {
		if kind != "" && p.kind != kind || !held(p.from, p.to, date) {
			continue
		}
		on = mergePlaces(on, []plan.Province{formOn(p.province, date)}, false)
	}
	return on
}

// mergePlaces is what two lists share, or, at first, all of both.
func mergePlaces(a, b []plan.Province, share bool) (out []plan.Province) {
	if !share {
		out = slices.Clone(a)
	}
	for _, p := range b {
		if slices.Contains(a, p) == share {
			out = append(out, p)
		}
	}
	return out
}

func digit(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }
