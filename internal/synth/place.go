package synth

// province is a province as of a document's date.
type province struct {
	name, today string
	city        bool // thành phố trực thuộc trung ương
	seat        string
	districts   []string // with their kind; none since 1/7/2025
	communes    []commune
}

type commune struct{ kind, name string }

var provincesBefore, provincesSince = readProvinces()

// readProvinces reads the 63 provinces until 30/6/2025 and the 34 since.
func readProvinces() (before, since []province) {
	byName, byToday := map[string]int{}, map[string]int{}
	for _, r := range table("provinces.tsv", 5) {
		byName[r[0]] = len(before)
		before = append(before, province{name: r[0], today: r[2], city: r[1] == "city", seat: r[4]})
		if _, known := byToday[r[2]]; !known {
			byToday[r[2]] = len(since)
			since = append(since, province{name: r[2], today: r[2], city: r[3] == "city"})
		}
	}
	for _, r := range table("districts.tsv", 2) {
		p := &before[byName[r[1]]]
		p.districts = append(p.districts, r[0])
	}
	for _, r := range table("communes.tsv", 3) {
		p := &since[byToday[r[2]]]
		p.communes = append(p.communes, commune{r[0], r[1]})
	}
	for i := range before {
		before[i].communes = since[byToday[before[i].today]].communes
	}
	return before, since
}

// provinceAt is some province as of a day: Thừa Thiên Huế until 31/12/2024, 34 provinces since 1/7/2025, the city of
// Đồng Nai since 30/4/2026.
func (d *dice) provinceAt(at day) province {
	if at.iso() >= "2025-07-01" {
		p := pick(d, provincesSince)
		p.city = p.city || p.name == "Đồng Nai" && at.iso() >= "2026-04-30"
		return p
	}
	p := pick(d, provincesBefore)
	if p.name == "Huế" && at.year < 2025 {
		p.name, p.city, p.seat = "Thừa Thiên Huế", false, "Huế"
	}
	return p
}

// kind is the word for the province: tỉnh or thành phố.
func (p province) kind() string {
	if p.city {
		return "thành phố"
	}
	return "tỉnh"
}

// full is the province with its kind, as Decree 30/2020/NĐ-CP writes it.
func (p province) full() string {
	if p.name == "Hồ Chí Minh" {
		return "Thành phố Hồ Chí Minh"
	}
	return p.kind() + " " + p.name
}
