package index

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"kehoach/authority"
	"kehoach/normalize"
	"kehoach/plan"
)

// condition is one field of a plan.Filter: a plan passes where one of its values in one of the columns does.
// The field's name is that of its facet.
type condition struct {
	name    string
	columns []string
	passes  func(value string) bool
}

// conditions puts a filter into conditions that must all hold. What each field means stands in plan.Filter; the
// corpus answers the same in SQL. Kind is not among them: it chooses records.
func conditions(f plan.Filter) ([]condition, error) {
	f = f.Names(norm.NFC.String)
	var list conditionList
	holds := func(name string, r plan.Range, column string) {
		if !r.IsZero() {
			list.add(name, r.Holds, column)
		}
	}
	oneOf(&list, "province", f.Province, provinceIs, colProvince, colToday)
	holds("year", f.Year, colYear)
	oneOf(&list, "type", f.Type, typeIs, colType)
	oneOf(&list, "lead", f.Lead, bodyIs, colLead)
	oneOf(&list, "support", f.Support, bodyIs, colSupport)
	oneOf(&list, "program", f.Program, numberIs, colProgram)
	oneOf(&list, "issuer", f.Issuer, issuerIs, colIssuer)
	oneOf(&list, "level", f.Level, func(l plan.Level) func(string) bool {
		return func(value string) bool { return value == string(l) }
	}, colLevel)
	holds("issued", f.Issued, colIssued)
	holds("due", f.Due, colDue)
	if f.AddedSince != "" {
		run, err := strconv.ParseInt(f.AddedSince, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("index: %w: %q is no run", ErrQuery, f.AddedSince)
		}
		since := padded(run)
		list.add("added", func(value string) bool { return value >= since }, colAdded)
	}
	if f.Source != "" {
		list.add("source", func(value string) bool { return glob(f.Source, value) }, colSource)
	}
	oneOf(&list, "region", f.Region, regionIs, colRegion)
	oneOf(&list, "format", f.Format, foldIs, colFormat)
	oneOf(&list, "problem", f.Problem, foldIs, colProblem)
	oneOf(&list, "area", f.Area, foldIs, colArea)
	return list, nil
}

type conditionList []condition

func (l *conditionList) add(name string, passes func(string) bool, columns ...string) {
	*l = append(*l, condition{name, columns, passes})
}

// oneOf adds the condition that one of the wanted values is met, where any is wanted.
func oneOf[T any](l *conditionList, name string, wanted []T, is func(T) func(string) bool, columns ...string) {
	if len(wanted) == 0 {
		return
	}
	tests := make([]func(string) bool, len(wanted))
	for i, w := range wanted {
		tests[i] = is(w)
	}
	l.add(name, func(value string) bool {
		return slices.ContainsFunc(tests, func(test func(string) bool) bool { return test(value) })
	}, columns...)
}

// provinceIs matches a province by its id where the name is known, else by the name without diacritics.
func provinceIs(wanted string) func(string) bool {
	if p, ok := authority.ProvinceByName(wanted, ""); ok {
		return keyIs(p.ID)
	}
	fold := normalize.Fold(wanted)
	return func(value string) bool {
		_, name := keyName(value)
		return normalize.Fold(name) == fold
	}
}

func keyIs(wanted string) func(string) bool {
	return func(value string) bool {
		key, _ := keyName(value)
		return key == wanted
	}
}

// regionIs matches a region by any of its names; one that is not known holds nothing.
func regionIs(wanted string) func(string) bool {
	r, ok := authority.RegionByName(wanted)
	is := keyIs(r.ID)
	return func(value string) bool { return ok && is(value) }
}

// foldIs matches a value by its key in any case, with or without diacritics.
func foldIs(wanted string) func(string) bool {
	fold := normalize.Fold(wanted)
	return func(value string) bool {
		key, _ := keyName(value)
		return normalize.Fold(key) == fold
	}
}

// typeIs matches a type by its code or its name.
func typeIs(wanted string) func(string) bool {
	if t, ok := authority.TypeByCode(wanted); ok {
		wanted = t.Code
	} else if t, ok := authority.TypeByName(wanted); ok {
		wanted = t.Code
	}
	fold := normalize.Fold(wanted)
	return func(value string) bool {
		code, _ := keyName(value)
		return normalize.Fold(code) == fold
	}
}

// bodyIs matches an agency by its id where the name is known, else by a part of its name.
func bodyIs(wanted string) func(string) bool {
	if b := authority.Resolve(wanted, "", ""); b.Status == "resolved" || b.Status == "group" {
		return keyIs(b.ID)
	}
	fold := normalize.Fold(wanted)
	return func(value string) bool {
		_, name := keyName(value)
		return strings.Contains(normalize.Fold(name), fold)
	}
}

