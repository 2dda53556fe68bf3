// Package normalize turns any Vietnamese text into one clean text: it undoes old encodings, composes letters,
// takes out what no reader sees, and makes the keys by which words are compared. Its functions are pure, take
// strings and give strings, and are safe to use from several goroutines at once.
//
//	text, enc := normalize.Decode(raw, "")         // bytes in UTF-8, UTF-16, TCVN3, VNI … → text
//	text = normalize.Text(text)                    // clean NFC; Text(Text(s)) == Text(s)
//	normalize.Fold("Kế hoạch") == "ke hoach"       // rune for rune, so a match points back into the text
//	normalize.Key("hoà") == normalize.Key("HÒA")   // "hoa2": where the mark stands is no difference
//	normalize.ValidShare(text)                     // near 1 for Vietnamese, low for a garbled text layer
//
// A document goes through Paragraphs, which decodes by document and then by paragraph and reports each repair
// with its span; its lines, where the source breaks them, go through Lines first, which keeps a map from
// each byte of a paragraph to the page and the offset that it was read from.
//
//	paras, report := normalize.Lines(normalize.SplitLines(text))
//	page, offset := paras[0].Source(12)            // where byte 12 of the paragraph was read
//	problems := report.Problems(p.Text)            // every repaired word, with its span in the canonical text
//
// A plan.Document is cleaned in place by Document. For searching there are Typed (Telex and VNI that were not
// converted), Clauses, Bigrams and LongForm.
//
// The document's own spelling stays: hoà stays hoà. What is compared is a key, made beside the text.
package normalize
