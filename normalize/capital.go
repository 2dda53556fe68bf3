package normalize

import "strings"

// capitals mends a line of TCVN3 that a font of capitals (.VnTimeH) drew: its bytes hold small letters where the
// page shows capitals ("TOàN"). Where all ASCII letters of the line are capitals, three at least, the line is; else
// each word with two ASCII capitals and none small, and its neighbours of that kind.
func capitals(s string) string {
	upper, lower, mixed := 0, 0, false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c-'A' < 26:
			upper++
		case c-'a' < 26:
			lower++
		case c >= 0x80:
			mixed = true
		}
	}
	if !mixed || upper == 0 {
		return s
	}
	if lower == 0 && upper >= 3 {
		return strings.ToUpper(s)
	}
	return capitalWords(s)
}

// capitalWords upper-cases the words of a mixed line that a font of capitals drew.
func capitalWords(s string) string {
	type piece struct {
		start, end int
		clear      bool // two ASCII capitals and a small letter beyond ASCII
		may        bool // no small ASCII letter
	}
	var words []piece
	any := false
	for i := nextWord(s, 0); i < len(s); i = nextWord(s, i) {
		_, end := scanWord(s, i)
		p := piece{start: i, end: end}
		caps, small, accent := 0, 0, false
		for _, c := range []byte(s[i:end]) {
			switch {
			case c-'A' < 26:
				caps++
			case c-'a' < 26:
				small++
			case c >= 0x80:
				accent = true
			}
		}
		p.may = small == 0 && accent
		p.clear = p.may && caps >= 2 && strings.ToUpper(s[i:end]) != s[i:end]
		any = any || p.clear
		words = append(words, p)
		i = end
	}
	if !any {
		return s
	}
	var b strings.Builder
	last := 0
	for k, p := range words {
		near := k > 0 && words[k-1].clear || k+1 < len(words) && words[k+1].clear
		if p.clear || p.may && near {
			b.WriteString(s[last:p.start])
			b.WriteString(strings.ToUpper(s[p.start:p.end]))
			last = p.end
		}
	}
	b.WriteString(s[last:])
	return b.String()
}
