package kehoach

import (
	"context"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kehoach/corpus"
	"kehoach/corpus/sample"
	"kehoach/index"
	"kehoach/internal/synth"
	"kehoach/normalize"
	"kehoach/plan"
)

// The judged sets of testdata/search (its README says how they were judged), searched by the program, by plain bleve and by SQLite FTS5.
// The fast form, in make test, has few made documents beside the judged ones and holds the floors; make relevance has more of them and
// prints every table.
var (
	relevanceFull  = flag.Bool("relevance", false, "all made documents, and the tables")
	relevanceMiss  = flag.Bool("misses", false, "list the queries whose best documents are not found first")
	relevanceMade  = flag.Int("made", 0, "how many made documents stand beside the judged ones")
	judgedQuestion = "testdata/search/questions.tsv"
	judgedQueries  = "testdata/search/queries.tsv"
)

// judged is a query with the grades of the documents that answer it: 3 is what was looked for, 2 answers much of it, 1 touches it.
type judged struct {
	set, half, kind, text string
	grades                map[string]int // by the name of the document
}

// nearlyAll is a recall above which hardly anything is left to find.
const nearlyAll = 0.95

// found is how a system answers: the names of documents, the best first.
type found func(query string) ([]string, error)

// article is a document of articles.txt.
type article struct{ name, text string }

// articles reads testdata/search/articles.txt: each article as a document of its own.
func articles(t testing.TB) (list []article) {
	t.Helper()
	data, err := os.ReadFile("testdata/search/articles.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range strings.Split("\n"+string(data), "\n@ ")[1:] {
		head, body, _ := strings.Cut(part, "\n")
		f := strings.Split(head, " | ")
		list = append(list, article{f[0] + " " + f[1], f[0] + "\n\nĐiều " + f[1] + ". " + f[2] + "\n" + strings.TrimSpace(body) + "\n"})
	}
	return list
}

// rows reads a table with a line of names, without its comments.
func rows(t testing.TB, path string) (list [][]string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimRight(line, "\n"); line != "" && line[0] != '#' {
			list = append(list, strings.Split(line, "\t"))
		}
	}
	return list[1:]
}

// questions are the judged questions, as they stand and without their marks.
func questions(t testing.TB) (list []judged) {
	for _, row := range rows(t, judgedQuestion) {
		grades := make(map[string]int)
		for i, name := range strings.Split(row[2], ";") {
			grades[name] = 3 - min(i, 1)
		}
		list = append(list, judged{"questions", row[0], "question", row[1], grades},
			judged{"questions, bare", row[0], "question", normalize.Fold(row[1]), grades})
	}
	return list
}

// queries are the judged queries.
func queries(t testing.TB) (list []judged) {
	for _, row := range rows(t, judgedQueries) {
		grades := make(map[string]int)
		for _, g := range strings.Fields(row[4]) {
			at := strings.LastIndexByte(g, ':')
			grades[g[:at]] = int(g[at+1] - '0')
		}
		list = append(list, judged{"queries", row[0], row[1], row[3], grades})
	}
	return list
}

// shelf is a corpus of judged and made documents in a folder.
type shelf struct {
	dir   string
	files map[string]string // name → path
	plans map[string]*plan.Plan
	names map[string]string // a plan's id → name
}

// fill writes the documents and takes them into a corpus.
func fill(t testing.TB, made int) *shelf {
	t.Helper()
	src := t.TempDir()
	s := &shelf{dir: t.TempDir(), files: make(map[string]string), plans: make(map[string]*plan.Plan), names: make(map[string]string)}
	add := func(name, file, text string) {
		s.files[name] = put(t, filepath.Join(src, file), text)
	}
	for i, a := range articles(t) {
		add(a.name, fmt.Sprintf("articles/%03d.txt", i), a.text)
	}
	for _, glob := range []string{"testdata/search/docs/*.txt"} {
		paths, err := filepath.Glob(glob)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			for name, text := range judgedDocs(string(data)) {
				add(name, "docs/"+name+".txt", text)
			}
		}
	}
	samples, err := fs.ReadDir(sample.Files(), ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range samples {
		data, err := fs.ReadFile(sample.Files(), f.Name())
		if err != nil {
			t.Fatal(err)
		}
		add(f.Name(), "sample/"+f.Name(), string(data))
	}
	maker := synth.New(5)
	for i := range made {
		doc := maker.Plan(i)
		add(doc.Name, "made/"+doc.Name, string(doc.Bytes))
	}
	time.Sleep(30 * time.Millisecond)
	if _, err := Ingest(context.Background(), s.dir, []string{src}, Options{}); err != nil {
		t.Fatal(err)
	}
	paths := make(map[string]string)
	for name, path := range s.files {
		paths[path] = name
	}
	c, err := corpus.Open(s.dir)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	for p, err := range c.Select(plan.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		name := paths[p.Source.Path]
		s.plans[name], s.names[p.ID] = p, name
	}
	return s
}

