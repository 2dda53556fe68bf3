package ocr

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
	"strings"

	"kehoach/extract/pdf/layout"
	"kehoach/normalize"
)

// When a page is looked at again.
const (
	wellCovered  = 0.9  // share of the letters' ink that lies inside words
	onItsHead    = 0.55 // a confidence below which a page may stand on its head
	noise        = 0.3  // a confidence below which what makes no syllable is no word
	mostHOCR     = 32 << 20
	uniformBlock = "6" // page segmentation modes of tesseract
	automatic    = "3"
)

// word is a word that tesseract recognised, in dots.
type word struct {
	box
	text string
	conf float32 // 0 to 1
	base float32 // baseline at its middle
	size float32 // of the type
	line int     // words of one line have the same
}

// recognise recognises the words of a page that has been prepared.
func (e *Engine) recognise(ctx context.Context, p *picture, rules []layout.Rule) (*Page, error) {
	ink := p.bits(p.threshold())
	blobs, _ := ink.blobs(box{0, 0, ink.w, ink.h})
	words, err := e.tesseract(ctx, p, automatic)
	if err != nil {
		return nil, err
	}
	if c := confidence(words); c < onItsHead && len(blobs) > 0 {
		turned := &picture{Gray: half(p.Gray), scale: p.scale}
		again, err := e.tesseract(ctx, turned, automatic)
		if err != nil {
			return nil, err
		}
		if confidence(again) > c+0.1 && confidence(again) > onItsHead {
			*p, words = *turned, again
			for i, r := range rules {
				rules[i] = layout.Rule{X0: p.width() - r.X1, Y0: p.height() - r.Y1, X1: p.width() - r.X0, Y1: p.height() - r.Y0}
			}
			ink = p.bits(p.threshold())
			blobs, _ = ink.blobs(box{0, 0, ink.w, ink.h})
		}
	}
	if coverage(words, blobs) < wellCovered {
		more, err := e.tesseract(ctx, p, uniformBlock)
		if err != nil {
			return nil, err
		}
		words = complete(words, more)
	}
	page := &Page{Page: &layout.Page{Width: p.width(), Height: p.height(), Rules: rules}, Confidence: confidence(words)}
	stamp := stampOfArrival(words, rules, p.scale, ink.h)
	words = tidy(stamp.without(legible(words, ink, &page.Unread)))
	for _, w := range words {
		page.Words = append(page.Words, layout.Word{Text: w.text, X0: float32(w.x0) * p.scale, X1: float32(w.x1) * p.scale,
			Y: w.base * p.scale, Size: w.size * p.scale, Confidence: max(w.conf, 0.01)})
	}
	return page, nil
}

// tesseract recognises the words of a picture.
func (e *Engine) tesseract(ctx context.Context, p *picture, mode string) ([]word, error) {
	e.alive(stepTime)
	var in bytes.Buffer
	fmt.Fprintf(&in, "P5\n%d %d\n255\n", p.Rect.Dx(), p.Rect.Dy())
	for y := range p.Rect.Dy() {
		in.Write(p.row(y))
	}
	out, err := job{program: e.programs.tesseract, stdin: in.Bytes(), cpu: recogniseCPU, output: mostHOCR,
		args: []string{"stdin", "stdout", "-l", language, "--psm", mode, "--dpi", strconv.Itoa(Resolution), "-c", "tessedit_create_hocr=1"}}.run(ctx)
	if err != nil {
		return nil, err
	}
	return readHOCR(string(out)), nil
}

// confidence is the mean confidence of words by their letters; 0 where there are none.
func confidence(words []word) float32 {
	sum, n := float32(0), float32(0)
	for _, w := range words {
		letters := float32(len([]rune(w.text)))
		sum += w.conf * letters
		n += letters
	}
	if n == 0 {
		return 0
	}
	return sum / n
}

// coverage is the share of the ink of letter-sized blobs that lies inside words; 1 where there is none.
func coverage(words []word, blobs []blob) float64 {
	inside, all := 0, 0
	boxes := make([]box, len(words))
	for i, w := range words {
		boxes[i] = w.box
	}
	f := newFinder(boxes)
	for i := range blobs {
		o := &blobs[i]
		if o.h() < letter || o.h() > 60 || o.w() > 120 || o.w() < 2 {
			continue
		}
		all += o.ink
		if f.at((o.x0+o.x1)/2, (o.y0+o.y1)/2) {
			inside += o.ink
		}
	}
	if all == 0 {
		return 1
	}
	return float64(inside) / float64(all)
}

// finder finds out whether a place lies in one of many boxes.
type finder struct {
	rows  map[int][]int // by height, in steps
	boxes []box
}

const finderStep = 32

func newFinder(boxes []box) *finder {
	f := &finder{rows: map[int][]int{}, boxes: boxes}
	for i, b := range boxes {
		for y := b.y0 / finderStep; y <= b.y1/finderStep; y++ {
			f.rows[y] = append(f.rows[y], i)
		}
	}
	return f
}

func (f *finder) at(x, y int) bool {
	for _, i := range f.rows[y/finderStep] {
		if b := f.boxes[i]; x >= b.x0 && x < b.x1 && y >= b.y0 && y < b.y1 {
			return true
		}
	}
	return false
}

// complete adds the words of a second look that stand where the first one saw nothing.
func complete(words, more []word) []word {
	boxes := make([]box, len(words))
	lines := 0
	for i, w := range words {
		boxes[i] = w.box
		lines = max(lines, w.line+1)
	}
	overlaps := func(b box) bool {
		for _, o := range boxes {
			if b.x0 < o.x1 && o.x0 < b.x1 && b.y0 < o.y1 && o.y0 < b.y1 {
				return true
			}
		}
		return false
	}
	for _, w := range more {
		if w.conf < noise || !sensible(w.text) && w.conf < onItsHead || overlaps(w.box) {
			continue
		}
		w.line += lines
		words = append(words, w)
	}
	return words
}

// sensible reports whether a word is a number or made of Vietnamese syllables.
func sensible(s string) bool {
	s = strings.Trim(s, ".,;:()“”\"'-–/")
	if s == "" {
		return false
	}
	if strings.Trim(s, "0123456789.,/%") == "" {
		return true
	}
	return normalize.Valid(strings.ToLower(s))
}
