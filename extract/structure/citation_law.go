package structure

import (
	_ "embed"
	"strings"

	"kehoach/internal/tsv"
	"kehoach/normalize"
)

//go:embed tables/citation_laws.tsv
var lawsTSV string

// lawNames are the folded names of laws by their first word, the longest first.
var lawNames = func() map[string][]string {
	m := map[string][]string{}
	for _, row := range tsv.MustParse("citation_laws.tsv", lawsTSV, "name").Rows {
		name := normalize.Fold(row[0])
		first := name[:wordEnd(name, 0)]
		list := append(m[first], name)
		for i := len(list) - 1; i > 0 && len(list[i]) > len(list[i-1]); i-- {
			list[i], list[i-1] = list[i-1], list[i]
		}
		m[first] = list
	}
	return m
}()

var (
	// Words before "luật" that make it another word or no law yet (decision 33: a draft law is none).
	notLawBefore = []string{"phap", "ky", "quy", "thuong", "khoa", "dai hoc", "truong", "hoi", "lam", "vi pham", "gioi", "am", "nien",
		"du thao", "du an", "de nghi xay dung", "xay dung", "soan thao", "chinh sach cua", "ho so", "nganh", "cu nhan", "thac si", "tien si"}
	notLawAfter = []string{"su", "gia", "hoc", "le", "phap", "chuyen nganh"}
	// Words that end the name of a law that is in no table.
	lawStops = map[string]bool{"năm": true, "ngày": true, "số": true, "để": true, "về": true, "theo": true, "được": true, "của": true, "trên": true,
		"có": true, "cho": true, "tại": true, "từ": true, "đến": true, "là": true, "các": true, "những": true, "hiện": true, "đã": true, "thì": true,
		"hiệu": true, "quy": true, "nhằm": true, "khi": true, "mới": true, "này": true, "gồm": true, "thành": true, "đối": true, "như": true}
)

// lawAt reads the name of a law whose word ("luật", "pháp lệnh") begins at a byte of the fold: where the mention begins and
// where the name ends. "Luật sửa đổi, bổ sung một số điều của Luật Xây dựng" is one name.
func (r *ruler) lawAt(at int, word string) (start, end int, ok bool) {
	fold := r.line.fold
	start, end = at, at+len(word)
	if at > 0 && (isLetter(fold[at-1]) || isDigit(fold[at-1])) || end < len(fold) && fold[end] != ' ' {
		return 0, 0, false
	}
	if b, ok := before(fold, at, "bo"); ok {
		start = b
	}
	if i, bad := beforeAny(fold, start, notLawBefore); bad && !r.capitalAt(start) {
		return 0, 0, false
	} else if bad && !strings.HasPrefix(fold[i:start], "phap") && !strings.HasPrefix(fold[i:start], "vi pham") {
		return 0, 0, false
	}
	for _, w := range notLawAfter {
		if skipWord(fold, end, w) > 0 && !(w == "su" && r.capitalAt(skipBlanks(fold, end))) {
			return 0, 0, false
		}
	}
	end, ok = r.lawName(skipBlanks(fold, end), r.capitalAt(start))
	return start, end, ok
}

func (r *ruler) capitalAt(fold int) bool { return opensUpper(r.line.text[r.text(fold):]) }

// lawName is the end of the name that begins at a byte of the fold.
func (r *ruler) lawName(at int, capital bool) (end int, ok bool) {
	fold := r.line.fold
	for _, w := range []string{"sua doi, bo sung", "sua doi va bo sung", "sua doi bo sung", "sua doi"} {
		if i := skipWord(fold, at, w); i > 0 {
			return r.amendingLaw(i)
		}
	}
	first := wordEnd(fold, at)
	upper := r.capitalAt(at)
	if !upper && !capital {
		return 0, false
	}
	for _, name := range lawNames[fold[at:first]] {
		if opensWith(fold[at:], name) {
			return at + len(name), true
		}
	}
	if !upper || isCapitals(r.quote(at, first)) && first-at > 1 && isCapitals(r.quote(first, wordEnd(fold, skipBlanks(fold, first)))) {
		return 0, false
	}
	end = first
	for n := 0; n < 12; n++ {
		i := skipBlanks(fold, end)
		next := wordEnd(fold, i)
		if next == i || lawStops[strings.ToLower(r.quote(i, next))] || i == end {
			break
		}
		if w := fold[i:next]; w == "va" && !r.capitalAt(skipBlanks(fold, next)) {
			break
		} else if w == "va" && skipWord(fold, next, "luat") > 0 {
			break
		}
		end = next
	}
	return end, true
}

// amendingLaw is the end of "Luật sửa đổi, bổ sung một số điều của Luật A và Luật B", from behind its verb.
func (r *ruler) amendingLaw(i int) (end int, ok bool) {
	fold := r.line.fold
	for _, w := range []string{"mot so dieu cua", "mot so dieu", "mot so noi dung cua", "cac dieu cua", "cua"} {
		if j := skipWord(fold, i, w); j > 0 {
			i = j
			break
		}
	}
	for n := 0; n < 12; n++ {
		j := skipWord(fold, i, "bo")
		if j == 0 {
			j = i
		}
		if j = skipWord(fold, j, "luat"); j == 0 {
			break
		}
		if end, ok = r.lawName(skipBlanks(fold, j), true); !ok {
			return 0, false
		}
		i = end
		if i < len(fold) && fold[i] == ',' {
			i++
		}
		if j = skipWord(fold, i, "va"); j > 0 {
			i = j
		}
	}
	return end, end > 0
}

// wordEnd is the end of the letters and digits that begin at a byte, of which it looks at eighty.
func wordEnd(fold string, from int) int {
	i := from
	for i < len(fold) && i < from+80 && (isLetter(fold[i]) || isDigit(fold[i])) && fold[i] != 0xE2 { // 0xE2 begins quotes and dashes
		i++
	}
	return i
}
