package synth

import (
	"strings"

	"kehoach/plan"
)

// organization writes the part on who does what, as the layout sets it.
func (w *writer) organization(form string) {
	d := w.dice
	var chosen []agency
	for range min(w.scale, 8) {
		chosen = append(chosen, w.chosen(d.span(4, 7))...)
	}
	level := 2
	if w.layout.org == "groups" && w.deep(3) {
		w.unit(2, plan.Organization, pick(d, []string{"Các sở, ban, ngành, đoàn thể", "Nhiệm vụ của các cơ quan, đơn vị"})+":", nil)
		level = 3
		w.lines[len(w.lines)-1].unit.Kind = plan.Organization
	}
	if w.layout.org == "table" {
		w.say(plain, "Phân công nhiệm vụ cho các cơ quan, đơn vị như sau:")
		w.taskTable(len(chosen) + 2)
		return
	}
	for i := 0; i < len(chosen); i++ {
		group := chosen[i : i+1]
		if w.layout.org == "split" && i+2 < len(chosen) && (d.chance(40) || i == 1) {
			group = chosen[i : i+2]
			i++
		}
		w.duties(level, group)
	}
	if form == "report" && w.deep(2) {
		w.unit(2, plan.Reporting, pick(d, headings["reporting sub"]), nil)
		w.reportLine()
	}
}

// chosen are the bodies that get duties: the owner first, groups last.
func (w *writer) chosen(k int) []agency {
	var out, groups []agency
	if w.tier != "s" {
		out = append(out, w.owner)
	}
	for _, a := range some(w.dice, w.staff, len(w.staff)) {
		switch {
		case a.name == w.owner.name:
		case a.what == "group":
			groups = append(groups, a)
		case len(out) < k:
			out = append(out, a)
		}
	}
	return append(out, groups[:min(len(groups), w.dice.span(1, 2))]...)
}

// duty is the words of a task, with its role and the bodies that join in.
type duty struct {
	text string
	role plan.Role
	with []agency
	says []string // how the text prints those
	due  string   // a term inside the text
	when plan.Deadline
}

// someDuty writes a duty of the body.
func (w *writer) someDuty(a agency) duty {
	d := w.dice
	use := "task"
	switch k := d.n(100); {
	case a.what == "group":
		use = "group"
		if k < 25 {
			use = "coop"
		}
	case strings.HasSuffix(a.name, "Tài chính") && k < 60:
		use = "money"
	case k < 24:
		use = "lead"
	case k < 42:
		use = "coop"
	}
	out := duty{role: plan.Lead}
	pattern := w.voice.pattern(use)
	if use == "coop" {
		out.role = plan.Support
	}
	if strings.Contains(pattern, "{with}") {
		for _, b := range w.bodies(d.span(1, 3), false) {
			if b.name != a.name {
				out.with = append(out.with, b)
				out.says = append(out.says, inside(b, b.print(d, w.has("abbr"))))
			}
		}
		if len(out.with) == 0 {
			out.says = []string{"các đơn vị liên quan"}
		}
		text := strings.Join(out.says, ", ")
		if k := len(out.says); k > 1 && d.chance(60) {
			text = strings.Join(out.says[:k-1], ", ") + " và " + out.says[k-1]
		}
		pattern = strings.Replace(pattern, "{with}", text, 1)
	}
	out.text = w.voice.fill(pattern)
	if d.chance(9) {
		at := day{w.work, d.span(w.first, 12), d.span(1, 28)}
		m := d.span(w.first, 12)
		switch d.n(4) {
		case 0:
			out.due, out.when = "trước ngày "+at.short(), plan.Deadline{Date: at.iso()}
		case 1:
			out.due, out.when = "trong tháng "+arabic(m)+"/"+arabic(w.work), plan.Deadline{Date: day{w.work, m, lastDay(w.work, m)}.iso()}
		case 2:
			out.due, out.when = "trước ngày "+at.long(), plan.Deadline{Date: at.iso()}
		default:
			out.due, out.when = "quý IV/"+arabic(w.work), plan.Deadline{Date: day{w.work, 12, 31}.iso()}
		}
		out.text = strings.TrimSuffix(out.text, ".") + "; hoàn thành " + out.due + "."
	}
	return out
}

