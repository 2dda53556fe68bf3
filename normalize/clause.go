package normalize

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"

	"kehoach/plan"
)

// Words gives the words of s, runs of letters and digits, as spans of its bytes.
func Words(s string) iter.Seq[plan.Span] {
	return func(yield func(plan.Span) bool) {
		for i := 0; i < len(s); {
			r, n := utf8.DecodeRuneInString(s[i:])
			if !inWord(r) {
				i += n
				continue
			}
			end := i + n
			for end < len(s) {
				r, n := utf8.DecodeRuneInString(s[end:])
				if !inWord(r) {
					break
				}
				end += n
			}
			if !yield(plan.Span{Start: i, End: end}) {
				return
			}
			i = end
		}
	}
}

func inWord(r rune) bool {
	if r < utf8.RuneSelf {
		return r-'0' < 10 && r >= '0' || letters[r].flags != 0
	}
	return at(r).flags != 0 || unicode.IsDigit(r)
}

// Clauses parts s at the signs that no phrase crosses: , ; : . ! ? … ( ) [ ] " “ ” | • and ends of lines, dashes between
// blanks, and a stop or comma only where it is not inside a number ("1.250,5") or a word ("v.v"). The spans hold no
// blanks at their ends, and are not empty.
func Clauses(s string) []plan.Span {
	var list []plan.Span
	start := 0
	for i, r := range s {
		if n := utf8.RuneLen(r); n > 0 && parts(s, i, i+n, r) {
			list = appendTrimmed(list, s, start, i)
			start = i + n
		}
	}
	return appendTrimmed(list, s, start, len(s))
}

// parts reports whether the sign r at s[i:end] ends a clause.
func parts(s string, i, end int, r rune) bool {
	switch r {
	case ';', '!', '?', '…', '(', ')', '[', ']', '"', '“', '”', '«', '»', '|', '•', '\n', '\t', '{', '}', '*', '→':
		return true
	case ',', '.', ':':
		next, _ := utf8.DecodeRuneInString(s[end:])
		prev, _ := utf8.DecodeLastRuneInString(s[:i])
		return end == len(s) || i == 0 || !inWord(next) || !inWord(prev)
	case '-', '–', '—', '+', '=':
		return (i == 0 || s[i-1] == ' ' || s[i-1] == '\n') && (end == len(s) || s[end] == ' ' || s[end] == '\n')
	}
	return false
}

func appendTrimmed(list []plan.Span, s string, start, end int) []plan.Span {
	for start < end && (s[start] == ' ' || s[start] == '\n' || s[start] == '\t') {
		start++
	}
	for start < end && (s[end-1] == ' ' || s[end-1] == '\n' || s[end-1] == '\t') {
		end--
	}
	if start < end {
		list = append(list, plan.Span{Start: start, End: end})
	}
	return list
}

// Bigrams gives each pair of words that follow one another inside a clause: the span of the two, and their keys with
// a blank between them. key is Key or Fold.
func Bigrams(s string, key func(string) string) iter.Seq2[plan.Span, string] {
	return func(yield func(plan.Span, string) bool) {
		for _, clause := range Clauses(s) {
			last, lastKey := plan.Span{}, ""
			for w := range Words(s[clause.Start:clause.End]) {
				w.Start, w.End = w.Start+clause.Start, w.End+clause.Start
				k := key(s[w.Start:w.End])
				if lastKey != "" && !yield(plan.Span{Start: last.Start, End: w.End}, lastKey+" "+k) {
					return
				}
				last, lastKey = w, k
			}
		}
	}
}

// Sentences parts s into sentences: after . ! ? … before a blank and a capital, a digit or a sign, and at ends of
// lines. A stop behind a label ("1.", "II.", "a."), a capital by itself or a title ("TP.", "ThS.") ends none.
func Sentences(s string) []plan.Span {
	var list []plan.Span
	start := 0
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		end := i + n
		switch {
		case r == '\n':
		case strings.ContainsRune(".!?…", r):
			for end < len(s) { // closing signs belong to it
				c, k := utf8.DecodeRuneInString(s[end:])
				if !strings.ContainsRune(".!?…/)”\"", c) {
					break
				}
				end += k
			}
			if end < len(s) && s[end] != ' ' && s[end] != '\n' || !endsHere(s[start:i], s[i:end], strings.TrimLeft(s[end:], " ")) {
				i = end
				continue
			}
		default:
			i = end
			continue
		}
		list = appendTrimmed(list, s, start, end)
		start, i = end, end
	}
	return appendTrimmed(list, s, start, len(s))
}

// endsHere reports whether a stop between two texts ends the sentence.
func endsHere(before, stop, after string) bool {
	next, _ := utf8.DecodeRuneInString(after)
	if after == "" || next == '\n' {
		return true
	}
	if unicode.IsLower(next) || stop != "." {
		return !unicode.IsLower(next)
	}
	word := before[strings.LastIndexAny(before, " \n\t(")+1:]
	if strings.TrimSpace(before) == word && label(word) {
		return false
	}
	switch w, size := scanWord(word, 0); {
	case size == len(word) && w.runes == 1 && w.flags&hasUpper != 0:
		return false // an initial
	case titles[word]:
		return false
	}
	return true
}

// label reports whether a word is the label of a list: digits with stops, a Roman number, or one letter.
func label(word string) bool {
	if strings.Trim(word, "0123456789.") == "" || strings.Trim(word, "IVXLC") == "" {
		return word != ""
	}
	return utf8.RuneCountInString(word) == 1
}

// titles stand before a name and end in a stop.
var titles = map[string]bool{"TP": true, "Tp": true, "TX": true, "TT": true, "TS": true, "ThS": true, "Ths": true, "PGS": true, "GS": true, "BS": true, "KS": true,
	"CN": true, "CK": true, "KT": true, "TM": true, "TL": true, "TUQ": true, "St": true, "Nxb": true, "NXB": true, "Tr": true, "tr": true, "No": true, "Mr": true, "Mrs": true, "Dr": true}
