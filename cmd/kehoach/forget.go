package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"kehoach"
	"kehoach/corpus"
)

func newForget(e *env) *cobra.Command {
	var reason, undo string
	var versions bool
	cmd := &cobra.Command{
		Use:   "forget ID…",
		Short: "Remove documents and everything derived from them",
		Long: `Remove documents for good: their originals, plans and rows, the paths they came from, their words in every
generation of the index, recognised pages, and what a repair set aside. Their hashes stay, so that the next ingest does
not take them in again, and the journal of this run says that they were forgotten. The files that they were read from are
not touched, and neither are backups: a corpus that is restored from an older one holds them again.

Other versions of a document are kept, and named; --versions removes them as well.

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
			others, err := otherVersions(dir, args)
			if err != nil {
				return err
			}
			if versions {
				args, others = append(args, others...), nil
			}
			gone, err := kehoach.Forget(cmd.Context(), dir, args, reason)
			if err != nil {
				return err
			}
			lines := jsonLines(e.stdout)
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
			for _, id := range others {
				if !e.quiet {
					fmt.Fprintf(e.stderr, "kehoach: a version of it is kept: %s\n", id)
				}
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&versions, "versions", false, "their other versions as well")
	cmd.Flags().StringVar(&reason, "reason", "", "why, for the journal")
	cmd.Flags().StringVar(&undo, "undo", "", "let a forgotten document in again, by its id")
	return cmd
}

// otherVersions gives the ids of the versions of plans that are not among them.
func otherVersions(dir string, ids []string) (others []string, err error) {
	c, err := corpus.Open(dir)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	for _, id := range ids {
		list, err := c.Versions(id)
		if err != nil {
			return nil, err
		}
		for _, v := range list {
			named := func(id string) bool { return strings.HasPrefix(v.ID, strings.ToLower(id)) }
			if !slices.ContainsFunc(ids, named) && !slices.Contains(others, v.ID) {
				others = append(others, v.ID)
			}
		}
	}
	return others, nil
}
