package plan

// Document is what a reader made of one file: its blocks in reading order, before anything is understood.
type Document struct {
	Source   Source
	Blocks   []Block
	Portal   []Field // the data block of a portal's page (Số hiệu, Người ký …), in its order; no part of the text
	Problems []Problem
	Pages    []string // of a scan: the keys under which its recognised pages are kept
}

// Field is one line of a portal's own data, as printed there.
type Field struct{ Name, Value string }

// Style says what a block is, where the file itself says so. A Markdown depth or a bold line is a hint
// (Heading) and never decides a level.
type Style uint8

const (
	Body      Style = iota // a paragraph
	Heading                // set as a heading by the source; a hint only
	Row                    // a row of a table: Cells hold its cells, Text is them joined by " | "
	HeadRow                // a row of column heads
	Footnote               // the text of a footnote, beginning with its mark
	Furniture              // page numbers, menus, running heads: dropped from the text
)

// Block is one paragraph, or one row of a table.
type Block struct {
	Text       string
	Style      Style
	Cells      []string // of a row, in order; an empty string is an empty cell
	Label      string   // an automatic list label that the source computes; it is already part of Text
	Page       int      // from 1; 0 where the format has no pages
	Box        Box      // zero where the source has no geometry
	Font       string   // a font name that hints at a legacy encoding
	Confidence float32  // of OCR, 0 to 1; 0 where the text was not recognised
	Broken     bool     // the source breaks a line or a page after it: the next block may go on with its sentence
}

// Box is a rectangle on a page in points, from the top left corner.
type Box struct{ X0, Y0, X1, Y1 float32 }

// Source describes the file that a document was read from.
type Source struct {
	Path      string            `json:"path"`
	SHA256    string            `json:"sha256,omitempty"`
	MediaType string            `json:"media_type,omitempty"`
	Format    string            `json:"format,omitempty"` // pdf docx doc rtf odt html markdown text
	Pages     int               `json:"pages,omitempty"`
	OCR       bool              `json:"ocr,omitempty"`
	Bytes     int64             `json:"bytes,omitempty"`
	Truncated bool              `json:"truncated,omitempty"` // the source itself is cut: a portal's [...], a paywall
	Tools     map[string]string `json:"tools,omitempty"`     // name → version of program, tables and external programs
}
