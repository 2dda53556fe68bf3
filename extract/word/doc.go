// Package word reads the files of word processors: DOCX (Office Open XML), ODT (OpenDocument Text), DOC (Word 97 to
// 2003) and RTF (Rich Text Format).
//
//	doc, err := word.ReadDOCX(data)
//	for _, b := range doc.Blocks {
//		fmt.Println(b.Label, b.Text)
//	}
//
// The text is what the program prints: automatic numbers are counted and stand in front of their paragraphs,
// insertions are accepted and deletions gone, fields show their result, hidden text is left out, and what is drawn
// in capitals is in capitals. Headers and footers are furniture, footnotes follow the body with their marks. Words in
// the fonts of old encodings (.VnTime, VNI-Times) go on as their bytes, with the font as a hint; where runs of several
// encodings stand in one paragraph, they are decoded here.
package word

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"

	"kehoach/plan"
)

// The bounds of what is read out of one file, against archives that unpack without end.
const (
	mostPart   = 256 << 20 // bytes of one part of the archive
	mostBlocks = 1 << 20   // paragraphs and rows
	mostDepth  = 200       // elements inside each other
)

// ErrTooLarge and ErrTooMany are the refusals of a document that is beyond these bounds.
var (
	ErrTooLarge = errors.New("a part of it unpacks to more than 256 MB")
	ErrTooMany  = errors.New("it has more than a million paragraphs")
)

// archive is the zip that both formats are.
type archive struct{ zip *zip.Reader }

func openArchive(data []byte) (archive, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return archive{}, fmt.Errorf("its archive is damaged: %w", err)
	}
	return archive{z}, nil
}

// part opens a part of the archive; nil where there is none.
func (a archive) part(name string) (io.ReadCloser, error) {
	for _, f := range a.zip.File {
		if f.Name != name {
			continue
		}
		if f.UncompressedSize64 > mostPart {
			return nil, ErrTooLarge
		}
		r, err := f.Open()
		if err != nil {
			return nil, fmt.Errorf("its part %s: %w", name, err)
		}
		return struct {
			io.Reader
			io.Closer
		}{&limited{r, mostPart}, r}, nil
	}
	return nil, nil
}

// tokens reads a part as XML and hands each token to do, until its end. What is damaged ends the part: the words
// before it are kept, and the error says where.
func (a archive) tokens(name string, do func(xml.Token) error) (found bool, err error) {
	r, err := a.part(name)
	if r == nil || err != nil {
		return false, err
	}
	defer r.Close()
	d := xml.NewDecoder(r)
	d.Strict = false
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	depth := 0
	for {
		t, err := d.RawToken()
		if err == io.EOF {
			return true, nil
		}
		if err != nil {
			return true, fmt.Errorf("its part %s is damaged: %w", name, err)
		}
		switch t.(type) {
		case xml.StartElement:
			if depth++; depth > mostDepth {
				return true, fmt.Errorf("its part %s nests too deep", name)
			}
		case xml.EndElement:
			depth--
		}
		if err := do(t); err != nil {
			return true, err
		}
	}
}

// limited fails where more than left bytes are read.
type limited struct {
	r    io.Reader
	left int64
}

func (l *limited) Read(p []byte) (int, error) {
	n, err := l.r.Read(p)
	if l.left -= int64(n); l.left < 0 {
		return 0, ErrTooLarge
	}
	return n, err
}

// attr is the value of an attribute by its local name.
func attr(e *xml.StartElement, name string) string {
	for i := range e.Attr {
		if e.Attr[i].Name.Local == name {
			return e.Attr[i].Value
		}
	}
	return ""
}

// finish ends a document: notes stand behind the body.
func finish(blocks, notes []plan.Block, damage error) (*plan.Document, error) {
	if len(blocks) == 0 && damage != nil {
		return nil, damage
	}
	doc := &plan.Document{Blocks: append(blocks, notes...)}
	if damage != nil {
		doc.Problems = append(doc.Problems, plan.Problem{Code: plan.TruncatedSource, Message: damage.Error()})
	}
	return doc, nil
}
