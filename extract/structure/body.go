package structure

import (
	_ "embed"
	"strings"
	"unicode"

	"kehoach/authority"
	"kehoach/internal/tsv"
	"kehoach/normalize"
	"kehoach/plan"
)

//go:embed tables/bodies.tsv
var bodiesTSV string

// bodyWords leads from a first folded word to the openings of bodies' names that begin with it.
var bodyWords = func() map[string][]bodyWord {
	m := map[string][]bodyWord{}
	for _, r := range tsv.MustParse("bodies.tsv", bodiesTSV, "words", "next").Rows {
		fold := normalize.Fold(r[0])
		first, _, _ := strings.Cut(fold, " ")
		first = strings.TrimRight(first, ",")
		m[first] = append(m[first], bodyWord{fold, normalize.Keys(r[0]), r[1] == "capital"})
	}
	return m
}()

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
	for _, w := range bodyWords[fold[:end]] {
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

// properName writes a name printed in capitals with those of Decree 30/2020, Phụ lục II: a known body as it is
// known, an unknown one with a capital at its start and in the names of places. A name that has small letters
// stays as printed; abbreviations of bodies are written out.
func properName(name, date, province string) string {
	if !isCapitals(name) {
		return authority.Expand(name)
	}
	b := authority.Resolve(name, date, province)
	if p, at, ok := authority.FindProvince(name, date); ok {
		head := strings.TrimRight(name[:at.Start], " ,-")
		if head == "" {
			return placeName(p, date)
		}
		return properName(head, date, province) + " " + placeName(p, date)
	}
	if b.Status == "resolved" {
		if proper, ok := inCapitalsOf(authority.Expand(name), b.Name); ok {
			return proper
		}
	}
	return smallLetters(authority.Expand(name))
}

// inCapitalsOf writes a name in its own spelling with the capitals of another spelling of the same words.
func inCapitalsOf(name, model string) (string, bool) {
	own, like := strings.Fields(name), strings.Fields(model)
	if len(own) != len(like) {
		return "", false
	}
	for i, w := range own {
		own[i] = strings.ToLower(w)
		if opensUpper(like[i]) {
			own[i] = firstUpper(own[i])
		}
	}
	return strings.Join(own, " "), true
}

// placeKinds open the name of a place below a province; the words behind them are a proper name.
var placeKinds = []string{"huyện", "quận", "thị xã", "thành phố", "xã", "phường", "thị trấn", "đặc khu"}

// smallLetters writes a name in capitals in small letters, with a capital at its start and in the place that
// ends it.
func smallLetters(name string) string {
	low := firstUpper(strings.ToLower(name))
	best := -1
	for _, k := range placeKinds {
		if i := strings.Index(low, " "+k+" "); i >= 0 && (best < 0 || i < best) {
			best = i + len(k) + 2
		}
	}
	if best < 0 {
		for _, k := range placeKinds {
			if strings.HasPrefix(strings.ToLower(name), k+" ") {
				best = len(k) + 1
			}
		}
	}
	if best < 0 {
		return low
	}
	return low[:best] + titleCase(low[best:])
}

// placeName is a province with its kind: "tỉnh Lạng Sơn", "thành phố Hà Nội", "Thành phố Hồ Chí Minh".
func placeName(p plan.Province, date string) string {
	kind := "tỉnh"
	for _, q := range authority.Provinces(date) {
		if q.ID == p.ID && q.City {
			kind = "thành phố"
		}
	}
	if p.ID == "ho-chi-minh" {
		kind = "Thành phố"
	}
	return kind + " " + p.Name
}

// titleCase writes every word with a capital: the name of a commune or a district in capitals.
func titleCase(s string) string {
	up := true
	return strings.Map(func(r rune) rune {
		if up {
			r = unicode.ToUpper(r)
		} else {
			r = unicode.ToLower(r)
		}
		up = r == ' ' || r == '-' || r == '.'
		return r
	}, s)
}
