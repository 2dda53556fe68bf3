package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"kehoach"
	"kehoach/corpus"
	"kehoach/review"
)

func newCorrections(e *env) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "corrections [ID]",
		Short: "What people corrected",
		Long:  `List the corrections that stand, of the whole corpus or of one plan: what was read, what stands in its place, who, when and why.`,
		Args:  cobra.MaximumNArgs(1),
		RunE:  func(cmd *cobra.Command, args []string) error { return e.states(args, false) },
	}
	var output string
	export := &cobra.Command{
		Use:   "export",
		Short: "Write the whole history, one entry a line",
		Long: `Write the whole history as JSON Lines, the oldest entry first: corrections and what ended them. Each entry has an id that is
computed of its words, so that it is the same everywhere; import takes the file in another corpus.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return e.exportCorrections(output) },
	}
	export.Flags().StringVarP(&output, "output", "o", "-", "where to; - is standard output")
	cmd.AddCommand(export, &cobra.Command{
		Use:   "import FILE",
		Short: "Take in the entries of a file",
		Long: `Take in the entries of a file that export wrote; - is standard input. Entries that are there already are not taken again, those of
plans that are not in the corpus are counted and left out. Where entries of two people meet, the later one stands; they are told.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return e.importCorrections(cmd, args[0]) },
	}, &cobra.Command{
		Use:   "blame ID [FIELD]",
		Short: "Who changed what, and when",
		Long:  `Write the history of a plan, or of one field: every entry, the newest first, also those that were undone.`,
		Args:  cobra.RangeArgs(1, 2),
		RunE:  func(cmd *cobra.Command, args []string) error { return e.blame(cmd, args) },
	})
	return cmd
}

func newConflicts(e *env) *cobra.Command {
	return &cobra.Command{
		Use:   "conflicts [ID]",
		Short: "Where what is read now disagrees with what was corrected",
		Long: `List the corrections that a person should look at, because the document was read anew since:

  differs     the extraction says a third thing now; the correction stands
  words gone  the words that it holds on to are gone; the correction stands
  lost        the words, or the element that they belonged to, are gone: the correction does nothing
  redundant   the extraction says now what was corrected; the correction may be undone`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return e.states(args, true) },
	}
}

// line writes one line of JSON to standard output.
func (e *env) line(v any) error {
	out := bufio.NewWriter(e.stdout)
	return errors.Join(encodeLine(out, v), out.Flush())
}

// states lists how the corrections stand, of one plan or of all; with conflicts, only those that need a look.
func (e *env) states(args []string, conflicts bool) error {
	c, err := e.openCorpus()
	if err != nil {
		return err
	}
	defer c.Close()
	ids := []string(nil)
	if len(args) == 1 {
		p, err := c.Extracted(args[0])
		if err != nil {
			return err
		}
		ids = []string{p.ID}
	} else if ids, err = c.Reviewed(); err != nil {
		return err
	}
	out := bufio.NewWriter(e.stdout)
	found := 0
	for _, id := range ids {
		p, err := c.Extracted(id)
		if err != nil {
			return err
		}
		history, err := c.Corrections(id)
		if err != nil {
			return err
		}
		shown, states := review.Apply(p, history)
		first := true
		for i := range states {
			s := &states[i]
			if conflicts && s.Status == review.Stands {
				continue
			}
			found++
			if e.json {
				if err := encodeLine(out, struct {
					review.State
					Of string `json:"of"` // the plan that it stands in now
				}{*s, id}); err != nil {
					return err
				}
				continue
			}
			if first {
				if found > 1 {
					out.WriteByte('\n')
				}
				out.WriteString(wrap(join(" · ", join(" ", shown.Type.Name, shown.Number), shown.Title), pageWidth, id[:12]+"  ", "  "))
				first = false
			}
			writeState(out, s)
		}
	}
	if found == 0 && !e.json && !e.quiet {
		what := "Nothing was corrected.\n"
		if conflicts {
			what = "No correction is at odds with what is read.\n"
		}
		out.WriteString(what)
	}
	return out.Flush()
}

// writeState writes one correction and how it stands.
func writeState(out *bufio.Writer, s *review.State) {
	field := s.Place
	if field == "" {
		field = s.Field
	}
	row := func(name, text string) {
		if text != "" {
			out.WriteString(wrap(text, pageWidth, fmt.Sprintf("    %-11s", name), strings.Repeat(" ", 15)))
		}
	}
	out.WriteString(wrap(field+": "+string(s.Status), pageWidth, "  ", "    "))
	row("corrected", nothing(s.Value))
	row("read was", nothing(s.Read))
	if s.Status != review.Stands && s.Status != review.Redundant && s.Now != s.Read {
		row("read now", nothing(s.Now))
	}
	if s.Status == review.Lost && len(s.Anchors) > 0 {
		row("held on to", "“"+s.Anchors[0].Exact+"”")
	}
	row("by", join(", ", s.By, s.At[:min(10, len(s.At))]))
	row("note", s.Note)
	row("entry", s.ID)
}

