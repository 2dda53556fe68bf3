package corpus

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

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

// TestSources puts a story through: each line is one source given to one run, and what must become of it.
func TestSources(t *testing.T) {
	c := create(t, t.TempDir())
	c.Version = "test"
	story := []struct {
		path, text string // "!": it could not be read
		outcome    Outcome
		current    string // the texts whose plans are current afterwards
		pending    string // for the index: +text to hold, -text to drop
	}{
		{"/a", "x", Added, "x", "+x"},
		{"/b", "x", Duplicate, "x", "+x"}, // the index holds its paths
		{"/c", "y", Added, "x y", "+y"},
		{"/c", "y", Unchanged, "x y", ""},
		{"/a", "z", Changed, "x y z", "+x +z"}, // x has lost a path
		{"/b", "y", Changed, "y z", "-x +y"},
		{"/b", "!", Refused, "y z", ""}, // its last version stays
		{"/c", "!", Refused, "y z", ""},
		{"/c", "x", Changed, "x y z", "+x +y"}, // an old version is back
		{"/b", "x", Changed, "x z", "+x -y"},
		{"/d", "!", Refused, "x z", ""},
		{"/d", "w", Added, "w x z", "+w"},
		{"/d", "x", Changed, "x z", "+x -w"},
	}
	names := map[string]string{}
	for i, s := range story {
		r := begin(t, c)
		d := doc(t, s.path, s.text, &plan.Plan{})
		names[d.Plan.ID] = s.text
		if s.text == "!" {
			d = Doc{Source: NewSource(s.path, "", nil).Refuse("because")}
		}
		outcomes, pending := put(t, c, r, d)
		var told []string
		for _, p := range pending {
			told = append(told, map[bool]string{true: "+", false: "-"}[p.Current]+names[p.ID])
		}
		ids, err := c.IDs(plan.Filter{})
		if err != nil {
			t.Fatal(err)
		}
		var current []string
		for _, id := range ids {
			current = append(current, names[id])
		}
		slices.Sort(current)
		if outcomes[0] != s.outcome || strings.Join(current, " ") != s.current || strings.Join(told, " ") != s.pending {
			t.Errorf("step %d, %s = %s: got %s, current %q, pending %q; want %+v", i, s.path, s.text, outcomes[0], current, told, s)
		}
		c.Indexed(pending)
	}
	var shown []string
	for p, err := range c.Select(plan.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		shown = append(shown, names[p.ID]+" "+p.Source.Path)
	}
	slices.Sort(shown)
	if got := strings.Join(shown, ", "); got != "x /b, z /a" {
		t.Errorf("paths shown: %s", got)
	}
	r := begin(t, c)
	if err := c.Finish(r); err != nil {
		t.Fatal(err)
	}
	if list, err := c.Pending(); err != nil || len(list) != 0 {
		t.Errorf("pending after all was acknowledged: %v, %v", list, err)
	}
}

func TestOneBatch(t *testing.T) {
	c := create(t, t.TempDir())
	r := begin(t, c)
	one, two := doc(t, "/1", "same", &plan.Plan{}), doc(t, "/2", "same", &plan.Plan{})
	other := doc(t, "/1", "other", &plan.Plan{})
	outcomes, pending := put(t, c, r, one, two, other)
	if !slices.Equal(outcomes, []Outcome{Added, Duplicate, Changed}) || len(pending) != 2 {
		t.Errorf("outcomes %v, pending %v", outcomes, pending)
	}
	if r.Added != 1 || r.Duplicate != 1 || r.Changed != 1 {
		t.Errorf("counts %+v", r.Counts)
	}
}

func TestFailedPutKeepsNothing(t *testing.T) {
	c := create(t, t.TempDir())
	r := begin(t, c)
	unknown := doc(t, "/2", "never parsed", nil)
	if _, _, err := c.Put(r, []Doc{doc(t, "/1", "good", &plan.Plan{}), unknown}); err == nil {
		t.Fatal("a document without a plan was accepted")
	}
	if ids, err := c.IDs(plan.Filter{}); err != nil || len(ids) != 0 {
		t.Errorf("after a failed batch: %v, %v", ids, err)
	}
	if r.Added != 0 {
		t.Errorf("counts %+v", r.Counts)
	}
	put(t, c, r, doc(t, "/1", "good", &plan.Plan{})) // the writer goes on
}

