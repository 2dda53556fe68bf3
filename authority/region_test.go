package authority

import "testing"

// TestEveryProvinceHasARegion goes through all provinces since 1997 and those before that lie in one region.
func TestEveryProvinceHasARegion(t *testing.T) {
	several := map[string]bool{"ha-bac": true, "ha-son-binh": true, "vinh-phu": true} // parts of them went to two regions
	known := map[string]bool{}
	for _, p := range provinces() {
		known[p.ID] = true
		if r, ok := RegionOf(p.ID); ok == several[p.ID] || ok && (r.ID == "" || r.Name == "") {
			t.Errorf("%s: %+v, %v", p.ID, r, ok)
		}
	}
	for id := range regions() {
		if !known[id] {
			t.Errorf("regions.tsv: no province %s", id)
		}
	}
	if r, _ := RegionOf("kien-giang"); r.Name != "Đồng bằng sông Cửu Long" {
		t.Errorf("Kiên Giang lies in %q", r.Name)
	}
}
