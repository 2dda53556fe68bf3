package extract

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"kehoach/plan"
)

var update = flag.Bool("update", false, "write the goldens anew")

// stages are what a golden can ask for, by name; each is written from the input alone.
var stages = map[string]func(t *testing.T, input []byte) string{
	"format": func(t *testing.T, input []byte) string { return document(t, input).Source.Format + "\n" },
	"blocks": func(t *testing.T, input []byte) string { return dump(raw(t, input).Blocks) },
	"mended": func(t *testing.T, input []byte) string { return dump(document(t, input).Blocks) },
	"text":   func(t *testing.T, input []byte) string { return textOf(document(t, input)) },
	"portal": func(t *testing.T, input []byte) string {
		var out strings.Builder
		for _, f := range document(t, input).Portal {
			fmt.Fprintf(&out, "%s = %s\n", f.Name, f.Value)
		}
		return out.String()
	},
	"problems": func(t *testing.T, input []byte) string {
		var out strings.Builder
		for _, p := range document(t, input).Problems {
			fmt.Fprintf(&out, "%s: %s\n", p.Code, p.Message)
		}
		return out.String()
	},
}

// TestGolden runs every testdata/*.txt of the readers and of extract itself. The folder of a reader's golden names
// the format that its input must be taken for.
func TestGolden(t *testing.T) {
	var files []string
	for _, pattern := range []string{"text/testdata/*.txt", "markdown/testdata/*.txt", "html/testdata/*.txt", "testdata/*.txt"} {
		found, err := filepath.Glob(pattern)
		if err != nil || len(found) == 0 {
			t.Fatalf("%s: no goldens (%v)", pattern, err)
		}
		files = append(files, found...)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.ToSlash(file), ".txt"), func(t *testing.T) { golden(t, file) })
	}
}

func golden(t *testing.T, file string) {
	a, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if len(a.Files) < 2 || a.Files[0].Name != "input" {
		t.Fatal("a golden begins with -- input -- and has one stage at least")
	}
	input := a.Files[0].Data
	if reader := filepath.Base(filepath.Dir(filepath.Dir(file))); reader != "." {
		if got := document(t, input).Source.Format; got != reader {
			t.Errorf("taken for %s, not for %s", got, reader)
		}
	}
	for i := range a.Files[1:] {
		f := &a.Files[1+i]
		stage, ok := stages[f.Name]
		if !ok {
			t.Fatalf("unknown stage %q", f.Name)
		}
		got := stage(t, input)
		if *update {
			f.Data = []byte(got)
		} else if got != string(f.Data) {
			t.Errorf("stage %s:\n--- got\n%s--- want\n%s", f.Name, got, f.Data)
		}
	}
	if *update {
		if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func document(t *testing.T, input []byte) *plan.Document {
	t.Helper()
	doc, err := Document(context.Background(), "golden", input)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// raw is what the reader alone makes of the input.
func raw(t *testing.T, input []byte) *plan.Document {
	t.Helper()
	f, err := format("golden", input)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := f.Read(input)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// textOf is the text as structure will write it, a block a line.
func textOf(doc *plan.Document) string {
	var out strings.Builder
	for _, b := range doc.Blocks {
		if b.Style != plan.Furniture {
			out.WriteString(b.Text + "\n")
		}
	}
	return out.String()
}

// dump writes a block a line: its style, "+" where it is broken, its page, its text.
func dump(blocks []plan.Block) string {
	names := []string{"body", "heading", "row", "head", "note", "furniture"}
	var out strings.Builder
	for _, b := range blocks {
		if b.Text == "" && b.Cells == nil {
			continue
		}
		mark := names[b.Style]
		if b.Page > 0 {
			mark += fmt.Sprintf(" p%d", b.Page)
		}
		if b.Broken {
			mark += " +"
		}
		text := strings.ReplaceAll(b.Text, "\n", "⏎")
		fmt.Fprintf(&out, "%-12s %s\n", mark, text)
	}
	return out.String()
}
