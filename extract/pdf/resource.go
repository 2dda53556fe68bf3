package pdf

import (
	"strings"

	"github.com/ledongthuc/pdf"
)

// fonts are the fonts of a document, each read once.
type fonts struct {
	file  *file
	known map[string]*font
	names []string // by font.id
}

// mostFonts bounds the fonts that are kept.
const mostFonts = 1 << 12

// get reads a font, or finds it by its printed dictionary, in which what it refers to stands as references.
func (t *fonts) get(v pdf.Value) *font { return t.load(v.String(), v) }

func (t *fonts) load(key string, v pdf.Value) *font {
	if f := t.known[key]; f != nil {
		return f
	}
	f := t.file.newFont(v)
	if len(t.known) < mostFonts {
		t.names = append(t.names, f.name)
		f.id = uint16(len(t.names) - 1)
		t.known[key] = f
	}
	return f
}

// resources are the resources of one stream. Their fonts are found by their references, so that a font that many
// pages share is not read again for each.
type resources struct {
	file  *file
	dict  pdf.Value
	fonts *fonts
	kinds map[string]pdf.Value
	refs  raw // the dictionary of fonts as it is written
	tried bool
	byKey map[string]*font
}

// key is the resource of a kind with a name.
func (r *resources) key(kind, name string) pdf.Value {
	v, ok := r.kinds[kind]
	if !ok {
		v = r.dict.Key(kind)
		if r.kinds == nil {
			r.kinds = map[string]pdf.Value{}
		}
		r.kinds[kind] = v
	}
	return v.Key(name)
}

// font is the font with a name, nil where there is none.
func (r *resources) font(name string) *font {
	if f, ok := r.byKey[name]; ok {
		return f
	}
	if !r.tried {
		r.tried = true
		r.key("Font", "")
		printed := r.kinds["Font"].String()
		if strings.HasPrefix(printed, "<<") {
			r.refs = rawDict(&lexer{src: []byte(printed)})
		}
	}
	if r.byKey == nil {
		r.byKey = map[string]*font{}
	}
	var f *font
	ref := string(r.refs[name])
	switch {
	case strings.HasSuffix(ref, " R"):
		if f = r.fonts.known[ref]; f == nil {
			f = r.fonts.load(ref, r.key("Font", name))
		}
	default:
		if v := r.key("Font", name); v.Kind() == pdf.Dict {
			f = r.fonts.get(v)
		}
	}
	r.byKey[name] = f
	return f
}
