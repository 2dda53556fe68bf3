package normalize

import (
	"math/rand/v2"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

// cleanText is about n bytes of clean Vietnamese in paragraphs.
func cleanText(n int) string {
	r := rand.New(rand.NewPCG(7, 7))
	var b strings.Builder
	for b.Len() < n {
		b.WriteString(prose(r, 100+r.IntN(600)))
		b.WriteByte('\n')
	}
	return b.String()
}

func BenchmarkText(b *testing.B) {
	s := cleanText(1 << 20)
	b.SetBytes(int64(len(s)))
	b.ReportAllocs()
	for b.Loop() {
		Text(s)
	}
}

func BenchmarkIsNormal(b *testing.B) {
	s := cleanText(1 << 20)
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		norm.NFC.IsNormalString(s)
	}
}

func BenchmarkCleanHead(b *testing.B) {
	s := cleanText(1 << 20)
	if cleanHead(s) != len(s) {
		b.Fatal("not clean")
	}
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		cleanHead(s)
	}
}
