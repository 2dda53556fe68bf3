package word

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"unicode/utf16"

	"kehoach/plan"
)

// ReadRTF reads a document in the Rich Text Format. Its errors say why there are no words to be had.
func ReadRTF(data []byte) (*plan.Document, error) {
	start := bytes.Index(data[:min(len(data), 1024)], []byte("{\\rtf"))
	if start < 0 {
		return nil, errors.New("it does not begin as RTF does")
	}
	r := &rtf{lexer: rtfLexer{data: data[start:]}, page: 1252, fonts: map[int]*rtfFont{}}
	r.rtfStory = &rtfStory{flow: &flow{}}
	damage := r.read()
	r.lastParagraph()
	for r.outer != nil { // groups that the end of the file left open
		r.endStory()
		r.lastParagraph()
	}
	doc, err := r.flow.finish(damage)
	if err == nil && r.listed && !r.labelled {
		doc.Problems = append(doc.Problems, plan.Problem{Code: plan.NumberingLost, Message: "the file has lists, and does not hold their numbers"})
	}
	return doc, err
}

// rtf reads one RTF file.
type rtf struct {
	*rtfStory
	lexer            rtfLexer
	page             int // the code page of the document
	fonts            map[int]*rtfFont
	normal           int // the font of \plain
	group            rtfGroup
	stack            []rtfGroup
	lost             int // groups that are open beyond those of the stack
	high             rune
	listed, labelled bool     // paragraphs belong to lists, and hold their numbers
	pass             int      // characters behind a \u that stand for it
	entry            *rtfFont // of the font table, that is being read
	name             []byte
}

// rtfGroup is what a group sets, and what its end puts back.
type rtfGroup struct {
	font                  int
	caps, hidden, deleted bool
	fallback              int // characters behind each \u
	to                    rtfTarget
	star                  bool // \* was the last word
	table                 bool // \intbl
	depth                 int  // \itap, 0 where it was not given
	heading               bool
	story                 bool // the group is a story of its own
	def                   *rowDef
}

// rtfTarget is where the words of a group go.
type rtfTarget uint8

const (
	toText rtfTarget = iota
	toLabel
	toFonts
	toNothing // a group inside it may have words
	toSkip    // no group inside it has any
)

// rtfStory is a text of its own: the body, a footnote, a header, a text box.
type rtfStory struct {
	flow  *flow
	kind  rtfStoryKind
	mark  string // of a footnote
	outer *rtfStory
	depth int // tables around the place where it stands
	para  passage
	words []byte // of the run that is being written, in …
	font  string
	caps  bool
	to    rtfTarget // … which goes to the text or to the label
	row   rowDef
	cell  cellDef // of the next \cellx
}

type rtfStoryKind uint8

const (
	storyBody rtfStoryKind = iota
	storyNote
	storyAround
	storyBox
)

const mostGroups = 400 // inside each other

var errCut = errors.New("it is cut: its last groups do not end")

func (r *rtf) read() error {
	r.group.fallback = 1
	for {
		t := r.lexer.next()
		switch t.kind {
		case rtfEnd:
			return errCut
		case rtfOpen:
			r.pass = 0
			r.open()
		case rtfClose:
			r.pass = 0
			if !r.close() {
				return nil
			}
		case rtfWord:
			if r.skipped() {
				if t.word == "bin" {
					r.lexer.skip(t.number)
				}
				continue
			}
			r.word(t)
		case rtfSign:
			if !r.skipped() {
				r.sign(t.char)
			}
		case rtfByte:
			if !r.skipped() {
				r.byte(t.char)
			}
		}
		if len(r.flow.body) > mostBlocks {
			return ErrTooMany
		}
	}
}

func (r *rtf) skipped() bool { return r.group.to == toSkip || r.lost > 0 }

func (r *rtf) open() {
	if len(r.stack) >= mostGroups {
		r.lost++
		return
	}
	r.stack = append(r.stack, r.group)
	r.group.star, r.group.story, r.group.def = false, false, nil
}

// close ends a group. It reports whether the file goes on.
func (r *rtf) close() bool {
	if r.lost > 0 {
		r.lost--
		return true
	}
	n := len(r.stack)
	if n == 0 {
		return false
	}
	if r.group.to == toFonts {
		r.endFont()
	}
	if r.group.def != nil {
		r.row = *r.group.def
	}
	if r.group.story {
		r.lastParagraph()
		r.endStory()
	}
	r.group = r.stack[n-1]
	r.stack = r.stack[:n-1]
	return n > 1
}

// story begins a text of its own.
func (r *rtf) story(kind rtfStoryKind) {
	outer := r.rtfStory
	outer.flush()
	r.rtfStory = &rtfStory{flow: &flow{}, kind: kind, outer: outer, depth: r.inside()}
	if kind == storyNote {
		r.mark = r.top().cite()
		outer.para.add(r.mark, r.fontName(), false)
	}
	r.group.story, r.group.to = true, toText
	r.group.table, r.group.depth, r.group.heading = false, 0, false
	r.plain()
}

