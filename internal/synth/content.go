package synth

import (
	"strings"

	"kehoach/plan"
)

// content writes the part on what is to be done, its tasks as the layout sets them.
func (w *writer) content() {
	d := w.dice
	if !w.deep(2) {
		w.paras("content", d.span(5, 8))
		return
	}
	switch w.layout.tasks {
	case "table", "tabs", "groups":
		w.unit(2, plan.Content, w.unitHeading(), nil)
		w.paras("content", d.span(2, 3))
		w.unit(2, "", "Danh mục nhiệm vụ cụ thể", nil)
		w.taskTable(d.span(5, 9))
		return
	}
	if w.scale > 1 { // too many units for one list: forty to a group
		for i := range 5 * w.scale {
			if i%40 == 0 {
				head := w.unitHeading()
				w.unit(2, kindOf(head, plan.Content), head, nil)
			}
			head := w.unitHeading()
			w.unit(3, kindOf(head, plan.Content), head, nil)
			w.paras("content", d.span(2, 4))
		}
		return
	}
	for range d.span(4, 6) {
		w.task()
	}
}

// unitHeading is the heading of a unit of the content.
func (w *writer) unitHeading() string {
	return w.voice.fill(pick(w.dice, headings["unit content"]))
}

// task writes one unit of the content.
func (w *writer) task() {
	d := w.dice
	head := w.unitHeading()
	open := func() *line { return w.unit(2, kindOf(head, plan.Content), head, nil) }
	switch w.layout.tasks {
	case "deep":
		open()
		w.unit(3, plan.Content, "Nội dung", nil)
		for range d.span(1, 2) {
			w.add(plain, w.words(w.voice.sentence("content")))
		}
		if w.deep(4) && d.chance(30) {
			for range d.span(2, 3) {
				w.unit(4, plan.Content, "", w.words(w.voice.sentence("content")))
			}
		}
		w.unit(3, plan.Content, "Hình thức", nil)
		w.add(plain, w.words(w.voice.sentence("content")))
		term, _ := w.termPhrase()
		w.unit(3, plan.Schedule, "Thời gian thực hiện:", new(phrase).say(" ").join(term).say("."))
	case "letters":
		open()
		level := 3
		if !w.deep(3) {
			w.paras("content", d.span(2, 3))
			return
		}
		for range d.span(2, 4) {
			w.unit(level, kindOf(head, plan.Content), "", w.words(w.voice.sentence("content")))
		}
	case "exec":
		open()
		for range d.span(1, 2) {
			l := w.bullet(w.layout.dash(), new(phrase).say(w.voice.sentence("content")))
			w.exec(l, l.lead, len(l.text))
		}
	case "fields":
		if d.chance(35) {
			l := open()
			w.fields(l, l.unit.bodyAt-len(head), l.unit.bodyAt)
			return
		}
		open()
		for range d.span(1, 2) {
			s := w.voice.sentence("content")
			l := w.bullet(w.layout.dash(), new(phrase).say(s))
			w.fields(l, l.lead, len(l.text))
		}
	case "nodes":
		l := open()
		from, to := l.unit.bodyAt-len(head), l.unit.bodyAt
		w.paras("content", 1)
		term, _ := w.termPhrase()
		w.unit(3, plan.Schedule, "Thời gian thực hiện:", new(phrase).say(" ").join(term).say("."))
		w.unit(3, "", "Đơn vị chủ trì thực hiện:", new(phrase).say(" ").join(w.named1(plan.Lead, 1, l, from, to)).say("."))
		w.unit(3, "", "Đơn vị phối hợp:", new(phrase).say(" ").join(w.named1(plan.Support, d.span(1, 3), l, from, to)).say("."))
	case "giao":
		open()
		w.paras("content", d.span(1, 2))
		w.giao(w.layout.dash())
	default:
		open()
		w.paras("content", d.span(2, 4))
	}
}

