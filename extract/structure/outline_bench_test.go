package structure

import (
	"fmt"
	"strconv"
	"testing"

	"kehoach/plan"
)

// manyLabels is a document of so many labels, three levels deep, with a restart of every count, jumps and repeated labels.
func manyLabels(n int) *plan.Document {
	doc := &plan.Document{Source: plan.Source{Format: "text"}, Blocks: []plan.Block{{Text: "KẾ HOẠCH"}, {Text: "Trồng cây"}}}
	add := func(format string, a ...any) {
		doc.Blocks = append(doc.Blocks, plan.Block{Text: fmt.Sprintf(format, a...)})
	}
	for i := 0; len(doc.Blocks) < n; i++ {
		add("%s. NỘI DUNG", romanNumeral(1+i%50))
		for k := 1; k <= 9; k++ {
			add("%s. Công việc", strconv.Itoa(k+k/8))
			add("a) Làm đất;")
			add("b) Gieo hạt;")
			add("d) Tưới nước.")
		}
	}
	return doc
}

// BenchmarkOutline nests 10,000 and 100,000 labels. ns/label of both are alike where the time is linear in the labels.
func BenchmarkOutline(b *testing.B) {
	for _, n := range []int{10_000, 100_000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			doc := manyLabels(n)
			b.ReportAllocs()
			units := 0
			for b.Loop() {
				s := newState(doc)
				findZones(s)
				readOutline(s)
				units = len(s.units)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*units), "ns/label")
		})
	}
}

// TestOutlineGrowth holds that what the outline allocates grows with the labels and no faster: the work of a label does not depend on
// how many came before it.
func TestOutlineGrowth(t *testing.T) {
	work := func(n int) float64 {
		doc := manyLabels(n)
		s := newState(doc)
		findZones(s)
		cands := s.candidates(s.zones.body, false)
		steps := 0
		for _, p := range nest(cands) {
			if p.reading != nil {
				steps++
			}
		}
		if steps < len(cands)*9/10 {
			t.Fatalf("%d of %d labels are nodes", steps, len(cands))
		}
		return testing.AllocsPerRun(1, func() { nest(cands) }) / float64(len(cands))
	}
	small, large := work(2_000), work(20_000)
	if large > 1.3*small {
		t.Errorf("%.2f allocations for a label of 2,000, %.2f of 20,000", small, large)
	}
}
