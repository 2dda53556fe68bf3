// Package accuracy measures how well documents are read, in the open: it compares plans with labels that people wrote by
// reading, keeps the last figures in docs/accuracy.md, and tells gains and losses document by document.
//
//	docs, err := accuracy.Labelled(root)           // the samples, and ../shared/gold where it is there
//	sheet := accuracy.Score(docs[0].Name, docs[0].Label, p, true)
//	fmt.Println(sheet.F1("header"), sheet.Misses)
//
//	old, err := accuracy.ReadReport("docs/accuracy.md")
//	for _, c := range old.Compare(now) {
//		fmt.Println(c, old.Accepts(c))
//	}
//
// Words are compared in NFC, without case, the tone mark of a syllable at one place (hoà is hòa), white space collapsed.
// It is no part of the program: the command accuracy and tests use it.
package accuracy
