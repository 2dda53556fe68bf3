package extract

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/tools/txtar"

	"kehoach/extract/html"
	"kehoach/extract/markdown"
	"kehoach/extract/text"
	"kehoach/plan"
)

// seed adds the inputs of a reader's goldens to the corpus of a fuzz target.
func seed(f *testing.F, dirs ...string) {
	f.Helper()
	for _, dir := range dirs {
		files, err := filepath.Glob(filepath.Join(dir, "testdata", "*.txt"))
		if err != nil || len(files) == 0 {
			f.Fatalf("%s: no seeds (%v)", dir, err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(txtar.Parse(data).Files[0].Data)
		}
	}
}

// checkBlocks holds what every reader owes: valid UTF-8, rows with cells, and no more words than a file of this
// size can hold, the repeated cells of tables aside.
func checkBlocks(t *testing.T, data []byte, blocks []plan.Block, cells int) {
	t.Helper()
	size := 0
	for i := range blocks {
		b := &blocks[i]
		if !utf8.ValidString(b.Text) {
			t.Fatalf("block %d is not valid UTF-8: %q", i, b.Text)
		}
		if isRow(b) && b.Cells == nil {
			t.Fatalf("block %d is a row without cells", i)
		}
		if b.Cells == nil {
			size += len(b.Text)
		}
	}
	if size > 8*len(data)+cells {
		t.Fatalf("%d bytes of text from %d bytes", size, len(data))
	}
}

// checkMended runs the rest of the way and holds the laws of plan.Document.
func checkMended(t *testing.T, data []byte) {
	t.Helper()
	doc, err := Document(context.Background(), "fuzz", data)
	if err != nil {
		if !errors.Is(err, ErrUnreadable) && !errors.Is(err, ErrLimit) {
			t.Fatal(err)
		}
		return
	}
	for i := range doc.Blocks {
		b := &doc.Blocks[i]
		if !utf8.ValidString(b.Text) {
			t.Fatalf("mended block %d is not valid UTF-8: %q", i, b.Text)
		}
		if b.Style != plan.Furniture && !isRow(b) && strings.Contains(b.Text, "\n") {
			t.Fatalf("mended block %d is not one line: %q", i, b.Text)
		}
	}
}

func FuzzText(f *testing.F) {
	seed(f, "text", ".")
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, err := text.Read(data)
		if err != nil {
			t.Fatal(err)
		}
		checkBlocks(t, data, doc.Blocks, 0)
		checkMended(t, data)
	})
}

func FuzzMarkdown(f *testing.F) {
	seed(f, "markdown")
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, err := markdown.Reader{Fragment: html.Fragment}.Read(data)
		if err != nil {
			t.Fatal(err)
		}
		checkBlocks(t, data, doc.Blocks, 0)
		checkMended(t, append([]byte("# A\n\n## B\n\n"), data...))
	})
}

func FuzzHTML(f *testing.F) {
	seed(f, "html")
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, err := html.Read(data)
		if err != nil {
			return // no body, too large
		}
		checkBlocks(t, data, doc.Blocks, 0)
		checkMended(t, append([]byte("<html>"), data...))
	})
}
