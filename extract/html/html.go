// Package html reads HTML: a bare document, what a word processor exports, or the page of a law portal.
//
//	doc, err := html.Read(data)
//	for _, b := range doc.Blocks {
//		fmt.Println(b.Style, b.Text)
//	}
//
// Of a page the part that holds the document is found by its words: by where the letterhead, the căn cứ and the
// recipients stand, and by how much of a part is links. What stands around it, menus and the portal's own data,
// comes as blocks of style Furniture, so that the data can still be read. Lines of a paragraph are separate
// blocks, tables are rows, and the labels of automatic lists are written out.
package html

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/charmap"

	"kehoach/normalize"
	"kehoach/plan"
)

// Version is the version of golang.org/x/net that parses the pages.
const Version = "v0.62.0"

// MaxBytes is the largest page that is read; its tree takes some thirty times as much memory.
const MaxBytes = 32 << 20

// ErrLarge says that a page is larger than MaxBytes.
var ErrLarge = fmt.Errorf("the page is larger than %d MB", MaxBytes>>20)

// Read makes blocks of a page.
func Read(data []byte) (*plan.Document, error) {
	if len(data) > MaxBytes {
		return nil, ErrLarge
	}
	words := decode(data)
	doc := &plan.Document{}
	tree, err := html.Parse(strings.NewReader(words))
	if err != nil {
		// The parser refuses nesting deeper than it can follow; the words are there all the same.
		doc.Blocks = flat(words)
		return doc, nil
	}
	body := find(tree, atom.Body)
	if body == nil && find(tree, atom.Frameset) != nil {
		return nil, errors.New("the page only frames other pages, which hold the words")
	}
	if body == nil {
		return nil, errors.New("the page has no body")
	}
	p := weigh(body)
	w := &walker{page: p, root: p.root(body)}
	w.walk(body)
	w.flush(false)
	if p.letterheads() {
		w.takeBefore()
	}
	doc.Blocks = w.blocks
	return doc, nil
}

// takeBefore makes furniture of what stands before the letterhead beside the part that holds it: tabs, the state of the
// document, a date of publishing. Names in capitals stay, and so does the word that it is a draft.
func (w *walker) takeBefore() {
	for i := range w.blocks[:w.before] {
		b := &w.blocks[i]
		if b.Style != plan.Furniture && strings.ContainsFunc(b.Text, unicode.IsLower) && !strings.HasPrefix(normalize.Fold(b.Text), "du thao") {
			*b = plan.Block{Text: b.Text, Cells: b.Cells, Style: plan.Furniture, Page: b.Page, Font: b.Font}
		}
	}
}

// Fragment makes blocks of a piece of HTML that stands inside a document of another format; all of it is the
// document's.
func Fragment(src string) []plan.Block {
	context := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(strings.NewReader(src), context)
	if err != nil {
		return flat(src)
	}
	w := &walker{inside: true}
	for _, n := range nodes {
		w.walk(n)
	}
	w.flush(false)
	return w.blocks
}

// decode gives the characters of a page. Valid UTF-8 is that, whatever the page says of itself; bytes in which no
// encoding is declared are read as Western ones, which normalize knows how to take for TCVN3 and VNI.
func decode(data []byte) string {
	if bytes.IndexByte(data[:min(len(data), 1024)], 0) >= 0 || bytes.HasPrefix(data, []byte("\xFF\xFE")) || bytes.HasPrefix(data, []byte("\xFE\xFF")) {
		words, _ := normalize.Decode(data, "")
		return words
	}
	data = bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF"))
	if utf8.Valid(data) {
		return string(data)
	}
	enc, name, _ := charset.DetermineEncoding(data, "")
	if name == "x-user-defined" { // pages in the letters of a font said so
		enc = charmap.Windows1252
	}
	if name == "utf-8" {
		if words := strings.ToValidUTF8(string(data), "\uFFFD"); strings.Count(words, "\uFFFD")*50 < len(words) {
			return words
		}
		enc = charmap.Windows1252
	}
	words, err := enc.NewDecoder().Bytes(data)
	if err != nil {
		return strings.ToValidUTF8(string(data), "\uFFFD")
	}
	return string(words)
}

// find is the first element of a kind.
func find(n *html.Node, kind atom.Atom) *html.Node {
	if n.DataAtom == kind {
		return n
	}
	for c := range n.ChildNodes() {
		if found := find(c, kind); found != nil {
			return found
		}
	}
	return nil
}

// flat gives the words of HTML without a tree: every tag that begins a block begins a line.
func flat(src string) []plan.Block {
	w := &walker{inside: true}
	z := html.NewTokenizer(strings.NewReader(src))
	skip := atom.Atom(0)
	for {
		switch z.Next() {
		case html.ErrorToken:
			w.flush(false)
			return w.blocks
		case html.TextToken:
			if skip == 0 {
				w.text(string(z.Text()))
			}
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			t := z.Token()
			if t.DataAtom == skip && t.Type == html.EndTagToken {
				skip = 0
			} else if skip == 0 && t.Type == html.StartTagToken && (t.DataAtom == atom.Script || t.DataAtom == atom.Style) {
				skip = t.DataAtom
			}
			if t.DataAtom == atom.Br || isBlock[t.DataAtom] {
				w.flush(false)
			}
		}
	}
}

// attr is the value of an attribute, "" where it is not set.
func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// hasAttr reports whether an attribute is there, with a value or without.
func hasAttr(n *html.Node, key string) bool {
	for _, a := range n.Attr {
		if a.Key == key {
			return true
		}
	}
	return false
}

// css is the value of a property in the element's own style, in small letters.
func css(n *html.Node, property string) string {
	style := attr(n, "style")
	if style == "" {
		return ""
	}
	for rule := range strings.SplitSeq(strings.ToLower(style), ";") {
		if name, value, ok := strings.Cut(rule, ":"); ok && strings.TrimSpace(name) == property {
			return strings.TrimSpace(value)
		}
	}
	return ""
}
