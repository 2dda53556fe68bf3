package structure

import (
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"kehoach/normalize"
	"kehoach/plan"
)

// The last step says of every value how sure it is, and why. It reads no value itself: it weighs where the words stand, how
// well they were recognised, what problems touch them, and whether a second place of the document says the same.

// level is how sure a value is; the higher, the less.
type level uint8

const (
	sure level = iota
	likely
	doubtful
)

var levelNames = [...]string{plan.Sure, plan.Likely, plan.Doubtful}

// opinion is a level with its reason.
type opinion struct {
	level  level
	reason string
}

// unless is the opinion, or the other one where that is less sure.
func (o opinion) unless(worse opinion) opinion {
	if worse.level > o.level {
		return worse
	}
	return o
}

// but is the opinion lowered to a level for a reason, where the condition holds.
func (o opinion) but(cond bool, to level, reason string) opinion {
	if cond && to > o.level {
		return opinion{to, reason}
	}
	return o
}

func (o opinion) confidence() plan.Confidence {
	return plan.Confidence{Level: levelNames[o.level], Reason: o.reason}
}

// judge collects what speaks for and against the values of a document.
type judge struct {
	*state
	whole   opinion        // of the whole document: nothing in it is surer
	touched []plan.Problem // the problems that have a place, in the order of the text
	codes   map[string]plan.Span
	seen    bool // words of it were recognised in a picture
}

// markPages writes where pages begin in the text.
func (j *judge) markPages() {
	page := 0
	for i := range j.lines {
		if l := &j.lines[i]; l.page > 0 && l.page != page {
			page = l.page
			j.plan.Pages = append(j.plan.Pages, plan.PageMark{Start: l.Start, Page: page})
		}
	}
}

// judgeAll writes the confidence of every value, and which fields are absent.
func judgeAll(s *state) {
	j := &judge{state: s, codes: map[string]plan.Span{}}
	j.look()
	j.markPages()
	j.header()
	j.nothing()
	j.sections()
	j.assignments()
	j.values()
}

// look gathers what concerns the document as a whole.
func (j *judge) look() {
	for _, x := range j.plan.Problems {
		if _, ok := j.codes[x.Code]; !ok {
			j.codes[x.Code] = x.Span
		}
		if !x.Span.IsZero() {
			j.touched = append(j.touched, x)
		}
	}
	slices.SortStableFunc(j.touched, func(a, b plan.Problem) int { return a.Span.Start - b.Span.Start })
	for i := range j.lines {
		if j.lines[i].conf > 0 {
			j.seen = true
			break
		}
	}
	switch {
	case j.has(plan.GarbledText):
		j.whole = opinion{doubtful, "the document's letters are garbled"}
	case j.has(plan.LowOCRConfidence):
		j.whole = opinion{doubtful, "the pages were recognised badly"}
	case j.misspelt():
		j.whole = opinion{likely, "many words of the document are no Vietnamese: letters were misread or lost"}
	}
}

func (j *judge) has(code string) bool { _, ok := j.codes[code]; return ok }

// The sample of words by which a document is judged to be misspelt: of clean documents one small word in a thousand is no
// syllable, of those with one letter in a hundred misread about fifteen.
const (
	sampled     = 4 << 10 // bytes
	leastBroken = 4
)

// misspelt reports whether many small words of the body are no syllables. Capitals, numbers and signs are left out: names may
// be foreign.
func (j *judge) misspelt() bool {
	text := j.plan.Text
	if at := len(text)/2 - sampled/2; at > 0 {
		text = text[at : at+sampled]
	}
	words, broken := 0, 0
	for i := 0; i < len(text); {
		from, sign, point := i, false, -1
		for i < len(text) && text[i] != ' ' && text[i] != '\n' {
			c := text[i]
			sign = sign || signs[c]
			if point < 0 && (c == '.' || c == ')') {
				point = i - from
			}
			i++
		}
		word := text[from:i]
		i++
		if sign || len(word) < 2 || word[0] >= 'A' && word[0] <= 'Z' {
			continue
		}
		for len(word) > 0 && closers[word[len(word)-1]] {
			word = word[:len(word)-1]
		}
		if strings.HasSuffix(word, "”") || strings.HasSuffix(word, "…") {
			word = strings.TrimRight(word, ".,;:!?)”\"…")
		}
		r, _ := utf8.DecodeRuneInString(word)
		if len(word) < 2 || !unicode.IsLower(r) || point >= 0 && point < len(word) {
			continue
		}
		words++
		if !normalize.Valid(word) {
			broken++
		}
	}
	return broken >= leastBroken && broken*110 > words
}

// signs are the bytes of words that are no plain words; a point or a bracket may also close one.
var signs = bytesOf("-/&([]@_0123456789")

// closers are the bytes that may close a plain word.
var closers = bytesOf(".,;:!?)\"")

func bytesOf(set string) (t [256]bool) {
	for _, c := range []byte(set) {
		t[c] = true
	}
	return t
}

// lineAt is the line that holds a byte of the text.
func (j *judge) lineAt(at int) *line {
	i := sort.Search(len(j.lines), func(i int) bool { return j.lines[i].Start > at }) - 1
	if i < 0 {
		return nil
	}
	return &j.lines[i]
}

// Confidences of recognition below which a line's words are not taken for granted.
const (
	wellSeen  = 0.90
	badlySeen = 0.75
)

// read is what speaks against the words of a span: a problem on them, bad recognition.
func (j *judge) read(at plan.Span) opinion {
	o := j.whole
	if j.seen {
		if l := j.lineAt(at.Start); l != nil && l.conf > 0 {
			o = o.but(true, likely, "recognised in a picture")
			o = o.but(l.conf < badlySeen, doubtful, "recognised in a picture, and badly")
		}
	}
	for i := sort.Search(len(j.touched), func(i int) bool { return j.touched[i].Span.End > at.Start }); i < len(j.touched) && j.touched[i].Span.Start < at.End; i++ {
		x := &j.touched[i]
		switch x.Code {
		case plan.MalformedDate, plan.DateConflict, plan.MalformedNumber:
			o = o.but(true, doubtful, x.Message)
		case plan.ForeignPassage:
			o = o.but(true, likely, "it stands in a passage that seems to come from another document")
		}
	}
	return o
}

// spells is what speaks against words that should be Vietnamese through and through.
func spells(words string) opinion {
	for w := range strings.FieldsSeq(words) {
		w = strings.Trim(w, ".,;:!?()“”\"'…-–")
		if len(w) < 2 || strings.ContainsAny(w, "-–/.&@_0123456789") {
			continue
		}
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsLower(r) && !normalize.Valid(w) {
			return opinion{likely, "it holds a word that is no Vietnamese"}
		}
	}
	return opinion{}
}
