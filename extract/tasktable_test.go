package extract

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"kehoach/internal/tsv"
	"kehoach/plan"
)

// taskTable is a resolution's table of 140 tasks, which gives its own answers: a program of its own, in
// testdata/tasktable, derives the rows from the columns of its Markdown.
const taskTable = "../../shared/data/more/nq-03-phu-luc-2-nhiem-vu.md"

// columnRow is what testdata/tasktable says of one row.
type columnRow struct {
	Number, Task, Output, Deadline string
	Lead, Support                  []string
}

func columnRows(t *testing.T, args ...string) []byte {
	t.Helper()
	if _, err := os.Stat(taskTable); err != nil {
		t.Skipf("%s is not there", taskTable)
	}
	cmd := exec.Command("go", append(append([]string{"run", "./testdata/tasktable"}, args...), taskTable)...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("testdata/tasktable: %v\n%s", err, stderr.String())
	}
	return out
}

func expectedRows(t *testing.T) []columnRow {
	t.Helper()
	var rows []columnRow
	for dec := json.NewDecoder(bytes.NewReader(columnRows(t))); dec.More(); {
		var r columnRow
		if err := dec.Decode(&r); err != nil {
			t.Fatal(err)
		}
		rows = append(rows, r)
	}
	if len(rows) < 100 {
		t.Fatalf("%d rows derived, want the whole table", len(rows))
	}
	return rows
}

// flat is a row of one body as one string: the body as printed, its role and the task.
func flat(agency string, role plan.Role, task string) string {
	return strings.Join(strings.Fields(agency), " ") + " [" + string(role) + "] " + strings.Join(strings.Fields(task), " ")
}

// rowF1 compares the assignments of a plan with the expected rows, as bags, and logs what differs.
func rowF1(t *testing.T, p *plan.Plan, want []columnRow) float64 {
	t.Helper()
	count := map[string]int{}
	wanted, hit := 0, 0
	for _, r := range want {
		for _, a := range r.Lead {
			count[flat(a, plan.Lead, r.Task)]++
			wanted++
		}
		for _, a := range r.Support {
			count[flat(a, plan.Support, r.Task)]++
			wanted++
		}
	}
	for _, a := range p.Assignments {
		k := flat(p.Quote(a.AgencySpan), a.Role, a.Task)
		if count[k] == 0 {
			t.Logf("extra: %.120s", k)
			continue
		}
		count[k]--
		hit++
	}
	for k, n := range count {
		if n > 0 {
			t.Logf("missed: %.120s", k)
		}
	}
	return 2 * float64(hit) / float64(wanted+len(p.Assignments))
}

// TestTaskTable reads the table from Markdown and from HTML and compares it with what its columns say.
func TestTaskTable(t *testing.T) {
	want := expectedRows(t)
	data, err := os.ReadFile(taskTable)
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"table.md": data, "table.html": columnRows(t, "-html")} {
		p := read(t, name, data)
		if f1 := rowF1(t, p, want); f1 < 0.98 {
			t.Errorf("%s: row F1 %.3f, want 0.98", name, f1)
		}
		terms(t, name, p, want)
	}
}

// terms checks that every row has the deadline and the output of its cells, or none where they are empty.
func terms(t *testing.T, name string, p *plan.Plan, want []columnRow) {
	t.Helper()
	byTask := map[string]columnRow{}
	for _, r := range want {
		byTask[r.Task] = r
	}
	wrong := 0
	for _, a := range p.Assignments {
		r, ok := byTask[a.Task]
		if !ok {
			continue
		}
		if a.Deadline != r.Deadline || a.Output != strings.TrimRight(r.Output, ".;") {
			wrong++
			t.Logf("%s: row %s is due %q and gives %q, want %q and %q", name, r.Number, a.Deadline, a.Output, r.Deadline, r.Output)
		}
	}
	if wrong*50 > len(p.Assignments) {
		t.Errorf("%s: %d of %d rows have another deadline or output than their cells", name, wrong, len(p.Assignments))
	}
}

