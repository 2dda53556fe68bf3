package word

import (
	"encoding/xml"
	"errors"
	"strconv"
	"strings"

	"kehoach/plan"
)

// ReadODT reads an OpenDocument text. Its errors say why there are no words to be had.
func ReadODT(data []byte) (*plan.Document, error) {
	a, err := openArchive(data)
	if err != nil {
		return nil, err
	}
	st := &odtStyles{lists: map[string]*[levels]odtLevel{}, byName: map[string]*odtStyle{}}
	_, stylesErr := a.tokens("styles.xml", st.token)
	if _, err := a.tokens("content.xml", st.token); err != nil {
		stylesErr = errors.Join(stylesErr, err)
	}
	w := &odt{odtStyles: st, counts: map[string]*[levels]counter{}}
	found, err := a.tokens("content.xml", w.token)
	w.flush()
	if !found && err == nil {
		return nil, errors.New("it holds no content.xml")
	}
	w.blocks = append(w.blocks, w.notes...)
	unmarked(w.blocks)
	return finish(w.blocks, nil, errors.Join(err, stylesErr))
}

// odtLevel is how one level of a list is counted and printed.
type odtLevel struct {
	format, prefix, suffix string
	bullet                 string
	start, display         int
	defined                bool
}

// odtStyle is what a paragraph or text style sets.
type odtStyle struct {
	parent, list, font, transform string
	hidden                        bool
}

// odtStyles are the styles of both parts of an ODT that hold them.
type odtStyles struct {
	lists  map[string]*[levels]odtLevel
	byName map[string]*odtStyle
	list   *[levels]odtLevel
	style  *odtStyle
}

func (s *odtStyles) token(t xml.Token) error {
	switch e := t.(type) {
	case xml.StartElement:
		switch e.Name.Local {
		case "list-style", "outline-style":
			s.list = new([levels]odtLevel)
			s.lists[attr(&e, "name")] = s.list
		case "list-level-style-number", "list-level-style-bullet", "outline-level-style":
			s.level(&e)
		case "style":
			s.style = &odtStyle{parent: attr(&e, "parent-style-name"), list: attr(&e, "list-style-name")}
			s.byName[attr(&e, "name")] = s.style
		case "text-properties":
			if s.style != nil {
				s.style.font, s.style.transform = attr(&e, "font-name"), attr(&e, "text-transform")
				s.style.hidden = attr(&e, "display") == "none"
			}
		}
	case xml.EndElement:
		switch e.Name.Local {
		case "list-style", "outline-style":
			s.list = nil
		case "style":
			s.style = nil
		}
	}
	return nil
}

func (s *odtStyles) level(e *xml.StartElement) {
	n, err := strconv.Atoi(attr(e, "level"))
	if s.list == nil || err != nil || n < 1 || n > levels {
		return
	}
	l := odtLevel{format: attr(e, "num-format"), prefix: attr(e, "num-prefix"), suffix: attr(e, "num-suffix"), bullet: attr(e, "bullet-char"), start: 1, display: 1, defined: true}
	if v, err := strconv.Atoi(attr(e, "start-value")); err == nil {
		l.start = v
	}
	if v, err := strconv.Atoi(attr(e, "display-levels")); err == nil {
		l.display = v
	}
	s.list[n-1] = l
}

// odt walks the content of an ODT and gives its blocks.
type odt struct {
	*odtStyles
	blocks, notes []plan.Block
	counts        map[string]*[levels]counter
	open          []odtList // lists that are open
	item          bool      // the next paragraph is the first of its item
	anew          int       // the number at which the item begins anew, -1 for none

	text   strings.Builder
	para   bool
	font   string
	marker marker
	style  plan.Style
	label  string
	spans  []string // styles of the spans that are open, the paragraph's first
	skip   int
	note   *odtNote
	tables []*table
	body   bool
}

type odtList struct{ style, id string }

// odtNote keeps the paragraph around a footnote.
type odtNote struct {
	text  string
	mark  string
	words []string
	body  bool
}

func (w *odt) token(t xml.Token) error {
	switch e := t.(type) {
	case xml.StartElement:
		if w.skip > 0 {
			w.skip++
			return nil
		}
		return w.start(&e)
	case xml.EndElement:
		if w.skip > 0 {
			w.skip--
			return nil
		}
		w.end(e.Name.Local)
		if len(w.blocks) > mostBlocks {
			return ErrTooMany
		}
	case xml.CharData:
		if w.skip == 0 && w.para {
			w.write(strings.Map(func(r rune) rune { // white space counts once, as in HTML
				if r == '\n' || r == '\r' || r == '\t' {
					return ' '
				}
				return r
			}, string(e)))
		}
	}
	return nil
}

func (w *odt) start(e *xml.StartElement) error {
	switch e.Name.Local {
	case "text":
		w.body = w.body || e.Name.Space == "office"
	case "automatic-styles", "tracked-changes", "annotation", "annotation-end", "sequence-decls", "forms", "table-header-columns", "desc", "title":
		w.skip++
	case "p", "h":
		w.paragraph(e)
	case "span":
		w.spans = append(w.spans, attr(e, "style-name"))
	case "s":
		n, err := strconv.Atoi(attr(e, "c"))
		if err != nil {
			n = 1
		}
		w.write(strings.Repeat(" ", min(n, 200)))
	case "tab":
		w.write("\t")
	case "line-break":
		w.text.WriteString(w.marker.end(0))
		w.write("\n")
	case "list":
		style := attr(e, "style-name")
		if n := len(w.open); style == "" && n > 0 {
			style = w.open[n-1].style
		}
		w.open = append(w.open, odtList{style, attr(e, "id")})
		if len(w.open) == 1 && attr(e, "continue-numbering") != "true" && attr(e, "continue-list") == "" {
			delete(w.counts, style)
		}
	case "list-item", "list-header":
		w.item, w.anew = e.Name.Local == "list-item", -1
		if v, err := strconv.Atoi(attr(e, "start-value")); err == nil {
			w.anew = v
		}
	case "note":
		w.note = &odtNote{text: w.text.String() + w.marker.end(0)}
		w.text.Reset()
	case "note-citation":
		w.text.Reset()
	case "note-body":
		if w.note != nil {
			w.note.mark, w.note.body = "["+strings.TrimSpace(w.text.String())+"]", true
			w.text.Reset()
		}
	default:
		w.tableStart(e)
	}
	return nil
}

