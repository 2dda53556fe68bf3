package authority

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"kehoach/internal/tsv"
	"kehoach/plan"
)

//go:embed tables/ambiguous.tsv
var ambiguousTSV string

// ambiguous leads from the key of an abbreviation to its meanings.
var ambiguous = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for _, r := range tsv.MustParse("ambiguous.tsv", ambiguousTSV, "short", "meanings").Rows {
		m[keyOf(r[0])] = strings.Join(tsv.List(r[1]), " or ")
	}
	return m
})

// Resolve finds the body that a name stands for. The name may be abbreviated, without diacritics, with its
// place ("Sở TT&TT tỉnh Lạng Sơn"), its head ("Giám đốc Sở …") or a note in brackets. date ("2021-06-04", "2021"
// or "") chooses among bodies that bore one name at different times, province (any spelling, or "") tells a city
// under the centre from one in a province. It never fails: what no table knows is Unknown, with an id that is
// the same for every spelling of the name, and what stands for several bodies at once is Ambiguous.
func Resolve(s, date, province string) Body {
	n := scanned(s)
	defer n.free()
	i, j := n.verb(0), n.note(len(n.words))
	if i >= j {
		return Body{ID: "x-", Name: strings.TrimSpace(s), Status: Unknown, Reason: "an empty name"}
	}
	if meanings := ambiguous()[n.key(i, j)]; meanings != "" {
		return Body{ID: n.slug(i, j, "x-"), Name: n.text(i, j), Status: Ambiguous, Reason: meanings}
	}
	if g := n.groupAt(i, j); g != nil && g.words > 1 && !n.spells(i, j) { // "UBND các cấp" before UBND
		return groups().byID[g.id]
	}
	if b, ok := n.body(i, j, date, province); ok {
		return b
	}
	if g, ok := n.listedGroup(i, j); ok {
		return g
	}
	if k := n.quantifier(i, j); k > i {
		if g, ok := n.members(k, j, date, province); ok {
			return g
		}
	}
	if k := n.title(i, j); k > i {
		if b, ok := n.body(k, j, date, province); ok {
			b.Reason = "the head of a body is named"
			return b
		}
		if q := n.quantifier(k, j); q > k {
			if g, ok := n.members(q, j, date, province); ok {
				return g
			}
		}
		if g, ok := n.listedGroup(k, j); ok {
			return g
		}
	}
	if n.provincePrefix(i, j) > i {
		if f := n.province(i, j); f != nil {
			return provinceBody(formOn(f, date).ID)
		}
	}
	if g, ok := n.otherGroup(i, j); ok {
		return g
	}
	if b, ok := n.misspelt(i, j, date, province); ok {
		return b
	}
	if n.mayAbbreviate() {
		if written := Expand(n.src); written != n.src {
			return Resolve(written, date, province)
		}
	}
	return n.unknown()
}

// unknown is the body of a name, written out, that no table has.
func (n *name) unknown() Body {
	i, j := n.bare()
	b := Body{Name: n.bareText(i, j), Status: Unknown, Reason: "no table has this name"}
	for k := max(i+1, j-2); k < j; k++ { // the id leaves out a bare tier at the end
		if t, next := n.tier(k, j); next == j && t.level != plan.Central {
			j = k
			break
		}
	}
	if j > i+1 && words().linking.has(n, j-1, j) {
		j--
	}
	b.ID = n.slug(i, j, "x-")
	return b
}

// body resolves words i..j as one body with its tail.
func (n *name) body(i, j int, date, province string) (Body, bool) {
	for _, m := range n.matches(i) {
		if m.forms != nil && m.end <= j {
			if b, ok := n.choose(m.forms, i, m.end, j, date, province); ok {
				return b, true
			}
		}
	}
	return Body{}, false
}

