package structure

import (
	"strings"
	"unicode/utf8"

	"kehoach/normalize"
)

// scheme is a way of counting units. Their order is the usual nesting of an administrative document
// (Decree 30/2020/NĐ-CP, Phụ lục I, and Decree 78/2025/NĐ-CP for normative ones).
type scheme uint8

const (
	noScheme    scheme = iota
	annexed            // Phụ lục I, Biểu số 2
	part               // Phần I, Phần thứ nhất
	chapter            // Chương II
	upper              // A. B. C.
	roman              // I. II. III.
	division           // Mục 3
	subdivision        // Tiểu mục 2
	article            // Điều 4
	arabic             // 1. 2. 3.
	decimal            // 1.1. 2.1.10
	letter             // a) b) c) d) đ) e)
	bracketed          // (1). (2)
	count
)

// label is the label that a line opens with.
type label struct {
	scheme  scheme
	text    string // as printed, without closing punctuation
	value   int    // its place in the count, from 1
	nums    []int  // of a decimal label, its numbers
	rest    int    // the byte of the line at which the words begin
	printed int    // the bytes of a damaged label that text replaces, or 0
	odd     int    // what the reading costs
	weak    bool   // no closing punctuation: "1 Sở Tài chính"
}

// readLabel reads the label of a line in every way it can be read, the likelier first: "I." is a Roman numeral and a capital,
// "i)" a letter only.
func readLabel(text, fold string) []label {
	if text == "" {
		return nil
	}
	switch c := text[0]; {
	case c >= '0' && c <= '9':
		return numberLabel(text)
	case c == '(':
		return bracketLabel(text)
	}
	if l, ok := wordLabel(text, fold); ok {
		return []label{l}
	}
	return letterLabels(text)
}

// closing is the length of the punctuation that closes a label, and of the blanks behind it. A slash closes a
// label where no digit follows ("I/ Mục đích", but "1/2024").
func closing(s string) (n int, ok bool) {
	if s == "" {
		return 0, false
	}
	switch s[0] {
	case '.', ')', ':':
		n = 1
		if len(s) > 1 && s[0] == '.' && s[1] == ')' || len(s) > 1 && s[0] == ')' && s[1] == '.' {
			n = 2
		}
	case '/':
		if len(s) > 1 && (s[1] == ' ' || s[1] >= 0x80 || s[1] >= 'A' && s[1] <= 'z') {
			n = 1
		}
	}
	return n + blanks(s[n:]), n > 0
}

func blanks(s string) int {
	n := 0
	for n < len(s) && (s[n] == ' ' || s[n] == '\t') {
		n++
	}
	return n
}

// numberLabel reads "1.", "1)", "2.1.", "2.1.10", "3.3.Thời gian" and "1 Sở" (weak).
func numberLabel(text string) []label {
	var nums []int
	i := 0
	for {
		start, n := i, 0
		for i < len(text) && text[i] >= '0' && text[i] <= '9' && i-start < 4 {
			n = n*10 + int(text[i]-'0')
			i++
		}
		if i == start {
			break
		}
		nums = append(nums, n)
		if i+1 < len(text) && text[i] == '.' && text[i+1] >= '0' && text[i+1] <= '9' && len(nums) < 6 {
			i++
			continue
		}
		break
	}
	if i < len(text) && text[i] >= '0' && text[i] <= '9' || nums[len(nums)-1] > 400 {
		return nil
	}
	l := label{scheme: arabic, text: text[:i], value: nums[len(nums)-1]}
	if len(nums) > 1 {
		l.scheme, l.nums = decimal, nums
		if nums[0] == 0 || nums[0] > 60 || len(text[:i]) > 5 && nums[1] > 99 { // 280.000 is money
			return nil
		}
	}
	n, closed := closing(text[i:])
	if m, dash := dashed(text[i:]); !closed && dash {
		n, closed = m, true
		l.weak = l.scheme == arabic && text[i] == ' '
	}
	if !closed {
		if n == 0 || !opensUpper(text[i+n:]) || l.value == 0 { // "1 Sở": a number and a capital
			return nil
		}
		l.weak = l.scheme == arabic
	}
	l.rest = i + n
	// "1. 2. 2024", "12.5 %", "3. 000" are numbers that stand at the start of a line.
	if l.scheme == arabic && restOfDate(text[l.rest:]) {
		return nil
	}
	if rest := text[l.rest:]; strings.HasPrefix(rest, "%") || l.value == 0 {
		return nil
	}
	return []label{l}
}

