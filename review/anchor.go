package review

import (
	"strings"
	"unicode/utf8"

	"kehoach/normalize"
	"kehoach/plan"
)

// Anchor holds on to words of a text so that they are found again where the text has changed: the words, those around them, and
// where they stood (the TextQuoteSelector and the TextPositionSelector of the W3C Web Annotation model).
type Anchor struct {
	Exact  string `json:"exact"`
	Prefix string `json:"prefix,omitempty"`
	Suffix string `json:"suffix,omitempty"`
	Start  int    `json:"start"` // bytes of the text
}

// context is how many bytes of the surroundings an anchor holds on each side.
const context = 48

// anchorAt is the anchor of a span.
func anchorAt(text string, sp plan.Span) Anchor {
	from, to := max(0, sp.Start-context), min(len(text), sp.End+context)
	for from > 0 && !utf8.RuneStart(text[from]) {
		from++
	}
	for to < len(text) && !utf8.RuneStart(text[to]) {
		to--
	}
	return Anchor{Exact: text[sp.Start:sp.End], Prefix: text[from:sp.Start], Suffix: text[sp.End:to], Start: sp.Start}
}

// Find gives the place of the anchor's words in a text: of several, the one whose surroundings agree best, then the one
// nearest to where they stood. Where the words have changed in marks, case or line breaks only, they are found all the same.
func (a Anchor) Find(text string) (plan.Span, bool) {
	if a.Exact == "" {
		return plan.Span{}, false
	}
	if end := a.Start + len(a.Exact); a.Start >= 0 && end <= len(text) && text[a.Start:end] == a.Exact &&
		strings.HasSuffix(text[:a.Start], a.Prefix) && strings.HasPrefix(text[end:], a.Suffix) {
		return plan.Span{Start: a.Start, End: end}, true
	}
	if sp, ok := best(text, a.Exact, a.Prefix, a.Suffix, a.Start); ok {
		return sp, true
	}
	// Folding keeps rune for rune, so a place in the folded text is one in the text by its runes.
	folded := plain(text)
	sp, ok := best(folded, plain(a.Exact), plain(a.Prefix), plain(a.Suffix), len(plain(text[:min(max(a.Start, 0), len(text))])))
	if !ok {
		return plan.Span{}, false
	}
	return plan.Span{Start: runes(text, utf8.RuneCountInString(folded[:sp.Start])), End: runes(text, utf8.RuneCountInString(folded[:sp.End]))}, true
}

// best is the occurrence of exact whose surroundings agree best.
func best(text, exact, prefix, suffix string, near int) (found plan.Span, ok bool) {
	most, nearest := -1, 0
	for at := 0; ; {
		i := strings.Index(text[at:], exact)
		if i < 0 {
			return found, most >= 0
		}
		start, end := at+i, at+i+len(exact)
		n := alikeEnd(text[:start], prefix) + alikeStart(text[end:], suffix)
		far := start - near
		if far < 0 {
			far = -far
		}
		if n > most || n == most && far < nearest {
			most, nearest, found = n, far, plan.Span{Start: start, End: end}
		}
		at = start + 1
	}
}

func alikeStart(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

func alikeEnd(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[len(a)-1-n] == b[len(b)-1-n] {
		n++
	}
	return n
}

// plain is a text without marks, case and line breaks, rune for rune.
func plain(s string) string { return strings.ReplaceAll(normalize.Fold(s), "\n", " ") }

// runes is the byte behind the first n runes of a text.
func runes(s string, n int) int {
	at := 0
	for ; n > 0 && at < len(s); n-- {
		_, size := utf8.DecodeRuneInString(s[at:])
		at += size
	}
	return at
}
