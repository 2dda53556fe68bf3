package authority

import (
	_ "embed"
	"sync"

	"kehoach/internal/tsv"
)

// Region is one of the six socio-economic regions (vùng).
type Region struct{ ID, Name string }

//go:embed tables/regions.tsv
var regionsTSV string

var regions = sync.OnceValue(func() map[string]Region {
	byProvince := map[string]Region{}
	for _, r := range tsv.MustParse("regions.tsv", regionsTSV, "id", "name", "provinces").Rows {
		for _, id := range tsv.List(r[2]) {
			if _, twice := byProvince[id]; twice {
				panic("authority: regions.tsv: " + id + " stands in two regions")
			}
			byProvince[id] = Region{r[0], r[1]}
		}
	}
	return byProvince
})

// RegionOf is the region of a province, by the province's id; ok is false for one whose parts went to several.
func RegionOf(province string) (r Region, ok bool) {
	r, ok = regions()[province]
	return r, ok
}
