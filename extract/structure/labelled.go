package structure

import (
	"slices"
	"strings"

	"kehoach/plan"
)

// labelledLines reads "Cơ quan chủ trì: …" and its kin. The lines that follow one another with labels belong to
// one activity: the nearest bullet that is no label itself, or the nearest unit above (decisions 7, 18, 29).
func (r *assigner) labelledLines() {
	for i := range r.plan.Sections {
		z := r.own(i)
		contents := r.contents(z)
		last := -1 // the last bullet that is no label
		for k := z.from; k < z.to; k++ {
			l := &r.lines[k]
			if !l.says(saysLead) && strings.IndexByte(l.fold, ':') < 0 || l.isRow() {
				if k > z.from && isBullet(l) {
					last = k
				}
				continue
			}
			f, colon, ok := lineLabel(l)
			if !ok || f == ordinalField || f == taskField {
				if f == taskField && ok {
					if contents > 1 { // "Nội dung: …" once for each activity
						last = k
					}
					continue
				}
				if r.embedded(i, k) {
					r.done[k] = true
				} else if k > z.from && isBullet(l) {
					last = k
				}
				continue
			}
			r.done[k] = true
			if f != leadField && f != supportField {
				continue
			}
			task, ok := r.activity(i, last, k)
			if !ok {
				continue
			}
			parts := []labelPart{{field: f, value: l.words(colon+1, len(l.fold)).trim("*_")}}
			if more := labelParts(l, colon+1); len(more) > 0 { // further labels on the same line
				parts[0].value = l.words(colon+1, more[0].from).trim("*_;,.-(")
				parts = append(parts, more...)
			}
			r.labelledLine(z, k, task, parts)
		}
	}
}

// contents counts the lines of a zone that are labelled as the content of an activity.
func (r *assigner) contents(z zone) int {
	n := 0
	for k := z.from; k < z.to; k++ {
		if f, _, ok := lineLabel(&r.lines[k]); ok && f == taskField {
			n++
		}
	}
	return n
}

// labelledLine gives rows to the bodies of a labelled line, with what it and the lines around it say.
func (r *assigner) labelledLine(z zone, k int, task words, parts []labelPart) {
	for _, p := range parts {
		if p.field != leadField && p.field != supportField || p.value.fold == "" {
			continue
		}
		for _, a := range r.fieldAgencies(p.field, p.value) {
			row := r.row(a, task)
			if row == nil {
				continue
			}
			for _, q := range parts {
				r.fill(row, q.field, q.value)
			}
			r.fields(row, z, k)
		}
	}
}

// activity is the task that the labelled line k of section i belongs to; bullet is the nearest bullet above it, or -1.
func (r *assigner) activity(i, bullet, k int) (words, bool) {
	if bullet >= 0 {
		l := &r.lines[bullet]
		_, rest := bulletMark(l.text)
		from := foldLen(l.text[:rest])
		if f, colon, ok := lineLabel(l); ok && f == taskField {
			from = colon + 1
		}
		return l.words(from, len(l.fold)).trim(""), true
	}
	if k == r.lineOf[i] { // the labelled line is itself a unit: its parent's heading
		i = r.parent[i]
		if i < 0 {
			return words{}, false
		}
	}
	l := &r.lines[r.lineOf[i]]
	from := foldLen(l.text[:r.units[i].label.rest])
	if from >= len(l.fold) {
		if r.lineOf[i]+1 >= len(r.lines) {
			return words{}, false
		}
		l, from = &r.lines[r.lineOf[i]+1], 0
	}
	w := l.words(from, len(l.fold)).trim("")
	if strings.HasSuffix(w.fold, ":") {
		w = w.trim(":")
	}
	return w, w.fold != ""
}

// leadLabels and supportLabels stand inside a cell or a line that holds both: "Chủ trì: A; phối hợp: B, C".
var (
	leadLabels    = []string{"co quan chu tri:", "don vi chu tri:", "chu tri:", "don vi thuc hien:", "co quan thuc hien:", "chu tri thuc hien:", "co quan chu tri", "don vi chu tri"}
	supportLabels = []string{"co quan phoi hop:", "don vi phoi hop:", "co quan, don vi phoi hop:", "phoi hop thuc hien:", "phoi hop:", "cac don vi phoi hop:"}
)

