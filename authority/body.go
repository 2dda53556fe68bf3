package authority

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"kehoach/internal/tsv"
	"kehoach/plan"
)

// Body is what a name of an agency stands for. It is a kind of body, the same in every province: "Sở TT&TT" of
// any province and in any spelling is {so-tttt, "Sở Thông tin và Truyền thông", province}.
type Body struct {
	ID     string     // "so-tttt"; of a group "g-…"; of an unknown or ambiguous one "x-" and the folded name
	Name   string     // the kind's full name; the name itself, written out, where it is unknown
	Level  plan.Level // "" where unknown
	Group  bool       // several bodies under one name: các sở, ban, ngành
	Status string     // Resolved, Group, Ambiguous or Unknown
	Reason string     // why, in words
}

// What Resolve can say of a name.
const (
	Resolved  = "resolved"
	Group     = "group"
	Ambiguous = "ambiguous"
	Unknown   = "unknown"
)

// kind is a row of the table of bodies; levels, one and many are parallel.
type kind struct {
	levels     []plan.Level
	one, many  []Body // at each level: one of them, and the group of them
	from, to   string
	successors []string
	spellings  []string // the name and its other forms; one that ends in … takes any tail
	made       []string // abbreviations made from these
}

// at is the kind, or the group of its bodies, at a level; ok is false where it has none there.
func (k *kind) at(level plan.Level, group bool) (b Body, ok bool) {
	i := slices.Index(k.levels, level)
	if i < 0 {
		return Body{}, false
	}
	if group {
		return k.many[i], true
	}
	return k.one[i], true
}

// form is a spelling of a kind.
type form struct {
	kind int
	open bool // any tail may follow
	made bool // it is an abbreviation made from a name, which gives way to one of the table
}

// bodyTable is bodies.tsv, read.
type bodyTable struct {
	kinds   []kind
	byID    map[string]int
	symbols map[string][]int  // by symbolKey
	written map[string]string // key of an abbreviation made from a name, to the name; "" where it is ambiguous
	today   map[string]bool   // of these, whether the body exists today
}

//go:embed tables/bodies.tsv
var bodiesTSV string

var bodies = sync.OnceValue(loadBodies)

// A kind at a tier below its first has an id and a name of its own.
var (
	tierSuffix = map[plan.Level]string{plan.District: "-huyen", plan.Commune: "-xa"}
	tierWord   = map[plan.Level]string{plan.Provincial: "tỉnh", plan.District: "huyện", plan.Commune: "xã"}
)

func loadBodies() *bodyTable {
	t := &bodyTable{byID: map[string]int{}, symbols: map[string][]int{}, written: map[string]string{}, today: map[string]bool{}}
	for i, r := range tsv.MustParse("bodies.tsv", bodiesTSV, "id", "levels", "name", "forms", "symbols", "from", "to", "successors").Rows {
		id, levels, full := r[0], strings.Fields(r[1]), r[2]
		k := kind{from: r[5], to: r[6], successors: tsv.List(r[7])}
		for j, l := range levels {
			level := plan.Level(l)
			one := Body{ID: id, Name: full, Level: level, Status: Resolved, Reason: "a body of the table"}
			if j > 0 {
				one.ID += tierSuffix[level]
				one.Name += " " + tierWord[level]
			}
			many := Body{ID: "g-" + one.ID, Name: "Các " + full, Level: level, Group: true, Status: Group, Reason: "several bodies of one kind"}
			if w := tierWord[level]; w != "" && len(levels) > 1 {
				many.Name = full + " các " + w
			}
			k.levels, k.one, k.many = append(k.levels, level), append(k.one, one), append(k.many, many)
		}
		if _, twice := t.byID[id]; twice || len(levels) == 0 {
			panic("authority: bodies.tsv: " + id + ": twice, or without a level")
		}
		for _, s := range append([]string{full}, tsv.List(r[3])...) {
			k.spellings = append(k.spellings, s)
			for _, short := range shorten(s) {
				k.made = append(k.made, short)
				t.write(short, s, k.to == "")
			}
		}
		t.kinds, t.byID[id] = append(t.kinds, k), i
		for _, s := range tsv.List(r[4]) {
			if key := symbolKey(s); !slices.Contains(t.symbols[key], i) {
				t.symbols[key] = append(t.symbols[key], i)
			}
		}
	}
	for id, i := range t.byID {
		for _, s := range t.kinds[i].successors {
			if _, ok := t.byID[s]; !ok {
				panic("authority: bodies.tsv: " + id + ": no successor " + s)
			}
		}
	}
	return t
}