// TestTaskTableReviewed compares thirty rows with what a person read in the table.
func TestTaskTableReviewed(t *testing.T) {
	want := expectedRows(t)
	data, err := os.ReadFile(taskTable)
	if err != nil {
		t.Fatal(err)
	}
	p := read(t, "table.md", data)
	list, err := os.ReadFile("testdata/tasktable/reviewed.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range tsv.MustParse("reviewed.tsv", string(list), "number", "lead", "support", "deadline", "output").Rows {
		task := ""
		for _, w := range want {
			if w.Number == r[0] {
				task = w.Task
				if got := hash(w.Deadline) + " " + hash(w.Output); got != r[3]+" "+r[4] {
					t.Errorf("row %s: the columns give %s for deadline and output, the reader of the table %s %s", r[0], got, r[3], r[4])
				}
			}
		}
		var lead, support []string
		for _, a := range p.Assignments {
			switch {
			case a.Task != task:
			case hash(a.Deadline) != r[3] || hash(a.Output) != r[4]:
				t.Errorf("row %s: due %q, gives %q", r[0], a.Deadline, a.Output)
			case a.Role == plan.Lead:
				lead = append(lead, a.AgencyID)
			default:
				support = append(support, a.AgencyID)
			}
		}
		if got := strings.Join(lead, "|"); got != r[1] {
			t.Errorf("row %s: %s lead, want %s", r[0], got, r[1])
		}
		if got := strings.Join(support, "|"); got != strings.Trim(r[2], "-") {
			t.Errorf("row %s: %s support, want %s", r[0], got, r[2])
		}
	}
}

// hash is the first digits of the SHA-256 of a cell, "-" of an empty one.
func hash(cell string) string {
	if cell == "" {
		return "-"
	}
	return fmt.Sprintf("%x", sha256.Sum256([]byte(cell)))[:8]
}

// TestTaskTableConverted lets LibreOffice make every format of the table: each must give the same rows.
func TestTaskTableConverted(t *testing.T) {
	if testing.Short() {
		t.Skip("LibreOffice takes ten seconds")
	}
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("soffice is not installed (Debian: libreoffice-writer)")
	}
	want := expectedRows(t)
	dir := t.TempDir()
	page := filepath.Join(dir, "table.html")
	if err := os.WriteFile(page, columnRows(t, "-html"), 0o644); err != nil {
		t.Fatal(err)
	}
	convert := func(from, to string, more ...string) {
		args := append([]string{"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless"}, more...)
		if out, err := exec.Command(soffice, append(args, "--convert-to", to, "--outdir", dir, from)...).CombinedOutput(); err != nil {
			t.Fatalf("soffice: %v\n%s", err, out)
		}
	}
	convert(page, "odt:writer8", "--infilter=HTML (StarWriter)")
	for _, format := range []string{"docx", "rtf", "doc", "pdf"} {
		convert(filepath.Join(dir, "table.odt"), format)
	}
	for _, format := range []string{"odt", "docx", "rtf", "doc", "pdf"} {
		data, err := os.ReadFile(filepath.Join(dir, "table."+format))
		if err != nil {
			t.Fatal(err)
		}
		p := read(t, "table."+format, data)
		if f1 := rowF1(t, p, want); f1 < 0.98 {
			t.Errorf("%s: row F1 %.3f, want 0.98", format, f1)
		}
		terms(t, format, p, want)
	}
}

// TestSameTasks reads two documents as LibreOffice and Chromium rendered them: the tables of tasks give the same rows in
// every format.
func TestSameTasks(t *testing.T) {
	const samples = "../../shared/data/samples/"
	if _, err := os.Stat(samples); err != nil {
		t.Skipf("%s is not there", samples)
	}
	for _, name := range []string{"doc_000", "doc_001"} {
		var first []string
		for _, format := range []string{"docx", "odt", "rtf", "html", "doc", "lo/pdf", "ch/pdf"} {
			dir, ext := filepath.Split(format)
			if dir == "" {
				dir = format
			}
			data, err := os.ReadFile(filepath.Join(samples, dir, name+"."+ext))
			if err != nil {
				t.Fatal(err)
			}
			p := read(t, name+"."+ext, data)
			var rows []string
			for _, a := range p.Assignments {
				rows = append(rows, flat(a.Agency, a.Role, a.Task)+" {"+a.Deadline+"} {"+a.Output+"}")
			}
			if len(rows) < 10 {
				t.Fatalf("%s %s: %d rows", name, format, len(rows))
			}
			if first == nil {
				first = rows
			} else if a, b := strings.Join(first, "\n"), strings.Join(rows, "\n"); a != b {
				t.Errorf("%s: %s gives other rows than docx: %s", name, format, firstDifference(a, b))
			}
		}
	}
}

// firstDifference are the first lines in which two texts differ.
func firstDifference(a, b string) string {
	left, right := bufio.NewScanner(strings.NewReader(a)), bufio.NewScanner(strings.NewReader(b))
	for left.Scan() && right.Scan() {
		if left.Text() != right.Text() {
			return fmt.Sprintf("\n%s\n%s", left.Text(), right.Text())
		}
	}
	return "one has more rows"
}

func read(t *testing.T, name string, data []byte) *plan.Plan {
	t.Helper()
	p, err := Read(context.Background(), name, data)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return p
}
