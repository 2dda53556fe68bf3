//go:build unix

package pdf

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// longScript is a document of many pages: forty lines of justified text each, a number and a table.
func longScript(pages int) string {
	var out strings.Builder
	for n := range pages {
		fmt.Fprintf(&out, "page 595 842\ntext 290 40 12 %d\n", n+1)
		for i := range 35 {
			x := 85
			if i%5 == 0 {
				x = 113
			}
			fmt.Fprintf(&out, "fit %d %d 13 540 Tỉnh Sông Lam có ba huyện ven sông, mỗi huyện có từ hai đến bốn xã bị ngập\n", x, 70+i*17)
		}
		out.WriteString("grid 85,120,300,500 700,720,740,760\ntext 90 715 12 1\ntext 130 715 12 Trồng tre\ntext 310 715 12 Huyện Đông\n")
	}
	return out.String()
}

// measurePages reports pages a second of processor time, that of children included.
func measurePages(b *testing.B, pages int, do func() error) {
	b.ReportAllocs()
	start := cpu()
	for b.Loop() {
		if err := do(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(pages*b.N)/(cpu()-start).Seconds(), "pages/CPU-s")
}

func cpu() (total time.Duration) {
	for _, who := range []int{syscall.RUSAGE_SELF, syscall.RUSAGE_CHILDREN} {
		var u syscall.Rusage
		if err := syscall.Getrusage(who, &u); err != nil {
			panic(err)
		}
		total += time.Duration(u.Utime.Nano() + u.Stime.Nano())
	}
	return total
}

const benchPages = 130

// BenchmarkRead reads a long document.
func BenchmarkRead(b *testing.B) {
	data := (&maker{deflate: true}).make(b, longScript(benchPages))
	measurePages(b, benchPages, func() error {
		_, err := Read(data)
		return err
	})
}

// BenchmarkPdftotext has poppler read the same document, where it is installed.
func BenchmarkPdftotext(b *testing.B) {
	if _, err := exec.LookPath("pdftotext"); err != nil {
		b.Skip("there is no pdftotext (poppler-utils)")
	}
	name := filepath.Join(b.TempDir(), "long.pdf")
	if err := os.WriteFile(name, (&maker{deflate: true}).make(b, longScript(benchPages)), 0o644); err != nil {
		b.Fatal(err)
	}
	measurePages(b, benchPages, func() error { return exec.Command("pdftotext", name, "-").Run() })
}
