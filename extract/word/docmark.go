package word

import (
	"strings"
	"unicode/utf8"

	"kehoach/plan"
)

// The readers of XML write words of a legacy font into their text between marks, which no document holds: U+FDD0 and
// the runes behind it are no characters.
const (
	firstMark = '\uFDD0'
	lastMark  = firstMark + 7
	capsMark  = 4 // added where the letters are drawn as capitals
)

// markedKinds are the kinds of scripts in the order of their marks.
var markedKinds = [...]string{"", ".VnTime", ".VnTimeH", "VNI-Times"}

// marker writes words and the marks between them.
type marker struct{ now rune }

// mark gives s, with a mark before it where its script is another than that of what came before.
func (m *marker) mark(s, font string, caps bool) string {
	if strings.TrimSpace(s) == "" {
		return s
	}
	kind := legacy(font)
	next := rune(0)
	for i, k := range markedKinds {
		if k == kind {
			next = rune(i)
		}
	}
	if caps {
		if kind == "" && (ascii(s) || beyondLatin(s)) {
			s = strings.ToUpper(s)
		} else {
			next += capsMark
		}
	}
	return m.end(next) + s
}

// end gives the mark of what comes next.
func (m *marker) end(next rune) string {
	if next == m.now {
		return ""
	}
	m.now = next
	return string(firstMark + next)
}

// unmarked decodes what stands between marks, in place, and takes the marks out.
func unmarked(blocks []plan.Block) {
	marked := false
	for i := range blocks {
		marked = marked || strings.ContainsFunc(blocks[i].Text, isMark)
	}
	if !marked {
		return
	}
	var d decoder
	leaves := make([][]leaf, len(blocks))
	mixed := make([]bool, len(blocks))
	for i := range blocks {
		b := &blocks[i]
		texts := b.Cells
		if texts == nil {
			texts = []string{b.Text}
		}
		for _, s := range texts {
			leaves[i] = append(leaves[i], fragments(markedRuns(s, b.Font)))
		}
		mixed[i] = isMixed(leaves[i])
		d.add(leaves[i], mixed[i])
	}
	d.decode()
	for i := range blocks {
		b := &blocks[i]
		if b.Font = ""; !mixed[i] {
			b.Font = fontOfLeaves(leaves[i])
		}
		if b.Cells == nil {
			b.Text = d.leaf(leaves[i][0])
			b.Label = head(b.Text, len(strings.Fields(b.Label)))
			continue
		}
		for k := range b.Cells {
			b.Cells[k] = d.leaf(leaves[i][k])
		}
		b.Text = strings.Join(b.Cells, " | ")
	}
}

func isMark(r rune) bool { return r >= firstMark && r <= lastMark }

// markedRuns parts a text at its marks. Words before the first mark are in the given font.
func markedRuns(s, font string) []run {
	if legacy(font) != "" {
		font = ""
	}
	var out []run
	now := run{font: font}
	for {
		i := strings.IndexFunc(s, isMark)
		if i < 0 {
			break
		}
		if i > 0 {
			now.text = s[:i]
			out = append(out, now)
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		kind := markedKinds[(r-firstMark)%capsMark]
		now = run{font: kind, caps: r-firstMark >= capsMark}
		if kind == "" {
			now.font = font
		}
		s = s[i+n:]
	}
	if s != "" {
		now.text = s
		out = append(out, now)
	}
	return out
}
