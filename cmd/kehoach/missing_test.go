package main

import (
	"bytes"
	"encoding/json"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kehoach/plan"
)

// TestOCRMissing holds that a picture without the programs that recognise it is kept with a problem, that the line
// says what to install, and that the exit code is 3.
func TestOCRMissing(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 200, 300))); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "scan.png")
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	data := t.TempDir()
	for _, args := range [][]string{{"parse", "--json", path}, {"text", path}, {"--data", data, "ingest", path}} {
		code, stdout, stderr := run0("", args...)
		if code != 3 || strings.Count(stderr, "install poppler-utils, tesseract-ocr and tesseract-ocr-vie") != 1 {
			t.Errorf("%v: code %d, said %q", args, code, stderr)
		}
		if args[0] != "parse" {
			continue
		}
		var p plan.Plan
		if err := json.Unmarshal([]byte(stdout), &p); err != nil {
			t.Fatal(err)
		}
		if p.Source.Format != "png" || len(p.Problems) == 0 || p.Problems[0].Code != plan.OCRMissing {
			t.Errorf("the plan of %s has the problems %v", p.Source.Format, p.Problems)
		}
	}
	if code, stdout, _ := run0("", "--data", data, "--json", "status"); code != 0 || !strings.Contains(stdout, `"plans":1`) {
		t.Errorf("status: code %d, %s", code, stdout)
	}
}
