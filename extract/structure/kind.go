package structure

import (
	_ "embed"
	"strings"
	"unicode/utf8"

	"kehoach/internal/tsv"
	"kehoach/normalize"
	"kehoach/plan"
)

//go:embed tables/kinds.tsv
var kindsTSV string

// kindWords are the words by which a heading names its kind; the one that stands first in the heading wins.
var kindWords = loadKinds()

var kindOpeners = newOpeners(kindWords, func(w kindWord) string { return w.words })

type kindWord struct {
	words string
	kind  plan.Kind
	at    string // "start": only at the start of the heading; "any"
}

func loadKinds() []kindWord {
	known := map[plan.Kind]bool{}
	for _, k := range plan.Kinds {
		known[k] = true
	}
	var out []kindWord
	for _, r := range tsv.MustParse("kinds.tsv", kindsTSV, "kind", "words", "at").Rows {
		if !known[plan.Kind(r[0])] {
			panic("structure: kinds.tsv: no such kind: " + r[0])
		}
		out = append(out, kindWord{r[1], plan.Kind(r[0]), r[2]})
	}
	return out
}

// kindOf is the kind that a folded heading names, or "". Of two kinds the first named wins (contract, `kind`);
// at the same place the longer words win.
func kindOf(fold string) plan.Kind {
	fold = strings.TrimLeft(fold, " \"“'")
	best, where, length := plan.Kind(""), len(fold), 0
	kindOpeners.each(fold, 0, func(i, at int) bool {
		if at > where {
			return false
		}
		w := &kindWords[i]
		if (at == 0 || w.at != "start") && len(w.words) > length && opensWith(fold[at:], w.words) {
			best, where, length = w.kind, at, len(w.words)
		}
		return true
	})
	return best
}

// maxKindWords is how long a heading may be to name a kind by a word inside it: longer ones are tasks.
const maxKindWords = 16

// readKinds gives every section its kind: its heading's, else its parent's, else other.
func readKinds(s *state) {
	list := s.plan.Sections
	var parents [16]int
	for i := range list {
		sec := &list[i]
		depth := min(sec.Level, len(parents)-1)
		parent := plan.Other
		if depth > 1 {
			parent = list[parents[depth-1]].Kind
		}
		parents[depth] = i
		u := &s.units[i]
		sec.Kind = parent
		if u.label.scheme == annexed {
			sec.Kind = plan.Appendix
			continue
		}
		if sec.Heading == "" {
			continue
		}
		l := &s.lines[u.cand.line]
		fold := l.fold
		if n := len(l.text) - len(l.text[u.label.rest:]); n > 0 {
			fold = l.fold[min(len(l.fold), foldLen(l.text[:u.label.rest])):]
		}
		if fold == "" { // the label stood alone
			fold = s.lines[u.cand.line+1].fold
		}
		if at := strings.IndexByte(fold, ':'); at > 0 {
			fold = fold[:at]
		}
		text := sec.Heading
		if parent == plan.Organization && isBody(text, fold) {
			continue
		}
		if isBody(text, fold) && !strings.HasPrefix(fold, "to chuc") && sec.Level > 1 {
			continue
		}
		if countWords(fold, 40) > maxKindWords && !isCapitals(text) {
			if k := kindAtStart(fold); k != "" {
				sec.Kind = k
			}
			continue
		}
		if k := s.kindIn(fold, sec, parent); k != "" {
			sec.Kind = k
		}
	}
}

// kindIn is the kind that a heading names under a parent. Under content the tasks' own titles hold words of
// other kinds inside them ("Tổ chức kiểm tra …"); only what opens the title counts there.
func (s *state) kindIn(fold string, sec *plan.Section, parent plan.Kind) plan.Kind {
	if sec.Level == 1 || isCapitals(sec.Heading) {
		return kindOf(fold)
	}
	return kindAtStart(fold)
}

// kindAtStart is the kind of the words that open a heading.
func kindAtStart(fold string) plan.Kind {
	fold = strings.TrimLeft(fold, " \"“'")
	for _, filler := range []string{"cac ", "mot so ", "nhung ", "ve ", "cong tac ", "du kien "} {
		fold = strings.TrimPrefix(fold, filler)
	}
	best, length := plan.Kind(""), 0
	for i := range kindWords {
		w := &kindWords[i]
		if len(w.words) > length && opensWith(fold, w.words) {
			best, length = w.kind, len(w.words)
		}
	}
	if best == plan.Reporting && at(fold, reportingVerbs) && countWords(fold, 10) > 6 && !strings.Contains(fold, "bao cao") {
		return "" // a task: "Kiểm tra phương tiện đưa rước học sinh"
	}
	return best
}

// reportingVerbs open headings on reporting, but tasks as well.
var reportingVerbs = []string{"kiem tra", "giam sat", "theo doi", "danh gia", "thong ke"}

// foldLen is the length in bytes of the folded form of text. Most letters fold to one byte; signs such as "–"
// stay as they are.
func foldLen(text string) int {
	n := 0
	for _, r := range text {
		n += utf8.RuneLen(normalize.FoldRune(r))
	}
	return n
}