// fields writes labelled lines below the task that stands at from..to of a line.
func (w *writer) fields(task *line, from, to int) {
	d := w.dice
	stop := pick(d, []string{".", "", "."})
	if d.chance(45) {
		w.add(plain, new(phrase).say("Số lượng: ").join(w.quantity()).say(stop))
	}
	term, _ := w.termPhrase()
	w.add(plain, new(phrase).say(pick(d, []string{"Thời gian thực hiện: ", "Thời gian: ", "Thời hạn hoàn thành: "})).join(term).say(stop))
	word := pick(d, []string{"Cơ quan", "Đơn vị"})
	if d.chance(20) {
		word = ""
	}
	leads := 1
	if d.chance(20) {
		leads = 2
	}
	w.add(plain, new(phrase).say(upperFirst(strings.TrimSpace(word+" chủ trì: "))+" ").join(w.named1(plan.Lead, leads, task, from, to)).say(stop))
	if d.chance(60) {
		w.add(plain, new(phrase).say(upperFirst(strings.TrimSpace(word+" phối hợp: "))+" ").join(w.named1(plan.Support, d.span(1, 3), task, from, to)).say(stop))
	}
}

// exec writes the bodies of a task on one labelled line, their roles beside them.
func (w *writer) exec(task *line, from, to int) {
	d := w.dice
	lead := w.bodies(1, true)[0]
	var help []agency
	for _, a := range w.bodies(d.span(1, 2), false) {
		if a.name != lead.name {
			help = append(help, a)
		}
	}
	p := new(phrase).say(pick(d, []string{"Cơ quan thực hiện: ", "Đơn vị thực hiện: "}))
	say := func(a agency, role plan.Role, i int) {
		printed := a.print(d, w.has("abbr"))
		if i > 0 {
			printed = inside(a, printed)
		}
		w.row1(p, a, printed, role, task, from, to)
	}
	say(lead, plan.Lead, 0)
	if d.chance(50) {
		p.say(" (chủ trì)")
		for i, a := range help {
			p.say(", ")
			say(a, plan.Support, i+1)
			p.say(" (phối hợp)")
		}
	} else if len(help) > 0 {
		p.say(" chủ trì, phối hợp với ")
		for i, a := range help {
			p.say(pick2(i > 0, "; ", ""))
			say(a, plan.Support, i+1)
		}
	}
	w.add(plain, p.say("."))
	term, _ := w.termPhrase()
	w.add(plain, new(phrase).say("Thời gian thực hiện: ").join(term).say("."))
}

// named1 names k bodies after a label; each has a row with the task at from..to of a line.
func (w *writer) named1(role plan.Role, k int, task *line, from, to int) *phrase {
	p := new(phrase)
	sep := pick(w.dice, []string{"; ", ", "})
	for i, a := range w.bodies(k, role == plan.Lead) {
		if i > 0 {
			p.say(sep)
		}
		printed := a.print(w.dice, w.has("abbr"))
		if i > 0 {
			printed = inside(a, printed)
		}
		w.row1(p, a, printed, role, task, from, to)
	}
	return p
}

// row1 says a body's name and notes a row for it: the task is from..to of a line.
func (w *writer) row1(p *phrase, a agency, printed string, role plan.Role, task *line, from, to int) {
	text := task.text[from:to]
	p.note(printed, func(t *plan.Plan, at plan.Span, in plan.Ref) {
		t.Assignments = append(t.Assignments, plan.Assignment{Agency: a.name, Role: role, Task: text, Section: task.section,
			Span: plan.Span{Start: task.at.Start + from - task.cut, End: task.at.Start + to - task.cut}, AgencySpan: at})
	})
}

// bodies chooses k different bodies of the plan's tier; the owner of the matter comes often. One body is printed before groups.
func (w *writer) bodies(k int, lead bool) []agency {
	var single, groups []agency
	for _, a := range some(w.dice, w.staff, len(w.staff)) {
		switch {
		case a.what == "group":
			groups = append(groups, a)
		case lead && w.tier != "s" && w.dice.chance(30) && a.name != w.owner.name:
		default:
			single = append(single, a)
		}
	}
	if lead && w.tier != "s" && w.dice.chance(45) {
		out := []agency{w.owner}
		for _, a := range single {
			if len(out) < k && a.name != w.owner.name {
				out = append(out, a)
			}
		}
		return out
	}
	if !lead && len(groups) > 0 && w.dice.chance(50) {
		return append(single[:min(k-1, len(single))], groups[0])
	}
	return single[:min(k, len(single))]
}

