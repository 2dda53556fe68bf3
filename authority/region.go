package authority

import (
	_ "embed"
	"strings"
	"sync"

	"kehoach/internal/tsv"
	"kehoach/normalize"
)

// Region is one of the six socio-economic regions (vùng).
type Region struct{ ID, Name string }

//go:embed tables/regions.tsv
var regionsTSV string

// atlas is the table of regions: all of them in its order, of each province its region, and of each name, folded, as well.
type atlas struct {
	all        []Region
	byProvince map[string]Region
	byName     map[string]Region
	provinces  map[string][]string // by the region's id
}

var regions = sync.OnceValue(func() *atlas {
	a := &atlas{byProvince: map[string]Region{}, byName: map[string]Region{}, provinces: map[string][]string{}}
	for _, r := range tsv.MustParse("regions.tsv", regionsTSV, "id", "name", "aliases", "provinces").Rows {
		region := Region{r[0], r[1]}
		a.all = append(a.all, region)
		for _, name := range append(tsv.List(r[2]), r[0], r[1]) {
			key := normalize.Fold(name)
			if _, twice := a.byName[key]; twice {
				panic("authority: regions.tsv: two regions are called " + name)
			}
			a.byName[key] = region
		}
		a.provinces[region.ID] = tsv.List(r[3])
		for _, id := range a.provinces[region.ID] {
			if _, twice := a.byProvince[id]; twice {
				panic("authority: regions.tsv: " + id + " stands in two regions")
			}
			a.byProvince[id] = region
		}
	}
	return a
})

// Regions lists the six of them.
func Regions() []Region { return regions().all }

// Provinces is the ids of the provinces that lie in it, or did.
func (r Region) Provinces() []string { return regions().provinces[r.ID] }

// RegionByName is the region with this id, name or abbreviation, with or without diacritics and the word vùng before it.
func RegionByName(name string) (r Region, ok bool) {
	key := strings.Join(strings.Fields(normalize.Fold(name)), " ")
	r, ok = regions().byName[strings.TrimPrefix(key, "vung ")]
	return r, ok
}

// RegionOf is the region of a province, by the province's id; ok is false for one whose parts went to several.
func RegionOf(province string) (r Region, ok bool) {
	r, ok = regions().byProvince[province]
	return r, ok
}
