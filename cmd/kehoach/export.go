package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"kehoach/export"
)

func newExport(e *env) *cobra.Command {
	var format, table, to string
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Write tables for other programs",
		Long: `Write a table of the corpus: one row a document, section, assignment, citation or deadline, each with the
plan that it comes from and the bytes of its text. The same corpus always gives the same bytes.

A file is written whole or not at all.`,
		Args: cobra.NoArgs,
	}
	cmd.Flags().StringVar(&format, "format", "csv", "csv or jsonl")
	cmd.Flags().StringVar(&table, "table", "documents", "documents, sections, assignments, citations or deadlines")
	cmd.Flags().StringVarP(&to, "output", "o", "-", "the file to write; - is standard output")
	filters := addFilterFlags(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		f, err := filters.filter(cmd)
		if err != nil {
			return err
		}
		c, err := e.openCorpus()
		if err != nil {
			return err
		}
		defer c.Close()
		var rows int
		write := func(w io.Writer) error {
			rows, err = export.Write(w, format, table, c.Select(f))
			return err
		}
		if to == "-" {
			err = write(e.stdout)
		} else {
			err = wholeFile(to, write)
		}
		if errors.Is(err, export.ErrFormat) || errors.Is(err, export.ErrTable) {
			return usage{cmd, err}
		}
		if err == nil && to != "-" && !e.quiet {
			fmt.Fprintf(e.stderr, "kehoach: %d rows in %s\n", rows, to)
		}
		return err
	}
	return cmd
}

// wholeFile writes a file beside its place and moves it there when it is whole.
func wholeFile(path string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	defer os.Remove(f.Name())
	err = write(f)
	if err == nil {
		err = f.Chmod(0o644)
	}
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return nil
}
