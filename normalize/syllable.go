package normalize

import (
	_ "embed"
	"strings"
	"unicode/utf8"

	"kehoach/internal/tsv"
)

//go:embed tables/syllables.tsv
var syllablesTSV string

// A word of up to 12 letters is packed 5 bits a letter, the first letter lowest. Longer words are no syllables.
const maxLetters = 12

// onsets says, by the packed letters of an onset, which codes may open the rhyme after it; 0 is no onset.
var onsets, rhymes = makeModel()

const (
	openRhyme = 1 // takes all six tones
	stopRhyme = 2 // takes sắc and nặng only
)

// rhymeTable is a small open hash from packed rhymes to openRhyme or stopRhyme.
type rhymeTable [1024]struct {
	key  uint32
	kind uint8
}

func (t *rhymeTable) slot(key uint32) uint32 { return key * 0x9E3779B1 >> 22 }

func (t *rhymeTable) get(key uint64) uint8 {
	if key>>20 != 0 {
		return 0
	}
	k := uint32(key)
	for i := t.slot(k); ; i = (i + 1) & 1023 {
		if t[i].key == k {
			return t[i].kind
		}
		if t[i].key == 0 {
			return 0
		}
	}
}

func (t *rhymeTable) put(key uint64, kind uint8) {
	i := t.slot(uint32(key))
	for t[i].key != 0 {
		i = (i + 1) & 1023
	}
	t[i].key, t[i].kind = uint32(key), kind
}

func makeModel() (*[1 << 15]uint32, *rhymeTable) {
	on, rh := new([1 << 15]uint32), new(rhymeTable)
	for _, row := range tsv.MustParse("syllables.tsv", syllablesTSV, "part", "item", "before").Rows {
		part, item, before := row[0], row[1], row[2]
		switch part {
		case "onset":
			if item == "∅" {
				item = ""
			}
			allowed := ^uint32(0)
			if rest, not := strings.CutPrefix(before, "!"); not {
				allowed = ^codeSet(rest)
			} else if before != "" {
				allowed = codeSet(before)
			}
			on[pack(item)] = allowed
		case "open":
			rh.put(pack(item), openRhyme)
		case "stop":
			rh.put(pack(item), stopRhyme)
		default:
			panic("normalize: syllables.tsv: no such part: " + part)
		}
	}
	return on, rh
}

func pack(s string) uint64 {
	p, n := uint64(0), 0
	for _, r := range s {
		p |= uint64(at(r).code) << n
		n += 5
	}
	return p
}

var (
	packedG  = pack("g")
	packedGi = pack("gi")
	packedI  = pack("i")
	packedQu = pack("qu")
	packedU  = pack("u")
	packedQ  = pack("q")
)

// validPacked reports whether n packed letters with a tone make a syllable.
func validPacked(p uint64, tone uint8) bool {
	k, n := p, 0
	for k != 0 && vowelCodes&(1<<(k&31)) == 0 {
		k >>= 5
		n += 5
	}
	if k == 0 || n > 15 {
		return false
	}
	onset := p & (1<<n - 1)
	switch {
	case onset == packedQ && p&(1<<10-1) == packedQu:
		rest := p >> 10
		return rest != 0 && (toneFits(rhymes.get(rest), tone) || toneFits(rhymes.get(packedU|rest<<5), tone))
	case onset == packedG && p&(1<<10-1) == packedGi:
		rest := p >> 10
		return toneFits(rhymes.get(rest), tone) || toneFits(rhymes.get(packedI|rest<<5), tone)
	}
	return onsets[onset]&(1<<(k&31)) != 0 && toneFits(rhymes.get(k), tone)
}

func toneFits(rhyme, tone uint8) bool {
	return rhyme == openRhyme || rhyme == stopRhyme && (tone == 1 || tone == 5)
}

// word is one run of letters as the scanner sees it.
type word struct {
	packed uint64
	tone   uint8
	runes  int
	flags  uint8
}

const (
	hasForeign  = 1 << iota // a letter outside the alphabet, a second tone, or too many letters
	hasUpper                // an upper-case letter
	hasLower                // a lower-case letter
	hasAccent               // a letter outside ASCII
	hasBeyond               // a Vietnamese letter outside Latin-1
	mixedCase               // an upper-case letter after a lower-case one, or two capitals and a small letter
	upperSecond             // the second letter is upper case
)

// valid reports whether the word is a Vietnamese syllable, in any case and wherever its mark stands.
func (w *word) valid() bool { return w.flags&hasForeign == 0 && validPacked(w.packed, w.tone) }

// abbreviation reports whether the word is a short run of ASCII capitals, which says nothing of a text's language.
func (w *word) abbreviation() bool {
	return w.flags&(hasLower|hasAccent) == 0 && w.runes <= 6
}

// scanWord reads the run of letters at s[i:] and gives the word and its end; the end is i where no letter stands.
func scanWord(s string, i int) (w word, end int) {
	shift := 0
	for i < len(s) {
		var l letter
		n := 1
		if c := s[i]; c < utf8.RuneSelf {
			l = letters[c]
			if l.kind == 0 {
				break
			}
		} else {
			var r rune
			r, n = utf8.DecodeRuneInString(s[i:])
			l = at(r)
			if l.kind == 0 {
				break
			}
			w.flags |= hasAccent
			if l.kind&isBeyond != 0 {
				w.flags |= hasBeyond
			}
		}
		if l.kind&isUpper != 0 {
			if w.flags&hasLower != 0 {
				w.flags |= mixedCase
			}
			w.flags |= hasUpper
			if w.runes == 1 {
				w.flags |= upperSecond
			}
		} else {
			if w.flags&upperSecond != 0 {
				w.flags |= mixedCase
			}
			w.flags |= hasLower
		}
		if l.tone != 0 {
			if w.tone != 0 {
				w.flags |= hasForeign
			}
			w.tone = l.tone
		}
		if l.code == 0 || w.runes >= maxLetters {
			w.flags |= hasForeign
		} else {
			w.packed |= uint64(l.code) << shift
			shift += 5
		}
		w.runes++
		i += n
	}
	return w, i
}

// nextWord is the index of the next letter of s at or after i, or len(s).
func nextWord(s string, i int) int {
	for i < len(s) {
		if c := s[i]; c < utf8.RuneSelf {
			if letters[c].kind != 0 {
				return i
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if at(r).kind != 0 {
			return i
		}
		i += n
	}
	return i
}

// Valid reports whether s is one Vietnamese syllable by its letters and tone, in any case and wherever
// in it the mark stands (hòan is valid: see Place). It says nothing of whether the syllable means anything.
func Valid(syllable string) bool {
	w, end := scanWord(syllable, 0)
	return end == len(syllable) && end > 0 && w.valid()
}

// ValidShare is the share of the words of a text that are Vietnamese syllables, 0 to 1: over 0.9 for clean
// Vietnamese, low for a garbled text layer, bad OCR or another language. Abbreviations in ASCII capitals
// and single letters are left out; a text without words has the share 1.
func ValidShare(text string) float64 {
	all, valid := 0, 0
	for i := nextWord(text, 0); i < len(text); i = nextWord(text, i) {
		var w word
		w, i = scanWord(text, i)
		if w.abbreviation() || w.runes == 1 && w.flags&hasAccent == 0 {
			continue
		}
		all++
		if w.valid() {
			valid++
		}
	}
	if all == 0 {
		return 1
	}
	return float64(valid) / float64(all)
}
