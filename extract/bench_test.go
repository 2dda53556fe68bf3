package extract

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// plainPlan is a plan of about n bytes as a plain text: the wrapped ones of the text goldens, again and again.
func plainPlan(b *testing.B, n int) []byte {
	b.Helper()
	files, err := filepath.Glob("text/testdata/w*.txt")
	if err != nil || len(files) == 0 {
		b.Fatal("no samples")
	}
	var out strings.Builder
	for out.Len() < n {
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				b.Fatal(err)
			}
			_, input, _ := strings.Cut(string(data), "-- input --\n")
			input, _, _ = strings.Cut(input, "\n-- ")
			out.WriteString(strings.ReplaceAll(input, "\f", "") + "\n\n")
		}
	}
	return []byte(out.String())
}

// BenchmarkDocument reads the blocks of documents of growing length; its time is to grow in step.
func BenchmarkDocument(b *testing.B) {
	for _, size := range []int{10 << 10, 100 << 10, 1 << 20, 10 << 20} {
		plain := plainPlan(b, size)
		page := []byte("<html><body><p>" + strings.ReplaceAll(string(plain), "\n", "</p>\n<p>") + "</p></body></html>")
		mark := []byte("# KẾ HOẠCH\n\n## I. NỘI DUNG\n\n" + string(plain))
		for _, in := range []struct {
			name string
			data []byte
		}{{"text", plain}, {"html", page}, {"markdown", mark}} {
			b.Run(fmt.Sprintf("%s/%dK", in.name, size>>10), func(b *testing.B) {
				b.SetBytes(int64(len(in.data)))
				b.ReportAllocs()
				for b.Loop() {
					doc, err := Document(context.Background(), "bench", in.data)
					if err != nil || doc.Source.Format != in.name {
						b.Fatal(err, doc.Source.Format)
					}
				}
			})
		}
	}
}
