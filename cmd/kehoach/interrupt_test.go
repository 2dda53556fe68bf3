package main

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestInterrupt interrupts an ingest, after more and more of its files. It ends with 130 and what was told is kept; how long
// it took to end is logged.
func TestInterrupt(t *testing.T) {
	src := t.TempDir()
	for i := range 600 {
		text := strings.Replace(letter, "12/KH", fmt.Sprint(i, "/KH"), 1) + strings.Repeat(fmt.Sprintf("\nCông việc thứ %d của năm.", i), 100)
		if err := os.WriteFile(filepath.Join(src, fmt.Sprint(i, ".txt")), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	worst := time.Duration(0)
	for _, after := range []int{0, 1, 300} {
		dir := filepath.Join(t.TempDir(), "corpus")
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), "KEHOACH_TEST_RUN="+strings.Join([]string{"--data", dir, "--json", "ingest", src}, "\n"))
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		var said bytes.Buffer
		cmd.Stderr = &said
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		told := 0
		if after == 0 {
			time.Sleep(100 * time.Millisecond) // before the first file is told of
		}
		for told < after && lines.Scan() {
			told++
		}
		start := time.Now()
		if err := cmd.Process.Signal(os.Interrupt); err != nil {
			t.Fatal(err)
		}
		for lines.Scan() {
			if strings.Contains(lines.Text(), `"event":"file"`) {
				told++
			}
		}
		cmd.Wait()
		worst = max(worst, time.Since(start))
		if code := cmd.ProcessState.ExitCode(); code != 130 || !strings.Contains(said.String(), "interrupted") {
			t.Errorf("after %d files: exit %d, %s", after, code, &said)
		}
		code, stdout, stderr := kh(dir, "", "status", "--json")
		if want := fmt.Sprintf(`"plans":%d,`, told); code != 0 || !strings.Contains(stdout, want) {
			t.Errorf("after %d files: %d were told of; status: %d %s%s", after, told, code, stdout, stderr)
		}
		if code, stdout, _ := kh(dir, "", "verify"); code != 0 {
			t.Errorf("after %d files: verify: %d, %s", after, code, stdout)
		}
	}
	t.Logf("an interrupted ingest ended within %v", worst)
}
