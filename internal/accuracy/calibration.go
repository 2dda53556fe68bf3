package accuracy

// Levels are the levels of confidence, the surest first.
var Levels = []string{"sure", "likely", "doubtful"}

// Nothings are what a plan says of a field that it leaves empty.
var Nothings = []string{"absent", "not found"}

const sureIntro = `
## How sure it is

Each value says how sure it is. A value counts as right where it agrees with the label; of what is *absent* (there is a place
for it that is blank, or a rule why none is due) and *not found*, the share that the label leaves empty as well. A test holds *sure* to 0.98 in sound documents and in worn ones, whose
letters were misread and whose labels and lines were lost, and there *doubtful* below *likely*:
go test ./internal/accuracy -run Calibration -v.

`

// SureFloor is the share of values said to be sure that must be right.
const SureFloor = 0.98

// Calibration counts the right ones among the values of each level.
func (s *Sheet) Calibration() map[string]Tally {
	out := map[string]Tally{}
	for _, level := range append(Levels, Nothings...) {
		out[level] = Tally{}
	}
	for _, v := range s.Verdicts {
		t := out[v.Level]
		t.Want++
		if v.Right {
			t.Hit++
		}
		out[v.Level] = t
	}
	return out
}
