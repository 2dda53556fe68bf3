package extract

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"kehoach/extract/ocr"
	"kehoach/extract/pdf"
	"kehoach/extract/pdf/layout"
	"kehoach/internal/sandbox"
	"kehoach/plan"
)

// readPDF reads a PDF: the pages whose text layer is missing or no good are recognised.
func readPDF(ctx context.Context, data []byte) (*plan.Document, error) {
	doc, pages, err := pdf.ReadWith(data, pdf.Options{})
	if errors.Is(err, pdf.ErrEncrypted) {
		return nil, fmt.Errorf("%w: %w", ErrEncrypted, err)
	}
	if err != nil {
		return nil, err
	}
	var wanted []int
	for _, p := range pages {
		if p.NeedsOCR {
			wanted = append(wanted, p.Number)
		}
	}
	if len(wanted) == 0 {
		return doc, nil
	}
	engine, err := newEngine(ctx)
	if err != nil {
		doc.Problems = append(doc.Problems, plan.Problem{Code: plan.OCRMissing, Message: err.Error()})
		return doc, nil
	}
	recognised, failed := engine.PDF(ctx, data, wanted)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	sheets := map[int]*layout.Page{}
	for i, p := range recognised {
		if p != nil {
			sheets[wanted[i]] = p.Page
		}
	}
	doc, _, err = pdf.ReadWith(data, pdf.Options{Words: func(n int) (*layout.Page, error) { return sheets[n], nil }})
	if err != nil {
		return nil, err
	}
	engine.Describe(doc, recognised)
	if failed != nil {
		doc.Problems = append(doc.Problems, plan.Problem{Code: plan.Unreadable, Message: failed.Error()})
	}
	return doc, nil
}

// readImage reads a document that is a picture. Without the programs that recognise it, it is an empty document with
// a problem.
func readImage(ctx context.Context, data []byte) (*plan.Document, error) {
	n, err := ocr.Pages(data)
	if err != nil {
		return nil, err
	}
	engine, err := newEngine(ctx)
	if err != nil {
		return &plan.Document{Source: plan.Source{Pages: n}, Problems: []plan.Problem{{Code: plan.OCRMissing, Message: err.Error()}}}, nil
	}
	return engine.Image(ctx, data)
}

// newEngine gives an engine that tells the sandbox of its steps.
func newEngine(ctx context.Context) (*ocr.Engine, error) {
	engine, err := ocr.New()
	if err == nil {
		engine.Alive = func(d time.Duration) { sandbox.Alive(ctx, d) }
		if dir := os.Getenv(PageCacheEnv); dir != "" {
			engine.Cache = pageCache(dir).page
		}
	}
	return engine, err
}

// Recognisers names the programs that recognise scans, with their versions; none where they are not installed.
func Recognisers() map[string]string {
	engine, err := ocr.New()
	if err != nil {
		return nil
	}
	return engine.Tools()
}
