package structure

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"kehoach/normalize"
	"kehoach/plan"
)

// A recogniser takes letters for others that look like them: "l." for "1.", "Il." for "II.", "d)" for "đ)", "Diều 4" for
// "Điều 4". Such a label has more readings than the printed one; where the count asks for one of them, the line is mended and the
// plan says so.

// digitLike are the letters that stand for a digit, romanLike those that stand for a Roman one.
var digitLike = map[rune]byte{'l': '1', 'I': '1', '|': '1', 'i': '1', '!': '1', 'ì': '1', 'í': '1', 'O': '0', 'o': '0', 'Q': '0', 'D': '0', 'Z': '2', 'z': '2', 'S': '5', 's': '5', 'B': '8', 'b': '6', 'G': '6', 'g': '9', 'q': '9', 'A': '4'}

var romanLike = map[rune]byte{'l': 'I', '1': 'I', '|': 'I', 'i': 'I', '!': 'I', 'Ì': 'I', 'Í': 'I', 'Ị': 'I', 'Ỉ': 'I', 'ì': 'I', 'í': 'I', 'v': 'V', 'Y': 'V', 'y': 'V', 'x': 'X', 'K': 'X'}

// letterLike are groups of letters that a recogniser takes for each other, in labels.
var letterLike = []string{"ceo", "hb", "nu", "gq", "il", "vy", "dđ", "ao"}

// maxLabel is the longest label that is looked at for damage, in runes.
const maxLabel = 7

// damagedLabels are the readings of a line whose label may be damaged, beside those that are printed.
func damagedLabels(text, fold string, printed []label) []label {
	switch text[0] {
	case '-', '+', '*', '"':
		return nil
	}
	token, rest, closed := labelToken(text)
	if token == "" {
		return wordLabelLike(text, fold, printed)
	}
	if len(printed) > 0 && closed && soundNumber(token) && (text[len(token)] == '.' || text[len(token)] == ')') {
		return nil
	}
	number, numeral := looksLike(token)
	if !number && !numeral && utf8.RuneCountInString(token) > 1 {
		return wordLabelLike(text, fold, printed)
	}
	words := text[rest:]
	if words == "" || !closed && !opensUpper(words) {
		return nil
	}
	var out []label
	add := func(sch scheme, as string, value int, nums []int, odd int) {
		for i := range printed {
			if p := &printed[i]; p.scheme == sch && p.text == as {
				return
			}
		}
		l := label{scheme: sch, text: as, value: value, nums: nums, rest: rest, odd: odd}
		if as != token {
			l.printed = len(token)
			l.odd += costMend
			if len(printed) > 0 && printed[0].scheme != letter && len(printed[0].text) >= len(token) { // it can be read as it stands
				l.odd += costMend - 1
			}
		}
		out = append(out, l)
	}
	odd := 0
	if !closed {
		odd = costMend
	} else if c := text[len(token)]; c == ',' || c == ';' || c == ':' {
		odd = costMend - 1
	}
	if nums, ok := numbersLike(token, number); ok && nums[0] > 0 {
		as := make([]string, len(nums))
		for i, n := range nums {
			as[i] = strconv.Itoa(n)
		}
		last := nums[len(nums)-1]
		switch {
		case len(nums) == 1 && last > 0 && last <= 60 && (closed || strings.Trim(token, "0123456789") != ""):
			add(arabic, as[0], last, nil, odd)
		case len(nums) > 1 && last > 0 && nums[0] > 0 && nums[0] <= 60 && last < 100:
			if !closed {
				odd = 0 // "2.2.1 Lưu vực Tô Lịch" needs no point
			}
			add(decimal, strings.Join(as, "."), last, slices.Clone(nums), odd)
		}
		if as, ok := undoubled(as, nums); ok && closed && isDigit(token[0]) {
			if len(nums) == 1 {
				add(arabic, as[0], nums[0], nil, odd)
			} else {
				add(decimal, strings.Join(as, "."), nums[len(nums)-1], nums, odd)
			}
		}
	}
	if num, ok := mapped(token, romanLike, "IVXL"); ok && numeral {
		if len(num) > 2 && romanValue(num) == 0 { // a letter too many: "IIV"
			for i := range num {
				if less := num[:i] + num[i+1:]; romanValue(less) > 0 {
					num = less
					break
				}
			}
		}
		if v := romanValue(num); v > 0 && (closed || len(num) > 1 || mostlyCapitals(words)) {
			if num != token && !mostlyCapitals(words) {
				odd++
			}
			add(roman, num, v, nil, odd)
		}
	}
	if r, size := utf8.DecodeRuneInString(token); size == len(token) && (unicode.IsLower(r) || r == '0') {
		if r == '0' {
			r = 'o'
		}
		for _, as := range lettersLike[byte(normalize.FoldRune(r))] {
			add(letter, as.text, as.value, nil, odd)
		}
	}
	return out
}

