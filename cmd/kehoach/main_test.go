package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"kehoach/corpus"
	"kehoach/corpus/sample"
	"kehoach/extract"
	"kehoach/plan"
)

// run0 runs a command line with what stands on its standard input.
func run0(stdin string, args ...string) (code int, stdout, stderr string) {
	var out, err bytes.Buffer
	code = run(args, strings.NewReader(stdin), &out, &err)
	return code, out.String(), err.String()
}

// samplePath writes a sample document to a file.
func samplePath(t *testing.T, name string) string {
	t.Helper()
	data, err := fs.ReadFile(sample.Files(), name)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

const aSample = "ha-giang-2022-du-lich-cong-dong.md"

// TestUsage holds command lines and what they end with: code 2 and a hint for those that are wrong.
func TestUsage(t *testing.T) {
	empty := t.TempDir()
	for _, test := range []struct {
		args string
		code int
		want string // on standard error, or on standard output where the code is 0
	}{
		{"", 0, "Available Commands"},
		{"--help", 0, "Available Commands"},
		{"help parse", 0, "kehoach parse [--json] FILE"},
		{"pars x", 2, `did you mean "parse"`},
		{"parse", 2, "kehoach parse --help"},
		{"parse --nonsense x", 2, "unknown flag"},
		{"text a b", 2, "accepts 1 arg"},
		{"text absent.txt", 3, "absent.txt"},
		{"parse absent.txt", 3, "absent.txt"},
		{"demo x", 2, "kehoach demo"},
		{"status --data " + filepath.Join(empty, "none"), 10, "no corpus"},
	} {
		code, stdout, stderr := run0("", strings.Fields(test.args)...)
		said := stderr
		if code == 0 {
			said = stdout
		}
		if code != test.code || !strings.Contains(said, test.want) {
			t.Errorf("%q: code %d, want %d; said %q, want %q", test.args, code, test.code, said, test.want)
		}
	}
}

// TestExitCode holds the table of contract: which error ends with which code.
func TestExitCode(t *testing.T) {
	for _, test := range []struct {
		err  error
		code int
	}{
		{nil, 0},
		{errors.New("disk full"), 1},
		{fmt.Errorf("export: x: %w", fs.ErrPermission), 1},
		{usage{nil, errors.New("no")}, 2},
		{fmt.Errorf("ingest: %w", errSomeUnread), 3},
		{fmt.Errorf("extract: a: %w: empty", extract.ErrUnreadable), 3},
		{fmt.Errorf("a: %w", corpus.ErrNoCorpus), 10},
		{fmt.Errorf("a: %w", corpus.ErrNoPlan), 10},
		{fmt.Errorf("a: %w", corpus.ErrBusy), 11},
	} {
		if got := exitCode(test.err); got != test.code {
			t.Errorf("%v: code %d, want %d", test.err, got, test.code)
		}
	}
}

// TestParse writes one line for every argument, in their order, those that cannot be read included.
func TestParse(t *testing.T) {
	good := samplePath(t, aSample)
	empty := filepath.Join(t.TempDir(), "empty.txt")
	if err := os.WriteFile(empty, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	code, stdout, stderr := run0("KẾ HOẠCH\nTập huấn\n", "parse", "--json", good, "absent", empty, "-", good)
	if code != 3 {
		t.Errorf("code %d: %s", code, stderr)
	}
	lines := strings.Split(strings.TrimSuffix(stdout, "\n"), "\n")
	if len(lines) != 5 {
		t.Fatalf("%d lines", len(lines))
	}
	for i, want := range []struct{ path, problem string }{{good, ""}, {"absent", plan.Unreadable}, {empty, plan.Unreadable}, {"-", ""}, {good, ""}} {
		var got plan.Unread
		if err := json.Unmarshal([]byte(lines[i]), &got); err != nil {
			t.Fatal(err)
		}
		unread := len(got.Problems) == 1 && got.Problems[0].Code == plan.Unreadable
		if got.Schema != plan.Schema || got.Source.Path != want.path || unread != (want.problem != "") {
			t.Errorf("line %d: %+v", i, got)
		}
	}
	if lines[0] != lines[4] {
		t.Error("the same file gave two different lines")
	}
	if code, _, stderr := run0("", "parse", good); code != 0 || stderr != "" {
		t.Errorf("code %d: %s", code, stderr)
	}
}

// TestText writes the text that the spans of the plan count.
func TestText(t *testing.T) {
	path := samplePath(t, aSample)
	_, line, _ := run0("", "parse", "--json", path)
	var p plan.Plan
	if err := json.Unmarshal([]byte(line), &p); err != nil {
		t.Fatal(err)
	}
	code, text, stderr := run0("", "text", path)
	if code != 0 || text != p.Text || stderr != "" {
		t.Errorf("code %d, %d bytes, want %d: %s", code, len(text), len(p.Text), stderr)
	}
}

// TestDemo runs the whole way and fits on a page.
func TestDemo(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "kept")
	code, stdout, stderr := run0("", "demo", "--keep", dir)
	if code != 0 {
		t.Fatalf("code %d: %s", code, stderr)
	}
	for _, want := range []string{"$ kehoach search", "$ kehoach facets", "$ kehoach compare agencies", "How to go on", dir, "UBND tỉnh Hà Giang"} {
		if !strings.Contains(stdout, want) {
			t.Errorf("the demo does not say %q", want)
		}
	}
	for line := range strings.Lines(stdout) {
		n := 0
		for _, r := range strings.TrimSuffix(line, "\n") {
			if !unicode.Is(unicode.Mn, r) {
				n++
			}
		}
		if n > pageWidth && !strings.Contains(line, dir) {
			t.Errorf("%d columns: %s", n, line)
		}
	}
	if c, err := corpus.Open(dir); err != nil {
		t.Error(err)
	} else if err := c.Close(); err != nil {
		t.Error(err)
	}
}

// TestDocs keeps docs/cli.md true: it names every command and every flag.
func TestDocs(t *testing.T) {
	page, err := os.ReadFile("../../docs/cli.md")
	if err != nil {
		t.Fatal(err)
	}
	var check func(cmd *cobra.Command)
	check = func(cmd *cobra.Command) {
		if name := cmd.CommandPath(); !strings.Contains(string(page), name) && name != "kehoach help" {
			t.Errorf("docs/cli.md does not name %q", name)
		}
		cmd.LocalFlags().VisitAll(func(f *pflag.Flag) {
			if !strings.Contains(string(page), "--"+f.Name) {
				t.Errorf("docs/cli.md does not name --%s of %s", f.Name, cmd.CommandPath())
			}
		})
		for _, sub := range cmd.Commands() {
			check(sub)
		}
	}
	check(newRoot(&env{}))
}
