package kehoach

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// readers are the rooms that each read one format.
var readers = []string{"extract/text", "extract/markdown", "extract/html", "extract/word", "extract/pdf", "extract/ocr", "extract/mail"}

// mayImport is the table of docs/design.md: what each room may import of ours. A room below another one that is
// not named itself counts as that one.
var mayImport = map[string][]string{
	"plan":              {},
	"internal/tsv":      {},
	"internal/fault":    {},
	"internal/sandbox":  {"plan"},
	"internal/synth":    {"plan", "authority"},
	"internal/accuracy": {"plan", "extract", "internal/synth"},
	"normalize":         {"internal/tsv", "plan"},
	"authority":         {"internal/tsv", "plan", "normalize"},
	"extract/text":      {"plan", "normalize"},
	"extract/markdown":  {"plan", "normalize"},
	"extract/html":      {"plan", "normalize"},
	"extract/word":      {"plan", "normalize"},
	"extract/pdf":       {"plan", "normalize"},
	"extract/mail":      {"plan", "normalize"},
	"extract/ocr":       {"plan", "normalize", "internal/tsv", "extract/pdf"}, // its layout
	"extract/structure": {"plan", "normalize", "authority", "internal/tsv"},
	"extract":           append([]string{"extract/structure", "plan", "normalize", "internal/sandbox"}, readers...),
	"corpus":            {"plan", "normalize", "authority", "review", "internal/fault"},
	"review":            {"plan", "normalize", "authority"},
	"corpus/sample":     {},
	"index":             {"plan", "normalize", "authority", "internal/fault", "internal/tsv"},
	"compare":           {"plan", "authority", "normalize", "corpus"},
	"export":            {"plan", "authority", "normalize", "corpus"},
	".":                 {"plan", "normalize", "authority", "extract", "extract/structure", "corpus", "index", "compare", "export", "review"},
	"web":               {".", "corpus", "index", "compare", "export", "plan"},
	"cmd":               {"*"},
}

// onlyInTests are rooms that no part of the program imports: tests and the command accuracy do.
var onlyInTests = []string{"internal/synth", "internal/accuracy"}

// TestImports fails on any import of ours that the table does not allow, and on any room that it does not name.
func TestImports(t *testing.T) {
	arrows := 0
	err := filepath.WalkDir(".", func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if name := d.Name(); name == "testdata" || file != "." && strings.HasPrefix(name, ".") {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return nil
		}
		room := roomOf(t, filepath.ToSlash(filepath.Dir(file)))
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range parsed.Imports {
			name, _ := strconv.Unquote(spec.Path.Value)
			target, ours := strings.CutPrefix(name, "kehoach/")
			if name == "kehoach" {
				target, ours = ".", true
			}
			if !ours {
				continue
			}
			arrows++
			if target = roomOf(t, target); target == room {
				continue
			}
			if slices.Contains(onlyInTests, target) && room != "internal/accuracy" && !strings.HasPrefix(filepath.ToSlash(file), "cmd/accuracy/") {
				t.Errorf("%s imports %s, which is for tests only", file, target)
			} else if allowed := mayImport[room]; !slices.Contains(allowed, target) && !slices.Contains(allowed, "*") {
				t.Errorf("%s: the room %s may not import %s", file, room, target)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if arrows < 10 {
		t.Errorf("only %d imports of ours were seen", arrows)
	}
}

// roomOf is the room that a folder belongs to: the nearest one above it that the table names.
func roomOf(t *testing.T, dir string) string {
	for room := dir; ; room = path.Dir(room) {
		if _, ok := mayImport[room]; ok && (room != "." || dir == ".") {
			return room
		}
		if room == "." {
			t.Fatalf("the folder %s is in no room of the table", dir)
		}
	}
}
