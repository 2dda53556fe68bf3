package structure

import (
	_ "embed"
	"strings"

	"kehoach/internal/tsv"
	"kehoach/plan"
)

// Plans are written over older plans, and a duty may be left over: "xây dựng kế hoạch tuyên truyền về phòng chống thiên tai" in a plan on
// sustainable consumption. Such a duty tells a body to plan for a subject that the document names nowhere else.

//go:embed tables/subjects.tsv
var subjectsTSV string

var subjects = column(tsv.MustParse("subjects.tsv", subjectsTSV, "words"))

// maxForeign is how many folded bytes may stand between "kế hoạch" and the subject.
const maxForeign = 110

// readForeign records duties that were left over from another plan.
func readForeign(s *state) {
	walk := s.walkSections()
	for i := s.zones.body.from; i < s.zones.body.to; i++ {
		l := &s.lines[i]
		sec := walk.at(l.Start)
		if sec == nil || sec.Kind != plan.Organization || l.isRow() {
			continue
		}
		from := strings.Index(l.fold, " ke hoach ")
		if from < 0 || !strings.Contains(l.fold[:from], "xay dung") && !strings.Contains(l.fold[:from], "ban hanh") {
			continue
		}
		reach := l.fold[from:min(len(l.fold), from+maxForeign)]
		for _, words := range subjects {
			at, ok := hasWord(reach, words)
			if !ok || !strings.Contains(reach[:at], " ve ") || strings.Contains(reach[:at], " so ") || s.namesElsewhere(words, i) {
				continue
			}
			s.problem(plan.ForeignPassage, "a duty about what the plan names nowhere else: "+s.plan.Quote(l.span(from+at, from+at+len(words))), l.Span)
			break
		}
	}
}

// namesElsewhere reports whether folded words stand in any line but one.
func (s *state) namesElsewhere(words string, but int) bool {
	for i := range s.lines {
		if i != but && strings.Contains(s.lines[i].fold, words) {
			return true
		}
	}
	return false
}
