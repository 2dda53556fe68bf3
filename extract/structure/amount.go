package structure

import (
	"math"
	"strings"

	"kehoach/plan"
)

// moneyScales are the words behind a number of money, the longest first.
var moneyScales = []struct {
	words string
	dong  float64
}{
	{"nghin ty", 1e12}, {"ngan ty", 1e12}, {"trieu", 1e6}, {"nghin", 1e3}, {"ngan", 1e3}, {"ty", 1e9}, {"ti", 1e9}, {"tr", 1e6},
}

// money is a sum as printed, in bytes of the fold.
type money struct {
	from, to int
	dong     float64
}

// moneyAt reads "280.000.000 đồng", "1.250,5 tỷ đồng", "5 tỷ 200 triệu đồng", "50 - 100 triệu đồng" (the upper end),
// "200 triệu đồng/dự án", "1.500.000đ" that begin at a byte. Where loose is set, a bare "5 tỷ" is a sum as well.
func (r *ruler) moneyAt(fold string, i int, loose bool) (m money, ok bool) {
	m.from = i
	scaled := false
	for range 3 {
		v, end, ok := moneyNumber(fold, i)
		if !ok {
			return m, false
		}
		for _, joint := range []string{"-", "–", "den"} { // a range: its upper end
			k := 0
			if joint == "den" {
				k = skipWord(fold, end, joint)
			} else if j := skipBlanks(fold, end); strings.HasPrefix(fold[j:], joint) {
				k = j + len(joint)
			}
			if k > 0 {
				if top, e, ok := moneyNumber(fold, skipBlanks(fold, k)); ok && top > v {
					v, end = top, e
				}
				break
			}
		}
		for _, short := range []string{"trd", "tr.d", "tr. d"} { // "350 trđ": scale and currency in one
			if j := skipBlanks(fold, end); opensWith(fold[j:], short) {
				m.dong += v * 1e6
				m.to = unitTail(fold, j+len(short))
				return m, m.dong < 9e17
			}
		}
		scale := 1.0
		for _, s := range moneyScales {
			if j := skipWord(fold, end, s.words); j > 0 {
				scale, end, scaled = s.dong, j, true
				break
			}
		}
		m.dong += v * scale
		m.to = end
		if j, found := r.currency(fold, end); found {
			m.to = unitTail(fold, j)
			return m, m.dong >= 1000 && m.dong < 9e17
		}
		if !scaled || scale == 1 {
			return m, false
		}
		j := skipBlanks(fold, end)
		if j >= len(fold) || !isDigit(fold[j]) {
			break
		}
		i = j
	}
	return m, loose && scaled && endsSum(fold, m.to) && m.dong >= 1e6 && m.dong < 9e17
}

// endsSum reports whether a sum without its currency ends there: "12 tỷ." and "12 tỷ, trong đó", but not "1,4 triệu
// tấn" or "4 tỷ lệ".
func endsSum(fold string, i int) bool {
	i = skipBlanks(fold, i)
	if i >= len(fold) || strings.IndexByte(".,;:)(|", fold[i]) >= 0 {
		return true
	}
	return containsWord(fold[i:min(len(fold), wordEnd(fold, i))], []string{"trong", "tu", "cho", "va", "do", "de"})
}

// moneyNumber is readNumber, with blanks between thousands too: "280 000 000".
func moneyNumber(fold string, i int) (v float64, end int, ok bool) {
	if v, end, ok = readNumber(fold, i); !ok {
		return v, end, ok
	}
	if end-i <= 3 && end < len(fold) && fold[end] == ' ' && threeDigits(fold, end+1) {
		groups := 0
		total, e := v, end
		for groups < 4 && e < len(fold) && fold[e] == ' ' && threeDigits(fold, e+1) {
			part, next, _ := readNumber(fold, e+1)
			total, e, groups = total*1000+part, next, groups+1
		}
		if groups > 1 {
			return total, e, true
		}
	}
	return v, end, true
}

// currency reads "đồng", "VNĐ" or "đ" behind a byte.
func (r *ruler) currency(fold string, i int) (end int, ok bool) {
	j := skipBlanks(fold, i)
	for _, w := range []string{"dong", "vnd", "d"} {
		if j >= len(fold) || !opensWith(fold[j:], w) {
			continue
		}
		printed := r.quote(j, j+len(w))
		switch w {
		case "dong":
			printed = strings.ToLower(printed)
			if printed != "đồng" && printed != "dong" {
				return 0, false
			}
		case "d":
			if printed != "đ" && printed != "Đ" {
				return 0, false
			}
		}
		return j + len(w), true
	}
	return 0, false
}

