package html

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"kehoach/plan"
)

// isBlock lists the elements that begin and end a line.
var isBlock = map[atom.Atom]bool{
	atom.Address: true, atom.Article: true, atom.Aside: true, atom.Blockquote: true, atom.Body: true, atom.Center: true, atom.Dd: true,
	atom.Details: true, atom.Dir: true, atom.Div: true, atom.Dl: true, atom.Dt: true, atom.Fieldset: true, atom.Figcaption: true, atom.Figure: true,
	atom.Footer: true, atom.Form: true, atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true, atom.Header: true,
	atom.Hr: true, atom.Html: true, atom.Legend: true, atom.Li: true, atom.Main: true, atom.Menu: true, atom.Nav: true, atom.Ol: true, atom.P: true,
	atom.Pre: true, atom.Section: true, atom.Summary: true, atom.Table: true, atom.Tbody: true, atom.Td: true, atom.Tfoot: true, atom.Th: true,
	atom.Thead: true, atom.Tr: true, atom.Ul: true, atom.Caption: true,
}

// isUnseen lists the elements whose words no reader of the page sees as text.
var isUnseen = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Template: true, atom.Head: true, atom.Iframe: true, atom.Object: true,
	atom.Svg: true, atom.Canvas: true, atom.Audio: true, atom.Video: true, atom.Select: true, atom.Option: true, atom.Datalist: true, atom.Button: true,
	atom.Input: true, atom.Textarea: true, atom.Img: true, atom.Map: true, atom.Nav: true, atom.Del: true, atom.Applet: true, atom.Embed: true,
}

// walker turns a tree into blocks, line by line.
type walker struct {
	blocks []plan.Block
	page   *page      // nil in a fragment
	root   *html.Node // the part that holds the document
	inside bool       // within root
	before int        // the blocks that came before the core

	line  strings.Builder // the line that is being read
	space bool            // a blank is due before the next word
	lists []*list
	label string // the label of an item whose first words are still to come
	marks
}

// marks are what an element passes on to all that it holds.
type marks struct {
	style plan.Style
	pre   bool
	font  string
}

// walk reads a node and all below it.
func (w *walker) walk(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		w.text(n.Data)
		return
	case html.ElementNode:
	case html.DocumentNode:
		w.children(n)
		return
	default:
		return
	}
	if isUnseen[n.DataAtom] || isHidden(n) {
		return
	}
	if w.page != nil && !w.inside && (n == w.root || isBlock[n.DataAtom] && len(n.Attr) > 0 && isNote(n)) {
		w.flush(false)
		w.inside = true
		defer func() { w.flush(false); w.inside = false }()
	}
	if w.page != nil && w.inside && n != w.root && w.page.isAside(n) {
		w.flush(false)
		w.inside = false
		defer func() { w.flush(false); w.inside = true }()
	}
	if w.page != nil && n == w.page.core {
		w.flush(false)
		w.before = len(w.blocks)
	}
	switch n.DataAtom {
	case atom.Br:
		w.flush(true)
		return
	case atom.Table:
		w.flush(false)
		w.table(n)
		return
	case atom.Dl:
		w.flush(false)
		w.definitions(n)
		return
	case atom.Ol, atom.Ul, atom.Menu, atom.Dir:
		w.flush(false)
		w.lists = append(w.lists, newList(n, w.lists))
		w.children(n)
		w.flush(false)
		w.lists = w.lists[:len(w.lists)-1]
		return
	case atom.Li:
		w.flush(false)
		if len(w.lists) > 0 {
			w.label = w.lists[len(w.lists)-1].next(n)
		}
		w.children(n)
		w.flush(false)
		w.label = ""
		return
	case atom.Sup:
		w.superscript(n)
		return
	}
	before := w.marks
	if isBlock[n.DataAtom] {
		w.flush(false)
		w.enter(n)
		w.children(n)
		w.flush(false)
	} else {
		w.enter(n)
		w.children(n)
	}
	w.marks = before
}

// enter takes on what an element says of all that it holds: a heading, a footnote, a font of an old encoding.
func (w *walker) enter(n *html.Node) {
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		w.style = plan.Heading
	case atom.Pre:
		w.pre = true
	}
	if len(n.Attr) == 0 {
		return
	}
	if face := attr(n, "face") + css(n, "font-family"); strings.HasPrefix(strings.Trim(face, `"' `), ".") || strings.HasPrefix(strings.ToUpper(face), "VNI") {
		w.font = strings.Trim(face, `"' `)
	}
	if isBlock[n.DataAtom] && isNote(n) {
		w.style = plan.Footnote
	}
}

