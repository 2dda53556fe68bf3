package synth

import (
	"fmt"
	"strings"

	"kehoach/plan"
)

// subject is what a plan is about.
type subject struct {
	field, matter, program string
	grounds                []string
}

var subjects = func() []subject {
	var out []subject
	for _, r := range table("subjects.tsv", 4) {
		out = append(out, subject{r[0], r[1], r[2], list(r[3], "|")})
	}
	return out
}()

// writer writes one document: the facts that it rests on, and the draft.
type writer struct {
	*draft
	dice   *dice
	voice  *voice
	layout *layout
	damage damage
	scale  int

	at          day // of issue
	prov        province
	tier        string // p province, s department, d district, c commune
	area        string // "tỉnh Lạng Sơn", "huyện Cao Lộc"
	self        string // how it calls itself: "Ủy ban nhân dân tỉnh", "Sở Y tế"
	subject     subject
	owner       agency // the department that answers for the matter
	staff       []agency
	from, to    int    // years of the programme
	work, first int    // the year that the work falls in, and its first month in which something may be due
	year        int    // the plan's own year, 0 where it has the programme's span
	named       string // the title without what an issue adds, for the opening and closing sentences
	second      int    // the last number of the second level
	counts      []int  // of the outline, by level
	cites       map[string]bool
	noted       int // footnotes so far
	notes       []*phrase
	fault       string            // a problem that the next unit shows
	breaks      int               // pages ended inside a sentence so far
	data        map[string]string // the data block of a portal's page
	unscored    []string          // measures that the layout leaves open
	parent      string            // number of the document that is carried out
	parentHow   string            // as the text names it
}

func newWriter(d *dice, l *layout) *writer {
	w := &writer{draft: &draft{truth: &plan.Plan{Schema: plan.Schema}}, dice: d, layout: l, cites: map[string]bool{}}
	w.at = d.someDay(2015, 2026)
	if w.at.year == 2026 && w.at.month > 10 {
		w.at.month -= 6
	}
	w.prov = d.provinceAt(w.at)
	w.tier = w.chooseTier()
	w.subject = pick(d, subjects)
	w.settlePlace()
	w.settleYears()
	w.voice = newVoice(d, w.subject.field, w.subject.matter)
	w.voice.where = "trên địa bàn " + w.area
	for _, c := range w.prov.communes {
		w.voice.places = append(w.voice.places, c.name)
	}
	return w
}

func (w *writer) chooseTier() string {
	for e := range w.layout.extras {
		if tier, ok := strings.CutPrefix(e, "tier-"); ok {
			return tier
		}
	}
	free := w.dice.n(100)
	switch {
	case w.layout.head == "none" || w.layout.head == "bare" || free < 62:
		return "p"
	case free < 82:
		return "s"
	case w.at.iso() < "2025-07-01" && len(w.prov.districts) > 0:
		return "d"
	case w.at.iso() >= "2025-07-01":
		return "c"
	}
	return "p"
}

// settlePlace chooses the issuing body and the bodies that it gives tasks to.
func (w *writer) settlePlace() {
	d, t := w.dice, w.truth
	since := w.at.iso() >= "2025-07-01"
	units := "các huyện, thành phố"
	switch {
	case since:
		units = pick(d, []string{"các xã, phường", "các xã, phường, đặc khu"})
	case w.prov.city:
		units = "các quận, huyện, thị xã"
	case d.chance(40):
		units = "các huyện, thị xã, thành phố"
	}
	organ := "Tỉnh"
	if w.prov.city {
		organ = "Thành"
	}
	below, kindBelow, com := "", "", commune{}
	switch w.tier {
	case "d":
		below = pick(d, w.prov.districts)
		kindBelow = below[:strings.IndexFunc(below, func(r rune) bool { return r >= 'A' && r <= 'Z' || r == 'Đ' || r == 'Ứ' || r == 'Ê' || r == 'Ý' })]
		kindBelow = strings.TrimSpace(kindBelow)
	case "c":
		com = pick(d, w.prov.communes)
		below, kindBelow = com.kind+" "+com.name, com.kind
	}
	fill := strings.NewReplacer("{t}", w.prov.kind(), "{T}", organ, "{P}", w.prov.name, "{u}", units, "{d}", kindBelow, "{x}", kindBelow)
	province := staff("p", w.at, fill)
	w.owner = w.ownerOf(province)
	if w.tier == "s" && w.owner.what != "dept" {
		w.tier = "p" // no department of its own answers for the matter
	}
	w.staff = province
	w.area = w.prov.full()
	t.Place = w.prov.name
	if w.prov.seat != "" && d.chance(12) {
		t.Place = w.prov.seat
	}
	t.Issuer.Level = plan.Provincial
	symbol := "UBND"
	switch w.tier {
	case "p":
		t.Issuer.Name = "Ủy ban nhân dân " + w.prov.full()
		w.self = "Ủy ban nhân dân " + w.prov.kind()
	case "s":
		symbol = w.owner.symbol
		t.Issuer.Name = w.owner.name + " " + w.prov.full()
		w.self = w.owner.name
		w.staff = append(staff("s", w.at, fill), province[len(province)-1])
	case "d", "c":
		t.Issuer.Level = plan.District
		if w.tier == "c" {
			t.Issuer.Level = plan.Commune
		}
		t.Issuer.Name = "Ủy ban nhân dân " + below
		w.self = "Ủy ban nhân dân " + kindBelow
		w.area = below
		t.Place = strings.TrimPrefix(below, kindBelow+" ")
		w.staff = staff(w.tier, w.at, fill)
		w.owner = w.ownerOf(w.staff)
	}
	t.Province = plan.Province{Name: w.prov.name, Today: plan.Place{Name: w.prov.today}}
	t.Type = plan.Type{Code: "KH", Name: "Kế hoạch"}
	if w.layout.head == "decision" {
		t.Type = plan.Type{Code: "QĐ", Name: "Quyết định"}
	}
	t.Symbol = t.Type.Code + "-" + symbol
	t.Number = fmt.Sprintf("%02d/%s", d.span(1, 380), t.Symbol)
	t.Issued = w.at.iso()
}

