package html

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"kehoach/normalize"
)

// page is what was weighed of a page to tell the document from what stands around it.
type page struct {
	weights map[*html.Node]weight
	core    *html.Node // the smallest element that holds the document
}

// weight is what an element holds, all below it included.
type weight struct {
	bytes int // of text
	link  int // of them, inside links
	links int // how many links
	prose int // of them, in pieces that are no menu's, with something more for labels and bullets
	cues  cue
}

// cue is a set of the parts of an administrative document.
type cue uint8

const (
	cueNation cue = 1 << iota
	cueNumber
	cueType
	cueGround     // căn cứ
	cueRecipients // nơi nhận
	cueLabel      // a heading with a Roman number
)

// A piece of text is prose from this length on; a label or a bullet weighs as much as labelWeight bytes more.
const (
	proseBytes  = 60
	labelWeight = 80
)

// weigh weighs every element of the page.
func weigh(body *html.Node) *page {
	p := &page{weights: map[*html.Node]weight{}}
	p.weigh(body, false)
	return p
}

func (p *page) weigh(n *html.Node, linked bool) (w weight) {
	switch n.Type {
	case html.TextNode:
		return weighText(n.Data, linked)
	case html.ElementNode:
	default:
		return w
	}
	if isUnseen[n.DataAtom] || isHidden(n) {
		return w
	}
	if n.DataAtom == atom.A && hasAttr(n, "href") {
		linked = true
		w.links++
	}
	for c := range n.ChildNodes() {
		in := p.weigh(c, linked)
		w.bytes += in.bytes
		w.link += in.link
		w.links += in.links
		w.prose += in.prose
		w.cues |= in.cues
	}
	p.weights[n] = w
	return w
}

func weighText(s string, linked bool) (w weight) {
	s = strings.TrimSpace(s)
	w.bytes = len(s)
	if linked {
		w.link = len(s)
		return w
	}
	if len(s) >= proseBytes {
		w.prose = len(s)
	}
	if len(s) < 3 {
		return w
	}
	roman := strings.TrimLeft(s, "IVX")
	if len(roman) < len(s) && strings.HasPrefix(roman, ".") && !strings.ContainsFunc(s[:min(len(s), 40)], unicode.IsLower) {
		w.cues |= cueLabel
		w.prose += labelWeight
		return w
	}
	if c := s[0]; c == '-' || c == '+' || c >= '0' && c <= '9' && strings.ContainsAny(s[1:min(len(s), 3)], ".)") {
		w.prose += labelWeight
	}
	f := normalize.Fold(s[:cut(s, 60)])
	switch {
	case strings.HasPrefix(f, "cong hoa xa hoi chu nghia"), strings.HasPrefix(f, "doc lap - tu do"):
		w.cues = cueNation
	case strings.HasPrefix(f, "so") && strings.Contains(f, "/") && len(s) < 60:
		w.cues = cueNumber
	case strings.HasPrefix(f, "can cu "):
		w.cues = cueGround
	case strings.HasPrefix(f, "noi nhan"):
		w.cues = cueRecipients
	case len(s) < 40 && (f == "ke hoach" || f == "quyet dinh" || f == "chi thi" || f == "nghi quyet" || f == "chuong trinh") && !strings.ContainsFunc(s, unicode.IsLower):
		w.cues = cueType
	}
	if w.cues != 0 {
		w.prose += labelWeight
	}
	return w
}

// cut is the end of the letter at n bytes of s.
func cut(s string, n int) int {
	if len(s) <= n {
		return len(s)
	}
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return n
}

// A part that brings at least menuLinks links more than the document alone is no part of it.
const menuLinks = 3

// root is the element that holds the document: the core, which is the smallest with all cues that the page has and three
// quarters of its prose, and around it whatever brings no menu along. A bare document is its own root.
func (p *page) root(body *html.Node) *html.Node {
	at := body
	for next := p.heavy(at); next != nil; next = p.heavy(at) {
		at = next
	}
	p.core = at
	for at != body {
		outer := at.Parent
		for outer != body && p.weights[outer].bytes == p.weights[at].bytes {
			outer = outer.Parent
		}
		if p.weights[outer].links-p.weights[at].links >= menuLinks {
			break
		}
		at = outer
	}
	return at
}

// heavy is the child that holds nearly all that is the document's in an element; nil where none does.
func (p *page) heavy(at *html.Node) *html.Node {
	all := p.weights[at]
	for c := range at.ChildNodes() {
		in := p.weights[c]
		if c.Type == html.ElementNode && in.prose > 0 && in.cues == all.cues && in.prose*4 >= all.prose*3 && holdsBlocks(c) {
			return c
		}
	}
	return nil
}

// holdsBlocks reports whether an element can be the root: it holds other blocks or lines.
func holdsBlocks(n *html.Node) bool {
	for c := range n.Descendants() {
		if isBlock[c.DataAtom] || c.DataAtom == atom.Br {
			return true
		}
	}
	return false
}

// letterheads reports whether the core begins with the head of the document, so that what stands before it is none.
func (p *page) letterheads() bool {
	cues := p.weights[p.core].cues
	return cues&cueNation != 0 && cues&(cueNumber|cueType) != 0
}

// asides are words in the class or id of what stands around a text.
var asides = map[string]bool{"menu": true, "nav": true, "navbar": true, "navigation": true, "sidebar": true, "breadcrumb": true, "breadcrumbs": true,
	"comment": true, "comments": true, "share": true, "social": true, "related": true, "footer": true, "advert": true, "ads": true, "banner": true,
	"toolbar": true, "pagination": true, "paging": true, "popup": true, "modal": true, "widget": true, "copyright": true, "tags": true, "login": true}

// isAside reports whether an element inside the root is not the document's: it says so of itself, or it is
// mostly links. Nothing that holds a cue is aside.
func (p *page) isAside(n *html.Node) bool {
	if !isBlock[n.DataAtom] {
		return false
	}
	w, ok := p.weights[n]
	if !ok || w.cues != 0 {
		return false
	}
	switch n.DataAtom {
	case atom.Aside, atom.Footer, atom.Nav:
		return true
	}
	switch attr(n, "role") {
	case "navigation", "complementary", "banner", "contentinfo", "search", "dialog":
		return true
	}
	if w.links >= 3 && w.link*10 >= w.bytes*7 {
		return true
	}
	names := strings.FieldsFunc(strings.ToLower(attr(n, "class")+" "+attr(n, "id")), func(r rune) bool { return !unicode.IsLetter(r) })
	for _, name := range names {
		if asides[name] {
			return true
		}
	}
	return false
}
