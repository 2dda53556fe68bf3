package word

import (
	"strings"
	"unicode/utf8"

	"kehoach/plan"
)

// In old documents every run may be in an encoding of its own, which its font tells: .VnTime for the text, .VnTimeH
// for what is in capitals, VNI-Times for a name that was pasted. A block whose runs agree goes on as it is, with the
// name of its font. The runs of the others are decoded here, with the rest of the document as their context.

// script is what a run's font says of its letters.
type script struct {
	kind string // "" for Unicode, else what sets its fonts apart
	caps bool   // drawn in capitals
}

// foreignFonts are the endings that Windows gives to one font for several code pages.
var foreignFonts = []string{" CE", " Cyr", " Greek", " Tur", " Baltic", " (Hebrew)", " (Arabic)", " (Vietnamese)"}

// fontName is a font's name without the name of a code page.
func fontName(name string) string {
	name = strings.TrimSpace(name)
	for _, end := range foreignFonts {
		name = strings.TrimSuffix(name, end)
	}
	return name
}

// legacy names the old encoding that a font is made for, "" for none: fonts of one name need one decoding.
func legacy(font string) string {
	lower := strings.ToLower(font)
	switch {
	case strings.HasPrefix(lower, ".vn") && strings.HasSuffix(font, "H"):
		return ".VnTimeH"
	case strings.HasPrefix(lower, ".vn"):
		return ".VnTime"
	case strings.HasPrefix(lower, "vni-"), strings.HasPrefix(lower, "vni "):
		return "VNI-Times"
	}
	return ""
}

// fragment is a part of a line in one script.
type fragment struct {
	text   string
	script script
	font   string
	unit   int // its place among the texts that are decoded, from 1; 0 where it stays as it is
}

// ascii reports whether s holds nothing beyond ASCII.
func ascii(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// letterless reports whether s is ASCII without letters.
func letterless(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i] | 0x20; s[i] >= utf8.RuneSelf || c >= 'a' && c <= 'z' {
			return false
		}
	}
	return true
}

// fragments cuts runs into lines, and each line into parts of one script. Digits and signs belong to whatever stands
// beside them.
func fragments(runs []run) [][]fragment {
	lines := [][]fragment{nil}
	for _, r := range runs {
		s := script{legacy(r.font), r.caps}
		if s.caps && s.kind == "" && (ascii(r.text) || beyondLatin(r.text)) {
			r.text, s.caps = strings.ToUpper(r.text), false
		}
		rest := r.text
		for {
			text, more, cut := strings.Cut(rest, "\n")
			last := &lines[len(lines)-1]
			*last = appendFragment(*last, fragment{text: text, script: s, font: r.font})
			if !cut {
				break
			}
			lines = append(lines, nil)
			rest = more
		}
	}
	return lines
}

// appendFragment joins a part to the one before it where one script serves both.
func appendFragment(line []fragment, next fragment) []fragment {
	if next.text == "" {
		return line
	}
	n := len(line)
	if n == 0 {
		return append(line, next)
	}
	last := &line[n-1]
	switch {
	case last.script == next.script, letterless(next.text), next.script == script{} && ascii(next.text) && last.script.plain():
		last.text += next.text
	case letterless(last.text), last.script == script{} && ascii(last.text) && next.script.plain():
		last.text += next.text
		last.script, last.font = next.script, next.font
	default:
		return append(line, next)
	}
	return line
}

// plain reports whether ASCII letters are drawn as they stand.
func (s script) plain() bool { return !s.caps && s.kind != ".VnTimeH" }

// beyondLatin reports whether s holds a rune that stands for no byte of an old encoding.
func beyondLatin(s string) bool {
	for _, r := range s {
		if r >= 0x100 && r < 0x2000 {
			return true
		}
	}
	return false
}

// leaf is the lines of a paragraph or of a cell.
type leaf [][]fragment

