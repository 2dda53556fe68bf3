package structure

import (
	"strings"
	"unicode/utf8"
)

// docNumber is the number of a document as it stands in a line's text: "889/QĐ-TTg", "115 /KH-UBND",
// "54/2014/QH13", "08-CTr/TU", "19-2018/NQ-CP", "164/TTr- SKHCN".
type docNumber struct {
	from, to int    // bytes of the line's text
	first    string // the first group of the symbol: "QĐ", "QH13", and "CTr" of "08-CTr/TU"
	groups   int    // of the symbol
	party    bool   // the type stands before the slash
	dated    bool   // the year is part of the number
	spaced   bool   // only a blank stands between the number and the type: counts behind "số" alone
}

// scanDocNumber reads the number around a slash. It looks at no byte before floor, and at a bounded number of
// bytes after it.
func scanDocNumber(text string, slash, floor int) (n docNumber, ok bool) {
	i := slash
	for k := 0; k < 2 && i > floor && text[i-1] == ' '; k++ {
		i--
	}
	switch {
	case i <= floor:
		return n, false
	case isDigit(text[i-1]):
		ok = n.digitsBefore(text, i, floor)
	case text[i-1] >= 'a' && text[i-1] <= 'z' && i-2 >= floor && isDigit(text[i-2]): // 30c/NQ-CP
		ok = n.digitsBefore(text, i-1, floor)
	default:
		ok = n.partyBefore(text, i, floor)
	}
	if !ok || !freeBefore(text, n.from) {
		return n, false
	}
	return n, n.symbolAfter(text, slash+1)
}

// digitsBefore reads "889" and the "19-2018" of older numbers.
func (n *docNumber) digitsBefore(text string, end, floor int) bool {
	start := digitsFrom(text, end, floor)
	if end-start == 0 || end-start > 6 {
		return false
	}
	n.from = start
	if year := text[start:end]; len(year) == 4 && (year < "2151" && year > "1944") && start-2 >= floor && text[start-1] == '-' && isDigit(text[start-2]) {
		n.from = digitsFrom(text, start-1, floor)
		n.dated = true
		return start-1-n.from <= 5
	}
	return true
}

// partyBefore reads the "08-CTr" of party documents.
func (n *docNumber) partyBefore(text string, end, floor int) bool {
	start := end
	for k := 0; k < 8 && start > floor; k++ {
		r, size := utf8.DecodeLastRuneInString(text[floor:start])
		if !symbolLetter(r) {
			break
		}
		start -= size
	}
	i := start
	if start == end || i > floor && text[i-1] == ' ' {
		i--
	}
	switch {
	case i <= floor || start == end:
		return false
	case text[i-1] == '-':
		i--
	case start > floor && text[start-1] == ' ' && isDigit(text[i-1]): // "28 TC/TCT", before 1997
		n.spaced = true
	default:
		return false
	}
	if i > floor && text[i-1] == ' ' {
		i--
	}
	from := digitsFrom(text, i, floor)
	if i-from == 0 || i-from > 5 || !capital(text[start:]) {
		return false
	}
	n.from, n.first, n.party = from, text[start:end], true
	return true
}

func digitsFrom(text string, end, floor int) int {
	for k := 0; k < 8 && end > floor && isDigit(text[end-1]); k++ {
		end--
	}
	return end
}

// freeBefore reports whether a number can begin here: no letter, digit or sign that would make it part of
// something longer stands before it.
func freeBefore(text string, from int) bool {
	if from == 0 {
		return true
	}
	r, size := utf8.DecodeLastRuneInString(text[:from])
	switch r {
	case '/', '-', '–', '+', '<', '>', '=':
		return false
	case '.', ',':
		return from-size == 0 || !isDigit(text[from-size-1])
	}
	return !isDigit(byte(min(r, 127))) && !symbolLetter(r) && !isVietnamese(r)
}

func isVietnamese(r rune) bool { return r >= 0xC0 && r < 0x2000 }

// symbolAfter reads the year, where there is one, and the symbol: groups of letters joined by dashes.
func (n *docNumber) symbolAfter(text string, i int) bool {
	i = skipOne(text, i)
	if !n.party && !n.dated {
		j := i
		for j < len(text) && j < i+5 && isDigit(text[j]) {
			j++
		}
		if j > i {
			k := skipOne(text, j)
			if j-i != 4 || text[i] != '1' && text[i] != '2' || k >= len(text) || text[k] != '/' {
				return false
			}
			i, n.dated = skipOne(text, k+1), true
		}
	}
	for {
		end := groupEnd(text, i)
		if end == i {
			return n.groups > 0
		}
		if n.groups == 0 && !n.party {
			n.first = text[i:end]
		}
		n.groups++
		n.to = end
		next, ok := dashJoin(text, end, n.groups)
		if !ok {
			return true
		}
		i = next
	}
}

// groupEnd is the end of a group of a symbol that begins with a capital: "KH", "UBND", "QH13", "TT&TT", "QĐ.TTg".
func groupEnd(text string, i int) int {
	if i >= len(text) || !capital(text[i:]) {
		return i
	}
	end := i
	for k := 0; k < 20 && end < len(text); k++ {
		r, size := utf8.DecodeRuneInString(text[end:])
		dot := r == '.' && end+1 < len(text) && capital(text[end+1:])
		if !symbolLetter(r) && r != '&' && (r < '0' || r > '9') && !dot {
			if isVietnamese(r) { // an ordinary word: "12/Bộ"
				return i
			}
			break
		}
		end += size
	}
	return end
}

// dashJoin finds the next group behind a dash. A line that was broken or a careless hand leaves a blank on one
// side of it ("5969/QĐ- UBND"); the group behind it is capitals then.
func dashJoin(text string, i, groups int) (next int, ok bool) {
	j := skipOne(text, i)
	dash := 0
	switch {
	case strings.HasPrefix(text[j:], "-"):
		dash = 1
	case strings.HasPrefix(text[j:], "–"):
		dash = len("–")
	default:
		return 0, false
	}
	k := skipOne(text, j+dash)
	end := groupEnd(text, k)
	if end == k {
		return 0, false
	}
	switch gaps := (j - i) + (k - j - dash); {
	case gaps == 0:
		return k, true
	case gaps == 2 && groups > 1:
		return 0, false
	}
	return k, twoCapitals(text[k:end])
}

func skipOne(text string, i int) int {
	if i < len(text) && text[i] == ' ' {
		return i + 1
	}
	return i
}

// symbolLetter reports whether a letter stands in symbols: ASCII, đ and ư.
func symbolLetter(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == 'Đ' || r == 'đ' || r == 'Ư' || r == 'ư'
}

func capital(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return r >= 'A' && r <= 'Z' || r == 'Đ' || r == 'Ư'
}

func twoCapitals(s string) bool {
	_, size := utf8.DecodeRuneInString(s)
	return capital(s) && capital(s[size:])
}

// isAssembly reports the symbols of the National Assembly and its Standing Committee: "QH13", "UBTVQH15".
func isAssembly(group string) bool {
	rest, ok := strings.CutPrefix(strings.TrimPrefix(group, "UBTV"), "QH")
	return ok && len(rest) <= 2 && digits(rest) > 0
}
