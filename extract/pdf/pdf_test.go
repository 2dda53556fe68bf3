package pdf

import (
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

var styles = map[plan.Style]string{plan.Body: "body", plan.Row: "row", plan.Footnote: "note", plan.Furniture: "furniture"}

// dump writes blocks, one a line: style, page, a "+" where the block is broken, text.
func dump(blocks []plan.Block) string {
	var out strings.Builder
	for _, b := range blocks {
		broken := ""
		if b.Broken {
			broken = "+"
		}
		fmt.Fprintf(&out, "%s %d%s: %s\n", styles[b.Style], b.Page, broken, strings.ReplaceAll(b.Text, "\n", "\\n"))
	}
	return out.String()
}

// facts writes what is told of each page.
func facts(pages []Page) string {
	var out strings.Builder
	for _, p := range pages {
		fmt.Fprintf(&out, "%d: %gx%g letters %d stamped %d unseen %d images %.1f ocr %v %s\n", p.Number, p.Width, p.Height, p.Letters, p.Stamped, p.Unseen, p.Images, p.NeedsOCR, p.Reason)
	}
	return out.String()
}

// TestGolden makes a file of each script in testdata, plain and packed, and compares what is read of it.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no goldens (%v)", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			script := string(a.Files[0].Data)
			doc, pages, err := ReadWith((&maker{deflate: true}).make(t, script), Options{})
			if err != nil {
				t.Fatal(err)
			}
			packed, err := Read((&maker{packed: true}).make(t, script))
			if err != nil || dump(packed.Blocks) != dump(doc.Blocks) {
				t.Errorf("in object streams: %v\n%s", err, dump(packed.Blocks))
			}
			for i := range a.Files[1:] {
				f := &a.Files[1+i]
				got := ""
				switch f.Name {
				case "blocks":
					got = dump(doc.Blocks)
				case "pages":
					got = facts(pages)
				default:
					t.Fatalf("unknown stage %q", f.Name)
				}
				if *update {
					f.Data = []byte(got)
				} else if got != string(f.Data) {
					t.Errorf("%s:\n--- got\n%s--- want\n%s", f.Name, got, f.Data)
				}
			}
			if *update {
				if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}
