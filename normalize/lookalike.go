package normalize

import (
	_ "embed"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"kehoach/internal/tsv"
)

//go:embed tables/lookalikes.tsv
var lookalikesTSV string

// What becomes of a rune that stands for another.
const (
	keepRune   = iota
	letterRune // always the other letter
	wordRune   // the other letter where the word is then Vietnamese
	glyphRune
	spaceRune
	lineRune
	dropRune
)

// lookalike is what becomes of one rune.
type lookalike struct {
	does uint8
	to   rune
}

var lookalikes = makeLookalikes()

func makeLookalikes() map[rune]lookalike {
	does := map[string]uint8{"letter": letterRune, "word": wordRune, "glyph": glyphRune, "space": spaceRune, "line": lineRune, "drop": dropRune}
	fixed := map[uint8]rune{spaceRune: ' ', lineRune: '\n', dropRune: -1}
	m := map[rune]lookalike{}
	for _, row := range tsv.MustParse("lookalikes.tsv", lookalikesTSV, "does", "from", "to", "note").Rows {
		kind, ok := does[row[0]]
		if !ok {
			panic("normalize: lookalikes.tsv: what does " + row[0] + " do?")
		}
		first, last, isRange := strings.Cut(row[1], "-")
		if !isRange {
			last = first
		}
		to, ok := fixed[kind]
		if !ok {
			to = codePoint(row[2])
		}
		from := codePoint(first)
		for r := from; r <= codePoint(last); r++ {
			if _, named := m[r]; !named {
				m[r] = lookalike{kind, to}
			}
			if !ok {
				to++
			}
		}
	}
	return m
}

func codePoint(s string) rune {
	n, err := strconv.ParseUint(s, 16, 21)
	if err != nil {
		panic("normalize: lookalikes.tsv: bad code point " + s)
	}
	return rune(n)
}

// mendWord puts the letters of Vietnamese back into a word that was written with look-alikes, and reports whether it
// did: where the result is a syllable, an abbreviation in capitals with Đ (QÐ, HÐND), a lone đ, or for
// eth a word with another letter that only Vietnamese has.
func mendWord(word string) (string, bool) {
	changed, ethOnly, runes, beyond := false, true, 0, false
	var buf [64]byte
	dst := buf[:0]
	for _, r := range word {
		if l, ok := lookalikes[r]; ok && l.does == wordRune {
			changed = true
			ethOnly = ethOnly && (l.to == 'Đ' || l.to == 'đ') && r != 'ÿ'
			r = l.to
		} else if at(r).flags&hasBeyond != 0 {
			beyond = true
		}
		dst = utf8.AppendRune(dst, r)
		runes++
	}
	if !changed {
		return word, false
	}
	mended := string(dst)
	w, end := scanWord(mended, 0)
	if end != len(mended) {
		return word, false
	}
	if w.valid() && (runes > 1 || mended == "ở" || mended == "Ở") || ethOnly && (runes == 1 || beyond || w.flags&(hasLower|hasForeign) == 0 && runes <= 6) {
		return mended, true
	}
	return word, false
}

// accents are spacing signs that stand for a tone which lost its letter.
var accents = map[rune]uint8{'´': 1, '`': 2}

// mendAccents composes a vowel and a spacing acute or grave after it, where they stand inside a word that is then a
// syllable; ` only before a further letter, since it also quotes.
func mendAccents(s string) string {
	if !strings.ContainsAny(s, "´`") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		start := nextWord(s, i)
		b.WriteString(s[i:start])
		_, end := scanWord(s, start)
		i = end
		r, n := utf8.DecodeRuneInString(s[end:])
		tone := accents[r]
		if tone == 0 || end == start {
			b.WriteString(s[start:end])
			continue
		}
		_, tail := scanWord(s, end+n)
		last, size := utf8.DecodeLastRuneInString(s[start:end])
		mended := s[start:end-size] + string(withTone(last, tone)) + s[end+n:tail]
		if withTone(last, tone) != last && Valid(mended) && (r == '´' || tail > end+n) {
			b.WriteString(mended)
			i = tail
		} else {
			b.WriteString(s[start:end])
		}
	}
	return b.String()
}

// reorder puts a tone that stands before a circumflex, breve or horn behind it, which NFC does not.
func reorder(s string) string {
	if !strings.ContainsAny(s, "\u0302\u0306\u031B") {
		return s
	}
	in := []rune(norm.NFD.String(s))
	for i := 1; i < len(in); i++ {
		if hat := in[i]; hat == 0x302 || hat == 0x306 || hat == 0x31B {
			for k := i; k > 0 && toneOf(in[k-1]) != 0; k-- {
				in[k-1], in[k] = in[k], in[k-1]
			}
		}
	}
	return string(in)
}