// decoded gives the blocks of a document's entries.
func decoded(entries []entry) []plan.Block {
	var d decoder
	leaves := make([][]leaf, len(entries))
	mixed := make([]bool, len(entries))
	for i := range entries {
		e := &entries[i]
		if e.cells == nil {
			leaves[i] = []leaf{fragments(e.words.whole())}
		}
		for k := range e.cells {
			leaves[i] = append(leaves[i], fragments(e.cells[k].runs))
		}
		mixed[i] = isMixed(leaves[i]) || !ascii(joined(e.words.label)) && legacy(fontOfRuns(e.words.label)) != ""
		d.add(leaves[i], mixed[i])
	}
	d.decode()
	out := make([]plan.Block, 0, len(entries))
	for i := range entries {
		out = append(out, d.blocks(&entries[i], leaves[i], mixed[i])...)
	}
	return out
}

func fontOfRuns(runs []run) string {
	if len(runs) == 0 {
		return ""
	}
	return runs[0].font
}

// isMixed reports whether the parts of a block need different decodings.
func isMixed(leaves []leaf) bool {
	var first *script
	for _, l := range leaves {
		for _, line := range l {
			for k := range line {
				f := &line[k]
				if f.script.caps {
					return true
				}
				if letterless(f.text) || f.script.plain() && ascii(f.text) {
					continue
				}
				if first == nil {
					first = &f.script
				} else if *first != f.script {
					return true
				}
			}
		}
	}
	if first == nil || first.plain() {
		return false
	}
	// Letters drawn as capitals beside letters that are not.
	for _, l := range leaves {
		for _, line := range l {
			for k := range line {
				if f := &line[k]; f.script != *first && !letterless(f.text) {
					return true
				}
			}
		}
	}
	return false
}

// blocks gives an entry's block, or a block for each of its lines.
func (d *decoder) blocks(e *entry, leaves []leaf, mixed bool) []plan.Block {
	if e.cells == nil && len(e.words.runs) == 0 {
		return []plan.Block{{Style: e.style}}
	}
	cells := make([]string, len(leaves))
	for i := range leaves {
		cells[i] = d.leaf(leaves[i])
	}
	block := plan.Block{Style: e.style}
	if !mixed {
		block.Font = fontOfLeaves(leaves)
	}
	if e.cells != nil {
		block.Text, block.Cells = strings.Join(cells, " | "), cells
		return []plan.Block{block}
	}
	if block.Text = cells[0]; strings.TrimSpace(block.Text) == "" {
		return nil
	}
	// The label was decoded with its line: it is the line's first words.
	block.Label = head(block.Text, len(strings.Fields(joined(e.words.label))))
	return splitLines(block)
}

// leaf is the lines of a paragraph or cell that hold words.
func (d *decoder) leaf(l leaf) string {
	lines := make([]string, 0, len(l))
	for _, line := range l {
		if text := d.text(line); strings.TrimSpace(text) != "" {
			lines = append(lines, text)
		}
	}
	return strings.Join(lines, "\n")
}

// head is the first words of s.
func head(s string, words int) string {
	end := 0
	for range words {
		for end < len(s) && (s[end] == ' ' || s[end] == '\t') {
			end++
		}
		for end < len(s) && s[end] != ' ' && s[end] != '\t' && s[end] != '\n' {
			end++
		}
	}
	return strings.TrimSpace(s[:end])
}

func textOf(line []fragment) string {
	if len(line) == 1 {
		return line[0].text
	}
	var b strings.Builder
	for i := range line {
		b.WriteString(line[i].text)
	}
	return b.String()
}

// fontOfLine is the font of a line's letters beyond ASCII, else of its first words.
func fontOfLine(line []fragment) string {
	for i := range line {
		if f := &line[i]; !ascii(f.text) || f.script.kind != "" {
			return f.font
		}
	}
	if len(line) > 0 {
		return line[0].font
	}
	return ""
}

func fontOfLeaves(leaves []leaf) string {
	font := ""
	for _, l := range leaves {
		for _, line := range l {
			if f := fontOfLine(line); font == "" || legacy(f) != "" {
				font = f
			}
		}
	}
	return font
}
