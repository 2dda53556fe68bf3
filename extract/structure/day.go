package structure

import "strings"

// day is a day, a month or a year as printed; a part that is not printed is 0.
type day struct{ day, month, year int }

// iso writes a day as "2024-12-05", "2024-12" or "2024", and "" where the year is not printed.
func (d day) iso() string {
	switch {
	case d.year == 0:
		return ""
	case d.month == 0:
		return isoDate(0, 0, d.year)
	}
	return isoDate(d.day, d.month, d.year)
}

// last is the last day of the month or year that d names, or d itself where it is a day.
func (d day) last() day {
	if d.month == 0 {
		d.month = 12
	}
	if d.day == 0 {
		d.day = monthDays(d.month, d.year)
	}
	return d
}

// monthDays is the number of days of a month; February of a year that is not known has 29.
func monthDays(month, year int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 != 0 || year%100 == 0 && year%400 != 0 {
			return 28
		}
		return 29
	}
	return 31
}

func (d day) valid() bool {
	if d.year != 0 && (d.year < 1900 || d.year > 2150) {
		return false
	}
	if d.month < 0 || d.month > 12 || d.day != 0 && d.month == 0 {
		return false
	}
	return d.day >= 0 && d.day <= monthDays(max(d.month, 1), d.year)
}

// readDay reads a date that begins at a byte of a folded line: "24/6/2020", "24 tháng 6 năm 2020", "02/12",
// "24-6-2020", "15/11 năm 2025", and one whose day is blank ("   /4/2026", "… tháng 4 năm 2026"). A date that is
// spoilt ("12/42012", "31/2/2024") is ok but bad: its bytes are known, its value is not (decision 11 of the
// plan's JSON).
func readDay(fold string, from int) (d day, end int, ok, bad bool) {
	i := from
	d.day, i = smallNumber(fold, i)
	blank := i == from
	if blank {
		for i < len(fold) && i < from+12 && (fold[i] == ' ' || fold[i] == '.' || fold[i] == '_') {
			i++
		}
	} else if i-from > 2 {
		return day{}, from, false, false
	}
	if j := skipWord(fold, i, "thang"); j > 0 {
		return spelledMonth(fold, j, d)
	}
	i = skipBlanks(fold, i)
	if i >= len(fold) {
		return day{}, from, false, false
	}
	sep := fold[i]
	if sep != '/' && (blank || sep != '-' && sep != '.') {
		return day{}, from, false, false
	}
	i = skipBlanks(fold, i+1)
	start := i
	d.month, i = smallNumber(fold, i)
	if i == start {
		return day{}, from, false, false
	}
	if i-start > 2 { // the slash before the year is lost
		if sep != '/' || i-start < 5 {
			return day{}, from, false, false
		}
		return day{}, i, true, true
	}
	year, j := yearAfter(fold, i, sep)
	switch {
	case j > 0:
		d.year, i = year, j
	case sep != '/': // "5.000" and "1-2" are no dates
		return day{}, from, false, false
	default:
		if y, k := namedYear(fold, i); k > 0 {
			d.year, i = y, k
		} else if i+1 < len(fold) && fold[i] == '/' && isDigit(fold[i+1]) { // a year of two or three digits
			_, i = smallNumber(fold, i+1)
			return day{}, i, true, true
		}
	}
	if blank && d.year == 0 {
		return day{}, from, false, false
	}
	if i < len(fold) && isDigit(fold[i]) {
		return day{}, from, false, false
	}
	if !d.valid() || !blank && d.day == 0 || d.month == 0 {
		return day{}, i, true, true
	}
	return d, i, true, false
}

// spelledMonth reads on behind "… tháng": the month, and the year where it stands.
func spelledMonth(fold string, i int, d day) (day, int, bool, bool) {
	from := i
	i = skipBlanks(fold, i)
	start := i
	d.month, i = smallNumber(fold, i)
	if i == start || i-start > 2 {
		return day{}, from, false, false
	}
	end := i
	if year, j := yearAfter(fold, i, '/'); j > 0 {
		d.year, end = year, j
	} else if year, j := namedYear(fold, i); j > 0 {
		d.year, end = year, j
	}
	if !d.valid() || d.month == 0 {
		return day{}, end, true, true
	}
	return d, end, true, false
}

// yearAfter reads a separator and four digits: "/2024", " / 2024".
func yearAfter(fold string, i int, sep byte) (year, end int) {
	j := skipBlanks(fold, i)
	if j >= len(fold) || fold[j] != sep {
		return 0, 0
	}
	j = skipBlanks(fold, j+1)
	return fourDigits(fold, j)
}

// namedYear reads " năm 2024" and ", năm 2024".
func namedYear(fold string, i int) (year, end int) {
	j := skipBlanks(fold, i)
	if j < len(fold) && fold[j] == ',' {
		j = skipBlanks(fold, j+1)
	}
	if j = skipWord(fold, j, "nam"); j == 0 {
		return 0, 0
	}
	return fourDigits(fold, skipBlanks(fold, j))
}

// fourDigits reads a year: four digits with no digit behind them. end is 0 where there is none.
func fourDigits(fold string, i int) (year, end int) {
	n, j := smallNumber(fold, i)
	if j-i != 4 || n < 1900 || n > 2150 {
		return 0, 0
	}
	return n, j
}

// skipDayWord skips the "ngày" before a date; a converter may have glued them ("ngày15/5/2000"). It is 0 where
// there is none.
func skipDayWord(fold string, i int) int {
	i = skipBlanks(fold, i)
	if i >= len(fold) || !strings.HasPrefix(fold[i:], "ngay") {
		return 0
	}
	end := i + len("ngay")
	if end < len(fold) && isLetter(fold[end]) {
		return 0
	}
	return end
}

// smallNumber reads up to eight digits; end is i where there is none.
func smallNumber(fold string, i int) (n, end int) {
	for end = i; end < len(fold) && end < i+8 && isDigit(fold[end]); end++ {
		n = n*10 + int(fold[end]-'0')
	}
	return n, end
}

// skipBlanks is the byte behind up to eight blanks: printed gaps are short, and a line of blanks costs nothing.
func skipBlanks(fold string, i int) int {
	for n := 0; n < 8 && i < len(fold) && (fold[i] == ' ' || fold[i] == '\t'); n++ {
		i++
	}
	return i
}

// skipWord skips blanks and a whole word (or phrase) and is 0 where another word stands there.
func skipWord(fold string, i int, word string) int {
	i = skipBlanks(fold, i)
	if i > len(fold) || !opensWith(fold[i:], word) {
		return 0
	}
	return i + len(word)
}

// before reports whether a whole word (or phrase) ends right before a byte of a folded line, blanks aside, and
// where it begins.
func before(fold string, end int, word string) (start int, ok bool) {
	for n := 0; n < 8 && end > 0 && fold[end-1] == ' '; n++ {
		end--
	}
	start = end - len(word)
	if start < 0 || fold[start:end] != word || start > 0 && (isLetter(fold[start-1]) || isDigit(fold[start-1])) {
		return 0, false
	}
	return start, true
}

// beforeAny is before for the first of several phrases that fits.
func beforeAny(fold string, end int, words []string) (start int, ok bool) {
	for _, w := range words {
		if start, ok = before(fold, end, w); ok {
			return start, true
		}
	}
	return 0, false
}
