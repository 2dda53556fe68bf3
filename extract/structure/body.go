package structure

import (
	_ "embed"
	"strings"
	"sync"

	"kehoach/authority"
	"kehoach/internal/tsv"
	"kehoach/normalize"
	"kehoach/plan"
)

//go:embed tables/bodies.tsv
var bodiesTSV string

// bodyWords leads from a first folded word to the openings of bodies' names that begin with it.
var bodyWords = sync.OnceValue(func() map[string][]bodyWord {
	m := map[string][]bodyWord{}
	for _, r := range tsv.MustParse("bodies.tsv", bodiesTSV, "words", "next").Rows {
		fold := normalize.Fold(r[0])
		first, _, _ := strings.Cut(fold, " ")
		first = strings.TrimRight(first, ",")
		m[first] = append(m[first], bodyWord{fold, normalize.Keys(r[0]), r[1] == "capital"})
	}
	return m
})

type bodyWord struct {
	words   string // folded
	keys    string // with its tones: "Quận" is not "Quản"
	capital bool   // a body only where the next word begins with a capital
}

// bodyAt is the length of the longest opening of a body's name at the start of folded text, or 0; capital says
// that the word after it must begin with a capital. Where text is given, its tones must be those of the name.
func bodyAt(text, fold string) (n int, capital bool) {
	end := 0
	for end < len(fold) && (fold[end] >= 'a' && fold[end] <= 'z' || isDigit(fold[end])) {
		end++
	}
	for _, w := range bodyWords()[fold[:end]] {
		if len(w.words) > n && opensWith(fold, w.words) && (text == "" || normalize.Keys(text[:unfold(text, fold, len(w.words))]) == w.keys) {
			n, capital = len(w.words), w.capital
		}
	}
	return n, capital
}

// opensBody reports whether folded text begins like the name of a body, whatever its capitals: for letterheads.
func opensBody(fold string) bool {
	n, _ := bodyAt("", fold)
	return n > 0
}

// isBody reports whether text begins like the name of a body: an agency begins with a capital (decision 5), and
// words such as "Ban" and "Báo" name one only before another capital.
func isBody(text, fold string) bool {
	if !opensUpper(text) {
		return false
	}
	return isBodyAnyCase(text, fold)
}

// isBodyAnyCase is isBody for places where a list goes on in small letters ("và các sở, ban, ngành").
func isBodyAnyCase(text, fold string) bool {
	n, capital := bodyAt(text, fold)
	if n == 0 {
		return false
	}
	if !capital {
		return true
	}
	rest := strings.TrimLeft(text[unfold(text, fold, n):], " ")
	return opensUpper(rest) && !(strings.HasPrefix(fold, "ban") && strings.HasPrefix(fold[n:], " hanh"))
}

// properName writes a name printed in capitals with those of Decree 30/2020, Phụ lục II; a name that has small
// letters stays as printed. Abbreviations of bodies are written out.
func properName(name string) string {
	if strings.HasPrefix(name, "Y BAN NHÂN DÂN") || strings.HasPrefix(name, "Y ban nhân dân") { // a letter that converters lose
		name = "Ủ" + strings.ToLower(name[:1]) + name[1:]
	}
	if !strings.Contains(name, " ") { // "VOV" is no name in capitals
		if long := authority.Expand(name); long != name {
			return long
		}
	}
	if isCapitals(strings.Replace(name, "Ủy", "ỦY", 1)) {
		name = authority.Capitals(name)
	}
	return authority.Expand(name)
}

// placeName is a province with its kind: "tỉnh Lạng Sơn", "thành phố Hà Nội", "Thành phố Hồ Chí Minh".
func placeName(p plan.Province, date string) string {
	kind := "tỉnh"
	if authority.IsCity(p.ID, date) {
		kind = "thành phố"
	}
	if p.ID == "ho-chi-minh" {
		kind = "Thành phố"
	}
	return kind + " " + p.Name
}
