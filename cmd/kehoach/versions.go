package main

import (
	"bufio"
	"fmt"

	"github.com/spf13/cobra"
)

func newVersions(e *env) *cobra.Command {
	return &cobra.Command{
		Use:   "versions ID",
		Short: "List the versions of a document",
		Long: `List the versions of a document: the plans with its number, issuer and date and another text, in the order in which they came.
Each says how much it is like the one before (the share of passages of four syllables that both have), and which files hold it.
Files that hold nearly the same text under one number, issuer and date are one plan.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := e.openCorpus()
			if err != nil {
				return err
			}
			defer c.Close()
			versions, err := c.Versions(args[0])
			if err != nil {
				return err
			}
			out := bufio.NewWriter(e.stdout)
			lines := jsonLines(out)
			for i, v := range versions {
				if e.json {
					if err := lines.Encode(v); err != nil {
						return fmt.Errorf("versions: %w", err)
					}
					continue
				}
				line := fmt.Sprintf("%s  run %d", v.ID, v.Run)
				if v.State != "" {
					line += "  " + v.State
				}
				if i > 0 {
					line += fmt.Sprintf("  %.0f %% like the one before", 100*v.Alike)
				}
				if !v.Held {
					line += "  superseded"
				}
				fmt.Fprintln(out, line)
				for _, path := range v.Paths {
					fmt.Fprintln(out, "  "+path)
				}
			}
			return out.Flush()
		},
	}
}