// nothing is a value, and a word for an empty one.
func nothing(v string) string {
	if v == "" {
		return "(nothing)"
	}
	return v
}

func (e *env) exportCorrections(output string) (err error) {
	c, err := e.openCorpus()
	if err != nil {
		return err
	}
	defer c.Close()
	all, err := c.AllCorrections()
	if err != nil {
		return err
	}
	var to io.Writer = e.stdout
	if output != "-" {
		f, err := os.Create(output)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, f.Close()) }()
		to = f
	}
	out := bufio.NewWriter(to)
	for i := range all {
		if err := encodeLine(out, &all[i]); err != nil {
			return err
		}
	}
	return out.Flush()
}

func (e *env) importCorrections(cmd *cobra.Command, name string) error {
	dir, err := e.dataDir()
	if err != nil {
		return err
	}
	in := e.stdin
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		in = f
	}
	var entries []review.Correction
	lines := json.NewDecoder(in)
	for n := 1; ; n++ {
		var c review.Correction
		if err := lines.Decode(&c); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return fmt.Errorf("%s: entry %d: %w", name, n, err)
		}
		if err := c.Check(); err != nil {
			return fmt.Errorf("%s: entry %d: %w", name, n, err)
		}
		entries = append(entries, c)
	}
	away, met := 0, []string(nil)
	added, err := kehoach.Review(cmd.Context(), dir, func(c *corpus.Corpus) ([]review.Correction, error) {
		var here []review.Correction
		for _, entry := range entries {
			if _, err := c.Extracted(entry.Plan); errors.Is(err, corpus.ErrNoPlan) {
				away++
				continue
			} else if err != nil {
				return nil, err
			}
			here = append(here, entry)
			history, err := c.Corrections(entry.Plan)
			if err != nil {
				return nil, err
			}
			if other, ok := review.Rival(history, entry); ok {
				met = append(met, fmt.Sprintf("%s %s: %s says %s, %s says %s; the later one stands", entry.Plan, entry.Field,
					other.By, nothing(other.Value), entry.By, nothing(entry.Value)))
			}
		}
		return here, nil
	})
	if err != nil && added == 0 {
		return err
	}
	if e.json {
		return errors.Join(err, e.line(map[string]any{"added": added, "known": len(entries) - added - away, "not_here": away, "met": append([]string{}, met...)}))
	}
	for _, m := range met {
		fmt.Fprint(e.stdout, wrap(m, pageWidth, "", "  "))
	}
	if !e.quiet {
		fmt.Fprintf(e.stdout, "%d entries added, %d known already, %d of plans that are not here\n", added, len(entries)-added-away, away)
	}
	return err
}

// blame writes the history of a plan or of a field, the newest entry first.
func (e *env) blame(cmd *cobra.Command, args []string) error {
	c, err := e.openCorpus()
	if err != nil {
		return err
	}
	defer c.Close()
	p, err := c.Plan(args[0])
	if err != nil {
		return err
	}
	history, err := c.Corrections(p.ID)
	if err != nil {
		return err
	}
	if len(args) == 2 {
		if _, err := review.Look(p, args[1]); err != nil {
			return fieldError(cmd, err)
		}
		history = review.Of(p, history, args[1])
	}
	out := bufio.NewWriter(e.stdout)
	for i := len(history) - 1; i >= 0; i-- {
		c := &history[i]
		if e.json {
			if err := encodeLine(out, c); err != nil {
				return err
			}
			continue
		}
		what := nothing(c.Was) + " → " + nothing(c.Value)
		if c.Undoes != "" {
			what = "undid " + c.Undoes + ": " + nothing(c.Was)
		}
		out.WriteString(wrap(join(": ", c.Field, what), pageWidth, fmt.Sprintf("%s  %s  %s  ", c.ID[:8], c.At[:min(10, len(c.At))], c.By), "    "))
		if c.Note != "" {
			out.WriteString(wrap(c.Note, pageWidth, "    ", "    "))
		}
	}
	if len(history) == 0 && !e.json && !e.quiet {
		out.WriteString("Nobody corrected it: it stands as it was read.\n")
	}
	return out.Flush()
}
