// Package sample holds the documents that kehoach shows itself with: plans that were written for this purpose, so
// that a fresh copy of the program has something to read, and so that every trap of real documents stands somewhere
// in a file that everyone may have. Subjects, numbers, sums and signers are invented; provinces and bodies are real,
// and each document says in its last line that it is a sample (TÀI LIỆU MẪU).
//
//	err := fs.WalkDir(sample.Files(), ".", …)
//	report, err := kehoach.Ingest(ctx, dir, …)
//
// Two provinces carry out the same decision (Sóc Trăng and Yên Bái, 2087/QĐ-TTg), and a department its own
// province's plan (Hà Giang, 187/KH-UBND). Beside the documents stand, outside the program:
//
//   - traps.tsv: which trap stands in which document, with the words that show it
//   - expected.tsv: the header of every document, written down by reading it
//   - labels/*.json: three documents labelled whole: outline, assignments, citations, deadlines, targets, money
package sample

import (
	"embed"
	"io/fs"
)

//go:embed *.txt *.md *.html
var files embed.FS

// Files is the sample documents, all in its root: plain text, Markdown and HTML, UTF-8.
func Files() fs.FS { return files }