// misspelt is body for a name with wrong diacritics: of three words or more, by its fold.
func (n *name) misspelt(i, j int, date, province string) (Body, bool) {
	if !n.marks {
		return Body{}, false
	}
	for _, m := range byFold().walk(n, i, nil) {
		if m.forms != nil && m.end <= j && m.end >= i+3 {
			if b, ok := n.choose(m.forms, i, m.end, j, date, province); ok {
				if b.Status == Resolved {
					b.Reason = "by its name without diacritics"
				}
				return b, true
			}
		}
	}
	return Body{}, false
}

// members resolves words i..j, before which a quantifier stands, as the group of several bodies of one kind.
func (n *name) members(i, j int, date, province string) (Body, bool) {
	b, ok := n.body(i, j, date, province)
	if !ok || b.Group || b.Status != Resolved {
		return b, ok && b.Group
	}
	return BodyByID("g-" + b.ID)
}

// choose picks among the kinds that bear the name of words i..e, with tail e..j.
func (n *name) choose(forms []form, i, e, j int, date, province string) (best Body, ok bool) {
	t, tailed := n.tail(e, j, date, province)
	bestRank, rivals := -1, 0
	var chosen *kind
	for _, f := range forms {
		if !tailed && !f.open {
			continue
		}
		k := &bodies().kinds[f.kind]
		level := k.levels[0]
		if tailed && t.level != "" {
			level = t.level
			if t.city && !slices.Contains(k.levels, level) {
				level = otherCity(level)
			}
		}
		b, has := k.at(level, tailed && t.group)
		if !has {
			continue
		}
		rank := 0
		if held(k.from, k.to, date) && (date != "" || k.to == "") { // without a date, what exists today
			rank += 8
		}
		if b.Level == t.level {
			rank += 4
		}
		if (level == plan.Central) == (province == "") {
			rank += 2 // in a province's document a bare name is the province's body
		}
		if !f.made {
			rank++
		}
		switch {
		case rank > bestRank:
			best, bestRank, rivals, chosen = b, rank, 0, k
		case rank == bestRank && b.ID != best.ID:
			rivals++
		}
	}
	switch {
	case chosen == nil:
		return Body{}, false
	case rivals > 0:
		return Body{ID: n.slug(i, j, "x-"), Name: n.text(i, j), Status: Ambiguous, Reason: either(forms)}, true
	case date != "" && !held(chosen.from, chosen.to, date) && best.Status == Resolved:
		best.Reason = "a body of the table, named outside its time"
	}
	return best, true
}

func otherCity(level plan.Level) plan.Level {
	if level == plan.Provincial {
		return plan.District
	}
	return plan.Provincial
}

// either names the kinds of several forms.
func either(forms []form) string {
	var all []string
	for _, f := range forms {
		all = append(all, bodies().kinds[f.kind].one[0].Name)
	}
	return strings.Join(all, " or ")
}

// verb is the first word after "Đề nghị", "Giao", "Mời" and the like.
func (n *name) verb(i int) int {
	for {
		k := n.skip(verbs, i, len(n.words))
		if k == i || k == len(n.words) {
			return i
		}
		i = k
	}
}

// note is the end of words ..j without a note in brackets at the end: "Sở TN&MT (để tổng hợp)".
func (n *name) note(j int) int {
	if j < 2 || strings.IndexByte(n.src, '(') < 0 {
		return j
	}
	at := strings.LastIndexByte(n.src, '(')
	if strings.IndexByte(n.src[n.words[j-1].end:], ')') < 0 {
		return j
	}
	k := j
	for k > 0 && int(n.words[k-1].start) > at {
		k--
	}
	if k == 0 {
		return j
	}
	return k
}

// title is the first word after the title of a body's head: "Giám đốc Sở …", "Thủ trưởng các …". It is i where
// no title stands there, or nothing after it.
func (n *name) title(i, j int) int {
	start := i
	for {
		k := n.skip(titles, i, j)
		if k >= j {
			return start
		}
		if k == i {
			return i
		}
		i = k
	}
}
