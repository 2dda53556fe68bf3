package main

import (
	"strings"
	"unicode"
)

// pageWidth is how many columns a page for people has.
const pageWidth = 80

// wrap breaks words into lines of at most width columns, the first behind first, the others behind rest. Line
// breaks of the text stay. A word that is wider than a line has a line of its own.
func wrap(text string, width int, first, rest string) string {
	var out strings.Builder
	lead := first
	for _, paragraph := range strings.Split(text, "\n") {
		out.WriteString(lead)
		at, fresh := columns(lead), true
		for _, word := range strings.Fields(paragraph) {
			w := columns(word)
			switch {
			case fresh:
			case at+1+w > width:
				out.WriteString("\n" + rest)
				at = columns(rest)
			default:
				out.WriteByte(' ')
				at++
			}
			out.WriteString(word)
			at, fresh = at+w, false
		}
		out.WriteByte('\n')
		lead = rest
	}
	return out.String()
}

// columns is how wide a string is on a terminal: a letter is one column, whatever marks it bears.
func columns(s string) int {
	n := 0
	for _, r := range s {
		if !unicode.Is(unicode.Mn, r) {
			n++
		}
	}
	return n
}
