// Package structure reads what a document says: who issued it and when, its outline, who does what by when and
// with what money, and which documents it names. It takes blocks and gives a plan, and never fails:
//
//	p := structure.Parse(doc)
//	for _, a := range p.Assignments {
//		fmt.Printf("%s %s: %s\n", a.Agency, a.Role, p.Quote(a.Span))
//	}
//
// The work is a list of Steps over shared lines. The lines are folded once; each step looks for its trigger
// words in the folded lines and confirms what it found in the document's own spelling. What headings, phrases
// and agencies look like stands in tables/*.tsv.
package structure
