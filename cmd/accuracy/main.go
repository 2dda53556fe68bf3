// Command accuracy measures how well documents are read, and compares with the figures of docs/accuracy.md.
//
//	accuracy -bin bin/kehoach            gains and losses; exit 1 on a loss that is not written down
//	accuracy -bin bin/kehoach -update    the same, and writes the page anew
//	accuracy -bin bin/kehoach -v         every miss, by document
//
// It reads every labelled document once with the program. Where ../shared is there, its scorer looks at the same plans,
// and must find the same figures as the project's own.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"kehoach/extract"
	"kehoach/internal/accuracy"
	"kehoach/plan"
)

func main() {
	m := &measure{plans: map[string]*plan.Plan{}}
	flag.StringVar(&m.bin, "bin", "bin/kehoach", "the program")
	flag.StringVar(&m.root, "root", ".", "the folder of the project")
	flag.BoolVar(&m.update, "update", false, "write docs/accuracy.md anew")
	flag.BoolVar(&m.verbose, "v", false, "print every miss")
	flag.StringVar(&m.only, "only", "", "only documents whose name contains this; nothing is written then")
	replay := flag.String("replay", "", "stand in for the program: print what it said of a file before, from this folder")
	flag.Parse()
	if *replay != "" {
		b, err := os.ReadFile(filepath.Join(*replay, keyOf(flag.Arg(flag.NArg()-1))))
		if err != nil {
			fmt.Fprintln(os.Stderr, "accuracy:", err)
			os.Exit(1)
		}
		os.Stdout.Write(b)
		return
	}
	ok, err := m.run()
	if err != nil {
		fmt.Fprintln(os.Stderr, "accuracy:", err)
	}
	if err != nil || !ok {
		os.Exit(1)
	}
}

// measure is one run.
type measure struct {
	bin, root, only string
	update, verbose bool

	said  string // a folder of what the program said of each file
	mu    sync.Mutex
	plans map[string]*plan.Plan // by path
}

// run reports whether no loss is left unexplained.
func (m *measure) run() (bool, error) {
	docs, err := accuracy.Labelled(m.root)
	if err != nil {
		return false, err
	}
	docs = append(docs, accuracy.MadeDocuments()...)
	var some []accuracy.Document
	for _, d := range docs {
		if strings.Contains(d.Name, m.only) {
			some = append(some, d)
		}
	}
	if m.said, err = os.MkdirTemp("", "accuracy"); err != nil {
		return false, err
	}
	defer os.RemoveAll(m.said)
	if err := m.read(some); err != nil {
		return false, err
	}
	rows, verdicts, err := m.score(some)
	if err != nil {
		return false, err
	}
	page := filepath.Join(m.root, "docs", "accuracy.md")
	report, err := accuracy.ReadReport(page)
	if err != nil {
		return false, err
	}
	agree, err := m.sharedAgrees(some, rows)
	if err != nil {
		return false, err
	}
	changes := report.Compare(rows)
	for _, c := range changes {
		note := ""
		if c.Loss() && report.Accepts(c) {
			note = "  (written down)"
		}
		fmt.Printf("%s%s\n", c, note)
	}
	open := report.Unexplained(changes)
	report.Merge(rows)
	fmt.Print(report.Summary(verdicts))
	fmt.Printf("%d documents measured, %d figures changed, %d losses not written down\n", len(rows), len(changes), len(open))
	if len(open) > 0 {
		fmt.Printf("\nA loss stands only with its reason. To accept them, add to the end of %s, with the reason in words:\n\n", page)
		for _, c := range open {
			fmt.Println(c.Row())
		}
		return false, nil
	}
	if m.update && m.only == "" && agree {
		return true, os.WriteFile(page, []byte(report.Page()), 0o644)
	}
	return agree, nil
}

// read reads every document that has a file with the program, two at a time or as many as there are CPUs.
func (m *measure) read(docs []accuracy.Document) error {
	work := make(chan string)
	var group sync.WaitGroup
	var failed error
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() {
			for path := range work {
				p, line, err := m.parse(path)
				m.mu.Lock()
				m.plans[path] = p
				if err == nil {
					err = os.WriteFile(filepath.Join(m.said, keyOf(path)), line, 0o600)
				}
				failed = errors.Join(failed, err)
				m.mu.Unlock()
			}
		})
	}
	for i, d := range docs {
		if d.Bytes == nil {
			m.progress("reading %d of %d: %s", i+1, len(docs), d.Name)
			work <- d.Path
		}
	}
	close(work)
	group.Wait()
	m.progress("")
	return failed
}

// progress says on a terminal what is being done, in a line that the next one takes.
func (m *measure) progress(format string, a ...any) {
	if info, err := os.Stderr.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
		fmt.Fprintf(os.Stderr, "\r\x1b[K"+format, a...)
	}
}

// parse runs the program over one file. A file that it cannot read is an empty plan.
func (m *measure) parse(path string) (*plan.Plan, []byte, error) {
	cmd := exec.Command(m.bin, "parse", "--json", "--quiet", path)
	out, err := cmd.Output()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return nil, nil, err
	}
	p := new(plan.Plan)
	if err := json.Unmarshal(out, p); err != nil {
		return nil, nil, fmt.Errorf("%s: %w", path, err)
	}
	return p, out, nil
}

// score gives the row of each document, and of each kind of made documents, and all verdicts.
func (m *measure) score(docs []accuracy.Document) ([]accuracy.Figures, []accuracy.Verdict, error) {
	var rows []accuracy.Figures
	var verdicts []accuracy.Verdict
	made := map[string]*accuracy.Sheet{}
	var kinds []string
	for _, d := range docs {
		p := m.plans[d.Path]
		if d.Bytes != nil {
			var err error
			if p, err = extract.Read(context.Background(), d.Path, d.Bytes); err != nil {
				return nil, nil, err
			}
		}
		s := accuracy.Score(d.Name, d.Label, p, m.verbose)
		verdicts = append(verdicts, s.Verdicts...)
		for _, miss := range s.Misses {
			fmt.Printf("%-46s %-18s %s\n", miss.Doc, miss.Measure, miss.Text)
		}
		if m.verbose {
			for _, v := range s.Verdicts {
				if (v.Level == plan.Sure || v.Level == "absent") && !v.Right {
					fmt.Printf("%-46s %-18s said to be %s (%s), which is wrong: %s\n", v.Doc, v.Field, v.Level, v.Reason, v.Text)
				}
			}
		}
		if d.Bytes == nil {
			rows = append(rows, accuracy.NewRow(d.Set, d.Name, p.Source.OCR, s))
			continue
		}
		if made[d.Name] == nil {
			made[d.Name] = new(accuracy.Sheet)
			kinds = append(kinds, d.Name)
		}
		made[d.Name].Add(s)
	}
	for _, k := range kinds {
		rows = append(rows, accuracy.NewRow("made", k, false, made[k]))
	}
	return rows, verdicts, nil
}
