package normalize

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Key is the key by which one word is compared. Of a syllable it is its lower-case letters without the tone,
// and then the tone as a digit (1 sắc, 2 huyền, 3 hỏi, 4 ngã, 5 nặng; none for the level tone), wherever the mark
// stood: "hòa", "hoà" and "HOÀ" all give "hoa2". Of any other token it is the lower case.
func Key(s string) string {
	i := 0
	for i < len(s) && s[i]-'a' < 26 {
		i++
	}
	if i == len(s) {
		return s
	}
	if w, _, end := scanKey(s, 0); end == len(s) {
		if w.tone == 0 && w.flags&hasUpper == 0 {
			return s
		}
		if k := syllableKeys().get(&w); k != "" {
			return k
		}
	}
	var buf [32]byte
	return string(AppendKey(buf[:0], s))
}

// keyLetters has what scanKey asks of a rune, by its place in letters: what adds up over a word (in the lowest byte
// its tone, in four bits each whether it has one and whether it is a capital), its code, and flags.
var keyLetters = func() (t [len(letters)]uint32) {
	for i, l := range letters {
		upper := uint32(l.flags & hasUpper)
		t[i] = uint32(l.tone) | uint32(l.toned)<<8 | upper/hasUpper<<12 | uint32(l.code)<<16 | upper<<24
		switch {
		case l.flags == 0:
			t[i] |= keyStop
		case l.code == 0:
			t[i] |= keyForeign
		}
	}
	return t
}()

const (
	keyStop    = 1 << 31
	keyForeign = 1 << 30
)

// scanKey is scanWord for a run of letters that are all of the alphabet and not too many; end is i where there is none.
// Of the flags it gives hasUpper.
func scanKey(s string, i int) (w word, capitals, end int) {
	var sum, flags uint32
	packed, shift, start := uint64(0), uint(0), i
	for i < len(s) {
		var e uint32
		size := 1
		switch c := s[i]; {
		case c < utf8.RuneSelf:
			e = keyLetters[c]
		case c-0xC2 < 7 && i+1 < len(s) && s[i+1]&0xC0 == 0x80:
			e = keyLetters[int(c&0x1F)<<6|int(s[i+1]&0x3F)]
			size = 2
		case c == 0xE1 && i+2 < len(s) && s[i+1]&0xFC == 0xB8 && s[i+2]&0xC0 == 0x80:
			e = keyLetters[0x250+int(s[i+1]&3)<<6+int(s[i+2]&0x3F)]
			size = 3
		case c == 0xE2 && i+1 < len(s) && s[i+1] == 0x80: // dashes and quotation marks
			e = keyStop
		default:
			return word{}, 0, start
		}
		if e >= keyForeign {
			if e >= keyStop {
				break
			}
			return word{}, 0, start
		}
		if shift == 5*maxLetters {
			return word{}, 0, start
		}
		sum += e & 0xFFFF
		flags |= e
		packed |= uint64(e>>16&31) << (shift & 63)
		shift += 5
		i += size
	}
	if sum>>8&15 > 1 {
		return word{}, 0, start
	}
	return word{packed, int(shift / 5), uint8(sum & 7), uint8(flags >> 24)}, int(sum >> 12), i
}

// AppendKeyAt is AppendKey for the run of letters that begins at s[i]: it gives where the run ends, how many letters it
// has and how many of them are capitals. Where not all are letters of the alphabet, or no letter stands there, end is
// i, and nothing is appended.
func AppendKeyAt(dst []byte, s string, i int) (key []byte, end, runes, capitals int) {
	w, capitals, end := scanKey(s, i)
	if end == i {
		return dst, i, 0, 0
	}
	return appendWordKey(dst, &w, s[i:end], syllableKeys()), end, w.runes, capitals
}

// AppendKey appends Key(s) to dst.
func AppendKey(dst []byte, s string) []byte {
	if w, _, end := scanKey(s, 0); end == len(s) && end > 0 {
		return appendWordKey(dst, &w, s, syllableKeys())
	}
	if !isNFC(s) {
		s = norm.NFC.String(reorder(s))
		if w, _, end := scanKey(s, 0); end == len(s) && end > 0 {
			return appendWordKey(dst, &w, s, syllableKeys())
		}
	}
	return appendLower(dst, s)
}

