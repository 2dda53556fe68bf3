package normalize

// plainRunes classes the second bytes of two-byte runes from U+0080 to U+01FF, and third bytes of E1 BA, E1 BB and
// E2 80: what a clean text may hold.
const (
	notPlain   = 0
	plainSign  = 1 // punctuation
	plainLatin = 2 // a Vietnamese letter of Latin-1, which an old encoding may have put there
	plainProof = 4 // a Vietnamese letter beyond Latin-1
	plainOdd   = 8 // another sign or letter of Latin-1, clean in a line with proof only
)

// plain is indexed by a row for the bytes before the last and the last byte's six low bits.
var plain, plainRows = makePlain()

func makePlain() (t [16][64]uint8, rows [256]uint8) {
	n := uint8(1)
	row := func(lead byte) uint8 {
		if rows[lead] == 0 {
			rows[lead] = n
			n++
		}
		return rows[lead]
	}
	for r := rune(0x80); r < 0x200; r++ {
		kind := uint8(notPlain)
		switch l := at(r); {
		case l.flags&hasBeyond != 0:
			kind = plainProof
		case l.code != 0:
			kind = plainLatin
		case r > 0xA0 && r < 0x100 && lookalikes[r].does == keepRune && accents[r] == 0:
			kind = plainOdd
		}
		if kind != notPlain {
			t[row(byte(0xC0|r>>6))][r&63] = kind
		}
	}
	for r := rune(0x1EA0); r < 0x1EFA; r++ {
		t[rowBA+r>>6&1][r&63] = plainProof
	}
	for _, r := range "‐–—―‘’“”…•′″" {
		t[row80][r&63] = plainSign
	}
	return t, rows
}

const (
	rowBA = 13 // E1 BA; E1 BB follows
	row80 = 15 // E2 80
)

// asciiBreaks marks the ASCII bytes that a clean text does not hold, and the ends of lines.
var asciiBreaks = func() (t [128]bool) {
	for c := range t {
		t[c] = c < ' ' && c != '\t' || c == 0x7F || c == '`' || c == '^'
	}
	return t
}()

// cleanHead is the length of a head of s, in whole lines, that is clean beyond doubt: NFC, nothing that Text would
// take out or change, and no line that an old encoding may have written.
func cleanHead(s string) int {
	line := 0
	for line < len(s) {
		i, seen := plainLine(s, line)
		if i < len(s) && s[i] != '\n' || seen&plainProof == 0 && (seen&plainOdd != 0 || seen == plainLatin && !reads(s[line:i])) {
			return line
		}
		line = i + 1
	}
	return len(s)
}

// plainHead is the length of the longest head of s that holds plain runes and ends of lines only.
func plainHead(s string) int {
	i := 0
	for i < len(s) {
		i, _ = plainLine(s, i)
		if i == len(s) || s[i] != '\n' {
			return i
		}
		i++
	}
	return i
}

// plainLine goes from i over runes that a clean text may hold, to the end of the line at most. It gives the index of
// the first other byte, and which letters beyond ASCII it saw.
func plainLine(s string, i int) (end int, seen uint8) {
	for i < len(s) {
		c := s[i]
		if c < 0x80 {
			if asciiBreaks[c] {
				break
			}
			i++
			continue
		}
		k, n := uint8(notPlain), 2
		if row := plainRows[c]; row != 0 {
			if i+1 < len(s) && s[i+1]&0xC0 == 0x80 {
				k = plain[row][s[i+1]&63]
			}
		} else if i+2 < len(s) && s[i+2]&0xC0 == 0x80 {
			n = 3
			if c == 0xE1 && s[i+1]|1 == 0xBB {
				k = plain[rowBA+s[i+1]&1][s[i+2]&63]
			} else if c == 0xE2 && s[i+1] == 0x80 {
				k = plain[row80][s[i+2]&63]
			}
		}
		if k == notPlain {
			break
		}
		seen |= k
		i += n
	}
	return i, seen &^ plainSign
}

// reads reports whether every word of a line with a letter beyond ASCII is a syllable.
func reads(line string) bool {
	for i := nextWord(line, 0); i < len(line); i = nextWord(line, i) {
		var w word
		w, i = scanWord(line, i)
		if w.flags&hasAccent != 0 && (!w.valid() || w.flags&mixedCase != 0) {
			return false
		}
	}
	return true
}
