package extract

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"kehoach/plan"
)

// TestMain lets the test binary be the child process that reads foreign files.
func TestMain(m *testing.M) {
	ServeChild(os.Args)
	os.Exit(m.Run())
}

// isolated is a Reader with child processes, without the programs that recognise scans where quick is set.
func isolated(t testing.TB, quick bool) *Reader {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("child processes are bounded on Linux only")
	}
	if quick {
		t.Setenv("PATH", t.TempDir())
	}
	r, note := Isolated(0)
	if note != "" {
		t.Fatal(note)
	}
	t.Cleanup(func() { r.Close() })
	return r
}

// shared lists files of the documents that stand beside the project.
func shared(t testing.TB, patterns ...string) []string {
	t.Helper()
	var out []string
	for _, p := range patterns {
		found, _ := filepath.Glob(filepath.Join("..", "..", "shared", "data", p))
		out = append(out, found...)
	}
	if len(out) == 0 {
		t.Skip("the documents of ../shared are not there")
	}
	return out
}

// named reports whether an error is one of those that a file may end with.
func named(err error) bool {
	return errors.Is(err, ErrUnreadable) || errors.Is(err, ErrEncrypted) || errors.Is(err, ErrLimit)
}

// TestSameInChild holds that a child gives what this process gives.
func TestSameInChild(t *testing.T) {
	r := isolated(t, true)
	page := []byte("<html><body><h1>KẾ HOẠCH</h1><table><tr><td>STT</td><td></td><td>Nội dung</td></tr><tr><td>1</td><td></td><td>Tuyên truyền</td></tr></table><p>Nơi nhận:<br>- Như trên;</p></body></html>")
	for path, data := range map[string][]byte{"a.html": page, "a.txt": []byte("KẾ HOẠCH\nTuyên truyền"), "a.pdf": []byte("%PDF-1.4\nnothing")} {
		want, wantErr := Document(context.Background(), path, data)
		got, err := r.Document(context.Background(), path, data)
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: a child gives %+v, this process %+v", path, got, want)
		}
		if (err == nil) != (wantErr == nil) || err != nil && (err.Error() != wantErr.Error() || !named(err)) {
			t.Errorf("%s: a child gives the error %v, this process %v", path, err, wantErr)
		}
	}
}

// TestHostile reads files that were made to do harm: each ends with words or a reason.
func TestHostile(t *testing.T) {
	files := shared(t, "hostile/*")
	r := isolated(t, true)
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := r.Read(context.Background(), file, data); err != nil && !named(err) {
			t.Errorf("%s: error %v", filepath.Base(file), err)
		}
	}
}

// TestScan reads a scan of a known text through a child.
func TestScan(t *testing.T) {
	files := shared(t, "samples/scan/*.pdf")
	r := isolated(t, false)
	data, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	doc, err := r.Document(context.Background(), files[0], data)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range doc.Problems {
		if p.Code == plan.OCRMissing {
			t.Skip(p.Message)
		}
	}
	if !doc.Source.OCR || doc.Source.Format != "pdf" || doc.Source.Tools["tesseract"] == "" {
		t.Errorf("the source says %+v", doc.Source)
	}
	low := 0
	for _, b := range doc.Blocks {
		if b.Confidence < 0.6 && b.Style != plan.Furniture {
			low++
		}
	}
	if low*10 > len(doc.Blocks) {
		t.Errorf("%d of %d blocks are doubtful", low, len(doc.Blocks))
	}
}

// TestMemory holds what a long document may cost the child that reads it.
func TestMemory(t *testing.T) {
	for _, file := range shared(t, "speed/*.pdf") {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		r := isolated(t, true)
		if _, err := r.Document(context.Background(), file, data); err != nil {
			t.Fatal(err)
		}
		peak := r.pool.Peak() >> 20
		t.Logf("%s: %d MB", filepath.Base(file), peak)
		if peak == 0 || peak > 300 {
			t.Errorf("%s: its child had %d MB", filepath.Base(file), peak)
		}
	}
}

// BenchmarkChild is what small documents cost in this process and in a warm child; the difference is to be under 2 ms.
func BenchmarkChild(b *testing.B) {
	line := "Chủ trì, phối hợp với Sở Tài chính tuyên truyền về nước sạch trước ngày 30/11."
	r := isolated(b, false)
	for _, file := range []original{
		{"page.html", []byte("<html><body>" + strings.Repeat("<p>"+line+"</p>\n", 60) + "</body></html>")},
		{"kh.rtf", []byte(`{\rtf1\ansi ` + strings.Repeat(`Tuy\u234?n truy\u7873?n\par `, 60) + "}")},
		{"kh.docx", packed(b, "word/document.xml", `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`+strings.Repeat("<w:p><w:r><w:t>"+line+"</w:t></w:r></w:p>", 60)+"</w:body></w:document>")},
	} {
		for _, way := range []struct {
			name   string
			reader *Reader
		}{{"here", nil}, {"child", r}} {
			b.Run(file.name+"/"+way.name, func(b *testing.B) {
				for b.Loop() {
					if _, err := way.reader.Document(context.Background(), file.name, file.data); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(b.Elapsed().Seconds()*1000/float64(b.N), "ms/doc")
			})
		}
	}
}
