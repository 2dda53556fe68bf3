// Package plan holds the shapes that every room of kehoach speaks: a Document is what a reader made of
// a file, a Plan is what was understood of it. The package does no work beyond writing itself as JSON.
//
// A reader gives blocks in reading order; structure turns them into a plan whose one Text every Span counts:
//
//	doc := &plan.Document{Source: plan.Source{Path: "kh.txt", Format: "text"}}
//	doc.Blocks = append(doc.Blocks, plan.Block{Text: "I. MỤC ĐÍCH"})
//	p := structure.Parse(doc)
//	for _, s := range p.Sections {
//		fmt.Println(s.Path, p.Quote(s.Span))
//	}
//
// The JSON of a Plan is the schema kehoach.plan/1, published beside this file as plan.schema.json: unknown
// scalars and objects are left out, lists are always there, nothing is null, and spans are byte pairs.
package plan
