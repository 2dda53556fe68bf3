package index

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"kehoach/authority"
	"kehoach/normalize"
	"kehoach/plan"
)

// queryField is a field that a query may name.
type queryField struct {
	name    string
	aliases string // other names, without marks, between blanks
	in      string // the field of the index whose words it looks at; "" where it chooses by a condition
	set     func(f *plan.Filter, value string) (hint string)
	own     func(value string) condition // chooses by what plan.Filter does not know
	known   func(words string) bool      // a value of several words that needs no quotes
}

// queryFields lists them all.
var queryFields = []queryField{
	{name: "province", aliases: "tinh",
		set:   func(f *plan.Filter, v string) string { return put(&f.Province, v) },
		known: func(words string) bool { _, ok := authority.ProvinceByName(words, ""); return ok }},
	{name: "lead", aliases: "chutri",
		set: func(f *plan.Filter, v string) string { return put(&f.Lead, v) }, known: isBody},
	{name: "support", aliases: "phoihop",
		set: func(f *plan.Filter, v string) string { return put(&f.Support, v) }, known: isBody},
	{name: "kind", aliases: "muc", set: setKind},
	{name: "year", aliases: "nam",
		set: func(f *plan.Filter, v string) string { return setRange(&f.Year, v, false) }},
	{name: "issued", aliases: "ngay",
		set: func(f *plan.Filter, v string) string { return setRange(&f.Issued, v, true) }},
	{name: "due", aliases: "han",
		set: func(f *plan.Filter, v string) string { return setRange(&f.Due, v, true) }},
	{name: "type", aliases: "loai",
		set: func(f *plan.Filter, v string) string { return put(&f.Type, v) }},
	{name: "issuer", aliases: "coquan",
		set: func(f *plan.Filter, v string) string { return put(&f.Issuer, v) }, known: isBody},
	{name: "level", aliases: "cap", set: setLevel},
	{name: "program", aliases: "chuongtrinh",
		set: func(f *plan.Filter, v string) string { return put(&f.Program, v) }},
	{name: "number", aliases: "so sohieu", own: ownNumber},
	{name: "region", aliases: "vung", set: setRegion,
		known: func(words string) bool { _, ok := authority.RegionByName(words); return ok }},
	{name: "format", aliases: "dinhdang",
		set: func(f *plan.Filter, v string) string { return put(&f.Format, v) }},
	{name: "problem", aliases: "loi", set: setProblem},
	{name: "area", aliases: "linhvuc",
		set: func(f *plan.Filter, v string) string { return put(&f.Area, v) }},
	{name: "source", aliases: "nguon",
		set: func(f *plan.Filter, v string) string { f.Source = v; return "" }},
	{name: "title", aliases: "tieude trichyeu", in: fieldTitle},
	{name: "heading", aliases: "demuc", in: fieldHeading},
}

func put(list *[]string, value string) string {
	*list = append(slices.Clone(*list), value)
	return ""
}

func isBody(words string) bool {
	b := authority.Resolve(words, "", "")
	return b.Status == "resolved" || b.Status == "group"
}

// kindNames are other names of the kinds of sections.
var kindNames = map[string]plan.Kind{
	"muc dich": "purpose", "yeu cau": "requirements", "muc tieu": "objectives", "chi tieu": "objectives", "pham vi": "scope",
	"doi tuong": "scope", "noi dung": "content", "nhiem vu": "content", "giai phap": "content", "thoi gian": "schedule",
	"tien do": "schedule", "kinh phi": "funding", "to chuc thuc hien": "organization", "phan cong": "organization",
	"bao cao": "reporting", "can cu": "basis", "phu luc": "annex",
}

func setKind(f *plan.Filter, value string) string {
	k, ok := kindNames[normalize.Fold(value)]
	if !ok {
		k = plan.Kind(strings.ToLower(value))
	}
	if !slices.Contains(plan.Kinds, k) {
		return "the kinds are " + listed(plan.Kinds)
	}
	f.Kind = append(slices.Clone(f.Kind), k)
	return ""
}

