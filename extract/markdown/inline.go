package markdown

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// inline gathers the words of a paragraph or a cell, without its markup.
type inline struct {
	source []byte
	lines  []textLine
	open   strings.Builder // the line that is being read
	tags   bool            // HTML stands in it
	markup bool            // write HTML: words escaped, tags as they are
}

// textLine is one line of a paragraph.
type textLine struct {
	text string
	soft bool // the line break behind it means nothing in Markdown
}

// children reads all of a block's words.
func (in *inline) children(n ast.Node) {
	in.nodes(n)
	in.end(false)
	if len(in.lines) > 0 && in.lines[len(in.lines)-1].text == "" {
		in.lines = in.lines[:len(in.lines)-1]
	}
}

// asHTML gives the block as HTML, for one who reads the tags in it.
func (in *inline) asHTML(n ast.Node) string {
	as := inline{source: in.source, markup: true}
	as.children(n)
	lines := make([]string, len(as.lines))
	for i, l := range as.lines {
		lines[i] = l.text
	}
	return strings.Join(lines, "<br>")
}

func (in *inline) nodes(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			in.words(unescape(c.Segment.Value(in.source), c.IsRaw()))
			if c.HardLineBreak() || c.SoftLineBreak() {
				in.end(c.SoftLineBreak() && !c.HardLineBreak())
			}
		case *ast.String:
			in.words(string(c.Value))
		case *ast.AutoLink:
			in.words(string(c.Label(in.source)))
		case *ast.RawHTML:
			in.tags = true
			if in.markup {
				for i := range c.Segments.Len() {
					s := c.Segments.At(i)
					in.open.Write(s.Value(in.source))
				}
			}
		case *ast.Image:
		case *ast.Link:
			in.link(c)
		case *ast.Emphasis:
			in.nodes(c)
			if in.glued(c) {
				in.end(false)
			}
		default:
			in.nodes(c)
		}
	}
}

// glued reports whether a converter lost the end of the line behind words in bold: a capital follows them without
// a blank.
func (in *inline) glued(n *ast.Emphasis) bool {
	next, ok := n.NextSibling().(*ast.Text)
	if !ok || n.Level < 2 || in.markup {
		return false
	}
	first, _ := utf8.DecodeRune(next.Segment.Value(in.source))
	last, _ := utf8.DecodeLastRuneInString(in.open.String())
	return unicode.IsUpper(first) && unicode.IsLetter(last)
}

// link reads the words of a link; a number that leads to a place in the document is the mark of a footnote.
func (in *inline) link(n *ast.Link) {
	if strings.HasPrefix(string(n.Destination), "#") && n.FirstChild() != nil {
		words := inline{source: in.source}
		words.nodes(n)
		if mark := strings.TrimSpace(words.open.String()); mark != "" && len(mark) < 4 && strings.Trim(mark, "0123456789*") == "" {
			in.words("[" + mark + "]")
			return
		}
	}
	in.nodes(n)
}

func (in *inline) words(s string) {
	if in.markup {
		s = html.EscapeString(s)
	}
	in.open.WriteString(s)
}

// end ends a line.
func (in *inline) end(soft bool) {
	in.lines = append(in.lines, textLine{strings.TrimFunc(in.open.String(), unicode.IsSpace), soft})
	in.open.Reset()
}

// unescape resolves backslashes and entities, but for the words of code.
func unescape(s []byte, raw bool) string {
	if raw {
		return string(s)
	}
	return string(util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(s))))
}