// isNote reports whether an element holds a footnote.
func isNote(n *html.Node) bool {
	if element := css(n, "mso-element"); element == "footnote" || element == "endnote" {
		return true
	}
	class := strings.ToLower(attr(n, "class"))
	if strings.Contains(class, "footnotetext") || class == "footnote" || class == "footnotes" {
		return true
	}
	id := strings.ToLower(attr(n, "id"))
	number := strings.TrimLeft(id, "abcdefghijklmnopqrstuvwxyz_-:")
	switch strings.TrimRight(strings.TrimSuffix(id, number), "_-:") {
	case "ftn", "fn", "footnote", "_ftn", "note":
		return number != "" && strings.Trim(number, "0123456789") == ""
	}
	return false
}

func (w *walker) children(n *html.Node) {
	for c := range n.ChildNodes() {
		w.walk(c)
	}
}

// isHidden reports whether an element is not shown.
func isHidden(n *html.Node) bool {
	if len(n.Attr) == 0 {
		return false
	}
	return hasAttr(n, "hidden") || css(n, "display") == "none" || css(n, "visibility") == "hidden" || css(n, "mso-hide") == "all" ||
		strings.HasPrefix(css(n, "mso-element"), "comment")
}

// text adds words to the line. Runs of blanks are one space, but for the ends of lines in a pre.
func (w *walker) text(s string) {
	if w.pre {
		for {
			line, rest, more := strings.Cut(s, "\n")
			w.words(line)
			if !more {
				return
			}
			w.flush(true)
			s = rest
		}
	}
	w.words(s)
}

func (w *walker) words(s string) {
	for s != "" {
		r, n := utf8.DecodeRuneInString(s)
		if unicode.IsSpace(r) {
			w.space = true
			s = s[n:]
			continue
		}
		end := strings.IndexFunc(s, unicode.IsSpace)
		if end < 0 {
			end = len(s)
		}
		if w.space && w.line.Len() > 0 {
			w.line.WriteByte(' ')
		}
		w.space = false
		w.line.WriteString(s[:end])
		s = s[end:]
	}
}

// flush ends the line. broken says that the source breaks it with <br>, so that the next one may go on with it.
func (w *walker) flush(broken bool) {
	w.space = false
	if w.line.Len() == 0 {
		if n := len(w.blocks); n > 0 && !broken {
			w.blocks[n-1].Broken = false
		}
		return
	}
	b := plan.Block{Text: w.line.String(), Style: w.style, Font: w.font, Broken: broken}
	w.line.Reset()
	if w.label != "" && !ownLabel(b.Text) {
		b.Label = w.label
		b.Text = w.label + " " + b.Text
	}
	w.label = ""
	if w.page != nil && !w.inside {
		b.Style = plan.Furniture
	}
	w.blocks = append(w.blocks, b)
}

// superscript writes the mark of a footnote as [1]; the power of a unit stays a digit.
func (w *walker) superscript(n *html.Node) {
	s := strings.TrimSpace(textOf(n))
	mark := strings.Trim(s, "()[] ")
	if mark == "" || len(mark) > 3 || strings.Trim(mark, "0123456789*") != "" {
		w.children(n)
		return
	}
	if s == mark && mark[0] != '*' && find(n, atom.A) == nil && !inLink(n) && isUnit(w.line.String()) {
		w.words(mark)
		return
	}
	w.space = false
	w.words("[" + mark + "]")
}

// isUnit reports whether a line ends in a unit of length, which takes a power: m, km, cm, dm, mm, hm.
func isUnit(line string) bool {
	word := line[strings.LastIndexAny(line, " ()/,.0123456789")+1:]
	switch word {
	case "m", "km", "cm", "dm", "mm", "hm":
		return true
	}
	return false
}

func inLink(n *html.Node) bool {
	for p := n.Parent; p != nil && !isBlock[p.DataAtom]; p = p.Parent {
		if p.DataAtom == atom.A {
			return true
		}
	}
	return false
}

// textOf is the words below a node, as they stand.
func textOf(n *html.Node) string {
	var out strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			out.WriteString(c.Data)
		}
	}
	return out.String()
}
