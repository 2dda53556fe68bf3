package accuracy

import (
	"testing"

	"kehoach/internal/synth"
	"kehoach/plan"
)

// TestScoreSeesDamage spoils what was read in one way each and looks whether the measure for it falls, and no other one.
func TestScoreSeesDamage(t *testing.T) {
	d := synth.New(4).Plan(0)
	truth := d.Truth
	tests := []struct {
		name  string
		spoil func(p *plan.Plan)
		falls []string
	}{
		{"nothing", func(*plan.Plan) {}, nil},
		{"number", func(p *plan.Plan) { p.Number = "1/X" }, []string{"header", "header whole", "header.number"}},
		{"spelling only", func(p *plan.Plan) { p.Title += "." }, nil},
		{"a section is lost", func(p *plan.Plan) { p.Sections = p.Sections[:len(p.Sections)-1] }, []string{"outline", "outline path", "heading", "kind"}},
		{"a path", func(p *plan.Plan) { p.Sections[1].Path = []string{"IX"} }, []string{"outline path"}},
		{"a kind", func(p *plan.Plan) { p.Sections[0].Kind = plan.Reporting }, []string{"kind"}},
		{"a row twice", func(p *plan.Plan) { p.Assignments = append(p.Assignments, p.Assignments[0]) }, []string{"assignment row"}},
		{"a deadline", func(p *plan.Plan) { p.Deadlines[0].Date = "1999-01-01"; p.Deadlines[0].Recurs = "" }, []string{"deadline"}},
		{"a citation's role", func(p *plan.Plan) { p.Citations[0].Role = plan.InFootnote }, []string{"citation role"}},
		{"a span", func(p *plan.Plan) { p.Deadlines[0].Span.End-- }, []string{"span law"}},
		{"a recipient", func(p *plan.Plan) { p.Recipients = p.Recipients[1:] }, []string{"recipient"}},
		{"the period", func(p *plan.Plan) { p.Period.To = "2099" }, []string{"period"}},
	}
	if len(truth.Assignments) == 0 || len(truth.Deadlines) == 0 || len(truth.Citations) == 0 || len(truth.Sections) < 2 || len(truth.Recipients) == 0 {
		t.Fatal("the made document lacks what is to be spoilt")
	}
	for _, c := range tests {
		p := *truth
		p.Sections = append([]plan.Section(nil), truth.Sections...)
		p.Deadlines = append([]plan.Deadline(nil), truth.Deadlines...)
		p.Citations = append([]plan.Citation(nil), truth.Citations...)
		p.Assignments = append([]plan.Assignment(nil), truth.Assignments...)
		c.spoil(&p)
		s := Score("made", Made(truth, nil), &p, true)
		want := map[string]bool{}
		for _, m := range c.falls {
			want[m] = true
		}
		for m, tally := range s.Tallies {
			if (tally.F1() < 1) != want[m] {
				t.Errorf("%s: %s is %.3f; it should fall: %v", c.name, m, tally.F1(), want[m])
			}
		}
		if (len(s.Misses) == 0) != (len(c.falls) == 0) {
			t.Errorf("%s: misses %v", c.name, s.Misses)
		}
	}
}

// TestTruthMissesNothing scores the truth of made documents of every layout with itself.
func TestTruthMissesNothing(t *testing.T) {
	for i := range 2 * len(synth.Layouts()) {
		d := synth.New(11).Plan(i)
		if s := Score(d.Name, Made(d.Truth, d.Unscored), d.Truth, true); len(s.Misses) > 0 {
			t.Errorf("%s: the truth misses itself: %v", d.Name, s.Misses[0])
		}
	}
}

// TestVerdicts holds that a value is judged by what it said of itself.
func TestVerdicts(t *testing.T) {
	l := &Label{Number: "5/KH-UBND", Title: "A"}
	p := &plan.Plan{Number: "5/KH-UBND", Title: "B", NotFound: []string{"issuer"}, Absent: map[string]string{"place": "blank"},
		Confidence: map[string]plan.Confidence{"number": {Level: "sure", Reason: "x"}, "title": {Level: "doubtful", Reason: "y"}}}
	c := Score("d", l, p, false).Calibration()
	want := map[string]Tally{"sure": {Hit: 1, Want: 1}, "doubtful": {Want: 1}, "likely": {}, "absent": {Hit: 1, Want: 1}, "not found": {Hit: 1, Want: 1}}
	for level, w := range want {
		if c[level] != w {
			t.Errorf("%s: %+v, want %+v", level, c[level], w)
		}
	}
}

func TestKey(t *testing.T) {
	tests := []struct {
		a, b string
		same bool
	}{
		{"hoà", "hóa", false},
		{"hoà", "hòa", true},
		{"Ủy ban  nhân dân.", "Uỷ ban nhân dân", true},
		{"2021 – 2025", "2021 - 2025", true},
		{"“Kế hoạch”", "kế hoạch", true},
		{"Sở Y tế", "Sở Y té", false},
	}
	for _, c := range tests {
		if (Key(c.a) == Key(c.b)) != c.same {
			t.Errorf("%q and %q: the same %v, want %v", c.a, c.b, !c.same, c.same)
		}
	}
	if bodyKey("UBND các huyện, thành phố") != bodyKey("Ủy ban nhân dân các huyện thành phố") {
		t.Error("an abbreviated body is another body")
	}
}
