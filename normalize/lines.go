package normalize

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kehoach/plan"
)

// Line is one line as the source breaks it: of a text file, or of a page.
type Line struct {
	Text   string // without its end; empty for a blank line
	Page   int    // from 1; 0 where the source has no pages
	Offset int    // where Text begins in the source, in bytes of the source's text; ascending
	Font   string // a hint at an old encoding
}

// SplitLines makes lines of a text; a form feed begins a new page, and without any there are no pages (Page 0).
func SplitLines(text string) []Line {
	page := 0
	if strings.Contains(strings.TrimSpace(text), "\f") {
		page = 1
	}
	var lines []Line
	for i := 0; i < len(text); {
		end := len(text)
		if k := strings.IndexAny(text[i:], "\n\f"); k >= 0 {
			end = i + k
		}
		lines = append(lines, Line{Text: strings.TrimSuffix(text[i:end], "\r"), Page: page, Offset: i})
		if end < len(text) && text[end] == '\f' && page > 0 {
			page++
		}
		i = end + 1
	}
	return lines
}

// Lines makes the paragraphs of a document from its lines: cleans them as Paragraphs does, takes out page numbers and
// head lines that come again on most pages, and joins the lines of a paragraph, also over a page's end and
// inside a word that it broke. Para.Source leads each byte back to its page and offset.
func Lines(lines []Line) ([]Para, Report) {
	sources := make([]source, len(lines))
	for i, l := range lines {
		sources[i] = source{l.Text, l.Font}
	}
	list, enc := cleanSources(sources)
	report := Report{Encoding: enc}
	rows := make([]row, len(lines))
	for i := range list {
		trimmed := strings.TrimRight(list[i].text, " \t\n")
		text := strings.TrimLeft(trimmed, " \t\n")
		rows[i] = row{line: &lines[i], cleaned: &list[i], text: text, lead: len(trimmed) - len(text), runes: utf8.RuneCountInString(text)}
	}
	report.count(Furniture, markFurniture(rows))
	width := wrapWidth(rows)
	var paras []Para
	var b strings.Builder
	var pieces []piece
	flush := func(enc Encoding, font string) {
		if len(pieces) == 0 {
			return
		}
		p := Para{Text: b.String(), Font: font, Page: pieces[0].page, pieces: pieces}
		report.texts = append(report.texts, "")
		finish(&p, len(paras), enc, &report)
		paras = append(paras, p)
		b.Reset()
		pieces = nil
	}
	var last *row
	gap := false
	for i := range rows {
		r := &rows[i]
		if r.furniture {
			continue
		}
		if r.text == "" {
			gap = true
			continue
		}
		if last != nil {
			if joinsRows(last, r, gap, width) {
				if broken := brokenWord(last.text, r.text); broken > 0 {
					at := b.Len()
					report.add(Repair{Broken, len(paras), plan.Span{Start: at - broken, End: at + firstWord(r.text)},
						last.text[len(last.text)-broken:] + " " + r.text[:firstWord(r.text)], last.text[len(last.text)-broken:] + r.text[:firstWord(r.text)]})
				} else if !strings.HasSuffix(last.text, "-") || strings.HasSuffix(last.text, " -") {
					b.WriteByte(' ')
				}
			} else {
				flush(last.cleaned.enc, last.line.Font)
			}
		}
		report.cleaned(r.cleaned, len(paras), b.Len()-r.lead)
		pieces = append(pieces, piece{out: b.Len(), lead: r.lead, page: r.line.Page, offset: r.line.Offset, size: len(r.line.Text), maps: r.cleaned.maps})
		b.WriteString(r.text)
		last, gap = r, false
	}
	if last != nil {
		flush(last.cleaned.enc, last.line.Font)
	}
	return paras, report
}

// row is a line at work.
type row struct {
	line      *Line
	cleaned   *cleaned
	text      string // cleaned, without blanks at its ends
	lead      int    // blanks taken off its head
	runes     int
	furniture bool
}

