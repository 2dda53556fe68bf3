package structure

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"kehoach/internal/tsv"
)

// The tables of testdata/values hold lines as documents write them, with what a reader takes from each. They are
// invented; the forms are those of plans in use and of the knowledge of phrases.

// valueTable runs over one of those tables.
func valueTable(t *testing.T, name string, least int, columns []string, got func(r []string) string) {
	t.Helper()
	data, err := os.ReadFile("testdata/values/" + name)
	if err != nil {
		t.Fatal(err)
	}
	rows := tsv.MustParse(name, string(data), columns...).Rows
	if len(rows) < least {
		t.Errorf("%s has %d rows, want %d", name, len(rows), least)
	}
	for _, r := range rows {
		want := r[len(r)-1]
		if g := got(r); g != want {
			t.Errorf("%s: %s\n got %s\nwant %s", name, strings.Join(r[:len(r)-1], " | "), g, want)
		}
	}
}

// orNone joins what was read, or says that it is nothing.
func orNone(list []string) string {
	if len(list) == 0 {
		return "none"
	}
	return strings.Join(list, ";")
}

func TestMoneySpellings(t *testing.T) {
	valueTable(t, "money.tsv", 80, []string{"line", "want"}, func(r []string) string {
		var out []string
		p := moneyPart("- " + r[0])
		for _, a := range p.Funding.Amounts {
			if p.Quote(a.Span) != a.Text {
				t.Errorf("%s: its span quotes %q, not %q", r[0], p.Quote(a.Span), a.Text)
			}
			out = append(out, fmt.Sprintf("%s=%d", a.Text, a.VND))
		}
		return orNone(out)
	})
}

func TestTermSpellings(t *testing.T) {
	valueTable(t, "deadlines.tsv", 80, []string{"line", "want"}, func(r []string) string { return orNone(terms(body(r[0]))) })
}

func TestCitationSpellings(t *testing.T) {
	valueTable(t, "citations.tsv", 60, []string{"line", "want"}, func(r []string) string {
		var out []string
		for _, c := range body("- Triển khai " + r[0] + ".").Citations {
			name := c.Number
			if name == "" {
				name = c.Type
			}
			out = append(out, name+"|"+c.Date+"|"+c.Text)
		}
		return orNone(out)
	})
}

func TestAimSpellings(t *testing.T) {
	valueTable(t, "targets.tsv", 60, []string{"part", "line", "want"}, func(r []string) string {
		part := objectives
		if r[0] == "c" {
			part = body
		}
		var out []string
		for _, a := range part("- " + r[1]).Targets {
			v := fmt.Sprint(a.Value)
			if a.Max != nil {
				v += fmt.Sprint("-", *a.Max)
			}
			out = append(out, v+" "+a.Unit)
		}
		return orNone(out)
	})
}
