package index

import (
	"context"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"kehoach/normalize"
)

// boundQueries are queries of words that stand in plans: common and rare ones, several, with and without marks.
func boundQueries(t *testing.T, texts []string, n int) []string {
	t.Helper()
	rng := rand.New(rand.NewPCG(3, 3))
	var list []string
	for len(list) < n {
		words := strings.Fields(strings.ToLower(texts[rng.IntN(len(texts))]))
		many := 1 + rng.IntN(9)
		if len(words) <= many {
			continue
		}
		from := rng.IntN(len(words) - many)
		q := strings.Map(func(r rune) rune {
			if strings.ContainsRune("\"-():/.,;", r) {
				return ' '
			}
			return r
		}, strings.Join(words[from:from+many], " "))
		switch rng.IntN(4) {
		case 0:
			q = normalize.Fold(q)
		case 1:
			if many > 1 {
				q = `"` + q + `" ` + words[rng.IntN(len(words))][:1]
			}
		}
		list = append(list, q)
	}
	return list
}

// No candidate of a plan exceeds the plan's bound, and so the first hits are the same whether all plans are scored or only those that
// may be among them.
func TestBounds(t *testing.T) {
	plans := madePlans(2000, 9)
	x := built(t, plans, nil)
	var texts []string
	for _, p := range plans[:100] {
		texts = append(texts, p.Text)
	}
	v, release, err := x.now()
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	few, spared := 0, 0
	for _, words := range boundQueries(t, texts, 120) {
		q := Query{Words: words, Limit: 10}
		parsed, err := q.parse()
		if err != nil {
			continue // a stray sign
		}
		all, err := v.collect(context.Background(), parsed)
		if err == nil {
			err = all.score(context.Background(), regarded+1)
		}
		if err != nil {
			t.Fatal(err)
		}
		some, err := v.collect(context.Background(), parsed)
		if err == nil {
			err = some.score(context.Background(), 10)
		}
		if err != nil {
			t.Fatal(err)
		}
		want, err := all.top("", 0, 10)
		if err != nil {
			t.Fatal(err)
		}
		got, err := some.top("", 0, 10)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %v, %v; scoring all gives %v", words, got, err, want)
		}
		for i, c := range all.parts {
			plans := make([]bounded, len(c.judged))
			for k, j := range c.judged {
				plans[k] = bounded{part: int32(i), at: int32(j.at), from: int32(j.from), to: int32(j.to)}
			}
			all.bound(c, plans)
			for k, j := range c.judged {
				if j.best > float64(plans[k].most) {
					t.Errorf("%s: plan %d of segment %d has %v, its bound is %v", words, j.at, i, j.best, plans[k].most)
				}
			}
			spared += len(c.judged) - len(some.parts[i].judged)
			few += len(some.parts[i].judged)
		}
	}
	if spared < few/2 {
		t.Errorf("%d plans were scored, only %d were not", few, spared)
	}
}
