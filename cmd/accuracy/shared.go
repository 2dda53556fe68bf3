package main

import (
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"kehoach/internal/accuracy"
)

// keyOf names what was said of a file.
func keyOf(path string) string {
	abs, err := filepath.Abs(path)
	if err != nil {
		abs = path
	}
	return fmt.Sprintf("%x", sha256.Sum256([]byte(abs)))
}

// sharedAgrees lets the scorer of ../shared/eval look at what the program said, document by document, and reports whether
// its figures are those of the rows. Where it is not there, it says so.
func (m *measure) sharedAgrees(docs []accuracy.Document, rows []accuracy.Figures) (bool, error) {
	eval := filepath.Join(accuracy.Shared(m.root), "eval")
	if _, err := os.Stat(eval); err != nil {
		fmt.Println("../shared is not there: real documents are not measured, their figures stay")
		return true, nil
	}
	scorer := filepath.Join(m.said, "scorer")
	build := exec.Command("go", "build", "-o", scorer, "./plan")
	build.Dir, build.Stderr = eval, os.Stderr
	if err := build.Run(); err != nil {
		return false, fmt.Errorf("building the scorer in %s: %w", eval, err)
	}
	self, err := os.Executable()
	if err != nil {
		return false, err
	}
	agree := true
	for i, d := range docs {
		if d.Set != "real" {
			continue
		}
		out, err := exec.Command(scorer, "-gold", filepath.Join(accuracy.Shared(m.root), "gold"), "-docs", filepath.Join(accuracy.Shared(m.root), "data"),
			"-only", d.Name, "-bin", self+" -replay "+m.said).Output()
		if err != nil {
			return false, fmt.Errorf("the scorer on %s: %w\n%s", d.Name, err, out)
		}
		for _, line := range strings.Split(string(out), "\n") {
			for measure, want := range rows[i].F1 {
				rest, ok := strings.CutPrefix(line, measure+" ")
				if fields := strings.Fields(rest); ok && len(fields) == 6 && fields[0] != fmt.Sprintf("%.3f", want) {
					fmt.Printf("%s: the scorer of ../shared says %s %s, the project's own %.3f\n", d.Name, measure, fields[0], want)
					agree = false
				}
			}
		}
	}
	return agree, nil
}
