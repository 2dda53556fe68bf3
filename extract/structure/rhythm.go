package structure

import "strings"

// rhythmUnits are the words behind "hằng", "định kỳ" and "mỗi", the longest first.
var rhythmUnits = []struct{ words, recurs string }{
	{"06 thang", "half-yearly"}, {"6 thang", "half-yearly"}, {"sau thang", "half-yearly"}, {"nua nam", "half-yearly"},
	{"03 thang", "quarterly"}, {"3 thang", "quarterly"}, {"ba thang", "quarterly"}, {"12 thang", "yearly"},
	{"01 nam", "yearly"}, {"1 nam", "yearly"}, {"mot nam", "yearly"}, {"01 thang", "monthly"}, {"1 thang", "monthly"}, {"01 quy", "quarterly"}, {"1 quy", "quarterly"},
	{"nam", "yearly"}, {"quy", "quarterly"}, {"thang", "monthly"}, {"tuan", "weekly"},
}

// rhythmsAt reads "hằng năm", "định kỳ 6 tháng", "mỗi quý", "hàng tháng, quý, năm" that begin at a byte of the
// fold: one moment for each rhythm (decision 25). The first begins with "định kỳ" where that stands before it.
func (r *ruler) rhythmsAt(fold string, i int) []moment {
	start := i
	regular := false
	if opensWith(fold[i:], "dinh ky") {
		regular = true
		i = skipBlanks(fold, i+len("dinh ky"))
		if i < len(fold) && (fold[i] == '(' || fold[i] == ':' || fold[i] == ',') {
			i = skipBlanks(fold, i+1)
		}
		for _, w := range []string{"vao", "theo"} {
			if j := skipWord(fold, i, w); j > 0 {
				i = skipBlanks(fold, j)
			}
		}
	}
	every, weak := false, false
	for _, w := range []string{"hang", "moi"} {
		if j := skipWord(fold, i, w); j > 0 && r.isEvery(skipBlanks(fold, i), w) {
			i, every, weak = skipBlanks(fold, j), true, w == "moi"
		}
	}
	if !regular && !every {
		return nil
	}
	first, ok := r.rhythmUnit(fold, i, every)
	if !ok {
		if regular {
			return r.timesAYear(fold, start, i)
		}
		return nil
	}
	first.from, first.marked = start, regular
	first.weak = weak && !regular && !strings.HasSuffix(fold[:first.to], " lan")
	return r.moreRhythms(fold, []moment{first})
}

// isEvery tells "hằng/hàng" and "mỗi" from "hàng hóa", "hạng" and "mới", which fold alike.
func (r *ruler) isEvery(at int, word string) bool {
	t := strings.ToLower(r.line.text[r.text(at):min(len(r.line.text), r.text(at)+8)])
	if word == "moi" {
		return strings.HasPrefix(t, "mỗi")
	}
	return strings.HasPrefix(t, "hằng") || strings.HasPrefix(t, "hàng")
}

func (r *ruler) rhythmUnit(fold string, i int, every bool) (moment, bool) {
	for _, u := range rhythmUnits {
		if i >= len(fold) || !opensWith(fold[i:], u.words) {
			continue
		}
		to := i + len(u.words)
		if u.words == "quy" && !r.isQuarter(i) {
			return moment{}, false
		}
		// "định kỳ năm 2025", "mỗi tháng 6" are no rhythms
		if k := skipBlanks(fold, to); k < len(fold) && isDigit(fold[k]) && !isDigit(u.words[0]) || u.words == "quy" && romanNext(fold, to) {
			return moment{}, false
		}
		if isDigit(u.words[0]) || strings.HasSuffix(u.words, "nam") || every {
			for _, w := range []string{"/lan", "/ lan", "/01 lan", "/1 lan"} {
				if strings.HasPrefix(fold[to:], w) {
					to += len(w)
					break
				}
			}
		}
		for _, w := range []string{"mot lan", "1 lan", "01 lan"} {
			if k := skipWord(fold, to, w); k > 0 {
				to = k
			}
		}
		return moment{from: i, to: to, kind: aRhythm, recurs: u.recurs}, true
	}
	return moment{}, false
}

func romanNext(fold string, i int) bool {
	_, end := readQuarter(fold, skipBlanks(fold, i))
	return end > 0
}

func (r *ruler) isQuarter(at int) bool {
	t := strings.ToLower(r.line.text[r.text(at):min(len(r.line.text), r.text(at)+8)])
	return strings.HasPrefix(t, "quý") || strings.HasPrefix(t, "quí") || strings.HasPrefix(t, "qúy")
}

