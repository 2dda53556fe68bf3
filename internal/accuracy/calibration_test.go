package accuracy

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"kehoach/plan"
)

// TestCalibration holds what the levels of confidence promise: of what is said to be sure nearly all is right, in sound
// documents and in worn ones; most of what sound documents say is sure; and what is doubtful is wrong more often than
// what is likely.
func TestCalibration(t *testing.T) {
	docs, err := Labelled(root)
	if err != nil {
		t.Fatal(err)
	}
	docs = append(docs, MadeDocuments()...)
	sound, worn := new(Sheet), new(Sheet)
	byWear := map[string]*Sheet{}
	for n, d := range docs {
		if strings.HasSuffix(d.Path, ".pdf") {
			continue // pictures cost too much, the rest is measured by TestNothingIsLost
		}
		if d.Bytes == nil {
			if d.Bytes, err = os.ReadFile(d.Path); err != nil {
				t.Fatal(err)
			}
		}
		s := Score(d.Name, d.Label, read(t, d), true)
		sound.Add(s)
		if d.Set == "made" && n%6 != 0 {
			continue
		}
		for i, w := range Wears {
			if bytes.HasPrefix(bytes.TrimSpace(d.Bytes), []byte("<")) {
				continue // a page's tags would suffer as well
			}
			x := d
			x.Bytes = []byte(w.Do(rand.New(rand.NewPCG(uint64(n), uint64(i))), string(d.Bytes)))
			s := Score(d.Name, d.Label, read(t, x), true)
			worn.Add(s)
			if byWear[w.Name] == nil {
				byWear[w.Name] = new(Sheet)
			}
			byWear[w.Name].Add(s)
		}
	}
	t.Logf("sound\n%s", table(sound))
	t.Logf("worn\n%s", table(worn))
	for _, w := range Wears {
		t.Logf("%-32s %s", w.Name, line(byWear[w.Name].Calibration()))
	}
	if os.Getenv("CALIBRATION") != "" {
		wrongs(t, append(slices.Clone(sound.Verdicts), worn.Verdicts...))
	}
	for name, s := range map[string]*Sheet{"sound": sound, "worn": worn} {
		c := s.Calibration()
		if share(c[plan.Sure]) < SureFloor {
			t.Errorf("%s documents: %.3f of what is sure is right, the floor is %.2f", name, share(c[plan.Sure]), SureFloor)
		}
	}
	c := sound.Calibration()
	if all := c[plan.Sure].Want + c[plan.Likely].Want + c[plan.Doubtful].Want; float64(c[plan.Sure].Want) < 0.8*float64(all) {
		t.Errorf("%d of %d values of sound documents are said to be sure: too few to be of use", c[plan.Sure].Want, all)
	}
	w := worn.Calibration()
	if share(w[plan.Doubtful]) >= share(w[plan.Likely]) || share(w[plan.Likely]) > share(w[plan.Sure]) {
		t.Errorf("the levels do not part right from wrong: %s", line(w))
	}
}

func share(t Tally) float64 {
	if t.Want == 0 {
		return 1
	}
	return float64(t.Hit) / float64(t.Want)
}

func line(c map[string]Tally) string {
	var b strings.Builder
	for _, level := range append(slices.Clone(Levels), Nothings...) {
		fmt.Fprintf(&b, "  %s %.3f of %d", level, share(c[level]), c[level].Want)
	}
	return b.String()
}

// table shows the calibration of each field.
func table(s *Sheet) string {
	by := map[string]*Sheet{}
	var fields []string
	for _, v := range s.Verdicts {
		if by[v.Field] == nil {
			by[v.Field] = new(Sheet)
			fields = append(fields, v.Field)
		}
		by[v.Field].Verdicts = append(by[v.Field].Verdicts, v)
	}
	var b strings.Builder
	for _, f := range fields {
		fmt.Fprintf(&b, "%-12s%s\n", f, line(by[f].Calibration()))
	}
	fmt.Fprintf(&b, "%-12s%s\n", "all", line(s.Calibration()))
	return b.String()
}

// wrongs prints, for each field, level and reason, how many are right, and some that are wrong.
func wrongs(t *testing.T, list []Verdict) {
	type key struct{ field, level, reason string }
	by := map[key][]Verdict{}
	for _, v := range list {
		k := key{v.Field, v.Level, v.Reason}
		by[k] = append(by[k], v)
	}
	var keys []key
	for k := range by {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b key) int {
		return strings.Compare(a.level+a.field+a.reason, b.level+b.field+b.reason)
	})
	for _, k := range keys {
		right, shown := 0, 0
		for _, v := range by[k] {
			if v.Right {
				right++
			}
		}
		t.Logf("%-9s %-12s %4d of %4d  %s", k.level, k.field, right, len(by[k]), k.reason)
		for _, v := range by[k] {
			if !v.Right && shown < 4 {
				shown++
				t.Logf("              wrong: %s: %s", v.Doc, clip(v.Text, 14))
			}
		}
	}
}
