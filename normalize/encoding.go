package normalize

import (
	_ "embed"
	"encoding/hex"
	"strings"
	"unicode"
	"unicode/utf8"

	"kehoach/internal/tsv"
)

// Encoding is how a text was written before it was Unicode.
type Encoding string

// The encodings that are told apart. Unicode stands for a text that needs no decoding.
const (
	Unicode     Encoding = "unicode"
	UTF8        Encoding = "utf-8"
	UTF16LE     Encoding = "utf-16le"
	UTF16BE     Encoding = "utf-16be"
	TCVN3       Encoding = "tcvn3"
	VNI         Encoding = "vni"
	VISCII      Encoding = "viscii"
	Windows1258 Encoding = "windows-1258"
	VIQR        Encoding = "viqr"
	DoubleUTF8  Encoding = "utf-8 as windows-1252" // UTF-8 whose bytes were taken for Windows-1252 and encoded again
	Windows1252 Encoding = "windows-1252"          // Western bytes in which no Vietnamese encoding was recognised
)

//go:embed tables/letters.tsv
var lettersTSV string

// codec decodes one encoding of bytes: single bytes, and pairs of a lead byte and a modifier.
type codec struct {
	name  Encoding
	one   [256]rune     // 0 keeps the byte
	lead  [256]uint8    // the row of pairs, from 1; 0 where the byte leads none
	pairs [64][256]rune // by lead and modifier; 0 is no pair
	other map[rune]byte // runes beyond U+00FF that stand for a byte
	rows  int
}

// codecCount is the number of encodings that are told apart by scoring.
const codecCount = 4

// codecs lists them, the likeliest first.
var codecs = makeCodecs()

// commonLetters are the letters beyond ASCII that make nine tenths of those of administrative prose.
const commonLetters = "đáàưôếạộảấệìậịốựợâêủồứíơờềụăọúướẩểăầởộãýìó"

// commonBytes has 16 bits for each codec, in their order, by byte: 1 where the codec writes a common letter with it.
var commonBytes = func() (t [256]uint64) {
	for _, row := range letterRows() {
		if !strings.Contains(commonLetters, row[0]) {
			continue
		}
		for i, code := range []string{row[1], row[2], row[4], row[3]} {
			for _, b := range mustHex(code) {
				if b >= utf8.RuneSelf {
					t[b] |= 1 << (16 * i)
				}
			}
		}
	}
	return t
}()

// letterRows is the table of letters: letter, tcvn3, vni, viscii, cp1258, viqr.
func letterRows() [][]string {
	return tsv.MustParse("letters.tsv", lettersTSV, "letter", "tcvn3", "vni", "viscii", "cp1258", "viqr").Rows
}

// mustHex reads the one or two bytes of a code.
func mustHex(code string) []byte {
	b, err := hex.DecodeString(code)
	if err != nil || len(b) == 0 || len(b) > 2 {
		panic("normalize: letters.tsv: bad code " + code)
	}
	return b
}

func codecOf(e Encoding) *codec {
	for _, c := range codecs {
		if c.name == e {
			return c
		}
	}
	return nil
}

// cp1252 holds the runes that Windows-1252 gives the bytes 80 to 9F; undefined bytes stay controls.
var cp1252 = [32]rune{
	0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D, 0x8F,
	0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
}

// cp1252Bytes is cp1252 the other way round.
var cp1252Bytes = func() map[rune]byte {
	m := map[rune]byte{}
	for i, r := range cp1252 {
		m[r] = byte(0x80 + i)
	}
	return m
}()

