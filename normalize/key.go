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
	w, end := scanWord(s, 0)
	if end == len(s) && w.flags&hasForeign == 0 {
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

// AppendKey appends Key(s) to dst.
func AppendKey(dst []byte, s string) []byte {
	w, end := scanWord(s, 0)
	if end == len(s) && w.flags&hasForeign == 0 {
		return appendWordKey(dst, &w, s)
	}
	if !norm.NFC.IsNormalString(s) {
		s = norm.NFC.String(reorder(s))
		if w, end = scanWord(s, 0); end == len(s) && w.flags&hasForeign == 0 {
			return appendWordKey(dst, &w, s)
		}
	}
	return appendLower(dst, s)
}

func appendWordKey(dst []byte, w *word, s string) []byte {
	if w.tone != 0 {
		if k := syllableKeys().get(w); k != "" {
			return append(dst, k...)
		}
		return appendLower(dst, s)
	}
	if w.flags&hasUpper == 0 {
		return append(dst, s...)
	}
	for p := w.packed; p != 0; p >>= 5 {
		dst = utf8.AppendRune(dst, codes[p&31])
	}
	return dst
}

// keyTable is an open hash from the syllables of the model, packed with their tone, to their keys.
type keyTable struct {
	syllables [keySlots]uint64
	keys      [keySlots]string
}

const keySlots = 1 << 16

func (t *keyTable) slot(k uint64) uint64 { return k * 0x9E3779B97F4A7C15 >> 48 }

// get is the key of a syllable, and "" of a word that is none.
func (t *keyTable) get(w *word) string {
	if w.packed>>40 != 0 {
		return ""
	}
	k := w.packed<<3 | uint64(w.tone)
	for i := t.slot(k); t.syllables[i] != 0; i = (i + 1) % keySlots {
		if t.syllables[i] == k {
			return t.keys[i]
		}
	}
	return ""
}

// syllableKeys makes the table at its first use.
var syllableKeys = sync.OnceValue(func() *keyTable {
	t := new(keyTable)
	rows := syllableRows()
	var all strings.Builder
	type entry struct {
		slot       uint64
		start, end int
	}
	var entries []entry
	for _, on := range rows {
		for _, rh := range rows {
			if on[0] != "onset" || rh[0] == "onset" {
				continue
			}
			s := strings.TrimPrefix(on[1], "∅") + rh[1]
			p := pack(s)
			for tone := uint8(0); tone < 6; tone++ {
				if p>>40 != 0 || !validPacked(p, tone) || t.get(&word{packed: p, tone: tone}) != "" {
					continue
				}
				k := p<<3 | uint64(tone)
				i := t.slot(k)
				for t.syllables[i] != 0 && t.syllables[i] != k {
					i = (i + 1) % keySlots
				}
				if t.syllables[i] == k {
					continue
				}
				t.syllables[i] = k
				start := all.Len()
				all.WriteString(s)
				if tone != 0 {
					all.WriteByte('0' + tone)
				}
				entries = append(entries, entry{i, start, all.Len()})
			}
		}
	}
	for _, e := range entries {
		t.keys[e.slot] = all.String()[e.start:e.end]
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
	dst := make([]byte, 0, len(s)+len(s)/8+1)
	for i := 0; i < len(s); {
		w, end := scanWord(s, i)
		if end > i {
			if i == 0 || !lastDigit(s[:i]) {
				dst = space(dst)
			}
			if w.flags&hasForeign == 0 {
				dst = appendWordKey(dst, &w, s[i:end])
			} else {
				dst = appendLower(dst, s[i:end])
			}
			i = end
			continue
		}
		c := s[i]
		if c-'0' < 10 {
			if i == 0 || s[i-1]-'0' >= 10 {
				if prev, _ := utf8.DecodeLastRuneInString(s[:i]); i == 0 || at(prev).flags == 0 {
					dst = space(dst)
				}
			}
			dst = append(dst, c)
			i++
			continue
		}
		if c < utf8.RuneSelf {
			i++
			continue
		}
		_, n := utf8.DecodeRuneInString(s[i:])
		i += n
	}
	return string(dst)
}

func lastDigit(s string) bool { return s[len(s)-1]-'0' < 10 }

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
