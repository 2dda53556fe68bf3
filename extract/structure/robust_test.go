package structure

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"kehoach/normalize"
	"kehoach/plan"
)

// disturbance changes a document as converters and scanners do. It gives the lines anew.
type disturbance struct {
	name string
	do   func(r *rand.Rand, lines []string) []string
}

var disturbances = []disturbance{
	{"tones at the other place", func(_ *rand.Rand, lines []string) []string {
		return each(lines, func(s string) string { return normalize.Place(s, normalize.New) })
	}},
	{"decomposed letters, normalised again", func(_ *rand.Rand, lines []string) []string {
		return each(lines, func(s string) string { return normalize.Text(norm.NFD.String(s)) })
	}},
	{"page breaks inside paragraphs", func(r *rand.Rand, lines []string) []string {
		var out []string
		for _, s := range lines {
			words := strings.Fields(s)
			if len(words) > 24 && r.IntN(12) == 0 {
				at := 8 + r.IntN(len(words)-16)
				out = append(out, strings.Join(words[:at], " "), strings.Join(words[at:], " "))
				continue
			}
			out = append(out, s)
		}
		return out
	}},
}

func each(lines []string, do func(string) string) []string {
	out := make([]string, len(lines))
	for i, s := range lines {
		out[i] = do(s)
	}
	return out
}

// TestRobust disturbs the sample documents and asks how much of the outline and of the header survives: of twenty
// seeds each, the mean may lose 0.03 and the worst 0.05.
func TestRobust(t *testing.T) {
	files, err := filepath.Glob("../../corpus/sample/*.txt")
	if err != nil || len(files) < 5 {
		t.Fatalf("%d samples, %v", len(files), err)
	}
	for _, d := range disturbances {
		var scores []float64
		for seed := range uint64(20) {
			same, all := 0, 0
			for _, file := range files {
				raw, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				lines := strings.Split(norm.NFC.String(string(raw)), "\n")
				before := parseLines(lines)
				after := parseLines(d.do(rand.New(rand.NewPCG(seed, 7)), slices.Clone(lines)))
				s, a := agreement(before, after)
				same, all = same+s, all+a
			}
			scores = append(scores, float64(same)/float64(all))
		}
		slices.Sort(scores)
		mean := 0.0
		for _, s := range scores {
			mean += s / float64(len(scores))
		}
		t.Logf("%-46s mean %.3f, worst %.3f", d.name, mean, scores[0])
		if mean < 0.97 || scores[0] < 0.95 {
			t.Errorf("%s: mean %.3f, worst %.3f", d.name, mean, scores[0])
		}
	}
}

func parseLines(lines []string) *plan.Plan {
	doc := &plan.Document{Source: plan.Source{Format: "text"}}
	for _, l := range lines {
		doc.Blocks = append(doc.Blocks, plan.Block{Text: strings.TrimSpace(l)})
	}
	return Parse(doc)
}

// agreement counts the nodes and header fields of one plan that another has as well. A node is told by its path and
// the first letters of its words.
func agreement(a, b *plan.Plan) (same, all int) {
	count := map[string]int{}
	for i := range b.Sections {
		count[nodeKey(&b.Sections[i])]++
	}
	for i := range a.Sections {
		all++
		if key := nodeKey(&a.Sections[i]); count[key] > 0 {
			count[key]--
			same++
		}
	}
	for _, f := range [][2]string{{a.Number, b.Number}, {a.Issuer.ID, b.Issuer.ID}, {a.Issued, b.Issued}, {a.Type.Code, b.Type.Code}, {a.Province.ID, b.Province.ID}} {
		all++
		if f[0] == f[1] {
			same++
		}
	}
	return same, all
}

func nodeKey(s *plan.Section) string {
	return fmt.Sprintf("%s %.12s", strings.Join(s.Path, "/"), strings.Join(strings.Fields(normalize.Fold(s.Heading+s.Text)), ""))
}
