package corpus

import (
	"fmt"
	"strings"
	"testing"

	"kehoach/plan"
)

// ordinary is a plan of the usual size, about 11 KB with 25 sections and 20 rows; i makes it differ from others.
func ordinary(b *testing.B, i int) Doc {
	p := full()
	p.Number = fmt.Sprintf("%d/KH-UBND", i)
	words := fmt.Sprintf("số %d: nâng cao chất lượng, hiệu quả công tác thông tin, tuyên truyền trên địa bàn tỉnh; ", i)
	task := strings.Repeat(words, 2)
	for n := range 24 {
		s := p.Sections[0]
		s.ID, s.Label, s.Path, s.Text = n+1, fmt.Sprint(n), []string{"I", fmt.Sprint(n)}, task
		p.Sections = append(p.Sections, s)
	}
	for range 19 {
		a := p.Assignments[0]
		a.Task = task
		p.Assignments = append(p.Assignments, a)
	}
	for range 14 {
		p.Citations = append(p.Citations, p.Citations[0])
	}
	for range 5 {
		p.Deadlines = append(p.Deadlines, p.Deadlines[0])
	}
	return doc(b, fmt.Sprintf("/bench/%d.txt", i), strings.Repeat(words, 11_000/len(words)), p)
}

func BenchmarkPut(b *testing.B) {
	c := create(b, b.TempDir())
	r := begin(b, c)
	var docs []Doc
	b.ResetTimer()
	for i := range b.N {
		docs = append(docs, ordinary(b, i))
		if len(docs) == 256 || i == b.N-1 {
			_, tell := put(b, c, r, docs...)
			c.Indexed(tell)
			docs = docs[:0]
		}
	}
}

func BenchmarkKnown(b *testing.B) {
	c := create(b, b.TempDir())
	r := begin(b, c)
	var docs []Doc
	for i := range 256 {
		docs = append(docs, ordinary(b, i))
	}
	put(b, c, r, docs...)
	b.ResetTimer()
	for i := range b.N {
		if _, _, err := c.Known(docs[i%len(docs)].Source.Path, nil); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSelect(b *testing.B) {
	c := create(b, b.TempDir())
	r := begin(b, c)
	var docs []Doc
	for i := range 256 {
		docs = append(docs, ordinary(b, i))
	}
	put(b, c, r, docs...)
	b.ResetTimer()
	for i := 0; i < b.N; {
		for _, err := range c.Select(plan.Filter{Province: []string{"kien giang"}}) {
			if err != nil {
				b.Fatal(err)
			}
			if i++; i >= b.N {
				break
			}
		}
	}
}

// BenchmarkCards and BenchmarkPlans read ten plans as a list of hits and as a table of rows does.
func BenchmarkCards(b *testing.B) {
	c, ids := ten(b)
	for b.Loop() {
		if _, err := c.Cards(ids); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPlans(b *testing.B) {
	c, ids := ten(b)
	for b.Loop() {
		for _, id := range ids {
			if _, err := c.Plan(id); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// ten keeps twenty plans, and gives the ids of ten of them.
func ten(b *testing.B) (c *Corpus, ids []string) {
	c = create(b, b.TempDir())
	var docs []Doc
	for i := range 20 {
		docs = append(docs, ordinary(b, i))
		if i%2 == 0 {
			ids = append(ids, docs[i].Plan.ID)
		}
	}
	put(b, c, begin(b, c), docs...)
	return c, ids
}
