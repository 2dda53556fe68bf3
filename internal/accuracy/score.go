package accuracy

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"strings"

	"golang.org/x/text/unicode/norm"

	"kehoach/plan"
)

// scorer compares one document's label with what was read.
type scorer struct {
	*Sheet
	doc  string
	want *Label
	got  *plan.Plan
}

// Score compares what was read of the document called doc with its label. A document that could not be read is an
// empty plan. With note the misses are kept.
func Score(doc string, want *Label, got *plan.Plan, note bool) *Sheet {
	s := &scorer{&Sheet{note: note}, doc, want, got}
	s.header()
	s.outline()
	s.rows()
	s.citations()
	s.lists()
	s.laws()
	for m := range s.Tallies {
		if !want.scores(m) {
			delete(s.Tallies, m)
		}
	}
	return s.Sheet
}

func (s *scorer) miss(measure, format string, a ...any) {
	if s.note && s.want.scores(measure) {
		s.Misses = append(s.Misses, Miss{s.doc, measure, fmt.Sprintf(format, a...)})
	}
}

// judge notes whether a value that says how sure it is, is right.
func (s *scorer) judge(measure, field string, c plan.Confidence, right bool, text string) {
	if c.Level != "" && s.want.scores(measure) {
		s.Verdicts = append(s.Verdicts, Verdict{s.doc, field, c.Level, c.Reason, right, text})
	}
}

func (s *scorer) header() {
	w, g := s.want, s.got
	type field struct{ name, want, got string }
	fields := []field{
		{"number", w.Number, g.Number}, {"symbol", w.Symbol, g.Symbol}, {"type", w.Type, g.Type.Code}, {"issuer", w.Issuer, g.Issuer.Name},
		{"province", w.Province, g.Province.Name}, {"place", w.Place, g.Place}, {"issued", w.Issued, g.Issued}, {"title", w.Title, g.Title},
		{"signer", w.Signer.Name, g.Signer.Name},
	}
	// Labels of real documents leave open where there is none.
	if w.Signer.Position != "" || w.whole != nil {
		fields = append(fields, field{"position", w.Signer.Position, g.Signer.Position})
	}
	if w.Signer.Authority != "" || w.whole != nil {
		fields = append(fields, field{"authority", w.Signer.Authority, g.Signer.Authority})
	}
	if w.whole != nil {
		fields = append(fields, field{"today", w.whole.Province.Today.Name, g.Province.Today.Name})
	}
	all := 1
	for _, f := range fields {
		hit := 0
		if bodyKey(f.want) == bodyKey(f.got) {
			hit = 1
		} else {
			all = 0
			s.miss("header", "%s: want %q, got %q", f.name, f.want, f.got)
		}
		said := f.name // where the plan says how sure it is
		switch f.name {
		case "signer":
			said = "signer.name"
		case "position", "authority":
			said = "signer." + f.name
		case "today":
			said = "province"
		}
		if f.got != "" {
			s.judge("header", f.name, g.Confidence[said], hit == 1, f.got)
		} else if reason := cmp.Or(g.Absent[said], g.Absent[f.name]); reason != "" {
			s.judge("header", f.name, plan.Confidence{Level: "absent", Reason: reason}, hit == 1, f.want)
		} else if slices.Contains(g.NotFound, said) || slices.Contains(g.NotFound, f.name) {
			s.judge("header", f.name, plan.Confidence{Level: "not found"}, hit == 1, f.want)
		}
		s.tally("header", hit, 1, 1)
		s.tally("header."+f.name, hit, 1, 1)
	}
	s.tally("header whole", all, 1, 1)
}

