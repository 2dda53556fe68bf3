// Package markdown reads Markdown, mostly what converters make of a PDF or a Word file: bytes → blocks.
//
//	r := markdown.Reader{Fragment: html.Fragment}
//	doc, err := r.Read(data)
//	for _, b := range doc.Blocks {
//		fmt.Println(b.Style, b.Text)
//	}
//
// Markup is dropped and never decides: the depth of a "#" is a hint that a line is a heading, no more. Lists are
// not parsed at all, so that every label comes as it is printed ("1.", "1)", "đ)", "-"). A line is a block; one that
// the source breaks softly says that the next may go on with it. Tables become rows, HTML is handed to Fragment.
package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"kehoach/normalize"
	"kehoach/plan"
)

// Version is the version of goldmark that parses the documents.
const Version = "v1.8.7"

// Reader reads Markdown. Fragment makes blocks of the HTML that stands in it; without one its tags are dropped.
type Reader struct {
	Fragment func(html string) []plan.Block
}

// newParser gives goldmark without what would change a document's words: lists (labels are printed, not counted),
// code by indentation (paragraphs are set in), underlined headings (letterheads are underlined) and reference
// definitions (footnotes look like them).
func newParser() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(parser.NewATXHeadingParser(), 600),
			util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
			util.Prioritized(parser.NewBlockquoteParser(), 800),
			util.Prioritized(parser.NewHTMLBlockParser(), 900),
			util.Prioritized(parser.NewParagraphParser(), 1000),
		),
		parser.WithInlineParsers(
			util.Prioritized(parser.NewCodeSpanParser(), 100),
			util.Prioritized(parser.NewLinkParser(), 200),
			util.Prioritized(parser.NewAutoLinkParser(), 300),
			util.Prioritized(parser.NewRawHTMLParser(), 400),
			util.Prioritized(starMark{}, 450),
			util.Prioritized(parser.NewEmphasisParser(), 500),
			util.Prioritized(extension.NewStrikethroughParser(), 500),
		),
		parser.WithParagraphTransformers(
			util.Prioritized(barTables{extension.NewTableParagraphTransformer()}, 200),
		),
	)
}

// starMark keeps the stars of a note's mark, "(*)" and "(**)", from being read as emphasis.
type starMark struct{}

func (starMark) Trigger() []byte { return []byte{'*'} }

func (starMark) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	if block.PrecendingCharacter() != '(' {
		return nil
	}
	line, at := block.PeekLine()
	n := len(line) - len(strings.TrimLeft(string(line[:min(len(line), 4)]), "*")) - max(0, len(line)-4)
	if n < 1 || n >= len(line) || line[n] != ')' {
		return nil
	}
	block.Advance(n)
	return ast.NewTextSegment(text.NewSegment(at.Start, at.Start+n))
}

// Read makes blocks of a document in any encoding that normalize.Decode knows.
func (r Reader) Read(data []byte) (*plan.Document, error) {
	words, _ := normalize.Decode(data, "")
	words = dedent(words)
	w := &writer{fragment: r.Fragment, parser: newParser()}
	for _, part := range cutTables(words) {
		if part.html && r.Fragment != nil {
			w.blocks = append(w.blocks, r.Fragment(part.words)...)
			continue
		}
		w.plain(part.words)
	}
	return &plan.Document{Blocks: w.blocks}, nil
}

// dedent takes the blanks from before every line, and makes every end of a line a "\n": without lists and code a line
// that is set in means nothing, and the parser would take it for code.
func dedent(words string) string {
	var out strings.Builder
	out.Grow(len(words))
	for words != "" {
		end := strings.IndexAny(words, "\n\r")
		if end < 0 {
			end = len(words)
		}
		out.WriteString(strings.TrimLeft(words[:end], " \t\u00a0"))
		if end < len(words) {
			out.WriteByte('\n')
			if strings.HasPrefix(words[end:], "\r\n") {
				end++
			}
			end++
		}
		words = words[end:]
	}
	return out.String()
}

