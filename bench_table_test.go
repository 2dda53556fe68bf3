//go:build linux

package kehoach_test

import (
	"fmt"
	"strings"
)

// table is what a benchmark prints: what was measured beside what is asked.
type table struct{ rows [][]string }

// build adds the rows of building.
func (t *table) build(r built, large bool) {
	memory := "1000"
	if large {
		memory = "1500"
	}
	mb := float64(r.Text) / 1e6
	t.rows = append(t.rows,
		[]string{fmt.Sprintf("building: %d documents, %d sections, %.1f KB each, %.0f CPU-s", r.Docs, r.Sections, mb*1000/float64(r.Docs), r.CPU)},
		[]string{"MB of text per CPU-s", fmt.Sprintf("%.2f", mb/r.CPU), "2.5", "8"},
		[]string{"peak memory, MB", fmt.Sprintf("%.0f", r.Peak), memory, "800"},
		[]string{"index / text", fmt.Sprintf("%.2f", float64(r.Index)/float64(r.Text)), "1.6", "1.0"},
		[]string{"segments", fmt.Sprint(r.Segments)})
}

// class adds the rows of a class of questions.
func (t *table) class(c class, one, eight timing, large bool) {
	floor := fmt.Sprintf("%g/%g", c.p50, c.p99)
	if large {
		floor = fmt.Sprintf("%g/%g", c.p50Large, c.p99Large)
	}
	t.rows = append(t.rows, []string{c.name, fmt.Sprintf("%.2f / %.2f", one.p50, one.p99), floor, fmt.Sprintf("%g/%g", c.goal50, c.goal99),
		fmt.Sprintf("cpu %.2f / %.2f, mean %.2f; %d found; 8 clients p99 %.1f = %.1f×", one.cpu50, one.cpu99, one.cpu, one.hits, eight.p99, eight.p99/one.p99)})
}

func (t *table) String() string {
	var out strings.Builder
	fmt.Fprintf(&out, "\n%-26s %16s %10s %8s\n", "", "measured", "at least", "goal")
	for _, r := range t.rows {
		if len(r) == 1 {
			fmt.Fprintln(&out, r[0])
			continue
		}
		for len(r) < 5 {
			r = append(r, "")
		}
		fmt.Fprintf(&out, "%-26s %16s %10s %8s  %s\n", r[0], r[1], r[2], r[3], r[4])
	}
	return out.String()
}

// peersTable sets other engines beside ours; nil stands for one that is not there. Behind each figure of theirs stands how many times
// ours it is.
func peersTable(r built, ours map[string]timing, peers ...*peer) string {
	var out strings.Builder
	row := func(name, own string, theirs func(p *peer) (text string, times float64)) {
		fmt.Fprintf(&out, "%-30s %16s", name, own)
		for _, p := range peers {
			if p != nil {
				text, times := theirs(p)
				fmt.Fprintf(&out, "  %17s %6s", text, fmt.Sprintf("%.2g×", times))
			}
		}
		out.WriteByte('\n')
	}
	fmt.Fprintf(&out, "\nThe same records and questions, one client: the ten best and the counts; × is how many times ours, so that above 1 ours is less.\nOurs also looks into headings and titles, and so finds more\n%-30s %16s", "", "kehoach")
	for _, p := range peers {
		if p != nil {
			fmt.Fprintf(&out, "  %24s", p.Name)
		}
	}
	out.WriteByte('\n')
	of := func(name, format string, figure func(r built) float64) {
		row(name, fmt.Sprintf(format, figure(r)), func(p *peer) (string, float64) {
			return fmt.Sprintf(format, figure(p.Built)), figure(p.Built) / figure(r)
		})
	}
	of("building, CPU-s", "%.0f", func(r built) float64 { return r.CPU })
	of("building, s", "%.0f", func(r built) float64 { return r.Wall })
	of("peak memory, MB", "%.0f", func(r built) float64 { return r.Peak })
	of("index / text", "%.2f", func(r built) float64 { return float64(r.Index) / float64(r.Text) })
	for _, c := range classes {
		one, asked := ours[c.name]
		if !asked || c.name == pageClass {
			continue
		}
		for _, f := range []struct {
			name   string
			figure func(t timing) float64
		}{
			{c.name + ", p50", func(t timing) float64 { return t.p50 }},
			{"  p99", func(t timing) float64 { return t.p99 }},
			{"  CPU, p50", func(t timing) float64 { return t.cpu50 }},
		} {
			row(f.name, fmt.Sprintf("%.2f", f.figure(one)), func(p *peer) (string, float64) {
				theirs := f.figure(p.timing(c.name))
				return fmt.Sprintf("%.2f", theirs), theirs / max(f.figure(one), 1e-3)
			})
		}
		row("  records found, mean", fmt.Sprint(one.hits), func(p *peer) (string, float64) {
			n := p.timing(c.name).hits
			return fmt.Sprint(n), float64(n) / float64(max(1, one.hits))
		})
	}
	return out.String()
}
