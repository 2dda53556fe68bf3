package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"github.com/spf13/cobra"

	"kehoach"
	"kehoach/corpus"
	"kehoach/extract"
)

// ingestMemory is the memory, in bytes, from which on the collector works harder. An ingest usually takes half of it.
const ingestMemory = 1 << 30

func newIngest(e *env) *cobra.Command {
	var opts kehoach.WatchOptions
	var manifest string
	var watch bool
	cmd := &cobra.Command{
		Use:   "ingest PATH…",
		Short: "Take files into the corpus and its index",
		Long: `Take files, folders (with all below them) and zip archives into the corpus and its index. "-" reads a
list of paths from standard input, one a line. --manifest takes the files of a crawl: JSON Lines with path, url,
fetched, and what the portal says of the document (number, type, issuer, issued, title, signer), which fills what the
document leaves blank and is marked as inferred.

Files that are unchanged since they were read are not read again, unless the program has learnt to read otherwise;
--checksum compares their bytes. What cannot be read is listed and kept in quarantine with a reason; the others go on,
and the exit code is 3. Files that are gone are noted; their plans stay. Ctrl-C stops cleanly: what was read is kept,
and the next ingest goes on from there. --dry-run says what would be done, and how structure would change;
what it keeps is recognised pages of scans alone, for the ingest that follows.

--watch goes on: it ingests again whenever something changes below the paths, and every --rescan in any case.

With --json each source that was new, changed or could not be read gives one line on standard output, and the
last line counts them; --verbose tells of every source.`,
		Args: func(cmd *cobra.Command, args []string) error {
			if manifest != "" {
				return nil
			}
			return cobra.MinimumNArgs(1)(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			paths, missing, err := e.sources(args)
			if err == nil && manifest != "" {
				opts.Manifest, err = readManifest(manifest)
			}
			if err != nil {
				return err
			}
			if len(paths)+len(opts.Manifest) == 0 && missing != nil {
				return missing
			}
			dir, err := e.dataDir()
			if err != nil {
				return err
			}
			if os.Getenv("GOGC") == "" {
				debug.SetGCPercent(200) // a tenth less work for a third more memory
			}
			if os.Getenv("GOMEMLIMIT") == "" {
				debug.SetMemoryLimit(ingestMemory)
			}
			t := &teller{env: e, lines: jsonLines(e.stdout), dry: opts.DryRun}
			if err := os.Setenv(extract.PageCacheEnv, filepath.Join(dir, kehoach.PagesDir)); err != nil {
				return fmt.Errorf("ingest: %w", err)
			}
			opts.Reader = e.reader(0)
			if watch {
				return t.watch(cmd.Context(), dir, paths, opts)
			}
			opts.Progress = t.tell
			if !e.quiet {
				t.progress = startProgress(e.stderr)
			}
			report, err := kehoach.Ingest(cmd.Context(), dir, paths, opts.Options)
			if t.progress != nil {
				t.progress.finish()
			}
			if report.Run > 0 || opts.DryRun {
				err = errors.Join(err, t.sum(report))
			}
			if err = errors.Join(err, t.err, missing); err == nil && len(report.Unread) > 0 {
				err = errSomeUnread
			}
			return err
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&manifest, "manifest", "", "JSON Lines of a crawl: the files, and what the portal says of them")
	flags.BoolVar(&opts.DryRun, "dry-run", false, "say what would be done, and change nothing")
	flags.BoolVar(&opts.Checksum, "checksum", false, "compare the bytes of files that seem unchanged")
	flags.BoolVar(&opts.NoIndex, "no-index", false, "keep only; the next ingest tells the index")
	flags.BoolVar(&watch, "watch", false, "go on, and ingest again whenever something changes")
	flags.DurationVar(&opts.Rescan, "rescan", 10*time.Minute, "with --watch: look at every path this often in any case")
	cmd.MarkFlagsMutuallyExclusive("watch", "dry-run")
	return cmd
}

func readManifest(path string) ([]kehoach.Portal, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("ingest: %w", err)
	}
	defer f.Close()
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("ingest: %w", err)
	}
	list, err := kehoach.ReadManifest(f, filepath.Dir(abs))
	if err != nil {
		return nil, fmt.Errorf("ingest: %s: %w", path, err)
	}
	return list, nil
}

// watch tells of round after round, until it is interrupted.
func (t *teller) watch(ctx context.Context, dir string, paths []string, opts kehoach.WatchOptions) error {
	opts.Progress = t.tell
	opts.Round = func(report kehoach.Report, err error) error {
		c := report.Counts
		if c.Unchanged, c.Bytes = 0, 0; err == nil && (c != corpus.Counts{Quarantined: c.Quarantined}) {
			err = t.sum(report)
		}
		return errors.Join(err, t.err)
	}
	return kehoach.Watch(ctx, dir, paths, opts)
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
	dry      bool      // nothing is changed
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
	if read := r.Added + r.Changed + r.Renewed + r.Duplicate; read > 0 && r.Took > 0 {
		rate = fmt.Sprintf(", %.0f a second", float64(read)/r.Took.Seconds())
	}
	more := ""
	if r.Renewed > 0 {
		more += fmt.Sprintf(", %d read again", r.Renewed)
	}
	if r.Gone > 0 {
		more += fmt.Sprintf(", %d gone", r.Gone)
	}
	name := fmt.Sprint("run ", r.Run)
	if t.dry {
		name = "it would be"
	}
	out := bufio.NewWriter(t.stdout)
	fmt.Fprintf(out, "%s: %d added, %d changed, %d duplicates, %d unchanged, %d could not be read%s (%s%s)\n",
		name, r.Added, r.Changed, r.Duplicate, r.Unchanged, r.Quarantined, more, r.Took.Round(10*time.Millisecond), rate)
	writeChanges(out, r.Changes)
	err := out.Flush()
	if err != nil {
		return fmt.Errorf("ingest: %w", err)
	}
	return nil
}