func makeCodecs() [codecCount]*codec {
	tcvn3, vni := &codec{name: TCVN3}, &codec{name: VNI}
	cp1258, viscii := &codec{name: Windows1258}, &codec{name: VISCII, other: cp1252Bytes}
	list := [codecCount]*codec{tcvn3, vni, cp1258, viscii}
	for _, row := range letterRows() {
		r, _ := utf8.DecodeRuneInString(row[0])
		tcvn3.add(row[1], r)
		vni.add(row[2], r)
		viscii.add(row[3], r)
		cp1258.add(row[4], r)
	}
	// A text layer of a PDF shows two of TCVN3's bytes as mathematical signs.
	tcvn3.other = map[rune]byte{0x2212: 0xAD, 0x2219: 0xB7}
	// VNI: a capital followed by a small modifier is typed as often as two capitals.
	for b := range 256 {
		if row := vni.lead[b]; row != 0 && unicode.IsUpper(rune(b)) {
			for m := 0xE0; m < 0x100; m++ {
				if vni.pairs[row][m] == 0 {
					vni.pairs[row][m] = vni.pairs[row][m-0x20]
				}
			}
		}
	}
	// Windows-1258 also writes à as a and a combining grave; a tone without a vowel stays a combining mark.
	tones := map[byte]uint8{0xCC: 2, 0xD2: 3, 0xDE: 4, 0xEC: 1, 0xF2: 5}
	for b := range 256 {
		r := rune(b)
		if cp1258.one[b] != 0 {
			r = cp1258.one[b]
		}
		if l := at(r); l.code == 0 || l.tone != 0 || vowelCodes&(1<<l.code) == 0 {
			continue
		}
		for m, tone := range tones {
			cp1258.pair(byte(b), m, withTone(r, tone))
		}
	}
	for m, tone := range tones {
		cp1258.one[m] = toneMarks[tone]
	}
	cp1258.one[0xFE] = '₫'
	return list
}

// add enters the hexadecimal bytes of a letter. Where two letters share a byte the first, the small one, has it.
func (c *codec) add(code string, r rune) {
	b := mustHex(code)
	if len(b) == 2 {
		c.pair(b[0], b[1], r)
	} else if c.one[b[0]] == 0 {
		c.one[b[0]] = r
	}
}

func (c *codec) pair(lead, mod byte, r rune) {
	if c.lead[lead] == 0 {
		c.rows++
		c.lead[lead] = uint8(c.rows)
	}
	if p := &c.pairs[c.lead[lead]][mod]; *p == 0 {
		*p = r
	}
}

// byteOf is the byte that r stands for in the encoding.
func (c *codec) byteOf(r rune) (byte, bool) {
	if r < 0x100 {
		return byte(r), true
	}
	b, ok := c.other[r]
	return b, ok
}

// appendDecoded decodes s, whose runes up to U+00FF stand for bytes, by the codec. Other runes stay. Where
// edits is not nil it is told of each letter that changed.
func (c *codec) appendDecoded(dst []byte, s string, edits *Map) []byte {
	for i := 0; i < len(s); {
		start, out := i, len(dst)
		var b byte
		switch lead := s[i]; {
		case lead < utf8.RuneSelf:
			b = lead
			i++
		case lead|1 == 0xC3 && i+1 < len(s) && s[i+1]&0xC0 == 0x80:
			b = lead<<6 | s[i+1]&0x3F
			i += 2
		default:
			r, n := utf8.DecodeRuneInString(s[i:])
			i += n
			var ok bool
			if b, ok = c.byteOf(r); !ok {
				dst = append(dst, s[start:i]...)
				continue
			}
		}
		if row := c.lead[b]; row != 0 && i < len(s) && s[i] >= utf8.RuneSelf {
			r, n := utf8.DecodeRuneInString(s[i:])
			if m, ok := c.byteOf(r); ok && c.pairs[row][m] != 0 {
				dst = utf8.AppendRune(dst, c.pairs[row][m])
				i += n
				edits.replace(out, len(dst), start, i)
				continue
			}
		}
		if r := c.one[b]; r != 0 {
			dst = utf8.AppendRune(dst, r)
			edits.replace(out, len(dst), start, i)
		} else {
			dst = append(dst, s[start:i]...)
		}
	}
	return dst
}
