package ocr

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kehoach/extract/pdf"
	"kehoach/extract/pdf/layout"
	"kehoach/plan"
)

// shared is where labelled documents stand beside the project, where they do.
const shared = "../../../shared/data"

// open reads a file of shared, or the test is skipped.
func open(t testing.TB, name string) []byte {
	t.Helper()
	if testing.Short() {
		t.Skip("recognising whole pages takes seconds")
	}
	data, err := os.ReadFile(filepath.Join(shared, name))
	if err != nil {
		t.Skip("the labelled documents are not here: ", err)
	}
	return data
}

// recognised gives the text of pages of a scanned PDF, its blocks parted by blanks.
func recognised(t testing.TB, e *Engine, data []byte, numbers ...int) string {
	t.Helper()
	pages, err := e.PDF(context.Background(), data, numbers)
	if err != nil {
		t.Fatal(err)
	}
	var sheets []*layout.Page
	for i, p := range pages {
		p.Number = numbers[i]
		sheets = append(sheets, p.Page)
	}
	return flat(layout.Blocks(sheets), len(numbers))
}

// flat gives the words of the blocks of the first pages, parted by blanks.
func flat(blocks []plan.Block, pages int) string {
	var out strings.Builder
	for _, b := range blocks {
		if b.Page <= pages {
			out.WriteString(b.Text + " " + strings.Join(b.Cells, " ") + " ")
		}
	}
	return strings.Join(strings.Fields(out.String()), " ")
}

// errorRate is the share of letters that are wrong, missing or too many.
func errorRate(got, want string) float64 {
	a, b := []rune(got), []rune(want)
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, r := range a {
		last := row[0]
		row[0] = i + 1
		for j, s := range b {
			here := last
			if r != s {
				here = 1 + min(last, row[j], row[j+1])
			}
			last, row[j+1] = row[j+1], here
		}
	}
	return float64(row[len(b)]) / float64(max(1, len(b)))
}

// TestErrorRateOfScan measures a made scan against the pages that it was made of: fewer than three letters of a
// hundred are wrong.
func TestErrorRateOfScan(t *testing.T) {
	scan, source := open(t, "samples/scan/scan_200_000.pdf"), open(t, "samples/lo/doc_000.pdf")
	e := engine(t)
	doc, _, err := pdf.ReadWith(source, pdf.Options{})
	if err != nil {
		t.Fatal(err)
	}
	const pages = 3 // that the scan has
	rate := errorRate(recognised(t, e, scan, 1, 2, 3), flat(doc.Blocks, pages))
	t.Logf("letters that are wrong: %.2f %%", 100*rate)
	if rate > 0.03 {
		t.Errorf("%.2f %% of the letters are wrong, want at most 3 %%", 100*rate)
	}
}

// TestErrorRateOfDecision measures the first page of a real scan from its grounds on, against its published text: fewer
// than two letters of a hundred are wrong.
func TestErrorRateOfDecision(t *testing.T) {
	data, lines := open(t, "pdf/qd_707_ttg.pdf"), open(t, "pdf/page1.jsonl")
	e := engine(t)
	want := ""
	for s := bufio.NewScanner(bytes.NewReader(lines)); s.Scan(); {
		var page struct {
			File string `json:"file"`
			Text string `json:"text_page_1"`
		}
		if json.Unmarshal(s.Bytes(), &page) == nil && page.File == "qd_707_ttg.pdf" {
			want = page.Text
		}
	}
	body := func(s string) string {
		s = strings.Join(strings.Fields(s), " ")
		return s[max(0, strings.Index(s, "Căn cứ")):]
	}
	rate := errorRate(body(recognised(t, e, data, 1)), body(want))
	t.Logf("letters that are wrong: %.2f %%", 100*rate)
	if want == "" || rate > 0.02 {
		t.Errorf("%.2f %% of the letters are wrong, want at most 2 %%", 100*rate)
	}
}
