package corpus

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"kehoach/plan"
)

// words is a text of n syllables; the same seed gives the same one. With each of the chances in a hundred a syllable is another.
func words(seed uint64, n, changed int) string {
	dice, other := rand.New(rand.NewPCG(seed, 1)), rand.New(rand.NewPCG(seed, uint64(changed)))
	var b strings.Builder
	for range n {
		syllable := fmt.Sprintf("t%c%d ", 'a'+rune(dice.IntN(26)), dice.IntN(90))
		if other.IntN(100) < changed {
			syllable = fmt.Sprintf("x%d ", other.IntN(1000))
		}
		b.WriteString(syllable)
	}
	return b.String()
}

func named(number, issued, signer string) *plan.Plan {
	return &plan.Plan{Number: number, Issued: issued, Issuer: plan.Issuer{Name: "UBND tỉnh Hậu Giang", ID: "ubnd-tinh@hau-giang"}, Signer: plan.Signer{Name: signer}}
}

// TestIdentity puts documents in, and holds which of them are one, and which are versions.
func TestIdentity(t *testing.T) {
	c := create(t, t.TempDir())
	r := begin(t, c)
	whole := words(1, 400, 0)
	for _, row := range []struct {
		path, text string
		p          *plan.Plan
		want       Outcome
	}{
		{"/1.docx", whole, named("1/KH-UBND", "2024-01-02", "A"), Added},
		{"/1.pdf", whole + " thêm một câu", named("1/KH-UBND", "2024-01-02", "A"), Duplicate},                   // nearly the same
		{"/1 again.pdf", whole + " thêm một câu", named("1/KH-UBND", "2024-01-02", "A"), Duplicate},             // the same bytes as a copy
		{"/1 draft.docx", "DỰ THẢO " + words(1, 400, 20), named("1/KH-UBND", "2024-01-02", ""), Added},          // a version
		{"/other year.docx", whole + " khác", named("1/KH-UBND", "2025-01-02", "A"), Added},                     // another date
		{"/other number.docx", whole + " khác nữa", named("2/KH-UBND", "2024-01-02", "A"), Added},               // another number
		{"/blank.docx", words(2, 300, 0), named("", "2024-01-02", "A"), Added},                                  // without a number
		{"/blank near.docx", words(2, 300, 0) + " thêm", named("", "2024-01-02", "A"), Added},                   // nearly the same is another
		{"/blank same.pdf", strings.ToUpper(words(2, 300, 0)) + "\n.", named("", "2024-01-02", "A"), Duplicate}, // the same words are one
	} {
		outcomes, tell := put(t, c, r, doc(t, row.path, row.text, row.p))
		c.Indexed(tell)
		if outcomes[0] != row.want {
			t.Errorf("%s: %s, want %s", row.path, outcomes[0], row.want)
		}
	}
	// What only one path held and is changed there is a version, however small the change.
	outcomes, _ := put(t, c, r, doc(t, "/other number.docx", whole+" khác nữa!!", named("2/KH-UBND", "2024-01-02", "A")))
	if outcomes[0] != Changed {
		t.Errorf("a changed file: %s", outcomes[0])
	}
	id := PlanID(doc(t, "", whole, nil).Source.SHA256)
	versions, err := c.Versions(id)
	if err != nil || len(versions) != 2 || versions[0].State != Signed || versions[1].State != Draft || versions[1].Alike > 0.7 ||
		strings.Join(versions[0].Paths, " ") != "/1.docx /1.pdf /1 again.pdf" {
		t.Errorf("versions: %+v, %v", versions, err)
	}
	// What stood in one file, one in the place of the other, is a chain, unless it is another document.
	for _, text := range []string{words(3, 300, 0), words(3, 300, 2), words(3, 300, 3), words(4, 300, 0)} {
		put(t, c, r, doc(t, "/written over.docx", text, named("", "2024-01-02", "A")))
	}
	for _, row := range []struct{ text, want string }{
		{words(3, 300, 0), "3 superseded"}, {words(3, 300, 3), "3 superseded"}, {words(4, 300, 0), "1"}} {
		list, err := c.Versions(PlanID(doc(t, "", row.text, nil).Source.SHA256))
		got := fmt.Sprint(len(list))
		if err == nil && !list[len(list)-1].Held {
			got += " superseded"
		}
		if got != row.want || err != nil {
			t.Errorf("versions in one file: %s, want %s: %+v, %v", got, row.want, list, err)
		}
	}
	if err := c.Finish(r); err != nil {
		t.Fatal(err)
	}
	var damage []Damage
	if _, err := c.Verify(context.Background(), Check{Tell: func(d Damage) { damage = append(damage, d) }}); err != nil || len(damage) > 0 {
		t.Errorf("verify: %v, %v", damage, err)
	}
	run, err := c.Start(Run{Kind: "forget"})
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Forget(run, id, ""); err != nil {
		t.Fatal(err)
	}
	if err := c.Finish(run); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Verify(context.Background(), Check{Tell: func(d Damage) { damage = append(damage, d) }}); err != nil || len(damage) > 0 {
		t.Errorf("verify after the copies were forgotten: %v, %v", damage, err)
	}
}

