package main

import (
	"bufio"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"kehoach"
	"kehoach/index"
)

func newReindex(e *env) *cobra.Command {
	var opts kehoach.ReindexOptions
	cmd := &cobra.Command{
		Use:   "reindex",
		Short: "Build the index anew, beside the one in use, and change over",
		Long: `Build a new generation of the index from the plans that the corpus keeps, beside the one in use. It is checked
(every plan and field, the checksums of its files, and queries that must find what they ask for); then what is gained
and lost is said, and it is served from then on by one rename. Readers never see a half index, and whatever ends this
early leaves the old generation in use.

--dry-run says what would be gained and lost, and changes nothing.
The generation before stays, for "kehoach rollback"; --keep says how many.

With --json every count that changes is one line {of, before, after, gained, lost, changed}; the last line is
{generation, was, plans, removed}.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			dir, err := e.dataDir()
			if err != nil {
				return err
			}
			if opts.Keep < 1 {
				return usage{cmd, fmt.Errorf("--keep must be at least 1, so that there is a way back")}
			}
			steps, stop := e.startSteps()
			opts.Progress = steps
			defer stop()
			out := bufio.NewWriter(e.stdout)
			r, err := kehoach.Reindex(cmd.Context(), dir, opts, func(r *kehoach.Reindexed) error {
				stop()
				e.writeChanges(out, r)
				return out.Flush()
			})
			if err != nil {
				return err
			}
			if !opts.DryRun {
				e.writeReindexed(out, r)
			}
			return out.Flush()
		},
	}
	cmd.Flags().BoolVar(&opts.DryRun, "dry-run", false, "say what would be gained and lost, and change nothing")
	cmd.Flags().IntVar(&opts.Keep, "keep", 2, "how many older generations stay")
	return cmd
}

// writeChanges says what is gained and lost.
func (e *env) writeChanges(out *bufio.Writer, r *kehoach.Reindexed) {
	if e.json {
		for _, c := range r.Changes {
			if !c.Same() {
				_ = encodeLine(out, c) // the flush tells of a full disk
			}
		}
		return
	}
	var rows []index.Change
	for i, c := range r.Changes {
		if i < 2 || !c.Same() { // plans and sections always
			rows = append(rows, c)
		}
	}
	fmt.Fprintf(out, "%s%s%s%s%s%s\n", padRight("", 24), padLeft("before", 10), padLeft("after", 10), padLeft("gained", 10), padLeft("lost", 10), padLeft("other", 10))
	for _, c := range rows {
		name := c.Of
		if kind, ok := strings.CutPrefix(name, "kind "); ok {
			name = "  " + kind
		}
		line := padRight(name, 24) + padLeft(thousands(c.Before), 10) + padLeft(thousands(c.After), 10)
		for _, n := range []int{c.Gained, c.Lost, c.Changed} {
			cell := "·"
			if n > 0 {
				cell = thousands(n)
			}
			line += padLeft(cell, 10)
		}
		fmt.Fprintln(out, line)
	}
	if len(rows) == 2 && rows[0].Same() && rows[1].Same() {
		fmt.Fprintln(out, "Nothing changes.")
	} else {
		fmt.Fprintln(out, "\nGained, lost and other count plans: those that have it now and had not, had it and")
		fmt.Fprintln(out, "have not, and have other values or another number of it.")
	}
}

func (e *env) writeReindexed(out *bufio.Writer, r *kehoach.Reindexed) {
	if e.json {
		_ = encodeLine(out, struct {
			Generation string   `json:"generation"`
			Was        string   `json:"was,omitempty"`
			Plans      int      `json:"plans"`
			Removed    []string `json:"removed"`
		}{r.Now, r.Was, r.Plans, append([]string{}, r.Removed...)})
		return
	}
	if e.quiet {
		return
	}
	fmt.Fprintf(out, "\nGeneration %s is served: %s, in %s.\n", r.Now, counted(r.Plans, "plan"), r.Took.Round(10*time.Millisecond))
	if r.Was != "" {
		fmt.Fprintf(out, "Back to the one before: kehoach rollback %s\n", r.Was)
	}
	if len(r.Removed) > 0 {
		fmt.Fprintf(out, "Removed: %s\n", strings.Join(r.Removed, ", "))
	}
}
