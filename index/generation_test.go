package index

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"kehoach/plan"
)

// builtOf builds a generation of plans, checks and publishes it.
func builtOf(t *testing.T, dir string, plans []*plan.Plan) string {
	t.Helper()
	x, err := Build(dir)
	if err != nil {
		t.Fatal(err)
	}
	want := new(Summary)
	for _, p := range plans {
		want.Add(p, Origin{})
	}
	if err := errors.Join(x.Add(plans), x.Close()); err != nil {
		t.Fatal(err)
	}
	if err := Check(context.Background(), dir, x.Generation(), want, plans[:5]); err != nil {
		t.Fatal(err)
	}
	if err := Publish(dir, x.Generation()); err != nil {
		t.Fatal(err)
	}
	return x.Generation()
}

// states gives the state of every generation, the served one with a star.
func states(t *testing.T, dir string) (list []string) {
	t.Helper()
	all, err := Generations(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range all {
		s := g.Name + " " + g.State
		if g.Served {
			s = "*" + s
		}
		list = append(list, s)
	}
	return list
}

func TestGenerations(t *testing.T) {
	dir := t.TempDir()
	first := builtOf(t, dir, madePlans(30, 1))
	second := builtOf(t, dir, madePlans(40, 2))
	unfinished, err := Build(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(unfinished.Add(madePlans(3, 3)), unfinished.Close()); err != nil {
		t.Fatal(err)
	}
	if got, want := states(t, dir), []string{first + " whole", "*" + second + " whole", unfinished.Generation() + " unfinished"}; !slices.Equal(got, want) {
		t.Fatalf("there are %q, want %q", got, want)
	}
	if n := plansIn(t, dir); n != 40 {
		t.Errorf("%d plans are served, want 40", n)
	}
	if err := Serve(dir, first); err != nil || plansIn(t, dir) != 30 {
		t.Errorf("back to %s: %v, %d plans", first, err, plansIn(t, dir))
	}
	for _, name := range []string{"g9999", "", "../index", unfinished.Generation()} {
		if err := Serve(dir, name); !errors.Is(err, ErrNoGeneration) {
			t.Errorf("serve %q: %v", name, err)
		}
	}
	third := builtOf(t, dir, madePlans(50, 4))
	removed, err := Prune(dir, 1)
	if err != nil {
		t.Fatal(err)
	}
	if slices.Sort(removed); !slices.Equal(removed, []string{first, unfinished.Generation()}) {
		t.Errorf("removed %q", removed)
	}
	if got, want := states(t, dir), []string{second + " whole", "*" + third + " whole"}; !slices.Equal(got, want) {
		t.Errorf("there are %q, want %q", got, want)
	}
}

// TestSummaryOfAnIndex finds in an index what was put into it, also after plans were changed and deleted.
func TestSummaryOfAnIndex(t *testing.T) {
	dir := t.TempDir()
	x, err := Create(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	plans := madePlans(200, 5)
	if err := x.Add(plans); err != nil {
		t.Fatal(err)
	}
	changed := made(rand.New(rand.NewPCG(8, 8)), plans[3].ID)
	if err := errors.Join(x.Add([]*plan.Plan{changed}), x.Delete([]string{plans[9].ID})); err != nil {
		t.Fatal(err)
	}
	want := new(Summary)
	for i, p := range plans {
		if i == 3 {
			p = changed
		}
		if i != 9 {
			want.Add(p, Origin{})
		}
	}
	got, err := x.Summary()
	if err != nil {
		t.Fatal(err)
	}
	if err := got.agree(want); err != nil {
		t.Error(err)
	}
	if got.Plans() != 199 || got.Has(plans[9].ID) || !slices.Equal(got.IDs(), want.IDs()) {
		t.Errorf("%d plans", got.Plans())
	}
}

func TestChangesTellWhatIsGainedAndLost(t *testing.T) {
	a := &plan.Plan{ID: "a", Text: "1. x\n2. y", Number: "1/KH", Issued: "2021-01-02", Sections: []plan.Section{
		{Label: "1", Level: 1, Kind: "funding", Span: plan.Span{Start: 0, End: 5}}, {Label: "2", Level: 1, Kind: "scope", Span: plan.Span{Start: 5, End: 9}}}}
	b := &plan.Plan{ID: "b", Text: "x", Issued: "2020"}
	a2 := &plan.Plan{ID: "a", Text: "1. x\n2. y", Issued: "2022-01-02", Type: plan.Type{Code: "KH", Name: "Kế hoạch"}, Sections: []plan.Section{
		{Label: "1", Level: 1, Kind: "funding", Span: plan.Span{Start: 0, End: 9}}}}
	c := &plan.Plan{ID: "c", Text: "x"}
	before, after := new(Summary), new(Summary)
	before.Add(a, Origin{})
	before.Add(b, Origin{})
	after.Add(a2, Origin{})
	after.Add(c, Origin{})
	want := map[string]Change{
		"plans":        {"plans", 2, 2, 1, 1, 0},
		"sections":     {"sections", 2, 1, 0, 0, 1},
		"kind scope":   {"kind scope", 1, 0, 0, 1, 0},
		"kind funding": {"kind funding", 1, 1, 0, 0, 0},
		"issued":       {"issued", 2, 1, 0, 1, 1},
		"year":         {"year", 2, 1, 0, 1, 1},
		"type":         {"type", 0, 1, 1, 0, 0},
	}
	for _, got := range Changes(before, after) {
		if w, ok := want[got.Of]; ok && got != w {
			t.Errorf("%+v, want %+v", got, w)
		} else if !ok && !got.Same() && got.Of != "number" {
			t.Errorf("%+v has changed", got)
		}
	}
	if after.agree(before) == nil {
		t.Error("two different summaries agree")
	}
}

// TestCheckFindsDamage turns one byte of a segment around.
func TestCheckFindsDamage(t *testing.T) {
	dir := t.TempDir()
	plans := madePlans(30, 1)
	name := builtOf(t, dir, plans)
	want := new(Summary)
	for _, p := range plans {
		want.Add(p, Origin{})
	}
	files, err := filepath.Glob(filepath.Join(generationPath(dir, name), "*.zap"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%v: %d segments", err, len(files))
	}
	data, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	data[len(data)/3] ^= 4
	if err := os.WriteFile(files[0], data, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := Check(context.Background(), dir, name, want, nil); !errors.Is(err, errDamaged) {
		t.Errorf("a damaged segment: %v", err)
	}
}
