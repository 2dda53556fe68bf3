// Command kehoach reads the plans of Vietnamese authorities, keeps them in a corpus, and makes them
// searchable and comparable.
//
//	kehoach parse --json plan.txt     one plan as JSON, nothing kept
//	kehoach ingest plans/             into the corpus and its index
//	kehoach search văn hóa            ranked sections
//
// Every subcommand is one file with one constructor, named in the list subcommands. Results go to standard
// output, everything else to standard error; what an error means for the exit code stands in exit.go.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/spf13/cobra"

	"kehoach/corpus"
	"kehoach/extract"
)

// subcommands lists every subcommand, in the order of the help. A new one is one file and one line here.
var subcommands = []func(*env) *cobra.Command{
	newParse,
	newText,
	newIngest,
	newShow,
	newCorrect,
	newCorrections,
	newConflicts,
	newSearch,
	newFacets,
	newSimilar,
	newReindex,
	newGenerations,
	newRollback,
	newStatus,
	newVerify,
	newRepair,
	newBackup,
	newRestore,
	newForget,
	newRuns,
	newLinks,
	newVersions,
	newDuplicates,
	newCompare,
	newExport,
	newDemo,
}

// env is what a subcommand has of the world around it.
type env struct {
	stdin          io.Reader
	stdout, stderr io.Writer

	data    string // --data: the folder of the corpus; ask dataDir
	json    bool   // --json
	quiet   bool   // --quiet
	verbose bool   // --verbose

	root func(*env) *cobra.Command // newRoot, for a command that runs others

	isolated *extract.Reader // ask reader
}

// reader is what documents are read with: foreign ones in child processes, so many at a time (0: one for each CPU).
func (e *env) reader(workers int) *extract.Reader {
	if e.isolated == nil {
		var note string
		if e.isolated, note = extract.Isolated(workers); note != "" && !e.quiet {
			fmt.Fprintln(e.stderr, "kehoach:", note)
		}
	}
	return e.isolated
}

// close ends what the subcommand left for the end.
func (e *env) close() {
	e.isolated.Close()
}

func main() {
	extract.ServeChild(os.Args)
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run is the whole program: it runs one command line and gives its exit code. An interrupt cancels the context
// that the subcommand sees; a second one ends the program at once.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)

	e := &env{stdin: stdin, stdout: stdout, stderr: stderr, root: newRoot}
	defer e.close()
	root := newRoot(e)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if ctx.Err() != nil {
		err = context.Canceled
	}
	report(stderr, err)
	return exitCode(err)
}

func newRoot(e *env) *cobra.Command {
	root := &cobra.Command{
		Use:           "kehoach",
		Short:         "Read, keep, search and compare the plans (kế hoạch) of Vietnamese authorities",
		SilenceErrors: true,
		SilenceUsage:  true,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return nil
			}
			err := fmt.Errorf("unknown command %q", args[0])
			if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
				err = fmt.Errorf("%w; did you mean %q?", err, near[0])
			}
			return usage{cmd, err}
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SuggestionsMinimumDistance = 2
	root.SetIn(e.stdin)
	root.SetOut(e.stdout)
	root.SetErr(e.stderr)
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error { return usage{cmd, err} })
	flags := root.PersistentFlags()
	flags.StringVar(&e.data, "data", "", "folder of the corpus (default $KEHOACH_DATA, else $XDG_DATA_HOME/kehoach)")
	flags.BoolVar(&e.json, "json", false, "write results as JSON, one per line")
	flags.BoolVar(&e.quiet, "quiet", false, "write results and errors only")
	flags.BoolVar(&e.verbose, "verbose", false, "say more of what is done")
	for _, newCommand := range subcommands {
		cmd := newCommand(e)
		if args := cmd.Args; args != nil {
			cmd.Args = func(cmd *cobra.Command, list []string) error {
				if err := args(cmd, list); err != nil {
					return usage{cmd, err}
				}
				return nil
			}
		}
		root.AddCommand(cmd)
	}
	return root
}

// openCorpus opens the corpus for reading.
func (e *env) openCorpus() (*corpus.Corpus, error) {
	dir, err := e.dataDir()
	if err != nil {
		return nil, err
	}
	return corpus.Open(dir)
}

// dataDir is the folder of the corpus: --data, else KEHOACH_DATA, else kehoach under XDG_DATA_HOME or
// ~/.local/share.
func (e *env) dataDir() (string, error) {
	for _, dir := range []string{e.data, os.Getenv("KEHOACH_DATA")} {
		if dir != "" {
			return dir, nil
		}
	}
	if base := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(base) { // the XDG specification ignores a relative one
		return filepath.Join(base, "kehoach"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("no folder for the corpus: give --data or set KEHOACH_DATA (%w)", err)
	}
	return filepath.Join(home, ".local", "share", "kehoach"), nil
}
