package index

import (
	"cmp"
	"os"
	"slices"
	"strings"
	"sync"

	"github.com/blevesearch/bleve/v2/index/scorch"
	bleveindex "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
	zap "github.com/blevesearch/zapx/v17"
)

// register makes scorch build its segments through ordered. It is the only thing that is registered with bleve.
var register = sync.OnceFunc(func() { scorch.RegisterSegmentPlugin(segments, true) })

// segments is the segment format of the index.
var segments = &ordered{new(zap.ZapPlugin)}

// ordered is zapx with the documents of each new segment in the order of their ids. Scorch takes a batch in any
// order; sorted, the records of a plan stand side by side, the head first, and merging keeps them so.
type ordered struct{ *zap.ZapPlugin }

// NewUsing builds a segment in memory.
func (o *ordered) NewUsing(docs []bleveindex.Document, config map[string]any) (segment.Segment, uint64, error) {
	slices.SortFunc(docs, func(a, b bleveindex.Document) int { return cmp.Compare(a.ID(), b.ID()) })
	return o.ZapPlugin.NewUsing(docs, config)
}

// OpenUsing opens a segment that is on disk. Scorch makes its files for their owner alone; others read them too, as they do the
// rest of a corpus. That this fails says only that they are another's, or cannot be changed.
func (o *ordered) OpenUsing(path string, config map[string]any) (segment.Segment, error) {
	os.Chmod(path, fileMode)
	return o.ZapPlugin.OpenUsing(path, config)
}

// fileMode is the mode of the files of an index; its folders say who may come to them.
const fileMode = 0o644

// analyzer turns tokens into terms and terms into what a segment is built from. It remembers the words that it has
// seen, so that most cost one look into a map. It serves one goroutine.
type analyzer struct {
	words  map[string]int32 // a token's bytes → index in texts
	texts  []string         // terms
	byTerm map[string]int32 // a term → the first index with it: two spellings of one word are one

	list []uint64 // of the record under way: a term's number, and its position in the lower half
	pos  int32    // of the next word
	n    int      // words so far, wholes left out
	buf  []int32
}

// maxWords bounds what an analyzer remembers: rubbish from a broken text layer makes a new word at every step.
const maxWords = 1 << 17

var analyzers = sync.Pool{New: func() any { return newAnalyzer() }}

func newAnalyzer() *analyzer {
	return &analyzer{words: make(map[string]int32), byTerm: make(map[string]int32)}
}

// intern is the number of a token's term.
func (a *analyzer) intern(raw string) int32 {
	if id, ok := a.words[raw]; ok {
		return id
	}
	raw = strings.Clone(raw) // a memory of words, not of the texts they came from
	text := termOf(raw).String()
	id, ok := a.byTerm[text]
	if !ok {
		id = int32(len(a.texts))
		a.texts = append(a.texts, text)
		a.byTerm[text] = id
	}
	a.words[raw] = id
	return id
}

// read appends the tokens of a text to the list under way. Positions go on from the last, and leave one out where
// a clause begins, so that no phrase goes over its end.
func (a *analyzer) read(text string) {
	s := newScanner(text)
	from, gaps := a.pos, int32(0)
	whole := false // the parts of a whole that opens a clause do not open it again
	for {
		t, ok := s.scan()
		if !ok {
			break
		}
		if t.first && !whole {
			gaps++
		}
		whole = t.whole
		a.pos = from + gaps + int32(t.pos)
		a.list = append(a.list, uint64(a.intern(text[t.start:t.end]))<<32|uint64(a.pos))
		if !t.whole {
			a.n++
		}
	}
	a.pos++
}

// reset begins a new record, and forgets the words where they have become too many.
func (a *analyzer) reset() {
	a.list, a.pos, a.n = a.list[:0], 0, 0
	if len(a.words) > maxWords {
		clear(a.words)
		clear(a.byTerm)
		a.texts = nil
	}
}

// field makes the field of what was read since reset: each term with its positions.
func (a *analyzer) field(name string) *field {
	slices.Sort(a.list)
	f := &field{name: name, options: bleveindex.IndexField | bleveindex.IncludeTermVectors, length: a.n}
	terms := 0
	for i, key := range a.list {
		if i == 0 || key>>32 != a.list[i-1]>>32 {
			terms++
		}
	}
	f.freqs = make(bleveindex.TokenFrequencies, terms)
	for i := 0; i < len(a.list); {
		id := a.list[i] >> 32
		a.buf = a.buf[:0]
		for ; i < len(a.list) && a.list[i]>>32 == id; i++ {
			a.buf = append(a.buf, int32(a.list[i]))
		}
		f.freqs[a.texts[id]] = encode(a.buf)
	}
	return f
}

// frequency is a number without locations. Small ones are shared and never written to.
func frequency(n int) *bleveindex.TokenFreq {
	if n < len(shared) {
		return shared[n]
	}
	f := new(bleveindex.TokenFreq)
	f.SetFrequency(n)
	return f
}

var shared = func() (list [4096]*bleveindex.TokenFreq) {
	all := make([]bleveindex.TokenFreq, len(list))
	for n := range list {
		all[n].SetFrequency(n)
		list[n] = &all[n]
	}
	return list
}()
