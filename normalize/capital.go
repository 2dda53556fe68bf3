package normalize

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// capitalFont reports whether a font draws the small letters of TCVN3 as capitals: .VnTimeH, .VnArialH …
func capitalFont(font string) bool {
	font, _, _ = strings.Cut(font, ",")
	return hintOf(font) == TCVN3 && strings.HasSuffix(strings.TrimRight(font, "\"' "), "H")
}

// upperRunes makes all letters capitals, in place; a letter whose capital has another length stays.
func upperRunes(b []byte) {
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			if b[i]-'a' < 26 {
				b[i] -= 'a' - 'A'
			}
			i++
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		if u := unicode.ToUpper(r); u != r && utf8.RuneLen(u) == n {
			utf8.EncodeRune(b[i:], u)
		}
		i += n
	}
}

// capitals mends lines of TCVN3 that a font of capitals drew and whose font is not known: the page shows capitals
// where the bytes hold small letters ("TOàN"). Where all ASCII letters of a line are capitals, three at least outside
// symbols of documents, the line is; else each word with two ASCII capitals and none small, and its neighbours without small ASCII letters.
func capitals(b []byte) {
	for len(b) > 0 {
		line := b
		for i, c := range b {
			if c == '\n' {
				line = b[:i+1]
				break
			}
		}
		capitalLine(line)
		b = b[len(line):]
	}
}

func capitalLine(b []byte) {
	upper, lower, accent := 0, 0, false
	at := 0 // capitals before the token
	symbol := false
	for _, c := range b {
		switch {
		case c-'A' < 26:
			upper++
		case c-'a' < 26:
			lower++
		case c >= utf8.RuneSelf:
			accent = true
		case c == '/':
			symbol = true
		case c == ' ' || c == '\t':
			if symbol {
				upper = at
			}
			at, symbol = upper, false
		}
	}
	if symbol { // "12/QĐ-UB" has capitals on any page
		upper = at
	}
	switch {
	case !accent || upper == 0:
	case lower == 0 && upper >= 3:
		upperRunes(b)
	default:
		capitalWords(b)
	}
}

// capitalWords mends the words of a line that holds small words as well.
func capitalWords(b []byte) {
	s := string(b)
	var last []byte // the word before, where it may be drawn in capitals
	lastClear := false
	for i := nextWord(s, 0); i < len(s); i = nextWord(s, i) {
		_, end := scanWord(s, i)
		upper, lower, accent := 0, 0, false
		for k := i; k < end; k++ {
			switch c := s[k]; {
			case c-'A' < 26:
				upper++
			case c-'a' < 26:
				lower++
			case c >= utf8.RuneSelf:
				accent = true
			}
		}
		may := lower == 0 && accent && upper > 0
		clear := may && upper >= 2
		if clear {
			upperRunes(last)
		}
		if clear || may && lastClear {
			upperRunes(b[i:end])
		}
		last = nil
		if may {
			last = b[i:end]
		}
		lastClear = clear
		i = end
	}
}
