package structure

import (
	"strings"

	"kehoach/plan"
)

// Assignments come from four forms: a body's name as a heading with its tasks below (organisation), a sentence that
// opens with its agencies or assigns a task to them (sentences), labelled lines ("Cơ quan chủ trì: …"), and the
// rows of a table of tasks.

// readAssignments lists who does what, in the order of the text.
func readAssignments(s *state) {
	r := &assigner{state: s, done: make([]bool, len(s.lines))}
	r.index()
	r.tableRows()
	r.labelledLines()
	for i := range s.plan.Sections {
		r.section(i)
	}
	r.sort()
}

// assigner collects rows. done marks lines whose words belong to rows already or that hold labels.
type assigner struct {
	*state
	done   []bool
	lineOf []int      // the first line of each section
	parent []int      // the section above each, or -1
	named  [][]agency // the bodies that each section's heading names
	duty   []bool     // whether each section gives duties to bodies
	// Bodies that share a task share what is read of it:
	read plan.Span // the task that was read last
	text string    // on one line
	with []agency  // its partners
}

func (r *assigner) index() {
	r.lineOf, r.parent = make([]int, len(r.units)), make([]int, len(r.units))
	var open [maxDepth + 1]int // the last section of each level
	for i := range r.units {
		r.lineOf[i] = r.units[i].cand.line
		level := r.plan.Sections[i].Level
		r.parent[i] = -1
		if level > 1 {
			r.parent[i] = open[level-1]
		}
		open[level] = i
	}
	r.named = make([][]agency, len(r.units))
	for i := range r.units {
		r.named[i] = r.readHeading(i)
	}
	r.findDuties()
}

// own is the range of lines of a section's own text, its first line included, before any child.
func (r *assigner) own(i int) zone {
	z := zone{r.lineOf[i], r.units[i].to}
	if i+1 < len(r.units) {
		z.to = min(z.to, r.lineOf[i+1])
	}
	return z
}

// section reads the rows of one section.
func (r *assigner) section(i int) {
	sec := &r.plan.Sections[i]
	if !r.duty[i] {
		r.assigned(i)
		return
	}
	if r.inherited(i) != nil && sec.Heading == "" {
		return // its parent's heading names the body: read there
	}
	bodies := r.named[i]
	if bodies == nil {
		if r.inherited(i) == nil {
			r.loose(i)
		}
		return
	}
	r.items(i, bodies)
}

// readHeading reads the bodies that a section's heading names, or nil. A heading such as "CƠ QUAN CHỦ TRÌ" names
// a field, not a body.
func (r *assigner) readHeading(i int) []agency {
	sec := &r.plan.Sections[i]
	if sec.Heading == "" || r.units[i].label.scheme == annexed {
		return nil
	}
	w := r.headingWords(i).unasked()
	if _, _, ok := labelled(&r.lines[r.lineOf[i]]); ok || !isBody(w.text, w.fold) && !(opensUpper(w.text) && strings.HasPrefix(w.fold, "cac ") && opensBody(w.fold)) {
		return nil
	}
	if isCapitals(w.text) && sec.Level == 1 && kindOf(r.headingWords(i).fold) != "" {
		return nil // "TRÁCH NHIỆM CỦA CÁC CƠ QUAN, ĐƠN VỊ" names the part
	}
	if end, _ := runEnd(w, true); end > 0 { // "Sở Xây dựng là cơ quan chủ trì, …"
		w = w.cut(0, end)
	}
	return r.agencies(w)
}

// headingWords are the words of a section's heading as they stand in the text.
func (r *assigner) headingWords(i int) words {
	u := &r.units[i]
	l := &r.lines[u.cand.line]
	from := foldLen(l.text[:u.label.rest])
	if from >= len(l.fold) && u.cand.line+1 < len(r.lines) {
		l, from = &r.lines[u.cand.line+1], 0
	}
	w := l.words(from, len(l.fold))
	if at := strings.Index(w.fold, ":"); at > 0 && len(r.plan.Sections[i].Heading) <= len(w.text[:unfold(w.text, w.fold, at)]) {
		w = w.cut(0, at)
	}
	return w
}

// inherited are the bodies of the nearest section above whose heading names some, within the part on organisation.
func (r *assigner) inherited(i int) []agency {
	for j := r.parent[i]; j >= 0 && r.duty[j]; j = r.parent[j] {
		if r.named[j] != nil {
			return r.named[j]
		}
	}
	return nil
}

// items gives a row for each task under the bodies' name: its first-level bullets, undashed paragraphs and
// numbered sentences (decisions 6, 27).
func (r *assigner) items(i int, bodies []agency) {
	bodies = r.tasksUnder(bodies, r.tasksOf(i))
	// Numbered units below are tasks too, unless they name a body of their own.
	for j := i + 1; j < len(r.units) && r.plan.Sections[j].Level > r.plan.Sections[i].Level; j++ {
		if r.plan.Sections[j].Level != r.plan.Sections[i].Level+1 || r.named[j] != nil {
			continue
		}
		r.tasksUnder(bodies, r.unitTasks(j))
	}
}