// soundNumber reports whether a token is digits and points, and neither ones, which may be Roman, nor a digit twice.
func soundNumber(token string) bool {
	ones := true
	for i := range len(token) {
		c := token[i]
		if c != '.' && !isDigit(c) || i > 0 && c == token[i-1] {
			return false
		}
		ones = ones && c == '1'
	}
	return !ones
}

// looksLike reports whether every sign of a token is, or looks like, one of a number, or of a Roman numeral.
func looksLike(token string) (number, numeral bool) {
	number, numeral = true, true
	for _, r := range token {
		number = number && (r >= '0' && r <= '9' || r == '.' || r == ',' || digitLike[r] != 0)
		numeral = numeral && (r == 'I' || r == 'V' || r == 'X' || r == 'L' || romanLike[r] != 0)
		if !number && !numeral {
			break
		}
	}
	return number, numeral
}

// undoubled takes back the first digit that stands twice in numbers: "2.11" for "2.1".
func undoubled(as []string, nums []int) ([]string, bool) {
	for i, s := range as {
		for k := 1; k < len(s); k++ {
			if s[k] == s[k-1] {
				as[i] = s[:k] + s[k+1:]
				nums[i], _ = strconv.Atoi(as[i])
				return as, nums[i] > 0
			}
		}
	}
	return as, false
}

// lettersLike are the labels that a folded letter is, or looks like.
var lettersLike = func() (t [256][]label) {
	for c := byte('a'); c <= 'z'; c++ {
		for i, a := range alphabet {
			as := strings.ToLower(a)
			alike := as == string(rune(c))
			for _, group := range letterLike {
				alike = alike || strings.IndexByte(group, c) >= 0 && strings.Contains(group, as)
			}
			if alike {
				t[c] = append(t[c], label{text: as, value: i + 1})
			}
		}
	}
	return t
}()

// labelToken is the letters, digits and inner points that open a line, up to the sign or the blank that closes them; rest is where
// the words begin. It is "" where no short token stands there.
func labelToken(text string) (token string, rest int, closed bool) {
	runes := 0
	for i, r := range text {
		switch {
		case r == ' ' || r == '\u00a0':
			if i == 0 {
				return "", 0, false
			}
			return text[:i], i + blanks(text[i:]), false
		case strings.ContainsRune(".),;:", r) && i > 0:
			next, size := utf8.DecodeRuneInString(text[i+1:])
			if (r == '.' || r == ',') && size > 0 && (unicode.IsDigit(next) || digitLike[next] != 0 && innerPoint(text[i+1+size:])) && runes < maxLabel {
				break // 2.l.
			}
			end := i + 1
			for end < len(text) && (text[end] == '.' || text[end] == ')') {
				end++
			}
			if r == ',' || r == ';' || r == ':' {
				if end >= len(text) || text[end] != ' ' {
					return "", 0, false
				}
			}
			return text[:i], end + blanks(text[end:]), true
		}
		if runes++; runes > maxLabel {
			return "", 0, false
		}
	}
	return "", 0, false
}

// wildLabel is the length of a label of one letter, or of two with a digit among them, that is none of the usual ones, and where the
// words behind it begin: "w. Sở Y tế".
func wildLabel(text string, printed []label) (n, rest int) {
	token, rest, closed := labelToken(text)
	if !closed || len(token) > 3 || text[len(token)] != '.' && text[len(token)] != ')' || !opensUpper(text[rest:]) {
		return 0, 0
	}
	if runes := utf8.RuneCountInString(token); runes > 2 || runes == 2 && !hasDigit(token) && !(opensUpper(token[1:]) && mostlyCapitals(text[rest:])) {
		return 0, 0
	}
	for i := range printed {
		if p := &printed[i]; p.scheme != letter && p.scheme != upper || p.scheme == letter && p.value > 0 && text[len(token)] == ')' {
			return 0, 0
		}
	}
	return len(token), rest
}

// innerPoint reports whether the text behind a letter that looks like a digit ends a number there.
func innerPoint(s string) bool {
	return s == "" || s[0] == '.' || s[0] == ' ' || s[0] == ')'
}

// numbersLike reads the numbers of a token, letters that look like digits among them.
func numbersLike(token string, may bool) ([]int, bool) {
	if !may {
		return nil, false
	}
	var nums []int
	for _, part := range strings.FieldsFunc(token, func(r rune) bool { return r == '.' || r == ',' }) {
		digits, ok := mapped(part, digitLike, "0123456789")
		if !ok || len(digits) > 3 {
			return nil, false
		}
		n, _ := strconv.Atoi(digits)
		nums = append(nums, n)
	}
	return nums, len(nums) > 0 && len(nums) < 6
}

