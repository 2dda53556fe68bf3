package structure

import (
	"strings"

	"kehoach/plan"
)

// taskColumns are the columns of a table of tasks, by their heads; -1 where there is none.
type taskColumns struct {
	task  int
	field []field // of every column
}

// tables reads the tables of tasks: each row becomes rows of who leads and who supports.
func (r *assigner) tables() {
	for i := 0; i < len(r.lines); i++ {
		if !r.lines[i].isRow() {
			continue
		}
		end := i
		for end < len(r.lines) && r.lines[end].isRow() {
			end++
		}
		r.table(zone{i, end})
		i = end
	}
}

func (r *assigner) table(z zone) {
	var cols *taskColumns
	var lead []agency // of a cell that is merged over the rows below
	for i := z.from; i < z.to; i++ {
		l := &r.lines[i]
		r.done[i] = true
		if c := readColumns(l); c != nil {
			cols, lead = c, nil
			continue
		}
		if cols == nil || len(l.cells) > len(cols.field) {
			continue
		}
		lead = r.tableRow(l, cols, lead)
	}
}

// readColumns reads a row of heads; nil where it is none: a table of tasks has a column of tasks and one of
// bodies.
func readColumns(l *line) *taskColumns {
	c := &taskColumns{task: -1, field: make([]field, len(l.cells))}
	bodies := false
	for i := range l.cells {
		name := strings.Trim(foldOf(l.from(l.cells[i].Start)[:l.cells[i].Len()]), " .:*")
		if at := strings.IndexByte(name, '('); at > 0 {
			name = strings.TrimSpace(name[:at])
		}
		f := fieldNames[name]
		c.field[i] = f
		bodies = bodies || f == leadField || f == supportField
		if f == taskField && c.task < 0 {
			c.task = i
		}
	}
	if c.task < 0 || !bodies {
		return nil
	}
	return c
}

// tableRow reads one row. A row with a task and no body takes over the body of the merged cell above it; a row
// that is only a title groups those below and gives none.
func (r *assigner) tableRow(l *line, cols *taskColumns, above []agency) []agency {
	cell := func(i int) words { return r.wordsOf(l.cells[i]).trim("*_") }
	filled := 0
	for i := range l.cells {
		if cols.field[i] != ordinalField && l.cells[i].Len() > 0 {
			filled++
		}
	}
	if cols.task >= len(l.cells) || filled < 2 {
		return nil
	}
	task := cell(cols.task)
	if mark, rest := bulletMark(task.text); mark != 0 {
		task = task.cut(foldLen(task.text[:rest]), len(task.fold))
	}
	if task.fold == "" {
		return above
	}
	var list []agency
	empty := true
	for i, f := range cols.field[:len(l.cells)] {
		if f != leadField && f != supportField {
			continue
		}
		value := cell(i)
		if value.fold == "" || value.fold == "-" {
			continue
		}
		empty = empty && f != leadField
		list = append(list, r.fieldAgencies(f, value)...)
	}
	if empty {
		list = append(append([]agency(nil), above...), list...)
	}
	for _, a := range list {
		row := r.row(a, task)
		if row == nil {
			break
		}
		for i, f := range cols.field[:len(l.cells)] {
			r.fill(row, f, cell(i))
		}
	}
	var leads []agency
	for _, a := range list {
		if a.role == plan.Lead {
			leads = append(leads, a)
		}
	}
	return leads
}
