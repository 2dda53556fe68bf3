package main

import (
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"kehoach"
)

func newForget(e *env) *cobra.Command {
	var reason, undo string
	cmd := &cobra.Command{
		Use:   "forget ID…",
		Short: "Remove documents and everything derived from them",
		Long: `Remove documents for good: their originals, plans and rows, the paths they came from, and their words in every generation of
the index. Their hashes stay, so that the next ingest does not take them in again, and the journal of this run says that they
were forgotten. The files that they were read from are not touched, and neither are backups.

--undo ID lets a document in again; the next ingest that meets it reads it.`,
		Args: func(cmd *cobra.Command, args []string) error {
			if undo != "" {
				return cobra.NoArgs(cmd, args)
			}
			return cobra.MinimumNArgs(1)(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			dir, err := e.dataDir()
			if err != nil {
				return err
			}
			if undo != "" {
				return kehoach.Readmit(dir, undo)
			}
			gone, err := kehoach.Forget(cmd.Context(), dir, args, reason)
			if err != nil {
				return err
			}
			lines := json.NewEncoder(e.stdout)
			lines.SetEscapeHTML(false)
			for _, p := range gone {
				if e.json {
					err = lines.Encode(map[string]string{"event": "forgotten", "plan": p.ID})
				} else if !e.quiet {
					_, err = fmt.Fprintf(e.stdout, "forgotten: %s  %s  %s\n", p.ID, p.Number, p.Source.Path)
				}
				if err != nil {
					return fmt.Errorf("forget: %w", err)
				}
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&reason, "reason", "", "why, for the journal")
	cmd.Flags().StringVar(&undo, "undo", "", "let a forgotten document in again, by its id")
	return cmd
}