// tasksUnder gives the bodies a row for each task. A line that only names others takes the tasks behind it for them:
// its label was lost. The bodies of the last task come back.
func (r *assigner) tasksUnder(bodies []agency, tasks []words) []agency {
	for _, it := range tasks {
		if own := r.owners(it); own != nil {
			bodies = own
			continue
		}
		r.task(bodies, it)
	}
	return bodies
}

// rows gives every body a row for every task that names no body of its own.
func (r *assigner) rows(list []agency, tasks []words) {
	for _, task := range tasks {
		r.task(list, task)
	}
}

// task gives the bodies a row for a task, unless the task opens with the name of its own: decision 27. A task
// that asks a body for something ("Đề nghị UBND tỉnh …") stays with the bodies of its heading.
func (r *assigner) task(bodies []agency, it words) {
	list, task := bodies, it
	if opensUpper(it.text) && it.unasked().span == it.trim("*_\"").span {
		if own, rest, ok := r.subject(it); ok {
			list, task = own, rest
		}
	}
	for _, a := range list {
		r.row(a, task)
	}
}

// tasksOf are the tasks in a section's own text: below its heading, or behind its colon.
func (r *assigner) tasksOf(i int) []words {
	sec := &r.plan.Sections[i]
	z := r.own(i)
	first := z.from + 1
	var out []words
	if _, _, ok := labelled(&r.lines[z.from]); ok {
		return nil
	}
	head := &r.lines[z.from]
	if !sec.Body.IsZero() && sec.Body.Start < head.End { // a value behind the heading's colon
		from := foldLen(head.text[:sec.Body.Start-head.Start])
		out = append(out, head.words(from, len(head.fold)))
	} else if w := r.headingWords(i).unasked(); sec.Heading != "" { // "Sở Xây dựng là cơ quan chủ trì, đầu mối …"
		if end, rest := runEnd(w, true); end > 0 && w.fold[end] != ':' && !strings.HasSuffix(head.text, ":") {
			duty := w.cut(rest, len(w.fold))
			if below := z.to > z.from+1 || i+1 < len(r.units) && r.plan.Sections[i+1].Level > sec.Level; !below || !r.leadsIn(duty) {
				out = append(out, duty)
			}
		}
	}
	if r.units[i].label.rest >= len(head.text) {
		first++ // the label stood alone, its heading on the next line
	}
	return append(out, r.tasks(zone{first, z.to}, i+1 < len(r.units) && r.plan.Sections[i+1].Level > sec.Level)...)
}

// unitTasks are the tasks of a numbered unit under a body's name: itself, or its bullets where it is only a
// lead-in to them.
func (r *assigner) unitTasks(j int) []words {
	sec := &r.plan.Sections[j]
	z := r.own(j)
	l := &r.lines[z.from]
	if _, _, ok := labelled(l); ok {
		return nil
	}
	from := foldLen(l.text[:r.units[j].label.rest])
	whole := l.words(from, len(l.fold))
	if sec.Heading != "" && z.to > z.from+1 && (strings.HasSuffix(l.text, ":") || !strings.HasSuffix(l.text, ".") && (isBullet(&r.lines[z.from+1]) || countWords(l.fold, 16) < 15)) {
		if tasks := r.tasks(zone{z.from + 1, z.to}, false); len(tasks) > 0 {
			return tasks
		}
	}
	end := r.lines[r.units[j].to-1].End
	whole.span.End = end
	return []words{r.wordsOf(whole.span)}
}

// wordsOf is any stretch of the text.
func (s *state) wordsOf(sp plan.Span) words {
	text := s.plan.Quote(sp)
	return words{sp, text, foldOf(text)}
}

// tasks are the tasks on a range of lines: a bullet with its sub-bullets, or a paragraph. A lead-in that ends in a
// colon before bullets is none (decision 18).
func (r *assigner) tasks(z zone, children bool) []words {
	var out []words
	var top rune // the bullet of the first level
	for i := z.from; i < z.to; i++ {
		l := &r.lines[i]
		if l.isRow() {
			continue
		}
		if _, _, ok := labelled(l); ok {
			continue
		}
		mark, rest := bulletMark(l.text)
		if mark != 0 && top == 0 {
			top = mark
		}
		if mark != 0 && mark != top && len(out) > 0 {
			last := &out[len(out)-1]
			*last = r.wordsOf(plan.Span{Start: last.span.Start, End: l.End})
			continue
		}
		if mark == 0 && strings.HasSuffix(l.text, ":") && (i+1 < z.to && isBullet(&r.lines[i+1]) || i+1 == z.to && children) {
			if w := l.words(0, len(l.fold)); r.owners(w) != nil {
				out = append(out, w)
			}
			continue
		}
		out = append(out, l.words(foldLen(l.text[:rest]), len(l.fold)))
	}
	return out
}

