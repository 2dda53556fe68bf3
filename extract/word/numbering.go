package word

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// numbering counts the automatic numbers of a DOCX as Word prints them (ECMA-376, 17.9): lists are instances of
// abstract definitions, count on through the document, and begin anew below a higher level.
type numbering struct {
	abstracts map[string]*abstractList
	lists     map[string]*list
	counts    map[string]*[levels]counter
}

const levels = 9

// abstractList is a definition of up to nine levels.
type abstractList struct {
	level [levels]level
	style string // the numbering style that it stands for, where it holds none itself
}

// level is how one level is counted and printed.
type level struct {
	start   int
	format  string
	text    string // "%1.%2."
	suffix  string // tab, space or nothing
	restart int    // begins anew below this level (1 is the top); 0 never, -1 below any higher one
	legal   bool   // all numbers in Arabic
	defined bool
	pStyle  string
}

// list is an instance, with what it sets otherwise.
type list struct {
	abstract string
	start    [levels]int // startOverride, -1 for none
	own      [levels]*level
}

type counter struct {
	n       int
	started bool
}

func newNumbering() *numbering {
	return &numbering{abstracts: map[string]*abstractList{}, lists: map[string]*list{}, counts: map[string]*[levels]counter{}}
}

// read takes one token of numbering.xml; at keeps where it is.
type numberingReader struct {
	*numbering
	abstract *abstractList
	list     *list
	level    *level
	ilvl     int
	links    map[string]string // numbering style → list that defines it
}

func (r *numberingReader) token(t xml.Token) error {
	switch e := t.(type) {
	case xml.StartElement:
		r.start(&e)
	case xml.EndElement:
		switch e.Name.Local {
		case "abstractNum":
			r.abstract, r.level = nil, nil
		case "num":
			r.list, r.level = nil, nil
		case "lvl":
			r.level = nil
		}
	}
	return nil
}

func (r *numberingReader) start(e *xml.StartElement) {
	val := attr(e, "val")
	switch e.Name.Local {
	case "abstractNum":
		r.abstract = &abstractList{}
		r.abstracts[attr(e, "abstractNumId")] = r.abstract
	case "numStyleLink":
		if r.abstract != nil {
			r.abstract.style = val
		}
	case "styleLink":
		if r.abstract != nil {
			r.links[val] = ""
			for id, a := range r.abstracts {
				if a == r.abstract {
					r.links[val] = id
				}
			}
		}
	case "num":
		r.list = &list{}
		for i := range r.list.start {
			r.list.start[i] = -1
		}
		r.lists[attr(e, "numId")] = r.list
	case "abstractNumId":
		if r.list != nil {
			r.list.abstract = val
		}
	case "lvlOverride":
		r.ilvl = levelOf(attr(e, "ilvl"))
	case "startOverride":
		if r.list != nil && r.ilvl >= 0 {
			r.list.start[r.ilvl], _ = strconv.Atoi(val)
		}
	case "lvl":
		r.level = &level{start: 1, format: "decimal", restart: -1, suffix: "tab", defined: true}
		switch i := levelOf(attr(e, "ilvl")); {
		case i < 0:
		case r.abstract != nil:
			r.abstract.level[i] = *r.level
			r.level = &r.abstract.level[i]
		case r.list != nil:
			r.list.own[i] = r.level
		}
	}
	if r.level == nil {
		return
	}
	switch e.Name.Local {
	case "start":
		r.level.start, _ = strconv.Atoi(val)
	case "numFmt":
		r.level.format = val
	case "lvlText":
		r.level.text = val
	case "suff":
		r.level.suffix = val
	case "lvlRestart":
		r.level.restart, _ = strconv.Atoi(val)
	case "isLgl":
		r.level.legal = val != "0" && val != "false"
	case "pStyle":
		r.level.pStyle = val
	}
}

// levelOf is a level from its attribute, or -1.
func levelOf(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n >= levels {
		return -1
	}
	return n
}

// resolve replaces definitions that only name a numbering style by the one that defines it.
func (r *numberingReader) resolve() {
	for _, l := range r.lists {
		if a := r.abstracts[l.abstract]; a != nil && a.style != "" {
			if id, ok := r.links[a.style]; ok && id != "" {
				l.abstract = id
			}
		}
	}
}

// next counts one paragraph of a list on and gives its label with what follows it; ok is false where the list or
// the level prints nothing.
func (n *numbering) next(id string, ilvl int) (label string, ok bool) {
	l := n.lists[id]
	if l == nil || id == "0" || ilvl < 0 || ilvl >= levels {
		return "", false
	}
	a := n.abstracts[l.abstract]
	if a == nil {
		return "", false
	}
	at := func(i int) *level {
		if l.own[i] != nil {
			return l.own[i]
		}
		return &a.level[i]
	}
	if !at(ilvl).defined {
		return "", false
	}
	counts := n.counter(id, l)
	start := func(i int) int {
		if l.start[i] >= 0 {
			return l.start[i]
		}
		return at(i).start
	}
	c := &counts[ilvl]
	if c.started {
		c.n++
	} else {
		c.n, c.started = start(ilvl), true
	}
	for i := ilvl + 1; i < levels; i++ {
		if r := at(i).restart; r < 0 || r > 0 && ilvl < r {
			counts[i].started = false
		}
	}
	for i := range ilvl {
		if !counts[i].started { // a level that was passed over prints its first number
			counts[i] = counter{start(i), true}
		}
	}
	lv := at(ilvl)
	if lv.format == "bullet" {
		return bullet(lv.text) + " ", true
	}
	label = lv.text
	for i := range ilvl + 1 {
		kind := at(i).format
		if lv.legal {
			kind = "decimal"
		}
		label = strings.ReplaceAll(label, "%"+strconv.Itoa(i+1), format(kind, counts[i].n))
	}
	if strings.TrimSpace(label) == "" {
		return "", false
	}
	if lv.suffix != "nothing" {
		label += " "
	}
	return label, true
}

// counter gives the counts of a list: lists of one definition count on together, unless one begins anew.
func (n *numbering) counter(id string, l *list) *[levels]counter {
	key := "a" + l.abstract
	for _, s := range l.start {
		if s >= 0 {
			key = "l" + id
		}
	}
	if n.counts[key] == nil {
		n.counts[key] = new([levels]counter)
	}
	return n.counts[key]
}

// bullet is the sign of a bulleted level. Signs of symbol fonts stand in the private use area and are drawn as
// dashes, dots and the like.
func bullet(text string) string {
	r := []rune(text)
	if len(r) != 1 {
		return "-"
	}
	switch {
	case r[0] == '-' || r[0] == '–' || r[0] == '+' || r[0] == '*' || r[0] == '•':
		return text
	case r[0] == '\uf02d' || r[0] == '—':
		return "-"
	case r[0] == '\uf02b':
		return "+"
	case r[0] == 'o':
		return "o"
	}
	return "•"
}