// judgedDocs parts a file of documents: each begins with a line "=== name".
func judgedDocs(text string) map[string]string {
	docs := make(map[string]string)
	for _, part := range strings.Split("\n"+text, "\n=== ")[1:] {
		name, body, _ := strings.Cut(part, "\n")
		docs[strings.TrimSpace(name)] = strings.TrimSpace(body) + "\n"
	}
	return docs
}

// ours searches the corpus as the search command does.
func ours(t testing.TB, s *shelf) found {
	t.Helper()
	x, err := index.Open(s.dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { x.Close() })
	return func(query string) ([]string, error) {
		res, err := x.Search(context.Background(), index.Query{Words: query, Limit: 100})
		if err != nil {
			return nil, err
		}
		var list []string
		for _, h := range res.Hits {
			if name := s.names[h.Plan]; !slices.Contains(list, name) {
				list = append(list, name)
			}
		}
		return list, nil
	}
}

// measured is the mean of a set of queries.
type measured struct {
	queries             int
	ndcg, recall, empty float64
	first               float64 // share with a document of the highest grade in the first place
}

func (m *measured) add(j judged, got []string) {
	m.queries++
	if len(got) == 0 {
		m.empty++
	}
	got = got[:min(10, len(got))]
	var ideal []int
	relevant, hit := 0, 0
	for name, g := range j.grades {
		ideal = append(ideal, g)
		if g >= 2 {
			relevant++
			if slices.Contains(got, name) {
				hit++
			}
		}
	}
	slices.SortFunc(ideal, func(a, b int) int { return b - a })
	gain := func(g, i int) float64 { return (math.Exp2(float64(g)) - 1) / math.Log2(float64(i)+2) }
	dcg, best := 0.0, 0.0
	for i, name := range got {
		dcg += gain(j.grades[name], i)
	}
	for i, g := range ideal[:min(10, len(ideal))] {
		best += gain(g, i)
	}
	m.ndcg += dcg / best
	m.recall += float64(hit) / float64(relevant)
	if len(got) > 0 && j.grades[got[0]] == ideal[0] {
		m.first++
	}
}

func (m measured) mean() measured {
	n := float64(max(1, m.queries))
	return measured{m.queries, m.ndcg / n, m.recall / n, m.empty / n, m.first / n}
}

// with is the mean of two sets together.
func (m *measured) with(o *measured) measured {
	sum := measured{m.queries + o.queries, m.ndcg + o.ndcg, m.recall + o.recall, m.empty + o.empty, m.first + o.first}
	return sum.mean()
}

// No query may be found because it repeats a title or a heading: it shares no four syllables in a row with one.
func TestQueriesAreNoTitles(t *testing.T) {
	s := fill(t, 0)
	runs := make(map[string]string)
	each := func(text string, visit func(run string)) {
		words := strings.Fields(normalize.Keys(normalize.Fold(text)))
		for i := 0; i+4 <= len(words); i++ {
			visit(strings.Join(words[i:i+4], " "))
		}
	}
	for name, p := range s.plans {
		texts := []string{p.Title}
		for i := range p.Sections {
			texts = append(texts, p.Sections[i].Heading)
		}
		for _, text := range texts {
			each(text, func(run string) { runs[run] = name + ": " + text })
		}
	}
	if len(runs) < 300 {
		t.Fatalf("only %d runs in titles and headings", len(runs))
	}
	kinds, tasked := make(map[string]int), 0
	for _, row := range rows(t, judgedQueries) {
		text := row[3]
		if typed, ok := normalize.Typed(text); ok {
			text = typed
		}
		each(text, func(run string) {
			if where := runs[run]; where != "" {
				t.Errorf("%s: %q stands in %s", row[3], run, where)
			}
		})
		kinds[row[1]]++
		if row[2] != "0" {
			tasked++
		}
	}
	if n := len(rows(t, judgedQueries)); n < 80 || len(kinds) < 10 || tasked < 30 {
		t.Errorf("%d queries of %d kinds, %d from tasks", n, len(kinds), tasked)
	}
}

