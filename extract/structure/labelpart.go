package structure

import "strings"

// labelPart is a label inside a line with its value: "Cơ quan chủ trì: Sở Y tế; thời gian: quý II".
type labelPart struct {
	field field
	from  int // where the label begins, in bytes of the fold
	value words
}

// fieldWords are the words of labels that no table lists one by one ("Đơn vị chủ trì, phối hợp"), folded.
var fieldWords = func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq("co quan don vi chu tri phoi hop thuc hien tham muu chinh theo doi tham gia cac va cung dau moi trien khai to chuc lien quan phu trach chiu trach nhiem " +
		"du kien hoan thanh thoi gian han tien do diem lo trinh dia phuong giao nhiem vu so ban nganh bo phan chuyen mon cap") {
		m[w] = true
	}
	return m
}()

// labelField is the field of a folded label of a line: one of the table, or one of who leads, who supports or of time
// whose words all are those of labels.
func labelField(name string) field {
	if f, ok := fieldNames[name]; ok {
		return f
	}
	if len(name) < 8 || len(name) > maxFieldName || !opensWithAny(name, []string{"co quan", "don vi", "chu tri", "phoi hop", "cac co quan", "cac don vi", "to chuc", "dau moi", "thoi gian", "thoi han", "tien do", "lo trinh", "du kien thoi gian", "phan cong"}) {
		return noField
	}
	for _, w := range strings.FieldsFunc(name, notFoldWord) {
		if !fieldWords[w] {
			return noField
		}
	}
	switch f := fieldOf(name); f {
	case leadField, supportField, timeField:
		return f
	}
	return noField
}

// maxParts is how many labels of one line are read.
const maxParts = 12

// labelParts reads the labels of a line, each with the words up to the next. Labels stand at its beginning, behind a
// full stop, a semicolon, a comma, a dash or a bracket.
func labelParts(l *line, from int) []labelPart {
	var out []labelPart
	for i := from; i < len(l.fold) && len(out) < maxParts; {
		j := strings.IndexByte(l.fold[i:], ':')
		if j < 0 {
			break
		}
		colon := i + j
		start := max(i, colon-maxFieldName)
		if k := strings.LastIndexAny(l.fold[start:colon], ".;(,-+"); k >= 0 {
			start += k + 1
		} else if start > i {
			i = colon + 1
			continue
		}
		name := strings.Trim(l.fold[start:colon], " *_")
		if f := labelField(name); f != noField && f != ordinalField {
			at := start + strings.Index(l.fold[start:colon], name)
			for _, w := range []string{"co quan, ", "don vi, ", "cac co quan, "} { // "Cơ quan, đơn vị chủ trì"
				if strings.HasSuffix(l.fold[from:at], w) {
					at -= len(w)
				}
			}
			out = append(out, labelPart{field: f, from: at})
		}
		i = colon + 1
	}
	for k := range out {
		to := len(l.fold)
		if k+1 < len(out) {
			to = out[k+1].from
		}
		colon := out[k].from + strings.IndexByte(l.fold[out[k].from:], ':')
		out[k].value = l.words(colon+1, max(to, colon+1)).trim("*_;,-(")
		if k+1 < len(out) {
			out[k].value = out[k].value.trim(".")
		}
		if v := out[k].value; strings.HasSuffix(v.fold, ")") && !strings.Contains(v.fold, "(") {
			out[k].value = v.trim(")")
		}
	}
	return out
}

// embedded gives rows to a line that names its bodies behind labels inside it: "Mở chuyên trang. Đơn vị thực hiện: Báo
// Hà Nam." The task is what stands before the first label.
func (r *assigner) embedded(i, k int) bool {
	l := &r.lines[k]
	from := 0
	if mark, rest := bulletMark(l.text); mark != 0 {
		from = foldLen(l.text[:rest])
	} else if k == r.lineOf[i] {
		from = foldLen(l.text[:r.units[i].label.rest])
	}
	if from >= len(l.fold) || !strings.Contains(l.fold[from:], "chu tri") && !strings.Contains(l.fold[from:], "thuc hien:") && !strings.Contains(l.fold[from:], "phoi hop:") {
		return false
	}
	parts := labelParts(l, from)
	var rows []int
	if len(parts) > 0 && parts[0].from > from {
		task := l.words(from, parts[0].from).trim("(-;,.")
		for _, p := range parts {
			if p.field != leadField && p.field != supportField || !isBodyAnyCase(p.value.text, p.value.fold) || countWords(task.fold, 3) < 2 {
				continue
			}
			for _, a := range r.fieldAgencies(p.field, p.value) {
				if r.row(a, task) != nil {
					rows = append(rows, len(r.plan.Assignments)-1)
				}
			}
		}
		for _, n := range rows {
			for _, p := range parts {
				r.fill(&r.plan.Assignments[n], p.field, p.value)
			}
		}
	}
	return len(rows) > 0 || r.bracketed(l.words(from, len(l.fold)))
}

// bracketed gives rows to the bodies that a bracket at the end of a task names: "Biên soạn tài liệu (Sở Nội vụ chủ trì;
// Sở Tư pháp phối hợp)".
func (r *assigner) bracketed(w words) bool {
	w = w.trim(".;,")
	open := strings.LastIndexByte(w.fold, '(')
	if open < 8 || !strings.HasSuffix(w.fold, ")") {
		return false
	}
	inner := w.cut(open+1, len(w.fold)-1).trim("")
	if strings.HasPrefix(inner.fold, "do ") || strings.HasPrefix(inner.fold, "giao ") {
		inner = inner.cut(strings.IndexByte(inner.fold, ' '), len(inner.fold)).trim("")
	}
	led := strings.Contains(inner.fold, "chu tri")
	if !led || !isBodyAnyCase(inner.text, inner.fold) && !opensWithAny(inner.fold, []string{"chu tri:", "co quan chu tri:", "don vi chu tri:"}) {
		return false
	}
	task := w.cut(0, open).trim(",;:")
	list := r.fieldAgencies(leadField, inner)
	for _, a := range list {
		r.row(a, task)
	}
	return len(list) > 0
}