var levels = []plan.Level{plan.Central, plan.Provincial, plan.District, plan.Commune}

var levelNames = map[string]plan.Level{"trung uong": plan.Central, "tinh": plan.Provincial, "thanh pho": plan.Provincial,
	"huyen": plan.District, "xa": plan.Commune, "phuong": plan.Commune}

func setLevel(f *plan.Filter, value string) string {
	l, ok := levelNames[normalize.Fold(value)]
	if !ok {
		l = plan.Level(strings.ToLower(value))
	}
	if !slices.Contains(levels, l) {
		return "the levels are " + listed(levels)
	}
	f.Level = append(slices.Clone(f.Level), l)
	return ""
}

func setRegion(f *plan.Filter, value string) string {
	if _, ok := authority.RegionByName(value); !ok {
		var names []string
		for _, r := range authority.Regions() {
			names = append(names, r.Name)
		}
		return "the regions are " + listed(names)
	}
	return put(&f.Region, value)
}

func setProblem(f *plan.Filter, value string) string {
	value = strings.ToLower(value)
	if !slices.Contains(plan.ProblemCodes, value) {
		return "the problems are " + listed(plan.ProblemCodes)
	}
	return put(&f.Problem, value)
}

// setRange reads 2021, 2021..2024, 2021.. and ..2024, and where days are meant 2024-08 and 2024-08-15 in their places.
func setRange(r *plan.Range, value string, days bool) string {
	from, to, two := strings.Cut(value, "..")
	if !two {
		to = from
	}
	for _, s := range []string{from, to} {
		if s != "" && !isDate(s, days) || value == "" || value == ".." {
			if days {
				return "write it as 2024, 2024-08 or 2024-08-15, or with two of them as 2024-08..2024-12-31"
			}
			return "write it as 2021, 2021..2024, 2021.. or ..2024"
		}
	}
	if n := min(len(from), len(to)); from[:n] > to[:n] {
		return "it ends before it begins; write " + to + ".." + from
	}
	*r = plan.Range{From: from, To: to}
	return ""
}

// ownNumber passes the plan's own number, whole (115/KH-UBND) or without its symbol (115).
func ownNumber(value string) condition {
	passes := numberIs(value)
	if !strings.ContainsAny(value, "/-") {
		passes = func(number string) bool {
			digits, _, _ := strings.Cut(number, "/")
			return digits == value
		}
	}
	return condition{name: "number", columns: []string{colNumber}, passes: passes}
}

func isDate(s string, days bool) bool {
	if len(s) != 4 && (!days || len(s) != 7 && len(s) != 10) {
		return false
	}
	for i := range len(s) {
		if (i == 4 || i == 7) != (s[i] == '-') || s[i] != '-' && !isDigit(s[i]) {
			return false
		}
	}
	return true
}

// listed is a list of names, for a message.
func listed[T ~string](list []T) string {
	all := make([]string, len(list))
	for i, v := range list {
		all[i] = string(v)
	}
	return strings.Join(all, ", ")
}

// fieldName is what stands before a colon at the parser, and would be the name of a field: letters, and a value right behind the colon.
func (p *parser) fieldName() string {
	rest := p.text[p.at:]
	name, value, ok := strings.Cut(rest, ":")
	if !ok || name == "" || len(name) > 40 || strings.IndexFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && r != '_' }) >= 0 {
		return ""
	}
	if r, _ := utf8.DecodeRuneInString(value); value == "" || r == ')' || unicode.IsSpace(r) {
		return ""
	}
	return name
}

