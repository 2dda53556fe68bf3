package structure

import (
	"bytes"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"kehoach/plan"
)

var update = flag.Bool("update", false, "write the goldens anew")

// TestGolden parses the -- input -- of every golden, one line a block, and compares the stages that it holds.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no goldens: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			ar, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var p *plan.Plan
			changed := false
			for i := range ar.Files {
				f := &ar.Files[i]
				var got string
				switch f.Name {
				case "input", "picture": // of a scan: its lines were recognised
					doc := document(string(f.Data))
					for i := range doc.Blocks {
						if f.Name == "picture" {
							doc.Blocks[i].Confidence = 0.9
						}
					}
					p = Parse(doc)
					checkSpans(t, p)
					continue
				case "text":
					got = p.Text
				case "header":
					got = dumpHeader(p)
				case "sections":
					got = dumpSections(p)
				case "rows":
					got = dumpRows(p)
				case "values":
					got = dumpValues(p)
				case "problems":
					got = dumpProblems(p)
				case "confidence":
					got = dumpConfidence(p)
				default:
					t.Fatalf("%s: no such stage: %s", file, f.Name)
				}
				if *update {
					changed = changed || !bytes.Equal(f.Data, []byte(got))
					f.Data = []byte(got)
				} else if got != string(f.Data) {
					t.Errorf("%s: got\n%s\nwant\n%s", f.Name, got, f.Data)
				}
			}
			if changed {
				if err := os.WriteFile(file, txtar.Format(ar), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// document makes a document of lines; a line with " | " is a row of a table, "Name = value" lines under
// "portal:" are a portal's data.
func document(text string) *plan.Document {
	doc := &plan.Document{Source: plan.Source{Format: "text"}}
	for l := range strings.Lines(text) {
		l = strings.TrimRight(l, "\n")
		if name, value, ok := strings.Cut(strings.TrimPrefix(l, "portal: "), " = "); ok && strings.HasPrefix(l, "portal: ") {
			doc.Portal = append(doc.Portal, plan.Field{Name: name, Value: value})
			continue
		}
		b := plan.Block{Text: l}
		if strings.Contains(l, " | ") {
			b.Style, b.Cells = plan.Row, strings.Split(l, "|")
			for i := range b.Cells {
				b.Cells[i] = strings.TrimSpace(b.Cells[i])
			}
		}
		doc.Blocks = append(doc.Blocks, b)
	}
	return doc
}

func dumpHeader(p *plan.Plan) string {
	var b strings.Builder
	put := func(name, v string) {
		if v != "" {
			fmt.Fprintf(&b, "%s: %s\n", name, v)
		}
	}
	put("number", p.Number)
	put("symbol", p.Symbol)
	put("type", p.Type.Code)
	put("issuer", p.Issuer.Name)
	put("level", string(p.Issuer.Level))
	put("province", p.Province.Name)
	put("today", p.Province.Today.Name)
	put("place", p.Place)
	put("issued", p.Issued)
	put("title", p.Title)
	put("signer", strings.Trim(p.Signer.Authority+" / "+p.Signer.Position+" / "+p.Signer.Name, " /"))
	put("recipients", strings.Join(p.Recipients, " | "))
	for _, a := range p.Attached {
		put("attached", a.Type.Code+" "+a.Title)
	}
	put("areas", strings.Join(p.Areas, "; "))
	put("inferred", strings.Join(p.Inferred, " "))
	var lacking []string // of those that no document goes without; the stage confidence shows all
	for _, f := range p.NotFound {
		if slices.Contains([]string{"number", "issuer", "issued", "title"}, f) {
			lacking = append(lacking, f)
		}
	}
	put("not found", strings.Join(lacking, " "))
	return b.String()
}

// dumpConfidence shows how sure each value is said to be, and what is said of empty fields.
func dumpConfidence(p *plan.Plan) string {
	var b strings.Builder
	for _, field := range slices.Sorted(maps.Keys(p.Confidence)) {
		fmt.Fprintf(&b, "%s: %s, %s\n", field, p.Confidence[field].Level, p.Confidence[field].Reason)
	}
	for _, field := range slices.Sorted(maps.Keys(p.Absent)) {
		fmt.Fprintf(&b, "%s: absent, %s\n", field, p.Absent[field])
	}
	if len(p.NotFound) > 0 {
		fmt.Fprintf(&b, "not found: %s\n", strings.Join(p.NotFound, " "))
	}
	item := func(what, words string, c plan.Confidence) {
		fmt.Fprintf(&b, "%s %s: %s, %s\n", what, words, c.Level, c.Reason)
	}
	for _, x := range p.Sections {
		item("section", strings.Join(x.Path, "/"), x.Confidence)
	}
	for _, x := range p.Assignments {
		item("row", x.Agency, x.Confidence)
	}
	for _, x := range p.Citations {
		item("cites", x.Text, x.Confidence)
	}
	for _, x := range p.Deadlines {
		item("due", x.Text, x.Confidence)
	}
	for _, x := range p.Targets {
		item("aims", x.Text, x.Confidence)
	}
	for _, x := range p.Funding.Amounts {
		item("money", x.Text, x.Confidence)
	}
	return b.String()
}

func dumpSections(p *plan.Plan) string {
	var b strings.Builder
	for _, s := range p.Sections {
		fmt.Fprintf(&b, "%s [%s] %s", strings.Join(s.Path, "/"), s.Kind, s.Heading)
		if s.Text != "" {
			fmt.Fprintf(&b, " « %s", strings.ReplaceAll(s.Text, "\n", " ⏎ "))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func dumpRows(p *plan.Plan) string {
	var b strings.Builder
	for _, a := range p.Assignments {
		fmt.Fprintf(&b, "%s [%s] %s", a.Agency, a.Role, a.Task)
		if len(a.With) > 0 {
			fmt.Fprintf(&b, " {with %s}", strings.Join(a.With, "; "))
		}
		if a.Deadline != "" {
			fmt.Fprintf(&b, " {by %s}", a.Deadline)
		}
		if a.Output != "" {
			fmt.Fprintf(&b, " {gives %s}", a.Output)
		}
		if a.Funding.VND != 0 {
			fmt.Fprintf(&b, " {%d đồng}", a.Funding.VND)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func dumpValues(p *plan.Plan) string {
	var b strings.Builder
	for _, c := range p.Citations {
		fmt.Fprintf(&b, "cites %s %s %s « %s\n", c.Number, c.Date, c.Role, c.Text)
	}
	for _, d := range p.Deadlines {
		fmt.Fprintf(&b, "due %s%s %s « %s\n", d.Date, d.MonthDay, d.Recurs, d.Text)
	}
	for _, a := range p.Targets {
		top := ""
		if a.Max != nil {
			top = fmt.Sprintf("-%v", *a.Max)
		}
		fmt.Fprintf(&b, "aims %v%s %s « %s\n", a.Value, top, a.Unit, a.Text)
	}
	if len(p.Funding.Sources) > 0 {
		fmt.Fprintf(&b, "money from %s\n", strings.Join(p.Funding.Sources, " "))
	}
	for _, a := range p.Funding.Amounts {
		fmt.Fprintf(&b, "money %d « %s\n", a.VND, a.Text)
	}
	return b.String()
}

func dumpProblems(p *plan.Plan) string {
	var b strings.Builder
	for _, q := range p.Problems {
		fmt.Fprintf(&b, "%s « %s\n", q.Code, strings.ReplaceAll(p.Quote(q.Span), "\n", " ⏎ "))
	}
	return b.String()
}

// checkSpans checks the law of spans: every value quotes the words that it was read from.
func checkSpans(t testing.TB, p *plan.Plan) {
	t.Helper()
	in := func(what string, s plan.Span) {
		if s.Start < 0 || s.End > len(p.Text) || s.Start >= s.End {
			t.Fatalf("%s: span %v is not in the text of %d bytes", what, s, len(p.Text))
		}
	}
	for i, s := range p.Sections {
		in("section "+s.Label, s.Span)
		if s.ID != i || s.Level != len(s.Path) || s.Path[len(s.Path)-1] != s.Label {
			t.Fatalf("section %d: id %d, level %d, path %q, label %q", i, s.ID, s.Level, s.Path, s.Label)
		}
		if s.Text != "" && p.Quote(s.Body) != s.Text {
			t.Fatalf("section %s: its body reads %q, want %q", s.Label, p.Quote(s.Body), s.Text)
		}
		for _, o := range p.Sections[i+1:] {
			if o.Span.Start < s.Span.End && (!s.Span.Contains(o.Span) || o.Level <= s.Level) {
				t.Fatalf("sections %v %v and %v %v overlap", s.Path, s.Span, o.Path, o.Span)
			}
			if o.Span.Start >= s.Span.End {
				break
			}
		}
	}
	for _, a := range p.Assignments {
		in("row of "+a.Agency, a.Span)
		in("agency "+a.Agency, a.AgencySpan)
		if oneLine(p.Quote(a.Span)) != a.Task {
			t.Fatalf("row of %s: its span reads %q, want %q", a.Agency, p.Quote(a.Span), a.Task)
		}
		if len(a.With) != len(a.WithSpans) {
			t.Fatalf("row of %s: %d partners, %d spans", a.Agency, len(a.With), len(a.WithSpans))
		}
		for _, w := range a.WithSpans {
			in("partner", w)
		}
	}
	for _, c := range p.Citations {
		in("citation "+c.Number, c.Span)
		if p.Quote(c.Span) != c.Text {
			t.Fatalf("citation %s: its span reads %q, want %q", c.Number, p.Quote(c.Span), c.Text)
		}
	}
	for _, d := range p.Deadlines {
		in("deadline", d.Span)
		if p.Quote(d.Span) != d.Text {
			t.Fatalf("deadline: its span reads %q, want %q", p.Quote(d.Span), d.Text)
		}
	}
	for name, list := range p.Spans {
		for _, s := range list {
			in(name, s)
		}
	}
}
