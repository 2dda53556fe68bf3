package authority

import (
	_ "embed"

	"kehoach/internal/tsv"
	"kehoach/plan"
)

//go:embed tables/doctypes.tsv
var doctypesTSV string

var typeCodes, typeNames, typeFolds = func() (codes, names, folds map[string]plan.Type) {
	codes, names, folds = map[string]plan.Type{}, map[string]plan.Type{}, map[string]plan.Type{}
	for _, r := range tsv.MustParse("doctypes.tsv", doctypesTSV, "code", "name", "also").Rows {
		t := plan.Type{Code: r[0], Name: r[1]}
		names[keyOf(r[1])], folds[foldOf(r[1])] = t, t
		for _, code := range append([]string{r[0]}, tsv.List(r[2])...) {
			if _, twice := codes[code]; twice {
				panic("authority: doctypes.tsv: twice: " + code)
			}
			codes[code] = t
		}
	}
	return codes, names, folds
}()

// TypeByCode is the type of a document by the code in its symbol ("KH", "QĐ", "CTr"). Case is looked at first
// (CTr is a programme, CT a directive) and then ignored; "QD" is read as QĐ.
func TypeByCode(code string) (plan.Type, bool) {
	if t, ok := typeCodes[code]; ok {
		return t, true
	}
	key := keyOf(code)
	for _, same := range []func(string) string{keyOf, foldOf} {
		for _, c := range typeOrder {
			if same(c) == key {
				return typeCodes[c], true
			}
		}
	}
	return plan.Type{}, false
}

// typeOrder lists the codes in the order of their table.
var typeOrder = func() (order []string) {
	for _, r := range tsv.MustParse("doctypes.tsv", doctypesTSV, "code", "name", "also").Rows {
		order = append(append(order, r[0]), tsv.List(r[2])...)
	}
	return order
}()

// Types are all types, in the order of their table.
func Types() []plan.Type {
	list := make([]plan.Type, 0, len(typeOrder))
	for _, code := range typeOrder {
		if t := typeCodes[code]; t.Code == code {
			list = append(list, t)
		}
	}
	return list
}

// TypeByName is the type of a document by its name, in any case, with or without diacritics: "KẾ HOẠCH".
func TypeByName(s string) (plan.Type, bool) {
	n := scanned(s)
	defer n.free()
	t, ok := typeNames[n.keys]
	if !ok && !n.marks {
		t, ok = typeFolds[n.keys]
	}
	return t, ok
}
