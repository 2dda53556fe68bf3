package ocr

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"slices"
	"strconv"
	"strings"

	"kehoach/extract/pdf/layout"
	"kehoach/normalize"
)

// When a page is looked at again.
const (
	onItsHead  = 0.55 // a confidence below which a page may stand on its head
	surely     = 0.8  // a confidence above which a second look finds words of two letters
	fewLetters = 10   // outside the words: a second look is worth it
	highLetter = 60   // dots
	wideLetter = 120
	margin     = 20
	mostHOCR   = 32 << 20
)

// The page segmentation modes of tesseract.
const (
	automatic    = "3"
	uniformBlock = "6"
	oneLine      = "7"
)

// word is a word that tesseract recognised, in dots.
type word struct {
	box
	text string
	conf float32 // 0 to 1
	base float32 // baseline at its middle
	size float32 // of the type
	line int     // words of one line have the same

	raised  bool // it is the mark of a footnote
	settled bool // several readings agree on it
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
	page := &Page{Page: &layout.Page{Width: p.width(), Height: p.height(), Rules: rules}, Confidence: confidence(words)}
	stamp := stampOfArrival(words, rules, p.scale, ink.h)
	words, closed := legible(words, ink, func(marks []blob) []string {
		readings, failed := e.digits(ctx, p, marks)
		err = errors.Join(err, failed)
		return readings
	}, &page.Unread)
	if err != nil {
		return nil, err
	}
	if words, err = e.sign(ctx, p, words, blobs); err != nil {
		return nil, err
	}
	if left := leftOver(words, blobs); left.letters >= fewLetters {
		more, err := e.again(ctx, p, words, left.box)
		if err != nil {
			return nil, err
		}
		for _, b := range closed {
			more = b.without(more)
		}
		words = complete(words, more)
	}
	words = tidy(stamp.without(words))
	evenRecipients(words)
	words = partMarks(words, ink.h)
	for _, w := range words {
		page.Words = append(page.Words, layout.Word{Text: w.text, X0: float32(w.x0) * p.scale, X1: float32(w.x1) * p.scale,
			Y: w.base * p.scale, Size: w.size * p.scale, Confidence: max(w.conf, 0.01), Raised: w.raised})
	}
	return page, nil
}

// tesseract recognises the words of a picture. Settings are those of tesseract: "name=value".
func (e *Engine) tesseract(ctx context.Context, p *picture, mode string, settings ...string) ([]word, error) {
	e.alive(stepTime)
	var in bytes.Buffer
	fmt.Fprintf(&in, "P5\n%d %d\n255\n", p.Rect.Dx(), p.Rect.Dy())
	for y := range p.Rect.Dy() {
		in.Write(p.row(y))
	}
	args := []string{"stdin", "stdout", "-l", language, "--psm", mode, "--dpi", strconv.Itoa(Resolution), "-c", "tessedit_create_hocr=1"}
	for _, s := range settings {
		args = append(args, "-c", s)
	}
	out, err := job{program: e.programs.tesseract, stdin: in.Bytes(), cpu: recogniseCPU, output: mostHOCR, args: args}.run(ctx)
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

// leftover is the ink that looks like letters outside the words.
type leftover struct {
	box
	letters int
}

func leftOver(words []word, blobs []blob) leftover {
	f := newFinder(believed(words))
	var left leftover
	for i := range blobs {
		o := &blobs[i]
		if !isLetter(o) || f.at((o.x0+o.x1)/2, (o.y0+o.y1)/2) {
			continue
		}
		if left.letters++; left.letters == 1 {
			left.box = o.box
		} else {
			left.box = left.box.join(o.box)
		}
	}
	return left
}

// isLetter reports whether ink has the size of a letter.
func isLetter(o *blob) bool {
	return o.h() >= letter && o.h() <= highLetter && o.w() <= wideLetter && o.w() > 2
}

// believed gives the boxes of the words that need no second look.
func believed(words []word) []box {
	var out []box
	for i := range words {
		if words[i].conf >= noSign {
			out = append(out, words[i].box)
		}
	}
	return out
}

// again looks once more at a part of a page, as one block of lines and without the words that are known: what stands
// around seals and drawings is taken for a part of them the first time.
func (e *Engine) again(ctx context.Context, p *picture, words []word, part box) ([]word, error) {
	part = box{max(0, part.x0-margin), max(0, part.y0-margin), min(p.Rect.Dx(), part.x1+margin), min(p.Rect.Dy(), part.y1+margin)}
	crop := &picture{Gray: image.NewGray(image.Rect(0, 0, part.w(), part.h())), scale: p.scale}
	for y := range part.h() {
		copy(crop.row(y), p.row(part.y0 + y)[part.x0:part.x1])
	}
	for _, b := range believed(words) {
		for y := max(b.y0, part.y0); y < min(b.y1, part.y1); y++ {
			row := crop.row(y - part.y0)
			for x := max(b.x0, part.x0); x < min(b.x1, part.x1); x++ {
				row[x-part.x0] = 255
			}
		}
	}
	more, err := e.tesseract(ctx, crop, uniformBlock)
	moved(more, part)
	return more, err
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
		if f.boxes[i].holds(x, y) {
			return true
		}
	}
	return false
}

// complete adds the words of a second look that make sense, and drops the doubtful ones that they stand upon.
func complete(words, more []word) []word {
	lines := 0
	for _, w := range words {
		lines = max(lines, w.line+1)
	}
	known := newFinder(believed(words))
	accept := func(w *word) bool {
		return w.conf >= onItsHead && sensible(w.text) && !known.at((w.x0+w.x1)/2, (w.y0+w.y1)/2)
	}
	// Among pieces of seals two letters easily make a syllable: they count only beside a longer word.
	long := map[int]bool{}
	for i := range more {
		if w := &more[i]; len([]rune(core(w.text))) > 2 && accept(w) {
			long[w.line] = true
		}
	}
	var fresh []word
	for _, w := range more {
		if accept(&w) && (long[w.line] && (len([]rune(core(w.text))) > 2 || w.conf >= surely)) {
			w.line += lines
			fresh = append(fresh, w)
		}
	}
	kept := words[:0]
	for _, w := range words {
		if w.conf < noSign {
			if i := slices.IndexFunc(fresh, func(f word) bool { return overlap(f, w) }); i >= 0 {
				fresh[i].line, fresh[i].base, fresh[i].size = w.line, w.base, w.size
				continue
			}
		}
		kept = append(kept, w)
	}
	return append(kept, fresh...)
}

// sensible reports whether a word is a number or made of Vietnamese syllables.
func sensible(s string) bool {
	s = strings.Trim(s, ".,;:()“”\"'-–/")
	if s == "" {
		return false
	}
	if strings.Trim(s, "0123456789.,/%") == "" {
		return strings.ContainsAny(s, "0123456789")
	}
	return slices.Contains(onBehalf, s) || normalize.Valid(strings.ToLower(s))
}

// onBehalf are the abbreviations before who signs for another (Decree 30/2020, Phụ lục I, box 7a).
var onBehalf = []string{"KT", "TM", "TL", "TUQ", "Q"}
