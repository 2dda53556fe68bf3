package structure

import (
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/tools/txtar"
)

// FuzzStructure parses any text: it must not panic, every span must lie in the text and quote its value, and the
// same text must give the same plan.
func FuzzStructure(f *testing.F) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		f.Fatalf("no seeds: %v", err)
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		for _, part := range txtar.Parse(raw).Files {
			if part.Name == "input" {
				f.Add(string(part.Data))
			}
		}
	}
	f.Add("1.\n(1)\nI\nĐiều\nPhụ lục\nSố: /\n, ngày  tháng  năm \n- :\nSở\u00a0: ")
	f.Add("I.\nI.\nI.\n1.1.1.1.1.1.1.\n9999.\nKT.\nNơi nhận:\n[1]\n")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<16 {
			return
		}
		p := Parse(document(text))
		checkSpans(t, p)
		if again := Parse(document(text)); dumpRows(p) != dumpRows(again) || dumpSections(p) != dumpSections(again) || dumpHeader(p) != dumpHeader(again) {
			t.Error("the same text gives another plan")
		}
	})
}
