package word

import (
	"encoding/xml"
	"errors"
	"strconv"
	"strings"

	"kehoach/plan"
)

// ReadDOCX reads an Office Open XML document. Its errors say why there are no words to be had.
func ReadDOCX(data []byte) (*plan.Document, error) {
	a, err := openArchive(data)
	if err != nil {
		return nil, err
	}
	st := &stylesReader{styles: newStyles()}
	num := &numberingReader{numbering: newNumbering(), links: map[string]string{}}
	// Styles and numbers are worth having, but the words are there without them.
	_, stylesErr := a.tokens("word/styles.xml", st.token)
	_, numErr := a.tokens("word/numbering.xml", num.token)
	num.resolve()
	w := &docx{styles: st.styles, numbering: num.numbering, notes: map[string]string{}}
	for _, part := range []struct{ name, element string }{{"word/footnotes.xml", "footnote"}, {"word/endnotes.xml", "endnote"}} {
		if err := w.readNotes(a, part.name, part.element); err != nil && stylesErr == nil {
			stylesErr = err
		}
	}
	body := &docxBody{docx: w}
	found, err := a.tokens("word/document.xml", body.token)
	body.flush()
	if !found && err == nil {
		return nil, errors.New("it holds no word/document.xml")
	}
	body.blocks = append(body.blocks, w.noteBlocks()...)
	unmarked(body.blocks)
	return finish(body.blocks, nil, errors.Join(err, stylesErr, numErr))
}

// docx is what all parts of one document share.
type docx struct {
	styles    *styles
	numbering *numbering
	notes     map[string]string // "footnote7" → its text
	cited     []string          // keys of the notes in the order of their marks
}

// readNotes reads the texts of footnotes or endnotes.
func (w *docx) readNotes(a archive, name, element string) error {
	var id string
	var body *docxBody
	_, err := a.tokens(name, func(t xml.Token) error {
		if e, ok := t.(xml.StartElement); ok && e.Name.Local == element {
			id, body = attr(&e, "id"), &docxBody{docx: w}
			if kind := attr(&e, "type"); kind != "" && kind != "normal" { // separators
				body = nil
			}
			return nil
		}
		if e, ok := t.(xml.EndElement); ok && e.Name.Local == element {
			if body != nil {
				body.flush()
				var words []string
				for _, b := range body.blocks {
					words = append(words, strings.Fields(b.Text)...)
				}
				w.notes[element+id] = strings.Join(words, " ")
			}
			body = nil
			return nil
		}
		if body != nil {
			return body.token(t)
		}
		return nil
	})
	return err
}

// cite gives the mark of a note, in the order in which the text names them.
func (w *docx) cite(key string) string {
	if w.notes[key] == "" {
		return ""
	}
	for i, k := range w.cited {
		if k == key {
			return "[" + strconv.Itoa(i+1) + "]"
		}
	}
	w.cited = append(w.cited, key)
	return "[" + strconv.Itoa(len(w.cited)) + "]"
}

// noteBlocks are the notes that the text cites, each behind its mark.
func (w *docx) noteBlocks() []plan.Block {
	var out []plan.Block
	for i, key := range w.cited {
		out = append(out, plan.Block{Text: "[" + strconv.Itoa(i+1) + "] " + w.notes[key], Style: plan.Footnote})
	}
	return out
}
