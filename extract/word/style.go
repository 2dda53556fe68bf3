package word

import "encoding/xml"

// styles are the styles of a DOCX, as far as they change what is printed.
type styles struct {
	byID map[string]*style
	font string // of the defaults
}

// style is what a style sets; "" and nil leave it to the style that it is based on.
type style struct {
	basedOn string
	numID   string
	ilvl    string
	font    string
	caps    *bool
	hidden  *bool
	heading bool
}

// look is how a run is drawn.
type look struct {
	font         string
	caps, hidden bool
}

func newStyles() *styles { return &styles{byID: map[string]*style{}} }

// stylesReader reads styles.xml.
type stylesReader struct {
	*styles
	style    *style
	defaults bool
}

func (r *stylesReader) token(t xml.Token) error {
	switch e := t.(type) {
	case xml.StartElement:
		switch e.Name.Local {
		case "docDefaults":
			r.defaults = true
		case "style":
			r.style = &style{}
			r.byID[attr(&e, "styleId")] = r.style
		case "rFonts":
			if r.defaults {
				r.font = fontOf(&e)
			}
		}
		if r.style != nil {
			r.style.set(&e)
		}
	case xml.EndElement:
		switch e.Name.Local {
		case "docDefaults":
			r.defaults = false
		case "style":
			r.style = nil
		}
	}
	return nil
}

func (s *style) set(e *xml.StartElement) {
	switch e.Name.Local {
	case "basedOn":
		s.basedOn = attr(e, "val")
	case "numId":
		s.numID = attr(e, "val")
	case "ilvl":
		s.ilvl = attr(e, "val")
	case "rFonts":
		s.font = fontOf(e)
	case "caps":
		s.caps = toggle(e)
	case "vanish":
		s.hidden = toggle(e)
	case "outlineLvl":
		s.heading = attr(e, "val") != "9"
	}
}

// fontOf is the font of Latin letters.
func fontOf(e *xml.StartElement) string {
	if f := attr(e, "ascii"); f != "" {
		return f
	}
	return attr(e, "hAnsi")
}

// toggle is the value of a property that is on where it is named.
func toggle(e *xml.StartElement) *bool {
	on := true
	switch attr(e, "val") {
	case "0", "false", "off", "none":
		on = false
	}
	return &on
}

// mostBased is how many styles may be based on each other: loops end there.
const mostBased = 12

// look is how a style draws, with what it is based on.
func (s *styles) look(id string) look {
	l := look{font: s.font}
	var chain [mostBased]*style
	n := 0
	for st := s.byID[id]; st != nil && n < mostBased; st = s.byID[st.basedOn] {
		chain[n] = st
		n++
	}
	for n--; n >= 0; n-- {
		chain[n].apply(&l)
	}
	return l
}

func (s *style) apply(l *look) {
	if s.font != "" {
		l.font = s.font
	}
	if s.caps != nil {
		l.caps = *s.caps
	}
	if s.hidden != nil {
		l.hidden = *s.hidden
	}
}

// list is the list that a paragraph style belongs to.
func (s *styles) list(id string) (numID, ilvl string, heading bool) {
	for n, st := 0, s.byID[id]; st != nil && n < mostBased; n, st = n+1, s.byID[st.basedOn] {
		heading = heading || st.heading
		if numID == "" {
			numID = st.numID
		}
		if ilvl == "" {
			ilvl = st.ilvl
		}
	}
	return numID, ilvl, heading
}
