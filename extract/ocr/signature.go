package ocr

import (
	"context"
	"image"
	"slices"

	"kehoach/normalize"
)

// How the block of a signature lies: to the right of the recipients, with a seal over its left part (Decree 30/2020,
// Phụ lục I, boxes 7 and 9). Shares are of the width of the page.
const (
	leftColumn  = 0.35 // recipients begin left of it
	widestLeft  = 0.62 // and end left of it
	columnGap   = 2.5  // ems between the two blocks
	belowFirst  = 14   // lines that the block may go on below "Nơi nhận"
	aboveFirst  = 2    // lines that it may begin above it
	lineConfide = 0.6  // mean confidence of a line whose doubtful words are kept
	leastInLine = 0.3  // of such a word
)

// signatureBlock is the part of a page where a signature stands, beside "Nơi nhận:"; empty where there is none.
func signatureBlock(words []word, width, height int) box {
	for _, at := range lines(words) {
		for k := 1; k < len(at); k++ {
			first, w := &words[at[k-1]], &words[at[k]]
			if normalize.Fold(core(first.text)) != "noi" || normalize.Fold(core(w.text)) != "nhan" || first.x0 > int(leftColumn*float64(width)) {
				continue
			}
			size := max(int(first.size), letter)
			part := box{w.x1, first.y0 - aboveFirst*size, width, min(height, first.y1+belowFirst*size*5/4)}
			for _, row := range lines(words) {
				part.x0 = max(part.x0, leftEnd(words, row, part, width))
			}
			part.x0 = min(part.x0, int(widestLeft*float64(width))) + size/4
			part.y0 = max(0, part.y0)
			return part
		}
	}
	return box{}
}

// leftEnd is where the words of a line that belong to the left block end; 0 where it has none in the part's height.
func leftEnd(words []word, at []int, part box, width int) int {
	first := &words[at[0]]
	if first.x0 > int(leftColumn*float64(width)) || first.y0 < part.y0+int(first.size) || first.y1 > part.y1 {
		return 0
	}
	end := first.x1
	for _, i := range at[1:] {
		if w := &words[i]; float32(w.x0-end) < columnGap*w.size {
			end = w.x1
		} else {
			break
		}
	}
	if end > int(widestLeft*float64(width)) {
		return 0 // a line of the whole width
	}
	return end
}

// sign looks once more at the signature, alone: where a seal touches it, most of it is taken for a drawing at first.
func (e *Engine) sign(ctx context.Context, p *picture, words []word, blobs []blob) ([]word, error) {
	part := signatureBlock(words, p.Rect.Dx(), p.Rect.Dy())
	hidden := 0
	f := newFinder(believed(words))
	for i := range blobs {
		if o := &blobs[i]; isLetter(o) && part.holds(o.x0, o.y0) && !f.at((o.x0+o.x1)/2, (o.y0+o.y1)/2) {
			hidden++
		}
	}
	if part.w() < letter || part.h() < letter {
		return words, nil
	}
	ink := p.bits(p.threshold())
	seal := ink.findSeal(box{part.x0 - sealLeft, part.y0 - sealAbove, part.x1, part.y1})
	if hidden < fewLetters && len(seal.circles) == 0 {
		return words, nil
	}
	words, whole, err := e.signer(ctx, p, words, part, ink, seal)
	if err != nil || whole {
		return words, err
	}
	more, err := e.part(ctx, p, part)
	if err != nil {
		return nil, err
	}
	var fresh []word
	next := 0
	for _, w := range words {
		next = max(next, w.line+1)
	}
	for _, at := range lines(more) {
		var good []word
		for _, i := range at {
			if w := more[i]; sensible(w.text) && len([]rune(core(w.text))) > 1 {
				good = append(good, w)
			}
		}
		sure := confidence(good) >= lineConfide && len(good) > 1
		for _, w := range good {
			if w.conf >= onItsHead && len([]rune(core(w.text))) > 2 || sure && w.conf >= leastInLine {
				w.line += next
				fresh = append(fresh, w)
			}
		}
	}
	return merge(words, fresh), nil
}

// merge adds the words of a second look. Where two stand upon each other, the surer one stays.
func merge(words, more []word) []word {
	more = slices.DeleteFunc(more, func(m word) bool {
		return slices.ContainsFunc(words, func(w word) bool { return overlap(w, m) && (w.settled || w.conf >= m.conf) })
	})
	words = slices.DeleteFunc(words, func(w word) bool {
		return slices.ContainsFunc(more, func(m word) bool { return overlap(w, m) })
	})
	return append(words, more...)
}

// overlap reports whether the middle of a word lies in another one.
func overlap(a, b word) bool {
	return a.holds((b.x0+b.x1)/2, (b.y0+b.y1)/2) || b.holds((a.x0+a.x1)/2, (a.y0+a.y1)/2)
}

// part recognises a part of a page as one block of lines.
func (e *Engine) part(ctx context.Context, p *picture, part box) ([]word, error) {
	crop := &picture{Gray: image.NewGray(image.Rect(0, 0, part.w(), part.h())), scale: p.scale}
	for y := range part.h() {
		copy(crop.row(y), p.row(part.y0 + y)[part.x0:part.x1])
	}
	words, err := e.tesseract(ctx, crop, uniformBlock)
	moved(words, part)
	return words, err
}

// moved brings words that were found in a part of a page to their places on it.
func moved(words []word, part box) {
	for i := range words {
		w := &words[i]
		w.box = box{w.x0 + part.x0, w.y0 + part.y0, w.x1 + part.x0, w.y1 + part.y0}
		w.base += float32(part.y0)
	}
}
