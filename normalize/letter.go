package normalize

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Tones are numbered as the digits of a Key: 0 level, 1 sắc, 2 huyền, 3 hỏi, 4 ngã, 5 nặng.
var toneMarks = [6]rune{0, '\u0301', '\u0300', '\u0309', '\u0303', '\u0323'}

// alphabet holds the 29 letters of Vietnamese without tone; a letter's code is its place here, from 1.
const alphabet = "aăâbcdđeêghiklmnoôơpqrstuưvxy"

// letter is what a rune is to Vietnamese.
type letter struct {
	code  uint8 // of the letter without its tone, 1 to 29; 0 is no letter of the alphabet
	tone  uint8 // 0 to 5
	toned uint8 // 1 where tone is not 0
	flags uint8 // hasForeign and the rest, as a word that holds it has them; 0 is no letter
	fold  rune  // lower case without marks
}

// The flags of a letter, and of a word that holds it.
const (
	hasForeign = 1 << iota // a letter outside the alphabet or a mark; of a word also a second tone or too many letters
	hasUpper               // an upper-case letter
	hasLower               // another letter
	hasAccent              // a letter outside ASCII
	hasBeyond              // a Vietnamese letter outside Latin-1: proof of Unicode
	mixedCase              // of a word: neither small, nor capitals, nor a capital and small letters
)

// letters covers Latin up to U+024F and the block U+1E00 to U+1EFF; at reads it.
var letters = makeLetters()

// codes gives the alphabet back: codes[c] is the letter with code c.
var codes = []rune("\x00" + alphabet)

func makeLetters() (t [0x350]letter) {
	code := map[rune]uint8{}
	for i, r := range []rune(alphabet) {
		code[r] = uint8(i + 1)
	}
	for i := range t {
		r := rune(i)
		if i >= 0x250 {
			r = rune(i) - 0x250 + 0x1E00
		}
		lower := unicode.ToLower(r)
		l := letter{fold: foldSlow(r)}
		if unicode.IsLetter(r) {
			l.flags = foreignFlags(r, lower != r)
		}
		base, tone := splitTone(lower)
		if c := code[base]; c != 0 && (tone == 0 || vowelCodes&(1<<c) != 0) {
			l.code, l.tone, l.toned = c, tone, min(tone, 1)
			l.flags &^= hasForeign
			if r > 0xFF {
				l.flags |= hasBeyond
			}
		}
		t[i] = l
	}
	return t
}

// foreignFlags are the flags of a letter that is none of the alphabet.
func foreignFlags(r rune, upper bool) uint8 {
	flags := uint8(hasForeign | hasLower)
	if upper {
		flags = hasForeign | hasUpper
	}
	if r >= 0x80 {
		flags |= hasAccent
	}
	return flags
}

// vowelCodes is the set of codes of vowels, as bits.
var vowelCodes = codeSet("aăâeêioôơuưy")

func codeSet(set string) uint32 {
	bits := uint32(0)
	for _, r := range set {
		for i, a := range []rune(alphabet) {
			if r == a {
				bits |= 1 << (i + 1)
			}
		}
	}
	return bits
}

// at is the letter of r; for runes outside its blocks only flags and fold are set, by asking unicode.
func at(r rune) letter {
	if r < 0x250 {
		return letters[r]
	}
	if uint32(r-0x1E00) < 0x100 {
		return letters[0x250+r-0x1E00]
	}
	l := letter{fold: r}
	switch {
	case r >= 0x2000 && r < 0x2070:
	case unicode.IsLetter(r):
		l.flags = foreignFlags(r, unicode.IsUpper(r))
		l.fold = foldSlow(r)
	case unicode.Is(unicode.Mn, r):
		l.flags = foreignFlags(r, false)
	}
	return l
}

// splitTone takes the tone off a letter: 'ế' gives 'ê' and 1.
func splitTone(r rune) (base rune, tone uint8) {
	if r < 0x80 {
		return r, 0
	}
	parts := decomposed(r)
	if parts == nil {
		return r, 0
	}
	var buf [4]rune
	rest := buf[:0]
	for _, m := range string(parts) {
		if t := toneOf(m); t != 0 {
			if tone != 0 {
				return r, 0
			}
			tone = t
			continue
		}
		rest = append(rest, m)
	}
	if len(rest) == 1 {
		return rest[0], tone
	}
	composed := []rune(norm.NFC.String(string(rest)))
	if len(composed) != 1 {
		return r, 0
	}
	return composed[0], tone
}

// decomposed is the canonical decomposition of a rune, nil where it has none.
func decomposed(r rune) []byte {
	var buf [utf8.UTFMax]byte
	return norm.NFD.Properties(buf[:utf8.EncodeRune(buf[:], r)]).Decomposition()
}

// toneOf is the tone that a combining mark writes, and 0 for other runes.
func toneOf(r rune) uint8 {
	for t := uint8(1); t < 6; t++ {
		if toneMarks[t] == r {
			return t
		}
	}
	return 0
}

// withTone puts a tone on a letter that has none: ('ê', 1) gives 'ế'. It gives r back where there is no such letter.
func withTone(r rune, tone uint8) rune {
	if tone == 0 || tone > 5 {
		return r
	}
	l := at(r)
	if l.code == 0 || l.tone != 0 || vowelCodes&(1<<l.code) == 0 {
		return r
	}
	t := toned[l.code][tone]
	if l.flags&hasUpper != 0 {
		return unicode.ToUpper(t)
	}
	return t
}

// toned holds, by code and tone, the lower-case letters.
var toned = makeToned()

func makeToned() (t [30][6]rune) {
	for i, l := range letters {
		if l.code != 0 && l.flags&hasUpper == 0 {
			r := rune(i)
			if i >= 0x250 {
				r = rune(i) - 0x250 + 0x1E00
			}
			t[l.code][l.tone] = r
		}
	}
	return t
}
