package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"kehoach"
	"kehoach/extract"
	"kehoach/plan"
)

func newText(e *env) *cobra.Command {
	return &cobra.Command{
		Use:   "text FILE",
		Short: "Write the canonical text of one file",
		Long:  `Write the canonical text of one file: the text that every span of its plan counts. "-" is standard input.`,
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, paths []string) error {
			p, err := e.read(cmd.Context(), paths[0], (*extract.Reader).Text)
			if err != nil {
				return err
			}
			if _, err := io.WriteString(e.stdout, p.Text); err != nil {
				return fmt.Errorf("text: %s: %w", paths[0], err)
			}
			if e.lacking(p) {
				return errSomeUnread
			}
			return nil
		},
	}
}

// lacking reports whether pages of a document could not be read for want of a program, and says what to install.
func (e *env) lacking(p *plan.Plan) bool {
	why := kehoach.Lacking(p)
	if why != "" {
		fmt.Fprintf(e.stderr, "kehoach: %s: %s\n", p.Source.Path, why)
	}
	return why != ""
}

// read reads one file, or standard input for "-", into a plan; how says how much of it.
func (e *env) read(ctx context.Context, path string, how func(*extract.Reader, context.Context, string, []byte) (*plan.Plan, error)) (*plan.Plan, error) {
	var data []byte
	var err error
	if path == "-" {
		data, err = extract.Input(path, e.stdin)
	} else {
		data, err = extract.File(path)
	}
	if err != nil {
		return nil, err
	}
	return how(e.reader(1), ctx, path, data)
}
