package main

import (
	"bufio"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"kehoach/extract"
	"kehoach/plan"
)

func newParse(e *env) *cobra.Command {
	return &cobra.Command{
		Use:   "parse [--json] FILE…",
		Short: "Read files without keeping them",
		Long: `Read files and write what was understood of them, without keeping anything.

With --json each file gives one line (schema kehoach.plan/1), in the order of the arguments; a file that
cannot be read gives a line with the problem "unreadable", and the exit code is 3. "-" is standard input.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, paths []string) error {
			out := bufio.NewWriter(e.stdout)
			defer out.Flush()
			lines := jsonLines(out)
			unread := false
			for _, path := range paths {
				p, err := e.read(cmd.Context(), path, (*extract.Reader).Read)
				if cmd.Context().Err() != nil {
					return cmd.Context().Err()
				}
				if e.lacking(p) {
					unread = true
				}
				if err != nil {
					unread = true
					if e.json {
						err = errors.Join(lines.Encode(extract.Unread(path, err)), out.Flush())
					} else {
						fmt.Fprintf(e.stderr, "kehoach: %v\n", err)
						err = nil
					}
				} else if e.json {
					err = errors.Join(lines.Encode(p), out.Flush())
				} else {
					writeSummary(out, p)
					err = out.Flush()
				}
				if err != nil {
					return fmt.Errorf("parse: %s: %w", path, err)
				}
			}
			if unread {
				return errSomeUnread
			}
			return nil
		},
	}
}

// writeSummary tells a person what was understood of one document.
func writeSummary(out *bufio.Writer, p *plan.Plan) {
	const lead, rest = "  %-9s", "           "
	row := func(name string, parts ...string) {
		if words := strings.Join(strings.Fields(strings.Join(parts, " ")), " "); words != "" {
			out.WriteString(wrap(words, pageWidth, fmt.Sprintf(lead, name), rest))
		}
	}
	fmt.Fprintln(out, p.Source.Path)
	row("number", p.Type.Name, p.Number)
	row("issuer", p.Issuer.Name)
	row("issued", p.Place, p.Issued)
	row("title", p.Title)
	row("signer", p.Signer.Authority, p.Signer.Position, p.Signer.Name)
	row("found", fmt.Sprintf("%d nodes, %d tasks of agencies, %d citations, %d deadlines, %d targets",
		len(p.Sections), len(p.Assignments), len(p.Citations), len(p.Deadlines), len(p.Targets)))
	for _, s := range p.Sections {
		if s.Heading != "" {
			lead := "  " + strings.Repeat("  ", s.Level)
			out.WriteString(wrap(s.Label+" "+s.Heading+" ["+string(s.Kind)+"]", pageWidth, lead, lead+"  "))
		}
	}
	for _, problem := range p.Problems {
		row("problem", problem.Code+":", problem.Message)
	}
}