// moreRhythms goes on with a list: ", quý, năm", " và hằng năm".
func (r *ruler) moreRhythms(fold string, list []moment) []moment {
	for range 6 {
		i := list[len(list)-1].to
		j := skipBlanks(fold, i)
		sep := false
		if j < len(fold) && (fold[j] == ',' || fold[j] == '/' || fold[j] == ';') {
			j, sep = j+1, true
		}
		for _, w := range []string{"va", "hoac"} {
			if k := skipWord(fold, j, w); k > 0 {
				j, sep = k, true
			}
		}
		if !sep {
			return list
		}
		j = skipBlanks(fold, j)
		start := j
		every := false
		if k := skipWord(fold, j, "dinh ky"); k > 0 {
			j = skipBlanks(fold, k)
		}
		if k := skipWord(fold, j, "hang"); k > 0 && r.isEvery(j, "hang") {
			j, every = skipBlanks(fold, k), true
		}
		if k := skipWord(fold, j, "ca"); k > 0 && opensWith(fold[skipBlanks(fold, k):], "nam") { // "6 tháng và cả năm"
			j, every = skipBlanks(fold, k), true
			start = j
		}
		m, ok := r.rhythmUnit(fold, j, every)
		if !ok {
			return list
		}
		// In "báo cáo định kỳ hằng quý, năm tới …" the bare unit must end its clause.
		if !every && !isDigit(fold[j]) && !endsClause(fold, m.to) {
			return list
		}
		m.from, m.marked = start, list[0].marked
		list = append(list, m)
	}
	return list
}

// endsClause reports whether nothing but a sign, a joint or a word of reporting follows.
func endsClause(fold string, i int) bool {
	i = skipBlanks(fold, i)
	if i >= len(fold) || strings.IndexByte(",;.:)(/|", fold[i]) >= 0 {
		return true
	}
	for _, w := range []string{"va", "hoac", "theo", "gui", "ve", "bao cao", "tong hop", "to chuc", "hoac dot xuat", "de", "cho", "truoc", "thuc hien", "kiem tra", "danh gia", "ra soat"} {
		if opensWith(fold[i:], w) {
			return true
		}
	}
	return false
}

// timesAYear reads the "02 lần/năm" behind "định kỳ".
func (r *ruler) timesAYear(fold string, start, i int) []moment {
	n, end := smallNumber(fold, i)
	if end == i || n < 1 || n > 12 {
		return nil
	}
	j := skipWord(fold, end, "lan")
	if j == 0 {
		return nil
	}
	if k := skipBlanks(fold, j); k < len(fold) && fold[k] == '/' {
		j = skipBlanks(fold, k+1)
	} else if k := skipWord(fold, j, "trong"); k > 0 {
		j = skipBlanks(fold, k)
	} else if k := skipWord(fold, j, "moi"); k > 0 {
		j = skipBlanks(fold, k)
	}
	unit, ok := r.rhythmUnit(fold, j, false)
	if !ok {
		return nil
	}
	switch {
	case n == 1:
	case unit.recurs == "yearly" && n == 2:
		unit.recurs = "half-yearly"
	case unit.recurs == "yearly" && n == 4:
		unit.recurs = "quarterly"
	case unit.recurs == "yearly" && n == 12:
		unit.recurs = "monthly"
	default:
		return nil
	}
	unit.from, unit.marked = start, true
	return []moment{unit}
}

// everyMonths reads "6 tháng/lần", "06 tháng một lần", "01 lần/năm" that begin with their number.
func (r *ruler) everyMonths(fold string, i int) []moment {
	n, end := smallNumber(fold, i)
	if end-i > 2 || n < 1 || n > 12 {
		return nil
	}
	if k := skipWord(fold, end, "thang"); k > 0 || skipWord(fold, end, "nam") > 0 || skipWord(fold, end, "quy") > 0 {
		m, ok := r.rhythmUnit(fold, i, true)
		if !ok || !strings.HasSuffix(fold[m.from:m.to], "lan") {
			return nil
		}
		m.marked = true
		return r.moreRhythms(fold, []moment{m})
	}
	if k := skipWord(fold, end, "lan"); k > 0 {
		if b := skipBlanks(fold, k); b < len(fold) && fold[b] == '/' {
			list := r.timesAYear(fold, i, i)
			for x := range list {
				list[x].marked = false // "02 lần/năm" tells how often, which is a term only behind a label
			}
			return list
		}
	}
	return nil
}