// joinsRows reports whether b goes on with the paragraph of a. gap says that a blank line parts them; width is that
// of a full line where the source wraps its lines, else 0.
func joinsRows(a, b *row, gap bool, width int) bool {
	if Joins(a.text, b.text) {
		return true
	}
	if gap || width == 0 || a.runes*4 < width*3 {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(a.text)
	return !strings.ContainsRune(".;:!?…", last) && !opensParagraph(b.text) &&
		(allCapitals(a.text) == allCapitals(b.text))
}

func allCapitals(s string) bool { return !strings.ContainsFunc(s, unicode.IsLower) }

// opensParagraph reports whether a line begins like a paragraph of its own: with a bullet, a number or letter as a
// label, or a word that numbers parts.
func opensParagraph(s string) bool {
	r, n := utf8.DecodeRuneInString(s)
	if strings.ContainsRune("-–—+*•▪●○■□☑→[(“\"", r) {
		return strings.ContainsRune("-–—+*•▪●○■□☑→", r)
	}
	if opensLabel(s) {
		return true
	}
	if unicode.IsDigit(r) || strings.ContainsRune("IVXLC", r) {
		k := n
		for k < len(s) && (s[k]-'0' < 10 || strings.IndexByte("IVXLC.", s[k]) >= 0) {
			k++
		}
		return strings.HasSuffix(s[:k], ".") && !strings.Contains(s[:k], "..") || k < len(s) && (s[k] == ')' || s[k] == '/' && n == k)
	}
	switch word := Fold(s[:firstWord(s)]); word {
	case "dieu", "chuong", "phan", "muc", "phu", "noi", "so", "kinh", "can":
		return unicode.IsUpper(r) && (word == "can" && strings.HasPrefix(Fold(s), "can cu") || word == "phu" && strings.HasPrefix(Fold(s), "phu luc") ||
			word == "noi" && strings.HasPrefix(Fold(s), "noi nhan") || word == "kinh" && strings.HasPrefix(Fold(s), "kinh gui") ||
			word == "so" && strings.HasPrefix(Fold(s), "so:") || numberedWord(s[firstWord(s):]))
	}
	return false
}

// numberedWord reports whether what follows a word is its number: " 1.", " II", " 3:".
func numberedWord(rest string) bool {
	rest = strings.TrimLeft(rest, " ")
	return rest != "" && (rest[0]-'0' < 10 || strings.IndexByte("IVX", rest[0]) >= 0)
}

// firstWord is the end of the first run of letters of s.
func firstWord(s string) int {
	_, end := scanWord(s, 0)
	return end
}

// brokenWord is the length of the last word of a where the end of its line cut a syllable in two: what follows in b is
// none, and the two together are one. It is 0 elsewhere.
func brokenWord(a, b string) int {
	start := len(a)
	for start > 0 {
		r, n := utf8.DecodeLastRuneInString(a[:start])
		if at(r).flags == 0 {
			break
		}
		start -= n
	}
	head, tail := a[start:], b[:firstWord(b)]
	if head == "" || tail == "" || Valid(tail) || !Valid(head+tail) || len(tail) < len(b) && b[len(tail)] != ' ' && !closes(b[len(tail)]) {
		return 0
	}
	return len(head)
}

// wrapWidth is the length in runes of a full line of a source that wraps its lines, and 0 for one that does not: where
// a third of the lines with words are nearly as long as the longest, and none is much longer.
func wrapWidth(rows []row) int {
	var sizes []int
	for i := range rows {
		if rows[i].runes > 0 && !rows[i].furniture {
			sizes = append(sizes, rows[i].runes)
		}
	}
	if len(sizes) < 8 {
		return 0
	}
	slices.SortFunc(sizes, func(a, b int) int { return cmp.Compare(a, b) })
	width, longest := sizes[len(sizes)*9/10], sizes[len(sizes)-1]
	if width < 40 || longest > 200 || longest > width*3/2 {
		return 0
	}
	full := 0
	for _, n := range sizes {
		if n*5 >= width*4 {
			full++
		}
	}
	if full*3 < len(sizes) {
		return 0
	}
	return width
}
