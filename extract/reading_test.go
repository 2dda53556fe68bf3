package extract

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"kehoach/plan"
)

// TestReading packs and unpacks what was read of each sample and of damaged words, and gets the same plan of it.
func TestReading(t *testing.T) {
	docs := map[string]string{
		"glued.txt": "KẾ HOẠCH\nTuyên truyền năm 2024\n\nI. MỤC ĐÍCH\n1. Nâng cao trách nhiệm của các nghành, đẩy mạnh trách nhiệm trên điạ bàn nuớc ta.\n",
		"empty.txt": "",
	}
	paths, err := filepath.Glob("../corpus/sample/*.[hmt]*")
	if err != nil || len(paths) < 10 {
		t.Fatal(err, len(paths))
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		docs[path] = string(data)
	}
	repaired := 0
	for path, text := range docs {
		want, err := Read(context.Background(), path, []byte(text))
		if err != nil {
			continue // of a file that is no document
		}
		r, err := (*Reader)(nil).Blocks(context.Background(), "/before/"+path, []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		again, err := Unpack(path, r.Pack())
		if err != nil {
			t.Fatal(err)
		}
		got := again.Plan()
		for _, p := range got.Problems {
			if p.Code == plan.TextRepaired {
				repaired++
			}
		}
		a, _ := json.Marshal(want)
		b, _ := json.Marshal(got)
		if string(a) != string(b) {
			t.Errorf("%s: another plan of what was kept:\n%s\n%s", path, a, b)
		}
	}
	if repaired == 0 {
		t.Error("no repair was told")
	}
	if _, err := Unpack("x", []byte("nonsense")); err == nil {
		t.Error("nonsense was unpacked")
	}
	missing := &Reading{Document: &plan.Document{Problems: []plan.Problem{{Code: plan.OCRMissing}}}}
	if missing.Pack() != nil {
		t.Error("what another try may read is kept")
	}
}