// duties writes what the bodies of one heading are to do.
func (w *writer) duties(level int, group []agency) {
	d, form := w.dice, w.layout.org
	k := d.span(1, 3) * max(1, w.scale/8)
	if group[0].name == w.owner.name {
		k = d.span(3, 4)
	}
	var names []string
	for _, a := range group {
		names = append(names, a.print(d, w.has("abbr")))
	}
	name := names[0]
	if len(names) > 1 {
		name += pick(d, []string{"; ", ", ", " và "}) + inside(group[1], names[1])
	}
	if !w.deep(level) && form != "dash" && form != "star" && form != "giao" {
		form = "dash"
	}
	if len(names) == 1 && form != "sentences" {
		name = w.dressed(group[0], name)
	}
	ask := ""
	if group[0].what == "party" && d.chance(60) {
		ask = "Đề nghị "
	}
	switch form {
	case "paras":
		w.unit(level, plan.Organization, ask+name, nil)
		for range min(k, 2) {
			w.rows(plain, "", group, w.someDuty(group[0]))
		}
	case "letters":
		w.unit(level, plan.Organization, ask+name, nil)
		if !w.deep(level + 1) {
			w.rows(plain, w.layout.dash(), group, w.someDuty(group[0]))
			return
		}
		for range max(k, 2) {
			y := w.someDuty(group[0])
			p := new(phrase)
			w.dutyMark(p, group, y)
			w.unit(level+1, plan.Organization, "", p)
		}
	case "sentences":
		y := w.someDuty(group[0])
		p := new(phrase).say(ask + name + " ")
		text := lowerFirst(y.text)
		y.text = text
		w.dutyMark(p, group, y)
		w.unit(level, plan.Organization, "", p)
	case "colon":
		y := w.someDuty(group[0])
		p := new(phrase).say(" ")
		w.dutyMark(p, group, y)
		w.unit(level, plan.Organization, ask+name+":", p)
	case "dash":
		y := w.someDuty(group[0])
		y.text = lowerFirst(y.text)
		p := new(phrase).say(ask + name + ": ")
		w.dutyMark(p, group, y)
		w.bullet(w.layout.dash(), p)
	case "star":
		w.say(plain, "* "+ask+name+":")
		for range k {
			w.rows(plain, "- ", group, w.someDuty(group[0]))
		}
	case "giao":
		w.giaoTo(w.layout.dash(), group[0], names[0])
	case "giaohead":
		w.unit(level, plan.Organization, "Giao "+name+":", nil)
		for range k {
			w.rows(plain, w.layout.dash(), group, w.someDuty(group[0]))
		}
	default: // headings, split, groups
		colon := pick2(d.chance(15), ":", "")
		w.unit(level, plan.Organization, ask+name+colon, nil)
		if k == 1 && d.chance(50) {
			w.rows(plain, "", group, w.someDuty(group[0]))
			return
		}
		if k > 1 && d.chance(14) { // a lead-in, which is no task
			w.say(plain, pick(d, []string{"Chịu trách nhiệm thực hiện các nhiệm vụ sau:", "Chủ trì, phối hợp với các cơ quan, đơn vị liên quan thực hiện các nội dung:"}))
		}
		for range k {
			w.rows(plain, w.layout.dash(), group, w.someDuty(group[0]))
			if d.chance(9) && w.layout.bullet == "-" { // what stands below a bullet belongs to it
				for range d.span(2, 3) {
					w.bullet("+ ", new(phrase).say(w.voice.sentence("content"))).sub = true
				}
			}
		}
	}
}

