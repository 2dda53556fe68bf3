//go:build unix

package kehoach_test

import (
	"context"
	"fmt"
	"syscall"
	"testing"
	"time"

	"kehoach/extract"
	"kehoach/extract/structure"
	"kehoach/internal/synth"
	"kehoach/plan"
)

// cpu is the time that this process has spent on its CPUs, user and system.
func cpu() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// made are documents of every layout.
func made(b *testing.B, n int) []synth.Doc {
	b.Helper()
	m := synth.New(1)
	docs := make([]synth.Doc, n)
	for i := range docs {
		docs[i] = m.Plan(i)
	}
	return docs
}

// BenchmarkRead is the way from a file's bytes to a plan: reader, normalising, structure.
func BenchmarkRead(b *testing.B) {
	docs := made(b, 2*len(synth.Layouts()))
	size := 0
	for _, d := range docs {
		size += len(d.Bytes)
	}
	measure(b, size, func() {
		for _, d := range docs {
			if _, err := extract.Read(context.Background(), d.Name, d.Bytes); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkParse is the way from canonical text to a plan: structure alone. MB/cpu-s is its measure; the issue asks for 3.
func BenchmarkParse(b *testing.B) {
	var parsed []*plan.Document
	size := 0
	for _, d := range made(b, 2*len(synth.Layouts())) {
		doc, n := canonical(b, d)
		parsed = append(parsed, doc)
		size += n
	}
	measure(b, size, func() {
		for _, doc := range parsed {
			structure.Parse(doc)
		}
	})
}

// BenchmarkParseLinear parses one document of 10 KB, 100 KB, 1 MB and 10 MB. x/10KB is the CPU time of a byte, by that of the
// 10 KB document: 1 where the time is linear in the length.
func BenchmarkParseLinear(b *testing.B) {
	first := 0.0
	for _, size := range []int{10_000, 100_000, 1_000_000, 10_000_000} {
		b.Run(fmt.Sprintf("%dKB", size/1000), func(b *testing.B) {
			doc, n := canonical(b, synth.New(1).Long(size))
			perByte := measure(b, n, func() { structure.Parse(doc) })
			if first == 0 || size == 10_000 {
				first = perByte
			}
			b.ReportMetric(perByte/first, "x/10KB")
			b.ReportMetric(float64(n)/1e6, "MB")
		})
	}
}

// canonical reads a document up to structure; n is the bytes of its plan's text.
func canonical(b *testing.B, d synth.Doc) (doc *plan.Document, n int) {
	b.Helper()
	doc, err := extract.Document(context.Background(), d.Name, d.Bytes)
	if err != nil {
		b.Fatal(err)
	}
	return doc, len(structure.Parse(doc).Text)
}

// measure runs do b.N times and reports megabytes by CPU-second; it returns the CPU nanoseconds of a byte.
func measure(b *testing.B, size int, do func()) float64 {
	b.SetBytes(int64(size))
	b.ReportAllocs()
	start := cpu()
	for b.Loop() {
		do()
	}
	spent := cpu() - start
	done := float64(size) * float64(b.N)
	b.ReportMetric(done/1e6/spent.Seconds(), "MB/cpu-s")
	return float64(spent) / done
}
