package authority

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"kehoach/plan"
)

// Number is the number of a document in its canonical parts.
type Number struct {
	Number    string // the whole, without blanks: "115/KH-UBND"; "" where the number itself is blank
	Symbol    string // what follows the number: "KH-UBND", "QH13", "CTr/TU"
	Type      string // the type's code; "" where the number does not tell it, as for laws and resolutions of the National Assembly
	Issuer    string // the id of the body that the symbol names: "ubnd", "ttg"; of a joint document the first; "" where none is known
	Year      string // in the number: "2014"
	Party     bool   // written as the Party writes it: 08-CTr/TU
	Malformed bool   // the symbol is not written as a symbol of its kind is, and may be misprinted
}

// longestNumber is more bytes than any number has.
const longestNumber = 120

// ParseNumber reads the number of a document in any of its printed forms: "115 /KH-UBND", "Số : 837 / QĐ - BKH",
// "19-2018/NQ-CP", "08-CTr/TU", "54/2014/QH13", "2928/LĐTBXH-BVCSTE" (a công văn). It reports false where s is
// no number with a symbol, or more than one. A misprinted symbol stays as it is printed, and is Malformed.
func ParseNumber(s string) (Number, bool) {
	if len(s) > longestNumber {
		return Number{}, false
	}
	s, ok := squeeze(s)
	if !ok {
		return Number{}, false
	}
	head, rest, ok := strings.Cut(s, "/")
	if !ok {
		return Number{}, false
	}
	n := Number{Number: s, Symbol: rest}
	digits := leadingDigits(head)
	after := head[digits:]
	switch {
	case head == "": // the number is stamped later
		n.Number = ""
	case digits == 0 || digits > 6:
		return Number{}, false
	case after == "" || serial(after):
		if leadingDigits(rest) == 4 && strings.HasPrefix(rest[4:], "/") {
			n.Year, n.Symbol = rest[:4], rest[5:]
		}
	case after[0] == '-' && len(after) == 5 && allDigits(after[1:]):
		n.Year = after[1:]
	case after[0] == '-' && isSymbol(after[1:]):
		n.Party, n.Symbol = true, after[1:]+"/"+rest
	default:
		return Number{}, false
	}
	if !isSymbol(n.Symbol) {
		return Number{}, false
	}
	n.read()
	return n, true
}

// read finds type and issuer in the symbol.
func (n *Number) read() {
	sep := "-"
	if n.Party {
		sep = "/"
	}
	first, rest, _ := strings.Cut(n.Symbol, sep)
	if id := assembly(first); id != "" { // 54/2014/QH13
		n.Issuer = id
		return
	}
	code, unit, _ := strings.Cut(first, "-") // of the Party: the type, and at times a unit
	if t, ok := typeOf(code); ok && rest != "" && (n.Party || unit == "") {
		n.Type = t
		n.Issuer = issuer(rest)
		org, _, _ := strings.Cut(rest, "-")
		if t == "QĐ" && org == "CT" { // of the chairman, as it was written until 2004, and not of the tax office
			n.Issuer = ""
		}
		n.Malformed = misprints[org]
		return
	}
	if n.Party {
		n.Issuer, n.Malformed = issuer(rest), true
		return
	}
	if id := issuer(n.Symbol); id != "" && rest != "" { // a công văn has no type: body and unit
		n.Type, n.Issuer = "CV", id
		return
	}
	for cut := range first { // "QĐUBND", "KH/UBND": the joiner is missing or another
		t, ok := typeOf(strings.TrimSuffix(first[:cut], "/"))
		if id := issuer(first[cut:]); ok && id != "" {
			n.Type, n.Issuer, n.Malformed = t, id, true
			return
		}
	}
	switch t, ok := typeOf(first); {
	case ok: // "12/KH": no body
		n.Type, n.Malformed = t, true
	case rest != "" && !strings.ContainsAny(n.Symbol, "/0123456789"):
		n.Type = "CV"
	}
}

// misprints are the ends of symbols that stand for the Prime Minister's TTg in documents of note.
var misprints = map[string]bool{"Tg": true, "TG": true, "TTG": true, "Ttg": true, "ttg": true}

