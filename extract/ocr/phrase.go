package ocr

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"

	"kehoach/normalize"
)

//go:embed tables/phrases.tsv
var phraseTable string

// mostInPhrase is the number of words of the longest phrase.
const mostInPhrase = 4

// phrases gives the phrases by their words without signs.
var phrases = sync.OnceValue(func() map[string][]string {
	out := map[string][]string{}
	for line := range strings.Lines(phraseTable) {
		line = strings.TrimSpace(line)
		if line == "" || line == "phrase" || line[0] == '#' {
			continue
		}
		words := strings.Fields(strings.ReplaceAll(line, ",", ""))
		out[strings.Join(folded(words), " ")] = words
	}
	return out
})

func folded(words []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = normalize.Fold(w)
	}
	return out
}

// mendPhrases gives the words of a set phrase their signs where recognition got some of them right: "sửa đối, bỗ
// sung" is "sửa đổi, bổ sung".
func mendPhrases(words []*word) {
	known := phrases()
	cores := make([]string, len(words))
	for i, w := range words {
		cores[i] = core(w.text)
	}
	keys := folded(cores)
	for i := range words {
		for n := min(mostInPhrase, len(words)-i); n >= 2; n-- {
			right, ok := known[strings.Join(keys[i:i+n], " ")]
			if !ok || !together(words[i:i+n]) || !slices.ContainsFunc(right, func(s string) bool { return slices.Contains(lowered(cores[i:i+n]), s) }) {
				continue
			}
			for k, s := range right {
				w := words[i+k]
				w.text = strings.Replace(w.text, cores[i+k], likeCase(s, cores[i+k]), 1)
				cores[i+k] = core(w.text)
			}
			break
		}
	}
}

// together reports whether nothing but a comma parts words.
func together(words []*word) bool {
	for k, w := range words {
		text := strings.TrimRight(w.text, ",")
		if k > 0 && strings.TrimLeftFunc(text, func(r rune) bool { return !unicode.IsLetter(r) }) != text ||
			k+1 < len(words) && strings.TrimRightFunc(text, func(r rune) bool { return !unicode.IsLetter(r) }) != text {
			return false
		}
	}
	return true
}

// core is a word without the marks around it.
func core(s string) string {
	return strings.TrimFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
}

func lowered(words []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = strings.ToLower(w)
	}
	return out
}

// likeCase writes a word with the capitals of another one of the same length.
func likeCase(s, model string) string {
	out, m := []rune(s), []rune(model)
	for i := range out {
		if i < len(m) && unicode.IsUpper(m[i]) {
			out[i] = unicode.ToUpper(out[i])
		}
	}
	return string(out)
}

// types are the words that head a document, which stand alone on their line (Decree 30/2020, Phụ lục III).
var types = []string{"NGHỊ QUYẾT", "QUYẾT ĐỊNH", "CHỈ THỊ", "QUY CHẾ", "QUY ĐỊNH", "THÔNG CÁO", "THÔNG BÁO", "HƯỚNG DẪN", "CHƯƠNG TRÌNH", "KẾ HOẠCH",
	"PHƯƠNG ÁN", "ĐỀ ÁN", "BÁO CÁO", "TỜ TRÌNH", "CÔNG ĐIỆN", "THÔNG TƯ", "NGHỊ ĐỊNH"}

// mendType mends the line with the type of a document where a seal or a stamp touches it: what stands before the
// type is dropped, and a type whose first letters are lost is completed.
func mendType(words []*word) {
	n := len(words)
	if n < 2 || n > 6 {
		return
	}
	last, first := words[n-1], words[n-2]
	for _, t := range types {
		a, b, _ := strings.Cut(t, " ")
		if last.text != b && last.text != b+":" || len([]rune(first.text)) < 2 || len([]rune(first.text)) < len([]rune(a))-2 ||
			!strings.HasSuffix(a, first.text) || n == 2 && first.text == a {
			continue
		}
		for _, w := range words[:n-2] {
			if len([]rune(core(w.text))) > 3 || w.conf > 0.9 {
				return
			}
		}
		first.text = a
		for _, w := range words[:n-2] {
			w.text = ""
		}
		return
	}
}

// subjects are the words that follow "Về việc" at the head of a title.
var subjects = strings.Fields("ban phê quy sửa triển thực tổ công tăng giao kiện thành điều bổ bãi hướng phân đẩy cho")

// mendSubject mends "Về việt ban hành": where an act follows "Về" and a word that is nearly "việc" and not sure, it is.
func mendSubject(words []*word) {
	if len(words) < 3 || words[0].text != "Về" || words[1].conf >= surely || !slices.Contains(subjects, words[2].text) {
		return
	}
	if oneAway([]rune(words[1].text), []rune("việc")) {
		words[1].text = "việc"
	}
}

// mendTier mends the word that heads the name of a province in a letterhead: no name there begins with TĨNH.
func mendTier(words []*word) {
	if len(words) < 2 || normalize.Fold(words[0].text) != "tinh" {
		return
	}
	for _, w := range words {
		if w.text != strings.ToUpper(w.text) {
			return
		}
	}
	words[0].text = "TỈNH"
}

// positions are those of the people who sign (Decree 30/2020, Phụ lục I, box 7a), with one letter of which a seal may
// take away.
var positions = []string{"THỦ TƯỚNG", "PHÓ THỦ TƯỚNG", "BỘ TRƯỞNG", "THỨ TRƯỞNG", "CHỦ TỊCH", "PHÓ CHỦ TỊCH", "CHỦ NHIỆM", "PHÓ CHỦ NHIỆM", "GIÁM ĐỐC",
	"PHÓ GIÁM ĐỐC", "CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG", "TRƯỞNG BAN", "PHÓ TRƯỞNG BAN", "CỤC TRƯỞNG", "PHÓ CỤC TRƯỞNG"}

// mendPosition gives a line of capitals that is one letter away from just one position that position: there is no
// "CHỦ TƯỚNG".
func mendPosition(words []*word) {
	var texts []string
	for _, w := range words {
		texts = append(texts, w.text)
	}
	text := strings.Join(texts, " ")
	if text != strings.ToUpper(text) || slices.Contains(positions, text) {
		return
	}
	found := ""
	for _, p := range positions {
		if oneAway([]rune(text), []rune(p)) {
			if found != "" {
				return
			}
			found = p
		}
	}
	for i, s := range strings.Fields(found) {
		words[i].text = s
	}
}

// oneAway reports whether two texts of one length differ in one letter, which is no blank.
func oneAway(a, b []rune) bool {
	if len(a) != len(b) {
		return false
	}
	n := 0
	for i := range a {
		if a[i] != b[i] {
			if n++; n > 1 || a[i] == ' ' || b[i] == ' ' {
				return false
			}
		}
	}
	return n == 1
}
