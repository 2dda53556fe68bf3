package authority

import (
	_ "embed"
	"sync"

	"kehoach/internal/tsv"
	"kehoach/plan"
)

//go:embed tables/doctypes.tsv
var doctypesTSV string

// typeTable is doctypes.tsv, read.
type typeTable struct {
	codes, names, folds map[string]plan.Type
	order               []string // the codes in the order of their table
}

var types = sync.OnceValue(func() *typeTable {
	t := &typeTable{codes: map[string]plan.Type{}, names: map[string]plan.Type{}, folds: map[string]plan.Type{}}
	for _, r := range tsv.MustParse("doctypes.tsv", doctypesTSV, "code", "name", "also").Rows {
		one := plan.Type{Code: r[0], Name: r[1]}
		t.names[keyOf(r[1])], t.folds[foldOf(r[1])] = one, one
		for _, code := range append([]string{r[0]}, tsv.List(r[2])...) {
			if _, twice := t.codes[code]; twice {
				panic("authority: doctypes.tsv: twice: " + code)
			}
			t.codes[code] = one
			t.order = append(t.order, code)
		}
	}
	return t
})

// TypeByCode is the type of a document by the code in its symbol ("KH", "QĐ", "CTr"). Case is looked at first
// (CTr is a programme, CT a directive) and then ignored; "QD" is read as QĐ.
func TypeByCode(code string) (plan.Type, bool) {
	if t, ok := types().codes[code]; ok {
		return t, true
	}
	key := keyOf(code)
	for _, same := range []func(string) string{keyOf, foldOf} {
		for _, c := range types().order {
			if same(c) == key {
				return types().codes[c], true
			}
		}
	}
	return plan.Type{}, false
}

// Types are all types, in the order of their table.
func Types() []plan.Type {
	list := make([]plan.Type, 0, len(types().order))
	for _, code := range types().order {
		if t := types().codes[code]; t.Code == code {
			list = append(list, t)
		}
	}
	return list
}

// TypeByName is the type of a document by its name, in any case, with or without diacritics: "KẾ HOẠCH".
func TypeByName(s string) (plan.Type, bool) {
	n := scanned(s)
	defer n.free()
	t, ok := types().names[n.keys]
	if !ok && !n.marks {
		t, ok = types().folds[n.keys]
	}
	return t, ok
}
