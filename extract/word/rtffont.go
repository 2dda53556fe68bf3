package word

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// rtfFont is a font of the font table.
type rtfFont struct {
	name   string
	page   int // its code page, 0 for that of the document
	symbol bool
}

// charsetPages gives the code page of each \fcharset (RTF 1.9.1, "Font Table").
var charsetPages = map[int]int{0: 1252, 77: 10000, 161: 1253, 162: 1254, 163: 1258, 177: 1255, 178: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250, 254: 437, 255: 850}

// codePages are the code pages of one byte to a letter.
var codePages = map[int]*charmap.Charmap{437: charmap.CodePage437, 850: charmap.CodePage850, 874: charmap.Windows874, 1250: charmap.Windows1250, 1251: charmap.Windows1251,
	1252: charmap.Windows1252, 1253: charmap.Windows1253, 1254: charmap.Windows1254, 1255: charmap.Windows1255, 1256: charmap.Windows1256, 1257: charmap.Windows1257,
	1258: charmap.Windows1258, 10000: charmap.Macintosh}

// symbolFonts are fonts whose letters are signs.
var symbolFonts = []string{"symbol", "wingdings", "webdings", "zapfdingbats", "monotype sorts", "opensymbol"}

// isSymbol reports whether a font draws signs for letters.
func isSymbol(name string) bool {
	lower := strings.ToLower(name)
	for _, f := range symbolFonts {
		if strings.HasPrefix(lower, f) {
			return true
		}
	}
	return false
}

// letter is the letter of a byte in a font. In a legacy font the byte itself goes on, whatever the font's code page:
// the encoding is the font's own.
func (f *rtfFont) letter(b byte, page int) string {
	if f.symbol && b >= 0x80 {
		return sign(uint16(b))
	}
	if b < 0x80 {
		return string(rune(b))
	}
	if legacy(f.name) != "" {
		page = 1252
	} else if f.page != 0 {
		page = f.page
	}
	m := codePages[page]
	if m == nil {
		m = charmap.Windows1252
	}
	r := m.DecodeByte(b)
	if r == utf8.RuneError { // a byte without a letter stays a byte
		r = rune(b)
	}
	return string(r)
}

// unicode is a letter that the file gives by its number. Programs that take a legacy font for one of another code
// page number its bytes by that page, and those of a font of signs from F000.
func (f *rtfFont) unicode(r rune) string {
	private := r >= 0xF020 && r <= 0xF0FF
	switch old := legacy(f.name) != ""; {
	case private && old:
		return f.letter(byte(r), 1252)
	case private && f.symbol:
		return sign(uint16(r))
	case old && r >= 0x100:
		if m := codePages[f.page]; m != nil && f.page != 1252 {
			if b, ok := m.EncodeRune(r); ok {
				return f.letter(b, 1252)
			}
		}
	}
	return string(r)
}
