package main

import (
	"bufio"
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"kehoach/index"
)

func newFacets(e *env) *cobra.Command {
	var by, passage string
	var limit int
	var filters *filterFlags
	names := make([]string, len(index.FacetKinds))
	for i, k := range index.FacetKinds {
		names[i] = k.Name
	}
	cmd := &cobra.Command{
		Use:   "facets [QUERY…]",
		Short: "Count what a search finds, by province, year, agency …",
		Long: `Count what a search finds: how many plans, and how many of their sections. The query and the filters are
those of search. Each facet is counted as if no filter of its own were set, so that --year 2021 still shows how many
there are of 2022.

Facets: ` + strings.Join(names, ", ") + `.

With --json each count is one line: {by, key, name, plans, sections}.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			a, err := e.ask(cmd, args, filters)
			if err != nil {
				return err
			}
			defer a.close()
			if !cmd.Flags().Changed("limit") && e.json {
				limit = 0
			}
			if passage != "" {
				if err := a.holdTo(cmd.Context(), passage); err != nil {
					return err
				}
			}
			return a.facets(cmd.Context(), strings.Split(by, ","), limit)
		},
	}
	cmd.Flags().StringVar(&by, "by", "province,year,lead,kind,type,program", "what to count by, separated by commas")
	cmd.Flags().IntVar(&limit, "limit", 10, "how many values of each; 0 is all (and the default with --json)")
	addPassageFlag(cmd, &passage)
	filters = addFilterFlags(cmd)
	return cmd
}

// facetCount is one line of --json.
type facetCount struct {
	By       string `json:"by"`
	Key      string `json:"key"`
	Name     string `json:"name"`
	Plans    int    `json:"plans"`
	Sections int    `json:"sections"`
}

func (a *asked) facets(ctx context.Context, by []string, limit int) error {
	for i := range by {
		by[i] = strings.TrimSpace(by[i])
	}
	facets, err := a.index.Facets(ctx, a.query, by)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(a.stdout)
	if a.json {
		for _, f := range facets {
			for i, c := range f.Values {
				if limit > 0 && i == limit {
					break
				}
				if err := encodeLine(out, facetCount{f.By, c.Key, c.Name, c.Plans, c.Records}); err != nil {
					return fmt.Errorf("facets: %w", err)
				}
			}
		}
	} else {
		res, err := a.index.Search(ctx, index.Query{Words: a.query.Words, Literal: a.query.Literal, Plain: a.query.Plain, Filter: a.query.Filter, Among: a.query.Among})
		if err != nil {
			return err
		}
		a.writeFacets(out, facets, res, limit)
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("facets: %w", err)
	}
	return nil
}

// The columns of a page of counts: a name, a bar, and two numbers.
const (
	nameColumns   = 42
	barColumns    = 16
	numberColumns = 9
)

func (a *asked) writeFacets(out *bufio.Writer, facets []index.Facet, res *index.Result, limit int) {
	if res.Records == 0 && !a.quiet {
		fmt.Fprintln(a.stderr, "Nothing found.")
	}
	ink := a.ink()
	first := true
	for _, f := range facets {
		if len(f.Values) == 0 {
			continue
		}
		if !first {
			out.WriteByte('\n')
		}
		if first {
			fmt.Fprintf(out, "%s%s%s\n", ink.faint, strings.Repeat(" ", nameColumns+barColumns+2)+right("plans", numberColumns)+" "+right("sections", numberColumns), ink.plain)
		}
		first = false
		fmt.Fprintf(out, "%s%s%s\n", ink.strong, f.By, ink.plain)
		most := 0
		for _, c := range f.Values {
			most = max(most, c.Plans)
		}
		for i, c := range f.Values {
			if limit > 0 && i == limit {
				fmt.Fprintf(out, "%s  … and %s%s\n", ink.faint, counted(len(f.Values)-limit, "more value"), ink.plain)
				break
			}
			bar := strings.Repeat("▇", max(1, c.Plans*barColumns/max(1, most)))
			fmt.Fprintf(out, "  %s %s%s %s %s\n", left(c.Name, nameColumns-2), left(bar, barColumns), ink.plain,
				right(thousands(c.Plans), numberColumns), right(thousands(c.Records), numberColumns))
		}
	}
	if !first {
		fmt.Fprintf(out, "\n%s found\n", counted(res.Plans, "plan"))
	}
}

// left fills a text up to a width, and cuts it where it is wider.
func left(s string, width int) string {
	if n := columns(s); n <= width {
		return s + strings.Repeat(" ", width-n)
	}
	n := 0
	for i, r := range s {
		if n += columns(string(r)); n > width-1 {
			return s[:i] + "…"
		}
	}
	return s
}

func right(s string, width int) string {
	return strings.Repeat(" ", max(0, width-columns(s))) + s
}
