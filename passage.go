package kehoach

import (
	"context"
	"strings"
	"unicode"

	"kehoach/corpus"
	"kehoach/index"
	"kehoach/plan"
)

// CopiedPassages are the passages that stand in several documents of a corpus.
type CopiedPassages struct {
	List   []corpus.Copied
	corpus *corpus.Corpus
	cards  map[string]*plan.Plan
}

// PassageWords is the number of syllables under which a passage is a formula.
const PassageWords = 30

// PassageOptions are the settings of FindCopied; the zero value is good.
type PassageOptions struct {
	Least float64              // how much of two passages must be the same, by Jaccard's index; 0 is 0.8
	Words int                  // of shorter ones nothing is told; 0 is PassageWords
	Among func(id string) bool // chooses among the plans; nil takes all
	Tell  func(done, all int)  // is told of the plans that were read
}

// FindCopied finds the passages that stand in several documents of c, which stays open for the places: those in most documents
// first. A passage is the own words of a section, without its label, or a line of what stands outside of sections.
func FindCopied(ctx context.Context, c *corpus.Corpus, opts PassageOptions) (*CopiedPassages, error) {
	if opts.Least == 0 {
		opts.Least = 0.8
	}
	if opts.Words == 0 {
		opts.Words = PassageWords
	}
	list, err := c.CopiedPassages(ctx, corpus.PassageSearch{Cut: passageTexts, Least: opts.Least, Words: opts.Words, Among: opts.Among, Tell: opts.Tell})
	return &CopiedPassages{List: list, corpus: c, cards: make(map[string]*plan.Plan)}, err
}

// Passage is one passage of a plan.
type Passage struct {
	Section plan.Ref // none outside of sections
	Path    []string
	Heading string
	Text    string
}

// afterLabel is what stands between a label and the words behind it.
const afterLabel = " \t\r\n\u00a0.):/-–"

// Passages cuts a plan into its passages, in the order of the text.
func Passages(p *plan.Plan) (list []Passage) {
	for _, r := range index.Records(p) {
		if _, ok := r.Section.ID(); ok {
			list = append(list, Passage{r.Section, r.Path, r.Heading, strings.TrimRightFunc(strings.TrimLeft(r.PassageOf(p.Text), afterLabel), unicode.IsSpace)})
			continue
		}
		for line := range strings.Lines(r.Text(p.Text)) {
			if line = strings.TrimFunc(line, unicode.IsSpace); line != "" {
				list = append(list, Passage{Text: line})
			}
		}
	}
	return list
}

func passageTexts(p *plan.Plan) []string {
	all := Passages(p)
	texts := make([]string, len(all))
	for i, one := range all {
		texts[i] = one.Text
	}
	return texts
}

// heldCards bounds the plans that are held for the places of passages.
const heldCards = 256

// At gives the plan of a place, as Cards of the corpus does, and the passage that stands there.
func (f *CopiedPassages) At(place corpus.PassagePlace) (*plan.Plan, Passage, error) {
	p := f.cards[place.Plan]
	if p == nil {
		list, err := f.corpus.Cards([]string{place.Plan})
		if err != nil {
			return nil, Passage{}, err
		}
		if p = list[0]; p == nil {
			return nil, Passage{}, corpus.ErrNoPlan // forgotten meanwhile
		}
		if len(f.cards) >= heldCards {
			clear(f.cards)
		}
		f.cards[place.Plan] = p
	}
	all := Passages(p)
	if place.N >= len(all) {
		return nil, Passage{}, corpus.ErrNoPlan // read anew meanwhile
	}
	return p, all[place.N], nil
}