// issuerIs matches an issuing body by a part of its name, abbreviations written out, or by its kind in any province.
func issuerIs(wanted string) func(string) bool {
	fold := normalize.Fold(authority.Expand(wanted))
	b := authority.Resolve(wanted, "", "")
	whole := b.Status == "resolved" && normalize.Fold(b.Name) == fold
	return func(value string) bool {
		key, name := keyName(value)
		return strings.Contains(normalize.Fold(name), fold) || whole && (key == b.ID || strings.HasPrefix(key, b.ID+"@"))
	}
}

// numberIs matches the number of a document in any case, with or without diacritics.
func numberIs(wanted string) func(string) bool {
	if n, ok := authority.ParseNumber(wanted); ok {
		wanted = n.Number
	}
	fold := normalize.Fold(wanted)
	return func(value string) bool { return normalize.Fold(value) == fold }
}

// glob matches as SQLite's GLOB does: * is any run of characters, slashes included, ? is one, [a-z] and [^a-z] are
// one of a set. Case counts. Only the last * can want more than it took, so the time is bounded by the product of
// the lengths.
func glob(pattern, s string) bool {
	star, from := "", ""
	starred := false
	for {
		if strings.HasPrefix(pattern, "*") {
			pattern = pattern[1:]
			star, from, starred = pattern, s, true
			continue
		}
		if pattern == "" && s == "" {
			return true
		}
		if rest, after, ok := globOne(pattern, s); ok {
			pattern, s = rest, after
			continue
		}
		if !starred || from == "" {
			return false
		}
		_, size := utf8.DecodeRuneInString(from)
		from = from[size:]
		pattern, s = star, from
	}
}

// globOne matches one character.
func globOne(pattern, s string) (rest, after string, ok bool) {
	if pattern == "" || s == "" {
		return "", "", false
	}
	r, size := utf8.DecodeRuneInString(s)
	switch pattern[0] {
	case '?':
		return pattern[1:], s[size:], true
	case '[':
		rest, ok = inSet(pattern[1:], r)
		return rest, s[size:], ok
	}
	if s[0] != pattern[0] {
		return "", "", false
	}
	return pattern[1:], s[1:], true
}

// inSet reads a set behind its bracket, and reports whether it holds r; a set that is not closed holds nothing.
func inSet(pattern string, r rune) (rest string, ok bool) {
	not := strings.HasPrefix(pattern, "^")
	pattern = strings.TrimPrefix(pattern, "^")
	held := false
	for first := true; ; first = false {
		lo, size := utf8.DecodeRuneInString(pattern)
		if size == 0 {
			return "", false
		}
		pattern = pattern[size:]
		if lo == ']' && !first {
			return pattern, held != not
		}
		hi := lo
		if strings.HasPrefix(pattern, "-") && len(pattern) > 1 && pattern[1] != ']' {
			hi, size = utf8.DecodeRuneInString(pattern[1:])
			pattern = pattern[1+size:]
		}
		held = held || lo <= r && r <= hi
	}
}

// chosen is the outcome of a filter for the plans of one segment.
type chosen struct {
	heads []uint32
	fails []uint8 // how many conditions each plan fails: 0, 1, or 2 where they are more; those of one name count as one
	which []uint8 // the first of those, by its place among the names
	names []string
}

// choose tries every condition on every plan of a segment. Each distinct value is looked at once.
func (p *part) choose(list []condition) (*chosen, error) {
	heads, err := p.plans()
	if err != nil {
		return nil, err
	}
	c := &chosen{heads: heads, fails: make([]uint8, len(heads)), which: make([]uint8, len(heads))}
	passed := make([]bool, len(heads))
	for _, cond := range list {
		group := c.place(cond.name)
		if group < 0 {
			group = len(c.names)
			c.names = append(c.names, cond.name)
		}
		clear(passed)
		for _, name := range cond.columns {
			v, err := p.column(name)
			if err != nil {
				return nil, err
			}
			good := make([]bool, len(v.texts))
			for ord, text := range v.texts {
				good[ord] = cond.passes(text)
			}
			for i := range heads {
				for _, ord := range v.of(i) {
					passed[i] = passed[i] || good[ord]
				}
			}
		}
		for i := range heads {
			switch {
			case passed[i]:
			case c.fails[i] == 0:
				c.fails[i], c.which[i] = 1, uint8(group)
			case int(c.which[i]) != group:
				c.fails[i] = 2
			}
		}
	}
	return c, nil
}

// place is where the conditions of a name count, and -1 where there are none.
func (c *chosen) place(name string) int { return slices.Index(c.names, name) }

// records is the records of the plans that pass all conditions.
func (c *chosen) records(p *part) set {
	s := newSet(p.records())
	for i, head := range c.heads {
		if c.fails[i] == 0 {
			s.addRange(head, p.end(c.heads, i))
		}
	}
	return s
}
