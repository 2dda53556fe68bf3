package index

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"syscall"
	"testing"

	"kehoach/plan"
)

// benchPlans makes plans of about 11 KB: syllables with natural frequencies (Zipf), 30 sections, 12 agencies.
func benchPlans(n int, seed uint64) []*plan.Plan {
	rng := rand.New(rand.NewPCG(seed, 2))
	onsets := strings.Fields("b c ch d đ g h k kh l m n ng nh ph qu r s t th tr v x")
	rhymes := strings.Fields(`a á à ả ã ạ an án àn ản ạn ang áng àng anh ành ao áo ào ay ày âu ấu ầu ân ấn ần e é è ên ến ền
		ê ế ề i í ì ỉ ị iên iến iền iều iểu inh ính ình o ó ò ỏ ọ oa oá oà ô ố ồ ổ ộ ông ống ồng ơ ớ ờ ở ợ u ú ù ủ ụ
		uy ung ương ướng ường ước ư ứ ừ ử ự ăn ắn ăng ắng oan oán oạch uyển uyền`)
	var vocabulary []string
	for _, o := range onsets {
		for _, r := range rhymes {
			vocabulary = append(vocabulary, o+r)
		}
	}
	rng.Shuffle(len(vocabulary), func(i, j int) { vocabulary[i], vocabulary[j] = vocabulary[j], vocabulary[i] })
	// Half of the text is made of compounds, so that pairs come again as in a language.
	compounds := make([]string, 6000)
	zipf := func(n int) int { return int(math.Exp(rng.Float64()*math.Log(float64(n)))) - 1 }
	for i := range compounds {
		compounds[i] = vocabulary[zipf(len(vocabulary))] + " " + vocabulary[zipf(len(vocabulary))]
	}
	words := func(b *strings.Builder, n int) {
		for i := 0; i < n; {
			if rng.IntN(2) == 0 {
				b.WriteString(compounds[zipf(len(compounds))])
				i += 2
			} else {
				b.WriteString(vocabulary[zipf(len(vocabulary))])
				i++
			}
			switch rng.IntN(12) {
			case 0:
				b.WriteString(", ")
			case 1:
				b.WriteString(". ")
			default:
				b.WriteByte(' ')
			}
		}
	}
	plans := make([]*plan.Plan, n)
	for i := range plans {
		p := made(rng, fmt.Sprintf("%016x", rng.Uint64()))
		var text, title strings.Builder
		words(&title, 18)
		p.Title = title.String()
		text.WriteString("KẾ HOẠCH\n" + p.Title + "\n")
		words(&text, 80)
		p.Sections = nil
		for s := range 30 {
			text.WriteByte('\n')
			section := plan.Section{ID: s, Label: fmt.Sprint(s), Level: 1 + s%3, Kind: plan.Kinds[s%len(plan.Kinds)]}
			section.Span.Start = text.Len()
			fmt.Fprintf(&text, "%d. ", s)
			var heading strings.Builder
			words(&heading, 5)
			section.Heading = heading.String()
			text.WriteString(section.Heading + "\n")
			words(&text, 65)
			section.Span.End = text.Len()
			p.Sections = append(p.Sections, section)
		}
		text.WriteString("\nTrên đây là Kế hoạch\nNơi nhận:\n")
		words(&text, 30)
		p.Text = text.String()
		for range 12 {
			b := madeBodies[rng.IntN(len(madeBodies))]
			p.Assignments = append(p.Assignments, plan.Assignment{Agency: b.Name, AgencyID: b.ID, Role: plan.Lead})
		}
		plans[i] = p
	}
	return plans
}

func cpuSeconds() float64 {
	var r syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &r)
	return float64(r.Utime.Sec+r.Stime.Sec) + float64(r.Utime.Usec+r.Stime.Usec)/1e6
}

// BenchmarkBuild adds 2,000 plans in batches of 300, and reports the megabytes of text for a second of CPU time and
// how large the index is beside the text.
func BenchmarkBuild(b *testing.B) {
	plans := benchPlans(2000, 7)
	bytes := 0
	for _, p := range plans {
		bytes += len(p.Text)
	}
	b.ResetTimer()
	for b.Loop() {
		from := cpuSeconds()
		x, err := Create(b.TempDir())
		if err != nil {
			b.Fatal(err)
		}
		for i := 0; i < len(plans); i += 1000 {
			if err := x.Add(plans[i:min(i+1000, len(plans))]); err != nil {
				b.Fatal(err)
			}
		}
		s, err := x.Stats()
		if err != nil {
			b.Fatal(err)
		}
		if err := x.Close(); err != nil {
			b.Fatal(err)
		}
		used := cpuSeconds() - from
		b.ReportMetric(float64(bytes)/1e6/used, "MB/CPU-s")
		b.ReportMetric(used*1000/float64(len(plans)), "CPU-ms/doc")
		b.ReportMetric(float64(s.Bytes)/float64(bytes), "index/text")
		b.ReportMetric(float64(s.Segments), "segments")
	}
}

func BenchmarkAnalyse(b *testing.B) {
	plans := benchPlans(50, 7)
	bytes := 0
	for _, p := range plans {
		bytes += len(p.Text)
	}
	b.SetBytes(int64(bytes))
	a := newAnalyzer()
	for b.Loop() {
		for _, p := range plans {
			a.documents(p, Origin{})
		}
	}
}

func BenchmarkSearch(b *testing.B) {
	plans := benchPlans(3000, 7)
	x, err := Create(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	defer x.Close()
	if err := x.Add(plans); err != nil {
		b.Fatal(err)
	}
	title := strings.Fields(strings.NewReplacer(",", "", ".", "").Replace(plans[5].Title))
	for name, q := range map[string]Query{
		"term":   {Words: title[0], Limit: 10},
		"all":    {Words: strings.Join(title[:3], " "), Limit: 10},
		"phrase": {Words: `"` + strings.Join(title[:2], " ") + `"`, Limit: 10},
		"folded": {Words: strings.ToLower(foldForTest(strings.Join(title[:3], " "))), Limit: 10},
		"facets": {Words: title[0], Filter: plan.Filter{Year: plan.Range{From: "2019", To: "2021"}}},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				var err error
				if name == "facets" {
					_, err = x.Facets(context.Background(), q, []string{"province", "year", "type", "lead", "kind"})
				} else {
					_, err = x.Search(context.Background(), q)
				}
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
