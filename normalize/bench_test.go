//go:build unix

package normalize

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/text/unicode/norm"
)

// cleanText is about n bytes of clean Vietnamese in paragraphs.
func cleanText(n int) string {
	r := rand.New(rand.NewPCG(7, 7))
	var b strings.Builder
	for b.Len() < min(n, 1<<20) {
		b.WriteString(prose(r, 100+r.IntN(600)))
		b.WriteByte('\n')
	}
	s := b.String()
	return strings.Repeat(s, (n+len(s)-1)/len(s))
}

// measure runs do over size bytes at a time, and gives megabytes a second of the process's own processor time, which
// other work on the machine does not change, and allocations.
func measure(b *testing.B, size int, do func()) {
	b.SetBytes(int64(size))
	b.ReportAllocs()
	do() // tables that are made at first use
	start := cpu()
	for b.Loop() {
		do()
	}
	b.ReportMetric(float64(size)*float64(b.N)/1e6/(cpu()-start).Seconds(), "MB/CPU-s")
}

func cpu() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

var benchText = sync.OnceValue(func() string { return cleanText(1 << 20) })

// BenchmarkText is the whole of Text over clean NFC Vietnamese.
func BenchmarkText(b *testing.B) {
	s := benchText()
	measure(b, len(s), func() {
		Text(s)
	})
}

// BenchmarkTextAgainstIsNormal gives the speed of Text on clean text as a share of norm.NFC.IsNormal's in the same run.
func BenchmarkTextAgainstIsNormal(b *testing.B) {
	s := benchText()
	raw := []byte(s)
	var ours, theirs time.Duration
	for b.Loop() {
		start := cpu()
		Text(s)
		mid := cpu()
		norm.NFC.IsNormal(raw)
		ours, theirs = ours+mid-start, theirs+cpu()-mid
	}
	b.ReportMetric(float64(theirs)/float64(ours), "times-IsNormal")
}

// BenchmarkParagraphs is the whole of Paragraphs over clean paragraphs, repairs of words included.
func BenchmarkParagraphs(b *testing.B) {
	s := benchText()
	var paras []Para
	for line := range strings.Lines(s) {
		paras = append(paras, Para{Text: strings.TrimSpace(line)})
	}
	measure(b, len(s), func() {
		Paragraphs(paras)
	})
}

// BenchmarkTextDirty is Text over text in which each word of twenty needs cleaning.
func BenchmarkTextDirty(b *testing.B) {
	r := rand.New(rand.NewPCG(8, 8))
	words := strings.Split(benchText(), " ")
	for i := range words {
		switch r.IntN(60) {
		case 0:
			words[i] = norm.NFD.String(words[i])
		case 1:
			words[i] += "\u00A0" + words[i]
		case 2:
			words[i] = strings.ReplaceAll(words[i], "ư", "ƣ")
		}
	}
	s := strings.Join(words, " ")
	measure(b, len(s), func() {
		Text(s)
	})
}

func BenchmarkFold(b *testing.B) {
	s := benchText()
	measure(b, len(s), func() {
		Fold(s)
	})
}

// BenchmarkKey makes the key of each word of a text; the bytes are those of the words.
func BenchmarkKey(b *testing.B) {
	s := benchText()
	var words []string
	size := 0
	for w := range Words(s) {
		words = append(words, s[w.Start:w.End])
		size += w.Len()
	}
	measure(b, size, func() {
		for _, w := range words {
			Key(w)
		}
	})
}

func BenchmarkAppendKey(b *testing.B) {
	s := benchText()
	var words []string
	size := 0
	for w := range Words(s) {
		words = append(words, s[w.Start:w.End])
		size += w.Len()
	}
	var buf []byte
	measure(b, size, func() {
		for _, w := range words {
			buf = AppendKey(buf[:0], w)
		}
	})
}

func BenchmarkKeys(b *testing.B) {
	s := benchText()
	measure(b, len(s), func() {
		Keys(s)
	})
}

func BenchmarkValidShare(b *testing.B) {
	s := benchText()
	measure(b, len(s), func() {
		ValidShare(s)
	})
}

// BenchmarkDetect detects paragraph by paragraph, so that no sample stands for a long text.
func BenchmarkDetect(b *testing.B) {
	for _, enc := range []Encoding{Unicode, TCVN3, VNI, Windows1258, VISCII} {
		var paras []string
		size := 0
		for line := range strings.Lines(benchText()) {
			if enc != Unicode {
				line = western(encode(enc, line))
			}
			paras = append(paras, line)
			size += len(line)
		}
		b.Run(string(enc), func(b *testing.B) {
			measure(b, size, func() {
				for _, p := range paras {
					Detect(p, "")
				}
			})
		})
		whole := strings.Join(paras, "")
		b.Run(string(enc)+"/whole", func(b *testing.B) {
			measure(b, len(whole), func() {
				Detect(whole, "")
			})
		})
	}
}

// BenchmarkDecode decodes a whole document from bytes and cleans it.
func BenchmarkDecode(b *testing.B) {
	for _, enc := range []Encoding{TCVN3, VNI} {
		raw := encode(enc, benchText())
		b.Run(string(enc), func(b *testing.B) {
			measure(b, len(raw), func() {
				s, _ := Decode(raw, "")
				Text(s)
			})
		})
	}
}

// BenchmarkLinear shows that speed does not fall with size, up to 50 MB: clean text, TCVN3, one line without
// blanks that is all to be cleaned, and lines that are joined to paragraphs.
func BenchmarkLinear(b *testing.B) {
	for _, mb := range []int{1, 10, 50} {
		clean := cleanText(mb << 20)
		tcvn3 := western(encode(TCVN3, clean))
		glued := strings.Repeat("nƣớcđƣợc\u00AD", (mb<<20)/17)
		for _, in := range []struct {
			name, text string
			do         func(string)
		}{
			{"clean", clean, func(s string) { Text(s) }},
			{"tcvn3", tcvn3, func(s string) { Text(s) }},
			{"unbroken", glued, func(s string) { Text(s) }},
			{"lines", clean, func(s string) { Lines(SplitLines(s)) }},
		} {
			b.Run(fmt.Sprintf("%s/%dMB", in.name, mb), func(b *testing.B) {
				measure(b, len(in.text), func() { in.do(in.text) })
			})
		}
	}
}
