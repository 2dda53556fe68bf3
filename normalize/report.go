package normalize

import (
	"bytes"
	"encoding/gob"
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

// packed is a report as it is kept: of the paragraphs only those that were repaired.
type packed struct {
	Encoding Encoding
	Counts   map[Kind]int
	Repairs  []Repair
	Texts    map[int]string
}

// GobEncode lets a report be kept beside the words that it speaks of.
func (r *Report) GobEncode() ([]byte, error) {
	p := packed{r.Encoding, r.Counts, r.Repairs, map[int]string{}}
	for _, rep := range r.Repairs {
		p.Texts[rep.Para] = r.texts[rep.Para]
	}
	var b bytes.Buffer
	err := gob.NewEncoder(&b).Encode(p)
	return b.Bytes(), err
}

// GobDecode makes the report that was encoded: it tells the same Problems.
func (r *Report) GobDecode(data []byte) error {
	var p packed
	if err := gob.NewDecoder(bytes.NewReader(data)).Decode(&p); err != nil {
		return err
	}
	r.Encoding, r.Counts, r.Repairs, r.texts = p.Encoding, p.Counts, p.Repairs, nil
	for para, text := range p.Texts {
		for len(r.texts) <= para {
			r.texts = append(r.texts, "")
		}
		r.texts[para] = text
	}
	for _, rep := range r.Repairs {
		if rep.Para < 0 || rep.Para >= len(r.texts) {
			return fmt.Errorf("a repair in paragraph %d, which is not there", rep.Para)
		}
	}
	return nil
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
