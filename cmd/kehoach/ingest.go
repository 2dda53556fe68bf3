package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime/debug"
	"time"

	"github.com/spf13/cobra"

	"kehoach"
	"kehoach/corpus"
)

func newIngest(e *env) *cobra.Command {
	return &cobra.Command{
		Use:   "ingest PATH…",
		Short: "Take files into the corpus and its index",
		Long: `Take files, folders (with all below them) and zip archives into the corpus and its index. "-" reads a
list of paths from standard input, one a line.

Files that are unchanged since they were read are not read again. What cannot be read is listed and kept in
quarantine with a reason; the others go on, and the exit code is 3. Ctrl-C stops cleanly: what was read is kept,
and the next ingest goes on from there.

With --json each source that was new, changed or could not be read gives one line on standard output, and the
last line counts them; --verbose tells of every source.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			paths, missing, err := e.sources(args)
			if err != nil {
				return err
			}
			if len(paths) == 0 && missing != nil {
				return missing
			}
			dir, err := e.dataDir()
			if err != nil {
				return err
			}
			if os.Getenv("GOGC") == "" {
				debug.SetGCPercent(200) // a tenth less work for a third more memory, which stays under half a gigabyte
			}
			t := &teller{env: e, lines: json.NewEncoder(e.stdout)}
			t.lines.SetEscapeHTML(false)
			if !e.quiet {
				t.progress = startProgress(e.stderr)
			}
			report, err := kehoach.Ingest(cmd.Context(), dir, paths, kehoach.Options{Progress: t.tell, Reader: e.reader(0)})
			if t.progress != nil {
				t.progress.finish()
			}
			if report.Run > 0 {
				err = errors.Join(err, t.sum(report))
			}
			if err = errors.Join(err, t.err, missing); err == nil && len(report.Unread) > 0 {
				err = errSomeUnread
			}
			return err
		},
	}
}

// sources gives the paths to ingest. An argument that does not exist is an error that does not hold the others up;
// a line of a list that does not is quarantined like any file that cannot be read.
func (e *env) sources(args []string) (paths []string, missing, err error) {
	for _, arg := range args {
		if arg == "-" {
			listed, err := readList(e.stdin)
			if err != nil {
				return nil, nil, fmt.Errorf("ingest: the list of paths: %w", err)
			}
			paths = append(paths, listed...)
			continue
		}
		if _, err := os.Lstat(arg); errors.Is(err, fs.ErrNotExist) {
			missing = errors.Join(missing, fmt.Errorf("ingest: %s: there is no such file or folder", arg))
			continue
		}
		paths = append(paths, arg)
	}
	return paths, missing, nil
}

// readList reads paths, one a line; blank lines are none.
func readList(r io.Reader) ([]string, error) {
	var list []string
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		if path := lines.Text(); path != "" {
			list = append(list, path)
		}
	}
	return list, lines.Err()
}

// teller tells what became of the sources.
type teller struct {
	*env
	lines    *json.Encoder
	progress *progress // nil where it is not wanted
	err      error     // of writing
}

// fileLine is one source, as --json tells of it.
type fileLine struct {
	Kind string `json:"event"`
	kehoach.Event
}

// doneLine is the last line of --json.
type doneLine struct {
	Kind    string  `json:"event"`
	Seconds float64 `json:"seconds"`
	kehoach.Report
}

func (t *teller) tell(ev kehoach.Event) {
	if t.progress != nil {
		t.progress.take(ev)
	}
	quiet := ev.Outcome == corpus.Unchanged || ev.Outcome == corpus.Archived || ev.Outcome == kehoach.Skipped
	switch {
	case quiet && !t.verbose:
	case t.json:
		if err := t.lines.Encode(fileLine{"file", ev}); err != nil && t.err == nil {
			t.err = fmt.Errorf("ingest: %w", err)
		}
	case ev.Outcome == corpus.Refused, ev.Reason != "" && !quiet:
		t.line(fmt.Sprintf("kehoach: %s: %s", ev.Path, ev.Reason))
	case t.verbose:
		line := fmt.Sprintf("%s  %s", ev.Outcome, ev.Path)
		if ev.Reason != "" {
			line += "  (" + ev.Reason + ")"
		}
		t.line(line)
	}
}

// line writes to standard error, clear of the progress line.
func (t *teller) line(s string) {
	if t.progress != nil {
		t.progress.above(s)
		return
	}
	fmt.Fprintln(t.stderr, s)
}

// sum tells what the whole run did.
func (t *teller) sum(r kehoach.Report) error {
	if t.json {
		if err := t.lines.Encode(doneLine{"done", r.Took.Round(time.Millisecond).Seconds(), r}); err != nil {
			return fmt.Errorf("ingest: %w", err)
		}
		return nil
	}
	if t.quiet {
		return nil
	}
	rate := ""
	if read := r.Added + r.Changed + r.Duplicate; read > 0 && r.Took > 0 {
		rate = fmt.Sprintf(", %.0f a second", float64(read)/r.Took.Seconds())
	}
	_, err := fmt.Fprintf(t.stdout, "run %d: %d added, %d changed, %d duplicates, %d unchanged, %d could not be read (%s%s)\n",
		r.Run, r.Added, r.Changed, r.Duplicate, r.Unchanged, r.Quarantined, r.Took.Round(10*time.Millisecond), rate)
	if err != nil {
		return fmt.Errorf("ingest: %w", err)
	}
	return nil
}
