package pdf

import (
	"strconv"
	"strings"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// codeTable gives the text of each code of a simple font.
type codeTable [256]string

var (
	winAnsi  = tableOf(charmap.Windows1252)
	macRoman = tableOf(charmap.Macintosh)
)

func tableOf(m *charmap.Charmap) *codeTable {
	t := &codeTable{}
	for i := 32; i < 256; i++ {
		r := m.DecodeByte(byte(i))
		if r == '\uFFFD' {
			r = rune(i) // old fonts put letters where the code page has none
		}
		t[i] = string(r)
	}
	t[127] = ""
	return t
}

// baseEncoding is the table of a named encoding. Fonts without one are read as WinAnsi: their letters are those of
// the standard encoding, and old Vietnamese fonts use the codes beyond.
func baseEncoding(name string) *codeTable {
	if name == "MacRomanEncoding" {
		return macRoman
	}
	return winAnsi
}

// glyphText is the text that a glyph's name stands for, "" where the name is not known: names of the Adobe Glyph
// List for Latin letters with any marks, and uniXXXX and uXXXXX.
func glyphText(name string) string {
	if i := strings.IndexByte(name, '.'); i > 0 {
		name = name[:i]
	}
	if parts := strings.Split(name, "_"); len(parts) > 1 {
		whole := ""
		for _, p := range parts {
			whole += glyphText(p)
		}
		return whole
	}
	if len(name) == 1 {
		return name
	}
	if s, ok := glyphNames[name]; ok {
		return s
	}
	if hex, ok := strings.CutPrefix(name, "uni"); ok && len(hex) >= 4 {
		out := ""
		for ; len(hex) >= 4; hex = hex[4:] {
			v, err := strconv.ParseUint(hex[:4], 16, 32)
			if err != nil {
				return out
			}
			out += string(rune(v))
		}
		return out
	}
	if hex, ok := strings.CutPrefix(name, "u"); ok && len(hex) >= 4 && len(hex) <= 6 {
		if v, err := strconv.ParseUint(hex, 16, 32); err == nil {
			return string(rune(v))
		}
	}
	return marked(name)
}

// marked reads the name of a letter with its marks: "Ecircumflexacute", "uhorndotbelow".
func marked(name string) string {
	out, rest := name[:1], name[1:]
	if c := out[0] | 0x20; c < 'a' || c > 'z' {
		return ""
	}
	for rest != "" {
		found := false
		for _, m := range glyphMarks {
			if r, ok := strings.CutPrefix(rest, m.name); ok {
				out, rest, found = out+m.mark, r, true
				break
			}
		}
		if !found {
			return ""
		}
	}
	return norm.NFC.String(out)
}

// glyphMarks are the marks in names of glyphs, as combining characters.
var glyphMarks = []struct{ name, mark string }{
	{"grave", "\u0300"}, {"acute", "\u0301"}, {"circumflex", "\u0302"}, {"tilde", "\u0303"}, {"macron", "\u0304"}, {"breve", "\u0306"},
	{"dieresis", "\u0308"}, {"hookabove", "\u0309"}, {"ring", "\u030A"}, {"caron", "\u030C"}, {"horn", "\u031B"}, {"dotbelow", "\u0323"},
	{"cedilla", "\u0327"}, {"commaaccent", "\u0327"}, {"ogonek", "\u0328"}, {"hungarumlaut", "\u030B"}, {"dotaccent", "\u0307"},
}

// glyphNames are the names of the Adobe Glyph List that are not those of letters with marks: Latin 1, WinAnsi and
// what Vietnamese fonts add.
var glyphNames = func() map[string]string {
	names := map[string]string{}
	fields := strings.Fields(glyphList)
	for i := 0; i+1 < len(fields); i += 2 {
		v, err := strconv.ParseUint(fields[i+1], 16, 32)
		if err != nil {
			panic("pdf: the list of glyph names: " + fields[i+1])
		}
		names[fields[i]] = string(rune(v))
	}
	return names
}()

const glyphList = `
space 20 exclam 21 quotedbl 22 numbersign 23 dollar 24 percent 25 ampersand 26 quotesingle 27 parenleft 28 parenright 29 asterisk 2A plus 2B
comma 2C hyphen 2D minus 2212 period 2E slash 2F zero 30 one 31 two 32 three 33 four 34 five 35 six 36 seven 37 eight 38 nine 39 colon 3A
semicolon 3B less 3C equal 3D greater 3E question 3F at 40 bracketleft 5B backslash 5C bracketright 5D asciicircum 5E underscore 5F grave 60
braceleft 7B bar 7C braceright 7D asciitilde 7E exclamdown A1 cent A2 sterling A3 currency A4 yen A5 brokenbar A6 section A7 dieresis A8
copyright A9 ordfeminine AA guillemotleft AB logicalnot AC sfthyphen AD softhyphen AD registered AE macron AF overscore AF degree B0 plusminus B1
twosuperior B2 threesuperior B3 acute B4 mu B5 paragraph B6 periodcentered B7 middot B7 cedilla B8 onesuperior B9 ordmasculine BA
guillemotright BB onequarter BC onehalf BD threequarters BE questiondown BF AE C6 Eth D0 multiply D7 Oslash D8 Thorn DE germandbls DF ae E6
eth F0 divide F7 oslash F8 thorn FE nbspace A0 nonbreakingspace A0 dcroat 111 Dcroat 110 dmacron 111 Dslash 110 dslash 111 dotlessi 131 OE 152
oe 153 lslash 142 Lslash 141 florin 192 circumflex 2C6 tilde 2DC caron 2C7 breve 2D8 dotaccent 2D9 ring 2DA ogonek 2DB hungarumlaut 2DD
endash 2013 emdash 2014 quoteleft 2018 quoteright 2019 quotesinglbase 201A quotedblleft 201C quotedblright 201D quotedblbase 201E dagger 2020
daggerdbl 2021 bullet 2022 ellipsis 2026 perthousand 2030 guilsinglleft 2039 guilsinglright 203A fraction 2044 Euro 20AC euro 20AC dong 20AB
trademark 2122 arrowleft 2190 arrowup 2191 arrowright 2192 arrowdown 2193 lessequal 2264 greaterequal 2265 notequal 2260 approxequal 2248
infinity 221E summation 2211 radical 221A fi FB01 fl FB02 ff FB00 ffi FB03 ffl FB04 nbhyphen 2011 hyphentwo 2010 checkmark 2713 square 25A1
filledbox 25A0 H22073 25A1 H18533 25AA H18543 25AA circle 25CB H18551 25AB triagrt 25BA lozenge 25CA gravecomb 300 acutecomb 301 tildecomb 303
hookabovecomb 309 dotbelowcomb 323
`
