// Package extract reads a file of any known format into a plan, in three steps: a reader makes blocks of the
// bytes, the blocks are normalised and mended, and structure understands them.
//
//	data, err := extract.File("kh-45.txt")
//	p, err := extract.Read(ctx, "kh-45.txt", data)
//	fmt.Println(p.Number, p.Issuer.Name, len(p.Sections))
//
// What a file is, its content tells, never its name. Formats lists the readers; a new format is one row there.
// What is done to the blocks of every format alike stands in the list mends: a portal's own lines are taken out,
// columns are put in order, broken sentences are joined. A document that was read is never refused: what is odd
// about it stands in its Problems.
package extract

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"

	"kehoach/extract/html"
	"kehoach/extract/mail"
	"kehoach/extract/markdown"
	"kehoach/extract/pdf"
	"kehoach/extract/structure"
	"kehoach/extract/text"
	"kehoach/extract/word"
	"kehoach/normalize"
	"kehoach/plan"
)

// Version is the version of the readers; it is raised when the same bytes may give other words.
const Version = "1"

// The errors of reading. Each comes wrapped with the file's name and a reason in words.
var (
	ErrUnreadable = errors.New("cannot be read")
	ErrEncrypted  = errors.New("is encrypted")
	ErrLimit      = errors.New("is beyond a limit")
)

// Format is one kind of file: how its content shows it, and who reads it.
type Format struct {
	Name      string // as Source.Format
	MediaType string
	Sniff     func(s *sample) bool
	Read      func(data []byte) (*plan.Document, error)
	ReadLong  func(ctx context.Context, data []byte) (*plan.Document, error) // instead of Read, where it may take long
	Plain     bool                                                           // its reader is total and bounded: no child process is needed
	Binary    bool                                                           // its bytes are no text: it is tried before what is foreign is refused
	Tools     map[string]string                                              // libraries that shape what is read, with their versions
	Picture   bool                                                           // a picture of a page
	Carries   bool                                                           // what it carries is read in its place: see Attachments
}

// Formats lists the formats in the order in which content is tried against them. Text takes what is left.
var Formats = []Format{
	{Name: "pdf", MediaType: "application/pdf", Sniff: (*sample).pdf, ReadLong: readPDF, Binary: true, Tools: pdf.Tools},
	{Name: "png", MediaType: "image/png", Sniff: (*sample).png, ReadLong: readImage, Binary: true, Picture: true},
	{Name: "jpeg", MediaType: "image/jpeg", Sniff: (*sample).jpeg, ReadLong: readImage, Binary: true, Picture: true},
	{Name: "tiff", MediaType: "image/tiff", Sniff: (*sample).tiff, ReadLong: readImage, Binary: true, Picture: true},
	{Name: "docx", MediaType: "application/vnd.openxmlformats-officedocument.wordprocessingml.document", Sniff: (*sample).docx, Read: word.ReadDOCX, Binary: true},
	{Name: "odt", MediaType: "application/vnd.oasis.opendocument.text", Sniff: (*sample).odt, Read: word.ReadODT, Binary: true},
	{Name: "doc", MediaType: "application/msword", Sniff: (*sample).doc, Read: word.ReadDOC, Binary: true, Tools: map[string]string{"mscfb": word.CompoundVersion}},
	{Name: "rtf", MediaType: "application/rtf", Sniff: (*sample).rtf, Read: word.ReadRTF, Binary: true},
	{Name: "eml", MediaType: "message/rfc822", Sniff: (*sample).mail, Read: mail.Reader{Text: text.Read, HTML: html.Read}.Read, Binary: true, Carries: true},
	{Name: "html", MediaType: "text/html", Sniff: (*sample).html, Read: html.Read, Tools: map[string]string{"golang.org/x/net": html.Version}},
	{Name: "markdown", MediaType: "text/markdown", Sniff: (*sample).markdown, Read: markdown.Reader{Fragment: html.Fragment}.Read, Plain: true,
		Tools: map[string]string{"goldmark": markdown.Version}},
	{Name: "text", MediaType: "text/plain", Sniff: (*sample).text, Read: text.Read, Plain: true},
}

