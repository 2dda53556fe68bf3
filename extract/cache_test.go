package extract

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"kehoach/extract/ocr"
	"kehoach/extract/pdf/layout"
)

// TestPageCache recognises a page once, keeps failures out, and takes a damaged page for none.
func TestPageCache(t *testing.T) {
	cache := pageCache(filepath.Join(t.TempDir(), "pages"))
	want := &ocr.Page{Page: &layout.Page{Number: 2, Width: 595, Words: []layout.Word{{Text: "Kế hoạch", X1: 40, Confidence: 0.9}}}, Confidence: 0.9, Unread: []string{"date"}}
	made := 0
	ask := func(key byte, err error) *ocr.Page {
		t.Helper()
		p, got := cache.page([32]byte{key}, func() (*ocr.Page, error) { made++; return want, err })
		if !errors.Is(got, err) {
			t.Errorf("error %v, want %v", got, err)
		}
		return p
	}
	failed := errors.New("no tesseract")
	ask(1, failed)
	for range 3 {
		if p := ask(1, nil); !reflect.DeepEqual(p, want) {
			t.Errorf("got %+v", p)
		}
	}
	ask(2, nil)
	if made != 3 {
		t.Errorf("recognised %d times, want 3", made)
	}
	files, err := filepath.Glob(filepath.Join(string(cache), "01", "*"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%v, %v", files, err)
	}
	if err := os.WriteFile(files[0], []byte("nonsense"), 0o644); err != nil {
		t.Fatal(err)
	}
	if p := ask(1, nil); !reflect.DeepEqual(p, want) || made != 4 {
		t.Errorf("after damage: %+v, recognised %d times", p, made)
	}
	if p, err := pageCache("/dev/null/none").page([32]byte{1}, func() (*ocr.Page, error) { return want, nil }); err != nil || p != want {
		t.Errorf("where nothing can be kept: %v, %v", p, err)
	}
}
