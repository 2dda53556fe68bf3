//go:build linux

package kehoach_test

import (
	"fmt"
	"strings"
)

// table is what a benchmark prints: what was measured beside what is asked.
type table struct{ rows [][]string }

// build adds the rows of building.
func (t *table) build(r built, peakMB float64, large bool) {
	memory := "1000"
	if large {
		memory = "1500"
	}
	mb := float64(r.Text) / 1e6
	t.rows = append(t.rows,
		[]string{fmt.Sprintf("building: %d documents, %d sections, %.1f KB each, %.0f CPU-s", r.Docs, r.Sections, mb*1000/float64(r.Docs), r.CPU)},
		[]string{"MB of text per CPU-s", fmt.Sprintf("%.2f", mb/r.CPU), "2.5", "8"},
		[]string{"peak memory, MB", fmt.Sprintf("%.0f", peakMB), memory, "800"},
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

// peer is the rows of another engine: its times, and ours by its.
func (t *table) peer(p *peer, ours map[string]timing) string {
	var out strings.Builder
	fmt.Fprintf(&out, "\n%s: %.2f MB of text per CPU-s, index / text %.2f\n", p.Name, p.MBPerCPU, p.Ratio)
	for _, c := range classes {
		if len(p.Times[c.name]) == 0 {
			continue
		}
		p50, p99, used := p.times(c.name)
		one := ours[c.name]
		fmt.Fprintf(&out, "%-26s %16s  cpu %.2f; kehoach by it: p50 %.2f×, p99 %.2f×, cpu %.2f×\n", c.name, fmt.Sprintf("%.2f / %.2f", p50, p99), used,
			one.p50/max(p50, 1e-3), one.p99/max(p99, 1e-3), one.cpu50/max(used, 1e-3))
	}
	return out.String()
}
