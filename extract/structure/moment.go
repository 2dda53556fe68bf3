package structure

import (
	"strings"
)

// momentKind is what a time expression names.
type momentKind uint8

const (
	aDay     momentKind = iota // ngày 15/11/2024, 15/11
	aMonthly                   // ngày 20, where a rhythm says of which month
	aMonth                     // tháng 6/2025
	aQuarter                   // quý III/2025; its last month
	aYear                      // năm 2025
	aRhythm                    // hằng năm
)

// moment is a time expression of a line, without the words before it. Offsets are bytes of the fold.
type moment struct {
	from, to int
	kind     momentKind
	d        day    // of a quarter, its last month
	recurs   string // of a rhythm, or the rhythm that goes with a date
	loose    bool   // only digits: no "ngày", "tháng", "quý" or "năm" stands before it
	bad      bool   // a date stands there, and is spoilt
	weak     bool   // a rhythm of "mỗi": how often, which is a term only where time is spoken of
	marked   bool   // a rhythm that says of itself that it is one: định kỳ 6 tháng, 6 tháng/lần
}

// moments finds the time expressions of the bytes [from, to) of a line's fold, in order. Bare numbers (6/2025,
// 2025) count only where loose is set: in a column or behind a label of time.
func (r *ruler) moments(from, to int, loose bool) []moment {
	fold := r.line.fold[:to]
	var out []moment
	for i := from; i < len(fold); i++ {
		c := fold[i]
		digit := isDigit(c)
		if !digit && c != 'n' && c != 't' && c != 'q' && c != 'h' && c != 'm' && c != 'd' {
			continue
		}
		if i > from {
			if p := fold[i-1]; isDigit(p) || isLetter(p) && p < 0x80 || digit && (p == '/' || p == ',' || p == '.' && i > 1 && isDigit(fold[i-2])) {
				continue
			}
		}
		var m moment
		ok := false
		switch c {
		case 'n':
			if skipDayWord(fold, i) > 0 {
				m, ok = dayAt(fold, i)
			} else if opensWith(fold[i:], "nam") {
				m, ok = r.yearAt(fold, i)
			}
		case 't':
			if opensWith(fold[i:], "thang") {
				m, ok = monthAt(fold, i, i+len("thang"))
			} else if loose && i+1 < len(fold) && isDigit(fold[i+1]) {
				m, ok = monthAt(fold, i, i+1)
				ok = ok && m.d.year > 0
			}
		case 'q':
			if opensWith(fold[i:], "quy") {
				m, ok = r.quarterAt(fold, i)
			}
		case 'h', 'm', 'd':
			if rest := fold[i:]; !strings.HasPrefix(rest, "hang") && !strings.HasPrefix(rest, "moi") && !strings.HasPrefix(rest, "dinh ky") {
				continue
			}
			if list := r.rhythmsAt(fold, i); len(list) > 0 {
				out = append(out, list...)
				i = list[len(list)-1].to - 1
				continue
			}
		default:
			if list := r.everyMonths(fold, i); len(list) > 0 {
				out = append(out, list...)
				i = list[len(list)-1].to - 1
				continue
			}
			m, ok = looseAt(fold, i, loose)
		}
		if ok {
			m.from = i
			out = append(out, m)
			i = max(i, m.to-1)
		}
	}
	return out
}

// dayAt reads "ngày 15/11/2024", "ngày 15 tháng 11", "ngày 15, 16/11/2024" and a bare "ngày 20".
func dayAt(fold string, i int) (moment, bool) {
	start := skipBlanks(fold, i+len("ngay"))
	if start >= len(fold) || !isDigit(fold[start]) {
		return moment{}, false
	}
	d, end, ok, bad := readDay(fold, start)
	if ok {
		return moment{to: end, kind: aDay, d: d, bad: bad}, true
	}
	n, end := smallNumber(fold, start)
	if n < 1 || n > 31 || end-start > 2 {
		return moment{}, false
	}
	// "ngày 15 và 16/11/2024", "ngày 15 - 17/11/2024": the last of them is dated
	for range 4 {
		j := skipBlanks(fold, end)
		if k := skipWord(fold, j, "va"); k > 0 {
			j = k
		} else if k := skipWord(fold, j, "den"); k > 0 {
			j = k
		} else if j < len(fold) && (fold[j] == ',' || fold[j] == '-') {
			j++
		} else if strings.HasPrefix(fold[j:], "–") {
			j += len("–")
		} else {
			break
		}
		if k := skipWord(fold, j, "ngay"); k > 0 {
			break // a date of its own
		}
		j = skipBlanks(fold, j)
		if d, end, ok, bad := readDay(fold, j); ok && j < len(fold) && isDigit(fold[j]) {
			return moment{to: end, kind: aDay, d: d, bad: bad}, true
		}
		k, after := smallNumber(fold, j)
		if after == j || k < 1 || k > 31 || after-j > 2 {
			break
		}
		end = after
	}
	return moment{to: start + min(2, digitsLen(fold[start:])), kind: aMonthly, d: day{day: n}}, true
}

func digitsLen(s string) int {
	n := 0
	for n < len(s) && isDigit(s[n]) {
		n++
	}
	return n
}

