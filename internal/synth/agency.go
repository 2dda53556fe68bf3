package synth

import (
	"slices"
	"strings"
)

// agency is a body of the kind that made plans give tasks to.
type agency struct {
	tier, what string
	name       string   // as a plan's rows name it: written out, without the place
	short      []string // other ways to print it
	symbol     string
	fields     []string
	from, to   string
}

var agencies = func() []agency {
	var out []agency
	for _, r := range table("agencies.tsv", 8) {
		out = append(out, agency{tier: r[0], what: r[1], name: r[2], short: list(r[3], "|"), symbol: r[4], fields: list(r[5], "|"), from: r[6], to: r[7]})
	}
	return out
}()

func (a agency) leads(field string) bool {
	return slices.Contains(a.fields, field) || slices.Contains(a.fields, "*")
}

// staff lists the bodies of a tier on a day, their names filled in for the place.
func staff(tier string, at day, fill *strings.Replacer) []agency {
	var out []agency
	month := at.iso()[:7]
	for _, a := range agencies {
		if a.tier != tier || a.from != "" && month < a.from || a.to != "" && month > a.to {
			continue
		}
		a.name = fill.Replace(a.name)
		a.short = append([]string(nil), a.short...)
		for i := range a.short {
			a.short[i] = fill.Replace(a.short[i])
		}
		out = append(out, a)
	}
	return out
}

// print is how a document writes the body: short where it likes abbreviations.
func (a agency) print(d *dice, short bool) string {
	if len(a.short) > 0 && (short && d.chance(80) || strings.HasPrefix(a.name, "Ủy ban nhân dân") && d.chance(70)) {
		return pick(d, a.short)
	}
	return a.name
}

// inside is the printed name as it stands in a sentence: groups lose their capital.
func inside(a agency, printed string) string {
	if a.what == "group" && strings.HasPrefix(printed, "Các ") {
		return lowerFirst(printed)
	}
	return printed
}
