package structure

import (
	"strings"

	"kehoach/plan"
)

// enclosure reports whether a line only says what it comes with: "(Kèm theo Quyết định số … ngày …)".
func enclosure(l *line) bool {
	return strings.HasPrefix(l.fold, "(") && strings.Contains(l.fold[:min(len(l.fold), 24)], "kem theo")
}

// hasTime reports whether a line holds a word or a digit that a time expression can begin with.
func hasTime(l *line) bool {
	return l.says(saysTime) || l.says(saysDigit) && strings.IndexByte(l.fold, '/') > 0
}

// scope is where a time expression stands: what its neighbourhood says of it.
type scope struct {
	from, to int  // bytes of the fold
	loose    bool // behind a label of time or in a column of time: bare numbers are dates
	field    bool // behind a label of time, in a column of time or in a part on time
	whole    bool // what stands there speaks of the whole plan
	section  *plan.Section
	floor    int // behind the expression before: its words belong to no other
}

// around is what stands around the bytes [from, to), at most 200 bytes on each side.
func (sc scope) around(fold string, from, to int) string {
	return fold[max(sc.from, from-200):min(sc.to, to+200)]
}

// timeColumns reads a row of heads of a table that is none of tasks: the columns that hold terms.
func (d *deadliner) timeColumns(i int) ([]int, bool) {
	l := &d.s.lines[i]
	if l.style != plan.HeadRow && i > 0 && d.s.lines[i-1].isRow() {
		return nil, false
	}
	var cols []int
	for k, c := range l.cells {
		name := strings.Trim(foldOf(l.from(c.Start)[:c.Len()]), " .:*")
		if len(name) < 60 && isTimeLabel(name) {
			cols = append(cols, k)
		}
	}
	return cols, cols != nil || l.style == plan.HeadRow
}

// isTimeLabel reports whether a folded label or head names a time.
func isTimeLabel(name string) bool {
	if f := fieldNames[name]; f != noField {
		return f == timeField
	}
	for _, w := range deadlineWords["nolabel"] {
		if opensWith(name, w) {
			return false
		}
	}
	for _, w := range deadlineWords["label"] {
		if opensWith(name, w) {
			return true
		}
	}
	return false
}

// labelEnd is the byte behind "- Thời gian thực hiện:", or 0 and false.
func (d *deadliner) labelEnd(l *line) (int, bool) {
	colon := strings.IndexByte(l.fold[:min(len(l.fold), 90)], ':')
	if colon < 4 {
		return 0, false
	}
	from := 0
	if mark, rest := bulletMark(l.text); mark != 0 {
		from = foldLen(l.text[:rest])
	} else if labels := readLabel(l.text, l.fold); len(labels) > 0 {
		from = foldLen(l.text[:labels[0].rest])
	}
	if from >= colon || !isTimeLabel(strings.Trim(l.fold[from:colon], " *_.")) {
		return 0, false
	}
	return colon + 1, true
}
