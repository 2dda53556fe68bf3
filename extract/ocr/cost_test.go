//go:build linux

package ocr

import (
	"context"
	"syscall"
	"testing"
)

// BenchmarkScan is what recognising scanned pages at Resolution costs in all, with its programs: seconds of CPU a page.
func BenchmarkScan(b *testing.B) {
	data := open(b, "samples/scan/scan_200_000.pdf")
	e := engine(b)
	used := func() (seconds float64) {
		for _, who := range []int{syscall.RUSAGE_SELF, syscall.RUSAGE_CHILDREN} {
			var r syscall.Rusage
			if err := syscall.Getrusage(who, &r); err != nil {
				b.Fatal(err)
			}
			seconds += float64(r.Utime.Nano()+r.Stime.Nano()) / 1e9
		}
		return seconds
	}
	before, pages := used(), 0
	for b.Loop() {
		got, err := e.PDF(context.Background(), data, []int{1, 2, 3})
		if err != nil {
			b.Fatal(err)
		}
		pages += len(got)
	}
	b.ReportMetric((used()-before)/float64(pages), "CPU-s/page")
}