// write enters what an abbreviation is written out as. Of two names the one of today goes first; two of today
// make the abbreviation ambiguous, and it stays as it is.
func (t *bodyTable) write(short, full string, today bool) {
	key := keyOf(short)
	old, known := t.written[key]
	switch {
	case !known || today && !t.today[key]:
		t.written[key], t.today[key] = full, today
	case today && keyOf(old) != keyOf(full):
		t.written[key] = ""
	}
}

// heads are the words that begin names of several parts, and their initials.
var heads = [][2]string{{"Sở", "S"}, {"Bộ", "B"}, {"Phòng", "P"}, {"Trung tâm", "TT"}, {"Chi cục", "CC"}}

// shorten makes the abbreviations of a name of several parts: each part by its initials or written out
// ("Sở TT và Truyền thông"), and the head by its own where all parts are ("STTTT").
func shorten(s string) []string {
	var head [2]string
	for _, h := range heads {
		if strings.HasPrefix(s, h[0]+" ") {
			head = h
		}
	}
	if head[0] == "" || strings.HasSuffix(s, "…") {
		return nil
	}
	parts := strings.FieldsFunc(strings.NewReplacer(" và ", ",", " - ", ",").Replace(s[len(head[0])+1:]), func(r rune) bool { return r == ',' })
	short := make([]string, len(parts))
	for i, p := range parts {
		for _, w := range strings.Fields(p) {
			if strings.ToUpper(w) == w && utf8.RuneCountInString(w) > 1 || len(parts) > 4 {
				return nil // abbreviated already, or a list
			}
			first := []rune(w)[:1]
			short[i] += strings.ToUpper(string(first))
		}
	}
	var all []string
	for mask := 1; mask < 1<<len(parts); mask++ {
		words := head[0]
		for i, p := range parts {
			if mask>>i&1 == 1 {
				p = short[i]
			}
			words += " " + p
		}
		all = append(all, words)
	}
	if len(parts) > 1 || head[1] == "S" || head[1] == "B" { // PKT and TTVH are too short to be sure of
		all = append(all, head[1]+strings.Join(short, ""))
	}
	return all
}

// BodyByID is the body with an id that Resolve gave, but for ambiguous and unknown ones. The id of a group gives
// the group, and that of a lower tier ("cong-an-xa") the body there.
func BodyByID(id string) (Body, bool) {
	if g, ok := groups().byID[id]; ok {
		return g, true
	}
	bare, group := strings.CutPrefix(id, "g-")
	if k, ok := bodies().byID[bare]; ok {
		return bodies().kinds[k].at(bodies().kinds[k].levels[0], group)
	}
	if p, cut := strings.CutPrefix(id, provinceID); cut {
		if b := provinceBody(p); b.Name != "" {
			return b, true
		}
	}
	for level, suffix := range tierSuffix {
		if b, cut := strings.CutSuffix(bare, suffix); cut {
			if k, ok := bodies().byID[b]; ok {
				return bodies().kinds[k].at(level, group)
			}
		}
	}
	return Body{}, false
}

// provinceID begins the id of a province that is itself named as an actor ("tỉnh Điện Biên").
const provinceID = "tinh-"

// provinceBody is a province as an actor, by the province's id; its Name is "" where there is none. The name has
// the type of the province's latest form.
func provinceBody(id string) Body {
	b := Body{ID: provinceID + id, Level: plan.Provincial, Status: Resolved, Reason: "a province is named as an actor"}
	for i := range provinces() {
		if p := &provinces()[i]; p.ID == id {
			if b.Name = "Tỉnh " + p.Name; p.City {
				b.Name = "Thành phố " + p.Name
			}
		}
	}
	return b
}

// Successors are the ids of the bodies that took over the work of one, none where it still exists. An old body
// often has several: of the work of so-tttt the press went one way and telecommunications another.
func Successors(id string) []string {
	if k, ok := bodies().byID[id]; ok {
		return slices.Clone(bodies().kinds[k].successors)
	}
	return nil
}

// Held is the first and the last day (or month, or year) of a kind of body, "" where it is open or unknown.
func Held(id string) (from, to string) {
	if k, ok := bodies().byID[id]; ok {
		return bodies().kinds[k].from, bodies().kinds[k].to
	}
	return "", ""
}
