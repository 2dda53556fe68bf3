// Package pdf reads PDF documents: the letters that the pages paint, laid out as a person reads them.
//
//	doc, pages, err := pdf.ReadWith(data, pdf.Options{})
//	for _, p := range pages {
//		fmt.Println(p.Number, p.Letters, p.NeedsOCR)
//	}
//
// Objects come from github.com/ledongthuc/pdf, through a cross-reference table that is written here (see file);
// everything above them is our own: content streams, fonts, forms and the appearances of annotations. The layout
// (package layout) finds lines, columns, tables, footnotes and furniture. A damaged file is tried again as pdfcpu
// writes it anew, and then by a scan for its objects.
package pdf

import (
	"cmp"
	"errors"
	"fmt"

	"kehoach/extract/pdf/layout"
	"kehoach/plan"
)

// Tools are the libraries that shape what is read, with their versions.
var Tools = map[string]string{"ledongthuc/pdf": "v0.0.0-20260907135840", "pdfcpu": "v0.15.0"}

// The errors of reading.
var (
	ErrEncrypted = errors.New("it opens only with a password")
	ErrDamaged   = errors.New("the file is damaged")
)

// Options change how a document is read. The zero value reads the text layer alone.
type Options struct {
	// OCR reads a page (from 1) whose text layer is missing or no good. Its blocks stand for the page; where it
	// gives none, or an error, the text layer is kept.
	OCR func(page int) ([]plan.Block, error)
	// Words recognises the words of such a page instead, for the same layout as the others. It is asked before OCR.
	Words func(page int) (*layout.Page, error)
}

// Page says of a page what decides whether its text layer can be trusted.
type Page struct {
	Number        int // from 1
	Width, Height float32
	Letters       int     // visible ones
	Stamped       int     // those among them that a signature or another annotation paints
	Unseen        int     // letters painted invisibly: somebody's recognition under an image
	Missing       int     // letters that their font does not name
	Images        float32 // share of the page that images cover, 0 to 1
	Curves        int     // curved pieces of paths
	Valid         float32 // share of valid Vietnamese syllables after decoding, 1 where it was not looked at
	NeedsOCR      bool
	Reason        string // why it needs recognition, in words
	Recognised    bool   // its blocks come from Options
	Err           error  // of recognition, or a fault of the page
}

// Read makes blocks of the text layer of a document. Pages that need recognition are named in a problem.
func Read(data []byte) (*plan.Document, error) {
	doc, _, err := ReadWith(data, Options{})
	return doc, err
}

// ReadWith makes blocks of a document and tells of each page. The error is ErrEncrypted, or ErrDamaged with a reason.
func ReadWith(data []byte, o Options) (*plan.Document, []Page, error) {
	data = apart(fromHeader(data))
	var best *reading
	var fault error
	for _, attempt := range attempts {
		f, err := attempt(data)
		var r *reading
		if err == nil {
			r, err = read(f)
		}
		if errors.Is(err, ErrEncrypted) {
			return nil, nil, ErrEncrypted
		}
		if err != nil {
			fault = cmp.Or(fault, err)
		} else if r.better(best) {
			best = r
		}
		if best.whole() {
			break
		}
	}
	if best == nil {
		return nil, nil, fmt.Errorf("%w: %w", ErrDamaged, fault)
	}
	return best.document(o)
}

// attempts are the ways to open a file, in the order in which they are tried until one reads all pages: as it is,
// as pdfcpu writes it anew, and by a scan for its objects.
var attempts = []func([]byte) (*file, error){open, rewritten, scanned}

// rewritten opens a file as pdfcpu writes it anew.
func rewritten(data []byte) (*file, error) {
	out, err := rewrite(data)
	if err != nil {
		return nil, err
	}
	return open(fromHeader(out))
}

// scanned opens a file by its objects alone.
func scanned(data []byte) (*file, error) { return assemble(scan(data)) }