func TestKnown(t *testing.T) {
	c := create(t, t.TempDir())
	c.Version = "test"
	r := begin(t, c)
	dir := t.TempDir()
	file := func(name string, age time.Duration) fs.FileInfo {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(name), 0o644); err != nil {
			t.Fatal(err)
		}
		when := time.Now().Add(-age)
		if err := os.Chtimes(path, when, when); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		return info
	}
	settle := func() { time.Sleep(2 * tick) } // the change time cannot be set
	keep := func(name string, info fs.FileInfo, refuse bool) {
		d := doc(t, name, name, &plan.Plan{})
		d.Source = NewSource(name, d.Source.SHA256, info)
		if refuse {
			d.Source = d.Source.Refuse("because")
			d.Plan = nil
		}
		put(t, c, r, d)
	}
	old := file("old", time.Hour)
	bad := file("bad", time.Hour)
	settle()
	keep("old", old, false)
	keep("bad", bad, true)
	fresh := file("fresh", 0)
	keep("fresh", fresh, false)
	link := filepath.Join(dir, "old")
	if err := os.Chmod(link, 0o600); err != nil { // changes nothing but the change time
		t.Fatal(err)
	}
	touched, err := os.Stat(link)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		what    string
		path    string
		info    fs.FileInfo
		version string
		want    bool
	}{
		{"as it was", "old", old, "test", true},
		{"another version of the program", "old", old, "test 2", true},
		{"only the change time differs", "old", touched, "test", false},
		{"another file at the path", "old", bad, "test", false},
		{"no file", "old", nil, "test", false},
		{"never seen", "new", old, "test", false},
		{"quarantined, as it was", "bad", bad, "test", true},
		{"quarantined by another version", "bad", bad, "test 2", false},
		{"written within the tick in which it was read", "fresh", fresh, "test", false},
	} {
		c.Version = row.version
		if _, got, err := c.Known(row.path, row.info); err != nil || got != row.want {
			t.Errorf("%s: Known = %v, %v, want %v", row.what, got, err, row.want)
		}
	}
	if ok, err := c.Has(doc(t, "", "old", nil).Source.SHA256); !ok || err != nil {
		t.Errorf("Has = %v, %v", ok, err)
	}
	if ok, err := c.Has(strings.Repeat("0", 64)); ok || err != nil {
		t.Errorf("Has of unknown bytes = %v, %v", ok, err)
	}
}

func TestOriginals(t *testing.T) {
	dir := t.TempDir()
	c := create(t, dir)
	r := begin(t, c)
	d := doc(t, "/a", "bytes", &plan.Plan{})
	put(t, c, r, d)
	path := c.w.path(d.Source.SHA256)
	before, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if before.Mode().Perm() != 0o444 {
		t.Errorf("mode %v, want read-only", before.Mode())
	}
	put(t, c, r, doc(t, "/b", "bytes", &plan.Plan{}))
	if after, err := os.Stat(path); err != nil || !os.SameFile(before, after) || !after.ModTime().Equal(before.ModTime()) {
		t.Errorf("the original was written twice: %v", err)
	}
	// What a killed writer leaves behind is cleared away by the next one.
	left := filepath.Join(dir, "originals", "tmp", "half")
	if err := os.WriteFile(left, []byte("by"), 0o444); err != nil {
		t.Fatal(err)
	}
	c.Close()
	c = create(t, dir)
	if _, err := os.Stat(left); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("half an original is still there: %v", err)
	}
	if err := errors.Join(os.Chmod(path, 0o644), os.WriteFile(path, []byte("other"), 0o644)); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Original(d.Source.SHA256); err == nil || !strings.Contains(err.Error(), "changed") {
		t.Errorf("an altered original was given out: %v", err)
	}
	if _, err := c.Original("../../etc/passwd"); err == nil {
		t.Error("a path was taken for a sum")
	}
}

// TestOrder holds the order of safety: the catalogue never names an original that is not on the disk.
func TestOrder(t *testing.T) {
	dir := t.TempDir()
	c := create(t, dir)
	r := begin(t, c)
	d := doc(t, "/a", "bytes", &plan.Plan{})
	folder := filepath.Dir(c.w.path(d.Source.SHA256))
	if err := os.RemoveAll(folder); err != nil { // the rename must fail
		t.Fatal(err)
	}
	if _, _, err := c.Put(r, []Doc{d}); err == nil {
		t.Fatal("Put succeeded without its original")
	}
	if ok, err := c.Has(d.Source.SHA256); ok || err != nil {
		t.Errorf("the catalogue names an original that is not there: %v, %v", ok, err)
	}
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	if outcomes, _ := put(t, c, r, d); outcomes[0] != Added {
		t.Errorf("second try: %v", outcomes)
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

func TestFinishTidiesQuarantine(t *testing.T) {
	c := create(t, t.TempDir())
	dir := t.TempDir()
	there := filepath.Join(dir, "there.bin")
	if err := os.WriteFile(there, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	r := begin(t, c)
	var docs []Doc
	for _, path := range []string{there, filepath.Join(dir, "gone"), dir, there + "!/member", dir + "/gone.zip!/member"} {
		docs = append(docs, Doc{Source: NewSource(path, "", nil).Refuse("because")})
	}
	put(t, c, r, docs...)
	count := func() string {
		list, err := c.Quarantine()
		if err != nil {
			t.Fatal(err)
		}
		var paths []string
		for _, u := range list {
			paths = append(paths, strings.TrimPrefix(u.Path, dir)+" "+u.Reason)
		}
		return strings.Join(paths, ", ")
	}
	if err := c.Finish(r); err != nil {
		t.Fatal(err)
	}
	if got := count(); !strings.Contains(got, "gone because") {
		t.Errorf("a run tidied what it found itself: %s", got)
	}
	if err := c.Finish(begin(t, c)); err != nil {
		t.Fatal(err)
	}
	if got := count(); got != "/there.bin because, /there.bin!/member because" {
		t.Errorf("quarantine = %q", got)
	}
}
