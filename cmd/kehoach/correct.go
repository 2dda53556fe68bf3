package main

import (
	"errors"
	"fmt"
	"os"
	"os/user"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"kehoach"
	"kehoach/corpus"
	"kehoach/review"
)

func newCorrect(e *env) *cobra.Command {
	var note, by string
	var undo bool
	cmd := &cobra.Command{
		Use:   "correct ID FIELD VALUE --note TEXT",
		Short: "Put a value in the place of what was read",
		Long: `Put a person's value in the place of what was read. It is kept apart from the extraction, with who, when and
why, and holds on to the words of the document: it stays where the document is read anew. Plans are shown, searched,
compared and exported as they are corrected, and say so.

FIELD is a field as show --evidence names it: number, issued, signer.name, assignments[3].deadline, V/1 …
VALUE "" says that there is none; of a whole element (assignments[3]), that it should not be there.
--undo ends the correction that stands for the field (or the entry of this id); what was said before it holds again. Nothing is deleted:
corrections blame shows the history.`,
		Args: func(cmd *cobra.Command, args []string) error {
			if undo {
				return cobra.ExactArgs(2)(cmd, args)
			}
			return cobra.ExactArgs(3)(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if note == "" && !undo {
				return usage{cmd, errors.New("say why, with --note")}
			}
			dir, err := e.dataDir()
			if err != nil {
				return err
			}
			sign := review.Signature{By: by, Note: note, At: time.Now()}
			if sign.By == "" {
				sign.By = whoami()
			}
			var entry review.Correction
			added, err := kehoach.Review(cmd.Context(), dir, func(c *corpus.Corpus) ([]review.Correction, error) {
				shown, err := c.Plan(args[0])
				if err != nil {
					return nil, err
				}
				if undo {
					entry, err = undoOf(c, shown.ID, args[1], sign)
				} else {
					read, rerr := c.Extracted(shown.ID)
					if rerr != nil {
						return nil, rerr
					}
					if entry, err = review.Correct(shown, read, args[1], args[2], sign); err != nil {
						return nil, fieldError(cmd, usage{cmd, err})
					}
					if entry.Value == entry.Was {
						err = fmt.Errorf("%s is %q already", entry.Field, entry.Was)
					}
				}
				return []review.Correction{entry}, err
			})
			if err != nil && added == 0 {
				return fieldError(cmd, err)
			}
			if e.json {
				return errors.Join(err, e.line(entry))
			}
			if !e.quiet {
				fmt.Fprint(e.stdout, told(entry))
			}
			return err
		},
	}
	cmd.Flags().StringVar(&note, "note", "", "why; it is kept")
	cmd.Flags().StringVar(&by, "by", "", "who corrects (default: who runs the program)")
	cmd.Flags().BoolVar(&undo, "undo", false, "end the correction of the field")
	return cmd
}

// undoOf ends the correction that stands for a field of a plan.
func undoOf(c *corpus.Corpus, id, field string, sign review.Signature) (review.Correction, error) {
	read, err := c.Extracted(id)
	if err != nil {
		return review.Correction{}, err
	}
	history, err := c.Corrections(id)
	if err != nil {
		return review.Correction{}, err
	}
	_, states := review.Apply(read, history)
	for _, s := range states {
		if s.Place == field || s.Place == "" && s.Field == field || len(field) >= 8 && strings.HasPrefix(s.ID, field) {
			return review.Undo(s.Correction, sign), nil
		}
	}
	if _, err := review.Look(read, field); err != nil {
		return review.Correction{}, err
	}
	return review.Correction{}, fmt.Errorf("%s: nobody corrected %s", id, field)
}

// told says in words what an entry does.
func told(c review.Correction) string {
	quoted := func(v string) string {
		if v == "" {
			return "nothing"
		}
		return "“" + v + "”"
	}
	if c.Undoes != "" {
		return wrap(c.Plan+" "+c.Field+": "+quoted(c.Was)+" is undone", pageWidth, "", "  ")
	}
	return wrap(c.Plan+" "+c.Field+": "+quoted(c.Was)+" → "+quoted(c.Value), pageWidth, "", "  ")
}

// whoami is the login name of who runs the program, as far as the machine tells.
func whoami() string {
	if u, err := user.Current(); err == nil && u.Username != "" {
		return u.Username
	}
	if name := os.Getenv("USER"); name != "" {
		return name
	}
	return "unknown"
}
