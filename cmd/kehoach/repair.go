package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"kehoach"
	"kehoach/corpus"
)

func newRepair(e *env) *cobra.Command {
	return &cobra.Command{
		Use:   "repair",
		Short: "Mend what can be derived",
		Long: `Look for damage as verify does, and mend what can be derived: rows and plans from originals, originals from the files
that they came from, the index from the catalogue, a broken catalogue from what can be read of it and from the originals.
What is taken out of the corpus is kept in its folder "damaged". What cannot be mended is listed, and the exit code is 1.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			dir, err := e.dataDir()
			if err != nil {
				return err
			}
			report, err := kehoach.Repair(cmd.Context(), dir, e.reader(0))
			if err != nil {
				return err
			}
			grave := 0
			for _, d := range report.Left {
				if d.Grave {
					grave++
				}
			}
			if e.json {
				err = encodeLine(e.stdout, report)
			} else {
				err = e.tellRepair(report, grave)
			}
			if err != nil {
				return fmt.Errorf("repair: %w", err)
			}
			if grave > 0 {
				return errUnsound
			}
			return nil
		},
	}
}

func (e *env) tellRepair(r kehoach.Repaired, left int) error {
	was := 0
	for _, d := range r.Damage {
		if d.Grave {
			was++
		}
	}
	if was == 0 {
		_, err := fmt.Fprintln(e.stdout, "sound: there is nothing to mend")
		return err
	}
	for _, d := range r.Damage {
		if d.Grave && !stands(r.Left, d) {
			if _, err := fmt.Fprintln(e.stdout, "mended:", damageLine(d)); err != nil {
				return err
			}
		}
	}
	for _, d := range r.Left {
		if d.Grave {
			if _, err := fmt.Fprintln(e.stdout, "left:", damageLine(d)); err != nil {
				return err
			}
		}
	}
	line := fmt.Sprintf("mended: %d of %s", was-left, counted(was, "damaged place"))
	if r.Salvaged > 0 {
		line += fmt.Sprintf(", %d rows saved from the old catalogue", r.Salvaged)
	}
	if r.Adopted > 0 {
		line += fmt.Sprintf(", %d originals read anew", r.Adopted)
	}
	_, err := fmt.Fprintln(e.stdout, line)
	return err
}

func stands(list []corpus.Damage, d corpus.Damage) bool {
	for _, l := range list {
		if l.Kind == d.Kind && l.Subject == d.Subject {
			return true
		}
	}
	return false
}