// monthAt reads "tháng 6/2025", "tháng 4 - 6/2025", "tháng 9, 10 năm 2025" from behind its word.
func monthAt(fold string, from, i int) (moment, bool) {
	m := moment{from: from, kind: aMonth}
	last, end := readList(fold, skipBlanks(fold, i), "thang", readMonth)
	if end == 0 {
		return m, false
	}
	m.d.month, m.to = last, end
	if y, j := yearAfter(fold, end, '/'); j > 0 {
		m.d.year, m.to = y, j
	} else if y, j := yearAfter(fold, end, '-'); j > 0 {
		m.d.year, m.to = y, j
	} else if y, j := namedYear(fold, end); j > 0 {
		m.d.year, m.to = y, j
	}
	return m, true
}

func readMonth(fold string, i int) (n, end int) {
	n, end = smallNumber(fold, i)
	if end-i == 0 || end-i > 2 || n < 1 || n > 12 {
		return 0, 0
	}
	return n, end
}

// quarterAt reads "quý III/2025", "quý 2 năm 2025", "quý I, II/2025".
func (r *ruler) quarterAt(fold string, i int) (moment, bool) {
	last, end := readList(fold, skipBlanks(fold, i+len("quy")), "quy", readQuarter)
	if end == 0 {
		return moment{}, false
	}
	if t := r.line.text[r.text(i)+1:]; !strings.HasPrefix(t, "uý") && !strings.HasPrefix(t, "uí") && !strings.HasPrefix(t, "UÝ") && !strings.HasPrefix(t, "ÚY") && !strings.HasPrefix(t, "úy") {
		return moment{}, false
	}
	m := moment{kind: aQuarter, d: day{month: 3 * last}, to: end}
	if y, j := yearAfter(fold, end, '/'); j > 0 {
		m.d.year, m.to = y, j
	} else if y, j := yearAfter(fold, end, '-'); j > 0 {
		m.d.year, m.to = y, j
	} else if y, j := namedYear(fold, end); j > 0 {
		m.d.year, m.to = y, j
	} else if y, j := fourDigits(fold, skipBlanks(fold, end)); j > 0 {
		m.d.year, m.to = y, j
	}
	return m, true
}

func readQuarter(fold string, i int) (n, end int) {
	switch end = wordEnd(fold, i); fold[i:end] {
	case "i", "1", "01":
		return 1, end
	case "ii", "2", "02":
		return 2, end
	case "iii", "3", "03":
		return 3, end
	case "iv", "4", "04":
		return 4, end
	}
	return 0, 0
}

// readList reads numbers that share a year, "I, II và III" or "I, quý II": the last of them; word may stand before each.
// end is 0 where there is none.
func readList(fold string, i int, word string, read func(string, int) (int, int)) (last, end int) {
	for range 12 {
		n, j := read(fold, i)
		if j == 0 {
			return last, end
		}
		last, end = n, j
		k, to := skipBlanks(fold, j), false
		switch {
		case k < len(fold) && (fold[k] == ',' || fold[k] == '-' || fold[k] == '+' || fold[k] == '&'):
			k++
		case strings.HasPrefix(fold[k:], "–"):
			k += len("–")
		default:
			if w := skipWord(fold, k, "va"); w > 0 {
				k = w
			} else if w := skipWord(fold, k, "den"); w > 0 {
				k, to = w, true
			} else {
				return last, end
			}
		}
		i = skipBlanks(fold, k)
		if w := skipWord(fold, i, word); w > 0 && !to { // "từ quý I đến quý II" is a range of two
			if n, end := read(fold, skipBlanks(fold, w)); end == 0 || n <= last {
				return last, j
			}
			i = skipBlanks(fold, w)
		}
		if _, y := fourDigits(fold, i); y > 0 { // "quý I - 2025"
			return last, end
		}
	}
	return last, end
}

// yearAt reads "năm 2025"; "Việt Nam 2025" is none.
func (r *ruler) yearAt(fold string, i int) (moment, bool) {
	y, end := fourDigits(fold, skipBlanks(fold, i+len("nam")))
	if end == 0 || end < len(fold) && fold[end] == '/' {
		return moment{}, false
	}
	if t := r.line.text[r.text(i)+1:]; strings.HasPrefix(t, "a") || strings.HasPrefix(t, "A") {
		return moment{}, false
	}
	if to, j := yearRange(fold, end); j > 0 && to >= y { // năm 2024 - 2025
		return moment{to: j, kind: aYear, d: day{year: to}}, true
	}
	return moment{to: end, kind: aYear, d: day{year: y}}, true
}

// looseAt reads what has no word before it: "15/11/2024" everywhere; "15/11", "6/2025", "2025" and "2024 - 2025"
// in a column or behind a label of time.
func looseAt(fold string, i int, loose bool) (moment, bool) {
	n, end := smallNumber(fold, i)
	if end-i == 4 {
		y, j := fourDigits(fold, i)
		if j == 0 || !loose || j < len(fold) && fold[j] == '/' {
			return moment{to: end}, false
		}
		if to, k := yearRange(fold, j); k > 0 && to >= y {
			return moment{to: k, kind: aYear, d: day{year: to}, loose: true}, true
		}
		return moment{to: j, kind: aYear, d: day{year: y}, loose: true}, true
	}
	if end-i > 2 || end >= len(fold) {
		return moment{}, false
	}
	if y, j := yearAfter(fold, end, '/'); j > 0 {
		if !loose || n < 1 || n > 12 || j < len(fold) && fold[j] == '/' {
			return moment{}, false
		}
		return moment{to: j, kind: aMonth, d: day{month: n, year: y}, loose: true}, true
	}
	d, end, ok, bad := readDay(fold, i)
	if !ok || bad || d.day == 0 || end < len(fold) && (fold[end] == '/' || fold[end] == '%') {
		return moment{}, false
	}
	return moment{to: end, kind: aDay, d: d, loose: true}, true
}
