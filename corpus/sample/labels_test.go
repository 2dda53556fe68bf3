package sample

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// row is one assignment of a label.
type row struct{ Agency, Role, Task string }

// label is one file of labels/: what a careful reader of a document finds in it. Sections give their path, their
// first words and, where the heading names one, their kind; assignments the first words of their task.
type label struct {
	Doc, Number, Symbol, Type, Issuer, Province, Place, Issued, Title string
	Signer                                                            struct{ Name, Position, Authority string }
	Period                                                            struct{ From, To string }
	Inferred, Recipients, Problems                                    []string
	Sections                                                          []struct {
		Path        []string
		Start, Kind string
		Heading     bool
	}
	Assignments []row
	Optional    []row `json:"assignments_optional"`
	Citations   []struct{ Number, Date, Role, Text string }
	Deadlines   []struct{ Text, Date, Recurs string }
	Targets     []struct {
		Value float64
		Unit  string
		Start string
	}
}

func TestLabels(t *testing.T) {
	list, err := filepath.Glob("labels/*.json")
	if err != nil || len(list) < 3 {
		t.Fatalf("%d labelled documents, want 3 or more: %v", len(list), err)
	}
	expected := map[string]map[string]string{}
	for _, e := range table(t, "expected.tsv") {
		expected[e["file"]] = e
	}
	for _, name := range list {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var l label
		if err := json.Unmarshal(b, &l); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		want := expected[l.Doc]
		header := map[string]string{"number": l.Number, "symbol": l.Symbol, "type": l.Type, "issuer": l.Issuer, "province": l.Province,
			"place": l.Place, "issued": l.Issued, "title": l.Title, "from": l.Period.From, "to": l.Period.To, "signer": l.Signer.Name, "position": l.Signer.Position,
			"authority": l.Signer.Authority, "inferred": strings.Join(l.Inferred, " ")}
		for column, value := range header {
			if want[column] != value {
				t.Errorf("%s: %s is %q, expected.tsv says %q", name, column, value, want[column])
			}
		}
		text := squash(strings.Join(lines(l.Doc, read(t, l.Doc)), " "))
		stands := func(what, words string) {
			if words == "" || !strings.Contains(text, squash(words)) {
				t.Errorf("%s: %s %q does not stand in %s", name, what, words, l.Doc)
			}
		}
		stands("title", l.Title)
		for _, s := range l.Sections {
			if len(s.Path) == 0 || s.Heading == false && s.Kind != "" {
				t.Errorf("%s: section %q: %+v", name, s.Start, s)
			}
			stands("section", s.Start)
		}
		for _, a := range append(l.Assignments, l.Optional...) {
			stands("task", a.Task)
			if a.Agency == "" || a.Role != "lead" && a.Role != "support" {
				t.Errorf("%s: row of %q as %q", name, a.Agency, a.Role)
			}
		}
		for _, c := range l.Citations {
			stands("citation", c.Number+c.Text)
		}
		for _, d := range l.Deadlines {
			stands("deadline", d.Text)
			if d.Date == "" && d.Recurs == "" {
				t.Errorf("%s: deadline %q says nothing", name, d.Text)
			}
		}
		for _, target := range l.Targets {
			stands("target", target.Start)
		}
		for _, r := range l.Recipients {
			stands("recipient", r)
		}
	}
}

// squash is text without markup's marks and with single spaces, so that words which a page breaks apart still match.
func squash(s string) string {
	return strings.Join(strings.Fields(strings.NewReplacer("*", "", "|", " ").Replace(s)), " ")
}