func (s *scorer) outline() {
	want, got := s.want.Sections, s.got.Sections
	used := make([]bool, len(got))
	found, paths, kinds, kindHits, headHits := 0, 0, 0, 0, 0
	next := 0
	for _, w := range want {
		at := -1
		n := min(6, len(strings.Fields(opening(w.Start, 6))))
		label, start := Key(w.Path[len(w.Path)-1]), opening(w.Start, n)
		for k := range got { // in order first, then anywhere
			j := (next + k) % len(got)
			if !used[j] && Key(got[j].Label) == label && opening(got[j].Heading+" "+got[j].Text, n) == start {
				at = j
				break
			}
		}
		if w.Kind != "" {
			kinds++
		}
		if at < 0 {
			s.miss("outline", "missed %s %s", strings.Join(w.Path, "/"), clip(w.Start, 9))
			continue
		}
		g := &got[at]
		used[at], next, found = true, max(next, at+1), found+1
		right := Key(strings.Join(g.Path, " / ")) == Key(strings.Join(w.Path, " / "))
		if right {
			paths++
		} else {
			s.miss("outline path", "want %v, got %v: %s", w.Path, g.Path, clip(w.Start, 9))
		}
		if w.Kind != "" && string(g.Kind) == w.Kind {
			kindHits++
		} else if w.Kind != "" {
			s.miss("kind", "want %s, got %s: %s", w.Kind, g.Kind, clip(w.Start, 9))
		}
		if (g.Heading != "") == w.Heading {
			headHits++
		} else {
			s.miss("heading", "want a heading: %v, got %q: %s", w.Heading, g.Heading, clip(w.Start, 9))
		}
		s.judge("outline path", "sections", g.Confidence, right && (w.Kind == "" || string(g.Kind) == w.Kind), strings.Join(g.Path, "/"))
	}
	for j := range got {
		if !used[j] {
			s.miss("outline", "extra %s %s", strings.Join(got[j].Path, "/"), clip(got[j].Heading+" "+got[j].Text, 9))
			s.judge("outline path", "sections", got[j].Confidence, false, strings.Join(got[j].Path, "/"))
		}
	}
	s.tally("outline", found, len(got), len(want))
	s.tally("outline path", paths, len(got), len(want))
	s.tally("kind", kindHits, kinds, kinds)
	s.tally("heading", headHits, len(want), len(want))
}

// rows compares the assignments; what the label calls optional counts neither way.
func (s *scorer) rows() {
	got := s.got.Assignments
	used, free := make([]bool, len(got)), make([]bool, len(got))
	matches := func(i int, w Row) bool {
		n := min(5, len(strings.Fields(Key(w.Task))))
		return !used[i] && bodyKey(got[i].Agency) == bodyKey(w.Agency) &&
			strings.Contains(" "+firstWords(got[i].Task, n+8)+" ", " "+firstWords(w.Task, n)+" ")
	}
	hits, rows := 0, len(got)
	for _, w := range s.want.Assignments {
		found := false
		for i := range got {
			if string(got[i].Role) == w.Role && matches(i, w) {
				used[i], found = true, true
				hits++
				s.judge("assignment row", "assignments", got[i].Confidence, true, got[i].Agency)
				if s.want.whole != nil {
					s.bag("with", keys(w.with), keys(got[i].With), nil)
				}
				break
			}
		}
		if !found {
			s.miss("assignment row", "missed %s [%s] %s", w.Agency, w.Role, clip(w.Task, 9))
		}
	}
	for i, g := range got {
		for _, o := range s.want.Optional {
			if matches(i, o) {
				used[i], free[i] = true, true
				rows--
			}
		}
		if !used[i] {
			s.miss("assignment row", "extra %s [%s] %s", g.Agency, g.Role, clip(g.Task, 9))
			s.judge("assignment row", "assignments", g.Confidence, false, g.Agency)
		}
	}
	s.tally("assignment row", hits, rows, len(s.want.Assignments))

	named, other := map[string]bool{}, map[string]bool{}
	for _, w := range s.want.Assignments {
		named[w.Role+" "+bodyKey(w.Agency)] = true
	}
	for i, g := range got {
		if k := string(g.Role) + " " + bodyKey(g.Agency); !free[i] || named[k] {
			other[k] = true
		}
	}
	s.bag("assignment agency", sorted(named), sorted(other), nil)
}

// bag compares two lists without their order. judge, where it is not nil, is told of each element of got by its place
// whether it is right.
func (s *scorer) bag(measure string, want, got []string, judge func(i int, right bool)) {
	left := map[string]int{}
	for _, w := range want {
		left[w]++
	}
	hit := 0
	for i, g := range got {
		right := left[g] > 0
		if right {
			left[g]--
			hit++
		} else {
			s.miss(measure, "extra %s", norm.NFC.String(g))
		}
		if judge != nil {
			judge(i, right)
		}
	}
	for _, w := range want {
		if left[w] > 0 {
			left[w]--
			s.miss(measure, "missed %s", norm.NFC.String(w))
		}
	}
	s.tally(measure, hit, len(got), len(want))
}

func keys(list []string) []string {
	var out []string
	for _, x := range list {
		out = append(out, Key(x))
	}
	return out
}

func sorted(set map[string]bool) []string {
	var out []string
	for k := range set {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}
