package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"kehoach"
	"kehoach/corpus"
	"kehoach/corpus/sample"
	"kehoach/plan"
)

// tour is what the demo runs behind its table, each as anyone would type it.
var tour = []struct {
	say  string
	args []string
}{
	{"Ask for words, with or without their marks; sections are found, not files.", []string{"search", "nuoc sach", "--limit", "3"}},
	{"Count what was found: by province, kind of section and the agency that leads.", []string{"facets", "nuoc sach", "--by", "province,kind,lead", "--limit", "5"}},
	{"Set plans side by side that carry out one decision: which agency leads +\nsupports how many tasks, by province. Without the filter it is the whole corpus.",
		[]string{"compare", "agencies", "--program", "2087/QĐ-TTg", "--limit", "12"}},
}

func newDemo(e *env) *cobra.Command {
	var keep string
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Take the sample documents through the whole way",
		Long: `Take the sample documents through the whole way, into a temporary corpus, and show what was found: a table of
the plans, one search with its facets, and the matrix of agencies. --keep DIR leaves the corpus in a folder.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			work, err := os.MkdirTemp("", "kehoach-demo-")
			if err != nil {
				return fmt.Errorf("demo: %w", err)
			}
			defer os.RemoveAll(work)
			data := filepath.Join(work, "corpus")
			if keep != "" {
				data = keep
			}
			return e.demo(cmd.Context(), filepath.Join(work, "samples"), data, keep != "")
		},
	}
	cmd.Flags().StringVar(&keep, "keep", "", "keep the corpus in this folder")
	return cmd
}

// demo unpacks the samples, ingests them into data, and shows what is there.
func (e *env) demo(ctx context.Context, samples, data string, kept bool) error {
	if err := os.CopyFS(samples, sample.Files()); err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	count := 0
	fs.WalkDir(sample.Files(), ".", func(_ string, d fs.DirEntry, _ error) error {
		if d != nil && !d.IsDir() {
			count++
		}
		return nil
	})
	fmt.Fprintf(e.stdout, "kehoach reads the plans (kế hoạch) of Vietnamese authorities. Here are %d sample\ndocuments, taken the whole way: read, structured, kept, indexed.\n\n", count)
	fmt.Fprintln(e.stdout, "$ kehoach ingest samples/")
	report, err := kehoach.Ingest(ctx, data, []string{samples}, kehoach.Options{})
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	fmt.Fprintf(e.stdout, "%d added, %d could not be read (%s)\n", report.Added, report.Quarantined, report.Took.Round(10*time.Millisecond))
	c, err := corpus.Open(data)
	if err != nil {
		return err
	}
	err = writePlans(e.stdout, c)
	if cerr := c.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	for _, t := range tour {
		fmt.Fprintf(e.stdout, "\n%s\n\n", t.say)
		if err := e.step(ctx, data, t.args); err != nil {
			return err
		}
	}
	fmt.Fprint(e.stdout, goOn(data, kept))
	return nil
}

// step shows a command line and runs it on the corpus in data.
func (e *env) step(ctx context.Context, data string, args []string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	words := []string{"$ kehoach"}
	for _, a := range args {
		if strings.Contains(a, " ") {
			a = `"` + a + `"`
		}
		words = append(words, a)
	}
	fmt.Fprintln(e.stdout, strings.Join(words, " "))
	root := e.root(&env{stdin: e.stdin, stdout: e.stdout, stderr: e.stderr})
	root.SetArgs(append([]string{"--data", data}, args...))
	return root.ExecuteContext(ctx)
}

// The columns of the table of plans.
const (
	numberColumn = 16
	issuerColumn = 34
	dateColumn   = 10
)

// writePlans writes a line for every plan, the oldest first: number, issuer, date, and how much was found in it.
func writePlans(out io.Writer, c *corpus.Corpus) error {
	fmt.Fprintf(out, "\n%s  %s  %s %s\n", padRight("number", numberColumn), padRight("issuer", issuerColumn), padRight("issued", dateColumn), " nodes tasks")
	fmt.Fprintln(out, strings.Repeat("-", pageWidth))
	var plans []*plan.Plan
	for p, err := range c.Select(plan.Filter{}) {
		if err != nil {
			return err
		}
		plans = append(plans, p)
	}
	slices.SortStableFunc(plans, func(a, b *plan.Plan) int { return cmp.Compare(a.Issued, b.Issued) })
	nodes, tasks, citations, deadlines, problems := 0, 0, 0, 0, 0
	for _, p := range plans {
		number := p.Number
		if number == "" {
			number = "–/" + p.Symbol
		}
		if p.Number == "" && p.Symbol == "" {
			number = "–"
		}
		issuer := strings.Replace(p.Issuer.Name, "Ủy ban nhân dân", "UBND", 1)
		issuer = strings.Replace(issuer, "Uỷ ban nhân dân", "UBND", 1)
		issued := p.Issued
		if issued == "" {
			issued = "–"
		}
		fmt.Fprintf(out, "%s  %s  %s %6d %5d\n", padRight(clip(number, numberColumn), numberColumn), padRight(clip(issuer, issuerColumn), issuerColumn), padRight(issued, dateColumn), len(p.Sections), len(p.Assignments))
		nodes, tasks = nodes+len(p.Sections), tasks+len(p.Assignments)
		citations, deadlines, problems = citations+len(p.Citations), deadlines+len(p.Deadlines), problems+len(p.Problems)
	}
	fmt.Fprintln(out, strings.Repeat("-", pageWidth))
	fmt.Fprintf(out, "%d nodes of outlines, %d tasks of agencies, %d citations, %d deadlines;\n%d things that a careful reader would want to know (kehoach show ID).\n",
		nodes, tasks, citations, deadlines, problems)
	return nil
}

// goOn says what to try next.
func goOn(data string, kept bool) string {
	where := "The corpus of this demo is gone again; kehoach demo --keep DIR leaves it to you."
	if kept {
		where = "The corpus is in " + data + ": give it to other commands with --data."
	}
	return `
How to go on
  kehoach ingest PATH…            your own files, folders or zip archives
  kehoach search "chuyển đổi số"  what was found, ranked; --json for programs
  kehoach show ID                 one plan, whole; an ID stands in every hit
  kehoach export --table assignments --format csv -o tasks.csv
  kehoach parse --json FILE       one file, nothing kept
` + where + "\n"
}
