package authority

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"kehoach/internal/tsv"
	"kehoach/plan"
)

// groupTable is groups.tsv, read.
type groupTable struct {
	byID  map[string]Body
	forms []*groupForm
}

// groupForm is a spelling of a group.
type groupForm struct {
	id       string
	spelling string
	words    int
	open     bool // any tail may follow, and is part of the id
}

//go:embed tables/groups.tsv
var groupsTSV string

var groups = sync.OnceValue(func() *groupTable {
	t := &groupTable{byID: map[string]Body{}}
	taken := map[string]string{}
	for _, r := range tsv.MustParse("groups.tsv", groupsTSV, "id", "level", "name", "forms").Rows {
		if _, twice := t.byID[r[0]]; twice {
			panic("authority: groups.tsv: twice: " + r[0])
		}
		t.byID[r[0]] = Body{ID: r[0], Name: r[2], Level: plan.Level(r[1]), Group: true, Status: Group, Reason: "a group of the table"}
		for _, s := range tsv.List(r[3]) {
			spelling, open := strings.CutSuffix(s, "…")
			n := scanned(spelling)
			if old := taken[n.keys]; old != "" && old != r[0] {
				panic("authority: groups.tsv: " + s + ": in " + old + " and " + r[0])
			}
			taken[n.keys] = r[0]
			t.forms = append(t.forms, &groupForm{r[0], spelling, len(n.words), open})
			n.free()
		}
	}
	return t
})

// groupAt finds the group that words i..j spell, nil where they spell none.
func (n *name) groupAt(i, j int) *groupForm {
	for _, m := range n.matches(i) {
		if m.group != nil && m.end == j {
			return m.group
		}
	}
	return nil
}

// quantifier is the word after "các", "một số", "tất cả các", or i.
func (n *name) quantifier(i, j int) int {
	for {
		k := n.skip(quantifiers, i, j)
		if k == i || k == j {
			return i
		}
		i = k
	}
}

// listedGroup resolves words i..j as a group of the table. A single word is one only after a quantifier.
func (n *name) listedGroup(i, j int) (Body, bool) {
	k := n.quantifier(i, j)
	if !slices.ContainsFunc(n.matches(k), func(m match) bool { return m.group != nil }) {
		return Body{}, false
	}
	for e := j; e > k; {
		if f := n.groupAt(k, e); f != nil && (k > i || f.words > 1) {
			return groups().byID[f.id], true
		}
		cut := n.narrowed(k, e)
		if cut == e {
			break
		}
		e = cut
	}
	return Body{}, false
}

// narrowed is the end of words i..j without the last thing that only narrows a group: "liên quan", "của tỉnh",
// "tỉnh Lạng Sơn", "trên địa bàn …".
func (n *name) narrowed(i, j int) int {
	if k := words().narrowing.cut(n, i, j); k < j && n.joined(k-1, k+1, nameStops) {
		return k
	}
	for k := max(i+1, j-6); k+1 < j; k++ {
		if at := n.provincePrefix(k, j); at > k && at < j && n.province(k, j) != nil {
			if k > i+1 && words().linking.has(n, k-1, k) {
				k--
			}
			return k
		}
	}
	for k := i + 1; k+2 < j; k++ {
		if n.says(k, k+3, "trênđia5ban2", "trendiaban") {
			return k
		}
	}
	return j
}

// otherGroup resolves words i..j as a group that no table has: after a quantifier, or by a generic first word
// without a proper name after it ("đơn vị duy trì thoát nước").
func (n *name) otherGroup(i, j int) (Body, bool) {
	k := n.quantifier(i, j)
	open := func(m match) bool { return m.group != nil && m.group.open }
	if k == i && n.skip(generic, k, j) == k && !slices.ContainsFunc(n.matches(k), open) {
		return Body{}, false
	}
	end := j
	for cut := n.narrowed(k, end); cut < end; cut = n.narrowed(k, end) {
		end = cut
	}
	for _, m := range n.matches(k) {
		if open(m) && m.end < end {
			g := groups().byID[m.group.id]
			g.ID, g.Name = n.slug(m.end, end, m.group.id+"-"), Agency(n.text(i, j))
			return g, true
		}
	}
	if k == i {
		e := n.skip(generic, k, end)
		if e == k || e < end && n.words[e].upper > 0 {
			return Body{}, false
		}
	}
	return Body{ID: n.slug(k, end, "g-"), Name: Agency(n.text(i, j)), Group: true, Status: Group, Reason: "a group by its words"}, true
}