func TestRelevance(t *testing.T) {
	made := 40
	if *relevanceFull {
		made = 1000
	}
	if *relevanceMade > 0 {
		made = *relevanceMade
	}
	s := fill(t, made)
	all := append(queries(t), questions(t)...)
	for _, j := range all {
		for name := range j.grades {
			if s.plans[name] == nil {
				t.Fatalf("%s: there is no document %s", j.text, name)
			}
		}
	}
	sets := []string{"queries", "questions", "questions, bare"}
	halves := []string{"tuning", "test"}
	systems := []struct {
		name string
		ask  found
	}{
		{"kehoach", ours(t, s)},
		{"bleve", bleveOf(t, s, nil)},
		{"bleve, folded", bleveOf(t, s, normalize.Fold)},
		{"FTS5", fts5(t, s, 0)},
		{"FTS5, folded", fts5(t, s, 2)},
	}
	type key struct{ set, half string }
	own := make(map[key]measured)
	var out strings.Builder
	kinds := make(map[string]*measured)
	fmt.Fprintf(&out, "%-14s %-16s %-7s %5s %8s %10s %6s %6s\n", "", "set", "half", "n", "nDCG@10", "recall@10", "first", "empty")
	for i, system := range systems {
		sums := make(map[key]*measured)
		for _, j := range all {
			got, err := system.ask(j.text)
			if err != nil {
				t.Fatalf("%s: %s: %v", system.name, j.text, err)
			}
			k := key{j.set, j.half}
			if sums[k] == nil {
				sums[k] = new(measured)
			}
			sums[k].add(j, got)
			if i > 0 {
				continue
			}
			if kinds[j.kind] == nil {
				kinds[j.kind] = new(measured)
			}
			kinds[j.kind].add(j, got)
			var one measured
			if one.add(j, got); *relevanceMiss && one.ndcg < 0.999 && j.half == "tuning" {
				fmt.Fprintf(&out, "%.2f %s\n     want %v\n     got  %v\n", one.ndcg, j.text, j.grades, got[:min(4, len(got))])
			}
		}
		for _, set := range sets {
			for _, half := range halves {
				k := key{set, half}
				m := sums[k].mean()
				fmt.Fprintf(&out, "%-14s %-16s %-7s %5d %8.3f %10.3f %6.3f %6.3f\n", system.name, set, half, m.queries, m.ndcg, m.recall, m.first, m.empty)
			}
			all := sums[key{set, "tuning"}].with(sums[key{set, "test"}])
			fmt.Fprintf(&out, "%-14s %-16s %-7s %5d %8.3f %10.3f %6.3f %6.3f\n", system.name, set, "both", all.queries, all.ndcg, all.recall, all.first, all.empty)
			sums[key{set, "both"}] = &all
			if i == 0 {
				own[key{set, "both"}] = all
			}
		}
		// Each half of each set is a measure; beside few made documents the halves of the questions are one. What has found nearly all there is
		// may find as much as we do, but in no better order.
		measures := []key{{"queries", "tuning"}, {"queries", "test"}, {"questions", "both"}, {"questions, bare", "both"}}
		if *relevanceFull {
			measures = append(measures[:2], key{"questions", "tuning"}, key{"questions", "test"}, key{"questions, bare", "tuning"}, key{"questions, bare", "test"})
		}
		for _, k := range measures {
			m := *sums[k]
			if k.half != "both" {
				m = m.mean()
			}
			if i == 0 {
				own[k] = m
			} else if o := own[k]; m.ndcg >= o.ndcg || m.recall > o.recall || m.recall == o.recall && m.recall < nearlyAll {
				t.Errorf("%s, %s: nDCG %.3f and recall %.3f; %s has %.3f and %.3f", k.set, k.half, o.ndcg, o.recall, system.name, m.ndcg, m.recall)
			}
		}
	}
	if marked, bare := own[key{"questions", "both"}], own[key{"questions, bare", "both"}]; marked.ndcg-bare.ndcg > 0.02 || marked.recall-bare.recall > 0.02 {
		t.Errorf("without marks questions lose %.3f nDCG and %.3f recall", marked.ndcg-bare.ndcg, marked.recall-bare.recall)
	}
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		m := kinds[kind].mean()
		fmt.Fprintf(&out, "%-14s %-16s %-7s %5d %8.3f %10.3f %6.3f %6.3f\n", "kehoach", kind, "both", m.queries, m.ndcg, m.recall, m.first, m.empty)
	}
	if *relevanceFull || *relevanceMiss {
		fmt.Print(out.String())
	}
}
