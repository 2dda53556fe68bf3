// Package ocr reads pictures of pages: scanned pages of a PDF, and documents that come as PNG, JPEG or TIFF.
//
//	engine, err := ocr.New()            // ErrMissing: tesseract or pdftoppm is not installed
//	pages, err := engine.PDF(ctx, data, []int{1, 2})
//	doc, err := engine.Image(ctx, data) // of a picture
//
// A page goes one way: it is rendered at 200 dots an inch (pdftoppm), its red channel is taken so that red seals
// vanish, it is set straight, specks and ruled lines are taken out, tesseract recognises its words with their boxes
// and confidence, and package layout puts words and lines in order as it does for a page that was painted. The
// programs run as child processes under limits of time and memory, one for each CPU of this process's share.
//
// The rows of a signature are looked at again, alone: the circles of a seal in black and white are lifted off them, and
// what several readings agree with best among the offices and names that there are stands for them.
//
// What is written by hand where a number or a day belongs is not guessed: it becomes "…", and Page.Unread says so. A
// number that a numbering stamp printed is read.
//
// A title that a seal lies over is mended by the words of the first article, and of the attached plan's head, that repeat it.
package ocr

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"time"

	"kehoach/extract/pdf/layout"
	"kehoach/plan"
)

// Version is the version of what is done to a picture before and after it is recognised.
const Version = "4"

// Resolution is the resolution that pages are recognised at, in dots an inch.
const Resolution = 200

// lowConfidence is the mean confidence below which a document is said to be badly recognised.
const lowConfidence = 0.75

// Page is a page that was recognised.
type Page struct {
	*layout.Page
	Confidence float32  // mean of its words by letters, 0 to 1; 0 where it has none
	Key        string   // under which Cache keeps it, in hexadecimal digits; "" without a Cache
	Unread     []string // what could not be read and would be missed: "number", "date"
}

// Engine recognises pages. Its fields may be set before its first use.
type Engine struct {
	// Alive, where set, is told before each step how long the step may take.
	Alive func(time.Duration)
	// Cache, where set, keeps what was recognised: it gives the page of a key, or makes it. The key is a hash of
	// the picture as it goes into recognition and of all that shapes the result.
	Cache func(key [sha256.Size]byte, recognise func() (*Page, error)) (*Page, error)

	programs programs
	mu       sync.Mutex // of Alive
}

// New finds the programs. The error is ErrMissing, and says in one line what to install.
func New() (*Engine, error) {
	found, err := find()
	if err != nil {
		return nil, err
	}
	return &Engine{programs: found}, nil
}

// Tools are the programs that shape what is read, with their versions.
func (e *Engine) Tools() map[string]string { return e.programs.versions }

func (e *Engine) alive(d time.Duration) {
	if e.Alive != nil {
		e.mu.Lock()
		defer e.mu.Unlock()
		e.Alive(d)
	}
}

// PDF recognises pages of a PDF, numbered from 1, and gives them in the order asked for. A page that fails is nil
// there, and the error names it; the others are read. The context's error ends all.
func (e *Engine) PDF(ctx context.Context, data []byte, numbers []int) ([]*Page, error) {
	file, err := keep(data)
	if err != nil {
		return nil, fmt.Errorf("ocr: %w", err)
	}
	defer file.Close()
	return e.each(ctx, numbers, func(ctx context.Context, n int) (*picture, error) {
		return e.render(ctx, file, n)
	})
}

// Image reads a document that is a picture: PNG, JPEG, or TIFF with any number of pages.
func (e *Engine) Image(ctx context.Context, data []byte) (*plan.Document, error) {
	count, err := Pages(data)
	if err != nil {
		return nil, fmt.Errorf("ocr: %w", err)
	}
	numbers := make([]int, count)
	for i := range numbers {
		numbers[i] = i + 1
	}
	pages, err := e.each(ctx, numbers, func(_ context.Context, n int) (*picture, error) {
		return decodePicture(data, n)
	})
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	doc := &plan.Document{Source: plan.Source{Pages: count}}
	var sheets []*layout.Page
	for i, p := range pages {
		if p == nil {
			continue
		}
		p.Number = i + 1
		sheets = append(sheets, p.Page)
	}
	if len(sheets) == 0 && err != nil {
		return nil, err
	}
	if err != nil {
		doc.Problems = append(doc.Problems, plan.Problem{Code: plan.Unreadable, Message: err.Error()})
	}
	doc.Blocks = layout.Blocks(sheets)
	e.Describe(doc, pages)
	return doc, nil
}

// Describe adds to a document what recognition knows of it: that it was recognised, by what, and the problems.
func (e *Engine) Describe(doc *plan.Document, pages []*Page) {
	doc.Source.OCR = true
	if doc.Source.Tools == nil {
		doc.Source.Tools = map[string]string{}
	}
	for name, version := range e.programs.versions {
		doc.Source.Tools[name] = version
	}
	doc.Source.Tools["ocr"] = Version
	sum, n := float32(0), float32(0)
	told := map[string]bool{}
	for _, p := range pages {
		if p == nil {
			continue
		}
		if p.Key != "" {
			doc.Pages = append(doc.Pages, p.Key)
		}
		if p.Confidence > 0 {
			sum, n = sum+p.Confidence, n+1
		}
		for _, field := range p.Unread {
			if !told[field] {
				told[field] = true
				doc.Problems = append(doc.Problems, plan.Problem{Code: plan.UnreadableField, Message: "the " + field + " is written by hand, or cannot be made out"})
			}
		}
	}
	if n > 0 && sum/n < lowConfidence {
		doc.Problems = append(doc.Problems, plan.Problem{Code: plan.LowOCRConfidence,
			Message: fmt.Sprintf("the words were recognised with a confidence of %.0f %%", 100*sum/n)})
	}
}

// each recognises pages, as many at a time as this process has CPUs.
func (e *Engine) each(ctx context.Context, numbers []int, get func(context.Context, int) (*picture, error)) ([]*Page, error) {
	pages := make([]*Page, len(numbers))
	errs := make([]error, len(numbers))
	next := make(chan int)
	var wg sync.WaitGroup
	for range min(len(numbers), runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for i := range next {
				p, err := get(ctx, numbers[i])
				if err == nil {
					pages[i], err = e.page(ctx, p)
				}
				if err != nil {
					errs[i] = fmt.Errorf("ocr: page %d: %w", numbers[i], err)
				}
			}
		})
	}
	for i := range numbers {
		if ctx.Err() != nil {
			break
		}
		next <- i
	}
	close(next)
	wg.Wait()
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	mendRepeated(pages)
	return pages, errors.Join(errs...)
}

// page recognises one page.
func (e *Engine) page(ctx context.Context, p *picture) (*Page, error) {
	e.alive(stepTime)
	p.straighten()
	rules := p.prepare()
	if e.Cache == nil {
		return e.recognise(ctx, p, rules)
	}
	key := e.key(p)
	page, err := e.Cache(key, func() (*Page, error) { return e.recognise(ctx, p, rules) })
	if err == nil {
		page.Key = hex.EncodeToString(key[:])
	}
	return page, err
}

// key names a picture and all that shapes what is recognised on it.
func (e *Engine) key(p *picture) (key [sha256.Size]byte) {
	h := sha256.New()
	fmt.Fprintf(h, "%s %v %d %d %g\n", Version, e.programs.versions, p.Rect.Dx(), p.Rect.Dy(), p.scale)
	for y := range p.Rect.Dy() {
		h.Write(p.row(y))
	}
	h.Sum(key[:0])
	return key
}
