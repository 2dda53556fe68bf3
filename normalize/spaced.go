package normalize

import (
	"strings"
	"unicode/utf8"
)

// closeSpaced closes words that are set with blanks between their letters ("K Ế  H O Ạ C H"): a run of four single
// letters at least, or of three that are one word. Wider gaps part words; where all gaps are alike the
// letters are parted into syllables, if there is one way only. What does not become syllables stays.
func closeSpaced(s string, m *Map) (string, []wordChange) {
	var list []wordChange
	var dst []byte
	done := 0
	for i := 0; i < len(s); {
		words, end, letters := spacedRun(s, i)
		if letters < 3 {
			i = afterWord(s, i)
			continue
		}
		if to, ok := joinSpaced(words, letters); ok {
			dst = append(dst, s[done:i]...)
			out := len(dst)
			dst = append(dst, to...)
			m.replace(out, len(dst), i, end)
			list = append(list, wordChange{Spaced, out, len(dst), s[i:end]})
			done = end
		}
		i = end
	}
	if list == nil {
		return s, nil
	}
	return string(append(dst, s[done:]...)), list
}

// afterWord is the start of the next token between blanks after i.
func afterWord(s string, i int) int {
	for i < len(s) && s[i] != ' ' {
		i++
	}
	for i < len(s) && s[i] == ' ' {
		i++
	}
	return i
}

// spacedRun reads single letters parted by blanks from i on, which is the start of a token: the words that one
// blank holds together, the end of the run, and how many letters it has.
func spacedRun(s string, i int) (words []string, end, letters int) {
	var word []byte
	end = i
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		if at(r).code == 0 || i+n < len(s) && s[i+n] != ' ' && !closes(s[i+n]) {
			break
		}
		word = utf8.AppendRune(word, r)
		letters++
		i += n
		end = i
		gap := 0
		for i < len(s) && s[i] == ' ' {
			gap++
			i++
		}
		if gap == 0 {
			break
		}
		if gap > 1 {
			words = append(words, string(word))
			word = word[:0]
		}
	}
	if len(word) > 0 {
		words = append(words, string(word))
	}
	return words, end, letters
}

func closes(c byte) bool {
	return c == ',' || c == '.' || c == ':' || c == ';' || c == ')' || c == '\n'
}

// joinSpaced makes words of the letters, and reports whether all of them are syllables, one with an accent at least.
func joinSpaced(words []string, letters int) (string, bool) {
	accent := false
	for _, w := range words {
		v, _ := scanWord(w, 0)
		accent = accent || v.flags&hasAccent != 0
		if v.flags&mixedCase != 0 {
			return "", false
		}
	}
	if !accent {
		return "", false
	}
	if len(words) == 1 {
		if Valid(words[0]) {
			return words[0], true
		}
		if letters < 4 {
			return "", false
		}
		return partSyllables(words[0])
	}
	for _, w := range words {
		if !Valid(w) {
			return "", false
		}
	}
	return strings.Join(words, " "), true
}

// partSyllables parts letters into syllables where there is one way only with the fewest syllables.
func partSyllables(s string) (string, bool) {
	runes := []rune(s)
	if len(runes) > 40 {
		return s, false
	}
	type best struct{ words, ways, from int }
	b := make([]best, len(runes)+1)
	b[0].ways = 1
	for end := 1; end <= len(runes); end++ {
		for from := max(0, end-7); from < end; from++ {
			if b[from].ways == 0 || !Valid(string(runes[from:end])) {
				continue
			}
			switch n := b[from].words + 1; {
			case b[end].ways == 0 || n < b[end].words:
				b[end] = best{n, b[from].ways, from}
			case n == b[end].words:
				b[end].ways += b[from].ways
			}
		}
	}
	if b[len(runes)].ways != 1 {
		return s, false
	}
	var words []string
	for end := len(runes); end > 0; end = b[end].from {
		words = append([]string{string(runes[b[end].from:end])}, words...)
	}
	return strings.Join(words, " "), true
}
