package normalize

import (
	"fmt"
	"strings"

	"kehoach/plan"
)

// Kind is a kind of repair.
type Kind string

// The kinds of repairs. Blanks, Invisible and Glyphs are only counted: they change no word.
const (
	Decoded   Kind = "encoding"  // a paragraph was in an old encoding
	Letters   Kind = "letters"   // look-alikes of Vietnamese letters
	Spelling  Kind = "spelling"  // a spelling that is always safe to mend: nuớc, bưóc, nghành
	Glued     Kind = "glued"     // words that had lost the blank between them
	Spaced    Kind = "spaced"    // a word set with blanks between its letters
	Broken    Kind = "broken"    // a word that the end of a line or page had cut
	Blanks    Kind = "blanks"    // blanks and ends of lines of other kinds, and runs of blanks
	Invisible Kind = "invisible" // runes that no reader sees
	Glyphs    Kind = "glyphs"    // bullets of symbol fonts
	Furniture Kind = "furniture" // page numbers and repeated head lines, taken out
)

// Repair is one thing that was put right.
type Repair struct {
	Kind Kind
	Para int       // the index of its paragraph
	Span plan.Span // what stands now, in bytes of the paragraph's text
	From string    // what stood there; of Decoded the name of the encoding
	To   string    // what stands there now; "" of Decoded
}

// Report is what was repaired in a document.
type Report struct {
	Encoding Encoding     // of most of its text
	Counts   map[Kind]int // how often each kind was put right
	Repairs  []Repair     // in the order of the text; not of kinds that are only counted
	texts    []string     // the paragraphs, to find them again
}

func (r *Report) count(k Kind, n int) {
	if n > 0 {
		if r.Counts == nil {
			r.Counts = map[Kind]int{}
		}
		r.Counts[k] += n
	}
}

func (r *Report) add(rep Repair) {
	r.count(rep.Kind, 1)
	r.Repairs = append(r.Repairs, rep)
}

// Problems gives the repairs as problems of a plan whose canonical text is text: one for the encoding, one for all
// look-alikes, and one for each word that was changed, with its span in that text. A repair whose paragraph
// is no longer in the text is left out; paragraphs are looked for in their order first, then anywhere.
func (r *Report) Problems(text string) []plan.Problem {
	var list []plan.Problem
	decoded, letters := map[string]bool{}, false
	cursor, para, at := 0, -1, -1
	for _, rep := range r.Repairs {
		if rep.Para != para {
			para, at = rep.Para, -1
			words := r.texts[para]
			if k := strings.Index(text[cursor:], words); k >= 0 {
				at = cursor + k
			} else {
				at = strings.Index(text, words)
			}
			if at >= 0 {
				cursor = at + len(words)
			}
		}
		if at < 0 {
			continue
		}
		p := plan.Problem{Code: plan.TextRepaired, Span: plan.Span{Start: at + rep.Span.Start, End: at + rep.Span.End}}
		switch rep.Kind {
		case Decoded:
			if decoded[rep.From] {
				continue
			}
			decoded[rep.From] = true
			p.Message = fmt.Sprintf("decoded from %s in %d paragraphs, here first", rep.From, r.decodedFrom(rep.From))
		case Letters:
			if letters {
				continue
			}
			letters = true
			p.Message = fmt.Sprintf("letters that look like Vietnamese ones put right in %d words, here first: %s", r.Counts[Letters], rep.From)
		default:
			p.Message = fmt.Sprintf("%s: %q was %q", rep.Kind, rep.To, rep.From)
		}
		list = append(list, p)
	}
	return list
}

func (r *Report) decodedFrom(enc string) (n int) {
	for _, rep := range r.Repairs {
		if rep.Kind == Decoded && rep.From == enc {
			n++
		}
	}
	return n
}