// appendWordKey appends the key of a word whose letters are all of the alphabet.
func appendWordKey(dst []byte, w *word, s string, t *keyTable) []byte {
	if w.tone == 0 {
		if w.flags&hasUpper == 0 {
			return append(dst, s...)
		}
		return appendPacked(dst, w.packed)
	}
	if k := t.get(w); k != "" {
		return append(dst, k...)
	}
	return appendLower(dst, s) // no syllable
}

func appendPacked(dst []byte, p uint64) []byte {
	for ; p != 0; p >>= 5 {
		dst = utf8.AppendRune(dst, codes[p&31])
	}
	return dst
}

// keyTable is an open hash from the toned syllables of the model to their keys, which are parts of one string.
type keyTable struct {
	slots [keySlots]uint64 // 43 bits of the packed syllable and its tone, 17 of where its key begins, 4 of its length
	keys  string
}

const keySlots = 1 << 15

// packKey is a syllable and its tone, in 43 bits; ok is false where it has more than eight letters.
func packKey(p uint64, tone uint8) (k uint64, ok bool) { return p<<3 | uint64(tone), p>>40 == 0 }

// slot is where the search for a syllable begins.
func slot(k uint64) uint64 { return k * 0x9E3779B97F4A7C15 >> 49 }

// get is the key of a toned syllable, and "" of a word that is none.
func (t *keyTable) get(w *word) string {
	k, ok := packKey(w.packed, w.tone)
	if !ok {
		return ""
	}
	for i := slot(k); ; i++ {
		e := t.slots[i%keySlots]
		if e>>21 == k {
			at := e >> 4 & (1<<17 - 1)
			return t.keys[at : at+e&15]
		}
		if e == 0 {
			return ""
		}
	}
}

// syllableKeys makes the table at its first use.
var syllableKeys = sync.OnceValue(func() *keyTable {
	t := new(keyTable)
	var keys strings.Builder
	eachSyllable(func(s string) {
		p := pack(s)
		for tone := uint8(1); tone < 6; tone++ {
			k, ok := packKey(p, tone)
			if !ok || !validPacked(p, tone) {
				continue
			}
			i := slot(k)
			for t.slots[i%keySlots] != 0 && t.slots[i%keySlots]>>21 != k {
				i++
			}
			if t.slots[i%keySlots] == 0 {
				t.slots[i%keySlots] = k<<21 | uint64(keys.Len())<<4 | uint64(len(s)+1)
				keys.WriteString(s)
				keys.WriteByte('0' + tone)
			}
		}
	})
	if t.keys = keys.String(); len(t.keys) >= 1<<17 {
		panic("normalize: the keys of all syllables need more than 17 bits")
	}
	return t
})

func appendLower(dst []byte, s string) []byte {
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if c-'A' < 26 {
				c += 'a' - 'A'
			}
			dst = append(dst, c)
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		dst = utf8.AppendRune(dst, unicode.ToLower(r))
		i += n
	}
	return dst
}

// Keys is Key of every word of s (a run of letters and digits), with one space for all that stands between
// them: two names are the same where their Keys are, whatever their case, punctuation and place of marks.
func Keys(s string) string {
	if !isNFC(s) {
		s = norm.NFC.String(reorder(s))
	}
	table := syllableKeys()
	dst := make([]byte, 0, len(s)+len(s)/8+1)
	inWord := false
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf && letters[c].flags == 0 {
			if c-'0' < 10 {
				if !inWord {
					dst = space(dst)
				}
				dst, inWord = append(dst, c), true
			} else {
				inWord = false
			}
			i++
			continue
		}
		w, _, end := scanKey(s, i)
		if end == i {
			w, end = scanWord(s, i)
		}
		if end == i {
			_, n := utf8.DecodeRuneInString(s[i:])
			i, inWord = i+n, false
			continue
		}
		if !inWord {
			dst = space(dst)
		}
		if w.flags&hasForeign == 0 {
			dst = appendWordKey(dst, &w, s[i:end], table)
		} else {
			dst = appendLower(dst, s[i:end])
		}
		i, inWord = end, true
	}
	return string(dst)
}

func space(dst []byte) []byte {
	if len(dst) > 0 {
		return append(dst, ' ')
	}
	return dst
}

// isNFC reports whether s is composed.
func isNFC(s string) bool {
	n := plainHead(s)
	return n == len(s) || norm.NFC.IsNormalString(s[max(0, n-utf8.UTFMax):])
}
