package corpus

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kehoach/plan"
)

// create opens a new corpus for writing, closed at the end of the test.
func create(t testing.TB, dir string) *Corpus {
	t.Helper()
	c, err := Create(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

func begin(t testing.TB, c *Corpus) *Run {
	t.Helper()
	r, err := c.Begin("test")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// doc is a document at path whose bytes are text; p may be nil.
func doc(t testing.TB, path, text string, p *plan.Plan) Doc {
	t.Helper()
	sum := sha256.Sum256([]byte(text))
	src := NewSource(path, hex.EncodeToString(sum[:]), nil)
	if p != nil {
		p.Text = text
		p.Source.Path, p.Source.SHA256 = path, src.SHA256
	}
	d, err := NewDoc(src, []byte(text), p)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func put(t testing.TB, c *Corpus, r *Run, docs ...Doc) ([]Outcome, []Pending) {
	t.Helper()
	outcomes, pending, err := c.Put(r, docs)
	if err != nil {
		t.Fatal(err)
	}
	return outcomes, pending
}

func line(t testing.TB, p *plan.Plan) string {
	t.Helper()
	data, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func full() *plan.Plan {
	most := 8.0
	return &plan.Plan{
		Source: plan.Source{Format: "text", Bytes: 9, Tools: map[string]string{"kehoach": "1"}},
		Number: "115/KH-UBND", Symbol: "KH-UBND", Type: plan.Type{Code: "KH", Name: "Kế hoạch"},
		Issuer:   plan.Issuer{Name: "Ủy ban nhân dân tỉnh Kiên Giang", ID: "ubnd-tinh@kien-giang", Level: plan.Provincial},
		Province: plan.Province{ID: "kien-giang", Code: "91", Name: "Kiên Giang", Today: plan.Place{ID: "an-giang", Name: "An Giang"}},
		Issued:   "2021-06-04", Title: "Thông tin, tuyên truyền", Recipients: []string{"Như trên"},
		Sections: []plan.Section{{Label: "I", Level: 1, Path: []string{"I"}, Heading: "MỤC ĐÍCH", Kind: plan.Purpose, Span: plan.Span{Start: 1, End: 4}}},
		Assignments: []plan.Assignment{{Agency: "Sở Tài chính", AgencyID: "so-tc", Role: plan.Lead, Task: "cấp",
			Section: plan.RefTo(0), Span: plan.Span{Start: 1, End: 3}}},
		Citations: []plan.Citation{{Number: "889/QĐ-TTg", Role: plan.Implements, Text: "889", Span: plan.Span{Start: 0, End: 3}}},
		Deadlines: []plan.Deadline{{Text: "30/11", MonthDay: "11-30", Recurs: "yearly", Section: plan.RefTo(0), Span: plan.Span{Start: 2, End: 4}}},
		Targets:   []plan.Target{{Value: 5, Max: &most, Unit: "%", Text: "5 - 8%", Span: plan.Span{Start: 0, End: 3}}},
		Spans:     map[string][]plan.Span{"title": {{Start: 0, End: 2}}},
		Problems:  []plan.Problem{{Code: plan.LabelJump, Message: "từ I đến III"}},
	}
}

func TestRoundTrip(t *testing.T) {
	dir := t.TempDir()
	c := create(t, dir)
	r := begin(t, c)
	d := doc(t, "/kh/115.txt", "văn bản 115", full())
	put(t, c, r, d)
	want := line(t, d.Plan)
	for _, id := range []string{d.Plan.ID, d.Plan.ID[:6], strings.ToUpper(d.Plan.ID[:9])} {
		got, err := c.Plan(id)
		if err != nil {
			t.Fatal(err)
		}
		if line(t, got) != want {
			t.Errorf("Plan(%s)\n got %s\nwant %s", id, line(t, got), want)
		}
	}
	data, err := c.Original(d.Source.SHA256)
	if err != nil || string(data) != "văn bản 115" {
		t.Errorf("Original = %q, %v", data, err)
	}
	if err := c.Finish(r); err != nil {
		t.Fatal(err)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if got, err := again.Plan(d.Plan.ID); err != nil || line(t, got) != want {
		t.Errorf("after reopening: %v", err)
	}
	s, err := again.Status()
	if err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprint(s.Plans, s.Sources, s.Sections, s.Assignments, s.Citations, s.Deadlines, s.Runs, s.LastRun.Added, s.Pending)
	if got != "1 1 1 1 1 1 1 1 1" || s.LastRun.Finished.IsZero() || s.Bytes.Originals != int64(len("văn bản 115")) {
		t.Errorf("Status = %+v, last run %+v", s, s.LastRun)
	}
}

func TestPlanErrors(t *testing.T) {
	c := create(t, t.TempDir())
	r := begin(t, c)
	put(t, c, r, doc(t, "/a", "a", &plan.Plan{}))
	for _, id := range []string{"", "12345", "ffffff", "zzzzzzzz", "ca978112ca1bbdcb0"} {
		if _, err := c.Plan(id); !errors.Is(err, ErrNoPlan) {
			t.Errorf("Plan(%q) = %v, want ErrNoPlan", id, err)
		}
	}
	if _, err := Open(filepath.Join(t.TempDir(), "none")); !errors.Is(err, ErrNoCorpus) {
		t.Errorf("Open of nothing = %v, want ErrNoCorpus", err)
	}
	empty := t.TempDir()
	if err := os.WriteFile(filepath.Join(empty, catalogueName), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(empty); !errors.Is(err, ErrNoCorpus) {
		t.Errorf("Open of an empty catalogue = %v, want ErrNoCorpus", err)
	}
}

func TestPathsOfAnyKind(t *testing.T) {
	for _, name := range []string{"a b", "a?b=c", "a#b", "a%20b", "kế hoạch", "a&_pragma=x(1)", "file:x"} {
		dir := filepath.Join(t.TempDir(), name)
		c := create(t, dir)
		r := begin(t, c)
		put(t, c, r, doc(t, "/"+name, name, &plan.Plan{}))
		if _, err := os.Stat(filepath.Join(dir, catalogueName)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		c.Close()
		o, err := Open(dir)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if ids, err := o.IDs(plan.Filter{}); err != nil || len(ids) != 1 {
			t.Errorf("%s: %v, %v", name, ids, err)
		}
		o.Close()
	}
}

func TestReadOnlyFolder(t *testing.T) {
	dir := t.TempDir()
	c := create(t, dir)
	put(t, c, begin(t, c), doc(t, "/a", "a", &plan.Plan{}))
	c.Close()
	if err := errors.Join(os.Chmod(filepath.Dir(dir), 0o755), os.Chmod(dir, 0o555)); err != nil {
		t.Fatal(err)
	}
	asNobody(func() {
		if f, err := os.Create(filepath.Join(dir, "x")); err == nil {
			f.Close()
			t.Error("the folder can be written to: nothing is tested")
		}
		o, err := Open(dir)
		if err != nil {
			t.Error(err)
			return
		}
		defer o.Close()
		if ids, err := o.IDs(plan.Filter{}); err != nil || len(ids) != 1 {
			t.Errorf("%v, %v", ids, err)
		}
	})
}

func TestNewerCatalogue(t *testing.T) {
	dir := t.TempDir()
	c := create(t, dir)
	if err := c.w.exec("PRAGMA user_version = 99"); err != nil {
		t.Fatal(err)
	}
	c.Close()
	if _, err := Open(dir); err == nil || !strings.Contains(err.Error(), "newer") {
		t.Errorf("Open = %v", err)
	}
	if c, err := Create(dir); err == nil || !strings.Contains(err.Error(), "newer") {
		t.Errorf("Create = %v", err)
		c.Close()
	}
}

// TestReaders reads while a batch is being written, and sees the state before or after it.
func TestReaders(t *testing.T) {
	dir := t.TempDir()
	c := create(t, dir)
	r := begin(t, c)
	o, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	stop := make(chan struct{})
	failed := make(chan error, 1)
	go func() {
		defer close(failed)
		for {
			n := 0
			for _, err := range o.Select(plan.Filter{}) {
				if err != nil {
					failed <- err
					return
				}
				n++
			}
			if n%20 != 0 {
				failed <- fmt.Errorf("saw %d plans of batches of 20", n)
				return
			}
			select {
			case <-stop:
				return
			default:
			}
		}
	}()
	for batch := range 10 {
		var docs []Doc
		for i := range 20 {
			name := fmt.Sprintf("/%d/%d", batch, i)
			docs = append(docs, doc(t, name, name, full()))
		}
		put(t, c, r, docs...)
	}
	close(stop)
	if err := <-failed; err != nil {
		t.Error(err)
	}
	if ids, err := o.IDs(plan.Filter{}); err != nil || len(ids) != 200 {
		t.Errorf("%d plans in the end, %v", len(ids), err)
	}
}