// ownerOf is the body that answers for the plan's matter: a department, else another that leads its field.
func (w *writer) ownerOf(list []agency) agency {
	list = some(w.dice, list, len(list))
	for _, what := range []string{"dept", "arm"} {
		for _, a := range list {
			if a.what == what && a.leads(w.subject.field) {
				return a
			}
		}
	}
	for _, a := range list {
		if a.what == "dept" {
			return a
		}
	}
	panic("synth: agencies.tsv: nobody answers for " + w.subject.field)
}

// settleYears chooses the title and the years that it speaks of.
func (w *writer) settleYears() {
	d := w.dice
	w.work, w.first = w.at.year, w.at.month+1
	if w.at.month > 9 {
		w.work, w.first = w.at.year+1, 1
	}
	w.from = w.at.year - d.n(3)
	w.to = w.from + pick(d, []int{3, 4, 4, 5, 9})
	span := fmt.Sprintf("giai đoạn %d - %d", w.from, w.to)
	if d.chance(25) {
		span = fmt.Sprintf("giai đoạn %d-%d", w.from, w.to)
	}
	where := " trên địa bàn " + w.area
	year := fmt.Sprintf("năm %d", w.work)
	matter := upperFirst(w.subject.matter)
	own := func() {
		w.year, w.truth.Period = w.work, plan.Period{From: arabic(w.work), To: arabic(w.work)}
	}
	long := func() { w.truth.Period = plan.Period{From: arabic(w.from), To: arabic(w.to)} }
	switch d.n(7) {
	case 0, 1:
		w.named = matter + " " + year + where
		own()
	case 2:
		w.named = "Thực hiện " + w.subject.program + " " + span + where
		long()
	case 3:
		w.named = "Triển khai thực hiện " + w.subject.program + " " + span + where + " " + year
		own()
	case 4:
		w.named = matter + where + " " + span
		long()
	case 5:
		w.named = "Tuyên truyền, thực hiện " + w.subject.program + where + ", " + span
		long()
	default:
		w.named = matter + where
		w.year = w.work
	}
}

// put makes a mark that changes the truth.
type put = func(*plan.Plan, plan.Span, plan.Ref)

// problem records a fault of the document.
func (w *writer) problem(code string) {
	w.truth.Problems = append(w.truth.Problems, plan.Problem{Code: code})
}

func (w *writer) has(extra string) bool { return w.layout.extras[extra] }

// part reads a part of the layout with its form: "purpose:flat".
func part(s string) (name, form string) {
	name, form, _ = strings.Cut(s, ":")
	return name, form
}

// write drafts the document from its first line to its last, and settles what it says.
func (w *writer) write() {
	w.letterhead()
	w.opening()
	w.zone = body
	cycles := min(10, max(1, w.scale/40))
	w.scale /= cycles
	for range cycles {
		for _, p := range w.layout.parts {
			name, form := part(p)
			w.part(name, form)
		}
	}
	w.zone = ending
	w.closing()
	w.annexes()
	w.damage.draft(w)
	w.settle()
}
