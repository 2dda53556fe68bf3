package authority

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"kehoach/internal/tsv"
	"kehoach/plan"
)

// Body is what a name of an agency stands for. It is a kind of body, the same in every province: "Sở TT&TT" of
// any province and any spelling is {so-tttt, "Sở Thông tin và Truyền thông", province}.
type Body struct {
	ID     string     // "so-tttt"; of a group "g-…"; of an unknown or ambiguous one "x-" and the folded name
	Name   string     // the kind's full name, or the name itself, written out, where it is unknown
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

//go:embed tables/bodies.tsv
var bodiesTSV string

// kind is a row of the table of bodies. Its level lists are parallel to levels.
type kind struct {
	id         string
	levels     []plan.Level
	one, many  []Body // at each level: one of them, and the group of them
	from, to   string
	successors []string
}

// form is a spelling of a kind.
type form struct {
	kind int
	open bool // any tail may follow
}

var (
	kinds     []kind
	kindByID  map[string]int
	formKeys  map[string][]form // by key
	formFolds map[string][]form // by fold, for names typed without diacritics
	symbols   map[string][]int  // by symbolKey
	shortened map[string]string // keys of abbreviations made from names, to the name written out
)

var _ = loadBodies()

var tierSuffix = map[plan.Level]string{plan.District: "-huyen", plan.Commune: "-xa"}
var tierWord = map[plan.Level]string{plan.Provincial: "tỉnh", plan.District: "huyện", plan.Commune: "xã"}

func loadBodies() bool {
	kindByID, formKeys, formFolds = map[string]int{}, map[string][]form{}, map[string][]form{}
	symbols, shortened = map[string][]int{}, map[string]string{}
	t := tsv.MustParse("bodies.tsv", bodiesTSV, "id", "levels", "name", "forms", "symbols", "from", "to", "successors")
	for i, r := range t.Rows {
		k := kind{id: r[0], from: r[5], to: r[6], successors: tsv.List(r[7])}
		for j, l := range strings.Fields(r[1]) {
			level := plan.Level(l)
			one := Body{ID: r[0], Name: r[2], Level: level, Status: Resolved, Reason: "a body of the table"}
			if j > 0 {
				one.ID += tierSuffix[level]
				one.Name += " " + tierWord[level]
			}
			many := Body{ID: "g-" + one.ID, Name: "Các " + r[2], Level: level, Group: true, Status: Group, Reason: "several bodies of one kind"}
			if w := tierWord[level]; w != "" && len(strings.Fields(r[1])) > 1 {
				many.Name = r[2] + " các " + w
			}
			k.levels, k.one, k.many = append(k.levels, level), append(k.one, one), append(k.many, many)
		}
		if _, twice := kindByID[k.id]; twice || len(k.levels) == 0 {
			panic(fmt.Sprintf("authority: bodies.tsv: %s: twice, or without a level", k.id))
		}
		kinds, kindByID[k.id] = append(kinds, k), i
		for _, s := range append([]string{r[2]}, tsv.List(r[3])...) {
			addForm(s, i)
			for _, short := range shorten(s) {
				addForm(short, i)
				if key := keyOf(short); shortened[key] == "" || r[6] == "" { // what exists today goes first
					shortened[key] = r[2]
				}
			}
		}
		for _, s := range tsv.List(r[4]) {
			if k := symbolKey(s); !slices.Contains(symbols[k], i) {
				symbols[k] = append(symbols[k], i)
			}
		}
	}
	for _, k := range kinds {
		for _, s := range k.successors {
			if _, ok := kindByID[s]; !ok {
				panic("authority: bodies.tsv: " + k.id + ": no successor " + s)
			}
		}
	}
	return true
}

func addForm(s string, k int) {
	spelling, open := strings.CutSuffix(s, "…")
	f := form{k, open}
	key, fold := keyOf(spelling), foldOf(spelling)
	if !slices.Contains(formKeys[key], f) {
		formKeys[key] = append(formKeys[key], f)
	}
	if !slices.Contains(formFolds[fold], f) {
		formFolds[fold] = append(formFolds[fold], f)
	}
}

// shorten makes the abbreviations of a name of several parts: each part by its initials or written out
// ("Sở TT và Truyền thông"), the head by its own where all parts are ("STTTT").
func shorten(s string) []string {
	var head, initial string
	for _, h := range [][2]string{{"Sở", "S"}, {"Bộ", "B"}, {"Phòng", "P"}, {"Trung tâm", "TT"}, {"Chi cục", "CC"}} {
		if strings.HasPrefix(s, h[0]+" ") && !strings.HasSuffix(s, "…") {
			head, initial = h[0], h[1]
		}
	}
	if head == "" {
		return nil
	}
	parts := strings.FieldsFunc(strings.NewReplacer(" và ", ",", " - ", ",").Replace(s[len(head)+1:]), func(r rune) bool { return r == ',' })
	short := make([]string, len(parts))
	for i, p := range parts {
		for _, w := range strings.Fields(p) {
			for _, r := range w {
				short[i] += strings.ToUpper(string(r))
				break
			}
		}
		if strings.ToUpper(parts[i]) == parts[i] || len(parts) > 4 {
			return nil // abbreviated already
		}
	}
	var all []string
	for mask := 1; mask < 1<<len(parts); mask++ {
		words := head
		for i, p := range parts {
			if mask>>i&1 == 1 {
				p = short[i]
			}
			words += " " + p
		}
		all = append(all, words)
	}
	if initial == "S" || initial == "B" || len(parts) > 1 {
		all = append(all, initial+strings.Join(short, ""))
	}
	return all
}

// BodyByID is the body with an id that Resolve gave, other than that of an unknown one. A group's id gives the
// group, and the id of a lower tier ("cong-an-xa") the body there.
func BodyByID(id string) (Body, bool) {
	bare, group := strings.CutPrefix(id, "g-")
	if g, ok := groupByID[id]; ok {
		return g, true
	}
	k, ok := kindByID[bare]
	if !ok {
		for _, level := range []plan.Level{plan.District, plan.Commune} {
			if b, cut := strings.CutSuffix(bare, tierSuffix[level]); cut {
				if k, ok = kindByID[b]; ok {
					return kinds[k].at(level, group)
				}
			}
		}
		return Body{}, false
	}
	return kinds[k].at(kinds[k].levels[0], group)
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

// Successors are the ids of the bodies that took over the work of one, none where it still exists. An old body
// often has several: the press went one way, the telecommunications another.
func Successors(id string) []string {
	if k, ok := kindByID[id]; ok {
		return slices.Clone(kinds[k].successors)
	}
	return nil
}

// Held is the first and the last day, month or year of a body, "" where open.
func Held(id string) (from, to string) {
	if k, ok := kindByID[id]; ok {
		return kinds[k].from, kinds[k].to
	}
	return "", ""
}

// symbolKey is a symbol without what comes and goes in it: "SVHTT&DL" and "SVHTTDL" are one.
func symbolKey(s string) string {
	return strings.NewReplacer("&", "", "-", "", ".", "", " ", "").Replace(s)
}
