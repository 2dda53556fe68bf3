// Package layout puts the words of pages into reading order: it finds lines, tables, the columns of letterheads and
// signatures, footnotes and page furniture, and makes paragraphs of the lines. It knows words and rules only, by their
// places on the page, so that a page that was painted and one that was recognised are laid out alike.
//
//	page := &layout.Page{Number: 1, Width: 595, Height: 842, Words: layout.Words(glyphs), Rules: rules}
//	blocks := layout.Blocks([]*layout.Page{page})
//
// All lengths are points, from the top left corner of the page as it is read.
package layout

import "kehoach/plan"

// Page is one page as it is read: upright.
type Page struct {
	Number        int // from 1
	Width, Height float32
	Words         []Word
	Rules         []Rule
	Blocks        []plan.Block // of a page that something else has laid out; its words and rules are not looked at
}

// Word is a word on a page.
type Word struct {
	Text       string
	X0, X1     float32
	Y          float32 // of its baseline
	Size       float32 // of its type
	Font       string
	Confidence float32 // of recognition, 0 to 1; 0 where it was not recognised
	Raised     bool    // set above the line in small type: the mark of a note, an exponent
	Glued      bool    // no blank before it
	Turned     bool    // reads upwards or downwards; X and Y are those of its box
}

// Rule is a straight line, drawn level or upright. Slanted ones are of no use and are left out.
type Rule struct{ X0, Y0, X1, Y1 float32 }

// Blocks lays out the pages of a document.
func Blocks(pages []*Page) []plan.Block {
	d := &document{}
	for _, p := range pages {
		d.pages = append(d.pages, layPage(p))
	}
	d.measure()
	d.takeFurniture()
	d.takeNotes()
	return d.blocks()
}

// document is a document on its way from pages of items to blocks.
type document struct {
	pages []*sheet
	notes map[string]bool // marks of the footnotes
}

// sheet is a page whose words have been put in order.
type sheet struct {
	*Page
	items []item
	rules []Rule // level ones that belong to no table
	left  float32
	right float32
	full  int     // wide lines, which show the right margin
	lead  float32 // usual distance of baselines
	body  float32 // usual size of type
	setIn bool    // first lines of paragraphs are set in
}

// item is a line or a row of a table, in reading order.
type item struct {
	line *line
	row  *row
}

// line is a line of text in one column.
type line struct {
	text      string // marks of notes stand between markOpen and markShut
	words     []Word
	x0, x1, y float32
	size      float32
	font      string
	region    int // lines of one column have the same
	column    bool
	conf      float32
	first     float32 // width of the first word
	kind      lineKind
	tab       float32 // where the words behind its label begin, 0 where it has none
}

type lineKind uint8

const (
	bodyLine lineKind = iota
	furnitureLine
	noteLine
)

// row is a row of a table.
type row struct {
	cells   []string
	columns []float32 // the edges of the columns, one more than cells
	table   int       // rows of one table on one page have the same
	y0, y1  float32
	size    float32
	font    string
	conf    float32
	dropped bool // a head row that is repeated on the next page
	ruled   bool
	whole   bool // one cell over all columns
}

// Marks of notes inside the text of a line; they are no characters of any document.
const (
	markOpen = '\x02'
	markShut = '\x03'
)
