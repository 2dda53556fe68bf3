package main

import (
	"bufio"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"kehoach/corpus"
)

func newRuns(e *env) *cobra.Command {
	var limit int
	cmd := &cobra.Command{
		Use:   "runs",
		Short: "List the runs that made the corpus what it is",
		Long:  `List the runs that made the corpus what it is, the newest first: ingests, repairs, what was forgotten.`,
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := e.openCorpus()
			if err != nil {
				return err
			}
			defer c.Close()
			runs, err := c.Runs(limit)
			if err != nil {
				return err
			}
			out := bufio.NewWriter(e.stdout)
			lines := jsonLines(out)
			for _, r := range runs {
				if e.json {
					err = lines.Encode(r)
				} else {
					_, err = fmt.Fprintf(out, "%4d  %s  %-7s  %s\n", r.ID, r.Started.Local().Format("2006-01-02 15:04"), r.Kind, runWords(r))
				}
				if err != nil {
					return fmt.Errorf("runs: %w", err)
				}
			}
			return out.Flush()
		},
	}
	cmd.Flags().IntVar(&limit, "limit", 20, "how many; 0 is all")
	cmd.AddCommand(newRunsShow(e))
	return cmd
}

// runWords is what a run did, in words: what it did not do is left out.
func runWords(r corpus.Run) string {
	var words []string
	for _, w := range []struct {
		n    int
		word string
	}{
		{r.Added, "added"}, {r.Changed, "changed"}, {r.Renewed, "renewed"}, {r.Duplicate, "duplicates"}, {r.Unchanged, "unchanged"},
		{r.Quarantined, "could not be read"}, {r.Gone, "gone"}, {r.Forgotten, "forgotten"},
	} {
		if w.n > 0 {
			words = append(words, fmt.Sprint(w.n, " ", w.word))
		}
	}
	if len(words) == 0 {
		words = []string{"nothing"}
	}
	line := strings.Join(words, ", ")
	switch {
	case r.Failed != "":
		line += "; ended early: " + r.Failed
	case r.Finished.IsZero():
		line += "; cut off or still at work"
	}
	return line
}

func newRunsShow(e *env) *cobra.Command {
	var all bool
	cmd := &cobra.Command{
		Use:   "show ID",
		Short: "Say what a run did to each file",
		Long: `Say what a run did to each file: added, changed, renewed (read again because the program reads otherwise now), duplicate,
quarantined with the reason, gone from the source; with --all the unchanged ones as well. Then what changed in structure: of
each field, in how many plans it gained or lost values against the version before.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := e.openCorpus()
			if err != nil {
				return err
			}
			defer c.Close()
			return e.showRun(c, args[0], all)
		},
	}
	cmd.Flags().BoolVar(&all, "all", false, "the unchanged files as well")
	return cmd
}

func (e *env) showRun(c *corpus.Corpus, id string, all bool) error {
	r, err := c.Run(id)
	if err != nil {
		return err
	}
	changes, err := c.Changes(r.ID)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(e.stdout)
	lines := jsonLines(out)
	if e.json {
		err = lines.Encode(struct {
			Event string `json:"event"`
			corpus.Run
			Changes []corpus.Change `json:"changes"`
		}{"run", *r, append([]corpus.Change{}, changes...)})
	} else {
		writeRun(out, *r)
	}
	for n, jerr := range c.Journal(r.ID, all) {
		if err != nil || jerr != nil {
			break
		}
		if e.json {
			err = lines.Encode(struct {
				Event string `json:"event"`
				corpus.Note
			}{"file", n})
		} else {
			_, err = fmt.Fprintln(out, noteLine(n))
		}
		if err == nil {
			err = jerr
		}
	}
	if err == nil && !e.json {
		writeChanges(out, changes)
	}
	if err == nil {
		err = out.Flush()
	}
	if err != nil {
		return fmt.Errorf("runs: %w", err)
	}
	return nil
}

func writeRun(out *bufio.Writer, r corpus.Run) {
	fmt.Fprintf(out, "run %d, %s, %s", r.ID, r.Kind, r.Started.Local().Format("2006-01-02 15:04:05"))
	if !r.Finished.IsZero() {
		fmt.Fprintf(out, " (%s)", r.Finished.Sub(r.Started).Round(time.Second))
	}
	fmt.Fprintf(out, "\n%s\n", runWords(r))
	for _, path := range r.Given {
		fmt.Fprintf(out, "  of %s\n", path)
	}
	var tools []string
	for _, name := range slices.Sorted(maps.Keys(r.Tools)) {
		tools = append(tools, name+" "+r.Tools[name])
	}
	if len(tools) > 0 {
		fmt.Fprintln(out, wrapped("  by ", strings.Join(tools, ", ")))
	}
	fmt.Fprintln(out)
}

// wrapped breaks words into lines of at most 80 columns; those behind the first begin in the column of its words.
func wrapped(head, text string) string {
	var b strings.Builder
	b.WriteString(head)
	at := len(head)
	for i, word := range strings.Fields(text) {
		if i > 0 && at+1+len(word) > 80 {
			b.WriteString("\n" + strings.Repeat(" ", len(head)))
			at = len(head)
		} else if i > 0 {
			b.WriteByte(' ')
			at++
		}
		b.WriteString(word)
		at += len(word)
	}
	return b.String()
}

// noteLine is one line of a journal for people.
func noteLine(n corpus.Note) string {
	line := fmt.Sprintf("%-11s  %s", n.Outcome, n.Path)
	if n.Path == "" {
		line = fmt.Sprintf("%-11s  plan %s", n.Outcome, n.Plan)
	}
	if n.Reason != "" {
		line += ": " + n.Reason
	}
	var differs []string
	for _, d := range n.Differs {
		switch {
		case d.Before != "" || d.After != "":
			differs = append(differs, fmt.Sprintf("%s %q → %q", d.Field, d.Before, d.After))
		default:
			differs = append(differs, fmt.Sprintf("%s +%d -%d", d.Field, d.Gained, d.Lost))
		}
	}
	for _, d := range differs {
		line += "\n             " + d
	}
	return line
}

// writeChanges is the table of what changed in structure.
func writeChanges(out *bufio.Writer, changes []corpus.Change) {
	if len(changes) == 0 {
		return
	}
	fmt.Fprintf(out, "\nwhat changed in structure:\n%-14s%8s%8s%8s%10s%10s\n", "field", "plans", "more", "less", "gained", "lost")
	for _, c := range changes {
		fmt.Fprintf(out, "%-14s%8d%8d%8d%10d%10d\n", c.Field, c.Plans, c.Better, c.Worse, c.Gained, c.Lost)
	}
}