// restOfDate reports whether words begin with a month and a year: "1. 2. 2024" stands at the start of a line that
// was broken inside a date.
func restOfDate(s string) bool {
	i := 0
	for i < len(s) && i < 2 && isDigit(s[i]) {
		i++
	}
	if i == 0 || i == len(s) || s[i] != '.' && s[i] != '/' && s[i] != '-' {
		return false
	}
	i++
	i += blanks(s[i:])
	return len(s) >= i+4 && (s[i] == '1' || s[i] == '2') && isDigit(s[i+1]) && isDigit(s[i+2]) && isDigit(s[i+3])
}

func opensUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return isUpper(r)
}

func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }

// bracketLabel reads "(1).", "(1)" and "(a)" at the start of a line.
func bracketLabel(text string) []label {
	end := strings.IndexByte(text, ')')
	if end < 2 || end > 4 {
		return nil
	}
	inner := text[1:end]
	n, _ := closing(text[end+1:])
	if strings.HasPrefix(text[end+1:], ", ") {
		n = 2
	}
	l := label{scheme: bracketed, text: inner, rest: end + 1 + n}
	for _, c := range inner {
		if c < '0' || c > '9' {
			return nil
		}
		l.value = l.value*10 + int(c-'0')
	}
	if l.value == 0 || l.value > 200 {
		return nil
	}
	return []label{l}
}

// letterLabels reads "a)", "đ)", "A.", "IV." and "I -"; a capital that is also a Roman numeral is read as both.
func letterLabels(text string) []label {
	i := 0
	for i < len(text) && i < 6 && (text[i] >= 'A' && text[i] <= 'Z') {
		i++
	}
	var out []label
	if i > 0 {
		n, closed := closing(text[i:])
		dash := false
		if !closed {
			n, dash = dashed(text[i:])
		}
		if closed && text[i] == ':' && i == 1 {
			closed = false
		}
		if closed || dash {
			if v := romanValue(text[:i]); v > 0 {
				out = append(out, label{scheme: roman, text: text[:i], value: v, rest: i + n})
			}
			if v := alphabetPlace(text[:i]); v > 0 && closed {
				out = append(out, label{scheme: upper, text: text[:i], value: v, rest: i + n})
			}
		}
		return out
	}
	r, size := utf8.DecodeRuneInString(text)
	if (r < 'a' || r > 'z') && r != 'đ' && r != 'Đ' {
		return nil
	}
	if size < len(text) && text[size] == 'a' && r == 'a' { // aa) after y): not used
		return nil
	}
	n, closed := closing(text[size:])
	if m, dash := dashed(text[size:]); dash && r != 'Đ' && text[size] != ' ' {
		return []label{{scheme: letter, text: text[:size], value: alphabetPlace(strings.ToUpper(text[:size])), rest: size + m}}
	}
	if !closed || text[size] == ':' || text[size] == '/' && n < 2 {
		return nil
	}
	if text[size] == '.' && n < 2 && size+1 < len(text) && text[size+1] != ')' { // "a.b" is no label; "a. B" is
		return nil
	}
	if r == 'Đ' {
		return []label{{scheme: upper, text: text[:size], value: alphabetPlace("Đ"), rest: size + n}}
	}
	return []label{{scheme: letter, text: text[:size], value: alphabetPlace(strings.ToUpper(text[:size])), rest: size + n}}
}

// dashed reads the dash that closes a Roman numeral in older documents ("I - MỤC ĐÍCH", "II – NỘI DUNG").
func dashed(s string) (int, bool) {
	n := blanks(s)
	for _, d := range []string{"-", "–", "—"} {
		if strings.HasPrefix(s[n:], d) {
			m := n + len(d) + blanks(s[n+len(d):])
			return m, opensUpper(s[m:])
		}
	}
	return 0, false
}

// alphabet is the order of letters in labels: Vietnamese, with đ and without f j w z (Decree 30/2020, II.5).
var alphabet = []string{"A", "B", "C", "D", "Đ", "E", "G", "H", "I", "K", "L", "M", "N", "O", "P", "Q", "R", "S", "T", "U", "V", "X", "Y"}

func alphabetPlace(s string) int {
	for i, a := range alphabet {
		if a == s {
			return i + 1
		}
	}
	return 0
}

// romanValue is the value of a well-formed Roman numeral up to 60, or 0.
func romanValue(s string) int {
	total := 0
	for i := range len(s) {
		v := romanDigit(s[i])
		if v == 0 {
			return 0
		}
		if i+1 < len(s) && romanDigit(s[i+1]) > v {
			total -= v
		} else {
			total += v
		}
	}
	if total > 60 || romanNumeral(total) != s {
		return 0
	}
	return total
}

func romanDigit(c byte) int {
	switch c {
	case 'I':
		return 1
	case 'V':
		return 5
	case 'X':
		return 10
	case 'L':
		return 50
	}
	return 0
}

