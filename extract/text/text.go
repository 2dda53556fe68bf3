// Package text reads plain text: bytes → blocks, a line each.
//
//	doc, err := text.Read(data)
//	for _, b := range doc.Blocks {
//		fmt.Println(b.Page, b.Text)
//	}
//
// A line is a block, and says whether the next line may go on with it (Broken); joining them is left to the
// one who sees the whole document. Lines that are set side by side, the letterhead and the signature, come as
// two groups, the left one first. Tables drawn with bars or tabs become rows. Pages are counted where the file
// has form feeds.
package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"kehoach/normalize"
	"kehoach/plan"
)

// starters are the constructs that can begin at a line, in the order in which they are tried. Each reads as many
// lines as belong to it and reports whether it read any.
var starters = []func(*reader) bool{
	(*reader).letterhead,
	(*reader).signature,
	(*reader).barTable,
	(*reader).tabTable,
	(*reader).paragraph,
}

// reader walks over the lines of a text.
type reader struct {
	lines   []line
	at      int // the next line to read
	doc     plan.Document
	headed  bool // the letterhead was read
	barless int  // no table with bars begins before this line
	tabless int  // nor one with tabs before this
	setIn   int  // the columns by which the first lines of paragraphs are set in; 0 where they are not
}

// line is one line of the file, without blanks at its ends; only the tabs before its first letter are kept, because
// they stand for empty cells.
type line struct {
	text   string
	indent int // columns before the first letter
	tabs   int // in the whole line, as the file has it
	page   int // from 1; 0 where the file has no form feeds
}

func (l *line) blank() bool { return l.text == "" }

// Read makes blocks of a plain text in any encoding that normalize.Decode knows.
func Read(data []byte) (*plan.Document, error) {
	words, _ := normalize.Decode(data, "")
	r := &reader{lines: split(words)}
	r.setIn = firstLines(r.lines)
	r.doc.Blocks = make([]plan.Block, 0, len(r.lines))
	if n := len(r.lines); n > 0 {
		r.doc.Source.Pages = r.lines[n-1].page
	}
	for r.at < len(r.lines) {
		if r.lines[r.at].blank() {
			r.at++
			continue
		}
		for _, start := range starters {
			if start(r) {
				break
			}
		}
	}
	return &r.doc, nil
}

// split cuts a text into lines at every end of a line or a page.
func split(words string) []line {
	lines := make([]line, 0, strings.Count(words, "\n")+1)
	page := 0
	if strings.Contains(words, "\f") {
		page = 1
	}
	for words != "" {
		end := strings.IndexAny(words, "\n\r\f\v")
		text, sep := words, byte(0)
		if end >= 0 {
			text, sep = words[:end], words[end]
			words = words[end+1:]
		} else {
			words = ""
		}
		if sep == '\r' && strings.HasPrefix(words, "\n") {
			words = words[1:]
		}
		tabs := strings.Count(text, "\t")
		text = strings.TrimRightFunc(text, invisible)
		body := strings.TrimLeftFunc(text, invisible)
		indent := width(text[:len(text)-len(body)], 0)
		if n := strings.Count(text[:len(text)-len(body)], "\t"); n > 0 && body != "" {
			body = strings.Repeat("\t", n) + body
		}
		lines = append(lines, line{text: body, indent: indent, tabs: tabs, page: page})
		if sep == '\f' {
			page++
		}
	}
	return lines
}

// invisible reports whether a rune at the end of a line shows nothing.
func invisible(r rune) bool {
	return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' || r == 0
}

// width is the column after s, that begins at a column; a tab reaches the next multiple of eight.
func width(s string, from int) int {
	for _, r := range s {
		if r == '\t' {
			from += 8 - from%8
		} else {
			from++
		}
	}
	return from
}

// paragraph reads one line, and where first lines are set in all the lines behind it that are not.
func (r *reader) paragraph() bool {
	l := &r.lines[r.at]
	r.at++
	if !r.isFirst(l) {
		r.emit(l.text, l.page, r.goesOn(l))
		return true
	}
	words := []string{l.text}
	for r.at < len(r.lines) {
		next := &r.lines[r.at]
		if next.blank() || next.page != l.page || r.isFirst(next) || next.indent > r.setIn || labelWidth(next.text) > 0 {
			break
		}
		words = append(words, next.text)
		r.at++
	}
	r.emit(strings.Join(words, " "), l.page, false)
	return true
}

// isFirst reports whether a line is set in like the first line of a paragraph, in a file that sets those in.
func (r *reader) isFirst(l *line) bool {
	return r.setIn > 0 && l.indent >= r.setIn-1 && l.indent <= r.setIn+1
}

// Where first lines are set in, it is by these columns, and this often at least.
const (
	leastSetIn = 2
	mostSetIn  = 12
	leastFirst = 2
)

// firstLines is the indent of the first lines of paragraphs, 0 where they have none: lines that go on with a small
// letter stand further left than the one before them, and no label does.
func firstLines(lines []line) int {
	var count [mostSetIn + 1]int
	for i := 1; i < len(lines); i++ {
		prev, l := &lines[i-1], &lines[i]
		if prev.indent < leastSetIn || prev.indent > mostSetIn || l.blank() || l.indent > prev.indent-2 {
			continue
		}
		if c, _ := utf8.DecodeRuneInString(l.text); unicode.IsLower(c) && labelWidth(l.text) == 0 {
			count[prev.indent]++
		}
	}
	best := 0
	for indent, n := range count {
		if n > count[best] {
			best = indent
		}
	}
	if count[best] < leastFirst {
		return 0
	}
	labels := 0
	for i := 1; i < len(lines); i++ {
		if l := &lines[i]; l.indent <= best-2 && labelWidth(l.text) > 0 && lines[i-1].indent == best {
			labels++
		}
	}
	if labels*4 > count[best] {
		return 0
	}
	return best
}

// emit appends a block of one line; runs of blanks in it become one space.
func (r *reader) emit(text string, page int, broken bool) {
	if text = squeeze(text); text != "" {
		r.doc.Blocks = append(r.doc.Blocks, plan.Block{Text: text, Page: page, Broken: broken})
	}
}

// goesOn reports whether the line at r.at may go on with the paragraph of the line before it: it follows without
// a blank line and is not set in as the first line of a paragraph.
func (r *reader) goesOn(prev *line) bool {
	if r.at >= len(r.lines) {
		return false
	}
	next := &r.lines[r.at]
	if next.blank() || r.isFirst(next) {
		return false
	}
	if prev.indent > 12 && prev.indent > next.indent+4 {
		return false // prev was centred
	}
	if next.indent <= prev.indent+1 {
		return true
	}
	hang := prev.indent + labelWidth(prev.text)
	return hang > prev.indent && next.indent >= hang-1 && next.indent <= hang+2
}

// labelWidth is the width of a bullet or a label and the blanks behind it, 0 where a line opens with none.
func labelWidth(s string) int {
	end := strings.IndexAny(s, " \t")
	if end < 1 || end > 8 || !strings.ContainsAny(s[:end], "-+*•–.)") {
		return 0
	}
	rest := strings.TrimLeft(s[end:], " \t")
	return width(s[:len(s)-len(rest)], 0)
}

// squeeze makes one space of every run of blanks.
func squeeze(s string) string {
	clean := true
	for i := 0; i < len(s) && clean; i++ {
		c := s[i]
		clean = c != '\t' && (c != ' ' || i > 0 && i+1 < len(s) && s[i+1] != ' ') && c != 0xC2
	}
	if clean {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}

// runes is the number of letters of s.
func runes(s string) int { return utf8.RuneCountInString(s) }
