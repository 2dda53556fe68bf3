package pdf

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ledongthuc/pdf"
)

// font cuts strings into codes and knows the text and the width of each.
type font struct {
	name   string // without the tag of a subset
	id     uint16 // its number in the document, for the layout
	scale  float64
	em     float64 // what a size of 1 is in ems: 1 but for Type 3
	cmap   *cmap   // ToUnicode, nil where there is none
	codes  *cmap   // the encoding's CMap, nil for two bytes a code
	simple *codeTable
	direct bool // codes are UTF-16 themselves
	widths map[uint32]float64
	width  float64 // of a code that has none of its own
	known  [256]*[256]char
}

// char is what a font says of one code.
type char struct {
	text    string
	width   float64 // in ems, before the size
	blank   bool    // a space
	mark    bool    // a combining mark, which belongs to the letter before it
	missing bool    // the font does not say what it is
	ready   bool
}

// mostWidths bounds the widths of one font.
const mostWidths = 1 << 17

// newFont reads a font's dictionary.
func (f *file) newFont(v pdf.Value) *font {
	t := &font{scale: 0.001, em: 1, widths: map[uint32]float64{}}
	t.name = v.Key("BaseFont").Name()
	if len(t.name) > 7 && t.name[6] == '+' {
		t.name = t.name[7:]
	}
	if u := v.Key("ToUnicode"); u.Kind() == pdf.Stream {
		t.cmap = parseCMap(f.stream(u))
	}
	switch v.Key("Subtype").Name() {
	case "Type0":
		f.readComposite(t, v)
		return t
	case "Type3":
		if m := v.Key("FontMatrix"); m.Len() == 6 && m.Index(0).Float64() != 0 {
			t.scale = math.Abs(m.Index(0).Float64())
		}
		t.readSimple(v)
		t.measure()
		return t
	}
	t.readSimple(v)
	return t
}

// averageWidth is the usual width of letters, in ems.
const averageWidth = 0.55

// measure finds the em of a Type 3 font, whose letters may be drawn to any scale: a thousand units where that goes
// with their widths, and else what the widths say.
func (t *font) measure() {
	sum, n := 0.0, 0
	for _, w := range t.widths {
		if w > 0 {
			sum, n = sum+w*t.scale, n+1
		}
	}
	t.em = t.scale * 1000
	if average := sum / float64(max(n, 1)); n > 0 && (t.em < 1.2*average || t.em > 4*average) {
		t.em = average / averageWidth
	}
}

// readComposite reads a Type 0 font: codes of two bytes or as its CMap says, widths by /W and /DW.
func (f *file) readComposite(t *font, v pdf.Value) {
	switch e := v.Key("Encoding"); e.Kind() {
	case pdf.Stream:
		t.codes = parseCMap(f.stream(e))
	case pdf.Name:
		t.direct = strings.Contains(e.Name(), "UCS2") || strings.Contains(e.Name(), "UTF16")
	}
	d := v.Key("DescendantFonts").Index(0)
	t.width = 1000
	if dw := d.Key("DW"); !dw.IsNull() {
		t.width = dw.Float64()
	}
	w := d.Key("W")
	for i, n := 0, w.Len(); i < n; {
		first, second := uint32(w.Index(i).Int64()), w.Index(i+1)
		if second.Kind() == pdf.Array {
			for k := 0; k < second.Len() && len(t.widths) < mostWidths; k++ {
				t.widths[first+uint32(k)] = second.Index(k).Float64()
			}
			i += 2
			continue
		}
		last, width := uint32(second.Int64()), w.Index(i+2).Float64()
		for c := first; c <= last && c-first < 1<<16 && len(t.widths) < mostWidths; c++ {
			t.widths[c] = width
		}
		i += 3
	}
}

// readSimple reads a font of one byte a code.
func (t *font) readSimple(v pdf.Value) {
	e := v.Key("Encoding")
	base := e.Name()
	if e.Kind() == pdf.Dict {
		base = e.Key("BaseEncoding").Name()
	}
	table := *baseEncoding(base)
	if d := e.Key("Differences"); d.Kind() == pdf.Array {
		c := 0
		for i, n := 0, d.Len(); i < n && i < 1024; i++ {
			x := d.Index(i)
			if x.Kind() == pdf.Integer {
				c = int(x.Int64())
				continue
			}
			if c >= 0 && c < 256 {
				if s := glyphText(x.Name()); s != "" || x.Name() == ".notdef" {
					table[c] = s
				}
			}
			c++
		}
	}
	t.simple = &table
	first := int(v.Key("FirstChar").Int64())
	w := v.Key("Widths")
	for i, n := 0, w.Len(); i < n && i < 256; i++ {
		if c := first + i; c >= 0 && c < 256 {
			t.widths[uint32(c)] = w.Index(i).Float64()
		}
	}
	t.width = v.Key("FontDescriptor").Key("MissingWidth").Float64()
	if w.Len() == 0 {
		t.width = 500 // one of the fourteen standard fonts
	}
}

// next cuts the next code off s; n is its width in bytes.
func (t *font) next(s []byte) (c uint32, n int) {
	if t.simple != nil {
		return uint32(s[0]), 1
	}
	if t.codes != nil {
		for n := 1; n <= min(widest, len(s)); n++ {
			c = c<<8 | uint32(s[n-1])
			for _, r := range t.codes.spaces[n] {
				if c >= r.low && c <= r.high {
					return c, n
				}
			}
		}
	}
	if len(s) < 2 {
		return uint32(s[0]), 1
	}
	return uint32(s[0])<<8 | uint32(s[1]), 2
}

// char looks a code up.
func (t *font) char(c uint32) *char {
	if c >= 1<<16 {
		ch := t.look(c)
		return &ch
	}
	page := t.known[c>>8]
	if page == nil {
		page = new([256]char)
		t.known[c>>8] = page
	}
	ch := &page[c&0xFF]
	if !ch.ready {
		*ch = t.look(c)
	}
	return ch
}

// look finds the text and the width of a code. Where a font says nothing, the text is U+FFFD.
func (t *font) look(c uint32) char {
	ch := char{ready: true}
	if t.cmap != nil {
		ch.text = t.cmap.text[c]
	}
	if !usable(ch.text) {
		switch {
		case t.simple != nil && c < 256:
			ch.text = t.simple[c]
		case t.direct:
			ch.text = string(rune(c))
		default:
			ch.text = "\uFFFD"
		}
		ch.missing = t.simple == nil && !t.direct
	}
	id := c
	if t.codes != nil {
		id = t.codes.cid[c]
	}
	w, ok := t.widths[id]
	if !ok {
		w = t.width
	}
	ch.width = w * t.scale
	ch.blank = ch.text != "" && strings.TrimSpace(ch.text) == ""
	r, n := utf8.DecodeRuneInString(ch.text)
	ch.mark = n > 0 && n == len(ch.text) && unicode.Is(unicode.Mn, r)
	return ch
}

// usable reports whether a ToUnicode target is text: fonts map glyphs that they do not know to zeros.
func usable(s string) bool {
	r, n := utf8.DecodeRuneInString(s)
	return n > 0 && r != 0 && r != '\uFFFD' && !(r < ' ' && r != '\t' && r != '\n' && r != '\r')
}
