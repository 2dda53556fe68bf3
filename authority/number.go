package authority

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kehoach/plan"
)

// Number is the number of a document in its canonical parts.
type Number struct {
	Number    string // the whole, without blanks: "115/KH-UBND"; "" where the number itself is blank
	Symbol    string // what follows the number: "KH-UBND", "QH13", "CTr/TU"
	Type      string // the type's code; "" for laws and resolutions of the National Assembly, which their number does not tell apart
	Issuer    string // the id of the body that the symbol names: "ubnd", "ttg"; of several, the first; "" where none is known
	Year      string // of normative documents: "2014"
	Party     bool   // written as the Party writes it: 08-CTr/TU
	Malformed bool   // the symbol has a part that no table knows in its place, so that it may be misprinted
}

// ParseNumber reads the number of a document in any of its printed forms: "115 /KH-UBND", "Số : 837 / QĐ - BKH",
// "19-2018/NQ-CP", "08-CTr/TU", "54/2014/QH13", "2928/LĐTBXH-BVCSTE" (a công văn). It reports false where s is
// no number with a symbol. A misprinted symbol stays as it is printed, and is Malformed.
func ParseNumber(s string) (Number, bool) {
	if len(s) > 200 {
		return Number{}, false
	}
	s = squeeze(s)
	s = trimLabel(s)
	s = strings.Trim(s, ".,;:")
	slash := strings.IndexByte(s, '/')
	if slash < 0 || slash == len(s)-1 {
		return Number{}, false
	}
	head, rest := s[:slash], s[slash+1:]
	var n Number
	digits := leadingDigits(head)
	switch {
	case head == "": // blank: the number is stamped later
		n.Symbol = rest
	case digits == 0:
		return Number{}, false
	case digits == len(head) || serial(head[digits:]):
		n.Symbol = rest
		if len(rest) > 5 && leadingDigits(rest) == 4 && rest[4] == '/' {
			n.Year, n.Symbol = rest[:4], rest[5:]
		}
	case head[digits] == '-' && leadingDigits(head[digits+1:]) == 4 && len(head) == digits+5:
		n.Year, n.Symbol = head[digits+1:], rest
	case head[digits] == '-' && symbolic(head[digits+1:]):
		n.Party = true
		n.Symbol = head[digits+1:] + "/" + rest
	default:
		return Number{}, false
	}
	if !symbolic(n.Symbol) {
		return Number{}, false
	}
	if head != "" {
		n.Number = s
	}
	n.read()
	return n, true
}

// read finds type and issuer in the symbol.
func (n *Number) read() {
	first, rest, _ := strings.Cut(n.Symbol, "-")
	if n.Party {
		first, rest, _ = strings.Cut(n.Symbol, "/")
		// BC-VPTU/…: what stands between the type and the body is a unit
		first, _, _ = strings.Cut(first, "-")
		t, ok := typeCodes[first]
		n.Type, n.Issuer = t.Code, issuerOf(rest, true)
		n.Malformed = !ok
		return
	}
	if id, ok := assembly(first); ok { // 54/2014/QH13
		n.Issuer = id
		if id == "ubtvqh" {
			n.Type = "PL"
			if n.Year == "" || rest != "" {
				n.Type = ""
			}
		}
		return
	}
	if t, ok := typeCodes[first]; ok && rest != "" {
		n.Type = t.Code
		org, more, _ := strings.Cut(rest, "-")
		n.Issuer = issuerOf(org, false)
		if n.Issuer == "" && more != "" {
			n.Issuer = issuerOf(rest, false)
		}
		n.Malformed = org == "Tg" || org == "TG" || n.Issuer == "" && utf8.RuneCountInString(org) < 2
		return
	}
	if id := issuerOf(first, false); id != "" {
		n.Type, n.Issuer = "CV", id
		return
	}
	if t, ok := typeCodes[first]; ok {
		n.Type = t.Code
		n.Malformed = true
		return
	}
	n.Type = ""
	if !strings.Contains(n.Symbol, "/") && !strings.ContainsFunc(first, unicode.IsDigit) && rest != "" {
		n.Type = "CV"
	}
}

// assembly reads the symbol of the National Assembly (QH15) or of its standing committee (UBTVQH15).
func assembly(s string) (id string, ok bool) {
	if t, cut := strings.CutPrefix(s, "UBTVQH"); cut && allDigits(t) {
		return "ubtvqh", true
	}
	if t, cut := strings.CutPrefix(s, "QH"); cut && allDigits(t) {
		return "quoc-hoi", true
	}
	return "", false
}

// issuerOf is the id of the body that signs with a symbol, "" where none is known. Of several that do, the one
// that exists today goes first, and a central one before the others.
func issuerOf(symbol string, party bool) string {
	if id, ok := assembly(symbol); ok {
		return id
	}
	ids := bodies.symbols[symbolKey(symbol)]
	if len(ids) == 0 {
		if cut := strings.TrimRight(symbol, "0123456789"); cut != symbol && cut != "" {
			ids = bodies.symbols[symbolKey(cut)]
		}
	}
	if len(ids) == 0 {
		return ""
	}
	best, bestRank := ids[0], -1
	for _, i := range ids {
		k := &bodies.kinds[i]
		rank := 3 - slices.Index(tierOrder, k.levels[0])
		if k.to == "" {
			rank += 4
		}
		if rank > bestRank {
			best, bestRank = i, rank
		}
	}
	return bodies.kinds[best].one[0].ID
}

var tierOrder = []plan.Level{plan.Central, plan.Provincial, plan.District, plan.Commune}

// squeeze drops blanks and invisible runes, and makes every dash a hyphen.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '–' || r == '—' || r == '−' || r == '‑' || r == '‐':
			return '-'
		case r == '⁄' || r == '∕' || r == '／':
			return '/'
		case unicode.IsSpace(r) || r == '\u00ad' || r == '\u200b' || r == '\ufeff':
			return -1
		}
		return r
	}, s)
}

// trimLabel drops "Số:" before a number.
func trimLabel(s string) string {
	for _, label := range []string{"Số", "SỐ", "số", "So", "SO", "so"} {
		if t, ok := strings.CutPrefix(s, label); ok {
			if t == "" || !unicode.IsLetter(firstRune(t)) {
				return strings.TrimLeft(t, ":.…_")
			}
		}
	}
	return strings.TrimLeft(s, ":")
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func leadingDigits(s string) int {
	i := 0
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	return i
}

func allDigits(s string) bool { return s != "" && leadingDigits(s) == len(s) }

// serial reports whether s is the letter of a number put in between: 12a, 12B, 12bis.
func serial(s string) bool {
	return len(s) == 1 && unicode.IsLetter(rune(s[0])) || s == "bis"
}

// symbolic reports whether s can be a symbol: it begins with a letter, and has nothing but letters, digits and joiners.
func symbolic(s string) bool {
	if s == "" || !unicode.IsLetter(firstRune(s)) {
		return false
	}
	for _, r := range s {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && r != '-' && r != '/' && r != '&' && r != '.' && r != ',' {
			return false
		}
	}
	last := s[len(s)-1]
	return last != '-' && last != '/'
}

// symbolKey is a symbol without what comes and goes in it: "SVHTT&DL" and "SVHTTDL" are one.
func symbolKey(s string) string {
	return strings.NewReplacer("&", "", "-", "", ".", "", " ", "").Replace(s)
}
