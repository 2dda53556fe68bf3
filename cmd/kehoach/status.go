package main

import (
	"bufio"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"kehoach/corpus"
)

func newStatus(e *env) *cobra.Command {
	return &cobra.Command{
		Use:   "status",
		Short: "Say what the corpus holds",
		Long: `Say what the corpus holds: counts, size on disk, the last run, and the sources in quarantine with the
reason why each could not be read.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := e.openCorpus()
			if err != nil {
				return err
			}
			defer c.Close()
			s, err := c.Status()
			if err != nil {
				return err
			}
			unread, err := c.Quarantine()
			if err != nil {
				return err
			}
			out := bufio.NewWriter(e.stdout)
			if e.json {
				err = encodeLine(out, struct {
					*corpus.Summary
					Quarantine []corpus.Unread `json:"quarantine"`
				}{s, append([]corpus.Unread{}, unread...)})
			} else {
				writeStatus(out, s, unread)
			}
			if err == nil {
				err = out.Flush()
			}
			if err != nil {
				return fmt.Errorf("status: %w", err)
			}
			return nil
		},
	}
}

func writeStatus(out *bufio.Writer, s *corpus.Summary, unread []corpus.Unread) {
	row := func(name, format string, args ...any) {
		fmt.Fprintf(out, "%-12s%s\n", name, fmt.Sprintf(format, args...))
	}
	row("corpus", "%s", s.Dir)
	plans := fmt.Sprintf("%d, from %d sources", s.Plans, s.Sources)
	if s.Archives > 0 {
		plans += fmt.Sprintf(" (%d archives)", s.Archives)
	}
	if s.Superseded > 0 {
		plans += fmt.Sprintf(", and %d superseded", s.Superseded)
	}
	row("plans", "%s", plans)
	row("rows", "%d sections, %d assignments, %d citations, %d deadlines", s.Sections, s.Assignments, s.Citations, s.Deadlines)
	row("disk", "originals %s, catalogue %s, index %s", size(s.Bytes.Originals), size(s.Bytes.Catalogue), size(s.Bytes.Index))
	if s.Readings > 0 {
		row("readings", "%d files need not be read again, for %s of the catalogue", s.Readings, size(s.Bytes.Readings))
	}
	if r := s.LastRun; r != nil {
		when := r.Started.Local().Format("2006-01-02 15:04:05")
		if r.Finished.IsZero() {
			row("last run", "%d, %s, cut off or still at work", r.ID, when)
		} else {
			row("last run", "%d, %s (%s): %d added, %d changed, %d duplicates, %d unchanged, %d could not be read", r.ID, when,
				r.Finished.Sub(r.Started).Round(time.Second), r.Added, r.Changed, r.Duplicate, r.Unchanged, r.Quarantined)
		}
	}
	if s.Pending > 0 {
		row("pending", "%d plans are kept and not in the index yet; the next ingest adds them", s.Pending)
	}
	row("quarantine", "%d", len(unread))
	for _, u := range unread {
		fmt.Fprintf(out, "  %s: %s\n", u.Path, u.Reason)
	}
}

// size is a number of bytes for people.
func size(n int64) string {
	switch {
	case n >= 1<<30:
		return fmt.Sprintf("%.1f GB", float64(n)/(1<<30))
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
	case n >= 1<<10:
		return fmt.Sprintf("%.0f KB", float64(n)/(1<<10))
	}
	return fmt.Sprintf("%d B", n)
}
