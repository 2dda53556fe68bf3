package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"kehoach/corpus"
	"kehoach/extract"
	"kehoach/index"
)

// errSomeUnread ends a command that did its work although some documents could not be read. The command has
// listed them already.
var errSomeUnread = errors.New("some documents could not be read")

// usage is a command line that is wrong.
type usage struct {
	cmd *cobra.Command
	err error
}

func (u usage) Error() string { return u.err.Error() }
func (u usage) Unwrap() error { return u.err }

// exits is the one table from errors to exit codes; the first row that matches counts. Nothing matching is 1.
var exits = []struct {
	err  error
	code int
}{
	{context.Canceled, 130},
	{corpus.ErrBusy, 11},
	{corpus.ErrNoCorpus, 10},
	{corpus.ErrNoPlan, 10},
	{corpus.ErrNoRun, 10},
	{errSomeUnread, 3},
	{extract.ErrUnreadable, 3},
	{extract.ErrEncrypted, 3},
	{extract.ErrLimit, 3},
	{corpus.ErrBusy, 11},
	{index.ErrBusy, 11},
	{corpus.ErrNoCorpus, 10},
	{corpus.ErrNoPlan, 10},
	{corpus.ErrNoRun, 10},
	{index.ErrNoIndex, 10},
	{index.ErrNoGeneration, 10},
	{index.ErrFormat, 10},
	{index.ErrQuery, 2},
}

// exitCode is what the program ends with: 0 done, 1 it failed, 2 the command line is wrong, 3 done but for some
// documents, 10 no such corpus, plan or generation, 11 the corpus is in use, 130 interrupted.
func exitCode(err error) int {
	if err == nil {
		return 0
	}
	if errors.As(err, &usage{}) {
		return 2
	}
	for _, row := range exits {
		if errors.Is(err, row.err) {
			return row.code
		}
	}
	return 1
}

// report tells a person what went wrong, in one line, and how the command is used where the line was wrong.
func report(stderr io.Writer, err error) {
	var u usage
	var fault *index.Fault
	switch {
	case err == nil, errors.Is(err, errSomeUnread):
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(stderr, "kehoach: interrupted")
	case errors.As(err, &fault):
		fmt.Fprint(stderr, faultLines(fault))
	case errors.As(err, &u):
		fmt.Fprintf(stderr, "kehoach: %v\nRun '%s --help' for how it is used.\n", err, u.cmd.CommandPath())
	default:
		fmt.Fprintf(stderr, "kehoach: %v\n", err)
	}
}

// faultLines shows the place at which a query goes wrong:
//
//	kehoach: a quote is opened and not closed
//	  kế "hoạch
//	     ^
//	  close it, or write the words after --
func faultLines(f *index.Fault) string {
	const lead, before = "  ", 40
	start := f.Start
	for columns(f.Query[start:f.Start]) < before && start > 0 {
		_, size := utf8.DecodeLastRuneInString(f.Query[:start])
		start -= size
	}
	shown, cut := f.Query[start:], ""
	if start > 0 {
		cut = "… "
	}
	shown = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, shown)
	if end := lineEnd(shown, pageWidth-len(lead)-4); end < len(shown) {
		shown = shown[:end] + " …"
	}
	under := strings.Repeat("^", max(1, min(columns(f.Query[f.Start:f.End]), 20)))
	return fmt.Sprintf("kehoach: %s\n%s%s%s\n%s%s%s\n%s\n", f.What, lead, cut, shown,
		lead, strings.Repeat(" ", columns(cut)+columns(f.Query[start:f.Start])), under, wrap(f.Hint, pageWidth, lead, lead))
}