// fieldAgencies are the bodies of a labelled line's value or of a cell. "A chủ trì, phối hợp với B; C" names one
// that leads and two that support (decision 24).
func (r *assigner) fieldAgencies(f field, value words) []agency {
	role := plan.Lead
	if f == supportField {
		role = plan.Support
	}
	if mark, rest := bulletMark(value.text); mark != 0 {
		value = value.cut(foldLen(value.text[:rest]), len(value.fold))
	}
	lead, with := value, words{}
	for _, label := range leadLabels {
		if rest, ok := strings.CutPrefix(value.fold, label); ok && (strings.HasSuffix(label, ":") || opensUpper(strings.TrimLeft(value.text[len(value.text)-len(strings.TrimLeft(rest, " ")):], " "))) {
			value = value.cut(len(label), len(value.fold)).trim("")
			lead = value
			break
		}
	}
	split := false
	for _, label := range supportLabels { // a second label on the same line
		if at := strings.Index(value.fold, label); at >= 0 && f == leadField {
			lead, with = value.cut(0, at).trim(",;.-+ "), value.cut(at+len(label), len(value.fold))
			split = true
			break
		}
	}
	if at, ok := hasWord(value.fold, "chu tri"); ok && !split && at > 0 && f == leadField { // "A chủ trì; B, C phối hợp"
		rest := value.cut(at+len("chu tri"), len(value.fold)).trim(",;. ")
		for _, tail := range []string{" phoi hop", " phoi hop thuc hien", " cung phoi hop"} {
			if names, ok := strings.CutSuffix(rest.fold, tail); ok {
				lead, with, split = value.cut(0, at), rest.cut(0, len(names)), true
			}
		}
	}
	if at, ok := hasWord(value.fold, "phoi hop"); ok && !split && at > 0 && f == leadField && strings.Count(value.fold[:at], "(") == strings.Count(value.fold[:at], ")") {
		lead = value.cut(0, at).trim(",;. ")
		rest := at + len("phoi hop")
		for _, filler := range []string{" chat che", " thuc hien", " cung", " voi"} {
			if strings.HasPrefix(value.fold[rest:], filler) {
				rest += len(filler)
			}
		}
		with = value.cut(rest, len(value.fold))
	}
	for _, tail := range []string{" va", "chu tri", "chu tri thuc hien", "lam dau moi"} {
		if strings.HasSuffix(lead.fold, tail) {
			lead = lead.cut(0, len(lead.fold)-len(tail)).trim(",;")
		}
	}
	out := r.members(lead, true)
	for i := range out {
		if out[i].role == "" {
			out[i].role = role
		}
	}
	if with.fold != "" {
		for _, a := range r.members(with.trim(",;."), true) {
			a.role = plan.Support
			out = append(out, a)
		}
	}
	return slices.DeleteFunc(out, func(a agency) bool { return isPerson(r.plan.Quote(a.span)) })
}

// isPerson reports whether a member of a list is a person: those give no rows (decision 24). The letters decide with their
// marks: "chị" is a person, "Chi cục" is not.
func isPerson(text string) bool {
	text = strings.ToLower(text)
	for _, t := range []string{"đồng chí ", "các đồng chí", "đ/c ", "đc. ", "ông ", "bà ", "anh ", "chị "} {
		if strings.HasPrefix(text, t) {
			return true
		}
	}
	return false
}

// maxFields is how many labelled lines on each side belong to one activity at most.
const maxFields = 12

// fields fills a row from the labelled lines around line k: time, output, money.
func (r *assigner) fields(row *plan.Assignment, z zone, k int) {
	from, to := k, k
	for from > max(z.from, k-maxFields) && r.labelledAt(from-1) {
		from--
	}
	for to+1 < min(z.to, k+maxFields) && r.labelledAt(to+1) {
		to++
	}
	for j := from; j <= to; j++ {
		f, value, ok := labelled(&r.lines[j])
		if !ok {
			continue
		}
		r.fill(row, f, value)
	}
}

// fill sets one further field of a row from its words, where the row has none yet.
func (r *assigner) fill(row *plan.Assignment, f field, value words) {
	value = value.trim(".;")
	if value.fold == "" {
		return
	}
	switch f {
	case timeField:
		if row.Deadline == "" || row.Span.Contains(row.DeadlineSpan) { // a term in the task's own words gives way
			row.Deadline, row.DeadlineSpan = oneLine(value.text), value.span
		}
	case outputField:
		if row.Output == "" {
			row.Output, row.OutputSpan = oneLine(value.text), value.span
		}
	case moneyField:
		for _, a := range r.plan.Funding.Amounts {
			if value.span.Contains(a.Span) && row.Funding.Text == "" {
				row.Funding = a
			}
		}
	}
}

func (r *assigner) labelledAt(i int) bool {
	_, _, ok := labelled(&r.lines[i])
	return ok
}