func romanNumeral(n int) string {
	var b strings.Builder
	for _, d := range []struct {
		v int
		s string
	}{{50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= d.v; n -= d.v {
			b.WriteString(d.s)
		}
	}
	return b.String()
}

// labelWords open labels that are words, folded, with the scheme that they count in.
var labelWords = []struct {
	word   string
	scheme scheme
}{
	{"phu luc", annexed}, {"bieu mau", annexed}, {"bieu", annexed},
	{"phan", part}, {"chuong", chapter}, {"muc", division}, {"tieu muc", subdivision}, {"dieu", article},
}

var ordinals = []string{"nhat", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi"}

// wordLabel reads "Phần I", "PHẦN THỨ NHẤT", "Chương II", "Mục 3", "Điều 4.", "PHỤ LỤC I", "Biểu số 2" and a bare "PHỤ LỤC".
func wordLabel(text, fold string) (label, bool) {
	for _, w := range labelWords {
		if !strings.HasPrefix(fold, w.word) || !opensUpper(text) {
			continue
		}
		return wordLabelAt(text, fold, w.word, w.scheme)
	}
	return label{}, false
}

func wordLabelAt(text, fold, word string, sch scheme) (label, bool) {
	i := len(word)
	if i < len(fold) && fold[i] != ' ' && fold[i] != ':' && fold[i] != '.' {
		return label{}, false
	}
	i += blanks(fold[i:])
	if sch == annexed || sch == part {
		for _, filler := range []string{"so ", "thu "} {
			if strings.HasPrefix(fold[i:], filler) {
				i += len(filler) + blanks(fold[i+len(filler):])
			}
		}
	}
	start := i
	for i < len(fold) && (fold[i] >= '0' && fold[i] <= '9' || fold[i] >= 'a' && fold[i] <= 'z') {
		i++
	}
	num := fold[start:i]
	l := label{scheme: sch, value: ordinal(num, sch)}
	if l.value == 0 {
		if word != "phu luc" || !isCapitals(text[:unfold(text, fold, len(word))]) && strings.TrimSpace(fold[len(word):]) != "" {
			return label{}, false
		}
		l.value, i = 1, len(word) // "PHỤ LỤC" alone, or before its title
	}
	end := i
	if sch == article && i < len(fold) && fold[i] >= 'a' && fold[i] <= 'z' { // Điều 4a
		end++
	}
	l.text = text[:unfold(text, fold, end)]
	tail := text[len(l.text):]
	n, closed := closing(tail)
	if !closed && tail != "" {
		// "Mục 3 của Chương trình", "Điều 4 Luật …" in running text are no labels; a heading begins anew.
		if n == 0 && !strings.HasPrefix(tail, " ") {
			return label{}, false
		}
		if m, ok := dashed(tail); ok {
			n = m
		} else if n = blanks(tail); !isCapitals(tail[n:]) && sch != annexed || sch == annexed && !opensUpper(tail[n:]) && tail[n] != '(' {
			return label{}, false
		}
	}
	l.rest = len(l.text) + n
	l.spell(word)
	return l, true
}

// spell writes the word of a label as it is spelled, where a recogniser lost its marks: "Diều 4".
func (l *label) spell(word string) {
	n := unfold(l.text, word, len(word))
	was, right := l.text[:n], wordSpelling[word]
	switch {
	case strings.EqualFold(was, right):
		return
	case isCapitals(was):
		right = strings.ToUpper(right)
	}
	if normalize.Keys(was) == normalize.Keys(right) {
		return
	}
	l.printed = len(l.text)
	l.text = right + l.text[n:]
}

func ordinal(s string, sch scheme) int {
	if s == "" {
		return 0
	}
	if s[0] >= '0' && s[0] <= '9' {
		n := 0
		for _, c := range s {
			if c < '0' || c > '9' || n > 999 {
				return 0
			}
			n = n*10 + int(c-'0')
		}
		return n
	}
	up := strings.ToUpper(s)
	if v := romanValue(up); v > 0 {
		return v
	}
	if sch == part || sch == annexed {
		for i, o := range ordinals {
			if o == s && sch == part {
				return i + 1
			}
		}
		return alphabetPlace(up)
	}
	return 0
}

// openers are the dashes and signs that open a bullet. A bullet is no node.
func bulletMark(text string) (mark rune, rest int) {
	r, size := utf8.DecodeRuneInString(text)
	switch r {
	case '-', '–', '—', '+', '*', '•', '·', '▪', '●', '○', '◦', '►', '➢', '✓', '\uf0b7', '\uf02d', '\uf0a7':
		rest = size + blanks(text[size:])
		if r == '-' && strings.HasPrefix(text[size:], "-") { // a rule
			return 0, 0
		}
		if r == '–' || r == '—' {
			r = '-'
		}
		if rest < len(text) {
			return r, rest
		}
	case 'o':
		if strings.HasPrefix(text, "o ") && opensUpper(text[2:]) {
			return 'o', 2
		}
	}
	return 0, 0
}
