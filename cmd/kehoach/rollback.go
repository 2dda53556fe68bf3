package main

import (
	"bufio"
	"fmt"

	"github.com/spf13/cobra"

	"kehoach"
)

func newRollback(e *env) *cobra.Command {
	return &cobra.Command{
		Use:   "rollback NAME",
		Short: "Serve an older generation of the index again",
		Long: `Serve an older generation of the index again; "kehoach generations" lists them. It is served at once, and then
brought up to what the corpus keeps by now: plans that were added since are added to it, superseded ones dropped.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			dir, err := e.dataDir()
			if err != nil {
				return err
			}
			added, dropped, err := kehoach.Rollback(cmd.Context(), dir, args[0])
			if err != nil {
				return err
			}
			if e.json {
				out := bufio.NewWriter(e.stdout)
				_ = encodeLine(out, struct {
					Generation string `json:"generation"`
					Added      int    `json:"added"`
					Dropped    int    `json:"dropped"`
				}{args[0], added, dropped})
				return out.Flush()
			}
			if !e.quiet {
				fmt.Fprintf(e.stdout, "Generation %s is served.\n", args[0])
				if added+dropped > 0 {
					fmt.Fprintf(e.stdout, "Brought up to date: %s added, %d dropped.\n", counted(added, "plan"), dropped)
				}
			}
			return nil
		},
	}
}
