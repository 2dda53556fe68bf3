package accuracy

import (
	"fmt"
	"strings"
)

const pageIntro = `# How well documents are read

Made by ` + "`make accuracy UPDATE=1`" + `, except for the last part, which is kept by hand. ` + "`make accuracy`" + ` measures again and tells gains
and losses against this page; ` + "`make test`" + ` does the same with what is not read from pictures, and fails on a loss that is not
written down in the last part with its reason.

A figure is F1: the harmonic mean of precision (how much of what was found is right) and recall (how much of what is there
was found). – is nothing to find and nothing found; an empty cell is not labelled. Rows with OCR come from scans: recognising
them takes half a minute, so only ` + "`make accuracy`" + ` measures them.

`

const handIntro = `A loss that was accepted, with its reason. A row holds while the figure is not below *to*; a reason has three words or more.

`

const acceptedHead = "| document | measure | from | to | reason |\n|---|---|---|---|---|\n"

// Page is the report as Markdown.
func (r *Report) Page() string {
	var b strings.Builder
	b.WriteString(pageIntro)
	r.table(&b, "## By measure", "measure", func(yield func(string)) {
		for _, c := range columns {
			yield(c.measure)
		}
	})
	b.WriteString(sureIntro)
	r.table(&b, "", "said to be", func(yield func(string)) {
		for _, level := range Levels {
			yield(level)
		}
		for _, what := range Nothings {
			yield(what)
		}
	})
	b.WriteString("\n## By document\n")
	for _, s := range Sets {
		fmt.Fprintf(&b, "\n### %s: %s\n\n| document | by |", s.Name, s.What)
		for _, c := range columns {
			fmt.Fprintf(&b, " %s |", c.head)
		}
		b.WriteString("\n|---|---|" + strings.Repeat("---|", len(columns)) + "\n")
		for _, row := range r.Rows {
			if row.Set != s.Name {
				continue
			}
			by := "text"
			if row.OCR {
				by = "OCR"
			}
			fmt.Fprintf(&b, "| %s | %s |", row.Name, by)
			for _, c := range columns {
				b.WriteString(" " + row.cell(c.measure) + " |")
			}
			b.WriteByte('\n')
		}
	}
	b.WriteString("\n" + r.kept)
	return b.String()
}

// table writes one table by sets; lines gives the names of its lines.
func (r *Report) table(b *strings.Builder, title, head string, lines func(yield func(string))) {
	if title != "" {
		b.WriteString(title + "\n\n")
	}
	fmt.Fprintf(b, "| %s |", head)
	for _, s := range Sets {
		fmt.Fprintf(b, " %s |", s.Name)
	}
	b.WriteString("\n|---|" + strings.Repeat("---|", len(Sets)) + "\n")
	lines(func(name string) {
		fmt.Fprintf(b, "| %s |", name)
		for _, s := range Sets {
			fmt.Fprintf(b, " %s |", r.total(s.Name)[name])
		}
		b.WriteByte('\n')
	})
}

// cell is one figure of a row.
func (f *Figures) cell(measure string) string {
	v, ok := f.F1[measure]
	switch {
	case !ok:
		return ""
	case f.none[measure]:
		return empty
	}
	return figure(v)
}

// total is the sums of a set as printed, by the name of the line.
func (r *Report) total(set string) map[string]string {
	if r.totals == nil {
		r.totals = map[string]map[string]string{}
	}
	if r.totals[set] == nil {
		r.totals[set] = map[string]string{}
	}
	return r.totals[set]
}

// sum makes the sums of a set anew, where all of it was measured.
func (r *Report) sum(set string) {
	all := new(Sheet)
	for _, row := range r.Rows {
		if row.Set != set {
			continue
		}
		if row.sheet == nil {
			return
		}
		all.Add(row.sheet)
	}
	out := r.total(set)
	for _, c := range columns {
		delete(out, c.measure)
		if t := all.Tallies[c.measure]; t != nil && t.Got+t.Want > 0 {
			out[c.measure] = fmt.Sprintf("%s (%d of %d)", figure(round(t.F1())), t.Hit, t.Want)
		}
	}
	for name, t := range all.Calibration() {
		out[name] = "–"
		if t.Want > 0 {
			out[name] = fmt.Sprintf("%s (%d of %d)", figure(round(float64(t.Hit)/float64(t.Want))), t.Hit, t.Want)
		}
	}
}

// Summary is the sums and the calibration of what was measured, for a terminal.
func (r *Report) Summary(verdicts []Verdict) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n%-18s", "measure")
	for _, s := range Sets {
		fmt.Fprintf(&b, "  %-20s", s.Name)
	}
	b.WriteByte('\n')
	line := func(name string) {
		fmt.Fprintf(&b, "%-18s", name)
		for _, s := range Sets {
			fmt.Fprintf(&b, "  %-20s", r.total(s.Name)[name])
		}
		b.WriteByte('\n')
	}
	for _, c := range columns {
		line(c.measure)
	}
	if len(verdicts) > 0 {
		b.WriteString("\nright of what is said to be\n")
		for _, level := range append(Levels, Nothings...) {
			line(level)
		}
	}
	b.WriteByte('\n')
	return b.String()
}
