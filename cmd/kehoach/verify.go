package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"kehoach"
	"kehoach/corpus"
)

// errUnsound ends a verify that found damage, which it has listed.
var errUnsound = errors.New("the corpus is damaged; kehoach repair mends what can be mended")

func newVerify(e *env) *cobra.Command {
	var quick bool
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "Say whether all of the corpus is sound",
		Long: `Look for every kind of damage: an original that is missing, cut off, altered or named by no plan, a catalogue whose
pages or rows contradict each other, an index that disagrees with the catalogue. Nothing is changed, and a writer
may be at work meanwhile. What a run that was cut off leaves behind is told and is no damage: the next run settles it.
A sample of the files that seem unchanged is read too; one that has other bytes is for ingest --checksum, and no damage.

--quick counts and measures everything, and reads a sample: other files at each time. The exit code is 1 where there
is damage.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			dir, err := e.dataDir()
			if err != nil {
				return err
			}
			lines := jsonLines(e.stdout)
			var failed error
			steps, stop := e.startSteps()
			defer stop()
			tell := func(d corpus.Damage) {
				if e.json {
					err := lines.Encode(struct {
						Event string `json:"event"`
						corpus.Damage
					}{"damage", d})
					failed = errors.Join(failed, err)
					return
				}
				_, err := fmt.Fprintln(e.stdout, damageLine(d))
				failed = errors.Join(failed, err)
			}
			s, err := kehoach.Verify(cmd.Context(), dir, kehoach.VerifyOptions{Quick: quick, Tell: tell, Progress: steps})
			stop()
			if err = errors.Join(err, failed); err != nil {
				return err
			}
			if err := e.sumVerify(lines, s); err != nil {
				return fmt.Errorf("verify: %w", err)
			}
			if s.Grave() > 0 {
				return errUnsound
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&quick, "quick", false, "read a sample of originals and plans only")
	return cmd
}

// damageLine is one damage for people.
func damageLine(d corpus.Damage) string {
	line := d.Kind
	if !d.Grave {
		line = "note: " + line
	}
	if d.Subject != "" {
		line += " " + d.Subject
	}
	return line + ": " + d.Message
}

func (e *env) sumVerify(lines *json.Encoder, s kehoach.Soundness) error {
	if e.json {
		return lines.Encode(struct {
			Event string `json:"event"`
			corpus.Checked
			Indexed int     `json:"indexed"`
			Damage  int     `json:"damage"`
			Notes   int     `json:"notes"`
			Seconds float64 `json:"seconds"`
		}{"done", s.Checked, s.Indexed, s.Grave(), len(s.Damage) - s.Grave(), s.Took.Round(time.Millisecond).Seconds()})
	}
	if e.quiet {
		return nil
	}
	word := "sound"
	if n := s.Grave(); n > 0 {
		word = "damaged in " + counted(n, "place")
	}
	_, err := fmt.Fprintf(e.stdout, "%s: %d plans, %d of %d originals read (%s), %d plans in the index (%s)\n", word, s.Plans, s.Read, s.Originals,
		size(s.Bytes), s.Indexed, s.Took.Round(time.Millisecond))
	return err
}