// part is a stretch of the source: Markdown, or a table in HTML.
type part struct {
	words string
	html  bool
}

// cutTables parts the tables in HTML from the rest, because Markdown would end them at their first blank line.
func cutTables(words string) []part {
	var parts []part
	lower := asciiLower(words)
	from := 0
	for {
		at := lineStart(lower, from, "<table")
		if at < 0 {
			break
		}
		end := tableEnd(lower, at)
		if end < 0 {
			break // never closed: leave it to the parser
		}
		parts = append(parts, part{words: words[from:at]}, part{words: words[at:end], html: true})
		from = end
	}
	return append(parts, part{words: words[from:]})
}

// lineStart finds s at the start of a line, blanks aside; -1 where it stands at none.
func lineStart(words string, from int, s string) int {
	for {
		i := strings.Index(words[from:], s)
		if i < 0 {
			return -1
		}
		at := from + i
		line := strings.LastIndexByte(words[:at], '\n') + 1
		if strings.TrimSpace(words[line:at]) == "" {
			return at
		}
		from = at + len(s)
	}
}

// tableEnd is the end of the table that begins at a byte, with the tables inside it; -1 where it has none.
func tableEnd(lower string, at int) int {
	depth := 0
	for at < len(lower) {
		i := strings.IndexByte(lower[at:], '<')
		if i < 0 {
			return -1
		}
		at += i
		switch {
		case strings.HasPrefix(lower[at:], "<table"):
			depth++
		case strings.HasPrefix(lower[at:], "</table>"):
			if depth--; depth == 0 {
				return at + len("</table>")
			}
		}
		at++
	}
	return -1
}

// asciiLower is s with its ASCII letters small, byte for byte.
func asciiLower(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}

// writer makes blocks of a tree.
type writer struct {
	fragment func(html string) []plan.Block
	parser   parser.Parser
	source   []byte
	blocks   []plan.Block
}

// plain writes Markdown, and the grid tables in it, which the parser does not know.
func (w *writer) plain(words string) {
	from := 0
	parse := func(to int) {
		w.source = []byte(words[from:to])
		w.walk(w.parser.Parse(text.NewReader(w.source)))
	}
	for at := 0; at < len(words); {
		if words[at] == '+' {
			end, ok := gridEnd(words, at)
			if ok {
				parse(at)
				w.grid(words[at:end])
				from = end
			}
			if end > at {
				at = end
				continue
			}
		}
		next := strings.IndexByte(words[at:], '\n')
		if next < 0 {
			break
		}
		at += next + 1
	}
	parse(len(words))
}

// walk writes the blocks of a node's children.
func (w *writer) walk(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Heading:
			w.paragraph(c, plan.Heading)
		case *ast.Paragraph, *ast.TextBlock:
			w.paragraph(c, plan.Body)
		case *ast.HTMLBlock:
			w.htmlBlock(c)
		case *ast.FencedCodeBlock:
			w.code(c)
		case *east.Table:
			w.table(c)
		case *ast.ThematicBreak:
		default:
			w.walk(c)
		}
	}
}

// htmlBlock hands HTML over.
func (w *writer) htmlBlock(n *ast.HTMLBlock) {
	var src strings.Builder
	for i := range n.Lines().Len() {
		s := n.Lines().At(i)
		src.Write(s.Value(w.source))
	}
	if n.HasClosure() {
		src.Write(n.ClosureLine.Value(w.source))
	}
	w.blocks = append(w.blocks, w.html(src.String())...)
}

// html makes blocks of HTML, by Fragment or without it.
func (w *writer) html(src string) []plan.Block {
	if w.fragment != nil {
		return w.fragment(src)
	}
	var blocks []plan.Block
	for line := range strings.SplitSeq(dropTags(src), "\n") {
		if line = strings.TrimSpace(line); line != "" {
			blocks = append(blocks, plan.Block{Text: line})
		}
	}
	return blocks
}