// typeOf is the code of a type by its code in a symbol. Small letters are read as capitals, "QD" as QĐ; a code
// that names another type as it stands is that type.
func typeOf(code string) (string, bool) {
	t, ok := types().codes[code]
	if !ok {
		t, ok = types().codes[strings.ToUpper(code)]
	}
	if !ok && (code == "QD" || code == "qd") {
		t, ok = types().codes["QĐ"], true
	}
	return t.Code, ok
}

// assembly reads the symbol of the National Assembly ("QH15") or of its standing committee ("UBTVQH15").
func assembly(s string) (id string) {
	if t, cut := strings.CutPrefix(s, "UBTVQH"); cut && allDigits(t) {
		return "ubtvqh"
	}
	if t, cut := strings.CutPrefix(s, "QH"); cut && allDigits(t) {
		return "quoc-hoi"
	}
	return ""
}

// issuer is the id of the body that signs with a symbol, of which the first part, or the first two, name it. Of
// several bodies those of today go first, and of these the highest.
func issuer(symbol string) string {
	org, more, _ := strings.Cut(symbol, "-")
	if id := assembly(org); id != "" {
		return id
	}
	two, _, _ := strings.Cut(more, "-")
	kinds := bodies().symbols[symbolKey(org)]
	if kinds == nil && two != "" {
		kinds = bodies().symbols[symbolKey(org+two)]
	}
	if kinds == nil { // HĐND15, TU15: with a number of its own
		kinds = bodies().symbols[symbolKey(strings.TrimRight(org, "0123456789"))]
	}
	best, bestRank := "", -1
	for _, i := range kinds {
		k := &bodies().kinds[i]
		rank := len(tierOrder) - slices.Index(tierOrder, k.levels[0])
		if k.to == "" {
			rank += len(tierOrder)
		}
		if rank > bestRank {
			best, bestRank = k.one[0].ID, rank
		}
	}
	return best
}

var tierOrder = []plan.Level{plan.Central, plan.Provincial, plan.District, plan.Commune}

// symbolKey is a symbol without what comes and goes in it: "SVHTT&DL" and "SVHTTDL" are one.
func symbolKey(s string) string { return symbolJoiners.Replace(s) }

var symbolJoiners = strings.NewReplacer("&", "", "-", "", ".", "", " ", "", ",", "")

// squeeze writes a printed number without its label, blanks and closing marks, and with one kind of dash and
// slash. ok is false where there is more than a number: two letters or digits with nothing but a blank between.
func squeeze(s string) (number string, ok bool) {
	if !norm.NFC.IsNormalString(s) {
		s = norm.NFC.String(s)
	}
	s = strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(".,;:()[]\"“”", r) })
	for _, label := range []string{"Số", "SỐ", "số"} {
		if t, cut := strings.CutPrefix(s, label); cut && t != "" && !unicode.IsLetter(firstRune(t)) {
			s = strings.TrimLeftFunc(t, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(":.…_", r) })
			break
		}
	}
	var b strings.Builder
	var last rune
	blank := false
	for _, r := range s {
		switch {
		case strings.ContainsRune("–—−‑‐", r):
			r = '-'
		case strings.ContainsRune("⁄∕／", r):
			r = '/'
		case r == 'Ð' || r == 'Ɖ': // look like Đ
			r = 'Đ'
		case r == '\u00ad' || r == '\u200b' || r == '\ufeff':
			continue
		case unicode.IsSpace(r):
			blank = true
			continue
		}
		if blank && isWordRune(r) && isWordRune(last) {
			return "", false
		}
		blank, last = false, r
		b.WriteRune(r)
	}
	return b.String(), true
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func leadingDigits(s string) int {
	return len(s) - len(strings.TrimLeft(s, "0123456789"))
}

func allDigits(s string) bool { return s != "" && leadingDigits(s) == len(s) }

// serial reports whether s is the letter of a number that was put in between: 12a, 12B, 12bis.
func serial(s string) bool {
	return s == "bis" || utf8.RuneCountInString(s) == 1 && unicode.IsLetter(firstRune(s))
}

// isSymbol reports whether s can be a symbol: letters, digits and joiners, a letter first and no joiner last.
func isSymbol(s string) bool {
	if s == "" || !unicode.IsLetter(firstRune(s)) {
		return false
	}
	var last rune
	for _, r := range s {
		if !isWordRune(r) && (!strings.ContainsRune("-/&.,", r) || !isWordRune(last)) {
			return false
		}
		last = r
	}
	return isWordRune(last)
}
