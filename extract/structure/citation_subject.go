package structure

import (
	"strings"

	"kehoach/normalize"
)

// carriesOutSome reports whether a paragraph of the opening begins with "Thực hiện …" and names a document: the
// plan says itself then what it carries out.
func (c *citer) carriesOutSome() bool {
	if c.does == 0 {
		c.does = -1
		for i := c.s.zones.opening.from; i < c.s.zones.opening.to; i++ {
			if fold := c.s.lines[i].fold; leadOf(fold) == leadDo && strings.Contains(fold, "/") {
				c.does = 1
				break
			}
		}
	}
	return c.does > 0
}

// sameSubject reports whether the words behind a ground name the subject of the title: half of their pairs of
// words stand in it. Laws, decrees, circulars and submissions are grounds whatever they are about; other documents than
// plans are where the opening says with "Thực hiện" what it carries out.
func (c *citer) sameSubject(h hit, words string) bool {
	switch h.code {
	case "Luật", "PL", "HP", "NĐ", "TT", "TTLT", "TTr", "BC", "BB", "QC", "QyĐ":
		return false
	case "KH":
	default:
		if c.carriesOutSome() {
			return false
		}
	}
	if i := strings.IndexByte(words, ';'); i >= 0 {
		words = words[:i]
	}
	if c.title == nil {
		c.title = map[string]bool{}
		for _, p := range subjectPairs(normalize.Fold(c.s.plan.Title)) {
			c.title[p] = true
		}
		for _, name := range []string{c.s.plan.Province.Name, c.s.plan.Place} {
			for _, p := range subjectPairs(normalize.Fold(name)) {
				delete(c.title, p)
			}
		}
	}
	share, n := 0, 0
	place := normalize.Fold(c.s.plan.Province.Name)
	for _, p := range subjectPairs(words) {
		if place != "" && strings.Contains(place, p) {
			continue
		}
		n++
		if c.title[p] {
			share++
		}
	}
	return n > 0 && 2*share >= n
}

// subjectPairs are the pairs of neighbouring words of a folded title that name its subject, and single words that
// stand alone between general ones.
func subjectPairs(fold string) []string {
	words := strings.FieldsFunc(fold, notFoldWord)
	if len(words) > 120 {
		words = words[:120]
	}
	var pairs []string
	run := 0 // words since the last general one
	flush := func(i int) {
		if run == 1 && len(words[i-1]) > 2 && !isDigit(words[i-1][0]) {
			pairs = append(pairs, words[i-1])
		}
		run = 0
	}
	for i := 0; i < len(words); {
		if n := generalAt(words[i:]); n > 0 {
			flush(i)
			i += n
			continue
		}
		if isDigit(words[i][0]) {
			flush(i)
			i++
			continue
		}
		if run > 0 {
			pairs = append(pairs, words[i-1]+" "+words[i])
		}
		run++
		i++
	}
	flush(len(words))
	return pairs
}

// generalAt is the number of words of the longest general phrase that begins a list of words.
func generalAt(words []string) int {
	for n := min(5, len(words)); n > 0; n-- {
		if generalWords[strings.Join(words[:n], " ")] {
			return n
		}
	}
	return 0
}

// relations are the words before a document that say what is done to it.
var relations = []struct{ words, relation string }{
	{"sua doi, bo sung", "amends"}, {"sua doi va bo sung", "amends"}, {"sua doi", "amends"}, {"bo sung", "amends"}, {"dieu chinh", "amends"},
	{"bai bo", "repeals"}, {"huy bo", "repeals"}, {"thay the", "replaces"},
	{"huong dan thi hanh", "guides"}, {"huong dan thuc hien", "guides"}, {"quy dinh chi tiet", "guides"},
}

// relationWords may stand between such words and the document.
var relationWords = map[string]bool{"mot": true, "so": true, "dieu": true, "khoan": true, "noi": true, "dung": true, "cua": true, "cho": true, "toan": true,
	"bo": true, "cac": true, "thi": true, "hanh": true, "va": true, "bien": true, "phap": true, "diem": true, "phu": true, "luc": true}

// relationBefore reads "sửa đổi, bổ sung một số điều của", "bãi bỏ", "thay thế" and "hướng dẫn thi hành" before a
// document.
func relationBefore(fold string, prev, at int) string {
	gap := fold[max(prev, at-90):at]
	best, relation := -1, ""
	for _, rel := range relations {
		i := strings.LastIndex(gap, rel.words)
		if i < 0 || i+len(rel.words) <= best || i > 0 && isLetter(gap[i-1]) {
			continue
		}
		ok := true
		for _, w := range strings.Fields(gap[i+len(rel.words):]) {
			ok = ok && (relationWords[w] || isDigit(w[0]))
		}
		if ok {
			best, relation = i+len(rel.words), rel.relation
		}
	}
	return relation
}
