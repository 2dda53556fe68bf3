package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"kehoach"
	"kehoach/corpus"
)

func newBackup(e *env) *cobra.Command {
	return &cobra.Command{
		Use:   "backup FILE",
		Short: "Write the corpus into one file",
		Long: `Write one state of the corpus into one file: the catalogue and every original, each checked by its hash. A writer may be at
work meanwhile. The file appears when it is whole; an older one of that name is replaced. The index is not part of it,
because it is derived.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			dir, err := e.dataDir()
			if err != nil {
				return err
			}
			steps, stop := e.startSteps()
			m, err := kehoach.Backup(cmd.Context(), dir, args[0], steps)
			stop()
			if err != nil {
				return err
			}
			return e.tellManifest("backup", m, args[0])
		},
	}
}

func newRestore(e *env) *cobra.Command {
	return &cobra.Command{
		Use:   "restore FILE",
		Short: "Make a corpus of a backup",
		Long: `Make a corpus of a backup, in the folder of the corpus (--data), which must not exist or be empty. Every original is checked
by its hash; then the index is built.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			dir, err := e.dataDir()
			if err != nil {
				return err
			}
			steps, stop := e.startSteps()
			m, err := kehoach.Restore(cmd.Context(), args[0], dir, steps)
			stop()
			if err != nil {
				return err
			}
			return e.tellManifest("restore", m, args[0])
		},
	}
}

func (e *env) tellManifest(verb string, m corpus.Manifest, file string) error {
	var err error
	switch {
	case e.json:
		err = encodeLine(e.stdout, m)
	case !e.quiet:
		packed := int64(0)
		if info, serr := os.Stat(file); serr == nil {
			packed = info.Size()
		}
		_, err = fmt.Fprintf(e.stdout, "%s: %d plans as of run %d, %s in the file\n", verb, m.Plans, m.LastRun, size(packed))
	}
	if err != nil {
		return fmt.Errorf("%s: %w", verb, err)
	}
	return nil
}