// sums adds the sums of a stretch of a line; outside a part on funding only those that are costs.
func (f *funder) sums(r *ruler, from, to int, in bool) {
	fold := r.line.fold[:to]
	for i := from; i < to; i++ {
		if !isDigit(fold[i]) || !numberCanBegin(fold, i) {
			continue
		}
		m, ok := r.moneyAt(fold, i, in)
		if !ok {
			for i+1 < to && isDigit(fold[i+1]) {
				i++
			}
			continue
		}
		i = max(i, m.to-1)
		if !in {
			clause := clauseOf(fold, from, m.from) + " " + fold[m.to:min(to, m.to+40)]
			if !containsWord(clause, fundingWords["money"]) || containsWord(clause, fundingWords["income"]) {
				continue
			}
		}
		f.amount(r, m)
	}
}

func (f *funder) amount(r *ruler, m money) {
	span := r.span(m.from, trimRight(r.line.fold, m.from, m.to))
	f.s.plan.Funding.Amounts = append(f.s.plan.Funding.Amounts, plan.Amount{VND: int64(math.Round(m.dong)), Text: f.s.plan.Quote(span), Span: span})
}

// unitLine remembers the unit that a line before a table names: "Đơn vị tính: triệu đồng", "2. Kinh phí (triệu
// đồng):".
func (f *funder) unitLine(l *line) {
	if f.unitAge++; f.unitAge > 3 {
		f.unit = 0
	}
	if len(l.fold) > 90 || !l.says(saysMoney) || !strings.Contains(l.fold, "dong") && !strings.Contains(l.fold, "trd") {
		return
	}
	open := strings.LastIndexByte(l.fold, '(')
	if strings.Contains(l.fold, "don vi tinh") || strings.Contains(l.fold, "dvt") || open >= 0 && len(l.fold)-open < 32 && !hasDigit(l.fold[open:]) {
		f.unit, f.unitAge = unitIn(l.fold[max(open, 0):]), 0
		if f.unit == 0 {
			f.unit = unitIn(l.fold)
		}
	}
}

// unitIn is how many đồng the unit is that a head or a line names, or 0.
func unitIn(fold string) float64 {
	i, ok := hasWord(fold, "dong")
	if !ok {
		if _, ok = hasWord(fold, "trd"); ok {
			return 1e6
		}
		return 0
	}
	for _, s := range moneyScales {
		if _, ok := before(fold, i, s.words); ok {
			return s.dong
		}
	}
	return 1
}

// heads reads a row of heads: the columns of money.
func (f *funder) heads(i int, in bool) bool {
	var columns []moneyColumn
	if c, head := f.s.columnsAt(i); c != nil {
		if head { // what a line above the table names counts for the whole of it
			for _, k := range c.of(moneyField) {
				unit := f.unit
				if c.unit != nil && c.unit[k] > 0 {
					unit = c.unit[k]
				}
				columns = append(columns, moneyColumn{k, unit})
			}
			f.columns = columns
		}
		return head
	}
	l := &f.s.lines[i]
	if l.style != plan.HeadRow && i > 0 && f.s.lines[i-1].isRow() {
		return false
	}
	for k, c := range l.cells {
		name := strings.Trim(foldOf(l.from(c.Start)[:c.Len()]), " .:*")
		if len(name) > 80 {
			continue
		}
		unit := unitIn(name)
		if isMoneyLabel(name) || unit > 1 || f.unit > 0 && isMoneyPart(name) || in && f.unit > 0 && yearIn(name) != "" {
			if unit == 0 {
				unit = f.unit
			}
			columns = append(columns, moneyColumn{k, unit})
		}
	}
	if columns == nil {
		return false
	}
	f.columns = columns
	return true
}

// isMoneyPart reports whether a head names a part of a sum, where the unit is known to be money.
func isMoneyPart(name string) bool {
	for _, w := range []string{"tong", "cong", "trung uong", "tinh", "huyen", "xa", "dia phuong", "nstw", "nsdp", "xa hoi hoa", "giai doan", "trong do", "von", "khac", "nguon khac"} {
		if opensWith(name, w) {
			return true
		}
	}
	return false
}

// row reads a row of a table: sums and sources in columns of money, sums with their own unit elsewhere.
func (f *funder) row(l *line, in bool) {
	r := newRuler(l)
	for k, c := range l.cells {
		if c.Len() == 0 {
			continue
		}
		from, to := r.fold(c.Start-l.Start), r.fold(c.End-l.Start)
		unit, column := 0.0, false
		for _, col := range f.columns {
			if col.at == k {
				unit, column = col.unit, true
			}
		}
		if column {
			if v, end, ok := moneyNumber(l.fold[:to], from); ok && end == to {
				if unit == 0 && v >= 1e5 { // a column without a unit, in đồng
					unit = 1
				}
				if v *= unit; v >= 1 && v < 9e17 {
					f.amount(&r, money{from, to, v})
				}
				continue
			}
		}
		if column || in {
			f.sources(&r, from, to, column)
		}
		f.sums(&r, from, to, column || in)
	}
}