// paragraph begins one, and counts it where it is the first of an item or a numbered heading.
func (w *odt) paragraph(e *xml.StartElement) {
	if w.note != nil && w.note.body {
		w.text.Reset()
		return
	}
	style := attr(e, "style-name")
	w.text.Reset()
	w.marker = marker{}
	w.para, w.label, w.style, w.font = true, "", plan.Body, ""
	w.spans = append(w.spans[:0], style)
	if e.Name.Local == "h" {
		w.style = plan.Heading
	}
	switch n := len(w.open); {
	case n > 0 && w.item:
		name := w.open[n-1].style
		if name == "" {
			name = w.listOf(style)
		}
		w.label = w.count(name, n-1)
		w.item = false
	case n == 0 && e.Name.Local == "h" && attr(e, "is-list-header") != "true":
		if level, err := strconv.Atoi(attr(e, "outline-level")); err == nil && level > 0 && level <= levels {
			if name := w.listOf(style); name != "" {
				w.label = w.count(name, level-1)
			} else {
				w.label = w.count("Outline", level-1)
			}
		}
	}
}

// listOf is the list style of a paragraph style or of one that it is based on.
func (w *odt) listOf(style string) string {
	for n, s := 0, w.byName[style]; s != nil && n < mostBased; n, s = n+1, w.byName[s.parent] {
		if s.list != "" {
			return s.list
		}
	}
	return ""
}

// count counts a list on and gives its label.
func (w *odt) count(style string, level int) string {
	list := w.lists[style]
	if list == nil || level < 0 || level >= levels || !list[level].defined {
		return ""
	}
	l := &list[level]
	if l.bullet != "" {
		return bullet(l.bullet) + " "
	}
	counts := w.counts[style]
	if counts == nil {
		counts = new([levels]counter)
		w.counts[style] = counts
	}
	switch c := &counts[level]; {
	case w.anew >= 0:
		*c = counter{w.anew, true}
		w.anew = -1
	case c.started:
		c.n++
	default:
		*c = counter{l.start, true}
	}
	for i := level + 1; i < levels; i++ {
		counts[i].started = false
	}
	if l.format == "" {
		return ""
	}
	var parts []string
	for i := max(0, level-l.display+1); i <= level; i++ {
		if !counts[i].started {
			counts[i] = counter{max(1, list[i].start), true}
		}
		if s := format(list[i].format, counts[i].n); s != "" {
			parts = append(parts, s)
		}
	}
	return l.prefix + strings.Join(parts, ".") + l.suffix + " "
}

func (w *odt) write(s string) {
	if !w.para {
		return
	}
	transform, font := "", ""
	for _, name := range w.spans {
		for n, st := 0, w.byName[name]; st != nil && n < mostBased; n, st = n+1, w.byName[st.parent] {
			if st.hidden {
				return
			}
			if st.transform != "" && transform == "" {
				transform = st.transform
			}
			if st.font != "" && strings.TrimSpace(s) != "" {
				font = st.font
				break
			}
		}
	}
	if font != "" {
		w.font = font
	}
	if n := w.text.Len(); n > 0 && s != "" && s[0] == ' ' && len(strings.TrimLeft(s, " ")) < len(s) && strings.HasSuffix(w.text.String()[max(0, n-1):], " ") && strings.TrimLeft(s, " ") != "" {
		s = strings.TrimLeft(s, " ")
	}
	w.text.WriteString(w.marker.mark(s, font, transform == "uppercase"))
}

func (w *odt) end(name string) {
	switch name {
	case "p", "h":
		w.endParagraph()
	case "span":
		if n := len(w.spans); n > 1 {
			w.spans = w.spans[:n-1]
		}
	case "list":
		if n := len(w.open); n > 0 {
			w.open = w.open[:n-1]
		}
		w.item = false
	case "note":
		if n := w.note; n != nil {
			w.notes = append(w.notes, plan.Block{Text: n.mark + " " + strings.Join(n.words, " "), Style: plan.Footnote})
			w.note = nil
			w.text.Reset()
			w.text.WriteString(n.text + n.mark)
			w.para = true
		}
	default:
		w.tableEnd(name)
	}
}

func (w *odt) endParagraph() {
	if w.note != nil && w.note.body {
		w.note.words = append(w.note.words, strings.Fields(w.text.String()+w.marker.end(0))...)
		w.text.Reset()
		return
	}
	if !w.para {
		return
	}
	w.para = false
	text := w.text.String()
	if strings.TrimSpace(text) == "" {
		return
	}
	text = w.label + strings.TrimLeft(text, " \t") + w.marker.end(0)
	if n := len(w.tables); n > 0 {
		w.tables[n-1].write(text)
		return
	}
	w.blocks = append(w.blocks, splitLines(plan.Block{Text: text, Label: strings.TrimSpace(w.label), Font: w.font, Style: w.style})...)
}

func (w *odt) flush() {
	w.endParagraph()
	for len(w.tables) > 0 {
		for _, name := range []string{"table-cell", "table-row", "table"} {
			w.tableEnd(name)
		}
	}
}