// TestNearDuplicates compares what is found by signatures with all pairs of 2,000 texts, compared one by one.
func TestNearDuplicates(t *testing.T) {
	c := create(t, t.TempDir())
	r := begin(t, c)
	const n = 2000
	var docs []Doc
	var sets [][]uint64
	dice := rand.New(rand.NewPCG(5, 5))
	for i := range n {
		// A quarter are copies of others in which up to four syllables in a hundred are changed.
		text := words(uint64(i), 100+dice.IntN(60), 0)
		if i%4 == 3 {
			text = words(uint64(i-1-dice.IntN(3)), 150, 1+dice.IntN(4))
		} else if i%4 < 3 && i%8 < 4 {
			text = words(uint64(i), 150, 0)
		}
		docs = append(docs, doc(t, fmt.Sprintf("/%d", i), fmt.Sprint(text, " ", i), &plan.Plan{}))
		sets = append(sets, shingleSet(docs[i].Plan.Text))
	}
	for len(docs) > 0 {
		k := min(len(docs), 250)
		_, tell := put(t, c, r, docs[:k]...)
		c.Indexed(tell)
		docs = docs[k:]
	}
	brute := 0
	for i := range sets {
		for j := range i {
			if jaccard(sets[i], sets[j]) >= 0.8 {
				brute++
			}
		}
	}
	found, err := c.NearDuplicates(context.Background(), 0.8)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		if f.Alike < 0.8 || f.A == f.B {
			t.Errorf("%+v", f)
		}
	}
	recall := float64(len(found)) / float64(brute)
	t.Logf("%d of %d pairs found: %.3f", len(found), brute, recall)
	if brute < 100 || recall < 0.95 || recall > 1 {
		t.Errorf("recall %.3f of %d pairs", recall, brute)
	}
}

// BenchmarkSign is the work on one text of the usual size.
func BenchmarkSign(b *testing.B) {
	text := words(1, 2200, 0)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		list, _ := shingles(text)
		sign(list)
	}
}

// BenchmarkNearDuplicates finds the pairs among 100,000 texts, one in ten of which is a copy; signatures are there already.
func BenchmarkNearDuplicates(b *testing.B) {
	c := create(b, b.TempDir())
	r := begin(b, c)
	c.Untold = true
	const n = 100_000
	var docs []Doc
	for i := range n {
		seed, changed := uint64(i), 0
		if i%10 == 9 {
			seed, changed = uint64(i-5), 3
		}
		docs = append(docs, doc(b, fmt.Sprintf("/%d", i), fmt.Sprint(words(seed, 200, changed), i), &plan.Plan{}))
		if len(docs) == 500 {
			put(b, c, r, docs...)
			docs = docs[:0]
		}
	}
	b.ResetTimer()
	for b.Loop() {
		found, err := c.NearDuplicates(context.Background(), 0.8)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(len(found)), "pairs")
	}
}

// TestForetold tells of many texts near the bound of sameText what Put then does with them.
func TestForetold(t *testing.T) {
	c := create(t, t.TempDir())
	r := begin(t, c)
	var docs []Doc
	for i := range 60 { // each under the number of five others
		text := words(uint64(i/6), 400, 0)
		words := strings.Fields(text)
		for j := range 1 + i%6 { // two of them are alike by 0.8 to 0.95
			words[(j*37+i*11)%len(words)] = fmt.Sprint("y", i)
		}
		docs = append(docs, doc(t, fmt.Sprintf("/%d", i), strings.Join(words, " "), named(fmt.Sprint(i/6, "/KH-UBND"), "2024-01-02", "A")))
	}
	var told []Outcome
	would := new(Foretold)
	for _, d := range docs {
		n, err := c.Would(r, d, would)
		if err != nil {
			t.Fatal(err)
		}
		told = append(told, n.Outcome)
	}
	if err := would.Close(); err != nil {
		t.Fatal(err)
	}
	seen := make(map[Outcome]int)
	for i, d := range docs {
		outcomes, tell := put(t, c, r, d)
		c.Indexed(tell)
		if seen[outcomes[0]]++; outcomes[0] != told[i] {
			t.Errorf("%s: it was %s, foretold was %s", d.Source.Path, outcomes[0], told[i])
		}
	}
	if seen[Added] < 15 || seen[Duplicate] < 15 {
		t.Errorf("%v: the texts are not near the bound", seen)
	}
}