// field reads a field with its value; ok is false where none stands there.
func (p *parser) field() (n *node, ok bool) {
	name := p.fieldName()
	if name == "" {
		return nil, false
	}
	key := strings.ReplaceAll(normalize.Fold(name), "_", "")
	at := slices.IndexFunc(queryFields, func(f queryField) bool {
		return f.name == key || slices.Contains(strings.Fields(f.aliases), key)
	})
	start := p.at
	if at < 0 {
		if p.text[p.at+len(name)+1] == '/' || strings.IndexFunc(name, func(r rune) bool { return r >= utf8.RuneSelf }) >= 0 {
			return nil, false // an address, or Vietnamese words with a colon between them
		}
		near := nearestField(key)
		hint := "the fields are " + fieldNames()
		if near != "" {
			hint = "did you mean " + near + "?"
		}
		p.fault(start, start+len(name), "there is no field "+name, hint+" For the words themselves write them in quotes")
	}
	f := queryFields[at]
	p.at += len(name) + 1
	valueAt := p.at
	value, quoted := p.value(f)
	if strings.TrimSpace(value) == "" {
		p.fault(start, p.at, name+" has no value", "write it right behind the colon, in quotes where it has blanks")
	}
	if f.in != "" {
		n = leaf(value, quoted)
		if n == nil {
			return &node{op: opNone}, true
		}
		n.in, n.plain = f.in, false
		return n, true
	}
	value = norm.NFC.String(value)
	if f.own != nil {
		return &node{op: opField, conds: []condition{f.own(value)}}, true
	}
	var filter plan.Filter
	if hint := f.set(&filter, value); hint != "" {
		p.fault(valueAt, p.at, value+" is no "+f.name, hint)
	}
	conds, err := conditions(filter)
	if err != nil {
		p.fault(valueAt, p.at, value+" is no "+f.name, err.Error())
	}
	return &node{op: opField, conds: conds, kinds: filter.Kind}, true
}

// value reads what stands behind the colon: a quote, a word, or the name of a province or a body in several words.
func (p *parser) value(f queryField) (value string, quoted bool) {
	r, size := utf8.DecodeRuneInString(p.text[p.at:])
	if quotes[r] != "" {
		return p.quoted(r, size), true
	}
	start := p.at
	w := p.word()
	if w == "" {
		p.fault(start-1, start, "a field has no value", "write it right behind the colon, in quotes where it has blanks")
	}
	p.at += len(w)
	best := p.at
	if f.known != nil {
		for range longestValue {
			p.space()
			next := p.word()
			if next == "" || next[0] == '-' || next == "OR" || next == "AND" || next == "NOT" || p.fieldName() != "" {
				break
			}
			p.at += len(next)
			if f.known(norm.NFC.String(p.text[start:p.at])) {
				best = p.at
			}
		}
	}
	p.at = best
	return p.text[start:best], false
}

// longestValue is how many more words a name may have that stands without quotes.
const longestValue = 8

// hoist takes a field that stands at the top over into the conditions of the whole query, so that facets know it for a choice.
func (p *query) hoist(n *node) bool {
	if len(n.kinds) > 0 {
		both := n.kinds
		if len(p.filter.Kind) > 0 {
			both = slices.DeleteFunc(slices.Clone(n.kinds), func(k plan.Kind) bool { return !slices.Contains(p.filter.Kind, k) })
		}
		if len(both) > 0 {
			p.filter.Kind = both
		}
		return len(both) > 0
	}
	p.conds = append(slices.Clone(p.conds), n.conds...)
	return true
}

func fieldNames() string {
	names := make([]string, len(queryFields))
	for i, f := range queryFields {
		names[i] = f.name
	}
	return strings.Join(names, ", ")
}

// nearestField is the field whose name was misspelt.
func nearestField(key string) string {
	best, least := "", 3
	for _, f := range queryFields {
		for _, name := range append(strings.Fields(f.aliases), f.name) {
			if len(name) < 4 && len(key) > len(name)+1 {
				continue
			}
			if d := distance(key, name); d < least && d*3 <= max(len(key), len(name)) {
				best, least = f.name, d
			}
		}
	}
	return best
}

// distance is how many letters must be put in, left out, changed or swapped to make b of a.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	rows := [3][]int{make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)}
	for j := range rows[1] {
		rows[1][j] = j
	}
	for i := 1; i <= len(x); i++ {
		before, last, row := rows[(i-1)%3], rows[i%3], rows[(i+1)%3]
		row[0] = i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
	}
	return rows[(len(x)+1)%3][len(y)]
}
