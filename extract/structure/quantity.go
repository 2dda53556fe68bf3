package structure

import (
	"math"
	"strings"
)

// quantity is a number or a range as printed, with the bytes of the fold that it takes.
type quantity struct {
	from, to int
	value    float64
	max      float64
	ranged   bool
	percent  bool // the sign stands behind the first number of the range or behind the last
}

// readNumber reads a number in the Vietnamese way: "." parts thousands and "," decimals, "1.250,5", "0,5"; "12.5" and
// "1.5" too where no three digits follow the point.
func readNumber(fold string, i int) (v float64, end int, ok bool) {
	end = i
	whole, n := 0.0, 0
	for end < len(fold) && isDigit(fold[end]) && n < 16 {
		whole = whole*10 + float64(fold[end]-'0')
		end++
		n++
	}
	if n == 0 || end < len(fold) && isDigit(fold[end]) {
		return 0, i, false
	}
	groups := 0
	for n <= 3 && groups < 4 && end+3 < len(fold)+0 && fold[end] == '.' && threeDigits(fold, end+1) {
		for _, c := range fold[end+1 : end+4] {
			whole = whole*10 + float64(c-'0')
		}
		end += 4
		groups++
	}
	if groups == 0 && n <= 3 { // 1,200,000 in the English way
		commas := 0
		for e := end; e+3 < len(fold) && fold[e] == ',' && threeDigits(fold, e+1); e += 4 {
			commas++
		}
		if commas > 1 {
			for ; commas > 0; commas-- {
				for _, c := range fold[end+1 : end+4] {
					whole = whole*10 + float64(c-'0')
				}
				end += 4
			}
			return whole, end, true
		}
	}
	if end+1 < len(fold) && (fold[end] == ',' || fold[end] == '.' && groups == 0) && isDigit(fold[end+1]) {
		j, scale, places := end+1, 1.0, 0
		frac := 0.0
		for j < len(fold) && isDigit(fold[j]) && places < 6 {
			frac = frac*10 + float64(fold[j]-'0')
			scale *= 10
			j++
			places++
		}
		if j < len(fold) && (isDigit(fold[j]) || fold[j] == '.' && j+1 < len(fold) && isDigit(fold[j+1])) {
			return 0, i, false // "0243.974.62.25": no number
		}
		return whole + math.Round(frac)/scale, j, true
	}
	return whole, end, true
}

func threeDigits(s string, i int) bool {
	return i+3 <= len(s) && isDigit(s[i]) && isDigit(s[i+1]) && isDigit(s[i+2]) && (i+3 == len(s) || !isDigit(s[i+3]))
}

// rangeJoints stand between the ends of a range.
var rangeJoints = []string{"-", "–", "—", "÷", "den", "toi", "hoac"}

// readQuantity reads "5 - 8%", "1 đến 2", "03 - 05", "95%" that begins at a byte.
func readQuantity(fold string, i int) (q quantity, ok bool) {
	q.from = i
	if q.value, q.to, ok = readNumber(fold, i); !ok {
		return q, false
	}
	j := skipBlanks(fold, q.to)
	if j < len(fold) && fold[j] == '%' {
		q.percent, q.to = true, j+1
	}
	j = skipBlanks(fold, q.to)
	for _, w := range rangeJoints {
		k := 0
		if w[0] >= 'a' && w[0] <= 'z' {
			k = skipWord(fold, j, w)
		} else if strings.HasPrefix(fold[j:], w) {
			k = j + len(w)
		}
		if k == 0 {
			continue
		}
		k = skipBlanks(fold, k)
		max, end, ok := readNumber(fold, k)
		if !ok || max <= q.value || end < len(fold) && (fold[end] == '/' && end+1 < len(fold) && isDigit(fold[end+1])) {
			break
		}
		p := skipBlanks(fold, end)
		percent := p < len(fold) && fold[p] == '%'
		if q.percent && !percent {
			break
		}
		q.max, q.to, q.ranged = max, end, true
		if percent {
			q.percent, q.to = true, p+1
		}
		break
	}
	return q, true
}

// numberCanBegin reports whether the digits at a byte begin a number of their own.
func numberCanBegin(fold string, i int) bool {
	if i == 0 {
		return true
	}
	switch c := fold[i-1]; {
	case isDigit(c), isLetter(c) && c < 0x80, c == '/', c == '+', c == '<', c == '>', c == '=', c == '_', c == '#':
		return false
	case c == '.' || c == ',':
		return i < 2 || !isDigit(fold[i-2])
	case c == '-':
		return i < 2 || !isLetter(fold[i-2]) && !isDigit(fold[i-2])
	}
	return true
}
