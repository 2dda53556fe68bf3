package main

import (
	"bufio"
	"fmt"

	"github.com/spf13/cobra"

	"kehoach/corpus"
	"kehoach/index"
)

func newGenerations(e *env) *cobra.Command {
	return &cobra.Command{
		Use:   "generations",
		Short: "List the generations of the index",
		Long: `List the generations of the index, the oldest first; "*" marks the one that is served. Every "kehoach reindex"
makes one, and "kehoach rollback NAME" goes back to one.

With --json each is one line: {name, served, state, made, plans, records, bytes}.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			dir, err := e.dataDir()
			if err != nil {
				return err
			}
			c, err := corpus.Open(dir)
			if err != nil {
				return err
			}
			if err := c.Close(); err != nil {
				return err
			}
			list, err := index.Generations(dir)
			if err != nil {
				return err
			}
			out := bufio.NewWriter(e.stdout)
			for _, g := range list {
				if e.json {
					if err := encodeLine(out, g); err != nil {
						return fmt.Errorf("generations: %w", err)
					}
					continue
				}
				mark := " "
				if g.Served {
					mark = "*"
				}
				line := fmt.Sprintf("%s %-7s %s %s", mark, g.Name, g.Made.Local().Format("2006-01-02 15:04"), padLeft(size(g.Bytes), 10))
				if g.State == index.Whole {
					line += padLeft(counted(g.Plans, "plan"), 16) + padLeft(counted(g.Records, "record"), 20)
				} else {
					line += "  " + g.State
				}
				fmt.Fprintln(out, line)
			}
			if err := out.Flush(); err != nil {
				return fmt.Errorf("generations: %w", err)
			}
			return nil
		},
	}
}