// dressed is a body's name in a heading, now and then with its place or for the person at its head; its rows are the body's.
func (w *writer) dressed(a agency, name string) string {
	d := w.dice
	switch {
	case a.what == "dept" && w.tier == "p" && d.chance(10):
		return name + " " + w.prov.full()
	case a.what == "dept" && d.chance(4):
		return "Giám đốc " + name
	case strings.HasPrefix(a.name, "Ủy ban nhân dân") && d.chance(20):
		return "Chủ tịch " + name
	case strings.HasPrefix(name, "Các sở") && d.chance(15):
		return "Thủ trưởng " + lowerFirst(name)
	}
	return name
}

// rows adds a paragraph that is a duty of each body.
func (w *writer) rows(s style, dash string, group []agency, y duty) {
	p := new(phrase)
	w.dutyMark(p, group, y)
	w.bullet(dash, p).style = s
}

// dutyMark says a duty and notes its row for each body.
func (w *writer) dutyMark(p *phrase, group []agency, y duty) {
	var with []string
	for _, b := range y.with {
		with = append(with, b.name)
	}
	p.note(y.text, func(t *plan.Plan, at plan.Span, in plan.Ref) {
		for _, a := range group {
			t.Assignments = append(t.Assignments, plan.Assignment{Agency: a.name, Role: y.role, Task: y.text, With: with, Deadline: y.due, Section: in, Span: at})
		}
	})
	if y.due != "" {
		whole := p.text.Len() - len(y.text)
		from := whole + strings.LastIndex(y.text, y.due)
		p.marks = append(p.marks, mark{from, from + len(y.due), func(t *plan.Plan, at plan.Span, in plan.Ref) {
			dl := y.when
			dl.Text, dl.Span, dl.Section = y.due, at, in
			t.Deadlines = append(t.Deadlines, dl)
		}})
	}
}

// giao writes a sentence that gives a task to a body: "Giao Sở A chủ trì, phối hợp với … ".
func (w *writer) giao(dash string) {
	a := w.bodies(1, true)[0]
	w.giaoTo(dash, a, a.print(w.dice, w.has("abbr")))
}

func (w *writer) giaoTo(dash string, a agency, printed string) {
	y := w.someDuty(a)
	y.text = lowerFirst(y.text)
	p := new(phrase).say("Giao " + inside(a, printed) + " ")
	w.dutyMark(p, []agency{a}, y)
	w.bullet(dash, p)
}

// reporting writes the part on reports, and reportLine its sentence with a term.
func (w *writer) reporting() {
	w.reportLine()
	w.bullet(w.layout.dash(), new(phrase).say(w.voice.sentence("report")))
}

func (w *writer) reportLine() {
	d := w.dice
	to := w.owner.name
	if w.tier == "s" {
		to = "Văn phòng Sở"
	}
	p := new(phrase).say(pick(d, []string{"Các cơ quan, đơn vị báo cáo kết quả thực hiện gửi " + to + " ", "Kết quả thực hiện Kế hoạch gửi về " + to + " "}))
	w.reportTerm(p)
	w.add(plain, p.say(pick(d, []string{" để tổng hợp, báo cáo " + w.self + ".", " để tổng hợp."})))
}

// reportTerm is when reports are due.
func (w *writer) reportTerm(p *phrase) {
	d := w.dice
	at := day{w.work, d.span(11, 12), d.span(5, 28)}
	md := at.iso()[5:]
	switch d.n(5) {
	case 0, 1:
		w.due(p, "trước ngày "+arabic(at.day)+"/"+arabic(at.month)+pick(d, []string{" hằng năm", " hàng năm"}), plan.Deadline{Recurs: "yearly", MonthDay: md})
	case 2:
		w.due(p, "trước ngày "+at.short(), plan.Deadline{Date: at.iso()})
	case 3:
		w.due(p, "trước ngày "+arabic(at.day)+" tháng "+arabic(at.month)+" hằng năm", plan.Deadline{Recurs: "yearly", MonthDay: md})
	default:
		w.due(p, "chậm nhất ngày "+at.short(), plan.Deadline{Date: at.iso()})
	}
}