// dropTags takes the tags out of HTML; a break and the end of a paragraph end a line.
func dropTags(src string) string {
	var out strings.Builder
	for src != "" {
		i := strings.IndexByte(src, '<')
		if i < 0 {
			break
		}
		end := strings.IndexByte(src[i:], '>')
		if end < 0 {
			break
		}
		out.WriteString(src[:i])
		tag := asciiLower(strings.Trim(src[i+1:i+end], "/ "))
		if strings.HasPrefix(tag, "br") || tag == "p" || tag == "div" || tag == "tr" {
			out.WriteByte('\n')
		}
		src = src[i+end+1:]
	}
	out.WriteString(src)
	return out.String()
}

// code writes fenced lines as they are.
func (w *writer) code(n *ast.FencedCodeBlock) {
	for i := range n.Lines().Len() {
		s := n.Lines().At(i)
		w.line(string(s.Value(w.source)), plan.Body, i+1 < n.Lines().Len())
	}
}

// paragraph writes a paragraph or a heading, line by line.
func (w *writer) paragraph(n ast.Node, style plan.Style) {
	in := inline{source: w.source}
	in.children(n)
	if in.tags && w.fragment != nil {
		for _, b := range w.fragment(in.asHTML(n)) {
			if b.Style == plan.Body {
				b.Style = style
			}
			w.blocks = append(w.blocks, b)
		}
		return
	}
	lines := in.lines
	for i := 0; i < len(lines); i++ {
		if end := barRows(lines, i); end > i {
			w.bars(lines[i:end])
			i = end - 1
			continue
		}
		w.line(lines[i].text, style, lines[i].soft && i+1 < len(lines))
	}
}

// line writes one line. Footnotes are "[^1]: …" in the source, and a label that a converter put behind a bullet
// of its own loses the bullet.
func (w *writer) line(s string, style plan.Style, broken bool) {
	s = strings.TrimSpace(s)
	if mark, rest, ok := noteText(s); ok {
		s, style = mark+" "+rest, plan.Footnote
	}
	s = noteMarks(dropBullet(s))
	if s != "" {
		w.blocks = append(w.blocks, plan.Block{Text: s, Style: style, Broken: broken})
	}
}

// noteText parts a footnote from its mark, which is given in plain brackets.
func noteText(s string) (mark, rest string, ok bool) {
	if !strings.HasPrefix(s, "[^") {
		return "", "", false
	}
	end := strings.Index(s, "]:")
	if end < 3 || end > 12 {
		return "", "", false
	}
	return "[" + s[2:end] + "]", strings.TrimSpace(s[end+2:]), true
}

// noteMarks writes the marks of footnotes with plain brackets: "[^1]" as "[1]".
func noteMarks(s string) string {
	if !strings.Contains(s, "[^") {
		return s
	}
	var out strings.Builder
	for {
		i := strings.Index(s, "[^")
		if i < 0 {
			break
		}
		out.WriteString(s[:i+1])
		s = s[i+1:]
		if end := strings.IndexByte(s, ']'); end > 1 && end < 12 && !strings.Contains(s[:end], " ") {
			s = s[1:]
		}
	}
	out.WriteString(s)
	return out.String()
}

// dropBullet takes a list's bullet from before a printed label: "- a) …" is "a) …".
func dropBullet(s string) string {
	if len(s) < 4 || s[0] != '-' && s[0] != '*' || s[1] != ' ' {
		return s
	}
	rest := strings.TrimLeft(s[1:], " ")
	end := strings.IndexByte(rest, ' ')
	if end < 2 || end > 8 {
		return s
	}
	switch word, last := rest[:end-1], rest[end-1]; {
	case last != ')' && last != '.':
	case strings.Trim(word, "0123456789.") == "" && len(word) <= 5 && word[0] != '.':
		return rest
	case last == ')' && len([]rune(word)) == 1:
		return rest
	}
	return s
}