// loose reads the rows of a part on organisation that no body's heading rules: bodies that open a sentence, or
// that stand as a bullet with the tasks as bullets below it.
func (r *assigner) loose(i int) {
	sec := &r.plan.Sections[i]
	z := r.own(i)
	if sec.Heading == "" {
		l := &r.lines[z.from]
		w := l.words(foldLen(l.text[:r.units[i].label.rest]), len(l.fold))
		if led, _ := r.ledBullets(z.from, z); len(led) > 0 {
			r.rows(r.openingBodies(w), led)
			return
		}
		r.sentence(r.wordsOf(plan.Span{Start: w.span.Start, End: r.lines[z.to-1].End}))
		return
	}
	for k := z.from + 1; k < z.to; k++ {
		l := &r.lines[k]
		if _, _, ok := labelled(l); ok || l.isRow() {
			continue
		}
		_, from := bulletMark(l.text)
		w := l.words(foldLen(l.text[:from]), len(l.fold))
		if led, next := r.ledBullets(k, z); len(led) > 0 {
			if list := r.openingBodies(w); list != nil {
				r.rows(list, led)
				k = next - 1
			}
			continue
		}
		if !strings.HasSuffix(w.fold, ":") {
			r.sentence(w)
		}
	}
}

// openingBodies are the bodies of a lead-in: those that open its sentence, or all that it says ("* Sở Y tế:").
func (r *assigner) openingBodies(w words) []agency {
	if list, _, ok := r.subject(w); ok {
		return list
	}
	bare := w.unasked().trim(":")
	if end, _ := runEnd(bare, true); end == 0 && isBody(bare.text, bare.fold) {
		return r.agencies(bare)
	}
	return nil
}

// sentence gives rows to the bodies that open a sentence of duty, behind an adverbial too, or that it gives a task.
func (r *assigner) sentence(w words) {
	if list, task, ok := r.subject(w); ok {
		if !enforcement(task.fold) {
			r.rows(list, []words{task})
		}
		return
	}
	if list, task, ok := r.behindAdverbial(w); ok && !enforcement(task.fold) {
		r.rows(list, []words{task})
		return
	}
	r.given(w)
}

// ledBullets are the bullets that the line at k leads in, and the line behind them: bullets of another mark than
// its own, behind a colon or, where the line is a bullet itself, right below it.
func (r *assigner) ledBullets(k int, z zone) (led []words, next int) {
	own, _ := bulletMark(r.lines[k].text)
	if k+1 >= z.to || !strings.HasSuffix(r.lines[k].text, ":") && (own == 0 || strings.HasSuffix(r.lines[k].text, ".")) {
		return nil, k + 1
	}
	to := k + 1
	for to < z.to {
		if mark, _ := bulletMark(r.lines[to].text); mark == 0 || mark == own {
			break
		}
		to++
	}
	return r.tasks(zone{k + 1, to}, false), to
}

// enforcement reports whether a duty is only to obey or enforce (decision 24, and general orders).
func enforcement(fold string) bool {
	return strings.HasPrefix(fold, "chiu trach nhiem thi hanh") || strings.HasPrefix(fold, "co trach nhiem thi hanh") || strings.HasPrefix(fold, "nghiem tuc")
}

// assigned reads, outside the part on organisation, the sentences that assign a task by their words: "Giao Sở X
// …", and those in which the body that opens them is told to lead.
func (r *assigner) assigned(i int) {
	z := r.own(i)
	for k := z.from; k < z.to; k++ {
		l := &r.lines[k]
		if l.isRow() || r.done[k] || !l.says(saysLead|saysGiven) {
			continue
		}
		from := 0
		if mark, rest := bulletMark(l.text); mark != 0 {
			from = foldLen(l.text[:rest])
		} else if k == z.from {
			from = foldLen(l.text[:r.units[i].label.rest])
		}
		if from >= len(l.fold) {
			continue
		}
		head := l.fold[from:min(len(l.fold), from+maxRun)]
		if !strings.Contains(head, "chu tri") && !strings.Contains(head, "thuong truc") && !strings.Contains(head, "dau moi") {
			if strings.Contains(l.fold[from:], "giao ") {
				r.given(l.words(from, len(l.fold)))
			}
			continue
		}
		w := l.words(from, len(l.fold))
		told := strings.HasPrefix(w.text, "Giao ")
		list, task, ok := r.subject(w)
		if ok && (told || strings.HasPrefix(task.fold, "chu tri")) {
			if led, _ := r.ledBullets(k, z); len(led) > 0 {
				for _, it := range led {
					if _, _, own := r.subject(it); !own {
						r.rows(list, []words{it})
					}
				}
				continue
			}
		}
		switch {
		case ok && !enforcement(task.fold) && (told || opensWithAny(task.fold, leadWords)):
			r.rows(list, []words{task})
		case !ok:
			if !r.given(w) {
				r.ledBy(w)
			}
		}
	}
}