// mapped writes a token in an alphabet, letters that look like those of the alphabet replaced.
func mapped(token string, alike map[rune]byte, alphabet string) (string, bool) {
	out := make([]byte, 0, 8)
	for _, r := range token {
		switch {
		case r < utf8.RuneSelf && strings.IndexByte(alphabet, byte(r)) >= 0:
			out = append(out, byte(r))
		case alike[r] != 0:
			out = append(out, alike[r])
		default:
			return "", false
		}
	}
	return string(out), len(out) > 0
}

// wordLabels are the words of labels as they are spelled, by their folded form.
var wordSpelling = map[string]string{"phu luc": "Phụ lục", "bieu mau": "Biểu mẫu", "bieu": "Biểu", "phan": "Phần", "chuong": "Chương", "muc": "Mục", "tieu muc": "Tiểu mục", "dieu": "Điều"}

// wordLabelLike reads "Diều 4." and "ĐIÊU 4." as "Điều 4", and "Đieù", "Điêu" or "Oiều" at one letter's distance as well.
func wordLabelLike(text, fold string, printed []label) []label {
	if len(printed) > 0 || !opensUpper(text) {
		return nil
	}
	end := strings.IndexByte(fold, ' ')
	if end < 3 || end > 7 || end+1 >= len(fold) {
		return nil
	}
	for _, w := range []string{"dieu", "chuong", "phan"} {
		if fold[:end] == w || !within(fold[:end], w, 1) {
			continue
		}
		rest := fold[end:]
		l, ok := wordLabelAt(wordSpelling[w]+text[unfold(text, fold, end):], w+rest, w, schemeOfWord(w))
		if !ok {
			return nil
		}
		l.printed = len(l.text) - len(wordSpelling[w]) + unfold(text, fold, end)
		l.rest += l.printed - len(l.text)
		l.odd = costMend
		return []label{l}
	}
	return nil
}

func schemeOfWord(word string) scheme {
	for _, w := range labelWords {
		if w.word == word {
			return w.scheme
		}
	}
	return noScheme
}

// within reports whether two short texts differ by at most so many letters changed, added or dropped.
func within(a, b string, most int) bool {
	if len(a)-len(b) > most || len(b)-len(a) > most || len(b) > 62 {
		return false
	}
	var rows [2][64]uint8
	last, row := &rows[0], &rows[1]
	for j := range len(b) + 1 {
		last[j] = uint8(j)
	}
	for i := range len(a) {
		row[0] = uint8(i + 1)
		least := row[0]
		for j := range len(b) {
			cost := last[j]
			if a[i] != b[j] {
				cost++
			}
			row[j+1] = min(cost, last[j+1]+1, row[j]+1)
			least = min(least, row[j+1])
		}
		if int(least) > most {
			return false
		}
		last, row = row, last
	}
	return int(last[len(b)]) <= most
}

// mendLabels writes the labels of the units as they were read where a damaged one is printed, and says so. The text of the plan is
// written anew, so no span may have been taken before.
func (s *state) mendLabels(units []unit) {
	some := false
	for i := range units {
		some = some || units[i].label.printed > 0
	}
	if !some {
		return
	}
	var text strings.Builder
	text.Grow(len(s.plan.Text) + 64)
	next := 0
	for i := range s.lines {
		l := &s.lines[i]
		for next < len(units) && units[next].cand.line < i {
			next++
		}
		shift := text.Len() - l.Start
		if next < len(units) && units[next].cand.line == i && units[next].label.printed > 0 {
			u := units[next]
			was := u.label.printed
			mended := *u.label
			units[next].label = &mended
			l.text = u.label.text + l.text[was:]
			l.fold = normalize.Fold(l.text)
			l.triggers = triggersOf(l.fold)
			mended.rest += len(u.label.text) - was
			mended.printed = 0
			s.mended = append(s.mended, plan.Span{Start: text.Len(), End: text.Len() + len(u.label.text)})
		}
		for k := range l.cells {
			l.cells[k].Start += shift
			l.cells[k].End += shift
		}
		l.Start = text.Len()
		text.WriteString(l.text)
		l.End = text.Len()
		text.WriteByte('\n')
	}
	s.plan.Text = text.String()
	for i := range s.lines {
		l := &s.lines[i]
		l.text = s.plan.Text[l.Start:l.End]
	}
	for _, sp := range s.mended {
		s.problem(plan.TextRepaired, "the label "+s.plan.Quote(sp)+" was misread", sp)
	}
}
