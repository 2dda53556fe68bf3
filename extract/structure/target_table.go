package structure

import (
	"strings"

	"kehoach/plan"
)

// heads reads the heads of a table of aims: "Chỉ tiêu | Đơn vị tính | Năm 2025".
func (t *targeter) heads(i int) bool {
	l := &t.s.lines[i]
	if l.style != plan.HeadRow && i > 0 && t.s.lines[i-1].isRow() {
		return false
	}
	var columns []int
	var years []string
	unit, aim := -1, false
	for k, c := range l.cells {
		name := strings.Trim(foldOf(l.from(c.Start)[:c.Len()]), " .:*")
		switch {
		case name == "dvt" || name == "don vi" || strings.HasPrefix(name, "don vi tinh"):
			unit = k
		case opensWith(name, "muc phan dau"), opensWith(name, "muc tieu"), opensWith(name, "ke hoach"), opensWith(name, "chi tieu nam"), opensWith(name, "chi tieu den"),
			opensWith(name, "nam") && planned(t.s, name), opensWith(name, "den nam"), opensWith(name, "so luong"):
			columns, years = append(columns, k), append(years, yearIn(name))
		case opensWith(name, "chi tieu"), opensWith(name, "muc tieu"):
			aim = true
		}
	}
	if len(columns) == 0 || unit < 0 && !aim {
		return columns != nil && l.style == plan.HeadRow
	}
	t.columns, t.unit, t.years = columns, unit, years
	return true
}

// planned reports whether a column of a year holds what is aimed at, not what was.
func planned(s *state, name string) bool {
	y := yearIn(name)
	return y != "" && !strings.Contains(name, "thuc hien") && (len(s.plan.Issued) < 4 || y >= s.plan.Issued[:4])
}

// yearIn is the last year that a short text names.
func yearIn(fold string) string {
	for i := len(fold) - 4; i >= 0; i-- {
		if _, end := fourDigits(fold, i); end > 0 && (i == 0 || !isDigit(fold[i-1]) && fold[i-1] != '/') {
			return fold[i:end]
		}
	}
	return ""
}

// row reads the columns of aims of a table; its other cells are read like running text.
func (t *targeter) row(r *ruler, sec *plan.Section) {
	l := r.line
	strong := sec != nil && sec.Kind == plan.Objectives
	for k, c := range l.cells {
		if c.Len() == 0 {
			continue
		}
		from, to := r.fold(c.Start-l.Start), r.fold(c.End-l.Start)
		at := -1
		for n, col := range t.columns {
			if col == k {
				at = n
			}
		}
		if at < 0 {
			if len(t.columns) == 0 {
				t.scan(r, aimScope{from: from, to: to, strong: strong, section: sec})
			}
			continue
		}
		i := from
		for i < to && !isDigit(l.fold[i]) && i < from+24 {
			i++
		}
		q, ok := readQuantity(l.fold[:to], min(i, to))
		if !ok || i >= to || datelike(l.fold[:to], q) || !numberCanBegin(l.fold[from:to], i-from) {
			continue
		}
		unit := strings.TrimSpace(r.quote(min(q.to, to), to))
		if q.percent {
			unit = "%"
		}
		if unit == "" && t.unit >= 0 && t.unit < len(l.cells) {
			u := l.cells[t.unit]
			unit = l.from(u.Start)[:u.Len()]
		}
		before := len(t.s.plan.Targets)
		t.keep(r, aimScope{from: from, to: to, section: sec}, q, unit, from, to)
		if len(t.s.plan.Targets) > before && t.years[at] != "" {
			t.s.plan.Targets[before].Year = t.years[at]
		}
	}
}