// taskTable writes the tasks as a table of k rows.
func (w *writer) taskTable(k int) {
	d := w.dice
	tt := pick(d, []string{"TT", "STT"})
	lead := pick(d, []string{"Cơ quan chủ trì", "Đơn vị chủ trì"})
	coop := strings.Replace(lead, "chủ trì", "phối hợp", 1)
	say := func(s string) *phrase { return new(phrase).say(s) }
	tabs := w.layout.tasks == "tabs"
	add := func(s style, cells ...*phrase) *line {
		if !tabs {
			return w.row(s, cells...)
		}
		p := new(phrase)
		for i, c := range cells {
			if i > 0 {
				p.say("\t")
			}
			p.join(c)
		}
		l := w.add(plain, p)
		l.whole = true
		return l
	}
	// The columns: number, task and lead always; the others as the dice fall.
	product, due, coops := d.chance(40), d.chance(85), d.chance(85)
	dueFirst := d.chance(25)
	row1 := func(s style, number, task, lead, coop *phrase, made, term *phrase) *line {
		cells := []*phrase{number, task}
		if due && dueFirst {
			cells = append(cells, term)
		}
		cells = append(cells, lead)
		if coops {
			cells = append(cells, coop)
		}
		if product {
			cells = append(cells, made)
		}
		if due && !dueFirst {
			cells = append(cells, term)
		}
		return add(s, cells...)
	}
	if !coops && d.chance(50) {
		lead = "Đơn vị thực hiện"
	}
	row1(headRow, say(tt), say(pick(d, []string{"Nội dung nhiệm vụ", "Nội dung công việc", "Nhiệm vụ"})), say(lead), say(coop), say(pick(d, []string{"Sản phẩm", "Kết quả"})), say(pick(d, []string{"Thời gian thực hiện", "Thời hạn hoàn thành"})))
	for i := range k {
		if w.layout.tasks == "groups" && i%3 == 0 {
			row1(row, say(roman(i/3+1)), say(w.unitHeading()), say(""), say(""), say(""), say(""))
		}
		task := strings.TrimSuffix(w.voice.sentence("content"), ".")
		// The row's line does not exist before its cells do: the rows of truth are noted once it does.
		leads, helps := w.bodies(1, true), w.bodies(d.span(1, 2), false)
		var leadNames, helpNames []string
		for _, a := range leads {
			leadNames = append(leadNames, a.print(d, w.has("abbr")))
		}
		for _, a := range helps {
			helpNames = append(helpNames, a.print(d, w.has("abbr")))
		}
		term := say("")
		if due {
			term, _ = w.termPhrase()
		}
		l := row1(row, say(arabic(i+1)), say(task), say(leadNames[0]), say(strings.Join(helpNames, "; ")), say(pick(d, []string{"Kế hoạch", "Báo cáo", "Văn bản chỉ đạo", "Quyết định"})), term)
		from := strings.Index(l.text, task)
		at := from + len(task)
		note := func(a agency, printed string, role plan.Role) {
			start := at + strings.Index(l.text[at:], printed)
			at = start + len(printed)
			l.marks = append(l.marks, mark{start, at, func(t *plan.Plan, span plan.Span, in plan.Ref) {
				t.Assignments = append(t.Assignments, plan.Assignment{Agency: a.name, Role: role, Task: task, Section: in,
					Span: plan.Span{Start: l.at.Start + from, End: l.at.Start + from + len(task)}, AgencySpan: span})
			}})
		}
		note(leads[0], leadNames[0], plan.Lead)
		if coops {
			for j, a := range helps {
				note(a, helpNames[j], plan.Support)
			}
		}
	}
}