// mends is what is done to the blocks of every format, in order, once their words are clean.
var mends = []struct {
	name string
	do   func(*plan.Document)
}{
	{"columns", unfoldColumns}, // letterhead and signature, column by column
	{"portal", takePortal},     // a portal's own lines, and where it cut the document
	{"furniture", takeFurniture},
	{"notes", moveNotes}, // footnotes behind the body
	{"rows", mendRows},
	{"paragraphs", joinParagraphs},
}

// Read reads one document in this process. path only names it. Its errors are ErrUnreadable, ErrEncrypted, ErrLimit
// or the context's.
func Read(ctx context.Context, path string, data []byte) (*plan.Plan, error) {
	return (*Reader)(nil).Read(ctx, path, data)
}

// Document is Reader.Document in this process.
func Document(ctx context.Context, path string, data []byte) (*plan.Document, error) {
	return (*Reader)(nil).Document(ctx, path, data)
}

// Read reads one document. path only names it. Its errors are ErrUnreadable, ErrEncrypted, ErrLimit, ErrNoChild or
// the context's.
func (r *Reader) Read(ctx context.Context, path string, data []byte) (*plan.Plan, error) {
	reading, err := r.Blocks(ctx, path, data)
	if err != nil {
		return nil, err
	}
	return reading.Plan(), nil
}

// Text reads what Read does, but for the structure: a plan of its source, its text and what is odd about them.
func (r *Reader) Text(ctx context.Context, path string, data []byte) (*plan.Plan, error) {
	doc, repairs, err := r.read(ctx, path, data)
	if err != nil {
		return nil, err
	}
	p := structure.Text(doc)
	p.Problems = append(p.Problems, repairs.Problems(p.Text)...)
	return p, nil
}

// Document reads the blocks of one document, normalised and mended: the words that structure sees. Blocks of
// style Furniture are kept, so that nothing of the file is lost without a trace.
func (r *Reader) Document(ctx context.Context, path string, data []byte) (*plan.Document, error) {
	doc, _, err := r.read(ctx, path, data)
	return doc, err
}

// read does the work of Document, and gives the report of what was repaired in the words.
func (r *Reader) read(ctx context.Context, path string, data []byte) (*plan.Document, *normalize.Report, error) {
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	f, err := format(path, data)
	if err != nil {
		return nil, nil, err
	}
	var doc *plan.Document
	var carried []plan.Problem
	if f.Carries {
		doc, carried = r.attached(ctx, data)
	}
	if doc == nil {
		doc, err = r.blocks(ctx, f, data)
	}
	if ctx.Err() != nil {
		return nil, nil, ctx.Err()
	}
	if err != nil {
		return nil, nil, fmt.Errorf("extract: %s: %w", path, err)
	}
	doc.Problems = append(doc.Problems, carried...)
	describe(doc, f, path, data)
	repairs := clean(doc)
	for _, m := range mends {
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		m.do(doc)
	}
	return doc, &repairs, nil
}

// format is the first of Formats that takes the content.
func format(path string, data []byte) (*Format, error) {
	s := newSample(data)
	for _, binary := range []bool{true, false} {
		for i := range Formats {
			if Formats[i].Binary == binary && Formats[i].Sniff(s) {
				return &Formats[i], nil
			}
		}
		if why := s.foreign(); why != "" {
			return nil, unreadable(path, why)
		}
	}
	return nil, unreadable(path, "its format is not known")
}

// describe fills the source of a document.
func describe(doc *plan.Document, f *Format, path string, data []byte) {
	sum := sha256.Sum256(data)
	src := &doc.Source
	src.Path = path
	src.SHA256 = hex.EncodeToString(sum[:])
	src.Bytes = int64(len(data))
	src.Format, src.MediaType = f.Name, f.MediaType
	if src.Tools == nil {
		src.Tools = map[string]string{}
	}
	src.Tools["extract"] = Version
	for name, version := range f.Tools {
		src.Tools[name] = version
	}
}

// code is the problem that stands for an error of reading.
func code(err error) string {
	switch {
	case errors.Is(err, ErrEncrypted):
		return plan.Encrypted
	case errors.Is(err, ErrLimit):
		return plan.LimitExceeded
	}
	return plan.Unreadable
}
