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

// syllableRows is the table of the model: part, item, before.
func syllableRows() [][]string {
	return tsv.MustParse("syllables.tsv", syllablesTSV, "part", "item", "before").Rows
}

// eachSyllable calls do with every spelling that the model joins of an onset and a rhyme, without tones.
func eachSyllable(do func(s string)) {
	rows := syllableRows()
	for _, on := range rows {
		for _, rh := range rows {
			if on[0] != "onset" || rh[0] == "onset" {
				continue
			}
			do(strings.TrimPrefix(on[1], "∅") + rh[1])
			if on[1] == "qu" && strings.HasPrefix(rh[1], "u") {
				do("q" + rh[1]) // quynh
			}
		}
	}
}

func makeModel() (*[1 << 15]uint32, *rhymeTable) {
	on, rh := new([1 << 15]uint32), new(rhymeTable)
	for _, row := range syllableRows() {
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
	runes  int
	tone   uint8
	flags  uint8
}

// valid reports whether the word is a Vietnamese syllable, in any case and wherever its mark stands.
func (w *word) valid() bool { return w.flags&hasForeign == 0 && validPacked(w.packed, w.tone) }

// abbreviation reports whether the word is a short run of ASCII capitals, which says nothing of a text's language.
func (w *word) abbreviation() bool {
	return w.flags&(hasLower|hasAccent) == 0 && w.runes <= 6
}

// scanWord reads the run of letters at s[i:] and gives the word and its end; the end is i where no letter stands.
func scanWord(s string, i int) (w word, end int) {
	var tones, tone, flags, rest, notFirst uint8
	var packed uint64
	n, shift := 0, uint(0)
	for i < len(s) {
		c := s[i]
		var l *letter
		size := 1
		switch {
		case c < utf8.RuneSelf:
			l = &letters[c]
		case c-0xC2 < 7 && i+1 < len(s) && s[i+1]&0xC0 == 0x80: // up to U+023F
			l = &letters[int(c&0x1F)<<6|int(s[i+1]&0x3F)]
			size = 2
		case c == 0xE1 && i+2 < len(s) && s[i+1]&0xFC == 0xB8 && s[i+2]&0xC0 == 0x80: // U+1E00 to U+1EFF
			l = &letters[0x250+int(s[i+1]&3)<<6+int(s[i+2]&0x3F)]
			size = 3
		default:
			l, size = otherLetter(s[i:])
		}
		if l.flags == 0 {
			break
		}
		flags |= l.flags
		rest |= l.flags & notFirst
		notFirst = 0xFF
		packed |= uint64(l.code) << (shift & 63)
		shift += 5
		tone |= l.tone
		tones += l.toned
		n++
		i += size
	}
	if tones > 1 || n > maxLetters {
		flags |= hasForeign
	}
	if rest&hasUpper != 0 && flags&hasLower != 0 {
		flags |= mixedCase
	}
	return word{packed, n, tone, flags}, i
}

// otherLetter is the letter at the head of s, of a rune outside the table.
func otherLetter(s string) (*letter, int) {
	r, size := utf8.DecodeRuneInString(s)
	l := at(r)
	return &l, size
}

// nextWord is the index of the next letter of s at or after i, or len(s).
func nextWord(s string, i int) int {
	for i < len(s) {
		if c := s[i]; c < utf8.RuneSelf {
			if letters[c].flags != 0 {
				return i
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if at(r).flags != 0 {
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
