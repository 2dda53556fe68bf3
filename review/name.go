package review

import (
	"fmt"
	"strconv"
	"strings"

	"kehoach/normalize"
	"kehoach/plan"
)

// Names lists the names of fields: first those of the head, then of each list its name and its parts.
func Names() [][]string {
	head := []string{"head"}
	for _, f := range header {
		head = append(head, f.name)
	}
	out := [][]string{head}
	for _, g := range groups {
		line := []string{g.name + "[N]"}
		for _, f := range g.parts {
			line = append(line, "."+f.name)
		}
		out = append(out, line)
	}
	return out
}

// Unknown is the error for a name that no field has.
type Unknown struct {
	Name    string
	Near    string // the name that was probably meant, or ""
	Because string // what is wrong with it, where it is more than the name
}

func (u *Unknown) Error() string {
	s := fmt.Sprintf("there is no field %q", u.Name)
	if u.Because != "" {
		s += ": " + u.Because
	}
	if u.Near != "" {
		s += fmt.Sprintf("; did you mean %q?", u.Near)
	}
	return s
}

// ref is a field's place in a plan: of the head, a list (index -1), an element (no part), or a part of one.
type ref struct {
	field *field
	group *group
	index int
}

// aliases are other names under which people look for a field.
var aliases = map[string]string{"date": "issued", "so": "number", "signer": "signer.name", "position": "signer.position", "authority": "signer.authority",
	"amounts": "money", "funding.amounts": "money", "funding.sources": "funding", "sources": "funding", "outline": "sections", "tasks": "assignments",
	"documents": "citations", "aims": "targets"}

// find reads a name: "issued", "assignments", "assignments[3]", "assignments[3].deadline", "sections[V/1].heading", "V/1".
func find(p *plan.Plan, name string) (ref, error) {
	typed := strings.TrimSpace(name)
	if of := aliases[strings.ToLower(typed)]; of != "" {
		typed = of
	}
	for i := range header {
		if strings.EqualFold(header[i].name, typed) {
			return ref{field: &header[i], index: -1}, nil
		}
	}
	base, rest := typed, ""
	if at := strings.IndexAny(typed, "["); at >= 0 {
		base, rest = typed[:at], typed[at:]
	}
	if of := aliases[strings.ToLower(base)]; of != "" {
		base = of
	}
	for i := range groups {
		g := &groups[i]
		if !strings.EqualFold(g.name, base) && !strings.EqualFold(strings.TrimSuffix(g.name, "s"), base) {
			continue
		}
		if rest == "" {
			return ref{group: g, index: -1}, nil
		}
		return g.element(p, name, rest)
	}
	if i, ok := sectionAt(p, typed); ok {
		return ref{group: &groups[0], index: i}, nil
	}
	return ref{}, &Unknown{Name: name, Near: nearest(typed)}
}

// element reads "[3]", "[V/1]" and "[3].deadline".
func (g *group) element(p *plan.Plan, name, rest string) (ref, error) {
	inside, tail, ok := strings.Cut(rest[1:], "]")
	if !ok {
		return ref{}, &Unknown{Name: name, Because: "a bracket is not closed"}
	}
	i, err := strconv.Atoi(inside)
	if err != nil {
		found := false
		if g.name == "sections" {
			i, found = sectionAt(p, inside)
		}
		if !found {
			return ref{}, &Unknown{Name: name, Because: fmt.Sprintf("there is no %s[%s]", g.name, inside)}
		}
	}
	if n := g.size(p); i < 0 || i >= n {
		because := fmt.Sprintf("the plan has no %s", g.name)
		if n > 0 {
			because = fmt.Sprintf("the plan has %s[0] to %s[%d]", g.name, g.name, n-1)
		}
		return ref{}, &Unknown{Name: name, Because: because}
	}
	if tail == "" {
		return ref{group: g, index: i}, nil
	}
	part := strings.TrimPrefix(tail, ".")
	var names []string
	for k := range g.parts {
		if strings.EqualFold(g.parts[k].name, part) {
			return ref{field: &g.parts[k], group: g, index: i}, nil
		}
		names = append(names, g.parts[k].name)
	}
	near := close(part, names)
	if near != "" {
		near = fmt.Sprintf("%s[%d].%s", g.name, i, near)
	}
	return ref{}, &Unknown{Name: name, Near: near, Because: g.name + " have " + strings.Join(names, ", ")}
}

// sectionAt is the section with a path as people write it: "V/1".
func sectionAt(p *plan.Plan, path string) (int, bool) {
	want := normalize.Fold(strings.Trim(path, "/. "))
	for i := range p.Sections {
		if want != "" && normalize.Fold(strings.Join(p.Sections[i].Path, "/")) == want {
			return i, true
		}
	}
	return 0, false
}

// String is the name of the field.
func (r ref) String() string {
	switch {
	case r.group == nil:
		return r.field.name
	case r.index < 0:
		return r.group.name
	case r.field == nil:
		return fmt.Sprintf("%s[%d]", r.group.name, r.index)
	}
	return fmt.Sprintf("%s[%d].%s", r.group.name, r.index, r.field.name)
}

// nearest is the name that was probably meant.
func nearest(name string) string {
	var names []string
	for _, f := range header {
		names = append(names, f.name)
	}
	for _, g := range groups {
		names = append(names, g.name)
	}
	base, _, _ := strings.Cut(name, "[")
	return close(base, names)
}

// close is the name of the list that differs least from a word, "" where none is near.
func close(word string, names []string) string {
	best, least := "", len(word)/3+2
	for _, n := range names {
		if d := distance(strings.ToLower(word), n); d < least {
			best, least = n, d
		}
	}
	return best
}

// distance is the number of letters by which two words differ (Levenshtein).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(row[j+1]+1, row[j]+1, diagonal+cost)
		}
	}
	return row[len(b)]
}
