package normalize

import (
	_ "embed"
	"iter"
	"sync"

	"kehoach/internal/tsv"
)

//go:embed tables/abbrevs.tsv
var abbrevsTSV string

// abbrevForms are two maps: what an abbreviation stands for, by its lower case and by its folded form; and back.
var abbrevForms = sync.OnceValues(makeAbbrevs)

func makeAbbrevs() (long, short map[string]string) {
	long, short = map[string]string{}, map[string]string{}
	put := func(m map[string]string, k, v string) {
		if _, ok := m[k]; !ok {
			m[k] = v
		}
	}
	rows := tsv.MustParse("abbrevs.tsv", abbrevsTSV, "short", "long").Rows
	for _, row := range rows {
		put(long, string(appendLower(nil, row[0])), row[1])
		put(short, Keys(row[1]), row[0])
	}
	for _, row := range rows { // a printed form goes before another's folded one
		put(long, Fold(row[0]), row[1])
	}
	return long, short
}

// LongForm writes out an abbreviation of administrative prose, in any case and with or without its marks: CĐS, CDS and
// cds give "chuyển đổi số". ok is false where it is not known.
func LongForm(abbreviation string) (long string, ok bool) {
	lower := string(appendLower(nil, abbreviation))
	longForms, _ := abbrevForms()
	if long, ok = longForms[lower]; !ok {
		long, ok = longForms[Fold(lower)]
	}
	return long, ok
}

// ShortForm is the abbreviation of a phrase: "Chuyển đổi số" gives CĐS. ok is false where there is none.
func ShortForm(phrase string) (short string, ok bool) {
	_, shortForms := abbrevForms()
	short, ok = shortForms[Keys(phrase)]
	return short, ok
}

// Abbreviations gives every abbreviation with what it stands for, in the order of the table.
func Abbreviations() iter.Seq2[string, string] {
	return func(yield func(short, long string) bool) {
		for _, row := range tsv.MustParse("abbrevs.tsv", abbrevsTSV, "short", "long").Rows {
			if !yield(row[0], row[1]) {
				return
			}
		}
	}
}
