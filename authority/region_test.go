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
	for id := range regions().byProvince {
		if !known[id] {
			t.Errorf("regions.tsv: no province %s", id)
		}
	}
	for _, r := range Regions() {
		for _, id := range r.Provinces() {
			if got, _ := RegionOf(id); got != r {
				t.Errorf("%s lies in %v, and %v lists it", id, got, r)
			}
		}
	}
	for name, want := range map[string]string{"Đồng bằng sông Cửu Long": "dong-bang-song-cuu-long", "vùng  dong bang song cuu long": "dong-bang-song-cuu-long",
		"đbscl": "dong-bang-song-cuu-long", "DBSH": "dong-bang-song-hong", "Vùng Tây Nguyên": "tay-nguyen", "tay-nguyen": "tay-nguyen",
		"Bắc Trung Bộ": "bac-trung-bo-duyen-hai-mien-trung", "vùng": "", "Atlantis": "", "": ""} {
		if r, ok := RegionByName(name); r.ID != want || ok != (want != "") {
			t.Errorf("%q is %v, %v, want %q", name, r, ok, want)
		}
	}
	if r, _ := RegionOf("kien-giang"); r.Name != "Đồng bằng sông Cửu Long" {
		t.Errorf("Kiên Giang lies in %q", r.Name)
	}
}
