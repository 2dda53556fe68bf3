package pdf

import (
	"fmt"
	"slices"
	"strings"

	"kehoach/extract/pdf/layout"
	"kehoach/normalize"
	"kehoach/plan"
)

// What makes a text layer doubtful.
const (
	fewLetters   = 40   // on a page
	fewBeside    = 400  // beside an image that covers most of the page
	imageCovers  = 0.5  // share of the page
	outlined     = 1500 // curves, on a page of few letters: letters drawn as outlines
	leastValid   = 0.5  // share of valid syllables
	leastWords   = 30   // to judge by
	mostMissing  = 0.2  // share of letters that the fonts do not name
	sampleOfPage = 160  // words that are looked at
)

// decide finds out whether the text layer of a page can be trusted.
func (p *painter) decide(info *Page, sheet *layout.Page) {
	all := info.Letters + info.Unseen
	own := info.Letters - info.Stamped
	switch {
	case own < fewBeside && info.Images >= imageCovers && info.Unseen < fewLetters:
		info.Reason = "it is an image"
	case info.Unseen > own && info.Images >= imageCovers:
		info.Reason = "its text is a recognition under an image"
	case own < fewLetters && info.Curves > outlined:
		info.Reason = "its letters are drawn as outlines"
	case all > fewLetters && float32(info.Missing) > mostMissing*float32(all):
		info.Reason = "its fonts do not say what their letters are"
	case all > fewLetters:
		if info.Valid = validShare(sheet.Words); info.Valid < leastValid {
			info.Reason = "its text layer is garbled"
		}
	}
	info.NeedsOCR = info.Reason != ""
}

// validShare is the share of valid syllables among the words of a page, once old encodings are undone. A page in
// plain English counts as valid.
func validShare(words []layout.Word) float32 {
	words = words[:min(len(words), sampleOfPage)]
	byFont := map[string]*strings.Builder{}
	var order []string
	letters := 0
	for i := range words {
		w := &words[i]
		b := byFont[w.Font]
		if b == nil {
			b = &strings.Builder{}
			byFont[w.Font] = b
			order = append(order, w.Font)
		}
		b.WriteString(w.Text)
		b.WriteByte(' ')
		if strings.ContainsFunc(w.Text, isLetter) {
			letters++
		}
	}
	if letters < leastWords {
		return 1
	}
	var raw strings.Builder
	for _, name := range order {
		raw.WriteString(byFont[name].String())
	}
	best := normalize.ValidShare(raw.String())
	if best >= leastValid || isEnglish(raw.String()) {
		return float32(max(best, leastValid))
	}
	paras := make([]normalize.Para, 0, len(order))
	for _, name := range order {
		paras = append(paras, normalize.Para{Text: byFont[name].String(), Font: name})
	}
	paras, _ = normalize.Paragraphs(paras)
	var decoded strings.Builder
	for _, p := range paras {
		decoded.WriteString(p.Text)
		decoded.WriteByte(' ')
	}
	return float32(max(best, normalize.ValidShare(decoded.String())))
}

func isLetter(r rune) bool { return r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r > 0x7F }

// english are words that a page in English can hardly do without.
var english = []string{"the", "of", "and", "to", "in", "for", "is", "shall", "with", "by"}

// isEnglish reports whether one word in twelve is one of the commonest of English.
func isEnglish(s string) bool {
	fields := strings.Fields(s)
	n := 0
	for _, w := range fields {
		if slices.Contains(english, strings.ToLower(w)) {
			n++
		}
	}
	return n*12 >= len(fields)
}

// document lays the pages out, with those that need it recognised by the options.
func (r *reading) document(o Options) (*plan.Document, []Page, error) {
	doc := &plan.Document{Source: plan.Source{Pages: len(r.pages)}}
	var unread []string
	for i := range r.pages {
		p := &r.pages[i]
		if !p.NeedsOCR {
			continue
		}
		r.recognise(o, p)
		if p.Recognised {
			doc.Source.OCR = true
		} else {
			unread = append(unread, fmt.Sprintf("page %d: %s", p.Number, p.Reason))
		}
	}
	doc.Blocks = layout.Blocks(r.sheets)
	if len(unread) > 0 {
		doc.Problems = append(doc.Problems, plan.Problem{Code: plan.GarbledText, Message: strings.Join(unread, "; ")})
	}
	if r.cut {
		doc.Problems = append(doc.Problems, plan.Problem{Code: plan.LimitExceeded, Message: fmt.Sprintf("only the first %d pages are read", len(r.pages))})
	}
	if r.bad > 0 {
		doc.Problems = append(doc.Problems, plan.Problem{Code: plan.Unreadable, Message: fmt.Sprintf("%d of %d pages are damaged", r.bad, len(r.pages))})
	}
	return doc, r.pages, nil
}

// recognise has a page recognised; a page that cannot be keeps its text layer.
func (r *reading) recognise(o Options, p *Page) {
	sheet := r.sheets[p.Number-1]
	if o.Words != nil {
		page, err := o.Words(p.Number)
		if err == nil && page != nil && len(page.Words) > 0 {
			page.Number = p.Number
			r.sheets[p.Number-1], p.Recognised = page, true
			return
		}
		p.Err = err
	}
	if o.OCR == nil {
		return
	}
	blocks, err := o.OCR(p.Number)
	if err != nil || len(blocks) == 0 {
		p.Err = err
		return
	}
	sheet.Blocks, p.Recognised = blocks, true
}
