// Package synth makes plans: documents that look like the ones that Vietnamese authorities publish, with known
// answers. They are for benchmarks, and for tests of the whole way; they say nothing about how well real documents
// are read, for whoever writes both a generator and a parser makes the same mistakes twice. So its wording stands in
// tables of its own, which no other room reads.
//
//	m := synth.New(7)
//	doc := m.Plan(0)            // the same bytes for the same seed and number, on every machine
//	os.WriteFile(doc.Name, doc.Bytes, 0o644)
//	fmt.Println(doc.Truth.Number, doc.Layout, doc.Damage)
//
// A document is drafted as lines of canonical text with marks on them (draft.go); what is marked becomes the truth, a
// plan.Plan whose spans count bytes of its own Text. Then the lines are damaged (damage.go) and rendered (render.go).
// Documents come in the layouts of templates/layouts.tsv, one after the other; about a third are damaged.
package synth

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"

	"kehoach/plan"
)

// Maker makes the documents of one seed. It holds no state: Plan may be called in any order, and by several at once.
type Maker struct{ seed uint64 }

// New is the maker of a seed.
func New(seed uint64) *Maker { return &Maker{seed} }

// Doc is one made document.
type Doc struct {
	Name   string     // a file name, with the extension of its format
	Format string     // text, markdown or html
	Layout string     // a name of Layouts
	Damage []string   // names of Damages; none for a sound document
	Bytes  []byte     // the file, UTF-8
	Truth  *plan.Plan // what a reader should find; Text is the canonical text without damage

	// Unscored names measures of internal/accuracy that the document leaves open.
	Unscored []string
}

// Plan makes document i, from 0.
func (m *Maker) Plan(i int) Doc { return m.document(i, 1, 0) }

// Broad makes document i with about so many nodes at most: the words are those of Plan, and the labelled lines beyond that, from
// the deepest, open no node but belong to the one before.
func (m *Maker) Broad(i, nodes int) Doc { return m.document(i, 1, nodes) }

// Long makes a document of about size bytes in one layout, without damage: what a plan has comes again and again, in lists no longer
// than real ones.
func (m *Maker) Long(size int) Doc {
	for i := range layouts {
		if layouts[i].name == "org-groups" {
			return m.document(i, max(1, size/7200), 0)
		}
	}
	panic("synth: layouts.tsv: no org-groups")
}

func (m *Maker) document(i, scale, nodes int) Doc {
	d := &dice{state: m.seed*0x9e3779b97f4a7c15 + uint64(i)*0xd1342543de82ef95}
	d.next()
	l := &layouts[i%len(layouts)]
	w := newWriter(d, l)
	w.scale, w.nodes = scale, nodes
	w.damage = chooseDamage(d, l, i)
	if scale > 1 {
		w.damage = damage{}
	}
	w.write()
	doc := Doc{Layout: l.name, Damage: w.damage.names(), Truth: w.truth, Unscored: w.unscored}
	doc.Format, doc.Bytes = w.render()
	ext := map[string]string{"text": "txt", "markdown": "md", "html": "html"}[doc.Format]
	doc.Name = fmt.Sprintf("%06d-%s.%s", i, l.name, ext)
	doc.Truth.Source.Path, doc.Truth.Source.Format = doc.Name, doc.Format
	return doc
}

// PerFolder is how many documents Write puts into a folder.
const PerFolder = 100

// Folder names the i-th folder of Write, from 0.
func Folder(i int) string { return fmt.Sprintf("%04d", i) }

// Write makes documents 0 to n-1 as files of a folder, which it makes if need be: PerFolder to a folder below it. Every CPU makes
// some.
func (m *Maker) Write(dir string, n int) error {
	var next atomic.Int64
	errs := make([]error, runtime.GOMAXPROCS(0))
	var wg sync.WaitGroup
	for w := range errs {
		wg.Go(func() {
			for i := int(next.Add(1) - 1); i*PerFolder < n && errs[w] == nil; i = int(next.Add(1) - 1) {
				errs[w] = m.writeFolder(filepath.Join(dir, Folder(i)), i*PerFolder, min((i+1)*PerFolder, n))
			}
		})
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("synth: %w", err)
	}
	return nil
}

func (m *Maker) writeFolder(dir string, from, to int) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for i := from; i < to; i++ {
		doc := m.Plan(i)
		if err := os.WriteFile(filepath.Join(dir, doc.Name), doc.Bytes, 0o644); err != nil {
			return err
		}
	}
	return nil
}
