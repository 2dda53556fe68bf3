package authority

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Capitals writes a body's name with the capitals of Decree 30/2020/NĐ-CP, Phụ lục II: "ỦY BAN NHÂN DÂN TỈNH
// HẬU GIANG" → "Ủy ban nhân dân tỉnh Hậu Giang". The letters and the place of their marks stay the document's
// own. A name that no table has gets a capital at its head and at the names of provinces, where it is printed
// in capitals; else it stays.
func Capitals(s string) string {
	n := scanned(s)
	defer n.free()
	if len(n.words) == 0 {
		return s
	}
	shouted := n.shouted()
	model := n.model()
	var b strings.Builder
	done, tierEnd, placeAt := 0, 0, -1
	for i, w := range n.words {
		b.WriteString(n.src[done:w.start])
		done = int(w.end)
		word := n.src[w.start:w.end]
		if i >= tierEnd && i != placeAt && word != "TU" { // "TU" is no tier in a name that is written out
			if _, tierEnd = n.tier(i, len(n.words)); tierEnd > i {
				placeAt = tierEnd
			}
		}
		switch {
		case n.inProvince(i):
			word = title(word)
		case i > 0 && i == placeAt && i >= len(model) && shouted: // behind "huyện", "phường": the name of a place
			word = title(word)
		case i > 0 && i < tierEnd && i >= len(model)-1:
			word = strings.ToLower(word)
		case i < len(model):
			word = likeModel(word, model[i])
		case i > 0 && (shouted && (w.and || words().linking.has(n, i, i+1) || n.skip(quantifiers, i, i+1) > i)):
			word = strings.ToLower(word)
		case !shouted:
		case i == 0 || len(model) > 0: // the name of a place
			word = title(word)
		default:
			word = strings.ToLower(word)
		}
		b.WriteString(word)
	}
	b.WriteString(n.src[done:])
	return b.String()
}

// model is the spelling in the table of the kind that the name begins with, word by word; nil where none fits.
func (n *name) model() []string {
	for _, m := range n.matches(0) {
		for _, f := range m.forms {
			for _, s := range bodies().kinds[f.kind].spellings {
				s = strings.TrimSuffix(s, "…")
				if keyOf(s) != n.key(0, m.end) {
					continue
				}
				if words := strings.FieldsFunc(s, func(r rune) bool { return classOf(r) == 0 && r != '&' && r != '+' }); len(words) == m.end {
					return words
				}
			}
		}
	}
	return nil
}

// inProvince reports whether word i is in the name of a province, with the "Thành phố" of Hồ Chí Minh.
func (n *name) inProvince(i int) bool {
	for from := max(0, i-4); from <= i; from++ {
		for to := min(from+5, len(n.words)); to > i; to-- {
			if provinceIndex().named(n, from, to) != nil && n.provincePrefix(from, to) == from {
				return true
			}
		}
	}
	for from := max(0, i-1); from <= i; from++ {
		if n.says(from, from+5, "thanh2phô1hô2chi1minh", "thanhphohochiminh") {
			return i == from // "Thành phố Hồ Chí Minh"
		}
	}
	return false
}

// shouted reports whether the name has no small letter.
func (n *name) shouted() bool {
	for _, w := range n.words {
		for _, r := range n.src[w.start:w.end] {
			if unicode.IsLower(r) {
				return false
			}
		}
	}
	return true
}

// likeModel gives a word the capitals of its model: all, the first letter, or none.
func likeModel(word, model string) string {
	if model == strings.ToUpper(model) && utf8.RuneCountInString(model) > 1 {
		return strings.ToUpper(word)
	}
	if r, _ := utf8.DecodeRuneInString(model); unicode.IsUpper(r) {
		return title(word)
	}
	return strings.ToLower(word)
}

func title(word string) string { return capitalised(strings.ToLower(word)) }
