package pdf

import (
	"unicode/utf16"
)

// Bounds of a CMap.
const (
	mostCodes = 1 << 17
	widest    = 4 // bytes of a code
)

// codeRange is a range of codes of one width, both ends in it.
type codeRange struct{ low, high uint32 }

// cmap is what a CMap says: how codes are cut, and the text or the glyph of each.
type cmap struct {
	spaces [widest + 1][]codeRange // by the width of the code in bytes
	text   map[uint32]string
	cid    map[uint32]uint32
}

// parseCMap reads a ToUnicode or an encoding CMap.
func parseCMap(src []byte) *cmap {
	m := &cmap{text: map[uint32]string{}, cid: map[uint32]uint32{}}
	operators(src, func(op []byte, a []token) bool {
		switch string(op) {
		case "endcodespacerange":
			for ; len(a) > 1; a = a[2:] {
				if n := len(a[0].str); a[0].kind == stringTok && n >= 1 && n <= widest && len(m.spaces[n]) < 256 {
					m.spaces[n] = append(m.spaces[n], codeRange{code(a[0].str), code(a[1].str)})
				}
			}
		case "endbfchar":
			a = behindCount(a)
			for ; len(a) > 1; a = a[2:] {
				m.set(code(a[0].str), targetText(a[1]))
			}
		case "endbfrange":
			a = behindCount(a)
			for ; len(a) > 2; a = a[3:] {
				m.textRange(code(a[0].str), code(a[1].str), a[2])
			}
		case "endcidchar":
			a = behindCount(a)
			for ; len(a) > 1 && len(m.cid) < mostCodes; a = a[2:] {
				m.cid[code(a[0].str)] = uint32(max(whole(a[1]), 0))
			}
		case "endcidrange":
			a = behindCount(a)
			for ; len(a) > 2; a = a[3:] {
				low, high, to := code(a[0].str), code(a[1].str), uint32(max(whole(a[2]), 0))
				for c := low; c <= high && c-low < 1<<16 && len(m.cid) < mostCodes; c++ {
					m.cid[c] = to + c - low
				}
			}
		}
		return true
	})
	return m
}

// behindCount drops what stands before the first code: a count without its operator.
func behindCount(a []token) []token {
	for len(a) > 0 && a[0].kind != stringTok {
		a = a[1:]
	}
	return a
}

func (m *cmap) set(c uint32, s string) {
	if len(m.text) < mostCodes {
		m.text[c] = s
	}
}

// textRange enters a range: its codes go up with the last character of the target, all bytes of it, or take their
// own targets from an array.
func (m *cmap) textRange(low, high uint32, to token) {
	if high < low || high-low >= 1<<16 {
		return
	}
	if to.kind == arrayTok {
		for i, t := range to.list {
			if uint32(i) > high-low {
				break
			}
			m.set(low+uint32(i), targetText(t))
		}
		return
	}
	units := utf16.Decode(utf16Units(to.str))
	if len(units) == 0 {
		return
	}
	last := len(units) - 1
	for c := low; c <= high && len(m.text) < mostCodes; c++ {
		m.text[c] = string(units)
		units[last]++
	}
}

// code is the number that the bytes of a code make.
func code(b []byte) uint32 {
	var n uint32
	for _, c := range b[:min(len(b), widest)] {
		n = n<<8 | uint32(c)
	}
	return n
}

// targetText is the text of a target: UTF-16, or the name of a glyph.
func targetText(t token) string {
	if t.kind == nameTok {
		return glyphText(string(t.str))
	}
	return string(utf16.Decode(utf16Units(t.str)))
}

// isSwapped reports whether the letters of a ligature stand with their bytes the wrong way round, as Ghostscript writes
// those of some fonts: several letters, all of them in ASCII then.
func isSwapped(units []uint16) bool {
	for _, u := range units {
		if u&0xFF != 0 || u>>8 < ' ' || u>>8 > '~' {
			return false
		}
	}
	return len(units) > 1
}

func utf16Units(b []byte) []uint16 {
	if len(b) == 1 {
		return []uint16{uint16(b[0])}
	}
	units := make([]uint16, 0, len(b)/2)
	for i := 0; i+1 < len(b); i += 2 {
		units = append(units, uint16(b[i])<<8|uint16(b[i+1]))
	}
	if isSwapped(units) {
		for i, u := range units {
			units[i] = u >> 8
		}
	}
	return units
}
