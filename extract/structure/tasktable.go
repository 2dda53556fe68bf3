package structure

import (
	"slices"
	"strings"

	"kehoach/plan"
)

// taskTable is what the rows of a table of tasks share.
type taskTable struct {
	*taskColumns
	lead  []agency // who leads in the row above: for a cell that is merged over the rows below
	group []agency // the bodies that a row of a title names for the rows below it
	last  []words  // the last words of each column, for "nt" and "như trên"
}

// tableRows reads the tables of tasks: each row becomes rows of who leads and who supports.
func (r *assigner) tableRows() {
	var t *taskTable
	for i := range r.lines {
		if !r.lines[i].isRow() {
			continue
		}
		r.done[i] = true
		c, head := r.columnsAt(i)
		if c == nil || head {
			continue
		}
		if t == nil || t.taskColumns != c {
			t = &taskTable{taskColumns: c, last: make([]words, len(c.field))}
		}
		r.tableRow(&r.lines[i], t)
	}
}

// tableRow reads one row. A row with a task and no body takes over the body of the merged cell above it, or those
// of the title that groups it; a title gives none.
func (r *assigner) tableRow(l *line, t *taskTable) {
	cell := func(i int) words { return r.wordsOf(l.cells[i]).trim("*_") }
	if title, ok := r.groupRow(l, t); ok {
		t.lead, t.group = nil, r.openingBodies(title)
		return
	}
	if t.task >= len(l.cells) {
		return
	}
	task := cell(t.task).unlabelled()
	if task.fold == "" || isTotal(task.fold) || isTotal(cell(0).fold) {
		return
	}
	values := make([]words, len(l.cells))
	for i := range l.cells {
		values[i] = cell(i)
		switch {
		case isDitto(values[i].text):
			values[i] = t.last[i]
		case values[i].fold != "":
			t.last[i] = values[i]
		}
	}
	var list []agency
	led := false // who leads is said
	for i, f := range t.field[:len(l.cells)] {
		if f == leadField || f == supportField {
			list = append(list, r.fieldAgencies(f, values[i])...)
			led = led || f == leadField && values[i].trim("-").fold != ""
		}
	}
	if !led {
		above := t.lead
		if above == nil {
			above = t.group
		}
		if above == nil && !t.leads {
			above = r.headed(task.span.Start)
		}
		list = append(slices.Clone(above), list...)
		for i := range above {
			list[i].role = plan.Lead
		}
	}
	t.lead = nil
	for _, a := range list {
		row := r.row(a, task)
		if row == nil {
			break
		}
		for i, f := range t.field[:len(l.cells)] {
			r.fill(row, f, values[i])
		}
		if a.role == plan.Lead {
			t.lead = append(t.lead, a)
		}
	}
}

// groupRow reports whether a row is only a title over the rows below it, and gives its words: all that it holds is
// one text, or it has a Roman number or a letter and no body.
func (r *assigner) groupRow(l *line, t *taskTable) (title words, ok bool) {
	filled, ordinal, bodies := 0, "", false
	for i := range l.cells {
		w := r.wordsOf(l.cells[i]).trim("*_")
		switch {
		case w.fold == "" || w.fold == "-":
		case i < len(t.field) && t.field[i] == ordinalField:
			ordinal = strings.Trim(w.text, " .)(")
		case i < len(t.field) && (t.field[i] == leadField || t.field[i] == supportField):
			bodies = true
			fallthrough
		default:
			if title.fold == "" {
				title = w
			}
			if w.text != title.text { // a merged cell may stand in each of its columns
				filled++
			}
		}
	}
	switch {
	case title.fold == "":
		return words{}, ordinal != "" && isOrdinal(ordinal)
	case filled == 0:
		return title.unlabelled(), true
	case !bodies && t.leads && ordinal != "" && strings.Trim(ordinal, "IVXABCDEĐ") == "":
		return title.unlabelled(), true
	}
	return words{}, false
}

// headed are the bodies of the heading under which a byte stands, in a part that gives duties.
func (r *assigner) headed(at int) []agency {
	i, ok := r.sectionAt(at).ID()
	if !ok || !r.duty[i] {
		return nil
	}
	if r.named[i] != nil {
		return r.named[i]
	}
	return r.inherited(i)
}

// unlabelled drops a number or a bullet at the head of a task.
func (w words) unlabelled() words {
	if mark, rest := bulletMark(w.text); mark != 0 {
		return w.cut(foldLen(w.text[:rest]), len(w.fold)).trim("*_")
	}
	if labels := readLabel(w.text, w.fold); len(labels) > 0 && labels[0].rest < len(w.text) && labels[0].scheme != annexed {
		return w.cut(foldLen(w.text[:labels[0].rest]), len(w.fold)).trim("*_")
	}
	return w
}

// isDitto reports whether a cell stands for the words of the cell above it: "nt", "-nt-", "như trên", a quotation mark.
func isDitto(text string) bool {
	bare := strings.Trim(text, " -–.()")
	switch foldOf(bare) {
	case "nt", "n.t", "nhu tren", "nhu muc tren", "tuong tu", "tuong tu nhu tren", "\"", "''", "//", "“", "”", "″", "“”", "\"\"", ",,", "〃":
		return bare != ""
	}
	return false
}

// isTotal reports whether a task or number is the label of a sum: "Tổng cộng".
func isTotal(fold string) bool {
	switch strings.Trim(fold, " .:()") {
	case "tong", "cong", "tong cong", "tong so", "tong kinh phi", "tong so tien", "cong chung", "cong tong":
		return true
	}
	return opensWith(fold, "tong cong")
}

// isNumberRow reports whether a row only numbers the columns: "(1) | (2) | (3)".
func isNumberRow(l *line) bool {
	filled := 0
	for i := range l.cells {
		w := strings.Trim(l.from(l.cells[i].Start)[:l.cells[i].Len()], " ()[]*")
		if w == "" {
			continue
		}
		if !isOrdinal(w) {
			return false
		}
		filled++
	}
	return filled > 2
}

// isOrdinal reports whether a short text is a number, a letter or a sum of such: "4", "B", "5=6+7".
func isOrdinal(w string) bool {
	letters := 0
	for i := range len(w) {
		switch c := w[i]; {
		case isDigit(c) || strings.IndexByte("=+()., ", c) >= 0:
		case c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z':
			letters++
		default:
			return false
		}
	}
	return len(w) <= 16 && letters <= 4
}
