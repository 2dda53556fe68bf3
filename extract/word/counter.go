package word

import (
	"strconv"
	"strings"
)

// format writes a number as Word prints it in a list (ECMA-376, 17.18.59 ST_NumberFormat).
func format(kind string, n int) string {
	switch kind {
	case "upperRoman", "I":
		return roman(n)
	case "lowerRoman", "i":
		return strings.ToLower(roman(n))
	case "upperLetter", "A":
		return letters(n)
	case "lowerLetter", "a":
		return strings.ToLower(letters(n))
	case "none", "":
		return ""
	case "decimalZero":
		if n < 10 && n >= 0 {
			return "0" + strconv.Itoa(n)
		}
	case "vietnameseCounting":
		return vietnamese(n)
	case "ordinal":
		return strconv.Itoa(n) + "."
	}
	return strconv.Itoa(n)
}

// letters counts A … Z, AA, BB … ZZ, AAA, as Word does: without đ, which its lists do not know.
func letters(n int) string {
	if n < 1 || n > 26*40 {
		return strconv.Itoa(n)
	}
	return strings.Repeat(string(rune('A'+(n-1)%26)), (n-1)/26+1)
}

func roman(n int) string {
	if n < 1 || n > 3999 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	for _, d := range []struct {
		v int
		s string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= d.v; n -= d.v {
			b.WriteString(d.s)
		}
	}
	return b.String()
}

var digitWords = []string{"không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"}

// vietnamese writes a number below a hundred in words.
func vietnamese(n int) string {
	if n < 0 || n > 99 {
		return strconv.Itoa(n)
	}
	tens, ones := n/10, n%10
	if tens == 0 {
		return digitWords[ones]
	}
	words := "mười"
	if tens > 1 {
		words = digitWords[tens] + " mươi"
	}
	switch {
	case ones == 0:
	case ones == 1 && tens > 1:
		words += " mốt"
	case ones == 5:
		words += " lăm"
	default:
		words += " " + digitWords[ones]
	}
	return words
}