// top is the flow of the document.
func (r *rtf) top() *flow {
	s := r.rtfStory
	for s.outer != nil {
		s = s.outer
	}
	return s.flow
}

// endStory gives the text to the story around it.
func (r *rtf) endStory() {
	inner := r.rtfStory
	if inner.outer == nil {
		return
	}
	entries := inner.flow.close()
	r.rtfStory = inner.outer
	switch inner.kind {
	case storyNote:
		r.top().note(inner.mark, entries)
	case storyAround:
		r.top().furniture(entries)
	case storyBox:
		r.flow.insert(entries, inner.depth)
	}
}

// inside is the number of tables around the paragraph.
func (r *rtf) inside() int {
	switch {
	case r.group.depth > 0:
		return r.group.depth
	case r.group.table:
		return 1
	}
	return 0
}

// endParagraph ends a paragraph inside so many tables.
func (r *rtf) endParagraph(depth int) {
	r.flush()
	p := r.para
	p.label, p.heading = tidyLabel(p.label), r.group.heading
	r.flow.paragraph(p, depth)
	r.para = passage{}
}

// lastParagraph ends the paragraph that the end of a text leaves open.
func (r *rtf) lastParagraph() {
	r.flush()
	if !r.para.blank() {
		r.endParagraph(r.inside())
	}
}

// tidyLabel leaves one blank behind an automatic number.
func tidyLabel(runs []run) []run {
	text := strings.TrimSpace(strings.ReplaceAll(joined(runs), "\t", " "))
	if text == "" {
		return nil
	}
	first := slices.IndexFunc(runs, func(r run) bool { return strings.TrimSpace(r.text) != "" })
	return []run{{text: text + " ", font: runs[first].font}}
}

// plain puts the letters back to those of the document.
func (r *rtf) plain() {
	r.group.font, r.group.caps, r.group.hidden, r.group.deleted = r.normal, false, false, false
}

// current is the font of what comes next.
func (r *rtf) current() *rtfFont {
	if f := r.fonts[r.group.font]; f != nil {
		return f
	}
	return &rtfFont{}
}

func (r *rtf) fontName() string { return r.current().name }

// write takes words into the paragraph, or wherever the group puts them.
func (r *rtf) write(s string) {
	g := &r.group
	if g.hidden || g.deleted || g.to > toLabel || s == "" {
		return
	}
	if font := r.fontName(); font != r.font || g.caps != r.caps || g.to != r.to {
		r.flush()
		r.font, r.caps, r.to = font, g.caps, g.to
	}
	r.words = append(r.words, s...)
}

// flush ends the run that is being written.
func (s *rtfStory) flush() {
	if len(s.words) == 0 {
		return
	}
	to := &s.para.runs
	if s.to == toLabel {
		to = &s.para.label
	}
	*to = append(*to, run{string(s.words), s.font, s.caps})
	s.words = s.words[:0]
}

// byte takes a byte of text.
func (r *rtf) byte(b byte) {
	if r.pass > 0 {
		r.pass--
		return
	}
	if r.group.to == toFonts {
		r.fontByte(b)
		return
	}
	r.write(r.current().letter(b, r.page))
}

// sign takes a control of one sign.
func (r *rtf) sign(c byte) {
	if c == '*' {
		r.group.star = true
		return
	}
	if r.pass > 0 {
		r.pass--
		return
	}
	switch c {
	case '~':
		r.write("\u00a0")
	case '_':
		r.write("-")
	case '\\', '{', '}':
		r.byte(c)
	case '\n', '\r':
		r.endParagraph(r.inside())
	case '\t':
		r.write("\t")
	}
}

// unicode takes a letter by its number; numbers beyond U+FFFF come as two.
func (r *rtf) unicode(n int) {
	c := rune(uint16(n))
	r.pass = r.group.fallback
	if utf16.IsSurrogate(c) {
		if c < 0xDC00 {
			r.high = c
			return
		}
		c = utf16.DecodeRune(r.high, c)
	}
	r.high = 0
	r.write(r.current().unicode(c))
}

// fontByte takes a byte of the name of a font.
func (r *rtf) fontByte(b byte) {
	if b == ';' {
		r.endFont()
		return
	}
	if len(r.name) < 128 {
		r.name = append(r.name, b)
	}
}

// endFont ends the description of a font.
func (r *rtf) endFont() {
	if r.entry != nil && len(r.name) > 0 {
		name := strings.ToValidUTF8(string(r.name), "")
		r.entry.name = fontName(name)
		r.entry.symbol = legacy(name) == "" && (r.entry.symbol || isSymbol(name))
	}
	r.entry, r.name = nil, r.name[:0]
}
