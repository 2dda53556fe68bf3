package index

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"kehoach/plan"
)

// childWriter is a writer in a process of its own: it adds batches and says after each how many plans are safe.
func childWriter(dir string) {
	x, err := Create(dir)
	if err != nil {
		fmt.Println("error", err)
		os.Exit(1)
	}
	plans := madePlans(4000, 21)
	for i := 0; i < len(plans); i += 20 {
		if err := x.Add(plans[i : i+20]); err != nil {
			fmt.Println("error", err)
			os.Exit(1)
		}
		fmt.Println(i + 20)
	}
	fmt.Println("done")
	select {}
}

// startWriter starts it, and gives its lines.
func startWriter(t *testing.T, dir string) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "KEHOACH_INDEX_CHILD="+dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	return cmd, bufio.NewScanner(out)
}

// plansIn is how many plans a reader finds, each of them whole.
func plansIn(t *testing.T, dir string) int {
	t.Helper()
	r, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	res, err := r.Search(context.Background(), Query{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	s, err := r.Stats()
	if err != nil {
		t.Fatal(err)
	}
	records := 0
	for _, p := range r.view.parts {
		records += int(p.live().count())
	}
	if s.Plans != res.Plans || s.Records != records {
		t.Fatalf("totals say %d plans and %d records, there are %d and %d", s.Plans, s.Records, res.Plans, records)
	}
	return res.Plans
}

func TestReadersBesideAWriterThatIsKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("starts processes")
	}
	dir := t.TempDir()
	for round := range 3 {
		cmd, lines := startWriter(t, dir)
		safe := 0
		for lines.Scan() {
			if strings.HasPrefix(lines.Text(), "error") {
				t.Fatal(lines.Text())
			}
			if _, err := fmt.Sscan(lines.Text(), &safe); err != nil {
				break // done
			}
			if safe%100 == 0 {
				if n := plansIn(t, dir); n < safe {
					t.Fatalf("%d plans are safe, a reader finds %d", safe, n)
				}
			}
			if safe >= 600*(round+1) {
				break
			}
		}
		if _, err := Create(dir); !errors.Is(err, ErrBusy) {
			t.Errorf("a second writer: %v, want ErrBusy", err)
		}
		cmd.Process.Kill()
		cmd.Wait()
		if n := plansIn(t, dir); n < safe || n%20 != 0 {
			t.Errorf("after the kill: %d plans, %d were safe", n, safe)
		}
	}
}

func TestOpenAndCreate(t *testing.T) {
	dir := t.TempDir()
	if _, err := Open(dir); !errors.Is(err, ErrNoIndex) {
		t.Errorf("no index: %v", err)
	}
	x, err := Create(dir)
	if err != nil {
		t.Fatal(err)
	}
	if n := plansIn(t, dir); n != 0 {
		t.Errorf("a new index holds %d plans", n)
	}
	if err := x.Add([]*plan.Plan{{ID: "a", Text: "một"}, {ID: "b", Text: "hai"}, {ID: "a", Text: "ba"}}); err != nil {
		t.Fatal(err)
	}
	if got := order(t, x, "ba"); got != "a" {
		t.Errorf("of two plans with one id the last counts; found %q", got)
	}
	if got := order(t, x, "một"); got != "" {
		t.Errorf("the first was found as well: %q", got)
	}
	if err := x.Delete([]string{"b", "c"}); err != nil {
		t.Fatal(err)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	if n := plansIn(t, dir); n != 1 {
		t.Errorf("%d plans, want 1", n)
	}
	r, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Add([]*plan.Plan{{ID: "z"}}); err == nil {
		t.Error("a reader could add")
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Search(context.Background(), Query{}); err == nil {
		t.Error("a closed index could be searched")
	}
	name, err := current(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(generationPath(dir, name), formatName), []byte("kehoach.index/0\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir); !errors.Is(err, ErrFormat) {
		t.Errorf("another format: %v", err)
	}
	if _, err := Create(dir); !errors.Is(err, ErrFormat) {
		t.Errorf("writing to another format: %v", err)
	}
}
